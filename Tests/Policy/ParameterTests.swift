// The parameters: their page, the files they start from, what holds on a day, and the clocks that are filled from them.

import PolicyFiles
import Relief
import Testing
import Yaml

@Suite struct ParameterTests {
  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test func thePageIsTheTable() throws {
    #expect(try Repository.text("docs/policy-parameters.md") == ParameterPage.text(), "zoufang parameters --page")
  }

  @Test func everyParameterStandsInTheTableOnce() {
    for parameter in PolicyParameter.allCases {
      let definition = parameter.definition
      #expect(definition.parameter == parameter)
      #expect(!definition.clause.isEmpty, "\(parameter.rawValue) cites no clause")
      #expect(!definition.meaning.isEmpty && definition.meaning != parameter.rawValue, "\(parameter.rawValue)")
      for one in definition.defaults {
        #expect(definition.kind.value(one.value) != nil, "\(parameter.rawValue) ships \(one.value)")
        #expect(!one.source.isEmpty)
      }
    }
  }

  // MARK: seeds/policy

  /// One file a theme, and in it every parameter of the theme in the order of the table: none can be forgotten.
  @Test(arguments: PolicyParameter.Theme.allCases) func aSeedFileHasItsThemeWhole(_ theme: PolicyParameter.Theme) throws {
    let names = try ParameterFile.names(try Repository.bytes("seeds/policy/\(theme.rawValue).yaml"))
    #expect(names == PolicyParameter.allCases.filter { $0.definition.theme == theme }.map(\.rawValue))
  }

