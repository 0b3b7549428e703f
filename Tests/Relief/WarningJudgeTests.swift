import Relief
import Testing

/// The warning models: what a row of a department's list means for the person it names.
@Suite struct WarningJudgeTests {
  static let day = CivilDate("2026-11-24") ?? .today

  /// 李秀英 alone in her household.
  static func judge(_ person: [String: String] = [:], household: [String: String] = [:], set: [(PolicyParameter, String)] = []) -> WarningJudge {
    let roster = Village.record(
      1, .roster,
      facts: [
        Village.householdFact(["division": Village.code].merging(household) { $1 }),
        Village.fact(FactList.person, Village.head, ["name": "李秀英", "household": Village.household].merging(person) { $1 }),
      ])
    var parameters = PolicyParameters()
    for (parameter, value) in set {
      parameters.state(DatedValue(from: CivilDate("2026-01-01"), value: value, source: "县文件", certainty: .local), of: parameter)
    }
    return WarningJudge(Register([roster]), parameters, on: day)
  }

  static func row(_ list: String, _ values: [String: String] = [:], nameDiffers: Bool = false) -> ListedRow {
    ListedRow(
      list: list, department: "medical_insurance", batch: "b", line: 7, person: Village.head, nameDiffers: nameDiffers, values: values,
      evidence: "第 7 行")
  }

  static func models(_ judge: WarningJudge, _ list: String, _ values: [String: String] = [:]) -> [String] {
    var judge = judge
    return judge.findings(of: row(list, values)).map(\.model)
  }

  @Test func theTableIsThePage() {
    let page = CasePageTests.table(under: "Models", of: CasePageTests.lines(of: "docs/warnings.md"))
    #expect(page.map { CasePageTests.code($0[0]) } == WarningModels.table.map(\.code))
    #expect(page.map { $0[1] } == WarningModels.table.map { $0.lists.joined(separator: ", ") })
    for (row, model) in zip(page, WarningModels.table) {
      switch model.trigger {
      case .named: #expect(row[2] == "named")
      case .unnamed(nil, _): #expect(row[2] == "unnamed")
      case .unnamed(let property?, let codes):
        #expect(row[2] == "unnamed, `\(property)` is " + codes.sorted().map { "`\($0)`" }.joined(separator: " "))
      }
    }
    #expect(page.map { $0[3] } == WarningModels.table.map(\.audience.rawValue))
    #expect(page.map { $0[5] } == WarningModels.table.map(\.repeats.rawValue))
  }

  /// The line itself is reached; one 分 less is not. Nobody set it: nothing is raised, and it is said.
  @Test func medicalCostIsComparedWithTheCountysLine() {
    let set = Self.judge(set: [(.warningMedical, "20000")])
    #expect(Self.models(set, "medical_insurance/expense", ["amount_fen": "2000000"]) == ["medical_cost"])
    #expect(Self.models(set, "medical_insurance/expense", ["amount_fen": "1999999"]).isEmpty)
    #expect(Self.models(set, "medical_insurance/expense", ["amount_fen": "很多"]).isEmpty)
    var unset = Self.judge()
    #expect(unset.findings(of: Self.row("medical_insurance/expense", ["amount_fen": "9000000"])).isEmpty)
    #expect(unset.unset == [.warningMedical])
  }

