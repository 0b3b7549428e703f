// VisitFinish: the one place where the whole form is checked. A hard problem takes the cursor to it; soft checks
// nobody gave a reason for are asked about once, the safe answer first; a clean form is finished at once.

import Relief
import Terminal
import XForm

extension VisitScreen {
  mutating func beginFinish() -> Step {
    if let field = editor, field.isDirty || field.isHeld {
      let step = accept(isEnter: false, staying: true)
      if message?.kind == .error { return step }
    }
    let violations = session.validate()
    if let first = violations.first {
      move(to: .field(first.path))
      noteMove()
      message = .problems(violations.count, Message(first.outcome))
      return .beep
    }
    if let problem = divisionProblem() {
      move(to: .field(problem.path))
      noteMove()
      message = problem.message
      return .beep
    }
    // What is doubtful in the first typing was asked about then; in the second it would only hold up the typist.
    if let firstTyping { return beginComparing(with: firstTyping) }
    let open = allOpenWarnings()
    guard open.isEmpty else {
      mode = .confirming(open: open)
      message = .openWarnings(open.count)
      return .beep
    }
    return finish()
  }

  private func allOpenWarnings() -> [SoftWarning] {
    outline.sections.flatMap(\.items).filter { $0.kind == .question }.flatMap { openWarnings(at: $0.path) }
  }

  /// What was forced and is still doubted: an answer that was put right later is no longer one that was forced.
  static func standing(_ forced: [ForcedAnswer], in session: Session) -> [ForcedAnswer] {
    let questions = VisitOutline(session).sections.flatMap(\.items).filter { $0.kind == .question }
    let doubts = questions.flatMap { session.warnings(at: $0.path) }
    return forced.filter { answer in
      doubts.contains { $0.path.description == answer.path && ($0.message ?? "") == answer.check }
    }
  }

  mutating func confirming(_ input: Input) -> Step {
    if input == .idle || input == .leaving { return Step() }
    let digit: Character? = if case .key(.character(let scalar)) = input { Folding.digit(scalar) } else { nil }
    let isSafe = digit == "1" || input == .command(.back) || input == .command(.accept)
    guard isSafe || digit == "2" else { return .beep }
    let asked = mode
    mode = .typing
    message = nil
    switch asked {
    case .deleting(let instance):
      return isSafe ? Step() : delete(instance)
    case .leaving(let instance):
      return isSafe ? Step() : leave(instance)
    case .confirming(let open):
      guard isSafe, let first = open.first else {
        keep(undoPoint())
        let knowingly = open.map { ForcedAnswer(path: $0.path.description, check: $0.message ?? "", reason: "") }
        forced += knowingly
        entries.append(.step(knowingly.map(DraftChange.forced), place: place?.text ?? ""))
        return finish()
      }
      move(to: .field(first.path))
      noteMove()
      message = .warned(first.message ?? "")
      return Step()
    default: return Step()
    }
  }

  private mutating func finish() -> Step {
    mode = .finishing
    message = .finishing
    var done = session
    done.finish()
    let visit = FinishedVisit(
      draft: saver.id, purpose: saver.beginning.purpose, household: saver.beginning.household,
      division: division(of: done), formID: form.key.id, formVersion: form.key.version,
      submission: String(decoding: done.instanceXML(submission: true), as: UTF8.self), entities: done.entities(),
      uncleared: prefill.uncleared(done)?.entities() ?? [], forced: Self.standing(forced, in: session),
      remarks: remarks)
    return Step([.finishVisit(visit)])
  }

  /// What says on the list whom or what this draft is about (`DraftSummary.words`).
  var firstWords: String {
    guard DraftSummary.needsWords(saver.beginning) else { return "" }
    let said = outline.sections.lazy.flatMap(\.items).filter { $0.kind == .question && prefill.known[$0.path] == nil }
    return said.compactMap { session.value(at: $0.path) }.first(where: DraftSummary.isWords) ?? ""
  }

  /// Where the record is filed: where the household lives, as this form says or as it was known; of a form about none the division it
  /// names, or where something happened. Where nothing says it and nothing can be asked, the first of the writer's own: a record is not
  /// lost for it.
  func division(of session: Session) -> String {
    let stated = stated(in: session)
    if stated.isEmpty || !isReached(stated) { return saver.beginning.division.isEmpty ? scopes.first ?? "" : saver.beginning.division }
    return stated
  }

  private func stated(in session: Session) -> String {
    let entities = session.entities()
    let household = entities.filter { $0.list == FactList.household }.map { $0.property("division") }
    let own = entities.map { $0.property("division") } + entities.map { $0.property("place_division") }
    return (household + own).lazy.compactMap { $0 }.first { !$0.isEmpty && Division($0) != nil } ?? ""
  }

  private func isReached(_ division: String) -> Bool { scopes.isEmpty || scopes.contains { division.hasPrefix($0) } }

  /// Nobody said which of the writer's divisions it is, or it is none of them, which the county would refuse.
  private func divisionProblem() -> (path: InstancePath, message: Message)? {
    let questions = outline.sections.flatMap(\.items).filter { $0.kind == .question }.map(\.path)
    guard let path = questions.first(where: { session.attributes(at: $0)["kind"] == "division" }) else { return nil }
    let typed = session.value(at: path) ?? ""
    // Where something happened is not always where the writer works (R52).
    let isPlace = session.entities().contains { $0.property("place_division") == typed && !typed.isEmpty }
    if !typed.isEmpty, !isPlace, !isReached(typed) { return (path, .divisionNotYours) }
    return stated(in: session).isEmpty && saver.beginning.division.isEmpty ? (path, .divisionMissing) : nil
  }
}
