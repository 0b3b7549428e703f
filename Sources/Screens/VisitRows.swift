// VisitRows: the instances of repeats (members of the household) as rows: opening, adding, deleting.

import XForm

extension VisitScreen {
  /// The innermost repeat instance around a path.
  func enclosingRow(of path: InstancePath) -> InstancePath? {
    outline.sections.indices.contains(sectionIndex) ? outline.sections[sectionIndex].row(around: path) : nil
  }

  /// The field a row opens at: the first that is required and empty, or else the first.
  func firstField(in instance: InstancePath) -> VisitPlace? {
    for section in outline.sections {
      guard let index = section.index(ofRow: instance) else { continue }
      var first: VisitPlace?
      for item in section.inside(rowAt: index) where item.kind == .question {
        guard let question = session.question(at: item.path), question.canBeTyped else { continue }
        if question.isRequired, question.value.isEmpty { return .field(item.path) }
        first = first ?? .field(item.path)
      }
      return first
    }
    return nil
  }

  /// Adds an instance and stands in its first field.
  mutating func addRow(_ repeatPath: InstancePath) -> Bool {
    let point = undoPoint()
    guard let instance = session.addRepeat(repeatPath) else {
      message = .noMoreRows
      return false
    }
    keep(point)
    outline = VisitOutline(session)
    guard let first = firstField(in: instance) else { return false }
    move(to: first)
    entries.append(.step([.rowAdded(repeatPath: repeatPath.description)], place: place?.text ?? ""))
    return editor != nil
  }

  mutating func beginDelete() -> Step {
    let instance: InstancePath?
    switch place {
    case .row(let path)?: instance = path
    case .field(let path)?: instance = enclosingRow(of: path)
    default: instance = nil
    }
    guard let instance, session.canRemoveRepeat(instance) else {
      message = .noRowHere
      return .beep
    }
    if let id = session.value(at: instance.entityID), personsKnown.contains(id) { return beginLeaving(instance) }
    mode = .deleting(instance)
    message = .deleteRow
    return Step()
  }

  // MARK: 离户

  private static let membership = (property: "membership", left: "left", reason: "left_reason")

  /// The question of a row that is saved to a property.
  private func question(savedTo property: String, in instance: InstancePath) -> InstancePath? {
    for section in outline.sections {
      guard let index = section.index(ofRow: instance) else { continue }
      return section.inside(rowAt: index).first { item in
        item.kind == .question && session.savedProperty(at: item.path) == property
          && session.question(at: item.path)?.canBeTyped == true
      }?.path
    }
    return nil
  }

  /// Somebody the register knows stays known whatever a form leaves out: they can only be said to have left.
  private mutating func beginLeaving(_ instance: InstancePath) -> Step {
    guard let path = question(savedTo: Self.membership.property, in: instance) else {
      message = .rowIsKnown
      return .beep
    }
    if session.value(at: path) == Self.membership.left {
      move(to: .field(path))
      noteMove()
      message = .rowHasLeft
      return .beep
    }
    mode = .leaving(instance)
    message = .leaveRow
    return Step()
  }

  /// Writes down that the person has left, with what the form must know of them in any case, and asks why.
  mutating func leave(_ instance: InstancePath) -> Step {
    guard let path = question(savedTo: Self.membership.property, in: instance) else { return .beep }
    let point = undoPoint()
    let outcome = session.answer(path, Self.membership.left)
    guard outcome == .accepted else { return refuseRow(Message(outcome)) }
    keep(point)
    prefill.settle(path)
    var changes = [DraftChange.answered(path: path.description, value: Self.membership.left)]
    outline = VisitOutline(session)
    let section = outline.sections.first { $0.index(ofRow: instance) != nil }
    let inside = section.flatMap { section in section.index(ofRow: instance).map { Array(section.inside(rowAt: $0)) } } ?? []
    for item in inside where item.kind == .question {
      guard let proposal = prefill.proposal(at: item.path, session), session.question(at: item.path)?.isRequired == true,
        session.answer(item.path, proposal.value) == .accepted
      else { continue }
      prefill.settle(item.path)
      changes.append(.answered(path: item.path.description, value: proposal.value))
    }
    remake()
    move(to: .field(question(savedTo: Self.membership.reason, in: instance) ?? path))
    entries.append(.step(changes, place: place?.text ?? ""))
    message = .rowLeft
    return Step()
  }

  private mutating func refuseRow(_ message: Message) -> Step {
    self.message = message
    return .beep
  }

  // MARK: 删除

  /// What was known and said of a row goes with it; what was of later rows moves up with them.
  mutating func forgetRow(_ instance: InstancePath) {
    prefill.removeRow(instance)
    forced = forced.compactMap { answer in
      guard let path = InstancePath(answer.path)?.shifted(without: instance) else { return nil }
      return ForcedAnswer(path: path.description, check: answer.check, reason: answer.reason)
    }
    remarks = remarks.compactMap { remark in
      InstancePath(remark.path)?.shifted(without: instance).map { Remark(path: $0.description, text: remark.text) }
    }
  }

  mutating func delete(_ instance: InstancePath) -> Step {
    let point = undoPoint()
    guard session.removeRepeat(instance) else {
      message = .noRowHere
      return .beep
    }
    keep(point)
    forgetRow(instance)
    visited = []
    outline = VisitOutline(session)
    refresh()
    let rows = sheet.places.filter { if case .row = $0 { true } else { false } }
    let position = instance.steps.last?.position ?? 1
    let repeatPath = instance.parent.map { $0.child(instance.name) }
    let next = rows.first { $0.path.generic == instance.generic && ($0.path.steps.last?.position ?? 1) >= position }
    enter(next ?? repeatPath.flatMap { path in sheet.places.first { $0 == .add(path) } } ?? sheet.places.first)
    entries.append(.step([.rowRemoved(instance: instance.description)], place: place?.text ?? ""))
    message = .rowDeleted
    return Step()
  }
}
