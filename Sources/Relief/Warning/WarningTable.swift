// The one table of a warning's steps: from where to where, who may, and what it needs (policy §7.2). docs/warnings.md shows it in
// words; a test compares the two.

public enum WarningNeed: String, CaseIterable, Sendable {
  case reason
  /// A visit of the household, or a reason why nobody went (R16).
  case check
  /// 处置
  case result
}

public struct WarningTransition: Equatable, Sendable {
  public var from: WarningState
  public var to: WarningState
  public var takes: Set<Role>
  public var needs: [WarningNeed]
}

public enum WarningTable {
  public static let rows: [WarningTransition] = {
    let town = CaseTable.town
    let everybody = CaseTable.everybody
    func row(_ from: WarningState, _ to: WarningState, _ takes: Set<Role>, _ needs: [WarningNeed] = []) -> WarningTransition {
      WarningTransition(from: from, to: to, takes: takes, needs: needs)
    }
    return [
      // 研判
      row(.new, .dispatched, town),
      row(.new, .ignored, town, [.reason]),
      row(.new, .answered, town, [.check, .result]),
      // 核查
      row(.dispatched, .dispatched, town, [.reason]),
      row(.dispatched, .received, everybody),
      row(.dispatched, .checking, everybody),
      row(.dispatched, .answered, everybody, [.check, .result]),
      row(.dispatched, .ignored, [.county], [.reason]),
      row(.received, .checking, everybody),
      row(.received, .answered, everybody, [.check, .result]),
      row(.received, .ignored, [.county], [.reason]),
      row(.checking, .answered, everybody, [.check, .result]),
      row(.checking, .ignored, [.county], [.reason]),
      row(.returned, .received, everybody),
      row(.returned, .checking, everybody),
      row(.returned, .answered, everybody, [.check, .result]),
      row(.returned, .ignored, [.county], [.reason]),
      // 反馈 → 结案
      row(.answered, .closed, [.county]),
      row(.answered, .returned, [.supervisor, .county], [.reason]),
      row(.answered, .answered, everybody, [.check, .result]),
      // 再办
      row(.closed, .returned, [.county], [.reason]),
      row(.ignored, .dispatched, [.county], [.reason]),
    ]
  }()

  public static func row(from: WarningState, to: WarningState) -> WarningTransition? { rows.first { $0.from == from && $0.to == to } }
}
