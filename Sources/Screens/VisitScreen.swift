// VisitScreen: one visit being typed. It holds the session (a value: copying it is the undo), where the cursor is,
// and what of it is saved. Answers are in VisitAnswers, moves in VisitMoves, rows in VisitRows, finishing in
// VisitFinish, drawing in VisitDrawing; the second typing of a paper form ends in VisitVerify.
//
// Rules:
//  - every accepted act appends to the draft at once; 已保存 is shown only after the runner said so;
//  - a rejected answer changes nothing, stays on the screen, and holds further characters until it was looked at;
//  - moving between sections checks the field that is left, if something was typed in it, and nothing else; the whole
//    form is checked in one place, on finishing;
//  - Esc goes one step back and never loses anything.

import Terminal
import Derivation
import XForm

struct VisitScreen: Screen {
  /// What the keys go to.
  enum Mode: Equatable {
    case typing
    /// A field number is typed (跳到).
    case goTo(LineEditor)
    /// The reason of a forced answer is typed (强制通过).
    case reason(LineEditor, SoftWarning)
    /// A remark on the field is typed (备注).
    case remark(LineEditor, InstancePath)
    /// A row is about to be deleted: 1 keeps it, 2 deletes.
    case deleting(InstancePath)
    /// Somebody the register knows is about to be written down as gone: 1 changes nothing, 2 says so.
    case leaving(InstancePath)
    /// Soft checks are open on finishing: 1 goes back, 2 finishes.
    case confirming(open: [SoftWarning])
    /// The second typing is whole, and what differs from the first is being settled.
    case comparing(DifferenceList)
    /// The record is being written.
    case finishing

    static func == (one: Mode, other: Mode) -> Bool {
      switch (one, other) {
      case (.typing, .typing), (.finishing, .finishing), (.confirming, .confirming), (.comparing, .comparing): true
      case (.goTo(let left), .goTo(let right)): left == right
      case (.reason(let left, _), .reason(let right, _)): left == right
      case (.remark(let left, let one), .remark(let right, let other)): left == right && one == other
      case (.deleting(let left), .deleting(let right)): left == right
      case (.leaving(let left), .leaving(let right)): left == right
      default: false
      }
    }
  }

  /// What a sheet shows, beside the outline: which section, and which row is open.
  struct SheetSubject: Equatable, Sendable {
    var section: Int
    var open: InstancePath?
  }

  /// What 撤销 goes back to.
  struct UndoPoint: Sendable {
    var session: Session
    var prefill: Prefill
    var forced: [ForcedAnswer]
    var remarks: [Remark]
    var place: VisitPlace?
  }

  let form: VisitForm
  /// Divisions of the writer's grant.
  let scopes: [String]
  /// Village and head of the household, for the title.
  let headline: String
  let numbers: FieldNumbers
  var today: String
  /// Persons of the visit's rows whom the register knows from elsewhere: taking their row away would say nothing of them.
  let personsKnown: Set<String>
  /// 回车确认: every answer wants its Enter, also one that is complete.
  let confirmsEveryField: Bool

  var session: Session
  var prefill: Prefill
  var forced: [ForcedAnswer] = []
  /// At most one a question.
  var remarks: [Remark] = []
  /// What the form ends, as 办理 calls it: which risk, which slip. Said where a question has no hint of its own.
  var about: String?
  /// Why the visit that is written again came back.
  var comment: ReviewComment?
  /// Of a second typing: what it is compared with, what was found and settled so far by path, and what came of it.
  var firstTyping: FirstTyping?
  var compared: [String: Comparison] = [:]
  var outcome: ComparisonCounts?
  var undoPoints: [UndoPoint] = []
  var redoPoints: [UndoPoint] = []
  var saver: DraftSaver

  var outline: VisitOutline {
    didSet {
      sheetSubject = nil
      backdrop = nil
    }
  }
  var sectionIndex = 0 { didSet { backdrop = nil } }
  var sheet = VisitSheet() { didSet { backdrop = nil } }
  /// What the sheet was made of; nil: it must be made anew.
  var sheetSubject: SheetSubject?
  var place: VisitPlace? { didSet { backdrop = nil } }
  var editor: FieldEditor?
  /// Places the cursor came through, for going back the way it came.
  var visited: [VisitPlace] = []
  /// Sections that 无变化 was said of: there the cursor goes only where something must still be asked.
  var takenSections: Set<InstancePath> = []
  /// Questions that came up in such a section after 无变化 and were not passed yet.
  var broughtQuestions: Set<InstancePath> = []
  /// The section that 无变化 went on to: an answer there that brings no further question goes on to what must be asked.
  var ledToSection: InstancePath?
  var mode = Mode.typing { didSet { backdrop = nil } }
  var message: Message?
  /// What typing a character leaves as it is on the screen (VisitBackdrop); nil: it must be drawn anew.
  var backdrop: Backdrop?
  /// Entries of the current update, appended to the draft at its end.
  var entries: [DraftEntry] = []

