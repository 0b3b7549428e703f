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
    guard let today = CivilDate(workspace.today), let known = workspace.register.household(household), let division = known.division
    else { return nil }
    let entity = entity(household, Words.Sweep.byHand, today, workspace)
    let fact = Fact(
      list: FactList.sweep, entity: entity,
      properties: [
        Property("household", household), Property("campaign", Words.Sweep.byHand), Property("from", today.description),
        Property("to", today.description), Property("reason", reason), Property("reasons", SweepReason.added.rawValue),
      ])
    return NewRecord(
      .sweep, household: household, division: division.code,
      supersedes: workspace.register.recordsSeen(household: nil, facts: [fact]), facts: [fact])
  }
}
