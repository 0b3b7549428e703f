// A household's way, typed step by step: the desk is asked, what it takes becomes a record, the register folds it.

import Relief

struct Way {
  static let urgent = "50000000-0000-4000-8000-000000000001"

  var register = Register()
  var rules: CaseRules
  let household = Village.household
  private(set) var number = 1_000

  init(_ rules: CaseRules = Way.rules) { self.rules = rules }

  /// The shipped clocks, and a few that only a county can set.
  static var rules: CaseRules {
    var clocks = CaseClocks()
    clocks[.taperMonths] = 6
    clocks[.revisitMonths] = 3
    clocks[.supplementWorkdays] = 10
    clocks[.selfReportVisitWorkdays] = 2
    clocks[.redHours] = 4
    return CaseRules(clocks: clocks)
  }

  static func author(_ role: Role) -> Author { Author(person: "p-" + role.rawValue, name: "某" + role.rawValue, role: role) }

  static func day(_ text: String) -> CivilDate? { CivilDate(text) }

  func key(_ track: CaseTrack? = .lowIncome, person: String? = nil) -> CaseKey {
    CaseKey(household: household, person: person, track: track)
  }

  /// A step of this household on a day; everything else is set by the caller.
  func step(
    _ from: CaseState?, _ to: CaseState, track: CaseTrack? = .lowIncome, on day: String, basis: String? = nil, reason: String? = nil
  ) -> CaseStep {
    CaseStep(key(track), from: from, to: to, date: CivilDate(day), basis: basis, reason: reason)
  }

  func verdict(_ step: CaseStep, by role: Role = .clerk) -> CaseVerdict { CaseDesk(rules).allows(step, by: role, in: register) }

  func refusals(_ step: CaseStep, by role: Role = .clerk) -> [CaseRefusal] { verdict(step, by: role).refusals }

  /// Asks the desk; a step that may be taken or proposed is written.
  @discardableResult mutating func take(_ step: CaseStep, by role: Role = .clerk) -> CaseVerdict {
    let verdict = self.verdict(step, by: role)
    if verdict.isAllowed { write(step, by: role) }
    return verdict
  }

  /// Writes a step as a laptop would, whatever the desk says.
  @discardableResult mutating func write(_ step: CaseStep, by role: Role) -> String {
    let id = next()
    register.apply(
      Record(
        id: id, type: .caseStep, household: step.key.household, division: Village.code, author: Self.author(role), device: "d1",
        wall: (step.date?.description ?? "2026-01-01") + "T10:00:00+08:00", supersedes: CaseDesk.supersedes(step, in: register),
        facts: [step.fact(entity: "e-" + id)]))
    return id
  }

  /// Any other record about the household, which has seen what there was.
  @discardableResult mutating func write(
    _ type: RecordType, _ list: String, _ entity: String, _ properties: [String: String], on day: String = "2026-01-01",
    by role: Role = .cadre
  ) -> String {
    let id = next()
    let fact = Village.fact(list, entity, properties)
    register.apply(
      Record(
        id: id, type: type, household: household, division: Village.code, author: Self.author(role), device: "d1",
        wall: day + "T10:00:00+08:00", supersedes: register.recordsSeen(household: household, facts: [fact]), facts: [fact]))
    return id
  }

  @discardableResult mutating func visit(on day: String, _ answers: [String: String] = [:]) -> String {
    write(
      .visit, FactList.visit, "v-\(number)", ["date": day, "method": "home", "result": "suspected"].merging(answers) { $1 }, on: day)
  }

  @discardableResult mutating func apply(for scheme: String, on day: String, _ more: [String: String] = [:]) -> String {
    write(
      .application, FactList.application, "a-\(number)", ["schemes": scheme, "date": day, "complete": day].merging(more) { $1 }, on: day)
  }

  @discardableResult mutating func emergency(on day: String, _ more: [String: String] = [:]) -> String {
    write(
      .emergency, FactList.emergency, Self.urgent, ["kind": "fire", "date": day, "place": "村东"].merging(more) { $1 }, on: day)
  }

  /// Puts the case where a test begins, with steps the county writes and gives a reason for.
  mutating func stand(at position: CasePosition?, track: CaseTrack? = .lowIncome, on day: String = "2026-01-01") {
    guard let position else { return }
    let way: [CaseState] = position.isLeaving && position.state != .clearing ? [.clearing, position.state] : [position.state]
    var from: CaseState?
    for state in way {
      write(step(from, state, track: track, on: day, reason: "接续办理"), by: .county)
      from = state
    }
  }

  func state(_ track: CaseTrack? = .lowIncome) -> CaseState? { register.case(key(track))?.state }

  func due(_ kind: AgeingKind, track: CaseTrack? = .lowIncome) -> Deadline? {
    register.case(key(track)).flatMap { one in register.deadlines(of: one, rules).first { $0.kind == kind }?.deadline }
  }

  private mutating func next() -> String {
    number += 1
    return Village.id(number)
  }
}

extension CasePosition {
  /// Every place a case can stand, and before it stands anywhere.
  static let everywhere: [CasePosition?] =
    [nil] + CaseState.allCases.map { $0 == .clearing ? CasePosition($0, isLeaving: true) : CasePosition($0) }
    + [CasePosition(.publicity, isLeaving: true), CasePosition(.confirming, isLeaving: true)]
}
