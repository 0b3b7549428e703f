// Receipts: what the county has confirmed of the own journal, in a journal of its own written by the sync process alone. "Uploaded" is
// shown only for what stands here, and it stands here only after its fdatasync.
//
// One journal record is one of
//     R1 LF <journal id> LF <accepted through> LF <chain, base64url> LF <the county's receipt number>
//     N1 LF <journal id>                       the county takes this journal no further: its records go into a new one at the next opening
//     K1 LF <seconds>                          the county's clock is so far ahead of this machine's
//     L1 LF <journal id> LF <through>          the county has no more than this any longer: it was put back from a backup, or begun anew

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

}

/// By journal id, up to where the county has every record: the receipts in the order they were written.
struct Confirmed {
  private(set) var through: [String: UInt64] = [:]
  /// Journals the county takes no further.
  private(set) var ended: Set<String> = []
  /// The county's clock minus this machine's, in seconds, when they last spoke.
  private(set) var clockAhead: Int?

  mutating func take(_ receipt: UploadReceipt) {
    through[receipt.journalID] = max(through[receipt.journalID] ?? 0, receipt.acceptedThrough)
  }

  mutating func lower(_ journalID: String, to seq: UInt64) { through[journalID] = min(through[journalID] ?? 0, seq) }

  mutating func take(_ records: [JournalRecord]) {
    for record in records {
      if let receipt = UploadReceipt(record.content) { take(receipt) }
      if let seconds = Self.clock(record.content) { clockAhead = seconds }
      if let journalID = Self.ending(record.content) { ended.insert(journalID) }
      if let lowered = Self.lowering(record.content) { lower(lowered.journalID, to: lowered.seq) }
    }
  }

  static func lowering(_ journalID: String, to seq: UInt64) -> [UInt8] { Array("L1\n\(journalID)\n\(seq)".utf8) }

  mutating func take(clockAhead seconds: Int) { clockAhead = seconds }

  static func clock(_ seconds: Int) -> [UInt8] { Array("K1\n\(seconds)".utf8) }

  private static func clock(_ bytes: [UInt8]) -> Int? {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == "K1" ? Int(parts[1]) : nil
  }

  mutating func end(_ journalID: String) { ended.insert(journalID) }

  static func ending(_ journalID: String) -> [UInt8] { Array("N1\n\(journalID)".utf8) }

  private static func ending(_ bytes: [UInt8]) -> String? {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0] == "N1" ? String(parts[1]) : nil
  }

  private static func lowering(_ bytes: [UInt8]) -> (journalID: String, seq: UInt64)? {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "L1", let seq = UInt64(parts[2]) else { return nil }
    return (String(parts[1]), seq)
  }
}

/// The writer's side, for the sync process.
public final class ReceiptBook {
  private let journal: Journal
  private var state = Confirmed()
  public var confirmed: [String: UInt64] { state.through }

  public init(
    in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: directory.receipts, keys: keys, settings: JournalSettings(deviceID: deviceID), disk: disk)
      state.take(try journal.records())
      // A lost receipt is made up for by the county's cursor at the next sync.
      try journal.confirmLosses()
    } catch { throw LaptopFault(error) }
  }

  /// When this returns the receipt is on the disk.
  public func append(_ receipt: UploadReceipt) throws(LaptopFault) {
    do { _ = try journal.append([receipt.bytes]) } catch { throw LaptopFault(error) }
    state.take(receipt)
  }

  /// The county has the journal up to here only: what was confirmed behind it waits again. When this returns that is on the disk.
  public func lower(_ journalID: String, to seq: UInt64) throws(LaptopFault) {
    do { _ = try journal.append([Confirmed.lowering(journalID, to: seq)]) } catch { throw LaptopFault(error) }
    state.lower(journalID, to: seq)
  }

  /// The county takes this journal no further: it holds other lines under the same numbers. When this returns that is on the disk.
  public func end(_ journalID: String) throws(LaptopFault) {
    guard !state.ended.contains(journalID) else { return }
    do { _ = try journal.append([Confirmed.ending(journalID)]) } catch { throw LaptopFault(error) }
    state.end(journalID)
  }

  /// Notes how far the county's clock is ahead. A second or two more or less is nothing to write down.
  public func keep(clockAhead seconds: Int) throws(LaptopFault) {
    if let last = state.clockAhead, abs(last - seconds) < 60, LaptopClock.isWrong(by: last) == LaptopClock.isWrong(by: seconds) { return }
    do { _ = try journal.append([Confirmed.clock(seconds)]) } catch { throw LaptopFault(error) }
    state.take(clockAhead: seconds)
  }

  /// Lets the lock go.
  public func close() { journal.close() }
}
