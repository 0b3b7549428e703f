// DiscardScreen: 丢弃草稿: throws a draft away, after asking; where a household has several, first which. The safe answer is first.

import Relief
import Terminal

struct DiscardScreen: Screen {
  let drafts: [DraftSummary]
  /// The draft the question is about.
  private(set) var asked: DraftSummary?
  private var isWorking = false
  var message: Message?

  init(_ drafts: [DraftSummary]) {
    self.drafts = drafts
    asked = drafts.count == 1 ? drafts[0] : nil
  }

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    if input == .idle || input == .leaving { return Step() }
    guard !isWorking else { return .beep }
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.accept): return asked == nil ? .beep : Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)) else { return .beep }
      return choose(number)
    default: return .beep
    }
  }

  private mutating func choose(_ number: Int) -> Step {
    message = nil
    guard let asked else {
      guard drafts.indices.contains(number - 1) else { return .beep }
      self.asked = drafts[number - 1]
      return Step()
    }
    switch number {
    case 1: return Step(move: .pop)
    case 2:
      isWorking = true
      message = .working
      return Step([.discardDraft(id: asked.id)])
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    guard case .draftNotDiscarded(let id, let fault) = event, id == asked?.id else { return Step() }
    isWorking = false
    message = .notDiscarded(fault)
    return .beep
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Discard.title, right: "")
    guard let asked else {
      canvas.put(Words.Discard.which, row: 3, column: 4)
      for (index, draft) in drafts.enumerated() where 5 + index < canvas.body.upperBound {
        canvas.put("\(index + 1) \(Words.Discard.name(draft, workspace))", row: 5 + index, column: 4)
      }
      canvas.frame.cursor = Position(row: 5, column: 4)
      canvas.message(message)
      canvas.hints(in: keyContext)
      return
    }
    canvas.put(Words.Discard.name(asked, workspace), row: 3, column: 4, columnsMax: canvas.width - 6)
    canvas.put(Words.Discard.gone, row: 4, column: 4)
    canvas.put(Words.Discard.keep, row: 6, column: 4, style: .selected)
    canvas.put(Words.Discard.discard, row: 7, column: 4)
    canvas.frame.cursor = Position(row: 6, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}

extension DraftSummary {
  /// Neither a visit nor anything that is said of one.
  var isRecord: Bool { if case .record = beginning.purpose { true } else { false } }
}

extension Workspace {
  /// Whether this person's role writes what a draft is to become.
  func mayType(_ draft: DraftSummary) -> Bool {
    guard case .record(let type) = draft.beginning.purpose else { return identity.role.writesVisits }
    return identity.role.writes(RecordType(rawValue: type))
  }

  /// Every draft about a household, visits first, in the order of their ids otherwise.
  func drafts(of household: String) -> [DraftSummary] {
    let own = drafts.filter { $0.beginning.household == household }
    return own.filter { $0.beginning.purpose == .visit } + own.filter { $0.beginning.purpose != .visit }
  }
}
