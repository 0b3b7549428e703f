// 久未走访 (R34): when somebody of a household was last spoken to. The database is as new as its visits.

public struct StaleHousehold: Equatable, Sendable {
  public var household: String
  public var division: Division
  /// The last day somebody was met; nil: never.
  public var lastMet: CivilDate?
}

extension Register {
  /// Households of a division that nobody has met within the months before a day, those never met first, then the longest ago.
  /// - Parameter months: `sweep_period_months`; nil where it is 未设定: then every household stands in the list.
  public func stale(in division: Division, on day: CivilDate, months: Int?) -> [StaleHousehold] {
    let since = months.flatMap { day.adding(months: -$0) }
    let found = standing(in: division).compactMap { id, place -> StaleHousehold? in
      let met = lastMet(at: id)
      if let met, let since, since < met { return nil }
      return StaleHousehold(household: id, division: place, lastMet: met)
    }
    return found.sorted { left, right in
      let one = (left.lastMet?.dayNumber ?? .min, left.division.code, left.household)
      return one < (right.lastMet?.dayNumber ?? .min, right.division.code, right.household)
    }
  }

  /// The last day on which a visit that holds met somebody. It reads no visit as a whole: a list over a township asks it of everybody.
  func lastMet(at household: String) -> CivilDate? {
    let method = store.texts.find("method")
    let missed = store.texts.find("not_met")
    let days = records(about: household).compactMap { index -> Int32? in
      let row = store.rows[index]
      guard row.marks.contains(.isVisit), row.day != .min, store.holds(index) else { return nil }
      guard let method, let missed else { return row.day }
      let isMissed = store.facts(of: index).contains { store.list(of: $0) == names.visit && store.value(method, of: $0) == missed }
      return isMissed ? nil : row.day
    }
    return days.max().flatMap { CivilDate(dayNumber: Int($0)) }
  }
}
