import Relief
import Testing

/// What an answer rests on, and for how long: on visits that hold, on what had been found when it was given; and that no step winds a
/// clock up.
@Suite struct WarningAnswerTests {
  typealias Desk = WarningTests.Desk

  /// Something more that a later comparison says of the household.
  static func joining(_ number: Int, _ model: String, on day: String, seeing: [String]) -> Record {
    var record = Village.record(
      number, .warning, wall: day + "T09:00:00+08:00",
      facts: [
        Village.fact(
          FactList.finding, "f-\(number)",
          ["warning": WarningTests.id, "model": model, "department": "labour", "date": day, "evidence": "第 \(number) 行"])
      ])
    record.author = Way.author(.county)
    record.supersedes = seeing
    return record
  }

  /// Dispatched, visited on the tenth and answered from the desk.
  static func answered() -> (desk: Desk, visit: String) {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    let visit = desk.visit(on: "2026-03-10")
    var answer = desk.step(.dispatched, .answered, on: "2026-03-10")
    (answer.visit, answer.result) = (visit, .covered)
    #expect(desk.take(answer).isEmpty && desk.state == .answered)
    return (desk, visit)
  }

  static func isTheSameInAnyOrder(_ desk: Desk) -> Bool {
    let orders = [desk.records.reversed(), desk.records.sorted { $0.id > $1.id }, desk.records.sorted { $0.wall > $1.wall }]
    return orders.allSatisfy { Register($0).warning(WarningTests.id) == desk.warning }
  }

  /// R16: what nobody looked into is not closed with what was.
  @Test func whatIsFoundAfterTheAnswerIsLookedIntoToo() {
    var (desk, _) = Self.answered()
    desk.add(Self.joining(90, "unemployed", on: "2026-03-11", seeing: desk.warning?.heads ?? []))
    #expect(desk.state == .new && desk.warning?.since == CivilDate("2026-03-11"))
    let close = desk.step(.answered, .closed, on: "2026-03-12")
    #expect(desk.refusals(close, by: .county) == [.notFrom(stated: .answered, standing: [.new])])
    desk.write(close, by: .county, seeing: desk.records.map(\.id))
    #expect(desk.state == .new, "nor by another program that writes the step all the same")
    #expect(desk.warning?.history.last?.refusals == [.notFrom(stated: .answered, standing: [.new])])
    #expect(desk.take(desk.step(.new, .dispatched, on: "2026-03-13")).isEmpty)
    var answer = desk.step(.dispatched, .answered, on: "2026-03-14")
    (answer.visit, answer.result) = (desk.visit(on: "2026-03-14"), .included)
    #expect(desk.take(answer).isEmpty && desk.take(desk.step(.answered, .closed, on: "2026-03-15"), by: .county).isEmpty)
    #expect(desk.state == .closed && Self.isTheSameInAnyOrder(desk))
  }

  @Test func furtherRowsOfWhatWasAnsweredAreNoNews() {
    var (desk, _) = Self.answered()
    desk.add(Self.joining(90, "medical_cost", on: "2026-03-11", seeing: desk.warning?.heads ?? []))
    #expect(desk.state == .answered && desk.warning?.findings.count == 2)
    #expect(desk.take(desk.step(.answered, .closed, on: "2026-03-12"), by: .county).isEmpty && desk.state == .closed)
    #expect(Self.isTheSameInAnyOrder(desk))
  }

