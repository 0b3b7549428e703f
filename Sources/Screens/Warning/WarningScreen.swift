// WarningScreen: one warning (预警): what was found, with its evidence; the way it went; and every step this person may take next, by
// number. Some ask what came of it (处置), some ask why: a line each, and the step is a record.

import Relief
import Terminal
import XForm

struct WarningScreen: ListScreen, PromptScreen {
  /// What is asked before the step is written.
  private enum Asking: Equatable {
    case step
    case result(WarningState)
    case reason(WarningState, WarningResult?)
  }

  let id: String
  var message: Message?
  private(set) var warning: RiskWarning?
  private(set) var choices: [WarningTransition] = []
  var cursor = ListCursor()
  private var asking = Asking.step
  var line = LineEditor("", charactersMax: Limits.promptCharacters)
  /// The step whose reason stands in the line.
  private var reasonOf: Asking?

  init(_ id: String, _ workspace: Workspace?) {
    self.id = id
    if let workspace { load(workspace) }
  }

  private mutating func load(_ workspace: Workspace) {
    warning = workspace.register.warning(id)
    choices = warning.map { WarningDesk().choices(for: $0, by: workspace.identity.role) } ?? []
    reasonOf = nil
    askStep()
  }

  /// Enter alone only shows the household: a step is taken by who chose it.
  private mutating func askStep() {
    asking = .step
    cursor = ListCursor()
    cursor.selected = choices.count
  }

  var keyContext: KeyContext {
    if case .reason = asking { return .text }
    return .pick
  }

  var rowCount: Int {
    if case .result = asking { return WarningResult.allCases.count }
    // The last row shows the household itself: who is judged by one line of a list is not judged.
    return choices.count + 1
  }

  // MARK: Keys

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    guard case .reason = asking else { return take(input, in: workspace) }
    return input == .command(.back) ? ask(.step) : typed(input, in: workspace)
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept: return accept(workspace)
    case .back:
      guard asking != .step else { return Step(move: .pop) }
      return ask(.step)
    case .help: return Step(move: .push(HelpScreen(context: .pick)))
    default: return .beep
    }
  }

  private mutating func accept(_ workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    if case .result(let to) = asking {
      guard WarningResult.allCases.indices.contains(cursor.selected) else { return .beep }
      let result = WarningResult.allCases[cursor.selected]
      guard checkingVisit(workspace) == nil else { return take(to, result: result, reason: nil, workspace) }
      return ask(.reason(to, result))
    }
    guard let choice = selected(of: choices) else { return warning.map { Step(move: .push(HouseholdScreen($0.household))) } ?? .beep }
    if choice.needs.contains(.result) { return ask(.result(choice.to)) }
    if choice.needs.contains(.reason) { return ask(.reason(choice.to, nil)) }
    return take(choice.to, result: nil, reason: nil, workspace)
  }

  private mutating func ask(_ next: Asking) -> Step {
    message = nil
    guard next != .step else {
      askStep()
      return Step()
    }
    asking = next
    cursor = ListCursor()
    guard case .reason = next else { return Step() }
    // Who goes back and comes again finds what was typed, and is told so.
    if next != reasonOf {
      line = LineEditor("", charactersMax: Limits.promptCharacters)
      reasonOf = next
    } else if !line.text.isEmpty {
      line = LineEditor(line.text, charactersMax: Limits.promptCharacters, replacesOnFirstKey: true)
      message = .typedBefore
    }
    return Step()
  }

  /// The reason, typed.
  mutating func accept(_ text: String, in workspace: Workspace?) -> Step {
    guard case .reason(let to, let result) = asking, let workspace else { return .beep }
    return take(to, result: result, reason: text, workspace)
  }

  // MARK: The step

  /// What an answer rests on (R16).
  private func checkingVisit(_ workspace: Workspace) -> String? {
    warning.flatMap { WarningDesk().checkingVisit(for: $0, in: workspace.register) }
  }

  private mutating func take(_ to: WarningState, result: WarningResult?, reason: String?, _ workspace: Workspace) -> Step {
    guard let warning else { return .beep }
    let step = WarningStep(
      id, from: warning.contested.isEmpty ? warning.state : nil, to: to, date: CivilDate(workspace.today), reason: reason,
      visit: result == nil ? nil : checkingVisit(workspace), result: result)
    if let first = WarningDesk().refusals(step, by: workspace.identity.role, in: workspace.register, today: step.date).first {
      message = .warningRefused(first)
      return .beep
    }
    return Step([.write(Self.records(step, of: warning, workspace))])
  }

  /// The step; and where it gives the household to the village, the row of its list.
  static func records(_ step: WarningStep, of warning: RiskWarning, _ workspace: Workspace) -> [NewRecord] {
    let division = workspace.register.household(warning.household)?.division ?? warning.division
    let record = NewRecord(
      .warningStep, household: warning.household, division: division?.code ?? "",
      supersedes: WarningDesk.supersedes(step, in: workspace.register), facts: [step.fact(entity: workspace.surroundings.uuid())])
    guard step.to == .dispatched, workspace.identity.role.writes(.sweep) else { return [record] }
    return [record] + (SweepPlan.listing(warning.household, because: .warning, days: Limits.warningListDays, workspace).map { [$0] } ?? [])
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .written: return Step(move: .pop)
    case .notWritten(let fault): message = .saveFailed(fault)
    case .opened: if let workspace { load(workspace) }
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    guard let warning, let workspace else { return }
    let today = CivilDate(workspace.today)
    let level = today.flatMap { warning.level(on: $0, workspace.rules) } ?? warning.ownLevel
    let head = workspace.register.summary(of: warning.household)
    canvas.title(
      "\(head.map { Chrome.village(of: $0, workspace) } ?? "") \(head?.headName ?? Words.Today.unknownHead)",
      right: "\(Words.Warnings.title) \(WarningLevel.term(level)) \(Words.Warnings.state(warning))")
    let bottom = canvas.body.upperBound - max(2, rowCount + (asking == .step ? 1 : 2))
    var row = canvas.body.lowerBound
    for said in Words.Warnings.lines(warning, today, workspace) {
      for part in canvas.columns.wrap(said.text, to: canvas.width - 3) where row < bottom {
        canvas.put(part, row: row, column: 1, style: said.style)
        row += 1
      }
    }
    drawAsking(from: row + 1, on: &canvas)
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: row + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }

  private func drawAsking(from top: Int, on canvas: inout Canvas) {
    var top = top
    let lines: [String]
    switch asking {
    case .step: lines = choices.map { Words.Warnings.step($0.from, to: $0.to) } + [Words.Warnings.household]
    case .result:
      canvas.put(Words.Warnings.whatCameOfIt, row: top, column: 2, style: .label)
      top += 1
      lines = WarningResult.allCases.map(Words.Warnings.result)
    case .reason(let to, _):
      let used = canvas.put(Words.Warnings.reason(to), row: top, column: 2, style: .label)
      canvas.put(line, row: top, column: 2 + used, columnsMax: max(8, canvas.width - used - 4))
      return
    }
    let window = cursor.window(count: lines.count, lines: max(1, canvas.body.upperBound - top))
    for (offset, index) in window.enumerated() {
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4)), (7, canvas.width - 9, lines[index])], row: top + offset,
        isSelected: index == cursor.selected, on: &canvas)
    }
  }
}
