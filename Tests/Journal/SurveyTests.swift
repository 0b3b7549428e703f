import Testing

@testable import Journal

/// The classification, exhaustively over a small journal: every cut, every flipped bit, every tail. Each case is judged, then
/// opened and healed; no good record may be lost, damage is never called clean, and what was healed is clean.
@Suite struct SurveyTests {
  static let count = 3

  struct Case {
    let keys = Bench.keys()
    let disk: MemoryDisk
    let path: String
    let bytes: [UInt8]
    /// Where each record line begins, and the end of the last.
    let starts: [Int]

    init(count: Int = SurveyTests.count) throws {
      disk = try Bench.disk(keys, records: count)
      path = Bench.segmentPath(disk)
      bytes = try #require(disk.bytes(path))
      let scan = try Bench.survey(disk).scans[0]
      starts = scan.chained.map(\.offset) + [scan.end]
    }

    /// The same journal whose last `unacknowledged` records are not covered by the watermark.
    func watermark(before unacknowledged: Int) throws -> MemoryDisk {
      let copy = disk.copy()
      let scan = try Bench.survey(disk).scans[0]
      let seq = UInt64(starts.count - 1 - unacknowledged)
      let end = starts[starts.count - 1 - unacknowledged]
      let chain = scan.chained.last { $0.end == end }?.chain ?? scan.headerChain
      let id = try #require(scan.header?.segmentID)
      var head = [UInt8](repeating: 0, count: HeadMark.fileBytes)
      for generation in [UInt64(6), 7] {
        let mark = HeadMark(generation: generation, segmentID: id, seq: seq, end: end, chain: chain)
        head.replaceSubrange(mark.slotOffset..<mark.slotOffset + 512, with: try #require(mark.slot))
      }
      copy.setBytes("/data/journal/HEAD", head)
      return copy
    }

    func with(_ changed: [UInt8], on disk: MemoryDisk? = nil) -> MemoryDisk {
      let copy = (disk ?? self.disk).copy()
      copy.setBytes(path, changed)
      return copy
    }
  }

  /// Opens the hurt journal, and again: the second time it must be clean. Gives the contents and the first report.
  func heal(_ disk: MemoryDisk, _ keys: UnlockedKeys) throws -> (contents: [[UInt8]], report: JournalReport) {
    let journal = try Bench.open(disk, keys)
    let contents = try journal.records().map(\.content)
    let report = journal.report
    let seq = try journal.append([Bench.content(99)])
    #expect(seq.count == 1)
    journal.close()
    let again = try Bench.open(disk, keys)
    #expect(again.report.isClean)
    #expect(try again.records().map(\.content) == contents + [Bench.content(99)])
    again.close()
    return (contents, report)
  }

  @Test func aWholeJournalIsClean() throws {
    let whole = try Case()
    let report = try Bench.survey(whole.disk).report
    #expect(report.isClean)
    #expect(report.segments.map(\.verdict) == [.clean])
    #expect(report.segments[0].records == Self.count)
  }

  @Test(arguments: [0, 1, 3]) func everyCut(unacknowledged: Int) throws {
    let whole = try Case()
    let disk = try whole.watermark(before: unacknowledged)
    let acknowledged = whole.starts[whole.starts.count - 1 - unacknowledged]
    for length in 0..<whole.bytes.count {
      let hurt = whole.with(Array(whole.bytes[..<length]), on: disk)
      let survey = try Bench.survey(hurt)
      let standing = whole.starts.dropFirst().filter { $0 <= length }.count
      if length < acknowledged {
        #expect(!survey.report.isClean, "cut at \(length)")
      } else {
        let verdict = survey.verdicts[0]
        let whole = whole.starts.contains(length)
        #expect(
          whole ? verdict == (length == acknowledged ? .clean : .unacknowledged) : verdict == .torn, "cut at \(length)")
      }
      guard Bench.isThorough || length % 13 == 0 || whole.starts.contains(length) else { continue }
      let healed = try heal(hurt, whole.keys)
      #expect(healed.contents == (0..<standing).map { Bench.content($0) }, "cut at \(length)")
      #expect(healed.report.lost.count == max(0, Self.count - unacknowledged - standing), "cut at \(length)")
    }
    Bench.tell(whole.bytes.count, "cuts with \(unacknowledged) unacknowledged")
  }

  @Test func everyFlippedBit() throws {
    let whole = try Case()
    for place in whole.bytes.indices {
      for bit in 0..<8 where Bench.isThorough || bit == place % 8 {
        var bytes = whole.bytes
        bytes[place] ^= 1 << UInt8(bit)
        let survey = try Bench.survey(whole.with(bytes))
        #expect(!survey.report.isClean, "bit \(bit) of byte \(place)")
        #expect(survey.report.segments.allSatisfy { $0.verdict != .torn })
      }
      guard Bench.isThorough || place % 11 == 0 else { continue }
      var bytes = whole.bytes
      bytes[place] ^= 1 << UInt8(place % 8)
      let healed = try heal(whole.with(bytes), whole.keys)
      let expected = (0..<Self.count).map { Bench.content($0) }
      #expect(healed.contents.count >= Self.count - 1, "byte \(place)")
      #expect(healed.contents.count + healed.report.lost.count == Self.count, "byte \(place)")
      #expect(healed.contents == expected.filter { healed.contents.contains($0) }, "byte \(place)")
    }
    Bench.tell(whole.bytes.count * 8, "flipped bits")
  }

