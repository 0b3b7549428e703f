// Stops, ends and crashes: the shell's terminal is given back in every case.

import Glibc
import Support
import Testing

@Suite struct SignalTests {
  private func probe() throws -> Tty {
    let tty = try Tty(Program.path("TerminalProbe"))
    try tty.wait(for: "ready")
    #expect(tty.isAlternateScreen)
    #expect(!tty.modes.contains(.echo) && !tty.modes.contains(.lines) && !tty.modes.contains(.signals))
    return tty
  }

  private func expectGivenBack(_ tty: Tty) {
    #expect(!tty.isAlternateScreen)
    #expect(tty.isCursorVisible)
    #expect(tty.modes.isSuperset(of: .sane))
    #expect(String(decoding: tty.output, as: UTF8.self).contains("\u{1B}[?2004l"))
  }

  @Test func ordinaryEnd() throws {
    let tty = try probe()
    tty.press(.control("q"))
    #expect(try tty.waitForExit() == .code(0))
    expectGivenBack(tty)
  }

  @Test(arguments: [(SIGTERM, 0), (SIGINT, 2), (SIGQUIT, 2), (SIGHUP, 2)] as [(Int32, Int32)])
  func signalsFromOutsideAreEvents(_ signal: Int32, _ code: Int32) throws {
    let tty = try probe()
    tty.type("张三")
    try tty.wait(for: "[张三")
    tty.kill(signal)
    #expect(try tty.waitForExit() == .code(code))
    expectGivenBack(tty)
    #expect(tty.text.contains("姓名=张三"))
  }

  @Test func closedWindowIsAHangup() throws {
    let tty = try probe()
    tty.hangUp()
    #expect(try tty.waitForExit() == .code(2))
  }

  @Test(arguments: [5, 6, 7]) func crashGivesTheTerminalBack(_ function: Int) throws {
    let tty = try probe()
    tty.press(.function(function))
    let exit = try tty.waitForExit()
    guard case .signal(let signal) = exit else {
      Issue.record("ended with \(exit)")
      return
    }
    #expect(function == 7 ? signal == SIGABRT : function == 6 ? signal == SIGSEGV : [SIGILL, SIGTRAP].contains(signal))
    expectGivenBack(tty)
  }

  @Test(arguments: [SIGTSTP, SIGSTOP]) func stopAndGoOn(_ signal: Int32) throws {
    let tty = try Tty("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try tty.wait(for: "shell>")
    tty.type("\(Program.path("TerminalProbe"))\n")
    try tty.wait(for: "ready")
    tty.type("张三")
    try tty.wait(for: "[张三")
    tty.killForeground(signal)
    try tty.wait(for: "Stopped")
    if signal == SIGTSTP {
      #expect(!tty.isAlternateScreen)
      #expect(tty.isCursorVisible)
    }
    tty.type("fg\n")
    try tty.wait(for: "resumed")
    #expect(tty.isAlternateScreen)
    #expect(!tty.modes.contains(.echo) && !tty.modes.contains(.lines))
    tty.type("丰")
    try tty.wait(for: "[张三丰")
    try tty.wait("the cursor") { $0.cursor == (2, 19) }
    try tty.wait("the last row") { $0.line(23).contains("帮助") }
    tty.paste("甲\n乙")
    try tty.wait(for: "pasted")
    tty.press(.control("q"))
    try tty.wait(for: "姓名=张三丰甲 乙")
    #expect(!tty.isAlternateScreen)
  }

  @Test func windowChangedWhileStopped() throws {
    let tty = try Tty("/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try tty.wait(for: "shell>")
    tty.type("\(Program.path("TerminalProbe"))\n")
    try tty.wait(for: "ready")
    tty.killForeground(SIGTSTP)
    try tty.wait(for: "Stopped")
    tty.resize(rows: 30, columns: 100)
    tty.type("fg\n")
    try tty.wait(for: "size 30x100")
    try tty.wait("the last row") { $0.line(29).contains("帮助") }
  }
}
