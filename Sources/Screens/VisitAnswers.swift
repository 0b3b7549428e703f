// VisitAnswers: taking an answer, forcing one past a soft check, 同上, 无变化, 撤销 and 重做.

import Terminal
import XForm

extension VisitScreen {
  func undoPoint() -> UndoPoint {
    UndoPoint(session: session, prefill: prefill, forced: forced, remarks: remarks, place: place)
  }

  mutating func keep(_ point: UndoPoint) {
    undoPoints.append(point)
    if undoPoints.count > Limits.undoSteps { undoPoints.removeFirst() }
    redoPoints = []
  }

  /// Enter, Tab, Down, or a field that is full. `staying`: something else decides where the cursor goes.
  mutating func accept(isEnter: Bool, staying: Bool = false) -> Step {
    switch place {
    case .row(let instance)?:
      return acceptRow(instance, opens: isEnter, staying: staying)
    case .add?, nil:
      if !staying {
        message = nil
        advance()
        noteMove()
      }
      return Step()
    case .field(let path)?:
      return acceptField(path, staying: staying)
    }
  }

  private mutating func acceptRow(_ instance: InstancePath, opens: Bool, staying: Bool) -> Step {
    guard !staying else { return Step() }
    message = nil
    if opens, let first = firstField(in: instance) {
      move(to: first)
    } else {
      advance()
    }
    noteMove()
    return Step()
  }

  private mutating func acceptField(_ path: InstancePath, staying: Bool) -> Step {
    guard var field = editor else { return Step() }
    if field.isWarned, !staying {
      message = nil
      advance()
      noteMove()
      return Step()
    }
    if field.isHeld {
      // The error was looked at: the text may be typed anew or corrected.
      field.isHeld = false
      field.line = LineEditor(field.line.text, charactersMax: Limits.fieldCharacters, replacesOnFirstKey: true)
      editor = field
      return Step()
    }
    let acceptance = field.accept(today: today)
    editor = field
    switch acceptance {
    case .picked:
      message = nil
      // A key that leaves the field (PgDn, F10) takes the pick and then the field: a digit that waited for a second one is not lost.
      return staying ? acceptField(path, staying: true) : Step()
    case .wrong(let message):
      return refuse(message)
    case .value(let value):
      return take(value, at: path, staying: staying)
    }
  }

  private mutating func refuse(_ message: Message) -> Step {
    self.message = message
    if let field = editor { editor?.isHeld = field.isDirty && !field.kind.isChoice }
    return .beep
  }

  /// Gives a value to the form and goes on.
  private mutating func take(_ value: String, at path: InstancePath, staying: Bool) -> Step {
    let old = session.value(at: path) ?? ""
    let wasProposed = prefill.proposal(at: path, session) != nil
    let wasBrought = broughtQuestions.remove(path) != nil
    if value.isEmpty, old.isEmpty, !wasProposed {
      if editor?.question.isRequired == true, message != .required, !staying {
        message = .required
        return .beep
      }
      if !staying {
        message = nil
        if wasBrought, editor?.question.isRequired != true { return goOn(from: path, staying: false) }
        advance()
        noteMove()
      }
      return Step()
    }
    if value != old || wasProposed {
      let point = undoPoint()
      let outcome = session.answer(path, value)
      guard outcome == .accepted else { return refuse(Message(outcome)) }
      keep(point)
      prefill.settle(path)
      let asked = sectionItems
      remake()
      if sectionItems != asked {
        ledToSection = nil
        noteBrought(since: asked)
      }
      entries.append(.step([.answered(path: path.description, value: value)], place: place?.text ?? ""))
    }
    message = nil
    return goOn(from: path, staying: staying)
  }

  /// After an accepted answer: a soft check that fails keeps the cursor, everything else moves on.
  private mutating func goOn(from path: InstancePath, staying: Bool) -> Step {
    if let warning = openWarnings(at: path).first {
      if let place { enter(place) }
      editor?.isHeld = true
      editor?.isWarned = true
      message = .warned(warning.message ?? "")
      return .beep
    }
    guard !staying else {
      // The field holds an answer now, whatever comes of the act that wanted it.
      if let place { enter(place) }
      return Step()
    }
    if let section = sectionPath, takenSections.contains(section) || ledToSection == section, !isInNewRow(path) {
      if let next = sectionItems.first(where: { broughtQuestions.contains($0.path) && (session.value(at: $0.path) ?? "").isEmpty }) {
        move(to: .field(next.path))
      } else {
        goToOpenQuestion()
      }
    } else {
      advance()
    }
    noteCursor()
    return Step()
  }

  /// Where 无变化 was said, the questions an answer brings are asked one by one, the optional ones too: of them the last visit said
  /// nothing, so nothing can be unchanged.
  private mutating func noteBrought(since asked: [OutlineItem]) {
    guard let section = sectionPath, takenSections.contains(section) else { return }
    let before = Set(asked.map(\.path))
    for item in sectionItems where item.kind == .question && !before.contains(item.path) && !isInNewRow(item.path) {
      if session.question(at: item.path)?.canBeTyped == true { broughtQuestions.insert(item.path) }
    }
  }

