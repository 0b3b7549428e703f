// LineEditor: one line of text being edited. Pure: no screen, no terminal.
//
// The cursor counts grapheme clusters, so a Chinese character, a letter with its marks or a flag is one step. Text is
// kept exactly as typed: nothing is folded or normalised here (names are never folded; fields of codes do their own).
// Ctrl-U empties the line. A line that `replacesOnFirstKey` is emptied by the first character typed or pasted; an
// arrow, Home, End, Backspace or Delete first means that the old text is to be edited (FoxPro's `@K`).

/// An editor of one line.
public struct LineEditor: Equatable, Sendable {
  private var characters: [Character]
  private var position: Int
  private let charactersMax: Int
  /// Whether the next character typed will replace the whole text.
  public private(set) var willReplace: Bool
  /// Whether the last `apply` or `insert` left something out because the line is full.
  public private(set) var overflowed = false

  /// A paste is cut at this many bytes of UTF-8.
  public static let insertBytesMax = 4096
  /// A cluster may hold many marks; the line as a whole holds at most this many scalars for each of its characters.
  public static let scalarsPerCharacterMax = 4

  public init(_ text: String = "", charactersMax: Int = 1000, replacesOnFirstKey: Bool = false) {
    characters = Array(text)
    position = characters.count
    self.charactersMax = max(0, charactersMax)
    willReplace = replacesOnFirstKey && !characters.isEmpty
  }

  public var text: String {
    get { Self.string(characters[...]) }
    set {
      characters = Array(newValue)
      position = min(position, characters.count)
      willReplace = false
    }
  }

  /// 0 … the number of characters.
  public var cursor: Int {
    get { position }
    set { position = max(0, min(newValue, characters.count)) }
  }

  public var isAtEnd: Bool { position == characters.count }

  /// Edits by one key. True if it is an editing key (also where it changed nothing, as Left at the beginning).
  public mutating func apply(_ key: Key) -> Bool {
    overflowed = false
    switch key {
    case .character(let scalar):
      guard !Self.isControl(scalar) else { return false }
      if !append(scalar) { _ = splice(String(Character(scalar))) }
      return true
    case .left: position = max(0, position - 1)
    case .right: position = min(characters.count, position + 1)
    case .home: position = 0
    case .end: position = characters.count
    case .backspace:
      if position > 0 {
        position -= 1
        remove(at: position)
      }
    case .delete: if position < characters.count { remove(at: position) }
    case .control("u"):
      characters = []
      position = 0
    default: return false
    }
    willReplace = false
    return true
  }

  /// Inserts text at the cursor as a paste: line ends and tabs become one space, other control characters are
  /// dropped, and what is longer than the line or `insertBytesMax` is cut. True if everything fitted.
  public mutating func insert(_ text: String) -> Bool {
    overflowed = false
    let (clean, isCut) = Self.cleaned(text)
    let fitted = clean.isEmpty || splice(clean)
    overflowed = !fitted || isCut
    return !overflowed
  }

