import Relief
import Testing

/// 日清单: what stands on it, in which order, what may be passed together, who may say it, and what becomes of red.
@Suite struct EveningListTests {
  static let town = Division("130599100") ?? .everywhere
  static let noon = Instant("2026-11-24T20:00:00+08:00") ?? Instant(seconds: 0)

  static func evening(_ register: Register, now: Instant = noon, hours: Int? = 4, quality: (Visit) -> [String] = { _ in [] }) -> Evening {
    var rules = CaseRules()
    rules.clocks[.redHours] = hours
    return Evening(on: .today, in: town, of: register, now: now, rules: rules, quality: quality)
  }

  /// A whole visit of today: nothing can be noticed about it.
  static func visit(
    _ number: Int, household: String? = nil, by person: String = "p1", on date: String = "2026-11-24", at time: String = "10:00",
    _ answers: [String: String] = [:], more: [Fact] = [], type: RecordType = .visit, supersedes: [Int] = [], entity: String? = nil
  ) -> Record {
    var record = Village.record(
      number, type, supersedes: supersedes, household: household ?? "h-\(number)", wall: "\(date)T\(time):00+08:00",
      facts: [
        Village.fact(
          FactList.visit, entity ?? "v-\(number)",
          [
            "date": date, "method": "home", "visitors": person, "result": "none", "disability": "no", "labour": "no", "illness": "no",
            "emergency": "no", "urgency": "blue",
          ].merging(answers) { $1 })
      ] + more)
    record.author = Author(person: person, name: person, role: .cadre)
    return record
  }

  static func red(_ number: Int, at time: String = "10:00", on date: String = "2026-11-24") -> Record {
    visit(number, on: date, at: time, ["result": "emergency", "emergency": "yes", "urgency": "red"])
  }

  static func acknowledge(_ number: Int, _ target: Int, by author: Author = Village.supervisor) -> Record {
    var record = Village.record(number, .acknowledgement, wall: "2026-11-24T19:00:00+08:00", body: ["record": Village.id(target)])
    record.author = author
    return record
  }

  static func review(_ number: Int, _ target: Int, _ verdict: String, by author: Author = Village.supervisor) -> Record {
    var record = Village.record(
      number, .review, wall: "2026-11-24T19:30:00+08:00", body: ["record": Village.id(target), "verdict": verdict, "reason": "请补"])
    record.author = author
    return record
  }

  // MARK: The list

  /// A laptop without a network brings yesterday's visits today, or next week's: they wait until somebody has spoken on them.
  @Test func whatNobodyHasSpokenOnWaitsAlsoTheNextDay() {
    let register = Register([
      Self.visit(1, on: "2026-11-23"), Self.visit(2, on: "2026-11-10"), Self.visit(3, on: "2026-11-20"), Self.review(4, 3, "passed"),
      Self.visit(5, on: "2026-10-24"), Self.visit(6, on: "2026-10-23"), Self.visit(7, on: "2026-11-22"), Village.record(8, .withdrawal, supersedes: [7]),
      Self.visit(9, by: Village.supervisor.person, on: "2026-11-22"), Self.visit(10),
    ])
    func listed(_ reader: String?) -> Set<String> {
      var memory = EveningMemory()
      return Set(Evening(on: .today, in: Self.town, of: register, reader: reader, now: Self.noon, memory: &memory).rows.map(\.visit.record))
    }
    #expect(listed(nil) == Set([1, 2, 5, 9, 10].map { Village.id($0) }), "a month long")
    #expect(listed(Village.supervisor.person) == Set([1, 2, 5, 10].map { Village.id($0) }), "her own is nobody's to judge but another's")
  }

  @Test func redThenAnswersThenNoticedThenCleanThenDone() {
    let register = Register([
      Self.visit(1), Self.visit(2, ["result": ""]), Self.red(3), Self.visit(4), Self.review(5, 4, "passed"), Self.visit(6),
      Self.review(7, 6, "returned"), Self.visit(8, household: "h-6", type: .amendment, supersedes: [6], entity: "v-6"),
      Self.visit(9, ["urgency": "orange", "result": "suspected", "suspected": "lb"]),
    ])
    let rows = Self.evening(register).rows
    #expect(rows.map(\.visit.record) == [3, 8, 2, 9, 1, 4].map { Village.id($0) })
    #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6])
    #expect(rows[1].answers?.record == Village.id(7))
    #expect(rows.map(\.isClean) == [false, false, false, true, true, false])
  }

