// A moment as a device's clock showed it, for the two rules that count hours and seconds (red rows, visits that were too
// fast). It never decides an order between records: laptop clocks are years off.

public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int

  public init(seconds: Int) { self.seconds = seconds }

  /// Reads `yyyy-MM-ddTHH:mm:ss`, with or without a fraction, then an offset (`+08:00` or `Z`). Nil for anything else: a
  /// time without an offset is no moment.
  public init?(_ text: String) {
    guard let date = CivilDate(startOf: text), date.isWhole else { return nil }
    var rest = Array(text.utf8.dropFirst(10))
    guard rest.count >= 10, rest[0] == UInt8(ascii: "T"), rest[3] == UInt8(ascii: ":"), rest[6] == UInt8(ascii: ":"),
      let hours = Self.number(rest[1...2], below: 24), let minutes = Self.number(rest[4...5], below: 60),
      let seconds = Self.number(rest[7...8], below: 61)
    else { return nil }
    rest.removeFirst(9)
    if rest.first == UInt8(ascii: ".") { rest = Array(rest.dropFirst().drop { (48...57).contains($0) }) }
    guard let offset = Self.offset(rest) else { return nil }
    self.seconds = date.dayNumber * 86_400 + hours * 3_600 + minutes * 60 + seconds - offset
  }

  public func adding(hours: Int) -> Instant { Instant(seconds: seconds + hours * 3_600) }

  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  private static func offset(_ bytes: [UInt8]) -> Int? {
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1...2], below: 24),
      let minutes = number(bytes[4...5], below: 60)
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
    default: return nil
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>, below limit: Int) -> Int? {
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    return value < limit ? value : nil
  }
}
