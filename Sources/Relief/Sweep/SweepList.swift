// The sweep list (排查名单) of a day: which households are to be visited, why, and how far each one is.

/// How far a household of the list is.
public enum SweepState: Sendable {
  /// 未访
  case unvisited
  /// 草稿
  case draft
  /// 未遇: visited, but nobody was met: still to be visited.
  case notMet
  /// 已访
  case visited
  /// 退回: the visit came back from review.
  case returned
}

/// One household of the list.
public struct SweepRow: Equatable, Sendable {
  public var household: Household
  /// Why it is on the list, one text for each campaign.
  public var reasons: [String]
  public var campaigns: [String]
  /// The days it may be visited, both inclusive.
  public var from: CivilDate
  public var to: CivilDate
  public var order: Int?
  /// Person it is assigned to.
  public var cadre: String?
  public var state: SweepState
  /// The last visit of all, whenever it was.
  public var lastVisit: Visit?
}

extension Register {
  /// Households to be visited on a day, in a division.
  /// - Parameter drafts: households with a visit being typed on this machine; the register does not know drafts.
  /// - Returns: by the list's order, then by village, then by id. A household of several campaigns stands once.
  public func sweep(on day: CivilDate, in division: Division, drafts: Set<String> = []) -> [SweepRow] {
    var rows: [SweepRow] = []
    for household in sweepsOf.keys.sorted() {
      let assigned = (sweepsOf[household] ?? []).sorted().compactMap { assignment($0, household, on: day) }
      guard let first = assigned.first else { continue }
      let known = self.household(household)
      let place = known?.division ?? Division(first.division)
      guard let place, division.contains(place) else { continue }
      var row = SweepRow(
        household: known ?? unknownHousehold(household, place), reasons: unique(assigned.compactMap(\.reason)),
        campaigns: unique(assigned.compactMap(\.campaign)), from: first.from, to: first.to,
        order: assigned.compactMap(\.order).min(), cadre: assigned.compactMap(\.cadre).first, state: .unvisited,
        lastVisit: nil)
      row.from = assigned.map(\.from).min() ?? row.from
      row.to = assigned.map(\.to).max() ?? row.to
      let visits = self.visits(of: household)
      row.lastVisit = visits.first
      row.state = state(of: row, visits, isDraft: drafts.contains(household))
      rows.append(row)
    }
    return rows.sorted { left, right in
      let one = (left.order ?? .max, left.household.division?.code ?? "", left.household.id)
      let other = (right.order ?? .max, right.household.division?.code ?? "", right.household.id)
      return one < other
    }
  }

  private struct Assignment {
    var from: CivilDate
    var to: CivilDate
    var reason: String?
    var campaign: String?
    var order: Int?
    var cadre: String?
    var division: String
  }

  private func assignment(_ id: String, _ household: String, on day: CivilDate) -> Assignment? {
    guard let entity = entity(FactList.sweep, id) else { return nil }
    let sources = liveSources(FactList.sweep, id)
    let stated = entity.value("household")
    guard stated == household || (stated == nil && sources.contains { entries[$0.entry].record.household == household })
    else { return nil }
    guard let from = entity.value("from").flatMap({ CivilDate($0) }),
      let to = entity.value("to").flatMap({ CivilDate($0) }), from <= day, day <= to
    else { return nil }
    let division = sources.map { entries[$0.entry].record.division }.max() ?? ""
    return Assignment(
      from: from, to: to, reason: entity.shown("reason"), campaign: entity.shown("campaign"),
      order: entity.value("order").flatMap { Int($0) }, cadre: entity.value("cadre"), division: division)
  }

  private func state(of row: SweepRow, _ visits: [Visit], isDraft: Bool) -> SweepState {
    if isDraft { return .draft }
    let inside = visits.filter { visit in visit.date.map { row.from <= $0 && $0 <= row.to } ?? false }
    // Who was met once in these days was visited, though nobody opened at a later call.
    let within = inside.first { !$0.metNobody } ?? inside.first
    guard let within else { return .unvisited }
    if within.review?.verdict == .returned { return .returned }
    return within.metNobody ? .notMet : .visited
  }

  private func unknownHousehold(_ id: String, _ division: Division) -> Household {
    Household(
      id: id, division: division, entity: Entity(list: FactList.household, id: id, label: nil, fields: [:]))
  }

  private func unique(_ texts: [String]) -> [String] {
    texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
