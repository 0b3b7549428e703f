// Matching what is typed against Chinese text. With an input method on, letters arrive as Chinese or as raw letters, so a
// query may hold both. Rules:
//  * every character of the text takes the character itself, its initial, its whole syllable, or, at the end of the query,
//    the beginning of its syllable: `lxy`, `lixiuying`, `lixi`, `李xy` all find 李秀英;
//  * from the start of the text, or skipping characters where every letter is an initial: `ly` finds 李秀英;
//  * or a part of the text in Chinese: `秀英`;
//  * never letters inside a syllable: `iu` finds nothing.

public struct PinyinQuery: Equatable, Sendable {
  /// How well a text matches; the smaller one is the better one.
  public enum Rank: Int, Comparable, Sendable {
    case exact, chinesePrefix, initialsPrefix, spelledPrefix, chinesePart, initialsSkipping

    public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// Longer queries match nothing.
  public static let signsMax = 64

  let signs: [Unicode.Scalar]
  let isLetters: Bool

  /// Blanks and middle dots are left out, full-width letters and capitals folded, ü read as v.
  public init(_ text: String) {
    signs = Self.folded(text)
    isLetters = !signs.isEmpty && signs.allSatisfy { (97...122).contains($0.value) }
  }

  public var isEmpty: Bool { signs.isEmpty }

  /// Nil where the text does not match.
  public func rank(_ text: String) -> Rank? {
    let target = Self.folded(text)
    guard !signs.isEmpty, signs.count <= Self.signsMax, !target.isEmpty else { return nil }
    if target == signs { return .exact }
    if target.starts(with: signs) { return .chinesePrefix }
    let readings = Self.readings(of: target, text)
    if isLetters, initialsPrefix(readings) { return .initialsPrefix }
    if prefix(target, readings) { return .spelledPrefix }
    if isPart(of: target) { return .chinesePart }
    return skipping(target, readings) ? .initialsSkipping : nil
  }

  /// `rank` as a number, for code that does not know this room.
  public func order(_ text: String) -> Int? { rank(text)?.rawValue }

  // MARK: How it is computed

  static func folded(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.compactMap { scalar in
      switch scalar.value {
      case 0x20, 0x3000, 0xB7: nil
      case 0x41...0x5A: Unicode.Scalar(scalar.value + 32)
      case 0xFF21...0xFF3A: Unicode.Scalar(scalar.value - 0xFF21 + 97)
      case 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFF41 + 97)
      case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFF10 + 48)
      case 0xFC, 0xDC: "v"
      default: scalar
      }
    }
  }

  /// Readings of each character, the surname's own added to those of the table.
  static func readings(of target: [Unicode.Scalar], _ text: String) -> [[[UInt8]]] {
    var readings = target.map { PinyinTable.index.readings(of: $0) }
    for (index, syllable) in (Surname.split(text).reading ?? []).enumerated() where index < readings.count {
      let bytes = Array(syllable.utf8)
      if !readings[index].contains(bytes) { readings[index].append(bytes) }
    }
    return readings
  }

  private func initialsPrefix(_ readings: [[[UInt8]]]) -> Bool {
    guard signs.count <= readings.count else { return false }
    return zip(signs, readings).allSatisfy { sign, of in of.contains { $0.first.map(UInt32.init) == sign.value } }
  }

  private func isPart(of target: [Unicode.Scalar]) -> Bool {
    guard signs.count <= target.count else { return false }
    return (0...(target.count - signs.count)).contains { target[$0...].starts(with: signs) }
  }

  /// Whether the query is used up by the first characters of the text.
  private func prefix(_ target: [Unicode.Scalar], _ readings: [[[UInt8]]]) -> Bool {
    // Places in the query that can be reached after each character.
    var reached: Set<Int> = [0]
    for (scalar, syllables) in zip(target, readings) {
      var next: Set<Int> = []
      for place in reached {
        if signs[place] == scalar { next.insert(place + 1) }
        for syllable in syllables {
          let common = commonLength(syllable, from: place)
          if common == syllable.count { next.insert(place + common) }
          if common > 0 { next.insert(place + 1) }
          if common > 0, place + common == signs.count { return true }
        }
      }
      if next.contains(signs.count) { return true }
      if next.isEmpty { return false }
      reached = next
    }
    return false
  }

  /// Whether every sign is, in order, a character of the text or the initial of one.
  private func skipping(_ target: [Unicode.Scalar], _ readings: [[[UInt8]]]) -> Bool {
    var place = 0
    for (scalar, syllables) in zip(target, readings) where place < signs.count {
      let sign = signs[place]
      if sign == scalar || syllables.contains(where: { $0.first.map(UInt32.init) == sign.value }) { place += 1 }
    }
    return place == signs.count
  }

  private func commonLength(_ syllable: [UInt8], from place: Int) -> Int {
    var length = 0
    while length < syllable.count, place + length < signs.count, signs[place + length].value == UInt32(syllable[length])
    {
      length += 1
    }
    return length
  }
}
