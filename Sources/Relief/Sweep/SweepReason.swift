// Why a household is on the list. The raw values are the codes of `sweep.reasons` (docs/facts.md).

public enum SweepReason: String, CaseIterable, Sendable {
  // In the order of the list: what is most urgent first.
  /// 退回: the visit came back from review.
  case returned
  /// 急难或意外
  case emergency
  /// 待核查: a 工单 of the township or the county.
  case check
  /// 预警
  case warning
  /// 复访: the reviewer wants another visit.
  case revisit
  /// Put on the list by hand.
  case added
  /// 约定回访: a visit promised this day.
  case promised
  /// 定期核查到期
  case recheck
  /// 访视照料到期
  case care
  /// 上批未访
  case carried
  /// 残疾人家庭
  case disability
  /// 重病或慢性病
  case illness
  /// 无劳动力或弱劳动力
  case labour

  /// The four kinds of 三（二）, that a household in 低保 or 特困 does not stand on the list for (R23).
  public static let kinds: Set<SweepReason> = [.disability, .labour, .illness, .emergency]

  var order: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}

/// What a list is made for.
public struct SweepRequest: Sendable {
  /// A village, or anything wider.
  public var division: Division
  /// 走访批次
  public var campaign: String
  /// The days of it, both included.
  public var from: CivilDate
  public var to: CivilDate
  /// Households somebody puts on the list.
  public var added: Set<String>
  /// What to list for; the others are left out.
  public var reasons: Set<SweepReason>
  /// A campaign's own list: another list of the same days does not stand for it, and whoever was met before its days is on it again,
  /// whatever `sweep_period_months` says: the campaign has its own schedule.
  public var standsAlone = false
  /// By village code: whose the list is.
  public var cadres: [String: String] = [:]

  public init(
    division: Division, campaign: String, from: CivilDate, to: CivilDate, added: Set<String> = [],
    reasons: Set<SweepReason> = Set(SweepReason.allCases)
  ) {
    self.division = division
    self.campaign = campaign
    self.from = from
    self.to = to
    self.added = added
    self.reasons = reasons
  }
}

/// One household a list should have.
public struct SweepProposal: Equatable, Sendable {
  public var household: String
  public var division: Division
  /// The most urgent first; never empty.
  public var reasons: [SweepReason]
  /// 1, 2, 3… over the list.
  public var order: Int
  /// Whose list it is to be on.
  public var cadre: String?
  /// The row of the same days that has it already.
  public var existing: Existing?

  public struct Existing: Equatable, Sendable {
    public var entity: String
    public var reasons: [SweepReason]
    public var cadre: String?
  }

  /// Nothing to write: the list has it, for these reasons, or for reasons of its own that are text alone (an imported list), which a
  /// generated one would put its words over.
  public var isListed: Bool {
    existing.map { $0.reasons.isEmpty || (Set(reasons).isSubset(of: $0.reasons) && (cadre == nil || cadre == $0.cadre)) } ?? false
  }
}

/// A row to be written as a record `sweep`.
public struct SweepDraft: Equatable, Sendable {
  public var household: String
  public var division: Division
  public var fact: Fact
  public var supersedes: [String]
}
