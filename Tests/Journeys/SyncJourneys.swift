// Sync: from a finished visit on the cadre's laptop, over TLS to a live county server, to the supervisor who reads it.

import Support
import Testing

extension Journeys {
  @Suite struct Synchronising {
    static let words = "俺娘的药一个月三百多"

    @Test("First run: the laptop is enrolled through the screen with the code of the paper slip, and the list comes with the first sync")
    func firstRun() throws {
      let county = try TestCounty()
      let desk = try Desk()
      let tty = try desk.open()
      try tty.wait(title: "首次使用")
      tty.type("2")
      try tty.wait(for: "县服务器地址")
      tty.type("localhost:\(county.port)")
      tty.press(.enter)
      try tty.wait(for: "地址不对：应以 https:// 开头")
      tty.press(.control("u"))
      tty.type(county.address)
      tty.press(.enter)
      try tty.wait(at: "一次性登记码")
      tty.type(try county.cadreCode())
      tty.press(.enter)
      try tty.wait(at: "设一个口令")
      tty.type("短口令")
      tty.press(.enter)
      try tty.wait(for: "口令太短")
      tty.press(.control("u"))
      tty.type(Desk.passphrase)
      tty.press(.enter)
      try tty.wait(at: "再输一次口令")
      #expect(!tty.text.contains("示范镇"), "a passphrase is never shown")
      tty.type(Desk.passphrase)
      tty.press(.enter)
      try tty.wait(title: "今日走访")
      #expect(tty.text.contains("名单是空的"))
      try tty.sync(pushed: 0)
      try tty.wait(for: "张广田")
      #expect(try tty.quit() == .code(0))
      // The next start asks for the passphrase.
      let again = try desk.open()
      try again.wait(title: "解锁")
      again.type(Desk.passphrase)
      again.press(.enter)
      try again.wait(for: "张广田")
    }

    @Test("A code that was used already, or is no code, is refused in words, and what was typed stays")
    func badCode() throws {
      let county = try TestCounty()
      let desk = try Desk()
      let tty = try desk.open()
      try tty.wait(title: "首次使用")
      tty.type("2")
      try tty.wait(for: "县服务器地址")
      tty.type(county.address)
      tty.press(.enter)
      try tty.wait(at: "一次性登记码")
      func refused(_ code: String, _ sentence: String) throws {
        tty.press(.control("u"))
        tty.type(code)
        tty.press(.enter)
        try tty.wait("the refusal at the code") { $0.cursorLine.contains("一次性登记码") && $0.message.contains(sentence) }
        #expect(tty.cursorLine.contains(code))
      }
      // Both before a passphrase is asked for.
      try refused("ABCD-EFGH", "登记码不对、已用或过期：请核对登记条")
      let code = try county.cadreCode().uppercased()
      let last: Character = code.hasSuffix("0") ? "1" : "0"
      try refused(code.dropLast() + String(last), "登记码后16位不符：没打错就请停下")
      // A good code that the county does not know is refused when it is used; the passphrase is not asked for again.
      let unknown = (code.hasPrefix("0") ? "1" : "0") + code.dropFirst()
      tty.press(.control("u"))
      tty.type(unknown)
      tty.press(.enter)
      for label in ["设一个口令", "再输一次口令"] {
        try tty.wait(at: label)
        tty.type(Desk.passphrase)
        tty.press(.enter)
      }
      try tty.wait("the refusal at the code") { $0.cursorLine.contains("一次性登记码") && !$0.message.isEmpty }
      #expect(tty.message.contains("登记码不对、已用或过期：请核对登记条"), "\(tty.message)")
      tty.press(.control("u"))
      tty.type(code)
      tty.press(.enter)
      try tty.wait(title: "今日走访")
    }

    @Test("A visit typed offline is finished, synced, and read by the township's supervisor the same evening")
    func finishSyncRead() throws {
      let county = try TestCounty()
      let tty = try county.cadre().unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: Self.words)
      let receipt = try #require(tty.text.firstMatch(of: /20261124-\d{4}-\d{4}/), "\(tty.text)")
      #expect(receipt.output.hasSuffix("0001"))
      tty.press(.enter)
      try tty.wait(title: "待传 1")
      try tty.wait("the visit done on the list") { tty in tty.row(of: "刘凤芹").map { tty.line($0).contains("已访") } ?? false }
      try tty.sync(pushed: 1)
      try tty.wait(title: "无待传")
      #expect(try tty.quit() == .code(0))

