// A sync process that dies in the middle of a page or of a receipt: the cursor is never ahead of what is kept, and nothing is called
// uploaded whose receipt is not on the disk.

import Journal
import Laptop
import Relief
import Testing
import Wire

@Suite struct CutTests {
  @Test func aPageThatIsCutAnywhereIsAskedForAgainAndIsThereOnceInTheRegister() throws {
    let start = MemoryDisk()
    try Desk.enrolled(start)
    let laptop = try Desk.open(start)
    let keys = laptop.keys
    let records = (1...5).map { Desk.record(laptop, household: "h-\($0)") }
    laptop.close()
    let page = try records.enumerated().map { FeedItem(seq: UInt64($0 + 1), record: String(decoding: try RecordCodec.encode($1), as: UTF8.self)) }
    let old = FeedCursor(next: 0, epoch: 0)
    let new = FeedCursor(next: 5, epoch: 1)
    var failing = 1
    while true {
      let disk = start.copy()
      disk.fail(.init(at: disk.operations + failing, continuously: true, failure: .error(5)))
      let wasReached: Bool
      do {
        let last = disk.operations + failing
        let desk = try? SyncDesk(Desk.directory, keys: keys, disk: disk)
        try? desk?.inbox.append(page, next: new)
        desk?.close()
        wasReached = disk.operations >= last
      }
      disk.fail(nil)
      for after in [disk.copy(), disk.powerCut()] {
        let again = try SyncDesk(Desk.directory, keys: keys, disk: after)
        #expect([old, new].contains(again.inbox.cursor), "failing at \(failing)")
        let isKept = again.inbox.cursor == new
        again.close()
        let seen = try Desk.open(after)
        let there = records.count { seen.register.contains($0.id) }
        #expect(!isKept || there == records.count, "failing at \(failing): the cursor is ahead of what is kept")
        seen.close()
        // The next sync asks from the cursor.
        let next = try SyncDesk(Desk.directory, keys: keys, disk: after)
        if !isKept { try next.inbox.append(page, next: new) }
        next.close()
        let whole = try Desk.open(after)
        for record in records { #expect(whole.register.contains(record.id)) }
        #expect(whole.unreadable == 0)
        whole.close()
      }
      guard wasReached else { break }
      failing += 1
    }
    #expect(failing > 8)
  }

  @Test func aReceiptCountsOnlyOnceItIsOnTheDisk() throws {
    let start = MemoryDisk()
    try Desk.enrolled(start)
    let laptop = try Desk.open(start)
    for number in 1...3 { try laptop.append(Desk.record(laptop, household: "h-\(number)")) }
    let keys = laptop.keys
    laptop.close()
    var failing = 1
    while true {
      let disk = start.copy()
      let last = disk.operations + failing
      disk.fail(.init(at: last, continuously: true, failure: .error(5)))
      let desk = try? SyncDesk(Desk.directory, keys: keys, disk: disk)
      let journal = desk?.extents.last?.journalID
      let wasKept =
        journal.map { id in
          (try? desk?.receipts.append(UploadReceipt(journalID: id, acceptedThrough: 3, chain: "", receipt: "1-1"))) != nil
        } ?? false
      desk?.close()
      let wasReached = disk.operations >= last
      disk.fail(nil)
      let after = try Desk.open(disk.powerCut())
      if wasKept { #expect(after.pendingUploadCount == 0, "failing at \(failing)") }
      #expect([0, 3].contains(after.pendingUploadCount))
      after.close()
      guard wasReached else {
        #expect(wasKept)
        break
      }
      failing += 1
    }
    #expect(failing > 5)
  }
}
