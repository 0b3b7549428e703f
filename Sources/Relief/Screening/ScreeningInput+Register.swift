// From the register to what screening looks at: the facts of one visit, and of the household as it stood when the visit was
// written. What nobody stated stays unknown. Like the files of cases (docs/screening.md), what is a claim somebody has to make
// (a status that keeps out, another household, 孤儿保障) is "none" where nobody made it.
//
// Decisions:
//  * An old visit is screened on what its writer could know: records the visit had seen, records that its device's clock puts
//    before it, and the visit itself. What came later changes what the household is now, not what the visit concluded.
//  * Income and spending are the visit's own: what an earlier one collected is not what this one found.
//  * 基本生活严重困难 is what the visit says of it; else its conclusion (急难 is one by its definition, 2.7; 未发现困难 says that there is
//    none), else an emergency that is open. 困难程度 of 一户一策 says how soon to help, not how hard the living is: not read.
//  * 复核 is the township's step 救助 → 救助 (docs/case.md), which rests on a visit; a village visit alone is none. The step that this
//    very visit led to is not the check before it.
//  * Whether income is steady is the last answer there is: it is asked of 低保 households, and not on every visit.
//  * Above the line: what steps of a case that is open state, and what earlier visits that collected income found.
//  * 特困 and 单人保 are a person's. Where only the household says so, and it has several members, nobody knows whose it is.

extension Register {
  /// The household as it stood when a visit was written.
  public func known(to visit: Visit) -> Register {
    var seen: Set<String> = [visit.record]
    var open = [visit.record]
    while let next = open.popLast() {
      let before = store.record(named: next).map { store.supersedes($0) } ?? []
      for id in before.map({ store.texts.text($0) }) where seen.insert(id).inserted { open.append(id) }
    }
    let indexes = records(about: visit.household).filter { index in
      !store.rows[index].marks.contains(.replaced)
        && (seen.contains(store.texts.text(store.rows[index].id)) || Self.isBefore(store.wall(of: index), visit.wall))
    }
    var known = Register()
    known.apply(contentsOf: indexes.lazy.map { (record: store.record(at: $0), place: store.rows[$0].place) })
    return known
  }

  /// What screening looks at for a visit; nil for one without a day.
  public func screeningInput(of visit: Visit) -> ScreeningInput? {
    guard let date = visit.date, date.isWhole else { return nil }
    return known(to: visit).input(of: visit, on: date)
  }

  /// The same, read from this register as it stands: what `known(to:)` gave.
  func input(of visit: Visit, on date: CivilDate) -> ScreeningInput { ScreeningReader(self, visit, date).input() }

  /// The same without what earlier visits found: what a later one looks back at.
  private func inputAlone(of visit: Visit, on date: CivilDate) -> ScreeningInput { ScreeningReader(self, visit, date).inputAlone() }

  /// Visits before a day that met somebody and collected income, each as it was found then; oldest first.
  fileprivate func earlierInputs(of household: String, before date: CivilDate) -> [ScreeningInput] {
    visits(of: household).reversed().compactMap { visit in
      guard visit.isMet, visit.value("income_collected") == "yes", let day = visit.date, day.isWhole, day < date else { return nil }
      return known(to: visit).inputAlone(of: visit, on: day)
    }
  }

  /// What a visit concluded on its own day by the parameters published by then, and what the same facts would conclude by
  /// those in force on another day.
  public func screenings(of visit: Visit, today: CivilDate) -> (then: Screening, now: Screening)? {
    guard let input = screeningInput(of: visit) else { return nil }
    var history = ParameterHistory(self)
    return (
      Screening(input, parameters: history.parameters(at: visit.wall)),
      Screening(input, parameters: policyParameters, on: today)
    )
  }

  static func isBefore(_ wall: String, _ other: String) -> Bool {
    guard let one = Instant(wall), let two = Instant(other) else { return wall <= other }
    return one <= two
  }
}

/// One household and visit on the way into a `ScreeningInput`.
private struct ScreeningReader {
  let register: Register
  let visit: Visit
  let date: CivilDate

  init(_ register: Register, _ visit: Visit, _ date: CivilDate) {
    (self.register, self.visit, self.date) = (register, visit, date)
  }

  private var household: Entity? { register.household(visit.household)?.entity }

