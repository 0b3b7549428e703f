import Relief
import Testing

/// What each step needs, and the reason it is refused for where that is missing.
@Suite struct CaseDeskTests {
  /// 低保, from the visit that found somebody to the county's confirmation.
  @Test func aHouseholdComesInStepByStep() throws {
    var way = Way()
    let visit = way.visit(on: "2026-03-02")
    #expect(way.take(way.step(.found, .monitored, on: "2026-03-03", basis: visit)) == .takes(isSkip: false, unjudged: []))
    way.apply(for: "lb", on: "2026-03-03")
    var publicity = way.step(.monitored, .publicity, on: "2026-03-04")
    publicity.publicFrom = CivilDate("2026-03-04")
    #expect(way.take(publicity, by: .cadre) == .takes(isSkip: false, unjudged: []))
    var confirming = way.step(.publicity, .confirming, on: "2026-03-12")
    confirming.objection = "none"
    #expect(way.take(confirming) == .takes(isSkip: false, unjudged: []))
    #expect(way.take(way.step(.confirming, .helped, on: "2026-03-20"), by: .county) == .takes(isSkip: false, unjudged: []))
    let one = try #require(way.register.case(way.key()))
    #expect(one.state == .helped && one.since == CivilDate("2026-03-20"))
    #expect(one.history.map(\.step.to) == [.monitored, .publicity, .confirming, .helped])
    #expect(one.history.allSatisfy { $0.standing == .moved } && one.flagged.isEmpty && one.heads.count == 1)
  }

  @Test func aStepStartsWhereTheCaseStands() {
    var way = Way()
    way.stand(at: CasePosition(.monitored))
    let step = way.step(.publicity, .confirming, on: "2026-03-12")
    #expect(way.refusals(step) == [.notFrom(stated: .publicity, standing: [.monitored])])
    #expect(way.refusals(way.step(nil, .found, on: "2026-03-12"), by: .cadre) == [.notFrom(stated: nil, standing: [.monitored])])
    // Whoever writes it all the same moves nothing, and it is kept.
    way.write(step, by: .clerk)
    #expect(way.state() == .monitored)
    #expect(way.register.case(way.key())?.flagged.map(\.step) == [step])
  }

  @Test func whereItStandsAlreadyThereIsNoStep() {
    var way = Way()
    way.stand(at: CasePosition(.monitored))
    let step = way.step(.monitored, .monitored, on: "2026-03-12", reason: "再看")
    #expect(way.refusals(step) == [.noSuchStep(from: .monitored, to: .monitored)])
  }

  @Test func aDateIsWholeAndNotBeforeTheStepBefore() {
    var way = Way()
    way.stand(at: CasePosition(.monitored), on: "2026-03-10")
    #expect(way.refusals(way.step(.monitored, .excluded, on: "2026-03", reason: "收入高")) == [.needsDate])
    let early = way.step(.monitored, .excluded, on: "2026-03-09", reason: "收入高")
    #expect(way.refusals(early) == [.dateBefore(CivilDate(year: 2026, month: 3, day: 10) ?? .today)])
    #expect(way.refusals(way.step(.monitored, .excluded, on: "2026-03-10", reason: "收入高")).isEmpty)
  }

  // MARK: 依据 and 走访

  @Test func aClueRestsOnARecordOfThisHousehold() {
    var way = Way()
    #expect(way.refusals(way.step(nil, .found, track: nil, on: "2026-03-02"), by: .cadre) == [.needsBasis])
    let other = Village.record(7, .capture, household: "other")
    way.register.apply(other)
    #expect(way.refusals(way.step(nil, .found, track: nil, on: "2026-03-02", basis: other.id), by: .cadre) == [.needsBasis])
    #expect(way.refusals(way.step(nil, .found, track: nil, on: "2026-03-02", basis: Village.id(8)), by: .cadre) == [.needsBasis])
    let visit = way.visit(on: "2026-03-01", ["result": "none"])
    #expect(way.take(way.step(nil, .found, track: nil, on: "2026-03-02", basis: visit), by: .cadre).isAllowed)
    #expect(way.state(nil) == .found)
  }

