// ReceiptScreen: the visit is written; its number is for the printed form.

import Terminal

struct ReceiptScreen: Screen {
  let receipt: Receipt
  let household: String
  var message: Message?

  init(_ receipt: Receipt, household: String) {
    self.receipt = receipt
    self.household = household
  }

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: .home)
    case .key(.character(let scalar)) where Folding.digit(scalar) == "1": return Step(move: .home)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Receipt.title, right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    canvas.put(household, row: 3, column: 4)
    let used = canvas.put(Words.Receipt.number + "  ", row: 5, column: 4, style: .label)
    canvas.put(receipt.number, row: 5, column: 4 + used, style: .title)
    canvas.put(Words.Receipt.copyIt, row: 7, column: 4)
    canvas.put(Words.Receipt.kept, row: 8, column: 4)
    canvas.put(Words.Receipt.next, row: 10, column: 4)
    canvas.frame.cursor = Position(row: 5, column: 4 + used)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
