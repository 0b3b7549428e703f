// Windows: what happens to the terminal under the program: it changes its size, is closed, the program is told to go, stops,
// crashes. The shell that comes after must find the terminal as it left it, and the next start what was typed.

import Glibc
import Support
import Testing

extension Journeys {
  @Suite struct Window {
    @Test("The window changes its size in the middle of a field: nothing typed is lost, the cursor stays at the text")
    func resize() throws {
      let desk = try Desk()
      let tty = try desk.practice()
      try tty.openHousehold("刘凤芹")
      try tty.goToWords()
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
      try again.openDraft("刘凤芹")
      try again.goTo("notice_read")
      #expect(again.cursorLine.contains("是"))
    }

    @Test("A shell stops the program and goes on with it: the shell has its terminal meanwhile, the field its text after")
    func stopped() throws {
      let desk = try Desk()
      let tty = try Tty("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
      tty.companions = [desk]
      try tty.wait(for: "shell>")
      tty.type(([Program.path("zoufang"), "--practice"] + desk.arguments).joined(separator: " "))
      tty.press(.enter)
      try tty.wait(title: "今日走访")
      try begin(tty)
      tty.killForeground(SIGTSTP)
      try tty.wait("the shell, with the terminal given back") {
        $0.cursorLine.contains("shell>") && !$0.isAlternateScreen && $0.text.contains("Stopped")
      }
      tty.type("echo $((6 * 7)) $(stty -a | grep -c -w -- -echo); fg")
      tty.press(.enter)
      try tty.wait("the text again") { $0.isAlternateScreen && $0.cursorLine.contains("受访人原话") && $0.cursorLine.contains("张") }
      tty.type("三")
      try tty.wait("more of it") { $0.cursorLine.contains("张三") }
      tty.press(.enter)
      try tty.wait(at: "走访结论")
      tty.press(.escape)
      try tty.wait(title: "今日走访")
      tty.press(.escape)
      try tty.wait(for: "2 退出程序")
      tty.type("2")
      try tty.wait("the shell again") { $0.cursorLine.contains("shell>") && !$0.isAlternateScreen }
      #expect(tty.text.contains("42 0"), "echo was on while the shell had the terminal")
    }

    /// A visit in which two answers are accepted and a name is being typed.
    private func typing(_ desk: Desk) throws -> Tty {
      let tty = try desk.practice()
      try begin(tty)
      return tty
    }

    private func begin(_ tty: Tty) throws {
      try tty.openHousehold("刘凤芹")
      try tty.goToWords()
      tty.type("张")
      try tty.wait("the text") { $0.cursorLine.contains("张") }
    }

    /// The draft is on the list, and opens where it stood with the text that was not accepted yet.
    private func expectDraft(_ desk: Desk) throws {
      let again = try desk.practice()
      try again.openDraft("刘凤芹")
      try again.wait("the field with its text") { $0.cursorLine.contains("受访人原话") && $0.cursorLine.contains("张") }
    }
  }
}
