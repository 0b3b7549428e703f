// NamedID: an id made from a name, where two people who write the same thing down must write one thing: a household by the roster's
// number, a row of a sweep list by household, campaign and first day. UUID version 8 over SHA-256; whoever hashes brings the hash.
//
// The county's own id goes in, so that two counties' numbers never meet.

public struct NamedID: Equatable, Sendable {
  /// What is hashed, in UTF-8.
  public let text: String

  public init(county: String, kind: String, _ name: [String]) { text = ([county, kind] + name).joined(separator: "\n") }

  /// - Parameter sha256: of `text`; only the first 16 bytes count.
  /// - Returns: nil where there are fewer.
  public func uuid(sha256: [UInt8]) -> String? {
    guard sha256.count >= 16 else { return nil }
    var bytes = Array(sha256.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xF)])
    }
    return text
  }
}
