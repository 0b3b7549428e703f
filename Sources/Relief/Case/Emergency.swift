// 急难: what is known of one, and what the desk says to it (policy §2.7, R49–R55).

public struct Emergency: Equatable, Sendable {
  public var id: String
  public var household: String?
  public var entity: Entity
  /// Where it happened decides who helps (R52); else where the record was filed.
  public var division: Division?
  /// The records that state it, sorted.
  public var records: [String]

  init?(_ entity: Entity, in register: Register) {
    id = entity.id
    self.entity = entity
    let statements = register.statements(of: FactList.emergency, entity.id)
    household = entity.value("household") ?? statements.compactMap(\.record.household).min()
    division =
      entity.value("place_division").flatMap { Division($0) } ?? register.division(of: FactList.emergency, entity.id)
    records = Set(statements.map(\.record.id)).sorted()
  }

  public var kind: String? { entity.value("kind") }
  public var date: CivilDate? { day("date") }
  public var urgency: String? { entity.value("urgency") }
  /// 户籍 not in this county; nothing is refused because of it.
  public var isNonLocal: Bool { entity.value("hukou_place") == "other" }
  /// While two laptops say different things of it there was: what may have been paid is explained.
  public var isFirstAid: Bool { entity.says("first_aid", "yes") }
  public var firstAid: Money? { entity.value("first_aid_fen").flatMap { Money(fen: $0) } }
  public var firstAidDate: CivilDate? { day("first_aid_date") }
  public var closed: CivilDate? { day("closed") }
  /// Helped first, and nobody has explained it yet.
  public var owesSupplement: Bool { isFirstAid && day("supplement_date") == nil }
  public var isEscalated: Bool { entity.value("escalated") == "yes" }
  public var countyOutcome: String? { entity.value("county_outcome") }
  /// Before the county's coordination, and no outcome yet (R54).
  public var awaitsCounty: Bool { isEscalated && countyOutcome == nil }

  private func day(_ name: String) -> CivilDate? { entity.value(name).flatMap { CivilDate($0) } }

  /// When the 补充说明 is due: the day the record itself names, else counted from the help.
  public func supplementDeadline(_ rules: CaseRules) -> Deadline {
    var deadline = rules.deadline(.supplementWorkdays, from: firstAidDate ?? date)
    if let stated = day("supplement_due"), stated.isWhole {
      deadline.due = stated
      deadline.missing = nil
      deadline.isExact = true
    }
    return deadline
  }
}

/// What is wrong with an emergency, or still to be checked. `blocks` says which of them keep it from being finished.
public enum EmergencyProblem: Hashable, Sendable {
  /// `kind`, `date`, `place`: T-LS-1.
  case missing(String)
  case afterReport
  /// R50: not asked, or 不清楚: 待核, and it may be saved.
  case confirmationOpen(String)
  /// R50: answered 否: another scheme, or the household itself, is to help.
  case confirmationDenied(String)
  case needsAmount
  case needsFirstAidDate
  /// 需报县级: more than the township may give at once.
  case aboveCeiling(Money, ceiling: Money)
  case ceilingUnset
  case unset(CaseClock)
  /// Sent up without saying why.
  case needsEscalationReason

  public var blocks: Bool {
    switch self {
    case .missing, .afterReport, .needsAmount, .needsFirstAidDate, .aboveCeiling, .needsEscalationReason: true
    case .confirmationOpen, .confirmationDenied, .ceilingUnset, .unset: false
    }
  }
}

public struct EmergencyDesk: Sendable {
  public var rules: CaseRules

  public init(_ rules: CaseRules) { self.rules = rules }

  /// - Parameter reported: the day it is written down.
  public func problems(of fields: (String) -> String?, reported: CivilDate) -> [EmergencyProblem] {
    var found: [EmergencyProblem] = []
    for name in ["kind", "date", "place"] where fields(name) == nil { found.append(.missing(name)) }
    if let date = fields("date").flatMap({ CivilDate($0) }), date > reported { found.append(.afterReport) }
    for name in ["cannot_self_help", "not_covered"] {
      switch fields(name) {
      case "yes": break
      case "no": found.append(.confirmationDenied(name))
      default: found.append(.confirmationOpen(name))
      }
    }
    if fields("first_aid") == "yes" { found += firstAid(fields) }
    if fields("escalated") == "yes", fields("escalated_reason") == nil { found.append(.needsEscalationReason) }
    return found
  }

  public func problems(of emergency: Emergency, reported: CivilDate) -> [EmergencyProblem] {
    problems(of: { emergency.entity.value($0) }, reported: reported)
  }

  private func firstAid(_ fields: (String) -> String?) -> [EmergencyProblem] {
    var found: [EmergencyProblem] = []
    if fields("first_aid_date").flatMap({ CivilDate($0) })?.isWhole != true { found.append(.needsFirstAidDate) }
    if let amount = fields("first_aid_fen").flatMap({ Money(fen: $0) }), amount.fen > 0 {
      if let ceiling = rules.clocks.firstAidCeilingFen.map({ Money(fen: $0) }) {
        if amount > ceiling { found.append(.aboveCeiling(amount, ceiling: ceiling)) }
      } else {
        found.append(.ceilingUnset)
      }
    } else {
      found.append(.needsAmount)
    }
    if rules.clocks[.supplementWorkdays] == nil, fields("supplement_due") == nil {
      found.append(.unset(.supplementWorkdays))
    }
    return found
  }
}

extension Register {
  public func emergency(_ id: String) -> Emergency? {
    entity(FactList.emergency, id).flatMap { Emergency($0, in: self) }
  }

  /// Emergencies that happened in a division, also those of people who are not registered here; newest first, those
  /// without a date at the top.
  public func emergencies(in division: Division) -> [Emergency] {
    rows(of: FactList.emergency).compactMap { Emergency($0, in: self) }
      .filter { $0.division.map { division.contains($0) } ?? false }
      .sorted { ($0.date?.dayNumber ?? .max, $0.id) > ($1.date?.dayNumber ?? .max, $1.id) }
  }
}
