// What sync needs of a laptop's data directory. `SyncDesk` has it; tests have one in memory.

internal import Journal
public import Laptop
public import Wire

/// Lines of a journal, ready to be pushed.
public struct PushBatch: Equatable, Sendable {
  public var firstSeq: UInt64
  public var lastSeq: UInt64
  /// Chain of the last line, base64url.
  public var chain: String
  /// Value of the checkpoint header.
  public var checkpoint: String
  public var bytes: [UInt8]

  public init(firstSeq: UInt64, lastSeq: UInt64, chain: String, checkpoint: String, bytes: [UInt8]) {
    self.firstSeq = firstSeq
    self.lastSeq = lastSeq
    self.chain = chain
    self.checkpoint = checkpoint
    self.bytes = bytes
  }
}

/// One journal of the laptop and how far it goes; 0 is empty.
public struct ShelfExtent: Equatable, Sendable {
  public var journalID: String
  public var lastSeq: UInt64
  /// The first saved record whose line the disk has lost: nothing from there on can be sent. Nil: none.
  public var brokenFrom: UInt64?

  public init(journalID: String, lastSeq: UInt64, brokenFrom: UInt64? = nil) {
    self.journalID = journalID
    self.lastSeq = lastSeq
    self.brokenFrom = brokenFrom
  }
}

public protocol SyncShelf: AnyObject {
  /// Every journal, the oldest first.
  var journals: [ShelfExtent] { get }
  /// By journal: up to where the county has confirmed.
  var confirmed: [String: UInt64] { get }
  /// Whole lines from record `seq` on: as many as fit, at least one record; nil where there is none yet.
  func batch(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> PushBatch?
  /// When this returns the receipt is on the disk.
  func keep(_ receipt: UploadReceipt) throws(LaptopFault)
  /// The county has no more than this any longer. When this returns that is on the disk.
  func lower(_ journalID: String, to seq: UInt64) throws(LaptopFault)
  /// The county takes this journal no further. When this returns that is on the disk.
  func end(_ journalID: String) throws(LaptopFault)
  /// What the county's clock says against this machine's, in seconds.
  func keep(clockAhead seconds: Int) throws(LaptopFault)
  /// Where the feed goes on.
  var feedCursor: FeedCursor { get }
  /// When this returns the records and the cursor behind them are on the disk.
  func keep(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault)
  /// What is behind the cursor is not what it was: everything is asked for again.
  func restartFeed(epoch: UInt64) throws(LaptopFault)
  /// The state of the county's list of devices that is known here; empty: none.
  var devicesState: String { get }
  /// When this returns what is news of it, and believed, is on the disk.
  func keep(_ devices: [Attestation], state: String) throws(LaptopFault)
}

extension SyncDesk: SyncShelf {
  public var journals: [ShelfExtent] {
    extents.map { ShelfExtent(journalID: $0.journalID, lastSeq: $0.lastSeq, brokenFrom: $0.brokenFrom) }
  }

  public var confirmed: [String: UInt64] { receipts.confirmed }
  public var feedCursor: FeedCursor { inbox.cursor }

  public func batch(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> PushBatch? {
    guard let lines = try lines(journalID: journalID, from: seq, bytesMax: bytesMax) else { return nil }
    let checkpoint = try checkpoint(for: lines)
    let chain = Base64URL.encode(checkpoint.chain)
    return PushBatch(
      firstSeq: lines.firstSeq, lastSeq: lines.lastSeq, chain: chain,
      checkpoint: "\(checkpoint.seq) \(chain) \(Base64URL.encode(checkpoint.signature))", bytes: lines.bytes)
  }

  public func keep(_ receipt: UploadReceipt) throws(LaptopFault) { try receipts.append(receipt) }

  public func lower(_ journalID: String, to seq: UInt64) throws(LaptopFault) { try receipts.lower(journalID, to: seq) }

  public func end(_ journalID: String) throws(LaptopFault) { try receipts.end(journalID) }

  public func keep(clockAhead seconds: Int) throws(LaptopFault) { try receipts.keep(clockAhead: seconds) }

  public func keep(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault) { try inbox.append(items, next: next) }

  public func restartFeed(epoch: UInt64) throws(LaptopFault) { try inbox.restart(epoch: epoch) }

  public var devicesState: String { inbox.devicesState }

  public func keep(_ devices: [Attestation], state: String) throws(LaptopFault) { try inbox.keep(devices, state: state) }
}
