// ScreeningScreen: 政策初筛: what a visit may mean, in words a cadre can read aloud: what is suggested, what is still to be asked, what the
// county has not set, and under it every rule with its clause, its comparison and its arithmetic. It suggests; people decide.
//
// What the visit concluded on its own day stands first; where the parameters in force today would say something else, that stands beside.

import Relief
import Terminal

struct ScreeningScreen: Screen {
  struct Line: Equatable, Sendable {
    var text: String
    var style: Style = .plain
    var indent = 0
  }

  let household: String
  let lines: [Line]
  var message: Message?
  private var scroll = PageScroll()

  /// The screening of a household's last visit that met somebody.
  init(_ household: String, _ workspace: Workspace) {
    self.household = household
    guard let visit = workspace.register.visits(of: household).first(where: \.isMet), let today = CivilDate(workspace.today),
      let both = workspace.register.screenings(of: visit, today: today)
    else {
      lines = [Line(text: Words.Screening.noVisit, style: .warning)]
      return
    }
    lines = Self.lines(both.then, now: both.now, visit, workspace)
  }

  var keyContext: KeyContext { .page }

  static func lines(_ then: Screening, now: Screening, _ visit: Relief.Visit, _ workspace: Workspace) -> [Line] {
    let names = ScreeningNames(workspace.register, visit.household)
    var lines = [Line(text: Words.Screening.heading(visit.date?.description ?? ""), style: .title)]
    lines += summary(then, names)
    if now.suggestions.map(\.kind) != then.suggestions.map(\.kind) {
      lines.append(Line(text: Words.Screening.today, style: .title))
      lines += summary(now, names)
    }
    lines.append(Line(text: Words.Screening.rules, style: .title))
    for result in then.results where isShown(result) { lines += block(result, names) }
    return lines
  }

  /// What a visit may mean, in a few lines: for the receipt.
  static func suggestions(of visit: Relief.Visit, _ household: String, _ workspace: Workspace) -> [Line] {
    guard let today = CivilDate(workspace.today), let both = workspace.register.screenings(of: visit, today: today) else { return [] }
    return Array(summary(both.then, ScreeningNames(workspace.register, household)).prefix(Limits.receiptSuggestionsMax))
  }

  private static func summary(_ screening: Screening, _ names: ScreeningNames) -> [Line] {
    var lines: [Line] = []
    for (index, suggestion) in screening.suggestions.enumerated() {
      let text = Words.Screening.suggestion(suggestion, names.of(suggestion.subject))
      lines.append(
        Line(
          text: (index == 0 ? "" : Words.Screening.also) + text, style: suggestion.isRed ? .error : index == 0 ? .focus : .value,
          indent: 1))
    }
    var kinds: [Suggestion.Kind] = []
    for row in screening.open where !kinds.contains(row.kind) { kinds.append(row.kind) }
    let unset = kinds.filter { kind in screening.open.contains { $0.kind == kind && $0.outcome == .unset } }
    for kind in kinds where !unset.contains(kind) {
      let rows = screening.open.filter { $0.kind == kind }
      lines.append(Line(text: Words.Screening.toCheck(kind, rows, names), style: .warning, indent: 1))
    }
    if !unset.isEmpty { lines.append(Line(text: Words.Screening.notSet(unset), style: .muted, indent: 1)) }
    if lines.isEmpty { lines.append(Line(text: Words.Screening.nothing, indent: 1)) }
    return lines
  }

  /// Conditions are shown whatever they say; figures where there is one; checks of the data only where they warn.
  private static func isShown(_ result: ScreeningResult) -> Bool {
    switch result.rule.kind {
    case .condition: !(result.outcome == .notMet && result.parts.isEmpty && result.steps.isEmpty)
    case .figure: !result.steps.isEmpty
    case .check: result.outcome == .notMet
    }
  }

  private static func block(_ result: ScreeningResult, _ names: ScreeningNames) -> [Line] {
    var lines = [
      Line(text: Words.Screening.rule(result, names.of(result.subject)), style: result.outcome == .met ? .focus : .value, indent: 0)
    ]
    for step in result.steps { lines.append(Line(text: Words.Screening.step(step, names), indent: 1)) }
    for part in result.parts { lines.append(Line(text: Words.Screening.part(part, names), style: .muted, indent: 1)) }
    if !result.missing.isEmpty {
      lines.append(Line(text: Words.Screening.missing(result.missing, names), style: .warning, indent: 1))
    }
    if !result.unset.isEmpty { lines.append(Line(text: Words.Screening.unset(result.unset), style: .warning, indent: 1)) }
    return lines
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .page)))
    case .command(let command): return scroll.take(command) ? Step() : .beep
    default: return .beep
    }
  }

  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    var canvas = Canvas(size: size, columns: columns)
    scroll.lay(rows: rows(canvas).count, in: canvas.body.count)
    draw(on: &canvas, in: workspace)
    return canvas.frame
  }

  /// Every line in the rows it takes.
  private func rows(_ canvas: Canvas) -> [(text: String, style: Style, column: Int)] {
    lines.flatMap { line in
      let column = 1 + line.indent * 2
      return canvas.columns.wrap(line.text, to: canvas.width - column - 1).map { ($0, line.style, column) }
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let known = workspace?.register.household(household)
    canvas.title(known?.headName ?? Words.Today.unknownHead, right: Words.Screening.title)
    for (offset, row) in rows(canvas).dropFirst(scroll.top).prefix(canvas.body.count).enumerated() {
      canvas.put(row.text, row: canvas.body.lowerBound + offset, column: row.column, style: row.style)
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}

/// Names of the people a screening speaks of: it knows them by entity.
struct ScreeningNames: Sendable {
  private var names: [String: String] = [:]

  init(_ register: Register, _ household: String) {
    for person in register.persons(of: household) { names[person.id] = person.name }
    for emergency in register.entities(of: FactList.emergency, household: household) { names[emergency.id] = emergency.label }
    for risk in register.entities(of: FactList.risk, household: household) { names[risk.id] = risk.label }
  }

  /// Empty for the household itself.
  func of(_ key: String?) -> String { key.map { names[$0] ?? "" } ?? "" }
}
