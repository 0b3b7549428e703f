// CampaignPlan: what somebody typed of a campaign, before it is written; what is wrong with it; and every fact that a campaign is made of.

public struct CampaignPlan: Equatable, Sendable {
  public var name: String
  public var from: CivilDate
  public var to: CivilDate
  public var kinds: Set<SweepReason>
  public var places: [Division]
  public var everyMonths: Int?

  public init(
    name: String, from: CivilDate, to: CivilDate, kinds: Set<SweepReason> = SweepReason.kinds, places: [Division] = [],
    everyMonths: Int? = nil
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.kinds = kinds
    self.places = places
    self.everyMonths = everyMonths
  }

  /// What a campaign may list for: what was put on by hand and what came back from review are no kind of household.
  public static let kinds: [SweepReason] = SweepReason.allCases.filter { ![.returned, .added].contains($0) }
  /// How often it may be made to come again, in months; nil: once.
  public static let schedules: [Int?] = [nil, 1, 2, 3, 6, 12]

  /// Where its record stands: the narrowest division that holds all its places.
  public var division: Division? { Division.common(places) }

  /// The fact that states it.
  public func fact(entity: String) -> Fact {
    Fact(
      list: FactList.campaign, entity: entity, label: name,
      properties: [
        Property("name", name), Property("from", from.description), Property("to", to.description),
        Property("kinds", SweepReason.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: " ")),
        Property("villages", places.map(\.code).sorted().joined(separator: " ")),
      ] + (everyMonths.map { [Property("every_months", String($0))] } ?? []))
  }
}

/// Why a plan cannot be written.
public enum CampaignProblem: Hashable, Sendable {
  case noName
  /// Another campaign of the same days and villages has the name, or the daily lists do: their rows could not be told apart.
  case nameTaken
  case daysReversed
  /// The last day has passed.
  case isOver
  /// The next round would begin before this one ends.
  case overlapsNext(months: Int)
  case noKinds
  case noPlaces
  /// No division of the writer's holds all its places.
  case tooWide
}

extension CampaignPlan {
  /// - Parameters:
  ///   - scopes: where the writer works.
  ///   - namesTaken: names that lists have that belong to no campaign.
  public func problem(on today: CivilDate, scopes: [Division], namesTaken: Set<String>, in register: Register) -> CampaignProblem? {
    guard !name.isEmpty else { return .noName }
    guard from <= to else { return .daysReversed }
    guard today <= to else { return .isOver }
    if let everyMonths, let next = from.adding(months: everyMonths), next <= to { return .overlapsNext(months: everyMonths) }
    guard !kinds.isEmpty else { return .noKinds }
    guard let division else { return .noPlaces }
    guard scopes.contains(where: { $0.contains(division) }) else { return .tooWide }
    let isTaken = register.campaigns(in: division).contains { other in
      other.name == name && (other.next(after: to) != nil || other.rounds(on: to).contains { from <= $0.to })
    }
    return isTaken || namesTaken.contains(name) ? .nameTaken : nil
  }
}

extension Campaign {
  /// It is not wanted after this day.
  public func end(on day: CivilDate, reason: String) -> Fact {
    Fact(
      list: FactList.campaign, entity: id,
      properties: [Property("ended", day.description), Property("reason", reason)])
  }

  /// The list of a village is given to somebody; nil: to nobody in particular.
  public func giving(_ village: Division, to cadre: CampaignCadre?, entity: String) -> Fact {
    Fact(
      list: FactList.campaignVillage, entity: entity,
      properties: [
        Property("campaign", id), Property("division", village.code), Property("cadre", cadre?.person ?? ""),
        Property("cadre_name", cadre?.name ?? ""),
      ])
  }

  /// The list of a village was made for a round.
  public func making(_ round: CampaignRound, in village: Division, on day: CivilDate, households: Int, entity: String) -> Fact {
    Fact(
      list: FactList.campaignRound, entity: entity,
      properties: [
        Property("campaign", id), Property("division", village.code), Property("from", round.from.description),
        Property("date", day.description), Property("count", String(households)),
      ])
  }
}
