// PendingOpening: a visit, draft, amendment or record on its way to the screen: what must be read first, and the
// screen made of it.

import Relief
import XForm

struct PendingOpening: Sendable {
  let opening: Opening
  /// Record whose submission is needed: the last visit (to propose its answers), the visit itself, or the first typing of a second.
  let record: String?
  /// A draft that was not asked for: the act that is chosen began it earlier.
  let isContinued: Bool
  /// Of a draft, once read.
  var entries: [DraftEntry]?
  /// nil: not read yet; .some(nil): there is none.
  var submission: String??

  struct Refusal: Error { var message: Message }

  init(_ opening: Opening, _ workspace: Workspace, isContinued: Bool = false) {
    self.opening = opening
    self.isContinued = isContinued
    switch opening {
    case .visit(let household, _): record = household.flatMap { Self.lastVisit($0, workspace) }
    case .draft(let draft):
      record =
        switch draft.beginning.purpose {
        case .visit: Self.lastVisit(draft.beginning.household, workspace)
        case .verification(let first): first
        case .record, .amendment: nil
        }
    case .verify(let visit): record = visit
    case .amend(let visit, _): record = visit
    case .read(let visit): record = visit
    case .form: record = nil
    }
  }

  /// The newest visit at which somebody was met: one that met nobody says nothing of the household.
  private static func lastVisit(_ household: String, _ workspace: Workspace) -> String? {
    workspace.register.visits(of: household).first { $0.hasSubmission && $0.isMet }?.record
  }

  func screen(_ workspace: Workspace) -> Result<any Screen, Refusal> {
    switch opening {
    case .visit(let household, let head):
      return VisitBeginning(workspace, household: household, lastVisit: lastVisit).visit(head: head).map { $0 as any Screen }
    case .draft(let draft):
      let beginning = VisitBeginning(workspace, household: draft.beginning.household, lastVisit: lastVisit)
      if case .verification(let record) = draft.beginning.purpose {
        return beginning.resumedVerification(of: record, submission: lastVisit, draft, entries ?? []).map { $0 as any Screen }
      }
      return beginning.resumed(draft, entries ?? []).map { $0 as any Screen }
    case .verify(let record):
      let beginning = VisitBeginning(workspace, household: workspace.register.visit(record)?.household, lastVisit: nil)
      return beginning.verification(of: record, submission: lastVisit).map { $0 as any Screen }
    case .form(let id, let household, let presets):
      return VisitBeginning(workspace, household: household, lastVisit: nil).form(id, presets).map { $0 as any Screen }
    case .amend(let record, let reason):
      guard let visit = workspace.register.visit(record), let xml = lastVisit else {
        return .failure(Refusal(message: .unreadable))
      }
      let beginning = VisitBeginning(workspace, household: visit.household, lastVisit: nil)
      return beginning.amendment(of: visit, submission: xml, reason: reason).map { $0 as any Screen }
    case .read(let record):
      guard let written = workspace.register.record(record), let xml = lastVisit else {
        return .failure(Refusal(message: .unreadable))
      }
      return VisitBeginning(workspace, household: written.household, lastVisit: nil).reading(written, submission: xml)
        .map { $0 as any Screen }
    }
  }

  private var lastVisit: String? { submission ?? nil }
}
