// 核对录入: what was written on paper is typed a second time, and the supervisor reads what the paper says.

import Glibc
import Support
import Testing

extension Journeys {
  @Suite struct Verifying {
    @Test("A mistyped answer is found by the second typing, which a kill does not lose; the supervisor sees what is right, and 已核对")
    func verified() throws {
      let county = try TestCounty()
      let supervisor = try county.supervisor()
      let cadre = try county.cadre()
      let tty = try cadre.unlocked()
      try tty.openHousehold("李文海")
      try tty.answer(.choice("走访方式", "未遇"))
      try tty.answer(.choice("未走访原因", "拒访"))
      try tty.finish()
      tty.press(.enter)
      try tty.waitForList()

      try tty.select("李文海")
      tty.press(.enter)
      try tty.choose("核对录入")
      try tty.wait(title: "[第二遍]")
      #expect(!tty.text.contains("拒访"), "nothing of the first typing: \(tty.text)")
      try tty.answer(.choice("走访方式", "未遇"))
      try tty.answer(.choice("未走访原因", "家中无人"))
      try tty.wait(title: "已保存")
      tty.kill(SIGKILL)
      #expect(try tty.waitForExit() == .signal(SIGKILL))

      let again = try cadre.unlocked()
      try again.wait("the draft as what it is") { tty in tty.row(of: "核对录入") != nil }
      again.type(try again.rowNumber(of: "核对录入"))
      again.press(.enter)
      try again.wait(title: "[第二遍]")
      again.press(.function(10))
      try again.wait("the one difference, both values") { tty in
        tty.title.contains("不同 1 处") && tty.cursorLine.contains("拒访") && tty.cursorLine.contains("家中无人")
      }
      again.type("2")
      try again.wait(for: "都选好了：F10 完成核对")
      again.press(.function(10))
      try again.wait(for: "不同 1 处，改正 1 处：已核对")
      try again.waitForList()
      // The visit and its amendment: no second visit.
      try again.sync(pushed: 2)
      #expect(try again.quit() == .code(0))

      supervisor.clock = Day.evening
      let evening = try supervisor.unlocked()
      try evening.sync(pushed: 0)
      try evening.wait("one visit, typed twice") { tty in
        tty.title.contains("已审 0/1") && tty.row(of: "李*海").map { tty.line($0).contains("已核对") } ?? false
      }
      try evening.select("李*海")
      evening.press(.enter)
      try evening.wait(for: "录第二遍，不同 1 处，改正 1 处")
      evening.press(.escape)
      try evening.read("李*海", to: "家中无人", not: "拒访")
      #expect(try evening.quit() == .code(0))
    }
  }
}
