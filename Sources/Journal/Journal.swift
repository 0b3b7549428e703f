// Journal — (contract; the byte format and the recovery argument follow)

/// A journal on disk, open for writing. One process at a time.
public final class Journal {
  /// What opening found.
  public let report: JournalReport

  /// Opens the journal in a directory of its own, or makes it. Heals what must be healed; never cuts or rewrites a byte.
  public static func open(
    directory: String, keys: UnlockedKeys, settings: JournalSettings, disk: any Disk = PosixDisk(),
    entropy: Entropy = .system
  ) throws(JournalFault) -> Journal {
    throw .closed
  }

  init(report: JournalReport) { self.report = report }

  /// The id that new records get.
  public var journalID: String { "" }
  /// The last acknowledged record of ``journalID``; 0: none yet.
  public var lastSeq: UInt64 { 0 }
  /// Every journal id of the directory in order, the present one last.
  public var extents: [JournalExtent] { [] }

  /// Saves records, all or none, and gives their numbers. When it returns they are on the disk: written, synced, and the
  /// watermark synced. When it throws none of them counts.
  public func append(_ contents: [[UInt8]]) throws(JournalFault) -> [UInt64] { throw .closed }

  /// Makes sure that this many bytes of content can be saved. Asked for when a form is opened.
  public func reserve(contentBytes: Int) throws(JournalFault) { throw .closed }

  /// All acknowledged records in order.
  public func records() throws(JournalFault) -> [JournalRecord] { [] }

  /// Lines of one journal id from record `from` on, as many whole ones as fit `bytesMax` but at least one record; nil where
  /// there is no such record yet.
  public func rawLines(journalID: String, from seq: UInt64, bytesMax: Int) throws(JournalFault) -> RawLines? { nil }

  /// A signed statement about the last of these lines.
  public func checkpoint(for lines: RawLines) throws(JournalFault) -> Checkpoint { throw .closed }

  /// Lets the lock go. Further calls throw `closed`.
  public func close() {}
}

/// A journal read without its lock, up to the watermark: what the sync process sees of the records, and the typing process of
/// what was pulled.
public struct JournalReader: Sendable {
  public private(set) var report: JournalReport

  /// Reads a journal's directory; one that does not exist yet is an empty journal.
  public init(directory: String, keys: UnlockedKeys, disk: any Disk = PosixDisk()) throws(JournalFault) { throw .closed }

  public var extents: [JournalExtent] { [] }
  public func records() throws(JournalFault) -> [JournalRecord] { [] }
  /// Reads again what grew since; gives only the records that are new.
  public mutating func refresh() throws(JournalFault) -> [JournalRecord] { [] }
  public func rawLines(journalID: String, from seq: UInt64, bytesMax: Int) throws(JournalFault) -> RawLines? { nil }
}
