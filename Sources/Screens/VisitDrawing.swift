// VisitDrawing: the visit form on the screen. Title and hint bar stand still; the section scrolls under them, so that
// the active field is never among the last rows (an input method's candidate box would cover it).

import Terminal
import XForm

extension VisitScreen {
  func draw(on canvas: inout Canvas, in workspace: Workspace?) { drawAll(on: &canvas) }

  /// Gives the row of the active line, if it is drawn.
  @discardableResult
  func drawAll(on canvas: inout Canvas) -> Int? {
    if case .comparing(let list) = mode {
      drawDifferences(list, on: &canvas)
      return nil
    }
    canvas.title(titleText, right: savedText)
    var rows = canvas.body
    if prompt != nil { rows = (rows.lowerBound + 2)..<max(rows.lowerBound + 2, rows.upperBound) }
    let activeRow = drawSection(on: &canvas, rows: rows)
    drawPrompt(on: &canvas)
    if let message {
      canvas.message(message)
    } else if let said = commentHere {
      canvas.message(.warned(said))
    } else if let hint = fieldHint {
      canvas.hint(hint)
    }
    canvas.hints(in: keyContext)
    return activeRow
  }

  /// The reviewer's words, at the question they are about; where they are about none, wherever nothing else is said.
  private var commentHere: String? {
    guard let comment, mode == .typing else { return nil }
    guard let about = comment.path else { return fieldHint == nil ? comment.text : nil }
    return place == .field(about) ? comment.text : nil
  }

  private var titleText: String {
    guard outline.sections.indices.contains(sectionIndex) else { return headline }
    let section = outline.sections[sectionIndex]
    return "\(headline)  \(sectionIndex + 1)/\(outline.sections.count) \(section.title)"
  }

  var savedText: String {
    let isTyping = editor?.hasUnaccepted ?? false
    switch saver.state {
    case .empty where isTyping: return Words.Visit.typing
    case .empty: return Words.Visit.nothingSaved
    case .saved: return isTyping ? Words.Visit.typing : Words.Visit.saved
    case .saving: return Words.Visit.saving
    case .notSaved: return Words.Visit.notSaved
    }
  }

  private var fieldHint: String? {
    switch place {
    case .add: return Words.Visit.addHint
    case .row: return Words.Visit.rowHint
    case .field(let path):
      if let editor, let waiting = editor.waiting {
        return Words.Visit.waits(waiting.code, waiting.label, mayGoOn: !editor.line.text.isEmpty)
      }
      if let remark = remark(at: path) { return Words.Visit.remark + remark }
      guard let editor else { return nil }
      if let hint = editor.question.hint, !hint.isEmpty { return hint }
      // Nothing else tells it from a question with one answer, which goes on by itself.
      return editor.kind == .chooseMany ? Words.Visit.severalHint : about
    case nil: return nil
    }
  }

  private var prompt: (label: String, line: LineEditor)? {
    switch mode {
    case .goTo(let digits): (Words.Visit.goTo, digits)
    case .reason(let words, _): (Words.Visit.reason, words)
    case .remark(let words, _): (Words.Visit.remark, words)
    default: nil
    }
  }

  /// The line where a number or a reason is typed: at the top, never under the form. Drawn last, so that the cursor
  /// is there.
  private func drawPrompt(on canvas: inout Canvas) {
    guard let prompt else { return }
    let row = canvas.body.lowerBound
    let used = canvas.put(prompt.label, row: row, column: 1, style: .label)
    canvas.put(prompt.line, row: row, column: used + 2, columnsMax: canvas.width - used - 4)
  }

  // MARK: Section

  /// Columns of the number, the label and the value, for the width there is.
  struct Grid {
    let label: Int
    let value: Int
    let width: Int

    init(width: Int) {
      self.width = width
      label = width >= 76 ? 26 : 20
      value = 5 + label + 2
    }
  }

  /// Gives the row of the active line, if it is drawn.
  private func drawSection(on canvas: inout Canvas, rows: Range<Int>) -> Int? {
    let grid = Grid(width: canvas.width)
    let active = sheet.lines.firstIndex { $0.place == place && place != nil }
    var heights: [Int] = []
    for (index, line) in sheet.lines.enumerated() {
      heights.append(height(of: line, isActive: index == active, grid, canvas.columns))
    }
    var top = firstLine(heights: heights, active: active, room: rows.count)
    var row = rows.lowerBound
    var activeRow: Int?
    while top < sheet.lines.count, row < rows.upperBound {
      if top == active { activeRow = row }
      draw(sheet.lines[top], at: row, isActive: top == active, grid, rows: rows, on: &canvas)
      row += heights[top]
      top += 1
    }
    return activeRow
  }

