// UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits. It sorts roughly by creation time; nothing relies on
// that, because laptop clocks are years off. It leaks its time, so it lives inside sealed payloads only.

public struct UUIDv7Maker: Sendable {
  private var last: UInt64 = 0

  public init() {}

  /// - Parameters:
  ///   - milliseconds: since 1970, as the clock says now; a clock set back does not make older ids (`max(now, last)`).
  ///   - random: a source of random bits, of the operating system outside tests.
  /// - Returns: lower case, `xxxxxxxx-xxxx-7xxx-yxxx-xxxxxxxxxxxx`.
  public mutating func make(milliseconds: UInt64, random: () -> UInt64) -> String {
    last = max(milliseconds & 0xFFFF_FFFF_FFFF, last)
    let high = last << 16 | 0x7000 | (random() & 0x0FFF)
    let low = 0x8000_0000_0000_0000 | (random() >> 2)
    return uuidText(high, low)
  }
}

/// UUIDv4 (RFC 9562 §5.4): random bits only, for ids that stand in clear headers.
public func uuidV4(random: () -> UInt64) -> String {
  uuidText(random() & ~0xF000 | 0x4000, 0x8000_0000_0000_0000 | (random() >> 2))
}

func uuidText(_ high: UInt64, _ low: UInt64) -> String {
  unsafe String(unsafeUninitializedCapacity: 36) { text in
    var place = 0
    for position in 0..<32 {
      if position == 8 || position == 12 || position == 16 || position == 20 {
        unsafe text[place] = UInt8(ascii: "-")
        place += 1
      }
      let half = position < 16 ? high : low
      let digit = UInt8(half >> UInt64(60 - position % 16 * 4) & 15)
      unsafe text[place] = digit < 10 ? digit + 48 : digit + 87
      place += 1
    }
    return place
  }
}
