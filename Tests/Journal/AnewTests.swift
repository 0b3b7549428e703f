// A journal that goes on under a new id by choice: every record is in it once, sealed to the present readers, or everything is as it was.

import Testing

@testable import Journal

@Suite struct AnewTests {
  @Test func everyRecordStandsInTheNewJournalAndOpensWithTheNewKey() throws {
    let keys = Bench.keys()
    let old = PrivateReaderKey()
    let new = PrivateReaderKey()
    func settings(_ key: PrivateReaderKey) -> JournalSettings {
      Bench.settings(readers: [ReaderKey(kind: .ingest, publicKey: key.publicKey)], segmentBytes: 3000)
    }
    let disk = try Bench.disk(keys, records: 12, settings: settings(old))
    let before = try Bench.open(disk, keys, settings(new))
    let oldID = before.journalID
    #expect(before.hasRecords(closedTo: settings(new).readers))
    #expect(!before.hasRecords(closedTo: settings(old).readers))
    try before.beginAnew()
    #expect(before.journalID != oldID)
    #expect(!before.hasRecords(closedTo: settings(new).readers))
    #expect(try before.append([Bench.content(12)]) == [13])
    before.close()
    let journal = try Bench.open(disk, keys, settings(new))
    #expect(journal.report.isClean)
    #expect(journal.extents.map(\.journalID) == [journal.journalID])
    #expect(try journal.records().map(\.content) == (0...12).map { Bench.content($0) })
    let lines = try #require(try journal.rawLines(journalID: journal.journalID, from: 1, bytesMax: .max))
    var checker = LineChecker(journalID: journal.journalID, signPublicKey: keys.signing.publicKey)
    var opened: [[UInt8]] = []
    for line in lines.bytes.split(separator: 0x0A) {
      let checked = try checker.check(line)
      if checked.line.kind == .record { opened.append(try SegmentOpener(checked.header, with: new).open(checked.line)) }
    }
    #expect(opened == (0...12).map { Bench.content($0) })
  }

  @Test func lossesAreStillNamedBehindIt() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 3)
    let path = Bench.segmentPath(disk)
    var bytes = try #require(disk.bytes(path))
    bytes[try Bench.survey(disk).scans[0].chained[1].offset + 60] ^= 1
    disk.setBytes(path, bytes)
    let journal = try Bench.open(disk, keys)
    let losses = journal.losses
    try journal.beginAnew()
    journal.close()
    let again = try Bench.open(disk, keys)
    #expect(again.losses == losses && !losses.isEmpty)
    #expect(try again.records().map(\.content) == [Bench.content(0), Bench.content(2)])
  }

  @Test(arguments: [false, true]) func everyFaultLeavesEachRecordOnce(continuously: Bool) throws {
    let keys = Bench.keys()
    let start = try Bench.disk(keys, records: 4)
    var failing = 1
    while true {
      let disk = start.copy()
      let journal = try Bench.open(disk, keys)
      let before = disk.operations
      disk.fail(.init(at: before + failing, continuously: continuously, failure: .error(5)))
      let failed = (try? journal.beginAnew()) == nil
      let wasReached = disk.operations >= before + failing
      disk.fail(nil)
      // The same process goes on, and then the power goes.
      var expected = (0..<4).map { Bench.content($0) }
      if (try? journal.append([Bench.content(4)])) != nil { expected.append(Bench.content(4)) }
      journal.close()
      for after in [disk.copy(), disk.powerCut()] {
        let again = try Bench.open(after, keys)
        #expect(try again.records().map(\.content) == expected, "failing at \(failing)")
        #expect(again.report.lost.isEmpty)
        #expect(again.extents.count { $0.lastSeq > 0 } == 1)
        again.close()
      }
      guard wasReached else {
        #expect(!failed)
        break
      }
      failing += 1
    }
    #expect(failing > 5)
  }
}
