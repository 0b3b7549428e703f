import Relief
import Testing

/// The list that is made (R22, R23): who is on it, why, in which order, and what becomes a record.
@Suite struct SweepGeneratorTests {
  static let home = Village.household

  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? .today }

  static func request(
    _ from: String = "2026-11-24", _ to: String = "2026-11-30", added: Set<String> = [],
    reasons: Set<SweepReason> = Set(SweepReason.allCases)
  ) -> SweepRequest {
    SweepRequest(
      division: Division(Village.code) ?? .everywhere, campaign: "十一月", from: day(from), to: day(to), added: added, reasons: reasons)
  }

  static func reasons(_ records: [Record], _ request: SweepRequest = request()) -> [SweepReason] {
    SweepGenerator(Way.rules).proposals(request, in: Register(records)).first { $0.household == home }?.reasons ?? []
  }

  static func member(_ number: Int, _ properties: [String: String], household: String = home) -> Record {
    Village.record(
      number, .roster, household: household,
      facts: [
        Village.fact(FactList.household, household, ["division": Village.code]),
        Village.fact(FactList.person, "m-\(number)", ["name": "某\(number)", "household": household].merging(properties) { $1 }),
      ])
  }

  static func visit(_ number: Int, on date: String, _ answers: [String: String] = [:], household: String = home, supersedes: [Int] = [])
    -> Record
  {
    Village.record(
      number, .visit, supersedes: supersedes, household: household, wall: date + "T10:00:00+08:00",
      facts: [
        Village.fact(
          FactList.visit, "v-\(number)", ["date": date, "method": "home", "result": "none", "household": household].merging(answers) { $1 })
      ])
  }

  static func fact(_ number: Int, _ type: RecordType, _ list: String, _ properties: [String: String], supersedes: [Int] = []) -> Record {
    Village.record(number, type, supersedes: supersedes, facts: [Village.fact(list, "e-\(number)", ["household": home].merging(properties) { $1 })])
  }

  /// A warning of this household in the village's hands.
  static var warned: [Record] {
    [
      WarningTests.raising(70),
      fact(71, .warningStep, FactList.warningStep, ["warning": WarningTests.id, "from": "new", "to": "dispatched", "date": "2026-11-20"]),
    ].map { record in
      var record = record
      if record.type == .warningStep { record.author = Way.author(.clerk) }
      return record
    }
  }

  static func review(_ number: Int, of visit: Int, _ verdict: String) -> Record {
    Village.record(number, .review, body: ["record": Village.id(visit), "verdict": verdict, "reason": "请补"])
  }

  // MARK: R23: the four kinds

  @Test func aHouseholdNobodyKnowsAnythingOfIsNotListed() {
    #expect(Self.reasons([Self.member(1, ["labour": "ordinary"])]).isEmpty)
  }

  @Test(arguments: [
    (["disability": "yes"], SweepReason.disability), (["disability_kind": "3"], .disability), (["health": "disabled"], .disability),
    (["illness": "yes"], .illness), (["health": "chronic"], .illness), (["health": "serious"], .illness), (["labour": "weak"], .labour),
    (["labour": "lost"], .labour), (["labour": "none"], .labour),
  ]) func theKindsByWhatIsKnownOfAMember(_ properties: [String: String], _ reason: SweepReason) {
    #expect(Self.reasons([Self.member(1, properties)]) == [reason])
  }

  @Test(arguments: [
    (["disability": "yes"], SweepReason.disability), (["illness": "yes"], .illness), (["labour": "yes"], .labour),
    (["labour_household": "weak"], .labour), (["labour_household": "none"], .labour), (["emergency": "yes"], .emergency),
  ]) func theKindsByWhatTheLastVisitFound(_ answers: [String: String], _ reason: SweepReason) {
    #expect(Self.reasons([Self.visit(1, on: "2026-08-01", answers)]) == [reason])
    let later = Self.visit(2, on: "2026-09-01", ["disability": "no"], supersedes: [1])
    #expect(Self.reasons([Self.visit(1, on: "2026-08-01", answers), later]).isEmpty, "the last visit counts")
    let unmet = Self.visit(3, on: "2026-09-01", ["method": "not_met"], supersedes: [1])
    #expect(Self.reasons([Self.visit(1, on: "2026-08-01", answers), unmet]) == [reason], "one that met nobody found nothing out")
  }

  @Test func oneOfThemCanWorkThenLabourIsNotLacking() {
    #expect(Self.reasons([Self.member(1, ["labour": "weak"]), Self.member(2, ["labour": "ordinary"])]).isEmpty)
    #expect(Self.reasons([Self.member(1, ["labour": "weak"]), Self.member(2, [:])]).isEmpty, "unknown is not none")
  }

  @Test func anEmergencyIsAReasonUntilItIsOver() {
    let open = Self.fact(1, .emergency, FactList.emergency, ["kind": "fire", "date": "2026-11-20"])
    #expect(Self.reasons([open]) == [.emergency])
    var over = Self.fact(2, .emergency, FactList.emergency, ["closed": "2026-11-22"], supersedes: [1])
    over.facts[0].entity = "e-1"
    #expect(Self.reasons([open, over]).isEmpty)
  }

  /// 低保 and 特困 stand on the list for none of the four; the other categories do.
  @Test(arguments: ["lb", "tk"]) func whoHoldsItIsLeftOut(_ kind: String) {
    let ill = Self.member(1, ["illness": "yes"])
    #expect(Self.reasons([ill, Self.fact(2, .category, FactList.category, ["kind": kind, "from": "2026-01-01"])]).isEmpty)
    #expect(Self.reasons([ill, Self.fact(2, .category, FactList.category, ["kind": kind, "from": "2026-12-01"])]) == [.illness], "not yet")
    let over = Self.fact(2, .category, FactList.category, ["kind": kind, "from": "2025-01-01", "to": "2026-11-24"])
    #expect(Self.reasons([ill, over]) == [.illness], "the end is exclusive")
    #expect(Self.reasons([ill, Village.record(3, .roster, facts: [Village.householdFact(["category": kind])])]).isEmpty)
    #expect(Self.reasons([ill, Village.record(3, .roster, facts: [Village.householdFact(["schemes": "medical \(kind)"])])]).isEmpty)
    let scheme = Self.fact(4, .visit, FactList.scheme, ["kind": kind, "state": "enjoying"])
    #expect(Self.reasons([ill, scheme]).isEmpty)
    let stopped = Self.fact(4, .visit, FactList.scheme, ["kind": kind, "state": "stopped"])
    #expect(Self.reasons([ill, stopped]) == [.illness])
    #expect(Self.reasons([ill, scheme, over]) == [.illness], "what the county dated counts before what somebody was told")
  }

  /// The county confirmed it: the household holds it, whether or not its 身份认定 has come.
  @Test func whomACaseHelpsWithLowIncomeHoldsIt() {
    var way = Way()
    way.register.apply(Self.member(1, ["illness": "yes"]))
    way.stand(at: CasePosition(.helped), on: "2026-11-01")
    func reasons() -> [SweepReason] { SweepGenerator(way.rules).proposals(Self.request(), in: way.register).first?.reasons ?? [] }
    #expect(reasons() == [])
    way.take(way.step(.helped, .monitored, on: "2026-11-10", reason: "停发"), by: .county)
    #expect(reasons() == [.illness])
  }

  @Test func edgeAndMonitoredHouseholdsAreListed() {
    for kind in ["by", "tpbw", "byyz", "zcx"] {
      let category = Self.fact(2, .category, FactList.category, ["kind": kind, "from": "2026-01-01"])
      #expect(Self.reasons([Self.member(1, ["illness": "yes"]), category]) == [.illness])
    }
  }

  /// 单人保, 特困: the person who holds it is no reason, another member is.
  @Test func aPersonWhoHoldsItIsNoReason() {
    let holder = Self.fact(2, .category, FactList.category, ["kind": "tk", "person": "m-1", "from": "2026-01-01"])
    #expect(Self.reasons([Self.member(1, ["disability": "yes"]), holder]).isEmpty)
    #expect(Self.reasons([Self.member(1, ["disability": "yes"]), Self.member(3, ["illness": "yes"]), holder]) == [.illness])
  }

  @Test func aHouseholdThatIsGoneIsNotListed() {
    let ill = Self.visit(1, on: "2026-08-01", ["illness": "yes"])
    let merged = Village.record(2, .householdChange, facts: [Village.householdFact(["merged_into": "h2"])])
    #expect(Self.reasons([ill, merged]).isEmpty)
    let alone = Self.member(3, ["illness": "yes"])
    var dead = Self.member(4, ["membership": "left", "left_reason": "dead"])
    dead.supersedes = [alone.id]
    dead.facts[1].entity = "m-3"
    #expect(Self.reasons([ill, alone]) == [.illness])
    #expect(Self.reasons([ill, alone, dead]).isEmpty, "nobody lives there any more")
  }

  /// Two laptops that had not seen each other merged each household into the other one: both stay on the list until somebody says which.
  @Test func householdsMergedIntoEachOtherAreStillVisited() {
    let others = (1...3).map { "10000000-0000-4000-8000-00000000010\($0)" }
    func merged(_ number: Int, _ one: String, _ into: String) -> Record {
      Village.record(
        number, .householdChange, household: one, facts: [Village.fact(FactList.household, one, ["merged_into": into])])
    }
    let ill = Self.visit(1, on: "2026-08-01", ["illness": "yes"])
    #expect(Self.reasons([ill, merged(2, Self.home, Self.home)]) == [.illness], "into itself")
    #expect(Self.reasons([ill, merged(2, Self.home, others[0]), merged(3, others[0], Self.home)]) == [.illness])
    let circle = [merged(2, Self.home, others[0]), merged(3, others[0], others[1]), merged(4, others[1], Self.home)]
    #expect(Self.reasons([ill] + circle) == [.illness])
    #expect(Self.reasons([ill] + circle.dropLast()) == [], "a chain has an end, and is visited there")
    let beside = [merged(2, Self.home, others[0]), merged(3, others[0], others[1]), merged(4, others[1], others[0])]
    #expect(Self.reasons([ill] + beside) == [], "it leads into a circle and is no part of it")
  }

  // MARK: Other reasons

  @Test func aPromisedVisitIsDueOnItsDayAndUntilSomebodyWasMet() {
    let promise = Self.visit(1, on: "2026-11-10", ["next_visit": "2026-11-30"])
    #expect(Self.reasons([promise]) == [.promised])
    #expect(Self.reasons([promise], Self.request("2026-11-24", "2026-11-29")).isEmpty)
    let unmet = Self.visit(2, on: "2026-11-20", ["method": "not_met"])
    #expect(Self.reasons([promise, unmet]) == [.promised], "a call that met nobody keeps no promise")
    let missed = Self.visit(2, on: "2026-12-01", ["method": "not_met"])
    #expect(Self.reasons([promise, missed], Self.request("2026-12-02", "2026-12-08")) == [.promised])
    let early = Self.visit(2, on: "2026-11-20")
    #expect(Self.reasons([promise, early]) == [], "somebody went since and promised nothing")
    let kept = Self.visit(2, on: "2026-12-01")
    #expect(Self.reasons([promise, kept], Self.request("2026-12-02", "2026-12-08")).isEmpty)
    let moved = Self.visit(2, on: "2026-11-20", ["method": "not_met", "next_visit": "2026-12-20"])
    #expect(Self.reasons([promise, moved]).isEmpty, "the neighbour said when")
  }

  @Test func aReturnedVisitComesBackWhateverCameAfterIt() {
    let first = Self.visit(1, on: "2026-11-20")
    let returned = Self.review(2, of: 1, "returned")
    #expect(Self.reasons([first, returned]) == [.returned])
    #expect(Self.reasons([first, returned, Self.visit(3, on: "2026-11-24")]) == [.returned], "another visit is no answer")
    let answer = Village.visit(4, .amendment, on: "2026-11-20", supersedes: [1], entity: "v-1")
    #expect(Self.reasons([first, returned, answer]).isEmpty)
  }

  @Test func aRevisitIsAskedUntilSomebodyWasMet() {
    let first = Self.visit(1, on: "2026-11-20")
    let asked = Self.review(2, of: 1, "revisit")
    #expect(Self.reasons([first, asked]) == [.revisit])
    #expect(Self.reasons([first, asked, Self.visit(3, on: "2026-11-24", ["method": "not_met"])]) == [.revisit])
    #expect(Self.reasons([first, asked, Self.visit(3, on: "2026-11-24")]).isEmpty)
  }

  @Test func warningsAndWhoIsAddedByHandAreListed() {
    let nothing = Self.member(1, ["labour": "ordinary"])
    #expect(Self.reasons([nothing] + Self.warned) == [.warning])
    #expect(Self.reasons([nothing, Self.warned[0]]).isEmpty, "nobody has dispatched it")
    #expect(Self.reasons([nothing], Self.request(added: [Self.home])) == [.added])
  }

  /// T-LB-3, 工单, 访视照料.
  /// R22: 定期. Whoever was met within the period is left alone for the four kinds; from its last day on they are listed again. An
  /// emergency that is not over, and whatever was promised or is due, does not wait for it.
  @Test func whoWasMetWithinThePeriodIsLeftAlone() {
    var rules = Way.rules
    func reasons(_ records: [Record]) -> [SweepReason] {
      SweepGenerator(rules).proposals(Self.request(), in: Register(records)).first { $0.household == Self.home }?.reasons ?? []
    }
    let ill = ["illness": "yes"]
    #expect(reasons([Self.visit(1, on: "2026-11-01", ill)]) == [.illness], "未设定: nobody is left out")
    rules.clocks.sweepPeriodMonths = 3
    #expect(reasons([Self.visit(1, on: "2026-08-25", ill)]).isEmpty)
    #expect(reasons([Self.visit(1, on: "2026-08-24", ill)]) == [.illness])
    #expect(reasons([Self.visit(1, on: "2026-11-01", ["illness": "yes", "method": "not_met"])]).contains(.illness) == false)
    #expect(reasons([Self.visit(1, on: "2026-11-01", ["illness": "yes", "next_visit": "2026-11-24"])]) == [.promised])
    let fire = Self.fact(2, .emergency, FactList.emergency, ["kind": "fire", "date": "2026-11-02"])
    #expect(reasons([Self.visit(1, on: "2026-11-01", ill), fire]) == [.emergency])
  }

  @Test func recheckCheckAndCareAreListedWhenDue() {
    var way = Way()
    way.register.apply(Self.member(1, ["labour": "ordinary"]))
    func reasons(_ to: String) -> [SweepReason] {
      SweepGenerator(way.rules).proposals(Self.request("2026-11-24", to), in: way.register).first?.reasons ?? []
    }
    way.stand(at: CasePosition(.helped), track: .edge, on: "2026-05-30")
    #expect(reasons("2026-11-30") == [.recheck])
    #expect(reasons("2026-11-29") == [])
    way.write(way.step(.helped, .toCheck, track: .edge, on: "2026-11-20", reason: "群众反映"), by: .county)
    #expect(reasons("2026-11-29") == [.check])
    way.write(
      .carePlan, FactList.carePlan, "plan", ["household": Self.home, "person": "m-1", "from": "2026-11-01", "every_days": "7"], by: .clerk)
    #expect(reasons("2026-11-29") == [.check, .care])
    way.write(
      .careVisit, FactList.careVisit, "c-1", ["household": Self.home, "plan": "plan", "date": "2026-11-24"])
    #expect(reasons("2026-11-29") == [.check])
    #expect(reasons("2026-12-01") == [.check, .care])
  }

  @Test func whoWasNotMetInTheLastListIsCarriedOver() {
    let row = Self.fact(1, .sweep, FactList.sweep, ["from": "2026-11-01", "to": "2026-11-20", "reason": "残疾", "reasons": "disability"])
    #expect(Self.reasons([row]) == [.carried])
    #expect(Self.reasons([row, Self.visit(2, on: "2026-11-10", ["method": "not_met"])]) == [.carried])
    #expect(Self.reasons([row, Self.visit(2, on: "2026-10-20")]) == [.carried], "that was before the list")
    #expect(Self.reasons([row, Self.visit(2, on: "2026-11-10")]).isEmpty)
    #expect(Self.reasons([row, Self.visit(2, on: "2026-11-22")]).isEmpty, "late is visited")
    let cancelled = Self.fact(
      3, .sweep, FactList.sweep, ["from": "2026-11-01", "to": "2026-11-20", "reason": "残疾", "cancelled": "yes"])
    #expect(Self.reasons([cancelled]).isEmpty)
  }

  /// Whoever was met in these days is done; only what came back, or was asked for, brings anybody there again.
  @Test func whoWasMetInTheseDaysIsDone() {
    let ill = Self.visit(1, on: "2026-11-25", ["illness": "yes", "next_visit": "2026-11-29"])
    #expect(Self.reasons([ill]).isEmpty)
    #expect(Self.reasons([ill] + Self.warned) == [.warning], "until somebody says what came of it")
    #expect(Self.reasons([ill, Self.review(2, of: 1, "revisit")]) == [.revisit])
    #expect(Self.reasons([ill], Self.request(added: [Self.home])) == [.added])
  }

  // MARK: The list

  @Test func theMostUrgentReasonStandsFirstAndNeighboursTogether() {
    var register = Register()
    for (number, (id, group, answers)) in [
      ("h-1", "二组", ["illness": "yes"]), ("h-2", "一组", ["illness": "yes", "disability": "yes"]), ("h-3", "三组", ["emergency": "yes"]),
      ("h-4", "一组", ["illness": "yes"]),
    ].enumerated() {
      var record = Self.visit(number + 1, on: "2026-08-01", answers, household: id)
      record.facts.append(Village.fact(FactList.household, id, ["group": group, "division": Village.code]))
      register.apply(record)
    }
    let list = SweepGenerator(Way.rules).proposals(Self.request(), in: register)
    #expect(list.map(\.household) == ["h-3", "h-2", "h-4", "h-1"])
    #expect(list.map(\.order) == [1, 2, 3, 4])
    #expect(list[1].reasons == [.disability, .illness])
    let only = SweepGenerator(Way.rules).proposals(Self.request(reasons: [.emergency]), in: register)
    #expect(only.map(\.household) == ["h-3"])
  }

  static func drafts(_ register: Register, _ request: SweepRequest = request()) -> [SweepDraft] {
    let generator = SweepGenerator(Way.rules)
    return generator.drafts(
      generator.proposals(request, in: register), request, in: register, entity: { "\($0) \($1) \($2)" },
      label: { $0.map(\.rawValue).joined(separator: "、") })
  }

  @Test func whatIsListedIsNotWrittenAgainUnlessThereIsAReasonMore() throws {
    var register = Register([Self.visit(1, on: "2026-08-01", ["illness": "yes"])])
    let first = try #require(Self.drafts(register).first)
    register.apply(Village.record(2, .sweep, facts: [first.fact]))
    #expect(Self.drafts(register).isEmpty)
    for record in Self.warned { register.apply(record) }
    let more = try #require(Self.drafts(register).first)
    #expect(more.fact.entity == first.fact.entity && more.supersedes == [Village.id(2)])
    #expect(more.fact.value("reasons") == "warning illness")
    register.apply(
      Record(
        id: Village.id(3), type: .sweep, household: Self.home, division: Village.code, author: Village.cadre, device: "d",
        wall: "2026-11-24T10:00:00+08:00", supersedes: more.supersedes, facts: [more.fact]))
    let rows = register.sweep(on: .today, in: .everywhere)
    #expect(rows.count == 1 && rows.first?.codes == [.warning, .illness])
  }

  /// What somebody typed as their reason stays; the made list stands beside it, and the household once.
  @Test func aReasonTypedByHandIsNotWrittenOver() throws {
    let byHand = Self.fact(
      2, .sweep, FactList.sweep,
      ["campaign": "手工", "from": "2026-11-24", "to": "2026-11-24", "reason": "邻居说他病了", "reasons": "added"])
    var register = Register([Self.visit(1, on: "2026-08-01", ["illness": "yes"]), byHand])
    let draft = try #require(Self.drafts(register).first)
    #expect(draft.fact.entity != "e-2")
    register.apply(Village.record(3, .sweep, facts: [draft.fact]))
    let rows = register.sweep(on: .today, in: .everywhere)
    #expect(rows.count == 1)
    #expect(rows.first?.reasons.contains("邻居说他病了") == true && rows.first?.codes == [.added, .illness])
    #expect(Self.drafts(register).isEmpty)
  }

  /// An imported list has its reason as text: a made one does not put its words over it.
  @Test func anImportedRowIsLeftAsItIs() {
    let imported = Self.fact(2, .sweep, FactList.sweep, ["campaign": "十一月", "from": "2026-11-20", "to": "2026-11-30", "reason": "医疗费高"])
    #expect(Self.drafts(Register([Self.visit(1, on: "2026-08-01", ["illness": "yes"]), imported])).isEmpty)
  }

  /// 未访 with its reason: on the row until somebody is met.
  @Test(arguments: ["nobody_home", "away", "refused", "moved", "dead", "vacant"]) func notMetSaysWhy(_ reason: String) {
    let row = Self.fact(1, .sweep, FactList.sweep, ["from": "2026-11-20", "to": "2026-11-30", "reason": "残疾"])
    let unmet = Self.visit(2, on: "2026-11-21", ["method": "not_met", "not_met_reason": reason])
    func sweep(_ records: [Record]) -> SweepRow? { Register(records).sweep(on: .today, in: .everywhere).first }
    #expect(sweep([row])?.notMetReason == nil && sweep([row])?.state == .unvisited)
    #expect(sweep([row, unmet])?.notMetReason == reason && sweep([row, unmet])?.state == .notMet)
    let met = Self.visit(3, on: "2026-11-22")
    #expect(sweep([row, unmet, met])?.notMetReason == nil && sweep([row, unmet, met])?.state == .visited)
  }

  /// A returned visit stands first on the day's list, also where no list has the household.
  @Test func returnedVisitsStandFirst() {
    let row = Self.fact(1, .sweep, FactList.sweep, ["from": "2026-11-20", "to": "2026-11-30", "reason": "残疾", "order": "1"])
    let other = Self.visit(2, on: "2026-10-01", household: "h2")
    let register = Register([row, other, Self.review(3, of: 2, "returned")])
    let rows = register.sweep(on: .today, in: .everywhere)
    #expect(rows.map(\.household.id) == ["h2", Self.home])
    #expect(rows.map(\.state) == [.returned, .unvisited] && rows.first?.codes == [.returned])
  }
}
