// What was known of a household when (户的来历): one list of dated rows, computed from the fold. Who joined and left, what was
// granted, found, helped, done. Two things that cannot both be so are a row of their own with every side of it; none of them is
// left out.

public struct HouseholdHistory: Equatable, Sendable {
  public var household: String
  /// By the day it happened, the earliest first; a row without one stands where it was written down. Then by what it is, and by
  /// record.
  public var rows: [Row]

  public struct Row: Equatable, Sendable {
    public var kind: Kind
    /// The day it happened, as somebody stated it; nil: nobody did.
    public var date: CivilDate?
    /// The day it was first written down, by the clock of the device that did.
    public var written: CivilDate?
    /// Records that say so, sorted.
    public var records: [String]
    /// Another row tells the same thing otherwise, and neither writer had seen the other.
    public var isContested = false
  }

  public enum Kind: Equatable, Sendable {
    // Who belongs to it (家庭成员).
    /// Code of `joined_reason`; nil for who was there when the household was first written down.
    case joined(person: String, reason: String?)
    /// Code of `left_reason`, but never `dead`.
    case left(person: String, reason: String?)
    case died(person: String)
    /// A later word counts the person in other households.
    case movedTo(person: String, households: [String])
    /// The person is counted here and elsewhere at once.
    case inSeveralHouseholds(person: String, households: [String])
    /// Another entity that is a member elsewhere has the same identity number.
    case sameNumberElsewhere(person: String, other: String, household: String)

    // What became of the household itself (分户, 并户).
    case formedFrom(household: String, reason: String?)
    /// Another household came out of this one.
    case splitOff(household: String, reason: String?)
    case mergedInto(household: String)
    /// Another household was merged into this one.
    case tookIn(household: String)

    // What it was granted (身份, 政策).
    case categoryFrom(CategoryRow)
    /// The first day it does not hold any more; code of `end_reason`.
    case categoryEnded(CategoryRow, reason: String?)
    /// What a roster or a visit says of the category; nobody says since when.
    case categoryStated(kind: String)
    case scheme(person: String?, kind: String, state: String?)

    // What was found and done.
    case riskFound(risk: String, person: String?, kind: String?)
    case riskHelped(risk: String, assistance: String)
    case riskCleared(risk: String)
    case assistance(AssistanceRow)
    case visit(record: String, method: String?, result: String?)
    case step(CaseEvent)
    case application(entity: String, channel: String?)
    case emergency(entity: String, kind: String?)
    case referred(entity: String, department: String?)
    case answered(entity: String, outcome: String?)
    /// 一户一策 made or made anew.
    case planned(entity: String)
    /// 访视照料
    case careVisited(entity: String, person: String?)
    /// 慈善对接
    case matched(entity: String, organisation: String?)

    /// Any other field of the household or of a member with several values left.
    case conflict(Conflict)
  }

  /// 身份认定
  public struct CategoryRow: Equatable, Sendable {
    public var entity: String
    public var person: String?
    public var kind: String
    public var subtype: String?
    /// Code: `import`, `decision`, `provincial`.
    public var source: String?

    public init(entity: String, person: String? = nil, kind: String, subtype: String? = nil, source: String? = nil) {
      self.entity = entity
      self.person = person
      self.kind = kind
      self.subtype = subtype
      self.source = source
    }
  }

  /// 帮扶
  public struct AssistanceRow: Equatable, Sendable {
    public var entity: String
    public var person: String?
    public var department: String?
    public var kind: String?
    public var form: String?
    public var amountFen: Int?
    public var thing: String?
  }

  /// Rows somebody has to decide on.
  public var conflicts: [Row] {
    rows.filter { row in
      switch row.kind {
      case .inSeveralHouseholds, .sameNumberElsewhere, .conflict: true
      default: row.isContested
      }
    }
  }

  /// 按部门: what each department gave, in the order of its first help; nil is who did not say which.
  public var assistanceByDepartment: [(department: String?, given: [AssistanceRow])] {
    var found: [(department: String?, given: [AssistanceRow])] = []
    for row in rows {
      guard case .assistance(let given) = row.kind else { continue }
      if let place = found.firstIndex(where: { $0.department == given.department }) {
        found[place].given.append(given)
      } else {
        found.append((given.department, [given]))
      }
    }
    return found
  }
}

