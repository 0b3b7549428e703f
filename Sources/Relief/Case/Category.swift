// 身份认定: what was granted, as rows of the list `category` (docs/facts.md). A step into 救助 writes one, the step out of it ends it.
// And the six groups by which the county reports (R35).

/// What a household, or one person of it, is on a day.
public struct Grant: Hashable, Sendable {
  /// Code of 低收入人口类别.
  public var kind: String
  /// Where the unit is one person (单人保, 特困).
  public var person: String?
}

/// 低收入人口 as 三（三）二 groups them: 易返贫致贫 are the three kinds under watch together.
public enum ReliefGroup: String, CaseIterable, Sendable {
  case lowIncome = "lb"
  case destitute = "tk"
  case edge = "by"
  /// 脱贫不稳定, 边缘易致贫, 突发严重困难
  case monitored
  case spending = "zcx"
  case other

  public init?(kind: String) {
    switch kind {
    case "tpbw", "byyz", "tfyz": self = .monitored
    default: self.init(rawValue: kind)
    }
  }
}

/// Households and people of one group; a household of two groups counts in both.
public struct GroupCount: Equatable, Sendable {
  public var group: ReliefGroup
  public var households = 0
  /// Members of a household that holds it as a whole, else the persons who hold it.
  public var persons = 0
  public var rural = 0
  public var urban = 0
}

extension Register {
  /// The granted row of a case that nobody has ended: of its household or person, for its track; the newest where there are several.
  public func openCategory(of key: CaseKey) -> String? {
    guard let track = key.track else { return nil }
    return rows(of: FactList.category, about: key.household)
      .filter { $0.value("kind") == track.rawValue && $0.value("person") == key.person && $0.value("to") == nil }
      .max { ($0.value("from") ?? "", $0.id) < ($1.value("from") ?? "", $1.id) }?.id
  }

  /// What stands on a day: granted rows whose dates hold it and whose case was not closed since; where there is no such row at all, what
  /// the roster or a visit says; and a case in 救助 or 渐退 whose row may not have come yet.
  public func grants(of household: String, on day: CivilDate) -> Set<Grant> {
    var found: Set<Grant> = []
    let rows = rows(of: FactList.category, about: household)
    let cases = cases(of: household)
    for row in rows {
      let from = row.value("from").flatMap { CivilDate($0) }
      let to = row.value("to").flatMap { CivilDate($0) }
      guard let kind = row.value("kind"), from.map({ $0 <= day }) ?? true, to.map({ day < $0 }) ?? true else { continue }
      // The township's step out of 救助 ends it, though only the county writes the row's last day.
      let isOver = cases.contains { one in
        one.key.track?.rawValue == kind && one.key.person == row.value("person") && (one.state == .left || one.state == .cleared)
          && (one.since.map { since in since <= day && (from.map { $0 <= since } ?? true) } ?? false)
      }
      if !isOver { found.insert(Grant(kind: kind, person: row.value("person"))) }
    }
    if rows.isEmpty, let kind = value("category", of: FactList.household, household) { found.insert(Grant(kind: kind)) }
    for one in cases {
      guard let track = one.key.track, one.state == .helped || one.state == .tapering else { continue }
      found.insert(Grant(kind: track.rawValue, person: one.key.person))
    }
    return found
  }

  /// What stands on a day in a division, households that hold nothing left out; by division and household.
  public func grants(in division: Division, on day: CivilDate) -> [(household: String, grants: Set<Grant>)] {
    // Of nearly everybody there is no row and no step: then `grants` comes to what the roster or a visit says.
    let worked = households(withAnyOf: FactList.category).union(households(withAnyOf: FactList.caseStep))
    return standing(in: division).compactMap { household, place -> (place: Division, household: String, grants: Set<Grant>)? in
      let told = value("category", of: FactList.household, household).map { [Grant(kind: $0)] } ?? []
      let grants = worked.contains(household) ? grants(of: household, on: day) : Set(told.filter { !$0.kind.isEmpty })
      return grants.isEmpty ? nil : (place, household, grants)
    }.sorted { ($0.place.code, $0.household) < ($1.place.code, $1.household) }.map { ($0.household, $0.grants) }
  }

  /// R35: the six groups in a division on a day, in their order, also those of nobody.
  public func groups(in division: Division, on day: CivilDate) -> [GroupCount] {
    var counts = Dictionary(uniqueKeysWithValues: ReliefGroup.allCases.map { ($0, GroupCount(group: $0)) })
    for (household, grants) in grants(in: division, on: day) {
      let byGroup = Dictionary(grouping: grants) { ReliefGroup(kind: $0.kind) }
      for (group, grants) in byGroup {
        guard let group, var count = counts[group] else { continue }
        count.households += 1
        let isWhole = grants.contains { $0.person == nil }
        count.persons += isWhole ? persons(of: household).count : Set(grants.compactMap(\.person)).count
        switch value("hukou", of: FactList.household, household) {
        case "rural": count.rural += 1
        case "urban": count.urban += 1
        default: break
        }
        counts[group] = count
      }
    }
    return ReliefGroup.allCases.compactMap { counts[$0] }
  }
}
