// Money is a whole number of 分. People type 元 with at most two decimals; nothing is ever a floating-point number.

public struct Money: Hashable, Comparable, Sendable {
  public let fen: Int64

  public init(fen: Int64) { self.fen = fen }

  /// Reads 元: digits, and at most two decimals. Nil for anything else, for a sign, and for more than a hundred million
  /// million 元.
  public init?(yuan text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...14).contains(parts[0].utf8.count) else { return nil }
    let decimals = parts.count == 2 ? parts[1] : "00"
    guard (1...2).contains(decimals.utf8.count) else { return nil }
    let digits = Array(parts[0].utf8) + Array(decimals.utf8) + (decimals.utf8.count == 1 ? [48] : [])
    guard digits.allSatisfy(isDigit) else { return nil }
    fen = digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  /// Reads a `_fen` property: a whole number, perhaps negative.
  public init?(fen text: String) {
    guard let fen = Int64(text) else { return nil }
    self.fen = fen
  }

  /// `12.50`, and `12` where there are no 分.
  public var yuan: String {
    let whole = fen.magnitude / 100
    let rest = fen.magnitude % 100
    let sign = fen < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Nil where the sum is beyond what can be counted.
  public func adding(_ other: Money) -> Money? {
    let (sum, overflow) = fen.addingReportingOverflow(other.fen)
    return overflow ? nil : Money(fen: sum)
  }

  public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
}