  /// The first line to draw: the active one stays whole and above the lowest four rows of the body, or at its top if
  /// it is too tall.
  private func firstLine(heights: [Int], active: Int?, room: Int) -> Int {
    guard let active else { return 0 }
    let below = min(4, max(0, room / 4))
    var used = min(heights[active] + below, room)
    var first = active
    while first > 0, used + heights[first - 1] <= room {
      first -= 1
      used += heights[first]
    }
    // Move in steps: most moves of the cursor then leave the section where it is.
    return first
  }

  private func height(of line: SheetLine, isActive: Bool, _ grid: Grid, _ columns: Columns) -> Int {
    guard case .field(let field) = line else { return 1 }
    let labels = columns.wrap(field.label, to: grid.label).count
    return max(1, labels) + (isActive ? choiceRows(grid, columns).count : 0)
  }

  private func draw(
    _ line: SheetLine, at row: Int, isActive: Bool, _ grid: Grid, rows: Range<Int>, on canvas: inout Canvas
  ) {
    switch line {
    case .heading(let text, let depth):
      canvas.put(text, row: row, column: depth > 1 ? 3 : 1, style: .title)
    case .field(let field):
      draw(field, at: row, isActive: isActive, grid, rows: rows, on: &canvas)
    case .row(_, let number, let text, let isOpen):
      let shown = "\(isOpen ? "v" : ">") \(Self.right(number, 2)) \(text)"
      let style: Style = isActive ? .focus : isOpen ? .title : .value
      canvas.put(isActive ? canvas.columns.pad(shown, to: canvas.width - 4) : shown, row: row, column: 2, style: style)
      if isActive { canvas.frame.cursor = Position(row: row, column: 2) }
    case .add(_, let label):
      let used = canvas.put("+    " + Words.Visit.add(label), row: row, column: 2, style: isActive ? .label : .muted)
      guard isActive else { return }
      canvas.put(String(repeating: " ", count: 12), row: row, column: used + 4, style: .focus)
      canvas.frame.cursor = Position(row: row, column: min(used + 4, canvas.width - 1))
    }
  }

  private func draw(
    _ field: FieldLine, at row: Int, isActive: Bool, _ grid: Grid, rows: Range<Int>, on canvas: inout Canvas
  ) {
    if field.number > 0 {
      canvas.put(Self.right(field.number, 3), row: row, column: 1, style: isActive ? .focus : .muted)
    }
    for (offset, part) in canvas.columns.wrap(field.label, to: grid.label).enumerated()
    where row + offset < rows.upperBound {
      canvas.put(part, row: row + offset, column: 5, columnsMax: grid.label, style: isActive ? .title : .label)
    }
    if field.isRequired, field.shown.isEmpty { canvas.put("*", row: row, column: grid.value - 2, style: .warning) }
    if isActive, let editor {
      drawEditor(editor, field.proposal, row: row, grid, on: &canvas)
      let first = row + max(1, canvas.columns.wrap(field.label, to: grid.label).count)
      for (offset, choices) in choiceRows(grid, canvas.columns).enumerated() where first + offset < rows.upperBound {
        canvas.put(choices, row: first + offset, column: 7, style: .hint)
      }
      return
    }
    let text = field.code.isEmpty ? field.shown : "[\(Self.right(field.code, 2))] \(field.shown)"
    var style: Style = field.proposal == nil ? .value : .muted
    if !field.canBeTyped { style = .plain }
    var mark = field.proposal.map { "  (" + Words.Visit.source($0) + ")" } ?? ""
    if !remarks.isEmpty, remark(at: field.path) != nil { mark += "  " + Words.Visit.remarkMark }
    let room = max(1, canvas.width - grid.value - canvas.columns.width(of: mark))
    let used = canvas.put(text, row: row, column: grid.value, columnsMax: room, style: style)
    canvas.put(mark, row: row, column: grid.value + used, style: .muted)
  }

