// Who stands in for a supervisor (代理审核): a record `deputy` names both and the days, both included.

public struct Deputy: Equatable, Sendable {
  public var record: String
  /// Where it is filed. Whoever has several divisions gives it in each.
  public var division: String
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
    division = record.division
    self.for = absent
    self.person = person
    self.from = from
    self.to = to
  }
}

extension Deputy {
  /// Roles that may stand in for a supervisor: who reviews already needs no deputy's post.
  public static func mayStandIn(_ role: Role) -> Bool { [.cadre, .clerk].contains(role) }
}

extension Register {
  /// Everybody who wrote a record that came here, each person once; in the order they came.
  public var people: [Author] {
    var seen: Set<String> = []
    return store.authors.reversed().filter { seen.insert($0.person).inserted }.reversed()
  }

  /// Every post that is given and not taken back, whatever its days, sorted by record.
  public var givenDeputies: [Deputy] { deputyRecords().compactMap { Deputy($0) }.sorted { $0.record < $1.record } }

  /// Who stands in for whom on a day, sorted by record.
  public func deputies(on day: CivilDate) -> [Deputy] { givenDeputies.filter { $0.from <= day && day <= $0.to } }

  /// Whether somebody's word on a record counts on a day: who only stands in for a reviewer judges others' alone.
  func mayReview(_ author: Author, on day: CivilDate?, writtenBy writer: Author?) -> Bool {
    mayReview(author, on: day) && (author.role.reviewsVisits || author.person != writer?.person)
  }

  /// Whether somebody's word as a reviewer counts on a day: by their role, or standing in.
  public func mayReview(_ author: Author, on day: CivilDate?) -> Bool {
    if author.role.reviewsVisits { return true }
    guard let day, Deputy.mayStandIn(author.role) else { return false }
    return deputies(on: day).contains { $0.person == author.person }
  }
}
