// Unlocking: the passphrase of an enrolled laptop.

import Support
import Testing

extension Journeys {
  @Suite struct Unlocking {
    @Test("A wrong passphrase says so, the third one has to wait, and the right one opens after all")
    func wrongPassphrase() throws {
      let county = try TestCounty()
      let desk = try county.cadre()
      let tty = try desk.open()
      try tty.wait(title: "解锁")
      func attempt(_ text: String) throws {
        let bells = tty.bells
        tty.type(text)
        tty.press(.enter)
        try tty.wait("an answer") { $0.bells > bells || $0.title.contains("今日走访") }
      }
      try attempt("不是这个口令")
      try tty.wait(for: "口令不对：请重新输入")
      #expect(!tty.text.contains("不是这个"), "a passphrase is never shown")
      try attempt("也不是这个口令")
      try tty.wait(for: "口令不对：请等")
      // While it waits even the right one is not tried; the seconds count down by themselves, without a key.
      tty.type(Desk.passphrase)
      tty.press(.enter)
      try tty.wait(for: "口令不对：请等")
      try tty.wait(for: "口令不对：请重新输入")
      tty.press(.control("u"))
      try attempt("还不是这个口令")
      try tty.wait(for: "请等 2 秒")
      try tty.wait(for: "口令不对：请重新输入")
      tty.type(Desk.passphrase)
      tty.press(.enter)
      try tty.wait(for: "张广田")
      #expect(try tty.quit() == .code(0))
    }
  }
}
