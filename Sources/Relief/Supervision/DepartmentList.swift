// 部门名单 as the county follows them (R36): which list is due how often, when it last came, and whether it should have come again. Two
// sorts of facts of list `batch` say it, both the county's alone: one for each list that is followed (no `hash`), and one for each
// batch that came. docs/department-data.md, "When a list is due".

public struct DepartmentList: Equatable, Sendable {
  /// How often a list is to come.
  public enum Period: Equatable, Sendable {
    case months(Int)
    /// 不定期: nobody waits for it.
    case never
    /// 未设定: neither the list nor the county has a figure.
    case unset

    /// As `every_months` of a fact says it; nil: the fact says nothing.
    public init?(text: String) {
      guard let months = Int(text), months >= 0 else { return nil }
      self = months == 0 ? .never : .months(months)
    }

    public var text: String {
      switch self {
      case .months(let months): String(months)
      case .never: "0"
      case .unset: ""
      }
    }
  }

  /// A batch that came.
  public struct Arrival: Equatable, Sendable {
    /// The day its file speaks of.
    public var asOf: CivilDate
    public var taken: CivilDate?
    public var rows: Int?
    public var accepted: Int?
    public var rejected: Int?
  }

  /// `department/list`.
  public var profile: String
  /// As `referral.department`.
  public var department: String
  /// What the department and the list are called; the profile's name where nobody said.
  public var departmentTitle: String
  public var title: String
  /// What the list itself says of its period.
  public var own: Period = .unset
  /// The day since which it is waited for with a period of its own.
  public var since: CivilDate?
  /// The figure for all lists, `import_period_months`.
  public var everyMonths: Int?
  /// The batch that speaks of the latest day.
  public var last: Arrival?

  public init(profile: String, department: String, departmentTitle: String = "", title: String = "") {
    self.profile = profile
    self.department = department
    self.departmentTitle = departmentTitle
    self.title = title.isEmpty ? profile : title
  }

  /// The county's figure holds for lists that came at least once: one that never came is waited for only where it says so itself.
  public var period: Period {
    if own != .unset { return own }
    guard last != nil, let everyMonths, everyMonths > 0 else { return .unset }
    return .months(everyMonths)
  }

  /// The day it should come again: so many months after the day the last one speaks of, since older data are no news; where none came,
  /// the day it was first waited for. Nil where nobody waits.
  public var due: CivilDate? {
    guard case .months(let months) = period else { return nil }
    return last.map { $0.asOf.adding(months: months) } ?? since
  }

  public func isDue(on day: CivilDate) -> Bool { due.map { $0 <= day } ?? false }

  /// Days past the due day; 0 in time.
  public func overdueDays(on day: CivilDate) -> Int { due.map { max(0, day.dayNumber - $0.dayNumber) } ?? 0 }
}

extension Register {
  /// Every list that is followed or ever came, the one overdue the longest first, then by the day it is due, then by name.
  /// - Parameter everyMonths: `import_period_months` of the day.
  public func departmentLists(everyMonths: Int?) -> [DepartmentList] {
    var lists: [String: DepartmentList] = [:]
    for id in entities(of: FactList.batch) {
      guard let entity = entity(FactList.batch, id), let profile = entity.value("profile") else { continue }
      let department = entity.value("department") ?? ""
      var list = lists[profile] ?? DepartmentList(profile: profile, department: department)
      if entity.value("hash") == nil {
        list.departmentTitle = entity.value("department_title") ?? ""
        list.title = entity.value("title") ?? profile
        list.own = entity.value("every_months").flatMap(DepartmentList.Period.init(text:)) ?? .unset
        list.since = entity.value("since").flatMap { CivilDate($0) }
      } else if entity.value("withdrawn") == nil, let asOf = entity.value("as_of").flatMap({ CivilDate($0) }), asOf.isWhole {
        func count(_ name: String) -> Int? { entity.value(name).flatMap { Int($0) } }
        let one = DepartmentList.Arrival(
          asOf: asOf, taken: entity.value("date").flatMap { CivilDate($0) }, rows: count("rows"), accepted: count("accepted"),
          rejected: count("rejected"))
        if list.last.map({ ($0.asOf, $0.taken ?? asOf) < (asOf, one.taken ?? asOf) }) ?? true { list.last = one }
      }
      lists[profile] = list
    }
    return lists.values.map { list in
      var list = list
      list.everyMonths = everyMonths
      return list
    }.sorted(by: DepartmentList.isBefore)
  }

  /// Those that should have come by a day.
  public func departmentListsDue(on day: CivilDate, everyMonths: Int?) -> [DepartmentList] {
    entities(of: FactList.batch).isEmpty ? [] : departmentLists(everyMonths: everyMonths).filter { $0.isDue(on: day) }
  }
}

extension DepartmentList {
  public static func isBefore(_ left: DepartmentList, _ right: DepartmentList) -> Bool {
    (left.due?.dayNumber ?? .max, left.profile) < (right.due?.dayNumber ?? .max, right.profile)
  }
}

extension PolicyParameters {
  /// `import_period_months` where it is set.
  public func importPeriodMonths(on day: CivilDate) -> Int? {
    guard case .count(let months)? = self[.importPeriodMonths, on: day], months > 0 else { return nil }
    return months
  }
}
