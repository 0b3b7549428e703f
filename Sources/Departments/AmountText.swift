// Amounts as departments write them, to 分, read from bytes: 1234.5, 1,234.50, ￥1234元, 1.2万元. Exact; what is finer than 分 is rounded
// half up and said.

enum AmountText {
  /// - Parameter fenPerUnit: what a bare number counts.
  static func fen(_ text: ArraySlice<UInt8>, fenPerUnit: Int64) -> (fen: Int64, findings: ValueFindings)? {
    var rest = text
    var findings: ValueFindings = []
    var unit = Int128(fenPerUnit)
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    for mark in ["¥", "￥"] where rest.starts(with: mark.utf8) { rest = rest.dropFirst(mark.utf8.count) }
    // The longer words first.
    let units: [(word: String, fen: Int128)] = [("万元", 1_000_000), ("元整", 100), ("万", 1_000_000), ("元", 100), ("分", 1)]
    for (word, fen) in units where rest.count > word.utf8.count && rest.suffix(word.utf8.count).elementsEqual(word.utf8) {
      rest = rest.dropLast(word.utf8.count)
      unit = fen
      findings.insert(.unitRead)
      break
    }
    guard let (digits, decimals, hasCommas) = number(rest) else { return nil }
    if hasCommas { findings.insert(.thousands) }
    var divisor: Int128 = 1
    for _ in 0..<decimals { divisor *= 10 }
    let (whole, left) = (digits * unit).quotientAndRemainder(dividingBy: divisor)
    if left != 0 { findings.insert(.rounded) }
    guard let fen = Int64(exactly: whole + (left * 2 >= divisor ? 1 : 0)) else { return nil }
    if isNegative, fen != 0 { findings.insert(.negative) }
    return (isNegative ? -fen : fen, findings)
  }

  /// Digits as one number, how many of them stand behind the point, and whether commas part thousands. Commas anywhere else are no
  /// amount: 1,5 may be one and a half elsewhere.
  private static func number(_ text: ArraySlice<UInt8>) -> (digits: Int128, decimals: Int, hasCommas: Bool)? {
    var value: Int128 = 0
    var digits = 0, decimals = 0, sinceComma = 0
    var hasCommas = false, hasPoint = false
    var rest = text
    while let byte = rest.first {
      if (48...57).contains(byte) {
        value = value * 10 + Int128(byte - 48)
        digits += 1
        if hasPoint { decimals += 1 } else { sinceComma += 1 }
        rest = rest.dropFirst()
        guard digits <= 30 else { return nil }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        rest = rest.dropFirst()
      } else if byte == UInt8(ascii: ","), !hasPoint, hasCommas ? sinceComma == 3 : (1...3).contains(sinceComma) {
        (hasCommas, sinceComma) = (true, 0)
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    guard digits > 0, !hasPoint || decimals > 0, !hasCommas || sinceComma == 3, decimals <= 20 else { return nil }
    return (value, decimals, hasCommas)
  }
}