  /// `proposal`: where the field's value comes from, when it stands in for an answer.
  func drawEditor(
    _ field: FieldEditor, _ proposal: Prefill.Source?, row: Int, _ grid: Grid, on canvas: inout Canvas
  ) {
    let room = canvas.width - grid.value - 1
    guard field.kind.isChoice else {
      // The value comes first; the note is as long as what is left allows.
      let width = min(room, field.columnsWanted ?? max(12, room - 10))
      let note = FieldNote.text(of: field, today: today, room: room - width - 2, columns: canvas.columns)
      canvas.put(field.line, row: row, column: grid.value, columnsMax: width)
      canvas.put(note, row: row, column: grid.value + width + 2, style: .hint)
      if note.isEmpty, let proposal, !field.isDirty {
        canvas.put("(" + Words.Visit.source(proposal) + ")", row: row, column: grid.value + width + 2, style: .muted)
      }
      return
    }
    canvas.put("[", row: row, column: grid.value)
    let typed = field.line.text.isEmpty ? field.shownCode : field.line.text
    let width = max(2, min(12, canvas.columns.width(of: typed)))
    let shown = field.line.text.isEmpty ? Self.right(typed, width) : canvas.columns.pad(typed, to: width)
    canvas.put(shown, row: row, column: grid.value + 1, style: .focus)
    canvas.put("]", row: row, column: grid.value + 1 + width)
    let offset = field.line.text.isEmpty ? 0 : canvas.columns.width(of: typed)
    canvas.frame.cursor = Position(row: row, column: min(grid.value + 1 + min(offset, width), canvas.width - 1))
    var label = field.shownLabel
    if let proposal, !field.isDirty, !label.isEmpty {
      label += "  (" + Words.Visit.source(proposal) + ")"
    }
    canvas.put(
      label, row: row, column: grid.value + width + 3, style: proposal == nil || field.isDirty ? .value : .muted)
  }

  /// The choices under the active field, in columns as wide as the longest.
  func choiceRows(_ grid: Grid, _ columns: Columns) -> [String] {
    guard let editor, editor.kind.isChoice else { return [] }
    let filter = editor.line.text
    let entries = editor.choices.matching(filter)
    let cells = entries.map { entry in
      (editor.picked.contains(entry.value) ? "*" : " ") + Self.right(entry.code, entries.count > 9 ? 2 : 1) + " "
        + entry.label
    }
    let room = grid.width - 8
    let width = min(room, (cells.map { columns.width(of: $0) }.max() ?? 1) + 1)
    let perRow = max(1, room / max(1, width))
    let rows = stride(from: 0, to: cells.count, by: perRow).map { first in
      cells[first..<min(first + perRow, cells.count)].map { columns.pad($0, to: width) }.joined()
    }
    guard rows.count > Limits.choiceLinesMax else { return rows }
    // The last line says that there is more.
    let perPage = Limits.choiceLinesMax - 1
    let pages = (rows.count + perPage - 1) / perPage
    let page = ((editor.choicePage % pages) + pages) % pages
    let shown = rows[(page * perPage)..<min((page + 1) * perPage, rows.count)]
    return shown + [" " + Words.Visit.choicePage(page + 1, of: pages)]
  }

  static func right(_ number: Int, _ width: Int) -> String { right(String(number), width) }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }
}

extension FieldEditor {
  /// Columns for the text of a field of fixed length, with one for the cursor; a date is typed as 20261124 and shown as 2026-11-24.
  var columnsWanted: Int? { kind == .date ? 11 : fixedLength.map { $0 + 1 } }

  /// The code shown in the brackets while nothing is typed.
  var shownCode: String {
    kind == .chooseMany ? "" : chosen.first?.code ?? ""
  }

  /// The choice or choices taken so far, as people read them.
  var shownLabel: String {
    chosen.map { kind == .chooseMany ? "\($0.code) \($0.label)" : $0.label }.joined(separator: "  ")
  }

  private var chosen: [ChoiceList.Entry] {
    if kind == .chooseMany { return picked.compactMap(choices.entry(value:)) }
    if let value = picked.first { return choices.entry(value: value).map { [$0] } ?? [] }
    if isDirty { return [] }
    let value = question.value.isEmpty ? proposal ?? "" : question.value
    return choices.entry(value: value).map { [$0] } ?? []
  }
}
