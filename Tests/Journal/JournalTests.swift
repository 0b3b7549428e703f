import Synchronization
import Testing

@testable import Journal

/// A journal in good days: records come back, segments rotate, the county gets its lines, a new machine gets a new id.
@Suite struct JournalTests {
  @Test func recordsComeBackAfterReopening() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    var journal = try Bench.open(disk, keys)
    #expect(try journal.append([Bench.content(1)]) == [1])
    #expect(try journal.append([Bench.content(2), Bench.content(3, bytes: 9000)]) == [2, 3])
    let id = journal.journalID
    journal.close()
    #expect(throws: JournalFault.closed) { try journal.append([[1]]) }
    journal = try Bench.open(disk, keys)
    #expect(journal.report.isClean)
    #expect(journal.journalID == id)
    #expect(journal.lastSeq == 3)
    #expect(
      try journal.records() == [
        JournalRecord(journalID: id, seq: 1, content: Bench.content(1)),
        JournalRecord(journalID: id, seq: 2, content: Bench.content(2)),
        JournalRecord(journalID: id, seq: 3, content: Bench.content(3, bytes: 9000)),
      ])
    #expect(try journal.append([Bench.content(4)]) == [4])
    #expect(disk.paths.filter { $0.hasSuffix(".jnl") }.count == 1)
  }

  @Test func savedMeansWrittenSyncedAndTheWatermarkSynced() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    let journal = try Bench.open(disk, keys)
    _ = try journal.append([Bench.content(0)])
    disk.fail(nil)
    _ = try journal.append([Bench.content(1)])
    #expect(disk.log == [.write, .syncData, .writeAt, .syncData])
    #expect(try Bench.open(disk.powerCut(), keys).records().count == 2)
  }

  @Test func oneWriterAtATime() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    let journal = try Bench.open(disk, keys)
    #expect(throws: JournalFault.locked) { try Bench.open(disk, keys) }
    journal.close()
    _ = try Bench.open(disk, keys)
  }

  @Test func oneRecordIsReadByItsPlace() throws {
    let keys = Bench.keys()
    let settings = Bench.settings(segmentBytes: 3000)
    let journal = try Bench.open(try Bench.disk(keys, records: 9, settings: settings), keys, settings)
    for seq in UInt64(1)...9 {
      let place = JournalPlace(journalID: journal.journalID, seq: seq)
      #expect(try journal.content(at: place) == Bench.content(Int(seq) - 1))
    }
    #expect(try journal.content(at: JournalPlace(journalID: journal.journalID, seq: 10)) == nil)
    #expect(try journal.content(at: JournalPlace(journalID: Entropy.system.uuid(), seq: 1)) == nil)
  }

  @Test func segmentsRotateBySizeAndMonthAndTheChainGoesOn() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    for month in ["2026-11", "2026-12"] {
      let journal = try Bench.open(disk, keys, Bench.settings(segmentBytes: 4000, month: month))
      for number in 0..<10 { _ = try journal.append([Bench.content(number)]) }
      journal.close()
    }
    #expect(disk.paths.filter { $0.hasSuffix(".jnl") }.count > 3)
    let journal = try Bench.open(disk, keys)
    #expect(journal.report.isClean)
    #expect(journal.report.segments.allSatisfy { $0.verdict == .clean })
    #expect(try journal.records().map(\.seq) == Array(1...20))
    var parts: [[JournalRecord]] = []
    try journal.eachPart { $0 } take: { parts.append($0) }
    #expect(parts.count > 3)
    #expect(parts.flatMap { $0 } == (try journal.records()))
    // The last lines of a closed segment are its checkpoint and its end.
    let kinds = try #require(disk.bytes(Bench.segmentPath(disk))).split(separator: 0x0A).map { $0.dropFirst(2).first }
    #expect(kinds.suffix(2) == [LineKind.checkpoint.rawValue, LineKind.end.rawValue])
  }

  @Test(arguments: [1, 700, 1500, 5000, Int.max]) func theCountyCanCheckEveryBatch(bytesMax: Int) throws {
    let keys = Bench.keys()
    let ingest = PrivateReaderKey()
    let settings = Bench.settings(
      readers: [ReaderKey(kind: .ingest, publicKey: ingest.publicKey)], segmentBytes: 4000)
    let disk = try Bench.disk(keys, records: 15, settings: settings)
    let journal = try Bench.open(disk, keys, settings)
    var checker = LineChecker(journalID: journal.journalID, signPublicKey: keys.signing.publicKey)
    var next: UInt64 = 1
    var contents: [[UInt8]] = []
    while let batch = try journal.rawLines(journalID: journal.journalID, from: next, bytesMax: bytesMax) {
      #expect(batch.firstSeq == next)
      for line in batch.bytes.split(separator: 0x0A) {
        let checked = try checker.check(line)
        guard checked.line.kind == .record else { continue }
        contents.append(try SegmentOpener(checked.header, with: ingest).open(checked.line))
      }
      #expect(checker.chain == batch.chain)
      #expect(try journal.checkpoint(for: batch).isSigned(by: keys.signing.publicKey))
      next = batch.lastSeq + 1
      // The county remembers only the header, the number and the chain between two batches.
      let header = try #require(checker.header)
      checker = try #require(LineChecker(resuming: header, nextSeq: checker.nextSeq, chain: checker.chain))
    }
    #expect(contents == (0..<15).map { Bench.content($0) })
    #expect(try journal.rawLines(journalID: journal.journalID, from: 16, bytesMax: .max) == nil)
    #expect(try journal.rawLines(journalID: Entropy.system.uuid(), from: 1, bytesMax: .max) == nil)
  }

  @Test func theReaderSeesWhatIsAcknowledgedWithoutTheLock() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    var reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk)
    #expect(try reader.refresh().isEmpty)
    let journal = try Bench.open(disk, keys, Bench.settings(segmentBytes: 3000))
    for number in 0..<10 {
      _ = try journal.append([Bench.content(number)])
      #expect(try reader.refresh().map(\.content) == [Bench.content(number)])
    }
    #expect(try reader.refresh().isEmpty)
    #expect(try reader.records().count == 10)
    let lines = try #require(try reader.rawLines(journalID: journal.journalID, from: 1, bytesMax: .max))
    #expect(try journal.rawLines(journalID: journal.journalID, from: 1, bytesMax: .max) == lines)
    // A line that the watermark does not cover yet is not there.
    let path = disk.paths.filter { $0.hasSuffix(".jnl") }.last ?? ""
    let before = try #require(disk.bytes("/data/journal/HEAD"))
    _ = try journal.append([Bench.content(10)])
    disk.setBytes("/data/journal/HEAD", before)
    #expect(try #require(disk.bytes(path)).count > 0)
    #expect(try reader.refresh().isEmpty)
  }

  @Test func anotherMachineGoesOnUnderANewId() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 3)
    let old = try #require(try Bench.survey(disk).epochs.last?.journalID)
    let journal = try Bench.open(disk, keys, Bench.settings(machine: "m2"))
    #expect(journal.journalID != old)
    #expect(try journal.append([Bench.content(3)]) == [1])
    #expect(journal.extents.map(\.journalID) == [old, journal.journalID])
    #expect(journal.extents.map(\.lastSeq) == [3, 1])
    #expect(try journal.records().map(\.content) == (0..<4).map { Bench.content($0) })
    journal.close()
    #expect(try Bench.open(disk, keys, Bench.settings(machine: "m2")).extents.count == 2)
  }

  @Test func anotherVaultsRecordsStayWhereTheyAre() throws {
    let disk = try Bench.disk(Bench.keys(), records: 3)
    let keys = Bench.keys()
    let journal = try Bench.open(disk, keys)
    _ = try journal.append([Bench.content(9)])
    let contents = try journal.contents()
    #expect(contents.records.map(\.content) == [Bench.content(9)])
    #expect(contents.closedSegments == 1)
    #expect(journal.extents.map(\.lastSeq) == [3, 1])
    let first = journal.extents[0].journalID
    #expect(try journal.rawLines(journalID: first, from: 1, bytesMax: .max)?.lastSeq == 3)
  }

  @Test func newReadersGetANewSegment() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 2)
    let ingest = PrivateReaderKey()
    let settings = Bench.settings(readers: [ReaderKey(kind: .ingest, publicKey: ingest.publicKey)])
    let journal = try Bench.open(disk, keys, settings)
    #expect(try journal.append([Bench.content(2)]) == [3])
    #expect(disk.paths.filter { $0.hasSuffix(".jnl") }.count == 2)
    let raw = try #require(try journal.rawLines(journalID: journal.journalID, from: 3, bytesMax: .max))
    var header: SegmentHeader?
    for line in raw.bytes.split(separator: 0x0A).map({ $0 }) {
      let line = try JournalLine.parse(line)
      if line.kind == .header { header = try SegmentHeader.parse(line) }
      if line.kind == .record {
        #expect(try SegmentOpener(try #require(header), with: ingest).open(line) == Bench.content(2))
      }
    }
  }

  @Test func aFullDiskIsSaidBeforeTypingAndNothingIsWritten() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    let journal = try Bench.open(disk, keys)
    try journal.reserve(contentBytes: 8192)
    disk.state.withLock { $0.freeBytes = 1000 }
    // The space that was promised is there, and the emergency reserve behind it.
    _ = try journal.append([Bench.content(0, bytes: 8192)])
    #expect(throws: JournalFault.diskFull(free: 1000)) { try journal.reserve(contentBytes: 400_000) }
    let before = disk.bytes(Bench.segmentPath(disk))
    #expect(throws: JournalFault.diskFull(free: 1000)) { try journal.append([Bench.content(1, bytes: 700_000)]) }
    #expect(disk.bytes(Bench.segmentPath(disk)) == before)
    disk.state.withLock { $0.freeBytes = .max }
    #expect(try journal.append([Bench.content(1, bytes: 700_000)]) == [2])
    #expect(disk.paths.filter { $0.hasSuffix(".jnl") }.count == 1)
  }

  @Test func aRecordThatNoLineCanCarryIsRefused() throws {
    let journal = try Bench.open(MemoryDisk(), Bench.keys())
    let size = JournalLimits.contentBytesMax + 1
    #expect(throws: JournalFault.tooLarge(bytes: size, bytesMax: size - 1)) {
      try journal.append([[UInt8](repeating: 0, count: size)])
    }
    #expect(try journal.append([[UInt8](repeating: 0, count: size - 1)]) == [1])
  }

  @Test func aLaterFormatIsRefusedUntouched() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 2)
    let path = Bench.segmentPath(disk)
    let later = String(decoding: try #require(disk.bytes(path)), as: UTF8.self).replacing("J1", with: "J2")
    disk.setBytes(path, Array(later.utf8))
    let paths = disk.paths
    #expect(throws: JournalFault.newerFormat(major: 2)) { try Bench.open(disk, keys) }
    #expect(disk.bytes(path) == Array(later.utf8))
    #expect(disk.paths == paths)
    let report = try #require(try JournalVerify.report(directory: Bench.directory, disk: disk))
    #expect(JournalVerify.status(report) == 2)
  }

  @Test(arguments: ["incompat", "compat"]) func unknownFeaturesAreNotTouched(list: String) throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 1)
    let path = Bench.segmentPath(disk)
    let lines = try #require(disk.bytes(path)).split(separator: 0x0A)
    var header = try SegmentHeader.parse(try JournalLine.parse(lines[0]))
    if list == "incompat" { header.incompat = ["compressed"] } else { header.compat = ["index"] }
    let json = try header.json(signedBy: keys.signing)
    let line = try #require(JournalLine.write(.header, seq: 1, payload: json, after: .genesis))
    disk.setBytes(path, line.bytes + line.bytes)
    disk.setBytes("/data/journal/HEAD", nil)
    let fault = list == "incompat" ? JournalFault.unknownFeatures(["compressed"]) : .readOnly(["index"])
    #expect(throws: fault) { try Bench.open(disk, keys) }
    #expect(disk.bytes(path) == line.bytes + line.bytes)
  }
}
