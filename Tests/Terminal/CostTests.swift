// What a key costs on the line, and that waiting costs nothing.

import Support
import Testing

@Suite struct CostTests {
  private func quietProbe() throws -> Tty {
    let tty = try Tty(Program.path("TerminalProbe"))
    try tty.wait(for: "ready")
    tty.drain()
    return tty
  }

  @Test func asciiKeyIsOneByteAndAChineseOneThree() throws {
    let tty = try quietProbe()
    for (index, text) in ["a", "b", "张", "三", "7"].enumerated() {
      let before = tty.outputCount
      tty.type(text)
      try tty.wait("\(text) on the screen") { $0.text.contains(["[a", "[ab", "[ab张", "[ab张三", "[ab张三7"][index]) }
      tty.drain(pauseMilliseconds: 30)
      #expect(tty.outputCount - before == text.utf8.count)
    }
  }

  @Test func arrowIsOneByte() throws {
    let tty = try quietProbe()
    tty.type("ab")
    try tty.wait(for: "[ab")
    tty.drain(pauseMilliseconds: 30)
    let before = tty.outputCount
    tty.press(.left)
    try tty.wait("the cursor") { $0.cursor == (2, 14) }
    tty.drain(pauseMilliseconds: 30)
    #expect(tty.outputCount - before == 1)
  }

  @Test func waitingWritesNothingAndWakesNobody() throws {
    let tty = try quietProbe()
    tty.type("a")
    try tty.wait(for: "[a")
    tty.drain(pauseMilliseconds: 50)
    let before = switches(tty.process)
    #expect(tty.drain(pauseMilliseconds: 400) == 0)
    #expect(before != nil && switches(tty.process) == before)
  }

  /// How often the process has gone to sleep so far.
  private func switches(_ process: Int32) -> String? {
    TextFile.read("/proc/\(process)/status")?.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
      .map(String.init)
  }
}
