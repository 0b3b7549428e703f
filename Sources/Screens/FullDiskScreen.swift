// FullDiskScreen: said before typing begins: what is typed now might not be kept. The safe answer is first.

import Terminal

struct FullDiskScreen: Screen {
  let megabytes: Int
  var message: Message?

  init(megabytes: Int) { self.megabytes = megabytes }

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: .cancelOpening)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .key(.character(let scalar)):
      switch Folding.digit(scalar) {
      case "1": return Step(move: .cancelOpening)
      case "2": return Step(move: .openAnyway)
      default: return .beep
      }
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Disk.title, right: "")
    canvas.put(Message.diskFull(megabytes).sentence, row: 3, column: 4, style: .error)
    canvas.put(Words.Disk.explain, row: 4, column: 4)
    canvas.put(Words.Disk.back, row: 6, column: 4, style: .selected)
    canvas.put(Words.Disk.anyway, row: 7, column: 4)
    canvas.frame.cursor = Position(row: 6, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
