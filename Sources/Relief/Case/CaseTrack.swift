// What a case is about (办理事项): one of the eight categories, or 临时救助. A code that is not named here is kept.

public struct CaseTrack: RawRepresentable, Hashable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// 低保
  public static let lowIncome = CaseTrack(rawValue: "lb")
  /// 特困
  public static let destitute = CaseTrack(rawValue: "tk")
  /// 低保边缘
  public static let edge = CaseTrack(rawValue: "by")
  /// 脱贫不稳定户
  public static let unstable = CaseTrack(rawValue: "tpbw")
  /// 边缘易致贫户
  public static let atRisk = CaseTrack(rawValue: "byyz")
  /// 突发严重困难户: 乡村振兴 decides, nobody here.
  public static let sudden = CaseTrack(rawValue: "tfyz")
  /// 支出型困难
  public static let spending = CaseTrack(rawValue: "zcx")
  /// 其他低收入人口
  public static let other = CaseTrack(rawValue: "other")
  /// 临时救助
  public static let temporary = CaseTrack(rawValue: "temporary")

  public static let known: [CaseTrack] = [
    .lowIncome, .destitute, .edge, .unstable, .atRisk, .sudden, .spending, .other, .temporary,
  ]

  /// 防止返贫监测对象, the three kinds of §2.8.
  public var isMonitoring: Bool { self == .unstable || self == .atRisk || self == .sudden }

  /// Nobody comes in without having applied (57号: 未经申请受理、调查、审核确认不得直接纳入).
  public var needsApplication: Bool {
    self == .lowIncome || self == .destitute || self == .edge || self == .spending
  }

  /// Days of 公示.
  public var publicityClock: CaseClock {
    switch self {
    case .lowIncome: .publicityDaysLowIncome
    case .destitute: .publicityDaysDestitute
    case .edge: .publicityDaysEdge
    case .spending: .publicityDaysSpending
    case .temporary: .publicityDaysTemporary
    case _ where isMonitoring: .publicityDaysMonitoring
    default: .publicityDaysOther
    }
  }

  /// The term of the whole way, from 受理 (or from 研判, for the 监测 kinds) to the decision.
  public var wholeClock: CaseClock? {
    switch self {
    case .lowIncome: .wholeWorkdays
    case .edge: .wholeWorkdaysEdge
    case .spending: .wholeWorkdaysSpending
    case .temporary: .wholeWorkdaysTemporary
    case _ where isMonitoring: .identifyDays
    default: nil
    }
  }

  /// The county's own part of it.
  public var confirmClock: CaseClock? {
    switch self {
    case .lowIncome: .confirmWorkdays
    case .destitute: .confirmWorkdaysDestitute
    default: nil
    }
  }
}
