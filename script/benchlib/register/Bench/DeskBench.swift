// A township's clerk at the desk: 12,000 households of which a tenth have cases, and what a word that was saved costs from the record to
// the frame: the register takes it in, what the runner keeps follows, every screen that is open hears of it, the frame is made. The journal
// (docs/benchmarks.md, Saving a visit) is not in it. Then the evening's list of a day on which the whole township was out.

import Foundation
import Relief
import Screens
import Terminal
import XForm

struct DeskBench {
  private let households: Int
  private let county: CountyBench
  private let size = Size(rows: 24, columns: 80)
  private let today = "2026-11-26"

  init(households: Int, sample: Relief.Record) {
    self.households = households
    county = CountyBench(households: households, townships: 1, sample: sample)
  }

  func run() throws {
    var register = Register()
    register.apply(each: { take in county.records { take($0, nil) } })
    var workspace = try workspace(.clerk, register)
    print("\(households) households, \(register.count) records, \(Int(resident().now)) MiB")
    var program = Program(.opened(workspace))
    measure("the desk opens (program starts)", rounds: 5) { frame(Program(.opened(workspace))) }
    words("desk", &workspace, &program)
    // 1: red; 2: warnings to judge.
    press([.character("2"), .enter], &program)
    words("desk, warnings", &workspace, &program)
    press([.escape, .character("5"), .enter], &program)
    words("desk, decisions", &workspace, &program)
    press([.escape, .character("8"), .enter], &program)
    words("desk, late", &workspace, &program)
    measure("the ledger of decisions opens", rounds: 9) { opened("5", program) }
    measure("what is late opens", rounds: 9) { opened("8", program) }
    measure("who is overlooked opens", rounds: 9) { opened("9", program) }
    try evening(workspace.register)
  }

  /// The supervisor's evening: its first showing, and after a word on one of its rows.
  private func evening(_ earlier: Register) throws {
    var register = earlier
    passAll(&register)
    var workspace = try workspace(.supervisor, register)
    var program = Program(.opened(workspace))
    measure("审核 opens", rounds: 5) { frame(Program(.opened(workspace))) }
    guard let town = workspace.identity.scopes.first.flatMap({ Division($0) }), let day = CivilDate(today) else { return }
    let visits = workspace.register.visits(on: day, in: town)
    print("  of a day with \(visits.count) visits")
    var turn = 0
    measure("审核 after one more word", rounds: 15) {
      let visit = visits[turn % visits.count]
      turn += 1
      return said(passed(visit, turn, today), &workspace, &program)
    }
  }

  private func passed(_ visit: Visit, _ number: Int, _ day: String) -> Relief.Record {
    Relief.Record(
      id: Township.id(60, number), type: .review, household: visit.household, division: visit.division,
      author: Author(person: Township.id(8, 71), name: "孙丽", role: .supervisor), device: Township.id(7, 71), wall: day + "T19:00:00+08:00",
      supersedes: [visit.record], facts: [], body: ["record": visit.record, "verdict": "passed"])
  }

  /// The evenings before were read to the end.
  private func passAll(_ register: inout Register) {
    guard let town = Division("130599100"), let today = CivilDate(today) else { return }
    var words: [Relief.Record] = []
    for back in 1...40 {
      guard let day = today.adding(days: -back) else { continue }
      for visit in register.visits(on: day, in: town) { words.append(passed(visit, 1_000 + words.count, day.description)) }
    }
    register.apply(contentsOf: words.map { (record: $0, place: Place?.none) })
    print("  \(words.count) visits of the forty days before were passed")
  }

  // MARK: Words

  /// A warning dispatched, a case taken on, a visit come in: each of another household, as somebody works through a list.
  private func words(_ name: String, _ workspace: inout Workspace, _ program: inout Program) {
    measure(name + ": warning dispatched", rounds: 15) { said(dispatched(next(30, 1)), &workspace, &program) }
    measure(name + ": case taken on", rounds: 15) { said(taken(next(40, 0)), &workspace, &program) }
    measure(name + ": visit", rounds: 15) { said(county.visit(next(7, 2), Self.lastRound), &workspace, &program) }
  }

  private static let lastRound = 9

  /// Another household each time: those that are `rest` over a multiple of `every`.
  private func next(_ every: Int, _ rest: Int) -> Int {
    turns.value += 1
    return (turns.value * every + rest) % households
  }

  private final class Turns { var value = 0 }
  private let turns = Turns()

  private func dispatched(_ household: Int) -> Relief.Record {
    let step = WarningStep(Township.id(40, household), from: .new, to: .dispatched, date: CivilDate(today))
    return county.plain(household, 50, .warningStep, .clerk, today, [step.fact(entity: Township.id(51, household))])
  }

  private func taken(_ household: Int) -> Relief.Record {
    let step = CaseStep(
      CaseKey(household: Township.id(1, household), track: CaseTrack(rawValue: "byyz")), from: .monitored, to: .publicity, date: CivilDate(today))
    var record = county.plain(household, 52, .caseStep, .clerk, today, [step.fact(entity: Township.id(53, household))])
    record.supersedes = [Township.id(21, household)]
    return record
  }

  /// From the record to the frame.
  private func said(_ record: Relief.Record, _ workspace: inout Workspace, _ program: inout Program) -> Int {
    workspace.register.apply(record)
    workspace.search?.follow(workspace.register)
    workspace.desk = workspace.desk(after: workspace.desk)
    _ = program.update(.written(workspace))
    return program.nextFrame(size: size).size.rows
  }

  // MARK: Screens

  private func workspace(_ role: Role, _ register: Register) throws -> Workspace {
    let moment = Moment(year: 2026, month: 11, day: 26, hour: 18, offsetMinutes: 480)
    func form(_ name: String) throws -> VisitForm {
      try VisitForm(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: "forms/\(name).xml"))), name: name + ".xml")
    }
    var workspace = Workspace(
      identity: Identity(person: Township.id(8, 70), name: "赵志强", role: role, scopes: ["130599100"], county: "示范县"), register: register,
      visitForm: try form("household-visit"),
      otherForms: try ["case-step", "referral", "referral-answer", "emergency-followup", "risk-cleared"].map(form), today: today,
      surroundings: Surroundings(now: { moment }, random: { 7 }))
    if let day = CivilDate(today) { workspace.rules = CaseRules(register.policyParameters, on: day) }
    workspace.search = HouseholdSearch(register)
    workspace.desk = workspace.desk(after: nil)
    return workspace
  }

  private func press(_ keys: [Key], _ program: inout Program) { for key in keys { _ = program.update(.terminal(.key(key))) } }

  private func opened(_ digit: Unicode.Scalar, _ program: Program) -> Int {
    var program = program
    press([.escape, .character(digit), .enter], &program)
    return frame(program)
  }

  private func frame(_ program: Program) -> Int { program.frame(size: size).size.rows }
}