  /// Until 研判 nobody has to say what a clue may come to; then somebody does.
  @Test func fromWatchOnACaseHasATrack() {
    var way = Way()
    let visit = way.visit(on: "2026-03-02")
    #expect(way.refusals(way.step(.found, .monitored, track: nil, on: "2026-03-03", basis: visit)) == [.needsTrack])
    #expect(way.refusals(way.step(.found, .toCheck, track: nil, on: "2026-03-03")).isEmpty)
    #expect(way.refusals(way.step(.found, .excluded, track: nil, on: "2026-03-03", reason: "不属实")).isEmpty)
  }

  @Test func watchRestsOnAVisitThatMetSomebody() {
    var way = Way()
    way.stand(at: CasePosition(.toCheck), on: "2026-03-01")
    func refusals(_ basis: String?) -> [CaseRefusal] { way.refusals(way.step(.toCheck, .monitored, on: "2026-03-05", basis: basis)) }
    #expect(refusals(nil) == [.needsVisit])
    let old = way.visit(on: "2026-02-27")
    #expect(refusals(old) == [.needsVisit], "it is older than the 工单")
    let unmet = way.visit(on: "2026-03-03", ["method": "not_met", "not_met_reason": "away"])
    #expect(refusals(unmet) == [.needsVisit])
    let later = way.visit(on: "2026-03-06")
    #expect(refusals(later) == [.needsVisit], "it is later than the step")
    let good = way.visit(on: "2026-03-05")
    #expect(refusals(good).isEmpty)
    way.register.apply(Village.record(9, .withdrawal, household: nil, body: ["reason": "错户"]).naming(good))
    #expect(refusals(good) == [.needsVisit], "it was taken back")
  }

  /// A case that was closed and is found again is looked at again.
  @Test func aVisitFromBeforeTheCaseWasClosedCountsForNothing() {
    var way = Way()
    let old = way.visit(on: "2025-05-01")
    way.stand(at: CasePosition(.cleared), on: "2025-12-01")
    let capture = way.write(.capture, FactList.household, way.household, ["phone": "1"], on: "2026-03-01")
    way.take(way.step(.cleared, .found, on: "2026-03-01", basis: capture, reason: "又住院"), by: .cadre)
    #expect(way.refusals(way.step(.found, .monitored, on: "2026-03-03", basis: old)) == [.needsVisit])
    let new = way.visit(on: "2026-03-02")
    #expect(way.refusals(way.step(.found, .monitored, on: "2026-03-03", basis: new)).isEmpty)
  }

  @Test func arecheckRestsOnAVisitOfItsOwn() {
    var way = Way()
    let first = way.visit(on: "2026-01-01")
    way.stand(at: CasePosition(.helped), on: "2026-01-10")
    #expect(way.refusals(way.step(.helped, .helped, on: "2026-07-01", basis: first)) == [.needsVisit])
    let again = way.visit(on: "2026-06-30", ["result": "none"])
    #expect(way.verdict(way.step(.helped, .helped, on: "2026-07-01", basis: again), by: .cadre) == .proposes)
    #expect(way.take(way.step(.helped, .helped, on: "2026-07-01", basis: again)).isAllowed)
  }

  /// Correcting the visit a case rests on changes no step that was taken, and is no new clue; taking it back does not either.
  @Test(arguments: [RecordType.amendment, .withdrawal]) func whatACaseRestsOnMayBeCorrected(_ type: RecordType) throws {
    var way = Way()
    let visit = way.visit(on: "2026-03-02")
    way.take(way.step(.found, .monitored, on: "2026-03-03", basis: visit))
    let fact = Village.fact(FactList.visit, "v-1000", ["date": "2026-03-02", "method": "home", "result": "recheck"])
    way.register.apply(Village.record(9, type, facts: type == .amendment ? [fact] : []).naming(visit))
    #expect(!way.register.holds(visit))
    let one = try #require(way.register.case(way.key()))
    #expect(one.state == .monitored && one.flagged.isEmpty)
    #expect(way.register.openClues(about: way.household).isEmpty)
  }

