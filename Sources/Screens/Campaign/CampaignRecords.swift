// The records of a campaign, as its screens write them: the plan, the end, whose a list is, and the lists of a round.

import Relief
import XForm

enum CampaignRecords {
  /// Lists made, and for how many households.
  struct Lists: Equatable, Sendable {
    var records: [NewRecord]
    var households: Int
  }

  static func plan(_ plan: CampaignPlan, _ workspace: Workspace) -> NewRecord? {
    plan.division.map { NewRecord(.campaign, division: $0.code, facts: [plan.fact(entity: workspace.surroundings.uuid())]) }
  }

  static func end(_ campaign: Campaign, on day: CivilDate, reason: String) -> NewRecord {
    NewRecord(.campaign, division: campaign.division.code, supersedes: campaign.heads, facts: [campaign.end(on: day, reason: reason)])
  }

  /// Filed under the village, so that whoever works there may say it of the county's campaign too.
  static func giving(_ campaign: Campaign, _ village: Division, to cadre: CampaignCadre?, _ workspace: Workspace) -> NewRecord {
    NewRecord(
      .campaign, division: village.code, supersedes: campaign.cadres[village.code]?.heads ?? [],
      facts: [campaign.giving(village, to: cadre, entity: workspace.surroundings.uuid())])
  }

  /// What there is to write for a round that runs: the lists of the villages that are due; where none is, what has come to the others since.
  static func lists(_ campaign: Campaign, on day: CivilDate, _ workspace: Workspace) -> Lists {
    let scopes = workspace.identity.scopes.compactMap { Division($0) }
    let due = scopes.map { workspace.register.villagesDue(of: campaign, on: day, in: $0) }
    let isDue = due.contains { !$0.isEmpty }
    var lists = Lists(records: [], households: 0)
    guard campaign.state(on: day) == .running, let round = campaign.round(on: day) else { return lists }
    for (scope, due) in zip(scopes, due) {
      let villages = isDue ? due : workspace.register.villages(of: campaign, in: scope)
      guard let place = Division.common(villages), let request = campaign.request(round, villages) else { continue }
      let proposals = workspace.register.proposals(of: campaign, round, villages: villages, workspace.rules)
      let drafts = SweepGenerator(workspace.rules).drafts(
        proposals, request, in: workspace.register,
        entity: { workspace.namedID("sweep", [$0, $1, $2.description]) }, label: Words.Sweep.reasons)
      lists.households += drafts.count
      lists.records += drafts.map {
        NewRecord(.sweep, household: $0.household, division: $0.division.code, supersedes: $0.supersedes, facts: [$0.fact])
      }
      guard isDue, !villages.isEmpty else { continue }
      let counts = Dictionary(grouping: proposals, by: \.division).mapValues(\.count)
      lists.records.append(
        NewRecord(
          .campaign, division: place.code,
          facts: villages.map {
            campaign.making(round, in: $0, on: day, households: counts[$0] ?? 0, entity: workspace.surroundings.uuid())
          }))
    }
    return lists
  }

  /// Campaigns of this person's divisions: those that run first, then by their days, the newest first.
  static func all(_ workspace: Workspace) -> [Campaign] {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return [] }
    func rank(_ campaign: Campaign) -> Int {
      switch campaign.state(on: today) {
      case .running: 0
      case .planned: 1
      case .between: 2
      case .over: 3
      case .ended, .withdrawn: 4
      }
    }
    return workspace.register.campaigns(in: division).sorted { left, right in
      (rank(left), -left.from.dayNumber, left.id) < (rank(right), -right.from.dayNumber, right.id)
    }
  }

  /// Villages of this person's divisions whose list is due.
  static func due(_ campaign: Campaign, on day: CivilDate, _ workspace: Workspace) -> Int {
    workspace.division.map { workspace.register.villagesDue(of: campaign, on: day, in: $0).count } ?? 0
  }

  /// What a key that makes lists does on either screen.
  static func making(_ campaign: Campaign?, _ workspace: Workspace?) -> Result<Lists, CampaignRefusal> {
    guard let workspace, let campaign, let today = CivilDate(workspace.today) else { return .failure(.notYours) }
    let role = workspace.identity.role
    guard role.writes(.campaign), role.writes(.sweep) else { return .failure(.notYours) }
    guard campaign.state(on: today) == .running else { return .failure(.notRunning) }
    let lists = lists(campaign, on: today, workspace)
    return lists.records.isEmpty ? .failure(.nothingToList) : .success(lists)
  }
}

/// Why nothing is written of a campaign.
enum CampaignRefusal: Error, Hashable, Sendable {
  case notYours, notRunning, nothingToList, isOver
}

extension Workspace {
  /// Whether this person may change a campaign itself.
  func plans(_ campaign: Campaign) -> Bool { identity.role.writes(.campaign) && identity.reaches(campaign.division.code) }
}
