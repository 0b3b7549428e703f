// 居民身份证号码, GB 11643-1999: six digits of region, eight of birth, three of order (odd for men), one check character
// by ISO 7064 MOD 11-2. The region is never a reason to refuse: people keep the code of where they were registered at
// birth, also when it has been abolished since.

public struct IdentityNumber: Hashable, Sendable {
  /// Eighteen characters, the last one `0…9` or a capital `X`.
  public let text: String
  public let birth: CivilDate
  public let sex: Sex

  /// GB/T 2261.1.
  public enum Sex: String, Sendable { case male = "1", female = "2" }

  /// What is wrong with a number. Positions count from 1.
  public enum Fault: Error, Equatable, Sendable {
    case length(Int)
    /// An old number of fifteen digits: convert it knowingly, `converting(old:)`.
    case oldNumber
    case character(at: Int)
    case date
    case tooEarly
    case inTheFuture
    case checksum
  }

  /// - Parameter date: the day of the visit; nobody visited was born after it.
  public init(_ text: String, on date: CivilDate? = nil) throws(Fault) {
    var bytes = Array(text.utf8)
    guard bytes.count != 15 || !bytes.allSatisfy(isDigit) else { throw .oldNumber }
    guard bytes.count == 18 else { throw .length(text.count) }
    if bytes[17] == UInt8(ascii: "x") { bytes[17] = UInt8(ascii: "X") }
    for (index, byte) in bytes.enumerated() {
      guard isDigit(byte) || (index == 17 && byte == UInt8(ascii: "X")) else { throw .character(at: index + 1) }
    }
    let digits = bytes.map { Int($0) - 48 }
    let year = number(digits[6..<10])
    guard let birth = CivilDate(year: year, month: number(digits[10..<12]), day: number(digits[12..<14])) else {
      throw .date
    }
    guard year >= 1900 else { throw .tooEarly }
    if let date, birth > date { throw .inTheFuture }
    guard bytes[17] == Self.checkCharacter(of: digits[..<17]) else { throw .checksum }
    self.text = String(decoding: bytes, as: UTF8.self)
    self.birth = birth
    self.sex = digits[16] % 2 == 1 ? .male : .female
  }

  /// Makes an eighteen-character number of an old one of fifteen digits: the century is 19, the check character computed.
  /// The result is a proposal to compare with the card, not a fact.
  public static func converting(old text: String) throws(Fault) -> IdentityNumber {
    let bytes = Array(text.utf8)
    guard bytes.count == 15 else { throw .length(text.count) }
    if let wrong = bytes.firstIndex(where: { !isDigit($0) }) { throw .character(at: wrong + 1) }
    let long = bytes[..<6] + Array("19".utf8) + bytes[6...]
    let check = checkCharacter(of: ArraySlice(long.map { Int($0) - 48 }))
    return try IdentityNumber(String(decoding: long + [check], as: UTF8.self))
  }

  public var region: String { String(text.prefix(6)) }

  /// False where the first two digits are no province code: worth a warning, never a refusal.
  public var provinceIsKnown: Bool {
    [
      "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
      "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ].contains(text.prefix(2))
  }

  /// What lists show: positions 7–14 are the birth date, so beside an age even the region would give the number away.
  public var masked: String { String(repeating: "*", count: 14) + text.suffix(4) }

  private static func checkCharacter(of digits: ArraySlice<Int>) -> UInt8 {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return Array("10X98765432".utf8)[sum % 11]
  }
}

/// 残疾人证号: the holder's identity number, one digit of category (GB/T 26341: 1 视力 … 7 多重), one of grade, and for a
/// re-issued one `B` and a digit.
public struct DisabilityCertificate: Hashable, Sendable {
  public let text: String
  /// The first eighteen characters. Not the holder's own number often means a guardian's was typed: worth a warning.
  public var identityText: String { String(text.prefix(18)) }
  public let kind: Int
  public let grade: Int

  /// Nil unless it has the shape `^\d{17}[\dX][1-7][1-4](B\d)?$`; small letters are taken as capitals.
  public init?(_ text: String) {
    let bytes = Array(text.uppercased().utf8)
    guard bytes.count == 20 || bytes.count == 22 else { return nil }
    guard bytes[..<17].allSatisfy(isDigit), isDigit(bytes[17]) || bytes[17] == UInt8(ascii: "X") else { return nil }
    guard (49...55).contains(bytes[18]), (49...52).contains(bytes[19]) else { return nil }
    if bytes.count == 22 {
      guard bytes[20] == UInt8(ascii: "B"), isDigit(bytes[21]) else { return nil }
    }
    self.text = String(decoding: bytes, as: UTF8.self)
    kind = Int(bytes[18] - 48)
    grade = Int(bytes[19] - 48)
  }
}

func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

private func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