  @Test func onItStandWhatWasDoneTypedOrAnsweredThatDay() {
    var late = Self.visit(2, on: "2026-11-22")
    late.wall = "2026-11-24T08:00:00+08:00"
    var elsewhere = Self.visit(3)
    elsewhere.division = "130599200201"
    let register = Register([Self.visit(1), late, elsewhere, Self.visit(4, on: "2026-10-01"), Self.red(5, on: "2026-10-01")])
    #expect(Set(Self.evening(register).rows.map(\.visit.record)) == Set([1, 2, 5].map { Village.id($0) }))
  }

  /// A red one waits on every list until somebody has acknowledged it, whatever its date says.
  @Test func redStaysUntilItIsAcknowledged() {
    #expect(Self.evening(Register([Self.red(1, on: "2026-10-01")])).rows.map(\.isRed) == [true])
    var ahead = Self.red(1, on: "2027-11-24")
    ahead.wall = "2026-11-20T10:00:00+08:00"
    #expect(Self.evening(Register([ahead])).rows.count == 1, "its date was mistyped")
    #expect(Self.evening(Register([Self.red(1, on: "2026-10-01"), Self.acknowledge(2, 1)])).rows.isEmpty)
  }

  // MARK: Batch

  static func many(_ count: Int, authors: Int = 1) -> Register {
    Register((1...count).map { visit($0, by: "p\($0 % authors)", at: "\(10 + $0 / 60):\($0 % 60 < 10 ? "0" : "")\($0 % 60)") })
  }

  @Test func theBatchWantsASampleOfEachPersonAndNothingElse() {
    var register = Self.many(25, authors: 2)
    register.apply(Self.red(90))
    register.apply(Self.visit(91, ["result": ""]))
    let evening = Self.evening(register)
    guard case .openFirst(let sample) = ReviewDesk.batch(evening, opened: []) else {
      Issue.record("passed without a sample")
      return
    }
    #expect(sample.count == 4, "two of 12, two of 13")
    #expect(Set(sample.map { register.record($0)?.author.person }).count == 2)
    #expect(ReviewDesk.batch(evening, opened: []) == .openFirst(sample), "it asks for the same ones again")
    #expect(ReviewDesk.batch(evening, opened: Set(sample.dropFirst())) == .openFirst([sample[0]]))
    guard case .passes(let drafts) = ReviewDesk.batch(evening, opened: Set(sample)) else {
      Issue.record("did not pass")
      return
    }
    #expect(drafts.count == 25 && drafts.allSatisfy { $0.verdict == .passed && $0.isBatch })
    #expect(!drafts.contains { $0.record == Village.id(90) || $0.record == Village.id(91) })
    #expect(ReviewDesk.batch(Self.evening(Register([Self.red(1)])), opened: [Village.id(1)]) == .nothingClean)
  }

  @Test func noBatchPassesRedOrWhatWasNoticed() throws {
    let register = Register([Self.red(1), Self.visit(2, ["result": ""]), Self.visit(3), Self.acknowledge(4, 1)])
    let rows = Self.evening(register).rows
    func refusals(_ number: Int, batch: Bool) throws -> [ReviewRefusal] {
      let row = try #require(rows.first { $0.visit.record == Village.id(number) })
      let draft = ReviewDraft(Village.id(number), .passed, isBatch: batch)
      return ReviewDesk.refusals(draft, on: row, by: Village.supervisor, day: .today, in: register)
    }
    #expect(try refusals(1, batch: true) == [.redInBatch], "not even one that was acknowledged")
    #expect(try refusals(1, batch: false) == [])
    #expect(try refusals(2, batch: true) == [.notClean([.missing(["visit.result"])])])
    #expect(try refusals(2, batch: false) == [] && refusals(3, batch: true) == [])
  }

  // MARK: Words

