// A county that was put back from a backup, or begun anew, or that shows this laptop something else than before: nothing is missing
// afterwards, nothing is called uploaded that is not, nothing is doubled.

import Foundation
import Laptop
import Relief
import Testing
import Wire

@testable import Sync

@Suite struct RestoredTests {
  /// A record of its own under a number of the feed.
  static func item(_ seq: UInt64, of record: Int) throws -> FeedItem {
    let id = "0190a0b0-0000-7000-8000-" + String(100_000_000_000 + record)
    let made = Record(
      id: id, type: .visit, household: "h-\(record)", division: "130599100201",
      author: Author(person: "p", name: "赵试用", role: .cadre), device: "0b6f3a52-5d2a-4f0e-8a54-2f4f5d7a9c11",
      wall: "2026-11-24T09:30:05+08:00")
    return FeedItem(seq: seq, record: String(decoding: try RecordCodec.encode(made), as: UTF8.self))
  }

  static func feed(_ records: [Int]) throws -> [FeedItem] {
    try records.enumerated().map { try item(UInt64($0 + 1), of: $1) }
  }

  // MARK: receipts

  @Test func whatTheCountyLostIsNotUploadedUntilItIsThereAgain() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([("j1", 40), ("j2", 3)])
    _ = try county.sync(shelf)
    #expect(shelf.confirmed == ["j1": 40, "j2": 3])
    // Back to a backup that has a part of one journal and nothing of the other; and the line breaks before anything is sent.
    county.lines = ["j1": Array((shelf.contents["j1"] ?? []).prefix(10))]
    county.epoch = 2
    county.fate = { _, request in request.target.contains("/entries") ? .lost(.noNetwork) : .arrives }
    #expect(throws: SyncFault.transfer(.noNetwork)) { try county.sync(shelf) }
    #expect(shelf.confirmed == ["j1": 10, "j2": 3], "j2 was not asked about yet")
    county.fate = { _, _ in .arrives }
    let report = try county.sync(shelf)
    #expect(report.confirmed == 33)
    #expect(county.lines == shelf.contents)
    #expect(shelf.confirmed == ["j1": 40, "j2": 3])
  }

  @Test func aCountyThatLostEverythingGetsEverything() throws {
    let shelf = FakeShelf([("j1", 40), ("j2", 3)])
    _ = try FakeCounty().sync(shelf)
    let anew = FakeCounty()
    var run = SyncRun(
      transport: anew, shelf: shelf, deviceID: "d2", server: "county-1", signing: anew.device, pace: Waits().pace())
    let report = try run.run()
    #expect(anew.lines == shelf.contents)
    #expect(report.confirmed == 43)
  }

  @Test func aLoweredReceiptIsOnTheDiskAndARaisedOneAfterIt() throws {
    try DeskTests().withDesk(records: 3) { directory, keys in
      let journal: String
      do {
        let desk = try SyncDesk(directory, keys: keys)
        journal = try #require(desk.journals.first?.journalID)
        try desk.keep(UploadReceipt(journalID: journal, acceptedThrough: 3, chain: "c", receipt: "1-7"))
        try desk.lower(journal, to: 1)
        #expect(desk.confirmed == [journal: 1])
        desk.close()
      }
      let again = try SyncDesk(directory, keys: keys)
      #expect(again.confirmed == [journal: 1])
      try again.keep(UploadReceipt(journalID: journal, acceptedThrough: 3, chain: "c", receipt: "2-1"))
      again.close()
    }
  }

  // MARK: what the disk has lost

  @Test func whatStandsBehindALostLineIsSaidAndTheOtherJournalsGoUp() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([("j1", 40), ("j2", 3)])
    shelf.brokenFrom = ["j1": 11]
    let report = try county.sync(shelf)
    #expect(report.problems == [.init(journalID: "j1", reason: .damaged(seq: 11))])
    #expect(county.lines == ["j1": Array((shelf.contents["j1"] ?? []).prefix(10)), "j2": shelf.contents["j2"] ?? []])
    #expect(shelf.ended.isEmpty, "opening the laptop mends it")
    shelf.brokenFrom = ["j1": 1]
    #expect(try FakeCounty().sync(shelf).problems.first?.reason == .damaged(seq: 1))
  }

  /// The same on a disk: one byte of the second of three saved records is another one, and nobody opens the laptop before the sync.
  @Test func aDamagedRecordOnTheDiskIsNoWholeSync() throws {
    try DeskTests().withDesk(records: 3, waits: 3) { directory, keys in
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      let path = directory.path + "/" + (try #require(names.first { $0.hasSuffix(".jnl") }))
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let starts = bytes.indices.filter { bytes[$0...].starts(with: Array("J1R|".utf8)) }
      bytes[starts[1] + 100] ^= 1
      try bytes.write(to: URL(fileURLWithPath: path))
      let desk = try SyncDesk(directory, keys: keys)
      defer { desk.close() }
      #expect(desk.journals.map(\.lastSeq) == [1])
      #expect(desk.journals.map(\.brokenFrom) == [2])
    }
  }

  // MARK: the feed

  @Test func aWiderScopeBringsWhatIsBehindTheCursor() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    county.feed = try [1, 2, 4, 5, 7, 8, 9, 10, 11].map { try Self.item(UInt64($0), of: $0) }
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 0)
    county.feed = try (1...11).map { try Self.item(UInt64($0), of: $0) }
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 1)
    #expect(Set(shelf.inbox.map(\.seq)) == Set(1...11))
    let before = county.requests.count
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 1, "once")
    #expect(county.requests.count - before == 5, "hello, challenge, session, one page and the devices")
  }

  @Test func aNarrowerScopeIsNoticedOnceAndThenLeftInPeace() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    county.feed = try Self.feed([1, 2, 3])
    _ = try county.sync(shelf)
    county.feed.removeFirst()
    for _ in 0..<3 { _ = try county.sync(shelf) }
    #expect(shelf.restarts == 1)
  }

  /// Nobody told the county that it was put back (`zoufangd restored`), so its epoch is the old one and its numbers are given again.
  @Test func numbersThatAreGivenAgainHideNothing() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    county.feed = try Self.feed([1, 2, 3, 4, 5])
    _ = try county.sync(shelf)
    county.feed = try Self.feed([1, 2, 3, 60, 70])
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 1)
    #expect(shelf.inbox.contains(try Self.item(4, of: 60)))
    #expect(shelf.inbox.contains(try Self.item(5, of: 70)))
  }

  @Test func aTallyThatNeverFitsIsAskedForOnceAndThenGoneOnFrom() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    county.feed = try Self.feed([1, 2, 3])
    county.stateSaid = "9,00000000000000aa"
    for _ in 0..<3 { _ = try county.sync(shelf) }
    #expect(shelf.restarts == 0)
    #expect(shelf.inbox.count == 3)
  }

  @Test func aRestartThatIsCutGoesOnWhereItWas() throws {
    for step in 4...20 {
      let county = FakeCounty()
      county.feedPage = 2
      let shelf = FakeShelf([])
      county.feed = try [2, 4, 6, 8].map { try Self.item(UInt64($0), of: $0) }
      _ = try county.sync(shelf)
      county.feed = try (1...9).map { try Self.item(UInt64($0), of: $0) }
      let before = county.requests.count
      county.fate = { number, _ in number == before + step ? .unanswered(.noNetwork) : .arrives }
      _ = try? county.sync(shelf)
      county.fate = { _, _ in .arrives }
      _ = try county.sync(shelf)
      #expect(Set(shelf.inbox.map(\.seq)) == Set(1...9), "cut at \(step)")
      #expect(shelf.restarts == 1)
    }
  }

  @Test func aRecordBetweenPageAndTallyIsNoReasonToBeginAgain() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    county.feed = try Self.feed([1, 2, 3])
    _ = try county.sync(shelf)
    county.feed = try Self.feed([1, 2, 3, 4])
    var full = FeedTally()
    for item in try Self.feed([1, 2, 3, 4, 5]) { full.add(item.record) }
    county.stateSaid = full.text
    county.fate = { number, request in
      if request.target.hasPrefix(Path.feed + "?cursor=4") { county.feed = (try? Self.feed([1, 2, 3, 4, 5])) ?? [] }
      return .arrives
    }
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 0)
    #expect(shelf.inbox.map(\.seq) == [1, 2, 3, 4, 5])
  }

  @Test(arguments: ["", "1", "1,", "-1,0000000000000000", "1,000000000000000g", "1,00000000000000001", "a,0000000000000000"])
  func otherTextIsNoTally(text: String) { #expect(FeedTally(text: text) == nil) }

  @Test func aTallyIsReadAsItIsWritten() throws {
    var tally = FeedTally()
    #expect(tally.text == "0,0000000000000000")
    // SHA-256 of the two ids begins with 8806082ec6918cfb and 6fa3c3138be51c1f.
    for item in try Self.feed([1, 2]) { tally.add(item.record) }
    #expect(tally.text == "2,f7a9cb415276a91a")
    for item in try Self.feed(Array(3...50)) { tally.add(item.record) }
    #expect(FeedTally(text: tally.text) == tally)
    var backwards = FeedTally()
    for item in try Self.feed(Array(1...50)).reversed() { backwards.add(item.record) }
    #expect(backwards == tally)
  }
}
