// LedgersScreen: 台账: one list of lines each, chosen by digit, printable; Enter on a line opens what ends it: the answer to a slip, the
// 补充说明, the warning, the household's cases. A red record is read with Enter and acknowledged with its own key.

import Relief
import Terminal

struct LedgersScreen: Screen {
  var message: Message?
  private(set) var ledger: Ledger
  private(set) var lines: [Ledger.Line] = []
  private var cursor = ListCursor()
  /// The needs as they are shown: a file has the same numbers.
  private var needs: CharityNeeds?

  init(_ ledger: Ledger, _ workspace: Workspace?) {
    self.ledger = ledger
    if let workspace { load(workspace) }
  }

  private mutating func load(_ workspace: Workspace) {
    needs = ledger == .needs ? Ledger.needs(workspace) : nil
    lines = needs.map { Ledger.lines($0, workspace) } ?? ledger.lines(workspace)
  }

  var keyContext: KeyContext {
    switch ledger {
    case .red: .redLedger
    case .needs: .needsLedger
    default: .ledger
    }
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)), let other = Ledger(rawValue: number),
        let workspace
      else { return .beep }
      ledger = other
      cursor = ListCursor()
      load(workspace)
      message = nil
      return Step()
    case .key, .paste: return .beep
    case .command(let command):
      if cursor.move(command, count: lines.count) { return Step() }
      switch command {
      case .accept:
        return accept(workspace)
      case .acknowledge: return acknowledge(workspace)
      case .export:
        guard let workspace, let needs, !needs.rows.isEmpty else { return .beep }
        return Step([.export(subject: Words.Cases.ledger(.needs), files: NeedsFile.files(needs, workspace))])
      case .print:
        guard let workspace else { return .beep }
        return Step([.print(title: Words.Cases.ledger(ledger), text: paper(workspace))])
      case .back: return Step(move: .pop)
      case .help: return Step(move: .push(HelpScreen(context: keyContext)))
      default: return .beep
      }
    }
  }

  /// Opens what ends the line; a red record is read; everything else is gone on with at the household's cases.
  private mutating func accept(_ workspace: Workspace?) -> Step {
    guard lines.indices.contains(cursor.selected), let workspace else { return .beep }
    let line = lines[cursor.selected]
    if let device = line.device { return Step(move: .push(DeviceScreen(row: device))) }
    if let warning = line.warning { return Step(move: .push(WarningScreen(warning, workspace))) }
    if let open = line.open, OpenMatter.mayEnd(open.matter, workspace) { return Step(move: .open(open.opening(line.household))) }
    if let red = line.red, workspace.register.hasSubmission(red) { return Step(move: .open(.read(record: red))) }
    guard let household = line.household else {
      message = .nothingToDo
      return .beep
    }
    let isCase = line.isCase || ledger == .waiting || ledger == .late
    if isCase, workspace.identity.role.writes(.caseStep) { return Step(move: .push(CaseScreen(household, about: line.key, workspace))) }
    return Step(move: .push(HouseholdScreen(household)))
  }

  /// 知悉: somebody who may review has seen the red record (R55).
  private mutating func acknowledge(_ workspace: Workspace?) -> Step {
    guard let workspace, lines.indices.contains(cursor.selected), let red = lines[cursor.selected].red,
      let record = workspace.register.record(red)
    else {
      message = .nothingToAcknowledge
      return .beep
    }
    guard workspace.register.mayReview(workspace.identity.author, on: CivilDate(workspace.today)) else {
      message = .review(.mayNotReview(workspace.identity.role))
      return .beep
    }
    return Step([.write([NewRecord(acknowledging: record)])])
  }

  private func paper(_ workspace: Workspace) -> String {
    let table = PlainTable(
      heading: ["\(Words.Cases.ledger(ledger)) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(Words.Cases.columns(ledger), [16, 10, 14, 12, 20]).map { PlainTable.Column($0, width: $1) },
      rows: lines.map(\.cells))
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished:
      if let workspace { load(workspace) }
    case .written:
      let line = lines.indices.contains(cursor.selected) ? lines[cursor.selected] : nil
      if let workspace { load(workspace) }
      message = moved(line, workspace)
    case .notWritten(let fault): message = .saveFailed(fault)
    case .exported: message = .exported
    case .notExported(let fault): message = .notExported(fault)
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  /// What was written from here, of whom: who pressed a key too many sees it. Only the ledger of all warnings knows how many are left.
  private func moved(_ line: Ledger.Line?, _ workspace: Workspace?) -> Message {
    if ledger == .red { return .redAcknowledged(left: lines.count) }
    guard let line, let warning = line.warning.flatMap({ workspace?.register.warning($0) }) else { return .warningTaken }
    let head = workspace.map { Ledger.head(line.household, $0) } ?? ""
    if warning.state == .dispatched, let village = warning.division, let workspace, workspace.isWithoutLaptop(village) {
      return .warningUnreached(household: head)
    }
    return .warningMoved(household: head, warning.state, left: ledger == .warnings ? lines.count : nil)
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Cases.ledger(ledger), right: Words.Cases.late(lines.count(where: \.isLate), of: lines.count))
    let widths = widths(on: canvas)
    var columns: [Int] = []
    var column = 1
    for width in widths {
      columns.append(column)
      column += width + Self.gap
    }
    Chrome.header(Array(zip(columns, Words.Cases.columns(ledger))).map { ($0.0, $0.1) }, on: &canvas)
    if lines.isEmpty { canvas.put(Words.Cases.emptyLedger, row: canvas.body.lowerBound + 2, column: 1) }
    let window = cursor.window(count: lines.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      Chrome.row(
        widths.indices.map { (columns[$0], widths[$0], lines[index].cells[$0]) }, row: canvas.body.lowerBound + 1 + offset,
        isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    if let message { canvas.message(message) } else { canvas.hint(Words.Cases.ledgerChoice) }
    canvas.hints(in: keyContext)
  }

  private static let gap = 2

  /// As wide as what stands in them; where that is more than the screen has, the widest give way.
  private func widths(on canvas: Canvas) -> [Int] {
    var widths = Words.Cases.columns(ledger).map(canvas.columns.width(of:))
    for line in lines.prefix(Limits.ledgerLinesMeasured) {
      for (index, cell) in zip(widths.indices, line.cells) { widths[index] = max(widths[index], canvas.columns.width(of: cell)) }
    }
    let room = canvas.width - 2 - Self.gap * (widths.count - 1)
    while widths.reduce(0, +) > room, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 0 {
      widths[widest] -= 1
    }
    return widths
  }
}
