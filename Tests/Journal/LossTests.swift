// What is lost stays named: in every later header, by `verify`, until a person has confirmed to know it, and in the list after.

import Testing

@testable import Journal

@Suite struct LossTests {
  /// A journal of five records in one segment whose lines under these numbers are hurt beyond any seal.
  func hurt(_ numbers: [Int], _ keys: UnlockedKeys, segmentBytes: Int = JournalLimits.segmentBytes) throws -> MemoryDisk {
    let disk = try Bench.disk(keys, records: 5, settings: Bench.settings(segmentBytes: segmentBytes))
    let scan = try Bench.survey(disk).scans[0]
    let path = Bench.segmentPath(disk)
    var bytes = try #require(disk.bytes(path))
    for number in numbers { bytes[scan.chained[number - 1].offset + 60] ^= 1 }
    disk.setBytes(path, bytes)
    return disk
  }

  func verify(_ disk: MemoryDisk) throws -> (status: Int32, report: JournalReport) {
    let report = try #require(try JournalVerify.report(directory: Bench.directory, disk: disk))
    return (JournalVerify.status(report), report)
  }

  @Test func aLossIsNamedByVerifyLongAfterANewIdWasBegun() throws {
    let keys = Bench.keys()
    let disk = try hurt([2, 4], keys)
    let old = try #require(Bench.survey(disk).scans[0].header?.journalID)
    let journal = try Bench.open(disk, keys)
    let loss = JournalLoss(journalID: old, numbers: RecordNumbers([2, 4]))
    #expect(journal.report.lost == [2, 4])
    #expect(journal.losses == [loss])
    #expect(journal.lossesUnseen == [loss])
    journal.close()
    // Months later, in other segments.
    for month in ["2026-12", "2027-01"] {
      let later = try Bench.open(disk, keys, Bench.settings(month: month))
      #expect(later.report.isClean)
      _ = try later.append([Bench.content(7)])
      #expect(later.lossesUnseen == [loss])
      later.close()
      let judged = try verify(disk)
      #expect(judged.status == 1)
      #expect(judged.report.lossesUnseen == [loss])
    }
    // Every header since says it: the first ones may go.
    let last = try #require(Bench.survey(disk).scans.last?.header)
    #expect(last.losses.known.all == [loss])
  }

  @Test func confirmedIsConfirmedAndStaysInTheList() throws {
    let keys = Bench.keys()
    let disk = try hurt([3], keys)
    let journal = try Bench.open(disk, keys)
    _ = try journal.append([Bench.content(8)])
    try journal.confirmLosses()
    #expect(journal.lossesUnseen.isEmpty)
    #expect(journal.losses.count == 1)
    #expect(try journal.append([Bench.content(9)]).count == 1)
    let files = disk.paths.count
    try journal.confirmLosses()
    #expect(disk.paths.count == files, "nothing is written for what is confirmed already")
    journal.close()
    let judged = try verify(disk)
    #expect(judged.status == 0)
    #expect(judged.report.losses.map(\.numbers) == [RecordNumbers([3])])
    let again = try Bench.open(disk, keys)
    #expect(again.lossesUnseen.isEmpty)
    #expect(try again.records().map(\.content) == [0, 1, 3, 4, 8, 9].map { Bench.content($0) })
  }

  @Test func aSecondLossIsUnseenAgainAndOnlyItself() throws {
    let keys = Bench.keys()
    let disk = try hurt([1], keys)
    let first = try #require(Bench.survey(disk).scans[0].header?.journalID)
    let journal = try Bench.open(disk, keys)
    try journal.confirmLosses()
    let second = journal.journalID
    journal.close()
    // The carried records stand in the segment begun at opening; its third line goes.
    let place = try #require(Bench.survey(disk).scans.firstIndex { $0.header?.journalID == second })
    let scan = try Bench.survey(disk).scans[place]
    let path = Bench.segmentPath(disk, place)
    var bytes = try #require(disk.bytes(path))
    bytes[scan.chained[2].offset + 60] ^= 1
    disk.setBytes(path, bytes)
    let again = try Bench.open(disk, keys)
    #expect(again.lossesUnseen == [JournalLoss(journalID: second, numbers: RecordNumbers([3]))])
    #expect(again.losses.map(\.journalID) == [first, second])
    again.close()
    #expect(try verify(disk).status == 1)
  }

