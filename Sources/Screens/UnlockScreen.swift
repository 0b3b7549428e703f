// UnlockScreen: the passphrase. A wrong one says so, and the next try waits as long as the runner says; while it
// waits the typed text stays and Enter only repeats how long.

import Terminal

struct UnlockScreen: Screen {
  var message: Message?
  private var line = LineEditor("", charactersMax: Limits.promptCharacters)
  private var secondsLeft = 0
  private var isWorking = false

  init() {}

  var keyContext: KeyContext { .text }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.accept):
      guard !isWorking else { return Step() }
      guard secondsLeft == 0 else {
        message = .wait(secondsLeft)
        return .beep
      }
      guard !line.text.isEmpty else {
        message = .emptyField
        return .beep
      }
      isWorking = true
      message = .working
      let secret = Secret(line.text)
      line = LineEditor("", charactersMax: Limits.promptCharacters)
      return Step([.unlock(secret)])
    case .command(.back): return Step(move: .push(QuitScreen()))
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .command(.clear): line = LineEditor("", charactersMax: Limits.promptCharacters)
    case .key(let key):
      guard line.apply(key) else { return .beep }
      if secondsLeft == 0 { message = nil }
    case .paste(let text): _ = line.insert(text)
    case .command: return .beep
    case .idle, .leaving: break
    }
    return Step()
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .passphraseWrong(let seconds):
      isWorking = false
      secondsLeft = max(0, seconds)
      message = seconds > 0 ? .wait(seconds) : .passphraseWrong
      return .beep
    case .waiting(let seconds):
      secondsLeft = max(0, seconds)
      message = seconds > 0 ? .wait(seconds) : .passphraseWrong
    case .cannotOpen(let fault):
      isWorking = false
      message = .opened(fault)
      return .beep
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.program, right: Words.Unlock.title)
    canvas.put(Words.Unlock.explain, row: 4, column: 4)
    canvas.put(Words.Unlock.forgotten, row: 9, column: 4, style: .muted)
    let used = canvas.put(Words.Unlock.prompt, row: 6, column: 4, style: .label)
    canvas.put(line, row: 6, column: 4 + used, columnsMax: 32, isSecret: true)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
