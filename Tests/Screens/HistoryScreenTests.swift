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
    #expect(lines.contains("医保局：2 次，1500 元，轮椅"), "\(lines)")
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
    #expect(lines.contains("医保局：2 次，大得算不出的 元"), "\(lines)")
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
