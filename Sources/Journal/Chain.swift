// Chain — the running SHA-256 of a journal: each line's chain is SHA-256(chain before ‖ the line up to the field). Who
// knows one chain value knows every byte before it; a missing, changed, doubled or swapped line cannot keep it.

internal import Crypto
internal import FoundationEssentials

struct Chain: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Before the first line of a journal: 32 zero bytes.
  static let genesis = Chain(words: (0, 0, 0, 0))

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    func word(_ index: Int) -> UInt64 { bytes[index * 8..<index * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    words = (word(0), word(1), word(2), word(3))
  }

  init?(text: String) {
    guard let bytes = RawBytes.fromBase64(Array(text.utf8)) else { return nil }
    self.init(bytes: bytes)
  }

  var bytes: [UInt8] {
    RawBytes.bigEndian(words.0) + RawBytes.bigEndian(words.1) + RawBytes.bigEndian(words.2)
      + RawBytes.bigEndian(words.3)
  }

  var text: String { String(decoding: RawBytes.base64(bytes), as: UTF8.self) }

  func extended(over line: [UInt8], _ range: Range<Int>) -> Chain {
    var hash = SHA256()
    hash.update(data: bytes)
    hash.update(data: line[range])
    return Chain(bytes: Array(hash.finalize())) ?? .genesis
  }

  static func == (a: Chain, b: Chain) -> Bool { a.words == b.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
