import Relief
import Testing

/// 预警: who may do what with one, what it needs, what becomes of it when nobody does, and that the order of records does not matter.
@Suite struct WarningTests {
  static let id = "60000000-0000-4000-8000-000000000001"

  /// A household with a warning, raised on the first of March 2026, and what happens to it.
  struct Desk {
    var register = Register()
    var records: [Record] = []
    var rules = CaseRules()
    private var number = 100

    init(level: String? = "orange") {
      add(WarningTests.raising(1, level: level))
    }

    mutating func add(_ record: Record) {
      records.append(record)
      register.apply(record)
    }

    func step(_ from: WarningState?, _ to: WarningState, on day: String = "2026-03-10") -> WarningStep {
      WarningStep(WarningTests.id, from: from, to: to, date: CivilDate(day))
    }

    func refusals(_ step: WarningStep, by role: Role = .clerk) -> [WarningRefusal] {
      WarningDesk().refusals(step, by: role, in: register)
    }

    /// Takes it if the desk lets it; the record has seen what there was.
    @discardableResult mutating func take(_ step: WarningStep, by role: Role = .clerk) -> [WarningRefusal] {
      let refused = refusals(step, by: role)
      if refused.isEmpty { write(step, by: role, seeing: WarningDesk.supersedes(step, in: register)) }
      return refused
    }

    mutating func write(_ step: WarningStep, by role: Role, seeing: [String]) {
      number += 1
      var record = Village.record(
        number, .warningStep, wall: (step.date?.description ?? "2026-03-10") + "T10:00:00+08:00",
        facts: [step.fact(entity: "s-\(number)")])
      record.author = Way.author(role)
      record.supersedes = seeing
      add(record)
    }

    @discardableResult mutating func visit(on day: String, _ answers: [String: String] = [:], more: [Fact] = []) -> String {
      number += 1
      let fact = Village.fact(
        FactList.visit, "v-\(number)", ["date": day, "method": "home", "result": "none"].merging(answers) { $1 })
      var record = Village.record(number, .visit, wall: day + "T10:00:00+08:00", facts: [fact] + more)
      record.supersedes = register.recordsSeen(household: Village.household, facts: record.facts) + (warning?.heads ?? [])
      add(record)
      return record.id
    }

    var warning: RiskWarning? { register.warning(WarningTests.id) }
    var state: WarningState? { warning?.state }
  }

  static func raising(
    _ number: Int, warning: String = id, finding: String = "f-1", level: String? = "orange", by type: RecordType = .warning
  ) -> Record {
    var said = ["warning": warning, "model": "medical_cost", "department": "medical_insurance", "evidence": "自付 32000 元"]
    said["level"] = level
    var record = Village.record(
      number, type, wall: "2026-03-01T09:00:00+08:00",
      facts: [
        Village.fact(FactList.warning, warning, ["household": Village.household, "raised": "2026-03-01"]),
        Village.fact(FactList.finding, finding, said),
      ])
    record.author = Way.author(.county)
    return record
  }

  // MARK: The page

  @Test func theTableOfStepsIsThePage() {
    let page = CasePageTests.lines(of: "docs/warnings.md")
    let rows = CasePageTests.table(under: "Steps", of: page).filter { $0.count == 4 }.map { [CasePageTests.code($0[0]), CasePageTests.code($0[1]), $0[2], $0[3]] }
    let own = WarningTable.rows.map {
      [$0.from.rawValue, $0.to.rawValue, CasePageTests.words($0.takes), $0.needs.map(\.rawValue).joined(separator: ", ")]
    }
    #expect(rows == own)
    #expect(CasePageTests.table(under: "States", of: page).map { CasePageTests.code($0[0]) }.sorted() == WarningState.allCases.map(\.rawValue).sorted())
  }

  // MARK: The way

