// The automatic flags of one visit (policy §7.4, docs/case.md): what is missing, contradicts itself, cannot well be, was
// too fast, or has not changed for a year. What is alike between households is in `Evening`.

struct VisitChecks {
  let visit: Visit
  let rules: EveningRules

  private func answer(_ name: String) -> String? { visit.value(name) }

  private func facts(_ list: String) -> [Fact] { visit.facts.filter { $0.list == list } }

  private func says(_ fact: Fact, _ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }

  /// - Parameters:
  ///   - earlier: visits of the household before this one, newest first, with what they say of themselves.
  ///   - content: what one of them says in all.
  func flags(earlier: [Visit], content: (Visit) -> VisitContent?) -> [VisitFlag] {
    var found: [VisitFlag] = []
    let missing = missing()
    if !missing.isEmpty { found.append(.missing(missing)) }
    found += contradictions().map { .contradictory($0) }
    found += implausibilities().map { .implausible($0) }
    let secondsMin = earlier.contains(where: \.isMet) ? rules.repeatSecondsMin : rules.secondsMin
    if let seconds, visit.isMet, answer("method") != "phone", seconds < secondsMin {
      found.append(.tooFast(seconds: seconds, secondsMin: secondsMin))
    }
    if let same = sameAsLastYear(earlier, content) { found.append(.sameAsLastYear(record: same)) }
    if let since = unchangedSince(earlier, content) { found.append(.noChange(since: since)) }
    if visit.isContested { found.append(.contested) }
    return found
  }

  /// From first to last answer; nil where one of the two is not stated, or they are the wrong way round.
  var seconds: Int? {
    guard let span = span, span.end >= span.start else { return nil }
    return span.end.seconds - span.start.seconds
  }

  var span: (start: Instant, end: Instant)? {
    guard let start = answer("started").flatMap({ Instant($0) }), let end = answer("ended").flatMap({ Instant($0) })
    else { return nil }
    return (start, end)
  }

  // MARK: 漏填

  private func missing() -> [String] {
    guard visit.isMet else { return answer("not_met_reason") == nil ? ["visit.not_met_reason"] : [] }
    var names = ["result", "visitors", "disability", "labour", "illness", "emergency"].filter { answer($0) == nil }
    if answer("result") == "suspected", answer("suspected") == nil { names.append("suspected") }
    if answer("result") == "emergency", answer("urgency") == nil { names.append("urgency") }
    if answer("signature") == "refused", answer("signature_reason") == nil { names.append("signature_reason") }
    var found = names.map { "visit.\($0)" }
    let persons = facts(FactList.person)
    if persons.contains(where: { says($0, "disability") == "yes" && says($0, "disability_kind") == nil }) {
      found.append("person.disability_kind")
    }
    if persons.contains(where: {
      says($0, "illness") == "yes" && says($0, "illness_name") == nil && says($0, "illness_kinds") == nil
    }) {
      found.append("person.illness_name")
    }
    return found
  }

  // MARK: 矛盾

  private func contradictions() -> [VisitFlag.Contradiction] {
    guard visit.isMet else { return [nil, "recheck"].contains(answer("result")) ? [] : [.notMetWithResult] }
    var found: [VisitFlag.Contradiction] = []
    let persons = facts(FactList.person).filter { says($0, "membership") != "left" }
    let isDisabled = persons.contains { says($0, "disability") == "yes" }
    let isIll = persons.contains { says($0, "illness") == "yes" }
    // A visit that carried the members over need not speak of them: without a person nothing contradicts.
    if !persons.isEmpty {
      if answer("disability") == "yes", !isDisabled { found.append(.disabilityWithoutPerson) }
      if answer("illness") == "yes", !isIll { found.append(.illnessWithoutPerson) }
    }
    if answer("disability") == "no", isDisabled { found.append(.personWithoutDisability) }
    if answer("illness") == "no", isIll { found.append(.personWithoutIllness) }
    if answer("emergency") == "yes", answer("result") == "none" { found.append(.emergencyWithoutResult) }
    if answer("result") == "emergency", answer("emergency") == "no" { found.append(.resultWithoutEmergency) }
    if answer("result") == "none", ["red", "orange"].contains(answer("urgency") ?? "") {
      found.append(.urgentWithoutResult)
    }
    if persons.contains(where: { isHealthyAndIll($0) }) { found.append(.healthyAndIll) }
    if answer("labour_household") == "none",
      persons.contains(where: { ["ordinary", "skilled"].contains(says($0, "labour") ?? "") })
    {
      found.append(.labourWithoutNeed)
    }
    return found
  }

  private func isHealthyAndIll(_ person: Fact) -> Bool {
    let health = (person.value("health") ?? "").split(separator: " ")
    guard health.contains("healthy") else { return false }
    return health.count > 1 || says(person, "illness") == "yes" || says(person, "disability") == "yes"
  }

  // MARK: 不合常理

  private func implausibilities() -> [VisitFlag.Implausibility] {
    var found: [VisitFlag.Implausibility] = []
    if let date = visit.date, let typed = CivilDate(startOf: visit.wall), visit.clockTrusted {
      if date > typed { found.append(.visitInFuture) }
      if typed.dayNumber - date.dayNumber > rules.typedLateDays { found.append(.typedLate) }
    }
    if let span, span.end < span.start { found.append(.endsBeforeItStarts) }
    if let next = answer("next_visit").flatMap({ CivilDate($0) }), let date = visit.date, next <= date {
      found.append(.nextVisitBefore)
    }
    let sums = visit.facts.flatMap(\.properties).filter { $0.name.hasSuffix("_fen") }
    if sums.contains(where: { (Int64($0.value) ?? 0).magnitude > rules.amountFenMax.magnitude }) { found.append(.amount) }
    let members = facts(FactList.person).count { says($0, "membership") != "left" }
    let residents = facts(FactList.household).compactMap { says($0, "residents") }.compactMap { Int($0) }.last
    if let residents, members > 0, residents > members { found.append(.residents) }
    return found
  }

  // MARK: Beside earlier visits

  private func sameAsLastYear(_ earlier: [Visit], _ content: (Visit) -> VisitContent?) -> String? {
    guard let date = visit.date else { return nil }
    guard let own = content(visit), own.isTelling else { return nil }
    return earlier.first { other in
      guard let day = other.date, date.dayNumber - day.dayNumber >= rules.lastYearDays else { return false }
      return content(other)?.isSame(as: own) ?? false
    }?.record
  }

  private func unchangedSince(_ earlier: [Visit], _ content: (Visit) -> VisitContent?) -> CivilDate? {
    guard let date = visit.date, visit.isMet else { return nil }
    guard let own = content(visit) else { return nil }
    var since: CivilDate?
    for other in earlier where other.isMet {
      guard content(other)?.findsSame(as: own) ?? false else { break }
      since = other.date ?? since
    }
    guard let since, (since.completedMonths(until: date) ?? 0) >= rules.noChangeMonths else { return nil }
    return since
  }
}
