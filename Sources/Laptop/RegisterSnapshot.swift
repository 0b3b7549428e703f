// RegisterSnapshot — the folded register in a sealed file beside the journal, so that opening a township folds only what came
// since. It may be thrown away at any moment, and is whenever anything about it is not as expected: then the records are
// folded from the beginning, as without it. Nothing else ever reads it.
//
// The file is a SealedFile (Journal) under the vault, purpose "register-snapshot". In it, as SnapshotWriter writes:
//
//     text    "zoufang-snapshot-2"
//     bytes   JournalMark of the own journal
//     bytes   JournalMark of the inbox, with what its closed segments hold
//     number  unreadable lines so far
//     list    own records: journal id, number, household or none
//     list    drafts that records were made from
//     list    what the county said of devices, as it came (signed: it is checked again when it is asked for)
//     …       the register (Relief, Register+Snapshot)
//
// WHY IT CANNOT SAY WHAT THE JOURNALS DO NOT
//
// · Sealed: damage, another vault's file, half a file do not open, and an unfinished one never gets the name.
// · The own journal is opened as ever before this file is looked at: every byte from the medium, every line hashed. The mark is
//   believed only if the last record it names is there with the same chain; so all lines before it are those that were folded.
//   A record the disk lost, a copy put back from a backup, a journal begun anew: no such record, no such chain.
// · Of the inbox, HEAD is read, and every segment that was not closed when the mark was made; of the closed ones, name and
//   length. So a lost, shortened or exchanged file is seen. A changed byte inside a closed segment of the inbox is not seen
//   then, and does no harm to the register, which was folded from the right bytes. It is seen when a record there is read (the
//   segment is hashed whole again, and its seal), by `zoufang journal verify`, by every sync (which opens the inbox for writing
//   and hashes all of it; a loss makes it ask the county for everything again), and by a rebuild.
// · An older snapshot of this laptop is right, only shorter: more is folded after it.

internal import Dispatch
internal import Journal
internal import Relief
internal import Synchronization

/// What was folded, and up to where.
struct RegisterSnapshot: Sendable {
  var own: JournalMark
  var inbox: JournalMark
  var unreadable = 0
  var ownRecords: [Laptop.OwnRecord] = []
  var drafts: Set<String> = []
  var devices: [[UInt8]] = []
  var register: Register

  static let purpose = "register-snapshot"
  private static let title = "zoufang-snapshot-2"

  func write(_ path: String, keys: UnlockedKeys, disk: any Disk, entropy: Entropy) throws(DiskFault) {
    let file = try SealedFileWriter(path, purpose: Self.purpose, keys: keys, disk: disk, entropy: entropy)
    var fault: DiskFault?
    var snapshot = SnapshotWriter { block in
      do throws(DiskFault) { try file.append(block) } catch { fault = error }
      return fault == nil
    }
    snapshot.text(Self.title)
    snapshot.bytes(own.bytes)
    snapshot.bytes(inbox.bytes)
    snapshot.number(unreadable)
    snapshot.list(ownRecords) { snapshot, record in
      snapshot.text(record.journalID)
      snapshot.number(Int(record.seq))
      snapshot.optional(record.household)
    }
    snapshot.list(drafts.sorted()) { $0.text($1) }
    snapshot.list(devices) { $0.bytes($1) }
    register.write(to: &snapshot)
    snapshot.finish()
    if let fault { throw fault }
    try file.finish()
  }

  /// What stands in the file, with the inbox opened behind it; nil for whatever reason it is not to be used.
  static func read(
    _ directory: DataDirectory, journal: Journal, keys: UnlockedKeys, disk: any Disk
  ) throws(JournalFault) -> (snapshot: RegisterSnapshot, inbox: JournalReader)? {
    guard let file = SealedFileReader(directory.snapshot, purpose: purpose, keys: keys, disk: disk) else { return nil }
    var snapshot = SnapshotReader { file.next() }
    guard let marks = try? marks(&snapshot), journal.holds(marks.own),
      let inbox = try JournalReader(directory: directory.inbox, keys: keys, disk: disk, resuming: marks.inbox),
      let rest = try? rest(&snapshot, marks), snapshot.isAtEnd(), file.isWhole
    else { return nil }
    return (rest, inbox)
  }

  private static func marks(_ snapshot: inout SnapshotReader) throws(SnapshotFault) -> (own: JournalMark, inbox: JournalMark)? {
    guard try snapshot.text() == title, let own = JournalMark(try snapshot.bytes()), let inbox = JournalMark(try snapshot.bytes()) else {
      return nil
    }
    return (own, inbox)
  }

  private static func rest(
    _ snapshot: inout SnapshotReader, _ marks: (own: JournalMark, inbox: JournalMark)
  ) throws(SnapshotFault) -> RegisterSnapshot {
    let unreadable = try snapshot.number()
    var own: [Laptop.OwnRecord] = []
    for _ in 0..<(try snapshot.count()) {
      own.append(
        Laptop.OwnRecord(journalID: try snapshot.text(), seq: UInt64(try snapshot.count()), household: try snapshot.optional()))
    }
    var drafts: Set<String> = []
    for _ in 0..<(try snapshot.count()) { drafts.insert(try snapshot.text()) }
    var devices: [[UInt8]] = []
    for _ in 0..<(try snapshot.count()) { devices.append(try snapshot.bytes()) }
    return RegisterSnapshot(
      own: marks.own, inbox: marks.inbox, unreadable: unreadable, ownRecords: own, drafts: drafts, devices: devices,
      register: try Register(from: &snapshot))
  }
}

/// Writes snapshots on a thread of its own, so that nobody who types waits; one at a time.
final class SnapshotKeeper: Sendable {
  private let isBusy = Mutex(false)
  private let writing = DispatchGroup()

  /// False where one is being written, or there is too little room: nothing is done then.
  func keep(_ snapshot: RegisterSnapshot, in directory: DataDirectory, keys: UnlockedKeys, disk: any Disk, entropy: Entropy) -> Bool {
    guard let free = try? disk.freeBytes(directory.path), free >= LaptopLimits.snapshotFreeBytesMin else { return false }
    let begun = isBusy.withLock { isBusy in
      if isBusy { return false }
      isBusy = true
      return true
    }
    guard begun else { return false }
    writing.enter()
    DispatchQueue.global(qos: .utility).async {
      // A full or failing disk costs the next opening some seconds, nobody a word.
      try? snapshot.write(directory.snapshot, keys: keys, disk: disk, entropy: entropy)
      self.isBusy.withLock { $0 = false }
      self.writing.leave()
    }
    return true
  }

  /// Waits for the one that is being written.
  func wait() { writing.wait() }
}
