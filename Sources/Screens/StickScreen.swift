// StickScreen: which stick to exchange with, where there is no way to the county. The exchange itself is shown by SyncScreen.

import Terminal

struct StickScreen: Screen {
  /// nil: they are being looked for.
  private(set) var sticks: [String]?
  var message: Message?

  init() {}

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .command(.accept): return choose(1)
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)) else { return .beep }
      return choose(number)
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  /// One of the sticks; where there is none, 1 looks again.
  private mutating func choose(_ number: Int) -> Step {
    guard let found = sticks else { return .beep }
    guard !found.isEmpty else {
      guard number == 1 else { return .beep }
      sticks = nil
      return Step([.findSticks])
    }
    guard found.indices.contains(number - 1) else { return .beep }
    return Step([.startStick(found[number - 1])], move: .replace(SyncScreen(.exchanging)))
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if case .sticks(let found) = event { sticks = Array(found.prefix(Limits.sticksMax)) }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Stick.title, right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    switch sticks {
    case nil: canvas.put(Words.Stick.looking, row: 3, column: 4)
    case []?:
      canvas.put(Words.Stick.none, row: 3, column: 4)
      canvas.put(Words.Stick.again, row: 5, column: 4)
    case let found?:
      canvas.put(Words.Stick.which, row: 3, column: 4)
      for (index, path) in found.enumerated() { canvas.put("\(index + 1) \(path)", row: 5 + index, column: 4, style: .value) }
    }
    canvas.frame.cursor = Position(row: 5, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
