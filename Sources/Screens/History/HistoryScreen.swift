// HistoryScreen: 一户一页: everything known of one household on one page. What it is now (category, plan, what is not over), what
// each department has in hand and gave (DepartmentLines), then its way by day, the newest first: found, watched, helped, cleared,
// and who wrote it down. Two things that cannot both be so are shown both, marked. Enter ends what a line has open, else reads the
// record behind it; the page can be printed, numbers are not on it.

import Relief
import Terminal

struct HistoryScreen: Screen {
  /// One line of the page; `record` is what Enter reads.
  struct Line: Equatable, Sendable {
    var date = ""
    var text: String
    var author = ""
    var record: String?
    var isTitle = false
    var isContested = false
    var isLate = false
    /// A slip or an emergency that this person may write the end of.
    var open: OpenMatter?
  }

  let household: String
  var message: Message?
  private(set) var lines: [Line] = []
  private var cursor = ListCursor()

  init(_ household: String, _ workspace: Workspace?) {
    self.household = household
    if let workspace { load(workspace) }
  }

  var keyContext: KeyContext { .printable }

  private mutating func load(_ workspace: Workspace) {
    lines = Self.lines(household, workspace)
    cursor.selected = min(cursor.selected, max(0, lines.count - 1))
  }

  static func lines(_ household: String, _ workspace: Workspace) -> [Line] {
    let register = workspace.register
    let history = register.history(of: household)
    let words = HistoryWords(workspace)
    var lines = words.standing(household).map { Line(text: $0) }
    lines += DepartmentLines(workspace, words).lines(household, history)
    lines.append(Line(text: Words.History.way, isTitle: true))
    for row in history.rows.reversed() {
      let author = row.records.first.flatMap { register.record($0)?.author.name } ?? ""
      lines.append(
        Line(
          date: row.date?.description ?? row.written.map { Words.History.written($0) } ?? "", text: words.sentence(row.kind),
          author: author,
          record: row.records.last { register.hasSubmission($0) }, isContested: row.isContested))
    }
    return lines
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .key, .paste: return .beep
    case .command(let command):
      if cursor.move(command, count: lines.count) {
        message = nil
        return Step()
      }
      switch command {
      case .accept:
        if lines.indices.contains(cursor.selected), let open = lines[cursor.selected].open {
          return Step(move: .open(open.opening(household)))
        }
        guard lines.indices.contains(cursor.selected), let record = lines[cursor.selected].record else { return .beep }
        return Step(move: .open(.read(record: record)))
      case .print:
        guard let workspace else { return .beep }
        return Step([.print(title: Words.History.title, text: paper(workspace))])
      case .back: return Step(move: .pop)
      case .help: return Step(move: .push(HelpScreen(context: .printable)))
      default: return .beep
      }
    }
  }

  private func paper(_ workspace: Workspace) -> String {
    let head = workspace.register.household(household)?.headName.map(Chrome.masked(name:)) ?? Words.Today.unknownHead
    let table = PlainTable(
      heading: ["\(Words.History.title) \(head) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(Words.History.columns, [12, 62, 10]).map { PlainTable.Column($0, width: $1) },
      rows: lines.map { [$0.date, $0.text, $0.author] })
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

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let known = workspace?.register.household(household)
    let village = workspace.flatMap { workspace in known.map { Chrome.village(of: $0, workspace) } } ?? ""
    canvas.title("\(village) \(known?.headName ?? Words.Today.unknownHead)", right: Words.History.title)
    let isWide = canvas.width >= 76
    let textColumn = 14
    let authorWidth = isWide ? 8 : 0
    let textWidth = canvas.width - textColumn - authorWidth - 2
    // A line may need several rows; the selected one is shown whole.
    var rows: [(line: Int, part: String, isFirst: Bool)] = []
    for (index, line) in lines.enumerated() {
      let width = line.date.isEmpty ? canvas.width - 3 : textWidth
      for (place, part) in canvas.columns.wrap(line.text, to: width).enumerated() { rows.append((index, part, place == 0)) }
    }
    let room = canvas.body.count
    let focus = rows.firstIndex { $0.line == cursor.selected } ?? 0
    let top = max(0, min(focus - room / 2, rows.count - room))
    for (offset, row) in rows.dropFirst(top).prefix(room).enumerated() {
      let line = lines[row.line]
      let isSelected = row.line == cursor.selected
      let place = canvas.body.lowerBound + offset
      if isSelected {
        canvas.frame.fill(row: place, style: .selected)
        if row.isFirst { canvas.frame.cursor = Position(row: place, column: 0) }
      }
      let style: Style = isSelected ? .selected : line.isTitle ? .title : line.isContested || line.isLate ? .warning : .plain
      if row.isFirst, !line.date.isEmpty { canvas.put(line.date, row: place, column: 1, columnsMax: textColumn - 2, style: style) }
      canvas.put(row.part, row: place, column: line.date.isEmpty ? 1 : textColumn, style: style)
      if isWide, row.isFirst {
        canvas.put(line.author, row: place, column: canvas.width - authorWidth - 1, columnsMax: authorWidth, style: style)
      }
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
