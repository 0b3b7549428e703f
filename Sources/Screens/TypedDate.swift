// TypedDate: a date as it is typed: 8 digits (19620228), 6 (620228) or 4 (0228), or with separators (1962-2-28,
// 1962.2.28, 1962年2月28日). What is left out is filled: 4 digits take today's year; of 6 digits, the century that puts
// the date no later than a year from today.

struct TypedDate: Equatable, CustomStringConvertible {
  var year: Int
  var month: Int
  var day: Int

  init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(in: month, of: year) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// "2026-11-24"
  init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `text` is already folded to ASCII. nil: no date.
  init?(_ text: String, today: String) {
    guard let now = TypedDate(iso: today) else { return nil }
    var numbers: [Substring] = []
    var rest = Substring(text)
    while let first = rest.firstIndex(where: { $0.isASCII && $0.isNumber }) {
      let tail = rest[first...]
      let end = tail.firstIndex { !($0.isASCII && $0.isNumber) } ?? tail.endIndex
      numbers.append(tail[..<end])
      rest = tail[end...]
    }
    if numbers.count == 3 {
      guard numbers[0].count == 4, let year = Int(numbers[0]), let month = Int(numbers[1]), let day = Int(numbers[2])
      else {
        return nil
      }
      self.init(year: year, month: month, day: day)
      return
    }
    guard numbers.count == 1, let digits = numbers.first, digits.count == text.count, let number = Int(digits) else {
      return nil
    }
    switch digits.count {
    case 8: self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    case 6:
      let recent = TypedDate(year: 2000 + number / 10_000, month: number / 100 % 100, day: number % 100)
      let limit = (now.year + 1) * 10_000 + now.month * 100 + now.day
      if let recent, recent.number <= limit {
        self = recent
      } else {
        self.init(year: 1900 + number / 10_000, month: number / 100 % 100, day: number % 100)
      }
    case 4: self.init(year: now.year, month: number / 100, day: number % 100)
    default: return nil
    }
  }

  /// "2019", "2019-03", "201903", "20190312" or with separators, as "yyyy", "yyyy-mm" or "yyyy-mm-dd"; nil: no date.
  /// `text` is folded.
  static func partial(_ text: String) -> String? {
    let numbers = text.split(whereSeparator: { !($0.isASCII && $0.isNumber) }).map(String.init)
    guard let first = numbers.first, numbers.allSatisfy({ $0.count <= 8 }) else { return nil }
    var parts = numbers
    if numbers.count == 1 {
      let tail = first.dropFirst(4)
      switch first.count {
      case 4: parts = [first]
      case 6: parts = [String(first.prefix(4)), String(tail)]
      case 8: parts = [String(first.prefix(4)), String(tail.prefix(2)), String(tail.suffix(2))]
      default: return nil
      }
    }
    guard parts[0].count == 4, let year = Int(parts[0]), 1800...2200 ~= year else { return nil }
    let month = parts.count > 1 ? Int(parts[1]) : 1
    let day = parts.count > 2 ? Int(parts[2]) : 1
    guard parts.count <= 3, let month, let day, let date = TypedDate(year: year, month: month, day: day) else {
      return nil
    }
    return String(date.description.prefix([4, 7, 10][parts.count - 1]))
  }

  var number: Int { year * 10_000 + month * 100 + day }

  var description: String { "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))" }

  /// Whole years from this date to another one; nil where the other is earlier.
  func years(to other: TypedDate) -> Int? {
    guard other.number >= number else { return nil }
    return other.year - year - (other.month * 100 + other.day < month * 100 + day ? 1 : 0)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// "0930", "930" or "9:30" as "09:30:00"; nil otherwise.
  static func time(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var hour: Int?
    var minute: Int?
    if parts.count == 2 {
      hour = Int(parts[0])
      minute = Int(parts[1])
    } else if parts.count == 1, 3...4 ~= text.count, let number = Int(text) {
      hour = number / 100
      minute = number % 100
    }
    guard let hour, let minute, 0...23 ~= hour, 0...59 ~= minute else { return nil }
    return "\(digits(hour, 2)):\(digits(minute, 2)):00"
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
  }
}
