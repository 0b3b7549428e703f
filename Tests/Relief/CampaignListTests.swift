import Testing

@testable import Relief

/// The lists of a campaign, and how far they are.
@Suite struct CampaignListTests {
  typealias Plan = CampaignTests

  static func member(_ number: Int, _ household: String, in village: String, disabled: Bool = true) -> Record {
    var record = Village.record(
      number, .roster, household: household,
      facts: [
        Village.fact(FactList.household, household, ["division": village]),
        Village.fact(FactList.person, "m-\(number)", ["name": "某\(number)", "household": household, "disability": disabled ? "yes" : "no"]),
      ])
    record.division = village
    return record
  }

  static func village(_ number: Int, _ code: String) -> Record {
    Village.record(number, .division, household: nil, facts: [Village.fact(FactList.division, code, ["name": "村\(number)", "kind": "village"])])
  }

  /// Two villages of the township, two households in one and one in the other with somebody disabled, one without; one in the next township.
  static var people: [Record] {
    [
      village(20, Plan.east), village(21, Plan.west), village(22, Plan.other), member(30, "h-1", in: Plan.east),
      member(31, "h-2", in: Plan.east), member(32, "h-3", in: Plan.west), member(33, "h-4", in: Plan.east, disabled: false),
      member(34, "h-5", in: Plan.other),
    ]
  }

  static func visit(_ number: Int, _ household: String, in village: String, on date: String, _ answers: [String: String] = [:]) -> Record {
    var record = SweepGeneratorTests.visit(number, on: date, answers, household: household)
    record.division = village
    return record
  }

  /// The register with the lists of these villages made.
  static func made(_ records: [Record], _ villages: [String], on day: String, number: Int = 50) throws -> Register {
    var register = Register(records)
    let campaign = try #require(register.campaign(Plan.id))
    let round = try #require(campaign.round(on: Plan.day(day)))
    let places = villages.map(Plan.division)
    let proposals = register.proposals(of: campaign, round, villages: places, Way.rules)
    let request = try #require(campaign.request(round, places))
    let drafts = SweepGenerator(Way.rules).drafts(
      proposals, request, in: register, entity: { "s-\($0)-\($1)-\($2)" }, label: { $0.map(\.rawValue).joined() })
    for (offset, draft) in drafts.enumerated() {
      var record = Village.record(number + offset, .sweep, household: draft.household, facts: [draft.fact])
      record.division = draft.division.code
      record.supersedes = draft.supersedes
      register.apply(record)
    }
    let facts = places.enumerated().map { offset, place in
      campaign.making(round, in: place, on: Plan.day(day), households: drafts.count { $0.division == place }, entity: "r-\(number)-\(offset)")
    }
    register.apply(Plan.record(number + 40, facts))
    return register
  }

