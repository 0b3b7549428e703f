// SupervisionScreen: 督促调度: what the townships came to in some days, the three phases side by side, as bars and figures; ← → choose the
// days; Enter on a township shows its villages. Printable.

import Relief
import Terminal

struct SupervisionScreen: ListScreen {
  /// Which days: this month so far, last month, this year so far.
  enum Span: Int, CaseIterable, Sendable { case month, lastMonth, year }

  var message: Message?
  private(set) var report: SupervisionReport?
  private(set) var span = Span.month
  /// The township whose villages are shown.
  private(set) var township: Division?
  var cursor = ListCursor()

  init(_ workspace: Workspace?) { if let workspace { load(workspace) } }

  var keyContext: KeyContext { .supervision }

  private mutating func load(_ workspace: Workspace) {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return }
    let days = Self.days(span, today)
    report = workspace.register.supervision(from: days.from, to: days.to, in: division, workspace.rules)
    stand(on: nil)
  }

  /// First and last day.
  static func days(_ span: Span, _ today: CivilDate) -> (from: CivilDate, to: CivilDate) {
    let month = CivilDate(year: today.year, month: today.month ?? 1, day: 1) ?? today
    switch span {
    case .month: return (month, today)
    case .lastMonth:
      let last = month.adding(days: -1) ?? today
      return (CivilDate(year: last.year, month: last.month ?? 1, day: 1) ?? last, last)
    case .year: return (CivilDate(year: today.year, month: 1, day: 1) ?? today, today)
    }
  }

  var rows: [SupervisionReport.Row] {
    guard let report else { return [] }
    guard let township else { return report.townships }
    return report.townships.first { $0.division == township }?.villages ?? []
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard township == nil, let row = selected(of: rows), !row.villages.isEmpty else { return .beep }
      township = row.division
      cursor = ListCursor()
    case .back:
      guard township != nil else { return Step(move: .pop) }
      township = nil
      cursor = ListCursor()
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    case .nextSpan, .previousSpan:
      guard let next = Span(rawValue: span.rawValue + (command == .nextSpan ? 1 : -1)), let workspace else { return .beep }
      span = next
      load(workspace)
    case .print:
      guard let workspace, report != nil else { return .beep }
      return Step([.print(title: Words.Desk.supervision, text: paper(workspace))])
    default: return .beep
    }
    return Step()
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished, .written: if let workspace { load(workspace) }
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  private static func name(_ division: Division, _ workspace: Workspace?) -> String {
    workspace?.register.name(of: division) ?? division.code
  }

  private func paper(_ workspace: Workspace) -> String {
    guard let report else { return "" }
    let titles = Words.Desk.figures
    let lines = rows.map { [Self.name($0.division, workspace)] + Words.Desk.cells($0.figures) }
    let table = PlainTable(
      heading: ["\(Words.Desk.supervision) \(report.from)至\(report.to) \(workspace.identity.name)"] + Words.Desk.remarks(report),
      columns: [PlainTable.Column(Words.Desk.place, width: 12)] + titles.map { PlainTable.Column($0, width: 6, isRight: true) },
      rows: lines + [[Words.Evening.all] + Words.Desk.cells(report.all)])
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    guard let report else { return }
    let place = township.map { " " + Self.name($0, workspace) } ?? ""
    canvas.title(Chrome.title(Words.Desk.supervision, workspace) + place, right: "\(report.from)至\(report.to)")
    let last = canvas.body.upperBound - 4
    // On a narrow screen the figures come before the bar: they are what is asked for.
    let bar = canvas.width < Self.barColumnsMin ? 0 : canvas.width - 62
    let first = bar > 0 ? 16 + bar : 14
    Chrome.header(
      [(1, Words.Desk.place)] + (bar > 0 ? [(14, Words.Desk.progress)] : [])
        + Words.Desk.shortFigures.enumerated().map { (first + $0.offset * 5, $0.element) }, on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, last - canvas.body.lowerBound - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let cells = Words.Desk.shortCells(row.figures).enumerated().map { (first + $0.offset * 5, 4, VisitScreen.right($0.element, 4)) }
      Chrome.row(
        [(1, 12, Self.name(row.division, workspace))] + (bar > 0 ? [(14, bar, Self.bar(row.figures.sweep, columns: bar))] : []) + cells,
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    var line = last
    for text in Words.Desk.summary(report) where line < canvas.body.upperBound {
      canvas.put(text, row: line, column: 1, style: .value)
      line += 1
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }

  private static let barColumnsMin = 72

  /// 已走访 of 应走访 as a bar of this many columns; where nothing was planned, nothing.
  static func bar(_ totals: DayTotals, columns: Int) -> String {
    let whole = max(totals.planned, totals.visited)
    guard whole > 0 else { return "" }
    let done = min(columns, totals.visited * columns / whole)
    return String(repeating: "#", count: done) + String(repeating: ".", count: columns - done)
  }
}
