// Checks of a household and of a visit; `PersonClash` looks over the whole register.

extension Register {
  /// What is doubtful about a household and its members on a day. Sorted.
  public func qualityFindings(ofHousehold id: String, on date: CivilDate) -> [QualityFinding] {
    guard let household = household(id) else { return [] }
    let persons = persons(of: id)
    var found = persons.flatMap { PersonQuality(person: $0, date: date).findings() }
    found += HouseholdQuality(household: household, persons: persons, date: date).findings()
    return found.sorted()
  }

  /// What is doubtful about a visit and about the household as its writer knew it. Sorted; empty for a visit that met nobody.
  public func qualityFindings(of visit: Visit) -> [QualityFinding] {
    var history = ParameterHistory(self)
    return qualityFindings(of: visit, by: &history)
  }

  private func qualityFindings(of visit: Visit, by history: inout ParameterHistory) -> [QualityFinding] {
    guard visit.isMet, let date = visit.date, date.isWhole else { return [] }
    let known = known(to: visit)
    let input = known.input(of: visit, on: date)
    let screening = Screening(input, parameters: history.parameters(at: visit.wall))
    let checks = VisitQuality(visit: visit, date: date, screening: screening, register: known)
    return (known.qualityFindings(ofHousehold: visit.household, on: date) + checks.findings()).sorted()
  }

  /// Codes of what cannot well be so about a visit, each once: what the evening shows. Gaps are for the next visit, not for it.
  public func doubts(about visit: Visit) -> [String] {
    var history = ParameterHistory(self)
    return doubts(about: visit, by: &history)
  }

  func doubts(about visit: Visit, by history: inout ParameterHistory) -> [String] {
    var codes: [String] = []
    for finding in qualityFindings(of: visit, by: &history) where finding.rule.weight == .doubt && !codes.contains(finding.rule.rawValue) {
      codes.append(finding.rule.rawValue)
    }
    return codes
  }
}

struct HouseholdQuality {
  let household: Household
  let persons: [Person]
  let date: CivilDate

  func findings() -> [QualityFinding] { heads() + couple() + duplicates() + rest() }

  private func kin(_ person: Person) -> Kin? { person.relation.flatMap { Kin(code: $0) } }

  private func heads() -> [QualityFinding] {
    guard !persons.isEmpty else { return [] }
    let heads = persons.count { kin($0) == .head }
    var found: [QualityFinding] = []
    // Where a relation is missing, the head may be that one.
    if heads == 0, persons.allSatisfy({ $0.relation != nil }) { found.append(QualityFinding(.noHead, "person.relation")) }
    if heads > 1 { found.append(QualityFinding(.severalHeads, "person.relation")) }
    if persons.count(where: { kin($0) == .spouse }) > 1 { found.append(QualityFinding(.severalSpouses, "person.relation")) }
    return found
  }

  /// By digit 17 of both numbers: what somebody typed as 性别 is no proof.
  private func couple() -> [QualityFinding] {
    let head = persons.filter { kin($0) == .head }
    let spouse = persons.filter { kin($0) == .spouse }
    guard head.count == 1, spouse.count == 1, let one = head[0].identity?.sex, let other = spouse[0].identity?.sex, one == other
    else { return [] }
    return [QualityFinding(.sameSexCouple, of: spouse[0].id, "person.id_number")]
  }

  private func duplicates() -> [QualityFinding] {
    let owners = Dictionary(grouping: persons.filter { $0.entity.value("same_as") == nil }) { $0.identity?.text ?? "" }
    return owners.filter { !$0.key.isEmpty && $0.value.count > 1 }.values.flatMap { $0 }
      .map { QualityFinding(.duplicateID, of: $0.id, "person.id_number") }
  }

  private func rest() -> [QualityFinding] {
    var found: [QualityFinding] = []
    if household.entity.fields["schemes"] == nil { found.append(QualityFinding(.schemesEmpty, "household.schemes")) }
    if let phone = household.entity.value("phone"), phone != "none", Phone(phone) == nil {
      found.append(QualityFinding(.badPhone, "household.phone"))
    }
    let nobodyWorks =
      !persons.isEmpty
      && persons.allSatisfy { person in
        if let years = person.age(on: date), years < 16 { return true }
        return person.entity.value("labour").flatMap(Labour.init).map { !$0.canWork } ?? false
      }
    if nobodyWorks, household.entity.value("no_labour_covered") == "no" {
      found.append(QualityFinding(.noLabourNotCovered, "household.no_labour_covered"))
    }
    return found
  }
}
