import Journal
import Relief
import Synchronization
import Testing
import Wire

@testable import Laptop

/// A laptop that opens out of a snapshot knows what one knows that folded everything again; and what is wrong with a snapshot costs
/// time, nothing else.
@Suite struct SnapshotTests {
  /// Everything the laptop answers about its records.
  private struct Known: Equatable {
    var records: [Record?]
    var households: [Household]
    var visits: [[Visit]]
    var waiting: Int
    var waitingHouseholds: Set<String>
    var unreadable: Int
    var drafts: [String]
    var submissions: [String?]

    init(_ laptop: Laptop, _ ids: [String]) throws {
      let register = laptop.register
      records = ids.map { register.record($0) }
      households = register.households()
      visits = households.map { register.visits(of: $0.id) }
      waiting = laptop.pendingUploadCount
      waitingHouseholds = laptop.pendingHouseholds
      unreadable = laptop.unreadable
      drafts = try laptop.draftBeginnings().map(\.id)
      submissions = try ids.map { try laptop.submission(of: $0) }
    }
  }

  private static func open(_ disk: MemoryDisk, snapshotRecords: Int = 1) throws -> Laptop {
    try Laptop.open(
      Desk.directory, passphrase: Desk.passphrase, clock: Desk.clock, disk: disk, snapshotRecords: snapshotRecords)
  }

  /// What a laptop knows that has no snapshot.
  private static func rebuilt(_ disk: MemoryDisk, _ ids: [String]) throws -> Known {
    let other = disk.copy()
    other.setBytes(Desk.directory.snapshot, nil)
    let laptop = try open(other, snapshotRecords: .max)
    #expect(!laptop.isResumed)
    return try Known(laptop, ids)
  }

  private static func pull(_ records: [Record], _ disk: MemoryDisk, _ laptop: Laptop) throws {
    let inbox = try Inbox(
      in: Desk.directory, keys: laptop.keys, deviceID: laptop.enrolment.grant.deviceId, disk: disk)
    var items: [FeedItem] = []
    for record in records {
      let text = String(decoding: try RecordCodec.encode(record), as: UTF8.self)
      items.append(FeedItem(seq: inbox.cursor.next + UInt64(items.count), record: text))
    }
    try inbox.append(items, next: FeedCursor(next: inbox.cursor.next + UInt64(items.count), epoch: 1))
    inbox.close()
  }

  /// A laptop with some own records, some pulled ones and a snapshot of all of them.
  private static func kept() throws -> (disk: MemoryDisk, ids: [String]) {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try open(disk)
    let records = (0..<6).map { Desk.record(laptop, household: "h-\($0 % 4)", label: "示例户\($0)") }
    for record in records[..<3] { try laptop.append(record) }
    try pull(Array(records[3...]), disk, laptop)
    try laptop.refresh()
    laptop.close()
    return (disk, records.map(\.id))
  }

