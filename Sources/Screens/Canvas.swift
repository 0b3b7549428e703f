// Canvas: a frame and where the parts of a screen stand on it:
//   row 0            title: where one is, what is saved, what waits for upload
//   rows 1 … R-4     body
//   row R-3          message line
//   rows    hint bar, from KeyTable
// The chrome is ASCII, spaces, Chinese words and reverse, bold or underline; no boxes, no character of ambiguous
// width.

import Terminal

struct Canvas {
  var frame: Frame
  let columns: Columns

  init(size: Size, columns: Columns) {
    frame = Frame(size: size, columns: columns)
    self.columns = columns
  }

  var width: Int { frame.size.columns }
  /// First row of the body and the row after its last.
  var body: Range<Int> { 1..<max(1, frame.size.rows - 3) }
  var messageRow: Int { frame.size.rows - 3 }

  mutating func title(_ left: String, right: String) {
    frame.fill(row: 0, style: .title)
    let rightWidth = min(columns.width(of: right), width)
    frame.put(" " + left, row: 0, column: 0, columnsMax: max(0, width - rightWidth - 2), style: .title)
    frame.put(right, row: 0, column: max(0, width - rightWidth - 1), style: .title)
  }

  mutating func message(_ message: Message?) {
    guard let message else { return }
    frame.put(" " + message.sentence, row: messageRow, column: 0, columnsMax: width, style: message.style)
  }

  mutating func hint(_ text: String) {
    frame.put(" " + text, row: messageRow, column: 0, columnsMax: width, style: .hint)
  }

  /// Two rows of keys; a key whose label does not fit any more is left to the help page.
  mutating func hints(in context: KeyContext) {
    var row = frame.size.rows - 2
    var column = 1
    for hint in KeyTable.hints(in: context) {
      let needed = columns.width(of: hint.key) + 1 + columns.width(of: hint.label)
      if column + needed > width {
        row += 1
        column = 1
      }
      guard row < frame.size.rows, column + needed <= width else { return }
      column += frame.put(hint.key, row: row, column: column, style: .hintKey)
      column += 1
      column += frame.put(hint.label, row: row, column: column, style: .hint) + 2
    }
  }

  /// A line of text in the body; gives the columns used.
  @discardableResult
  mutating func put(_ text: String, row: Int, column: Int, columnsMax: Int = .max, style: Style = .plain) -> Int {
    guard row >= 0, row < frame.size.rows, column >= 0, column < width else { return 0 }
    return frame.put(text, row: row, column: column, columnsMax: min(columnsMax, width - column), style: style)
  }

  /// A line editor with the cursor in it. Drawn without attributes: a key typed into reversed or underlined text costs the terminal sixteen
  /// bytes instead of one; what has the focus is shown by its number and label.
  mutating func put(
    _ line: LineEditor, row: Int, column: Int, columnsMax: Int, style: Style = .value, isSecret: Bool = false
  ) {
    let shownLine =
      isSecret
      ? {
        var stars = LineEditor(String(repeating: "*", count: line.text.count)); stars.cursor = line.cursor; return stars
      }()
      : line
    let room = max(1, min(columnsMax, width - column))
    let window = shownLine.window(columnsMax: room, columns: columns)
    let used = put(window.text, row: row, column: column, columnsMax: room, style: style)
    frame.blank(row: row, column: column + used, columns: room - used, style: style)
    frame.cursor = Position(row: row, column: min(column + window.cursorColumn, width - 1))
  }
}

extension Message {
  var style: Style {
    switch kind {
    case .fact: .plain
    case .caution: .warning
    case .error: .error
    }
  }
}
