// Pinyin of Chinese characters: every reading a character has, without tones, ü written v as people type it.
//
// All readings are kept (重 is chong and zhong), because names use the rare ones. The table is text in the program's
// read-only data: nothing is built at start-up; the small index (sets of readings, runs of characters) is decoded on first
// use, and a look-up is one binary search.

public enum Pinyin {
  /// Readings of a character, the most usual first; empty for what is not Chinese.
  public static func readings(of scalar: Unicode.Scalar) -> [String] {
    PinyinTable.index.readings(of: scalar).map { String(decoding: $0, as: UTF8.self) }
  }

  /// First letters of the readings, each once: 重 is `z`, `c`, `t`.
  public static func initials(of scalar: Unicode.Scalar) -> [Character] {
    readings(of: scalar).compactMap(\.first).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A person's name spelt, the surname as surnames are read: 曾小英 is `zeng xiao ying`. For sorting and for showing.
  public static func spelling(ofName name: String) -> String {
    let (surname, rest) = Surname.split(name)
    let given = rest.unicodeScalars.map { readings(of: $0).first ?? String($0) }
    return ((surname ?? []) + given).joined(separator: " ")
  }

  /// Surnames of one character whose reading is not the character's usual one, and that reading.
  public static var surnameReadings: [(scalar: Unicode.Scalar, reading: String)] {
    Surname.special.compactMap { name, reading in
      name.unicodeScalars.count == 1 ? name.unicodeScalars.first.map { ($0, reading) } : nil
    }
  }
}
