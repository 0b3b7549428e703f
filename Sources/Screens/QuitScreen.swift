// QuitScreen: leaving the program is asked once; the safe answer is first and is what Enter and Esc mean.

import Terminal

struct QuitScreen: Screen {
  var message: Message?

  init() {}

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .key(.character(let scalar)):
      switch Folding.digit(scalar) {
      case "1": return Step(move: .pop)
      case "2": return Step([.quit])
      default: return .beep
      }
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.program, right: Words.Quit.title)
    canvas.put(Words.Quit.kept, row: 3, column: 4)
    canvas.put(Words.Quit.stay, row: 5, column: 4, style: .selected)
    canvas.put(Words.Quit.leave, row: 6, column: 4)
    canvas.frame.cursor = Position(row: 5, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
