// ReceiptScreen: the visit is written; its number is for the printed form.

import Relief
import Terminal

struct ReceiptScreen: Screen {
  let receipt: Receipt
  let household: String
  /// A visit or its amendment, not another form.
  let isVisit: Bool
  /// The household the visit was to, and what the visit may mean; nothing for another form, or where nobody was met.
  let subject: String?
  let suggested: [ScreeningScreen.Line]
  /// It is red and nobody has acknowledged it: it must not wait for the evening.
  let isRed: Bool
  /// It was written from 办理 or a ledger, and goes back there.
  let goesBack: Bool
  var message: Message?

  init(
    _ receipt: Receipt, household: String, isVisit: Bool = true, goesBack: Bool = false, subject: String? = nil,
    _ workspace: Workspace? = nil
  ) {
    self.goesBack = goesBack
    self.receipt = receipt
    self.household = household
    self.isVisit = isVisit
    self.subject = subject
    suggested =
      if let subject, let workspace, let visit = workspace.register.visit(receipt.record), visit.isMet {
        ScreeningScreen.suggestions(of: visit, subject, workspace)
      } else {
        []
      }
    isRed = workspace.map { Self.isRed(receipt.record, $0) } ?? false
  }

  private static func isRed(_ record: String, _ workspace: Workspace) -> Bool {
    guard let matter = workspace.register.redMatter(record, now: workspace.now, workspace.rules.clocks) else { return false }
    return if case .acknowledged = matter.stage { false } else { true }
  }

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: goesBack ? .pop : .home)
    case .key(.character(let scalar)) where Folding.digit(scalar) == "1": return Step(move: goesBack ? .pop : .home)
    case .key(.character(let scalar)) where Folding.digit(scalar) == "2":
      guard let subject, !suggested.isEmpty, let workspace else { return .beep }
      return Step(move: .push(ScreeningScreen(subject, workspace)))
    case .key(.character(let scalar)) where Folding.digit(scalar) == "3":
      guard let warning = unanswered(workspace) else { return .beep }
      return Step(move: .push(WarningScreen(warning, workspace)))
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  /// The warning that the village has in hand and this visit did not answer: its form was begun before the warning came.
  private func unanswered(_ workspace: Workspace?) -> String? {
    guard let subject, let workspace, workspace.register.visit(receipt.record)?.isMet == true,
      let warning = workspace.register.openWarning(of: subject), warning.state.isWithVillage
    else { return nil }
    return warning.id
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(
      isVisit ? Words.Receipt.title : Words.Receipt.recordTitle, right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    canvas.put(household, row: 3, column: 4)
    let used = canvas.put(Words.Receipt.number + "  ", row: 5, column: 4, style: .label)
    canvas.put(receipt.number, row: 5, column: 4 + used, style: .title)
    // Only a visit has a printed form to copy it onto.
    if isVisit { canvas.put(Words.Receipt.copyIt, row: 7, column: 4) }
    canvas.put(Words.Receipt.kept, row: 8, column: 4)
    if isRed { canvas.put(Words.Receipt.red, row: 9, column: 4, style: .warning) }
    let next = goesBack ? Words.Receipt.back : suggested.isEmpty ? Words.Receipt.next : Words.Receipt.nextOrWhy
    canvas.put(next, row: 10, column: 4)
    if unanswered(workspace) != nil { canvas.put(Words.Receipt.warning, row: 11, column: 4, style: .warning) }
    var row = 12
    for line in suggested {
      for part in canvas.columns.wrap(line.text, to: canvas.width - 8) where row < canvas.body.upperBound {
        canvas.put(part, row: row, column: 4, style: line.style)
        row += 1
      }
    }
    canvas.frame.cursor = Position(row: 5, column: 4 + used)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
