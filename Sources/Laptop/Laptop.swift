// Laptop: one opened data directory. Everything the program keeps goes through here, and here only: the vault's keys, the own journal,
// drafts, what was pulled, what was confirmed, and the register folded from all of it.
//
// The register is folded at every opening from the records in the own journal and the inbox. Where there are many, a sealed snapshot
// beside the journal saves folding again what was folded before; nothing depends on it (RegisterSnapshot).

public import Journal
public import Relief
internal import Wire

public final class Laptop {
  public let directory: DataDirectory
  public let enrolment: Enrolment
  public let clock: LaptopClock
  /// What opening the own journal found.
  public let report: JournalReport
  public private(set) var register = Register()

  private let vault: Vault
  private let disk: any Disk
  private let entropy: Entropy
  private let journal: Journal
  private var inbox: JournalReader
  /// What the county said of devices, in the order it came; believed only under its root key (`devices`).
  private var saidOfDevices: [[UInt8]] = []
  /// Made of so many of those.
  private var deviceBook: (made: Int, book: DeviceBook)?
  private var receipts: JournalReader
  private var drafts: DraftDrawer
  private var ids = UUIDv7Maker()
  private var receipted = Confirmed()
  private var confirmed: [String: UInt64] { receipted.through }
  /// Own records the county has not confirmed: id by journal id and number.
  private var own: [OwnRecord] = []
  /// Drafts that records were made from.
  private var finishedDrafts: Set<String> = []
  /// What came on a stick and may not count yet.
  private var gate = StickGate()
  /// Lines that hold no record this program can read. They stay where they are.
  public private(set) var unreadable = 0
  /// Records folded since the last snapshot, or since the beginning.
  private var foldedSinceSnapshot = 0
  /// A snapshot is kept when so many records were folded since the last one.
  private let snapshotRecords: Int
  private let snapshots = SnapshotKeeper()
  /// The register came from a snapshot and what followed it, not from all records.
  public private(set) var isResumed = false

  struct OwnRecord: Sendable {
    var journalID: String
    var seq: UInt64
    var household: String?
  }

  /// Opens with the passphrase. Takes as long as the vault's cost says.
  public static func open(
    _ directory: DataDirectory, passphrase: String, clock: LaptopClock = .system, disk: any Disk = PosixDisk(),
    entropy: Entropy = .system, snapshotRecords: Int = LaptopLimits.snapshotRecordsMin
  ) throws(LaptopFault) -> Laptop {
    let vault: Vault
    do { vault = try Vault.open(in: directory.path, passphrase: passphrase, disk: disk, entropy: entropy) } catch {
      throw LaptopFault(error)
    }
    return try Laptop(directory, vault: vault, clock: clock, disk: disk, entropy: entropy, snapshotRecords: snapshotRecords)
  }

  /// Makes a vault for a new enrolment, or opens the one of an enrolment that was broken off. Its keys are what the county
  /// is asked to know; `enrol` ends it.
  public static func vaultForEnrolment(
    _ directory: DataDirectory, passphrase: String, cost: ScryptCost = .standard, disk: any Disk = PosixDisk(),
    entropy: Entropy = .system
  ) throws(LaptopFault) -> Vault {
    try directory.make(disk: disk)
    do throws(VaultFault) {
      if Vault.exists(in: directory.path, disk: disk) {
        return try Vault.open(in: directory.path, passphrase: passphrase, disk: disk, entropy: entropy)
      }
      return try Vault.create(in: directory.path, passphrase: passphrase, cost: cost, disk: disk, entropy: entropy)
    } catch { throw LaptopFault(error) }
  }

  /// Keeps the grant in the vault: from now on the directory opens.
  public static func enrol(_ vault: inout Vault, as enrolment: Enrolment) throws(LaptopFault) {
    guard let bytes = enrolment.encoded() else { throw .damaged }
    do { try vault.setSecrets([Enrolment.secretName: bytes]) } catch { throw LaptopFault(error) }
  }

