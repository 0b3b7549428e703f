import Relief
import Testing

/// 拟清零 and 清零: what must be over, T-FP-2, the way back, 渐退期, and the case that is opened again.
@Suite struct ClearingTests {
  /// A household in 救助 since January 2026 with everything over: secured, able to work, above the line since the first of January.
  static func ready(_ track: CaseTrack) -> (way: Way, visit: String) {
    var way = Way()
    way.write(.roster, FactList.person, Village.head, ["name": "李秀英", "labour": "ordinary", "household": way.household], by: .county)
    way.stand(at: CasePosition(.helped), track: track, on: "2026-01-01")
    let visit = way.visit(
      on: "2026-07-01",
      ["result": "none", "education_secured": "yes", "medical_secured": "yes", "housing_secured": "yes", "water_secured": "yes"])
    return (way, visit)
  }

  static func clearing(_ way: Way, _ track: CaseTrack, _ visit: String, stableSince: String? = "2026-01-01") -> CaseStep {
    var step = way.step(.helped, .clearing, track: track, on: "2026-07-01", basis: visit)
    step.stableSince = stableSince.flatMap { CivilDate($0) }
    return step
  }

  @Test func whereAllIsOverTheVillageProposesAndTheCountyClears() throws {
    var (way, visit) = Self.ready(.atRisk)
    #expect(way.take(Self.clearing(way, .atRisk, visit), by: .cadre).isAllowed)
    var publicity = way.step(.clearing, .publicity, track: .atRisk, on: "2026-07-02")
    publicity.publicFrom = CivilDate("2026-07-02")
    #expect(way.refusals(publicity, by: .cadre) == [.needsVotes])
    publicity.votes = CaseStep.Votes(present: 20, entitled: 25, agreeing: 18, opposing: 2)
    #expect(way.take(publicity, by: .cadre).isAllowed)
    var confirming = way.step(.publicity, .confirming, track: .atRisk, on: "2026-07-08")
    confirming.objection = "none"
    #expect(way.take(confirming).isAllowed)
    let position = try #require(way.register.case(way.key(.atRisk))?.position)
    #expect(position == CasePosition(.confirming, isLeaving: true))
    #expect(way.refusals(way.step(.confirming, .cleared, track: .atRisk, on: "2026-07-10"), by: .supervisor) == [
      .roleMayNot(.supervisor, allowed: [.county])
    ])
    #expect(way.take(way.step(.confirming, .cleared, track: .atRisk, on: "2026-07-10"), by: .county).isAllowed)
    #expect(way.state(.atRisk) == .cleared)
  }

  /// 清零 forbidden while anything of the household is open, for every track, also where steps are skipped.
  @Test(arguments: [CaseTrack.lowIncome, .atRisk]) func whatIsOpenBlocks(_ track: CaseTrack) {
    let (start, visit) = Self.ready(track)
    let step = Self.clearing(start, track, visit)
    #expect(start.refusals(step).isEmpty)

    var risk = start
    risk.write(.visit, FactList.risk, "r-1", ["kind": "illness", "found": "2026-01-01"])
    #expect(risk.refusals(step) == [.openRisks(["r-1"])])
    let skip = risk.step(.helped, .cleared, track: track, on: "2026-07-01", reason: "要求销号")
    #expect(risk.refusals(skip, by: .county).contains(.openRisks(["r-1"])))
    risk.write(.visit, FactList.risk, "r-1", ["cleared": "2026-06-01"])
    #expect(risk.refusals(step).isEmpty)

    var slip = start
    slip.write(.referral, FactList.referral, "s-1", ["need": "medical", "department": "medical_insurance", "date": "2026-02-01"])
    #expect(slip.refusals(step) == [.openReferrals(["s-1"])])
    slip.write(.referralAnswer, FactList.referral, "s-1", ["received": "2026-02-03"])
    #expect(slip.refusals(step) == [.openReferrals(["s-1"])], "a receipt is no answer")
    slip.write(.referralAnswer, FactList.referral, "s-1", ["outcome": "sent_back", "answered": "2026-02-04"])
    #expect(slip.refusals(step) == [.openReferrals(["s-1"])], "sent back is open again")
    slip.write(.referralAnswer, FactList.referral, "s-1", ["outcome": "helped", "answered": "2026-02-05"])
    #expect(slip.refusals(step).isEmpty)

    var urgent = start
    urgent.emergency(on: "2026-03-02", ["first_aid": "yes", "first_aid_fen": "50000", "first_aid_date": "2026-03-03"])
    #expect(urgent.refusals(step) == [.openSupplements([Way.urgent])])
    urgent.emergency(on: "2026-03-05", ["supplement_date": "2026-03-05"])
    #expect(urgent.refusals(step).isEmpty)
  }

  /// Two laptops that had not seen each other: while one of them says it is open, it is.
  @Test func whatIsContestedIsOpen() {
    let (start, visit) = Self.ready(.lowIncome)
    let step = Self.clearing(start, .lowIncome, visit)
    func both(_ type: RecordType, _ list: String, _ entity: String, _ one: [String: String], _ other: [String: String]) -> Way {
      var way = start
      for (number, more) in [(1, one), (2, other)] {
        way.register.apply(Village.record(number, type, facts: [Village.fact(list, entity, more)]))
      }
      return way
    }
    let slip = both(
      .referralAnswer, FactList.referral, "s-1", ["outcome": "helped", "answered": "2026-02-04"],
      ["outcome": "sent_back", "answered": "2026-02-04"])
    #expect(slip.refusals(step) == [.openReferrals(["s-1"])])
    let urgent = both(
      .emergency, FactList.emergency, Way.urgent, ["date": "2026-02-01", "first_aid": "yes"], ["date": "2026-02-01", "first_aid": "no"])
    #expect(urgent.refusals(step) == [.openSupplements([Way.urgent])])
    let risk = both(.visit, FactList.risk, "r-1", ["cleared": "2026-03-01"], ["cleared": ""])
    #expect(risk.refusals(step) == [.openRisks(["r-1"])])
  }

  /// 没有学龄儿童 is an answer: nothing is missing where there is no child of school age.
  @Test func aHouseholdWithoutSchoolChildrenCanBeCleared() {
    var (way, _) = Self.ready(.unstable)
    let visit = way.visit(on: "2026-07-01", ["result": "none", "education_secured": "not_applicable"])
    #expect(way.refusals(Self.clearing(way, .unstable, visit)).isEmpty)
    let water = way.visit(on: "2026-07-01", ["result": "none", "water_secured": "not_applicable"])
    #expect(way.refusals(Self.clearing(way, .unstable, water)) == [.securedUnknown(["water_secured"])], "everybody drinks")
  }

  /// Something new may come up between 拟清零 and the county's word.
  @Test func whatOpensOnTheWayOutStopsTheCounty() {
    var (way, _) = Self.ready(.lowIncome)
    way.write(way.step(.helped, .clearing, on: "2026-07-01"), by: .clerk)
    way.write(way.step(.clearing, .publicity, on: "2026-07-02"), by: .clerk)
    way.write(way.step(.publicity, .confirming, on: "2026-07-10"), by: .clerk)
    let step = way.step(.confirming, .cleared, on: "2026-07-12")
    #expect(way.refusals(step, by: .county).isEmpty)
    way.write(.visit, FactList.risk, "r-2", ["kind": "illness", "found": "2026-07-11"])
    #expect(way.refusals(step, by: .county) == [.openRisks(["r-2"])])
    #expect(way.take(way.step(.confirming, .helped, on: "2026-07-12", reason: "又住院"), by: .supervisor).isAllowed)
  }

  /// T-FP-2: not less than half a year above the line, to the day.
  @Test func theIncomeIsStableForSixMonths() {
    let (way, visit) = Self.ready(.unstable)
    func refusals(_ since: String?) -> [CaseRefusal] { way.refusals(Self.clearing(way, .unstable, visit, stableSince: since)) }
    #expect(refusals("2026-01-01").isEmpty)
    #expect(refusals("2026-01-02") == [.notStable(months: 5, needed: 6)])
    #expect(refusals(nil) == [.notStable(months: nil, needed: 6)])
    #expect(refusals("2026-01") == [.notStable(months: nil, needed: 6)])
    var unset = way
    unset.rules.clocks[.clearMonths] = nil
    #expect(unset.refusals(Self.clearing(way, .unstable, visit)) == [.unset(.clearMonths)])
    let other = Self.ready(.lowIncome)
    #expect(other.way.refusals(Self.clearing(other.way, .lowIncome, other.visit, stableSince: nil)).isEmpty, "for 监测对象 only")
  }

  @Test func everyGuaranteeIsSecuredAndKnown() {
    for question in ["education_secured", "medical_secured", "housing_secured", "water_secured"] {
      var (way, _) = Self.ready(.unstable)
      let no = way.visit(on: "2026-07-02", ["result": "none", question: "no"])
      var step = Self.clearing(way, .unstable, no)
      step.date = CivilDate("2026-07-03")
      #expect(way.refusals(step) == [.notSecured([question])])
      let unknown = way.visit(on: "2026-07-03", ["result": "none", question: "unknown"])
      step.basis = unknown
      #expect(way.refusals(step) == [.securedUnknown([question])])
    }
  }

  /// 暂不标注风险消除: a household without labour stays under watch; labour nobody has stated is asked first.
  @Test func withoutLabourThereIsNoClearing() {
    var (way, visit) = Self.ready(.sudden)
    way.write(.householdChange, FactList.person, Village.head, ["labour": "lost"])
    #expect(way.refusals(Self.clearing(way, .sudden, visit)) == [.noLabour])
    way.write(.householdChange, FactList.person, Village.head, ["labour": ""])
    #expect(way.refusals(Self.clearing(way, .sudden, visit)) == [.labourUnknown])
    way.write(.householdChange, FactList.person, Village.head, ["labour": "weak"])
    #expect(way.refusals(Self.clearing(way, .sudden, visit)).isEmpty)
  }

  /// A laptop that was long without a network brings a risk that nobody who cleared the case had seen: no visit concluded that it is a
  /// clue, so the ledger says it.
  @Test func aRiskThatComesAfterClearingIsListed() throws {
    var (way, _) = Self.ready(.lowIncome)
    way.rules.clocks[.inclusionDueDays] = 30
    way.write(way.step(.helped, .cleared, on: "2026-07-10", reason: "已好转"), by: .county)
    #expect(way.due(.unsettled) == nil)
    let late = Village.record(
      50, .visit, household: way.household, wall: "2026-07-09T10:00:00+08:00",
      facts: [
        Village.fact(FactList.visit, "v-late", ["date": "2026-07-09", "result": "none"]),
        Village.fact(FactList.risk, "r-late", ["kind": "illness", "found": "2026-07-09"]),
      ])
    way.register.apply(late)
    #expect(way.due(.unsettled)?.due == CivilDate("2026-08-09"))
    let rows = way.register.ageing(on: CivilDate("2026-07-11") ?? .today, in: .everywhere, way.rules, kinds: [.unsettled])
    #expect(rows.map(\.household) == [way.household])
    var settled = way
    settled.write(.householdChange, FactList.risk, "r-late", ["cleared": "2026-07-12"])
    #expect(settled.due(.unsettled) == nil)
    way.visit(on: "2026-07-12")
    #expect(way.due(.unsettled) == nil, "a clue that waits says it already")
  }

  @Test func aRiskIsGoneOnADayThatCanBeReadAndHasCome() {
    let (start, visit) = Self.ready(.lowIncome)
    let step = Self.clearing(start, .lowIncome, visit)
    for (day, isOpen) in [("2026-07-01", false), ("2026-07", false), ("2026-07-02", true), ("七月", true)] {
      var way = start
      way.write(.visit, FactList.risk, "r-1", ["kind": "illness", "found": "2026-01-01", "cleared": day])
      #expect(way.refusals(step) == (isOpen ? [.openRisks(["r-1"])] : []), "\(day)")
    }
  }

  // MARK: 渐退期

  @Test func taperingIsTheCountysAndEndsAfterItsMonths() {
    var (way, _) = Self.ready(.lowIncome)
    let step = way.step(.helped, .tapering, on: "2026-08-31", reason: "就业后收入超过标准")
    #expect(way.refusals(step) == [.roleMayNot(.clerk, allowed: [.county])])
    #expect(way.refusals(way.step(.helped, .tapering, on: "2026-08-31"), by: .county) == [.needsReason])
    #expect(way.take(step, by: .county).isAllowed)
    // Six months after 31 August there is no 31 February.
    #expect(way.due(.taper)?.due == CivilDate("2027-02-28"))
    #expect(way.take(way.step(.tapering, .cleared, on: "2027-03-01", reason: "渐退期满"), by: .county).isAllowed)
    #expect(way.due(.revisit)?.due == CivilDate("2027-06-01"))
  }

  @Test func anUnsetTaperSaysSo() {
    var (way, _) = Self.ready(.lowIncome)
    way.take(way.step(.helped, .tapering, on: "2026-08-31", reason: "就业"), by: .county)
    way.rules.clocks[.taperMonths] = nil
    #expect(way.due(.taper)?.missing == .unset && way.due(.taper)?.due == nil)
  }

  // MARK: Opened again

  @Test(arguments: [CaseState.excluded, .cleared, .left]) func aClosedCaseIsOpenedAgainAndIsTheSameOne(_ closed: CaseState) throws {
    var way = Way()
    way.stand(at: CasePosition(closed), on: "2026-01-01")
    let visit = way.visit(on: "2026-04-01")
    let bare = way.step(closed, .found, on: "2026-04-01")
    #expect(way.refusals(bare) == [.needsBasis, .needsReason])
    let step = way.step(closed, .found, on: "2026-04-01", basis: visit, reason: "又有人住院")
    #expect(way.refusals(step, by: .cadre).isEmpty == (closed != .left), "who has left is found again by the township")
    #expect(way.take(step).isAllowed)
    let one = try #require(way.register.case(way.key()))
    #expect(one.state == .found)
    #expect(one.history.map(\.step.to) == [closed, .found], "what came before stays")
    #expect(way.register.cases(of: way.household).map(\.key) == [way.key()])
    #expect(way.take(way.step(.found, .monitored, on: "2026-04-02", basis: visit)).isAllowed)
  }

  /// A new clue is where a closed case may go on from, without a step back to 发现.
  @Test func aClosedCaseGoesOnFromANewClue() {
    var way = Way()
    way.stand(at: CasePosition(.cleared), on: "2026-01-01")
    let visit = way.visit(on: "2026-04-01")
    #expect(way.take(way.step(.found, .monitored, on: "2026-04-02", basis: visit)).isAllowed)
    #expect(way.state() == .monitored)
    #expect(way.register.openClues(about: way.household).isEmpty)
  }
}
