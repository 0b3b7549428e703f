// Amounts as people write them: 12000, 12,000.50, 1.2万, 11999.99元, 1200元/月, 1199999分. Always exact.

internal import Relief

struct Amount: Equatable {
  var fen: Int64
  /// Where the text itself says it: `/月`.
  var period: Period?

  /// Nil for anything that is no amount.
  init?(_ text: String) {
    var text = text.lowercased()
    text.removeAll { $0 == " " || $0 == "," || $0 == "，" || $0 == "_" || $0 == "￥" || $0 == "¥" }
    if let slash = text.firstIndex(of: "/") {
      guard let period = Vocabulary.periods[String(text[text.index(after: slash)...])] else { return nil }
      self.period = period
      text = String(text[..<slash])
    }
    let isNegative = text.hasPrefix("-")
    if isNegative { text.removeFirst() }
    var unit: Int128 = 100
    for (suffix, fen) in [("yuan", 100), ("元", 100), ("fen", 1), ("分", 1)] where text.hasSuffix(suffix) {
      text.removeLast(suffix.count)
      unit = Int128(fen)
      break
    }
    if text.hasSuffix("万") {
      text.removeLast()
      unit *= 10_000
    }
    guard let number = Self.tenThousandths(text) else { return nil }
    let (fen, rest) = (number * unit).quotientAndRemainder(dividingBy: 10_000)
    guard rest == 0, let exact = Int64(exactly: fen) else { return nil }
    self.fen = isNegative ? -exact : exact
  }

  /// Up to twenty digits and four decimals: an absurd amount is read too, and then screening does not believe it.
  private static func tenThousandths(_ text: String) -> Int128? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    guard (1...2).contains(parts.count), (1...20).contains(parts[0].count) else { return nil }
    let decimals = parts.count == 2 ? parts[1] : []
    guard parts.count == 1 || (1...4).contains(decimals.count) else { return nil }
    let digits = parts[0] + decimals + Array(repeating: 48, count: 4 - decimals.count)
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int128($1 - 48) }
  }
}
