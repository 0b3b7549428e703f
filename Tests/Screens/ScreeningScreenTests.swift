import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// 政策初筛 on the screen: what a finished visit may mean, said at once, with its reasons one key away.
@Suite struct ScreeningScreenTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// The household of four, typed and finished, in a county that has set its 低保 standard.
  func finished(standard: String? = "600") throws -> KeyScript {
    var script = BudgetTests.emptyForm(form)
    if let standard {
      script.laptop.workspace.register.apply(
        Village.record(
          "parameter-1", .parameter,
          facts: [
            Fact(
              list: FactList.parameter, entity: "parameter-lb",
              properties: [
                Property("name", "lb_standard_rural"), Property("from", "2026-01-01"), Property("value", standard),
                Property("source", "测试用，虚构"), Property("certainty", "local"),
              ])
          ]))
    }
    var typist = Typist(script: script)
    for line in ScriptLine.read() { typist.type(line) }
    typist.script.press(.function(10))
    return typist.script
  }

  @Test func theReceiptSaysWhatTheVisitMayMean() throws {
    var script = try finished()
    #expect(script.title.contains("走访已完成"), "\(script.text)")
    #expect(script.text.contains("2 看逐条依据"), "\(script.text)")
    #expect(!script.text.contains("  符合"), "never more than 疑似符合")
    script.type("2")
    #expect(script.title.contains("政策初筛"))
    #expect(script.text.contains("只是建议"))
    let household = try #require(script.laptop.finished.first?.household)
    let screen = ScreeningScreen(household, script.laptop.workspace)
    let all = screen.lines.map(\.text).joined(separator: "\n")
    #expect(all.contains("T-LB-1") && all.contains("57号"), "\(all)")
    #expect(all.contains("35860 元"), "32,000 of wages and 3,860 transferred: \(all)")
  }

  @Test func whatTheCountyHasNotSetIsSaidAndNotGuessed() throws {
    let script = try finished(standard: nil)
    let household = try #require(script.laptop.finished.first?.household)
    let all = ScreeningScreen(household, script.laptop.workspace).lines.map(\.text).joined(separator: "\n")
    #expect(all.contains("未设定") && all.contains("农村低保标准"), "\(all)")
    #expect(!all.contains("疑似符合，建议申请低保"))
    // R67: what 低保边缘 and 支出型 are judged by is the county's to set, and is not taken from anywhere else.
    #expect(all.contains("低保边缘：未设定") && all.contains("支出型困难：未设定"), "\(all)")
    #expect(all.contains("县里还没有定标准，暂不能判断") && !all.contains("建议申请低保边缘"), "\(all)")
  }

  /// Parameters that change later never change what an old visit concluded; what it would conclude now stands beside it.
  @Test func aNewStandardStandsBesideWhatTheVisitConcluded() throws {
    var script = try finished(standard: "100")
    let household = try #require(script.laptop.finished.first?.household)
    let before = ScreeningScreen(household, script.laptop.workspace).lines
    script.laptop.workspace.today = "2027-01-10"
    var later = Village.record(
      "parameter-2", .parameter, wall: "2027-01-02T09:00:00+08:00",
      facts: [
        Fact(
          list: FactList.parameter, entity: "parameter-lb-2027",
          properties: [
            Property("name", "lb_standard_rural"), Property("from", "2027-01-01"), Property("value", "2000"),
            Property("source", "测试用，虚构"), Property("certainty", "local"),
          ])
      ])
    later.author = Author(person: "county", name: "县", role: .county)
    script.laptop.workspace.register.apply(later)
    let after = ScreeningScreen(household, script.laptop.workspace).lines
    let now = try #require(after.firstIndex { $0.text == Words.Screening.today })
    #expect(Array(after[..<now]) == Array(before[..<now]))
    #expect(!before.contains { $0.text == Words.Screening.today })
  }

  @Test func aHouseholdThatNobodyMetHasNothingToSay() throws {
    let workspace = Village.workspace(form)
    #expect(ScreeningScreen("h-nobody", workspace).lines.map(\.text) == ["还没有见到人的走访：请先走访"])
  }
}