  @Test func aWarningIsDispatchedCheckedAnsweredAndClosed() throws {
    var desk = Desk()
    #expect(desk.state == .new && desk.warning?.findings.map(\.evidence) == ["自付 32000 元"])
    #expect(desk.take(desk.step(.new, .dispatched)).isEmpty)
    #expect(desk.register.warnedHouseholds(in: .everywhere) == [Village.household])
    #expect(desk.take(desk.step(.dispatched, .received, on: "2026-03-11"), by: .cadre).isEmpty)
    #expect(desk.take(desk.step(.received, .checking, on: "2026-03-12"), by: .cadre).isEmpty)
    var answer = desk.step(.checking, .answered, on: "2026-03-12")
    #expect(desk.refusals(answer, by: .cadre) == [.needsCheck, .needsResult])
    answer.visit = desk.visit(on: "2026-03-12")
    answer.result = .referred
    #expect(desk.take(answer, by: .cadre).isEmpty)
    #expect(desk.register.warnedHouseholds(in: .everywhere).isEmpty)
    #expect(desk.refusals(desk.step(.answered, .closed, on: "2026-03-13"), by: .supervisor) == [.roleMayNot(.supervisor, allowed: [.county])])
    #expect(desk.take(desk.step(.answered, .closed, on: "2026-03-13"), by: .county).isEmpty)
    let warning = try #require(desk.warning)
    #expect(warning.state == .closed && warning.history.map(\.step.to) == [.dispatched, .received, .checking, .answered, .closed])
    #expect(warning.answer?.result == .referred)
    #expect(desk.register.openWarnings(in: .everywhere, on: .today, desk.rules).isEmpty)
  }

