// The evening: what the township's supervisor does with a day of visits, and what the cadre finds the next time.

import Support
import Testing

extension Journeys {
  @Suite struct Evening {
    /// The day: one red visit, one that nobody should have ended so, two clean ones.
    private func day(_ cadre: Desk) throws {
      let tty = try cadre.unlocked()
      for head in ["李文海", "吴德顺", "沈大勇"] {
        try tty.openHousehold(head)
        try tty.finishNobodyAtHome()
        tty.press(.enter)
      }
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: "灶房昨晚烧了", result: "急难需立即救助")
      tty.press(.enter)
      try tty.sync(pushed: 4)
      #expect(try tty.quit() == .code(0))
    }

    @Test("Red first and only once it was seen, one returned with a comment, the clean ones in one key; the cadre amends, the supervisor reads it")
    func evening() throws {
      let county = try TestCounty()
      let supervisor = try county.supervisor()
      let cadre = try county.cadre()
      try day(cadre)

      supervisor.clock = Day.evening
      let evening = try supervisor.unlocked()
      try evening.sync(pushed: 0)
      try evening.wait("the red one first") { $0.line(2).contains("刘*芹") && $0.line(2).contains("待知悉") && $0.title.contains("红 1") }
      #expect(evening.cursorLine.contains("刘*芹"))
      try judgeRed(evening)
      try giveBack(evening, "李*海", because: "邻居说家里有人")
      try passClean(evening, count: 2)
      try evening.wait(title: "已审 4/4")
      try evening.sync(pushed: 5)

      // The cadre: what came back stands first, with what was written.
      cadre.clock = Day.nextMorning
      let morning = try cadre.unlocked()
      try morning.sync(pushed: 0)
      try morning.wait("the returned visit first") { $0.line(2).contains("李文海") && $0.line(2).contains("退回") }
      try morning.select("李文海")
      #expect(morning.cursorLine.contains("李文海"))
      morning.press(.enter)
      try morning.choose("更正上次走访")
      try morning.wait(for: "退回：邻居说家里有人")
      morning.press(.enter)
      try morning.wait(title: "更正")
      try morning.goTo("not_met_reason")
      try morning.answer(.choice("未走访原因", "拒访"))
      try morning.finish()
      morning.press(.enter)
      try morning.sync(pushed: 1)
      #expect(try morning.quit() == .code(0))

      // The supervisor, on that evening's list of the same day.
      try evening.sync(pushed: 0)
      try evening.wait("the answer to the return") { tty in
        tty.row(of: "李*海").map { tty.line($0).contains("退回已改") } ?? false
      }
      try evening.select("李*海")
      evening.press(.enter)
      try evening.wait(for: "答复退回：邻居说家里有人")
      #expect(evening.text.contains("拒访") || evening.text.contains("第一次走访"))
      evening.press(.escape)
      try evening.read("李*海", to: "拒访", not: "家中无人")
      evening.press(.function(5))
      try evening.wait(title: "已审 4/4")
      #expect(try evening.quit() == .code(0))
    }

    /// Passing it unseen is refused; 6 says it was seen, 1 passes it.
    private func judgeRed(_ tty: Tty) throws {
      tty.press(.function(5))
      try tty.wait(for: "红色的请先打开，按 6 知悉")
      tty.press(.enter)
      try tty.wait(for: "6 知悉")
      #expect(tty.text.contains("红色"))
      tty.type("6")
      try tty.wait("seen") { $0.text.contains("已知悉") && !$0.text.contains("6 知悉") }
      tty.type("1")
      try tty.wait(title: "已审 1/4")
    }

    private func giveBack(_ tty: Tty, _ head: String, because reason: String) throws {
      try tty.select(head)
      tty.press(.enter)
      try tty.choose("退回")
      try tty.wait(for: "退回的理由：")
      tty.type(reason)
      tty.press(.enter)
      try tty.wait(title: "已审 2/4")
    }

    /// F10 asks for a sample to be opened, and then passes all that are clean.
    private func passClean(_ tty: Tty, count: Int) throws {
      tty.press(.function(10))
      try tty.wait(for: "先抽查 1 户")
      tty.press(.enter)
      try tty.choose("看全文")
      try tty.wait(title: "走访记录")
      tty.press(.escape)
      try tty.wait(for: "7 看全文")
      tty.press(.escape)
      try tty.waitForList()
      tty.press(.function(10))
      try tty.wait(for: "已通过 \(count) 户")
    }
  }
}
