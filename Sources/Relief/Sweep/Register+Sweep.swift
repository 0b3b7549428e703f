// What the sweep list asks of the register.

extension Register {
  /// Households of a division that are still worked with, unsorted: not merged into another one, not gone as a whole.
  func standing(in division: Division) -> [(id: String, division: Division)] {
    placedHouseholds(in: division).filter { value("merged_into", of: FactList.household, $0.id) == nil }
  }

  /// Who holds 低保 or 特困 on a day: the household, or persons of it.
  func holders(in household: String, on day: CivilDate) -> (isHousehold: Bool, persons: Set<String>) {
    let covered: Set<String> = ["lb", "tk"]
    var persons: Set<String> = []
    var isHousehold = false
    for row in rows(of: FactList.category, about: household) where covered.contains(row.value("kind") ?? "") {
      let from = row.value("from").flatMap { CivilDate($0) }
      let to = row.value("to").flatMap { CivilDate($0) }
      guard from.map({ $0 <= day }) ?? true, to.map({ day < $0 }) ?? true else { continue }
      if let person = row.value("person") { persons.insert(person) } else { isHousehold = true }
    }
    let rows = self.rows(of: FactList.category, about: household)
    // The roster's word counts where nothing dated says more.
    if rows.isEmpty, covered.contains(value("category", of: FactList.household, household) ?? "") { isHousehold = true }
    return (isHousehold, persons)
  }

  /// A row of the list that has a household on any of these days and is not cancelled.
  func row(for household: String, from: CivilDate, to: CivilDate) -> SweepProposal.Existing? {
    for id in sweepRows(of: household) {
      guard let row = entity(FactList.sweep, id), let days = row.days, row.value("cancelled") != "yes",
        days.from <= to, from <= days.to
      else { continue }
      return SweepProposal.Existing(
        entity: id, reasons: row.codes("reasons").compactMap { SweepReason(rawValue: $0) })
    }
    return nil
  }

  /// Whether a list that is over had the household, and nobody was met there in its days or since.
  func isCarried(_ household: String, before day: CivilDate, met: CivilDate?) -> Bool {
    sweepRows(of: household).contains { id in
      guard let row = entity(FactList.sweep, id), let days = row.days, row.value("cancelled") != "yes" else {
        return false
      }
      return days.to < day && met.map { $0 < days.from } ?? true
    }
  }
}

extension Entity {
  /// The days of a sweep row, both included.
  var days: (from: CivilDate, to: CivilDate)? {
    guard let from = value("from").flatMap({ CivilDate($0) }), let to = value("to").flatMap({ CivilDate($0) }) else {
      return nil
    }
    return (from, to)
  }
}
