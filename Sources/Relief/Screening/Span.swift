// A figure that may not be known exactly: it lies between a low and a high end, and it says what keeps it open. A
// comparison is settled when every figure in the span settles it the same way; else it waits for what is missing. So an
// unknown amount is never taken for zero, and a deduction that is not set yet does not hide that a household is below the
// line without it.
//
// Ends are counted in ten-thousandths of a unit (of a 分, of a person, of a day), so that per cents and multiples such as
// 1.5 are exact and nothing is ever divided. 128 bits hold the worst there can be: 2,000 incomes (`ScreeningLimits.rowsMax`)
// of 2^63 分 a month, in ten-thousandths, times a share of nine digits is below 3 × 10^36 of 1.7 × 10^38; standards and other
// parameters are bounded by `ScreeningLimits.amountFenMax`, so a limit for 2,000 people times a multiplier is far below.

public struct Span: Equatable, Sendable {
  /// Ten-thousandths.
  public var low: Int128
  /// Ten-thousandths; nil where nothing bounds it.
  public var high: Int128?
  public var missing: Set<MissingInput> = []
  public var unset: Set<PolicyParameter> = []

  public static let scale: Int128 = 10_000
  public static let zero = Span(whole: 0)

  public init(low: Int128, high: Int128?, missing: Set<MissingInput> = [], unset: Set<PolicyParameter> = []) {
    self.low = low
    self.high = high
    self.missing = missing
    self.unset = unset
  }

  /// A figure that is known.
  public init(whole: Int64) { self.init(exact: Int128(whole) * Self.scale) }

  init(exact: Int128) { self.init(low: exact, high: exact) }

  /// Anything from zero up.
  static func unknown(_ missing: MissingInput) -> Span { Span(low: 0, high: nil, missing: [missing]) }
  static func unset(_ parameter: PolicyParameter) -> Span { Span(low: 0, high: nil, unset: [parameter]) }

  public var isExact: Bool { high == low }
  /// The figure where it is known, in ten-thousandths.
  public var exact: Int128? { isExact ? low : nil }

  /// How far the figure itself is settled.
  public var judgement: Judgement {
    if isExact { return .met }
    return Judgement(outcome: unset.isEmpty ? .toCheck : .unset, missing: missing, unset: unset)
  }

  private func with(_ other: Span, low: Int128, high: Int128?) -> Span {
    // Reasons of a figure that is exact no longer matter.
    if low == high { return Span(low: low, high: high) }
    return Span(
      low: low, high: high, missing: missing.union(other.missing), unset: unset.union(other.unset))
  }

  private static func both(_ left: Int128?, _ right: Int128?, _ combine: (Int128, Int128) -> Int128) -> Int128? {
    guard let left, let right else { return nil }
    return combine(left, right)
  }

  static func + (left: Span, right: Span) -> Span {
    left.with(right, low: left.low + right.low, high: both(left.high, right.high, +))
  }

  /// The same in place: a sum over many open items keeps one set of what is missing instead of a new one for each.
  static func += (left: inout Span, right: Span) {
    left.low += right.low
    left.high = both(left.high, right.high, +)
    if left.low == left.high {
      (left.missing, left.unset) = ([], [])
    } else {
      left.missing.formUnion(right.missing)
      left.unset.formUnion(right.unset)
    }
  }

  /// Less, but never below zero.
  func lessened(by other: Span) -> Span {
    let low = other.high.map { max(0, self.low - $0) } ?? 0
    return with(other, low: low, high: high.map { max(0, $0 - other.low) })
  }

  func smaller(_ other: Span) -> Span {
    let high: Int128? =
      switch (self.high, other.high) {
      case (let one?, let two?): min(one, two)
      case (let one?, nil), (nil, let one?): one
      case (nil, nil): nil
      }
    return with(other, low: min(low, other.low), high: high)
  }

  /// Times a whole number that is not negative.
  func times(_ factor: Int) -> Span {
    Span(low: low * Int128(factor), high: high.map { $0 * Int128(factor) }, missing: missing, unset: unset)
  }

  /// Times another figure that counts something (people).
  func times(_ count: Span) -> Span {
    // A count is whole, so its scale divides it.
    let low = self.low * (count.low / Self.scale)
    return with(count, low: low, high: Self.both(high, count.high) { $0 * ($1 / Self.scale) })
  }

  /// Times a decimal. Exact as long as this figure has no fraction yet.
  func times(_ factor: Decimal4) -> Span {
    let part: (Int128) -> Int128 = { $0 / Self.scale * factor.tenThousandths }
    return Span(low: part(low), high: high.map(part), missing: missing, unset: unset)
  }

  /// From zero up to this: what is left of it when it is open whether it counts.
  func perhaps(missing: Set<MissingInput> = [], unset: Set<PolicyParameter> = []) -> Span {
    guard high != 0 else { return self }
    return Span(
      low: 0, high: high, missing: self.missing.union(missing), unset: self.unset.union(unset))
  }

  /// Either of two.
  func or(_ other: Span, missing: Set<MissingInput>) -> Span {
    if self == other, isExact { return self }
    var either = with(other, low: min(low, other.low), high: Self.both(high, other.high, max))
    either.missing.formUnion(missing)
    return either
  }

  // MARK: Comparing

  public enum Order: String, Sendable {
    /// 低于
    case below = "<"
    /// 不超过, 以内
    case within = "<="
    /// 不低于, 以上
    case reaches = ">="
    /// 超过
    case above = ">"
  }

  /// Settled only where every figure of both spans agrees.
  func compared(_ order: Order, to other: Span) -> Judgement {
    let reversed = order == .above || order == .reaches
    let (small, great) = reversed ? (other, self) : (self, other)
    let strict = order == .below || order == .above
    if let high = small.high, strict ? high < great.low : high <= great.low { return .met }
    if let high = great.high, strict ? small.low >= high : small.low > high { return .notMet }
    let unset = self.unset.union(other.unset)
    return Judgement(
      outcome: unset.isEmpty ? .toCheck : .unset, missing: missing.union(other.missing), unset: unset)
  }
}

/// A decimal number, not negative, with at most four decimals: `1.5`, `0.3`, `60`.
public struct Decimal4: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let tenThousandths: Int128

  init(tenThousandths: Int128) { self.tenThousandths = tenThousandths }

  /// Nil for anything but ASCII digits with at most four decimals, and for more than nine digits before the point.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    guard (1...2).contains(parts.count), (1...9).contains(parts[0].count) else { return nil }
    let decimals = parts.count == 2 ? parts[1] : []
    guard parts.count == 1 || (1...4).contains(decimals.count) else { return nil }
    let digits = parts[0] + decimals + Array(repeating: UInt8(ascii: "0"), count: 4 - decimals.count)
    guard digits.allSatisfy(isDigit) else { return nil }
    tenThousandths = digits.reduce(0) { $0 * 10 + Int128($1 - 48) }
  }

  public var description: String { Self.text(tenThousandths) }

  /// `1.5` of 15 000: no zeros at the end, no point where there is no fraction.
  public static func text(_ tenThousandths: Int128) -> String {
    let sign = tenThousandths < 0 ? "-" : ""
    let (whole, rest) = tenThousandths.magnitude.quotientAndRemainder(dividingBy: 10_000)
    guard rest != 0 else { return "\(sign)\(whole)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 4 - digits.utf8.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  public static func < (left: Decimal4, right: Decimal4) -> Bool { left.tenThousandths < right.tenThousandths }
}
