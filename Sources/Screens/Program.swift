// Program: the whole of what is on the screen, as one value. The runner's loop is
//
//     for effect in program.update(.terminal(terminal.wait())) { … carry it out, feed the outcome back as an event …
//     } terminal.show(program.frame(size: terminal.size))
//
// Effects are carried out in order, and their outcomes fed back before the next key; what a screen needs from the
// disk it asks for with an effect and gets as an event. Nothing here reads a clock, a file or the network.

public import Terminal
import Relief
import XForm

public struct Program: Sendable {
  /// What the laptop holds when the program starts.
  public enum Start: Sendable {
    /// There is a vault: ask for its passphrase.
    case locked
    /// There is nothing yet: practise or enrol.
    case firstRun
    /// It is open already (the practice village).
    case opened(Workspace)
  }

  private var stack: [any Screen]
  private var workspace: Workspace?
  /// What somebody wants to open, while the runner reads for it.
  private var pending: PendingOpening?
  /// The last word of the sync process, while it runs.
  private var sync: SyncScreen.State?
  /// The window is too small to show anything: nobody sees what a key would do.
  private var isHidden = false
  private let columns: Columns

  public init(_ start: Start, columns: Columns = .locale) {
    self.columns = columns
    switch start {
    case .locked: stack = [UnlockScreen()]
    case .firstRun: stack = [FirstRunScreen()]
    case .opened(let workspace):
      self.workspace = workspace
      stack = Self.firstScreens(workspace)
    }
  }

  /// How long the runner should wait for a key before it sends `Event.timeout`; nil: as long as it takes. Only typed
  /// and not yet accepted text wants it, so an idle program does nothing at all.
  public var timeoutMilliseconds: Int? { stack.last?.timeoutMilliseconds }

  // MARK: Update

  public mutating func update(_ event: ProgramEvent) -> [Effect] {
    switch event {
    case .terminal(let event): return update(event)
    case .opened(let workspace): return opened(workspace)
    case .finished(let draft, let receipt, let workspace):
      if let workspace { self.workspace = workspace } else { self.workspace?.drafts.removeAll { $0.id == draft } }
      let household = tellAll(event)
      return household + finished(draft, receipt)
    case .draftOpened(let id, let entries):
      guard case .draft(let draft)? = pending?.opening, draft.id == id else { return [] }
      pending?.entries = entries
      return readWhatIsNeeded()
    case .draftNotOpened(let id, let fault):
      guard case .draft(let draft)? = pending?.opening, draft.id == id else { return [] }
      return refuse(.opened(fault))
    case .submissionRead(let record, let xml):
      guard pending?.record == record else { return [] }
      pending?.submission = .some(xml)
      return begin()
    case .written(let workspace):
      if let workspace { self.workspace = workspace }
      return tellAll(event)
    case .saved(let draft):
      keepDraft(draft)
      return tellAll(event)
    case .draftDiscarded(let id): return discarded(id)
    case .sync(let news):
      sync = news.isOutcome ? nil : SyncScreen.State(news)
      return tellAll(event)
    default: return tellAll(event)
    }
  }

  private mutating func update(_ event: Event) -> [Effect] {
    let input: Input
    switch event {
    case .resized, .wake, .resumed, .readable: return []
    case .timeout: input = .idle
    case .hangup: return send(.leaving) + [.quit]
    case .paste(let text): input = .paste(text)
    case .key(let key):
      guard let context = stack.last?.keyContext else { return [] }
      switch KeyTable.meaning(of: key, in: context) {
      case .command(let command): input = .command(command)
      case .elsewhere:
        // What a menu asks stands in its message: it must stay to be read.
        if context != .menu { stack[stack.count - 1].message = .notHere(key) }
        return [.beep]
      case .none: input = .key(key)
      }
    }
    return send(input)
  }

  private mutating func send(_ input: Input) -> [Effect] {
    guard !stack.isEmpty else { return [] }
    if isHidden, !isTaken(unseen: input) { return [.beep] }
    let step = stack[stack.count - 1].update(input, in: workspace)
    return take(step)
  }

  /// What is typed into a field is not lost while the window is small; what acts on a screen that nobody sees does nothing.
  private func isTaken(unseen input: Input) -> Bool {
    switch input {
    case .idle, .leaving: true
    case .key, .paste: stack.last.map { [.text, .field].contains($0.keyContext) } ?? false
    case .command: false
    }
  }

  private mutating func tellAll(_ event: ProgramEvent) -> [Effect] {
    var effects: [Effect] = []
    var isOver = false
    for index in stack.indices {
      let step = stack[index].receive(event, in: workspace)
      effects += step.effects
      // Only the screen on top can say that it is done.
      if index == stack.count - 1, case .pop = step.move { isOver = stack.count > 1 }
    }
    if isOver { stack.removeLast() }
    return effects
  }

