// A deadline: when something is due, and from what that was counted. Unset and unknown are answers of their own.

public struct Deadline: Equatable, Sendable {
  /// Why there is no day.
  public enum Missing: Equatable, Sendable {
    /// 未设定: nobody has set the figure.
    case unset
    /// The day it counts from is not known, or not to the day.
    case noStart
  }

  public var clock: CaseClock
  /// The day of the event; it does not count itself.
  public var start: CivilDate?
  public var amount: Int?
  /// The last day that is in time. Nil with `missing`.
  public var due: CivilDate?
  public var missing: Missing?
  /// False where the term passes through a year without a holiday table: then only weekends were left out.
  public var isExact: Bool

  /// Days past the due day; 0 in time, and where there is no day.
  public func overdueDays(on day: CivilDate) -> Int { due.map { max(0, day.dayNumber - $0.dayNumber) } ?? 0 }

  public func isOverdue(on day: CivilDate) -> Bool { overdueDays(on: day) > 0 }
}

/// The clocks and the calendar that they run on.
public struct CaseRules: Equatable, Sendable {
  public var clocks: CaseClocks
  public var calendar: WorkCalendar

  public init(clocks: CaseClocks = CaseClocks(), calendar: WorkCalendar = WorkCalendar()) {
    self.clocks = clocks
    self.calendar = calendar
  }

  /// The deadline of a clock that starts with an event of this day. `redHours` is counted in moments, not here: its day
  /// is the day after the hours are over, rounded up.
  public func deadline(_ clock: CaseClock, from start: CivilDate?) -> Deadline {
    var deadline = Deadline(clock: clock, start: start, amount: clocks[clock], due: nil, missing: nil, isExact: true)
    guard let amount = clocks[clock], amount >= 0 else {
      deadline.missing = .unset
      return deadline
    }
    guard let start, start.isWhole else {
      deadline.missing = .noStart
      return deadline
    }
    switch clock.unit {
    case .workdays:
      let end = calendar.day(amount, after: start)
      deadline.due = end?.date
      deadline.isExact = end?.isExact ?? true
    case .days: deadline.due = start.adding(days: amount)
    case .months: deadline.due = start.adding(months: amount)
    case .hours: deadline.due = start.adding(days: (amount + 23) / 24)
    }
    if deadline.due == nil { deadline.missing = .noStart }
    return deadline
  }
}
