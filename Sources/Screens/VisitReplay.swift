// VisitReplay: beginning a visit, and giving a draft back as it was: the same acts in the same order through the same
// form.

import Relief
import XForm

extension VisitScreen {
  /// Goes through a draft's entries after `begun`, then stands where the cursor stood. Entries the form no longer
  /// takes (another version of it) are left out; how many is said.
  mutating func replay(_ entries: [DraftEntry]) {
    var target: VisitPlace?
    var typed: (place: VisitPlace, text: String)?
    var refused = 0
    for entry in entries {
      switch entry {
      case .begun: continue
      case .step(let changes, let text):
        keep(undoPoint())
        for change in changes where !apply(change) { refused += 1 }
        target = VisitPlace(text) ?? target
        place = target
        typed = nil
      case .moved(let text):
        target = VisitPlace(text) ?? target
        place = target
        typed = nil
      case .typed(let text, let words):
        if let place = VisitPlace(text) {
          typed = (place, words)
          target = target ?? place
        }
      case .undone:
        guard let point = undoPoints.popLast() else { continue }
        redoPoints.append(undoPoint())
        target = takeBack(point)
      case .compared(let comparisons):
        for comparison in comparisons { compared[comparison.path] = comparison }
      case .redone:
        guard let point = redoPoints.popLast() else { continue }
        undoPoints.append(undoPoint())
        target = takeBack(point)
      }
    }
    visited = []
    outline = VisitOutline(session)
    let stands = target.flatMap { outline.index(of: $0) == nil ? nil : $0 }
    if let stands {
      enter(stands, draft: typed?.place == stands ? typed?.text : nil)
    } else {
      place = nil
      enterSection(0)
    }
    if refused > 0 { message = .notReplayed(refused) }
  }

  /// The visit came back: the cursor goes to what was asked about, and the words are said there.
  mutating func take(_ comment: ReviewComment?) {
    self.comment = comment
    guard let path = comment?.path, session.question(at: path)?.canBeTyped == true else { return }
    move(to: .field(path))
  }

  /// What stands beside the answers of a visit that is written again.
  mutating func take(_ notes: [VisitNote]) {
    for note in notes {
      switch note.kind {
      case .remark: remarks.append(Remark(path: note.path, text: note.text))
      case .forced(let check): forced.append(ForcedAnswer(path: note.path, check: check, reason: note.text))
      }
    }
  }

  private mutating func takeBack(_ point: UndoPoint) -> VisitPlace? {
    session = point.session
    prefill = point.prefill
    forced = point.forced
    remarks = point.remarks
    place = point.place
    return point.place
  }

  private mutating func apply(_ change: DraftChange) -> Bool {
    switch change {
    case .answered(let text, let value):
      guard let path = InstancePath(text) else { return false }
      prefill.settle(path)
      return session.answer(path, value) == .accepted
    case .rowAdded(let text):
      guard let path = InstancePath(text) else { return false }
      return session.addRepeat(path) != nil
    case .rowRemoved(let text):
      guard let path = InstancePath(text) else { return false }
      forgetRow(path)
      return session.removeRepeat(path)
    case .forced(let answer):
      forced.append(answer)
      return true
    case .remarked(let remark):
      set(remark)
      return true
    }
  }
}
