// 访视照料 (R57): who is to be looked after, how often, and which visit is due.

public struct CarePlan: Equatable, Sendable {
  public var id: String
  public var household: String?
  public var person: String?
  public var from: CivilDate?
  /// The last day it holds.
  public var to: CivilDate?
  public var everyDays: Int?
  public var entity: Entity
  /// Day of the last care visit.
  public var lastVisit: CivilDate?
  /// The day promised at that visit.
  public var promised: CivilDate?

  /// The next visit's day: what was promised, else counted from the last one, else the first day of the plan. Nil where the
  /// plan does not say how often, and when it has ended by then.
  public var next: CivilDate? {
    var day = promised
    if day == nil, let everyDays, everyDays > 0 { day = lastVisit?.adding(days: everyDays) }
    if lastVisit == nil { day = day ?? from }
    guard let day, to.map({ day <= $0 }) ?? true else { return nil }
    return day
  }
}

extension Register {
  public func carePlans(of household: String) -> [CarePlan] {
    let visits = rows(of: FactList.careVisit, about: household)
    return rows(of: FactList.carePlan, about: household).map { row in
      func day(_ name: String) -> CivilDate? { row.value(name).flatMap { CivilDate($0) } }
      let plan = visits.filter { visit in
        visit.value("plan") == row.id || (visit.value("plan") == nil && visit.value("person") == row.value("person"))
      }.compactMap { visit in visit.value("date").flatMap { CivilDate($0) }.map { (date: $0, row: visit) } }
      let last = plan.max { ($0.date.dayNumber, $0.row.id) < ($1.date.dayNumber, $1.row.id) }
      return CarePlan(
        id: row.id, household: row.value("household") ?? household, person: row.value("person"), from: day("from"),
        to: day("to"), everyDays: row.value("every_days").flatMap { Int($0) }, entity: row, lastVisit: last?.date,
        promised: last?.row.value("next").flatMap { CivilDate($0) })
    }
  }

  /// Care visits due by a day at a household.
  public func careDue(on day: CivilDate, at household: String) -> [CarePlan] {
    carePlans(of: household).filter { plan in plan.next.map { $0 <= day } ?? false }
  }
}
