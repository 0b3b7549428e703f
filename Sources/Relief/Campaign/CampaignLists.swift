// The lists of a campaign: for every village of it whose list was not made for the round that runs, what the generator proposes, for the
// campaign's kinds and days, given to the village's cadre.

extension Register {
  /// Villages of a campaign inside a division, by code: those of the table, and those that it names itself.
  public func villages(of campaign: Campaign, in division: Division) -> [Division] {
    var found = Set(campaign.places.filter { $0.level == .village && division.contains($0) })
    for place in campaign.places where place.level != .village {
      guard place.contains(division) || division.contains(place) else { continue }
      for (code, _) in divisions(in: place.contains(division) ? division : place) where code.level == .village { found.insert(code) }
    }
    return found.sorted { $0.code < $1.code }
  }

  /// Villages whose list is due on a day: the round runs, and neither was the list made nor does any row of it stand there.
  public func villagesDue(of campaign: Campaign, on day: CivilDate, in division: Division) -> [Division] {
    guard campaign.ended == nil, let round = campaign.round(on: day), round.contains(day) else { return [] }
    let open = villages(of: campaign, in: division).filter { !campaign.made.contains(MadeList(village: $0.code, from: round.from)) }
    guard !open.isEmpty else { return [] }
    let listed = Set(campaignRows(of: campaign, round, in: division).map(\.village.code))
    return open.filter { !listed.contains($0.code) }
  }

  /// What the lists of these villages would be.
  public func proposals(of campaign: Campaign, _ round: CampaignRound, villages: [Division], _ rules: CaseRules) -> [SweepProposal] {
    guard let request = campaign.request(round, villages) else { return [] }
    let wanted = Set(villages)
    return SweepGenerator(rules).proposals(request, in: self).filter { wanted.contains($0.division) }
  }
}

extension Campaign {
  /// What its lists are made for; nil for no village.
  public func request(_ round: CampaignRound, _ villages: [Division]) -> SweepRequest? {
    guard let division = Division.common(villages) else { return nil }
    var request = SweepRequest(division: division, campaign: name, from: round.from, to: round.to, reasons: Set(kinds))
    request.standsAlone = true
    request.cadres = cadres.mapValues(\.person)
    return request
  }
}