  @Test func severeDisabilityOutsideEveryScheme() {
    for (grade, kind, isSevere) in [("1", "4", true), ("2", "1", true), ("3", "5", true), ("3", "6", true), ("3", "4", false), ("4", "6", false)] {
      #expect(
        Self.models(Self.judge(), "disabled/certificates", ["disability_grade": grade, "disability_kind": kind]) == (isSevere ? ["disability_new"] : []),
        "\(grade) \(kind)")
    }
    #expect(Self.models(Self.judge(household: ["category": "lb"]), "disabled/certificates", ["disability_grade": "1"]).isEmpty, "already in")
  }

  @Test func whoDiedIsStillPaidOrIsOnlyStillOnTheRoster() {
    #expect(Self.models(Self.judge(household: ["category": "lb"]), "police/deaths") == ["deceased_paid"])
    #expect(Self.models(Self.judge(), "police/deaths") == ["death"])
    #expect(Self.models(Self.judge(["membership": "left", "left_reason": "dead"]), "police/deaths").isEmpty)
  }

  @Test func aSchemeThatIsNotHeldOrExcludesTheOther() {
    #expect(Self.models(Self.judge(), "civil_affairs/in_scheme", ["kind": "lb"]) == ["scheme"])
    #expect(Self.models(Self.judge(household: ["category": "lb"]), "civil_affairs/in_scheme", ["kind": "lb"]).isEmpty)
    #expect(Self.models(Self.judge(household: ["category": "tk"]), "civil_affairs/in_scheme", ["kind": "lb"]) == ["double_scheme", "scheme"])
    #expect(Self.models(Self.judge(household: ["category": "by"]), "civil_affairs/in_scheme", ["kind": "lb"]) == ["scheme"])
  }

  @Test func whatOnlyTheCoveredOweOrMiss() {
    let covered = Self.judge(["disability_grade": "2"], household: ["category": "lb"])
    let uncovered = Self.judge(["disability_grade": "2"])
    #expect(Self.models(covered, "police/vehicles") == ["property_found"] && Self.models(uncovered, "police/vehicles").isEmpty)
    func unnamed(_ judge: WarningJudge, _ list: String) -> [String] {
      var judge = judge
      return WarningModels.unnamed(in: list).compactMap { judge.finding(ofUnnamed: Village.head, by: $0, evidence: "名单中没有")?.model }
    }
    #expect(unnamed(covered, "medical_insurance/insured") == ["uninsured"] && unnamed(uncovered, "medical_insurance/insured").isEmpty)
    #expect(unnamed(covered, "civil_affairs/in_scheme") == ["not_delivered"])
    #expect(unnamed(Self.judge(household: ["category": "lb"]), "civil_affairs/in_scheme").isEmpty, "not disabled")
    #expect(unnamed(covered, "medical_insurance/expense").isEmpty, "who is on no list of bills has no bill")
  }

  @Test func codesOfARowDecide() {
    #expect(Self.models(Self.judge(), "police/moves", ["change": "moved"]) == ["moved_out"])
    #expect(Self.models(Self.judge(), "police/moves", ["change": "born"]).isEmpty)
    #expect(Self.models(Self.judge(household: ["category": "lb"]), "civil_affairs/stopped", ["kind": "lb"]) == ["stopped"])
    #expect(Self.models(Self.judge(household: ["category": "lb"]), "civil_affairs/stopped", ["kind": "tk"]).isEmpty)
    #expect(Self.models(Self.judge(), "civil_affairs/in_scheme", ["kind": "old_age"]).isEmpty, "no category")
    for (grade, isDanger) in [("a", false), ("b", false), ("c", true), ("d", true), ("none", true)] {
      #expect(Self.models(Self.judge(), "housing/appraisal", ["housing_grade": grade]) == (isDanger ? ["housing_danger"] : []), "\(grade)")
    }
  }

  @Test func aFindingSaysItsLevelItsLineAndItsWords() throws {
    var judge = Self.judge(set: [(.warningLevels, "unemployed=orange")])
    let found = judge.findings(of: Self.row("labour/unemployed", ["date": "2026-11-01"], nameDiffers: true))
    #expect(found.map(\.model) == ["unemployed", "name_differs"] && found.map(\.level) == [.orange, nil])
    let first = try #require(found.first)
    #expect(first.household == Village.household && first.line == 7 && first.evidence == "第 7 行" && first.substance == "date=2026-11-01")
    #expect(judge.findings(of: ListedRow(list: "labour/unemployed", department: "labour", batch: "b", line: 1, person: "nobody")).isEmpty)
  }
}
