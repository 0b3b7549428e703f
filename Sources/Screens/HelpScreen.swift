// HelpScreen: F1: what the field is for, in the form's own words, and the keys that mean something where it was
// pressed.

import Terminal
import XForm

struct HelpScreen: Screen {
  let context: KeyContext
  let question: Question?
  var message: Message?
  private var scroll = PageScroll()

  init(context: KeyContext, question: Question? = nil) {
    self.context = context
    self.question = question
  }

  var keyContext: KeyContext { .help }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept), .command(.help): return Step(move: .pop)
    case .command(let command): _ = scroll.take(command)
    default: break
    }
    return Step()
  }

  private func lines(width: Int, columns: Columns) -> [(text: String, style: Style)] {
    var lines: [(String, Style)] = []
    if let question {
      lines.append((Words.Help.field + question.label, .title))
      for text in [question.hint, question.guidance].compactMap({ $0 }) where !text.isEmpty {
        lines += columns.wrap(Words.Help.guidance + text, to: width).map { ($0, .plain) }
      }
      if let purpose = question.attributes["purpose"], !purpose.isEmpty {
        lines += columns.wrap(Words.Help.purpose + purpose, to: width).map { ($0, .plain) }
      }
      lines.append(("", .plain))
    }
    if let about = Words.Help.about(context) {
      lines += columns.wrap(about, to: width).map { ($0, .plain) }
      lines.append(("", .plain))
    }
    lines.append((Words.Help.keys, .title))
    for binding in KeyTable.bindings where binding.contexts.contains(context) {
      let keys = binding.keys.map(KeyTable.name(of:)).joined(separator: " ")
      let head = columns.pad(keys, to: 16) + columns.pad(binding.label, to: 10)
      let notes = columns.wrap(Words.Help.note(binding, context), to: max(20, width - 26))
      for (index, note) in notes.enumerated() {
        lines.append(((index == 0 ? head : String(repeating: " ", count: 26)) + note, .plain))
      }
    }
    return lines
  }

  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    var canvas = Canvas(size: size, columns: columns)
    scroll.lay(rows: lines(width: canvas.width - 2, columns: columns).count, in: canvas.body.count)
    draw(on: &canvas, in: workspace)
    return canvas.frame
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Help.title, right: Words.Help.leave)
    var row = canvas.body.lowerBound
    for line in lines(width: canvas.width - 2, columns: canvas.columns).dropFirst(scroll.top) where row < canvas.body.upperBound {
      canvas.put(line.text, row: row, column: 1, style: line.style)
      row += 1
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0)
    canvas.hints(in: keyContext)
  }
}
