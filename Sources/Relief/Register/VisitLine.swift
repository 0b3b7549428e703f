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
}

/// Numbers of the texts by which a visit is counted; nil where no record says them.
struct VisitTerms {
  let method, notMet, reason, refused, result, suspected, emergency, recheck, yes: UInt32?

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

  /// An answer of the visit itself; nil where it gives none.
  func answer(_ property: UInt32?, ofVisit record: Int) -> UInt32? {
    guard let property else { return nil }
    for fact in store.facts(of: record).reversed() where store.list(of: fact) == names.visit {
      guard let value = store.value(property, of: fact) else { continue }
      return value == TextTable.empty ? nil : value
    }
    return nil
  }

  func isMet(visit record: Int, _ terms: VisitTerms) -> Bool {
    answer(terms.method, ofVisit: record).map { $0 != terms.notMet } ?? true
  }

  /// As its form says, else as the clock did.
  func day(ofVisit record: Int) -> CivilDate? {
    let fact = store.facts(of: record).first { store.list(of: $0) == names.visit }
    let stated = fact.flatMap { store.text(names.date, of: $0) }.flatMap { CivilDate($0) }
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
    var marks: VisitMarks = []
    if let reason = answer(terms.reason, ofVisit: record), reason == terms.refused { marks.insert(.refused) }
    guard isMet(visit: record, terms) else { return marks }
    marks.insert(.met)
    if let result = answer(terms.result, ofVisit: record) {
      if result == terms.suspected { marks.formUnion([.found, .suspected]) }
      if result == terms.emergency { marks.formUnion([.found, .emergency]) }
      if result == terms.recheck { marks.insert(.found) }
    }
    if let emergency = answer(terms.emergency, ofVisit: record), emergency == terms.yes { marks.insert(.emergency) }
    return marks
  }
}
