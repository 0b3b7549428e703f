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
    mode = .deleting(instance)
    message = .deleteRow
    return Step()
  }

  mutating func delete(_ instance: InstancePath) -> Step {
    let point = undoPoint()
    guard session.removeRepeat(instance) else {
      message = .noRowHere
      return .beep
    }
    keep(point)
    prefill.removeRow(instance)
    forced.removeAll { InstancePath($0.path).map(instance.contains) ?? false }
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
