// What the evening found out about single visits, kept from one showing of its list to the next: after each key only the visit that was
// spoken on is another one, and after a sync only those of households of which something new came
// (`Register.households(spokenOfSince:)`). What others said of a visit, and what the clock makes of it, is read anew at each showing.
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
  /// By record: what rests on its household alone; and the visits of the days around, with what they say of themselves.
  private var judged: [String: Judged] = [:]
  private var nearby: [String: Visit] = [:]
  /// Where the register stood that these were read from.
  private var mark: RegisterMark?

  /// A visit, and what was noticed in it alone and beside earlier ones of its household.
  struct Judged {
    var visit: Visit
    var household: Household?
    var checks: [VisitFlag]
    var doubts: [String]
  }

  public init() {}

  /// How many visits were judged since the memory was begun.
  public private(set) var judgedCount = 0

  /// Begins a showing: what was judged by other parameters is forgotten.
  mutating func begin(_ register: Register) {
    if let changed = mark.flatMap({ register.households(spokenOfSince: $0) }) {
      judged = judged.filter { !changed.contains($0.value.visit.household) }
      nearby = nearby.filter { !changed.contains($0.value.household) }
    } else {
      (judged, nearby) = ([:], [:])
    }
    mark = register.mark
    let now = ParameterHistory(register)
    if history?.isSame(as: now) ?? false { return }
    history = now
    (doubts, judged) = ([:], [:])
  }

  /// Visits of some days, with what each says of itself.
  mutating func visits(_ records: [String], in register: Register) -> [Visit] {
    let found = records.compactMap { nearby[$0] ?? register.visitAlone($0) }
    for visit in found { nearby[visit.record] = visit }
    return found
  }

  /// - Parameter judge: finds it out where nothing is known.
  mutating func judged(_ record: String, in register: Register, _ judge: (Visit, inout EveningMemory) -> Judged) -> Judged? {
    if var known = judged[record] {
      register.renew(&known.visit)
      return known
    }
    guard let visit = register.visit(record) else { return nil }
    let made = judge(visit, &self)
    judged[record] = made
    return made
  }

  /// What stands on the list no more, or is of no day around it any more, is forgotten.
  mutating func keep(_ records: Set<String>, nearby compared: Set<String>) {
    if judged.count > records.count { judged = judged.filter { records.contains($0.key) } }
    if nearby.count > compared.count { nearby = nearby.filter { compared.contains($0.key) } }
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
