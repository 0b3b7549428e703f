// Chain — the running SHA-256 of a journal: each line's chain is SHA-256(chain before ‖ the line up to the field). Who
// knows one chain value knows every byte before it; a missing, changed, doubled or swapped line cannot keep it.

struct Chain: Hashable, Sendable {
  /// 32 bytes in memory order.
  typealias Words = (UInt64, UInt64, UInt64, UInt64)
  private let words: Words

  /// Before the first line of a journal: 32 zero bytes.
  static let genesis = Chain(words: (0, 0, 0, 0))

  private init(words: Words) { self.words = words }

  init?(bytes: [UInt8]) {
    guard let words = RawBytes.words(bytes) else { return nil }
    self.words = words
  }

  init?(text: String) {
    guard let bytes = RawBytes.fromBase64(Array(text.utf8)) else { return nil }
    self.init(bytes: bytes)
  }

  var bytes: [UInt8] { RawBytes.bytes(words) }

  var text: String { String(decoding: RawBytes.base64(bytes), as: UTF8.self) }

  func extended(over line: [UInt8], _ range: Range<Int>) -> Chain {
    Chain(words: RawBytes.sha256(words, line, range))
  }

  static func == (a: Chain, b: Chain) -> Bool { a.words == b.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
