import Journal
import Relief
import Testing
import Wire

@testable import Laptop

/// One data directory in good days: what was written is there after reopening, what the county confirmed no longer waits.
@Suite struct LaptopTests {
  @Test func firstRunAndWrongPassphraseAreToldApart() throws {
    let disk = MemoryDisk()
    #expect(throws: LaptopFault.empty) { try Desk.open(disk) }
    _ = try Laptop.vaultForEnrolment(Desk.directory, passphrase: Desk.passphrase, cost: .weak(log2N: 4), disk: disk)
    #expect(throws: LaptopFault.notEnrolled) { try Desk.open(disk) }
    let other = MemoryDisk()
    try Desk.enrolled(other)
    #expect(throws: LaptopFault.wrongPassphrase) {
      try Laptop.open(Desk.directory, passphrase: "八七六五四三二一", clock: Desk.clock, disk: other)
    }
    let laptop = try Desk.open(other)
    #expect(laptop.enrolment.author.name == "示例干部")
    #expect(throws: LaptopFault.inUse) { try Desk.open(other) }
  }

  @Test func recordsAreFoldedAgainAtEveryOpening() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    var laptop = try Desk.open(disk)
    let first = Desk.record(laptop)
    #expect(try laptop.append(first) == 1)
    #expect(try laptop.append(Desk.record(laptop, household: "h-2")) == 2)
    #expect(laptop.register.contains(first.id))
    laptop.close()
    laptop = try Desk.open(disk)
    #expect(laptop.report.isClean)
    #expect(laptop.register.count == 2)
    #expect(laptop.pendingUploadCount == 2)
    #expect(laptop.pendingHouseholds == ["h-1", "h-2"])
    #expect(try laptop.submission(of: first.id) == "<data/>")
    #expect(try laptop.submission(of: "nobody") == nil)
  }

  @Test func whatTheSyncProcessBroughtIsTakenInWithoutReopening() throws {
    let disk = MemoryDisk()
    let ingest = PrivateReaderKey()
    try Desk.enrolled(disk, ingest: ingest)
    let laptop = try Desk.open(disk)
    _ = try laptop.append(Desk.record(laptop))
    // The child gets the unlocked keys through a pipe and never asks for the passphrase.
    let keys = try #require(UnlockedKeys.decode(laptop.keys.encode()))
    let desk = try SyncDesk(Desk.directory, keys: keys, disk: disk)
    let extent = try #require(desk.extents.last)
    let lines = try #require(try desk.lines(journalID: extent.journalID, from: 1, bytesMax: .max))
    #expect(try desk.checkpoint(for: lines).isSigned(by: keys.signing.publicKey))
    var checker = LineChecker(journalID: extent.journalID, signPublicKey: keys.signing.publicKey)
    for line in lines.bytes.split(separator: 0x0A) {
      let checked = try checker.check(line)
      guard checked.line.kind == .record else { continue }
      let content = try SegmentOpener(checked.header, with: ingest).open(checked.line)
      #expect(try RecordCodec.decode(content).household == "h-1")
    }
    let pulled = Desk.record(laptop, household: "h-9")
    let text = String(decoding: try RecordCodec.encode(pulled), as: UTF8.self)
    try desk.inbox.append([FeedItem(seq: 1, record: text)], next: FeedCursor(next: 2, epoch: 1))
    try desk.receipts.append(
      UploadReceipt(journalID: extent.journalID, acceptedThrough: 1, chain: "", receipt: "r-1"))
    #expect(laptop.pendingUploadCount == 1)
    try laptop.refresh()
    #expect(laptop.pendingUploadCount == 0)
    #expect(laptop.register.contains(pulled.id))
    desk.close()
    let again = try SyncDesk(Desk.directory, keys: keys, disk: disk)
    #expect(again.inbox.cursor == FeedCursor(next: 2, epoch: 1))
    #expect(again.receipts.confirmed == [extent.journalID: 1])
    // A receipt for less, as the county gives one for lines that come again, takes nothing back.
    for through in [3, 2] as [UInt64] {
      try again.receipts.append(UploadReceipt(journalID: extent.journalID, acceptedThrough: through, chain: "", receipt: "r-2"))
    }
    again.close()
    #expect(try SyncDesk(Desk.directory, keys: keys, disk: disk).receipts.confirmed == [extent.journalID: 3])
  }

  @Test func aDraftIsThereFieldByFieldUntilItsRecordStands() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    var laptop = try Desk.open(disk)
    let id = laptop.makeID()
    try laptop.appendDraft(id, [[1]])
    try laptop.appendDraft(id, [[2], [3]])
    laptop.close()
    laptop = try Desk.open(disk)
    #expect(try laptop.draftBeginnings().map(\.id) == [id])
    #expect(try laptop.draftEntries(id) == [[1], [2], [3]])
    _ = try laptop.finish(draft: id, with: Desk.record(laptop))
    #expect(try laptop.draftBeginnings().isEmpty)
    #expect(throws: LaptopFault.noSuchDraft) { try laptop.draftEntries(id) }
    #expect(throws: LaptopFault.noSuchDraft) { try laptop.appendDraft("../../etc", [[1]]) }
  }

  /// The last field was written when the program was killed, but the watermark was not: the field is kept, and it is kept
  /// at its place, before anything that is typed afterwards.
  @Test func aFieldBehindTheWatermarkIsSeenBeforeTheNextOneIsTyped() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    var laptop = try Desk.open(disk)
    let id = laptop.makeID()
    try laptop.appendDraft(id, [[1]])
    let head = Desk.directory.path + "/drafts/" + id + "/HEAD"
    let before = disk.bytes(head)
    try laptop.appendDraft(id, [[2]])
    laptop.close()
    disk.setBytes(head, before)
    laptop = try Desk.open(disk)
    #expect(try laptop.draftEntries(id) == [[1], [2]])
    try laptop.appendDraft(id, [[3]])
    #expect(try laptop.draftEntries(id) == [[1], [2], [3]])
  }
}
