// F2 beside an answer: a remark, or why a doubtful answer stands; and 回车确认, where nothing goes on by itself.

import Relief
import Terminal
import Testing
import XForm

@testable import Screens

@Suite struct RemarkTests {
  let form: VisitForm
  let visits: VisitTests

  init() throws {
    form = try Forms.shipped()
    visits = try VisitTests()
  }

  /// Nobody at home, with a remark on the reason.
  func remarked() -> KeyScript {
    var script = visits.begun()
    script.type("41")
    visits.at("未走访原因", &script)
    script.press(.function(2))
    #expect(script.text.contains("备注："), "\(script.text)")
    script.type("门锁着，邻居说去城里了")
    script.press(.enter)
    #expect(script.message == "备注已记下：随记录上报")
    return script
  }

  @Test func aRemarkIsSeenBesideItsField() {
    var script = remarked()
    #expect(script.title.contains("已保存"))
    script.press(.enter)
    #expect(script.lines.contains { $0.contains("未走访原因") && $0.contains("(备注)") }, "\(script.text)")
    visits.at("未走访原因", &script)
    #expect(script.message == "备注：门锁着，邻居说去城里了")
    script.press(.function(2), .control("u"), .enter)
    #expect(script.message == "备注已去掉")
    #expect(!script.text.contains("(备注)") && script.program.visit?.remarks == [])
    script.press(.control("z"))
    #expect(script.program.visit?.remarks.count == 1)
  }

  @Test func whatIsTypedInTheFieldStays() {
    var script = visits.begun()
    script.type("41")
    visits.at("建议", &script)
    script.type("过几天")
    script.press(.function(2))
    script.type("电话打不通")
    script.press(.enter)
    #expect(script.cursorLine.contains("过几天"), "\(script.text)")
    script.press(.function(2), .escape)
    #expect(script.cursorLine.contains("过几天"))
  }

  @Test func aRemarkReplays() {
    var script = remarked()
    let before = script.program.visit?.remarks
    #expect(before?.count == 1)
    script.restart()
    visits.openDraft(&script)
    #expect(script.program.visit?.remarks == before)
    script.press(.control("z"))
    #expect(script.program.visit?.remarks == [])
  }

  @Test func aRemarkReachesTheSupervisorAndSurvivesAnAmendment() throws {
    var script = remarked()
    script.press(.function(10), .enter)
    let visit = try #require(script.laptop.workspace.register.visits(of: "h-wang").first)
    let notes = [
      VisitNote(path: "/household-visit/heading/not_met_reason", kind: .remark, text: "门锁着，邻居说去城里了")
    ]
    #expect(visit.notes == notes)
    let session = try Session(
      form.definition, surroundings: Village.surroundings, resuming: Array((script.laptop.submissions[visit.record] ?? "").utf8))
    let read = ReadScreen(session, household: "h-wang", headline: "", notes: visit.notes)
    let index = try #require(read.lines.firstIndex { $0.label == "未走访原因" })
    #expect(read.lines[index + 1].value == "备注：门锁着，邻居说去城里了")

    script.send(.terminal(.key(.function(3))))
    script.type("wcm")
    script.press(.enter)
    let acts = HouseholdScreen("h-wang").acts(script.laptop.current)
    script.type(String(try #require(acts.firstIndex { if case .amend = $0 { true } else { false } }) + 1))
    script.type("原因写错")
    script.press(.enter, .enter)
    script.type("2")
    script.press(.escape)
    script.restart()
    let row = try #require(script.lines.firstIndex { $0.contains("更正：") })
    script.type(String(row - 1))
    script.press(.enter, .function(10))
    #expect(script.laptop.workspace.register.visits(of: "h-wang").first?.notes == notes, "\(script.text)")
  }

  @Test func aForcedAnswerIsReadToo() {
    let forced = VisitNote(path: "/x", kind: .forced(check: "号段少见：请核对"), text: "户口本如此")
    #expect(forced.sentence == "强制通过：号段少见：请核对。理由：户口本如此")
    #expect(VisitNote(path: "/x", kind: .forced(check: "号段少见"), text: "").sentence == "存疑未说明：号段少见")
  }

  // MARK: 回车确认

  func confirming() -> KeyScript {
    var workspace = Village.workspace(form)
    workspace.confirmsEveryField = true
    return KeyScript(workspace)
  }

  @Test func withConfirmationNothingGoesOnByItself() {
    var script = confirming()
    script.press(.control("f"))
    script.type("zhuge")
    script.press(.enter)
    let first = script.cursorLine.prefix(20)
    script.type("2")
    #expect(script.cursorLine.hasPrefix(first) && script.cursorLine.contains("[ 2]"), "\(script.text)")
    #expect(script.title.contains("本栏未确认"))
    script.type("1")
    script.press(.enter)
    #expect(!script.cursorLine.hasPrefix(first))
    script.press(.pageDown, .pageDown, .pageDown)
    script.type("张三")
    script.press(.enter)
    script.type("13059919491003002X")
    #expect(script.cursorLine.contains("身份证号"), "\(script.text)")
    script.press(.enter)
    #expect(!script.cursorLine.contains("身份证号"))
  }

  @Test func aPickThatWantsItsEnterIsNotedLikeText() {
    var script = confirming()
    script.type("2")
    script.press(.enter)
    script.type("4")
    script.press(.enter)
    script.type("3")
    script.send(.terminal(.timeout))
    script.restart()
    visits.openDraft(&script)
    #expect(script.cursorLine.contains("[ 3]") && script.title.contains("本栏未确认"), "\(script.text)")
    script.press(.enter)
    #expect(script.program.visit?.session.value(at: InstancePath("/household-visit/heading/not_met_reason") ?? InstancePath(steps: [])) == "refused")
  }
}
