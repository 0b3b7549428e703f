// HouseholdScreen: what can be done with one household, by digits: type, go on, read, amend. And the reason of an
// amendment.

import Relief
import Terminal

struct HouseholdScreen: Screen {
  enum Act: Equatable, Sendable {
    case visit, visitAgain, resume(DraftSummary), discard, read(record: String), amend(record: String)
    case forms, cases, screening, history, list, verify(record: String), warning(String)
  }

  let household: String
  var message: Message?
  /// What to say when the screen above has written its record.
  private var whenWritten: Message?
  private var cursor = ListCursor()

  init(_ household: String) { self.household = household }

  var keyContext: KeyContext { .pick }

  func acts(_ workspace: Workspace?) -> [Act] {
    guard let workspace else { return [] }
    var acts: [Act] = []
    let last = workspace.register.visits(of: household).first
    let drafts = workspace.drafts(of: household)
    acts += drafts.filter(workspace.mayType).prefix(Limits.householdDraftsMax).map(Act.resume)
    if workspace.identity.role.writesVisits {
      // One visit is typed at a time; what was begun is gone on with, or thrown away.
      if !drafts.contains(where: { $0.beginning.purpose == .visit }) {
        acts.append(last?.date == CivilDate(workspace.today) ? .visitAgain : .visit)
      }
    }
    if let last, last.hasSubmission { acts.append(.read(record: last.record)) }
    // Nobody is offered what the county would not count.
    if let wrong = returned(workspace) ?? last, wrong.hasSubmission, workspace.identity.role.writesVisits,
      workspace.identity.role.mayReplace(.visit, isOwn: wrong.author.person == workspace.identity.person)
    {
      // What came back asks to be amended, not for a second visit: Enter on it is the answer.
      let isAsked = wrong.record == last?.record && wrong.review?.verdict == .returned && drafts.isEmpty
      acts.insert(.amend(record: wrong.record), at: isAsked ? 0 : acts.count)
    }
    if let warning = workspace.register.openWarning(of: household) { acts.append(.warning(warning.id)) }
    if last != nil { acts.append(.screening) }
    if workspace.register.household(household) != nil { acts.append(.history) }
    if !FormsScreen(household: household, workspace).rows.isEmpty { acts.append(.forms) }
    if workspace.identity.role.writes(.caseStep) { acts.append(.cases) }
    if workspace.identity.role.writes(.sweep), !isListed(workspace) { acts.append(.list) }
    // One thing is typed at a time; and who wrote the paper has it at hand.
    if let last, last.hasSubmission, drafts.isEmpty, last.verification == nil, workspace.identity.role.writes(.verification),
      last.author.person == workspace.identity.person
    {
      acts.append(.verify(record: last.record))
    }
    if !drafts.isEmpty { acts.append(.discard) }
    return acts
  }

  /// The visit that came back and waits for its amendment, though somebody was there since.
  private func returned(_ workspace: Workspace) -> Relief.Visit? {
    workspace.register.visits(of: household).first { $0.review?.verdict == .returned && $0.hasSubmission }
  }