  /// Of who is in a row that was added nothing is known, so nothing there can be unchanged: it is gone through field by field.
  private func isInNewRow(_ path: InstancePath) -> Bool {
    guard let row = enclosingRow(of: path) else { return false }
    return !prefill.knows(row)
  }

  /// Of a row that nobody knows anything of, what must be asked is not where to begin: what is empty before it is asked too.
  private mutating func goToBeginningOfNewRow() {
    guard case .field(let path)? = place, let row = enclosingRow(of: path), isInNewRow(path) else { return }
    let open = sectionItems.first { item in
      item.kind == .question && row.contains(item.path) && (session.value(at: item.path) ?? "").isEmpty
        && session.question(at: item.path)?.canBeTyped == true
    }
    if let open { enter(.field(open.path)) }
  }

  /// The cursor after an act belongs to the act's own entry.
  private mutating func noteCursor() {
    guard case .step(let changes, _)? = entries.last else {
      noteMove()
      return
    }
    entries[entries.count - 1] = .step(changes, place: place?.text ?? "")
  }

  // MARK: 强制通过

  /// Soft checks that fail and were not passed with a reason.
  func openWarnings(at path: InstancePath) -> [SoftWarning] {
    session.warnings(at: path).filter { warning in
      !forced.contains { $0.path == warning.path.description && $0.check == (warning.message ?? "") }
    }
  }

  /// F2: why a doubtful answer stands; beside any other one a remark.
  mutating func beginNote() -> Step {
    guard case .field(let path)? = place else { return .beep }
    guard let warning = openWarnings(at: path).first else {
      mode = .remark(LineEditor(remark(at: path) ?? "", charactersMax: Limits.promptCharacters), path)
      return Step()
    }
    mode = .reason(LineEditor("", charactersMax: Limits.promptCharacters), warning)
    return Step()
  }

  mutating func force(_ warning: SoftWarning, reason: String) -> Step {
    guard !reason.isEmpty else {
      message = .reasonNeeded
      return .beep
    }
    mode = .typing
    keep(undoPoint())
    let answer = ForcedAnswer(path: warning.path.description, check: warning.message ?? "", reason: reason)
    forced.append(answer)
    entries.append(.step([.forced(answer)], place: place?.text ?? ""))
    message = nil
    return goOn(from: warning.path, staying: false)
  }

  // MARK: 备注

  func remark(at path: InstancePath) -> String? { remarks.first { $0.path == path.description }?.text }

  /// Takes a remark; an empty one takes it away. What is typed in the field stays as it is.
  mutating func take(remark text: String, at path: InstancePath) -> Step {
    mode = .typing
    guard text != remark(at: path) ?? "" else { return Step() }
    keep(undoPoint())
    let remark = Remark(path: path.description, text: text)
    set(remark)
    entries.append(.step([.remarked(remark)], place: place?.text ?? ""))
    message = text.isEmpty ? .remarkTaken : .remarked
    return Step()
  }

  mutating func set(_ remark: Remark) {
    remarks.removeAll { $0.path == remark.path }
    if !remark.text.isEmpty { remarks.append(remark) }
  }

  // MARK: 同上, 无变化

  /// What is known of this very field, else the previous row's value.
  mutating func sameAgain() -> Step {
    guard case .field(let path)? = place, let field = editor else { return .beep }
    guard let value = valueBefore(path), !value.isEmpty else {
      message = .nothingBefore
      return .beep
    }
    editor = FieldEditor(field.question, proposal: nil)
    return take(value, at: path, staying: false)
  }

  private func valueBefore(_ path: InstancePath) -> String? {
    // Of what was emptied: what the field began with. The row above is somebody else.
    if let own = prefill.last[path] ?? prefill.proposal(at: path, session)?.value ?? prefill.known[path] { return own }
    if let row = enclosingRow(of: path), let position = row.steps.last?.position, position > 1 {
      var above = path
      above.steps[row.steps.count - 1].position = position - 1
      if let value = session.value(at: above), !value.isEmpty { return value }
    }
    return nil
  }

