// 排查汇总 (policy §7.4): the day's, or the campaign's, figures by village and by who went.

public struct DayTotals: Equatable, Sendable {
  /// 应走访
  public var planned = 0
  /// 已走访 (households)
  public var visited = 0
  /// 未遇, without those who refused
  public var notMet = 0
  /// 拒访
  public var refused = 0
  /// 发现: households where something was found.
  public var found = 0
  /// 建议纳入: suspected of a category.
  public var suspected = 0
  /// 急难
  public var emergencies = 0
  /// 转办
  public var referred = 0
  /// 清零
  public var cleared = 0

  public static func + (left: DayTotals, right: DayTotals) -> DayTotals {
    var sum = left
    sum.planned += right.planned
    sum.visited += right.visited
    sum.notMet += right.notMet
    sum.refused += right.refused
    sum.found += right.found
    sum.suspected += right.suspected
    sum.emergencies += right.emergencies
    sum.referred += right.referred
    sum.cleared += right.cleared
    return sum
  }
}

public struct TotalsRow: Equatable, Sendable {
  /// A village's code, or a person.
  public var key: String
  /// The person's name; nil for a village.
  public var name: String?
  public var totals: DayTotals
}

public struct Totals: Equatable, Sendable {
  public var villages: [TotalsRow]
  public var people: [TotalsRow]
  public var all: DayTotals
}

extension DayTotals {
  /// Visits of one household, counted as one.
  init(of visits: [Visit]) {
    self.init()
    let met = visits.filter(\.isMet)
    let results = Set(met.compactMap(\.result))
    visited = met.isEmpty ? 0 : 1
    if met.isEmpty {
      let isRefused = visits.contains { $0.value("not_met_reason") == "refused" }
      refused = isRefused ? 1 : 0
      notMet = isRefused ? 0 : 1
    }
    found = results.isDisjoint(with: ["suspected", "emergency", "recheck"]) ? 0 : 1
    suspected = results.contains("suspected") ? 1 : 0
    emergencies = results.contains("emergency") || met.contains { $0.value("emergency") == "yes" } ? 1 : 0
  }
}

extension Register {
  /// Figures of the days `from…to` in a division. A household counts once in its village, and once with each person who
  /// went there; what nobody went to (转办, 清零, 应走访) counts with the village, and 应走访 with the cadre it was given to.
  public func totals(from: CivilDate, to: CivilDate, in division: Division) -> Totals {
    var villages: [String: DayTotals] = [:]
    var people: [String: (name: String?, totals: DayTotals)] = [:]
    for row in plannedRows(from: from, to: to, in: division) {
      villages[row.village, default: DayTotals()].planned += 1
      if let cadre = row.cadre { people[cadre, default: (nil, DayTotals())].totals.planned += 1 }
    }
    let records = visitRecords(from: from, to: to, in: division)
    let visits = records.compactMap { visitAlone($0) }.filter { $0.date.map { from <= $0 && $0 <= to } ?? false }
    for (_, own) in Dictionary(grouping: visits, by: \.household) {
      let village = own.map(\.division).max() ?? ""
      villages[village, default: DayTotals()] = (villages[village] ?? DayTotals()) + DayTotals(of: own)
      for (author, theirs) in Dictionary(grouping: own, by: \.author) {
        let known = people[author.person] ?? (author.name, DayTotals())
        people[author.person] = (known.name ?? author.name, known.totals + DayTotals(of: theirs))
      }
    }
    for (village, change) in others(from: from, to: to, in: division) {
      villages[village, default: DayTotals()] = (villages[village] ?? DayTotals()) + change
    }
    return Totals(
      villages: villages.keys.sorted().map { TotalsRow(key: $0, name: nil, totals: villages[$0] ?? DayTotals()) },
      people: people.keys.sorted().map {
        TotalsRow(key: $0, name: people[$0]?.name, totals: people[$0]?.totals ?? DayTotals())
      },
      all: villages.values.reduce(DayTotals(), +))
  }

  /// Households on the lists of these days, each once.
  private func plannedRows(from: CivilDate, to: CivilDate, in division: Division) -> [(village: String, cadre: String?)] {
    sweptHouseholds(in: division, from: from, to: to).compactMap { household in
      guard let place = self.division(ofHousehold: household),
        division.contains(place)
      else { return nil }
      let rows = sweepRows(of: household).compactMap { entity(FactList.sweep, $0) }.filter { row in
        guard let days = row.days, row.value("cancelled") != "yes" else { return false }
        return days.from <= to && from <= days.to
      }
      guard !rows.isEmpty else { return nil }
      return (place.code, rows.compactMap { $0.value("cadre") }.min())
    }
  }

  private func others(from: CivilDate, to: CivilDate, in division: Division) -> [(String, DayTotals)] {
    var found: [(String, DayTotals)] = []
    for slip in referrals(in: division) where slip.date.map({ from <= $0 && $0 <= to }) ?? false {
      var one = DayTotals()
      one.referred = 1
      found.append((slip.division?.code ?? "", one))
    }
    for household in householdsWithCases(in: division) {
      let cleared = cases(of: household).contains { one in
        one.state == .cleared && (one.since.map { from <= $0 && $0 <= to } ?? false)
      }
      guard cleared else { continue }
      var one = DayTotals()
      one.cleared = 1
      found.append((self.division(ofHousehold: household)?.code ?? "", one))
    }
    return found
  }
}
