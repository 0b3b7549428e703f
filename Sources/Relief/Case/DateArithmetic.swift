// Counting in days and months, as terms are counted (docs/case.md, "Clocks"): the day of the event does not count, and a
// month that has no such day ends on its last one.

extension CivilDate {
  /// The day so many days later; nil for a date that is not whole, and beyond the calendar. How many may be anything that somebody typed.
  public func adding(days: Int) -> CivilDate? {
    let (number, overflow) = dayNumber.addingReportingOverflow(days)
    return isWhole && !overflow ? CivilDate(dayNumber: number) : nil
  }

  /// The same day so many months later, or the last day of a month that is too short. Nil for a date that is not whole, and
  /// beyond the calendar.
  public func adding(months: Int) -> CivilDate? {
    guard let month, let day else { return nil }
    let (count, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, count >= 0 else { return nil }
    let (toYear, toMonth) = (count / 12, count % 12 + 1)
    guard (1000...9999).contains(toYear) else { return nil }
    return CivilDate(year: toYear, month: toMonth, day: min(day, CivilDate.days(inMonth: toMonth, of: toYear)))
  }

  /// Whole months that have passed by `date`; 0 before the first has. Nil where one of the two is not whole.
  public func completedMonths(until date: CivilDate) -> Int? {
    guard let month, let onMonth = date.month, isWhole, date.isWhole else { return nil }
    var months = (date.year - year) * 12 + onMonth - month
    while months > 0, let reached = adding(months: months), reached > date { months -= 1 }
    return max(0, months)
  }

  /// 0 is Monday, 6 is Sunday.
  public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }
}
