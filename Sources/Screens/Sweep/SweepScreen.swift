// SweepScreen: 排名单: which households somebody should go to in the coming days, and why, as the register sees it. Enter takes a household
// off or puts it back, Left and Right change the days, F10 writes the list; what a list of these days has already is marked and stays.

import Relief
import Terminal

struct SweepScreen: ListScreen {
  let division: Division
  var message: Message?
  private(set) var plan: SweepPlan?
  private(set) var days = Limits.sweepDaysAtFirst
  var cursor = ListCursor()

  init(_ division: Division, _ workspace: Workspace) {
    self.division = division
    load(workspace)
  }

  var keyContext: KeyContext { .sweep }
  var rows: [SweepPlan.Row] { plan?.rows ?? [] }

  private mutating func load(_ workspace: Workspace) {
    plan = SweepPlan(division, days: days, workspace)
    stand(on: nil)
    if rows.isEmpty { message = .nobodyToVisit }
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    switch command {
    case .mark: return toggle()
    case .moreDays, .fewerDays:
      let all = Limits.sweepDays
      let place = (all.firstIndex(of: days) ?? 0) + (command == .moreDays ? 1 : -1)
      guard all.indices.contains(place) else { return .beep }
      days = all[place]
      message = nil
      load(workspace)
      return Step()
    case .writeList:
      let records = plan?.records(workspace) ?? []
      guard !records.isEmpty else {
        message = .nothingToList
        return .beep
      }
      return Step([.write(records)])
    case .print:
      guard let plan, !plan.rows.isEmpty else { return .beep }
      return Step([.print(title: Words.Sweep.title, text: SweepPaper.text(plan, workspace))])
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: .sweep)))
    default: return .beep
    }
  }

  private mutating func toggle() -> Step {
    guard rows.indices.contains(cursor.selected) else { return .beep }
    guard !rows[cursor.selected].proposal.isListed else {
      message = .alreadyListed
      return .beep
    }
    plan?.rows[cursor.selected].isChosen.toggle()
    _ = cursor.move(.down, count: rows.count)
    message = nil
    return Step()
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    guard let workspace else { return Step() }
    switch event {
    case .written:
      let count = rows.count { $0.isChosen }
      load(workspace)
      message = .listed(count)
    case .notWritten(let fault): message = .saveFailed(fault)
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let place = workspace?.register.name(of: division) ?? division.code
    canvas.title("\(Words.Sweep.title)  \(place)", right: Words.Sweep.summary(rows.count { $0.isChosen }, of: rows.count))
    if let plan { canvas.put(Words.Sweep.days(plan.request.from, plan.request.to, days), row: canvas.body.lowerBound, column: 1) }
    let isWide = canvas.width >= 76
    let widths = isWide ? [4, 4, 10, 16, canvas.width - 44] : [4, 4, 8, 10, canvas.width - 36]
    var columns: [Int] = []
    var column = 1
    for width in widths {
      columns.append(column)
      column += width + 2
    }
    for (column, title) in zip(columns, Words.Sweep.columns) {
      canvas.put(title, row: canvas.body.lowerBound + 1, column: column, style: .label)
    }
    let first = canvas.body.lowerBound + 2
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.upperBound - first))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let mark = row.proposal.isListed ? Words.Sweep.listed : row.isChosen ? Words.Sweep.chosen : Words.Sweep.left
      let texts = [VisitScreen.right(index + 1, 4), mark, row.head, row.village, row.reason]
      Chrome.row(
        texts.indices.map { (columns[$0], widths[$0], texts[$0]) }, row: first + offset, isSelected: index == cursor.selected,
        on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: first, column: 0) }
    if let message {
      canvas.message(message)
    } else if rows.indices.contains(cursor.selected) {
      canvas.hint(Words.Today.selected(rows[cursor.selected].head, rows[cursor.selected].reason))
    }
    canvas.hints(in: keyContext)
  }
}
