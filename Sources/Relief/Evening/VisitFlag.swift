// What a program notices about a visit before a supervisor reads it. A flag is no verdict: it says where to look, and it
// keeps the row out of every batch.

public enum VisitFlag: Hashable, Sendable {
  /// 漏填: `list.property` of what is not answered.
  case missing([String])
  /// 矛盾
  case contradictory(Contradiction)
  /// 不合常理
  case implausible(Implausibility)
  /// 雷同: the same answers, or word for word the same 原话, as at another household. `isWhole`: every answer.
  case copied(record: String, household: String, isWhole: Bool)
  /// Word for word as at this household's visit of a year ago.
  case sameAsLastYear(record: String)
  /// 过快: so many seconds from first to last answer.
  case tooFast(seconds: Int, secondsMin: Int)
  /// Two visits of one person at one time.
  case overlaps(record: String)
  /// 一年无变化: every visit since then found the same.
  case noChange(since: CivilDate)
  /// An amendment of what was red, and nobody had acknowledged it.
  case noLongerRed(record: String)
  /// Two amendments of this visit stand beside each other.
  case contested
  /// A soft check of the data (policy §4.5), by its code.
  case quality(String)

  public enum Contradiction: String, Sendable {
    /// 有残疾成员, and no member of it.
    case disabilityWithoutPerson, personWithoutDisability
    case illnessWithoutPerson, personWithoutIllness
    /// 有急难, yet 未发现困难; or 急难 as the result, and none found.
    case emergencyWithoutResult, resultWithoutEmergency
    /// 未发现困难 beside 红 or 橙.
    case urgentWithoutResult
    /// Healthy, and ill or disabled.
    case healthyAndIll
    /// 整户无劳动力 beside a member who can work.
    case labourWithoutNeed
    /// Nobody was met, and yet there is a result.
    case notMetWithResult
  }

  public enum Implausibility: String, Sendable {
    /// The visit lies after the moment it was finished, or ended before it began.
    case visitInFuture, endsBeforeItStarts
    /// Typed in much later than it took place.
    case typedLate
    case nextVisitBefore
    /// A sum that no household of this county has.
    case amount
    /// More people at home than members.
    case residents
  }
}

/// Limits of the evening's checks. They are the program's, not the policy's; docs/case.md names them.
public struct EveningRules: Equatable, Sendable {
  /// Seconds from first to last answer at home.
  public var secondsMin = 90
  /// The same where an earlier visit met somebody: what has not changed is taken over in a dozen keys (docs/screens.md).
  public var repeatSecondsMin = 10
  /// A visit typed in more than so many days later.
  public var typedLateDays = 7
  /// How far back visits of one person are compared with each other.
  public var copyDays = 7
  /// How many days a visit on which nobody has spoken waits on the evening's list.
  public var waitingDays = 31
  /// Letters from which two equal texts are no accident.
  public var wordsMin = 10
  public var lastYearDays = 300
  public var noChangeMonths = 12
  /// 1,000万元
  public var amountFenMax: Int64 = 1_000_000_000
  /// Of the clean rows of each person, one in so many is opened before the rest may be passed.
  public var sampleOneIn = 10

  public init() {}
}
