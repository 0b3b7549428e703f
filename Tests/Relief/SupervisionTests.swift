import Relief
import Testing

/// 督促调度: figures by township and village, how long things took, and who is overlooked.
@Suite struct SupervisionTests {
  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? .today }

  static func report(_ way: Way, _ from: String = "2026-03-01", _ to: String = "2026-03-31") -> SupervisionReport {
    way.register.supervision(from: day(from), to: day(to), in: .everywhere, way.rules)
  }

  /// A household found, watched and helped in March.
  static func helped() -> Way {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    let visit = way.visit(on: "2026-03-02")
    way.take(way.step(.found, .monitored, on: "2026-03-05", basis: visit))
    way.write(way.step(.monitored, .helped, on: "2026-03-20", reason: "接续"), by: .county)
    way.write(way.step(.helped, .helped, on: "2026-04-10", basis: way.visit(on: "2026-04-10")), by: .clerk)
    return way
  }

  @Test func aCaseCountsOnceInItsVillageAndTownship() throws {
    let report = Self.report(Self.helped())
    let town = try #require(report.townships.first)
    #expect(report.townships.count == 1 && town.division.code == "130599100" && town.villages.map(\.division.code) == [Village.code])
    #expect(town.figures == report.all && town.villages.first?.figures == report.all)
    #expect([report.all.monitored, report.all.included, report.all.sweep.visited, report.all.sweep.suspected] == [1, 1, 1, 1])
    let april = Self.report(Self.helped(), "2026-04-01", "2026-04-30")
    #expect([april.all.monitored, april.all.included, april.all.sweep.visited] == [0, 0, 1], "a recheck is no entry")
  }

  /// R17: each household found once, by the channel that weighs most; what met nobody, or found nothing, has none.
  @Test func whatWasFoundIsCountedByItsChannel() {
    func sweep(_ visits: [[String: String]]) -> DayTotals {
      var way = Way()
      way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
      for (number, said) in visits.enumerated() { way.visit(on: "2026-03-0\(number + 2)", said) }
      return Self.report(way).all.sweep
    }
    func counts(_ visits: [[String: String]]) -> [Int] {
      let sweep = sweep(visits)
      return [sweep.found, sweep.foundByApplication, sweep.foundActively, sweep.foundByWarning]
    }
    #expect(counts([["result": "suspected", "channel": "active"]]) == [1, 0, 1, 0])
    #expect(counts([["result": "recheck", "channel": "warning"]]) == [1, 0, 0, 1])
    #expect(counts([["result": "suspected", "channel": "warning"], ["result": "suspected", "channel": "application"]]) == [1, 1, 0, 0])
    #expect(counts([["result": "none", "channel": "application"]]) == [0, 0, 0, 0])
    #expect(counts([["result": "suspected"]]) == [1, 0, 1, 0], "a form that does not ask")
  }

  /// From the visit that found it, not from the step that took it up.
  @Test func howLongIsCountedFromTheClue() {
    let report = Self.report(Self.helped())
    #expect(report.foundToChecked.days == 0 && report.foundToHelped.days == 18 && report.foundToHelped.count == 1)
    let april = Self.report(Self.helped(), "2026-04-01", "2026-04-30")
    #expect(april.foundToHelped.days == nil && april.foundToHelped.count == 0)
  }

  /// Who was helped without a clue was not found on that day.
  @Test func whoWasHelpedWithoutAClueIsNoMedian() {
    func median(_ write: (inout Way) -> Void) -> DayMedian {
      var way = Way()
      way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
      write(&way)
      #expect(Self.report(way).all.included == 1)
      return Self.report(way).foundToHelped
    }
    let granted = median { $0.write($0.step(nil, .helped, on: "2026-03-20", reason: "在册"), by: .county) }
    #expect(granted.count == 0 && granted.days == nil)
    let found = median { way in
      let visit = way.visit(on: "2026-03-02")
      way.write(way.step(.found, .helped, on: "2026-03-20", basis: visit, reason: "急"), by: .county)
    }
    #expect(found.count == 1 && found.days == 18)
  }

  /// A report to the end of a month that still runs counts what is late today.
  @Test func nothingIsLateByADayThatHasNotCome() {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    way.rules.clocks[.referralWorkdays] = 5
    way.write(.referral, FactList.referral, "s-1", ["need": "medical", "department": "health", "date": "2026-03-02"], by: .clerk)
    func overdue(today: String) -> Int {
      way.register.supervision(
        from: Self.day("2026-03-01"), to: Self.day("2026-03-31"), today: Self.day(today), in: .everywhere, way.rules).all.overdue
    }
    #expect(["2026-03-09", "2026-03-10", "2026-04-30"].map(overdue(today:)) == [0, 1, 1])
  }

  @Test func whatIsLateOnTheLastDayIsCounted() {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    way.rules.clocks[.referralWorkdays] = 5
    way.write(.referral, FactList.referral, "s-1", ["need": "medical", "department": "health", "date": "2026-03-02"], by: .clerk)
    #expect(Self.report(way, "2026-03-01", "2026-03-09").all.overdue == 0)
    #expect(Self.report(way, "2026-03-01", "2026-03-10").all.overdue == 1)
    #expect(Self.report(way).all.sweep.referred == 1)
  }

  static func overdue(_ way: Way, at day: String) -> Int { report(way, "2026-03-01", day).all.overdue }

  /// What was settled in April was late at the end of March; what was settled in March and typed in April was not.
  @Test func whatWasSettledLaterWasLateAllTheSame() {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    way.rules.clocks[.referralWorkdays] = 5
    way.write(.referral, FactList.referral, "s-1", ["need": "medical", "department": "health", "date": "2026-03-02"], on: "2026-03-02", by: .clerk)
    let answer = ["received": "2026-03-03", "received_by": "某", "outcome": "helped"]
    var late = way
    late.write(.referralAnswer, FactList.referral, "s-1", answer.merging(["answered": "2026-04-02"]) { $1 }, on: "2026-04-02", by: .clerk)
    #expect(["2026-03-09", "2026-03-10", "2026-03-31", "2026-04-01", "2026-04-02"].map { Self.overdue(late, at: $0) } == [0, 1, 1, 1, 0])
    var typedLater = way
    typedLater.write(.referralAnswer, FactList.referral, "s-1", answer.merging(["answered": "2026-03-05"]) { $1 }, on: "2026-04-02", by: .clerk)
    #expect(["2026-03-10", "2026-03-31", "2026-04-02"].map { Self.overdue(typedLater, at: $0) } == [0, 0, 0])
  }

  /// A clue until its step, a case until its next step, an emergency until its 补充说明, a warning until its end.
  @Test func everyMatterIsJudgedByTheEveningAskedFor() {
    var way = Way()
    way.rules.clocks[.inclusionDueDays] = 10
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    let visit = way.visit(on: "2026-03-02")
    #expect(Self.overdue(way, at: "2026-03-12") == 0 && Self.overdue(way, at: "2026-03-20") == 1)
    let before = way
    way.take(way.step(.found, .monitored, on: "2026-03-25", basis: visit))
    #expect(Self.overdue(way, at: "2026-03-20") == Self.overdue(before, at: "2026-03-20"), "the clue, before its step")
    let waited = Self.overdue(way, at: "2026-07-31")
    var helped = way
    helped.write(helped.step(.monitored, .helped, on: "2026-08-10", reason: "接续"), by: .county)
    #expect(waited == 1 && Self.overdue(helped, at: "2026-07-31") == waited && Self.overdue(helped, at: "2026-08-31") == 0)

    var aid = Way()
    aid.write(.roster, FactList.household, aid.household, ["division": Village.code], by: .county)
    aid.emergency(on: "2026-03-02", ["first_aid": "yes", "first_aid_date": "2026-03-02"])
    let owed = Self.overdue(aid, at: "2026-03-31")
    aid.write(.emergency, FactList.emergency, Way.urgent, ["supplement_date": "2026-04-20", "supplement": "补"], on: "2026-04-20")
    #expect(owed > 0 && Self.overdue(aid, at: "2026-03-31") == owed && Self.overdue(aid, at: "2026-04-30") == owed - 1)

    var desk = WarningTests.Desk()
    desk.rules.clocks[.warningDispatchWorkdays] = 5
    func late(_ to: String) -> Int {
      desk.register.supervision(from: Self.day("2026-03-01"), to: Self.day(to), in: .everywhere, desk.rules).all.overdue
    }
    #expect(late("2026-03-31") == 1)
    desk.take({ var step = desk.step(.new, .ignored, on: "2026-04-10"); step.reason = "重复"; return step }(), by: .county)
    #expect(late("2026-03-31") == 1 && late("2026-04-09") == 1 && late("2026-04-10") == 0 && late("2026-03-02") == 0)
  }

  /// A warning that was late in March and taken back in April was late in March.
  @Test func whatWasTakenBackLaterWasLateAllTheSame() {
    var desk = WarningTests.Desk()
    desk.rules.clocks[.warningDispatchWorkdays] = 5
    func late(_ to: String) -> Int {
      desk.register.supervision(from: Self.day("2026-03-01"), to: Self.day(to), in: .everywhere, desk.rules).all.overdue
    }
    var back = Village.record(
      96, .withdrawal, supersedes: [1], wall: "2026-04-10T10:00:00+08:00", body: ["reason": "名单收错了"])
    back.author = Way.author(.county)
    desk.add(back)
    #expect(desk.warning == nil && late("2026-03-31") == 1 && late("2026-04-10") == 0)
  }

  /// The supplement of somebody who is of no household here is judged by that evening too.
  @Test func whatBelongsToNoHouseholdIsJudgedByThatEvening() {
    var way = Way()
    way.rules.clocks[.supplementWorkdays] = 5
    func record(_ number: Int, _ wall: String, _ facts: [String: String], seeing: [String]) -> Record {
      var record = Village.record(number, .emergency, household: nil, wall: wall, facts: [Village.fact(FactList.emergency, "e-1", facts)])
      record.author = Village.cadre
      record.supersedes = seeing
      return record
    }
    let first = record(
      1, "2026-03-02T10:00:00+08:00",
      ["date": "2026-03-02", "place_division": Village.code, "first_aid": "yes", "first_aid_date": "2026-03-02"], seeing: [])
    way.register.apply(first)
    way.register.apply(record(2, "2026-04-02T10:00:00+08:00", ["supplement_date": "2026-04-02"], seeing: [first.id]))
    #expect(Self.overdue(way, at: "2026-03-31") == 1 && Self.overdue(way, at: "2026-04-02") == 0)
  }

  /// An emergency of somebody who is not registered here: it waits where it happened.
  @Test func theSupplementOfSomebodyWithoutAHouseholdIsLateWhereItHappened() {
    var way = Way()
    way.rules.clocks[.supplementWorkdays] = 5
    var record = Village.record(
      1, .emergency, household: nil,
      facts: [
        Village.fact(
          FactList.emergency, "e-1",
          ["date": "2026-03-02", "place_division": Village.code, "first_aid": "yes", "first_aid_date": "2026-03-02"])
      ])
    record.author = Village.cadre
    way.register.apply(record)
    #expect(Self.report(way, "2026-03-01", "2026-03-09").all.overdue == 0)
    let late = Self.report(way, "2026-03-01", "2026-03-10")
    #expect(late.all.overdue == 1 && late.townships.first?.villages.first?.division.code == Village.code)
  }

  @Test func warningsAndHelpOfTheDays() {
    var way = Self.helped()
    way.register.apply(WarningTests.raising(1))
    way.write(.assistance, FactList.assistance, "a-1", ["household": way.household, "date": "2026-03-21", "kind": "medical"], by: .clerk)
    way.write(.assistance, FactList.assistance, "a-2", ["household": way.household, "date": "2026-04-01", "kind": "medical"], by: .clerk)
    let all = Self.report(way).all
    #expect([all.warnings, all.warningsOver, all.assisted] == [1, 0, 1])
  }

  // MARK: R02

  static func uncovered(_ way: Way) -> [UncoveredHousehold.Reason] { way.register.uncovered(in: .everywhere).flatMap(\.reasons) }

  @Test func whoIsOnTheRosterAndNotFollowedIsOverlooked() {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code, "category": "lb"], by: .county)
    #expect(Self.uncovered(way) == [.categoryWithoutEntry("lb")])
    var granted = way
    granted.write(.category, FactList.category, "c-1", ["household": way.household, "kind": "lb", "from": "2026-01-01"], by: .county)
    #expect(Self.uncovered(granted).isEmpty)
    var followed = way
    followed.visit(on: "2026-03-02")
    #expect(Self.uncovered(followed).isEmpty, "a clue waits for its step")
  }

  @Test func aRiskThatNobodyHasInHandIsOverlooked() {
    var way = Way()
    way.write(.roster, FactList.household, way.household, ["division": Village.code], by: .county)
    way.write(.visit, FactList.risk, "r-1", ["kind": "illness", "found": "2026-01-01"])
    #expect(Self.uncovered(way) == [.riskWithoutEntry(count: 1)])
    var warned = way
    warned.register.apply(WarningTests.raising(1))
    #expect(Self.uncovered(warned).isEmpty)
    way.write(.householdChange, FactList.risk, "r-1", ["cleared": "2026-02-01"])
    #expect(Self.uncovered(way).isEmpty)
  }
}
