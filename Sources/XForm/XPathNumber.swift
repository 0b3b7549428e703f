// Numbers as text and back. Text is what ODK's engine writes (Java's `Double.toString`): whole numbers in 32 bits
// without a fraction, decimals between 0.001 and 10 million plain, everything else with an exponent (`1.5E7`).
// Reading is stricter than writing: digits, one point (a comma counts as one), one minus; no exponent (XPath 1.0 §4.4).

enum XPathNumber {
  /// XPath `string()` of a number.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if abs(value) < 1e-12 { return "0" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if abs(value) < 2_147_483_648 {
      let whole = Int(value)
      if abs(value - Double(whole)) < 1e-12 { return String(whole) }
    }
    return javaText(value)
  }

  /// Java's `Double.toString`: shortest digits, `1.0`, `1.5E7`, `1.0E-4`.
  static func javaText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    let decimal = Decimal(value)
    let sign = decimal.isNegative ? "-" : ""
    let digits = decimal.digits
    let magnitude = Swift.abs(value)
    if magnitude >= 1e-3 && magnitude < 1e7 {
      if decimal.exponent <= 0 {
        return sign + "0." + String(repeating: "0", count: -decimal.exponent) + text(digits[...])
      }
      if digits.count <= decimal.exponent {
        return sign + text(digits[...]) + String(repeating: "0", count: decimal.exponent - digits.count) + ".0"
      }
      return sign + text(digits[..<decimal.exponent]) + "." + text(digits[decimal.exponent...])
    }
    let fraction = digits.count > 1 ? text(digits[1...]) : "0"
    return sign + text(digits[..<1]) + "." + fraction + "E" + String(decimal.exponent - 1)
  }

  private static func text(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
  }

  /// XPath `number()` of a string that is no date; NaN where it is none.
  static func parse(_ text: String) -> Double {
    var text = text
    return text.withUTF8 { bytes in unsafe parse(bytes) }
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    var start = 0
    var end = bytes.count
    while start < end, unsafe bytes[start] <= 0x20 { start += 1 }
    while end > start, unsafe bytes[end - 1] <= 0x20 { end -= 1 }
    var index = start
    var negative = false
    if index < end, unsafe bytes[index] == UInt8(ascii: "-") {
      negative = true
      index += 1
    }
    var whole: UInt64 = 0
    var digits = 0
    var pointAt = -1
    let first = index
    while index < end {
      let byte = unsafe bytes[index]
      if byte >= 0x30 && byte <= 0x39 {
        if digits < 18 { whole = whole * 10 + UInt64(byte - 0x30) }
        digits += 1
      } else if (byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")) && pointAt < 0 {
        pointAt = digits
      } else {
        return .nan
      }
      index += 1
    }
    if digits == 0 { return .nan }
    if pointAt < 0 && digits <= 15 { return negative ? -Double(whole) : Double(whole) }
    var plain: [UInt8] = negative ? [UInt8(ascii: "-")] : []
    for at in first..<end { plain.append(unsafe bytes[at] == UInt8(ascii: ",") ? UInt8(ascii: ".") : bytes[at]) }
    if pointAt == 0 { plain.insert(0x30, at: negative ? 1 : 0) }
    if pointAt == digits { plain.append(0x30) }
    return Double(String(decoding: plain, as: UTF8.self)) ?? .nan
  }

  /// Java's `intValue`: NaN is 0, too large is clamped.
  static func int(_ value: Double) -> Int {
    if value.isNaN { return 0 }
    if value >= 2_147_483_647 { return 2_147_483_647 }
    if value <= -2_147_483_648 { return -2_147_483_648 }
    return Int(value)
  }

  /// XPath `int()`: without the fraction, the sign of zero kept.
  static func truncated(_ value: Double) -> Double {
    value.isFinite ? value.rounded(.towardZero) : value
  }

  /// `round(value, places)`: on the decimal digits, halves towards positive infinity (XPath 1.0 §4.4).
  static func round(_ value: Double, places: Int) -> Double {
    guard value.isFinite else { return value }
    guard places >= -30 && places <= 30 else { return .nan }
    if value == 0 { return 0 }
    let decimal = Decimal(value)
    let kept = decimal.exponent + places
    if kept >= decimal.digits.count { return value }
    if kept < 0 { return 0 }
    var digits = Array(decimal.digits[..<kept])
    let dropped = decimal.digits[kept]
    let exactHalf = dropped == 5 && decimal.digits.count == kept + 1
    var exponent = decimal.exponent
    if dropped > 5 || (dropped == 5 && !(exactHalf && decimal.isNegative)) {
      var at = digits.count - 1
      while at >= 0, digits[at] == 9 {
        digits[at] = 0
        at -= 1
      }
      if at >= 0 {
        digits[at] += 1
      } else {
        digits.insert(1, at: 0)
        exponent += 1
      }
    }
    if digits.allSatisfy({ $0 == 0 }) { return 0 }
    let sign = decimal.isNegative ? "-" : ""
    return Double(sign + text(digits[...]) + "e" + String(exponent - digits.count)) ?? .nan
  }

  /// A finite value other than 0 as ±0.d₁d₂d₃… × 10^exponent, with the fewest digits that give it back.
  struct Decimal {
    var isNegative: Bool
    var digits: [UInt8]
    var exponent: Int

    init(_ value: Double) {
      isNegative = value.sign == .minus
      digits = []
      exponent = 0
      var point: Int?
      var power = 0
      let description = Array(value.magnitude.description.utf8)
      for (at, byte) in description.enumerated() {
        if byte >= 0x30 && byte <= 0x39 {
          digits.append(byte - 0x30)
        } else if byte == UInt8(ascii: ".") {
          point = digits.count
        } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
          power = Int(String(decoding: description[(at + 1)...], as: UTF8.self)) ?? 0
          break
        }
      }
      exponent = (point ?? digits.count) + power
      let leading = digits.prefix { $0 == 0 }.count
      digits.removeFirst(leading)
      exponent -= leading
      while digits.last == 0 { digits.removeLast() }
    }
  }
}
