// The fold of a household's warnings and of their steps. It does not depend on the order of records (StepOrder). Only what the county
// wrote as a warning raises one; a step is judged by the table, its author's role and what it says itself.

struct WarningFold {
  private let household: String
  private let register: Register
  private var steps: [(statement: Statement, step: WarningStep)] = []
  private var raising: [String: [Statement]] = [:]
  private var findings: [String: [String: Finding]] = [:]
  /// By warning, the records that brought findings to it after it was raised.
  private var joined: [String: [Int: Joined]] = [:]
  /// What is found of somebody, whatever row says it: further rows are more evidence of the same.
  private typealias Matter = [String]

  private struct Joined {
    var record: String
    var findings: [Finding] = []
  }

  init(_ household: String, in register: Register) {
    self.household = household
    self.register = register
    for statement in register.statements(in: FactList.warning, about: household, alone: true) where statement.record.type == .warning {
      raising[statement.fact.entity, default: []].append(statement)
    }
    guard !raising.isEmpty else { return }
    for statement in register.statements(in: FactList.finding, about: household, alone: true) where statement.record.type == .warning {
      guard let finding = Finding(statement, household: household) else { continue }
      findings[finding.warning, default: [:]][finding.id] = finding
      let isRaising = raising[finding.warning]?.contains { $0.number == statement.number } ?? false
      guard !isRaising else { continue }
      joined[finding.warning, default: [:]][statement.number, default: Joined(record: statement.record.id)].findings.append(finding)
    }
    for statement in register.statements(in: FactList.warningStep, about: household) {
      guard let step = WarningStep(statement), raising[step.warning] != nil else { continue }
      steps.append((statement, step))
    }
  }

  /// By id.
  func warnings() -> [RiskWarning] { raising.keys.sorted().map(made) }

  private static func matter(_ finding: Finding) -> Matter { [finding.model, finding.person ?? ""] }

