// VisitMoves: where the cursor goes. Forward follows the form; backward follows the way it came.

import Derivation
import Terminal
import XForm

extension VisitScreen {
  /// Makes the sheet of the current section anew, if what it shows may have changed: another section, another open
  /// row, or another outline.
  mutating func refresh() {
    guard outline.sections.indices.contains(sectionIndex) else {
      sheet = VisitSheet()
      return
    }
    let section = outline.sections[sectionIndex]
    let open: InstancePath? = if case .field(let path)? = place { section.row(around: path) } else { nil }
    let subject = SheetSubject(section: sectionIndex, open: open)
    guard sheetSubject != subject else { return }
    sheetSubject = subject
    sheet = VisitSheet(section, open: open, session: session, prefill: prefill, numbers: numbers)
  }

  /// After an answer: items may have come or gone.
  mutating func remake() {
    outline = VisitOutline(session)
    if let place, let index = outline.index(of: place) { sectionIndex = index }
    sectionIndex = min(sectionIndex, max(0, outline.sections.count - 1))
    refresh()
  }

  /// Puts the cursor somewhere and opens the field there. `draft` is text typed there earlier and never accepted.
  mutating func enter(_ place: VisitPlace?, cameBack: Bool = false, draft: String? = nil) {
    self.place = place
    if let place, let index = outline.index(of: place) { sectionIndex = index }
    refresh()
    editor = nil
    guard case .field(let path)? = place, let question = session.question(at: path) else { return }
    var field = FieldEditor(question, proposal: prefill.proposal(for: question)?.value, draft: draft)
    field.cameBack = cameBack
    editor = field
  }

  /// Moves forward or to a chosen place, remembering where the cursor was.
  mutating func move(to next: VisitPlace?) {
    if let place, place != next {
      visited.append(place)
      if visited.count > Limits.undoSteps { visited.removeFirst() }
    }
    enter(next)
    openEmptyRow()
  }

  /// A row that nobody filled in yet is opened at once: a form may begin with one, or a visit stopped in the middle
  /// of it.
  private mutating func openEmptyRow() {
    guard case .row(let instance)? = place, !prefill.proposes(in: instance),
      case .field(let path)? = firstField(in: instance),
      let question = session.question(at: path), question.isRequired, question.value.isEmpty
    else { return }
    enter(.field(path))
  }

  var sectionItems: [OutlineItem] {
    outline.sections.indices.contains(sectionIndex) ? outline.sections[sectionIndex].items : []
  }

  /// The next place after the current one; the section after, when this one ends. nil at the end of the form.
  func nextPlace() -> VisitPlace? {
    guard let place, let index = sheet.places.firstIndex(of: place) else { return sheet.places.first }
    if index + 1 < sheet.places.count { return sheet.places[index + 1] }
    return firstPlace(afterSection: sectionIndex)
  }

  private func firstPlace(afterSection index: Int) -> VisitPlace? {
    for next in outline.sections.indices where next > index {
      if let first = firstPlace(inSection: next) { return first }
    }
    return nil
  }

  func firstPlace(inSection index: Int) -> VisitPlace? {
    guard outline.sections.indices.contains(index) else { return nil }
    for item in outline.sections[index].items {
      switch item.kind {
      case .group: continue
      case .repeatInstance: return .row(item.path)
      case .addRepeat: if session.canAddRepeat(item.path) { return .add(item.path) }
      case .question: if session.question(at: item.path)?.canBeTyped == true { return .field(item.path) }
      }
    }
    return nil
  }

  /// Goes on; at the end of the form says how to finish.
  mutating func advance() {
    if let next = nextPlace() {
      move(to: next)
    } else {
      if let place { enter(place) }
      if message == nil { message = .endOfForm }
    }
  }

  mutating func enterSection(_ index: Int) {
    sectionIndex = index
    move(to: firstPlace(inSection: index))
  }

  /// Where the screen that opens the form has answered its first question (which step, 办理), the cursor begins at the first one that has
  /// no answer yet; the way back leads to what was answered.
  /// - Parameter told: fields that were filled in before the form opened.
  mutating func beginBehind(_ told: Set<InstancePath>) {
    guard case .field(let first)? = place, told.contains(first), session.value(at: first)?.isEmpty == false else { return }
    let open = sheet.places.first { place in
      if case .field(let path) = place { session.value(at: path)?.isEmpty ?? true } else { false }
    }
    if let open { move(to: open) }
  }

  var sectionPath: InstancePath? {
    outline.sections.indices.contains(sectionIndex) ? outline.sections[sectionIndex].path : nil
  }

  /// PgDn: out of an open row to the line after it, otherwise to the next section.
  mutating func moveOn() {
    if case .field(let path)? = place, let row = enclosingRow(of: path) {
      let isInside = { (place: VisitPlace) in if case .field(let path) = place { row.contains(path) } else { false } }
      if let last = sheet.places.lastIndex(where: isInside), last + 1 < sheet.places.count {
        move(to: sheet.places[last + 1])
        noteMove()
        return
      }
    }
    moveSection(by: 1)
  }

