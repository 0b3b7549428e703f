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
  /// Why, as codes; empty for a list that was imported with its text alone.
  public var codes: [SweepReason] = []
  /// The days it may be visited, both inclusive.
  public var from: CivilDate
  public var to: CivilDate
  public var order: Int?
  /// Person it is assigned to.
  public var cadre: String?
  public var state: SweepState
  /// The last visit of all, whenever it was.
  public var lastVisit: Visit?
  /// 未访原因: why the visit of these days met nobody (`visit.not_met_reason`); it is still to be done.
  public var notMetReason: String?
  /// The visit record that came back and waits for its amendment; the newest where there are several.
  public var returned: String?
  /// What its village has in hand (派发, 接收, 核查中, 退回): it stands on every list until it is answered.
  public var warning: RiskWarning?
}

extension SweepRow {
  fileprivate mutating func take(_ warning: RiskWarning?) {
    guard let warning else { return }
    self.warning = warning
    if !codes.contains(.warning) { codes = SweepReason.allCases.filter { codes.contains($0) || $0 == .warning } }
  }
}

extension Register {
  /// Households to be visited on a day, in a division.
  /// - Parameter drafts: households with a visit being typed on this machine; the register does not know drafts.
  /// - Returns: by the list's order, then by village, then by id. A household of several campaigns stands once.
  public func sweep(on day: CivilDate, in division: Division, drafts: Set<String> = []) -> [SweepRow] {
    var rows: [SweepRow] = []
    // The newest of each household: by day, then by record.
    let returned = Dictionary(grouping: returnedVisits(in: division), by: \.household).compactMapValues { visits in
      visits.max { ($0.date?.dayNumber ?? .min, $0.record) < ($1.date?.dayNumber ?? .min, $1.record) }
    }
    let warned = warningsInHand(in: division)
    for household in sweptHouseholds(in: division, from: day, to: day) {
      let assigned = sweepRows(of: household).compactMap { assignment($0, household, on: day) }
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
      row.codes = SweepReason.allCases.filter { code in assigned.contains { $0.codes.contains(code) } }
      let visits = lastVisits(of: household, from: row.from, to: row.to)
      row.lastVisit = visits.first
      row.notMetReason = notMetReason(row, visits)
      row.returned = returned[household]?.record
      row.take(warned[household])
      row.state = state(of: row, visits, isDraft: drafts.contains(household))
      rows.append(row)
    }
    rows += returnedRows(returned.values, on: day, drafts, warned, without: Set(rows.map(\.household.id)))
    rows += warnedRows(warned, on: day, in: division, drafts, without: Set(rows.map(\.household.id)))
    return rows.sorted { left, right in
      let one = (rank(left), left.order ?? .max, left.household.division?.code ?? "", left.household.id)
      let other = (rank(right), right.order ?? .max, right.household.division?.code ?? "", right.household.id)
      return one < other
    }
  }

  /// Returned visits stand first.
  private func rank(_ row: SweepRow) -> Int { row.state == .returned ? 0 : 1 }

  /// Visits that came back and whose household no list of this day has: they must be answered all the same.
  private func returnedRows(
    _ returned: some Sequence<Visit>, on day: CivilDate, _ drafts: Set<String>, _ warned: [String: RiskWarning], without listed: Set<String>
  ) -> [SweepRow] {
    returned.filter { !listed.contains($0.household) }.compactMap { visit in
      guard let household = household(visit.household) else { return nil }
      var row = SweepRow(
        household: household, reasons: [], campaigns: [], codes: [.returned], from: min(visit.date ?? day, day), to: day, order: nil,
        cadre: nil, state: drafts.contains(visit.household) ? .draft : .returned,
        lastVisit: visits(of: visit.household).first, returned: visit.record)
      row.take(warned[visit.household])
      return row
    }
  }

