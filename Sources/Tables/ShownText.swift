// Words out of a file, as a terminal may show them: a cell may hold bytes that move the cursor, colour what stands behind them, ring a
// bell, or turn the text round, and whoever reads the line would read what the file wants read.

public enum ShownText {
  /// One line: breaks and tabs become one blank.
  public static func line(_ text: String) -> String { cleaned(text) { _ in " " } }

  /// Several lines: breaks stay, and the tabs that part columns.
  public static func lines(_ text: String) -> String { cleaned(text) { $0 == "\n" || $0 == "\t" ? $0 : " " } }

  private static func cleaned(_ text: String, _ blank: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    let isPlain = { (scalar: Unicode.Scalar) in
      scalar.value >= 0x20 && scalar.value < 0x7F || scalar.value >= 0x3000 && scalar.value < 0xD800
    }
    guard !text.unicodeScalars.allSatisfy(isPlain) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n" || scalar == "\t" || scalar == "\r", .lineSeparator, .paragraphSeparator:
        let instead = blank(scalar)
        if instead != " " || shown.last != " " { shown.append(instead) }
      case .control, .format, .surrogate: break
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }
}
