import Relief
import Testing

/// 急难, 转办, 备用金, 慈善需求: what the desk says to them and what the ledgers show.
@Suite struct MattersTests {
  // MARK: 急难

  static func problems(_ more: [String: String], ceiling: Int64? = 100_000) -> [EmergencyProblem] {
    var rules = Way.rules
    rules.clocks.firstAidCeilingFen = ceiling
    let whole = ["kind": "fire", "date": "2026-03-01", "place": "村东", "cannot_self_help": "yes", "not_covered": "yes"]
    let fields = whole.merging(more) { $1 }.filter { !$0.value.isEmpty }
    return EmergencyDesk(rules).problems(of: { fields[$0] }, reported: CivilDate("2026-03-02") ?? .today)
  }

  /// T-LS-1, R50: what happened, when and where; two confirmations, of which 不清楚 keeps nobody from saving.
  @Test func anEmergencySaysWhatWhenAndWhere() {
    #expect(Self.problems([:]).isEmpty)
    for name in ["kind", "date", "place"] { #expect(Self.problems([name: ""]) == [.missing(name)]) }
    #expect(Self.problems(["date": "2026-03-03"]) == [.afterReport])
    let open = Self.problems(["cannot_self_help": "unknown"])
    #expect(open == [.confirmationOpen("cannot_self_help")] && !open[0].blocks)
    #expect(Self.problems(["not_covered": "no"]) == [.confirmationDenied("not_covered")])
    #expect(Self.problems(["escalated": "yes"]) == [.needsEscalationReason])
  }

  /// T-LS-2, R53: to the 分; without a ceiling it is said that there is none.
  @Test func firstAidStaysWithinTheCeiling() {
    func paying(_ fen: String, ceiling: Int64? = 100_000) -> [EmergencyProblem] {
      Self.problems(["first_aid": "yes", "first_aid_date": "2026-03-01", "first_aid_fen": fen], ceiling: ceiling)
    }
    #expect(paying("100000").isEmpty)
    #expect(paying("100001") == [.aboveCeiling(Money(fen: 100_001), ceiling: Money(fen: 100_000))])
    #expect(paying("100001")[0].blocks)
    #expect(paying("100001", ceiling: nil) == [.ceilingUnset] && !EmergencyProblem.ceilingUnset.blocks)
    #expect(paying("") == [.needsAmount] && paying("0") == [.needsAmount])
    #expect(Self.problems(["first_aid": "yes", "first_aid_fen": "1"]) == [.needsFirstAidDate])
  }

  /// R52: of people from elsewhere too; where it happened decides who helps. R54: what went up waits for its outcome.
  @Test func anEmergencyBelongsToWhereItHappened() throws {
    func record(_ number: Int, _ more: [String: String]) -> Record {
      Village.record(
        number, .emergency, household: nil,
        facts: [Village.fact(FactList.emergency, "e", ["name": "过路人", "hukou_place": "other", "place_division": "130599200201"].merging(more) { $1 })])
    }
    let register = Register([record(1, ["escalated": "yes"])])
    let there = try #require(Division("130599200"))
    let one = try #require(register.emergencies(in: there).first)
    #expect(one.isNonLocal && one.household == nil && one.awaitsCounty)
    #expect(try register.emergencies(in: #require(Division(Village.code))).isEmpty)
    var outcome = record(2, ["escalated": "yes", "county_outcome": "协调住院"])
    outcome.supersedes = [Village.id(1)]
    #expect(Register([record(1, ["escalated": "yes"]), outcome]).emergency("e")?.awaitsCounty == false)
  }

  // MARK: 转办

  /// R47, R48: no slip without a receipt, none late without being named; 退回 is open again.
  @Test func slipsAreChasedUntilTheyAreAnswered() throws {
    var way = Way()
    way.rules.clocks[.referralWorkdays] = 5
    let village = try #require(Division(Village.code))
    func chased(_ day: String) -> [String] {
      way.register.referralsToChase(on: CivilDate(day) ?? .today, in: village, way.rules).map { "\($0.id) \($0.stage.rawValue)" }
    }
    way.write(.referral, FactList.referral, "s-1", ["need": "medical", "department": "medical_insurance", "date": "2026-03-02"])
    #expect(chased("2026-03-02") == ["s-1 sent"], "nobody said that it arrived")
    way.write(.referralAnswer, FactList.referral, "s-1", ["received": "2026-03-03", "received_by": "某"])
    #expect(chased("2026-03-09") == [] && chased("2026-03-10") == ["s-1 received"])
    way.write(.referralAnswer, FactList.referral, "s-1", ["outcome": "sent_back", "outcome_reason": "不归我管", "answered": "2026-03-06"])
    #expect(way.register.referral("s-1")?.isOpen == true)
    way.write(.referralAnswer, FactList.referral, "s-1", ["outcome": "not_eligible", "answered": "2026-03-12"])
    #expect(way.register.referral("s-1")?.isOpen == false && chased("2027-01-01") == [])
  }

  @Test func anAnswerSaysWhoWhenAndWhyNot() {
    func problems(_ fields: [String: String]) -> [ReferralProblem] { ReferralProblem.problems(of: { fields[$0] }) }
    #expect(problems(["outcome": "helped", "answered": "2026-03-06", "received_by": "某"]) == [])
    #expect(problems(["outcome": "not_eligible", "answered": "2026-03", "outcome_reason": "", "received_by": "某"]) == [.needsAnswerDate])
    #expect(problems(["outcome": "sent_back"]) == [.needsReason, .needsAnswerDate, .needsReceiver])
  }

  /// 四（二）: at least 医疗, 住房, 教育.
  @Test func everyNeedHasItsDepartment() {
    #expect(ReferralMatrix.departments(for: "medical").first == "medical_insurance")
    #expect(ReferralMatrix.departments(for: "housing") == ["housing"] && ReferralMatrix.departments(for: "education") == ["education"])
    #expect(ReferralMatrix.departments(for: "employment", isVeteran: true).contains("veterans"))
    #expect(!ReferralMatrix.departments(for: "?").isEmpty)
  }

  // MARK: 备用金

  /// R51: payouts are the help given itself; another township's are not in it.
  @Test func theReserveIsWhatCameInLessWhatWasPaid() throws {
    var way = Way()
    way.write(.fund, FactList.fund, "f-1", ["division": "130599100", "kind": "allocation", "amount_fen": "500000", "date": "2026-01-05"])
    way.write(.fund, FactList.fund, "f-2", ["division": "130599200", "kind": "allocation", "amount_fen": "900000", "date": "2026-01-05"])
    way.write(.assistance, FactList.assistance, "a-1", ["funding": "reserve", "amount_fen": "200000", "date": "2026-02-01"])
    way.write(.assistance, FactList.assistance, "a-2", ["funding": "charity", "amount_fen": "777", "date": "2026-02-01"])
    way.write(.fund, FactList.fund, "f-3", ["division": "130599100", "kind": "return", "amount_fen": "100000", "date": "2026-03-01"])
    let township = try #require(Division("130599100"))
    #expect(way.register.reserve(of: township).lines.map(\.balanceFen) == [500_000, 300_000, 200_000])
    way.write(.assistance, FactList.assistance, "a-3", ["funding": "reserve", "amount_fen": "200001", "date": "2026-04-01"])
    #expect(way.register.reserve(of: township).firstOverdrawn?.entity == "a-3")
    way.write(.assistance, FactList.assistance, "a-4", ["funding": "reserve", "amount_fen": "12x", "date": "2026-04-02"])
    #expect(way.register.reserve(of: township).unreadable == ["a-4"])
  }

  // MARK: 慈善对接

  /// R60: a need leaves the county without anybody's identity, and is gone when a match or help answered it.
  @Test func needsAreExportedWithoutIdentity() throws {
    var way = Way()
    way.write(
      .roster, FactList.household, way.household,
      ["division": Village.code, "head_name": "李秀英", "phone": "13800001234", "hardship_kinds": "illness labour", "address": "东头3号"])
    way.write(.roster, FactList.person, "m", ["name": "王小试", "household": way.household, "birth": "2020-01-01"])
    way.write(.visit, "need", "n-1", ["household": way.household, "kind": "education", "detail": "小试要书包"])
    func export() throws -> CharityNeeds {
      var random = SystemSeeded(seed: 1)
      return try way.register.charityNeeds(in: #require(Division("130599")), on: .today, using: &random)
    }
    let row = try #require(export().rows.first)
    #expect(row.number == 1 && row.township == "130599100" && row.need == "education" && row.hardship == ["labour"])
    #expect(row.size == "1" && row.withChildren)
    let columns = Mirror(reflecting: row).children.compactMap(\.label)
    #expect(columns == ["number", "township", "need", "urgency", "hardship", "level", "size", "withChildren"], "and nothing else")
    #expect(try export().key == [1: "n-1"])
    way.write(.match, FactList.match, "m-1", ["need": "n-1", "outcome": "failed"])
    #expect(try export().rows.count == 1)
    way.write(.match, FactList.match, "m-2", ["need": "n-1", "outcome": "given"])
    #expect(try export().rows.isEmpty)
  }

  // MARK: 访视照料

  /// R57: every so many days from the last visit, or the day that was promised, as long as the plan holds.
  /// A number that no calendar holds, from whatever laptop: no day, and the program goes on.
  @Test func aPlanBeyondTheCalendarHasNoNextDay() throws {
    var way = Way()
    way.write(.carePlan, FactList.carePlan, "p", ["person": "m", "from": "2026-03-01", "every_days": String(Int.max)], by: .clerk)
    way.write(.careVisit, FactList.careVisit, "c-1", ["plan": "p", "date": "2026-03-02"])
    #expect(way.register.carePlans(of: way.household).map(\.next) == [nil])
    let day = try #require(CivilDate("2026-03-01"))
    #expect(day.adding(days: .max) == nil && day.adding(days: .min) == nil)
    #expect(day.adding(months: .max) == nil && day.adding(months: .min) == nil)
    let first = try #require(CivilDate("1969-03-01"))
    #expect(first.adding(days: .min) == nil)
  }

  @Test func careVisitsAreDueByThePlan() throws {
    var way = Way()
    way.write(.carePlan, FactList.carePlan, "p", ["person": "m", "from": "2026-03-01", "to": "2026-03-20", "every_days": "7"], by: .clerk)
    func next() -> String? { way.register.carePlans(of: way.household).first?.next?.description }
    #expect(next() == "2026-03-01")
    way.write(.careVisit, FactList.careVisit, "c-1", ["plan": "p", "date": "2026-03-02"])
    #expect(next() == "2026-03-09")
    way.write(.careVisit, FactList.careVisit, "c-2", ["plan": "p", "date": "2026-03-09", "next": "2026-03-12"])
    #expect(next() == "2026-03-12")
    way.write(.careVisit, FactList.careVisit, "c-4", ["plan": "p", "date": "2026-03-13"])
    #expect(next() == "2026-03-20", "its last day is in it")
    way.write(.careVisit, FactList.careVisit, "c-3", ["plan": "p", "date": "2026-03-15"])
    #expect(next() == nil, "the plan ends before")
  }
}
