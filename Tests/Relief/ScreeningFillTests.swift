// What a visit says reaches the rules that ask for it: no input of the screening may stay 待核 whatever people write down.

import Relief
import Testing

@Suite struct ScreeningFillTests {
  private static let line = ("fp_line", "8000")
  private static let disposable = ("disposable_income_rural", "20000")

  private static func parameters(_ values: [(String, String)]) -> [Record] {
    values.enumerated().map { index, value in
      Village.record(
        900 + index, .parameter, household: nil, wall: "2025-01-01T09:00:00+08:00",
        facts: [
          Village.fact(
            FactList.parameter, "40000000-0000-4000-8000-00000000000\(index)",
            ["name": value.0, "value": value.1, "from": "2025-01-01", "source": "县民政局"])
        ])
    }
  }

  private static func roster(_ person: [String: String] = [:], _ household: [String: String] = [:]) -> Record {
    let own = ["household": Village.household, "relation": "02", "birth": "1980-05-01", "disability": "no"]
    return Village.record(
      1, .roster, wall: "2025-01-05T09:00:00+08:00",
      facts: [
        Village.householdFact(["hukou": "rural", "kind": "ordinary"].merging(household) { $1 }),
        Village.fact(FactList.person, Village.head, own.merging(person) { $1 }),
      ])
  }

  /// A visit of one household of one person; `yuan` a year, nil: 收支未采集.
  private static func visit(
    _ number: Int, on date: String, yuan: Int?, _ answers: [String: String] = [:], supersedes: [Int] = [1], more: [Fact] = []
  ) -> Record {
    var said = ["date": date, "method": "home"]
    var facts: [Fact] = []
    if let yuan {
      said.merge(["income_collected": "yes", "rigid_spending": "no"]) { $1 }
      facts.append(Village.fact(FactList.income, "i\(number)", ["kind": "wage", "amount_fen": "\(yuan)00", "period": "year"]))
    }
    let own = Village.fact(FactList.visit, "30000000-0000-4000-8000-00000000000\(number)", said.merging(answers) { $1 })
    return Village.record(
      number, .visit, supersedes: supersedes, wall: date + "T10:00:00+08:00", facts: [own] + facts + more)
  }

