// CaseScreen: 办理: where a household's cases stand, what is still open, and every step that this person's role may take or propose next.
// A step is typed into the form `case-step`; whether it may be taken is asked of the desk (Relief's `CaseDesk`), here for the hint and
// once more when the form is finished.

import Relief
import Terminal

struct CaseScreen: ListScreen {
  struct Row: Equatable, Sendable {
    var key: CaseKey
    var from: CaseState?
    var to: CaseState
    var isProposal: Bool
    /// What stands in the way whatever the form will say.
    var refusals: [CaseRefusal]
  }

  let household: String
  var message: Message?
  /// What is not over, before the steps: number 1 is the first of these.
  private(set) var open: [OpenMatter] = []
  private(set) var rows: [Row] = []
  private(set) var standing: [String] = []
  var cursor = ListCursor()

  /// - Parameter key: the case that somebody comes for: the cursor stands on its first step that can be taken.
  init(_ household: String, about key: CaseKey? = nil, _ workspace: Workspace?) {
    self.household = household
    if let workspace { load(workspace) }
    let own = rows.indices.filter { rows[$0].key == key && rows[$0].from != nil }
    if let wanted = own.first(where: { rows[$0].refusals.isEmpty }) ?? own.first { cursor.selected = open.count + wanted }
  }

  var keyContext: KeyContext { .pick }

  private mutating func load(_ workspace: Workspace) {
    let register = workspace.register
    let desk = CaseDesk(workspace.rules)
    let cases = register.cases(of: household)
    standing = Self.standing(household, cases, workspace)
    var keys = cases.map(\.key)
    let clue = CaseKey(household: household)
    if !keys.contains(clue) { keys.insert(clue, at: 0) }
    let role = workspace.identity.role
    rows = keys.flatMap { key in
      desk.choices(for: key, by: role, in: register).map { choice in
        let step = Self.step(key, choice, workspace)
        let verdict = desk.allows(step, by: role, in: register)
        return Row(
          key: key, from: choice.from, to: choice.to, isProposal: !choice.takes.contains(role),
          refusals: verdict.refusals.filter { !$0.isAnsweredByTheForm })
      }
    }
    // What was granted before this register was kept is written down seldom: after every step of the way.
    let isCaughtUp = { (row: Row) in row.from == nil && row.to == .helped }
    rows = rows.filter { !isCaughtUp($0) } + rows.filter(isCaughtUp)
    open = OpenMatter.rows(household, workspace)
    cursor.selected = min(cursor.selected, max(0, count - 1))
  }

  private var count: Int { open.count + rows.count }

  /// The step as it would be taken today, before the form says more.
  static func step(_ key: CaseKey, _ choice: CaseTransition, _ workspace: Workspace) -> CaseStep {
    CaseStep(
      key, from: choice.from, to: choice.to, date: CivilDate(workspace.today), basis: basis(for: key, choice, workspace))
  }

  /// What a step rests on, where there is only one thing it can be: the last visit that met somebody, else the newest clue.
  static func basis(for key: CaseKey, _ choice: CaseTransition, _ workspace: Workspace) -> String? {
    let visit = workspace.register.visits(of: key.household).first(where: \.isMet)?.record
    if choice.needs.contains(.visit) { return visit }
    guard choice.needs.contains(.basis) else { return nil }
    return workspace.register.openClues(about: key.household).last ?? visit
  }

  private static func standing(_ household: String, _ cases: [Case], _ workspace: Workspace) -> [String] {
    let today = CivilDate(workspace.today)
    var lines = cases.compactMap { one -> String? in
      guard let state = one.state else { return nil }
      let due = workspace.register.deadlines(of: one, workspace.rules).map { Words.Cases.deadline($0, on: today) }
      let head = Words.Cases.standing(one, state)
      return ([head] + due).joined(separator: "  ")
    }
    lines += cases.flatMap(\.proposals).map { Words.Cases.proposal($0.step.to, by: $0.author.name, reason: $0.step.reason) }
    lines += cases.filter(\.isContested).map { Words.Cases.contested($0.contested.map(\.state)) }
    let open = workspace.register.openMatters(of: household)
    if !open.isEmpty {
      lines.append(Words.Cases.open(risks: open.risks.count, referrals: open.referrals.count, supplements: open.supplements.count))
    }
    return lines.isEmpty ? [Words.Cases.nothing] : lines
  }