  /// The files say what ships and nothing else, but for the years' holidays; each value with its source.
  @Test func theSeedsSayWhatShips() throws {
    var seeds = PolicyParameters()
    for theme in PolicyParameter.Theme.allCases {
      let path = "seeds/policy/\(theme.rawValue).yaml"
      seeds = try ParameterFile.read(try Repository.bytes(path), name: path, onto: seeds)
    }
    for date in ["2020-06-30", "2021-06-30", "2021-12-31", "2022-01-01", "2025-12-31", "2026-01-01", "2030-01-01"] {
      let day = try Self.day(date)
      for parameter in PolicyParameter.allCases where parameter != .holidays {
        #expect(
          seeds[parameter, on: day] == PolicyParameters()[parameter, on: day], "\(parameter.rawValue) on \(date)")
      }
    }
    for parameter in PolicyParameter.allCases {
      for value in seeds.stated(of: parameter) where !value.value.isEmpty {
        #expect(!value.source.isEmpty && !value.source.hasSuffix(".yaml"), "\(parameter.rawValue) has no source")
      }
    }
  }

  @Test func theSeedsHolidaysAreTheTablesOfTheYears() throws {
    let path = "seeds/policy/clocks.yaml"
    let calendar = WorkCalendar(try ParameterFile.read(try Repository.bytes(path), name: path))
    let tables = Repository.files(in: "seeds/policy", ending: ".csv")
    #expect(tables.count >= 5)
    for name in tables {
      let year = try #require(Int(name.dropFirst("holidays-".count).prefix(4)))
      var own = WorkCalendar()
      try own.take(table: try Repository.text("seeds/policy/" + name), of: year)
      #expect(calendar.line(of: year) == own.line(of: year), "\(name)")
      #expect(!own.line(of: year).isEmpty)
    }
    #expect(calendar.years.count == tables.count)
  }

  // MARK: What holds on a day

  private func stated(_ values: (from: String?, value: String)...) throws -> PolicyParameters {
    var parameters = PolicyParameters()
    for (from, value) in values {
      parameters.state(
        DatedValue(from: from.flatMap { CivilDate($0) }, value: value, source: "县文件", certainty: .local), of: .lbStandardRural)
    }
    return parameters
  }

  @Test func theLatestStatementByTheDayHolds() throws {
    let parameters = try stated(("2025-01-01", "700"), ("2024-01-01", "600"))
    let year: (String) throws -> PolicyValue? = { parameters[.lbStandardRural, on: try Self.day($0)] }
    #expect(try year("2023-12-31") == nil)
    #expect(try year("2024-01-01") == .standard(yearFen: 720_000))
    #expect(try year("2024-12-31") == .standard(yearFen: 720_000))
    #expect(try year("2025-01-01") == .standard(yearFen: 840_000))
  }

  @Test func anEmptyStatementIsUnsetFromItsDay() throws {
    let parameters = try stated(("2024-01-01", "600"), ("2025-01-01", ""))
    #expect(parameters.state(of: .lbStandardRural, on: try Self.day("2025-06-01")).standing == .unset)
  }

  @Test func twoValuesFromOneDayAreContestedAndNeitherHolds() throws {
    let state = try stated(("2024-01-01", "600"), ("2024-01-01", "650")).state(
      of: .lbStandardRural, on: try Self.day("2024-06-01"))
    #expect(state.standing == .contested(["600", "650"]))
    #expect(state.value == nil)
  }

  @Test func aValueWithoutTheShapeIsMalformed() throws {
    let state = try stated((nil, "六百")).state(of: .lbStandardRural, on: try Self.day("2024-06-01"))
    #expect(state.standing == .malformed("六百"))
  }

  @Test func whatTheCountyMustStillSetIsWhatHasNoValue() throws {
    let day = try Self.day("2024-06-01")
    let open = Set(try stated((nil, "600")).open(on: day).map(\.parameter))
    #expect(!open.contains(.lbStandardRural))
    #expect(open.contains(.lbStandardUrban))
    #expect(open.contains(.fpLine))
    #expect(!open.contains(.byMultiplier))
    let before = Set(PolicyParameters().open(on: try Self.day("2021-06-30")).map(\.parameter))
    #expect(!before.contains(.fpLine))
  }

  @Test(arguments: [
    (PolicyValueKind.money, "2000.50", true), (.money, "-1", false), (.money, "1000000000.01", false), (.money, "1e3", false),
    (.standard, "7800/year", true), (.standard, "650/week", false), (.count, "30", true), (.count, "1.5", false),
    (.count, "999999", true), (.count, "1000000", false), (.multiplier, "1.5", true), (.multiplier, "1.55555", false),
    (.percent, "33.33%", true), (.percent, "33.333%", false), (.percent, "0.3", false), (.fraction, "2/3", true),
    (.fraction, "3/2", false), (.fraction, "1/0", false), (.fraction, "60%", true), (.flag, "maybe", false),
    (.codes, "a b", true), (.codes, "A,b", false), (.comparator, "below", true), (.comparator, "<", false),
    (.spending, "medical:none disability:5000 education:30% total:2x", true), (.spending, "weapons:none", false),
    (.spending, "medical:none medical:1", false), (.cost, "fixed:2400", true), (.cost, "share:20%", true),
    (.cost, "share:20", false), (.limit, "1.5x", true), (.limit, "30%", false), (.holidays, "01-01 02-14+ 02-29", true),
    (.holidays, "02-30", false), (.holidays, "2024-01-01", false), (.text, "随便写", true),
    (.levels, "deceased_paid=red medical_cost=orange", true), (.levels, "deceased_paid=purple", false), (.levels, "no_such=red", false),
    (.levels, "death=red death=blue", false),
  ])
  func onlyTheShapeIsRead(_ kind: PolicyValueKind, _ text: String, _ isRead: Bool) {
    #expect((kind.value(text) != nil) == isRead)
  }

  // MARK: Clocks

  @Test func everyClockIsAParameter() {
    for clock in CaseClock.allCases {
      #expect(clock.parameter?.definition.kind == .count, "\(clock.rawValue)")
      let unit = clock.parameter?.definition.unit
      switch clock.unit {
      case .workdays: #expect(unit == "工作日", "\(clock.rawValue)")
      case .days: #expect(unit == "天", "\(clock.rawValue)")
      case .months: #expect(unit == "月", "\(clock.rawValue)")
      case .hours: #expect(unit == "小时", "\(clock.rawValue)")
      }
    }
  }

  /// What the policy reference prints of clocks (2.4, 2.6, 2.7, 2.8), and nothing else.
  @Test func theClocksThatShipAreThePrintedOnes() {
    #expect(
      CaseClock.shipped == [
        .surveyWorkdays: 3, .notifyWorkdays: 3, .identifyDays: 15, .publicityDaysMonitoring: 5, .publicityDaysLowIncome: 7,
        .publicityDaysDestitute: 7, .publicityDaysTemporary: 5, .confirmWorkdays: 10, .townWorkdaysDestitute: 15,
        .confirmWorkdaysDestitute: 15, .wholeWorkdays: 30, .wholeWorkdaysExtended: 45, .recheckMonthsStable: 12,
        .recheckMonthsUnstable: 6, .clearMonths: 6, .measureMonths: 1,
      ])
  }

  @Test func theClocksOfADayAreTheParametersOfThatDay() throws {
    var parameters = PolicyParameters()
    func state(_ parameter: PolicyParameter, _ value: String, from: String? = nil) {
      parameters.state(
        DatedValue(from: from.flatMap { CivilDate($0) }, value: value, source: "县文件", certainty: .local), of: parameter)
    }
    state(.wholeWorkdaysLb, "25", from: "2024-01-01")
    state(.referralWorkdays, "10")
    state(.publicityDaysLb, "")
    state(.firstAidCeiling, "2000")
    state(.assemblyPresentShare, "2/3")
    state(.delegatedTracks, "lb by")
    let before = CaseClocks(parameters, on: try Self.day("2023-12-31"))
    let after = CaseClocks(parameters, on: try Self.day("2024-01-01"))
    #expect(before[.wholeWorkdays] == 30)
    #expect(after[.wholeWorkdays] == 25)
    #expect(after[.referralWorkdays] == 10)
    #expect(after[.publicityDaysLowIncome] == nil)
    #expect(after[.taperMonths] == nil)
    #expect(after.firstAidCeilingFen == 200_000)
    #expect(after.quorumPresent == CaseClocks.Share(2, of: 3))
    #expect(after.quorumAgree == nil)
    #expect(after.votedTracks == [.unstable, .atRisk, .sudden])
    #expect(after.delegatedTracks == [.lowIncome, .edge])
    #expect(CaseClocks(PolicyParameters(), on: try Self.day("2024-01-01")) == CaseClocks())
  }

  @Test func aYearsHolidaysEndWithTheYear() throws {
    var parameters = PolicyParameters()
    func state(_ line: String, of year: Int) {
      parameters.state(
        DatedValue(from: CivilDate(year: year, month: 1, day: 1), value: line, source: "县文件", certainty: .local), of: .holidays)
    }
    state("01-01 10-01 10-12+", of: 2024)
    state("01-01", of: 2025)
    state("01-01 05-01", of: 2025)
    let calendar = WorkCalendar(parameters)
    #expect(calendar.years == [2024])
    #expect(!calendar.isWorkday(try Self.day("2024-10-01")))
    #expect(calendar.isWorkday(try Self.day("2024-10-12")))
    #expect(parameters[.holidays, on: try Self.day("2024-12-31")] != nil)
    #expect(parameters[.holidays, on: try Self.day("2026-01-01")] == nil)
  }
}