  private static func result(_ rule: ScreeningRule, _ visit: Int, _ records: [Record]) throws -> ScreeningResult? {
    let register = Register(records)
    let (found, today) = (try #require(register.visit(Village.id(visit))), try #require(CivilDate("2026-12-31")))
    let both = try #require(register.screenings(of: found, today: today))
    return both.then.results(of: rule).first
  }

  private static func accident(_ answers: [String: String] = [:]) -> Fact {
    Village.fact(
      FactList.risk, "r1",
      ["household": Village.household, "section": "emergency", "kind": "traffic", "date": "2026-11-20", "urgency": "orange"]
        .merging(answers) { $1 })
  }

  // MARK: 突发严重困难 (2.8)

  private static func sudden(_ answers: [String: String], _ accident: [String: String] = [:]) throws -> Outcome? {
    try result(
      .tfyz, 2,
      parameters([line]) + [
        roster(), visit(2, on: "2026-11-24", yuan: 30_000, ["emergency": "yes"].merging(answers) { $1 }, more: [Self.accident(accident)]),
      ])?.outcome
  }

  /// Above the line, and something happened: what is left is whether the household is in severe difficulty.
  @Test func severeDifficultyIsWhatTheVisitSaysOfTheEmergency() throws {
    #expect(try Self.sudden(["result": "suspected"], ["severe_difficulty": "yes"]) == .met)
    #expect(try Self.sudden(["result": "suspected"], ["severe_difficulty": "no"]) == .notMet)
    #expect(try Self.sudden(["result": "suspected"], ["severe_difficulty": "unknown"]) == .toCheck)
    #expect(try Self.sudden(["result": "suspected"]) == .toCheck, "nobody said, and nobody guesses")
  }

  /// 急难 is by its definition a severe difficulty of basic living (2.7); whoever found no difficulty found no severe one.
  @Test func theConclusionSaysItToo() throws {
    #expect(try Self.sudden(["result": "emergency"]) == .met)
    #expect(try Self.sudden(["result": "none"]) == .notMet)
    #expect(try Self.sudden(["result": "recheck"]) == .toCheck)
    #expect(try Self.sudden(["result": "emergency"], ["severe_difficulty": "no"]) == .notMet, "the question itself stands before it")
  }

  /// 急难登记 asks the same; a visit that says nothing of it goes by what is open.
  @Test func anOpenEmergencySaysIt() throws {
    func outcome(_ properties: [String: String]) throws -> Outcome? {
      let emergency = Village.record(
        3, .emergency, supersedes: [1], wall: "2026-11-21T09:00:00+08:00",
        facts: [
          Village.fact(
            FactList.emergency, "e1",
            ["household": Village.household, "kind": "fire", "date": "2026-11-20"].merging(properties) { $1 })
        ])
      let visit = Self.visit(2, on: "2026-11-24", yuan: 30_000, ["emergency": "unknown", "result": "suspected"])
      return try Self.result(.tfyz, 2, Self.parameters([Self.line]) + [Self.roster(), emergency, visit])?.outcome
    }
    #expect(try outcome(["severe_difficulty": "yes"]) == .met)
    #expect(try outcome(["severe_difficulty": "no"]) == .notMet)
    #expect(try outcome([:]) == .toCheck)
    #expect(try outcome(["severe_difficulty": "yes", "closed": "2026-11-22"]) == .toCheck, "that one is over")
  }

  // MARK: 支出型临时救助 (2.7)

  private static func spending(_ answers: [String: String], _ more: [Fact] = []) throws -> Outcome? {
    let checked = Village.record(
      3, .roster, wall: "2026-11-01T09:00:00+08:00",
      facts: [
        Village.fact(
          FactList.propertyCheck, "pc",
          ["household": Village.household, "standard": "zcx", "result": "pass", "by": "report", "date": "2026-10-30"])
      ])
    let visit = visit(2, on: "2026-11-24", yuan: 15_000, answers, supersedes: [1, 3], more: more)
    return try result(.suddenSpending, 2, parameters([disposable]) + [roster(), checked, visit])?.outcome
  }

  @Test func suddenSpendingIsAskedWhereThereIsAny() throws {
    let medical = Village.fact(FactList.expense, "x1", ["kind": "medical", "amount_fen": "900000", "period": "year"])
    #expect(try Self.spending(["rigid_spending": "yes", "sudden_spending": "yes"], [medical]) == .met)
    #expect(try Self.spending(["rigid_spending": "yes", "sudden_spending": "no"], [medical]) == .notMet)
    #expect(try Self.spending(["rigid_spending": "yes", "sudden_spending": "unknown"], [medical]) == .toCheck)
    #expect(try Self.spending(["rigid_spending": "yes"], [medical]) == .toCheck)
    #expect(try Self.spending(["rigid_spending": "no"]) == .notMet, "without necessary spending nothing of it rose")
    #expect(try Self.spending(["rigid_spending": "unknown"]) == nil)
  }

  // MARK: 低保复核 (2.4 T-LB-3)

  private static let grant = Village.record(
    3, .category, supersedes: [1], wall: "2025-12-01T09:00:00+08:00",
    facts: [Village.fact(FactList.category, "c1", ["household": Village.household, "kind": "lb", "from": "2025-12-01"])])

  private static func step(_ number: Int, _ from: CaseState?, on date: String, basis: Int? = nil, supersedes: [Int]) -> Record {
    let step = CaseStep(
      CaseKey(household: Village.household, track: .lowIncome), from: from, to: .helped, date: CivilDate(date),
      basis: basis.map { Village.id($0) }, reason: "在册")
    return Record(
      id: Village.id(number), type: .caseStep, household: Village.household, division: Village.code,
      author: Author(person: "p9", name: "县局", role: .county), device: "d9", wall: date + "T09:00:00+08:00",
      supersedes: supersedes.map { Village.id($0) }, facts: [step.fact(entity: "s\(number)")])
  }

  private static func recheck(_ more: [Record], labour: String = "ordinary", _ answers: [String: String] = [:]) throws -> ScreeningResult? {
    let visit = visit(2, on: "2026-11-24", yuan: 3_000, answers, supersedes: [1])
    return try result(.recheck, 2, [roster(["labour": labour, "birth": "1950-01-01"]), grant, visit] + more)
  }

  /// Granted in December, looked at again in August: the half-year counts from August.
  @Test func theLastCheckIsTheLast核查NotTheGrant() throws {
    #expect(try Self.recheck([])?.outcome == .met)
    let helped = Self.step(4, nil, on: "2025-12-01", supersedes: [3])
    #expect(try Self.recheck([helped])?.outcome == .met)
    let checked = Self.step(5, .helped, on: "2026-08-01", basis: 6, supersedes: [4, 6])
    let before = Self.visit(6, on: "2026-07-30", yuan: 3_000, supersedes: [1, 4])
    #expect(try Self.recheck([helped, before, checked])?.outcome == .notMet)
  }

  /// Nobody works: a year where the income is steady, half a year where it is not or nobody asked.
  @Test func whetherTheIncomeIsSteadyIsAsked() throws {
    func months(_ answers: [String: String]) throws -> String? {
      try Self.recheck([], labour: "none", answers)?.figures.first { $0.name == .monthsNeeded }.map { "\($0.value)" }
    }
    let (twelve, six) = (try months(["unstable_income": "no"]), try months(["unstable_income": "yes"]))
    #expect(twelve != six)
    #expect(try months([:]) == six)
    #expect(try months(["unstable_income": "no", "hardship": "illness employment"]) == six, "因务工就业不稳 says it")
  }

  // MARK: 清零 of 监测对象 (2.8 T-FP-2)

  private static let monitored = Village.record(
    3, .category, supersedes: [1], wall: "2025-02-01T09:00:00+08:00",
    facts: [Village.fact(FactList.category, "c1", ["household": Village.household, "kind": "byyz", "from": "2025-02-01"])])

  private static let secured = [
    "education_secured": "not_applicable", "medical_secured": "yes", "housing_secured": "yes", "water_secured": "yes", "result": "none",
  ]

  private static func clearable(_ yuan: Int?, _ earlier: [Record]) throws -> ScreeningResult? {
    let visit = visit(2, on: "2026-11-24", yuan: yuan, secured, supersedes: [1])
    return try result(.clearable, 2, parameters([line]) + [roster(["labour": "ordinary"]), monitored, visit] + earlier)
  }

  @Test func aboveSinceTheFirstVisitOfAnUnbrokenRow() throws {
    func seen(_ number: Int, _ date: String, _ yuan: Int?) -> Record { Self.visit(number, on: date, yuan: yuan, ["result": "none"]) }
    #expect(try Self.clearable(9_000, [])?.outcome == .notMet, "above on this day, and not known for longer")
    #expect(try Self.clearable(9_000, [seen(4, "2026-05-20", 9_000)])?.outcome == .met)
    #expect(try Self.clearable(9_000, [seen(4, "2026-06-20", 9_000)])?.outcome == .notMet, "five months")
    #expect(try Self.clearable(9_000, [seen(4, "2026-03-20", 9_000), seen(5, "2026-09-01", 7_000)])?.outcome == .notMet, "broken")
    #expect(try Self.clearable(9_000, [seen(4, "2026-03-20", 9_000), seen(5, "2026-09-01", nil)])?.outcome == .met, "not asked says nothing")
    #expect(try Self.clearable(7_000, [seen(4, "2026-03-20", 9_000)])?.outcome == .notMet, "below on this day")
    #expect(try Self.clearable(nil, [seen(4, "2026-03-20", 9_000)])?.outcome == .toCheck, "nobody asked today")
  }

  /// What a step of the case states stands until a visit finds the household below the line.
  @Test func aStepOfTheCaseSaysSinceWhen() throws {
    func stated(_ date: String) -> Record {
      var step = CaseStep(
        CaseKey(household: Village.household, track: .atRisk), from: nil, to: .helped, date: CivilDate("2026-11-01"), reason: "在册")
      step.stableSince = CivilDate(date)
      return Record(
        id: Village.id(7), type: .caseStep, household: Village.household, division: Village.code,
        author: Author(person: "p9", name: "县局", role: .county), device: "d9", wall: "2026-11-01T09:00:00+08:00",
        supersedes: [Village.id(3)], facts: [step.fact(entity: "s7")])
    }
    #expect(try Self.clearable(nil, [stated("2026-03-01")])?.outcome == .met)
    #expect(try Self.clearable(nil, [stated("2026-08-01")])?.outcome == .notMet)
    let fell = Self.visit(4, on: "2026-11-10", yuan: 7_000, ["result": "none"])
    #expect(try Self.clearable(nil, [stated("2026-03-01"), fell])?.outcome == .toCheck)
  }

  // MARK: 重病 (2.5 T-DRB-1)

  /// The disease beside a listed one may have another name on the county's list: 其他 is asked after, never taken for "not listed".
  @Test func anotherDiseaseIsNotTakenForNone() throws {
    func part(_ kinds: String) throws -> Outcome? {
      let person = ["illness": "yes", "illness_kinds": kinds]
      let visit = Self.visit(2, on: "2026-11-24", yuan: 9_000, ["result": "suspected"])
      return try Self.result(.singlePerson, 2, Self.parameters([("major_diseases", "lung_cancer dialysis")]) + [Self.roster(person), visit])?
        .parts.first { $0.name == .majorDisease }?.outcome
    }
    #expect(try part("lung_cancer") == .met)
    #expect(try part("hypertension lung_cancer other") == .met)
    #expect(try part("hypertension") == .notMet)
    #expect(try part("hypertension other") == .toCheck)
    #expect(try part("other") == .toCheck)
  }
}
