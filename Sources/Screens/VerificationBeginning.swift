// VerificationBeginning: how the second typing of a paper form begins: the same version of the same form, blank. Only what the opening of
// the visit set before anything was typed stands in it: ids, and a row for each member the register knows from elsewhere.

import Relief
import XForm

extension VisitBeginning {
  func verification(of record: String, submission: String?) -> Made {
    first(record, submission).flatMap { first in
      guard let session = blank(first) else { return failure(.formMissing) }
      let beginning = DraftBeginning(
        purpose: .verification(of: record), household: first.visit.household, division: first.visit.division, form: first.form.key,
        instance: String(decoding: session.instanceXML(submission: false), as: UTF8.self))
      return .success(secondTyping(first, session, beginning, draft: workspace.surroundings.uuid(), exists: false))
    }
  }

  func resumedVerification(of record: String, submission: String?, _ draft: DraftSummary, _ entries: [DraftEntry]) -> Made {
    first(record, submission).flatMap { first in
      guard let session = resumed(first.form, draft.beginning.instance) else { return failure(.unreadable) }
      var screen = secondTyping(first, session, draft.beginning, draft: draft.id, exists: true)
      screen.replay(entries)
      return .success(screen)
    }
  }

  private struct First {
    var visit: Relief.Visit
    var form: VisitForm
    var session: Session
  }

  /// The first typing, if it still stands: what was amended or taken back since is no longer what the paper is compared with.
  private func first(_ record: String, _ submission: String?) -> Result<First, PendingOpening.Refusal> {
    guard let visit = workspace.register.visit(record), let submission else { return failure(.unreadable) }
    guard workspace.register.holds(record) else { return failure(.amendedSince) }
    guard let form = form(of: visit) else { return failure(.formMissing) }
    guard let session = resumed(form, submission) else { return failure(.unreadable) }
    return .success(First(visit: visit, form: form, session: session))
  }

  private func blank(_ first: First) -> Session? {
    guard var session = fresh(first.form) else { return nil }
    let roster = Roster(workspace, household: first.visit.household, form: first.form, session: session)
    roster.setIdentities(&session, asIn: first.session) { isKnown($0, besides: first.visit.record) }
    return session
  }

  private func secondTyping(_ first: First, _ session: Session, _ beginning: DraftBeginning, draft: String, exists: Bool) -> VisitScreen {
    var prefill = Prefill()
    Roster(workspace, household: first.visit.household, form: first.form, session: session).proposeCampaign(to: &prefill)
    var screen = screen(first.form, session, prefill, beginning, draft: draft, exists: exists)
    // The notes of the first typing go on with what is put right; those of the second are not kept.
    var holder = screen
    holder.take(first.visit.notes)
    screen.firstTyping = FirstTyping(session: first.session, notes: .init(forced: holder.forced, remarks: holder.remarks))
    return screen
  }
}
