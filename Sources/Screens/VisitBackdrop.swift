// VisitBackdrop: while characters are typed into a text field, nothing on the screen changes but that field. The screen as it was drawn
// for the first of them is kept, and each further key draws the field over a copy of it. Measured on a machine whose caches other
// programs have emptied, as between two keys of a person they always are, this is a third of the time a key takes.
//
// What else is on the screen drops the backdrop when it changes: outline, sheet, place, section and mode by their observers, the word
// about saving and the message by comparison. `Program.frame(size:)` never uses it, and the tests compare the two after every key.

import Terminal

extension VisitScreen {
  struct Backdrop: Sendable {
    var canvas: Canvas
    /// What the title and the message line say on it.
    var saved: String
    var message: Message?
    /// The row of the active field, and where its value comes from.
    var row: Int
    var proposal: Prefill.Source?
  }

  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    if let editor, let backdrop, backdrop.canvas.frame.size == size, backdrop.saved == savedText, backdrop.message == message {
      var canvas = backdrop.canvas
      drawEditor(editor, backdrop.proposal, row: backdrop.row, Grid(width: canvas.width), on: &canvas)
      return canvas.frame
    }
    var canvas = Canvas(size: size, columns: columns)
    let row = drawAll(on: &canvas)
    backdrop = row.flatMap { keep(canvas, row: $0) }
    return canvas.frame
  }

  /// A choice list grows and shrinks with what is typed, and a prompt has a line of its own: neither has a backdrop.
  private func keep(_ canvas: Canvas, row: Int) -> Backdrop? {
    guard mode == .typing, let editor, !editor.kind.isChoice, let place else { return nil }
    var canvas = canvas
    // What the field says now may be longer than what it says next.
    let value = Grid(width: canvas.width).value
    canvas.put(String(repeating: " ", count: max(0, canvas.width - value)), row: row, column: value)
    for case .field(let line) in sheet.lines where .field(line.path) == place {
      return Backdrop(canvas: canvas, saved: savedText, message: message, row: row, proposal: line.proposal)
    }
    return nil
  }
}
