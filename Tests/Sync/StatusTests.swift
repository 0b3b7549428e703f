// Every status rule of docs/wire.md.

import Laptop
import Testing
import Wire

@testable import Sync

@Suite struct StatusTests {
  func refusal(_ status: Int, _ refusal: Refusal, _ headers: [String: String] = [:]) throws -> TransferAnswer {
    TransferAnswer(status: status, headers: headers, body: try BodyCodec.encode(refusal))
  }

  func isPush(_ request: TransferRequest) -> Bool { request.target.contains("/entries") }

  @Test func forkStopsThatJournalAndTheOthersGoOn() throws {
    let county = FakeCounty()
    county.lines["j1"] = ["something else"]
    let shelf = FakeShelf([("j1", 4), ("j2", 3)])
    let report = try county.sync(shelf)
    #expect(report.problems == [JournalProblem(journalID: "j1", reason: .forked)])
    #expect(county.lines["j1"] == ["something else"])
    #expect(county.lines["j2"] == shelf.contents["j2"])
    #expect(shelf.confirmed == ["j2": 3])
    #expect(shelf.ended == ["j1"], "its records go into a new journal")
  }

  @Test func forkFoundByTheCountyIsAForkToo() throws {
    let county = FakeCounty()
    let answer = try refusal(409, Refusal(.fork, nextSeq: 1))
    county.fate = { _, request in self.isPush(request) ? .instead(answer) : .arrives }
    let report = try county.sync(FakeShelf())
    #expect(report.problems.map(\.reason) == [.forked])
  }

  /// What is not about the lines that were sent confirms none of them.
  @Test(arguments: [("j2", true), ("j1", false)]) func aReceiptForSomethingElseConfirmsNothing(journal: String, isOurChain: Bool) throws {
    let county = FakeCounty()
    let shelf = FakeShelf()
    let ours = fakeChain("j1", (shelf.contents["j1"] ?? [])[...])
    let receipt = PushReceipt(
      journal: journal, acceptedThrough: 40, chain: isOurChain ? ours : fakeChain("other", []), receipt: "R1", items: [])
    let answer = TransferAnswer(status: 200, body: try BodyCodec.encode(receipt))
    county.fate = { _, request in self.isPush(request) ? .instead(answer) : .arrives }
    if journal == "j1" {
      #expect(try county.sync(shelf).problems.map(\.reason) == [.forked])
    } else {
      #expect(throws: SyncFault.unexpected(status: 200)) { try county.sync(shelf) }
    }
    #expect(shelf.confirmed.isEmpty && shelf.receipts.isEmpty)
  }

  @Test func aReceiptForMoreThanWasSentConfirmsWhatWasSent() throws {
    let county = FakeCounty()
    let shelf = FakeShelf()
    let receipt = PushReceipt(journal: "j1", acceptedThrough: 99, chain: fakeChain("other", []), receipt: "R1", items: [])
    let answer = TransferAnswer(status: 200, body: try BodyCodec.encode(receipt))
    county.fate = { _, request in self.isPush(request) ? .instead(answer) : .arrives }
    _ = try county.sync(shelf)
    #expect(shelf.confirmed == ["j1": 40])
  }

  @Test func gapIsClosedFromWhereTheCountyStands() throws {
    let county = FakeCounty()
    let shelf = FakeShelf()
    // After the first push the county is put back from a backup that holds less.
    var pushes = 0
    county.fate = { _, request in
      if self.isPush(request) { pushes += 1 }
      if pushes == 2 { county.lines["j1"] = Array((shelf.contents["j1"] ?? []).prefix(2)) }
      return .arrives
    }
    shelf.contents["j1"] = (0..<200).map { "\($0)" + String(repeating: "x", count: 1_000) }
    _ = try county.sync(shelf)
    #expect(county.lines == shelf.contents)
  }

