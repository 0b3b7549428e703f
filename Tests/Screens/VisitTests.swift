// The visit form with the shipped form: what keys do to fields, rows and sections, and what reaches the draft.

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
    script.type("诸葛")
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

  // MARK: Saving

  @Test func whatIsNotSavedSaysSoAndIsSavedWithTheNextAnswer() {
    var script = begun()
    script.laptop.draftFault = .diskFull
    script.type("1")
    script.type("1")
    #expect(script.title.contains("未保存"))
    #expect(script.message == "未保存：磁盘满了，请先腾出空间")
    #expect(script.text.contains("[ 1] 是"), "the answer stays on the screen")
    script.press(.escape)
    #expect(script.message.contains("未保存"), "leaving is refused while something is not saved")
    script.laptop.draftFault = nil
    script.press(.escape)
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
    script.restart()
    script.press(.enter)
    script.press(.down)
    #expect(script.laptop.drafts.count == 1)
  }

  @Test func aKilledProgramReopensAtTheFieldWhereItStood() throws {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    script.type("13059919491003002X")
    script.press(.enter)
    let before = script.lines[1...20]
    let field = script.cursorLine
    script.restart()
    #expect(script.text.contains("草稿"))
    openDraft(&script)
    #expect(Array(script.lines[1...20]) == Array(before))
    #expect(script.cursorLine == field)
    script.press(.control("z"))
    #expect(script.message == "已撤销；Ctrl-Y 重做", "undo reaches back over the restart")
  }

  @Test func aVisitLeftByEscapeIsADraftOnTheListAtOnceAndOpensAgain() {
    var script = begun()
    script.type("11")
    let field = script.cursorLine
    script.press(.escape)
    #expect(script.title.contains("今日走访"))
    #expect(script.lines.contains { $0.contains("王春梅") && $0.contains("草稿") }, "\(script.text)")
    openDraft(&script)
    #expect(script.cursorLine == field)
    #expect(script.text.contains("[ 1] 是"))
    script.press(.enter)
    #expect(script.laptop.drafts.count == 1, "one visit, one draft")
    script.press(.escape)
    #expect(script.lines.count { $0.contains("草稿") } == 1)
  }

  @Test func aFinishedDraftIsNoDraftAnyMore() {
    var script = begun()
    script.type("4")
    script.press(.escape)
    openDraft(&script)
    script.type("1")
    script.press(.function(10), .enter)
    #expect(!script.text.contains("草稿"), "\(script.text)")
  }

  @Test func aDeletedRowStaysDeletedAfterARestart() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter, .pageDown)
    script.type("李四")
    script.press(.enter, .pageUp, .pageDown, .function(8))
    script.type("2")
    let rows = script.lines.filter { $0.contains("> ") || $0.contains("v ") }
    script.restart()
    openDraft(&script)
    #expect(script.lines.filter { $0.contains("> ") || $0.contains("v ") } == rows)
    #expect(script.text.contains("李四") && !script.text.contains("张三"), "\(script.text)")
  }

  /// The draft's row, wherever the list put it.
  func openDraft(_ script: inout KeyScript) {
    for (index, line) in script.lines.enumerated() where line.contains("草稿") && index > 1 {
      script.type(String(index - 1))
      script.press(.enter)
      return
    }
  }

  @Test func whatWasTypedAndNotAcceptedComesBackToo() {
    var script = atFirstMember()
    script.type("张三")
    script.press(.enter)
    script.type("130599")
    #expect(script.program.timeoutMilliseconds != nil)
    script.send(.terminal(.timeout))
    #expect(script.program.timeoutMilliseconds == nil, "nothing more to say: the program sleeps")
    script.restart()
    openDraft(&script)
    #expect(script.cursorLine.contains("130599"))
    #expect(script.cursorLine.contains("还差 12 位"))
  }

  @Test func textLeftStandingBeginsADraftByItself() {
    var script = atFirstMember()
    script.type("张")
    script.send(.terminal(.timeout))
    #expect(script.title.contains("本栏未确认"))
    script.restart()
    openDraft(&script)
    #expect(script.cursorLine.contains("张"), "\(script.text)")
  }

  @Test func aHangupKeepsWhatIsBeingTyped() {
    var script = atFirstMember()
    script.type("张")
    script.send(.terminal(.hangup(signal: 15)))
    #expect(script.laptop.hasQuit)
    #expect(script.laptop.drafts.count == 1)
  }

  // MARK: Finishing, amending, reading

  @Test func finishingGoesToTheFirstProblem() {
    var script = begun()
    script.press(.function(10))
    #expect(script.message.contains("要改") || script.message.contains("必填"), "\(script.text)")
    #expect(script.laptop.finished.isEmpty)
    #expect(script.cursorLine.contains("告知已读"))
  }

  /// Nobody was at home: the shortest visit there is.
  func finishedVisit() -> KeyScript {
    var script = begun()
    script.type("4")
    script.type("1")
    script.press(.function(10))
    return script
  }

  @Test func aShortVisitIsFinishedAndHasAReceipt() {
    var script = finishedVisit()
    #expect(script.text.contains("回执号") && script.text.contains("1305-0007"), "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("今日走访") && script.title.contains("待传 3"))
    #expect(script.lines.contains { $0.contains("王春梅") && $0.contains("已访") })
    #expect(script.laptop.drafts.isEmpty, "the draft is retired")
  }

  @Test func aRecordThatCannotBeWrittenLeavesTheVisitOpen() {
    var script = begun()
    script.type("4")
    script.type("1")
    script.laptop.finishFault = .diskFull
    script.press(.function(10))
    #expect(script.message == "未保存：磁盘满了，请先腾出空间")
    script.laptop.finishFault = nil
    script.press(.function(10))
    #expect(script.text.contains("回执号"))
  }

  @Test func aFinishedVisitIsAmendedWithAReason() {
    var script = finishedVisit()
    script.press(.enter)
    let row = script.lines.firstIndex { $0.contains("王春梅") } ?? 0
    script.type(String(row - 1))
    script.press(.enter)
    #expect(script.text.contains("3 更正"), "\(script.text)")
    script.type("3")
    script.type("原因写错")
    script.press(.enter)
    #expect(script.title.contains("更正"))
    script.press(.enter)
    script.type("2")
    script.press(.function(10))
    #expect(script.text.contains("回执号"), "\(script.text)")
    #expect(
      script.laptop.finished.last?.purpose == .amendment(of: "01900000-0000-7000-8000-000000000101", reason: "原因写错"))
    #expect(script.laptop.finished.last?.household == "h-wang")
  }

  @Test func aSupervisorReadsTheVisitWithMaskedNumbers() throws {
    var script = finishedVisit()
    script.laptop.workspace.identity.role = .supervisor
    script.restart()
    let row = try #require(script.lines.firstIndex { $0.contains("王*梅") })
    script.type(String(row - 1))
    script.press(.enter)
    #expect(script.title.contains("走访记录"))
    #expect(script.text.contains("未遇"))
    script.type("1")
    #expect(script.laptop.beeps > 0, "nothing can be typed into it")
    script.press(.function(12))
    #expect(script.laptop.unmasked == ["h-wang"])
    #expect(script.title.contains("号码已显示"))
    script.press(.down)
    #expect(!script.title.contains("号码已显示"))
  }
}