  func input() -> ScreeningInput {
    var input = inputAlone()
    input.monitoring?.earlier = register.earlierInputs(of: visit.household, before: date)
    return input
  }

  func inputAlone() -> ScreeningInput {
    var input = ScreeningInput(visitDate: date)
    let persons = register.persons(of: visit.household)
    let held = HeldCategories(register, visit.household, on: date, members: persons.map(\.id))
    input.household = household(held)
    input.members = persons.isEmpty ? nil : persons.map { MemberInput($0, in: register, visit.household, held, on: date) }
    input.income = income()
    input.spending = spending()
    input.property = property()
    input.emergencies = emergencies()
    for mark in Visit.Mark.allCases { input.marks[mark] = answer(mark.rawValue) }
    let risks = facts(FactList.risk)
    if !risks.isEmpty { input.risk = .yes }
    input.severeDifficulty = severeDifficulty()
    input.suddenSpending = suddenSpending()
    input.unstableIncome = unstableIncome()
    input.lastCheck = lastCheck(held)
    input.monitoring = monitoring(held)
    return input
  }

  private func facts(_ list: String) -> [Fact] { visit.facts.filter { $0.list == list } }

  private func answer(_ name: String) -> Answer? { visit.value(name).flatMap(Answer.init) }

  private func household(_ held: HeldCategories) -> HouseholdInput {
    var input = HouseholdInput()
    input.hukou = household?.value("hukou").flatMap(Hukou.init)
    input.kind = household?.value("kind").flatMap(HouseholdKind.init)
    input.holds = held.household
    input.noLabourCovered = household?.value("no_labour_covered").flatMap(Answer.init)
    return input
  }

  // MARK: 收支

  private func income() -> [IncomeItem]? {
    guard visit.value("income_collected") == "yes" else { return nil }
    return facts(FactList.income).map { fact in
      let stated = text(fact, "kind")
      var item = IncomeItem(
        stated.flatMap(IncomeItem.Kind.init) ?? .other, fen: amount(fact), item: text(fact, "item"), member: text(fact, "person"),
        period: period(fact))
      item.isEstimate = text(fact, "source") == "estimate"
      return item
    }
  }

  /// Asked only together with income; "有刚性支出: 无" is an answer.
  private func spending() -> [SpendingItem]? {
    switch answer("rigid_spending") {
    case .no: []
    case .yes:
      facts(FactList.expense).map { fact in
        SpendingItem(
          text(fact, "kind") ?? "other", fen: amount(fact), member: text(fact, "person"), period: period(fact))
      }
    case .unknown, nil: nil
    }
  }

  /// Without any necessary spending, none of it rose.
  private func suddenSpending() -> Answer? { answer("rigid_spending") == .no ? .no : answer("sudden_spending") }

  private func unstableIncome() -> Answer? {
    if (visit.value("hardship") ?? "").split(separator: " ").contains("employment") { return .yes }
    return answer("unstable_income") ?? register.lastAnswer("unstable_income", at: visit.household).flatMap(Answer.init)
  }

  /// The last 核查 of 低保 before this visit: the last step into 救助, else the day it was granted.
  private func lastCheck(_ held: HeldCategories) -> CivilDate? {
    let steps = register.cases(of: visit.household).filter { $0.key.track == .lowIncome }.flatMap(\.history).filter { event in
      event.isMoving && event.step.to == .helped && !([visit.record] + visit.amends).contains(event.step.basis ?? "")
    }
    let days = steps.compactMap(\.step.date) + [held.since(.lb)].compactMap { $0 }
    return days.filter { $0.isWhole && $0 <= date }.max() ?? held.since(.lb)
  }

  private func text(_ fact: Fact, _ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }

  private func amount(_ fact: Fact) -> Int64? { text(fact, "amount_fen").flatMap { Money(fen: $0)?.fen } }

  private func period(_ fact: Fact) -> Period { text(fact, "period") == "month" ? .month : .year }

  /// 县级核对报告 or 经办人员, the newest of each standard; what the village saw decides nothing.
  private func property() -> PropertyInput {
    var input = PropertyInput()
    let found = register.rows(of: FactList.propertyCheck, about: visit.household)
      .filter { row in ["report", "clerk"].contains(row.value("by") ?? "") && (day(row, "date").map { $0 <= date } ?? false) }
      .sorted { (day($0, "date")?.dayNumber ?? 0, $0.id) < (day($1, "date")?.dayNumber ?? 0, $1.id) }
    for row in found {
      guard let standard = row.value("standard").flatMap(PropertyInput.Standard.init),
        let result = row.value("result").flatMap(PropertyInput.Result.init)
      else { continue }
      input.results[standard] = result
    }
    return input
  }

