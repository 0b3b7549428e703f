// 已录入省系统 (R30): what of a household's grants stands in the provincial system already. Noted by person and kind and not by household:
// who is granted something later in a household that was entered long ago would never be entered.

/// What was entered of one household, as it matters on a day.
public struct ProvincialEntries: Sendable {
  private struct Holder: Hashable {
    var kind: String
    /// Nil is the household as a whole.
    var person: String?
  }

  /// The last day that an entry spoke of.
  private var through: [Holder: CivilDate] = [:]
  /// The first day of what is granted now; none where nobody wrote one.
  private var since: [Holder: CivilDate] = [:]
  private let members: [String]
  /// When something was last entered.
  public let lastDate: CivilDate?

  init(_ entries: [Entity], _ granted: [Entity], _ cases: [Case], members: [String], on day: CivilDate) {
    self.members = members
    lastDate = entries.compactMap { $0.value("date").flatMap { CivilDate($0) } }.max()
    for entry in entries {
      guard let kind = entry.value("kind"), let stated = entry.value("through").flatMap({ CivilDate($0) }) else { continue }
      // Nobody types what has not begun yet, whatever an older program noted of a month that ran.
      let day = entry.value("date").flatMap { CivilDate($0) }.map { min($0, stated) } ?? stated
      let holder = Holder(kind: kind, person: entry.value("person"))
      through[holder] = max(day, through[holder] ?? day)
    }
    for row in granted {
      guard let kind = row.value("kind"), let from = row.value("from").flatMap({ CivilDate($0) }), from <= day else { continue }
      guard row.value("to").flatMap({ CivilDate($0) }).map({ day < $0 }) ?? true else { continue }
      let holder = Holder(kind: kind, person: row.value("person"))
      since[holder] = max(from, since[holder] ?? from)
    }
    // What is granted by a step alone began with it.
    for one in cases where one.state == .helped || one.state == .tapering {
      guard let kind = one.key.track?.rawValue, let from = one.entry(into: .helped)?.step.date else { continue }
      let holder = Holder(kind: kind, person: one.key.person)
      if since[holder] == nil { since[holder] = from }
    }
  }

  /// Whether what a person holds of a kind was entered; `person` nil: what the household holds as a whole, entered as one. A grant that
  /// began after the last day an entry spoke of is a new one.
  public func covers(_ kind: String, of person: String?) -> Bool {
    let own = Holder(kind: kind, person: person)
    let whole = Holder(kind: kind, person: nil)
    guard let last = [through[own], through[whole]].compactMap({ $0 }).max() else { return false }
    return [since[own], since[whole]].compactMap { $0 }.max().map { $0 <= last } ?? true
  }

  /// The same of a grant: one of the household also where every member was entered.
  public func covers(_ grant: Grant) -> Bool {
    if covers(grant.kind, of: grant.person) { return true }
    return grant.person == nil && !members.isEmpty && members.allSatisfy { covers(grant.kind, of: $0) }
  }

  /// Whether an entry of this very holder speaks of the day, or a later one.
  public func speaks(of kind: String, person: String?, through day: CivilDate) -> Bool {
    through[Holder(kind: kind, person: person)].map { day <= $0 } ?? false
  }
}

extension Register {
  public func provincialEntries(of household: String, on day: CivilDate) -> ProvincialEntries {
    ProvincialEntries(
      entities(of: FactList.provincialEntry, household: household), entities(of: FactList.category, household: household),
      cases(of: household), members: persons(of: household).map(\.id), on: day)
  }
}
