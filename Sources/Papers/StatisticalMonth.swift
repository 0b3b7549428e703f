// 统计月 (policy §7.4): the monthly tables of a township do not run with the calendar but from settle day to settle day.

public import Relief

/// The days a paper speaks of, both included.
public struct PaperDays: Equatable, Sendable {
  public var from: CivilDate
  public var to: CivilDate

  public init(from: CivilDate, to: CivilDate) { (self.from, self.to) = (from, to) }

  /// Whole dates only: what happened in a month that is not known to the day belongs to no statistical month.
  public func contains(_ day: CivilDate?) -> Bool { day.map { $0.isWhole && from <= $0 && $0 <= to } ?? false }

  /// [上月（结算日+1）, 本月（结算日+1）): of November with settle day 15 the days 16 October to 15 November.
  /// - Parameters:
  ///   - month: `yyyy-MM`.
  ///   - settleDay: 1…27, so that the day after it is in every month.
  /// - Returns: nil for anything else.
  public init?(month: String, settleDay: Int = Self.settleDayDefault) {
    guard let month = CivilDate(month), month.day == nil, let number = month.month, Self.settleDays.contains(settleDay) else {
      return nil
    }
    let (year, last) = number == 1 ? (month.year - 1, 12) : (month.year, number - 1)
    guard let from = CivilDate(year: year, month: last, day: settleDay + 1),
      let to = CivilDate(year: month.year, month: number, day: settleDay)
    else { return nil }
    self.init(from: from, to: to)
  }

  public static let settleDayDefault = 15
  public static let settleDays = 1...27
}
