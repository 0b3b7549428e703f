// SlipCode: what a cadre copies from the paper slip into one field: the one-time code, then the first 64 bits of the county CA's
// fingerprint. Without the second half the very first connection would have to trust whoever answers; with it, a stranger in the middle
// would need a CA certificate of 64 chosen bits within the code's 72 hours.
//
//     ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345   0123-4567-89ab-cdef
//     one-time code, 28 characters         fingerprint, 16 hexadecimal digits
//
// Hyphens and spaces are for the eye. Letters of either case; full-width forms as an input method types them.

public struct SlipCode: Equatable, Sendable {
  public static let codeCharacters = 28
  public static let fingerprintCharacters = 16

  /// The one-time code, upper case, without hyphens. Whether it is a good one is the county's to say.
  public var code: String
  /// Lower-case hexadecimal digits that the SHA-256 of the county CA's DER must begin with.
  public var fingerprint: String

  public init?(typed: String) {
    var plain: [UInt8] = []
    for scalar in typed.unicodeScalars {
      let folded = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
      if folded == 0x2D || folded == 0x20 || folded == 0x3000 { continue }
      guard folded < 0x80, let byte = UInt8(exactly: folded), Self.isLetterOrDigit(byte) else { return nil }
      plain.append(byte)
    }
    guard plain.count == Self.codeCharacters + Self.fingerprintCharacters else { return nil }
    let tail = plain.suffix(Self.fingerprintCharacters).map { (65...90).contains($0) ? $0 + 32 : $0 }
    guard tail.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
    code = String(
      decoding: plain.prefix(Self.codeCharacters).map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    fingerprint = String(decoding: tail, as: UTF8.self)
  }

  /// As it is printed: groups of four.
  public static func printed(code: String, fingerprint: String) -> String {
    let all = Array(code.filter { $0 != "-" && $0 != " " } + fingerprint.prefix(fingerprintCharacters))
    return stride(from: 0, to: all.count, by: 4).map { String(all[$0..<min($0 + 4, all.count)]) }.joined(separator: "-")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
