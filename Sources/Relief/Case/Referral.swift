// 转介转办 (policy §7.3, R47, R48): a slip to a department, its receipt, its answer.

public struct Referral: Equatable, Sendable {
  public enum Stage: String, CaseIterable, Sendable {
    /// Sent; nobody said that it arrived.
    case sent
    /// 已接收
    case received
    /// 已救助, or 不符合 with its reason.
    case answered
    /// 退回: it is back with whoever sent it, and open again.
    case sentBack = "sent_back"
  }

  public var id: String
  public var household: String?
  public var entity: Entity
  public var division: Division?
  public var stage: Stage

  init(_ entity: Entity, in register: Register) {
    id = entity.id
    self.entity = entity
    household =
      entity.value("household")
      ?? register.statements(of: FactList.referral, entity.id).compactMap(\.record.household).min()
    division = register.division(of: FactList.referral, entity.id)
    // Of two answers that contradict each other the one that leaves the slip open counts.
    let isAnswered = entity.fields["outcome"]?.candidates.allSatisfy { !$0.value.isEmpty }
    if entity.says("outcome", "sent_back") {
      stage = .sentBack
    } else if isAnswered ?? (entity.value("answered") != nil) {
      stage = .answered
    } else {
      stage = entity.value("received") == nil ? .sent : .received
    }
  }

  public var number: String? { entity.value("number") }
  public var need: String? { entity.value("need") }
  public var department: String? { entity.value("department") }
  public var date: CivilDate? { entity.value("date").flatMap { CivilDate($0) } }
  /// 回执: the day the department took it.
  public var received: CivilDate? { entity.value("received").flatMap { CivilDate($0) } }
  public var isOpen: Bool { stage != .answered }

  /// When the answer is due: the day on the slip, else counted.
  public func deadline(_ rules: CaseRules) -> Deadline {
    var deadline = rules.deadline(.referralWorkdays, from: date)
    if let stated = entity.value("due").flatMap({ CivilDate($0) }), stated.isWhole {
      deadline.due = stated
      deadline.missing = nil
      deadline.isExact = true
    }
    return deadline
  }
}

/// What is missing on an answer.
public enum ReferralProblem: String, Hashable, Sendable {
  /// 不符合 or 退回 without saying why.
  case needsReason
  case needsAnswerDate
  case needsReceiver
}

public enum ReferralMatrix {
  /// Which departments a need may go to, the usual one first. The programme names at least 医疗, 住房 and 教育 (四（二）).
  public static let departments: [String: [String]] = [
    "medical": ["medical_insurance", "health"], "education": ["education"], "housing": ["housing"],
    "employment": ["labour", "union"], "rehabilitation": ["disabled", "civil_affairs"],
    "industry": ["rural"], "care": ["civil_affairs", "disabled", "women"], "legal": ["justice"],
    "psychology": ["health", "civil_affairs", "women"], "temporary": ["town", "civil_affairs"],
    "water": ["water"], "living": ["civil_affairs", "town", "charity"],
    // 受灾, and people with a department of their own, whatever they need.
    "disaster": ["emergency"], "veteran": ["veterans"], "minor": ["civil_affairs", "women"],
    "other": ["civil_affairs", "town"],
  ]

  /// Departments for a need, and those that are this person's own.
  public static func departments(for need: String, isVeteran: Bool = false, isMinor: Bool = false, isDisabled: Bool = false)
    -> [String]
  {
    var found = departments[need] ?? departments["other"] ?? []
    if isDisabled, !found.contains("disabled") { found.append("disabled") }
    if isVeteran { found.append("veterans") }
    if isMinor, !found.contains("women") { found.append("women") }
    return found
  }
}

extension Register {
  public func referrals(of household: String) -> [Referral] {
    rows(of: FactList.referral, about: household).map { Referral($0, in: self) }
  }

  public func referral(_ id: String) -> Referral? {
    entity(FactList.referral, id).map { Referral($0, in: self) }
  }

  /// Slips of a division, by id.
  public func referrals(in division: Division) -> [Referral] {
    rows(of: FactList.referral).map { Referral($0, in: self) }.filter {
      $0.division.map { division.contains($0) } ?? false
    }
  }

  /// R48: slips without a receipt, and slips whose answer is late on this day. The longest waiting first.
  public func referralsToChase(on day: CivilDate, in division: Division, _ rules: CaseRules) -> [Referral] {
    Referral.toChase(referrals(in: division), on: day, rules)
  }
}

extension Referral {
  static func toChase(_ slips: [Referral], on day: CivilDate, _ rules: CaseRules) -> [Referral] {
    slips.filter { slip in
      slip.isOpen && (slip.stage == .sent || slip.deadline(rules).isOverdue(on: day))
    }.sorted { ($0.date?.dayNumber ?? .min, $0.id) < ($1.date?.dayNumber ?? .min, $1.id) }
  }
}

extension ReferralProblem {
  /// What is missing on the answer to a slip.
  public static func problems(of fields: (String) -> String?) -> [ReferralProblem] {
    var found: [ReferralProblem] = []
    guard let outcome = fields("outcome") else { return found }
    if outcome != "helped", fields("outcome_reason") == nil { found.append(.needsReason) }
    if fields("answered").flatMap({ CivilDate($0) })?.isWhole != true { found.append(.needsAnswerDate) }
    if fields("received_by") == nil { found.append(.needsReceiver) }
    return found
  }
}
