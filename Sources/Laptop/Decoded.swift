// Decoded — the records of some journal lines, ready to be folded. Pure, so that it can be made on any thread.

internal import Journal
internal import Relief
internal import Wire

struct Decoded: Sendable {
  /// Without their submissions: the empty text stands where there is one.
  var records: [(record: Record, place: Place?)] = []
  /// Of the inbox: what came on a stick, and is asked first whether it may count (`StickGate`).
  var fromStick: [(record: Record, place: Place?)] = []
  /// Of the own journal: what is remembered of each line beside the register.
  var own: [Laptop.OwnRecord] = []
  /// Of the own journal: drafts that records were made from.
  var drafts: [String] = []
  /// Of the inbox: what the county says of devices, as it came.
  var devices: [[UInt8]] = []
  /// Lines that hold no record this program can read.
  var unreadable = 0

  /// Lines of the own journal.
  init(own lines: [JournalRecord]) {
    for line in lines { take(line.content, Place(.own, line.seq), line) }
  }

  /// Lines of the inbox.
  init(pulled lines: [JournalRecord]) {
    for line in lines {
      let entry = InboxEntry(line.content)
      if case .device(_, let json)? = entry { devices.append(json) }
      guard let bytes = entry?.record else { continue }
      take(bytes, Place(.inbox, line.seq), nil)
      if case .stickRecord? = entry, records.last?.place == Place(.inbox, line.seq) { fromStick.append(records.removeLast()) }
    }
  }

  private mutating func take(_ bytes: [UInt8], _ place: Place, _ ownLine: JournalRecord?) {
    guard let record = try? RecordCodec.decode(bytes, keepingSubmission: false) else {
      unreadable += 1
      return
    }
    records.append((record, place))
    guard let line = ownLine else { return }
    own.append(Laptop.OwnRecord(journalID: line.journalID, seq: line.seq, household: record.household))
    if let draft = record.body[BodyKey.draft] { drafts.append(draft) }
  }
}
