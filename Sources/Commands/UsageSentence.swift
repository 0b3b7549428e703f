// What the argument parser says of a command that was written wrongly, and of how to write it, in Chinese: the parser knows English alone.
// Its sentences are few and fixed; each is recognised by its own words, and what somebody typed, or what an option is called, is passed
// through. A sentence that is not known stands as it is: better read in English than not at all.

public enum UsageSentence {
  /// - Parameter text: the parser's whole message: the sentence after `zoufang: `, help of the option, usage, where to read more.
  /// - Returns: the same in Chinese, ending with what to do.
  public static func chinese(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
  }

  // MARK: Lines

  private static func line(_ line: String) -> String {
    if let more = between("  See '", "' for more information.", line) { return "请照上面的用法改好再运行；每一项怎么写：\(more)" }
    if let rest = after("Usage: ", line) { return "用法：" + placeholders(rest) }
    if let rest = after("Help:  ", line) { return "说明：" + rest }
    if let rest = after("   or: ", line) { return "　或者：" + sentence(rest) }
    for program in ["zoufang: ", "zoufangd: "] {
      if let rest = after(program, line) { return program + sentence(rest) }
    }
    return help(line)
  }

  /// A line of `--help`.
  private static func help(_ line: String) -> String {
    if let rest = after("OVERVIEW: ", line) { return "概要：" + rest }
    if let rest = after("USAGE: ", line) { return "用法：" + placeholders(rest) }
    if let more = between("  See '", "' for detailed help.", line) { return "  每个命令怎么用：" + placeholders(more) }
    if let heading = headings[line] { return heading }
    var line = line
    for (english, chinese) in ownHelp where line.hasSuffix(english) { line = line.dropLast(english.count) + chinese }
    if let place = line.firstRange(of: " (values: "), line.hasSuffix(")") {
      let values = line[place.upperBound...].dropLast().replacing("; default: ", with: "；不写时：").replacing(", ", with: "、")
      line = line[..<place.lowerBound] + "（可以写：\(values)）"
    }
    if let place = line.firstRange(of: " (default: "), line.hasSuffix(")") {
      let value = line[place.upperBound...].dropLast()
      line = line[..<place.lowerBound] + "（不写时：\(value)）"
    }
    if line.hasSuffix(" (default)") { line = line.dropLast(" (default)".count) + "（不写命令时就是它）" }
    return line
  }

  private static let headings = ["ARGUMENTS:": "参数：", "OPTIONS:": "选项：", "SUBCOMMANDS:": "命令："]
  private static let ownHelp = [
    ("Show help information.", "显示这个说明。"), ("Show the version.", "显示版本。"), ("Show subcommand help information.", "显示某个命令的说明。"),
  ]

  private static func placeholders(_ usage: String) -> String {
    usage.replacing("<subcommand>", with: "<命令>").replacing("<options>", with: "<选项>")
  }

  // MARK: Sentences

  private static func sentence(_ text: String) -> String {
    if let rest = after("Unknown option ", text) { return unknown(rest) }
    if let name = between("Missing expected argument '", "'", text) { return "没有写 \(name)" }
    if let names = between("Missing one of: '", "'", text) { return "要写其中一个：" + list(names) }
    if let rest = after("Missing value for '", text) { return missingValue(rest) }
    if let value = between("Unexpected argument '", "'", text) { return "不认识“\(value)”：没有这个命令，或者多写了" }
    if let place = text.firstRange(of: " unexpected arguments: '"), text.hasSuffix("'") {
      return "不认识这 \(text[..<place.lowerBound]) 项：" + list(String(text[place.upperBound...].dropLast())) + "，没有这个命令，或者多写了"
    }
    if let rest = after("The value '", text) { return invalid(rest) }
    if let rest = after("The option '", text), let place = rest.firstRange(of: "' does not take any value, but '"),
      let value = rest[place.upperBound...].firstRange(of: "' was specified.")
    {
      return "\(rest[..<place.lowerBound]) 后面不能写内容，却写了“\(rest[place.upperBound..<value.lowerBound])”"
    }
    if let rest = after("Invalid option: ", text) { return "没有 \(rest) 这个选项" }
    if text == "Missing required subcommand." { return "没有写命令" }
    if let rest = after("Value to be set with flag '", text), let place = rest.firstRange(of: "' had already been set with flag '") {
      return "\(rest[..<place.lowerBound]) 和 \(rest[place.upperBound...].dropLast()) 不能一起写"
    }
    return text
  }

  private static func unknown(_ rest: String) -> String {
    if let place = rest.firstRange(of: "'. Did you mean '"), rest.hasPrefix("'"), rest.hasSuffix("'?") {
      return "没有 \(rest[rest.index(after: rest.startIndex)..<place.lowerBound]) 这个选项，是不是 \(rest[place.upperBound...].dropLast(2))"
    }
    return "没有 \(between("'", "'", rest) ?? rest) 这个选项"
  }

  private static func missingValue(_ rest: String) -> String {
    // Of letters written together: 'x' in '-abx'.
    if let place = rest.firstRange(of: "' in '"), rest.hasSuffix("'") {
      return "\(rest[place.upperBound...].dropLast()) 里的 \(rest[..<place.lowerBound]) 没有写完：后面还要写内容"
    }
    return "\(rest.dropLast()) 没有写完：后面还要写内容"
  }

  /// `v' is invalid for '--settle-day <日>'`, and what may be written.
  private static func invalid(_ rest: String) -> String {
    guard let place = rest.firstRange(of: "' is invalid") else { return rest }
    let value = rest[..<place.lowerBound]
    var tail = rest[place.upperBound...]
    var name = ""
    if tail.hasPrefix(" for '"), let end = tail.dropFirst(6).firstRange(of: "'") {
      name = String(tail.dropFirst(6)[..<end.lowerBound])
      tail = tail[end.upperBound...]
    }
    let subject = name.isEmpty ? "“\(value)”不对" : "\(name) 不能写“\(value)”"
    if let choices = after(". Please provide one of ", String(tail)) {
      let names = choices.replacing(" and ", with: "、").replacing(" or ", with: "、").replacing(", ", with: "、").replacing("'", with: "")
      return subject + "，只能是：" + (names.hasSuffix(".") ? String(names.dropLast()) : names)
    }
    if tail == ". Please provide one of the following:" { return subject + "，只能是：" }
    if let reason = after(": ", String(tail)) { return subject + "：" + reason }
    return subject
  }

  // MARK: Texts

  private static func after(_ start: String, _ text: String) -> String? {
    text.hasPrefix(start) ? String(text.dropFirst(start.count)) : nil
  }

  private static func between(_ start: String, _ end: String, _ text: String) -> String? {
    guard text.hasPrefix(start), text.hasSuffix(end), text.count >= start.count + end.count else { return nil }
    return String(text.dropFirst(start.count).dropLast(end.count))
  }

  private static func list(_ names: String) -> String { names.replacing("', '", with: "、") }
}
