// A case (一户的办理): what the steps of one household, or one person of it, for one track come to.

/// A step in the history of a case.
public struct CaseEvent: Equatable, Sendable {
  public enum Standing: Equatable, Sendable {
    /// It moved the case.
    case moved
    /// It moved the case past steps that were left out.
    case skipped
    /// The village's proposal; it moves nothing.
    case proposed
    /// Kept and shown; it moves nothing.
    case flagged([CaseRefusal])
  }

  public var step: CaseStep
  /// The record that states it.
  public var record: String
  public var entity: String
  public var author: Author
  public var wall: String
  public var standing: Standing

  public var isMoving: Bool { standing == .moved || standing == .skipped }
}

public struct Case: Equatable, Sendable {
  public var key: CaseKey
  /// Nil where no step moved it (only proposals, or flagged ones).
  public var position: CasePosition?
  /// The day of the step that brought it there.
  public var since: CivilDate?
  /// Every step of the way: after what it had seen, then by date, then by record id.
  public var history: [CaseEvent]
  /// Proposals nobody has answered.
  public var proposals: [CaseEvent]
  /// Records of the last steps; the next step supersedes them.
  public var heads: [String]
  /// Where it stands by each of the last steps, if those who took them had not seen each other and disagree. `position` is
  /// then the later one by date, for display; a step from any of them settles it.
  public var contested: [CasePosition]
  /// A clue that a step for a track has taken up.
  public var isAbsorbed: Bool

  public var state: CaseState? { position?.state }
  public var isContested: Bool { !contested.isEmpty }
  public var flagged: [CaseEvent] { history.filter { if case .flagged = $0.standing { true } else { false } } }

  /// The last step that led into a state.
  public func lastStep(into state: CaseState) -> CaseEvent? {
    history.last { $0.isMoving && $0.step.to == state }
  }

  /// The first step into a state since the case was last opened.
  public func entry(into state: CaseState) -> CaseEvent? {
    let opened = history.lastIndex { $0.isMoving && ($0.step.from?.isClosed ?? true) } ?? 0
    guard opened < history.count else { return nil }
    return history[opened...].first { $0.isMoving && $0.step.to == state }
  }

  /// Since when the income is above the line, as the last step by a day that says so states it, since the case was last opened.
  public func stableSince(on day: CivilDate) -> CivilDate? {
    let opened = history.lastIndex { $0.isMoving && ($0.step.from?.isClosed ?? true) } ?? 0
    return history.dropFirst(opened).last { event in
      event.isMoving && event.step.stableSince != nil && (event.step.date.map { $0 <= day } ?? false)
    }?.step.stableSince
  }

  /// 公示 that runs now or ran last: its days and what was said.
  public var publicity: Publicity? {
    guard let round = lastStep(into: .publicity) else { return nil }
    // What the step itself says is about the round before it.
    let after = history.drop { $0.entity != round.entity }.dropFirst()
    return Publicity(
      from: round.step.publicFrom, to: round.step.publicTo,
      objection: after.last { $0.step.objection != nil }?.step.objection)
  }

  public struct Publicity: Equatable, Sendable {
    public var from: CivilDate?
    /// The last day, as it was put up.
    public var to: CivilDate?
    /// `none`, or what was objected.
    public var objection: String?

    public var isObjected: Bool { objection.map { $0 != "none" } ?? false }
  }
}

extension Register {
  /// Cases of a household and its persons, sorted by key; clues that a track has taken up are left out.
  public func cases(of household: String) -> [Case] {
    CaseFold(household, in: self).cases().filter { !$0.isAbsorbed }
  }

  /// One case; nil where no step speaks of it.
  public func `case`(_ key: CaseKey) -> Case? {
    CaseFold(key.household, in: self).cases().first { $0.key == key }
  }

  /// Whether any case of a household or its persons is not closed.
  func hasOpenCase(_ household: String) -> Bool { cases(of: household).contains(where: \.isOpen) }

  /// Households with any step, in a division, sorted.
  public func householdsWithCases(in division: Division) -> [String] {
    households(withAnyOf: FactList.caseStep).filter { id in
      self.division(ofHousehold: id).map { division.contains($0) } ?? false
    }.sorted()
  }
}
