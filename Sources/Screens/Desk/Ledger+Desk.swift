// What the desk's ledgers list: warnings by who has them in hand, cases that wait for the county's word, who is overlooked, what is not
// set.

import Relief

extension Ledger {
  /// Whether a warning that is not over stands in this ledger.
  func holds(_ warning: RiskWarning) -> Bool {
    let states = warning.contested.isEmpty ? [warning.state] : warning.contested
    switch self {
    case .warnings: return true
    case .judging: return states.contains(.new)
    case .checking: return states.contains { $0.isWithVillage }
    case .closing: return states.contains(.answered)
    default: return false
    }
  }

  /// Warnings that are overdue, among what else is.
  static func lateWarnings(_ today: CivilDate, _ division: Division, _ workspace: Workspace) -> [Line] {
    let open = workspace.keptDesk?.openWarnings(on: today) ?? workspace.register.openWarnings(in: division, on: today, workspace.rules)
    return open.filter { $0.isOverdue(on: today, workspace.rules) }.map { warning in
      var line = line(warning, today, workspace)
      line.cells[0] = "\(Words.Warnings.title) \(Words.Warnings.state(warning))"
      return line
    }
  }

  static func line(_ warning: RiskWarning, _ today: CivilDate, _ workspace: Workspace) -> Line {
    let deadline = warning.deadline(workspace.rules)
    return Line(
      cells: [
        "\(WarningLevel.term(warning.level(on: today, workspace.rules))) \(Words.Warnings.state(warning))",
        home(warning.household, workspace), Words.Warnings.models(warning),
        deadline.map { $0.due?.description ?? Words.Cases.missing($0) } ?? "",
        Words.Cases.overdue(deadline?.overdueDays(on: today) ?? 0),
      ], household: warning.household, isLate: warning.isOverdue(on: today, workspace.rules), warning: warning.id)
  }

  /// Cases on their way in that wait for 审核确认, or on their way out that wait for the county's approval of 清零.
  func awaits(_ one: Case) -> Bool {
    guard let position = one.position else { return false }
    switch self {
    case .confirming: return position.state == .confirming && !position.isLeaving
    case .clearing: return position.isLeaving && !position.state.isClosed
    default: return false
    }
  }

  static func decisions(_ ledger: Ledger, _ division: Division, _ today: CivilDate, _ workspace: Workspace) -> [Line] {
    let register = workspace.register
    var found: [(since: CivilDate?, line: Line)] = []
    for entry in (workspace.keptDesk?.caseBook ?? register.caseBook(in: division)).entries {
      let household = entry.household
      for one in entry.cases where ledger.awaits(one) {
        guard let state = one.state else { continue }
        let due = register.deadlines(of: one, workspace.rules).first { $0.kind == .confirm || $0.kind == .inclusion }?.deadline
        let line = Line(
          cells: [
            state.term, home(household, workspace), one.key.track.map(Words.Cases.track) ?? "", one.since?.description ?? "",
            due.map { Words.Cases.overdue($0.overdueDays(on: today)) } ?? "",
          ], household: household, isLate: due?.isOverdue(on: today) ?? false, isCase: true, key: one.key)
        found.append((one.since, line))
      }
    }
    return found.sorted { ($0.since?.dayNumber ?? .max, $0.line.household ?? "") < ($1.since?.dayNumber ?? .max, $1.line.household ?? "") }
      .map(\.line)
  }

  static func line(_ one: UncoveredHousehold, _ workspace: Workspace) -> Line {
    let summary = workspace.register.summary(of: one.household)
    return Line(
      cells: [
        workspace.register.name(of: one.division) ?? one.division.code, head(one.household, workspace),
        one.reasons.map(Words.Desk.uncovered).joined(separator: "、"), summary.map { Chrome.village(of: $0, workspace) } ?? "", "",
      ], household: one.household, isCase: workspace.identity.role.writes(.caseStep))
  }

  /// Parameters nobody has set (policy §8), in the order of the table.
  static func unset(_ today: CivilDate, _ register: Register) -> [Line] {
    register.policyParameters.states(on: today).filter { $0.value == nil }.map { state in
      let definition = state.parameter.definition
      return Line(cells: [definition.meaning, definition.unit, Words.Desk.standing(state.standing), "", state.parameter.rawValue])
    }
  }

  /// Published forms, every version: since when, until when another one takes its place, and which is typed into today.
  static func forms(_ today: CivilDate, _ register: Register) -> [Line] {
    let forms = register.forms()
    return forms.enumerated().map { place, form in
      let isNow = register.form(form.id, on: today)?.record == form.record
      let next = forms.dropFirst(place + 1).first { $0.id == form.id && $0.from != nil }
      let until = next?.from.flatMap { $0.adding(days: -1) }
      return Line(cells: [
        form.from?.description ?? "", Words.Desk.form(isNow: isNow, isToCome: form.from.map { $0 > today } ?? false), form.title ?? form.id,
        form.version ?? "", form.id + (until.map { Words.Desk.until($0) } ?? ""),
      ])
    }
  }

  /// 部门数据应更新: departments' lists that should have come again, the one overdue the longest first.
  static func lists(_ today: CivilDate, _ workspace: Workspace) -> [Line] {
    workspace.register.departmentListsDue(on: today, everyMonths: workspace.rules.clocks.importPeriodMonths).map { list in
      Line(
        cells: [
          list.title, Words.Desk.department(list),
          list.last?.asOf.description ?? Words.Desk.neverCame, list.due?.description ?? "",
          Words.Cases.overdue(list.overdueDays(on: today)),
        ], isLate: list.overdueDays(on: today) > 0)
    }
  }
}
