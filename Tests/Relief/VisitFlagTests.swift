import Relief
import Testing

/// The automatic flags: what each one notices, and the neighbouring case that it leaves alone.
@Suite struct VisitFlagTests {
  typealias List = EveningListTests

  static func flags(_ records: [Record], _ number: Int = 1, quality: (Visit) -> [String] = { _ in [] }) -> [VisitFlag] {
    List.evening(Register(records), quality: quality).rows.first { $0.visit.record == Village.id(number) }?.flags ?? []
  }

  static func flags(_ answers: [String: String], more: [Fact] = []) -> [VisitFlag] { flags([List.visit(1, answers, more: more)]) }

  static func person(_ properties: [String: String]) -> Fact { Village.fact(FactList.person, "m", properties) }

  @Test func aWholeVisitHasNone() { #expect(Self.flags([String: String]()).isEmpty) }

  // MARK: 漏填

  @Test(arguments: ["result", "visitors", "disability", "labour", "illness", "emergency"]) func whatIsNotAnsweredIsMissing(_ name: String) {
    #expect(Self.flags([name: ""]) == [.missing(["visit.\(name)"])])
  }

  @Test func whatFollowsFromAnAnswerIsMissing() {
    #expect(Self.flags(["result": "suspected"]) == [.missing(["visit.suspected"])])
    #expect(Self.flags(["result": "suspected", "suspected": "lb"]).isEmpty)
    #expect(Self.flags(["result": "emergency", "emergency": "yes", "urgency": ""]) == [.missing(["visit.urgency"])])
    #expect(Self.flags(["signature": "refused"]) == [.missing(["visit.signature_reason"])])
    #expect(Self.flags(["signature": "refused", "signature_reason": "怕麻烦"]).isEmpty)
    #expect(Self.flags(["disability": "yes"], more: [Self.person(["disability": "yes"])]) == [.missing(["person.disability_kind"])])
    #expect(Self.flags(["illness": "yes"], more: [Self.person(["illness": "yes"])]) == [.missing(["person.illness_name"])])
    #expect(Self.flags(["illness": "yes"], more: [Self.person(["illness": "yes", "illness_kinds": "1"])]).isEmpty)
  }

  @Test func whereNobodyWasMetOnlyTheReasonIsAsked() {
    let unmet = ["method": "not_met", "result": "", "disability": "", "labour": "", "illness": "", "emergency": ""]
    #expect(Self.flags(unmet) == [.missing(["visit.not_met_reason"])])
    #expect(Self.flags(unmet.merging(["not_met_reason": "away"]) { $1 }).isEmpty)
  }

  // MARK: 矛盾

  @Test func whatContradictsItself() {
    let well = Self.person(["disability": "no", "illness": "no"])
    let disabled = Self.person(["disability": "yes", "disability_kind": "1"])
    let ill = Self.person(["illness": "yes", "illness_name": "高血压"])
    let cases: [([String: String], [Fact], VisitFlag.Contradiction)] = [
      (["disability": "yes"], [well], .disabilityWithoutPerson), ([:], [disabled], .personWithoutDisability),
      (["illness": "yes"], [well], .illnessWithoutPerson), ([:], [ill], .personWithoutIllness),
      (["emergency": "yes"], [], .emergencyWithoutResult), (["result": "emergency"], [], .resultWithoutEmergency),
      (["urgency": "orange"], [], .urgentWithoutResult), ([:], [Self.person(["health": "healthy chronic"])], .healthyAndIll),
      (["labour_household": "none"], [Self.person(["labour": "ordinary"])], .labourWithoutNeed),
      (["method": "not_met", "not_met_reason": "away"], [], .notMetWithResult),
    ]
    for (answers, facts, wanted) in cases { #expect(Self.flags(answers, more: facts) == [.contradictory(wanted)], "\(wanted)") }
    #expect(Self.flags(["disability": "yes"]).isEmpty, "members that were carried over need not be spoken of")
    #expect(Self.flags(["disability": "yes"], more: [disabled]).isEmpty)
    #expect(Self.flags([:], more: [Self.person(["disability": "yes", "disability_kind": "1", "membership": "left"])]).isEmpty)
    #expect(Self.flags(["method": "not_met", "not_met_reason": "away", "result": "recheck"]).isEmpty)
  }

  // MARK: 不合常理

  @Test func whatCannotWellBe() {
    func typed(_ date: String, at wall: String) -> [VisitFlag] {
      var record = List.visit(1, on: date)
      record.wall = wall
      return Self.flags([record])
    }
    #expect(typed("2026-11-25", at: "2026-11-24T10:00:00+08:00") == [.implausible(.visitInFuture)])
    #expect(typed("2026-11-17", at: "2026-11-24T10:00:00+08:00").isEmpty, "a week late")
    #expect(typed("2026-11-16", at: "2026-11-24T10:00:00+08:00") == [.implausible(.typedLate)])
    #expect(Self.flags(["next_visit": "2026-11-24"]) == [.implausible(.nextVisitBefore)])
    #expect(Self.flags(["next_visit": "2026-11-25"]).isEmpty)
    let span = ["started": "2026-11-24T10:10:00+08:00", "ended": "2026-11-24T10:00:00+08:00"]
    #expect(Self.flags(span) == [.implausible(.endsBeforeItStarts)])
    func income(_ fen: String) -> [Fact] { [Village.fact("income", "i", ["kind": "wage", "amount_fen": fen])] }
    #expect(Self.flags([:], more: income("1000000001")) == [.implausible(.amount)])
    #expect(Self.flags([:], more: income("1000000000")).isEmpty)
    func residents(_ count: String) -> [Fact] { [Village.fact(FactList.household, "h-1", ["residents": count]), Self.person(["name": "某"])] }
    #expect(Self.flags([:], more: residents("2")) == [.implausible(.residents)])
    #expect(Self.flags([:], more: residents("1")).isEmpty)
  }

  @Test func aClockThatCannotBeRightAccusesNobody() {
    var record = List.visit(1, on: "2026-11-24")
    record.wall = "2020-01-01T00:00:00+08:00"
    record.clockTrusted = false
    #expect(Self.flags([record]).isEmpty)
  }

  // MARK: 过快

  @Test func ninetySecondsAtHomeAreTooFast() {
    func lasting(_ seconds: Int, _ method: String = "home") -> [VisitFlag] {
      let end = seconds < 60 ? "10:00:\(seconds)" : "10:01:\(seconds - 60)"
      return Self.flags(["method": method, "started": "2026-11-24T10:00:00+08:00", "ended": "2026-11-24T\(end)+08:00"])
    }
    #expect(lasting(89) == [.tooFast(seconds: 89, secondsMin: 90)])
    #expect(lasting(90).isEmpty && lasting(89, "phone").isEmpty)
    #expect(Self.flags(["started": "2026-11-24T10:00:00", "ended": "2026-11-24T10:00:10"]).isEmpty, "a time without an offset is no moment")
  }

  /// A visit at which little changed is typed in a dozen keys: only nobody's typing is too fast for it.
  @Test func aRepeatVisitMayBeTypedFast() {
    func flags(_ seconds: String) -> [VisitFlag] {
      Self.flags([
        List.visit(1, household: "h-2", on: "2026-08-20"),
        List.visit(2, on: "2026-11-24", ["started": "2026-11-24T10:00:00+08:00", "ended": "2026-11-24T10:00:\(seconds)+08:00"]),
      ], 2)
    }
    #expect(flags("09") == [.tooFast(seconds: 9, secondsMin: 10)])
    #expect(flags("10").isEmpty)
  }

  @Test func oneCadreIsNotInTwoHousesAtOnce() {
    func at(_ number: Int, _ start: String, _ end: String, by person: String = "p1") -> Record {
      List.visit(number, by: person, ["started": "2026-11-24T\(start):00+08:00", "ended": "2026-11-24T\(end):00+08:00"])
    }
    let first = at(1, "10:00", "10:30")
    #expect(Self.flags([first, at(2, "10:29", "10:40")]) == [.overlaps(record: Village.id(2))])
    #expect(Self.flags([first, at(2, "10:30", "10:40")]).isEmpty)
    #expect(Self.flags([first, at(2, "10:10", "10:20", by: "p2")]).isEmpty)
  }

  /// An amendment begins when its visit began and ends when it was amended: other households lie between.
  @Test func anAmendmentOverlapsNobody() {
    let times = ["started": "2026-11-24T10:00:00+08:00", "ended": "2026-11-24T15:00:00+08:00"]
    let other = List.visit(2, by: "p1", ["started": "2026-11-24T11:00:00+08:00", "ended": "2026-11-24T11:20:00+08:00"])
    let amended = List.visit(3, household: "h-1", by: "p1", times, type: .amendment, supersedes: [1], entity: "v-1")
    let first = List.visit(1, by: "p1", times.merging(["ended": "2026-11-24T10:30:00+08:00"]) { $1 })
    for number in [2, 3] { #expect(Self.flags([first, amended, other], number).isEmpty) }
    #expect(List.evening(Register([first, amended, other])).rows.map(\.visit.record).sorted() == [2, 3].map(Village.id))
  }

  // MARK: 雷同

  @Test func whatWasCopiedFromAnotherHousehold() {
    let words = "去年住院花了不少钱，家里欠着账"
    func visit(_ number: Int, _ answers: [String: String] = [:], by person: String = "p1", on date: String = "2026-11-24") -> Record {
      List.visit(number, by: person, on: date, ["words": words].merging(answers) { $1 })
    }
    let whole = VisitFlag.copied(record: Village.id(2), household: "h-2", isWhole: true)
    #expect(Self.flags([visit(1), visit(2)]) == [whole])
    #expect(Self.flags([visit(1), visit(2, on: "2026-11-17")]) == [whole], "within seven days")
    #expect(Self.flags([visit(1), visit(2, on: "2026-11-16")]).isEmpty)
    #expect(Self.flags([visit(1), visit(2, by: "p2")]).isEmpty)
    let part = VisitFlag.copied(record: Village.id(2), household: "h-2", isWhole: false)
    #expect(Self.flags([visit(1), visit(2, ["labour": "yes"])]) == [part], "word for word the same 原话")
    #expect(Self.flags([visit(1, ["words": "没困难"]), visit(2, ["words": "没困难", "labour": "yes"])]).isEmpty, "short ones are like any other")
    let sameHouse = List.visit(2, household: "h-1", on: "2026-11-23", ["words": words])
    #expect(Self.flags([visit(1), sameHouse]).isEmpty, "a household is like itself")
    #expect(Self.flags([List.visit(1), List.visit(2)]).isEmpty, "where all is well one household is like another")
  }

  /// A laptop was offline for ten days: what was copied then is seen when it comes, and so is who was in two houses at once.
  @Test func whatCameLateIsLookedAtBesideItsOwnDays() {
    func visit(_ number: Int, on date: String, at time: String = "10:00") -> Record {
      let span = ["started": "\(date)T\(time):00+08:00", "ended": "\(date)T\(time.prefix(2)):30:00+08:00"]
      return List.visit(number, by: "p1", on: date, at: time, span.merging(["words": "去年住院花了不少钱，家里欠着账"]) { $1 })
    }
    func flags(_ first: Record, _ second: Record) -> [[VisitFlag]] {
      List.evening(Register([first, second])).rows.sorted { $0.visit.record < $1.visit.record }.map(\.flags)
    }
    func copied(_ number: Int) -> VisitFlag { .copied(record: Village.id(number), household: "h-\(number)", isWhole: true) }
    #expect(flags(visit(1, on: "2026-11-14"), visit(2, on: "2026-11-14", at: "11:00")) == [[copied(2)], [copied(1)]])
    #expect(flags(visit(1, on: "2026-11-18"), visit(2, on: "2026-11-15")) == [[copied(2)], [copied(1)]])
    #expect(flags(visit(1, on: "2026-11-18"), visit(2, on: "2026-11-10")) == [[], []], "eight days lie between")
    let both = flags(visit(1, on: "2026-11-14"), visit(2, on: "2026-11-14"))
    #expect(both == [[copied(2), .overlaps(record: Village.id(2))], [copied(1), .overlaps(record: Village.id(1))]])
    // The other one was passed long ago.
    let passed = Register([visit(1, on: "2026-11-14"), visit(2, on: "2026-11-12"), List.review(3, 2, "passed")])
    #expect(List.evening(passed).rows.map(\.flags) == [[copied(2)]])
  }

  // MARK: A year

  static func yearly(_ earlier: [(String, [String: String])], now: [String: String] = [:]) -> [VisitFlag] {
    let records = earlier.enumerated().map { List.visit($0.offset + 2, household: "h-1", on: $0.element.0, $0.element.1) }
    return flags([List.visit(1, now)] + records)
  }

  @Test func noChangeForAYear() throws {
    let since = try #require(CivilDate("2025-11-24"))
    let unmet = ["method": "not_met", "result": "", "labour": "", "not_met_reason": "away"]
    #expect(Self.yearly([("2025-11-24", [:]), ("2026-05-01", [:])]) == [.noChange(since: since)])
    #expect(Self.yearly([("2025-11-25", [:]), ("2026-05-01", [:])]).isEmpty, "one day short")
    #expect(Self.yearly([("2025-11-24", [:]), ("2026-05-01", ["labour": "yes"])]).isEmpty, "something changed in between")
    #expect(Self.yearly([("2025-11-24", [:]), ("2026-05-01", unmet)]) == [.noChange(since: since)], "a call is no visit")
  }

  @Test func theSameAnswersAsAYearAgo() {
    let told = ["words": "腿脚不好，出不了门"]
    let flags = Self.yearly([("2025-12-01", told), ("2026-06-01", ["words": "能走几步了", "illness": "yes"])], now: told)
    #expect(flags == [.sameAsLastYear(record: Village.id(2))])
    #expect(Self.yearly([("2026-06-01", told)], now: told).isEmpty)
  }

  @Test func twoAmendmentsBesideEachOther() {
    func amendment(_ number: Int) -> Record { List.visit(number, household: "h-9", type: .amendment, supersedes: [9], entity: "v-9") }
    let records = [List.visit(9), amendment(1), amendment(2)]
    #expect(Self.flags(records, 1) == [.contested] && Self.flags(records, 2) == [.contested])
  }

  @Test func theChecksOfTheDataAreFlagsToo() {
    #expect(Self.flags([List.visit(1)], quality: { _ in ["Q07"] }) == [.quality("Q07")])
  }
}
