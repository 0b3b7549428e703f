// Who stands in for a supervisor (代理审核): a record `deputy` names both and the days, both included.

public struct Deputy: Equatable, Sendable {
  public var record: String
  /// The supervisor who is away.
  public var `for`: String
  /// Who stands in.
  public var person: String
  public var from: CivilDate
  public var to: CivilDate

  /// Nil where the record does not name two people and two days, or was not written by somebody who may give it.
  init?(_ record: Record) {
    guard record.author.role.reviewsVisits, let absent = record.body["for"], let person = record.body["person"],
      let from = record.body["from"].flatMap({ CivilDate($0) }), let to = record.body["to"].flatMap({ CivilDate($0) }),
      from.isWhole, to.isWhole, absent != person, from <= to,
      // A supervisor gives away their own post; the county gives anybody's.
      record.author.role == .county || record.author.person == absent
    else { return nil }
    self.record = record.id
    self.for = absent
    self.person = person
    self.from = from
    self.to = to
  }
}

extension Register {
  /// Who stands in for whom on a day, sorted by record.
  public func deputies(on day: CivilDate) -> [Deputy] {
    deputyRecords().compactMap { Deputy($0) }
      .filter { $0.from <= day && day <= $0.to }.sorted { $0.record < $1.record }
  }

  /// Whether somebody's word as a reviewer counts on a day: by their role, or standing in.
  public func mayReview(_ author: Author, on day: CivilDate?) -> Bool {
    if author.role.reviewsVisits { return true }
    guard let day, [.cadre, .clerk].contains(author.role) else { return false }
    return deputies(on: day).contains { $0.person == author.person }
  }
}