  var rowCount: Int { count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept: return accept(workspace)
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: .pick)))
    default: return .beep
    }
  }

  private mutating func accept(_ workspace: Workspace?) -> Step {
    if open.indices.contains(cursor.selected) { return Step(move: .open(open[cursor.selected].opening(household))) }
    let index = cursor.selected - open.count
    guard rows.indices.contains(index), let workspace else { return .beep }
    let row = rows[index]
    if let first = row.refusals.first {
      message = .stepRefused(first)
      return .beep
    }
    var presets = ["case_step#to": row.to.rawValue]
    presets["case_step#from"] = row.from?.rawValue
    presets["case_step#track"] = row.key.track?.rawValue
    presets["case_step#person"] = row.key.person
    // What is granted is the county's to write (Permission); the county's server refuses a step of anybody else that says it.
    presets["here#takes"] = !row.isProposal && workspace.identity.role.writes(.category) ? "yes" : "no"
    presets["category"] = workspace.register.openCategory(of: row.key)
    let choice = CaseTable.rows.first { $0.from == row.from && $0.to == row.to }
    if let choice, let basis = Self.basis(for: row.key, choice, workspace) { presets["case_step#basis"] = basis }
    return Step(move: .open(.form(id: "case-step", household: household, presets: presets)))
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished, .written: if let workspace { load(workspace) }
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let known = workspace?.register.household(household)
    canvas.title("\(known?.headName ?? Words.Today.unknownHead)", right: Words.Cases.title)
    var row = canvas.body.lowerBound
    for line in standing {
      for part in canvas.columns.wrap(line, to: canvas.width - 3) where row < canvas.body.upperBound - 4 {
        canvas.put(part, row: row, column: 1, style: .value)
        row += 1
      }
    }
    row += 1
    drawChoices(from: row, on: &canvas)
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: row, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }

  /// Whether Enter opens a form there: a step that something stands in the way of only says what.
  private func opens(_ index: Int) -> Bool {
    open.indices.contains(index) || (rows.indices.contains(index - open.count) && rows[index - open.count].refusals.isEmpty)
  }

  /// Open matters, then steps, under their headings: one numbered list in one window.
  private func drawChoices(from top: Int, on canvas: inout Canvas) {
    var lines: [(text: String, index: Int?)] = []
    if !open.isEmpty { lines.append((Words.Cases.openTitle, nil)) }
    lines += open.enumerated().map { ($0.element.text, $0.offset) }
    lines.append((rows.isEmpty ? Words.Cases.noStep : Words.Cases.steps, nil))
    lines += rows.enumerated().map { offset, row in
      let text = Words.Cases.step(row.key.track, from: row.from, to: row.to, isProposal: row.isProposal)
      return (text + (row.refusals.first.map { "  " + $0.sentence } ?? ""), open.count + offset)
    }
    let room = max(1, canvas.body.upperBound - top)
    let focus = lines.firstIndex { $0.index == cursor.selected } ?? 0
    let first = max(0, min(focus - room / 2, lines.count - room))
    for (offset, line) in lines.dropFirst(first).prefix(room).enumerated() {
      guard let index = line.index else {
        canvas.put(line.text, row: top + offset, column: 1, style: .label)
        continue
      }
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4)), (6, 1, opens(index) ? Words.Cases.opens : ""), (8, canvas.width - 9, line.text)],
        row: top + offset, isSelected: index == cursor.selected, on: &canvas)
    }
  }
}

extension CaseRefusal {
  /// What the form `case-step` still asks: no reason to stop before it opens.
  var isAnsweredByTheForm: Bool {
    switch self {
    case .needsReason, .skipNeedsReason, .needsVotes, .needsPublicityDates, .needsObjectionAnswer, .needsTrack, .needsDate, .needsDecider:
      true
    default: false
    }
  }
}
