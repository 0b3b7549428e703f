// What the disk loses of pulled records and of receipts comes again by itself; what it loses of own records is said, with what the county
// has of them.

import Journal
import Laptop
import Testing
import Wire

@Suite struct LossTests {
  /// Hurts one record line of a journal beyond what its seal can prove.
  static func hurt(_ disk: MemoryDisk, _ directory: String, record: Int) throws {
    let path = try #require(disk.paths.first { $0.hasPrefix(directory + "/seg-") })
    var bytes = try #require(disk.bytes(path))
    let starts = bytes.indices.dropLast(4).filter { bytes[$0..<$0 + 4].elementsEqual("J1R|".utf8) }
    bytes[starts[record - 1] + 60] ^= 1
    disk.setBytes(path, bytes)
  }

  func code(_ disk: MemoryDisk, _ directory: String) throws -> Int32 {
    JournalVerify.status(try #require(try JournalVerify.report(directory: directory, disk: disk)))
  }

  @Test func aLostPageOfTheFeedIsAskedForAgain() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Desk.open(disk)
    let keys = laptop.keys
    let records = try (1...3).map { number in
      FeedItem(
        seq: UInt64(number), record: String(decoding: try RecordCodec.encode(Desk.record(laptop, household: "h-\(number)")), as: UTF8.self))
    }
    let desk = try SyncDesk(Desk.directory, keys: keys, disk: disk)
    try desk.inbox.append(records, next: FeedCursor(next: 3, epoch: 4))
    desk.close()
    try Self.hurt(disk, Desk.directory.inbox, record: 2)
    #expect(try code(disk, Desk.directory.inbox) == 1)
    let again = try SyncDesk(Desk.directory, keys: keys, disk: disk)
    #expect(again.inbox.cursor == FeedCursor(next: 0, epoch: 4))
    again.close()
    #expect(try code(disk, Desk.directory.inbox) == 0, "asking again answers the loss")
    // Asked for once, not at every sync.
    let third = try SyncDesk(Desk.directory, keys: keys, disk: disk)
    try third.inbox.append(records, next: FeedCursor(next: 3, epoch: 4))
    third.close()
    #expect(try SyncDesk(Desk.directory, keys: keys, disk: disk).inbox.cursor == FeedCursor(next: 3, epoch: 4))
  }

  @Test func ownRecordsThatAreLostAreSaidWithWhatTheCountyHas() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Desk.open(disk)
    for number in 1...4 { try laptop.append(Desk.record(laptop, household: "h-\(number)")) }
    let desk = try SyncDesk(Desk.directory, keys: laptop.keys, disk: disk)
    let journal = try #require(desk.extents.last?.journalID)
    try desk.receipts.append(UploadReceipt(journalID: journal, acceptedThrough: 2, chain: "", receipt: "r-1"))
    desk.close()
    laptop.close()
    try Self.hurt(disk, Desk.directory.journal, record: 2)
    try Self.hurt(disk, Desk.directory.journal, record: 3)
    let hurt = try Desk.open(disk)
    let expected = LostRecords(numbers: RecordNumbers([2, 3]), uploaded: RecordNumbers([2]))
    #expect(hurt.losses == [expected])
    hurt.close()
    let again = try Desk.open(disk)
    #expect(again.losses == [expected], "said again at every opening")
    try again.confirmLosses()
    #expect(again.losses.isEmpty)
    again.close()
    #expect(try Desk.open(disk).losses.isEmpty)
    #expect(try code(disk, Desk.directory.journal) == 0)
  }
}
