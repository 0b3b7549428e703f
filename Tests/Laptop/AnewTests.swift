// When the county takes a journal no further, or another county begins anew, every own record goes into a new journal that it can take.

import Journal
import Laptop
import Relief
import Testing
import Wire

@Suite struct AnewTests {
  @Test func aJournalThatTheCountyTakesNoFurtherGoesOnUnderANewIdAtTheNextOpening() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let laptop = try Desk.open(disk)
    let records = (1...3).map { Desk.record(laptop, household: "h-\($0)") }
    for record in records { try laptop.append(record) }
    let desk = try SyncDesk(Desk.directory, keys: laptop.keys, disk: disk)
    let old = try #require(desk.extents.last?.journalID)
    try desk.receipts.append(UploadReceipt(journalID: old, acceptedThrough: 2, chain: "", receipt: "1-1"))
    try desk.receipts.end(old)
    desk.close()
    laptop.close()
    let again = try Desk.open(disk)
    #expect(again.pendingUploadCount == 3, "nothing of the new journal is at the county yet")
    for record in records {
      #expect(again.register.contains(record.id))
      #expect(try again.submission(of: record.id) == "<data/>")
    }
    let sync = try SyncDesk(Desk.directory, keys: again.keys, disk: disk)
    #expect(sync.extents.map(\.lastSeq) == [3])
    let new = try #require(sync.extents.last?.journalID)
    #expect(new != old)
    sync.close()
    again.close()
    // Once: the next opening finds a journal that nobody ended.
    let third = try Desk.open(disk)
    third.close()
    #expect(try SyncDesk(Desk.directory, keys: third.keys, disk: disk).extents.map(\.journalID) == [new])
  }

  @Test(arguments: [true, false]) func aCountyBegunAnewGetsWhatItsOwnKeyOpens(isAnotherCounty: Bool) throws {
    let disk = MemoryDisk()
    let ingest = PrivateReaderKey()
    try Desk.enrolled(disk, ingest: ingest)
    let laptop = try Desk.open(disk)
    for number in 1...3 { try laptop.append(Desk.record(laptop, household: "h-\(number)")) }
    let old = try #require(try SyncDesk(Desk.directory, keys: laptop.keys, disk: disk).extents.last?.journalID)
    laptop.close()
    let next = isAnotherCounty ? PrivateReaderKey() : ingest
    try Desk.enrolled(disk, ingest: next)
    let again = try Desk.open(disk)
    let sync = try SyncDesk(Desk.directory, keys: again.keys, disk: disk)
    let journal = try #require(sync.extents.last?.journalID)
    #expect((journal == old) != isAnotherCounty)
    let lines = try #require(try sync.lines(journalID: journal, from: 1, bytesMax: .max))
    var checker = LineChecker(journalID: journal, signPublicKey: again.keys.signing.publicKey)
    var households: [String?] = []
    for line in lines.bytes.split(separator: 0x0A) {
      let checked = try checker.check(line)
      guard checked.line.kind == .record else { continue }
      households.append(try RecordCodec.decode(SegmentOpener(checked.header, with: next).open(checked.line)).household)
    }
    #expect(households == ["h-1", "h-2", "h-3"])
    sync.close()
    again.close()
  }
}
