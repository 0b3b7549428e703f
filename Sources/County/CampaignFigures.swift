// How far the campaigns are, for whoever has no laptop at hand: the same figures as on the screen (Register.progress).

internal import Relief

/// A line: a township or a village of a campaign's round that runs or ran last.
public struct CampaignFigureLine: Equatable, Sendable {
  public var campaign: String
  /// First and last day of the round.
  public var from: String
  public var to: String
  /// A township or village; nil: all of them.
  public var division: String?
  /// As the table of divisions has it, else its code; the county's of all of them.
  public var name: String
  /// 应走访, 已走访, 未遇, 未访, 发现, 落后, 待排名单.
  public var counts: [Int]

  /// What `counts` are called.
  public static let titles = PageWords.campaignFigures + ["落后", "待排名单"]
}

extension County {
  /// Campaigns that have begun, by their first day: of each its townships, each with its villages, and the sum.
  /// - Parameter division: nil: the county.
  /// - Throws: `badScope`, `noPlace`.
  public func campaigns(division: String?) async throws(CountyFault) -> [CampaignFigureLine] {
    let place = try await place(division)
    let register = try await guarded { try await store.register() }
    guard let today else { return [] }
    return register.campaigns(in: place).flatMap { campaign -> [CampaignFigureLine] in
      guard let round = campaign.round(on: today) else { return [] }
      let progress = register.progress(of: campaign, round, on: today, in: place)
      func line(_ division: Division?, _ figures: CampaignFigures, due: Int) -> CampaignFigureLine {
        CampaignFigureLine(
          campaign: campaign.name, from: round.from.description, to: round.to.description, division: division?.code,
          name: division.map { register.name(of: $0) ?? $0.code } ?? configuration.name,
          counts: [figures.planned, figures.visited, figures.notMet, figures.unvisited, figures.found, figures.behind, due])
      }
      return progress.townships.flatMap { town in
        [line(town.division, town.figures, due: town.due)] + town.villages.map { line($0.division, $0.figures, due: $0.due) }
      } + [line(nil, progress.all, due: progress.due)]
    }
  }
}
