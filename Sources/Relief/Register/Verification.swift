// Double entry (核对录入): a visit that was written on paper is typed a second time, and the two typings are compared. What comes of it
// is said of the record that stands then: where the first typing was wrong that is the amendment, which says so in its own body; else a
// record `verification` names the visit.

public struct Verification: Equatable, Sendable {
  /// Keys of the body (docs/facts.md).
  public static let recordKey = "record"
  public static let differencesKey = "differences"
  public static let correctedKey = "corrected"

  /// The record that says it: a `verification`, or the amendment itself.
  public var record: String
  public var author: Author
  public var wall: String
  /// Questions and rows at which the two typings differed.
  public var differences: Int
  /// Those at which the first typing was wrong.
  public var corrected: Int

  public init(record: String, author: Author, wall: String, differences: Int, corrected: Int) {
    self.record = record
    self.author = author
    self.wall = wall
    self.differences = differences
    self.corrected = corrected
  }

  /// - Parameter record: nil where its body does not say that anything was typed a second time.
  init?(in record: Record) {
    guard let differences = Self.count(record.body[Self.differencesKey]) else { return nil }
    self.init(
      record: record.id, author: record.author, wall: record.wall, differences: differences,
      corrected: Self.count(record.body[Self.correctedKey]) ?? 0)
  }

  private static func count(_ text: String?) -> Int? { text.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }
}

extension Register {
  /// Who typed a record a second time. Of several the first by the devices' clocks: what stands was verified from then on.
  func verification(of record: Record) -> Verification? {
    if record.type == .amendment, let own = Verification(in: record) { return own }
    let all = store.texts.find(record.id).flatMap { verifications[$0] } ?? []
    return all.filter { store.holds($0) }.compactMap { Verification(in: store.head(at: $0)) }
      .min { ($0.wall, $0.record) < ($1.wall, $1.record) }
  }
}
