// The one table of the steps of a case: from where to where, who may, and what it needs (policy §7.1, §2.4, §2.6–2.8).
// docs/case.md shows it in words; a test compares the two.

/// What a step needs before it is taken.
public enum CaseNeed: String, CaseIterable, Sendable {
  /// What it rests on: a visit, an application, a warning, a capture, an emergency.
  case basis
  /// A visit at which the household was met, not older than the step before.
  case visit
  /// An application for this track (only tracks that need one).
  case application
  /// An 急难 record.
  case emergency
  case reason
  /// 民主评议 with its figures (only tracks that are voted on).
  case votes
  /// The first day of the 公示.
  case publicityDates
  /// The 公示 is over and nobody objected.
  case publicityOver
  /// 补充说明 is there.
  case supplement
  /// Who decided, for 突发严重困难户: 乡村振兴部门.
  case decider
  /// Nothing is open, and T-FP-2.
  case clearable
}

public struct CaseTransition: Equatable, Sendable {
  public enum Way: Sendable { case either, inward, outward }

  /// Nil: nothing is on file yet (未建档).
  public var from: CaseState?
  public var to: CaseState
  /// Which way the case must be going; only 公示 and 审核确认 have two.
  public var way: Way
  /// Who may propose it; it moves nothing until one of `takes` takes it.
  public var proposes: Set<Role>
  /// Who may take it.
  public var takes: Set<Role>
  public var needs: [CaseNeed]
  /// Townships may take it too where the county delegated 审核确认, and for 临时救助.
  public var isDelegable: Bool
}

public enum CaseTable {
  /// 乡镇 and 县.
  static let town: Set<Role> = [.clerk, .supervisor, .county]
  static let everybody: Set<Role> = [.cadre, .clerk, .supervisor, .county]

  public static let rows: [CaseTransition] = entering + inward + helping + leaving

  /// The rows of one pair of states for a case that goes this way.
  public static func row(from: CasePosition?, to: CaseState) -> CaseTransition? {
    rows.first { row in
      guard row.from == from?.state, row.to == to else { return false }
      switch row.way {
      case .either: return true
      case .inward: return from?.isLeaving != true
      case .outward: return from?.isLeaving == true
      }
    }
  }

  /// Who may take a step that leaves others out. It gives nobody a power that no ordinary step gives them, and what is decided
  /// (who comes into 救助, who goes out of it, what lies before 审核确认 or is on the way out) stays with those who decide: else a
  /// reason would be enough to go past them.
  static func skipping(from: CasePosition?, to: CaseState) -> (takes: Set<Role>, isDelegable: Bool) {
    let entering = rows.filter { $0.to == to }
    let enterers = entering.reduce(into: Set<Role>()) { $0.formUnion($1.takes) }
    let isDecision = to == .helped || from?.isLeaving == true || from.map { decided.contains($0.state) } ?? false
    let isDelegable = to != .cleared && (isDecision || entering.contains { $0.isDelegable })
    return (isDecision ? enterers.intersection([.county]) : enterers.intersection(town), isDelegable)
  }

  private static let decided: Set<CaseState> = [.helped, .tapering, .confirming]

  private static func row(
    _ from: CaseState?, _ to: CaseState, _ way: CaseTransition.Way = .either, proposes: Set<Role> = [],
    takes: Set<Role>, needs: [CaseNeed] = [], isDelegable: Bool = false
  ) -> CaseTransition {
    CaseTransition(
      from: from, to: to, way: way, proposes: proposes, takes: takes, needs: needs, isDelegable: isDelegable)
  }

