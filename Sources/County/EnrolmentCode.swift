// A one-time code: 128 random bits that a person copies from paper.
//
// Written in Crockford's base 32 (no I, L, O, U; i, l read as 1, o as 0), 26 characters and 2 that check them, in seven
// groups of four. The first group names the slip, so that wrong tries can be counted against it; it opens nothing. The
// store keeps the SHA-256 of the whole; 128 bits need no slow hash.

struct EnrolmentCode: Equatable {
  /// The 28 characters without hyphens.
  let text: String

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  private static let characters = 26
  private static let checkCharacters = 2

  /// From 16 random bytes.
  init(random bytes: [UInt8]) {
    var digits: [UInt8] = []
    var held: UInt32 = 0
    var bits = 0
    for byte in bytes.prefix(16) {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        digits.append(UInt8(truncatingIfNeeded: held >> UInt32(bits) & 31))
      }
      held &= (1 << UInt32(bits)) - 1
    }
    digits.append(UInt8(truncatingIfNeeded: held << UInt32(5 - bits) & 31))
    text = Self.spell(digits + Self.check(digits))
  }

  /// From what somebody typed; nil when it cannot be a code: wrong length, wrong character, wrong check characters.
  init?(typed: String) {
    var digits: [UInt8] = []
    for byte in typed.utf8 {
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") { continue }
      guard let digit = Self.digit(byte) else { return nil }
      digits.append(digit)
    }
    guard digits.count == Self.characters + Self.checkCharacters,
      Array(digits.suffix(Self.checkCharacters)) == Self.check(Array(digits.prefix(Self.characters)))
    else { return nil }
    text = Self.spell(digits)
  }

  /// Names the slip; no secret.
  var slip: String { String(text.prefix(4)) }

  var hash: [UInt8] { Digest.sha256(Array("zoufang-code-v1\n".utf8) + Array(text.utf8)) }

  /// `ABCD-EFGH-…`, as it stands on paper.
  var grouped: String {
    let characters = Array(text)
    return stride(from: 0, to: characters.count, by: 4)
      .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
  }

  private static func spell(_ digits: [UInt8]) -> String {
    String(decoding: digits.map { alphabet[Int($0)] }, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    let upper = (97...122).contains(byte) ? byte - 32 : byte
    switch upper {
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    case UInt8(ascii: "O"): return 0
    default: return alphabet.firstIndex(of: upper).map { UInt8($0) }
    }
  }

  /// Two sums modulo primes, one with positions: finds every single wrong character and swaps of neighbours.
  private static func check(_ digits: [UInt8]) -> [UInt8] {
    var plain = 0
    var weighted = 0
    for (position, digit) in digits.enumerated() {
      plain += Int(digit)
      weighted += (position + 1) * Int(digit)
    }
    return [UInt8(plain % 32), UInt8(weighted % 31)]
  }
}
