// Functions of dates. A number is days since 1970-01-01: whole local days for `date`, days of UTC for `date-time`.
// What is empty stays empty; what is no date is a fault.

extension XPathCall {
  func date() throws(XPathFault) -> XPathAtom {
    switch function {
    case .now: return .date(XPathInstant(environment.now))
    case .today: return .date(XPathInstant(environment.now).midnight)
    case .date: return try instant(keepingTime: false)
    case .dateTime: return try instant(keepingTime: true)
    case .formatDate, .formatDateTime:
      guard case .date(let instant) = try instant(keepingTime: true, clocks: true) else { return .string("") }
      guard let text = XPathDate.format(instant, try string(1), language: environment.language) else {
        throw argument(1, .unknownFormat)
      }
      return try bounded(text)
    default: return try decimal()
    }
  }

  /// The first argument as a date; an empty text or NaN as it is.
  private func instant(keepingTime: Bool, clocks: Bool = false) throws(XPathFault) -> XPathAtom {
    switch try atom(0) {
    case .boolean: throw argument(0, .notDate)
    case .date(let instant): return .date(keepingTime ? instant : instant.midnight)
    case .number(let value):
      if value.isNaN { return .number(value) }
      guard abs(value) <= 2_147_483_647 else { throw argument(0, .outOfRange) }
      if !keepingTime { return .date(XPathInstant(days: Int(value), offsetMinutes: offset)) }
      let milliseconds = Int64(value * Double(XPathDate.dayMilliseconds))
      return .date(XPathInstant(milliseconds: milliseconds, offsetMinutes: offset))
    case .string(let text):
      if text.isEmpty { return .string(text) }
      if let instant = XPathDate.parse(text, offset: offset) { return .date(instant) }
      if clocks, let instant = clock(text) { return .date(instant) }
      throw argument(0, .notDate)
    }
  }

  /// A time of day, today.
  private func clock(_ text: String) -> XPathInstant? {
    guard let time = XPathDate.parseTime(text[...]) else { return nil }
    var instant = XPathInstant(environment.now).midnight
    instant.milliseconds += Int64(time.milliseconds) - Int64((time.offset ?? offset) - offset) * 60_000
    return instant
  }

  /// `decimal-date-time` (days of UTC) and `decimal-time` (part of the local day).
  private func decimal() throws(XPathFault) -> XPathAtom {
    let keepsDate = function == .decimalDateTime
    let instant: XPathInstant
    switch try atom(0) {
    case .boolean: throw argument(0, .notDate)
    case .date(let date): instant = date
    case .number(let value):
      if value.isNaN { return .number(value) }
      guard abs(value) <= 2_147_483_647 else { throw argument(0, .outOfRange) }
      return .number(keepsDate ? value : value - value.rounded(.down))
    case .string(let text):
      if text.isEmpty { return .string(text) }
      if let read = XPathDate.parse(text, offset: offset) {
        instant = read
      } else if !keepsDate, let time = XPathDate.parseTime(text[...]) {
        let local = time.milliseconds - ((time.offset ?? offset) - offset) * 60_000
        let day = Int(XPathDate.dayMilliseconds)
        return .number(Double((local % day + day) % day) / Double(day))
      } else {
        throw argument(0, .notDate)
      }
    }
    return .number(keepsDate ? instant.decimalDays : instant.fractionOfDay)
  }
}
