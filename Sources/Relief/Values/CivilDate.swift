// A date people write: a whole one, or only a year and month, or only a year (when an illness began, when someone left).
// Gregorian, years 1000…9999. A part that is not known stays unknown; it is never filled with a guess.

public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int?
  public let day: Int?

  /// Nil for a date the calendar does not have.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1000...9999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day {
        guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
      }
    } else if day != nil {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `yyyy`, `yyyy-MM` or `yyyy-MM-dd` in ASCII digits.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard [4, 7, 10].contains(bytes.count) else { return nil }
    var numbers = [0, 0, 0]
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard (48...57).contains(byte) else { return nil }
        let part = index < 4 ? 0 : index < 7 ? 1 : 2
        numbers[part] = numbers[part] * 10 + Int(byte - 48)
      }
    }
    self.init(
      year: numbers[0], month: bytes.count >= 7 ? numbers[1] : nil, day: bytes.count == 10 ? numbers[2] : nil)
  }

  /// The date at the start of a date-time text (`2026-11-24T09:30:05+08:00`).
  public init?(startOf text: String) { self.init(String(text.prefix(10))) }

  public var isWhole: Bool { day != nil }

  public var description: String {
    let parts = [Self.padded(year, 4), month.map { Self.padded($0, 2) }, day.map { Self.padded($0, 2) }]
    return parts.compactMap { $0 }.joined(separator: "-")
  }

  /// Days since 1970-01-01 of the earliest day this may be.
  public var dayNumber: Int {
    // Days from civil, H. Hinnant: the year begins in March, so the leap day is its last.
    let shifted = (month ?? 1) <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let monthFromMarch = ((month ?? 1) + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + (day ?? 1) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The whole date of a day number, nil outside years 1000…9999.
  public init?(dayNumber: Int) {
    guard (-354_285...2_932_896).contains(dayNumber) else { return nil }
    let shifted = dayNumber + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(year: year, month: month, day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// By the earliest day it may be, the less exact first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    let (one, other) = (left.dayNumber, right.dayNumber)
    return one == other ? left.precision < right.precision : one < other
  }

  /// Completed years of somebody born on this date, by the rule of GB and of ordinary life: one older on the birthday
  /// itself, and on 1 March for somebody born on 29 February in other years. Nil where it is not certain.
  public func age(on date: CivilDate) -> Int? {
    guard let month, let day, let onMonth = date.month, let onDay = date.day else { return nil }
    let years = date.year - year - ((onMonth, onDay) < (month, day) ? 1 : 0)
    return years < 0 ? nil : years
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private var precision: Int { day != nil ? 2 : month != nil ? 1 : 0 }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
