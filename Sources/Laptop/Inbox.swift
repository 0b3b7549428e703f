// Inbox: records pulled from the county or taken from a stick, kept sealed under this laptop's vault, in a journal written by the sync
// process alone.
//
// One journal record is one of
//     I1 LF <feed number> LF <the record as JSON, byte for byte>
//     C2 LF <cursor to ask with next> LF <epoch of the county> LF <tally of the pass, or empty>
//     C1 LF <cursor to ask with next> LF <epoch of the county>          (read only)
//     D1 LF <revision> LF <what the county says of a device, as JSON>
//     D2 LF 0 LF <state of the county's list of devices that the D1 before it make up>
//     S1 LF <number in its journal> LF <a record that came on a stick, byte for byte>
//     S2 LF <last number taken> LF <where the next line of that journal continues, as JSON (`StickMark`)>
//     S3 LF 0 LF                    the disk has lost entries: every stick is read from its beginning again
// The records of a file of a stick and the mark behind them are one append, as are those of a page and the cursor behind it.
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
  case device(revision: UInt64, [UInt8])
  case devicesState(String)
  case stickRecord(seq: UInt64, [UInt8])
  case stickMark(last: UInt64, [UInt8])
  case stickAnew

  /// The record that it holds, however it came.
  var record: [UInt8]? {
    switch self {
    case .record(_, let bytes), .stickRecord(_, let bytes): bytes
    default: nil
    }
  }

  var bytes: [UInt8] {
    switch self {
    case .record(let feed, let record): Array("I1\n\(feed)\n".utf8) + record
    case .cursor(let cursor): Array("C2\n\(cursor.next)\n\(cursor.epoch)\n\(cursor.tally?.text ?? "")".utf8)
    case .device(let revision, let json): Array("D1\n\(revision)\n".utf8) + json
    case .devicesState(let state): Array("D2\n0\n\(state)".utf8)
    case .stickRecord(let seq, let record): Array("S1\n\(seq)\n".utf8) + record
    case .stickMark(let last, let json): Array("S2\n\(last)\n".utf8) + json
    case .stickAnew: Array("S3\n0\n".utf8)
    }
  }

  init?(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let number = UInt64(String(decoding: parts[1], as: UTF8.self)) else { return nil }
    switch String(decoding: parts[0], as: UTF8.self) {
    case "I1": self = .record(feed: number, Array(parts[2]))
    case "D1": self = .device(revision: number, Array(parts[2]))
    case "D2": self = .devicesState(String(decoding: parts[2], as: UTF8.self))
    case "S1": self = .stickRecord(seq: number, Array(parts[2]))
    case "S2": self = .stickMark(last: number, Array(parts[2]))
    case "S3": self = .stickAnew
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
  public private(set) var cursor = FeedCursor()
  /// What the county says of the devices this laptop has to do with.
  public private(set) var devices: DeviceBook
  /// The state of the county's list of them that is known here; empty: none.
  public private(set) var devicesState = ""
  /// By journal id, how far its lines were taken from sticks.
  public private(set) var marks: [String: StickMark] = [:]

  public init(
    in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, devices: DeviceBook = DeviceBook(),
    disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    self.devices = devices
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: directory.inbox, keys: keys, settings: JournalSettings(deviceID: deviceID), disk: disk)
      try journal.eachPart { lines in
        lines.compactMap { line in InboxEntry(line.content).flatMap { $0.record == nil ? $0 : nil } }
      } take: { entries in for entry in entries { remember(entry) } }
      // What the disk lost here the county and the sticks still have: everything is asked for again, and only then is the loss answered.
      if !journal.lossesUnseen.isEmpty {
        let first = FeedCursor(next: 0, epoch: cursor.epoch)
        let entries: [InboxEntry] = [.cursor(first), .devicesState(""), .stickAnew]
        _ = try journal.append(entries.map(\.bytes))
        for entry in entries { remember(entry) }
        try journal.confirmLosses()
      }
    } catch { throw LaptopFault(error) }
  }

  private func remember(_ entry: InboxEntry) {
    switch entry {
    case .cursor(let last): cursor = last
    case .device(_, let json): _ = devices.take(json: json)
    case .devicesState(let state): devicesState = state
    case .stickMark(_, let json): if let mark = StickMark(json: json) { marks[mark.journalID] = mark }
    case .stickAnew: marks = [:]
    case .record, .stickRecord: break
    }
  }

  private func append(_ entries: [InboxEntry]) throws(LaptopFault) {
    do { _ = try journal.append(entries.map(\.bytes)) } catch { throw LaptopFault(error) }
    for entry in entries { remember(entry) }
  }

  /// Keeps a page and the place behind it; when this returns both are on the disk.
  public func append(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault) {
    guard !items.isEmpty || next != cursor else { return }
    try append(items.map { .record(feed: $0.seq, Array($0.record.utf8)) } + [.cursor(next)])
  }

  /// What is behind the cursor is not what it was: everything is asked for again. What is kept stays.
  public func restart(epoch: UInt64) throws(LaptopFault) { try append([.cursor(FeedCursor(next: 0, epoch: epoch))]) }

  /// Keeps what the county says of devices, as far as its signature is right and it is news. When this returns it is on the disk.
  /// - Parameter state: of the county's list, where these came from it.
  public func keep(_ said: [Attestation], state: String? = nil) throws(LaptopFault) {
    var tried = devices
    var entries: [InboxEntry] = []
    for one in said where tried.take(one) {
      if let json = try? BodyCodec.encode(one) { entries.append(.device(revision: one.revision, json)) }
    }
    if let state, state != devicesState { entries.append(.devicesState(state)) }
    if !entries.isEmpty { try append(entries) }
  }

  /// Keeps the records of a file of a stick and the mark behind them; when this returns both are on the disk.
  public func keep(_ records: [(seq: UInt64, content: [UInt8])], mark: StickMark) throws(LaptopFault) {
    guard let json = mark.json else { throw .badRecord }
    try append(records.map { .stickRecord(seq: $0.seq, $0.content) } + [.stickMark(last: mark.last, json)])
  }

  /// Lets the lock go.
  public func close() { journal.close() }
}
