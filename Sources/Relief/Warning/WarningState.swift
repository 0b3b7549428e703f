// Where a warning stands, how urgent it is, and what came of it (policy §7.2). docs/warnings.md.

public enum WarningState: String, CaseIterable, Sendable {
  /// 新建: raised by a comparison; nobody has judged it.
  case new
  /// 已派发: given to a village; it stands on the village's list.
  case dispatched
  /// 已接收
  case received
  /// 核查中
  case checking
  /// 已反馈: the household was checked, or it is said why nobody went.
  case answered
  /// 已结案
  case closed
  /// 已退回: the answer was not enough; it is checked again.
  case returned
  /// 已忽略, with its reason.
  case ignored

  /// Nobody has anything to do any more.
  public var isOver: Bool { self == .closed || self == .ignored }

  /// The village has it in hand.
  public var isWithVillage: Bool { [.dispatched, .received, .checking, .returned].contains(self) }
}

/// 红橙黄蓝, the most urgent first.
public enum WarningLevel: String, CaseIterable, Comparable, Sendable {
  case red, orange, yellow, blue

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: WarningLevel, right: WarningLevel) -> Bool { left.rank < right.rank }

  /// One level more urgent; red stays red.
  public var raised: WarningLevel { Self.allCases[max(0, rank - 1)] }
}

/// 处置: what came of a check.
public enum WarningResult: String, CaseIterable, Sendable {
  /// 纳入
  case included
  /// 转办
  case referred
  /// 临时救助
  case temporary
  /// 已有保障
  case covered
  /// 停发、核减、退出: what was paid is no longer due.
  case stopped
  /// 不属实
  case unfounded
}