  private func day(_ entity: Entity, _ name: String) -> CivilDate? { entity.value(name).flatMap { CivilDate($0) } }

  // MARK: 急难

  /// Section D of this visit, and emergencies that were written down for the household and not closed by its day.
  private func emergencies() -> [EmergencyInput]? {
    var found = facts(FactList.risk).filter { text($0, "section") == "emergency" }.map { fact in
      emergency(key: fact.entity, { text(fact, $0) }, urgencyElse: visit.urgency)
    }
    found += openEmergencies().map { row in emergency(key: row.id, { row.value($0) }, urgencyElse: nil) }
    if !found.isEmpty { return found }
    switch answer("emergency") {
    case .no: return []
    // Ticked, and nothing said of it.
    case .yes: return [EmergencyInput(key: visit.entity)]
    case .unknown, nil: return nil
    }
  }

  private func openEmergencies() -> [Entity] {
    register.rows(of: FactList.emergency, about: visit.household).filter { row in day(row, "closed").map { $0 > date } ?? true }
  }

  private func severeDifficulty() -> Answer? {
    let own = facts(FactList.risk).filter { text($0, "section") == "emergency" }
    if let said = Answer.any(own.map { text($0, "severe_difficulty") }) { return said }
    switch visit.result {
    case "emergency": return .yes
    case "none": return .no
    default: return Answer.any(openEmergencies().map { $0.value("severe_difficulty") })
    }
  }

  private func emergency(key: String, _ value: (String) -> String?, urgencyElse: String?) -> EmergencyInput {
    var input = EmergencyInput(key: key)
    input.kind = value("kind")
    input.date = value("date").flatMap { CivilDate($0) }
    input.place = value("place")
    input.cannotSelfHelp = value("cannot_self_help").flatMap(Answer.init)
    input.notCovered = value("not_covered").flatMap(Answer.init)
    input.urgency = (value("urgency") ?? urgencyElse).flatMap(EmergencyInput.Urgency.init)
    input.hukouPlace = value("hukou_place") ?? household?.value("hukou_place")
    input.firstAid = value("first_aid").flatMap(Answer.init)
    input.firstAidFen = value("first_aid_fen").flatMap { Money(fen: $0)?.fen }
    input.firstAidDate = value("first_aid_date").flatMap { CivilDate($0) }
    return input
  }

  // MARK: 监测

  private func monitoring(_ held: HeldCategories) -> MonitoringInput? {
    let kinds: [ReliefCategory] = [.tpbw, .byyz, .tfyz]
    guard kinds.contains(where: { held.household?.contains($0) ?? false }) else { return nil }
    var input = MonitoringInput()
    input.identified = kinds.compactMap { held.since($0) }.min()
    input.aboveSince = register.cases(of: visit.household).filter { $0.key.track?.isMonitoring ?? false }
      .compactMap { $0.stableSince(on: date) }.max()
    let open = register.openMatters(of: visit.household)
    input.openRisk = open.isEmpty ? .no : .yes
    for secured in MonitoringInput.Secured.allCases {
      // No child of school age: nothing is missing.
      let said = visit.value(secured.rawValue + "_secured")
      input.secured[secured] = said == "not_applicable" ? .yes : said.flatMap(Answer.init)
    }
    let helps = register.rows(of: FactList.assistance, about: visit.household)
    input.hasMeasure = helps.isEmpty ? .no : .yes
    input.hasDevelopment = helps.contains { $0.value("development") == "yes" } ? .yes : .no
    return input
  }
}

/// Which 低收入人口 categories a household and its members are in on a day.
private struct HeldCategories {
  /// Nil: nobody said anything.
  var household: Set<ReliefCategory>?
  private var persons: [String: Set<ReliefCategory>] = [:]
  /// A person's category is known of, and not whose it is.
  private var isSomebodys = false
  private var starts: [ReliefCategory: CivilDate] = [:]