  @Test func gapWithoutEndIsGivenUp() throws {
    let county = FakeCounty()
    let answer = try refusal(409, Refusal(.gap, nextSeq: 1))
    county.fate = { _, request in self.isPush(request) ? .instead(answer) : .arrives }
    #expect(throws: SyncFault.refused(.gap)) { try county.sync(FakeShelf()) }
  }

  @Test func aCountyWithMoreThanTheLaptopMeansAnOldBackup() throws {
    let county = FakeCounty()
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    shelf.contents["j1"]?.removeLast(10)
    let report = try county.sync(shelf)
    #expect(report.problems.map(\.reason) == [.countyHasMore(countyThrough: 40, localThrough: 30)])
    #expect(shelf.ended == ["j1"])
  }

  @Test func tooLargeIsCutSmallerUntilOneRecordIsLeft() throws {
    let county = FakeCounty()
    county.linesMax = 3
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    #expect(county.lines == shelf.contents)
    let small = FakeCounty()
    small.maxBytes = Limits.pushBytesLeast
    let large = FakeShelf([("j1", 2)])
    large.contents["j1"]?.append(String(repeating: "x", count: 5_000))
    let report = try small.sync(large)
    #expect(report.problems.map(\.reason) == [.recordTooLarge(seq: 3)])
    #expect(large.confirmed == ["j1": 2])
  }

  @Test func aBadLineStopsTheJournal() throws {
    for (answer, reason) in [
      (Refusal(.badLine, seq: 7), JournalProblem.Reason.badLine(seq: 7)), (Refusal(.badCheckpoint), .badLine(seq: nil)),
    ] {
      let county = FakeCounty()
      let said = try refusal(422, answer)
      county.fate = { _, request in self.isPush(request) ? .instead(said) : .arrives }
      let shelf = FakeShelf()
      let report = try county.sync(shelf)
      #expect(report.problems.map(\.reason) == [reason])
      #expect(shelf.ended.isEmpty)
    }
  }

  @Test func revokedUpgradeAndUnknownEndTheSync() throws {
    for (status, answer, fault) in [
      (403, Refusal(.revoked), SyncFault.revoked), (426, Refusal(.upgrade), .upgradeNeeded),
      (401, Refusal(.badSignature), .refused(.badSignature)), (400, Refusal(.malformed), .refused(.malformed)),
      (500, Refusal(.malformed), .unexpected(status: 500)),
    ] {
      let county = FakeCounty()
      let said = try refusal(status, answer)
      county.fate = { _, request in request.target == Path.sessions ? .instead(said) : .arrives }
      #expect(throws: fault) { try county.sync(FakeShelf()) }
    }
    let county = FakeCounty()
    county.fate = { number, _ in
      number == 1 ? .instead(TransferAnswer(status: 302, body: Array("<html>".utf8))) : .arrives
    }
    #expect(throws: SyncFault.unexpected(status: 302)) { try county.sync(FakeShelf()) }
  }

  @Test func aJournalOfAnEarlierEnrolmentIsLeftAlone() throws {
    let county = FakeCounty()
    let said = try refusal(403, Refusal(.notAllowed))
    county.fate = { _, request in request.target.contains("j1/cursor") ? .instead(said) : .arrives }
    let shelf = FakeShelf([("j1", 4), ("j2", 3)])
    let report = try county.sync(shelf)
    #expect(report.problems == [JournalProblem(journalID: "j1", reason: .closed)])
    #expect(county.lines["j2"]?.count == 3)
  }

