// Numbers of a spreadsheet as the text people see. A workbook stores binary floating point with up to seventeen digits; a spreadsheet
// shows fifteen, so 1234.5600000000001 is 1234.56 to everybody who typed it. Rounding is done on the digits, never in floating point.

enum NumberText {
  /// What a spreadsheet keeps.
  static let digitsMax = 15

  /// Appends the plain text of the number in `source`, and says what is odd about it.
  static func append(_ source: ArraySlice<UInt8>, to bytes: inout [UInt8]) -> CellFindings {
    guard var number = Decimal(source) else {
      bytes.append(contentsOf: source)
      return .notANumber
    }
    guard number.pointAt <= digitsMax else {
      // A whole number too long for a spreadsheet. Its text is kept as it stands: whatever is gone stays gone.
      bytes.append(contentsOf: source)
      let isInFull = number.digits.count > digitsMax && !source.contains { $0 | 0x20 == UInt8(ascii: "e") }
      return isInFull ? .longNumber : .lostDigits
    }
    number.round(to: digitsMax)
    guard number.pointAt > -20 else {
      bytes.append(contentsOf: source)
      return []
    }
    number.write(to: &bytes)
    return []
  }

  struct Decimal {
    var isNegative = false
    /// Without zeros at either end, 0…9.
    var digits: [UInt8] = []
    /// Digits before the point; negative: zeros behind it.
    var pointAt = 0

    init?(_ text: ArraySlice<UInt8>) {
      var rest = text
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        isNegative = sign == UInt8(ascii: "-")
        rest = rest.dropFirst()
      }
      var sawDigit = false, sawPoint = false
      while let byte = rest.first {
        if (48...57).contains(byte) {
          sawDigit = true
          if digits.isEmpty && byte == 48 {
            if sawPoint { pointAt -= 1 }
          } else {
            digits.append(byte - 48)
            if !sawPoint { pointAt += 1 }
          }
        } else if byte == UInt8(ascii: "."), !sawPoint {
          sawPoint = true
        } else {
          break
        }
        rest = rest.dropFirst()
        guard digits.count <= 400 else { return nil }
      }
      guard sawDigit else { return nil }
      if let byte = rest.first {
        guard byte | 0x20 == UInt8(ascii: "e"), rest.count <= 6 else { return nil }
        guard let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)) else { return nil }
        if !digits.isEmpty { pointAt += exponent }
      }
      trim()
    }

    private mutating func trim() {
      while digits.last == 0 { digits.removeLast() }
      if digits.isEmpty { (pointAt, isNegative) = (0, false) }
    }

    /// Half away from zero.
    mutating func round(to count: Int) {
      guard digits.count > count else { return }
      let goesUp = digits[count] >= 5
      digits.removeLast(digits.count - count)
      if goesUp {
        var at = count - 1
        while at >= 0, digits[at] == 9 { at -= 1 }
        if at < 0 {
          digits = [1]
          pointAt += 1
        } else {
          digits[at] += 1
          digits.removeLast(digits.count - at - 1)
        }
      }
      trim()
    }

    func write(to bytes: inout [UInt8]) {
      if isNegative { bytes.append(UInt8(ascii: "-")) }
      if pointAt <= 0 { bytes.append(48) }
      for at in 0..<max(pointAt, 0) { bytes.append(at < digits.count ? digits[at] + 48 : 48) }
      guard digits.count > pointAt else { return }
      bytes.append(UInt8(ascii: "."))
      for _ in 0..<max(-pointAt, 0) { bytes.append(48) }
      for at in max(pointAt, 0)..<digits.count { bytes.append(digits[at] + 48) }
    }
  }
}

/// Which number formats show a date, and the date a number is.
enum DateFormat {
  /// 14–22 everywhere, 27–36 and 50–58 in Chinese, Japanese and Korean programs, 45 and 47 times.
  static func showsDate(builtin id: Int) -> Bool {
    (14...22).contains(id) || (27...36).contains(id) || (50...58).contains(id) || id == 45 || id == 47
  }

  /// A code with letters of a date outside of quotes, brackets and escapes. `[h]` counts hours on and on: a length, no date.
  static func showsDate(code: String) -> Bool {
    var isQuoted = false, bracket = "", isInBracket = false, isEscaped = false
    var found = false
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isInBracket {
        if character == "]" {
          isInBracket = false
          if ["h", "hh", "m", "mm", "s", "ss"].contains(bracket) { return false }
        } else {
          bracket.append(character)
        }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": (isInBracket, bracket) = (true, "")
        case "\\", "_", "*": isEscaped = true
        case "y", "m", "d", "h", "s": found = true
        case ";": return found
        case "e" where !code.contains("E+") && !code.contains("E-"): found = true
        case "g" where code.lowercased().contains("general"): return false
        default: break
        }
      }
    }
    return found
  }

  /// Appends the date that `serial` is; false where it is none. Day 60 of the 1900 system is 29 February 1900, which never was; the
  /// days before it are one behind.
  static func append(serial: Double, from1904: Bool, to bytes: inout [UInt8]) -> Bool {
    guard serial >= 0, serial < 2_958_466 else { return false }
    var seconds = Int((serial * 86_400).rounded())
    let (day, time) = (seconds / 86_400, seconds % 86_400)
    seconds = time
    if day == 0, !from1904 {
      appendTime(seconds, to: &bytes)
      return true
    }
    guard from1904 || day != 60 else { return false }
    // Day 25,569 of the 1900 system is 1970-01-01.
    let days = from1904 ? day + 1_462 - 25_569 : day - 25_569 + (day < 60 ? 1 : 0)
    appendDay(days, to: &bytes)
    if seconds > 0 {
      bytes.append(UInt8(ascii: "T"))
      appendTime(seconds, to: &bytes)
    }
    return true
  }

  private static func appendTime(_ seconds: Int, to bytes: inout [UInt8]) {
    append(seconds / 3_600, 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(seconds % 60, 2, to: &bytes)
  }

  private static func appendDay(_ days: Int, to bytes: inout [UInt8]) {
    // Civil from days, H. Hinnant: the year begins in March, so the leap day is its last.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    append(yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(civilMonth, 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(dayOfYear - (153 * month + 2) / 5 + 1, 2, to: &bytes)
  }

  private static func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(truncatingIfNeeded: number / divisor % 10 + 48))
      divisor /= 10
    }
  }
}
