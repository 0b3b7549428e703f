// Which days are worked (工作日): the State Council's holiday table of each year, as dated data (`seeds/policy/holidays-*.csv`).
//
// Decision: in a year without a table every Monday to Friday counts as a workday, and every answer that touched such a year
// says so (`isExact` false). A deadline that is a few days off and says it may be is of more use to a township than none,
// and nobody can take it for a certain one.

public struct WorkCalendar: Equatable, Sendable {
  /// One day that is not what its weekday says.
  public struct Day: Hashable, Sendable {
    public var date: CivilDate
    /// 班: a weekend day that is worked. False, 休: a day off.
    public var isWorked: Bool

    public init(date: CivilDate, isWorked: Bool) {
      self.date = date
      self.isWorked = isWorked
    }
  }

  /// A row of a table that could not be read. `line` counts from 1.
  public struct TableError: Error, Equatable {
    public enum Fault: Equatable, Sendable { case header, date, kind, otherYear }
    public var line: Int
    public var fault: Fault
  }

  private var worked: [Int: Bool] = [:]
  /// Years there is a table for.
  public private(set) var years: Set<Int> = []

  public init() {}

  /// Takes a year's table in; a year that comes again replaces what was there (tables are corrected in the year).
  public mutating func take(_ days: [Day], of year: Int) {
    for number in worked.keys where CivilDate(dayNumber: number)?.year == year { worked[number] = nil }
    for day in days where day.date.isWhole && day.date.year == year { worked[day.date.dayNumber] = day.isWorked }
    years.insert(year)
  }

  /// Takes the text of a `holidays-yyyy.csv` in: 日期,类型(休/班),名称,来源,确定性. Nothing is taken from a table with an error.
  public mutating func take(table text: String, of year: Int) throws(TableError) {
    var days: [Day] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      if index == 0 {
        guard cells.count >= 2, cells[0].hasSuffix("日期"), cells[1] == "类型" else {
          throw TableError(line: 1, fault: .header)
        }
      } else if !line.isEmpty {
        guard let date = CivilDate(String(cells[0])), date.isWhole else {
          throw TableError(line: index + 1, fault: .date)
        }
        guard cells.count >= 2, cells[1] == "休" || cells[1] == "班" else {
          throw TableError(line: index + 1, fault: .kind)
        }
        guard date.year == year else { throw TableError(line: index + 1, fault: .otherYear) }
        days.append(Day(date: date, isWorked: cells[1] == "班"))
      }
    }
    take(days, of: year)
  }

  public func isWorkday(_ date: CivilDate) -> Bool { worked[date.dayNumber] ?? (date.weekday < 5) }

  /// The last day of a term of workdays that begins with an event: the day of the event does not count.
  /// - Returns: nil for a date that is not whole, or a term beyond the calendar. `isExact` is false where the term passes
  ///   through a year without a table.
  public func day(_ workdays: Int, after event: CivilDate) -> (date: CivilDate, isExact: Bool)? {
    guard event.isWhole, workdays >= 0 else { return nil }
    var day = event
    var left = workdays
    var isExact = true
    while left > 0 {
      guard let next = day.adding(days: 1) else { return nil }
      day = next
      if !years.contains(day.year) { isExact = false }
      if isWorkday(day) { left -= 1 }
    }
    return (day, isExact)
  }

  // MARK: As one parameter

  /// A year's table as one line of text, the shape of the parameter `holidays_yyyy`: `01-01 02-14+ …`, `+` marks a weekend
  /// day that is worked.
  public func line(of year: Int) -> String {
    worked.sorted { $0.key < $1.key }.compactMap { number, isWorked in
      guard let date = CivilDate(dayNumber: number), date.year == year else { return nil }
      return String(date.description.dropFirst(5)) + (isWorked ? "+" : "")
    }.joined(separator: " ")
  }

  /// Takes such a line in. False, and nothing taken, where it is not one.
  public mutating func take(line: String, of year: Int) -> Bool {
    var days: [Day] = []
    for word in line.split(separator: " ") {
      let isWorked = word.hasSuffix("+")
      guard let date = CivilDate("\(year)-" + (isWorked ? word.dropLast() : word)), date.isWhole else { return false }
      days.append(Day(date: date, isWorked: isWorked))
    }
    take(days, of: year)
    return true
  }
}