  /// The village's answer was on its way when something else came: the answer stands for what it had seen.
  @Test func anAnswerThatHadNotSeenTheNewestFindingLeavesItOpen() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    let before = desk.records.map(\.id)
    desk.add(Self.joining(90, "unemployed", on: "2026-03-09", seeing: desk.warning?.heads ?? []))
    #expect(desk.state == .dispatched, "it is with the village anyway")
    var answer = desk.step(.dispatched, .answered, on: "2026-03-10")
    (answer.reason, answer.result) = ("电话核实", .unfounded)
    desk.write(answer, by: .cadre, seeing: before)
    #expect(desk.state == .new && Self.isTheSameInAnyOrder(desk))
  }

  /// The form states the step itself, whenever the visit was.
  @Test(arguments: [("2026-02-28", WarningState.dispatched), ("2026-03-01", .answered)])
  func aVisitFromBeforeTheWarningAnswersNothing(_ day: String, _ state: WarningState) {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    let said = ["warning": WarningTests.id, "to": "answered", "date": day, "result": "covered"]
    desk.visit(on: day, more: [Village.fact(FactList.warningStep, "s-v", said)])
    #expect(desk.state == state)
    if state == .dispatched { #expect(desk.warning?.history.last?.refusals == [.visitDoesNotServe]) }
  }

  /// R16: 线下. Who telephoned has checked nothing on the spot, and says why nobody went.
  @Test(arguments: [("home", false, true), ("neighbour", false, true), ("phone", false, false), ("phone", true, true), ("not_met", false, false)])
  func aTelephoneCallIsNoCheckOnTheSpot(_ method: String, _ saysWhy: Bool, _ isAnswered: Bool) {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    var said = ["warning": WarningTests.id, "to": "answered", "date": "2026-03-10", "result": "covered"]
    said["reason"] = saysWhy ? "全家在外地" : nil
    desk.visit(on: "2026-03-10", ["method": method], more: [Village.fact(FactList.warningStep, "s-v", said)])
    #expect(desk.state == (isAnswered ? .answered : .dispatched))
  }

  /// What rests on a visit falls with it, also where it was closed since; a correction of the visit changes nothing.
  @Test(arguments: [RecordType.withdrawal, .amendment]) func anAnswerStandsAsLongAsItsVisit(_ type: RecordType) {
    var (desk, visit) = Self.answered()
    desk.take(desk.step(.answered, .closed, on: "2026-03-12"), by: .county)
    #expect(desk.state == .closed)
    var record = Village.record(95, type, wall: "2026-03-13T10:00:00+08:00", body: ["reason": "录错了户"])
    if type == .amendment {
      record.facts = [Village.fact(FactList.visit, "v-95", ["date": "2026-03-10", "method": "home", "result": "recheck"])]
    }
    record.supersedes = [visit]
    desk.add(record)
    #expect(desk.state == (type == .withdrawal ? .dispatched : .closed), "\(desk.warning?.history ?? [])")
    #expect(Self.isTheSameInAnyOrder(desk))
  }

  /// A visit that states its answer itself, corrected after 结案: the county has not read what it says now.
  @Test func anAnswerThatIsCorrectedAfterItsEndIsReadAgain() {
    var desk = Desk()
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    func said(_ result: String) -> Fact {
      Village.fact(
        FactList.warningStep, "s-v", ["warning": WarningTests.id, "to": "answered", "date": "2026-03-10", "result": result])
    }
    let visit = desk.visit(on: "2026-03-10", more: [said("unfounded")])
    desk.take(desk.step(.answered, .closed, on: "2026-03-12"), by: .county)
    #expect(desk.state == .closed)
    var record = Village.record(95, .amendment, wall: "2026-03-13T10:00:00+08:00", body: ["reason": "看错了"])
    record.facts = [Village.fact(FactList.visit, "v-95", ["date": "2026-03-10", "method": "home", "result": "suspected"]), said("included")]
    record.supersedes = [visit]
    desk.add(record)
    #expect(desk.state == .answered, "\(desk.warning?.history ?? [])")
    #expect(Self.isTheSameInAnyOrder(desk))
    #expect(desk.take(desk.step(.answered, .closed, on: "2026-03-14"), by: .county).isEmpty && desk.state == .closed)
  }

  // MARK: Clocks

  /// Who gives it out again every few days is late all the same.
  @Test func takingTheSameStepAgainWindsNoClockUp() {
    var desk = Desk()
    desk.rules.clocks[.warningReceiveWorkdays] = 2
    desk.rules.clocks[.warningCloseWorkdays] = 2
    desk.take(desk.step(.new, .dispatched, on: "2026-03-02"))
    let due = desk.warning?.deadline(desk.rules)?.due
    for day in ["2026-03-04", "2026-03-06"] {
      var again = desk.step(.dispatched, .dispatched, on: day)
      again.reason = "换人"
      #expect(desk.take(again).isEmpty)
    }
    #expect(due == CivilDate("2026-03-04") && desk.warning?.deadline(desk.rules)?.due == due)
    #expect(desk.refusals(desk.step(.dispatched, .received, on: "2026-03-05")) == [.dateBefore(CivilDate("2026-03-06") ?? .today)])
    desk.take(desk.step(.dispatched, .received, on: "2026-03-07"))
    #expect(desk.warning?.since == CivilDate("2026-03-07"), "another step, another clock")
    for day in ["2026-03-10", "2026-03-20"] {
      var answer = desk.step(day == "2026-03-10" ? .received : .answered, .answered, on: day)
      (answer.reason, answer.result) = ("电话核实", .covered)
      #expect(desk.take(answer).isEmpty)
    }
    #expect(desk.warning?.since == CivilDate("2026-03-10"))
  }

  /// A laptop whose clock was a year ahead: nobody waits for that day, and from the next step on the clocks are right.
  @Test func aStepDatedAfterTodayStopsNobody() {
    var desk = Desk()
    desk.write(desk.step(.new, .dispatched, on: "2027-03-02"), by: .clerk, seeing: [Village.id(1)])
    let next = desk.step(.dispatched, .received, on: "2026-03-05")
    #expect(desk.refusals(next) == [.dateBefore(CivilDate("2027-03-02") ?? .today)])
    #expect(WarningDesk().refusals(next, by: .cadre, in: desk.register, today: next.date) == [])
    desk.write(next, by: .cadre, seeing: desk.records.map(\.id))
    #expect(desk.state == .received && desk.warning?.since == next.date)
  }
}
