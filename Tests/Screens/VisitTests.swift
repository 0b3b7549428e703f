// The visit form with the shipped form: what keys do to fields, rows and sections, and what reaches the draft.

import Derivation
import Relief
import Support
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct VisitTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// A household of the roster that was never visited: 王春梅, alone.
  func begun(_ space: FreeSpace = .plenty) -> KeyScript {
    var script = KeyScript(Village.workspace(form, space: space))
    script.type("2")
    script.press(.enter)
    return script
  }

  /// At the field of this label in its section, by its number.
  func at(_ label: String, _ script: inout KeyScript) {
    guard let visit = script.program.visit else { return }
    let number = visit.outline.sections.flatMap(\.items).compactMap { item -> Int? in
      visit.session.question(at: item.path)?.label == label ? form.numbers.number(of: item.path) : nil
    }.first
    script.press(.function(6))
    script.type(String(number ?? 999))
    script.press(.enter)
    #expect(script.cursorLine.contains(label), "\(script.text)")
  }

  /// A visit of somebody unknown, in the member section, at the name of the first member.
  func atFirstMember() -> KeyScript {
    var script = KeyScript(Village.workspace(form))
    script.press(.control("f"))
    script.type("zhuge")
    script.press(.enter)
    script.press(.pageDown, .pageDown, .pageDown)
    #expect(script.cursorLine.contains("姓名"), "\(script.text)")
    return script
  }

  func value(_ path: String, _ script: KeyScript) -> String? {
    InstancePath(path).flatMap { script.program.visit?.session.value(at: $0) }
  }

  // MARK: Fields

  @Test func aChoiceAdvancesWithItsDigitAndIsSaved() {
    var script = begun()
    #expect(script.cursorLine.contains("走访方式"))
    #expect(script.title.contains("尚未录入"))
    script.type("１")
    #expect(script.cursorLine.contains("告知已读"), "a full-width digit picks too")
    script.type("1")
    #expect(script.title.contains("已保存"))
    #expect(script.text.contains("[ 1] 是"))
  }

  @Test func aQuestionOfSeveralAnswersSaysSo() {
    var script = begun()
    at("帮扶需求", &script)
    script.type("1")
    #expect(script.cursorLine.contains("需要什么"), "\(script.text)")
    #expect(script.message == "可选几项：选完按 Enter", "\(script.text)")
    script.press(.up)
    #expect(script.message != "可选几项：选完按 Enter", "one answer: \(script.text)")
  }

  @Test func aChoiceIsFilteredByInitials() {
    var script = begun()
    script.type("dh")
    #expect(script.text.contains("2 电话") && !script.text.contains("4 未遇"))
    script.press(.enter)
    #expect(script.text.contains("[ 2] 电话"))
  }

  @Test func anIdentityNumberIsCheckedWhileItIsTypedAndEndsItself() {
    var script = atFirstMember()
    script.type("张三")
    #expect(script.title.contains("本栏未确认"))
    script.press(.enter)
    script.type("13059919491003")
    #expect(script.cursorLine.contains("还差 4 位"))
    script.type("００２")
    #expect(script.cursorLine.contains("还差 1 位"))
    script.type("x")
    #expect(!script.cursorLine.contains("身份证号"), "it went on by itself")
    #expect(script.text.contains("13059919491003002X"))
  }

  @Test func aHardErrorStaysSaysSoAndHoldsFurtherKeys() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    script.type("130599194910030021")
    #expect(script.message == "身份证号不对：请核对18位号码")
    let beeps = script.laptop.beeps
    script.type("2")
    #expect(script.laptop.beeps == beeps + 1, "dropped with a beep")
    #expect(script.cursorLine.contains("130599194910030021"))
    script.press(.backspace)
    script.type("X")
    #expect(!script.cursorLine.contains("身份证号"))
  }

  @Test func escapeTakesTheOldValueBack() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.escape)
    #expect(script.cursorLine.contains("姓名") && !script.cursorLine.contains("张三"))
    script.press(.escape)
    #expect(script.cursorLine.contains("> "), "the row is closed")
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
  }

  @Test func anEmptyRequiredFieldAsksOnceAndLetsGo() {
    var script = atFirstMember()
    script.press(.enter)
    #expect(script.message == "本栏必填；再按一次 Enter 先跳过")
    script.press(.enter)
    #expect(script.cursorLine.contains("身份证号"))
  }

  @Test func theFirstKeyReplacesWhatIsThere() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter, .up)
    script.type("李四")
    script.press(.enter)
    #expect(script.text.contains("李四") && !script.text.contains("张三"))
  }

  @Test func namesKeepTheirScalarsAndOneMiddleDot() {
    var script = atFirstMember()
    script.type("阿卜杜拉•买买提")
    script.press(.enter)
    #expect(
      value("/household-visit/members/member[1]/name", script) == "阿卜杜拉·买买提")
  }

  @Test func goingBackFollowsTheWayItCameAndDoesNotAdvance() {
    var script = begun()
    script.type("11")
    #expect(script.cursorLine.contains("受访人"))
    script.press(.up)
    #expect(script.cursorLine.contains("告知已读"))
    script.type("2")
    #expect(script.cursorLine.contains("告知已读"), "no advance after going back")
    script.press(.enter)
    #expect(script.cursorLine.contains("受访人"))
    #expect(script.text.contains("[ 2] 否"))
  }

  @Test func aPasteNeverAdvances() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    script.send(.terminal(.paste("13059919491003002X\n")))
    #expect(script.cursorLine.contains("身份证号"))
    script.press(.enter)
    #expect(!script.cursorLine.contains("身份证号"))
  }

  @Test func aPasteThatDoesNotFitIsSaid() {
    var script = atFirstMember()
    let beeps = script.laptop.beeps
    script.type("张三")
    script.press(.enter)
    script.send(.terminal(.paste("13059919491003002X 13900000001")))
    #expect(script.message == "粘贴的内容放不下：请分段或缩短")
    #expect(script.laptop.beeps > beeps)
    #expect(!script.cursorLine.contains("1305"), "\(script.text)")
    script.press(.function(3))
    script.press(.escape, .escape)
    script.press(.function(3))
    script.send(.terminal(.paste(String(repeating: "找", count: 300))))
    #expect(script.message == "粘贴的内容放不下：请分段或缩短", "\(script.text)")
  }

  @Test func jumpingGoesByTheNumberBesideTheField() {
    var script = begun()
    at("受访人签字", &script)
    #expect(script.title.contains("签字"))
    script.press(.control("g"))
    script.type("999")
    script.press(.enter)
    #expect(script.message == "没有这个栏号：请看栏左边的号")
  }

  // MARK: Soft checks

  @Test func aDoubtfulAnswerIsForcedWithAReason() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    // Province 99 does not exist: the form asks to look again.
    script.type("991302199203100010")
    guard script.message.contains("请核对") else {
      Issue.record("the form does not doubt the number: \(script.text)")
      return
    }
    script.type("5")
    #expect(script.cursorLine.contains("991302199203100010"), "keys are held")
    script.press(.function(2))
    #expect(script.text.contains("强制通过的理由"))
    script.press(.enter)
    #expect(script.message == "请写明理由，或按 Esc 返回")
    script.type("户口本如此")
    script.press(.enter)
    #expect(!script.cursorLine.contains("身份证号"))
    #expect(script.program.visit?.forced.first?.reason == "户口本如此")
  }

  // MARK: Undo

  @Test func undoAndRedoGoFieldByField() {
    var script = begun()
    script.type("11")
    script.press(.control("z"))
    #expect(script.message == "已撤销；Ctrl-Y 重做")
    #expect(script.cursorLine.contains("告知已读"))
    #expect(!script.text.contains("[ 1] 是"))
    script.press(.control("y"))
    #expect(script.text.contains("[ 1] 是"))
    script.press(.control("y"))
    #expect(script.message == "没有可重做的了")
  }

  /// A visit that is typed past midnight: what a short date leaves out is the new day's.
  @Test func aNewDayReachesTheOpenVisit() {
    var script = begun()
    var workspace = script.laptop.current
    workspace.today = "2027-01-01"
    script.send(.opened(workspace))
    at("走访日期", &script)
    script.type("1231")
    #expect(script.cursorLine.contains("2026-12-31") || script.cursorLine.contains("2027-12-31"), "\(script.text)")
    #expect(script.program.visit?.today == "2027-01-01")
    #expect(script.program.visit?.place != nil, "the visit stays open")
  }

  // MARK: What can be seen

  @Test func aDateShowsItsYear() {
    var script = begun()
    at("走访日期", &script)
    #expect(script.cursorLine.contains("2026-11-24"), "\(script.text)")
    script.type("2025123")
    #expect(script.cursorLine.contains("2025123"))
  }

  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 20, columns: 60)])
  func everyChoiceCanBeSeen(_ size: Size) throws {
    var script = atFirstMember()
    script.size = size
    script.type("张三")
    script.press(.enter)
    at("民族", &script)
    let choices = try #require(script.program.visit?.editor?.choices.entries)
    #expect(choices.count > 30)
    var seen: Set<String> = []
    for _ in 0..<choices.count where seen.count < choices.count {
      for choice in choices where script.text.contains(" " + VisitScreen.right(choice.code, 2) + " " + choice.label) { seen.insert(choice.label) }
      script.press(.right)
    }
    #expect(choices.map(\.label).filter { !seen.contains($0) } == [])
    script.type("13")
    #expect(script.program.visit?.session.outline.isEmpty == false)
    at("民族", &script)
    script.press(.left)
    #expect(script.text.contains("第"), "turning back from the first page goes to the last: \(script.text)")
    #expect(script.text.contains(choices.last?.label ?? "?"))
    script.type("h")
    #expect(!script.text.contains("第 "), "a shorter list begins at its beginning: \(script.text)")
  }

  // MARK: Rows

  @Test func membersOfTheRosterAreRowsWithTheirNamesProposed() {
    var script = KeyScript(Village.workspace(form))
    script.type("3")
    script.press(.enter)
    #expect(script.title.contains("张建国"))
    script.press(.pageDown, .pageDown, .pageDown)
    #expect(script.text.contains("1 张建国  *0027") && script.text.contains("2 李秀英  *0014"), "\(script.text)")
    #expect(!script.text.contains("130599"), "a closed row shows the last four digits")
    script.press(.enter)
    #expect(script.text.contains("(名册)"))
  }

  @Test func typingOnTheAddLineAddsAMember() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter, .pageDown)
    #expect(script.cursorLine.contains("新增成员"))
    script.type("李四")
    script.press(.enter)
    #expect(value("/household-visit/members/member[2]/name", script) == "李四")
    #expect(value("/household-visit/members/member[3]/name", script) == nil)
    #expect(script.text.contains("1 张三") && script.text.contains("李四"))
  }

  /// 无变化 takes what is known; what an answer then brings (grade, certificate, who cares) nobody said anything of yet. Passing it by
  /// would put the next digit into another section.
  @Test func whatAnAnswerBringsAfterUnchangedIsAsked() {
    var script = begun()
    at("A 残疾人", &script)
    script.type("1")
    script.press(.pageDown)
    at("姓名", &script)
    script.press(.function(5))
    #expect(!script.title.contains("成员"), "\(script.text)")
    at("本人残疾", &script)
    script.type("1")
    #expect(script.cursorLine.contains("残疾类别"), "\(script.text)")
    script.type("4")
    #expect(script.cursorLine.contains("残疾等级"), "\(script.text)")
    // Not known: Enter passes it, and goes on to the next of them.
    script.press(.enter)
    #expect(script.cursorLine.contains("残疾证"), "\(script.text)")
    script.press(.enter)
    #expect(script.cursorLine.contains("需要人照料"), "\(script.text)")
    script.type("2")
    #expect(!script.title.contains("成员"), "everything else was said: \(script.text)")
  }

  @Test func aRowIsDeletedAfterAQuestionAndComesBackByUndo() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter, .function(8))
    #expect(script.message == "删除这一行：1 不删  2 删除")
    script.press(.enter)
    #expect(script.text.contains("张三"))
    script.press(.control("d"))
    script.type("2")
    #expect(!script.text.contains("张三"))
    script.press(.control("z"))
    #expect(script.text.contains("张三"))
  }

  /// While a question about the row is asked, the form stands as it stood: the choices push the next field down, they never run into it.
  @Test func aQuestionAboutARowLeavesTheFormAsItStood() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    for _ in 0..<20 where !script.cursorLine.contains("性别") { script.press(.down) }
    let before = script.lines.dropLast(3)
    #expect(before.contains { $0.contains("1 男") }, "\(script.text)")
    script.press(.function(8))
    #expect(script.message.hasPrefix("删除这一行"))
    #expect(Array(script.lines.dropLast(3)) == Array(before), "\(script.text)")
  }

  /// 自理六项 is a heading over questions that are asked only where somebody cannot do all; over none it is not shown.
  @Test func aHeadingWithNothingUnderItIsNotShown() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    script.type("130599194102204183")
    for _ in 0..<30 where !script.cursorLine.contains("生活自理") { script.press(.down) }
    script.type("2")
    #expect(script.text.contains("自理六项") && script.cursorLine.contains("自主吃饭"), "\(script.text)")
    script.press(.up)
    script.type("1")
    script.press(.enter)
    #expect(script.text.contains("全部能自理") && !script.text.contains("自理六项"), "\(script.text)")
  }

  /// A reason is about its question: when the row above it goes, it goes on standing there.
  @Test func aReasonMovesUpWithItsRow() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter, .pageDown)
    script.type("李四")
    script.press(.enter)
    script.type("991302199203100010")
    script.press(.function(2))
    script.type("户口本如此")
    script.press(.enter)
    let forced = script.program.visit?.forced ?? []
    #expect(forced.map(\.path) == ["/household-visit/members/member[2]/id_number"], "\(script.text)")
    script.press(.pageUp, .pageDown, .function(8))
    script.type("2")
    #expect(script.text.contains("1 李四"), "\(script.text)")
    #expect(script.program.visit?.forced.map(\.path) == ["/household-visit/members/member[1]/id_number"])
    let before = ReplayTests.state(script)
    script.restart()
    openDraft(&script)
    #expect(ReplayTests.state(script) == before)
  }
}