  // MARK: 申请 and 急难

  /// 57号: 未经申请受理、调查、审核确认不得直接纳入. 监测 kinds and 临时救助 do not ask for one.
  @Test(arguments: CaseTrack.known) func whoAppliesForThisTrackComesIn(_ track: CaseTrack) {
    var way = Way()
    way.stand(at: CasePosition(.monitored), track: track)
    var step = way.step(.monitored, .publicity, track: track, on: "2026-03-04")
    step.publicFrom = CivilDate("2026-03-04")
    step.votes = CaseStep.Votes(present: 20, entitled: 25, agreeing: 18, opposing: 2)
    let needs: Set<CaseTrack> = [.lowIncome, .destitute, .edge, .spending]
    #expect(way.refusals(step) == (needs.contains(track) ? [.needsApplication(track)] : []))
    way.apply(for: "temporary", on: "2026-03-01")
    #expect(way.refusals(step) == (needs.contains(track) ? [.needsApplication(track)] : []))
    way.apply(for: "temporary " + track.rawValue, on: "2026-03-01")
    #expect(way.refusals(step).isEmpty)
  }

  @Test func anApplicationOfAnotherPersonIsNotThisPersons() {
    var way = Way()
    let key = CaseKey(household: way.household, person: "m-1", track: .destitute)
    way.write(CaseStep(key, from: nil, to: .monitored, date: CivilDate("2026-03-01"), reason: "接续"), by: .county)
    way.apply(for: "tk", on: "2026-03-01", ["person": "m-2"])
    var step = CaseStep(key, from: .monitored, to: .publicity, date: CivilDate("2026-03-04"))
    step.publicFrom = CivilDate("2026-03-04")
    #expect(way.refusals(step) == [.needsApplication(.destitute)])
    way.apply(for: "tk", on: "2026-03-02", ["person": "m-1"])
    #expect(way.refusals(step).isEmpty)
  }

  @Test func noSkipGoesAroundTheApplication() {
    var way = Way()
    way.stand(at: CasePosition(.monitored))
    for to in [CaseState.confirming, .helped] {
      let step = way.step(.monitored, to, on: "2026-03-04", reason: "情况特殊")
      #expect(way.refusals(step, by: .county) == [.needsApplication(.lowIncome)], "\(to)")
    }
    way.apply(for: "lb", on: "2026-03-01")
    #expect(way.verdict(way.step(.monitored, .helped, on: "2026-03-04", reason: "情况特殊"), by: .county).isAllowed)
  }

  @Test func firstAidAnswersAnEmergencyAndIsExplainedAfterwards() {
    var way = Way()
    way.visit(on: "2026-03-02")
    let first = way.step(.found, .firstAid, track: .temporary, on: "2026-03-03")
    #expect(way.refusals(first) == [.needsEmergency])
    way.emergency(on: "2026-03-02", ["first_aid": "yes", "first_aid_fen": "50000", "first_aid_date": "2026-03-03"])
    #expect(way.refusals(first, by: .cadre) == [.roleMayNot(.cadre, allowed: [.clerk, .supervisor, .county])])
    #expect(way.take(first).isAllowed)
    let helped = way.step(.firstAid, .helped, track: .temporary, on: "2026-03-06")
    #expect(way.refusals(helped, by: .supervisor) == [.needsSupplement(emergencies: [Way.urgent])])
    let away = way.step(.firstAid, .excluded, track: .temporary, on: "2026-03-06", reason: "查无此事")
    #expect(way.refusals(away) == [.needsSupplement(emergencies: [Way.urgent])], "no way around it")
    way.emergency(on: "2026-03-05", ["supplement": "已补", "supplement_date": "2026-03-05"])
    #expect(way.take(helped, by: .supervisor).isAllowed)
    #expect(way.state(.temporary) == .helped)
  }

