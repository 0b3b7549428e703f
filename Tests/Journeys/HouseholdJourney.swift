// The main job whole: the household of four typed in the real terminal with its keys counted, and a repeat visit.

import Laptop
import Relief
import Support
import Testing
import XForm

extension Journeys {
  @Suite struct Household {
    @Test("A household of four costs at most 1.25 keys per unit of information, and the record holds every answer of the paper")
    func householdOfFour() throws {
      let lines = try PaperLine.read()
      let information = lines.map(\.information).reduce(0, +)
      #expect(try Tree.text(PaperLine.paper).contains("Information: **\(information)**"), "\(information): it says its sum, too")
      let desk = try Desk()
      let tty = try desk.practice()
      // Nobody has this household on a list.
      tty.press(.control("f"))
      try tty.wait(for: "姓名、拼音首字母或证号后四位")
      tty.type("诸葛")
      tty.press(.enter)
      try tty.wait(at: "走访方式")

      let before = tty.keys
      var typist = try PaperTypist(tty)
      for line in lines { try typist.type(line) }
      tty.press(.function(10))
      try tty.wait(title: "走访已完成")
      let keys = tty.keys - before
      let hundredths = (keys * 100 + information / 2) / information
      #expect(hundredths <= 125, "\(keys) keys for \(information) units of information: \(typist.surplus)")
      // docs/screens.md says the figure of the same typing without a terminal; here it costs no more.
      let said = try #require(try Tree.text("docs/screens.md").firstMatch(of: /\| (\d+) \| (\d+) \| 1\.\d\d \|/))
      #expect(Int(said.output.2) == information)
      #expect(keys <= Int(said.output.1) ?? 0, "\(keys) keys for \(information) units of information: \(typist.surplus)")
      tty.press(.enter)
      try tty.wait(title: "今日走访")
      #expect(try tty.quit() == .code(0))

      let laptop = try desk.practiceLaptop()
      defer { laptop.close() }
      let visits = try laptop.visitsToday()
      #expect(visits.count == 1)
      #expect(visits.first?.visit.clockTrusted == false, "a clock that was given is not vouched for")
      let kept = try Session(
        typist.form.session.form, surroundings: Surroundings(now: typist.form.now, random: { 7 }),
        resuming: Array(try #require(visits.first).submission.utf8))
      for line in lines where line.kind != "row" {
        let value = kept.value(at: line.path)
        #expect(value == line.value || value == line.value + ".0", "\(line.path)")
      }
    }

    @Test("A repeat visit without change costs at most 12 keys from the list to the receipt")
    func repeatVisit() throws {
      let desk = try TestCounty().cadre()
      let first = try desk.unlocked()
      try first.openHousehold("刘凤芹")
      try first.finishAtHome(words: "屋顶有点漏")
      first.press(.enter)
      try first.wait(title: "今日走访")
      #expect(try first.quit() == .code(0))

      desk.clock = Day.later
      let tty = try desk.unlocked()
      #expect(tty.cursorLine.contains("刘凤芹") && tty.cursorLine.contains("未访") && tty.cursorLine.contains("2026-11-24"))
      let before = tty.keys
      tty.press(.enter)
      try tty.wait(at: "走访方式")
      // 急难 is asked every time, the conclusion and the signature belong to this visit; all else is as it was.
      try tty.fill([.choice("D 急难或意外", "无"), .choice("走访结论", "未发现困难"), .choice("受访人签字", "签字")])
      try tty.finish()
      #expect(tty.keys - before <= 12, "\(tty.keys - before) keys")
      tty.press(.enter)
      try tty.wait(title: "待传 2")
    }
  }
}