  /// What the relief rules refuse never becomes a record: the form stays open with the reason.
  private mutating func hold(_ step: inout Step) {
    for case .finishVisit(let visit) in step.effects {
      guard let workspace, let why = DeskCheck.refusal(visit.entities, household: visit.household, in: workspace),
        var screen = stack.last as? VisitScreen
      else { continue }
      step.effects.removeAll { if case .finishVisit = $0 { true } else { false } }
      step.effects.append(.beep)
      screen.refuseFinish(why)
      stack[stack.count - 1] = screen
    }
  }

  private mutating func take(_ step: Step) -> [Effect] {
    var step = step
    hold(&step)
    if step.effects.contains(.startSync) {
      if let sync {
        // One sync at a time: the key only shows how far it is.
        step.effects.removeAll { $0 == .startSync }
        step.move = .push(SyncScreen(sync))
      } else {
        sync = SyncScreen().state
      }
    }
    if let start = step.effects.firstIndex(where: { if case .startStick = $0 { true } else { false } }) {
      // Neither is begun while the other runs.
      if let sync {
        step.effects.remove(at: start)
        step.move = .replace(SyncScreen(sync))
      } else {
        sync = .exchanging
      }
    }
    forgetMessage(before: step.move)
    switch step.move {
    case .stay: return step.effects
    case .push(let screen): stack.append(screen)
    case .replace(let screen): stack[stack.count - 1] = screen
    case .pop: if stack.count > 1 { stack.removeLast() }
    case .home: leaveForm()
    case .open(let opening): return step.effects + open(opening)
    case .openAnyway: return step.effects + readWhatIsNeeded()
    case .cancelOpening:
      pending = nil
      stack.removeLast()
    }
    return step.effects
  }

  /// What a list said belongs to the moment: whoever goes on from it does not find it there again.
  private mutating func forgetMessage(before move: Step.Move) {
    guard stack.last is any ListScreen else { return }
    switch move {
    case .open: stack[stack.count - 1].message = nil
    case .push(let screen) where !(screen is HelpScreen): stack[stack.count - 1].message = nil
    default: break
    }
  }

  private static func home(_ workspace: Workspace) -> any Screen {
    if workspace.identity.role.worksAtDesk { return DeskScreen(workspace) }
    return workspace.identity.role.reviewsVisits ? EveningScreen(workspace) : TodayScreen(workspace)
  }

  /// The list, and before it what must be said first.
  private static func firstScreens(_ workspace: Workspace) -> [any Screen] {
    workspace.losses.isEmpty ? [home(workspace)] : [home(workspace), LossScreen()]
  }

  /// A form that 办理 or a ledger opened leads back there: the next household is the next line.
  private mutating func leaveForm() {
    guard let form = stack.last as? VisitScreen, case .record = form.saver.beginning.purpose, let below = stack.dropLast().last,
      below is CaseScreen || below is LedgersScreen
    else { return goHome() }
    stack.removeLast()
    if let workspace { _ = stack[stack.count - 1].receive(.opened(workspace), in: workspace) }
  }

  /// The list the work began at stays at the bottom of the stack.
  private mutating func goHome() {
    guard let workspace else { return }
    if stack.first is TodayScreen || stack.first is DayListScreen || stack.first is EveningScreen || stack.first is DeskScreen {
      stack.removeLast(stack.count - 1)
      _ = stack[0].receive(.opened(workspace), in: workspace)
    } else {
      stack = [Self.home(workspace)]
    }
  }

  private mutating func opened(_ workspace: Workspace) -> [Effect] {
    let isFirst = self.workspace == nil
    self.workspace = workspace
    if isFirst {
      stack = Self.firstScreens(workspace)
      return []
    }
    return tellAll(.opened(workspace))
  }

  private mutating func finished(_ draft: String, _ receipt: Receipt) -> [Effect] {
    guard let index = stack.lastIndex(where: { ($0 as? VisitScreen)?.saver.id == draft }),
      let visit = stack[index] as? VisitScreen
    else { return [] }
    stack.removeLast(stack.count - index)
    let beginning = visit.saver.beginning
    if case .verification = beginning.purpose, let outcome = visit.outcome {
      // No second visit, and no second number on the paper.
      if stack.isEmpty { goHome() }
      stack[stack.count - 1].message = .verified(outcome)
      return []
    }
    let isVisit = if case .record = beginning.purpose { false } else { true }
    let goesBack = !isVisit && (stack.last is CaseScreen || stack.last is LedgersScreen)
    stack.append(
      ReceiptScreen(
        receipt, household: visit.headline, isVisit: isVisit, goesBack: goesBack,
        subject: beginning.purpose == .visit ? beginning.household : nil, workspace))
    return []
  }

