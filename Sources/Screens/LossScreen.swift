// LossScreen: shown once the data is open and records that had been saved are lost: which, and what to do. It comes at every opening
// until somebody says that they know.

import Terminal

/// Saved records that the disk lost, of one journal.
public struct LostVisits: Equatable, Sendable {
  /// Their numbers as ranges, `2,5-9`: the end of the receipt numbers on paper.
  public var numbers: String
  public var count: Int
  /// How many of them the county has.
  public var uploaded: Int
  /// Whether more was saved behind these is not known.
  public var isTailUnknown: Bool

  public init(numbers: String, count: Int, uploaded: Int = 0, isTailUnknown: Bool = false) {
    self.numbers = numbers
    self.count = count
    self.uploaded = uploaded
    self.isTailUnknown = isTailUnknown
  }
}

struct LossScreen: Screen {
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
      case "2": return Step([.confirmLosses])
      default: return .beep
      }
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .lossesConfirmed: return Step(move: .pop)
    case .lossesNotConfirmed(let fault):
      message = .saveFailed(fault)
      return .beep
    default: return Step()
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Loss.title, right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    var row = 2
    func say(_ text: String, _ style: Style = .plain) {
      for part in canvas.columns.wrap(text, to: canvas.width - 8) where row < canvas.body.upperBound - 3 {
        canvas.put(part, row: row, column: 4, style: style)
        row += 1
      }
    }
    for lost in workspace?.losses ?? [] { say(Words.Loss.sentence(lost), .error) }
    row += 1
    for line in Words.Loss.whatToDo { say(line) }
    row += 1
    canvas.frame.cursor = Position(row: row, column: 4)
    canvas.put(Words.Loss.later, row: row, column: 4, style: .selected)
    canvas.put(Words.Loss.known, row: row + 1, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
