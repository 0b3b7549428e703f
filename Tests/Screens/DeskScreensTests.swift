import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// What the screens of a desk day say: what waits for a key, what a correction changed, which risk a form ends.
@Suite struct DeskScreensTests {
  // MARK: What waits for a key

  /// 1 of more than nine waits for Enter, and says so; so does a pick the cursor came back to.
  @Test func aDigitThatWaitsSaysThatEnterTakesIt() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    try NewcomerTests.form("quick-capture", &script)
    DeskDayTests.go("5", &script)
    script.type("1")
    #expect(script.message == "1 因病：Enter 确认，或再打一位", "\(script.text)")
    script.press(.enter, .up)
    script.type("2")
    #expect(script.message == "2 因残：Enter 确认", "\(script.text)")
  }

  // MARK: 审核

  /// Whoever sent a visit back reads first what its correction changed; a correction that changes nothing is told as one.
  @Test(arguments: [true, false]) func aCorrectionSaysWhatItChanged(_ isChanged: Bool) throws {
    var register = Village.register
    func visit(_ id: String, _ urgency: String, at hour: String) -> Record {
      Village.record(
        id, id == "visit-a" ? .visit : .amendment, household: "h-wang", wall: "2026-11-24T\(hour):00:00+08:00",
        facts: [
          Fact(
            list: FactList.visit, entity: "v-1",
            properties: [Property("household", "h-wang"), Property("date", Village.today), Property("method", "home"), Property("urgency", urgency)])
        ], supersedes: id == "visit-a" ? [] : ["visit-a"], body: id == "visit-a" ? [:] : ["reason": "退回：程度写错"])
    }
    register.apply(visit("visit-a", "blue", at: "10"))
    register.apply(visit("visit-b", isChanged ? "yellow" : "blue", at: "11"))
    var workspace = Village.workspace(try Forms.shipped(), role: .supervisor)
    workspace.register = register
    let evening = try #require(EveningScreen(workspace).rows.first { $0.visit.record == "visit-b" })
    let lines = ReviewScreen.lines(evening, workspace).map(\.text)
    if isChanged {
      let title = try #require(lines.firstIndex(of: "这次更正改了 1 处："), "\(lines)")
      #expect(lines[title + 1].contains("紧急程度：蓝") && lines[title + 1].contains("-> 黄"), "\(lines)")
    } else {
      #expect(lines.contains("这次更正什么也没有改"), "\(lines)")
    }
  }

  /// What was found anew is said in the form's words: no code, no id of ours, nothing the form only derives.
  @Test func aCorrectionIsSaidInWords() throws {
    func record(_ id: String, _ type: RecordType, _ more: [Fact]) -> Record {
      let fact = Fact(
        list: FactList.visit, entity: "v-1",
        properties: [Property("household", "h-wang"), Property("date", Village.today), Property("method", "home")])
      return Village.record(
        id, type, household: "h-wang", wall: "2026-11-24T1\(more.count):00:00+08:00", facts: [fact] + more,
        supersedes: more.isEmpty ? [] : ["visit-a"], body: more.isEmpty ? [:] : ["reason": "退回：收入没问"])
    }
    var workspace = Village.workspace(try Forms.shipped(), role: .supervisor)
    workspace.register.apply(record("visit-a", .visit, []))
    let income = ["household": "h-wang", "kind": "business", "amount_fen": "800000", "period": "12_months", "source": "stated"]
    workspace.register.apply(
      record(
        "visit-b", .amendment,
        [Fact(list: FactList.income, entity: "i-1", label: "business", properties: income.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })]))
    let evening = try #require(EveningScreen(workspace).rows.first { $0.visit.record == "visit-b" })
    let lines = ReviewScreen.lines(evening, workspace).map(\.text)
    let title = try #require(lines.firstIndex { $0.hasPrefix("这次更正改了") }, "\(lines)")
    let said = lines[title...].dropFirst().prefix { !$0.contains("第一次走访") }
    #expect(said.contains { $0.contains("经营净收入") } && said.contains { $0.contains("8000") }, "\(lines)")
    for line in said { #expect(!line.unicodeScalars.contains { ("a"..."z").contains($0) }, "\(line)") }
  }

  // MARK: 办理

  /// The form that ends a risk says which one, also when its draft is opened again.
  @Test func theFormSaysWhichRiskItEnds() throws {
    var script = try OpenMatterTests.cases(OpenMatterTests.workspace(.cadre))
    try OpenMatterTests.open(.risk, &script)
    #expect(script.message.contains("风险点：因病") && script.message.contains("2026-10-10"), "\(script.text)")
    script.type("2")
    script.press(.escape)
    script.restart()
    let row = try #require(script.lines.firstIndex { $0.contains("风险消除") }, "\(script.text)")
    script.type(String(row - 1))
    script.press(.enter)
    #expect(script.title.contains("风险消除") && script.message.contains("风险点：因病"), "\(script.text)")
  }

  /// A step that still wants its reason takes the cursor to where the reason is typed, which is on another page.
  @Test func whatTheStepStillWantsIsWhereTheCursorGoes() throws {
    var script = try CaseScreenTests.open(.county)
    try CaseScreenTests.pick(.helped, &script)
    script.press(.down)
    script.type("1")
    while !script.title.contains("认定") { script.press(.pageDown) }
    script.type("1")
    script.press(.function(10))
    #expect(script.message.contains("请写明理由"), "\(script.text)")
    #expect(script.cursorLine.contains("理由"), "\(script.text)")
  }

  // MARK: Lists

  /// What was begun besides visits has a row on the list and is no household to visit.
  @Test func onlyHouseholdsAreCounted() throws {
    var workspace = try CaseScreenTests.workspace(.cadre)
    var script = KeyScript(workspace)
    let before = try #require(script.title.firstMatch(of: /已访 \d+\/\d+/)).0
    try NewcomerTests.form("quick-capture", &script)
    script.type("马二")
    script.press(.enter, .escape)
    #expect(script.text.contains("马二") && script.title.contains(before), "\(script.text)")
    workspace = script.laptop.current
    #expect(workspace.drafts.count == 1)
  }

  /// A ledger uses the columns that are there: what a parameter means is not cut where others leave room.
  @Test func aLedgerCutsNothingThatFits() throws {
    let workspace = try CaseScreenTests.workspace(.county)
    var canvas = Canvas(size: Size(rows: 24, columns: 100), columns: .locale)
    LedgersScreen(.unset, workspace).draw(on: &canvas, in: workspace)
    let text = (0..<24).map(canvas.frame.line).joined(separator: "\n")
    #expect(text.contains("disposable_income_rural") && text.contains("当地上年农村居民人均可支配收入"), "\(text)")
    for row in 0..<24 { #expect(Columns.locale.width(of: canvas.frame.line(row)) <= 100) }
  }

  /// The desk says that nothing was fetched yet instead of counting nothing; and what was begun there.
  @Test func theDeskSaysWhatFiguresDoNot() throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    func hint(_ workspace: Workspace) -> String { KeyScript(workspace).message }
    #expect(hint(workspace).isEmpty)
    let begun = try DeskDayTests.stepBegun(.clerk)
    #expect(hint(begun.laptop.current) == "有 1 份没填完：按 F7 到名单上接着填")
    workspace.register = Register()
    #expect(hint(workspace) == "还没有资料：按 F9 同步")
  }

  /// F1 on a small screen says what the screen is for and what Enter does there, not what it does in the visit.
  @Test func helpIsOfTheScreen() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.clerk))
    script.press(.function(8), .function(1))
    #expect(script.text.contains("换一本台账") && !script.text.contains("确认本栏"), "\(script.text)")
    script.press(.escape, .escape, .function(11), .function(1))
    #expect(script.text.contains("按前面的数字选一项") && !script.text.contains("放弃本栏"), "\(script.text)")
  }

  /// No English name of a property stands on the page of a household.
  @Test func whatAHouseholdIsHasItsChineseName() throws {
    var workspace = try CaseScreenTests.workspace(.county)
    var record = Village.record("r-cat", .householdChange, household: "h-liu", facts: [])
    record.facts = [
      Fact(
        list: FactList.household, entity: "h-liu",
        properties: ["category": "lb", "entered": "yes", "entered_date": "2026-11-20"].map { Property($0.key, $0.value) })
    ]
    workspace.register.apply(record)
    let lines = HistoryWords(workspace).standing("h-liu")
    #expect(lines.contains { $0.hasPrefix("低收入类别：") }, "\(lines)")
    #expect(!lines.contains { $0.unicodeScalars.contains { ("a"..."z").contains($0) } }, "\(lines)")
  }

  /// Where there is no way to the county the stick is offered; where the county refuses, a stick would not help.
  @Test(arguments: [(SyncFailure.noNetwork, true), (.serverAbsent, true), (.refused(code: "revoked"), false), (.practice, false)])
  func withoutALineTheStickIsOffered(_ failure: SyncFailure, _ isOffered: Bool) throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    script.press(.function(9))
    script.send(.sync(.failed(failure)))
    #expect(script.text.contains("U 盘") == isOffered, "\(script.text)")
    script.type("2")
    #expect(script.title.contains("U 盘交换") == isOffered, "\(script.text)")
  }

  /// It is looked for, chosen by digit, exchanged with as a process beside the typing; what came of it is read in whole sentences.
  @Test func aStickIsFoundChosenAndExchangedWith() throws {
    var script = KeyScript(try CaseScreenTests.workspace(.cadre))
    script.press(.function(9))
    script.send(.sync(.failed(.noNetwork)))
    script.type("2")
    #expect(script.text.contains("没有找到 U 盘"), "\(script.text)")
    script.laptop.sticks = ["/media/a", "/media/b"]
    script.type("1")
    #expect(script.text.contains("1 /media/a") && script.text.contains("2 /media/b"), "\(script.text)")
    script.type("3")
    #expect(script.laptop.stick == nil && script.title.contains("U 盘交换"))
    script.type("2")
    #expect(script.laptop.stick == "/media/b" && script.text.contains("正在和 U 盘交换"), "\(script.text)")
    // The other way is not begun meanwhile: its key shows how far this is.
    script.press(.escape)
    let starts = script.laptop.syncStarts
    script.press(.function(9))
    #expect(script.laptop.syncStarts == starts && script.text.contains("正在和 U 盘交换"), "\(script.text)")
    script.send(.sync(.stick(StickNews(lines: ["收到 2 条，写了 3 个文件", "可以拔盘"], isGood: true))))
    #expect(script.text.contains("U 盘交换完了") && script.text.contains("收到 2 条") && script.text.contains("可以拔盘"), "\(script.text)")
    script.press(.escape, .function(9))
    #expect(script.laptop.syncStarts == starts + 1, "it is over")
  }
}
