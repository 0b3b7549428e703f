// The supervisor's word: what may be said about a row, and the record that says it.

/// A word to be written as a record `review`.
public struct ReviewDraft: Equatable, Sendable {
  public var record: String
  public var verdict: Review.Verdict
  public var reason: String?
  /// The question the comment is about: `list#property`, for a row of many a blank and its entity (docs/facts.md).
  public var question: String?
  public var isBatch: Bool

  public init(
    _ record: String, _ verdict: Review.Verdict, reason: String? = nil, question: String? = nil, isBatch: Bool = false
  ) {
    self.record = record
    self.verdict = verdict
    self.reason = reason
    self.question = question
    self.isBatch = isBatch
  }

  public var body: [String: String] {
    var body = ["record": record, "verdict": verdict.rawValue]
    body["reason"] = reason
    body["question"] = question
    body["batch"] = isBatch ? "yes" : nil
    return body
  }
}

public enum ReviewRefusal: Hashable, Sendable {
  /// Neither a reviewer nor standing in for one that day.
  case mayNotReview(Role)
  /// Who stands in for a reviewer does not judge their own visits.
  case ownVisit
  /// Not a visit that holds: amended, withdrawn or unknown.
  case notStanding
  /// 退回, 复访, 上报 and 交县 say why.
  case needsReason(Review.Verdict)
  /// Red is acknowledged before it is passed.
  case notAcknowledged
  /// Red is never passed in a batch.
  case redInBatch
  /// Something was noticed, or it answers a return: it is read by itself.
  case notClean([VisitFlag])
}

public enum ReviewDesk {
  /// What stands in the way of a word on a row. `day` is the day it is said on.
  public static func refusals(
    _ draft: ReviewDraft, on row: EveningRow, by author: Author, day: CivilDate, in register: Register
  ) -> [ReviewRefusal] {
    var found: [ReviewRefusal] = []
    if !register.mayReview(author, on: day) { found.append(.mayNotReview(author.role)) }
    let isDeputy = !author.role.reviewsVisits && register.mayReview(author, on: day)
    if isDeputy, row.visit.author.person == author.person { found.append(.ownVisit) }
    if !register.holds(draft.record) || row.visit.record != draft.record { found.append(.notStanding) }
    if draft.verdict != .passed, (draft.reason ?? "").isEmpty { found.append(.needsReason(draft.verdict)) }
    if row.isRed {
      if draft.isBatch { found.append(.redInBatch) }
      if draft.verdict == .passed, !row.isAcknowledged { found.append(.notAcknowledged) }
    } else if draft.isBatch, !row.isClean {
      found.append(.notClean(row.flags))
    }
    return found
  }

  /// The reviews a new one must supersede: every word on the record so far.
  public static func supersedes(_ draft: ReviewDraft, in register: Register) -> [String] {
    register.reviewRecords(of: draft.record)
  }

  public enum BatchAnswer: Equatable, Sendable {
    /// These rows may be passed with one key.
    case passes([ReviewDraft])
    /// First open these.
    case openFirst([String])
    case nothingClean
  }

  /// 一键通过: the clean rows, after a sample of them has been opened.
  /// - Parameter opened: records that the supervisor has had before them.
  public static func batch(_ evening: Evening, opened: Set<String>, limits: EveningRules = EveningRules()) -> BatchAnswer
  {
    let clean = evening.clean
    if clean.isEmpty { return .nothingClean }
    let missing = sample(of: clean, limits: limits).filter { !opened.contains($0) }
    if !missing.isEmpty { return .openFirst(missing) }
    return .passes(clean.map { ReviewDraft($0.visit.record, .passed, isBatch: true) })
  }

  /// Of each person's clean rows one in ten, at least one. Which ones is decided by the record ids, so that nobody picks
  /// them, and so that the list asks for the same ones again after a restart.
  public static func sample(of clean: [EveningRow], limits: EveningRules = EveningRules()) -> [String] {
    let one = max(1, limits.sampleOneIn)
    let byAuthor = Dictionary(grouping: clean, by: \.visit.author.person)
    return byAuthor.keys.sorted().flatMap { author in
      let records = (byAuthor[author] ?? []).map(\.visit.record).sorted { (hash($0), $0) < (hash($1), $1) }
      return records.prefix((records.count + one - 1) / one)
    }
  }

  /// FNV-1a, 64 bits: any spread that is the same on every machine.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
