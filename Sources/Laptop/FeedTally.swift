// FeedTally: a check value over everything that came in one pass of the feed. The county says its own over everything this laptop may
// read (`Zoufang-State`); where the two differ, something became visible, or invisible, behind the cursor: another scope or role, a
// county put back from a backup. It finds a feed that went wrong; it proves nothing against an enemy.

internal import Relief
internal import Wire

/// How many records, and the sums modulo 2³² of the first and second four bytes of SHA-256 of their ids.
public struct FeedTally: Equatable, Sendable {
  public private(set) var count = 0
  private var high: UInt32 = 0
  private var low: UInt32 = 0

  public init() {}

  /// Adds one record, as it came. One whose id cannot be read is not counted: the county's value then differs.
  public mutating func add(_ record: String) {
    guard let id = try? RecordCodec.decode(record.utf8).id else { return }
    let hash = Digest.hex(Array(id.utf8), digits: 16)
    count += 1
    high &+= UInt32(hash.prefix(8), radix: 16) ?? 0
    low &+= UInt32(hash.suffix(8), radix: 16) ?? 0
  }

  /// `<count>,<16 hexadecimal digits>`.
  public var text: String { "\(count),\(Self.hex(high))\(Self.hex(low))" }

  /// Reads what `text` writes; nil for anything else.
  public init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count >= 0, parts[1].utf8.count == 16,
      let high = UInt32(parts[1].prefix(8), radix: 16), let low = UInt32(parts[1].suffix(8), radix: 16)
    else { return nil }
    self.count = count
    self.high = high
    self.low = low
  }

  private static func hex(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