  /// R16: nobody answers from a chair without saying why.
  @Test func anAnswerRestsOnAVisitOrSaysWhyNobodyWent() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched))
    func refusals(visit: String? = nil, reason: String? = nil) -> [WarningRefusal] {
      var answer = desk.step(.dispatched, .answered, on: "2026-03-20")
      (answer.visit, answer.reason, answer.result) = (visit, reason, .unfounded)
      return desk.refusals(answer, by: .cadre)
    }
    let old = desk.visit(on: "2026-02-28")
    let nobody = desk.visit(on: "2026-03-12", ["method": "not_met"])
    let met = desk.visit(on: "2026-03-13")
    #expect(refusals() == [.needsCheck])
    #expect(refusals(visit: old) == [.visitDoesNotServe])
    #expect(refusals(visit: nobody) == [.visitDoesNotServe])
    #expect(refusals(visit: "no-such-visit") == [.visitDoesNotServe])
    #expect(refusals(visit: met).isEmpty)
    #expect(refusals(reason: "全家已迁往外省，电话核实").isEmpty)
  }

  /// The visit says it itself; it need not know where the warning stood.
  @Test func aVisitAnswersTheWarningItself() {
    func answer(_ method: String) -> WarningState? {
      var desk = Desk()
      desk.take(desk.step(.new, .dispatched))
      let fact = Village.fact(
        FactList.warningStep, "s-v", ["warning": Self.id, "to": "answered", "date": "2026-03-12", "result": "temporary"])
      desk.visit(on: "2026-03-12", ["method": method], more: [fact])
      return desk.state
    }
    #expect(answer("home") == .answered)
    #expect(answer("not_met") == .dispatched, "nobody was met: it is not checked")
  }

  @Test func whatIsOverIsOpenedByTheCountyAlone() {
    var desk = Desk()
    var ignored = desk.step(.new, .ignored)
    #expect(desk.refusals(ignored) == [.needsReason])
    ignored.reason = "同名不同人"
    desk.take(ignored)
    #expect(desk.state == .ignored)
    var again = desk.step(.ignored, .dispatched, on: "2026-03-11")
    again.reason = "身份证核对后确为本人"
    #expect(desk.refusals(again) == [.roleMayNot(.clerk, allowed: [.county])])
    #expect(desk.take(again, by: .county).isEmpty)
    #expect(desk.refusals(desk.step(.dispatched, .closed), by: .county) == [.noSuchStep(from: .dispatched, to: .closed), .dateBefore(CivilDate("2026-03-11") ?? .today)])
  }

  @Test func aStepHasAWholeDateNotBeforeTheOneBefore() {
    let desk = Desk()
    #expect(desk.refusals(desk.step(.new, .dispatched, on: "2026-02-28")) == [.dateBefore(CivilDate("2026-03-01") ?? .today)])
    #expect(desk.refusals(desk.step(.new, .dispatched, on: "2026-03")) == [.needsDate])
  }

  // MARK: Who says what

  /// Only the county raises one; whoever else writes such facts raises nothing.
  @Test func onlyAWarningRecordRaisesOne() {
    #expect(Register([Self.raising(1, by: .visit)]).warnings(of: Village.household).isEmpty)
    var register = Register([Self.raising(1)])
    register.apply(Self.raising(2, finding: "f-2", by: .householdChange))
    #expect(register.warning(Self.id)?.findings.map(\.id) == ["f-1"])
  }

  /// What further comparisons find joins the warning that is not over.
  @Test func findingsJoinTheOpenWarning() {
    var desk = Desk(level: "yellow")
    #expect(desk.register.openWarning(of: Village.household)?.id == Self.id)
    desk.add(Self.raising(2, finding: "f-2", level: "red"))
    #expect(desk.warning?.findings.map(\.id) == ["f-2", "f-1"] && desk.warning?.ownLevel == .red)
    var ignored = desk.step(.new, .ignored)
    ignored.reason = "已核实"
    desk.take(ignored)
    #expect(desk.register.openWarning(of: Village.household) == nil)
  }

  /// A further finding, as a later comparison brings it to a warning that stands open.
  private static func joining(_ number: Int, _ finding: String, on day: String, seeing: [String]) -> Record {
    var record = raising(number, finding: finding, level: "red")
    record.facts.removeFirst()
    record.facts[0].properties.append(Property("date", day))
    record.supersedes = seeing
    return record
  }

  /// Who ends a warning ends what they had seen of it: a finding that was on its way meanwhile is judged, not lost.
  @Test(arguments: [true, false]) func aFindingThatWhoEndedItHadNotSeenIsJudgedAgain(_ isSeen: Bool) {
    var desk = Desk()
    var ignored = desk.step(.new, .ignored, on: "2026-03-10")
    ignored.reason = "已核实"
    let joining = Self.joining(90, "f-2", on: "2026-03-09", seeing: [Village.id(1)])
    desk.add(joining)
    desk.write(ignored, by: .county, seeing: [Village.id(1)] + (isSeen ? [joining.id] : []))
    guard !isSeen else {
      #expect(desk.state == .ignored && desk.register.openWarning(of: Village.household) == nil)
      return
    }
    #expect(desk.state == .new && desk.warning?.contested == [] && desk.warning?.since == CivilDate("2026-03-09"))
    #expect(desk.register.openWarning(of: Village.household)?.id == Self.id, "what comes next joins it")
    ignored.date = CivilDate("2026-03-11")
    #expect(desk.take(ignored, by: .county).isEmpty && desk.state == .ignored, "\(desk.refusals(ignored))")
    #expect(desk.warning?.history.allSatisfy(\.isMoving) == true)
    for records in [desk.records.reversed(), [1, 2, 0, 3].map { desk.records[$0] }] {
      #expect(Register(Array(records)).warning(Self.id) == desk.warning, "in another order")
    }
  }

  /// A visit from before the newest finding has not looked into it.
  @Test func aVisitOlderThanTheNewestFindingDoesNotAnswerIt() throws {
    var desk = Desk()
    let old = desk.visit(on: "2026-03-08")
    desk.add(Self.joining(90, "f-2", on: "2026-03-09", seeing: [Village.id(1)]))
    #expect(WarningDesk().checkingVisit(for: try #require(desk.warning), in: desk.register) == nil, "\(old)")
    let new = desk.visit(on: "2026-03-09")
    #expect(WarningDesk().checkingVisit(for: try #require(desk.warning), in: desk.register) == new)
  }

  // MARK: Clocks

  @Test func whatIsLateIsOneLevelMoreUrgent() throws {
    var desk = Desk(level: "yellow")
    let late = try #require(CivilDate("2026-03-05"))
    #expect(desk.warning?.deadline(desk.rules)?.missing == .unset && desk.warning?.level(on: late, desk.rules) == .yellow)
    desk.rules.clocks[.warningDispatchWorkdays] = 3
    // Raised on a Sunday: three workdays end on Wednesday.
    #expect(desk.warning?.deadline(desk.rules)?.due == CivilDate("2026-03-04"))
    #expect(desk.warning?.level(on: CivilDate("2026-03-04") ?? .today, desk.rules) == .yellow)
    #expect(desk.warning?.level(on: late, desk.rules) == .orange)
    var ungraded = Desk(level: nil)
    ungraded.rules = desk.rules
    #expect(ungraded.warning?.level(on: CivilDate("2026-03-04") ?? .today, desk.rules) == nil)
    #expect(ungraded.warning?.level(on: late, desk.rules) == .yellow)
    desk.take(desk.step(.new, .dispatched, on: "2026-03-05"))
    #expect(desk.warning?.level(on: late, desk.rules) == .yellow, "another clock runs now, and it is not set")
  }

  @Test func theMostUrgentStandFirst() {
    var register = Register()
    for (number, level) in [(1, "blue"), (2, nil), (3, "red"), (4, "yellow")] {
      var record = Self.raising(number, warning: "w-\(number)", finding: "f-\(number)", level: level)
      record.household = "h-\(number)"
      record.facts[0].properties = [Property("household", "h-\(number)"), Property("raised", "2026-03-01")]
      register.apply(record)
    }
    #expect(register.openWarnings(in: .everywhere, on: .today, CaseRules()).map(\.id) == ["w-3", "w-4", "w-1", "w-2"])
    #expect(register.openWarnings(in: Division("130599200") ?? .everywhere, on: .today, CaseRules()).isEmpty)
  }

  // MARK: Order

  /// Two desks that had not seen each other: both stand, whoever came first; a step from either settles it.
  @Test func twoWordsThatHadNotSeenEachOtherAreContested() {
    var desk = Desk()
    var ignored = desk.step(.new, .ignored)
    ignored.reason = "已核实"
    desk.write(desk.step(.new, .dispatched), by: .clerk, seeing: [Village.id(1)])
    desk.write(ignored, by: .county, seeing: [Village.id(1)])
    #expect(desk.warning?.contested == [.dispatched, .ignored])
    desk.take(desk.step(.dispatched, .received, on: "2026-03-11"), by: .cadre)
    #expect(desk.state == .received && desk.warning?.contested == [])
  }

  /// Nobody may end by a later date what somebody else has in hand: it is over only when everybody who spoke last says so.
  @Test func whatOneSideEndedWithoutHavingSeenTheOtherIsNotOver() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched))
    let seen = desk.records.map(\.id)
    desk.write(desk.step(.dispatched, .received, on: "2026-03-11"), by: .cadre, seeing: seen)
    var ignored = desk.step(.dispatched, .ignored, on: "2026-03-12")
    ignored.reason = "已核实"
    desk.write(ignored, by: .county, seeing: seen)
    #expect(desk.state == .received && desk.warning?.contested.contains(.ignored) == true, "\(String(describing: desk.warning))")
    #expect(desk.register.openWarnings(in: .everywhere, on: .today, CaseRules()).count == 1)
  }

  /// 退回重查: the visit that was sent back answers nothing; a new one does.
  @Test func whatWasSentBackIsCheckedAnew() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched))
    desk.take(desk.step(.dispatched, .received, on: "2026-03-11"), by: .cadre)
    let first = desk.visit(on: "2026-03-12")
    var answer = desk.step(.received, .answered, on: "2026-03-12")
    answer.visit = first
    answer.result = .covered
    #expect(desk.take(answer, by: .clerk).isEmpty, "\(desk.refusals(answer))")
    var returned = desk.step(.answered, .returned, on: "2026-03-12")
    returned.reason = "去重查"
    #expect(desk.take(returned, by: .county).isEmpty)
    answer.from = .returned
    #expect(desk.refusals(answer).contains(.visitDoesNotServe))
    if let warning = desk.warning { #expect(WarningDesk().checkingVisit(for: warning, in: desk.register) == nil) }
    let second = desk.visit(on: "2026-03-13")
    answer.visit = second
    answer.date = CivilDate("2026-03-13")
    #expect(desk.take(answer, by: .clerk).isEmpty, "\(desk.refusals(answer))")
  }

  @Test func everyOrderOfItsRecordsIsTheSameWarning() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched))
    desk.visit(
      on: "2026-03-12",
      more: [Village.fact(FactList.warningStep, "s-v", ["warning": Self.id, "to": "answered", "date": "2026-03-12", "result": "covered"])])
    var returned = desk.step(.answered, .returned, on: "2026-03-13")
    returned.reason = "请附参保凭证"
    desk.take(returned, by: .supervisor)
    desk.write(desk.step(.answered, .closed, on: "2026-03-13"), by: .county, seeing: Array(desk.records.map(\.id).prefix(3)))
    desk.add(Self.raising(90, finding: "f-2", level: "red"))
    let whole = desk.warning
    #expect(whole?.contested == [.closed, .returned] && whole?.findings.count == 2)
    func permute(_ rest: [Record], _ taken: [Record]) {
      guard !rest.isEmpty else {
        #expect(Register(taken + [taken[0]]).warning(Self.id) == whole)
        return
      }
      for index in rest.indices {
        var others = rest
        let one = others.remove(at: index)
        permute(others, taken + [one])
      }
    }
    permute(desk.records, [])
  }
}