  init(
    _ directory: DataDirectory, vault: Vault, clock: LaptopClock, disk: any Disk, entropy: Entropy, snapshotRecords: Int
  ) throws(LaptopFault) {
    guard let kept = vault.secret(Enrolment.secretName) else { throw .notEnrolled }
    guard let enrolment = Enrolment(decoding: kept) else { throw .damaged }
    self.directory = directory
    self.vault = vault
    self.enrolment = enrolment
    self.clock = clock
    self.disk = disk
    self.entropy = entropy
    self.snapshotRecords = snapshotRecords
    let resumed: RegisterSnapshot?
    let settings = JournalSettings(
      deviceID: enrolment.grant.deviceId, machine: Machine.hash(), readers: enrolment.readers,
      month: { String(clock.today.prefix(7)) })
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: directory.journal, keys: vault.keys, settings: settings, disk: disk, entropy: entropy)
      receipts = try JournalReader(directory: directory.receipts, keys: vault.keys, disk: disk)
      receipted.take(try receipts.records())
      // Where it fails (a full disk) the old journal goes on, and it is tried again at the next opening.
      try? Self.beginAnewWhereNeeded(journal, enrolment, receipted)
      if let kept = try RegisterSnapshot.read(directory, journal: journal, keys: vault.keys, disk: disk) {
        resumed = kept.snapshot
        inbox = kept.inbox
      } else {
        resumed = nil
        inbox = try JournalReader(directory: directory.inbox, keys: vault.keys, disk: disk)
      }
    } catch { throw LaptopFault(error) }
    report = journal.report
    drafts = DraftDrawer(
      in: directory, keys: vault.keys, deviceID: enrolment.grant.deviceId, disk: disk, entropy: entropy)
    try fold(after: resumed)
    keepSnapshotWhereDue()
  }

  /// Where the county takes a journal no further, or holds no key that opens what is in it, its records go into a new one.
  private static func beginAnewWhereNeeded(
    _ journal: Journal, _ enrolment: Enrolment, _ receipted: Confirmed
  ) throws(JournalFault) {
    let county = enrolment.readers.filter { $0.kind != .reader }
    let isEnded = journal.extents.contains { $0.lastSeq > 0 && receipted.ended.contains($0.journalID) }
    if isEnded || (!county.isEmpty && journal.hasRecords(closedTo: county)) { try journal.beginAnew() }
  }

  /// The keys for a child process, over an inherited pipe only.
  public var keys: UnlockedKeys { vault.keys }

  // MARK: the register

  private func fold(after resumed: RegisterSnapshot?) throws(LaptopFault) {
    if let resumed {
      register = resumed.register
      own = resumed.ownRecords
      finishedDrafts = resumed.drafts
      unreadable = resumed.unreadable
      saidOfDevices = resumed.devices
      isResumed = true
    }
    do throws(JournalFault) {
      // A township's journal is gigabytes: its parts are decoded on every core, and folded in order as they come.
      try register.apply { take throws(JournalFault) in
        try journal.eachPart(after: resumed?.own, make: Decoded.init(own:)) { part in
          own += part.own
          finishedDrafts.formUnion(part.drafts)
          fold(part, take)
        }
        try inbox.refresh(make: Decoded.init(pulled:)) { part in fold(part, take) }
      }
    } catch { throw LaptopFault(error) }
    admit()
  }

  /// Lets in what came on a stick, as far as it may count.
  private func admit() {
    while true {
      let admitted = gate.admitted(by: register)
      guard !admitted.isEmpty else { return }
      register.apply(contentsOf: admitted)
    }
  }

  private func fold(_ part: Decoded, _ take: (Record, Place?) -> Void) {
    unreadable += part.unreadable
    saidOfDevices += part.devices
    foldedSinceSnapshot += part.records.count
    for (record, place) in part.records { take(record, place) }
    for (record, place) in part.fromStick { gate.add(record, place) }
  }

  /// The devices that the county says this one has to do with, each as it was said last. Signatures are checked when it is first asked for.
  public var devices: DeviceBook {
    if let deviceBook, deviceBook.made == saidOfDevices.count { return deviceBook.book }
    var book = enrolment.devices
    for json in saidOfDevices { _ = book.take(json: json) }
    deviceBook = (saidOfDevices.count, book)
    return book
  }

  // MARK: the snapshot

  /// Begins to write one where enough was folded since the last.
  private func keepSnapshotWhereDue() {
    // What waits at the gate is in no snapshot: while anything does, everything is folded from the records.
    guard foldedSinceSnapshot >= snapshotRecords, gate.held.isEmpty, let inboxMark = inbox.mark else { return }
    let snapshot = RegisterSnapshot(
      own: journal.mark, inbox: inboxMark, unreadable: unreadable, ownRecords: own, drafts: finishedDrafts, devices: saidOfDevices,
      register: register)
    if snapshots.keep(snapshot, in: directory, keys: vault.keys, disk: disk, entropy: entropy) { foldedSinceSnapshot = 0 }
  }

  private func remember(_ record: Record, _ line: JournalRecord) {
    own.append(OwnRecord(journalID: line.journalID, seq: line.seq, household: record.household))
    if let draft = record.body[BodyKey.draft] { finishedDrafts.insert(draft) }
  }

  /// Takes in what the sync process brought since.
  public func refresh() throws(LaptopFault) {
    do throws(JournalFault) {
      try register.apply { take throws(JournalFault) in
        try inbox.refresh(make: Decoded.init(pulled:)) { part in fold(part, take) }
      }
      receipted.take(try receipts.refresh())
    } catch { throw LaptopFault(error) }
    admit()
    keepSnapshotWhereDue()
  }

  // MARK: time

  /// The county's clock minus this machine's, in seconds, when they last spoke; nil where they never did.
  public var clockAhead: Int? { receipted.clockAhead }

  /// Whether records may say that their time is right.
  public var clockIsBelieved: Bool { clock.isBelievable && !(clockAhead.map(LaptopClock.isWrong(by:)) ?? false) }

  // MARK: what is lost

  /// Acknowledged records of the own journal that the disk lost and nobody has confirmed to know of. With what the county has of them
  /// (nothing there is lost), as far as the receipts say.
  public var losses: [LostRecords] {
    journal.lossesUnseen.map { loss in
      let through = loss.journalID.flatMap { confirmed[$0] } ?? 0
      let uploaded = through > 0 ? loss.numbers.subtracting(loss.numbers.subtracting(RecordNumbers(1...through))) : RecordNumbers()
      return LostRecords(numbers: loss.numbers, uploaded: uploaded, isTailUnknown: loss.isTailUnknown)
    }
  }

  /// A person knows of the losses: they are not said again, and `journal verify` goes back to 0.
  public func confirmLosses() throws(LaptopFault) {
    do { try journal.confirmLosses() } catch { throw LaptopFault(error) }
  }

  // MARK: what waits

  private var waiting: [OwnRecord] { own.filter { $0.seq > confirmed[$0.journalID] ?? 0 } }

  /// Own records the county has not confirmed.
  public var pendingUploadCount: Int { waiting.count }

  /// Households with a record among those.
  public var pendingHouseholds: Set<String> { Set(waiting.compactMap(\.household)) }

  // MARK: records

  /// A fresh id for a record, a household or a person.
  public func makeID() -> String {
    let source = entropy
    return ids.make(milliseconds: clock.milliseconds()) {
      source.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
  }

  /// Writes one record. When it returns the record is on the disk; when it throws nothing of it is.
  /// - Returns: its number in the own journal.
  @discardableResult
  public func append(_ record: Record) throws(LaptopFault) -> UInt64 {
    let bytes: [UInt8]
    do { bytes = try RecordCodec.encode(record) } catch { throw .badRecord }
    let numbers: [UInt64]
    do { numbers = try journal.append([bytes]) } catch { throw LaptopFault(error) }
    guard let seq = numbers.last else { throw .unavailable }
    remember(record, JournalRecord(journalID: journal.journalID, seq: seq, content: []))
    register.apply(record, at: Place(.own, seq))
    foldedSinceSnapshot += 1
    return seq
  }

  /// Writes several records, all or none, with one sync of the disk for the lot.
  public func append(contentsOf records: [Record]) throws(LaptopFault) {
    var encoded: [[UInt8]] = []
    for record in records {
      do { encoded.append(try RecordCodec.encode(record)) } catch { throw .badRecord }
    }
    let numbers: [UInt64]
    do { numbers = try journal.append(encoded) } catch { throw LaptopFault(error) }
    guard numbers.count == records.count else { throw .unavailable }
    for (record, seq) in zip(records, numbers) {
      remember(record, JournalRecord(journalID: journal.journalID, seq: seq, content: []))
    }
    register.apply(contentsOf: zip(records, numbers).map { ($0, Place(.own, $1)) })
    foldedSinceSnapshot += records.count
  }

  /// The submission of a record, read from the disk again; nil where the record is not here or carries none.
  public func submission(of id: String) throws(LaptopFault) -> String? {
    guard let place = register.place(of: id) else { return nil }
    let extents = place.source == .own ? journal.extents : inbox.extents
    do throws(JournalFault) {
      for extent in extents.reversed() {
        let line = JournalPlace(journalID: extent.journalID, seq: place.number)
        guard var bytes = try place.source == .own ? journal.content(at: line) : inbox.content(at: line) else {
          continue
        }
        if place.source == .inbox {
          guard let pulled = InboxEntry(bytes)?.record else { continue }
          bytes = pulled
        }
        if let record = try? RecordCodec.decode(bytes), record.id == id { return record.submission }
      }
    } catch { throw LaptopFault(error) }
    return nil
  }

  // MARK: drafts

  /// Drafts by id with their first entry, oldest name first.
  public func draftBeginnings() throws(LaptopFault) -> [(id: String, first: [UInt8])] {
    try drafts.ids(finished: finishedDrafts).compactMap { id in drafts.beginning(of: id).map { (id, $0) } }
  }

  public func draftEntries(_ id: String) throws(LaptopFault) -> [[UInt8]] { try drafts.entries(of: id) }

  /// Appends to a draft, all or none; makes it where there is none of this id.
  public func appendDraft(_ id: String, _ entries: [[UInt8]]) throws(LaptopFault) {
    try drafts.append(entries, to: id)
  }

  /// Throws a draft away. When it throws the draft stands, or what was left of it is cleared away at the next opening.
  public func discardDraft(_ id: String) throws(LaptopFault) { try drafts.discard(id) }

  /// Writes the record a draft became, then clears the draft away. The record names the draft, so a crash between the two doubles nothing.
  @discardableResult
  public func finish(draft id: String, with record: Record) throws(LaptopFault) -> UInt64 {
    var record = record
    record.body[BodyKey.draft] = id
    let seq = try append(record)
    drafts.clear(id)
    return seq
  }

  // MARK: room

  /// Bytes a normal user may still write where the journal stands.
  public func freeBytes() throws(LaptopFault) -> Int {
    do { return try disk.freeBytes(directory.path) } catch { throw LaptopFault(error) }
  }

  /// Lets every lock go. Where much was folded a snapshot is kept first.
  public func close() {
    snapshots.wait()
    keepSnapshotWhereDue()
    snapshots.wait()
    drafts.close()
    journal.close()
  }
}

/// Records of one journal id that the disk lost.
public struct LostRecords: Equatable, Sendable {
  public var numbers: RecordNumbers
  /// Those of them that the county has confirmed.
  public var uploaded: RecordNumbers
  /// Whether more was saved behind these is not known.
  public var isTailUnknown: Bool

  public init(numbers: RecordNumbers, uploaded: RecordNumbers = RecordNumbers(), isTailUnknown: Bool = false) {
    self.numbers = numbers
    self.uploaded = uploaded
    self.isTailUnknown = isTailUnknown
  }
}

/// Keys of a record's body that the laptop itself reads.
public enum BodyKey {
  /// The draft a finished record was made from.
  public static let draft = "draft"
  /// Receipt number on the paper.
  public static let receipt = "receipt"
}
