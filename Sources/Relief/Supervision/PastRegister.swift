// What was late on a day that is past is judged by how things stood that evening: a slip that was answered in April was late at the end of
// March. Of the households to which something came later, and that may have anything waiting, a register without the later records is
// folded; everywhere else today's is the same. docs/supervision.md.

/// A part of the register as it stood at the end of a day.
struct PastRegister {
  /// These households, and what belongs to none.
  var register: Register
  var households: Set<String>

  /// Whether what waits at a household, or of somebody without one, is to be asked here.
  func speaks(of household: String?) -> Bool { household.map { households.contains($0) } ?? true }
}

extension Register {
  /// Nil where nothing came later that could have settled anything: today's register says it.
  /// - Parameter households: those that may have anything waiting.
  func past(at day: CivilDate, of households: Set<String>) -> PastRegister? {
    let last = Int32(day.dayNumber)
    var later: Set<Int> = []
    var touched: Set<String> = []
    // What was taken back since is in no list of today, and waited all the same.
    var takenBack: Set<String> = []
    var touchesNobodys = false
    let withdrawal = store.texts.find(RecordType.withdrawal.rawValue)
    for record in 0..<store.rows.count where store.rows[record].written > last && !store.rows[record].marks.contains(.replaced) {
      guard (statedDay(of: record)?.dayNumber ?? Int(store.rows[record].written)) > day.dayNumber else { continue }
      later.insert(record)
      let own = store.rows[record].household
      if own == TextTable.empty { touchesNobodys = true } else { touched.insert(store.texts.text(own)) }
      if own != TextTable.empty, store.rows[record].type == withdrawal { takenBack.insert(store.texts.text(own)) }
      for fact in store.facts(of: record) {
        if let household = store.value(names.household, of: fact) { touched.insert(store.texts.text(household)) }
      }
    }
    touched.formIntersection(households.union(takenBack))
    guard !touched.isEmpty || touchesNobodys else { return nil }
    var kept: Set<Int> = []
    for record in 0..<store.rows.count where store.rows[record].household == TextTable.empty { kept.insert(record) }
    for household in touched {
      kept.formUnion(records(about: household))
      guard let id = store.texts.find(household) else { continue }
      kept.formUnion((mentions[id] ?? []).map { Int(store.facts[$0].record) })
    }
    kept.subtract(later)
    var register = Register()
    register.apply { take in
      for record in kept.sorted() where !store.rows[record].marks.contains(.replaced) {
        take(store.record(at: record), store.rows[record].place)
      }
    }
    return PastRegister(register: register, households: touched)
  }

  /// By list, the properties that say on which day what a fact states came about, the latest way it may have gone first.
  private static let statedDays: [(list: String, properties: [String])] = [
    (FactList.visit, ["date"]), (FactList.caseStep, ["date"]), (FactList.warning, ["raised"]), (FactList.finding, ["date"]),
    (FactList.warningStep, ["date"]), (FactList.referral, ["answered", "received", "date"]), (FactList.assistance, ["date"]),
    (FactList.emergency, ["supplement_date", "first_aid_date", "date"]), (FactList.application, ["notified", "complete", "date"]),
  ]

  /// The day that a record itself says, the last one of its facts; nil where none says any.
  private func statedDay(of record: Int) -> CivilDate? {
    store.facts(of: record).compactMap { fact -> CivilDate? in
      let list = store.texts.text(store.list(of: fact))
      guard let properties = Self.statedDays.first(where: { $0.list == list })?.properties else { return nil }
      return properties.lazy.compactMap { name in
        store.texts.find(name).flatMap { store.text($0, of: fact) }.flatMap { CivilDate($0) }
      }.first
    }.max()
  }
}