  /// Whether a list has the household today; one that has no division yet cannot be listed either.
  private func isListed(_ workspace: Workspace) -> Bool {
    guard let today = CivilDate(workspace.today), let division = workspace.register.household(household)?.division else { return true }
    return workspace.register.sweep(on: today, in: division).contains { $0.household.id == household }
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.accept): return take(cursor.selected, workspace)
    case .command(.help): return Step(move: .push(HelpScreen(context: keyContext)))
    case .command(let command):
      message = nil
      return cursor.move(command, count: acts(workspace).count) ? Step() : .beep
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)) else { return .beep }
      return take(number - 1, workspace)
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if case .written = event { message = whenWritten }
    return Step()
  }

  private mutating func take(_ index: Int, _ workspace: Workspace?) -> Step {
    let acts = acts(workspace)
    guard acts.indices.contains(index) else {
      // Enter where there is less than there was stands on the last.
      cursor.selected = max(0, acts.count - 1)
      return .beep
    }
    cursor.selected = index
    message = nil
    whenWritten = nil
    switch acts[index] {
    case .visit, .visitAgain: return Step(move: .open(.visit(household: household)))
    case .resume(let draft): return Step(move: .open(.draft(draft)))
    case .discard: return Step(move: .push(DiscardScreen(workspace?.drafts(of: household) ?? [])))
    case .read(let record): return Step(move: .open(.read(record: record)))
    case .verify(let record): return Step(move: .open(.verify(record: record)))
    case .amend(let record): return Step(move: .push(AmendScreen(record, workspace)))
    case .screening:
      guard let workspace else { return .beep }
      return Step(move: .push(ScreeningScreen(household, workspace)))
    case .history:
      guard let workspace else { return .beep }
      return Step(move: .push(HistoryScreen(household, workspace)))
    case .warning(let id):
      whenWritten = .warningTaken
      return Step(move: .push(WarningScreen(id, workspace)))
    case .cases: return Step(move: .push(CaseScreen(household, workspace)))
    case .list:
      whenWritten = .listed(1)
      return Step(move: .push(ListingScreen(household)))
    case .forms: return Step(move: .push(FormsScreen(household: household, workspace)))
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let known = workspace?.register.household(household)
    let village = workspace.flatMap { workspace in known.map { Chrome.village(of: $0, workspace) } } ?? ""
    canvas.title("\(village) \(known?.headName ?? Words.Today.unknownHead)", right: Words.Household.title)
    let acts = acts(workspace)
    // There may be fewer than there were: a draft was finished or thrown away.
    let selected = max(0, min(cursor.selected, acts.count - 1))
    for (index, act) in acts.enumerated() {
      canvas.put("\(index + 1) \(text(act, workspace))", row: 3 + index, column: 4, style: index == selected ? .selected : .plain)
    }
    let last = workspace.flatMap { returned($0) ?? $0.register.visits(of: household).first }
    if let last, let review = last.review, let reason = review.reason {
      canvas.put(Words.DayList.review(review.verdict) + "：" + reason, row: max(8, 4 + acts.count), column: 4, style: .warning)
    }
    canvas.frame.cursor = Position(row: 3 + selected, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }

  private func text(_ act: Act, _ workspace: Workspace?) -> String {
    switch act {
    case .visit: Words.Household.visit
    case .visitAgain: Words.Household.visitAgain
    case .resume(let draft): Words.Household.resume(Words.Discard.kind(draft, workspace))
    case .discard: Words.Household.discard(workspace?.drafts(of: household).count ?? 0)
    case .read: Words.Household.read
    case .amend(let record):
      workspace?.register.visits(of: household).first?.record == record ? Words.Household.amend : Words.Household.amendReturned
    case .verify: Words.Verify.act
    case .forms: Words.Household.forms
    case .warning: Words.Warnings.title
    case .cases: Words.Household.cases
    case .screening: Words.Household.screening
    case .history: Words.History.title
    case .list: Words.Household.list
    }
  }
}

/// Asks why a finished visit is written again; the reason goes into the record.
struct AmendScreen: PromptScreen {
  let record: String
  var message: Message?
  var line = LineEditor("", charactersMax: Limits.promptCharacters)

  /// A visit that came back is amended because of what the reviewer wrote: that is the reason, unless somebody writes another.
  init(_ record: String, _ workspace: Workspace?) {
    self.record = record
    guard let review = workspace?.register.review(of: record), review.verdict == .returned, let reason = review.reason else { return }
    line = LineEditor(Words.Today.returnedBecause(reason), charactersMax: Limits.promptCharacters)
  }

  var keyContext: KeyContext { .text }

  mutating func accept(_ text: String, in workspace: Workspace?) -> Step {
    Step(move: .open(.amend(record: record, reason: text)))
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Household.reasonTitle, right: "")
    let used = canvas.put(Words.Household.reason, row: 3, column: 4, style: .label)
    canvas.put(line, row: 3, column: 4 + used, columnsMax: canvas.width - used - 6)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
