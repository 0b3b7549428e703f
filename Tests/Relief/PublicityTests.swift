import Relief
import Testing

/// 民主评议 and 公示: who was there, who agreed, how many days, who objected.
@Suite struct PublicityTests {
  // MARK: 民主评议

  static func voted(_ votes: CaseStep.Votes?, quorum: CaseClocks.Share? = CaseClocks.Share(2, of: 3)) -> CaseVerdict {
    var way = Way()
    way.rules.clocks.quorumPresent = quorum
    way.rules.clocks.quorumAgree = quorum
    way.stand(at: CasePosition(.monitored), track: .unstable)
    var step = way.step(.monitored, .publicity, track: .unstable, on: "2026-03-04")
    step.publicFrom = CivilDate("2026-03-04")
    step.votes = votes
    return way.verdict(step, by: .cadre)
  }

  static func votes(_ present: Int, of entitled: Int, _ agreeing: Int, against opposing: Int) -> CaseStep.Votes {
    CaseStep.Votes(present: present, entitled: entitled, agreeing: agreeing, opposing: opposing)
  }

  @Test func theMonitoredKindsAreVotedOn() {
    #expect(Self.voted(nil).refusals == [.needsVotes])
    #expect(Self.voted(Self.votes(30, of: 30, 30, against: 0)) == .takes(isSkip: false, unjudged: []))
  }

  /// Two thirds of 30 are 20, of 20 present 14 agree (13.3…): no division rounds anything away.
  @Test func theQuorumIsReachedExactly() {
    let share = CaseClocks.Share(2, of: 3)
    #expect(Self.voted(Self.votes(20, of: 30, 14, against: 6)).isAllowed)
    let few = Self.votes(19, of: 30, 19, against: 0)
    #expect(Self.voted(few).refusals == [.quorumMissed(few, needed: share, isPresence: true)])
    let against = Self.votes(20, of: 30, 13, against: 7)
    #expect(Self.voted(against).refusals == [.quorumMissed(against, needed: share, isPresence: false)])
    let both = Self.votes(10, of: 30, 1, against: 9)
    #expect(Self.voted(both).refusals.count == 2)
  }

  /// Figures beyond what can be multiplied are judged like any others.
  @Test func votesWithoutAnyBoundDoNotStopTheProgram() {
    #expect(Self.voted(Self.votes(.max, of: .max, .max, against: 0)).isAllowed)
    let impossible = Self.votes(.max, of: .max, .max, against: .max)
    #expect(Self.voted(impossible).refusals == [.votesImpossible(impossible)])
    let few = Self.votes(.max / 2, of: .max, .max / 2, against: 0)
    #expect(Self.voted(few).refusals == [.quorumMissed(few, needed: CaseClocks.Share(2, of: 3), isPresence: true)])
  }

  @Test func votesThatCannotBeAreRefused() {
    for votes in [
      Self.votes(31, of: 30, 20, against: 0), Self.votes(20, of: 30, 15, against: 6), Self.votes(0, of: 30, 0, against: 0),
      Self.votes(20, of: 30, -1, against: 0),
    ] {
      #expect(Self.voted(votes).refusals == [.votesImpossible(votes)])
    }
  }

  /// 未设定 is said, not passed over: what was not looked at stands in the answer.
  @Test func aQuorumNobodySetIsNamedAsNotLookedAt() {
    let votes = Self.votes(3, of: 30, 1, against: 2)
    #expect(Self.voted(votes, quorum: nil) == .takes(isSkip: false, unjudged: [.assemblyPresent, .assemblyAgree]))
  }

  @Test func otherTracksAreVotedOnWhereTheCountySaysSo() {
    var way = Way()
    way.stand(at: CasePosition(.monitored), track: .temporary)
    var step = way.step(.monitored, .publicity, track: .temporary, on: "2026-03-04")
    step.publicFrom = CivilDate("2026-03-04")
    #expect(way.verdict(step).isAllowed)
    way.rules.clocks.votedTracks = [.temporary]
    #expect(way.refusals(step) == [.needsVotes])
  }

  // MARK: 公示

  /// A case whose 公示 began on 1 March 2026.
  static func shown(_ track: CaseTrack, to last: String? = nil) -> Way {
    var way = Way()
    way.stand(at: CasePosition(.monitored), track: track)
    way.apply(for: track.rawValue, on: "2026-02-01")
    var step = way.step(.monitored, .publicity, track: track, on: "2026-03-01")
    step.publicFrom = CivilDate("2026-03-01")
    step.publicTo = last.flatMap { CivilDate($0) }
    step.votes = votes(20, of: 30, 15, against: 5)
    way.take(step)
    return way
  }

