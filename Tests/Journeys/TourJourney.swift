// The tour: the whole day through the real programs, with the screens kept for docs/tour.md.

import Glibc
import Support
import Testing
import XForm

extension Journeys {
  @Suite struct Touring {
    private static let introduction = """
      # A day with zoufang

      Written by `script/tour` from the real programs in a terminal of 24 rows and 80 columns; do not edit it. Every run of the journeys types
      the same day and compares, so this page is never older than the screens.

      Everybody here is made up. The day is 2026-11-24 because the programs were told so (`--clock`). Two things differ from run to run and are
      written alike here: the four digits in the middle of a receipt number, which are the laptop's own, and the minute in which the visit was
      finished.

      """

    /// Lines of the paper after which the page shows the screen, with its sentence.
    private static let stops = [
      ("/heading/form_number", "Digits choose; a choice with one digit goes on by itself. Typed so far: how, whether the notice was read, who spoke."),
      ("/four/emergency", "The four kinds of hardship: 有 opens the questions behind it."),
      ("/members/member[1]/id_number", "A member: sex, birth and age come from the ID number."),
    ]

    /// The power fails after this line.
    private static let lastSaved = "/members/member[2]/education"

    @Test("docs/tour.md is what the programs show")
    func tour() throws {
      let county = try TestCounty()
      let supervisor = try county.supervisor()
      let cadre = try county.cadre()
      var tour = Tour(Self.introduction)
      try type(cadre, &tour)
      try sync(cadre, &tour)
      supervisor.clock = Day.evening
      try judge(supervisor, &tour)
      try tour.check()
    }

    // MARK: The cadre

    /// Offline all the while: the county's server is down.
    private func type(_ cadre: Desk, _ tour: inout Tour) throws {
      #expect(try #require(cadre.county).stop() == .code(0))
      tour.chapter("Morning: the cadre's laptop, without a network")
      let tty = try unlock(cadre, &tour)
      try beginHousehold(tty, &tour)
      let lines = try PaperLine.read()
      let end = try #require(lines.firstIndex { $0.path.description.hasSuffix(Self.lastSaved) })
      var typist = try PaperTypist(tty)
      try type(lines[...end], by: &typist, &tour)
      try tty.wait(title: "已保存")
      tour.show("In the middle of the second member. 已保存: everything accepted is on the disk.", tty)
      let before = tty.text

      tour.chapter("The power fails (kill -9)")
      tty.kill(SIGKILL)
      #expect(try tty.waitForExit() == .signal(SIGKILL))
      cadre.clock = Day.afterCrash
      let again = try cadre.unlocked()
      tour.show("Started and unlocked again: the household stands on the list as 草稿.", again)
      try again.select("草稿")
      again.press(.enter)
      try again.wait("the same screen") { $0.text == before }
      tour.show("Enter opens it at the same field, with everything as it was.", again)

      typist.tty = again
      for line in lines[(end + 1)...] { try typist.type(line) }
      tour.show("The rest of the household is typed; the last section says how the paper was signed.", again)
      try again.finish()
      tour.show("F10 checks the whole form and finishes: the receipt, with the number for the printed form.", again)
      again.press(.enter)
      try again.wait(title: "今日走访")
      tour.show("Back at the list: one visit waits to be sent.", again)
      #expect(try again.quit() == .code(0))
    }

    private func unlock(_ cadre: Desk, _ tour: inout Tour) throws -> Tty {
      let tty = try cadre.open()
      try tty.wait(title: "解锁")
      tour.show("`zoufang` asks for the passphrase; what is typed is not shown.", tty)
      tty.type(Desk.passphrase)
      tty.press(.enter)
      try tty.waitForList()
      tour.show("今日走访, the list of the day: who, where, and why.", tty)
      return tty
    }

    private func beginHousehold(_ tty: Tty, _ tour: inout Tour) throws {
      tty.press(.function(3))
      try tty.wait(for: "姓名、拼音首字母或证号后四位")
      tty.type("周建民")
      try tty.wait("the name shown") { $0.cursorLine.contains("周建民") }
      tour.show("A family that is on no list stops the cadre: F3 searches the register, which does not have it.", tty)
      tty.press(.enter)
      try tty.wait(at: "走访方式")
      tour.show("Enter begins the form for a household that is added by hand.", tty)
    }

    private func type(_ lines: ArraySlice<PaperLine>, by typist: inout PaperTypist, _ tour: inout Tour) throws {
      for line in lines {
        try typist.type(line)
        if let stop = Self.stops.first(where: { line.path.description.hasSuffix($0.0) }) { tour.show(stop.1, typist.tty) }
      }
    }

    private func sync(_ cadre: Desk, _ tour: inout Tour) throws {
      tour.chapter("At the village office, with a network")
      try #require(cadre.county).restart()
      let printed = try cadre.sync()
      tour.show(
        "F9 in the list or this command sends what waits and fetches what is new.",
        command: "zoufang sync --passphrase-file passphrase", printed: printed)
    }

    // MARK: The supervisor

    private func judge(_ supervisor: Desk, _ tour: inout Tour) throws {
      tour.chapter("Evening: the township's supervisor")
      let printed = try supervisor.sync()
      tour.show(
        "The supervisor's own laptop fetches the day.", command: "zoufang sync --passphrase-file passphrase", printed: printed)
      let tty = try supervisor.unlocked()
      tour.show("审核, the evening's list: red first, then what was noticed. Names are masked, the screen stands on an open desk.", tty)
      try tty.select("周*民")
      tty.press(.enter)
      try tty.wait(for: "7 看全文")
      tour.show("Enter opens the visit: what was noticed, what changed since the visit before.", tty)
      tty.type("7")
      try tty.wait(title: "走访记录")
      tour.show("7 reads it whole, in the form's own words; numbers show their last four digits.", tty)
      let firstPage = tty.text
      tty.press(.pageDown)
      try tty.wait("the next page") { $0.text != firstPage }
      tour.show("PgDn turns the page.", tty)
      tty.press(.escape)
      try tty.wait(for: "7 看全文")
      tty.press(.function(5))
      try tty.wait(title: "已审 1/1")
      tour.show("F5 passes it. The verdict goes to the county with the next sync, and from there to the cadre.", tty)
      #expect(try tty.quit() == .code(0))
    }
  }
}