  @Test func everyWordButPassedSaysWhyAndIsAboutWhatStands() throws {
    let register = Register([Self.visit(1), Self.red(2)])
    let rows = Self.evening(register).rows
    let row = try #require(rows.first { !$0.isRed })
    for verdict in [Review.Verdict.returned, .revisit, .escalated, .county] {
      func refusals(_ reason: String?) -> [ReviewRefusal] {
        ReviewDesk.refusals(ReviewDraft(Village.id(1), verdict, reason: reason), on: row, by: Village.supervisor, day: .today, in: register)
      }
      #expect(refusals(nil) == [.needsReason(verdict)] && refusals("") == [.needsReason(verdict)] && refusals("请补") == [])
    }
    let passed = ReviewDraft(Village.id(1), .passed)
    #expect(ReviewDesk.refusals(passed, on: row, by: Village.cadre, day: .today, in: register) == [.mayNotReview(.cadre)])
    var withdrawn = register
    withdrawn.apply(Village.record(9, .withdrawal, supersedes: [1]))
    #expect(ReviewDesk.refusals(passed, on: row, by: Village.supervisor, day: .today, in: withdrawn) == [.notStanding])
    let unseen = ReviewDraft(Village.id(2), .passed)
    #expect(ReviewDesk.refusals(unseen, on: rows[0], by: Village.supervisor, day: .today, in: register) == [.notAcknowledged])
  }

  /// Of two words that had not seen each other the one that sends back counts; a later one that saw it replaces it.
  @Test func theWordThatCounts() {
    var register = Register([Self.visit(1), Self.review(2, 1, "passed"), Self.review(3, 1, "returned")])
    #expect(register.review(of: Village.id(1))?.verdict == .returned)
    var last = Self.review(4, 1, "passed")
    last.supersedes = ReviewDesk.supersedes(ReviewDraft(Village.id(1), .passed), in: register)
    register.apply(last)
    #expect(register.review(of: Village.id(1))?.verdict == .passed)
    #expect(Register([Self.visit(1), Self.review(2, 1, "passed", by: Village.cadre)]).review(of: Village.id(1)) == nil)
  }

  // MARK: A deputy

  static func deputy(_ number: Int, for absent: String = "p2", person: String = "p9", from: String = "2026-11-23", to: String = "2026-11-25", by: Author)
    -> Record
  {
    var record = Village.record(number, .deputy, household: nil, body: ["for": absent, "person": person, "from": from, "to": to])
    record.author = by
    return record
  }

  @Test func whoStandsInMayReviewOnTheirDays() {
    let clerk = Author(person: "p9", name: "孙代理", role: .clerk)
    let county = Author(person: "c1", name: "县", role: .county)
    func may(_ records: [Record], _ author: Author = clerk, _ day: String = "2026-11-24") -> Bool {
      Register(records).mayReview(author, on: CivilDate(day))
    }
    #expect(!may([]))
    let given = Self.deputy(1, by: Village.supervisor)
    #expect(may([given]))
    #expect(may([given], clerk, "2026-11-23") && may([given], clerk, "2026-11-25"), "both days included")
    #expect(!may([given], clerk, "2026-11-22") && !may([given], clerk, "2026-11-26"))
    #expect(!may([given], Author(person: "p8", name: "别人", role: .clerk)))
    #expect(!may([given], Author(person: "p9", name: "孙代理", role: .visitor)))
    #expect(!may([Self.deputy(1, by: Village.cadre)]), "a cadre gives nothing away")
    #expect(!may([Self.deputy(1, for: "p3", by: Village.supervisor)]), "nor a supervisor another's post")
    #expect(may([Self.deputy(1, for: "p3", by: county)]))
    #expect(!may([Self.deputy(1, from: "2026-11-25", to: "2026-11-23", by: Village.supervisor)]))
    #expect(!may([Self.deputy(1, person: "p2", by: Village.supervisor)]))
    #expect(!may([given, Village.record(2, .withdrawal, supersedes: [1], household: nil)]))
  }

  @Test func aDeputysWordCountsInTheFold() {
    let clerk = Author(person: "p9", name: "孙代理", role: .clerk)
    let records = [Self.visit(1), Self.review(2, 1, "returned", by: clerk), Self.red(3), Self.acknowledge(4, 3, by: clerk)]
    let alone = Register(records)
    #expect(alone.review(of: Village.id(1)) == nil)
    #expect(Self.evening(alone).rows.first { $0.isRed }?.isAcknowledged == false)
    let standing = Register(records + [Self.deputy(5, by: Village.supervisor)])
    #expect(standing.review(of: Village.id(1))?.verdict == .returned)
    #expect(Self.evening(standing).rows.first { $0.isRed }?.isAcknowledged == true)
  }

