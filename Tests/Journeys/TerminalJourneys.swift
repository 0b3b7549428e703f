// Terminals: the same basic journey under other terminals, with tmux as the second, independent judge of what is on the screen,
// and in a GB18030 locale, where every width and every byte is another.

import Glibc
import Laptop
import Support
import Testing

extension Journeys {
  @Suite struct Terminals {
    @Test(
      "tmux sees the basic journey too: type, correct, finish",
      .enabled("tmux is missing: the second terminal is not tried") { await Tmux.isInstalled() },
      arguments: ["xterm-256color", "linux", "vt100"])
    func tmux(_ term: String) async throws {
      let desk = try Desk()
      let words = try PrintedForm.blank.get().question("words").number
      let method = try PrintedForm.blank.get().question("method").number
      try await Tmux.run(Program.path("zoufang"), ["--practice"] + desk.arguments, environment: ["TERM": term]) { tmux in
        try await tmux.wait(for: "今日走访")
        try await tmux.type("3")
        try await tmux.wait(at: "刘凤芹")
        try await tmux.press(.enter)
        try await tmux.wait(at: "走访方式")
        try await tmux.type("1")
        try await tmux.wait(at: "告知已读")
        // Ctrl-G is F6 on every terminal.
        try await tmux.press(.control("g"))
        try await tmux.wait(for: "跳到第几栏")
        try await tmux.type("\(words)")
        try await tmux.press(.enter)
        try await tmux.wait(at: "受访人原话")
        let start = try await tmux.cursor().column
        try await tmux.type("俺娘的药x")
        try await tmux.wait(at: "俺娘的药x", column: start + 9)
        try await tmux.press(.backspace, .backspace)
        try await tmux.wait(at: "俺娘的", column: start + 6)
        #expect(!(try await tmux.text()).contains("药"))
        try await tmux.press(.enter)
        try await tmux.wait(at: "走访结论")
        try await tmux.wait(for: "已保存")
        try await tmux.press(.control("g"))
        try await tmux.wait(for: "跳到第几栏")
        try await tmux.type("\(method)")
        try await tmux.press(.enter)
        try await tmux.wait(at: "走访方式")
        // Nobody at home after all: a finished visit.
        try await tmux.type("未遇")
        try await tmux.wait(for: "[未遇")
        try await tmux.press(.enter)
        try await tmux.wait(at: "未走访原因")
        try await tmux.type("1")
        try await tmux.wait(for: "] 家中无人")
        try await tmux.press(.control("s"))
        try await tmux.wait(for: "走访已完成")
        try await tmux.press(.enter)
        try await tmux.wait(for: "待传 1")
        try await tmux.press(.escape)
        try await tmux.wait(for: "2 退出程序")
        try await tmux.type("2")
        try await tmux.wait("the screen given back") { _ in try await !tmux.isAlternateScreen() }
      }
      let laptop = try desk.practiceLaptop()
      defer { laptop.close() }
      #expect(try laptop.visitsToday().count == 1)
    }

    static let localedef = "/usr/bin/localedef"
    static let canMakeLocales =
      Files.exists(localedef) && Files.exists("/usr/share/i18n/locales/zh_CN")
      && Files.exists("/usr/share/i18n/charmaps/GB18030.gz")

    @Test(
      "In a GB18030 locale the keys are GB bytes, the screen is GB bytes, and the record is the same UTF-8",
      .enabled(if: canMakeLocales, "localedef or its sources are missing (package locales): GB18030 is not tried"))
    func gb18030() throws {
      let locales = try TemporaryDirectory()
      let made = try Tty(Self.localedef, ["-f", "GB18030", "-i", "zh_CN", locales.path + "/zh_CN.GB18030"])
      // 1 means made, with warnings.
      let exit = try made.waitForExit(patience: .seconds(120))
      try #require(exit == .code(0) || exit == .code(1), "localedef: \(made.text)")

      let desk = try Desk()
      let tty = try desk.open(
        ["--practice"], environment: ["LOCPATH": locales.path, "LC_ALL": "zh_CN.GB18030"], isUTF8: false)
      // libvterm is told that a byte is a column, which every two-byte character of GB18030 is, and drops the high bit.
      try tty.wait("今日走访 in GB18030") { $0.line(0).contains(GB.shown("今日走访")) }
      tty.type(try tty.rowNumber(of: GB.shown("刘凤芹")))
      tty.press(.enter)
      try tty.wait("the first field") { $0.cursorLine.contains(GB.shown("走访方式")) }
      tty.type("1")
      try tty.wait("the next") { $0.cursorLine.contains(GB.shown("告知已读")) }
      tty.press(.function(6))
      tty.type("\(try PrintedForm.blank.get().question("words").number)")
      tty.press(.enter)
      try tty.wait("the words") { $0.cursorLine.contains(GB.shown("受访人原话")) }
      let start = tty.cursor.column
      // The middle dot is two columns wide here; the last character comes in two writes.
      let bytes = GB.bytes("阿卜杜拉·药")
      tty.send(bytes: Array(bytes.dropLast()))
      tty.send(bytes: [bytes[bytes.count - 1]])
      try tty.wait("six wide characters") { $0.cursor.column == start + 12 && $0.cursorLine.contains(GB.shown("阿卜杜拉·药")) }
      tty.press(.backspace)
      try tty.wait("five") { $0.cursor.column == start + 10 }
      tty.press(.enter)
      try tty.wait("the next section") { $0.cursorLine.contains(GB.shown("走访结论")) }
      tty.kill(SIGKILL)
      _ = try tty.waitForExit()

      // The draft is UTF-8: it opens in a UTF-8 locale as it was typed.
      let again = try desk.practice()
      try again.openDraft("刘凤芹")
      try again.wait(at: "走访结论")
      try again.goTo("words")
      #expect(again.cursorLine.contains("阿卜杜拉·"))
    }
  }
}

extension Tmux {
  /// Until the row of the cursor shows this text, and the cursor stands in this column where one is named.
  fileprivate func wait(at label: String, column: Int? = nil) async throws {
    try await wait("the cursor at \(label), column \(column ?? -1)") { _ in
      let lines = try await lines()
      let cursor = try await cursor()
      return lines.indices.contains(cursor.row) && lines[cursor.row].contains(label)
        && cursor.column == column ?? cursor.column
    }
  }
}

/// Text in GB18030, by the C library.
enum GB {
  static func bytes(_ text: String) -> [UInt8] {
    let converter = unsafe iconv_open("GB18030", "UTF-8")
    defer { unsafe iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 2 + 4)
    var (inputLeft, outputLeft) = (input.count, output.count)
    unsafe input.withUnsafeMutableBufferPointer { from in
      unsafe output.withUnsafeMutableBufferPointer { to in
        var (source, target) = (from.baseAddress, to.baseAddress)
        _ = unsafe iconv(converter, &source, &inputLeft, &target, &outputLeft)
      }
    }
    return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
  }

  /// The bytes as a terminal of seven-bit characters shows them.
  static func shown(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes(text) { scalars.append(Unicode.Scalar(byte & 0x7F)) }
    return String(scalars)
  }
}
