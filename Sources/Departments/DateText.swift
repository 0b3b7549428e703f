// Dates as departments write them, read from bytes: 2026-11-26, 2026/11/26, 2026.11.26, 20261126, 2026年11月26日, and the day number of
// a spreadsheet. The year comes first in all of them; 11/26/2026 could mean two days elsewhere and is refused.

/// A date as one number, `yyyyMMdd`; the parts that are not known are 0.
public struct DateNumber: Hashable, Comparable, Sendable {
  public var rawValue: Int32

  public init(year: Int, month: Int, day: Int) { rawValue = Int32(year * 10_000 + month * 100 + day) }
  public init(rawValue: Int32) { self.rawValue = rawValue }

  public static func < (left: DateNumber, right: DateNumber) -> Bool { left.rawValue < right.rawValue }

  /// yyyy-MM-dd, yyyy-MM or yyyy.
  public var text: String {
    let year = rawValue / 10_000, month = rawValue / 100 % 100, day = rawValue % 100
    func two(_ number: Int32) -> String { (number < 10 ? "-0" : "-") + String(number) }
    return String(year) + (month == 0 ? "" : two(month)) + (day == 0 ? "" : two(day))
  }
}

enum DateText {
  enum Reading: Equatable {
    case whole(DateNumber, ValueFindings)
    case partial(DateNumber, ValueFindings)
    case none
  }

  static func read(_ text: [UInt8]) -> Reading { read(text[...]) }

  static func read(_ text: ArraySlice<UInt8>) -> Reading {
    var scanner = Scanner(rest: text)
    guard let first = scanner.number() else { return .none }
    if scanner.rest.isEmpty || scanner.rest.first == UInt8(ascii: ".") && isSerial(first, scanner.rest.dropFirst()) {
      return bare(first)
    }
    guard first.digits == 4, let separator = scanner.separator(year: true) else { return .none }
    guard let month = scanner.number() else {
      return separator == .chinese && scanner.rest.isEmpty ? partial(first.value, 0, .dateRewritten) : .none
    }
    guard month.digits <= 2 else { return .none }
    // A spreadsheet makes 2026.1 of October: which month was meant, nobody can say.
    if scanner.rest.isEmpty, separator == .point, month.digits == 1 { return .none }
    if scanner.rest.isEmpty, separator != .chinese {
      return partial(first.value, month.value, separator == .dash && month.digits == 2 ? [] : .dateRewritten)
    }
    guard scanner.separator(month: separator) else { return .none }
    guard let day = scanner.number() else {
      return separator == .chinese && scanner.rest.isEmpty ? partial(first.value, month.value, .dateRewritten) : .none
    }
    guard day.digits <= 2, separator != .chinese || scanner.dropDay() else { return .none }
    var findings: ValueFindings = separator == .dash && month.digits == 2 && day.digits == 2 ? [] : .dateRewritten
    guard scanner.dropTime(&findings) else { return .none }
    return whole(first.value, month.value, day.value, findings)
  }

  /// 20261126, 2026, or a day number.
  private static func bare(_ number: (value: Int, digits: Int)) -> Reading {
    switch number.digits {
    case 8: return whole(number.value / 10_000, number.value / 100 % 100, number.value % 100, .dateRewritten)
    case 4: return partial(number.value, 0, [])
    case 5 where (10_000...80_000).contains(number.value):
      // Day 25,569 is 1970-01-01. Nothing before day 60 (1900-03-01) has five digits.
      let day = civil(number.value - 25_569)
      return whole(day.year, day.month, day.day, [.serialDate, .dateRewritten])
    default: return .none
    }
  }

  private static func isSerial(_ number: (value: Int, digits: Int), _ rest: ArraySlice<UInt8>) -> Bool {
    // A day number with a time of day behind the point; 2026.11 is no day number.
    number.digits == 5 && !rest.isEmpty && rest.allSatisfy { (48...57).contains($0) }
  }

  private static func whole(_ year: Int, _ month: Int, _ day: Int, _ findings: ValueFindings) -> Reading {
    guard isDate(year, month, day) else { return .none }
    return .whole(DateNumber(year: year, month: month, day: day), findings)
  }

  private static func partial(_ year: Int, _ month: Int, _ findings: ValueFindings) -> Reading {
    guard (1900...2999).contains(year), (0...12).contains(month) else { return .none }
    return .partial(DateNumber(year: year, month: month, day: 0), findings.union(.partialDate))
  }

  static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1800...2999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    return day <= days
  }

  /// Civil from days since 1970, H. Hinnant: the year begins in March.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  private enum Separator { case dash, slash, point, chinese }

  private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func number() -> (value: Int, digits: Int)? {
      var value = 0, digits = 0
      while let byte = rest.first, (48...57).contains(byte), digits < 9 {
        value = value * 10 + Int(byte - 48)
        digits += 1
        rest = rest.dropFirst()
      }
      return digits > 0 ? (value, digits) : nil
    }

    mutating func separator(year: Bool) -> Separator? {
      switch rest.first {
      case UInt8(ascii: "-"): rest = rest.dropFirst(); return .dash
      case UInt8(ascii: "/"): rest = rest.dropFirst(); return .slash
      case UInt8(ascii: "."): rest = rest.dropFirst(); return .point
      default: return drop("年") ? .chinese : nil
      }
    }

    mutating func separator(month: Separator) -> Bool {
      switch month {
      case .dash: drop("-")
      case .slash: drop("/")
      case .point: drop(".")
      case .chinese: drop("月")
      }
    }

    mutating func dropDay() -> Bool { drop("日") || drop("号") }

    private mutating func drop(_ word: String) -> Bool {
      guard rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      return true
    }

    /// A time of day behind a blank or a T; one of midnight is no time.
    mutating func dropTime(_ findings: inout ValueFindings) -> Bool {
      guard let byte = rest.first else { return true }
      guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") else { return false }
      let time = rest.dropFirst()
      guard time.count >= 4, time.allSatisfy({ (48...58).contains($0) || $0 == UInt8(ascii: ".") }) else { return false }
      if time.contains(where: { (49...57).contains($0) }) { findings.insert(.timeDropped) }
      rest = rest[rest.endIndex...]
      return true
    }
  }
}
