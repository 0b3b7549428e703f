// 预警: what comparisons found out about one household, merged, and the way it went: 新建 → 派发 → 接收 → 核查中 → 反馈 → 结案, 退回 or 忽略
// (policy §7.2; R03, R04, R16, R40). Findings are the county's alone; the way is a fold over steps, in whatever order they come.

/// One thing that one comparison found, with its evidence.
public struct Finding: Equatable, Sendable {
  public var id: String
  public var warning: String
  public var household: String
  public var person: String?
  /// Code of the model (`WarningModel`).
  public var model: String
  /// Code of the department whose list it was (`referral.department`).
  public var department: String
  /// Entity of the batch, and the line of its file.
  public var batch: String?
  public var line: Int?
  public var date: CivilDate?
  public var level: WarningLevel?
  /// `exact`: by number. `similar` (疑似): by name, birth and village, to be looked at first.
  public var isSimilar: Bool
  /// What the row says, in words.
  public var evidence: String
}

/// A step in the history, and what the fold made of it.
public struct WarningEvent: Equatable, Sendable {
  public var step: WarningStep
  public var record: String
  public var author: Author
  public var wall: String
  /// Empty: it moved the warning.
  public var refusals: [WarningRefusal]

  public var isMoving: Bool { refusals.isEmpty }
}

public struct RiskWarning: Equatable, Sendable {
  public var id: String
  public var household: String
  public var division: Division?
  public var raised: CivilDate?
  /// By level, then by model and id.
  public var findings: [Finding]
  public var state: WarningState
  /// The day of the last step, or of the raising, or of findings that came unseen by who ended it.
  public var since: CivilDate?
  /// Each step after what its author had seen.
  public var history: [WarningEvent]
  /// Records of the last steps; the warning's own where there is none.
  public var heads: [String]
  /// More than one: steps that had not seen each other left it in different states.
  public var contested: [WarningState]

  /// As the comparison said; nil: nobody has set the levels (未分级).
  public var ownLevel: WarningLevel? { findings.compactMap(\.level).min() }

  /// The last step into a state that moved it.
  public func last(into state: WarningState) -> WarningEvent? { history.last { $0.isMoving && $0.step.to == state } }

  /// The first one.
  public func first(into state: WarningState) -> WarningEvent? { history.first { $0.isMoving && $0.step.to == state } }

  /// What the check came to.
  public var answer: WarningStep? { last(into: .answered)?.step }

  /// Departments that have a part in it: those whose lists said it, and those that somebody named.
  public var departments: [String] {
    Set(findings.map(\.department) + history.filter(\.isMoving).flatMap(\.step.departments)).sorted()
  }

  /// When what it waits for is due. Nil where nobody waits.
  public func deadline(_ rules: CaseRules) -> Deadline? {
    switch state {
    case .new: rules.deadline(.warningDispatchWorkdays, from: since)
    case .dispatched: rules.deadline(.warningReceiveWorkdays, from: since)
    case .received, .returned: rules.deadline(.warningCheckWorkdays, from: since)
    case .checking: rules.deadline(.warningAnswerWorkdays, from: since)
    case .answered: rules.deadline(.warningCloseWorkdays, from: since)
    case .closed, .ignored: nil
    }
  }

  public func isOverdue(on day: CivilDate, _ rules: CaseRules) -> Bool { deadline(rules)?.isOverdue(on: day) ?? false }

  /// Overdue it is one level more urgent, and the county's (policy §7.2). What nobody has graded becomes yellow: it stands out then.
  public func level(on day: CivilDate, _ rules: CaseRules) -> WarningLevel? {
    isOverdue(on: day, rules) ? ownLevel.map(\.raised) ?? .yellow : ownLevel
  }
}
