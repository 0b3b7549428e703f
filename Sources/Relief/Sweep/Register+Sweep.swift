// What the sweep list asks of the register.

extension Register {
  /// Households of a division that are still worked with, unsorted: not merged into another one, not gone as a whole.
  func standing(in division: Division) -> [(id: String, division: Division)] {
    // By number and by the lines: a list over a township asks this of everybody.
    (0..<summaries.count).compactMap { number in
      guard let place = summaries[number]?.division, division.contains(place), isStanding(number) else { return nil }
      return summaries[number].map { ($0.id, place) }
    }
  }

  /// Whether a household is still worked with.
  func isStanding(_ household: String) -> Bool { store.household(named: household).map { isStanding($0) } ?? false }

  private func isStanding(_ number: Int) -> Bool {
    guard number < summaries.count, let line = summaries[number], store.isHeld(household: number) else { return false }
    let id = store.households[number].id
    return !isMerged(id) && !isGone(line, id)
  }

  /// Whether a household was merged into another one, which stands for both. Households that were merged into each other in a circle,
  /// or into themselves, all stay: nobody is overlooked because two laptops each kept another household.
  private func isMerged(_ household: UInt32) -> Bool {
    func next(_ name: UInt32) -> UInt32? { store.entity(names.householdList, name).flatMap { value(names.mergedInto, of: $0) } }
    guard var last = next(household) else { return false }
    var walked: Set<UInt32> = [household]
    while walked.insert(last).inserted {
      guard walked.count <= Self.sameStepsMax else { return false }
      guard let other = next(last) else { return true }
      last = other
    }
    return last != household
  }

  func isMerged(_ household: String) -> Bool { store.texts.find(household).map { isMerged($0) } ?? false }

  /// Whether everybody who was ever known of a household has left it. Of whom no member is known it is not said.
  private func isGone(_ line: HouseholdSummary, _ household: UInt32) -> Bool { line.members.isEmpty && !personsNear(household).isEmpty }

  /// Who holds 低保 or 特困 on a day: the household, or persons of it.
  func holders(in household: String, on day: CivilDate) -> (isHousehold: Bool, persons: Set<String>) {
    let covered: Set<String> = ["lb", "tk"]
    var persons: Set<String> = []
    var isHousehold = false
    for grant in grants(of: household, on: day) where covered.contains(grant.kind) {
      if let person = grant.person { persons.insert(person) } else { isHousehold = true }
    }
    // What a visit was told of schemes counts where nothing dated says more.
    if rows(of: FactList.category, about: household).isEmpty {
      let schemes = (value("schemes", of: FactList.household, household) ?? "").split(separator: " ").map(String.init)
      if !covered.isDisjoint(with: schemes) { isHousehold = true }
      for row in rows(of: FactList.scheme, about: household)
      where covered.contains(row.value("kind") ?? "") && row.value("state") == "enjoying" {
        if let person = row.value("person") { persons.insert(person) } else { isHousehold = true }
      }
    }
    return (isHousehold, persons)
  }

  /// The row of these days that has a household already: one that gives all these reasons, or gives its own as text alone (an imported
  /// list); else the made list's own row, which a reason more is written to. A row with other words of its own is left alone.
  func row(for household: String, _ request: SweepRequest, reasons: [SweepReason]) -> SweepProposal.Existing? {
    var own: SweepProposal.Existing?
    for id in sweepRows(of: household) {
      guard let row = entity(FactList.sweep, id), let days = row.days, row.value("cancelled") != "yes",
        days.from <= request.to, request.from <= days.to
      else { continue }
      if request.standsAlone, row.value("campaign") != request.campaign { continue }
      let known = row.codes("reasons").compactMap { SweepReason(rawValue: $0) }
      let existing = SweepProposal.Existing(entity: id, reasons: known, cadre: row.value("cadre"))
      if known.isEmpty || Set(reasons).isSubset(of: known) { return existing }
      if own == nil, row.value("campaign") == request.campaign { own = existing }
    }
    return own
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
