// Windows: what happens to the terminal under the program: it changes its size, is closed, the program is told to go, stops,
// crashes. The shell that comes after must find the terminal as it left it, and the next start what was typed.

import Glibc
import Support
import Testing

extension Journeys {
  @Suite struct Window {
    @Test("The window changes its size in the middle of a field: nothing typed is lost, the cursor stays at the text")
    func resize() throws {
      let tty = try Desk().practice()
      try tty.openHousehold(3)
      tty.type("13")
      try tty.wait(at: "告知已读")
      try tty.goTo(102, "受访人原话")
      tty.type("俺娘的药一个月")
      try tty.wait("the text") { $0.cursorLine.hasSuffix("俺娘的药一个月") }

      tty.resize(rows: 40, columns: 132)
      try tty.wait("the text and the hint bar in the large window") {
        $0.cursorLine.hasSuffix("俺娘的药一个月") && ($0.line(38) + $0.line(39)).contains("Ctrl-Z")
      }
      tty.resize(rows: 20, columns: 60)
      try tty.wait("the text in the small window") {
        $0.cursorLine.hasSuffix("俺娘的药一个月") && $0.line(18).contains("Enter")
      }
      // Below 60x18 one sentence is all there is, and keys still reach the field behind it.
      tty.resize(rows: 17, columns: 59)
      try tty.wait(for: "窗口太小：请放大到 60x18 以上")
      #expect(!tty.text.contains("俺娘"))
      tty.type("三百多")
      tty.resize(rows: 24, columns: 80)
      try tty.wait("the text with what was typed meanwhile") { $0.cursorLine.hasSuffix("俺娘的药一个月三百多") }
      tty.press(.enter)
      try tty.wait(at: "走访结论")
      #expect(tty.title.contains("已保存"))
    }

    @Test("SIGTERM: the terminal is given back, the exit is 0, and what was typed is in the draft", arguments: [SIGTERM, SIGHUP, SIGINT])
    func toldToGo(_ signal: Int32) throws {
      let desk = try Desk()
      let tty = try typing(desk)
      #expect(!tty.modes.contains(.echo) && tty.isAlternateScreen)
      tty.kill(signal)
      #expect(try tty.waitForExit() == .code(0))
      #expect(tty.modes.isSuperset(of: .sane))
      #expect(!tty.isAlternateScreen && tty.isCursorVisible)
      try expectDraft(desk)
    }

    @Test("The window is closed: the program ends, and what was typed is in the draft")
    func windowClosed() throws {
      let desk = try Desk()
      let tty = try typing(desk)
      tty.hangUp()
      #expect(try tty.waitForExit() == .code(0))
      try expectDraft(desk)
    }

    @Test("A crash leaves a sane terminal and everything accepted", arguments: [SIGSEGV, SIGILL, SIGABRT])
    func crash(_ signal: Int32) throws {
      // No key, file or answer of the network is known to cause a Swift trap, so the signal a trap raises is sent instead;
      // a real trap is tried with TerminalProbe in Tests/Terminal.
      let desk = try Desk()
      let tty = try typing(desk)
      tty.kill(signal)
      #expect(try tty.waitForExit() == .signal(signal))
      #expect(tty.modes.isSuperset(of: .sane))
      #expect(!tty.isAlternateScreen && tty.isCursorVisible)
      let again = try desk.practice()
      again.type("1")
      again.press(.enter)
      try again.wait("an open visit") { $0.title.contains("刘凤芹") }
      try again.goTo(3, "告知已读")
      #expect(again.text.contains("[ 1] 是"))
    }

    @Test("A shell stops the program and goes on with it: the shell has its terminal meanwhile, the field its text after")
    func stopped() throws {
      let tty = try typing(try Desk())
      tty.kill(SIGTSTP)
      try tty.wait("the terminal given back") { !$0.isAlternateScreen && $0.modes.isSuperset(of: .sane) }
      tty.kill(SIGCONT)
      try tty.wait("the text again") { $0.isAlternateScreen && $0.cursorLine.contains("张") }
      #expect(!tty.modes.contains(.echo))
    }

    /// A visit in which two answers are accepted and a name is being typed.
    private func typing(_ desk: Desk) throws -> Tty {
      let tty = try desk.practice()
      try tty.openHousehold(3)
      tty.type("11")
      try tty.wait(at: "受访人与户主关系")
      try tty.goTo(102, "受访人原话")
      tty.type("张")
      try tty.wait("the text") { $0.cursorLine.contains("张") }
      return tty
    }

    /// The draft is on the list, and opens where it stood with the text that was not accepted yet.
    private func expectDraft(_ desk: Desk) throws {
      let again = try desk.practice()
      #expect(again.line(2).contains("草稿") && again.line(2).contains("刘凤芹"))
      again.type("1")
      again.press(.enter)
      try again.wait("the field with its text") { $0.cursorLine.contains("受访人原话") && $0.cursorLine.contains("张") }
    }
  }
}
