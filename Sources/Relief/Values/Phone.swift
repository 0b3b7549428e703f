// Telephone numbers as people give them: a mobile number of eleven digits, or a landline with its area code.

public struct Phone: Hashable, Sendable {
  public enum Kind: Sendable { case mobile, landline }

  /// Digits, and for a landline `0310-1234567` with one hyphen after the area code where it was typed so.
  public let text: String
  public let kind: Kind

  /// Nil unless `^1[3-9]\d{9}$` or `^0\d{2,3}-?\d{7,8}$`.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    if bytes.count == 11, bytes[0] == UInt8(ascii: "1"), (51...57).contains(bytes[1]), bytes.allSatisfy(isDigit) {
      kind = .mobile
    } else if Self.isLandline(bytes) {
      kind = .landline
    } else {
      return nil
    }
    self.text = text
  }

  /// What lists show.
  public var masked: String { String(repeating: "*", count: max(0, text.count - 4)) + text.suffix(4) }

  private static func isLandline(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == UInt8(ascii: "0") else { return false }
    if let hyphen = bytes.firstIndex(of: UInt8(ascii: "-")) {
      let local = bytes[(hyphen + 1)...]
      return (3...4).contains(hyphen) && (7...8).contains(local.count) && bytes[..<hyphen].allSatisfy(isDigit)
        && local.allSatisfy(isDigit)
    }
    return (10...12).contains(bytes.count) && bytes.allSatisfy(isDigit)
  }
}
