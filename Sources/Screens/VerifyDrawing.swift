// VerifyDrawing: the differences of two typings in four columns: what is asked, what either says, which one counts. Nothing is cut off:
// whoever chooses must see both whole.

import Terminal
import XForm

extension VisitScreen {
  func drawDifferences(_ list: DifferenceList, on canvas: inout Canvas) {
    canvas.title(headline + "  " + Words.Verify.listTitle(list.entry.differences.count), right: savedText)
    let grid = DifferenceGrid(width: canvas.width)
    Chrome.header(zip([1] + grid.columns, Words.Verify.columns).map { ($0, $1) }, on: &canvas)
    var rows: [(cells: [String], index: Int)] = []
    for (index, difference) in list.entry.differences.enumerated() {
      let isAsked = list.entry.isAsked(difference, in: list.merged)
      let texts = [difference.label, difference.first, difference.second, Words.Verify.right(right(difference), isAsked: isAsked)]
      let parts = zip(texts, grid.widths).map { canvas.columns.wrap($0, to: $1) }
      for line in 0..<max(1, parts.map(\.count).max() ?? 1) {
        rows.append((parts.map { line < $0.count ? $0[line] : "" }, index))
      }
    }
    let body = (canvas.body.lowerBound + 1)..<canvas.body.upperBound
    let focus = rows.firstIndex { $0.index == list.cursor.selected } ?? 0
    let first = max(0, min(focus - body.count / 2, rows.count - body.count))
    for (row, line) in zip(body, rows.dropFirst(first)) {
      let isSelected = line.index == list.cursor.selected
      if isSelected {
        canvas.frame.fill(row: row, style: .selected)
        if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: row, column: 0) }
      }
      for (cell, column) in zip(line.cells, [1] + grid.columns) {
        canvas.put(cell, row: row, column: column, style: isSelected ? .selected : .plain)
      }
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: body.lowerBound, column: 0) }
    if let message { canvas.message(message) } else { canvas.hint(Words.Verify.hint) }
    canvas.hints(in: keyContext)
  }
}

private struct DifferenceGrid {
  /// Of label, first and second value, choice.
  let widths: [Int]
  /// Where the second to the fourth begin.
  let columns: [Int]

  init(width: Int) {
    let last = 6
    let label = width >= 76 ? 24 : 16
    let value = (width - 1 - label - last - 6) / 2
    widths = [label, value, value, last]
    columns = [label + 3, label + value + 5, label + 2 * value + 7]
  }
}
