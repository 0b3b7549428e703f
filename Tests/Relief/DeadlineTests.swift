import Foundation
import Relief
import Testing

/// Terms: workdays on the State Council's table, calendar days and months, and what runs for a case where it stands.
@Suite struct DeadlineTests {
  static func table(_ year: Int) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("seeds/policy/holidays-\(year).csv"), encoding: .utf8)
  }

  static func calendar(_ years: Int...) throws -> WorkCalendar {
    var calendar = WorkCalendar()
    for year in years { try calendar.take(table: table(year), of: year) }
    return calendar
  }

  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  // MARK: The calendar

  /// 1–4 January 2026: holiday on Thursday to Saturday, worked on Sunday the 4th.
  @Test func aHolidayIsNoWorkdayAndAWorkedSundayIsOne() throws {
    let calendar = try Self.calendar(2026)
    #expect(try !calendar.isWorkday(Self.day("2026-01-01")) && !calendar.isWorkday(Self.day("2026-01-02")))
    #expect(try calendar.isWorkday(Self.day("2026-01-04")) && !calendar.isWorkday(Self.day("2026-01-10")))
    let one = try #require(calendar.day(1, after: Self.day("2026-01-02")))
    #expect(one.date == CivilDate("2026-01-04") && one.isExact)
  }

  /// The day of the event does not count; no days at all is the day itself.
  @Test func theDayOfTheEventDoesNotCount() throws {
    let calendar = try Self.calendar(2026)
    #expect(try calendar.day(1, after: Self.day("2026-03-02"))?.date == CivilDate("2026-03-03"))
    #expect(try calendar.day(5, after: Self.day("2026-03-06"))?.date == CivilDate("2026-03-13"))
    #expect(try calendar.day(0, after: Self.day("2026-03-07"))?.date == CivilDate("2026-03-07"))
    #expect(try calendar.day(-1, after: Self.day("2026-03-07")) == nil)
    #expect(try calendar.day(3, after: Self.day("2026-03")) == nil)
  }

  @Test func aYearWithoutATableIsCountedByWeekdaysAndSaysSo() throws {
    let calendar = try Self.calendar(2025)
    let within = try #require(calendar.day(3, after: Self.day("2025-12-24")))
    #expect(within.date == CivilDate("2025-12-29") && within.isExact)
    let beyond = try #require(calendar.day(3, after: Self.day("2025-12-30")))
    #expect(beyond.date == CivilDate("2026-01-02") && !beyond.isExact)
    let known = try #require(Self.calendar(2025, 2026).day(3, after: Self.day("2025-12-30")))
    #expect(known.date == CivilDate("2026-01-05") && known.isExact)
  }

  @Test func aTableIsTakenWholeOrNotAtAll() throws {
    var calendar = try Self.calendar(2026)
    let before = calendar
    let bad: [(String, Int, WorkCalendar.TableError.Fault)] = [
      ("日期,种类\n", 1, .header), ("日期,类型\n2026-05-01,休\n2026-13-01,休\n", 3, .date), ("日期,类型\n2026-05-01,放\n", 2, .kind),
      ("日期,类型\n2025-05-01,休\n", 2, .otherYear),
    ]
    for (text, line, fault) in bad {
      do throws(WorkCalendar.TableError) {
        try calendar.take(table: text, of: 2026)
        Issue.record("taken: \(text)")
      } catch {
        #expect(error.line == line && error.fault == fault)
      }
      #expect(calendar == before)
    }
    // A table that comes again replaces the year's.
    try calendar.take(table: "日期,类型\n2026-05-01,休\n", of: 2026)
    #expect(try calendar.isWorkday(Self.day("2026-01-01")))
  }

  @Test func aTableAsOneLineIsTheSameTable() throws {
    let calendar = try Self.calendar(2026)
    var other = WorkCalendar()
    let line = calendar.line(of: 2026)
    #expect(line.hasPrefix("01-01 01-02 01-03 01-04+"))
    let isTaken = other.take(line: line, of: 2026)
    #expect(isTaken)
    #expect(other == calendar)
    let isTakenHalf = other.take(line: "01-01 0102", of: 2026)
    #expect(!isTakenHalf)
    #expect(other == calendar)
  }

  @Test func aMonthThatIsTooShortEndsOnItsLastDay() throws {
    #expect(try Self.day("2026-08-31").adding(months: 6) == CivilDate("2027-02-28"))
    #expect(try Self.day("2027-08-31").adding(months: 6) == CivilDate("2028-02-29"))
    #expect(try Self.day("2026-11-30").adding(months: 3) == CivilDate("2027-02-28"))
    #expect(CivilDate("2026-11")?.adding(months: 3) == nil && CivilDate("2026-11")?.adding(days: 3) == nil)
    #expect(try Self.day("2026-08-31").completedMonths(until: Self.day("2027-02-27")) == 5)
    #expect(try Self.day("2026-08-31").completedMonths(until: Self.day("2027-02-28")) == 6)
    #expect(try Self.day("2026-08-31").completedMonths(until: Self.day("2026-08-01")) == 0)
  }

  @Test func aDeadlineSaysWhyThereIsNone() throws {
    let rules = CaseRules()
    #expect(rules.deadline(.referralWorkdays, from: .today).missing == .unset)
    #expect(rules.deadline(.identifyDays, from: nil).missing == .noStart)
    #expect(rules.deadline(.identifyDays, from: CivilDate("2026-03")).missing == .noStart)
    let known = try rules.deadline(.identifyDays, from: Self.day("2026-03-01"))
    #expect(known.due == CivilDate("2026-03-16") && known.missing == nil && known.isExact)
    #expect(try known.overdueDays(on: Self.day("2026-03-16")) == 0)
    #expect(try known.overdueDays(on: Self.day("2026-03-18")) == 2 && known.isOverdue(on: Self.day("2026-03-17")))
  }

  // MARK: What runs for a case

  static func way(_ state: CaseState, _ track: CaseTrack = .lowIncome, on day: String = "2026-03-02") throws -> Way {
    var way = Way(CaseRules(clocks: Way.rules.clocks, calendar: try calendar(2026)))
    way.stand(at: CasePosition(state), track: track, on: day)
    return way
  }

  /// 30 workdays from the day the papers were complete (57号), over Qingming; the county's 10 from its own step.
  @Test func theWholeWayOfLowIncomeIsThirtyWorkdays() throws {
    var way = try Self.way(.monitored)
    way.apply(for: "lb", on: "2026-03-02", ["date": "2026-02-20"])
    #expect(way.due(.inclusion)?.due == CivilDate("2026-04-14"))
    way.write(way.step(.monitored, .confirming, on: "2026-03-20", reason: "免公示"), by: .county)
    #expect(way.due(.inclusion)?.due == CivilDate("2026-04-14"))
    #expect(way.due(.confirm)?.due == CivilDate("2026-04-03"))
  }

  @Test func theSurveyBeginsInThreeWorkdaysUntilSomebodyWent() throws {
    var way = try Self.way(.monitored)
    way.apply(for: "lb", on: "2026-03-05")
    #expect(way.due(.survey)?.due == CivilDate("2026-03-10"))
    way.visit(on: "2026-03-06", ["method": "not_met"])
    #expect(way.due(.survey) != nil)
    way.visit(on: "2026-03-09")
    #expect(way.due(.survey) == nil)
  }

  /// 特困: the township 15 workdays, then the county 15.
  @Test func destituteHasTwoTerms() throws {
    var way = try Self.way(.monitored, .destitute)
    way.apply(for: "tk", on: "2026-03-02")
    #expect(way.due(.town, track: .destitute)?.due == CivilDate("2026-03-23"))
    #expect(way.due(.inclusion, track: .destitute) == nil)
    way.write(way.step(.monitored, .confirming, track: .destitute, on: "2026-03-20", reason: "免公示"), by: .county)
    #expect(way.due(.town, track: .destitute) == nil)
    #expect(way.due(.confirm, track: .destitute)?.due == CivilDate("2026-04-13"))
  }

  /// 监测对象: 15 calendar days from 研判 (T-FP-6).
  @Test func identificationIsFifteenCalendarDays() throws {
    let way = try Self.way(.monitored, .atRisk)
    #expect(way.due(.inclusion, track: .atRisk)?.due == CivilDate("2026-03-17"))
  }

  /// T-LB-3: half a year where somebody can work, the income is not steady or nobody has said; a year else. From the last look. The same
  /// as the screening says (`ScreeningFillTests`).
  @Test func theRecheckIsCountedFromTheLastLook() throws {
    var way = try Self.way(.helped)
    #expect(way.due(.recheck)?.due == CivilDate("2026-09-02"))
    way.write(.roster, FactList.person, Village.head, ["name": "李秀英", "labour": "weak", "household": way.household], by: .county)
    #expect(way.due(.recheck)?.due == CivilDate("2026-09-02"))
    way.write(.householdChange, FactList.person, Village.head, ["labour": "lost"])
    #expect(way.due(.recheck)?.due == CivilDate("2026-09-02"), "nobody has asked whether the income is steady")
    way.visit(on: "2026-06-01", ["result": "none", "unstable_income": "yes"])
    #expect(way.due(.recheck)?.due == CivilDate("2026-09-02"))
    way.visit(on: "2026-07-01", ["result": "none", "unstable_income": "no"])
    #expect(way.due(.recheck)?.due == CivilDate("2027-03-02"))
    let visit = way.visit(on: "2026-08-20", ["result": "none"])
    way.take(way.step(.helped, .helped, on: "2026-08-21", basis: visit))
    #expect(way.due(.recheck)?.due == CivilDate("2027-08-21"))
  }

  /// T-FP-4: a 监测对象 has its first help within a month.
  @Test func aMonitoredHouseholdIsHelpedWithinAMonth() throws {
    var way = try Self.way(.helped, .sudden)
    #expect(way.due(.measure, track: .sudden)?.due == CivilDate("2026-04-02"))
    way.write(.assistance, FactList.assistance, "a-1", ["date": "2026-02-01", "kind": "living"])
    #expect(way.due(.measure, track: .sudden) != nil, "help from before does not answer it")
    way.write(.assistance, FactList.assistance, "a-2", ["date": "2026-03-20", "kind": "living"])
    #expect(way.due(.measure, track: .sudden) == nil)
    #expect(try Self.way(.helped).due(.measure) == nil)
  }

  /// 不予确认 is told in writing within three workdays, where somebody had applied.
  @Test func whoAppliedAndIsNotTakenInIsTold() throws {
    var way = try Self.way(.excluded, on: "2026-03-05")
    #expect(way.due(.notify) == nil)
    way.apply(for: "lb", on: "2026-03-02")
    #expect(way.due(.notify)?.due == CivilDate("2026-03-10"))
  }

  @Test func aCheckRunsByItsUrgencyAndTheRevisitFromTheLastVisit() throws {
    var way = try Self.way(.toCheck)
    way.rules.clocks[.checkDaysRed] = 1
    #expect(way.due(.check)?.missing == .unset)
    way.visit(on: "2026-03-01", ["urgency": "red"])
    #expect(way.due(.check)?.due == CivilDate("2026-03-03"))
    var cleared = try Self.way(.cleared)
    #expect(cleared.due(.revisit)?.due == CivilDate("2026-06-02"))
    cleared.visit(on: "2026-05-20", ["result": "none"])
    #expect(cleared.due(.revisit)?.due == CivilDate("2026-08-20"))
    cleared.visit(on: "2026-06-20", ["result": "none", "method": "not_met"])
    #expect(cleared.due(.revisit)?.due == CivilDate("2026-08-20"), "where nobody was met nobody was visited")
  }

  // MARK: Everything that waits

  /// R29, R48, R53: the most overdue first, what has no day last; the slip's own day and the emergency's own day hold.
  @Test func theListOfWhatWaitsIsByDay() throws {
    var way = try Self.way(.monitored, .atRisk)
    way.write(.referral, FactList.referral, "s-1", ["need": "medical", "date": "2026-03-02", "due": "2026-03-06"])
    way.emergency(on: "2026-03-02", ["first_aid": "yes", "first_aid_date": "2026-03-02"])
    way.write(.referral, FactList.referral, "s-2", ["need": "housing", "date": "2026-03-02"])
    let village = try #require(Division(Village.code))
    func kinds(_ division: Division, _ only: Set<AgeingKind>) -> [String] {
      way.register.ageing(on: .today, in: division, way.rules, kinds: only).map { "\($0.kind) \($0.deadline.due?.description ?? "–")" }
    }
    let some: Set<AgeingKind> = [.referral, .supplement, .inclusion]
    #expect(kinds(village, some) == ["referral 2026-03-06", "supplement 2026-03-16", "inclusion 2026-03-17", "referral –"])
    #expect(try kinds(#require(Division("130599100202")), some) == [])
    #expect(kinds(village, [.supplement]) == ["supplement 2026-03-16"])
  }

  /// R04, R29: a clue that nobody has looked into waits too, though no step speaks of it yet.
  @Test func aClueWithoutAnyStepWaits() throws {
    var way = Way(CaseRules(clocks: Way.rules.clocks, calendar: try Self.calendar(2026)))
    let village = try #require(Division(Village.code))
    func rows() -> [String] {
      way.register.ageing(on: .today, in: village, way.rules).map { "\($0.kind) \($0.deadline.due?.description ?? "–")" }
    }
    way.write(.capture, FactList.household, way.household, ["phone": "1"], on: "2026-03-06")
    #expect(rows() == ["check 2026-03-10"])
    way.rules.clocks[.inclusionDueDays] = 20
    let visit = way.visit(on: "2026-03-09")
    #expect(rows() == ["clue 2026-03-29"], "somebody went; now it is to be judged")
    way.take(way.step(.found, .excluded, track: nil, on: "2026-03-10", basis: visit, reason: "不属实"))
    #expect(rows() == [])
    way.visit(on: "2026-04-01", ["result": "none"])
    #expect(rows() == [], "a visit that found nothing is no clue")
  }

  @Test func anApplicationForLowIncomeWaitsForItsSurvey() throws {
    var way = Way(CaseRules(clocks: Way.rules.clocks, calendar: try Self.calendar(2026)))
    way.apply(for: "lb", on: "2026-03-05")
    let rows = try way.register.ageing(on: .today, in: #require(Division(Village.code)), way.rules)
    #expect(rows.map(\.kind) == [.survey])
    #expect(rows.first?.deadline.due == CivilDate("2026-03-10"))
  }
}
