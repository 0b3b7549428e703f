// Inbox: records pulled from the county, kept sealed under this laptop's vault, in a journal written by the sync process alone.
//
// One journal record is one of
//     I1 LF <feed number> LF <the record as JSON, byte for byte>
//     C2 LF <cursor to ask with next> LF <epoch of the county> LF <tally of the pass, or empty>
//     C1 LF <cursor to ask with next> LF <epoch of the county>          (read only)
// The records of a page and the cursor behind them are one append, so the cursor never runs ahead of what is kept. Asking twice for a
// page only adds duplicates, which the register folds to one.

public import Journal
internal import Relief
public import Wire

public struct FeedCursor: Equatable, Sendable {
  public var next: UInt64
  public var epoch: UInt64
  /// What came since the feed was last asked from its beginning; nil where that is not known.
  public var tally: FeedTally?

  public init(next: UInt64 = 0, epoch: UInt64 = 0, tally: FeedTally? = nil) {
    self.next = next
    self.epoch = epoch
    self.tally = tally
  }
}

enum InboxEntry {
  case record(feed: UInt64, [UInt8])
  case cursor(FeedCursor)

  var bytes: [UInt8] {
    switch self {
    case .record(let feed, let record): Array("I1\n\(feed)\n".utf8) + record
    case .cursor(let cursor): Array("C2\n\(cursor.next)\n\(cursor.epoch)\n\(cursor.tally?.text ?? "")".utf8)
    }
  }

  init?(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let number = UInt64(String(decoding: parts[1], as: UTF8.self)) else { return nil }
    switch String(decoding: parts[0], as: UTF8.self) {
    case "I1": self = .record(feed: number, Array(parts[2]))
    case "C1":
      guard let epoch = UInt64(String(decoding: parts[2], as: UTF8.self)) else { return nil }
      self = .cursor(FeedCursor(next: number, epoch: epoch))
    case "C2":
      let rest = String(decoding: parts[2], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      guard rest.count == 2, let epoch = UInt64(rest[0]) else { return nil }
      self = .cursor(FeedCursor(next: number, epoch: epoch, tally: FeedTally(text: String(rest[1]))))
    default: return nil
    }
  }
}

/// The writer's side, for the sync process.
public final class Inbox {
  private let journal: Journal
  /// Where the next page begins.
  public private(set) var cursor: FeedCursor

  public init(
    in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: directory.inbox, keys: keys, settings: JournalSettings(deviceID: deviceID), disk: disk)
      var cursor = FeedCursor()
      try journal.eachPart { records in
        records.reversed().lazy.compactMap { line -> FeedCursor? in
          if case .cursor(let cursor)? = InboxEntry(line.content) { cursor } else { nil }
        }.first
      } take: { last in if let last { cursor = last } }
      self.cursor = cursor
      // What the disk lost here the county still has: everything is asked for again, and only then is the loss answered.
      if !journal.lossesUnseen.isEmpty {
        let first = FeedCursor(next: 0, epoch: cursor.epoch)
        _ = try journal.append([InboxEntry.cursor(first).bytes])
        self.cursor = first
        try journal.confirmLosses()
      }
    } catch { throw LaptopFault(error) }
  }

  /// Keeps a page and the place behind it; when this returns both are on the disk.
  public func append(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault) {
    guard !items.isEmpty || next != cursor else { return }
    let entries = items.map { InboxEntry.record(feed: $0.seq, Array($0.record.utf8)).bytes }
    do { _ = try journal.append(entries + [InboxEntry.cursor(next).bytes]) } catch { throw LaptopFault(error) }
    cursor = next
  }

  /// What is behind the cursor is not what it was: everything is asked for again. What is kept stays.
  public func restart(epoch: UInt64) throws(LaptopFault) {
    let first = FeedCursor(next: 0, epoch: epoch)
    do { _ = try journal.append([InboxEntry.cursor(first).bytes]) } catch { throw LaptopFault(error) }
    cursor = first
  }

  /// Lets the lock go.
  public func close() { journal.close() }
}