  /// 先行救助 answers what is happening: not what is over, what came later, or what was settled when the case was closed.
  @Test func anEmergencyThatIsOverIsNoReasonForFirstAid() {
    func refusals(on day: String, closed: String? = nil, clearedBefore: Bool = false) -> [CaseRefusal] {
      var way = Way()
      if clearedBefore { way.stand(at: CasePosition(.cleared), track: .temporary, on: "2026-03-02") }
      way.emergency(on: day, closed.map { ["closed": $0] } ?? [:])
      way.visit(on: "2026-03-03")
      return way.refusals(way.step(clearedBefore ? .cleared : .found, .firstAid, track: .temporary, on: "2026-03-05"))
    }
    #expect(refusals(on: "2026-03-02").isEmpty)
    #expect(refusals(on: "2026-03-02", closed: "2026-03-05").isEmpty)
    #expect(refusals(on: "2026-03-02", closed: "2026-03-04") == [.needsEmergency])
    #expect(refusals(on: "2026-03-06") == [.needsEmergency])
    #expect(refusals(on: "2026-03-02", clearedBefore: true).isEmpty, "on the same day")
    #expect(refusals(on: "2026-03-01", clearedBefore: true) == [.needsEmergency])
  }

  /// Who was cleared and comes back asks again: what was applied for then was answered then.
  @Test func anApplicationFromBeforeTheCaseWasClosedCountsForNothing() {
    var way = Way()
    way.apply(for: "lb", on: "2026-01-01")
    way.stand(at: CasePosition(.cleared), on: "2026-02-01")
    let visit = way.visit(on: "2026-04-01")
    way.take(way.step(.cleared, .found, on: "2026-04-01", basis: visit, reason: "又有人住院"))
    way.take(way.step(.found, .monitored, on: "2026-04-02", basis: visit))
    var publicity = way.step(.monitored, .publicity, on: "2026-04-03")
    publicity.publicFrom = CivilDate("2026-04-03")
    #expect(way.refusals(publicity) == [.needsApplication(.lowIncome)])
    way.apply(for: "lb", on: "2026-04-02")
    #expect(way.refusals(publicity).isEmpty)
  }

  /// R13: 突发严重困难户 is decided by 乡村振兴; the step says so, also one that skips.
  @Test func suddenHardshipNamesWhoDecided() {
    var way = Way()
    way.stand(at: CasePosition(.confirming), track: .sudden)
    var step = way.step(.confirming, .helped, track: .sudden, on: "2026-03-20")
    #expect(way.refusals(step, by: .county) == [.needsDecider])
    step.decidedBy = "县乡村振兴局"
    #expect(way.refusals(step, by: .county).isEmpty)
    var other = Way()
    other.stand(at: CasePosition(.monitored), track: .sudden)
    let skip = other.step(.monitored, .helped, track: .sudden, on: "2026-03-20", reason: "情况紧急")
    #expect(other.refusals(skip, by: .county) == [.needsDecider])
  }

  @Test func aSkipGivesItsReasonAndIsShownAsOne() throws {
    var way = Way()
    way.visit(on: "2026-03-02")
    var step = way.step(.found, .publicity, track: .atRisk, on: "2026-03-04")
    step.publicFrom = CivilDate("2026-03-04")
    step.votes = CaseStep.Votes(present: 20, entitled: 25, agreeing: 18, opposing: 2)
    #expect(way.refusals(step) == [.skipNeedsReason(from: .found, to: .publicity)])
    #expect(way.refusals(step, by: .cadre) == [.roleMayNot(.cadre, allowed: [.clerk, .supervisor, .county])])
    step.reason = "县里已研判"
    #expect(way.take(step) == .takes(isSkip: true, unjudged: [.assemblyPresent, .assemblyAgree]))
    #expect(try #require(way.register.case(way.key(.atRisk))).history.last?.standing == .skipped)
  }
}

extension Record {
  /// The same record, taking back another one.
  func naming(_ target: String) -> Record {
    var copy = self
    copy.supersedes = [target]
    return copy
  }
}