  @Test func everyTailOfZerosOrGarbageIsTornAndStaysWhereItIs() throws {
    let whole = try Case()
    for length in [1, 2, 22, 23, 76, 77, 78, 100, 511, 512, 4096] {
      for garbage in [[UInt8](repeating: 0, count: length), Entropy.system.bytes(length)] {
        let hurt = whole.with(whole.bytes + garbage)
        #expect(try Bench.survey(hurt).verdicts == [.torn])
        let healed = try heal(hurt, whole.keys)
        #expect(healed.report.isClean)
        #expect(healed.contents.count == Self.count)
        #expect(hurt.bytes(whole.path) == whole.bytes + garbage)
      }
    }
  }

  @Test func linesDroppedDoubledAndSwapped() throws {
    let whole = try Case(count: 5)
    let line = (0..<5).map { Array(whole.bytes[whole.starts[$0]..<whole.starts[$0 + 1]]) }
    let header = Array(whole.bytes[..<whole.starts[0]])
    func check(_ order: [Int], lost: Int) throws {
      let hurt = whole.with(header + order.flatMap { line[$0] })
      // A second copy of the last line is no different from any other bytes behind the watermark.
      #expect(try Bench.survey(hurt).report.isClean == (order == [0, 1, 2, 3, 4, 4]), "\(order)")
      let healed = try heal(hurt, whole.keys)
      #expect(healed.report.lost.count == lost, "\(order)")
      #expect(Set(healed.contents) == Set(Set(order).map { Bench.content($0) }), "\(order)")
      #expect(healed.contents.count == Set(order).count, "\(order)")
    }
    for drop in 0..<5 { try check([0, 1, 2, 3, 4].filter { $0 != drop }, lost: 1) }
    for double in 0..<5 { try check([0, 1, 2, 3, 4].flatMap { $0 == double ? [$0, $0] : [$0] }, lost: 0) }
    for swap in 0..<4 {
      var order = [0, 1, 2, 3, 4]
      order.swapAt(swap, swap + 1)
      try check(order, lost: 0)
    }
  }

  @Test func aLineOfAnotherJournalIsNotTaken() throws {
    let whole = try Case()
    let other = try Case()
    let foreign = Array(other.bytes[other.starts[1]..<other.starts[2]])
    let hurt = whole.with(Array(whole.bytes[..<whole.starts[1]]) + foreign + whole.bytes[whole.starts[2]...])
    let healed = try heal(hurt, whole.keys)
    #expect(healed.contents == [Bench.content(0), Bench.content(2)])
    #expect(healed.report.lost == [2])
    #expect(healed.report.salvaged == 1)
  }

  @Test func bothSlotsOfTheWatermarkGone() throws {
    let whole = try Case()
    for bytes in [nil, [], [UInt8](repeating: 0, count: 8192), Entropy.system.bytes(8192)] {
      let hurt = whole.disk.copy()
      hurt.setBytes("/data/journal/HEAD", bytes)
      #expect(try Bench.survey(hurt).verdicts == [.uncertain])
      let healed = try heal(hurt, whole.keys)
      #expect(healed.contents == (0..<Self.count).map { Bench.content($0) })
    }
  }

  @Test func everyByteOfTheWatermark() throws {
    let whole = try Case()
    let head = try #require(whole.disk.bytes("/data/journal/HEAD"))
    for slot in [0, HeadMark.secondSlot] {
      for place in slot..<slot + HeadMark.slotBytes {
        var bytes = head
        bytes[place] ^= 1 << UInt8(place % 8)
        let hurt = whole.disk.copy()
        hurt.setBytes("/data/journal/HEAD", bytes)
        #expect(try !Bench.survey(hurt).report.isClean, "byte \(place)")
        guard Bench.isThorough || place % 16 == 0 else { continue }
        let healed = try heal(hurt, whole.keys)
        #expect(healed.contents == (0..<Self.count).map { Bench.content($0) })
      }
    }
  }

  @Test func aSegmentFileThatIsGone() throws {
    let keys = Bench.keys()
    let settings = Bench.settings(segmentBytes: 3000)
    let disk = try Bench.disk(keys, records: 12, settings: settings)
    let paths = disk.paths.filter { $0.hasSuffix(".jnl") }
    #expect(paths.count >= 3)
    for gone in paths {
      let hurt = disk.copy()
      let report = try #require(try Bench.survey(disk).report.segments.first { gone.hasSuffix($0.file) })
      hurt.setBytes(gone, nil)
      #expect(try !Bench.survey(hurt).report.isClean)
      let healed = try heal(hurt, keys)
      #expect(healed.contents.count == 12 - report.records, "\(gone)")
      #expect(healed.report.lost.count == report.records, "\(gone)")
    }
  }

  @Test func allSegmentsGone() throws {
    let whole = try Case()
    whole.disk.setBytes(whole.path, nil)
    let journal = try Bench.open(whole.disk, whole.keys)
    #expect(journal.report.acknowledgedMissing)
    #expect(!journal.report.isClean)
    #expect(try journal.append([Bench.content(0)]) == [1])
  }

  @Test func damageInAnOldSegmentCostsOneRecordAndTheRestIsWrittenAgain() throws {
    let keys = Bench.keys()
    let settings = Bench.settings(segmentBytes: 3000)
    let disk = try Bench.disk(keys, records: 12, settings: settings)
    let scan = try Bench.survey(disk).scans[0]
    var bytes = try #require(disk.bytes(Bench.segmentPath(disk)))
    bytes[scan.chained[1].offset + 50] ^= 1
    disk.setBytes(Bench.segmentPath(disk), bytes)
    let report = try #require(try JournalVerify.report(directory: Bench.directory, disk: disk))
    #expect(JournalVerify.status(report) == 1)
    #expect(report.segments[0].verdict == .damaged)
    #expect(report.segments[0].lost.first == 2)
    let healed = try heal(disk, keys)
    #expect(healed.report.lost == [2])
    #expect(healed.contents == (0..<12).filter { $0 != 1 }.map { Bench.content($0) })
  }
}
