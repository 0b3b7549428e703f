// ListingScreen: 列入名单: one household on today's list by hand, with the reason somebody will read tomorrow.

import Relief
import Terminal

struct ListingScreen: PromptScreen, RecordScreen {
  let household: String
  var message: Message?
  var line = LineEditor("", charactersMax: Limits.promptCharacters)

  init(_ household: String) { self.household = household }

  var keyContext: KeyContext { .text }

  mutating func accept(_ text: String, in workspace: Workspace?) -> Step {
    guard let workspace, let record = SweepPlan.adding(household, because: text, workspace) else { return .beep }
    return Step([.write([record])])
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