  @Test func whatASealStillProvesIsNoLoss() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 5)
    let path = Bench.segmentPath(disk)
    let scan = try Bench.survey(disk).scans[0]
    var bytes = try #require(disk.bytes(path))
    // Chain field of the second line: no line behind it is proven by the chain any more, all by their seals.
    bytes[scan.chained[1].end - 20] ^= 1
    disk.setBytes(path, bytes)
    let journal = try Bench.open(disk, keys)
    #expect(journal.report.salvaged > 0)
    #expect(journal.losses.isEmpty)
    journal.close()
    #expect(try verify(disk).status == 0)
  }

  @Test func aWatermarkThatIsGoneIsALossUntilConfirmed() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 3)
    disk.setBytes("/data/journal/HEAD", nil)
    let journal = try Bench.open(disk, keys)
    #expect(journal.lossesUnseen.map(\.isTailUnknown) == [true])
    journal.close()
    #expect(try verify(disk).status == 1)
    let again = try Bench.open(disk, keys)
    try again.confirmLosses()
    again.close()
    #expect(try verify(disk).status == 0)
  }

  @Test func everySegmentGoneIsALossOfNobodyKnowsWhichJournal() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 3)
    disk.setBytes(Bench.segmentPath(disk), nil)
    let journal = try Bench.open(disk, keys)
    #expect(journal.lossesUnseen == [JournalLoss(journalID: nil, numbers: RecordNumbers(1...3))])
    journal.close()
    #expect(try verify(disk).status == 1)
  }

  @Test func aJournalThatNeverLostAnythingSaysSo() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 3)
    let journal = try Bench.open(disk, keys)
    #expect(journal.losses.isEmpty)
    let files = disk.paths
    try journal.confirmLosses()
    #expect(disk.paths == files)
  }

  /// Whatever fails while a loss is confirmed, it is confirmed or not, and no record goes.
  @Test(arguments: [false, true]) func everyFaultWhileConfirming(continuously: Bool) throws {
    let keys = Bench.keys()
    let start = try hurt([2], keys)
    try Bench.open(start, keys).close()
    var failing = 1
    while true {
      let disk = start.copy()
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let failed: Bool
      do {
        let journal = try Bench.open(disk, keys)
        defer { journal.close() }
        try journal.confirmLosses()
        failed = false
      } catch { failed = true }
      let wasReached = disk.operations >= failing
      disk.fail(nil)
      let again = try Bench.open(disk, keys)
      #expect(again.lossesUnseen.isEmpty || failed)
      #expect(again.losses.count == 1)
      #expect(try again.records().count == 4)
      #expect(try again.append([Bench.content(6)]).count == 1)
      again.close()
      guard wasReached else { break }
      failing += 1
    }
    #expect(failing > 5)
  }

  @Test(arguments: ["", "5", "1-3", "1-3,5,7-9"]) func numbersAreReadAsTheyAreWritten(text: String) throws {
    #expect(RecordNumbers(text: text)?.text == text)
  }

  @Test(arguments: ["x", "3-1", "1-3,4", "5,2", "1-", "-", ",", "1-99999999999", "1,3,"]) func otherTextIsNoNumbers(text: String) {
    #expect(RecordNumbers(text: text) == nil)
  }

  @Test func numbersAddAndTakeAway() {
    var numbers = RecordNumbers([1, 2, 3, 7])
    numbers.formUnion(RecordNumbers([4, 9]))
    #expect(numbers.text == "1-4,7,9")
    #expect(numbers.subtracting(RecordNumbers([2, 3, 9])).text == "1,4,7")
    #expect(numbers.subtracting(RecordNumbers(1...9)).isEmpty)
    let many = RecordNumbers((0..<200).map { UInt64($0 * 2 + 1) })
    #expect(many.bounded.ranges.count == JournalLimits.lostRangesMax)
    #expect(many.subtracting(many.bounded).isEmpty)
    #expect(RecordNumbers(text: many.bounded.text) == many.bounded)
  }
}
