// What the evening found out about single visits, kept from one showing of its list to the next: after each key only the visit that was
// spoken on is another one, and after a sync only those of households of which something new came.
//
// A record never changes, so what a visit says stays true for good. What is doubtful in its data rests on the records about its household
// that its writer knew, and on the parameters published by then: it is found out again when there are other records about the household,
// and for every visit when there are other records of parameters.

public struct EveningMemory: Sendable {
  private struct Doubts {
    /// Ids of all records about the household, as one hash.
    var basis: Int
    var codes: [String]
  }

  /// By record: codes of what is doubtful in its data.
  private var doubts: [String: Doubts] = [:]
  /// By record.
  private var contents: [String: VisitContent] = [:]
  private var history: ParameterHistory?

  public init() {}

  /// How many visits were judged since the memory was begun.
  public private(set) var judgedCount = 0

  /// Begins a showing: what was judged by other parameters is forgotten.
  mutating func begin(_ register: Register) {
    let now = ParameterHistory(register)
    if history?.isSame(as: now) ?? false { return }
    history = now
    doubts = [:]
  }

  mutating func doubts(about visit: Visit, in register: Register) -> [String] {
    let basis = register.basis(of: visit.household)
    if let known = doubts[visit.record], known.basis == basis { return known.codes }
    var history = history ?? ParameterHistory(register)
    let codes = register.doubts(about: visit, by: &history)
    self.history = history
    judgedCount += 1
    doubts[visit.record] = Doubts(basis: basis, codes: codes)
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

extension Register {
  /// Ids of all records about a household, in no order; of two contents under one id the id counts twice.
  fileprivate func basis(of household: String) -> Int {
    var hasher = Hasher()
    for id in records(about: household).map({ store.texts.text(store.rows[$0].id) }).sorted() { hasher.combine(id) }
    return hasher.finalize()
  }
}