  /// Who stands in judges nobody's visits but others': their own red one waits for the supervisor, and then for the county.
  @Test func aDeputysWordOnTheirOwnVisitDoesNotCount() {
    let clerk = Author(person: "p9", name: "孙代理", role: .clerk)
    var (own, urgent) = (Self.visit(1), Self.red(3))
    (own.author, urgent.author) = (clerk, clerk)
    let records = [own, Self.review(2, 1, "passed", by: clerk), urgent, Self.acknowledge(4, 3, by: clerk)]
    let register = Register(records + [Self.deputy(5, by: Village.supervisor)])
    #expect(register.review(of: Village.id(1)) == nil)
    #expect(Self.evening(register).rows.first { $0.isRed }?.isAcknowledged == false)
    let seen = Register(records + [Self.acknowledge(6, 3)])
    #expect(Self.evening(seen).rows.first { $0.isRed }?.isAcknowledged == true)
  }

  // MARK: Red

  /// A laptop whose clock ran ahead wrote it: nobody waits until that day has come.
  @Test func redFromAClockThatRanAheadIsTheCountysAtOnce() throws {
    let register = Register([Self.red(1, on: "2027-11-24")])
    let now = try #require(Instant("2026-11-24T19:00:00+08:00"))
    var clocks = CaseClocks()
    clocks[.redHours] = 4
    #expect(register.redMatters(in: Self.town, now: now, clocks).map(\.stage) == [.county(since: now)])
    #expect(Self.evening(register, now: now, hours: 4).rows.map(\.isRed) == [true])
    let soon = try #require(Instant("2026-11-24T12:30:00+08:00"))
    let ahead = Self.red(1, at: "13:00")
    #expect(
      Register([ahead]).redMatters(in: Self.town, now: soon, clocks).map(\.stage)
        == [.waiting(until: try #require(Instant("2026-11-24T17:00:00+08:00")))], "some minutes ahead are no matter")
  }

  @Test func redGoesToTheCountyWhenItsHoursAreOver() throws {
    let register = Register([Self.red(1, at: "16:00")])
    func stage(_ now: String, hours: Int? = 4) -> RedMatter.Stage? {
      guard let now = Instant(now) else { return nil }
      return Self.evening(register, now: now, hours: hours).rows.first?.red?.stage
    }
    let end = try #require(Instant("2026-11-24T20:00:00+08:00"))
    #expect(stage("2026-11-24T20:00:00+08:00") == .waiting(until: end))
    #expect(stage("2026-11-24T20:00:01+08:00") == .county(since: end))
    #expect(stage("2026-11-24T12:00:01Z") == .county(since: end), "a moment is a moment in any offset")
    #expect(stage("2026-11-24T23:00:00+08:00", hours: nil) == .unset, "nobody set the clock: it stays red and waits")
    var acknowledged = register
    acknowledged.apply(Self.acknowledge(2, 1))
    let late = try #require(Instant("2026-11-25T23:00:00+08:00"))
    #expect(acknowledged.redMatter(Village.id(1), now: late, CaseClocks())?.stage == .acknowledged(by: Village.supervisor, wall: "2026-11-24T19:00:00+08:00"))
    #expect(acknowledged.redMatters(in: Self.town, now: late, CaseClocks()).isEmpty)
  }

  @Test func theCountysRedStandsFirst() {
    var clocks = CaseClocks()
    clocks[.redHours] = 4
    let emergency = Village.record(
      3, .emergency, household: nil, wall: "2026-11-24T09:00:00+08:00", facts: [Village.fact(FactList.emergency, "e", ["urgency": "red"])])
    let register = Register([Self.red(1, at: "19:00"), Self.red(2, at: "11:00"), emergency])
    let matters = register.redMatters(in: Self.town, now: Self.noon, clocks)
    #expect(matters.map(\.record) == [3, 2, 1].map { Village.id($0) })
    #expect(register.redMatters(in: Division("130599200") ?? .everywhere, now: Self.noon, clocks).isEmpty)
  }

  @Test func nobodyAcknowledgesByWritingTheRecordAlone() {
    let register = Register([Self.red(1), Self.acknowledge(2, 1, by: Village.cadre)])
    #expect(Self.evening(register).rows.first?.isAcknowledged == false)
  }

  /// Correcting a red visit neither raises it again nor winds its clock up again.
  @Test func anAmendmentOfARedVisitIsTheSameMatter() throws {
    func amendment(_ number: Int, of other: Int, at time: String) -> Record {
      Self.visit(
        number, household: "h-1", at: time, ["result": "emergency", "emergency": "yes", "urgency": "red"], type: .amendment,
        supersedes: [other], entity: "v-1")
    }
    let chain = [Self.red(1, at: "10:00"), amendment(2, of: 1, at: "15:00"), amendment(3, of: 2, at: "18:00")]
    let row = try #require(Self.evening(Register(chain)).rows.first)
    #expect(row.visit.record == Village.id(3) && row.red?.raised == Instant("2026-11-24T10:00:00+08:00"))
    #expect(row.isWithCounty)
    #expect(Self.evening(Register(chain + [Self.acknowledge(4, 1)])).rows.first?.isAcknowledged == true)
  }

  /// Nobody makes red go away by amending it: until somebody has acknowledged what it was it is read by itself.
  @Test func whatWasRedAndIsNoMoreIsReadByItself() throws {
    let lowered = Self.visit(2, household: "h-1", type: .amendment, supersedes: [1], entity: "v-1")
    let row = try #require(Self.evening(Register([Self.red(1), lowered])).rows.first)
    #expect(row.flags == [.noLongerRed(record: Village.id(1))] && !row.isClean)
    let seen = try #require(Self.evening(Register([Self.red(1), Self.acknowledge(3, 1), lowered])).rows.first)
    #expect(seen.flags.isEmpty && seen.isClean)
  }

  /// Nobody makes red go away by taking it back either: it stays in the ledger, with what became of it, until it was seen.
  @Test func redThatWasWithdrawnBeforeAnybodySawItIsStillAcknowledged() throws {
    func matters(_ records: [Record]) -> [RedMatter] {
      var clocks = CaseClocks()
      clocks[.redHours] = 4
      return Register(records).redMatters(in: Self.town, now: Self.noon, clocks)
    }
    let withdrawal = Village.record(2, .withdrawal, supersedes: [1], household: "h-1", body: ["reason": "录错户"])
    let withdrawn = try #require(matters([Self.red(1), withdrawal]).first)
    #expect(withdrawn.record == Village.id(1) && withdrawn.fate == .withdrawn(by: Village.id(2)))
    #expect(withdrawn.stage == .county(since: try #require(Instant("2026-11-24T14:00:00+08:00"))), "its clock runs on")
    #expect(matters([Self.red(1), withdrawal, Self.acknowledge(3, 1)]).isEmpty)
    let takenBack = Village.record(3, .withdrawal, supersedes: [2], household: "h-1")
    #expect(matters([Self.red(1), withdrawal, takenBack]).map(\.fate) == [.holds], "one matter, once")
    let redAgain = Self.visit(
      4, household: "h-1", ["result": "emergency", "urgency": "red"], type: .amendment, supersedes: [1], entity: "v-1")
    let all = Village.record(5, .withdrawal, supersedes: [1, 4], household: "h-1")
    #expect(matters([Self.red(1), redAgain]).map(\.record) == [Village.id(4)])
    #expect(matters([Self.red(1), redAgain, all]).map(\.fate) == [.withdrawn(by: Village.id(5))])
  }

  @Test func redThatWasLoweredIsSeenWhereWhatLoweredItWasJudged() {
    func matters(_ records: [Record]) -> [RedMatter] { Register(records).redMatters(in: Self.town, now: Self.noon, CaseClocks()) }
    let emergency = Village.record(1, .emergency, facts: [Village.fact(FactList.emergency, "e", ["urgency": "red"])])
    let lowered = Village.record(
      2, .amendment, supersedes: [1], facts: [Village.fact(FactList.emergency, "e", ["urgency": "yellow"])])
    #expect(matters([emergency, lowered]).map(\.fate) == [.lowered(by: Village.id(2))])
    #expect(matters([emergency, lowered]).map(\.record) == [Village.id(1)])
    #expect(matters([emergency, lowered, Self.acknowledge(3, 1)]).isEmpty)
    #expect(matters([emergency, lowered, Self.acknowledge(3, 2)]).isEmpty)
    let visit = Self.visit(4, household: "h-5", type: .amendment, supersedes: [5], entity: "v-5")
    #expect(matters([Self.red(5), visit]).count == 1)
    #expect(matters([Self.red(5), visit, Self.review(6, 4, "passed")]).isEmpty, "who judged it read that it had been red")
  }
}