  /// C0, DEL and C1: exactly Unicode's category Cc.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  static func cleaned(_ text: String) -> (text: String, isCut: Bool) {
    var clean = String.UnicodeScalarView()
    var bytes = 0
    // CR LF is one Character, so it becomes one space.
    for character in text {
      if character.isNewline || character == "\t" {
        bytes += 1
        if bytes > insertBytesMax { return (String(clean), true) }
        clean.append(" ")
        continue
      }
      let kept = character.unicodeScalars.filter { !isControl($0) }
      for scalar in kept { bytes += UTF8.width(scalar) }
      if bytes > insertBytesMax { return (String(clean), true) }
      clean.append(contentsOf: kept)
    }
    return (String(clean), false)
  }

  /// Most keys: one scalar at the end of a line with room. It can only join the last cluster or begin a new one. False where the line
  /// must be looked at as a whole.
  private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    guard position == characters.count, !willReplace, characters.count < charactersMax else { return false }
    var scalars = 1
    for character in characters { scalars += character.unicodeScalars.count }
    guard scalars <= scalarsMax else { return false }
    guard let last = characters.last else {
      characters.append(Character(scalar))
      position = 1
      return true
    }
    if Self.standsAlone(scalar), last.unicodeScalars.first.map(Self.standsAlone) ?? false, last.unicodeScalars.count == 1 {
      characters.append(Character(scalar))
      position += 1
      return true
    }
    var joined = String(last)
    joined.unicodeScalars.append(scalar)
    if joined.count == 1 {
      characters[characters.count - 1] = Character(joined)
    } else {
      characters.append(Character(scalar))
      position += 1
    }
    return true
  }

  /// Puts text at the cursor as far as it fits. Clusters are formed anew over the whole line, because a typed
  /// mark joins the character before it.
  private mutating func splice(_ inserted: String) -> Bool {
    if willReplace {
      characters = []
      position = 0
      willReplace = false
    }
    let before = Self.string(characters[..<position])
    let after = Self.string(characters[position...])
    var piece = Substring(inserted)
    while true {
      let whole = before + piece + after
      if whole.count <= charactersMax, whole.unicodeScalars.count <= scalarsMax {
        characters = Array(whole)
        position = min((before + piece).count, characters.count)
        overflowed = piece.endIndex != inserted.endIndex
        return !overflowed
      }
      guard !piece.isEmpty else {
        overflowed = true
        return false
      }
      let excess = max(1, whole.count - charactersMax)
      piece = piece.dropLast(min(excess, piece.count))
    }
  }

  /// `String(characters)` would go through a generic conversion that costs more than all the rest of a key.
  /// Printable ASCII and the common Chinese characters: no two of them join to one cluster.
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    (0x20..<0x7F).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
  }

  private static func string(_ characters: ArraySlice<Character>) -> String {
    var text = ""
    for character in characters { text.append(character) }
    return text
  }

  private var scalarsMax: Int {
    let (product, overflow) = charactersMax.multipliedReportingOverflow(by: Self.scalarsPerCharacterMax)
    return overflow ? .max : product
  }

  /// Removes one cluster; its neighbours may join (two halves of a flag), so clusters are formed anew.
  private mutating func remove(at index: Int) {
    characters.remove(at: index)
    let before = Self.string(characters[..<index])
    characters = Array(before + Self.string(characters[index...]))
    position = min(before.count, characters.count)
  }

  /// The part of the line to draw in a field of `columnsMax` columns, and the cursor's column within it, which is
  /// always inside the field. A line that is too long moves in steps of half the field, so that most keys change
  /// one cell and not the whole field.
  public func window(columnsMax: Int, columns: Columns = .locale) -> (text: String, cursorColumn: Int) {
    guard columnsMax > 0 else { return ("", 0) }
    var all = 0
    var cursorColumn = 0
    for (index, character) in characters.enumerated() {
      if index == position { cursorColumn = all }
      all += columns.width(of: character)
    }
    if position == characters.count { cursorColumn = all }
    if all < columnsMax { return (text, cursorColumn) }
    let widths = characters.map { columns.width(of: $0) }
    // The cursor needs room for itself: two columns where it stands on a wide character.
    let room = position < widths.count ? max(1, min(2, widths[position])) : 1
    var first = 0
    var skipped = 0
    if cursorColumn + room > columnsMax {
      let step = columnsMax >= 6 ? columnsMax / 2 : 1
      let missing = cursorColumn + room - columnsMax
      let target = (missing + step - 1) / step * step
      while first < position, skipped < target {
        skipped += widths[first]
        first += 1
      }
    }
    let shown = columns.clip(Self.string(characters[first...]), to: columnsMax)
    return (shown, max(0, min(cursorColumn - skipped, columnsMax - 1)))
  }
}
