// A text as a workbook can hold it. A table is made of what many people typed: one text that does not fit must not cost all others their
// table, so it is made to fit and says so.

enum WrittenText {
  /// Stands at the end of a text that was cut.
  static let cutMark = "……（超过一格能写的字数，后面没有写）"
  /// What stands for a character that XML has no way to write: NUL, U+FFFE, U+FFFF.
  private static let unwritable: Unicode.Scalar = "\u{FFFD}"

  /// At most `TablesLimits.writtenCharacters` UTF-16 units, counted as the library does: with what it takes to escape the text.
  static func xlsx(_ text: String) -> String {
    let escaped = escaped(writable(text))
    guard !fits(escaped, unitsMax: TablesLimits.writtenCharacters) else { return escaped }
    return cut(writable(text), unitsMax: TablesLimits.writtenCharacters - cutMark.utf16.count) + cutMark
  }

  private static func fits(_ text: String, unitsMax: Int) -> Bool { text.utf8.count <= unitsMax || text.utf16.count <= unitsMax }

  /// The beginning of a text, never half a character of two units.
  private static func cut(_ text: String, unitsMax: Int) -> String {
    var kept = Substring(text)
    var shown = escaped(String(kept))
    while !fits(shown, unitsMax: unitsMax) {
      // Half of what is too much: an escape counts almost twice, and is not to take more than its share with it.
      kept.unicodeScalars.removeLast((shown.utf16.count - unitsMax + 1) / 2)
      shown = escaped(String(kept))
    }
    return shown
  }

  private static func writable(_ text: String) -> String {
    let isWhole = { (one: Unicode.Scalar) in one.value != 0 && one.value != 0xFFFE && one.value != 0xFFFF }
    guard !text.unicodeScalars.allSatisfy(isWhole) else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.map { isWhole($0) ? $0 : unwritable })
    return String(scalars)
  }

  /// What looks like an escape of the format is escaped, or it would be read back as another character.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let bytes = Array(text.utf8)
    var shown: [UInt8] = []
    shown.reserveCapacity(bytes.count)
    for at in bytes.indices {
      let isEscape = bytes[at] == UInt8(ascii: "_") && at + 6 < bytes.count && bytes[at + 1] == UInt8(ascii: "x")
        && bytes[at + 6] == UInt8(ascii: "_")
        && bytes[(at + 2)..<(at + 6)].allSatisfy { (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) }
      if isEscape { shown.append(contentsOf: "_x005F_".utf8) } else { shown.append(bytes[at]) }
    }
    return String(decoding: shown, as: UTF8.self)
  }
}
