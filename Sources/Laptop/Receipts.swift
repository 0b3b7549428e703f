// Receipts: what the county has confirmed of the own journal, in a journal of its own written by the sync process alone. "Uploaded" is
// shown only for what stands here, and it stands here only after its fdatasync.
//
// One journal record is: R1 LF <journal id> LF <accepted through> LF <chain, base64url> LF <the county's receipt number>

public import Journal

public struct UploadReceipt: Equatable, Sendable {
  public var journalID: String
  /// Every record up to this one is at the county.
  public var acceptedThrough: UInt64
  /// The chain there, base64url.
  public var chain: String
  public var receipt: String

  public init(journalID: String, acceptedThrough: UInt64, chain: String, receipt: String) {
    self.journalID = journalID
    self.acceptedThrough = acceptedThrough
    self.chain = chain
    self.receipt = receipt
  }

  var bytes: [UInt8] { Array("R1\n\(journalID)\n\(acceptedThrough)\n\(chain)\n\(receipt)".utf8) }

  init?(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "R1", let through = UInt64(parts[2]) else { return nil }
    self.init(journalID: String(parts[1]), acceptedThrough: through, chain: String(parts[3]), receipt: String(parts[4]))
  }

  /// By journal id, the furthest the county has confirmed.
  static func confirmed(_ records: [JournalRecord]) -> [String: UInt64] {
    var through: [String: UInt64] = [:]
    for record in records {
      guard let receipt = UploadReceipt(record.content) else { continue }
      through[receipt.journalID] = max(through[receipt.journalID] ?? 0, receipt.acceptedThrough)
    }
    return through
  }
}

/// The writer's side, for the sync process.
public final class ReceiptBook {
  private let journal: Journal
  public private(set) var confirmed: [String: UInt64]

  public init(
    in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: directory.receipts, keys: keys, settings: JournalSettings(deviceID: deviceID), disk: disk)
      confirmed = UploadReceipt.confirmed(try journal.records())
      // A lost receipt is made up for by the county's cursor at the next sync.
      try journal.confirmLosses()
    } catch { throw LaptopFault(error) }
  }

  /// When this returns the receipt is on the disk.
  public func append(_ receipt: UploadReceipt) throws(LaptopFault) {
    do { _ = try journal.append([receipt.bytes]) } catch { throw LaptopFault(error) }
    confirmed[receipt.journalID] = max(confirmed[receipt.journalID] ?? 0, receipt.acceptedThrough)
  }

  /// Lets the lock go.
  public func close() { journal.close() }
}