  /// Households with a warning that their village has in hand and that no list of this day has.
  private func warnedRows(
    _ warned: [String: RiskWarning], on day: CivilDate, in division: Division, _ drafts: Set<String>, without listed: Set<String>
  ) -> [SweepRow] {
    warned.keys.sorted().filter { !listed.contains($0) }.compactMap { id in
      guard let household = household(id), let place = household.division, division.contains(place), let warning = warned[id]
      else { return nil }
      var row = SweepRow(
        household: household, reasons: [], campaigns: [], codes: [], from: min(warning.since ?? day, day), to: day, order: nil, cadre: nil,
        state: .unvisited)
      row.take(warning)
      let visits = lastVisits(of: id, from: row.from, to: row.to)
      row.lastVisit = visits.first
      row.notMetReason = notMetReason(row, visits)
      row.state = state(of: row, visits, isDraft: drafts.contains(id))
      return row
    }
  }

  /// By household: the warnings of a division that a village has in hand.
  func warningsInHand(in division: Division) -> [String: RiskWarning] {
    let inHand = allWarnings(in: division).filter(\.state.isWithVillage)
    return Dictionary(inHand.map { ($0.household, $0) }) { first, _ in first }
  }

  /// Visits that came back from review and have not been answered, by record.
  public func returnedVisits(in division: Division) -> [Visit] {
    var found: [Visit] = []
    for reviewed in returnedRecords() {
      guard holds(reviewed), review(of: reviewed)?.verdict == .returned, let visit = visit(reviewed),
        let place = Division(visit.division), division.contains(place)
      else { continue }
      found.append(visit)
    }
    return found.sorted { $0.record < $1.record }
  }

  private struct Assignment {
    var from: CivilDate
    var to: CivilDate
    var reason: String?
    var codes: [SweepReason]
    var campaign: String?
    var order: Int?
    var cadre: String?
    var division: String
  }

  private func assignment(_ id: String, _ household: String, on day: CivilDate) -> Assignment? {
    guard let entity = entity(FactList.sweep, id) else { return nil }
    let sources = liveSources(FactList.sweep, id)
    let stated = entity.value("household")
    guard stated == household || (stated == nil && sources.contains { store.texts.text(store.rows[$0.entry].household) == household })
    else { return nil }
    guard let from = entity.value("from").flatMap({ CivilDate($0) }),
      let to = entity.value("to").flatMap({ CivilDate($0) }), from <= day, day <= to, entity.value("cancelled") != "yes"
    else { return nil }
    let division = sources.map { store.texts.text(store.rows[$0.entry].division) }.max() ?? ""
    return Assignment(
      from: from, to: to, reason: entity.shown("reason"),
      codes: entity.codes("reasons").compactMap { SweepReason(rawValue: $0) }, campaign: entity.shown("campaign"),
      order: entity.value("order").flatMap { Int($0) }, cadre: entity.value("cadre"), division: division)
  }

  private func state(of row: SweepRow, _ visits: [Visit], isDraft: Bool) -> SweepState {
    if isDraft { return .draft }
    // It waits for its amendment, whatever came after it.
    if row.returned != nil { return .returned }
    let within = self.within(row, visits)
    // Who was met once in these days was visited, though nobody opened at a later call.
    guard let visit = within.first(where: \.isMet) ?? within.first else { return .unvisited }
    // Who was met before the warning came to the village is to be met again.
    if let since = row.warning?.since, visit.isMet, visit.date.map({ $0 < since }) ?? true { return .unvisited }
    return visit.isMet ? .visited : .notMet
  }

  /// Only while nobody was met in the row's days.
  private func notMetReason(_ row: SweepRow, _ visits: [Visit]) -> String? {
    let within = self.within(row, visits)
    guard let last = within.first, !within.contains(where: \.isMet) else { return nil }
    return last.value("not_met_reason") ?? "other"
  }

  private func within(_ row: SweepRow, _ visits: [Visit]) -> [Visit] {
    visits.filter { visit in visit.date.map { row.from <= $0 && $0 <= row.to } ?? false }
  }

  private func unknownHousehold(_ id: String, _ division: Division) -> Household {
    Household(
      id: id, division: division, entity: Entity(list: FactList.household, id: id, label: nil, fields: [:]))
  }

  private func unique(_ texts: [String]) -> [String] {
    texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
