// SweepPlan: the list to be made, as the screens show it: what the generator proposes for a division and some days, a line a household.

import Relief

struct SweepPlan: Sendable {
  struct Row: Equatable, Sendable {
    var proposal: SweepProposal
    var head: String
    var village: String
    var reason: String
    /// Goes on the list when it is written.
    var isChosen: Bool
  }

  let request: SweepRequest
  var rows: [Row]

  /// - Parameter days: how many days the list is for, from today.
  init?(_ division: Division, days: Int, _ workspace: Workspace) {
    guard let from = CivilDate(workspace.today), let to = CivilDate(dayNumber: from.dayNumber + max(1, days) - 1) else { return nil }
    request = SweepRequest(division: division, campaign: Words.Sweep.campaign, from: from, to: to)
    let proposals = SweepGenerator(workspace.rules).proposals(request, in: workspace.register)
    rows = proposals.map { proposal in
      let known = workspace.register.summary(of: proposal.household)
      return Row(
        proposal: proposal, head: known?.headName ?? Words.Today.unknownHead,
        village: known.map { Chrome.village(of: $0, workspace) } ?? proposal.division.code,
        reason: Words.Sweep.reasons(proposal.reasons), isChosen: !proposal.isListed)
    }
  }

  /// Records for the chosen rows.
  func records(_ workspace: Workspace) -> [NewRecord] {
    let drafts = SweepGenerator(workspace.rules).drafts(
      rows.filter(\.isChosen).map(\.proposal), request, in: workspace.register, entity: { Self.entity($0, $1, $2, workspace) },
      label: Words.Sweep.reasons)
    return drafts.map { draft in
      NewRecord(
        .sweep, household: draft.household, division: draft.division.code, supersedes: draft.supersedes, facts: [draft.fact])
    }
  }

  /// The row's id is made of what it says; the county lets nobody begin a row under another (docs/county.md).
  private static func entity(_ household: String, _ campaign: String, _ from: CivilDate, _ workspace: Workspace) -> String {
    workspace.namedID("sweep", [household, campaign, from.description])
  }

  /// One household put on today's list by hand, whatever the generator thinks.
  static func adding(_ household: String, because reason: String, _ workspace: Workspace) -> NewRecord? {
    row(household, Words.Sweep.byHand, reason: reason, .added, days: 1, workspace)
  }

  /// One household put on the list of these days for a reason of the generator's.
  static func listing(_ household: String, because reason: SweepReason, days: Int, _ workspace: Workspace) -> NewRecord? {
    row(household, Words.Sweep.campaign, reason: Words.Sweep.reasons([reason]), reason, days: days, workspace)
  }

  private static func row(
    _ household: String, _ campaign: String, reason: String, _ code: SweepReason, days: Int, _ workspace: Workspace
  ) -> NewRecord? {
    guard let today = CivilDate(workspace.today), let last = today.adding(days: days - 1),
      let division = workspace.register.household(household)?.division
    else { return nil }
    let fact = Fact(
      list: FactList.sweep, entity: entity(household, campaign, today, workspace),
      properties: [
        Property("household", household), Property("campaign", campaign), Property("from", today.description),
        Property("to", last.description), Property("reason", reason), Property("reasons", code.rawValue),
      ])
    return NewRecord(
      .sweep, household: household, division: division.code,
      supersedes: workspace.register.recordsSeen(household: nil, facts: [fact]), facts: [fact])
  }
}
