// Dates: civil fields ↔ milliseconds ↔ text. The calendar is the proleptic Gregorian one; local time is one fixed
// offset per evaluation (China has had one since 1991). As numbers, dates are whole local days since 1970-01-01, as
// in Collect.
//
// Text read: `2026-11-24`, `2026-11-24T09:30`, `…:05.120`, `…Z`, `…+08:00`, `…+08`. Text written: `2026-11-24`,
// `2026-11-24T09:30:05.120+08:00`, `09:30:05.120+08:00`.

enum XPathDate {
  static let dayMilliseconds: Int64 = 86_400_000

  /// Days from 1970-01-01 to a civil date.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  static func isDate(year: Int, month: Int, day: Int) -> Bool {
    guard year >= -200_000, year <= 200_000, month >= 1, month <= 12, day >= 1 else { return false }
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= (month == 2 && isLeap ? 29 : lengths[month - 1])
  }

  // MARK: Reading

  /// A date, or a date and time, at the local `offset` where it names none. nil: neither.
  static func parse(_ text: String, offset: Int) -> XPathInstant? {
    let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let day = halves.first, let days = parseDay(day) else { return nil }
    var time = Time(milliseconds: 0, offset: nil)
    if halves.count == 2 {
      guard let read = parseTime(halves[1]) else { return nil }
      time = read
    }
    let local = Int64(days) * dayMilliseconds + Int64(time.milliseconds)
    return XPathInstant(milliseconds: local - Int64(time.offset ?? offset) * 60_000, offsetMinutes: offset)
  }

  private static func parseDay(_ text: Substring) -> Int? {
    let pieces = text.split(separator: "-", omittingEmptySubsequences: false)
    guard pieces.count == 3, let year = Int32(pieces[0]), let month = Int32(pieces[1]), let day = Int32(pieces[2]),
      isDate(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    return days(year: Int(year), month: Int(month), day: Int(day))
  }

  struct Time {
    var milliseconds: Int
    /// Minutes east of UTC; nil: not said.
    var offset: Int?
  }

  /// `09:30`, `09:30:05.120`, with or without an offset.
  static func parseTime(_ text: Substring) -> Time? {
    var clock = text
    var offset: Int?
    if text.last == "Z" {
      clock = text.dropLast()
      offset = 0
    } else if let sign = text.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      clock = text[..<sign]
      guard let minutes = parseOffset(text[text.index(after: sign)...]) else { return nil }
      offset = text[sign] == "-" ? -minutes : minutes
    }
    let pieces = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count == 2 || pieces.count == 3, let hour = Int(pieces[0]), let minute = Int(pieces[1]),
      hour >= 0, hour < 24, minute >= 0, minute < 60
    else { return nil }
    var milliseconds = (hour * 60 + minute) * 60_000
    if pieces.count == 3 {
      let digits = pieces[2].prefix { ($0 >= "0" && $0 <= "9") || $0 == "." }
      guard digits.utf8.count < 32, let seconds = Double(digits), seconds < 60 else { return nil }
      let whole = Int(seconds)
      milliseconds += whole * 1_000 + Int(1_000 * seconds - 1_000 * Double(whole))
    }
    return Time(milliseconds: milliseconds, offset: offset)
  }

  private static func parseOffset(_ text: Substring) -> Int? {
    let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count <= 2, let first = Int(pieces[0]), first >= 0 else { return nil }
    if pieces.count == 2 {
      guard let minutes = Int(pieces[1]), minutes >= 0, minutes < 60, first < 24 else { return nil }
      return first * 60 + minutes
    }
    // `+08` and `+0800`
    if pieces[0].utf8.count == 4 { return first < 2_400 ? first / 100 * 60 + first % 100 : nil }
    return first < 24 ? first * 60 : nil
  }

  // MARK: Writing

  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }

  static func offsetText(_ minutes: Int) -> String {
    if minutes == 0 { return "Z" }
    let size = Int(minutes.magnitude)
    return (minutes < 0 ? "-" : "+") + padded(size / 60, 2) + ":" + padded(size % 60, 2)
  }

  /// `format-date`, `format-date-time`. nil: an escape that is not in the specification, or a lone `%` at the end.
  static func format(_ instant: XPathInstant, _ pattern: String, language: String) -> String? {
    let moment = instant.moment
    var text = ""
    var scalars = pattern.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "%" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      guard let escape = scalars.next(), let part = part(escape, of: moment, in: language) else { return nil }
      text += part
    }
    return text
  }

  private static func part(_ escape: Unicode.Scalar, of moment: Moment, in language: String) -> String? {
    switch escape {
    case "%": "%"
    case "Y": padded(moment.year, 4)
    case "y": String(padded(moment.year, 4).dropFirst(2))
    case "m": padded(moment.month, 2)
    case "n": String(moment.month)
    case "b": monthName(moment.month, in: language)
    case "d": padded(moment.day, 2)
    case "e": String(moment.day)
    case "H": padded(moment.hour, 2)
    case "h": String(moment.hour)
    case "M": padded(moment.minute, 2)
    case "S": padded(moment.second, 2)
    case "3": padded(moment.millisecond, 3)
    case "a": dayName(moment, in: language)
    default: nil
    }
  }

  private static func isChinese(_ language: String) -> Bool {
    let lower = language.lowercased()
    return lower.hasPrefix("zh") || lower.contains("chinese") || language.contains("中文") || lower.contains("(zh")
  }

  private static func monthName(_ month: Int, in language: String) -> String {
    if isChinese(language) { return "\(month)月" }
    return ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][(month + 11) % 12]
  }

  private static func dayName(_ moment: Moment, in language: String) -> String {
    let days = days(year: moment.year, month: moment.month, day: moment.day)
    let weekday = ((days + 4) % 7 + 7) % 7
    if isChinese(language) { return ["周日", "周一", "周二", "周三", "周四", "周五", "周六"][weekday] }
    return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday]
  }
}