      let evening = try county.supervisor().unlocked()
      try evening.wait("the visit on the evening's list") { $0.cursorLine.contains("刘*芹") && $0.cursorLine.contains("王小明") }
      #expect(!evening.text.contains("刘凤芹"), "names are masked on the list")
      try evening.read("刘*芹", to: Self.words)
      #expect(try evening.quit() == .code(0))
    }

    @Test("Sync with no server says so, loses nothing, and the next sync brings it; a second sync pushes nothing again")
    func serverAbsentThenTwice() throws {
      let county = try TestCounty()
      let cadre = try county.cadre()
      #expect(try county.stop() == .code(0))
      let tty = try cadre.unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishNobodyAtHome()
      tty.press(.enter)
      try tty.wait(title: "待传 1")
      try tty.failToSync("县服务器没有应答：请稍后再试")
      try tty.wait(title: "待传 1")

      try county.restart()
      try tty.sync(pushed: 1)
      try tty.sync(pushed: 0)
      #expect(try tty.quit() == .code(0))
      // The county has the record once, whatever was tried.
      let evening = try county.supervisor().unlocked()
      try evening.wait(for: "刘*芹")
      #expect(evening.text.split(separator: "\n").count { $0.contains("刘*芹") } == 1)
    }

    @Test("A finished visit is amended with a reason, and the supervisor sees the amended one")
    func amended() throws {
      let county = try TestCounty()
      let tty = try county.cadre().unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: Self.words)
      tty.press(.enter)
      try tty.sync(pushed: 1)
      let evening = try county.supervisor().unlocked()
      try evening.wait(for: "刘*芹")
      try evening.read("刘*芹", to: Self.words)

      try tty.select("刘凤芹")
      tty.press(.enter)
      try tty.choose("更正上次走访")
      try tty.wait(for: "更正的理由")
      tty.type("药费记错")
      tty.press(.enter)
      try tty.wait(title: "更正")
      try tty.goTo("words")
      tty.press(.control("u"))
      try tty.answer(.text("受访人原话", "俺娘的药一个月五百多"))
      try tty.finish()
      tty.press(.enter)
      try tty.sync(pushed: 1)

      try evening.sync(pushed: 0)
      try evening.wait(for: "刘*芹")
      #expect(evening.text.split(separator: "\n").count { $0.contains("刘*芹") } == 1, "\(evening.text)")
      try evening.read("刘*芹", to: "俺娘的药一个月五百多", not: Self.words)
    }
  }
}

extension Tty {
  /// From a list: sync to its end, with so many records pushed, and back to the list.
  func sync(pushed: Int) throws {
    press(.function(9))
    try wait("the end of the sync") { $0.text.contains("同步完成") || $0.text.contains("同步没有完成") }
    try wait(for: "上传 \(pushed) 条")
    try wait(for: "没有待传的了")
    press(.escape)
    try waitForList()
  }

  /// The same where it cannot be: the sentence that says why, and nothing is lost.
  func failToSync(_ sentence: String) throws {
    press(.function(9))
    try wait(for: sentence)
    #expect(text.contains("本机记录都在，下次接着传"))
    press(.escape)
    try waitForList()
  }

  /// On a screen of acts: types the digit in front of this one.
  func choose(_ act: String) throws {
    try wait(for: act)
    let screen = text
    let end = try #require(screen.firstRange(of: " " + act), "\(screen)").lowerBound
    type(String(screen[..<end].reversed().prefix { $0.isNumber }.reversed()))
  }

  /// From the supervisor's list: opens a household's visit, reads it whole down to these words, and comes back.
  func read(_ head: String, to words: String, not others: String? = nil) throws {
    try select(head)
    press(.enter)
    try choose("看全文")
    try wait(title: "走访记录")
    var pages = [text]
    while !pages[pages.count - 1].contains(words), pages.count < 16 {
      press(.pageDown)
      try wait("another page") { $0.text != pages[pages.count - 1] }
      pages.append(text)
    }
    #expect(pages.last?.contains(words) == true, "\(pages.joined(separator: "\n"))")
    if let others { #expect(!pages.contains { $0.contains(others) }) }
    for _ in 0..<3 where !title.contains("审核") || text.contains("看全文") {
      let before = text
      press(.escape)
      try wait("one step back") { $0.text != before }
    }
    try waitForList()
  }
}
