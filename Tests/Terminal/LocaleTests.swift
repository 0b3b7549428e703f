// Locales, codesets and terminals of other kinds.

import Glibc
import Support
import Testing

@Suite struct LocaleTests {
  private func probe(_ environment: [String: String], isUTF8: Bool = true) throws -> Tty {
    let tty = try Tty(Program.path("TerminalProbe"), environment: environment, isUTF8: isUTF8)
    try tty.wait(for: "ready")
    return tty
  }

  @Test(arguments: [
    ["LANG": "C"], ["LANG": ""], ["LC_ALL": "POSIX"], ["LANG": "xx_YY.UTF-8"], ["LC_CTYPE": "nonsense"],
  ])
  func chineseWorksWhereNoLocaleIsSet(_ environment: [String: String]) throws {
    let tty = try probe(environment)
    tty.type("张三")
    try tty.wait(for: "[张三  ")
    try tty.wait("the cursor") { $0.cursor == (2, 17) }
  }

  @Test func noColorIsObeyed() throws {
    let plain = try Tty(Program.path("TerminalProbe"), ["keys"], environment: ["NO_COLOR": "1"])
    try plain.wait(for: "ready colour=false")
    let coloured = try Tty(Program.path("TerminalProbe"), ["keys"])
    try coloured.wait(for: "ready colour=true")
    let tty = try probe(["NO_COLOR": "1"])
    let row = try #require(tty.row(of: "ready"))
    #expect(tty.cell(row, 1)?.isBold == true)
    #expect((0..<tty.rows).allSatisfy { row in (0..<tty.columns).allSatisfy { tty.cell(row, $0)?.hasColour == false } })
    let other = try probe([:])
    #expect(other.cell(row, 1)?.hasColour == true)
  }

  @Test func terminalWithoutCursorAddressingIsRefused() throws {
    let tty = try Tty(Program.path("TerminalProbe"), environment: ["TERM": "dumb"])
    #expect(try tty.waitForExit() == .code(1))
    #expect(tty.text.contains(#"cannotServe(term: "dumb")"#))
    #expect(tty.modes.isSuperset(of: .sane))
  }

  @Test func noTerminalIsRefused() throws {
    let tty = try Tty("/bin/sh", ["-c", "\(Program.path("TerminalProbe")) < /dev/null"])
    #expect(try tty.waitForExit() == .code(1))
    #expect(tty.text.contains("notATerminal"))
  }

  // MARK: Codesets made for the test

  static let localedef = "/usr/bin/localedef"
  static let canMakeLocales =
    unsafe access(localedef, X_OK) == 0 && access("/usr/share/i18n/locales/zh_CN", R_OK) == 0
    && access("/usr/share/i18n/charmaps/GB18030.gz", R_OK) == 0

  private func locale(_ language: String, _ codeset: String, in directory: String) throws -> [String: String] {
    let made = try Tty(Self.localedef, ["-f", codeset, "-i", language, "\(directory)/\(language).\(codeset)"])
    // 1 means made, with warnings.
    // A second on a quiet machine; GB18030 has 63,000 characters.
    let exit = try made.waitForExit(patience: .seconds(120))
    try #require(exit == .code(0) || exit == .code(1), "localedef: \(made.text)")
    return ["LOCPATH": directory, "LC_ALL": "\(language).\(codeset)"]
  }

  @Test(
    .enabled(if: canMakeLocales, "localedef or its sources are missing (package locales): GB codesets are not tested"),
    arguments: ["GB18030", "GBK", "GB2312"])
  func chineseCodesetsWork(_ codeset: String) throws {
    let directory = try TemporaryDirectory()
    let tty = try probe(try locale("zh_CN", codeset, in: directory.path), isUTF8: false)
    tty.drain(pauseMilliseconds: 30)
    let before = tty.output.count
    // 张 三 and the middle dot, which is two columns wide in these codesets; the dot's bytes come in two writes.
    tty.send(bytes: [0xD5, 0xC5, 0xC8, 0xFD, 0xA1])
    tty.send(bytes: [0xA4])
    try tty.wait("the cursor behind three wide characters") { $0.cursor == (2, 19) }
    #expect(Array(tty.output[before...]) == [0xD5, 0xC5, 0xC8, 0xFD, 0xA1, 0xA4])
    tty.press(.backspace)
    try tty.wait("the cursor behind two") { $0.cursor == (2, 17) }
    tty.press(.control("q"))
    #expect(try tty.waitForExit() == .code(0))
    #expect(String(decoding: tty.output, as: UTF8.self).contains("张三 U+5F20 U+4E09"))
  }

  @Test(.enabled(if: canMakeLocales, "localedef or its sources are missing (package locales)"))
  func fourByteCharactersOfGB18030() throws {
    let directory = try TemporaryDirectory()
    let tty = try probe(try locale("zh_CN", "GB18030", in: directory.path), isUTF8: false)
    tty.send(bytes: [0x95, 0x32, 0x82, 0x36])
    tty.press(.control("q"))
    #expect(try tty.waitForExit() == .code(0))
    #expect(String(decoding: tty.output, as: UTF8.self).contains("U+20000"))
  }

  @Test(.enabled(if: canMakeLocales, "localedef or its sources are missing (package locales)"))
  func otherCodesetsAreRefusedByName() throws {
    let directory = try TemporaryDirectory()
    let environment = try locale("zh_TW", "BIG5", in: directory.path)
    let tty = try Tty(Program.path("TerminalProbe"), environment: environment)
    #expect(try tty.waitForExit() == .code(1))
    #expect(tty.text.contains(#"codeset("BIG5")"#))
  }
}