extension XPathInstant {
  /// Midnight of the local day `days` after 1970-01-01.
  init(days: Int, offsetMinutes: Int) {
    self.init(
      milliseconds: Int64(days) * XPathDate.dayMilliseconds - Int64(offsetMinutes) * 60_000,
      offsetMinutes: offsetMinutes)
  }

  public init(_ moment: Moment) {
    let days = XPathDate.days(year: moment.year, month: moment.month, day: moment.day)
    let clock = ((moment.hour * 60 + moment.minute - moment.offsetMinutes) * 60 + moment.second) * 1_000
    self.init(
      milliseconds: Int64(days) * XPathDate.dayMilliseconds + Int64(clock + moment.millisecond),
      offsetMinutes: moment.offsetMinutes)
  }

  private var local: Int64 { milliseconds + Int64(offsetMinutes) * 60_000 }

  /// Whole local days since 1970-01-01.
  var days: Int {
    let (quotient, remainder) = local.quotientAndRemainder(dividingBy: XPathDate.dayMilliseconds)
    return Int(remainder < 0 ? quotient - 1 : quotient)
  }

  private var millisecondOfDay: Int { Int(local - Int64(days) * XPathDate.dayMilliseconds) }

  /// 0 at local midnight, 0.5 at noon.
  var fractionOfDay: Double {
    let value = Double(local) / Double(XPathDate.dayMilliseconds)
    return value - value.rounded(.down)
  }

  /// Days and fractions since 1970-01-01 UTC.
  var decimalDays: Double { Double(milliseconds) / Double(XPathDate.dayMilliseconds) }

  var midnight: XPathInstant { XPathInstant(days: days, offsetMinutes: offsetMinutes) }

  public var moment: Moment {
    let date = XPathDate.civil(days: days)
    let clock = millisecondOfDay
    return Moment(
      year: date.year, month: date.month, day: date.day, hour: clock / 3_600_000, minute: clock / 60_000 % 60,
      second: clock / 1_000 % 60, millisecond: clock % 1_000, offsetMinutes: offsetMinutes)
  }

  /// `2026-11-24`
  public var dateText: String {
    let date = XPathDate.civil(days: days)
    return XPathDate.padded(date.year, 4) + "-" + XPathDate.padded(date.month, 2) + "-"
      + XPathDate.padded(date.day, 2)
  }

  /// `09:30:05.120+08:00`
  public var timeText: String {
    let moment = moment
    return XPathDate.padded(moment.hour, 2) + ":" + XPathDate.padded(moment.minute, 2) + ":"
      + XPathDate.padded(moment.second, 2) + "." + XPathDate.padded(moment.millisecond, 3)
      + XPathDate.offsetText(offsetMinutes)
  }

  /// `2026-11-24T09:30:05.120+08:00`
  public var dateTimeText: String { dateText + "T" + timeText }
}
