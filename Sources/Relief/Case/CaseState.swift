// The states of a case (办理状态), policy §7.1, and which way it is going.

public enum CaseState: String, CaseIterable, Sendable {
  /// 10 发现(线索)
  case found
  /// 11 待核查
  case toCheck = "to_check"
  /// 12 排除(不符合)
  case excluded
  /// 20 监测(拟纳入/重点关注)
  case monitored
  /// 21 评议公示
  case publicity
  /// 22 审核确认
  case confirming
  /// 30 救助(在享/帮扶中)
  case helped
  /// 31 先行救助待补
  case firstAid = "first_aid"
  /// 32 渐退
  case tapering
  /// 40 拟清零
  case clearing
  /// 41 已清零(销号)
  case cleared
  /// 50 自然减少: dead, moved away, merged.
  case left

  /// Its number in policy §7.1.
  public var number: Int {
    switch self {
    case .found: 10
    case .toCheck: 11
    case .excluded: 12
    case .monitored: 20
    case .publicity: 21
    case .confirming: 22
    case .helped: 30
    case .firstAid: 31
    case .tapering: 32
    case .clearing: 40
    case .cleared: 41
    case .left: 50
    }
  }

  /// What it is called on every screen, paper and page.
  public var term: String {
    switch self {
    case .found: "发现"
    case .toCheck: "待核查"
    case .excluded: "排除"
    case .monitored: "监测"
    case .publicity: "评议公示"
    case .confirming: "审核确认"
    case .helped: "救助中"
    case .firstAid: "先行救助待补"
    case .tapering: "渐退"
    case .clearing: "拟清零"
    case .cleared: "已清零"
    case .left: "自然减少"
    }
  }

  /// Nothing is being done any more, until it is re-opened.
  public var isClosed: Bool { self == .excluded || self == .cleared || self == .left }
}

/// Where a case stands. 公示 and 审核确认 are passed twice, on the way in (纳入) and on the way out (清零): which of the two
/// decides what may come next.
public struct CasePosition: Hashable, Sendable {
  public var state: CaseState
  /// On the way out: the case came here from 拟清零.
  public var isLeaving: Bool

  public init(_ state: CaseState, isLeaving: Bool = false) {
    self.state = state
    self.isLeaving = isLeaving
  }

  /// Where a step leads from here.
  func moved(to state: CaseState) -> CasePosition {
    switch state {
    case .clearing: CasePosition(.clearing, isLeaving: true)
    case .publicity, .confirming: CasePosition(state, isLeaving: isLeaving)
    default: CasePosition(state)
    }
  }
}

/// Whose case it is and what it is about. A case has no id of its own: two laptops cannot open two cases for one thing, and
/// a case that is opened again is the same one.
public struct CaseKey: Hashable, Comparable, Sendable {
  public var household: String
  /// Only where the unit is one person (单人保, 特困).
  public var person: String?
  /// Nil while nobody has said yet what it may be: a clue.
  public var track: CaseTrack?

  public init(household: String, person: String? = nil, track: CaseTrack? = nil) {
    self.household = household
    self.person = person
    self.track = track
  }

  public static func < (left: CaseKey, right: CaseKey) -> Bool { left.order.lexicographicallyPrecedes(right.order) }

  private var order: [String] { [household, person ?? "", track?.rawValue ?? ""] }
}