  @Test func aBusyCountyIsWaitedForAsLongAsItSays() throws {
    let county = FakeCounty()
    let busy = try refusal(503, Refusal(.busy), ["retry-after": "7"])
    var left = 2
    county.fate = { _, request in
      if self.isPush(request), left > 0 {
        left -= 1
        return .instead(busy)
      }
      return .arrives
    }
    let waits = Waits()
    let shelf = FakeShelf()
    _ = try county.sync(shelf, waits: waits)
    #expect(waits.seconds == [7, 7])
    #expect(county.lines == shelf.contents)
    // The county counts by the minute: the longest wait it asks for is waited out.
    let full = try refusal(429, Refusal(.busy), ["retry-after": "60"])
    county.fate = { _, request in
      request.target.hasPrefix(Path.feed) && !waits.seconds.contains(60) ? .instead(full) : .arrives
    }
    var said: [SyncProgress] = []
    _ = try county.sync(shelf, waits: waits) { said.append($0) }
    #expect(waits.seconds == [7, 7, 60])
    #expect(said.contains(.waiting(seconds: 60)), "whoever waits is told for how long")
    let later = try refusal(429, Refusal(.busy), ["retry-after": "3600"])
    county.fate = { _, _ in .instead(later) }
    #expect(throws: SyncFault.busy(retryAfter: 3600)) { try county.sync(FakeShelf()) }
  }

  @Test func parkedRecordsAreReported() throws {
    let county = FakeCounty()
    county.parkedSeq = 5
    let report = try county.sync(FakeShelf())
    #expect(report.parked == [.init(journalID: "j1", seq: 5, code: "unknown_form")])
    #expect(report.confirmed == 40)
  }

  @Test func anotherCountyIsNotTalkedTo() throws {
    let county = FakeCounty()
    county.server = "county-2"
    #expect(throws: SyncFault.otherCounty) { try county.sync(FakeShelf()) }
    #expect(county.requests.count == 1)
  }

  @Test func aWrongClockIsSaid() throws {
    let county = FakeCounty()
    county.time = "2026-11-26T09:00:00+08:00"
    let report = try county.sync(FakeShelf([]))
    #expect(report.clockAhead == 2 * 86_400)
    #expect(report.clockIsWrong)
    // Minutes are enough, either way; seconds are not.
    for (time, isWrong) in [("09:06:00", true), ("08:54:00", true), ("09:04:00", false), ("08:59:30", false)] {
      county.time = "2026-11-24T\(time)+08:00"
      let shelf = FakeShelf([])
      let said = try county.sync(shelf)
      #expect(said.clockIsWrong == isWrong, "\(time)")
      #expect(shelf.clocks == [said.clockAhead])
    }
    county.time = "soon"
    #expect(try county.sync(FakeShelf([])).clockAhead == nil)
  }

  @Test func aRestoredCountyIsAskedForEverythingAgain() throws {
    let county = FakeCounty()
    county.feed = (1...10).map { FeedItem(seq: $0, record: "{}") }
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    county.epoch = 2
    county.feed = (1...12).map { FeedItem(seq: $0, record: "{}") }
    _ = try county.sync(shelf)
    #expect(shelf.restarts == 1)
    #expect(shelf.feedCursor.next == 12 && shelf.feedCursor.epoch == 2)
    #expect(shelf.inbox.count == 22)
  }

  @Test func aFeedThatLeadsNowhereIsNotAskedForEver() throws {
    let county = FakeCounty()
    let page = try BodyCodec.encode(FeedPage(items: [], next: 0, more: true))
    county.fate = { _, request in
      request.target.hasPrefix(Path.feed) ? .instead(TransferAnswer(status: 200, body: page)) : .arrives
    }
    #expect(throws: SyncFault.unexpected(status: 200)) { try county.sync(FakeShelf()) }
  }

  @Test func faultsOfTheLineAreHandedOnAsTheyAre() throws {
    for fault in [
      TransferFault.noNetwork, .noSuchName, .refused, .noAnswer, .captivePortal, .wrongCertificate, .certificateTime,
    ] {
      let county = FakeCounty()
      county.fate = { _, _ in .lost(fault) }
      #expect(throws: SyncFault.transfer(fault)) { try county.sync(FakeShelf()) }
      #expect(county.requests.count == 1)
    }
  }
}
