import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// What somebody who had read only the manual stumbled over.
@Suite struct NewcomerTests {
  /// Opens a form of 办事 for no household.
  static func form(_ id: String, _ script: inout KeyScript) throws {
    script.press(.control("k"))
    let forms = FormsScreen(household: nil, script.laptop.workspace).rows.map(\.id)
    script.type(String(try #require(forms.firstIndex(of: id)) + 1))
  }

  // MARK: Typing

  /// 1 waits for a second digit, because 10 and 11 are choices too: the key that leaves the field takes it all the same.
  @Test(arguments: [Key.pageDown, .function(10)]) func aDigitThatWaitsIsTakenByTheKeyThatLeaves(_ key: Key) throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try Self.form("quick-capture", &script)
    script.press(.function(6))
    script.type("5")
    script.press(.enter)
    script.type("1")
    #expect(script.cursorLine.contains("[1 ]"), "\(script.text)")
    script.press(key)
    #expect(script.lines.contains { $0.contains("风险类型") && $0.contains("[ 1] 因病") }, "\(script.text)")
  }

  /// The same of several choices, where the waiting digit is one pick and the field goes with it.
  @Test func aPickThatWaitsIsTakenByPageDown() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.type("2")
    script.press(.enter)
    let path = try Self.question("needs_gate", script)
    script.press(.function(6))
    script.type(path)
    script.press(.enter)
    script.type("1")
    #expect(script.cursorLine.contains("需要什么"), "\(script.text)")
    script.type("1")
    script.press(.pageDown, .pageUp)
    #expect(script.lines.contains { $0.contains("需要什么") && $0.contains("[ 1] 法律援助") }, "\(script.text)")
  }

  /// The number on the left of a question.
  static func question(_ name: String, _ script: KeyScript) throws -> String {
    let visit = try #require(script.program.visit)
    let item = visit.outline.sections.flatMap(\.items).first { $0.path.steps.last?.name == name }
    return String(try #require(item.flatMap { visit.numbers.number(of: $0.path) }))
  }

  // MARK: 急难

  /// Above the ceiling the county decides; that it was asked is what the rule wants, and then the emergency is written down.
  @Test func firstAidAboveTheCeilingIsSavedOnceTheCountyIsAsked() throws {
    var workspace = try CaseScreenTests.workspace(.cadre)
    workspace.rules.clocks.firstAidCeilingFen = 100_000
    var script = KeyScript(workspace)
    try Self.form("emergency", &script)
    script.type("4")
    script.type("20261123")
    script.type("一组")
    script.press(.enter)
    script.type("着火")
    script.press(.enter)
    script.type("111")
    script.press(.pageDown)
    script.type("王小明")
    script.press(.enter, .pageDown)
    script.type("1")
    script.type("2000")
    script.press(.enter, .enter)
    script.press(.function(10))
    #expect(script.message == "超过上限 1000 元：需报县级", "\(script.text)")
    #expect(script.cursorLine.contains("提请县级协调"), "\(script.text)")
    script.type("1")
    script.press(.function(10))
    #expect(script.laptop.finished.isEmpty, "why is still to be said: \(script.text)")
    script.type("要转院")
    script.press(.enter, .function(10))
    #expect(script.laptop.finished.count == 1, "\(script.text)")
  }

  // MARK: 清空

  /// What Ctrl-U emptied comes back with 同上, whether it was confirmed empty or not, and with 无变化 before that.
  @Test func whatWasEmptiedComesBack() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.type("2")
    script.press(.enter)
    let number = try Self.question("village_group", script)
    func go(_ script: inout KeyScript) {
      script.press(.function(6))
      script.type(number)
      script.press(.enter)
    }
    go(&script)
    #expect(script.cursorLine.contains("(名册)"), "\(script.text)")
    let known = script.cursorLine
    let value = try #require(script.program.visit?.editor?.proposal)
    script.press(.control("u"))
    #expect(script.cursorLine != known)
    var unchanged = script
    unchanged.press(.function(5))
    go(&unchanged)
    #expect(unchanged.cursorLine.contains(value), "无变化: \(unchanged.text)")
    script.press(.enter)
    go(&script)
    #expect(!script.cursorLine.contains(value), "\(script.text)")
    script.press(.function(4))
    go(&script)
    #expect(script.cursorLine.contains(value), "同上: \(script.text)")
  }

  // MARK: Lists

