import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// What a cadre, a clerk and the county stumbled over in a day of living with the program.
@Suite struct DeskDayTests {
  // MARK: Drafts that are no visit

  /// A step of a case that was begun and left.
  static func stepBegun(_ role: Role) throws -> KeyScript {
    var script = try CaseScreenTests.open(role)
    try CaseScreenTests.pick(.monitored, &script)
    script.type("1")
    // Back at 办理, at the household, at what was searched, at the list.
    script.press(.escape, .escape, .escape, .escape)
    #expect(script.laptop.drafts.count == 1, "\(script.text)")
    return script
  }

  /// The county does not visit, and yet what it began is opened again: from the list and from the household.
  @Test(arguments: [Role.county, .clerk]) func whatTheDeskBeganIsGoneOnWith(_ role: Role) throws {
    let begun = try Self.stepBegun(role)
    var household = begun
    household.press(.control("f"))
    household.type("lzq")
    household.press(.enter)
    #expect(household.text.contains("继续草稿：办理一步"), "\(household.text)")
    household.type("1")
    #expect(household.title.contains("办理一步"), "\(household.text)")
    #expect(household.lines.contains { $0.contains("办理事项") && $0.contains("低保") }, "\(household.text)")
    var list = begun
    list.restart()
    for _ in 0..<3 where !list.title.contains("今日走访") { list.press(.control("l")) }
    let row = try #require(list.lines.firstIndex { $0.contains("办理一步") }, "\(list.text)")
    list.type(String(row - 1))
    list.press(.enter)
    #expect(list.title.contains("办理一步") && list.message != Message.mayNotVisit.sentence, "\(list.text)")
  }

