// Why a step is refused, as facts. The sentences stand in the programs' words.

public enum CaseRefusal: Hashable, Sendable {
  /// The step starts where the case is not.
  case notFrom(stated: CaseState?, standing: [CaseState?])
  /// No such step; with a reason 乡镇 or 县 may skip there.
  case skipNeedsReason(from: CaseState?, to: CaseState)
  /// There is no way there, not even with a reason: it already stands there.
  case noSuchStep(from: CaseState?, to: CaseState)
  /// This role may not; these may.
  case roleMayNot(Role, allowed: [Role])
  case needsTrack
  case needsDate
  /// The step is dated before the one before it.
  case dateBefore(CivilDate)
  case needsBasis
  case needsVisit
  case needsApplication(CaseTrack)
  case needsEmergency
  case needsReason
  case needsVotes
  case votesImpossible(CaseStep.Votes)
  /// Too few present, or too few agreeing.
  case quorumMissed(CaseStep.Votes, needed: CaseClocks.Share, isPresence: Bool)
  case needsPublicityDates
  /// 公示 runs until this day included.
  case publicityRunning(until: CivilDate)
  /// Neither a term nor a last day of the 公示 is known.
  case publicityEndUnknown(CaseClock)
  /// Nobody said whether anybody objected.
  case needsObjectionAnswer
  case objection(String)
  case needsSupplement(emergencies: [String])
  /// 突发严重困难户 is decided by 乡村振兴, and the step must say so.
  case needsDecider
  /// 清零: something is open. Entities, sorted.
  case openRisks([String])
  case openReferrals([String])
  case openSupplements([String])
  /// 清零: `education_secured`…: stated `no`.
  case notSecured([String])
  /// 清零: nobody has said.
  case securedUnknown([String])
  /// 清零: so many months above the line; nil: not known.
  case notStable(months: Int?, needed: Int)
  /// 清零: no member can work; it stays under watch (暂不标注风险消除).
  case noLabour
  case labourUnknown
  /// A figure this cannot be judged without.
  case unset(CaseClock)
}

/// A figure that nobody has set (未设定): what it would have limited was not looked at.
public enum UnsetFigure: Hashable, Sendable {
  case clock(CaseClock)
  /// Who must be present at a 民主评议, and who of those must agree.
  case assemblyPresent, assemblyAgree
}

/// What the desk says to a step.
public enum CaseVerdict: Equatable, Sendable {
  /// It may be taken. `isSkip`: steps were left out, with a reason. `unjudged`: figures nobody has set, so that what they
  /// would have limited was not looked at.
  case takes(isSkip: Bool, unjudged: [UnsetFigure])
  /// It may be proposed; 乡镇 or 县 takes it.
  case proposes
  case refused([CaseRefusal])

  public var refusals: [CaseRefusal] {
    if case .refused(let why) = self { return why }
    return []
  }

  public var isAllowed: Bool { refusals.isEmpty }
}
