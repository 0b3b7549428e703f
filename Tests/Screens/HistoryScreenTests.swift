import Relief
import Terminal
import Testing

@testable import Screens

/// 一户一页: the whole way of a household on one page.
@Suite struct HistoryScreenTests {
  static func open(_ workspace: Workspace, size: Size = Size(rows: 24, columns: 80)) throws -> KeyScript {
    var script = KeyScript(workspace, size: size)
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(workspace)
    script.type(String(try #require(acts.firstIndex(of: .history)) + 1))
    return script
  }

  @Test func theWayIsTheNewestFirstWithWhoWroteItDown() throws {
    let script = try Self.open(OpenMatterTests.workspace())
    #expect(script.title.contains("刘志强") && script.title.contains("一户一页"), "\(script.title)")
    let lines = HistoryScreen("h-liu", script.laptop.workspace).lines
    let dated = lines.filter { !$0.date.isEmpty && !$0.date.hasSuffix("记") }.map(\.date)
    #expect(dated == dated.sorted(by: >))
    for sentence in ["走访", "急难：", "转办给 医保局", "发现风险：因病"] {
      #expect(lines.contains { $0.text.contains(sentence) && $0.author == "王小明" }, "\(sentence): \(lines.map(\.text))")
    }
    #expect(lines.contains { $0.text == "未了：风险点 1  转办单 1  补充说明 1" })
  }

  /// R05: the day a risk was found, the day it was helped and the day it was gone.
  @Test func everyDayOfARiskStandsOnThePage() throws {
    var workspace = try OpenMatterTests.workspace()
    workspace.register.apply(
      Village.record(
        "aid-risk", .assistance, household: "h-liu",
        facts: [
          Fact(
            list: FactList.assistance, entity: "aid-risk",
            properties: [Property("household", "h-liu"), Property("risk", "k-1"), Property("amount_fen", "120000"), Property("date", "2026-11-02")])
        ]))
    workspace.register.apply(
      Village.record(
        "r-gone", .householdChange, household: "h-liu",
        facts: [Fact(list: FactList.risk, entity: "k-1", properties: [Property("cleared", "2026-11-20"), Property("cleared_how", "helped")])]))
    let lines = HistoryScreen("h-liu", workspace).lines
    func day(_ text: String) -> String? { lines.first { $0.text == text }?.date }
    #expect(day("发现风险：因病") == "2026-10-10", "\(lines.map(\.text))")
    #expect(day("风险得到帮扶：因病") == "2026-11-02")
    #expect(day("风险消除：因病") == "2026-11-20")
  }

  /// R28: what each visit came to.
  @Test(arguments: [("none", "未发现困难"), ("suspected", "疑似符合"), ("emergency", "急难需立即救助"), ("recheck", "需复核")])
  func theConclusionOfAVisitStandsOnThePage(_ result: String, _ label: String) throws {
    var workspace = try OpenMatterTests.workspace()
    workspace.register.apply(Village.visit("v-now", household: "h-liu", on: "2026-11-23", result: result))
    let line = HistoryScreen("h-liu", workspace).lines.first { $0.date == "2026-11-23" }
    #expect(line?.text == "走访：" + label, "\(String(describing: line))")
  }

  @Test func whatDepartmentsGaveIsAddedUp() throws {
    var workspace = try OpenMatterTests.workspace()
    for (id, fen, thing) in [("1", "120000", nil), ("2", "30000", "轮椅")] as [(String, String, String?)] {
      workspace.register.apply(
        Village.record(
          "aid-" + id, .assistance, household: "h-liu",
          facts: [
            Fact(
              list: FactList.assistance, entity: "aid-" + id,
              properties: [
                Property("household", "h-liu"), Property("department", "medical_insurance"), Property("kind", "medical"),
                Property("amount_fen", fen), Property("date", "2026-11-2" + id),
              ] + (thing.map { [Property("thing", $0)] } ?? []))
          ]))
    }
    let lines = HistoryScreen("h-liu", workspace).lines.map(\.text)
    #expect(lines.contains("医保局：转办 1 张，1 张未了（逾期 6 天）；帮扶 2 次，1500 元，轮椅"), "\(lines)")
  }

  private static func fact(_ list: String, _ entity: String, _ stated: [(String, String)]) -> Fact {
    Fact(list: list, entity: entity, properties: [Property("household", "h-liu")] + stated.map { Property($0.0, $0.1) })
  }

  /// 刘志强 in the hands of four departments: one late, one that answered, one that sent it back, one whose list raised a warning; and an
  /// emergency before the county's coordination.
  static func severalDepartments(_ role: Role = .clerk) throws -> Workspace {
    var workspace = try OpenMatterTests.workspace(role)
    for (id, department, more) in [
      (
        "z-2", "housing",
        [
          ("received", "2026-11-06"), ("received_by", "赵科长"), ("answered", "2026-11-20"), ("outcome", "helped"), ("amount_fen", "50000"),
          ("thing", "换瓦"),
        ]
      ),
      ("z-3", "education", [("answered", "2026-11-21"), ("outcome", "sent_back"), ("outcome_reason", "材料不全")]),
    ] as [(String, String, [(String, String)])] {
      workspace.register.apply(
        Village.record(
          "r-" + id, .referral, household: "h-liu",
          facts: [
            fact(
              FactList.referral, id,
              [("number", id.uppercased()), ("need", "housing"), ("department", department), ("date", "2026-11-05"), ("due", "2026-11-30")]
                + more)
          ]))
    }
    workspace.register.apply(WarningScreenTests.raising)
    workspace.register.apply(
      Village.record(
        "r-up", .emergency, household: "h-liu",
        facts: [fact(FactList.emergency, "e-2", [("kind", "fire"), ("date", "2026-11-15"), ("escalated", "yes"), ("escalated_reason", "超出乡镇能力")])]
      ))
    return workspace
  }

  /// R45: one view of the case, whoever has it in hand.
  @Test func severalDepartmentsOnOneCaseStandTogether() throws {
    let workspace = try Self.severalDepartments()
    let lines = HistoryScreen("h-liu", workspace).lines
    let start = try #require(lines.firstIndex { $0.isTitle && $0.text.hasPrefix("各部门办理和帮扶") })
    let end = try #require(lines.firstIndex { $0.isTitle && $0.text.hasPrefix("来龙去脉") })
    let shown = lines[start..<end].map(\.text)
    let departments = Set(["medical_insurance", "housing", "education"] + (workspace.register.warning(WarningScreenTests.id)?.departments ?? []))
    #expect(shown.first == "各部门办理和帮扶（\(departments.count) 个部门）")
    // What is open and due first stands first, then what is open, then what is answered.
    let heads = shown.filter { !$0.hasPrefix(" ") && $0.contains("转办 1 张") }
    #expect(heads.map { $0.prefix(3) } == ["医保局", "教育局", "住建局"], "\(shown)")
    #expect(heads[0].hasPrefix("医保局：转办 1 张，1 张未了（逾期 6 天）"))
    #expect(heads[1].hasPrefix("教育局：转办 1 张，1 张未了，其中退回 1 张") && heads[2].hasPrefix("住建局：转办 1 张，都已答复"), "\(shown)")
    #expect(shown.contains { $0.hasPrefix("  转办单 Z-7（") && $0.hasSuffix("，2026-11-10 送，没有回执，限 2026-11-18，逾期 6 天") }, "\(shown)")
    #expect(
      shown.contains { $0.hasPrefix("  转办单 Z-2（") && $0.contains("2026-11-06 赵科长 接收，2026-11-20 答复：") && $0.hasSuffix("给 500 元，给 换瓦") },
      "\(shown)")
    #expect(shown.contains { $0.hasPrefix("  转办单 Z-3（") && $0.contains("材料不全") && $0.hasSuffix("限 2026-11-30") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("  预警：") && $0.contains("新建") }, "\(shown)")
    #expect(shown.suffix(2).first == "县级协调" && shown.last?.hasSuffix("2026-11-15 提请县级协调，超出乡镇能力，还没有结果") == true, "\(shown)")
    #expect(lines.filter(\.isLate).contains { $0.text.contains("Z-7") } && !lines.filter(\.isLate).contains { $0.text.contains("Z-2") })
  }

  @Test func theOutcomeOfTheCountysCoordinationStandsThere() throws {
    var workspace = try Self.severalDepartments()
    workspace.register.apply(
      Village.record(
        "r-outcome", .emergency, household: "h-liu",
        facts: [Self.fact(FactList.emergency, "e-2", [("county_outcome", "一事一议 救助两万元"), ("county_outcome_date", "2026-11-22")])],
        supersedes: ["r-up"]))
    let line = try #require(HistoryScreen("h-liu", workspace).lines.first { $0.text.contains("提请县级协调") })
    #expect(line.text.hasSuffix("2026-11-22 结果：一事一议 救助两万元") && !line.isLate && line.open == nil)
  }

  /// Two laptops wrote down different answers: nobody can say which, so the slip is open, and the line says so.
  @Test func twoAnswersToOneSlipAreSaid() throws {
    var workspace = try Self.severalDepartments()
    for (id, outcome) in [("1", "helped"), ("2", "not_eligible")] {
      workspace.register.apply(
        Village.record(
          "r-answer-" + id, .referralAnswer, household: "h-liu",
          facts: [Self.fact(FactList.referral, "z-1", [("outcome", outcome), ("answered", "2026-11-2" + id)])], supersedes: ["r-slip"]))
    }
    let line = try #require(HistoryScreen("h-liu", workspace).lines.first { $0.text.contains("Z-7") })
    #expect(line.isContested && line.text.contains("两处答复不一致"), "\(line.text)")
  }

  /// Enter ends what is open, where the role may: a township's clerk writes the answer, a cadre does not.
  @Test func enterOnAnOpenSlipAnswersIt() throws {
    for (role, opens) in [(Role.clerk, true), (.cadre, false)] {
      var script = try Self.open(Self.severalDepartments(role))
      let lines = HistoryScreen("h-liu", script.laptop.workspace).lines
      let place = try #require(lines.firstIndex { $0.text.contains("Z-7") })
      for _ in 0..<place { script.press(.down) }
      #expect(script.text.contains("逾期 6 天"), "\(script.text)")
      script.press(.enter)
      #expect(script.title.contains("转办回复") == opens, "\(role.rawValue) \(script.text)")
    }
  }

  /// Amounts beyond what can be added up, from whatever laptop: the page opens, and says so.
  @Test func amountsBeyondCountingStopNoPage() throws {
    var workspace = try OpenMatterTests.workspace()
    for id in ["1", "2"] {
      workspace.register.apply(
        Village.record(
          "aid-" + id, .assistance, household: "h-liu",
          facts: [
            Fact(
              list: FactList.assistance, entity: "aid-" + id,
              properties: [
                Property("household", "h-liu"), Property("department", "medical_insurance"), Property("amount_fen", String(Int64.max)),
              ])
          ]))
    }
    let lines = HistoryScreen("h-liu", workspace).lines.map(\.text)
    #expect(lines.contains("医保局：转办 1 张，1 张未了（逾期 6 天）；帮扶 2 次，大得算不出的 元"), "\(lines)")
  }

  /// Two who had not seen each other: both words stand, and the line says that somebody has to look.
  @Test func whatContradictsItselfIsShownBothWays() throws {
    var workspace = try OpenMatterTests.workspace()
    for phone in ["13900000011", "13900000012"] {
      workspace.register.apply(
        Village.record(
          "visit-" + phone, .visit, household: "h-liu",
          facts: [Fact(list: FactList.household, entity: "h-liu", properties: [Property("phone", phone)])], supersedes: ["roster-h-liu"]))
    }
    let line = try #require(HistoryScreen("h-liu", workspace).lines.first { $0.text.contains("两处不一致") })
    #expect(line.isContested)
    // Numbers show their last four, and no birth date stands beside them.
    #expect(line.text.contains("*******0011") && line.text.contains("*******0012"), "\(line.text)")
  }

  @Test func aContestedBirthDateShowsItsYears() throws {
    var workspace = try OpenMatterTests.workspace()
    for birth in ["1966-04-18", "1966-08-14"] {
      workspace.register.apply(
        Village.record(
          "visit-" + birth, .visit, household: "h-zhang",
          facts: [Fact(list: FactList.person, entity: "m-1", properties: [Property("birth", birth)])], supersedes: ["roster-h-zhang"]))
    }
    let lines = HistoryScreen("h-zhang", workspace).lines.map(\.text)
    #expect(lines.contains { $0.contains("两处不一致") && $0.contains("1966-**-**") }, "\(lines)")
    #expect(!lines.contains { $0.contains("04-18") || $0.contains("08-14") }, "\(lines)")
  }

  @Test func enterReadsTheRecordAndThePrinterGetsThePage() throws {
    var script = try Self.open(OpenMatterTests.workspace())
    script.press(.control("p"))
    let paper = try #require(script.laptop.printed.last)
    #expect(paper.text.contains("刘*强") && !paper.text.contains("刘志强"), "\(paper.text)")
    #expect(paper.text.contains("转办给 医保局"))
  }

  @Test func theNarrowScreenShowsEveryLine() throws {
    let script = try Self.open(OpenMatterTests.workspace(), size: Size(rows: 20, columns: 60))
    #expect(script.text.contains("走访"), "\(script.text)")
  }
}