  static func due(_ register: Register, on day: String, in place: String = Plan.township) throws -> [String] {
    register.villagesDue(of: try #require(register.campaign(Plan.id)), on: Plan.day(day), in: Plan.division(place)).map(\.code)
  }

  @Test func listsAreDueWhileTheRoundRunsAndUntilTheyAreMade() throws {
    let register = Register(Self.people + [Plan.planned()])
    #expect(try Self.due(register, on: "2026-10-31").isEmpty && Self.due(register, on: "2026-11-21").isEmpty)
    #expect(try Self.due(register, on: "2026-11-01") == [Plan.east, Plan.west], "all villages of the township, and no other's")
    let made = try Self.made(Self.people + [Plan.planned()], [Plan.east], on: "2026-11-02")
    #expect(try Self.due(made, on: "2026-11-02") == [Plan.west])
    #expect(try Self.due(made, on: "2026-11-02", in: Plan.east).isEmpty)
  }

  /// Nobody's memory: three months on the lists are due again.
  @Test func theNextRoundIsDueByItself() throws {
    let register = try Self.made(Self.people + [Plan.planned(Plan.plan(every: 3))], [Plan.east, Plan.west], on: "2026-11-01")
    #expect(try Self.due(register, on: "2026-11-20").isEmpty && Self.due(register, on: "2027-01-31").isEmpty)
    #expect(try Self.due(register, on: "2027-02-01") == [Plan.east, Plan.west])
    let over = try #require(register.campaign(Plan.id))
    var ended = register
    ended.apply(Plan.record(99, [over.end(on: Plan.day("2027-01-15"), reason: "够了")], supersedes: [1]))
    #expect(try Self.due(ended, on: "2027-02-01").isEmpty)
  }

  @Test func theListIsOfTheCampaignsKindsAndDaysAndItsCadres() throws {
    let register = try Self.made(Self.people + [Plan.planned(), Plan.given(2, Plan.east, to: Plan.li)], [Plan.east, Plan.west], on: "2026-11-03")
    let rows = register.sweep(on: Plan.day("2026-11-20"), in: Plan.division(Plan.township))
    #expect(Set(rows.map(\.household.id)) == ["h-1", "h-2", "h-3"], "who is not of its kinds is not listed")
    #expect(rows.allSatisfy { $0.from == Plan.day("2026-11-01") && $0.to == Plan.day("2026-11-20") && $0.campaigns == ["秋季排查"] })
    #expect(rows.filter { $0.cadre == "p-li" }.map(\.household.id).sorted() == ["h-1", "h-2"])
  }

  /// The daily list of the same days does not stand for the campaign's, and a period of the county's does not empty it.
  @Test func aCampaignsListIsItsOwn() throws {
    let daily = Village.record(
      40, .sweep, household: "h-1",
      facts: [
        Village.fact(
          FactList.sweep, "s-daily",
          ["household": "h-1", "campaign": "日常排查", "from": "2026-11-01", "to": "2026-11-30", "reasons": "disability", "reason": "残疾"])
      ])
    let visited = Self.visit(41, "h-2", in: Plan.east, on: "2026-10-25")
    let register = try Self.made(Self.people + [Plan.planned(), daily, visited], [Plan.east], on: "2026-11-01")
    let campaign = try #require(register.campaign(Plan.id))
    let progress = register.progress(of: campaign, try #require(campaign.round(1)), on: Plan.day("2026-11-01"), in: Plan.division(Plan.east))
    #expect(progress.all.planned == 2)
    var rules = Way.rules
    rules.clocks.sweepPeriodMonths = 3
    let proposed = Register(Self.people + [Plan.planned(), visited]).proposals(
      of: campaign, try #require(campaign.round(1)), villages: [Plan.division(Plan.east)], rules)
    #expect(proposed.map(\.household) == ["h-1", "h-2"], "met before its days: it has its own schedule")
  }

  @Test func aListMadeAgainWritesOnlyWhatChanged() throws {
    let records = Self.people + [Plan.planned()]
    let register = try Self.made(records, [Plan.east], on: "2026-11-01")
    let campaign = try #require(register.campaign(Plan.id))
    let round = try #require(campaign.round(1))
    #expect(register.proposals(of: campaign, round, villages: [Plan.division(Plan.east)], Way.rules).filter { !$0.isListed }.isEmpty)
    var given = register
    given.apply(try Plan.given(120, Plan.east, to: Plan.zhang))
    let now = try #require(given.campaign(Plan.id))
    let open = given.proposals(of: now, round, villages: [Plan.division(Plan.east)], Way.rules).filter { !$0.isListed }
    #expect(open.map(\.cadre) == ["p-zhang", "p-zhang"], "the rows go to whom the list was given")
  }

  // MARK: Progress

  @Test func theFiguresByTownshipVillageAndCadre() throws {
    let wide = Plan.planned(Plan.plan(places: [Plan.county]), at: Plan.county, by: .county)
    var register = try Self.made(Self.people + [wide, Plan.given(2, Plan.east, to: Plan.li)], [Plan.east, Plan.west, Plan.other], on: "2026-11-01")
    for record in [
      Self.visit(200, "h-1", in: Plan.east, on: "2026-11-05", ["result": "suspected"]),
      Self.visit(201, "h-2", in: Plan.east, on: "2026-11-06", ["method": "not_met", "not_met_reason": "refused"]),
      Self.visit(202, "h-3", in: Plan.west, on: "2026-11-21"), Self.visit(203, "h-5", in: Plan.other, on: "2026-11-20"),
    ] { register.apply(record) }
    let campaign = try #require(register.campaign(Plan.id))
    let round = try #require(campaign.round(1))
    let progress = register.progress(of: campaign, round, on: Plan.day("2026-11-11"), in: Plan.division(Plan.county))
    #expect(progress.townships.map(\.division.code) == [Plan.township, "130599101"])
    let town = progress.townships[0]
    #expect([town.figures.planned, town.figures.visited, town.figures.notMet, town.figures.unvisited, town.figures.found] == [3, 1, 1, 1, 1])
    #expect(town.villages.map(\.figures.visited) == [1, 0], "a visit after the last day is none of the round")
    #expect(town.villages.map { $0.cadre?.name } == ["李一", nil])
    #expect(progress.people.map { $0.cadre?.name } == ["李一", nil] && progress.people.map(\.figures.planned) == [2, 2])
    #expect(progress.all == progress.townships.map(\.figures).reduce(CampaignFigures(), +) && progress.all.planned == 4)
    let own = register.progress(of: campaign, round, on: Plan.day("2026-11-11"), in: Plan.division(Plan.west))
    #expect(own.townships.map { $0.villages.map(\.division.code) } == [[Plan.west]] && own.all.planned == 1, "cut to a village")
  }

  /// Ten days of twenty are over: half of what is planned should be done.
  @Test func whatIsBehindAnEvenPace() throws {
    let round = CampaignRound(number: 1, from: Plan.day("2026-11-01"), to: Plan.day("2026-11-20"))
    func behind(_ visited: Int, _ day: String) -> Int {
      Register.behind(CampaignFigures(planned: 40, visited: visited), round, on: Plan.day(day))
    }
    #expect([behind(0, "2026-10-30"), behind(0, "2026-11-01"), behind(0, "2026-11-02")] == [0, 0, 2])
    #expect([behind(20, "2026-11-11"), behind(15, "2026-11-11"), behind(39, "2026-11-21"), behind(0, "2027-01-01")] == [0, 5, 1, 40])
  }

  /// Halfway: one village is done, in the other nobody was; together they would be on time.
  @Test func whoIsAheadDoesNotHideWhoIsBehind() throws {
    let more = Self.member(35, "h-6", in: Plan.west)
    var register = try Self.made(Self.people + [more, Plan.planned()], [Plan.east, Plan.west], on: "2026-11-01")
    for (number, household) in [(200, "h-1"), (201, "h-2")] { register.apply(Self.visit(number, household, in: Plan.east, on: "2026-11-05")) }
    let campaign = try #require(register.campaign(Plan.id))
    let round = try #require(campaign.round(1))
    let progress = register.progress(of: campaign, round, on: Plan.day("2026-11-11"), in: Plan.division(Plan.township))
    #expect(progress.townships[0].villages.map(\.figures.behind) == [0, 1] && progress.all.behind == 1 && progress.all.planned == 4)
  }

  /// A row of the name whose first day is none of the round's is another list's.
  @Test func onlyRowsThatBeginInTheRoundAreItsOwn() throws {
    let row = Village.record(
      60, .sweep, household: "h-1",
      facts: [
        Village.fact(
          FactList.sweep, "s-old",
          ["household": "h-1", "campaign": "秋季排查", "from": "2026-10-25", "to": "2026-11-05", "reason": "名单导入"])
      ])
    let register = Register(Self.people + [Plan.planned(), row])
    let campaign = try #require(register.campaign(Plan.id))
    let progress = register.progress(of: campaign, try #require(campaign.round(1)), on: Plan.day("2026-11-03"), in: Plan.division(Plan.township))
    #expect(progress.all.planned == 0 && progress.due == 2)
  }

  /// A list that the county imported under the campaign's name is the campaign's: made, counted, its cadre the row's.
  @Test func anImportedListOfItsNameIsItsOwn() throws {
    let row = Village.record(
      60, .sweep, household: "h-4",
      facts: [
        Village.fact(
          FactList.sweep, "s-imported",
          ["household": "h-4", "campaign": "秋季排查", "from": "2026-11-02", "to": "2026-11-10", "reason": "名单导入", "cadre": "王五"])
      ])
    var register = Register(Self.people + [Plan.planned(), row])
    #expect(try Self.due(register, on: "2026-11-05") == [Plan.west])
    let campaign = try #require(register.campaign(Plan.id))
    let round = try #require(campaign.round(1))
    func progress() -> CampaignProgress { register.progress(of: campaign, round, on: Plan.day("2026-11-05"), in: Plan.division(Plan.township)) }
    #expect(progress().all.planned == 1 && progress().people.map { $0.cadre?.name } == ["王五"])
    register.apply(Village.record(61, .sweep, supersedes: [60], household: "h-4", facts: [Village.fact(FactList.sweep, "s-imported", ["cancelled": "yes"])]))
    #expect(progress().all.planned == 0, "what was taken off is not to be gone to")
  }
}
