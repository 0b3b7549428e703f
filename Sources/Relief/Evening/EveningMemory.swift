// What the evening found out about single visits, kept from one showing of its list to the next: after each key only the visit that was
// spoken on is another one. A record never changes, so what is kept stays true; only what a sync brings may take a record back that a
// visit rested on, and then a new memory is begun.

public struct EveningMemory: Sendable {
  /// By record: codes of what is doubtful in its data.
  private var doubts: [String: [String]] = [:]
  /// By record.
  private var contents: [String: VisitContent] = [:]

  public init() {}

  mutating func doubts(about visit: Visit, _ judge: (Visit) -> [String]) -> [String] {
    if let known = doubts[visit.record] { return known }
    let codes = judge(visit)
    doubts[visit.record] = codes
    return codes
  }

  /// - Parameter whole: all that the visit found.
  mutating func content(of visit: Visit, _ whole: (Visit) -> Visit?) -> VisitContent? {
    if let known = contents[visit.record] { return known }
    let content = whole(visit).map { VisitContent($0) }
    contents[visit.record] = content
    return content
  }
}