  /// The same step chosen again is the one that was begun, and says so; another step is another form.
  @Test func theSameStepIsGoneOnWith() throws {
    var script = try Self.stepBegun(.clerk)
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(script.laptop.current)
    script.type(String(try #require(acts.firstIndex(of: .cases)) + 1))
    var other = script
    try CaseScreenTests.pick(.excluded, &other)
    #expect(!other.lines.contains { $0.contains("办理事项") && $0.contains("低保") }, "\(other.text)")
    try CaseScreenTests.pick(.monitored, &script)
    #expect(script.message == Message.continued.sentence, "\(script.text)")
    #expect(script.lines.contains { $0.contains("办理事项") && $0.contains("低保") }, "\(script.text)")
    script.press(.control("s"))
    #expect(script.laptop.finished.count == 1 && script.laptop.drafts.isEmpty, "\(script.text)")
  }

  // MARK: 无变化, 同上

  static func visit(_ initials: String) throws -> KeyScript {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.function(3))
    script.type(initials)
    script.press(.enter)
    script.type("1")
    #expect(script.program.visit != nil, "\(script.text)")
    return script
  }

  static func go(_ number: String, _ script: inout KeyScript) {
    script.press(.function(6))
    script.type(number)
    script.press(.enter)
  }

  /// Somebody new is typed field by field also where 无变化 was said of the others: the number is asked before what only people without
  /// one are asked.
  @Test func afterUnchangedAMemberWhoIsAddedIsAskedForTheNumber() throws {
    var script = try Self.visit("zjg")
    while !script.title.contains("成员") { script.press(.pageDown) }
    script.press(.function(5))
    #expect(!script.title.contains("成员"), "\(script.text)")
    script.press(.pageUp)
    for _ in 0..<8 where !script.cursorLine.contains("新增成员") { script.press(.down) }
    script.type("张小燕")
    script.press(.enter)
    #expect(script.cursorLine.contains("身份证号"), "\(script.text)")
    script.type("13059919950214002X")
    #expect(script.lines.contains { $0.contains("身份证号") && $0.contains("13059919950214002X") }, "\(script.text)")
    #expect(script.cursorLine.contains("与户主关系"), "\(script.text)")
  }

  /// Of somebody whose name was searched for and not found nothing is known: 无变化 begins at the number, and goes field by field.
  @Test func whoWasOnlySearchedForIsAskedForTheNumber() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.function(3))
    script.type("李四")
    for _ in 0..<3 where !script.cursorLine.contains("新增一户") { script.press(.down) }
    script.press(.enter)
    while !script.title.contains("成员") { script.press(.pageDown) }
    script.press(.function(5))
    #expect(script.cursorLine.contains("身份证号"), "\(script.text)")
    script.type("13059919950214002X")
    #expect(script.cursorLine.contains("与户主关系"), "field by field: \(script.text)")
  }

  /// Where nothing was known nothing is unchanged: the message says to go field by field, and so does the cursor.
  @Test func whereNothingWasKnownUnchangedSkipsNothing() throws {
    var script = try Self.visit("zjg")
    while !script.title.contains("需求") { script.press(.pageDown) }
    script.type("2")
    script.press(.pageUp, .pageDown)
    while !script.title.contains("保障") { script.press(.pageUp) }
    script.press(.function(5))
    while !script.title.contains("保障") { script.press(.pageUp) }
    let first = script.cursorLine
    script.type("1")
    #expect(script.title.contains("保障") && script.cursorLine != first, "\(script.text)")
  }

  /// 同上 in a member's row is what is known of that member; the row above is somebody else.
  @Test func sameAgainIsOfTheSamePerson() throws {
    var script = try Self.visit("zjg")
    while !script.title.contains("成员") { script.press(.pageDown) }
    script.press(.function(5), .pageUp)
    for _ in 0..<8 where !script.cursorLine.contains("李秀英") { script.press(.down) }
    script.press(.enter, .control("u"), .function(4), .up)
    #expect(script.cursorLine.contains("姓名") && script.cursorLine.contains("李秀英"), "\(script.text)")
  }

  // MARK: What came back, and what a visit leaves open

  /// Enter, Enter on what came back is its amendment, not a second visit.
  @Test func whatCameBackIsAmendedFirst() throws {
    let script = try ReturnedVisitTests().returned(list: FactList.person, property: "name")
    let household = try #require(script.laptop.finished.first?.household)
    guard case .amend = HouseholdScreen(household).acts(script.laptop.workspace).first else {
      Issue.record("\(HouseholdScreen(household).acts(script.laptop.workspace))")
      return
    }
  }

  /// A visit begun before the warning came could not answer it; the receipt says so, and 3 answers.
  @Test func theReceiptSaysThatAWarningIsUnanswered() throws {
    var workspace = try WarningScreenTests.script(.cadre, steps: [WarningScreenTests.dispatched]).laptop.workspace
    workspace.register.apply(Village.visit("visit-now", household: "h-liu", on: Village.today))
    var screen = ReceiptScreen(Receipt(number: "1", record: "visit-now"), household: "刘志强", subject: "h-liu", workspace)
    func text(_ workspace: Workspace) -> String {
      var canvas = Canvas(size: Size(rows: 24, columns: 80), columns: .locale)
      screen.draw(on: &canvas, in: workspace)
      return (0..<24).map(canvas.frame.line).joined(separator: "\n")
    }
    #expect(text(workspace).contains(Words.Receipt.warning), "\(text(workspace))")
    guard case .push(let next) = screen.update(.key(.character("3")), in: workspace).move else {
      Issue.record("3 opens nothing")
      return
    }
    #expect(next is WarningScreen)
    let answer = WarningStep(
      WarningScreenTests.id, from: .dispatched, to: .answered, date: CivilDate(Village.today), reason: "电话", result: .covered)
    var record = Village.record("r-answer", .warningStep, household: "h-liu", facts: [answer.fact(entity: "s-9")])
    record.supersedes = workspace.register.warning(WarningScreenTests.id)?.heads ?? []
    workspace.register.apply(record)
    #expect(!text(workspace).contains(Words.Receipt.warning), "it was answered")
  }
}
