// Times as the county writes them: `2026-11-24T01:00:00Z`, or with a fraction or an offset.

internal import Relief

enum RFC3339 {
  /// Seconds since 1970, nil for what is no such text.
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), let date = CivilDate(startOf: text), date.isWhole,
      let hour = pair(bytes, 11, below: 24), bytes[13] == UInt8(ascii: ":"), let minute = pair(bytes, 14, below: 60),
      bytes[16] == UInt8(ascii: ":"), let second = pair(bytes, 17, below: 61)
    else { return nil }
    var zone = bytes[19...]
    if zone.first == UInt8(ascii: ".") { zone = zone.dropFirst().drop { (48...57).contains($0) } }
    guard let offset = offset(Array(zone)) else { return nil }
    return date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  private static func offset(_ zone: [UInt8]) -> Int? {
    if zone == [UInt8(ascii: "Z")] { return 0 }
    guard zone.count == 6, zone[3] == UInt8(ascii: ":"), let hours = pair(zone, 1, below: 24),
      let minutes = pair(zone, 4, below: 60)
    else { return nil }
    switch zone[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  private static func pair(_ bytes: [UInt8], _ start: Int, below limit: Int) -> Int? {
    guard start + 1 < bytes.count, (48...57).contains(bytes[start]), (48...57).contains(bytes[start + 1]) else {
      return nil
    }
    let number = Int(bytes[start] - 48) * 10 + Int(bytes[start + 1] - 48)
    return number < limit ? number : nil
  }
}