  init(_ register: Register, _ id: String, on date: CivilDate, members: [String]) {
    let entity = register.household(id)?.entity
    for row in register.rows(of: FactList.category, about: id) {
      let from = row.value("from").flatMap { CivilDate($0) }
      let to = row.value("to").flatMap { CivilDate($0) }
      guard from.map({ $0 <= date }) ?? true, to.map({ $0 > date }) ?? true else { continue }
      hold(row.value("kind"), by: row.value("person"), from: from)
    }
    for row in register.rows(of: FactList.scheme, about: id) where row.value("state") == "enjoying" {
      hold(row.value("kind"), by: row.value("person"), from: row.value("since").flatMap { CivilDate($0) })
    }
    hold(entity?.value("category"), by: nil, from: nil)
    for scheme in entity?.codes("schemes") ?? [] { hold(scheme, by: nil, from: nil) }
    // "享受政策: 无" is an answer; so is a list without a category in it.
    if entity?.fields["schemes"]?.value != nil { household = household ?? [] }
    if household?.contains(.tk) ?? false, !persons.values.contains(where: { $0.contains(.tk) }) {
      if members.count == 1 { persons[members[0], default: []].insert(.tk) } else { isSomebodys = true }
    }
  }

  private mutating func hold(_ kind: String?, by person: String?, from: CivilDate?) {
    guard let kind = kind.flatMap(ReliefCategory.init) else { return }
    if let person { persons[person, default: []].insert(kind) } else { household = (household ?? []).union([kind]) }
    if let from, from.isWhole, starts[kind].map({ from < $0 }) ?? true { starts[kind] = from }
  }

  func since(_ category: ReliefCategory) -> CivilDate? { starts[category] }

  /// Nil where somebody of the household is in it and nobody said who.
  func of(_ person: String) -> Set<ReliefCategory>? {
    if let held = persons[person] { return held }
    return isSomebodys ? nil : []
  }
}

extension MemberInput {
  fileprivate init(_ person: Person, in register: Register, _ household: String, _ held: HeldCategories, on date: CivilDate) {
    self.init(key: person.id)
    let entity = person.entity
    func answer(_ name: String) -> Answer? { entity.value(name).flatMap(Answer.init) }
    kin = entity.value("relation").flatMap { Kin(code: $0) }
    born = Born(date: person.birth)
    sex = person.sex
    statuses = Set(entity.codes("status").filter { $0 != "none" })
    switch entity.value("presence") {
    case "resident": coresident = .yes
    case "prison": statuses?.insert("serving")
    default: break
    }
    schooling = entity.value("schooling")
    independent = answer("independent")
    legalDuty = answer("legal_duty")
    alsoElsewhere = register.households(ofPerson: person.id).count > 1 ? .yes : .no
    labour = entity.value("labour").flatMap(Labour.init)
    disability.has = answer("disability")
    disability.kind = entity.value("disability_kind").flatMap { Int($0) }
    disability.grade = entity.value("disability_grade").flatMap { Int($0) }
    illness = answer("illness")
    diseases = entity.codes("illness_kinds")
    holds = held.of(person.id)
    orphanScheme = register.rows(of: FactList.scheme, about: household).contains {
      $0.value("person") == person.id && $0.value("kind") == "orphan" && $0.value("state") != "stopped"
    } ? .yes : .no
    switch entity.value("obligors") {
    case "none": obligors = ObligorsInput([])
    case "able": obligors = ObligorsInput([.able])
    default: break
    }
    selfCare = register.rows(of: FactList.selfCare, about: household).last { $0.value("person") == person.id }.map { row in
      var answers: [SelfCareItem: SelfCare] = [:]
      for item in SelfCareItem.allCases { answers[item] = row.value(item.rawValue).flatMap(SelfCare.init) }
      return answers
    }
  }
}

extension ObligorInput {
  /// Somebody of whom it was found that they can support.
  fileprivate static let able: ObligorInput = {
    var obligor = ObligorInput(key: "able")
    (obligor.born.age, obligor.holds, obligor.disability, obligor.incapable) = (18, [], .none, .no)
    return obligor
  }()
}

extension Answer {
  /// Whether any of several is: nil where nobody said anything of one.
  fileprivate static func any(_ said: [String?]) -> Answer? {
    let answers = said.compactMap { $0.flatMap(Answer.init) }
    if answers.contains(.yes) { return .yes }
    if answers.isEmpty { return nil }
    return answers.count == said.count && !answers.contains(.unknown) ? .no : .unknown
  }
}
