// Typing in a real terminal, as libvterm draws it.

import Support
@testable import Terminal
@testable import TerminalProbe
import Testing

@Suite struct ScreenTests {
  private func probe(
    _ environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws -> Tty {
    let tty = try Tty(
      Program.path("TerminalProbe"), environment: environment, rows: rows, columns: columns)
    try tty.wait(for: "ready")
    return tty
  }

  private static let poem = "白日依山尽黄河入海流欲穷千里目更上一层楼 abc 𠀀𠀁 阿卜杜拉·买买提"

  private func typed(_ tty: Tty) throws -> String {
    tty.press(.control("q"))
    #expect(try tty.waitForExit() == .code(0))
    return String(decoding: tty.output, as: UTF8.self)
  }

  @Test func chineseInOneBurst() throws {
    let tty = try probe()
    let text = String(repeating: Self.poem, count: 6)
    tty.type(text)
    #expect(try typed(tty).contains("姓名=\(text) U+"))
  }

  @Test func chineseByteByByte() throws {
    let tty = try probe()
    let text = String(repeating: Self.poem, count: 4)
    tty.typeByteByByte(text)
    #expect(try typed(tty).contains("姓名=\(text) U+"))
  }

  @Test func wideCharactersKeepTheRowAligned() throws {
    let tty = try probe()
    tty.type("张三a丰")
    try tty.wait(for: "[张三a丰")
    #expect(tty.line(2) == " 姓名       [张三a丰             ] 末")
    #expect(tty.cell(2, 13)?.width == 2)
    try tty.wait("the cursor") { $0.cursor == (2, 20) }
    tty.press(.backspace)
    try tty.wait(forGone: "丰")
    #expect(tty.line(2) == " 姓名       [张三a               ] 末")
    try tty.wait("the cursor") { $0.cursor == (2, 18) }
    tty.press(.left, .left, .backspace)
    try tty.wait(forGone: "张")
    #expect(tty.line(2) == " 姓名       [三a                 ] 末")
    try tty.wait("the cursor") { $0.cursor == (2, 13) }
    tty.press(.delete)
    try tty.wait(forGone: "三")
    #expect(tty.line(2) == " 姓名       [a                   ] 末")
  }

  @Test func unknownCharacterIsAMarkOnScreenAndItselfInData() throws {
    try #require(ct_unknown() != nil, "this C library knows every character that was tried")
    guard let unknown = ct_unknown() else { return }
    let tty = try probe()
    tty.type("张\(unknown)")
    try tty.wait(for: "张〓")
    try tty.wait("the cursor") { $0.cursor == (2, 17) }
    #expect(try typed(tty).contains("U+5F20 U+" + String(unknown.value, radix: 16, uppercase: true)))
  }

  /// A character of a new extension that the C library here has no width for.
  private func ct_unknown() -> Unicode.Scalar? {
    [0x31350, 0x2EBF0, 0x323B0].compactMap { Unicode.Scalar($0 as UInt32) }.first { Columns.locale.width(of: $0) < 0 }
  }

  @Test func firstCharacterReplacesAFilledField() throws {
    let tty = try probe()
    tty.press(.enter)
    tty.type("新")
    try tty.wait(for: "[新 ")
    #expect(!tty.text.contains("旧"))
  }

  @Test func pasteIsOneLine() throws {
    let tty = try probe()
    tty.paste("张三\r\n李四\u{1B}[A王五")
    try tty.wait(for: "pasted")
    #expect(tty.line(2).contains("[张三 李四王五"))
  }

  @Test func resizeInTheMiddleOfAField() throws {
    let tty = try probe()
    tty.type("张三")
    tty.resize(rows: 20, columns: 60)
    try tty.wait(for: "size 20x60")
    tty.type("丰")
    try tty.wait("the whole form at 20x60") {
      $0.line(0).contains("20x60") && $0.line(2).contains("[张三丰") && $0.line(19).contains("帮助")
        && $0.cursor == (2, 19)
    }
    tty.resize(rows: 50, columns: 150)
    try tty.wait("the whole form at 50x150") {
      $0.line(47).contains("size 50x150") && $0.line(49).contains("帮助") && $0.cursor == (2, 19)
    }
    tty.resize(rows: 10, columns: 40)
    try tty.wait(for: "窗口太小")
    tty.resize(rows: 24, columns: 80)
    try tty.wait("the field and the cursor again") { $0.line(2).contains("[张三丰") && $0.cursor == (2, 19) }
  }

  @Test func hugeTerminalIsClamped() throws {
    let tty = try probe(rows: 400, columns: 700)
    #expect(tty.line(0).contains("300x500"))
  }

  @Test func beepIsABell() throws {
    let tty = try probe()
    tty.press(.function(9))
    try tty.wait("a bell") { $0.bells == 1 }
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100", "no-such-terminal"])
  func everyRowOfRandomFrames(_ term: String) throws {
    let tty = try Tty(
      Program.path("TerminalProbe"), ["frames"], environment: ["TERM": term], rows: 20, columns: 61)
    for number in 0..<60 {
      var frame = RandomFrame.make(number, size: Size(rows: 20, columns: 61))
      frame.put("#\(number)# ", row: 0, column: 0)
      let wanted = (0..<20).map { frame.line($0) }
      try tty.wait("frame \(number):\n\(wanted.joined(separator: "\n"))") { tty in
        (0..<20).allSatisfy { tty.line($0) == wanted[$0] }
      }
      if let cursor = frame.cursor {
        try tty.wait("cursor at \(cursor)") { $0.cursor == (cursor.row, cursor.column) }
      }
      tty.type("n")
    }
  }

  @Test func cursorIsHiddenWhereAFrameHasNone() throws {
    let tty = try probe()
    #expect(tty.isCursorVisible)
    tty.resize(rows: 10, columns: 40)
    try tty.wait("a hidden cursor") { !$0.isCursorVisible }
    tty.resize(rows: 24, columns: 80)
    try tty.wait("a visible cursor") { $0.isCursorVisible }
  }
}
