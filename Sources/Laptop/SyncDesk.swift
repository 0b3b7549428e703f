// SyncDesk: the data directory as the sync process sees it. It holds the keys it was handed, reads the own journal without its lock (up
// to the watermark, so nothing unacknowledged ever leaves), and is the only writer of inbox, receipts and letters.

public import Journal
internal import Wire

public final class SyncDesk {
  public let enrolment: Enrolment
  public let keys: UnlockedKeys
  public let inbox: Inbox
  public let receipts: ReceiptBook
  public let directory: DataDirectory
  public let disk: any Disk
  /// The own journal.
  public let reader: JournalReader

  public init(
    _ directory: DataDirectory, keys: UnlockedKeys, disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    guard let kept = keys.secrets[Enrolment.secretName] else { throw .notEnrolled }
    guard let enrolment = Enrolment(decoding: kept) else { throw .damaged }
    self.enrolment = enrolment
    self.keys = keys
    self.directory = directory
    self.disk = disk
    do { reader = try JournalReader(directory: directory.journal, keys: keys, disk: disk) } catch {
      throw LaptopFault(error)
    }
    inbox = try Inbox(
      in: directory, keys: keys, deviceID: enrolment.grant.deviceId, devices: enrolment.devices, disk: disk)
    receipts = try ReceiptBook(in: directory, keys: keys, deviceID: enrolment.grant.deviceId, disk: disk)
  }

  /// Every journal id of the laptop and how far it goes, oldest first.
  public var extents: [JournalExtent] { reader.extents }

  /// Lines to push; nil where the journal has no such record yet.
  public func lines(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> RawLines? {
    do { return try reader.rawLines(journalID: journalID, from: seq, bytesMax: bytesMax) } catch { throw LaptopFault(error) }
  }

  /// A signed statement about the last of these lines.
  public func checkpoint(for lines: RawLines) throws(LaptopFault) -> Checkpoint {
    do {
      return try Checkpoint(journalID: lines.journalID, seq: lines.lastSeq, chain: lines.chain, signedBy: keys.signing)
    } catch { throw .unavailable }
  }

  /// Lets both locks go.
  public func close() {
    inbox.close()
    receipts.close()
  }
}
