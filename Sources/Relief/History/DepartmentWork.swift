// 多部门协同 (R45, R37, R47, R54): what each department has to do with one household, together: the slips it was sent and what it said, what it
// gave, the warnings it has a part in; and what stood before the county's coordination.

public struct DepartmentWork: Equatable, Sendable {
  /// As `referral.department`; nil is who did not say which.
  public var department: String?
  /// By the day they were sent.
  public var slips: [Referral] = []
  public var given: [HouseholdHistory.AssistanceRow] = []
  public var warnings: [RiskWarning] = []

  public var openSlips: [Referral] { slips.filter(\.isOpen) }

  /// Days that its latest answer is late on a day; 0 where none is.
  public func overdueDays(on day: CivilDate, _ rules: CaseRules) -> Int {
    openSlips.map { $0.deadline(rules).overdueDays(on: day) }.max() ?? 0
  }
}

extension Register {
  /// One entry for each department that has anything to do with a household: those with a slip that is open first, the one due first
  /// before the others, then those with an open warning, then the rest by name; who did not say which last.
  public func departmentWork(
    of household: String, given: [(department: String?, given: [HouseholdHistory.AssistanceRow])], _ rules: CaseRules
  ) -> [DepartmentWork] {
    var works: [DepartmentWork] = given.map { DepartmentWork(department: $0.department, given: $0.given) }
    func at(_ department: String?) -> Int {
      if let place = works.firstIndex(where: { $0.department == department }) { return place }
      works.append(DepartmentWork(department: department))
      return works.count - 1
    }
    for slip in referrals(of: household).sorted(by: { ($0.date?.dayNumber ?? .max, $0.id) < ($1.date?.dayNumber ?? .max, $1.id) }) {
      works[at(slip.department)].slips.append(slip)
    }
    for warning in warnings(of: household) {
      for department in warning.departments { works[at(department)].warnings.append(warning) }
    }
    func key(_ work: DepartmentWork) -> (Int, Int, Int, String) {
      let due = work.openSlips.map { $0.deadline(rules).due?.dayNumber ?? .max - 1 }.min() ?? .max
      let isWarned = work.warnings.contains { !$0.state.isOver }
      return (work.department == nil ? 1 : 0, due, isWarned ? 0 : 1, work.department ?? "")
    }
    return works.sorted { key($0) < key($1) }
  }

  /// 县级协调 (R54): emergencies of a household that were sent up, the oldest first, with or without an outcome.
  public func coordinated(of household: String) -> [Emergency] {
    rows(of: FactList.emergency, about: household).compactMap { Emergency($0, in: self) }.filter(\.isEscalated)
      .sorted { ($0.date?.dayNumber ?? .max, $0.id) < ($1.date?.dayNumber ?? .max, $1.id) }
  }

  /// Records that hold and state anything of an entity, sorted.
  public func recordsStating(_ list: String, _ entity: String) -> [String] {
    Set(liveSources(list, entity).map { store.texts.text(store.rows[$0.entry].id) }).sorted()
  }
}