  /// Takes every proposal of the section, as far as the form accepts it, then goes to what must still be asked.
  mutating func takeUnchanged() -> Step {
    // 无变化 said of a field that was only just emptied (Ctrl-U) means what is proposed there.
    if let field = editor, field.isEmptied, field.proposal != nil { enter(place, cameBack: field.cameBack) }
    if let field = editor, field.isDirty || field.isHeld {
      let step = accept(isEnter: false, staying: true)
      if message?.kind == .error { return step }
    }
    let section = sectionPath
    let point = undoPoint()
    var changes: [DraftChange] = []
    var tried: Set<InstancePath> = []
    // An answer may bring further questions: go through the section until nothing new is proposed.
    while let next = sectionItems.first(where: { item in
      item.kind == .question && prefill.proposal(at: item.path, session) != nil && !tried.contains(item.path)
    }) {
      changes += takeProposals(&tried)
      outline = VisitOutline(session)
      if let section, let index = outline.sections.firstIndex(where: { $0.path == section }) { sectionIndex = index }
      guard tried.contains(next.path) else { break }
    }
    // Where nothing was known nothing is unchanged: there the fields are gone through one by one, as the message says.
    if let section, !changes.isEmpty { takenSections.insert(section) }
    message = changes.isEmpty ? .nothingProposed : reminder(of: changes)
    if !changes.isEmpty {
      keep(point)
      entries.append(.step(changes, place: ""))
    }
    remakeKeepingSection()
    goToOpenQuestion()
    goToBeginningOfNewRow()
    // Of the section that was left; under the next one it would be read as said of that.
    if message == .nothingProposed, sectionPath != section { message = nil }
    noteCursor()
    return changes.isEmpty ? .beep : Step()
  }

  /// What was taken as last time and yet has to be done anew, as the form says (`zf:remind`): the notice is read to whoever is there today.
  private func reminder(of changes: [DraftChange]) -> Message? {
    for case .answered(let path, _) in changes {
      guard let path = InstancePath(path), let words = session.attributes(at: path)["remind"], !words.isEmpty else { continue }
      return .reminded(words)
    }
    return nil
  }

  private mutating func takeProposals(_ tried: inout Set<InstancePath>) -> [DraftChange] {
    var changes: [DraftChange] = []
    for item in sectionItems where item.kind == .question && !tried.contains(item.path) {
      guard let proposal = prefill.proposal(at: item.path, session) else { continue }
      tried.insert(item.path)
      guard session.isRelevant(item.path), session.answer(item.path, proposal.value) == .accepted else { continue }
      prefill.settle(item.path)
      changes.append(.answered(path: item.path.description, value: proposal.value))
    }
    return changes
  }

  private mutating func remakeKeepingSection() {
    outline = VisitOutline(session)
    sectionIndex = min(sectionIndex, max(0, outline.sections.count - 1))
    refresh()
  }

  /// The first question of the section that is required and empty, or refused, or doubtful; else the next section.
  mutating func goToOpenQuestion() {
    let items = Set(sectionItems.map(\.path))
    let violated = Set(session.validate().map(\.path)).intersection(items)
    let target = sectionItems.first { item in
      item.kind == .question && (violated.contains(item.path) || !openWarnings(at: item.path).isEmpty)
    }
    if let target {
      move(to: .field(target.path))
      if message == nil, let warning = openWarnings(at: target.path).first { message = .warned(warning.message ?? "") }
    } else if let next = nextSectionToAsk() {
      move(to: next)
      ledToSection = prefill.hasLastVisit ? sectionPath : nil
    } else {
      message = message ?? .endOfForm
      if let place, outline.index(of: place) != nil { enter(place) } else { enter(sheet.places.last) }
    }
  }

  /// The next section where something is proposed, or must still be asked, or is doubtful; the last one if there is none. A section of
  /// optional questions that nobody answered at the last visit either does not stop somebody who says 无变化; where there was no last
  /// visit, nobody has ever asked them, and every section is stopped at.
  private func nextSectionToAsk() -> VisitPlace? {
    let violated = Set(session.validate().map(\.path))
    var last: VisitPlace?
    for next in outline.sections.indices where next > sectionIndex {
      guard let first = firstPlace(inSection: next) else { continue }
      last = first
      guard prefill.hasLastVisit else { return first }
      let asks = outline.sections[next].items.contains { item in
        item.kind == .question && (violated.contains(item.path) || prefill.proposal(at: item.path, session) != nil)
      }
      if asks { return first }
    }
    return last
  }

  // MARK: 撤销, 重做

  mutating func undo() -> Step {
    if let field = editor, field.isDirty {
      enter(place, cameBack: field.cameBack)
      message = nil
      return Step()
    }
    guard let point = undoPoints.popLast() else {
      message = .nothingToUndo
      return .beep
    }
    redoPoints.append(undoPoint())
    restore(point)
    entries.append(.undone)
    message = .undone
    return Step()
  }

  mutating func redo() -> Step {
    guard let point = redoPoints.popLast() else {
      message = .nothingToRedo
      return .beep
    }
    undoPoints.append(undoPoint())
    restore(point)
    entries.append(.redone)
    message = .redone
    return Step()
  }

  mutating func restore(_ point: UndoPoint) {
    session = point.session
    prefill = point.prefill
    forced = point.forced
    remarks = point.remarks
    outline = VisitOutline(session)
    enter(point.place.flatMap { outline.index(of: $0) == nil ? nil : $0 } ?? sheet.places.first, cameBack: true)
  }
}
