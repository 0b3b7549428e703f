// Visits as lists over a county need them: read from the packed record, answer by answer, and only what is asked for. What is said here of
// a visit is what `Visit` says of it; `VisitLineTests` holds the two against each other.

/// What a visit came to, for counting.
struct VisitMarks: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  static let met = VisitMarks(rawValue: 1)
  /// 拒访
  static let refused = VisitMarks(rawValue: 2)
  /// Somebody was met, and something was found; suspected of a category; 急难.
  static let found = VisitMarks(rawValue: 4)
  static let suspected = VisitMarks(rawValue: 8)
  static let emergency = VisitMarks(rawValue: 16)
  /// 发现渠道 of a visit that found something, where it is not 主动发现.
  static let byApplication = VisitMarks(rawValue: 32)
  static let byWarning = VisitMarks(rawValue: 64)
}

/// Numbers of the texts by which a visit is counted; nil where no record says them.
struct VisitTerms {
  let method, notMet, reason, refused, result, suspected, emergency, recheck, yes, channel, application, warning: UInt32?

  init(_ texts: TextTable) {
    method = texts.find("method")
    notMet = texts.find("not_met")
    reason = texts.find("not_met_reason")
    refused = texts.find("refused")
    result = texts.find("result")
    suspected = texts.find("suspected")
    emergency = texts.find("emergency")
    recheck = texts.find("recheck")
    yes = texts.find("yes")
    channel = texts.find("channel")
    application = texts.find("application")
    warning = texts.find("warning")
  }
}

extension Register {
  /// Visits of a household that hold, in the order of `visits(of:)`: newest first.
  func visitNumbers(of household: String) -> [Int] {
    let all = records(about: household).filter { store.rows[$0].marks.contains(.isVisit) && store.holds($0) }
    guard all.count > 1 else { return all }
    return all.sorted { left, right in
      let (one, other) = (store.rows[left], store.rows[right])
      if one.day != other.day { return one.day > other.day }
      let (wall, earlier) = (store.wall(of: left), store.wall(of: right))
      return wall == earlier ? store.texts.text(one.id) > store.texts.text(other.id) : wall > earlier
    }
  }

  /// The fact about the visit itself; where a record says several, the first and the others. Only such a record is read to its end.
  private func visitFacts(of record: Int) -> (first: Int, more: [Int])? {
    let facts = store.facts(of: record)
    guard let first = facts.first(where: { store.list(of: $0) == names.visit }) else { return nil }
    guard store.rows[record].marks.contains(.severalDays) else { return (first, []) }
    return (first, facts.filter { $0 > first && store.list(of: $0) == names.visit })
  }

  /// An answer of the visit itself; nil where it gives none.
  func answer(_ property: UInt32?, ofVisit record: Int) -> UInt32? {
    guard let property, let (first, more) = visitFacts(of: record) else { return nil }
    let said = more.reversed().lazy.compactMap { store.value(property, of: $0) }.first ?? store.value(property, of: first)
    return said == TextTable.empty ? nil : said
  }

  func isMet(visit record: Int, _ terms: VisitTerms) -> Bool {
    answer(terms.method, ofVisit: record).map { $0 != terms.notMet } ?? true
  }

  /// As its form says, else as the clock did.
  func day(ofVisit record: Int) -> CivilDate? {
    let stated = visitFacts(of: record).flatMap { store.text(names.date, of: $0.first) }.flatMap { CivilDate($0) }
    return stated ?? CivilDate(startOf: store.wall(of: record))
  }

  /// The days on which somebody of a household was met, in no order.
  func metDays(of household: String) -> [CivilDate] {
    let terms = VisitTerms(store.texts)
    return records(about: household).compactMap { record in
      guard store.rows[record].marks.contains(.isVisit), store.holds(record), isMet(visit: record, terms) else { return nil }
      return day(ofVisit: record)
    }
  }

  func marks(ofVisit record: Int, _ terms: VisitTerms) -> VisitMarks {
    guard let (first, more) = visitFacts(of: record) else { return [.met] }
    // In one reading: what a later fact says, also that it is nothing, holds.
    var method, reason, result, emergency, channel: UInt32?
    func read(_ fact: Int) {
      store.properties(of: fact) { name, value in
        if name == terms.method { method = value }
        if name == terms.reason { reason = value }
        if name == terms.result { result = value }
        if name == terms.emergency { emergency = value }
        if name == terms.channel { channel = value }
      }
    }
    read(first)
    for fact in more { read(fact) }
    func says(_ value: UInt32?, _ term: UInt32?) -> Bool { value != nil && value == term }
    var marks: VisitMarks = says(reason, terms.refused) ? [.refused] : []
    guard !says(method, terms.notMet) else { return marks }
    marks.insert(.met)
    if says(result, terms.suspected) { marks.formUnion([.found, .suspected]) }
    if says(result, terms.emergency) { marks.formUnion([.found, .emergency]) }
    if says(result, terms.recheck) { marks.insert(.found) }
    if says(emergency, terms.yes) { marks.insert(.emergency) }
    guard marks.contains(.found) else { return marks }
    if says(channel, terms.application) { marks.insert(.byApplication) }
    if says(channel, terms.warning) { marks.insert(.byWarning) }
    return marks
  }
}