  private func made(_ id: String) -> RiskWarning {
    let own = steps.filter { $0.step.warning == id }
    let order = StepOrder(of: own.map { ($0.statement, $0.step.date) }, in: register)
    let joined = joined[id] ?? [:]
    let raised = (raising[id] ?? []).compactMap { $0.fact.value("raised").flatMap { CivilDate($0) } }.min()
    let all = findings[id].map { Array($0.values) } ?? []
    let ofRaising = all.filter { one in !joined.values.contains { $0.findings.contains { $0.id == one.id } } }
    let saw = joined.isEmpty ? [:] : register.seen(among: Set(own.map(\.statement.number)).union(joined.keys))
    // Findings that none of these steps had seen, though they end or answer it: it waits for 研判 again (docs/warnings.md). More evidence of
    // what was answered is no news.
    func unread(_ heads: [Int]) -> Set<Int> {
      guard !heads.isEmpty, heads.allSatisfy({ own[$0].step.to.isOver || own[$0].step.to == .answered }) else { return [] }
      let seen = heads.reduce(into: Set<Int>()) { $0.formUnion(saw[own[$1].statement.number] ?? []) }
      let unseen = Set(joined.keys).subtracting(seen)
      guard !heads.allSatisfy({ own[$0].step.to.isOver }) else { return unseen }
      let known = Set((ofRaising + seen.flatMap { joined[$0]?.findings ?? [] }).map(Self.matter))
      return unseen.filter { joined[$0]?.findings.contains { !known.contains(Self.matter($0)) } ?? false }
    }
    var events: [WarningEvent?] = Array(repeating: nil, count: own.count)
    var moved: [Int] = []
    // By step, since when it has stood where the step leaves it: taking the same step again winds no clock up.
    var standsSince: [Int: CivilDate] = [:]
    for place in order.places {
      let (step, record) = (own[place].step, own[place].statement.record)
      let seen = saw[own[place].statement.number] ?? []
      let past = moved.filter { order.seen[place].contains($0) }
      let heads = order.heads(past)
      let isAgainNew = heads.isEmpty || !unread(heads).isDisjoint(with: seen)
      let standing = isAgainNew ? [.new] : Set(heads.map { own[$0].step.to }).sorted { $0.rawValue < $1.rawValue }
      let basis = WarningBasis(
        household: household, raised: raised, findings: ofRaising + seen.flatMap { joined[$0]?.findings ?? [] },
        answers: past.filter { own[$0].step.to == .answered }
          .flatMap { [own[$0].step.visit, own[$0].statement.record.id] }.compactMap { $0 },
        returned: past.last { own[$0].step.to == .returned }.flatMap { own[$0].step.date })
      let refusals = Self.refusals(step, standing: standing, by: record.author.role) { basis.isServed(by: $0, in: register) }
      if refusals.isEmpty {
        moved.append(place)
        let same = isAgainNew ? [] : heads.filter { own[$0].step.to == step.to }.compactMap { standsSince[$0] }
        standsSince[place] = same.min() ?? step.date
      }
      events[place] = WarningEvent(step: step, record: record.id, author: record.author, wall: record.wall, refusals: refusals)
    }
    let heads = order.heads(moved)
    let states = Set(heads.map { own[$0].step.to })
    // Two that had not seen each other: it is over only when both say so, and it waits where it is not.
    let last = heads.last { !own[$0].step.to.isOver } ?? heads.last
    let unread = unread(heads)
    let isReopened = !unread.isEmpty
    let since = isReopened ? unread.flatMap { joined[$0]?.findings ?? [] }.compactMap(\.date).max() : last.flatMap { standsSince[$0] }
    let records = heads.isEmpty ? (raising[id] ?? []).map(\.record.id) : heads.map { own[$0].statement.record.id }
    return RiskWarning(
      id: id, household: household, division: register.division(of: FactList.warning, id), raised: raised,
      findings: all.sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) },
      state: isReopened ? .new : last.map { own[$0].step.to } ?? .new, since: since ?? raised,
      history: order.places.compactMap { events[$0] },
      heads: Set(records + unread.compactMap { joined[$0]?.record }).sorted(),
      contested: states.count > 1 && !isReopened ? states.sorted { $0.rawValue < $1.rawValue } : [])
  }

  private static func key(_ finding: Finding) -> [String] {
    let rank = finding.level.flatMap { WarningLevel.allCases.firstIndex(of: $0) } ?? WarningLevel.allCases.count
    return [String(rank), finding.model, finding.person ?? "", finding.id]
  }

  /// What stands in the way of a step.
  /// - Parameter serves: whether an answer may rest on this visit.
  static func refusals(
    _ step: WarningStep, standing: [WarningState], by role: Role, serves: (_ visit: String) -> Bool
  ) -> [WarningRefusal] {
    let starts = step.from.map { from in standing.filter { $0 == from } } ?? standing
    guard !starts.isEmpty else { return [.notFrom(stated: step.from, standing: standing)] }
    let rows = starts.compactMap { WarningTable.row(from: $0, to: step.to) }
    guard let row = rows.first(where: { $0.takes.contains(role) }) ?? rows.first else {
      return [.noSuchStep(from: starts[0], to: step.to)]
    }
    guard row.takes.contains(role) else { return [.roleMayNot(role, allowed: Role.known.filter { row.takes.contains($0) })] }
    return row.needs.compactMap { need in
      switch need {
      case .reason: step.reason == nil ? .needsReason : nil
      case .check: check(step, serves)
      case .result: step.result == nil ? .needsResult : nil
      }
    }
  }
}

extension WarningFold {
  /// R16: a visit that serves, or a reason why nobody went.
  private static func check(_ step: WarningStep, _ serves: (String) -> Bool) -> WarningRefusal? {
    if step.reason != nil { return nil }
    guard let visit = step.visit else { return .needsCheck }
    return serves(visit) ? nil : .visitDoesNotServe
  }
}

extension Finding {
  init?(_ statement: Statement, household: String) {
    let fact = statement.fact
    func text(_ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }
    guard let warning = text("warning"), let model = text("model"), let department = text("department") else { return nil }
    self.init(
      id: fact.entity, warning: warning, household: text("household") ?? household, person: text("person"), model: model,
      department: department, batch: text("batch"), line: text("line").flatMap { Int($0) },
      date: text("date").flatMap { CivilDate($0) }, level: text("level").flatMap { WarningLevel(rawValue: $0) },
      isSimilar: text("match") == "similar", evidence: text("evidence") ?? "")
  }

  /// The fact that states it.
  public var fact: Fact {
    let stated: [(String, String?)] = [
      ("warning", warning), ("household", household), ("person", person), ("model", model), ("department", department),
      ("batch", batch), ("line", line.map { String($0) }), ("date", date?.description), ("level", level?.rawValue),
      ("match", isSimilar ? "similar" : "exact"), ("evidence", evidence),
    ]
    return Fact(list: FactList.finding, entity: id, properties: stated.compactMap { name, value in value.map { Property(name, $0) } })
  }
}
