// TotalsScreen: 汇总: what the day came to, by village and by who went (应走访 … 清零). The same table can be printed.

import Relief
import Terminal

struct TotalsScreen: Screen {
  var message: Message?
  private var totals: Totals?
  private var scroll = PageScroll()

  init(_ workspace: Workspace?) { if let workspace { load(workspace) } }

  var keyContext: KeyContext { .printable }

  private mutating func load(_ workspace: Workspace) {
    guard let day = CivilDate(workspace.today), let division = workspace.division else { return }
    totals = workspace.register.totals(from: day, to: day, in: division)
  }

  /// Title and figures of every line: villages, people, all.
  static func rows(_ totals: Totals, _ workspace: Workspace?) -> [[String]] {
    func cells(_ name: String, _ one: DayTotals) -> [String] {
      [name]
        + [one.planned, one.visited, one.notMet, one.refused, one.found, one.suspected, one.emergencies, one.referred, one.cleared]
        .map(String.init)
    }
    let villages = totals.villages.map { row in
      cells(Division(row.key).flatMap { workspace?.register.name(of: $0) } ?? row.key, row.totals)
    }
    return villages + totals.people.map { cells($0.name ?? $0.key, $0.totals) } + [cells(Words.Evening.all, totals.all)]
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .printable)))
    case .command(.print):
      guard let totals, let workspace else { return .beep }
      return Step([.print(title: Words.Evening.totalsTitle, text: Self.paper(totals, workspace))])
    case .command(let command): return scroll.take(command) ? Step() : .beep
    default: return .beep
    }
  }

  static func paper(_ totals: Totals, _ workspace: Workspace) -> String {
    let titles = Words.Evening.totalsColumns
    let table = PlainTable(
      heading: ["\(Words.Evening.totalsTitle) \(workspace.today) \(workspace.identity.name)"],
      columns: titles.enumerated().map { PlainTable.Column($0.element, width: $0.offset == 0 ? 16 : 8, isRight: $0.offset > 0) },
      rows: rows(totals, workspace))
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
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

  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    var canvas = Canvas(size: size, columns: columns)
    scroll.lay(rows: totals.map { $0.villages.count + $0.people.count + 1 } ?? 0, in: canvas.body.count - 1)
    draw(on: &canvas, in: workspace)
    return canvas.frame
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Evening.totalsTitle, workspace), right: "")
    let first = canvas.width >= 76 ? 14 : 8
    let step = max(4, (canvas.width - first - 3) / 9)
    let titles = Words.Evening.totalsColumns
    for (index, title) in titles.enumerated() {
      let column = index == 0 ? 1 : 1 + first + (index - 1) * step
      canvas.put(canvas.width >= 76 ? title : String(title.prefix(2)), row: canvas.body.lowerBound, column: column, style: .label)
    }
    guard let totals else { return }
    for (offset, cells) in Self.rows(totals, workspace).dropFirst(scroll.top).prefix(canvas.body.count - 1).enumerated() {
      let row = canvas.body.lowerBound + 1 + offset
      for (index, cell) in cells.enumerated() {
        let column = index == 0 ? 1 : 1 + first + (index - 1) * step
        canvas.put(cell, row: row, column: column, columnsMax: index == 0 ? first - 1 : step - 1)
      }
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
