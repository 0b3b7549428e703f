// How far a round of a campaign is: 应走访, 已走访, 未遇, 未访, 发现, and what is behind, by township, village and cadre (R21).

public struct CampaignFigures: Equatable, Sendable {
  /// 应走访
  public var planned = 0
  /// 已走访: somebody was met in the days of the round.
  public var visited = 0
  /// 未遇: gone to, nobody met, or refused.
  public var notMet = 0
  /// 发现: suspected, an emergency, or to be looked at again.
  public var found = 0
  /// How many fewer were visited by last evening than an even pace would have.
  public var behind = 0
  /// 未访: nobody went there yet.
  public var unvisited: Int { planned - visited - notMet }

  public init(planned: Int = 0, visited: Int = 0, notMet: Int = 0, found: Int = 0, behind: Int = 0) {
    (self.planned, self.visited, self.notMet, self.found, self.behind) = (planned, visited, notMet, found, behind)
  }

  public static func + (left: CampaignFigures, right: CampaignFigures) -> CampaignFigures {
    CampaignFigures(
      planned: left.planned + right.planned, visited: left.visited + right.visited, notMet: left.notMet + right.notMet,
      found: left.found + right.found, behind: left.behind + right.behind)
  }
}

public struct CampaignProgress: Equatable, Sendable {
  public struct Row: Equatable, Sendable {
    /// A village, or a township by its nine digits.
    public var division: Division
    public var figures: CampaignFigures
    /// Of a village: whose its list is.
    public var cadre: CampaignCadre?
    /// Villages whose list is due; of a village 1 or 0.
    public var due: Int
    /// Of a township, by code.
    public var villages: [Row] = []
  }

  public struct Person: Equatable, Sendable {
    /// Nil: households whose list is nobody's.
    public var cadre: CampaignCadre?
    public var figures: CampaignFigures
  }

  public var round: CampaignRound
  public var townships: [Row]
  /// Who is given a list, by name, and last what is nobody's.
  public var people: [Person]
  public var all: CampaignFigures
  public var due: Int
}

/// A household on the list of a campaign.
struct CampaignRow {
  var household: String
  var village: Division
  var cadre: String?
}

extension Register {
  /// - Parameters:
  ///   - day: the day it is asked on; visits are counted to the end of the round.
  ///   - division: a county, a township or a village.
  public func progress(of campaign: Campaign, _ round: CampaignRound, on day: CivilDate, in division: Division) -> CampaignProgress {
    var cells: [Cell: CampaignFigures] = [:]
    for row in campaignRows(of: campaign, round, in: division) {
      let given = campaign.cadres[row.village.code]?.person ?? row.cadre
      let figures = figures(of: row.household, in: round)
      let cell = Cell(village: row.village, cadre: given)
      cells[cell] = (cells[cell] ?? CampaignFigures()) + figures
    }
    for (cell, figures) in cells { cells[cell]?.behind = Self.behind(figures, round, on: day) }
    let due = Set(villagesDue(of: campaign, on: day, in: division))
    let villages = Set(villages(of: campaign, in: division)).union(cells.keys.map(\.village)).sorted { $0.code < $1.code }.map { village in
      CampaignProgress.Row(
        division: village, figures: cells.filter { $0.key.village == village }.values.reduce(CampaignFigures(), +),
        cadre: campaign.cadres[village.code], due: due.contains(village) ? 1 : 0)
    }
    return CampaignProgress(
      round: round, townships: Self.townships(villages), people: people(cells, campaign),
      all: villages.map(\.figures).reduce(CampaignFigures(), +), due: due.count)
  }

  private struct Cell: Hashable {
    var village: Division
    var cadre: String?
  }

  private static func townships(_ villages: [CampaignProgress.Row]) -> [CampaignProgress.Row] {
    Dictionary(grouping: villages) { String($0.division.code.prefix(9)) }.sorted { $0.key < $1.key }.compactMap { code, rows in
      Division(code).map {
        CampaignProgress.Row(
          division: $0, figures: rows.map(\.figures).reduce(CampaignFigures(), +), due: rows.reduce(0) { $0 + $1.due }, villages: rows)
      }
    }
  }

  private func people(_ cells: [Cell: CampaignFigures], _ campaign: Campaign) -> [CampaignProgress.Person] {
    var names = Dictionary(people.map { ($0.person, $0.name) }, uniquingKeysWith: { one, _ in one })
    for cadre in campaign.cadres.values { names[cadre.person] = cadre.name }
    return Dictionary(grouping: cells, by: \.key.cadre).map { cadre, own in
      CampaignProgress.Person(
        cadre: cadre.map { CampaignCadre(person: $0, name: names[$0] ?? $0) },
        figures: own.map(\.value).reduce(CampaignFigures(), +))
    }.sorted { left, right in
      func key(_ one: CampaignProgress.Person) -> (Int, String, String) {
        (one.cadre == nil ? 1 : 0, one.cadre?.name ?? "", one.cadre?.person ?? "")
      }
      return key(left) < key(right)
    }
  }

  /// An even pace: of all that is planned, the part of the days that are over by the day's morning.
  static func behind(_ figures: CampaignFigures, _ round: CampaignRound, on day: CivilDate) -> Int {
    let days = round.to.dayNumber - round.from.dayNumber + 1
    let over = min(days, max(0, day.dayNumber - round.from.dayNumber))
    return max(0, figures.planned * over / days - figures.visited)
  }

  private func figures(of household: String, in round: CampaignRound) -> CampaignFigures {
    let visits = visitsAlone(of: household).filter { $0.date.map { round.contains($0) } ?? false }
    guard !visits.isEmpty else { return CampaignFigures(planned: 1) }
    let totals = DayTotals(of: visits)
    return CampaignFigures(planned: 1, visited: totals.visited, notMet: totals.notMet + totals.refused, found: totals.found)
  }

  /// Households on the lists of a campaign's round, each once, in its villages: by the name on the rows and their first day.
  func campaignRows(of campaign: Campaign, _ round: CampaignRound, in division: Division) -> [CampaignRow] {
    sweptHouseholds(in: division, from: round.from, to: round.to).compactMap { household in
      let rows = sweepRows(of: household).compactMap { entity(FactList.sweep, $0) }.filter { row in
        guard row.value("campaign") == campaign.name, row.value("cancelled") != "yes", let days = row.days else { return false }
        return round.contains(days.from)
      }
      guard !rows.isEmpty, !isMerged(household), let village = self.division(ofHousehold: household), division.contains(village),
        campaign.covers(village)
      else { return nil }
      return CampaignRow(household: household, village: village, cadre: rows.compactMap { $0.value("cadre") }.filter { !$0.isEmpty }.min())
    }
  }
}
