import Papers
import Relief
import Testing

/// 统计月: from the day after the settle day of the month before to the settle day of the month itself.
@Suite struct SettleDayTests {
  static func days(_ month: String, _ settleDay: Int = 15) -> String? {
    PaperDays(month: month, settleDay: settleDay).map { "\($0.from) \($0.to)" }
  }

  @Test(arguments: [
    ("2026-11", 15, "2026-10-16 2026-11-15"), ("2026-01", 15, "2025-12-16 2026-01-15"), ("2026-12", 15, "2026-11-16 2026-12-15"),
    ("2026-03", 27, "2026-02-28 2026-03-27"), ("2028-03", 27, "2028-02-28 2028-03-27"), ("2026-02", 15, "2026-01-16 2026-02-15"),
    ("2026-03", 1, "2026-02-02 2026-03-01"),
  ])
  func theMonthRunsFromSettleDayToSettleDay(_ month: String, _ settleDay: Int, _ days: String) {
    #expect(Self.days(month, settleDay) == days)
  }

  @Test func whatIsNoMonthOrNoSettleDayIsRefused() {
    #expect(["2026-13", "2026-11-01", "2026", "", "202611", "2026.1", "2026.11", "2026/1", "2026-1", "2026年1月"].allSatisfy { Self.days($0) == nil })
    #expect([0, 28, -1].allSatisfy { Self.days("2026-11", $0) == nil })
  }

  /// Every day of three years belongs to exactly one month, whatever the settle day.
  @Test(arguments: [1, 15, 27]) func noDayIsLostAndNoneCountsTwice(_ settleDay: Int) throws {
    let months = (2025...2028).flatMap { year in
      (1...12).compactMap { PaperDays(month: "\(year)-\($0 < 10 ? "0" : "")\($0)", settleDay: settleDay) }
    }
    let first = try #require(CivilDate("2025-06-01")).dayNumber
    for number in first..<(first + 3 * 365) {
      let day = CivilDate(dayNumber: number)
      #expect(months.filter { $0.contains(day) }.count == 1, "\(String(describing: day))")
    }
  }

  @Test func aDateThatIsNotKnownToTheDayIsInNoMonth() {
    #expect(PaperDays(month: "2026-11")?.contains(CivilDate("2026-11")) == false)
  }

  /// The same grant, a day later, stands in the next month's table.
  @Test func aGrantOfTheSettleDayIsThisMonths() {
    for (day, november, december) in [("2026-11-15", 1, 0), ("2026-11-16", 0, 1), ("2026-10-16", 1, 0), ("2026-10-15", 0, 0)] {
      var town = Township()
      town.household("h-1", "张三", members: 2)
      town.write(.category, FactList.category, "c-1", of: "h-1", ["kind": "lb", "from": day])
      // The last row is the sum.
      #expect(town.rows("new-lb", "2026-11").count - 1 == november, "\(day)")
      #expect(town.rows("new-lb", "2026-12").count - 1 == december, "\(day)")
    }
  }
}
