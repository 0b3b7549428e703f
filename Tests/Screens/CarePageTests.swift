import Relief
import Testing

@testable import Screens

/// What is planned for a household and who looks after it: typed in its form, and read on 一户一页.
@Suite struct CarePageTests {
  /// The page of 张建国's household after a form of it.
  private static func page(_ id: String, _ type: RecordType, _ answers: [(String, String)]) throws -> [HistoryScreen.Line] {
    var workspace = try OtherFormTests.workspace()
    let facts = try OtherFormTests.facts(id, answers)
    workspace.register.apply(Village.record("r-" + id, type, household: "h-zhang", facts: facts))
    return HistoryScreen("h-zhang", workspace).lines
  }

  /// R46, R59: 困难类型 are several, 困难程度 one; the plan stands at the head of the page and again on the day it was made.
  @Test func aPlanStandsOnThePageWithItsHardships() throws {
    let lines = try Self.page(
      "plan", .plan,
      [
        ("plan_group/kinds/hardship_kinds", "illness disability"), ("plan_group/kinds/hardship_level", "orange"),
        ("plan_group/measures_group/measures", "办慢病卡，送轮椅"), ("plan_group/measures_group/responsible", "王小明"),
        ("plan_group/measures_group/date", "2026-11-20"), ("plan_group/measures_group/review_on", "2027-02-20"),
      ])
    let text = lines.map(\.text)
    #expect(text.contains("困难类型：因病、因残"), "\(text)")
    #expect(text.contains("困难程度：橙(3日)"), "\(text)")
    #expect(text.contains("一户一策：办慢病卡，送轮椅，责任人 王小明，2027-02-20 回看"), "\(text)")
    #expect(lines.contains { $0.date == "2026-11-20" && $0.text == "一户一策：办慢病卡，送轮椅" }, "\(text)")
  }

  /// R58: what was done and seen, who else can help, and when somebody comes again.
  @Test func aCareVisitStandsOnThePageWithItsNoteAndSupporters() throws {
    let lines = try Self.page(
      "care-visit", .careVisit,
      [
        ("care/person", "m-2"), ("care/date", "2026-11-22"), ("care/service", "meals company"), ("care/note", "能自己起身了"),
        ("care/supporters", "邻居孙大姐"), ("care/visitor", "王小明"), ("care/next", "2026-12-22"),
      ])
    let name = try #require(try OtherFormTests.workspace().register.person("m-2")?.name)
    let line = try #require(lines.first { $0.text.hasPrefix("访视：") }, "\(lines.map(\.text))")
    #expect(line.date == "2026-11-22")
    #expect(line.text == "访视：\(name) 助餐、陪伴聊天，能自己起身了，能帮忙 邻居孙大姐，2026-12-22 再来")
  }

  /// R60: who answered a need, and with what.
  @Test func aCharityMatchStandsOnThePage() throws {
    let lines = try Self.page(
      "charity-match", .match,
      [
        ("match_group/organisation", "示范慈善会"), ("match_group/amount_yuan", "800"), ("match_group/thing", "护理床"),
        ("match_group/date", "2026-11-21"), ("match_group/outcome", "已送到"),
      ])
    #expect(lines.contains { $0.date == "2026-11-21" && $0.text == "慈善对接：示范慈善会 800 元 护理床 已送到" }, "\(lines.map(\.text))")
  }
}
