// Effect: everything a screen wants done outside itself. Screens never touch a disk, a clock or a network:
// `Program.update` returns effects, the program's runner carries them out in order, and what came of each comes back
// as a `ProgramEvent`.

public import Relief
public import XForm

/// A passphrase on its way to the vault. It never appears in a description, so no log or test failure can show it.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
  public var text: String

  public init(_ text: String) { self.text = text }

  public var description: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

public enum Effect: Equatable, Sendable {
  /// Ring once: a key was refused, or a held key was dropped.
  case beep
  /// Leave the program. Everything accepted has been handed to `appendDraft` before this.
  case quit
  /// Open the vault. Answer: `opened`, `passphraseWrong` or `cannotOpen`.
  case unlock(Secret)
  /// Make and open the practice village. Answer: `opened` or `cannotOpen`.
  case createPractice
  /// Enrol this laptop with a one-time code and lock it under a new passphrase. Answer: `opened`, `notEnrolled` or
  /// `cannotOpen`.
  case enrol(county: String, code: String, passphrase: Secret)
  /// Read the entries of a draft. Answer: `draftOpened` or `draftNotOpened`.
  case openDraft(id: String)
  /// Append to a draft, one durable write for the whole batch; makes the draft when there is none of this id (the
  /// first entry is then always `DraftEntry.begun`). Answer: `saved` or `notSaved`. After `notSaved` the next append
  /// carries the same entries again.
  case appendDraft(id: String, entries: [DraftEntry])
  /// Throw a draft away for good. Answer: `draftDiscarded` or `draftNotDiscarded`.
  case discardDraft(id: String)
  /// Write the record, then retire the draft. Answer: `finished` or `notFinished`.
  case finishVisit(FinishedVisit)
  /// Read the submission XML of a record from the journal. Answer: `submissionRead`.
  case readSubmission(record: String)
  /// Start the sync process. Answers: `sync(…)` while it runs.
  case startSync
  /// Write records that no form makes: a review, an acknowledgement, rows of a sweep list. All or none. Answer: `written` or
  /// `notWritten`.
  case write([NewRecord])
  /// Hand plain text to the printer (`lp`). Answer: `printed` or `notPrinted`.
  case print(title: String, text: String)
  /// Write files that leave the laptop on purpose, once the trail has it. Answer: `exported` or `notExported`.
  case export(subject: String, files: [ExportedFile])
  /// One audit line: this identity looks at full numbers of this household (policy: unmasking is written down). Answer: `unmasked` or
  /// `notUnmasked`; nothing is shown before.
  case auditUnmask(household: String, purpose: UnmaskPurpose)
  /// Somebody knows of the lost records. Answer: `lossesConfirmed` or `lossesNotConfirmed`.
  case confirmLosses
}

/// A file for somebody else, or the key to one.
public struct ExportedFile: Equatable, Sendable {
  /// Its name, without a folder.
  public var name: String
  public var text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What whole numbers are looked at for: asked before they are shown, and written down. The raw value is the digit that chooses it.
public enum UnmaskPurpose: Int, CaseIterable, Sendable {
  /// 核对身份, 联系本人, 填报省系统, any other work of the office, and 打印签字: the form goes to the printer instead of the screen.
  case identity = 1, contact, reporting, other, signature

  /// As the audit record says it.
  public var code: String {
    switch self {
    case .identity: "identity"
    case .contact: "contact"
    case .reporting: "reporting"
    case .other: "other"
    case .signature: "signature"
    }
  }
}

/// A record that a screen makes by itself. The runner adds id, who, when and on which device.
public struct NewRecord: Equatable, Sendable {
  public var type: RecordType
  public var household: String?
  public var division: String
  public var supersedes: [String]
  public var facts: [Fact]
  public var body: [String: String]

  public init(
    _ type: RecordType, household: String? = nil, division: String, supersedes: [String] = [], facts: [Fact] = [],
    body: [String: String] = [:]
  ) {
    self.type = type
    self.household = household
    self.division = division
    self.supersedes = supersedes
    self.facts = facts
    self.body = body
  }
}

/// A finished visit, as it goes into a record. The runner adds who, when and on which device.
public struct FinishedVisit: Equatable, Sendable {
  /// The draft to be retired when the record stands.
  public var draft: String
  public var purpose: VisitPurpose
  /// Household entity id.
  public var household: String
  /// Division code of the household, at most 12 digits.
  public var division: String
  public var formID: String
  public var formVersion: String?
  /// ODK submission XML: relevant nodes only.
  public var submission: String
  /// What the form declares of its answers, in the form's order. `Derivation` turns it into facts.
  public var entities: [EntityDeclaration]
  /// The same, had nobody cleared a value that a field began with; empty where nobody did.
  public var uncleared: [EntityDeclaration]
  /// Soft checks that were passed with a reason, or knowingly without one (empty reason).
  public var forced: [ForcedAnswer]
  /// What was written beside answers (备注).
  public var remarks: [Remark]
  /// Of a second typing; nil otherwise. Where it put nothing right there is no submission, and no entity.
  public var comparison: ComparisonCounts?

  public init(
    draft: String, purpose: VisitPurpose, household: String, division: String, formID: String, formVersion: String?,
    submission: String, entities: [EntityDeclaration], uncleared: [EntityDeclaration] = [], forced: [ForcedAnswer],
    remarks: [Remark] = [], comparison: ComparisonCounts? = nil
  ) {
    self.draft = draft
    self.purpose = purpose
    self.household = household
    self.division = division
    self.formID = formID
    self.formVersion = formVersion
    self.submission = submission
    self.entities = entities
    self.uncleared = uncleared
    self.forced = forced
    self.remarks = remarks
    self.comparison = comparison
  }

  /// Both, as they go into the record's body.
  public var notes: [VisitNote] {
    forced.map { VisitNote(path: $0.path, kind: .forced(check: $0.check), text: $0.reason) }
      + remarks.map { VisitNote(path: $0.path, kind: .remark, text: $0.text) }
  }
}

/// What somebody wrote beside an answer (备注).
public struct Remark: Equatable, Hashable, Sendable {
  /// Instance path of the question.
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// A soft check somebody passed on purpose (强制通过).
public struct ForcedAnswer: Equatable, Hashable, Sendable {
  /// Instance path of the question.
  public var path: String
  /// The check's own words.
  public var check: String
  public var reason: String

  public init(path: String, check: String, reason: String) {
    self.path = path
    self.check = check
    self.reason = reason
  }
}