  init(
    _ form: VisitForm, session: Session, prefill: Prefill, saver: DraftSaver, headline: String, today: String,
    scopes: [String] = [], personsKnown: Set<String> = [], confirmsEveryField: Bool = false
  ) {
    self.form = form
    self.scopes = scopes
    self.personsKnown = personsKnown
    self.confirmsEveryField = confirmsEveryField
    self.session = session
    self.prefill = prefill
    self.saver = saver
    self.headline = headline
    self.today = today
    numbers = form.numbers
    outline = VisitOutline(session)
    enterSection(0)
  }

  var keyContext: KeyContext {
    switch mode {
    case .goTo, .reason, .remark: .text
    case .deleting, .leaving, .confirming, .finishing: .menu
    case .comparing: .compare
    case .typing:
      switch place {
      case .field: editor?.kind.isChoice == true ? .choice : .field
      case .row, .add, nil: .row
      }
    }
  }

  // MARK: Update

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    var step = Step()
    switch mode {
    case .typing: step = typing(input)
    case .goTo, .reason, .remark: step = prompting(input)
    case .deleting, .leaving, .confirming: step = confirming(input)
    case .comparing(let list): step = comparing(input, list)
    case .finishing: if case .key = input { step = .beep }
    }
    if input == .leaving || input == .idle { noteTyped() }
    // What was accepted goes out before a record that is made of it.
    if let save = flush() { step.effects.insert(save, at: 0) }
    return step
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened(let workspace):
      // A new day may have begun: it is what a short date leaves out.
      today = workspace.today
      return Step()
    case .saved(let draft) where draft == saver.id:
      if case .saveFailed = message { message = nil }
      return Step(saver.saved().map { [$0] } ?? [])
    case .notSaved(let draft, let fault) where draft == saver.id:
      saver.failed(fault)
      message = .saveFailed(fault)
      return .beep
    case .notFinished(let draft, let fault) where draft == saver.id:
      mode = .typing
      enter(place)
      message = .notFinished(fault)
      return .beep
    default: return Step()
    }
  }

  /// One durable append for everything this update accepted.
  private mutating func flush() -> Effect? {
    defer { entries = [] }
    return saver.append(entries)
  }

  private mutating func typing(_ input: Input) -> Step {
    switch input {
    case .key(let key):
      return typed(key)
    case .paste(let text):
      return pasted(text)
    case .idle, .leaving:
      return Step()
    case .command(let command):
      return obey(command)
    }
  }

  private mutating func obey(_ command: Command) -> Step {
    switch command {
    case .accept, .next: return accept(isEnter: command == .accept)
    case .previous: return goBack()
    case .nextSection: return leaveField { $0.moveOn() }
    case .previousSection: return leaveField { $0.moveSection(by: -1) }
    case .back: return stepBack()
    case .force: return beginNote()
    case .sameAgain: return sameAgain()
    case .unchanged: return takeUnchanged()
    case .goTo: return leaveField { $0.mode = .goTo(LineEditor("", charactersMax: 3)) }
    case .deleteRow: return beginDelete()
    case .finish: return beginFinish()
    case .undo: return undo()
    case .redo: return redo()
    case .nextChoices, .previousChoices:
      guard editor != nil else { return .beep }
      editor?.choicePage += command == .nextChoices ? 1 : -1
      return Step()
    case .clear:
      guard editor != nil else { return .beep }
      editor?.clear()
      message = nil
      return Step()
    case .help: return Step(move: .push(HelpScreen(context: keyContext, question: editor?.question)))
    default: return .beep
    }
  }

  private mutating func typed(_ key: Key) -> Step {
    if case .add(let path) = place, case .character = key {
      guard addRow(path) else { return .beep }
      return typed(key)
    }
    guard let reaction = editor?.type(key) else { return .beep }
    switch reaction {
    case .none: return Step()
    case .edited:
      message = nil
      return Step()
    case .refused(let reason):
      if let reason { message = reason }
      return .beep
    case .complete:
      message = nil
      // 回车确认: nothing goes on by itself.
      return confirmsEveryField ? Step() : accept(isEnter: false)
    }
  }

  private mutating func pasted(_ text: String) -> Step {
    if case .add(let path) = place {
      guard addRow(path) else { return .beep }
    }
    guard var field = editor else { return .beep }
    let reaction = field.paste(text)
    editor = field
    if case .refused(let reason) = reaction {
      message = reason ?? message
      return .beep
    }
    message = nil
    return Step()
  }

  /// There is typed text that the draft does not have yet.
  var hasUnnotedText: Bool {
    guard mode == .typing, let editor, let place, editor.hasUnaccepted else { return false }
    // The text first: it is what changes, and a place's name has to be put together.
    guard case .typed(let noted, let text)? = lastTyped, text == editor.unaccepted else { return true }
    return noted != place.text
  }

  var timeoutMilliseconds: Int? { hasUnnotedText ? Limits.idleMilliseconds : nil }

  /// What is typed and not accepted goes into the draft too, once nothing was pressed for a while.
  private mutating func noteTyped() {
    guard hasUnnotedText, let typed = editor?.unaccepted, let place else { return }
    let entry = DraftEntry.typed(place: place.text, text: typed)
    lastTyped = entry
    entries.append(entry)
  }

  var lastTyped: DraftEntry?
}
