// What of a visit is kept: after each answer, after a kill, and when it is finished, amended and read again.

import Relief
import Support
import Terminal
import Testing
import XForm

@testable import Screens

extension VisitTests {
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
    #expect(script.lines.contains { $0.contains("王春梅") && $0.contains("未遇") }, "nobody was met: still to be visited")
    #expect(script.title.contains("已访 1/4"))
    #expect(script.laptop.drafts.isEmpty, "the draft is retired")
  }

  @Test func aRecordThatCannotBeWrittenLeavesTheVisitOpen() {
    var script = begun()
    script.type("4")
    script.type("1")
    script.laptop.finishFault = .diskFull
    script.press(.function(10))
    #expect(script.message == "没有完成：请先腾出磁盘空间")
    script.laptop.finishFault = nil
    script.press(.function(10))
    #expect(script.text.contains("回执号"))
  }

  /// The reason of a check was accepted in the same moment as the record failed: both are said, and both are kept.
  @Test func aFailedFinishIsNeverSilent() {
    var script = begun()
    script.type("4")
    script.type("1")
    at("建议", &script)
    script.type("过几天再来")
    script.laptop.finishFault = .ioError
    script.press(.function(10))
    #expect(script.message == "没有完成：磁盘出错，请再试一次", "\(script.text)")
    #expect(script.title.contains("已保存"), "what was typed is an answer, and in the draft")
    script.restart()
    openDraft(&script)
    #expect(script.text.contains("过几天再来"), "\(script.text)")
  }

  /// What is accepted by finishing is in the draft before the record is made: afterwards there is no draft to write to.
  @Test func aFinishedVisitLeavesNoDraftBehind() {
    var script = begun()
    script.type("4")
    script.type("1")
    at("建议", &script)
    script.type("过几天再来")
    script.press(.function(10))
    #expect(script.text.contains("回执号"), "\(script.text)")
    #expect(script.laptop.drafts.isEmpty)
    #expect(script.laptop.finished.first?.submission.contains("过几天再来") == true)
  }

  @Test func picksOfAMultipleChoiceAreNotSavedUntilTheyAre() {
    var script = KeyScript(Village.workspace(form))
    script.type("3")
    script.press(.enter)
    script.type("11")
    at("现享受政策", &script)
    script.type("1")
    #expect(script.cursorLine.contains("享受哪些政策"), "\(script.text)")
    #expect(script.title.contains("已保存"))
    script.type("34")
    #expect(script.title.contains("本栏未确认"), "\(script.text)")
    let picks = script.cursorLine
    #expect(script.program.timeoutMilliseconds != nil)
    script.send(.terminal(.timeout))
    #expect(script.program.timeoutMilliseconds == nil)
    script.restart()
    openDraft(&script)
    #expect(script.cursorLine == picks, "\(script.text)")
    script.press(.enter)
    #expect(value("/household-visit/household/schemes", script)?.split(separator: " ").count == 2)
    #expect(script.title.contains("已保存"))
    // Taken back to what it was: nothing is open any more.
    at("享受哪些政策", &script)
    script.type("33")
    #expect(script.title.contains("已保存"))
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
    script.press(.enter, .character("7"))
    #expect(script.title.contains("走访记录"))
    #expect(script.text.contains("未遇"))
    script.type("1")
    #expect(script.laptop.beeps > 0, "nothing can be typed into it")
    script.press(.function(12), .character("1"))
    #expect(script.laptop.unmasked == ["h-wang"])
    #expect(script.title.contains("号码已显示"))
    script.press(.down)
    #expect(!script.title.contains("号码已显示"))
  }
}
