// Columns: how wide text is on this terminal.
//
// Width belongs to the terminal's locale, not to Unicode: the middle dot of 阿卜杜拉·买买提 is one column in
// zh_CN.UTF-8 and two in zh_CN.GB18030. So the C library is asked at run time, and there is no table here.
// Rules, the same for measuring and for drawing:
//   - a scalar the C library does not know (new extensions, or one the codeset cannot encode) has width -1 and is
//     drawn as 〓, two columns; the data keeps the scalar;
//   - tab and line ends are drawn as one space, other controls not at all;
//   - invisible format characters (joiners, direction marks, variation selectors) are not drawn: terminals differ
//     on them, and a direction mark would turn the rest of the row around;
//   - a combining mark (width 0) belongs to the character before it; on a wide one it is not drawn (curses loses it).

internal import CTerminal

/// Measures, clips, pads and wraps text in terminal columns.
public struct Columns: Sendable {
  /// `nil` asks the C library.
  private let measure: (@Sendable (Unicode.Scalar) -> Int)?

  /// What the C library says in the user's locale; `C.UTF-8` where the locale is C, POSIX or not installed.
  public static let locale: Columns = {
    _ = ct_locale(nil, 0)
    return Columns(measure: nil)
  }()

  private init(measure: (@Sendable (Unicode.Scalar) -> Int)?) {
    self.measure = measure
  }

  /// A width function of one's own, for tests: it gives 0, 1, 2, or -1 for unknown.
  public init(_ width: @escaping @Sendable (Unicode.Scalar) -> Int) {
    measure = width
  }

  /// What is drawn where a scalar has no known width.
  public static let unknownMark: Unicode.Scalar = "〓"

  /// The columns of one scalar: 0, 1 or 2; -1 where it is unknown and `unknownMark` is drawn instead.
  public func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value >= 0x20, value < 0x7F { return 1 }
    if value < 0xA0 { return value == 0x09 || value == 0x0A || value == 0x0D ? 1 : 0 }
    if Self.isInvisible(value) { return 0 }
    if let measure { return max(-1, min(2, measure(scalar))) }
    return max(-1, min(2, Int(ct_width(value))))
  }

  /// The columns a scalar takes when drawn: as `width(of:)`, with 2 for an unknown one.
  func drawnWidth(of scalar: Unicode.Scalar) -> Int {
    let width = width(of: scalar)
    return width < 0 ? 2 : width
  }

  /// The columns of a text when drawn.
  public func width(of text: String) -> Int {
    var sum = 0
    for scalar in text.unicodeScalars { sum += drawnWidth(of: scalar) }
    return sum
  }

  /// Invisible characters that are never drawn: U+00AD, bidirectional controls, joiners, variation selectors, tags.
  static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x061C, 0x180B...0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// The columns of one character with its marks.
  func width(of character: Character) -> Int {
    var sum = 0
    for scalar in character.unicodeScalars { sum += drawnWidth(of: scalar) }
    return sum
  }

  /// The longest beginning of the text that fits, whole characters only.
  public func clip(_ text: String, to columnsMax: Int) -> String { clipped(text, to: columnsMax).text }

  /// The text clipped or filled with spaces to exactly this many columns.
  public func pad(_ text: String, to columns: Int) -> String {
    let (clipped, width) = clipped(text, to: columns)
    return width >= columns ? clipped : clipped + String(repeating: " ", count: columns - width)
  }

  private func clipped(_ text: String, to columnsMax: Int) -> (text: String, width: Int) {
    let scalars = text.unicodeScalars
    var used = 0
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let width = drawnWidth(of: scalars[index])
      if used + width > columnsMax { return (String(scalars[..<index]), used) }
      used += width
      scalars.formIndex(after: &index)
    }
    return (text, used)
  }
}
