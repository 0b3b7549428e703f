// Padding — hides how long a text is: what is sealed is a 4-byte big-endian length, the content, and zeros up to the next
// size of a short list: 256 · 512 · 1 Ki · … · 512 Ki, then 516 Ki (one full piece of an attachment with its head), then the
// largest plaintext a line can carry.

enum Padding {
  /// 1 048 576 characters of base64url are 786 432 bytes; nonce and tag take 28.
  static let largest = 786_404
  static let buckets = (0..<12).map { 256 << $0 } + [528_384, largest]

  /// The padded plaintext, or nil where the content is too long.
  static func pad(_ content: [UInt8]) -> [UInt8]? {
    guard let size = buckets.first(where: { $0 >= content.count + 4 }) else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(size)
    plain.append(contentsOf: RawBytes.bigEndian(UInt32(content.count)))
    plain.append(contentsOf: content)
    plain.append(contentsOf: repeatElement(0, count: size - plain.count))
    return plain
  }
}