  private mutating func discarded(_ id: String) -> [Effect] {
    workspace?.drafts.removeAll { $0.id == id }
    if stack.last is DiscardScreen { stack.removeLast() }
    if !stack.isEmpty { stack[stack.count - 1].message = .draftDiscarded }
    return tellAll(.draftDiscarded(id: id))
  }

  /// A draft is on the list from its first entry on the disk; the runner sends a new workspace only when a record changed it.
  private mutating func keepDraft(_ id: String) {
    guard let visit = stack.lazy.compactMap({ $0 as? VisitScreen }).first(where: { $0.saver.id == id }), workspace != nil else { return }
    let summary = DraftSummary(id: id, beginning: visit.saver.beginning, words: visit.firstWords)
    if let index = workspace?.drafts.firstIndex(where: { $0.id == id }) {
      workspace?.drafts[index] = summary
    } else {
      workspace?.drafts.append(summary)
    }
  }

  // MARK: Opening

  private mutating func open(_ opening: Opening) -> [Effect] {
    guard let workspace else { return [.beep] }
    switch opening {
    case .read: break
    case .visit, .amend, .verify:
      guard workspace.identity.role.writesVisits else { return refuse(.mayNotVisit) }
    case .draft(let draft):
      guard workspace.mayType(draft) else { return refuse(draft.isRecord ? .mayNotWrite : .mayNotVisit) }
    case .form(let id, let household, let presets):
      guard let form = workspace.otherForms.first(where: { $0.key.id == id }) else { return refuse(.formMissing) }
      guard workspace.identity.role.writes(form.recordType) else { return refuse(.mayNotWrite) }
      if let draft = VisitBeginning(workspace, household: household, lastVisit: nil).begun(id, presets) {
        return go(to: .draft(draft), workspace, isContinued: true)
      }
    }
    return go(to: opening, workspace)
  }

  private mutating func go(to opening: Opening, _ workspace: Workspace, isContinued: Bool = false) -> [Effect] {
    pending = PendingOpening(opening, workspace, isContinued: isContinued)
    if case .full(let megabytes) = workspace.space, !isReading(opening) {
      stack.append(FullDiskScreen(megabytes: megabytes))
      return [.beep]
    }
    return readWhatIsNeeded()
  }

  private func isReading(_ opening: Opening) -> Bool { if case .read = opening { true } else { false } }

  /// Asks the runner for one thing after another, then begins.
  private mutating func readWhatIsNeeded() -> [Effect] {
    guard let pending else { return [] }
    if case .draft(let draft) = pending.opening, pending.entries == nil { return [.openDraft(id: draft.id)] }
    if let record = pending.record, pending.submission == nil { return [.readSubmission(record: record)] }
    return begin()
  }

  private mutating func begin() -> [Effect] {
    guard let pending, let workspace else { return [] }
    self.pending = nil
    if stack.last is FullDiskScreen { stack.removeLast() }
    switch pending.screen(workspace) {
    case .success(let screen):
      stack.append(screen)
      if pending.isContinued, screen.message == nil { stack[stack.count - 1].message = .continued }
      return []
    case .failure(let reason): return refuse(reason.message)
    }
  }

  private mutating func refuse(_ message: Message) -> [Effect] {
    pending = nil
    if stack.last is FullDiskScreen { stack.removeLast() }
    if !stack.isEmpty { stack[stack.count - 1].message = message }
    return [.beep]
  }

  /// The visit on top, for tests that follow the cursor.
  var visit: VisitScreen? { stack.last as? VisitScreen }
  var read: ReadScreen? { stack.last as? ReadScreen }

  // MARK: Frame

  /// The frame to show now, the same as `frame(size:)`; made from the one before it where a key changed only the text
  /// of a field.
  public mutating func nextFrame(size: Size) -> Frame {
    isHidden = !Self.isLarge(size)
    guard !isHidden, !stack.isEmpty else { return frame(size: size) }
    return stack[stack.count - 1].nextFrame(size: size, columns: columns, in: workspace)
  }

  private static func isLarge(_ size: Size) -> Bool { size.rows >= Limits.rowsMin && size.columns >= Limits.columnsMin }

  /// What is to be seen, drawn from the state alone.
  public func frame(size: Size) -> Frame {
    guard Self.isLarge(size) else {
      var frame = Frame(size: size, columns: columns)
      frame.put(Words.tooSmall, row: max(0, size.rows / 2), column: 0, columnsMax: size.columns)
      frame.cursor = Position(row: max(0, size.rows / 2), column: 0)
      return frame
    }
    var canvas = Canvas(size: size, columns: columns)
    stack.last?.draw(on: &canvas, in: workspace)
    return canvas.frame
  }
}