  /// 发现, 核查, 排除, and everything that opens a case or opens it again.
  private static let entering: [CaseTransition] = [
    row(nil, .found, takes: everybody, needs: [.basis]),
    row(nil, .firstAid, takes: town, needs: [.emergency]),
    // What stood in a roster before the program came.
    row(nil, .helped, takes: [.county], needs: [.reason]),
    row(.found, .toCheck, takes: town),
    row(.found, .monitored, proposes: [.cadre], takes: town, needs: [.visit]),
    row(.found, .excluded, takes: town, needs: [.reason]),
    row(.found, .firstAid, takes: town, needs: [.emergency]),
    row(.toCheck, .toCheck, takes: town, needs: [.reason]),
    row(.toCheck, .monitored, proposes: [.cadre], takes: town, needs: [.visit]),
    row(.toCheck, .excluded, takes: town, needs: [.reason]),
    row(.toCheck, .firstAid, takes: town, needs: [.emergency]),
    row(.excluded, .found, takes: everybody, needs: [.basis, .reason]),
    row(.excluded, .firstAid, takes: town, needs: [.emergency]),
    row(.cleared, .found, takes: everybody, needs: [.basis, .reason]),
    row(.cleared, .firstAid, takes: town, needs: [.emergency]),
    row(.left, .found, takes: town, needs: [.basis, .reason]),
  ]

  /// 监测 → 评议公示 → 审核确认 → 救助.
  private static let inward: [CaseTransition] = [
    row(.monitored, .publicity, takes: everybody, needs: [.application, .votes, .publicityDates]),
    row(.monitored, .firstAid, takes: town, needs: [.emergency]),
    row(.monitored, .excluded, takes: town, needs: [.reason]),
    row(.monitored, .clearing, takes: everybody, needs: [.visit, .clearable]),
    // 有异议: looked into again, then shown again.
    row(.publicity, .publicity, takes: everybody, needs: [.reason, .votes, .publicityDates]),
    row(.publicity, .confirming, takes: town, needs: [.publicityOver]),
    row(.publicity, .monitored, .inward, takes: town, needs: [.reason]),
    row(.publicity, .excluded, .inward, takes: town, needs: [.reason]),
    row(.confirming, .helped, .inward, takes: [.county], needs: [.decider], isDelegable: true),
    row(.confirming, .excluded, .inward, takes: [.county], needs: [.reason], isDelegable: true),
    row(.confirming, .monitored, .inward, takes: [.supervisor, .county], needs: [.reason]),
  ]

  /// 在享: 核查, 渐退, 停, 补充说明.
  private static let helping: [CaseTransition] = [
    // 定期核查: looked at again, goes on as it is.
    row(.helped, .helped, proposes: [.cadre], takes: town, needs: [.visit]),
    row(.helped, .clearing, takes: everybody, needs: [.visit, .clearable]),
    // 停发, and watched from now on.
    row(.helped, .monitored, takes: [.county], needs: [.reason], isDelegable: true),
    row(.helped, .tapering, takes: [.county], needs: [.reason], isDelegable: true),
    row(.helped, .firstAid, takes: town, needs: [.emergency]),
    row(.tapering, .helped, takes: [.county], needs: [.reason], isDelegable: true),
    row(.tapering, .monitored, takes: [.county], needs: [.reason], isDelegable: true),
    row(.tapering, .cleared, takes: [.county], needs: [.reason, .clearable]),
    // For 临时救助 the supervisor decides; for any other track this is no way past 审核确认.
    row(.firstAid, .helped, takes: [.county], needs: [.supplement], isDelegable: true),
    row(.firstAid, .monitored, takes: town, needs: [.supplement]),
  ]

  /// 拟清零 → 公示 → 审核 → 已清零; and 自然减少 from anywhere.
  private static let leaving: [CaseTransition] =
    [
      row(.clearing, .publicity, takes: everybody, needs: [.votes, .publicityDates]),
      row(.clearing, .helped, takes: town, needs: [.reason]),
      row(.clearing, .monitored, takes: town, needs: [.reason]),
      row(.publicity, .helped, .outward, takes: town, needs: [.reason]),
      row(.confirming, .cleared, .outward, takes: [.county], needs: [.clearable]),
      row(.confirming, .helped, .outward, takes: [.supervisor, .county], needs: [.reason]),
    ]
    + CaseState.allCases.filter { $0 != .left }.map {
      row($0, .left, proposes: [.cadre], takes: town, needs: [.reason])
    }
}