  static func over(_ way: Way, _ track: CaseTrack, on day: String, objection: String? = "none") -> CaseVerdict {
    var step = way.step(.publicity, .confirming, track: track, on: day)
    step.objection = objection
    return way.verdict(step)
  }

  /// 7 days for 低保 and 特困, 5 for 监测对象 and 临时救助 (calendar days, the first does not count): closed from the day after.
  @Test(arguments: [(CaseTrack.lowIncome, 8), (.destitute, 8), (.atRisk, 6), (.temporary, 6)])
  func publicityRunsItsDays(_ track: CaseTrack, _ last: Int) throws {
    let way = Self.shown(track)
    let end = try #require(CivilDate(year: 2026, month: 3, day: last))
    #expect(Self.over(way, track, on: end.description).refusals == [.publicityRunning(until: end)])
    #expect(Self.over(way, track, on: "2026-03-0\(last + 1)").isAllowed)
    #expect(way.due(.publicity, track: track)?.due == end)
  }

  @Test func aLongerOneThanTheRuleRunsLonger() {
    let longer = Self.shown(.lowIncome, to: "2026-03-12")
    let end = CivilDate(year: 2026, month: 3, day: 12) ?? .today
    #expect(Self.over(longer, .lowIncome, on: "2026-03-12").refusals == [.publicityRunning(until: end)])
    #expect(longer.due(.publicity)?.due == end)
    let shorter = Self.shown(.lowIncome, to: "2026-03-03")
    #expect(Self.over(shorter, .lowIncome, on: "2026-03-05").refusals.count == 1, "the rule's days hold")
    #expect(shorter.due(.publicity)?.due == CivilDate("2026-03-08"))
  }

  @Test func whereNobodySetTheDaysTheLastOneIsStated() {
    #expect(Self.over(Self.shown(.edge), .edge, on: "2026-04-01").refusals == [.publicityEndUnknown(.publicityDaysEdge)])
    let stated = Self.shown(.edge, to: "2026-03-08")
    #expect(Self.over(stated, .edge, on: "2026-03-09") == .takes(isSkip: false, unjudged: [.clock(.publicityDaysEdge)]))
  }

  @Test func withoutItsFirstDayThereIsNoPublicity() {
    var way = Way()
    way.stand(at: CasePosition(.monitored), track: .temporary)
    #expect(way.refusals(way.step(.monitored, .publicity, track: .temporary, on: "2026-03-04")) == [.needsPublicityDates])
    // Nor by a skip: what nobody can say the end of is no 公示.
    var found = Way()
    found.visit(on: "2026-03-01")
    let skip = found.step(.found, .publicity, track: .temporary, on: "2026-03-04", reason: "县里已研判")
    #expect(found.refusals(skip) == [.needsPublicityDates])
  }

  /// What the form asks people to write when nobody objected is 无.
  @Test(arguments: ["none", "无", "没有", "无异议"]) func nobodyObjected(_ word: String) throws {
    let way = Self.shown(.lowIncome)
    var step = way.step(.publicity, .confirming, on: "2026-03-09")
    step.objection = word
    let typed = try #require(CaseStep(step.fact(entity: "x"), household: way.household))
    #expect(typed.objection == "none")
    #expect(way.verdict(typed).isAllowed)
  }

  @Test func anObjectionIsLookedIntoAndShownAgain() {
    var way = Self.shown(.lowIncome)
    #expect(Self.over(way, .lowIncome, on: "2026-03-09", objection: nil).refusals == [.needsObjectionAnswer])
    #expect(Self.over(way, .lowIncome, on: "2026-03-09", objection: "有车").refusals == [.objection("有车")])
    var again = way.step(.publicity, .publicity, on: "2026-03-10")
    again.publicFrom = CivilDate("2026-03-10")
    again.objection = "有车"
    #expect(way.refusals(again, by: .cadre) == [.needsReason])
    again.reason = "车已报废，已核实"
    way.take(again, by: .cadre)
    #expect(way.register.case(way.key())?.publicity?.from == CivilDate("2026-03-10"))
    #expect(Self.over(way, .lowIncome, on: "2026-03-17").refusals == [.publicityRunning(until: CivilDate("2026-03-17") ?? .today)])
    #expect(Self.over(way, .lowIncome, on: "2026-03-18").isAllowed)
    #expect(Self.over(way, .lowIncome, on: "2026-03-18", objection: nil).refusals == [.needsObjectionAnswer], "of this round nobody has said")
  }
}
