import Testing

@testable import Relief

/// 专项排查 (R21, R22): what is planned and by whom, when it comes again, its lists, how far they are.
@Suite struct CampaignTests {
  static let county = "130599"
  static let township = "130599100"
  static let east = Village.code
  static let west = "130599100202"
  static let other = "130599101201"
  static let id = "c-spring"

  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? .today }
  static func division(_ code: String) -> Division { Division(code) ?? .everywhere }

  static func plan(
    _ from: String = "2026-11-01", _ to: String = "2026-11-20", every: Int? = nil, places: [String] = [township],
    kinds: Set<SweepReason> = [.disability]
  ) -> CampaignPlan {
    CampaignPlan(name: "秋季排查", from: day(from), to: day(to), kinds: kinds, places: places.map(division), everyMonths: every)
  }

  static func record(
    _ number: Int, _ facts: [Fact], at place: String = township, by role: Role = .clerk, type: RecordType = .campaign, supersedes: [Int] = []
  ) -> Record {
    var record = Village.record(number, type, supersedes: supersedes, household: nil, wall: "2026-10-20T09:00:00+08:00", facts: facts)
    record.author = Way.author(role)
    record.division = place
    return record
  }

  static func planned(_ plan: CampaignPlan = plan(), at place: String = township, by role: Role = .clerk) -> Record {
    record(1, [plan.fact(entity: id)], at: place, by: role)
  }

  static func campaign(_ records: [Record]) -> Campaign? { Register(records).campaign(id) }

  static let li = CampaignCadre(person: "p-li", name: "李一")
  static let zhang = CampaignCadre(person: "p-zhang", name: "张二")

  static func given(_ number: Int, _ village: String, to cadre: CampaignCadre?, at place: String = township, by role: Role = .clerk, supersedes: [Int] = [])
    throws -> Record
  {
    let campaign = try #require(Self.campaign([planned()]))
    return record(number, [campaign.giving(division(village), to: cadre, entity: "g-\(number)")], at: place, by: role, supersedes: supersedes)
  }

  static func ended(_ number: Int, on day: String, at place: String = township, by role: Role = .clerk) throws -> Record {
    let campaign = try #require(Self.campaign([planned()]))
    return record(number, [campaign.end(on: Self.day(day), reason: "并入年终排查")], at: place, by: role, supersedes: [1])
  }

  // MARK: The plan and its fold

  @Test func whatIsPlannedIsWhatStands() throws {
    let campaign = try #require(Self.campaign([Self.planned(Self.plan(every: 3, kinds: [.labour, .disability]))]))
    #expect(campaign.name == "秋季排查" && campaign.from == Self.day("2026-11-01") && campaign.to == Self.day("2026-11-20"))
    #expect(campaign.kinds == [.disability, .labour] && campaign.everyMonths == 3)
    #expect(campaign.places.map(\.code) == [Self.township] && campaign.division.code == Self.township)
    #expect(campaign.planner == Way.author(.clerk) && campaign.ended == nil && campaign.contested.isEmpty)
    #expect(campaign.heads == [Village.id(1)])
  }

  @Test func onlyWhoMayPlanPlans() {
    #expect(Self.campaign([Self.planned(by: .cadre)]) == nil)
    #expect(Self.campaign([Self.record(1, [Self.plan().fact(entity: Self.id)], type: .visit)]) == nil, "a visit plans nothing")
  }

  @Test func aTownshipDoesNotEndWhatTheCountyPlanned() throws {
    let plan = Self.planned(Self.plan(places: [Self.county]), at: Self.county, by: .county)
    let campaign = try #require(Self.campaign([plan]))
    let end = Self.record(2, [campaign.end(on: Self.day("2026-11-05"), reason: "不做了")], supersedes: [1])
    #expect(Self.campaign([plan, end])?.ended == nil)
    let own = Self.record(3, [campaign.end(on: Self.day("2026-11-05"), reason: "不做了")], at: Self.county, by: .county, supersedes: [1])
    let over = try #require(Self.campaign([plan, end, own]))
    #expect(over.ended == Self.day("2026-11-05") && over.endReason == "不做了" && over.state(on: Self.day("2026-11-06")) == .ended)
  }

  @Test func aTownshipGivesTheListsOfItsOwnVillagesInTheCountysCampaign() throws {
    let plan = Self.planned(Self.plan(places: [Self.county]), at: Self.county, by: .county)
    let own = try Self.given(2, Self.east, to: Self.li)
    let foreign = try Self.given(3, Self.east, to: Self.zhang, at: "130599101")
    let cadres = try #require(Self.campaign([plan, own, foreign])).cadres
    #expect(cadres.mapValues(\.person) == [Self.east: "p-li"], "who works elsewhere says nothing of this village")
    #expect(try #require(Self.campaign([plan, Self.given(4, Self.other, to: Self.li)])).cadres.isEmpty, "no village of that township")
  }

  @Test func theListOfAVillageIsGivenToSomebodyElseAndTakenBack() throws {
    let first = try Self.given(2, Self.east, to: Self.li)
    let second = try Self.given(3, Self.east, to: Self.zhang, supersedes: [2])
    let third = try Self.given(4, Self.east, to: nil, supersedes: [3])
    #expect(try #require(Self.campaign([Self.planned(), first])).cadres[Self.east]?.person == "p-li")
    #expect(try #require(Self.campaign([Self.planned(), second, first])).cadres[Self.east]?.person == "p-zhang")
    #expect(try #require(Self.campaign([third, second, Self.planned(), first])).cadres.isEmpty)
  }

  /// Every order of a plan, an end, an assignment and its change, a made list, and a forged end is the same campaign.
  @Test func everyOrderIsTheSameCampaign() throws {
    let campaign = try #require(Self.campaign([Self.planned()]))
    let round = try #require(campaign.round(1))
    let records = [
      Self.planned(), try Self.given(2, Self.east, to: Self.li), try Self.given(3, Self.east, to: Self.zhang, supersedes: [2]),
      Self.record(4, [campaign.making(round, in: Self.division(Self.west), on: Self.day("2026-11-01"), households: 3, entity: "r-4")]),
      try Self.ended(5, on: "2026-11-10"), try Self.ended(6, on: "2026-11-02", at: Self.east, by: .supervisor),
    ]
    let expected = try #require(Self.campaign(records))
    #expect(expected.ended == Self.day("2026-11-10") && expected.cadres[Self.east]?.person == "p-zhang")
    #expect(expected.made == [MadeList(village: Self.west, from: round.from)])
    func visit(_ left: [Record], _ taken: [Record]) {
      if left.isEmpty { #expect(Self.campaign(taken) == expected) }
      for index in left.indices {
        var rest = left
        let next = rest.remove(at: index)
        visit(rest, taken + [next])
      }
    }
    visit(records, [])
  }

  @Test func twoWordsOfWhichNeitherKnewAreContested() throws {
    let longer = Self.record(2, [Fact(list: FactList.campaign, entity: Self.id, properties: [Property("to", "2026-11-25")])], supersedes: [1])
    let shorter = Self.record(3, [Fact(list: FactList.campaign, entity: Self.id, properties: [Property("to", "2026-11-15")])], supersedes: [1])
    let campaign = try #require(Self.campaign([Self.planned(), longer, shorter]))
    #expect(campaign.contested == ["to"] && campaign.to == Self.day("2026-11-15"))
    #expect(Self.campaign([shorter, Self.planned(), longer]) == campaign)
  }

  // MARK: Who may write

  static func grantee(_ role: Role, _ scope: String) -> Grantee { Grantee(person: Way.author(role).person, role: role, scopes: [scope]) }

  @Test(arguments: Role.known) func whoWritesACampaign(_ role: Role) {
    #expect(role.writes(.campaign) == [.clerk, .supervisor, .county].contains(role), "\(role.rawValue)")
  }

  @Test func aPlanStaysWithinItsWritersScope() {
    let clerk = Self.grantee(.clerk, Self.township)
    #expect(clerk.objection(to: Self.planned()) == nil)
    #expect(clerk.objection(to: Self.planned(Self.plan(places: [Self.east, Self.west]))) == nil)
    #expect(clerk.objection(to: Self.planned(Self.plan(places: [Self.east, Self.other]))) == .outsideScope, "another township's village")
    #expect(clerk.objection(to: Self.planned(Self.plan(places: [Self.county]))) == .outsideScope)
    #expect(clerk.objection(to: Self.planned(at: Self.county)) == .outsideScope)
    #expect(Self.grantee(.cadre, Self.township).objection(to: Self.planned(by: .cadre)) == .notAllowed)
    #expect(Self.grantee(.county, Self.county).objection(to: Self.planned(at: Self.county, by: .county)) == nil)
  }

  @Test func aVisitCarriesNoPlan() {
    var visit = Village.record(9, .visit, facts: [Self.plan(places: [Self.east]).fact(entity: Self.id)])
    visit.author = Way.author(.cadre)
    #expect(Self.grantee(.cadre, Self.east).objection(to: visit) == .notAllowed)
  }

  @Test func whoWorksBelowReadsIt() {
    let plan = Self.planned(at: Self.county, by: .county)
    #expect(Self.grantee(.cadre, Self.east).reads(plan) && Self.grantee(.supervisor, Self.township).reads(plan))
    #expect(!Self.grantee(.cadre, "130599900").reads(Self.planned()), "not the next township")
    var visitor = Self.grantee(.visitor, Self.east)
    visitor.households = [Village.household]
    #expect(!visitor.reads(plan), "a visitor reads households by name")
  }

  // MARK: Rounds

  static func rounds(_ from: String, _ to: String, every: Int?, on day: String) throws -> [String] {
    try #require(Self.campaign([planned(plan(from, to, every: every))])).rounds(on: Self.day(day)).map { "\($0.from) \($0.to)" }
  }

  @Test func oneThatDoesNotRepeatHasOneRound() throws {
    #expect(try Self.rounds("2026-11-01", "2026-11-20", every: nil, on: "2026-10-31").isEmpty)
    #expect(try Self.rounds("2026-11-01", "2026-11-20", every: nil, on: "2030-01-01") == ["2026-11-01 2026-11-20"])
  }

  @Test func aRoundComesDueOnItsDay() throws {
    #expect(try Self.rounds("2026-11-10", "2026-11-20", every: 3, on: "2027-02-09").count == 1)
    #expect(try Self.rounds("2026-11-10", "2026-11-20", every: 3, on: "2027-02-10").last == "2027-02-10 2027-02-20")
  }

  /// A 31st that February cut is a 31st again in March; the last of the month stays the last.
  @Test func monthsThatAreTooShort() throws {
    #expect(
      try Self.rounds("2027-01-01", "2027-01-31", every: 1, on: "2027-04-30") == [
        "2027-01-01 2027-01-31", "2027-02-01 2027-02-28", "2027-03-01 2027-03-31", "2027-04-01 2027-04-30",
      ])
    #expect(
      try Self.rounds("2027-01-31", "2027-02-05", every: 1, on: "2027-03-31") == [
        "2027-01-31 2027-02-05", "2027-02-28 2027-03-05", "2027-03-31 2027-04-05",
      ])
    #expect(try Self.rounds("2027-02-01", "2027-02-28", every: 1, on: "2027-03-01").last == "2027-03-01 2027-03-31")
  }

  @Test func theLeapDay() throws {
    let years = try Self.rounds("2028-02-29", "2028-03-10", every: 12, on: "2032-12-31")
    #expect(years.map { $0.prefix(10) } == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"])
    #expect(try Self.rounds("2027-02-10", "2027-02-28", every: 12, on: "2028-02-10").last == "2028-02-10 2028-02-29")
  }

  /// What was written with days longer than the months between: no day is in two rounds.
  @Test func roundsNeverOverlap() throws {
    #expect(try Self.rounds("2026-11-01", "2026-12-15", every: 1, on: "2026-12-01") == ["2026-11-01 2026-11-30", "2026-12-01 2026-12-31"])
  }

  @Test func noRoundBeginsAfterTheEnd() throws {
    let campaign = try #require(Self.campaign([Self.planned(Self.plan(every: 1)), Self.ended(2, on: "2026-12-05")]))
    #expect(campaign.rounds(on: Self.day("2027-06-01")).count == 2 && campaign.next(after: Self.day("2026-12-06")) == nil)
    let withdrawn = try #require(Self.campaign([Self.planned(), Self.ended(2, on: "2026-10-25")]))
    #expect(withdrawn.rounds(on: Self.day("2027-06-01")).isEmpty && withdrawn.state(on: Self.day("2026-11-05")) == .withdrawn)
  }

  @Test func theStateOfADay() throws {
    let once = try #require(Self.campaign([Self.planned()]))
    #expect(["2026-10-31", "2026-11-01", "2026-11-20", "2026-11-21"].map { once.state(on: Self.day($0)) } == [.planned, .running, .running, .over])
    let again = try #require(Self.campaign([Self.planned(Self.plan(every: 1))]))
    #expect(again.state(on: Self.day("2026-11-21")) == .between && again.next(after: Self.day("2026-11-21"))?.from == Self.day("2026-12-01"))
    let round = try #require(again.round(1))
    #expect([round.daysLeft(on: Self.day("2026-11-18")), round.daysLeft(on: Self.day("2026-11-20")), round.daysLeft(on: Self.day("2026-11-21"))] == [3, 1, 0])
  }

  // MARK: What is wrong with a plan

  static func problem(_ plan: CampaignPlan, scope: String = township, _ records: [Record] = []) -> CampaignProblem? {
    plan.problem(on: day("2026-10-20"), scopes: [division(scope)], namesTaken: ["日常排查"], in: Register(records))
  }

  @Test func whatIsWrongWithAPlan() {
    #expect(Self.problem(Self.plan()) == nil)
    var nameless = Self.plan()
    nameless.name = ""
    #expect(Self.problem(nameless) == .noName)
    nameless.name = "日常排查"
    #expect(Self.problem(nameless) == .nameTaken, "the daily lists have it")
    #expect(Self.problem(Self.plan("2026-11-20", "2026-11-01")) == .daysReversed)
    #expect(Self.problem(Self.plan("2026-10-01", "2026-10-19")) == .isOver)
    #expect(Self.problem(Self.plan("2026-11-01", "2026-12-01", every: 1)) == .overlapsNext(months: 1))
    #expect(Self.problem(Self.plan("2026-11-01", "2026-11-30", every: 1)) == nil)
    #expect(Self.problem(Self.plan(kinds: [])) == .noKinds && Self.problem(Self.plan(places: [])) == .noPlaces)
    #expect(Self.problem(Self.plan(places: [Self.east, Self.other])) == .tooWide)
    #expect(Self.problem(Self.plan(places: [Self.east, Self.other]), scope: Self.county) == nil)
  }

  @Test func aNameIsTakenWhereTheDaysAndVillagesMeet() {
    #expect(Self.problem(Self.plan(), [Self.planned()]) == .nameTaken)
    #expect(Self.problem(Self.plan("2026-12-01", "2026-12-20"), [Self.planned()]) == nil, "the other one is over by then")
    #expect(Self.problem(Self.plan("2026-12-01", "2026-12-20"), [Self.planned(Self.plan(every: 6))]) == .nameTaken, "it comes again")
    #expect(Self.problem(Self.plan(), [Self.planned(Self.plan(places: [Self.other]), at: "130599101")]) == nil, "another township's")
  }
}
