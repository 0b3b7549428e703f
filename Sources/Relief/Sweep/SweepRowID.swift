// The id of a sweep row made from what it says: two people who put one household on one list of one day write one row.

public enum SweepRowID {
  /// A UUID of version 8 over household, campaign and first day (FNV-1a, 128 bits). It need not resist anybody: whoever may write a row
  /// may write any row of the same village.
  public static func make(household: String, campaign: String, from: CivilDate) -> String {
    var hash = UInt128(0x6C62_272E_07BB_0142) << 64 | 0x62B8_2175_6295_C58D
    for byte in "sweep\n\(household)\n\(campaign)\n\(from)".utf8 {
      hash ^= UInt128(byte)
      hash = hash &* (UInt128(1) << 88 | 0x13B)
    }
    var bytes = (0..<16).map { UInt8(truncatingIfNeeded: hash >> UInt128(120 - $0 * 8)) }
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xF)])
    }
    return text
  }
}