  /// Next or previous section that has a place to stand.
  mutating func moveSection(by step: Int) {
    var index = sectionIndex + step
    while outline.sections.indices.contains(index) {
      if let first = firstPlace(inSection: index) {
        move(to: first)
        noteMove()
        return
      }
      index += step
    }
    message = step > 0 ? .endOfForm : .startOfForm
  }

  mutating func noteMove() {
    if let place { entries.append(.moved(place: place.text)) }
  }

  /// Accepts what is typed, then does something else; an error keeps the cursor where it is.
  mutating func leaveField(_ move: (inout VisitScreen) -> Void) -> Step {
    if let field = editor, field.isDirty || field.isHeld {
      let step = accept(isEnter: false, staying: true)
      if message?.kind == .error { return step }
    }
    message = nil
    move(&self)
    return Step()
  }

  /// The field visited before this one; it does not advance by itself.
  mutating func goBack() -> Step {
    leaveField { screen in
      while let last = screen.visited.popLast() {
        guard last != screen.place, screen.outline.index(of: last) != nil else { continue }
        screen.enter(last, cameBack: true)
        screen.noteMove()
        return
      }
      let places = screen.sheet.places
      if let place = screen.place, let index = places.firstIndex(of: place), index > 0 {
        screen.enter(places[index - 1], cameBack: true)
        screen.noteMove()
      } else {
        screen.message = .startOfForm
      }
    }
  }

  /// One step back: typed text, then the open row, then the form.
  mutating func stepBack() -> Step {
    if let field = editor, field.isDirty || field.isHeld {
      enter(place, cameBack: field.cameBack)
      message = nil
      return Step()
    }
    if case .field(let path)? = place, let row = enclosingRow(of: path) {
      message = nil
      enter(.row(row))
      noteMove()
      return Step()
    }
    if case .notSaved = saver.state {
      // Leaving now would leave the unsaved text behind: try once more and stay.
      message = .leaveUnsaved
      return Step([.beep] + (saver.append([.moved(place: place?.text ?? "")]).map { [$0] } ?? []))
    }
    return Step(move: .home)
  }

  // MARK: 跳到

  mutating func prompting(_ input: Input) -> Step {
    switch (mode, input) {
    case (.goTo, .command(.back)), (.reason, .command(.back)), (.remark, .command(.back)):
      mode = .typing
      return Step()
    case (.goTo(let line), .command(.accept)):
      mode = .typing
      return jump(to: Folding.folded(line.text))
    case (.reason(let line, let warning), .command(.accept)):
      return force(warning, reason: Folding.trimmed(line.text))
    case (.remark(let line, let path), .command(.accept)):
      return take(remark: Folding.trimmed(line.text), at: path)
    case (.remark(_, let path), .command(.clear)):
      mode = .remark(LineEditor("", charactersMax: Limits.promptCharacters), path)
      return Step()
    case (.goTo(var line), .key(let key)):
      guard case .character(let scalar) = key else {
        guard line.apply(key) else { return Step() }
        mode = .goTo(line)
        return Step()
      }
      guard let digit = Folding.digit(scalar)?.unicodeScalars.first else { return .beep }
      _ = line.apply(.character(digit))
      mode = .goTo(line)
      return Step()
    case (.reason(var line, let warning), .key(let key)):
      _ = line.apply(key)
      mode = .reason(line, warning)
      return Step()
    case (.reason(var line, let warning), .paste(let text)):
      message = line.paste(text)
      mode = .reason(line, warning)
      return message == nil ? Step() : .beep
    case (.remark(var line, let path), .key(let key)):
      _ = line.apply(key)
      mode = .remark(line, path)
      return Step()
    case (.remark(var line, let path), .paste(let text)):
      message = line.paste(text)
      mode = .remark(line, path)
      return message == nil ? Step() : .beep
    case (_, .idle), (_, .leaving): return Step()
    default: return .beep
    }
  }

  private mutating func jump(to digits: String) -> Step {
    guard let number = Int(digits), let generic = numbers.path(of: number) else {
      message = .noSuchField
      return .beep
    }
    let here = place?.path
    var best: InstancePath?
    for section in outline.sections {
      for item in section.items where item.kind == .question && item.path.generic == generic {
        let shares = here.flatMap { here in enclosingRow(of: here) }.map { $0.contains(item.path) } ?? false
        if best == nil || shares { best = item.path }
      }
    }
    guard let best, let question = session.question(at: best), !question.isReadOnly else {
      message = .fieldNotAsked(number)
      return .beep
    }
    move(to: .field(best))
    noteMove()
    return Step()
  }
}
