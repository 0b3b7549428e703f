// The desk of warnings: whether a step may be taken, asked when it is typed; and the lists that people work from.

public struct WarningDesk: Sendable {
  public init() {}

  /// Everything that stands in the way; empty: it may be taken.
  /// - Parameter today: a step dated later was dated by a clock that is wrong; the next one need not wait for that day. Nil: unknown.
  public func refusals(_ step: WarningStep, by role: Role, in register: Register, today: CivilDate? = nil) -> [WarningRefusal] {
    guard let warning = register.warning(step.warning) else { return [.notFrom(stated: step.from, standing: [])] }
    let standing = warning.contested.isEmpty ? [warning.state] : warning.contested
    var found = WarningFold.refusals(step, standing: standing, by: role) { warning.basis.isServed(by: $0, in: register) }
    guard let date = step.date, date.isWhole else { return found + [.needsDate] }
    let before = [warning.since, warning.history.last(where: \.isMoving)?.step.date].compactMap { $0 }.max()
    if let before, date < before, today.map({ before <= $0 }) ?? true { found.append(.dateBefore(before)) }
    return found
  }

  /// What it may come to next, for this role, in the order of the table.
  public func choices(for warning: RiskWarning, by role: Role) -> [WarningTransition] {
    let standing = warning.contested.isEmpty ? [warning.state] : warning.contested
    return WarningTable.rows.filter { standing.contains($0.from) && $0.takes.contains(role) }
  }

  /// The records a new step must supersede: the last steps, and what its author saw of the household.
  public static func supersedes(_ step: WarningStep, in register: Register) -> [String] {
    guard let warning = register.warning(step.warning) else { return [] }
    return Set(register.recordsSeen(household: warning.household, facts: []) + warning.heads).sorted()
  }

  /// The newest visit that an answer may rest on (R16); nil: somebody has to go, or says why nobody went.
  public func checkingVisit(for warning: RiskWarning, in register: Register) -> String? {
    let basis = warning.basis
    return register.visits(of: warning.household).first { basis.isServed(by: $0.record, in: register) }?.record
  }
}

extension Register {
  public func warnings(of household: String) -> [RiskWarning] { WarningFold(household, in: self).warnings() }

  public func warning(_ id: String) -> RiskWarning? {
    let households = Set(statements(of: FactList.warning, id).filter { $0.record.type == .warning }.compactMap(\.record.household))
    return households.sorted().lazy.flatMap { self.warnings(of: $0) }.first { $0.id == id }
  }

  /// The warning of a household that is not over, which further findings join. The oldest where there are several.
  public func openWarning(of household: String) -> RiskWarning? {
    warnings(of: household).filter { !$0.state.isOver }.min {
      ($0.raised?.dayNumber ?? .max, $0.id) < ($1.raised?.dayNumber ?? .max, $1.id)
    }
  }

  /// Warnings of a division that are not over: the most urgent first (red, then what is overdue), then by what is due, then by id.
  public func openWarnings(in division: Division, on day: CivilDate, _ rules: CaseRules) -> [RiskWarning] {
    RiskWarning.byUrgency(allWarnings(in: division).filter { !$0.state.isOver }, on: day, rules)
  }

  /// All warnings of a division, by household and id.
  public func allWarnings(in division: Division) -> [RiskWarning] {
    func isHere(_ warning: Int) -> Bool { self.division(of: warning).map { division.contains($0) } ?? false }
    return households(withAnyOf: FactList.warning, where: isHere).sorted().flatMap { warnings(of: $0) }.filter { warning in
      warning.division.map { division.contains($0) } ?? false
    }
  }

  /// Households of a division that a village has to check because of a warning (`SweepRequest.warnings`).
  public func warnedHouseholds(in division: Division) -> Set<String> {
    Set(warningsInHand(in: division).keys)
  }
}

extension RiskWarning {
  /// The most urgent first (red, then what is overdue), then by what is due, then by id.
  static func byUrgency(_ warnings: [RiskWarning], on day: CivilDate, _ rules: CaseRules) -> [RiskWarning] {
    func key(_ warning: RiskWarning) -> (Int, Int, String) {
      let level = warning.level(on: day, rules).flatMap { WarningLevel.allCases.firstIndex(of: $0) } ?? WarningLevel.allCases.count
      return (level, warning.deadline(rules)?.due?.dayNumber ?? .max, warning.id)
    }
    return warnings.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
