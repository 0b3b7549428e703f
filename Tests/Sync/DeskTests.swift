// A sync of a real data directory: what leaves it is what its journal holds, and a checker that knows only the byte format agrees.

import Foundation
import Journal
import Laptop
import Relief
import Testing
import Wire

@testable import Sync

@Suite struct DeskTests {
  static let grant = EnrolGrant(
    deviceId: "30000000-0000-4000-8000-000000000001", person: "p1", name: "赵试用", role: "cadre",
    scopes: ["130599100201"], county: "示范县", server: "county-1", readers: [], caPem: FakeCounty.authority,
    rootPublicKey: "", issued: "2026-11-24T01:00:00Z")

  /// Makes a data directory with some records and calls the body with what a sync process is given; so many wait afterwards.
  func withDesk(
    records: Int, waits: Int = 0, county: String? = "https://127.0.0.1:1", _ body: (DataDirectory, UnlockedKeys) throws -> Void
  ) throws {
    let path = FileManager.default.temporaryDirectory.path + "/zoufang-sync-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = DataDirectory(path)
    let cost = try #require(ScryptCost(log2N: 15))
    var vault = try Laptop.vaultForEnrolment(directory, passphrase: "made-up passphrase", cost: cost)
    try Laptop.enrol(&vault, as: Enrolment(grant: Self.grant, county: county))
    let laptop = try Laptop.open(directory, passphrase: "made-up passphrase")
    for number in 0..<records {
      try laptop.append(
        Record(
          id: laptop.makeID(), type: .visit, household: "h\(number)", division: "130599100201",
          author: laptop.enrolment.author, device: laptop.enrolment.grant.deviceId, wall: "2026-11-24T09:30:05+08:00"))
    }
    // The typing program stays open: a sync never needs its lock.
    try body(directory, laptop.keys)
    try laptop.refresh()
    #expect(laptop.pendingUploadCount == waits)
    laptop.close()
  }

  @Test func batchesHoldTheJournalAndTheirCheckpointIsSigned() throws {
    try withDesk(records: 25) { directory, keys in
      let desk = try SyncDesk(directory, keys: keys)
      let journal = try #require(desk.journals.first)
      #expect(journal.lastSeq == 25)
      var checker = LineChecker(journalID: journal.journalID, signPublicKey: keys.signing.publicKey)
      var next: UInt64 = 1
      while next <= journal.lastSeq {
        let batch = try #require(try desk.batch(journalID: journal.journalID, from: next, bytesMax: 3_000))
        #expect(batch.firstSeq == next)
        for line in batch.bytes.split(separator: 10) { _ = try checker.check(line) }
        let parts = batch.checkpoint.split(separator: " ").map(String.init)
        let text = "zoufang/\(journal.journalID)\n\(parts[0])\n\(parts[1])\n\(parts[2])\n"
        #expect(Checkpoint(text: text)?.isSigned(by: keys.signing.publicKey) == true)
        #expect(parts[0] == String(batch.lastSeq))
        #expect(parts[1] == batch.chain)
        next = batch.lastSeq + 1
      }
      #expect(next == 26)
      // The cursor check of a sync: one record alone has the chain the county names.
      let alone = try #require(try desk.batch(journalID: journal.journalID, from: 7, bytesMax: 1))
      #expect(alone.lastSeq == 7)
      try desk.keep(UploadReceipt(journalID: journal.journalID, acceptedThrough: 25, chain: "c", receipt: "R1"))
    }
  }

  @Test func whatIsKeptIsThereForTheNextSyncAndForTheTypingProgram() throws {
    try withDesk(records: 1) { directory, keys in
      do {
        let desk = try SyncDesk(directory, keys: keys)
        let journal = try #require(desk.journals.first?.journalID)
        try desk.keep(UploadReceipt(journalID: journal, acceptedThrough: 1, chain: "c", receipt: "R1"))
        try desk.keep([FeedItem(seq: 4, record: "{}")], next: FeedCursor(next: 4, epoch: 2))
      }
      let again = try SyncDesk(directory, keys: keys)
      #expect(again.confirmed.values.sorted() == [1])
      #expect(again.feedCursor == FeedCursor(next: 4, epoch: 2))
      try again.restartFeed(epoch: 3)
      #expect(again.feedCursor == FeedCursor(next: 0, epoch: 3))
    }
  }

  @Test func thePracticeVillageHasNoCounty() throws {
    try withDesk(records: 0, county: nil) { directory, keys in
      let desk = try SyncDesk(directory, keys: keys)
      #expect(throws: SyncFault.laptop(.notEnrolled)) { try SyncRun.of(desk) }
    }
    try withDesk(records: 0) { directory, keys in
      var run = try SyncRun.of(SyncDesk(directory, keys: keys))
      // Its county is a port where nobody listens.
      #expect(throws: SyncFault.transfer(.refused)) { try run.run() }
    }
  }
}