  @Test func aCaptureBegunCarriesTheNameThatWasTyped() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try Self.form("quick-capture", &script)
    script.type("孙老五")
    script.press(.enter, .escape)
    #expect(script.lines.contains { $0.contains("草稿") && $0.contains("孙老五") }, "\(script.text)")
    script.restart()
    #expect(script.lines.contains { $0.contains("草稿") && $0.contains("孙老五") }, "as the disk has it: \(script.text)")
  }

  /// A name that was taken back is no name.
  @Test func anAnswerTakenBackNamesNothing() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try Self.form("quick-capture", &script)
    script.type("孙老五")
    script.press(.enter, .control("z"), .escape)
    #expect(!script.text.contains("孙老五"), "\(script.text)")
    script.restart()
    #expect(!script.text.contains("孙老五"), "\(script.text)")
  }

  @Test func arrowsGoThroughWhatCanBeDoneWithAHousehold() throws {
    let workspace = try CaseScreenTests.workspace(.cadre)
    var script = KeyScript(workspace)
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let place = try #require(HouseholdScreen("h-liu").acts(workspace).firstIndex(of: .history))
    #expect(place > 0)
    for _ in 0..<place { script.press(.down) }
    #expect(script.cursorLine.contains("一户一页"), "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("一户一页"), "\(script.text)")
    script.press(.escape)
    #expect(script.cursorLine.contains("一户一页"), "\(script.text)")
  }

  @Test func aNumberAloneOpensAForm() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try Self.form("emergency", &script)
    #expect(script.title.contains("急难登记"), "\(script.text)")
  }

  @Test func whatAListSaidIsGoneAfterTheNextAct() throws {
    var script = try EveningTests.script(visits: 4)
    script.send(.sync(.finished(SyncOutcome(pushed: 1, pulled: 2, waiting: 0))))
    #expect(script.message.contains("同步完成"), "\(script.text)")
    script.press(.function(6), .escape)
    #expect(!script.message.contains("同步完成"), "\(script.text)")
  }

  @Test func anEmptyListNamesTheKeyThatFillsIt() throws {
    var workspace = Village.workspace(try Forms.shipped())
    workspace.register = Register()
    #expect(KeyScript(workspace).message.contains("F9"))
  }

  // MARK: 办理

  /// A step is written from 办理 and goes back there; there is no paper to copy its number onto.
  @Test func whatEndsAMatterGoesBackToWhereItWasOpened() throws {
    var script = try OpenMatterTests.cases(OpenMatterTests.workspace(.cadre))
    try OpenMatterTests.open(.risk, &script)
    script.type("1")
    script.press(.control("s"))
    #expect(script.title.contains("已完成") && !script.text.contains("纸质表"), "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("办理"), "\(script.text)")
  }

  /// Lines that open carry the mark, lines that only say what is in the way do not.
  @Test func whatOpensIsMarked() throws {
    let script = try CaseScreenTests.open()
    let screen = CaseScreen("h-liu", script.laptop.workspace)
    let marked = script.lines.filter { $0.dropFirst(6).hasPrefix("> ") }
    let opening = screen.open.count + screen.rows.count { $0.refusals.isEmpty }
    #expect(marked.count == opening && opening > 0, "\(script.text)")
    #expect(screen.rows.contains { !$0.refusals.isEmpty }, "\(script.text)")
  }

  // MARK: 审核

  @Test func onAnOpenRedVisitTheKeyIsNamed() throws {
    var script = try EveningTests.script(visits: 4)
    script.press(.enter)
    script.type("1")
    #expect(script.message == "红色的：请先按 6 知悉，再通过", "\(script.text)")
  }

  /// What happened and when stands on the first page, and of a correction why.
  @Test func aRedVisitBeginsWithWhatHappened() throws {
    var workspace = try EveningTests.workspace(visits: 1)
    var record = EveningTests.visit(1)
    record.facts.append(
      Fact(
        list: FactList.risk, entity: "e-1", label: "火灾",
        properties: [
          Property("household", "house-1"), Property("section", "emergency"), Property("kind", "fire"), Property("date", "2026-11-23"),
          Property("detail", "厨房着火"),
        ]))
    record.body["reason"] = "日期写错"
    record.type = .amendment
    record.id = "visit-1b"
    record.supersedes = ["visit-1"]
    record.wall = "2026-11-24T11:00:00+08:00"
    workspace.register.apply(record)
    let row = try #require(EveningScreen(workspace).rows.first)
    let lines = ReviewScreen(row, workspace).lines.map(\.text)
    #expect(lines.contains("更正：日期写错"), "\(lines)")
    #expect(lines.dropFirst().first == "急难：火灾  2026-11-23  厨房着火", "\(lines)")
  }
}
