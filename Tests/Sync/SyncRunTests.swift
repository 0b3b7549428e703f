import Laptop
import Testing
import Wire

@testable import Sync

@Suite struct SyncRunTests {
  func item(_ seq: UInt64) -> FeedItem { FeedItem(seq: seq, record: "{\"n\":\(seq)}") }

  @Test func everythingGoesUpAndEverythingNewComesDown() throws {
    let county = FakeCounty()
    county.feed = (1...20).map { item($0) }
    let shelf = FakeShelf([("j1", 40), ("j2", 3)])
    let seen = Box()
    let report = try county.sync(shelf) { seen.steps.append($0) }
    #expect(county.lines == shelf.contents)
    #expect(shelf.confirmed == ["j1": 40, "j2": 3])
    #expect(shelf.inbox.map(\.seq) == Array(1...20))
    #expect(report.confirmed == 43)
    #expect(report.received == 20)
    #expect(report.problems.isEmpty)
    #expect(report.clockAhead == 0)
    #expect(seen.steps.first == .connecting)
    #expect(seen.steps.contains(.pushing(done: 43, of: 43)))
    #expect(seen.steps.last == .pulling(received: 20))
  }

  @Test func aSecondSyncSendsNothingAgain() throws {
    let county = FakeCounty()
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    let before = county.pushes.count
    let report = try county.sync(shelf)
    #expect(county.pushes.count == before)
    #expect(report.confirmed == 0)
    #expect(shelf.receipts.count == before)
  }

  @Test func batchesBeginSmallAndDouble() throws {
    let county = FakeCounty()
    let shelf = FakeShelf([])
    shelf.order = ["j1"]
    shelf.contents["j1"] = (0..<3_000).map { "\($0)" + String(repeating: "x", count: 1_000) }
    _ = try county.sync(shelf)
    #expect(county.pushes[0] <= Limits.pushBytesFirst)
    #expect(county.pushes[1] > Limits.pushBytesFirst)
    #expect(county.pushes.max() ?? 0 <= Limits.pushBytes)
    #expect(county.pushes.max() ?? 0 > Limits.pushBytes * 9 / 10)
  }

  @Test func aSlowLineGetsSmallerBatches() throws {
    let county = FakeCounty()
    county.fate = { _, request in request.body.count > 10_000 ? .lost(.timedOut) : .arrives }
    let shelf = FakeShelf([])
    shelf.order = ["j1"]
    shelf.contents["j1"] = (0..<100).map { "\($0)" + String(repeating: "x", count: 1_000) }
    let waits = Waits()
    _ = try county.sync(shelf, waits: waits)
    #expect(county.lines == shelf.contents)
    #expect(!waits.seconds.isEmpty)
  }

  /// Every request of a sync is lost once, on its way there and on its way back, by a line that broke and by one that was too slow; the
  /// sync gives up at once and a later one goes on. Nothing is lost and nothing is doubled.
  @Test func cutAtEveryStepThenTriedAgainIsExactlyOnce() throws {
    for fault in [TransferFault.brokenOff, .timedOut, .noNetwork] {
      for unanswered in [true, false] {
        var step = 1
        while true {
          let county = FakeCounty()
          county.feed = (1...20).map { item($0) }
          let shelf = FakeShelf([("j1", 40), ("j2", 3)])
          county.fate = { number, _ in number == step ? (unanswered ? .unanswered(fault) : .lost(fault)) : .arrives }
          _ = try? county.sync(shelf, tries: 1)
          let wasReached = county.requests.count >= step
          county.fate = { _, _ in .arrives }
          _ = try county.sync(shelf)
          #expect(county.lines == shelf.contents)
          #expect(shelf.confirmed == ["j1": 40, "j2": 3])
          #expect(shelf.inbox.map(\.seq) == Array(1...20))
          // Receipts only ever go forward.
          let throughs = shelf.receipts.filter { $0.journalID == "j1" }.map(\.acceptedThrough)
          #expect(throughs == throughs.sorted())
          guard wasReached else { break }
          step += 1
        }
        #expect(step > 8)
      }
    }
  }

  @Test func cutAtEveryStepIsHealedWithinOneSyncWhereTriesAreLeft() throws {
    for unanswered in [true, false] {
      for step in 1...10 {
        let county = FakeCounty()
        county.feed = (1...20).map { item($0) }
        let shelf = FakeShelf()
        county.fate = { number, _ in
          number == step ? (unanswered ? .unanswered(.brokenOff) : .lost(.brokenOff)) : .arrives
        }
        _ = try county.sync(shelf)
        #expect(county.lines == shelf.contents)
        #expect(shelf.inbox.map(\.seq) == Array(1...20))
      }
    }
  }

  @Test func aFullDiskAtAnyWriteLosesNothingAndShowsNothingAsSynced() throws {
    for failing in 1...6 {
      let county = FakeCounty()
      county.feed = (1...20).map { item($0) }
      let shelf = FakeShelf()
      shelf.failingWrite = failing
      let seen = Box()
      if (try? county.sync(shelf, progress: { seen.steps.append($0) })) == nil {
        // What was shown as done stands in a receipt.
        for case .pushing(let done, _) in seen.steps { #expect(done <= shelf.confirmed["j1"] ?? 0) }
      }
      _ = try county.sync(shelf)
      #expect(county.lines == shelf.contents)
      #expect(shelf.confirmed == ["j1": 40])
      #expect(Set(shelf.inbox.map(\.seq)) == Set(1...20))
    }
  }

  @Test func aSessionThatEndsIsOpenedAgainOnce() throws {
    let county = FakeCounty()
    county.fate = { number, _ in
      if number == 5 { county.endSessions() }
      return .arrives
    }
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    #expect(county.lines == shelf.contents)
    // A county that never accepts a session is not asked for ever.
    county.fate = { _, _ in
      county.endSessions()
      return .arrives
    }
    #expect(throws: SyncFault.refused(.noSession)) { try county.sync(FakeShelf()) }
  }
}

final class Box {
  var steps: [SyncProgress] = []
}
