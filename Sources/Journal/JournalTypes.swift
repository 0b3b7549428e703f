// JournalTypes — the values that go in and out of a journal.

/// What a writer of a journal must know beside its keys.
public struct JournalSettings: Sendable {
  /// The device's id from its enrolment grant, or an own UUIDv4 before that.
  public var deviceID: String
  /// A salted hash of the machine's id; a journal found on another machine goes on under a new id. Empty: not known.
  public var machine: String
  /// For whom segment keys are wrapped beside the vault: ingest, recovery, supervisors.
  public var readers: [ReaderKey]
  /// A segment of this size is closed.
  public var segmentBytes: Int
  /// The calendar month now, `2026-11`; a segment of another month is closed.
  public var month: @Sendable () -> String

  public init(
    deviceID: String, machine: String = "", readers: [ReaderKey] = [],
    segmentBytes: Int = JournalLimits.segmentBytes, month: @escaping @Sendable () -> String = { "" }
  ) {
    self.deviceID = deviceID
    self.machine = machine
    self.readers = readers
    self.segmentBytes = segmentBytes
    self.month = month
  }
}

/// One record, opened.
public struct JournalRecord: Equatable, Sendable {
  public let journalID: String
  public let seq: UInt64
  /// The inner JSON, or a piece of an attachment (``BlobPiece``).
  public let content: [UInt8]

  public init(journalID: String, seq: UInt64, content: [UInt8]) {
    self.journalID = journalID
    self.seq = seq
    self.content = content
  }
}

/// Lines as they stand in the journal, for the county or a stick.
public struct RawLines: Equatable, Sendable {
  public let journalID: String
  /// The first record among the lines; header, checkpoint and end lines that stand before it come along.
  public let firstSeq: UInt64
  /// The last record; it is also the last line.
  public let lastSeq: UInt64
  /// The chain after the last line, 32 bytes.
  public let chain: [UInt8]
  public let bytes: [UInt8]
}

/// How far one journal id of a directory goes. Most directories have one; each restart after a loss or on another machine
/// adds one.
public struct JournalExtent: Equatable, Sendable {
  public let journalID: String
  /// The last record that counts; 0: none.
  public let lastSeq: UInt64
  /// The chain of that record (zeros for none).
  public let chain: [UInt8]
  /// The first acknowledged number whose line the disk has lost; opening the journal for writing answers it. Nil: none.
  public let brokenFrom: UInt64?
}

/// Why a journal cannot be opened, or a record not be saved. Never holds content.
public enum JournalFault: Error, Equatable, Sendable {
  /// Another process holds the journal.
  case locked
  /// A later version wrote it; nothing was touched.
  case newerFormat(major: Int)
  /// It needs features this version does not have; nothing was touched.
  case unknownFeatures([String])
  /// It may be read but not written by this version (unknown compatible features).
  case readOnly([String])
  /// One record is longer than a line can carry.
  case tooLarge(bytes: Int, bytesMax: Int)
  /// There is not enough space for the bytes asked for.
  case diskFull(free: Int)
  /// The record is not saved: what the disk said. Nothing of it will ever be shown as saved.
  case notSaved(DiskFault)
  /// Reading or opening failed.
  case disk(DiskFault)
  /// Sealing or signing failed.
  case unavailable
  /// The journal was closed.
  case closed
  /// There is no such journal id, or not so many records.
  case noSuchRecord
  /// A record could not be opened with these keys.
  case sealed(SealFault)
}
