// FinishedRecord: which record a finished form becomes. The runner adds id, who, when, on which device, and the facts.

public import Relief

/// What two typings of one paper form came to.
public struct ComparisonCounts: Equatable, Sendable {
  /// Questions and rows at which they differed.
  public var differences: Int
  /// Those at which the first was wrong.
  public var corrected: Int

  public init(differences: Int, corrected: Int) {
    self.differences = differences
    self.corrected = corrected
  }
}

extension FinishedVisit {
  public var recordType: RecordType {
    switch purpose {
    case .visit: .visit
    case .record(let name): RecordType(rawValue: name)
    case .amendment: .amendment
    case .verification: isCorrection ? .amendment : .verification
    }
  }

  /// The second typing put something right, so that the visit is written again.
  private var isCorrection: Bool { (comparison?.corrected ?? 0) > 0 }

  /// A second typing that put nothing right answers no form: it only says that it took place.
  public var holdsAnswers: Bool { recordType != .verification }

  public func supersedes(facts: [Fact], in register: Register) -> [String] {
    switch purpose {
    case .visit, .record: register.recordsSeen(household: household.isEmpty ? nil : household, facts: facts)
    case .amendment(let record, _): [record]
    case .verification(let record): isCorrection ? [record] : []
    }
  }

  public var body: [String: String] {
    var body = VisitNote.body(notes)
    switch purpose {
    case .visit, .record: break
    case .amendment(_, let reason): body[Self.reasonKey] = reason
    case .verification(let record):
      let counts = comparison ?? ComparisonCounts(differences: 0, corrected: 0)
      body[Verification.differencesKey] = String(counts.differences)
      body[Verification.correctedKey] = String(counts.corrected)
      if isCorrection { body[Self.reasonKey] = Words.Verify.reason(counts) } else { body[Verification.recordKey] = record }
    }
    return body
  }

  private static let reasonKey = "reason"
}
