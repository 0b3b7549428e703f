// ListingScreen: 列入名单: one household on today's list by hand, with the reason somebody will read tomorrow.

import Relief
import Terminal

struct ListingScreen: Screen {
  let household: String
  var message: Message?
  private var line = LineEditor("", charactersMax: Limits.promptCharacters)

  init(_ household: String) { self.household = household }

  var keyContext: KeyContext { .text }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .command(.accept):
      let reason = Folding.trimmed(line.text)
      guard !reason.isEmpty else {
        message = .reasonNeeded
        return .beep
      }
      guard let workspace, let record = SweepPlan.adding(household, because: reason, workspace) else { return .beep }
      return Step([.write([record])])
    case .command(.clear): line = LineEditor("", charactersMax: Limits.promptCharacters)
    case .command: return .beep
    case .key(let key): if !line.apply(key) { return .beep }
    case .paste(let text):
      message = line.paste(text)
      if message != nil { return .beep }
    case .idle, .leaving: break
    }
    return Step()
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .written: return Step(move: .pop)
    case .notWritten(let fault): message = .saveFailed(fault)
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let head = workspace?.register.household(household)?.headName ?? Words.Today.unknownHead
    canvas.title("\(Words.Household.list)  \(head)", right: "")
    let used = canvas.put(Words.Sweep.reason, row: 3, column: 4, style: .label)
    canvas.put(line, row: 3, column: 4 + used, columnsMax: canvas.width - used - 6)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
