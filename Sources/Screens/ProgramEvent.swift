// ProgramEvent: everything that can happen to the screens: a key, or the outcome of an effect. Outcomes carry facts,
// never sentences; the sentences are in Words.

public import Terminal

public enum ProgramEvent: Sendable {
  /// A key, paste, resize, wake or signal.
  case terminal(Event)
  /// The vault is open. Also sent when what it holds changed (after a sync).
  case opened(Workspace)
  /// The passphrase was wrong; another try is refused for so many seconds (0: at once).
  case passphraseWrong(waitSeconds: Int)
  /// So many seconds are left of that wait. Sent about once a second; 0 ends it.
  case waiting(secondsLeft: Int)
  case cannotOpen(OpenFault)
  /// The county of the slip answers at its address.
  case slipChecked
  case notEnrolled(SyncFailure)
  case draftOpened(id: String, entries: [DraftEntry])
  case draftNotOpened(id: String, OpenFault)
  /// The last `appendDraft` of this draft is on the disk, with everything before it.
  case saved(draft: String)
  /// Nothing of the last `appendDraft` may be taken as kept.
  case notSaved(draft: String, SaveFault)
  case draftDiscarded(id: String)
  /// It stands as before.
  case draftNotDiscarded(id: String, SaveFault)
  /// The record stands; nil where the workspace could not be made anew (an `opened` brings it later).
  case finished(draft: String, Receipt, Workspace?)
  case notFinished(draft: String, SaveFault)
  /// nil: the journal has no such record, or it carries no submission.
  case submissionRead(record: String, xml: String?)
  case sync(SyncNews)
  /// Directories of the sticks that are plugged in.
  case sticks([String])
  /// The records of the last `write` are on the disk; nil as with `finished`.
  case written(Workspace?)
  /// None of them is.
  case notWritten(SaveFault)
  /// The audit line of the last `auditUnmask` is on the disk: the numbers may be shown.
  case unmasked(household: String)
  /// It is not: they stay masked.
  case notUnmasked(household: String, SaveFault)
  /// The losses are not said again.
  case lossesConfirmed
  /// They are, at the next opening.
  case lossesNotConfirmed(SaveFault)
  /// Where the files of an `export` are.
  case exported(folder: String)
  case notExported(SaveFault)
  case printed
  /// lp's exit status; -1 where it could not be started.
  case notPrinted(status: Int32)
}

/// The paper number of a finished record.
public struct Receipt: Equatable, Sendable {
  /// What the cadre writes on the printed form: short, digits and dashes.
  public var number: String
  /// UUIDv7 of the record.
  public var record: String

  public init(number: String, record: String) {
    self.number = number
    self.record = record
  }
}

/// Why the data could not be opened.
public enum OpenFault: Error, Equatable, Sendable {
  /// Written by a newer program; nothing was touched.
  case newerVersion
  /// Another zoufang has this directory open.
  case inUse
  /// Lines that do not verify; how many. `zoufang journal verify` says which.
  case damaged(lines: Int)
  case noPermission
  case noSuchDraft
  /// The form the draft was typed with is not here.
  case unknownForm(id: String, version: String?)
  /// Nothing was ever enrolled here, or an enrolment was broken off.
  case notEnrolled
  /// The file with the keys does not open.
  case keysDamaged
  /// What the program brings along (the visit form, the practice village) is not there or does not read.
  case notShipped
  /// The library that seals and opens does not work.
  case sealingUnavailable
  /// The form does not parse: file, line, node.
  case brokenForm(file: String, line: Int, node: String)
  /// Anything else the system said, as its error number.
  case system(errno: Int32)
}

/// Why something was not saved.
public enum SaveFault: Error, Equatable, Sendable {
  case diskFull
  case readOnlyDisk
  case noPermission
  case ioError
  case tooLarge
  case system(errno: Int32)
}

/// What the sync process reports.
public enum SyncNews: Equatable, Sendable {
  case progress(SyncStage, done: Int, total: Int)
  /// The county is busy and said when to come again.
  case waiting(seconds: Int)
  case finished(SyncOutcome)
  case failed(SyncFailure)
  /// An exchange over a stick is over.
  case stick(StickNews)
}

/// What came and went over a stick, and each thing that somebody has to do something about, in sentences.
public struct StickNews: Equatable, Sendable {
  public var lines: [String]
  public var isGood: Bool

  public init(lines: [String], isGood: Bool) {
    self.lines = lines
    self.isGood = isGood
  }
}

extension SyncNews {
  /// Nothing comes after it.
  public var isOutcome: Bool {
    switch self {
    case .progress, .waiting: false
    case .finished, .failed, .stick: true
    }
  }
}

public enum SyncStage: String, Equatable, Sendable, CaseIterable {
  case connecting, pushing, pulling
}

public struct SyncOutcome: Equatable, Sendable {
  /// Lines the county now has that it had not.
  public var pushed: Int
  /// Records that came.
  public var pulled: Int
  /// Records still waiting on this laptop (0 when all went).
  public var waiting: Int
  /// Records of this sync that the county has and does not count yet, by its reason (`ParkCode`, docs/county.md).
  public var parked: [String: Int]
  /// The county's clock minus this machine's in seconds, where it is so wrong that records say so.
  public var clockAhead: Int?

  public init(pushed: Int, pulled: Int, waiting: Int, parked: [String: Int] = [:], clockAhead: Int? = nil) {
    self.pushed = pushed
    self.pulled = pulled
    self.waiting = waiting
    self.parked = parked
    self.clockAhead = clockAhead
  }
}

public enum SyncFailure: Equatable, Sendable {
  /// No route, no interface.
  case noNetwork
  /// There is a network; the county's name is not found in it.
  case noSuchName
  /// Something answered that is not the county: a login page of the network.
  case captivePortal
  /// TLS with a certificate that is not of the county's own authority.
  case wrongCertificate
  /// The county's certificate is not valid on the day this machine believes it is.
  case clockWrong
  /// Connected, and nothing came back in time.
  case tooSlow
  /// The network works, the county's server does not answer.
  case serverAbsent
  /// The county refused: its reason as docs/wire.md has it (`bad_code`, `revoked`, …).
  case refused(code: String)
  /// The county speaks a newer protocol.
  case newerProtocol
  /// This laptop never enrolled.
  case notEnrolled
  /// The practice village: nothing of it is ever sent.
  case practice
  /// The line broke in the middle; what went is kept.
  case interrupted
  /// The sync process ended by itself; its exit status.
  case crashed(status: Int32)
}
