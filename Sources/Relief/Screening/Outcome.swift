// What a rule can answer, and how answers are put together: Kleene's three values, with 未设定 between 不符合 and 待核
// (policy reference 2.11, decision 1). A part that is false settles an "and" and a part that is true settles an "or"; only
// then does an unset parameter give 未设定, and after it an unknown gives 待核.

/// An answer of a rule. It is never a decision: 疑似符合 is the most it says.
public enum Outcome: String, CaseIterable, Sendable {
  /// 疑似符合
  case met
  /// 不符合
  case notMet = "not_met"
  /// 待核: something is not known.
  case toCheck = "to_check"
  /// 未设定: a parameter the answer depends on is not set.
  case unset
}

/// A value that is not known, by its name and, where it is one member's, the member's key.
public struct MissingInput: Hashable, Comparable, Sendable {
  public var field: InputField
  public var member: String?

  public init(_ field: InputField, of member: String? = nil) {
    self.field = field
    self.member = member
  }

  public static func < (left: MissingInput, right: MissingInput) -> Bool {
    (left.field.rawValue, left.member ?? "") < (right.field.rawValue, right.member ?? "")
  }
}

/// An outcome with what keeps it open: empty for an outcome that is settled.
public struct Judgement: Equatable, Sendable {
  public var outcome: Outcome
  public var missing: Set<MissingInput> = []
  public var unset: Set<PolicyParameter> = []

  public init(outcome: Outcome, missing: Set<MissingInput> = [], unset: Set<PolicyParameter> = []) {
    (self.outcome, self.missing, self.unset) = (outcome, missing, unset)
  }

  public static let met = Judgement(outcome: .met)
  public static let notMet = Judgement(outcome: .notMet)

  public static func missing(_ field: InputField, of member: String? = nil) -> Judgement {
    Judgement(outcome: .toCheck, missing: [MissingInput(field, of: member)])
  }

  public static func unset(_ parameter: PolicyParameter) -> Judgement {
    Judgement(outcome: .unset, unset: [parameter])
  }

  /// A three-valued answer; nil and `unknown` wait for `field`.
  static func of(_ answer: Answer?, _ field: InputField, of member: String? = nil) -> Judgement {
    switch answer {
    case .yes: .met
    case .no: .notMet
    case .unknown, nil: .missing(field, of: member)
    }
  }

  static func of(_ truth: Bool) -> Judgement { truth ? .met : .notMet }

  public var isSettled: Bool { outcome == .met || outcome == .notMet }

  /// "And". Of no parts: met.
  public static func all(_ parts: [Judgement]) -> Judgement {
    if parts.contains(where: { $0.outcome == .notMet }) { return .notMet }
    return open(parts) ?? .met
  }

  /// "Or". Of no parts: not met.
  public static func any(_ parts: [Judgement]) -> Judgement {
    if parts.contains(where: { $0.outcome == .met }) { return .met }
    return open(parts) ?? .notMet
  }

  public static prefix func ! (part: Judgement) -> Judgement {
    switch part.outcome {
    case .met: .notMet
    case .notMet: .met
    case .toCheck, .unset: part
    }
  }

  /// What is still open, nil where nothing is: the reasons of every open part together.
  private static func open(_ parts: [Judgement]) -> Judgement? {
    let open = parts.filter { !$0.isSettled }
    guard !open.isEmpty else { return nil }
    var all = Judgement(outcome: open.contains { $0.outcome == .unset } ? .unset : .toCheck)
    for part in open {
      all.missing.formUnion(part.missing)
      all.unset.formUnion(part.unset)
    }
    return all
  }
}

/// 有/无/不清楚, 是/否/不清楚. Not asked is nil, which is not `no`.
public enum Answer: String, CaseIterable, Sendable { case yes, no, unknown }