extension Register {
  /// Everything known of a household. Empty rows for one nobody wrote of.
  public func history(of household: String) -> HouseholdHistory {
    var rows = memberRows(of: household) + changeRows(of: household) + grantRows(of: household) + workRows(of: household)
    rows += conflictRows(of: household)
    return HouseholdHistory(household: household, rows: rows.sorted { $0.sortsBefore($1) })
  }

  /// What was known of it at the end of a day: from the records that had been written down by then, as their devices' clocks say.
  /// What was taken back or corrected since stands in it as it stood.
  public func history(of household: String, writtenBy day: CivilDate) -> HouseholdHistory {
    var then = Register()
    let known = recordsNear(household).filter { record in
      CivilDate(startOf: record.wall).map { $0.dayNumber <= day.dayNumber } ?? false
    }
    then.apply(contentsOf: known.map { (record: $0, place: Place?.none) })
    return then.history(of: household)
  }

  /// Everything, also void, that `history` may read: records about the household, about who was ever near it, and about the
  /// households it came out of or went into.
  private func recordsNear(_ household: String) -> [Record] {
    var ids = Set(allRecords(about: household))
    for person in peopleNear(household) { ids.formUnion(allRecords(speakingOf: FactList.person, person)) }
    for other in related(to: household).union([household]) { ids.formUnion(allRecords(speakingOf: FactList.household, other)) }
    // What they had seen, what takes them back, and what takes that back, wherever it is filed.
    var open = Array(ids)
    while let next = open.popLast() {
      for other in voiders(of: next) + (record(next)?.supersedes ?? []) where ids.insert(other).inserted { open.append(other) }
    }
    return ids.sorted().compactMap { record($0) }
  }
}

extension HouseholdHistory.Row {
  private var day: CivilDate? { date ?? written }

  func sortsBefore(_ other: Self) -> Bool {
    let (one, another) = (day?.dayNumber ?? .max, other.day?.dayNumber ?? .max)
    if one != another { return one < another }
    if kind.rank != other.kind.rank { return kind.rank < other.kind.rank }
    if records != other.records { return records.lexicographicallyPrecedes(other.records) }
    return kind.tie < other.kind.tie
  }
}

extension HouseholdHistory.Kind {
  /// On one day: how it came about, who belongs to it, what was found, what was decided, what was done, how it ended.
  fileprivate var rank: Int {
    switch self {
    case .formedFrom, .tookIn: 0
    case .joined: 1
    case .inSeveralHouseholds, .sameNumberElsewhere, .conflict: 2
    case .visit: 3
    case .application, .emergency: 4
    case .riskFound: 5
    case .categoryStated, .categoryFrom, .scheme: 6
    case .step, .planned: 7
    case .referred: 8
    case .answered: 9
    case .assistance, .careVisited, .matched: 10
    case .riskHelped: 11
    case .riskCleared: 12
    case .categoryEnded: 13
    case .left, .died, .movedTo: 14
    case .splitOff, .mergedInto: 15
    }
  }

  /// Rows of one record and one day: by the entity they are about.
  fileprivate var tie: String {
    switch self {
    case .joined(let person, let reason), .left(let person, let reason): person + (reason ?? "")
    case .died(let person): person
    case .movedTo(let person, let households), .inSeveralHouseholds(let person, let households): person + households.joined()
    case .sameNumberElsewhere(let person, let other, let household): person + other + household
    case .formedFrom(let household, let reason), .splitOff(let household, let reason): household + (reason ?? "")
    case .mergedInto(let household), .tookIn(let household): household
    case .categoryFrom(let row), .categoryEnded(let row, _): row.entity
    case .categoryStated(let kind): kind
    case .scheme(let person, let kind, let state): (person ?? "") + kind + (state ?? "")
    case .riskFound(let risk, _, _), .riskCleared(let risk): risk
    case .riskHelped(let risk, let assistance): risk + assistance
    case .assistance(let row): row.entity
    case .visit(let record, _, _): record
    case .step(let event): event.entity
    case .application(let entity, _), .emergency(let entity, _), .referred(let entity, _), .answered(let entity, _): entity
    case .planned(let entity), .careVisited(let entity, _), .matched(let entity, _): entity
    case .conflict(let conflict): conflict.list + conflict.entity + conflict.property
    }
  }
}
