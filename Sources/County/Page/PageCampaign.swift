// 专项排查 on the page: how far the round is that runs today, by township and village (R21). The same figures as on the desk
// (`Register.progress`), of the whole county once a snapshot; a division's page shows its own part.

internal import Relief

struct PageCampaign: Equatable, Sendable {
  var name: String
  var round: CampaignRound
  private var townships: [CampaignProgress.Row]

  /// Campaigns that run on a day.
  static func running(_ register: Register, in county: Division, on day: CivilDate) -> [PageCampaign] {
    register.campaigns(in: county).filter { $0.state(on: day) == .running }.compactMap { campaign in
      campaign.round(on: day).map { round in
        PageCampaign(
          name: campaign.name, round: round, townships: register.progress(of: campaign, round, on: day, in: county).townships)
      }
    }
  }

  /// Of a county its townships, of a township or a village the villages; none where it goes nowhere in there.
  func rows(in division: Division) -> [CampaignProgress.Row] {
    guard division.level >= .township else { return townships.filter { division.contains($0.division) } }
    return townships.flatMap(\.villages).filter { division.contains($0.division) }
  }
}
