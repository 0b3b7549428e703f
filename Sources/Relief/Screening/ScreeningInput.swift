// What screening looks at: one household as one visit found it. Everything may be unknown, and nothing unknown is taken for
// zero, for 无 or for 否. A value, filled by an adapter from the register or by a reader of case files; no rule reads either.

public struct ScreeningInput: Equatable, Sendable {
  /// Reference date of every rule (2.0).
  public var visitDate: CivilDate
  public var household = HouseholdInput()
  /// Nil: not known who lives here.
  public var members: [MemberInput]?
  /// Nil: not collected. An empty list says that there is none.
  public var income: [IncomeItem]?
  /// 刚性支出 and 就业成本 that the household states; nil: 不清楚. What nobody claims is not deducted, so "none" is empty.
  public var spending: [SpendingItem]?
  public var property = PropertyInput()
  /// Nil: 不清楚.
  public var emergencies: [EmergencyInput]?
  /// The four cards A 残 B 劳 C 病 D 急.
  public var marks: [Visit.Mark: Answer] = [:]
  /// 返贫致贫风险; nil: taken from the cards.
  public var risk: Answer?
  /// 突发事件; nil: taken from the emergencies and card D.
  public var suddenEvent: Answer?
  /// 基本生活出现严重困难
  public var severeDifficulty: Answer?
  /// 必需支出突然增加, 超出承受能力 (支出型临时救助)
  public var suddenSpending: Answer?
  /// 收入来源不固定
  public var unstableIncome: Answer?
  /// Last 复核.
  public var lastCheck: CivilDate?
  public var monitoring: MonitoringInput?

  public init(visitDate: CivilDate) { self.visitDate = visitDate }
}

/// 户籍 城/乡: which standard applies.
public enum Hukou: String, CaseIterable, Sendable { case rural, urban }

/// 户类型
public enum HouseholdKind: String, CaseIterable, Sendable {
  /// 一般农户
  case ordinary
  /// 脱贫户
  case outOfPoverty = "out_of_poverty"
}

/// 低收入人口类别 (1.2 R14), codes of `household.category`.
public enum ReliefCategory: String, CaseIterable, Sendable {
  /// 低保
  case lb
  /// 特困
  case tk
  /// 低保边缘
  case by
  /// 脱贫不稳定
  case tpbw
  /// 边缘易致贫
  case byyz
  /// 突发严重困难
  case tfyz
  /// 支出型困难
  case zcx
  case other
}

public struct HouseholdInput: Equatable, Sendable {
  public var hukou: Hukou?
  public var kind: HouseholdKind?
  /// Categories the household is in now; nil: not known.
  public var holds: Set<ReliefCategory>?
  /// How many live together, where somebody found that out; members who do not count by T-HH-1 are taken off.
  public var size: Int?
  /// 已标整户无劳动能力兜底保障户
  public var noLabourCovered: Answer?

  public init() {}
}

/// 收入 of one kind.
public struct IncomeItem: Equatable, Sendable {
  /// 工资性 · 经营净 · 财产净 · 转移净 · 其他
  public enum Kind: String, CaseIterable, Sendable { case wage, business, property, transfer, other }

  /// Key of the member whose income it is; nil: the household's.
  public var member: String?
  public var kind: Kind
  /// What it is, where that decides whether it counts: `base_pension`, `relief`… (docs/screening.md).
  public var item: String?
  /// For the period; nil: not known.
  public var amountFen: Int64?
  public var period: Period
  /// 推算
  public var isEstimate = false

  public init(_ kind: Kind, fen: Int64?, item: String? = nil, member: String? = nil, period: Period = .year) {
    (self.kind, amountFen, self.item, self.member, self.period) = (kind, fen, item, member, period)
  }
}

/// 支出, out of the own pocket after insurance and assistance.
public struct SpendingItem: Equatable, Sendable {
  public static let employmentCost = "employment_cost"

  public var member: String?
  /// A kind of `SpendingTable.kinds`, or `employment_cost`.
  public var kind: String
  public var amountFen: Int64?
  public var period: Period

  public init(_ kind: String, fen: Int64?, member: String? = nil, period: Period = .year) {
    (self.kind, amountFen, self.member, self.period) = (kind, fen, member, period)
  }
}

public enum Period: String, CaseIterable, Sendable {
  /// A year or the last twelve months.
  case year
  case month

  var timesAYear: Int { self == .month ? 12 : 1 }
}

/// 财产: what somebody who may decide has found. The village records what is seen, and that decides nothing (T-PROP-1).
public struct PropertyInput: Equatable, Sendable {
  public enum Result: String, CaseIterable, Sendable { case pass, fail, pending }
  /// Whose condition.
  public enum Standard: String, CaseIterable, Sendable { case lb, by, tk, zcx }
  /// 县级核对报告, 经办人员, 村里.
  public enum Finder: String, CaseIterable, Sendable { case report, clerk, village }

  public struct Item: Equatable, Sendable {
    public var kind: String
    /// `none` is 无豁免; nil: not known. Other codes are exemptions.
    public var exemption: String?

    public init(_ kind: String, exemption: String?) { (self.kind, self.exemption) = (kind, exemption) }
    public static let noExemption = "none"
  }

  public var results: [Standard: Result] = [:]
  public var finder: Finder = .report
  /// Items that by themselves fail the condition.
  public var items: [Item] = []

  public init() {}
}

/// 急难事项, 意外事故.
public struct EmergencyInput: Equatable, Sendable {
  public enum Urgency: String, CaseIterable, Sendable { case red, orange, yellow, blue }

  public var key: String
  public var kind: String?
  public var date: CivilDate?
  public var place: String?
  /// 靠自身和家庭无力解决
  public var cannotSelfHelp: Answer?
  /// 其他救助暂时无法覆盖, 或救助之后生活仍有困难
  public var notCovered: Answer?
  public var urgency: Urgency?
  public var isClosed = false
  /// 户籍 here or elsewhere: never a reason to refuse (R52).
  public var hukouPlace: String?
  /// 先行救助
  public var firstAid: Answer?
  public var firstAidFen: Int64?
  public var firstAidDate: CivilDate?

  public init(key: String) { self.key = key }
}

/// 监测对象: what the rules of risk clearing and of its data look at.
public struct MonitoringInput: Equatable, Sendable {
  public enum Secured: String, CaseIterable, Sendable { case education, medical, housing, water }
  /// 帮扶消除, 自然消除
  public enum ClearMode: String, CaseIterable, Sendable { case help, natural }

  public var identified: CivilDate?
  /// Since when the income is above the line, as somebody states it.
  public var aboveSince: CivilDate?
  /// The household as earlier visits found it, oldest first: what they say of the line, each by the line of its own day.
  public var earlier: [ScreeningInput] = []
  /// The same as a number of whole months.
  public var aboveMonths: Int?
  public var openRisk: Answer?
  /// 三保障 and 饮水: `yes` is 已落实.
  public var secured: [Secured: Answer] = [:]
  public var cleared: CivilDate?
  public var clearMode: ClearMode?
  /// Any 帮扶措施, any 开发式帮扶.
  public var hasMeasure: Answer?
  public var hasDevelopment: Answer?

  public init() {}
}
