// The stick: a cadre's day and a supervisor's evening with no county in reach, and what the county makes of it afterwards.

import Laptop
import Relief
import Support
import Testing

extension Journeys {
  @Suite struct Sticks {
    @Test("With no county in reach the stick is reached from the sync screen, without leaving the program or typing the passphrase again")
    func fromTheScreen() throws {
      let county = try TestCounty()
      let supervisor = try county.supervisor()
      let cadre = try county.cadre()
      try supervisor.sync()
      #expect(try county.stop() == .code(0))
      let sticks = try TemporaryDirectory()
      let stick = sticks.path + "/STICK"
      try Command.run("/bin/mkdir", [stick])
      let place = ["ZOUFANG_STICKS": sticks.path]

      let tty = try cadre.open(["--passphrase-file", cadre.passphraseFile], environment: place)
      try tty.waitForList()
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: "俺娘的药一个月三百多")
      tty.press(.enter)
      try tty.wait(title: "待传 1")
      func exchange(_ tty: Tty, _ said: String) throws {
        tty.press(.function(9))
        try tty.wait(for: "没有网，也能用 U 盘交给乡镇：按 2")
        tty.type("2")
        try tty.wait(for: "1 " + stick)
        tty.type("1")
        try tty.wait(for: "U 盘交换完了")
        try tty.wait(for: said)
        tty.press(.escape)
        try tty.waitForList()
      }
      try exchange(tty, "收到 0 条")
      #expect(try tty.quit() == .code(0))
      supervisor.clock = Day.evening
      let evening = try supervisor.open(["--passphrase-file", supervisor.passphraseFile], environment: place)
      try evening.waitForList()
      try exchange(evening, "收到 1 条")
      try evening.wait("the visit on the evening's list") { $0.text.contains("刘*芹") && $0.text.contains("王小明") }
      #expect(try evening.quit() == .code(0))
    }

    @Test("With no county in reach: a visit goes over the stick to the evening, comes back returned with its comment, and later nothing is there twice")
    func thereAndBack() throws {
      let county = try TestCounty()
      let supervisor = try county.supervisor()
      let cadre = try county.cadre()
      // The supervisor hears of the cadre, and then nobody reaches the county any more.
      try supervisor.sync()
      #expect(try county.stop() == .code(0))
      let stick = try TemporaryDirectory()

      let tty = try cadre.unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: "俺娘的药一个月三百多")
      tty.press(.enter)
      try tty.wait(title: "待传 1")
      #expect(try tty.quit() == .code(0))
      #expect(try cadre.exchange(over: stick.path).contains("U 盘交换完了"))
      let onStick = try Files.everything(below: stick.path).values.joined()
      for secret in ["刘凤芹", "药", "王小明", "130599100201"] { #expect(!onStick.contains(secret), "\(secret)") }

      // The same evening: on the list, in the search, and returned.
      supervisor.clock = Day.evening
      #expect(try supervisor.exchange(over: stick.path).contains("收到 1 条"))
      let evening = try supervisor.unlocked()
      try evening.wait("the visit on the evening's list") { $0.cursorLine.contains("刘*芹") && $0.cursorLine.contains("王小明") }
      try evening.read("刘*芹", to: "俺娘的药一个月三百多")
      try evening.select("刘*芹")
      evening.press(.enter)
      try evening.choose("退回")
      try evening.wait(for: "退回的理由：")
      evening.type("药费要看发票")
      evening.press(.enter)
      try evening.waitForList()
      #expect(try evening.quit() == .code(0))
      #expect(try supervisor.exchange(over: stick.path).contains("收到 0 条"))

      // The next morning it stands first, with what was written.
      cadre.clock = Day.nextMorning
      #expect(try cadre.exchange(over: stick.path).contains("收到 1 条"))
      let morning = try cadre.unlocked()
      try morning.wait("the returned visit first") { $0.line(2).contains("刘凤芹") && $0.line(2).contains("退回") }
      try morning.select("刘凤芹")
      morning.press(.enter)
      try morning.choose("更正上次走访")
      try morning.wait(for: "退回：药费要看发票")
      morning.press(.enter)
      try morning.wait(title: "更正")
      try morning.goTo("words")
      morning.press(.control("u"))
      try morning.answer(.text("受访人原话", "俺娘的药一个月五百多"))
      try morning.finish()
      morning.press(.enter)
      try morning.wait(title: "待传 2")
      #expect(try morning.quit() == .code(0))

      // The answer goes over the stick too.
      #expect(try cadre.exchange(over: stick.path).contains("收到 0 条"))
      #expect(try supervisor.exchange(over: stick.path).contains("收到 1 条"))
      let second = try supervisor.unlocked()
      try second.read("刘*芹", to: "俺娘的药一个月五百多", not: "三百多")
      #expect(try second.quit() == .code(0))

      // Then the county is there again.
      try county.restart()
      try cadre.sync()
      try supervisor.sync()
      try cadre.sync()
      for desk in [cadre, supervisor] {
        let laptop = try desk.laptop()
        defer { laptop.close() }
        #expect(laptop.register.households().allSatisfy { $0.entity.conflicts.isEmpty })
        #expect(laptop.pendingUploadCount == 0)
      }
      let late = try supervisor.unlocked()
      try late.wait(for: "刘*芹")
      #expect(late.text.split(separator: "\n").count { $0.contains("刘*芹") } == 1, "\(late.text)")
      #expect(try late.quit() == .code(0))
      #expect(try cadre.exchange(over: stick.path).contains("收到 0 条"))
    }

    @Test("Nobody who never synced exchanges, and a stick that is not there is said so")
    func sentences() throws {
      let county = try TestCounty()
      let cadre = try county.cadre()
      let nowhere = try cadre.exchange(over: cadre.directory.path + "/nowhere", exit: .code(1))
      #expect(nowhere.contains("请插好 U 盘"), "\(nowhere)")
      let stranger = try Desk()
      let options = ["--data", stranger.data, "--passphrase-file", stranger.passphraseFile]
      let code = try county.code(person: "p-new", name: "新来的", role: "cadre", scope: "130599100201")
      try Command.run("zoufang", ["enrol", county.address, code] + options)
      let stick = try TemporaryDirectory()
      let said = try stranger.exchange(over: stick.path, exit: .code(1))
      #expect(said.contains("请先联网同步一次"), "\(said)")
      #expect(try Files.everything(below: stick.path).isEmpty)
    }
  }
}

extension Desk {
  /// `zoufang sync --usb` on the command line; gives what it printed. The program must have ended.
  @discardableResult
  func exchange(over stick: String, exit: Tty.Exit = .code(0)) throws -> String {
    try Command.run("zoufang", ["sync", "--usb", stick, "--data", data, "--passphrase-file", passphraseFile], exit: exit)
  }
}
