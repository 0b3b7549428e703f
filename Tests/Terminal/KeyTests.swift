// Keys in a real terminal: what bytes become which event.

import Support
import Testing

@Suite struct KeyTests {
  private func keys(_ environment: [String: String] = [:]) throws -> Tty {
    let tty = try Tty(Program.path("TerminalProbe"), ["keys"], environment: environment)
    try tty.wait(for: "ready")
    return tty
  }

  /// The rows after the first, which says "ready".
  private func names(_ tty: Tty) -> [String] {
    (1..<tty.rows).map { tty.line($0) }.filter { !$0.isEmpty }
  }

  static let table: [(Press, String)] = [
    (.enter, "key enter"), (.tab, "key tab"), (.backTab, "key backTab"), (.backspace, "key backspace"),
    (.delete, "key delete"), (.insert, "key insert"), (.up, "key up"), (.down, "key down"), (.left, "key left"),
    (.right, "key right"), (.home, "key home"), (.end, "key end"), (.pageUp, "key pageUp"),
    (.pageDown, "key pageDown"), (.control("c"), #"key control("c")"#), (.control("z"), #"key control("z")"#),
    (.control("s"), #"key control("s")"#), (.control("h"), "key backspace"), (.control("j"), "key enter"),
    (.bytes([0x7F]), "key backspace"), (.bytes([0]), "key unknown"), (.bytes([0x1C]), "key unknown"),
  ]

  @Test(arguments: ["xterm-256color", "linux", "vt100", "screen-256color", "no-such-terminal"])
  func everyKeyHasItsName(_ term: String) throws {
    let tty = try keys(["TERM": term])
    for (press, _) in Self.table { tty.press(press) }
    let wanted = Self.table.map(\.1)
    try tty.wait("\(wanted.count) keys") { names($0).count >= wanted.count }
    #expect(names(tty) == wanted)
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100"])
  func functionKeysOfEveryKindOfTerminal(_ term: String) throws {
    let tty = try keys(["TERM": term])
    for number in 1...12 where number != 5 && number != 6 && number != 7 { tty.press(.function(number)) }
    // PuTTY and rxvt, then the Linux console.
    tty.send(bytes: Array("\u{1B}[11~\u{1B}[14~\u{1B}[[A\u{1B}[[D".utf8))
    let wanted = ([1, 2, 3, 4, 8, 9, 10, 11, 12] + [1, 4, 1, 4]).map { "key function(\($0))" }
    try tty.wait("\(wanted.count) keys") { names($0).count >= wanted.count }
    #expect(names(tty) == wanted)
  }

  @Test func sequencesOfNoTableAreOneUnknownKeyAndNeverText() throws {
    let tty = try keys()
    tty.send(bytes: Array("\u{1B}[1;7Q\u{1B}[?99;3$y\u{1B}Oja".utf8))
    try tty.wait(for: "U+61")
    #expect(names(tty) == ["key unknown", "key unknown", "key unknown", "character U+61"])
  }

  @Test func escapeAloneIsAKey() throws {
    let tty = try keys()
    tty.press(.escape)
    try tty.wait(for: "key escape")
    #expect(names(tty) == ["key escape"])
  }

  @Test func escapeAndALetterAreTwoKeys() throws {
    let tty = try keys()
    tty.send(bytes: [0x1B, 0x61])
    try tty.wait(for: "U+61")
    #expect(names(tty) == ["key escape", "character U+61"])
  }

  @Test func sequenceSplitOverTwoReadsIsOneKey() throws {
    let tty = try keys(["ESCDELAY": "5000"])
    for byte in "\u{1B}[A\u{1B}[15~".utf8 {
      tty.send(bytes: [byte])
      tty.drain(pauseMilliseconds: 5)
    }
    try tty.wait(for: "function(5)")
    #expect(names(tty) == ["key up", "key function(5)"])
  }

  @Test func badBytesAreDroppedAndCostNoKey() throws {
    let tty = try keys()
    // A lead byte without its continuation; a byte that is none; a surrogate; an overlong slash; a cut character.
    tty.send(bytes: [0xE5, 0x41, 0xFF, 0x42, 0xED, 0xA0, 0x80, 0x43, 0xC0, 0xAF, 0x44, 0xE5, 0xBC])
    tty.type("张")
    try tty.wait(for: "U+5F20")
    #expect(
      names(tty) == ["character U+41", "character U+42", "character U+43", "character U+44", "character U+5F20"])
  }

  @Test func keyAfterHalfACharacterIsDelivered() throws {
    let tty = try keys()
    tty.send(bytes: [0xE5, 0xBC])
    tty.press(.up)
    try tty.wait(for: "key up")
    #expect(names(tty) == ["key up"])
  }

  @Test func characterSplitOverManyReads() throws {
    let tty = try keys()
    for byte in "张\u{20000}".utf8 {
      tty.send(bytes: [byte])
      tty.drain(pauseMilliseconds: 2)
    }
    try tty.wait(for: "U+20000")
    #expect(names(tty) == ["character U+5F20", "character U+20000"])
  }

  @Test func longPasteIsOneEventAndCut() throws {
    let tty = try keys()
    tty.paste(String(repeating: "中", count: 3000))
    try tty.wait(for: "paste")
    tty.type("x")
    try tty.wait(for: "U+78")
    #expect(names(tty) == ["paste 4095 bytes", "character U+78"])
  }

  @Test func wakeFromAThreadAndAWatchedPipe() throws {
    let tty = try Tty(Program.path("TerminalProbe"), ["watch"])
    try tty.wait(for: "closed")
    #expect(names(tty).contains("wake"))
    #expect(names(tty).filter { $0 != "wake" } == ["readable 42", "closed"])
  }
}