  @Test(arguments: 0..<8) func anyMomentAndWhatFollowsIsAllOfIt(round: Int) throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    var laptop = try Self.open(disk)
    var ids: [String] = []
    for step in 0..<14 {
      switch Int.random(in: 0..<5) {
      case 0, 1:
        let record = Desk.record(laptop, household: "h-\(Int.random(in: 0..<5))", label: "户\(step)")
        ids.append(record.id)
        if Bool.random() { try laptop.append(record) } else { try laptop.finish(draft: "d\(step % 10)", with: record) }
      case 2:
        let records = (0..<Int.random(in: 1...3)).map { Desk.record(laptop, household: "h-\($0)", label: "拉\(step)") }
        ids += records.map(\.id)
        try Self.pull(records, disk, laptop)
        if Bool.random() { try laptop.refresh() }
      case 3 where !ids.isEmpty:
        var record = Desk.record(laptop, household: "h-1")
        record.type = .withdrawal
        record.supersedes = [ids[Int.random(in: ids.indices)]]
        ids.append(record.id)
        try laptop.append(record)
      default:
        laptop.close()
        laptop = try Self.open(disk, snapshotRecords: Int.random(in: 1...4))
      }
      // The program is killed here: what was kept last stands, and what came after it.
      #expect(try Known(try Self.reopened(disk), ids) == Self.rebuilt(disk, ids))
    }
    laptop.close()
    #expect(try Known(try Self.reopened(disk), ids) == Self.rebuilt(disk, ids))
  }

  private static func reopened(_ disk: MemoryDisk) throws -> Laptop {
    let copy = disk.copy()
    let laptop = try open(copy, snapshotRecords: .max)
    #expect(laptop.isResumed == (copy.bytes(Desk.directory.snapshot) != nil))
    return laptop
  }

  /// The program was killed between the record of a visit and the clearing of its draft, and the next one opens out of a snapshot: it is
  /// not asked again to finish what is finished, or the household would be visited twice on paper.
  @Test func aDraftWhoseRecordIsInTheSnapshotIsNotOfferedAgain() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Self.open(disk)
    try laptop.appendDraft("d1", [Array("begun".utf8)])
    try laptop.appendDraft("d2", [Array("begun".utf8)])
    var record = Desk.record(laptop)
    record.body[BodyKey.draft] = "d1"
    try laptop.append(record)
    laptop.close()
    let next = try Self.open(disk)
    #expect(next.isResumed)
    #expect(try next.draftBeginnings().map(\.id) == ["d2"])
  }

  /// What the county said of devices is known out of a snapshot too, under its signature alone, the newest word of each.
  @Test func devicesAreKnownOutOfASnapshot() throws {
    let disk = MemoryDisk()
    let root = SigningKey()
    try Desk.enrolled(disk, root: root.publicKey)
    var laptop = try Self.open(disk)
    let server = laptop.enrolment.grant.server
    func said(_ id: String, revoked: Bool = false, revision: UInt64 = 1, by key: SigningKey) throws -> Attestation {
      var said = Attestation(
        deviceId: id, person: "p-" + id, name: "测试" + id, role: "cadre", scopes: ["130599100201"],
        signPublicKey: Base64URL.encode(SigningKey().publicKey), boxPublicKey: Base64URL.encode(PrivateReaderKey().publicKey),
        isRevoked: revoked, revision: revision)
      said.signature = Base64URL.encode(try key.sign(try #require(SignedText.attestation(said, server: server))))
      return said
    }
    #expect(laptop.devices.isEmpty)
    let inbox = try Inbox(
      in: Desk.directory, keys: laptop.keys, deviceID: laptop.enrolment.grant.deviceId, devices: laptop.enrolment.devices, disk: disk)
    try inbox.keep([try said("d-1", by: root), try said("d-2", by: root), try said("d-3", by: SigningKey())])
    inbox.close()
    try laptop.append(Desk.record(laptop))
    try laptop.refresh()
    #expect(laptop.devices.devices.map(\.deviceId) == ["d-1", "d-2"], "what another key signed is nothing")
    laptop.close()
    laptop = try Self.open(disk)
    #expect(laptop.isResumed && laptop.devices.devices.map(\.deviceId) == ["d-1", "d-2"])
    let again = try Inbox(
      in: Desk.directory, keys: laptop.keys, deviceID: laptop.enrolment.grant.deviceId, devices: laptop.enrolment.devices, disk: disk)
    try again.keep([try said("d-2", revoked: true, revision: 2, by: root)])
    again.close()
    try laptop.refresh()
    #expect(laptop.devices.device("d-2")?.isRevoked == true && laptop.devices.device("d-1")?.isRevoked == false)
    laptop.close()
  }

  @Test func itIsKeptOnlyWhereEnoughWasFolded() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    for count in 1...3 {
      let laptop = try Self.open(disk, snapshotRecords: 3)
      #expect(!laptop.isResumed)
      try laptop.append(Desk.record(laptop))
      laptop.close()
      #expect((disk.bytes(Desk.directory.snapshot) != nil) == (count == 3))
    }
    #expect(disk.bytes(Desk.directory.snapshot + ".new") == nil)
    #expect(try Self.open(disk).isResumed)
  }

  /// Bytes are missing or others, all or some: read it, and there is nothing; open, and everything is there.
  @Test func whateverIsDamagedIsThrownAway() throws {
    let (disk, ids) = try Self.kept()
    let bytes = try #require(disk.bytes(Desk.directory.snapshot))
    let known = try Self.rebuilt(disk, ids)
    let keys = try Vault.open(in: Desk.directory.path, passphrase: Desk.passphrase, disk: disk).keys
    let journal = try Journal.open(
      directory: Desk.directory.journal, keys: keys, settings: JournalSettings(deviceID: "d"), disk: disk)
    func isRead() throws -> Bool {
      try RegisterSnapshot.read(Desk.directory, journal: journal, keys: keys, disk: disk) != nil
    }
    #expect(try isRead())
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= UInt8.random(in: 1...255)
      disk.setBytes(Desk.directory.snapshot, changed)
      #expect(try !isRead(), "byte \(place) of \(bytes.count)")
    }
    // The last of them: without the block that says that it is the last one.
    for length in Array(stride(from: 0, to: bytes.count, by: 61)) + [bytes.count - 32] {
      disk.setBytes(Desk.directory.snapshot, Array(bytes[..<length]))
      #expect(try !isRead(), "cut at \(length) of \(bytes.count)")
    }
    journal.close()
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 5)) {
      var changed = bytes
      changed[place] ^= 0x40
      disk.setBytes(Desk.directory.snapshot, changed)
      let laptop = try Self.open(disk)
      #expect(!laptop.isResumed)
      #expect(try Known(laptop, ids) == known)
      laptop.close()
      // And there is a good one again.
      #expect(try Self.reopened(disk).isResumed)
    }
  }

  @Test func anotherLaptopsSnapshotIsThrownAway() throws {
    let (disk, ids) = try Self.kept()
    let (other, _) = try Self.kept()
    disk.setBytes(Desk.directory.snapshot, other.bytes(Desk.directory.snapshot))
    let laptop = try Self.open(disk)
    #expect(!laptop.isResumed)
    #expect(laptop.register.count == ids.count)
  }

  /// The disk lost the last records, or somebody put a copy back: the snapshot knows more than the journal. It must not be believed.
  @Test func whatTheDiskLostIsNotBroughtBack() throws {
    let (disk, _) = try Self.kept()
    let older = disk.copy()
    let laptop = try Self.open(disk)
    let own = Desk.record(laptop, household: "h-own")
    try laptop.append(own)
    laptop.close()
    older.setBytes(Desk.directory.snapshot, disk.bytes(Desk.directory.snapshot))
    let back = try Self.open(older)
    #expect(!back.isResumed)
    #expect(!back.register.contains(own.id))
    back.close()

    // The same for what was pulled.
    let again = try Self.open(disk)
    let pulled = Desk.record(again, household: "h-pulled")
    let before = disk.copy()
    try Self.pull([pulled], disk, again)
    try again.refresh()
    again.close()
    before.setBytes(Desk.directory.snapshot, disk.bytes(Desk.directory.snapshot))
    let late = try Self.open(before)
    #expect(!late.isResumed)
    #expect(!late.register.contains(pulled.id))
    #expect(late.register.contains(own.id))
  }

  /// A line of the own journal is damaged after the snapshot was kept: it is said as ever.
  @Test func aLossInTheOwnJournalIsSaidAsEver() throws {
    let (disk, ids) = try Self.kept()
    let path = try #require(disk.paths.first { $0.hasPrefix(Desk.directory.path + "/seg-") })
    var bytes = try #require(disk.bytes(path))
    let lines = bytes.indices.filter { bytes[$0] == 0x0A }
    // The second record: behind two headers and one record.
    bytes[lines[2] + 200] ^= 1
    disk.setBytes(path, bytes)
    let laptop = try Self.open(disk)
    #expect(!laptop.isResumed)
    #expect(laptop.losses.map(\.numbers.count) == [1])
    #expect(laptop.register.contains(ids[0]))
    #expect(!laptop.register.contains(ids[1]))
    #expect(laptop.register.contains(ids[2]))
  }

  /// The power goes while a snapshot is written, at every call: nothing is known otherwise afterwards.
  @Test func aCrashWhileItIsWrittenChangesNothing() throws {
    let (disk, ids) = try Self.kept()
    let laptop = try Self.open(disk)
    let record = Desk.record(laptop)
    try laptop.append(record)
    laptop.close()
    let known = try Self.rebuilt(disk, ids + [record.id])
    let source = try Self.open(disk.copy())
    let keys = source.keys
    let kept = try #require(try RegisterSnapshot.read(Desk.directory, journal: Self.journal(disk.copy(), keys), keys: keys, disk: disk))
    for at in 1...16 {
      let broken = disk.copy()
      broken.fail(MemoryDisk.Plan(at: at, continuously: true, failure: .error(5)))
      try? kept.snapshot.write(Desk.directory.snapshot, keys: keys, disk: broken, entropy: .system)
      broken.fail(nil)
      for left in [broken, broken.powerCut()] {
        let reopened = try Self.open(left)
        #expect(try Known(reopened, ids + [record.id]) == known, "call \(at)")
        reopened.close()
        #expect(left.bytes(Desk.directory.snapshot) != nil)
      }
    }
  }

  private static func journal(_ disk: MemoryDisk, _ keys: UnlockedKeys) throws -> Journal {
    try Journal.open(directory: Desk.directory.journal, keys: keys, settings: JournalSettings(deviceID: "d"), disk: disk)
  }

  @Test func aFullDiskGetsNone() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Self.open(disk)
    try laptop.append(Desk.record(laptop))
    disk.state.withLock { $0.freeBytes = LaptopLimits.snapshotFreeBytesMin - 1 }
    laptop.close()
    #expect(disk.bytes(Desk.directory.snapshot) == nil)
  }
}
