import Testing

@testable import Journal

/// The n-th operation fails, for every n, once and from then on, as an error, as a short write; then the program goes on, or
/// dies, or the power goes. Whatever was acknowledged can be read afterwards, and nothing is there twice.
@Suite struct FaultTests {
  static let failures: [(String, MemoryDisk.Failure)] = [
    ("EIO", .error(5)), ("ENOSPC", .error(28)), ("short", .short),
  ]

  /// Opens, saves twelve records over several segments, closes; gives what was acknowledged.
  func day(_ disk: MemoryDisk, _ keys: UnlockedKeys, from first: Int = 0) -> (acknowledged: [[UInt8]], tried: [[UInt8]])
  {
    var acknowledged: [[UInt8]] = []
    var tried: [[UInt8]] = []
    let settings = Bench.settings(segmentBytes: 2600)
    // Whoever cannot open tries again.
    guard let journal = (try? Bench.open(disk, keys, settings)) ?? (try? Bench.open(disk, keys, settings)) else {
      return ([], [])
    }
    for number in first..<first + 12 {
      let batch = number % 4 == 3 ? [Bench.content(number), Bench.content(number + 1000)] : [Bench.content(number)]
      tried.append(contentsOf: batch)
      if (try? journal.append(batch)) != nil { acknowledged.append(contentsOf: batch) }
    }
    journal.close()
    return (acknowledged, tried)
  }

  func check(
    _ disk: MemoryDisk, _ keys: UnlockedKeys, acknowledged: [[UInt8]], tried: [[UInt8]], _ what: String
  ) throws {
    // The watermark covers what was acknowledged, or the sync process would not send it and nobody would miss it.
    let reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk)
    #expect(Set(acknowledged).isSubset(of: Set(try reader.records().map(\.content))), "not covered: \(what)")
    let journal = try Bench.open(disk, keys, Bench.settings(segmentBytes: 2600))
    let contents = try journal.contents()
    let found = contents.records.map(\.content)
    #expect(contents.unreadable.isEmpty && contents.closedSegments == 0, "\(what)")
    #expect(Set(found).count == found.count, "doubled: \(what)")
    #expect(Set(acknowledged).isSubset(of: Set(found)), "lost: \(what)")
    #expect(Set(found).isSubset(of: Set(tried)), "invented: \(what)")
    #expect(journal.report.lost.isEmpty && !journal.report.acknowledgedMissing, "false alarm: \(what)")
    #expect(try journal.append([Bench.content(7777)]).count == 1)
    journal.close()
    let again = try Bench.open(disk, keys, Bench.settings(segmentBytes: 2600))
    #expect(again.report.isClean, "\(what)")
    #expect(try again.records().map(\.content) == found + [Bench.content(7777)], "\(what)")
    // Every line that counts can be sent.
    for extent in again.extents where extent.lastSeq > 0 {
      let lines = try #require(try again.rawLines(journalID: extent.journalID, from: 1, bytesMax: .max))
      var checker = LineChecker(journalID: extent.journalID, signPublicKey: keys.signing.publicKey)
      for line in lines.bytes.split(separator: 0x0A) { _ = try checker.check(line) }
      #expect(checker.nextSeq == extent.lastSeq + 1, "\(what)")
    }
  }

  @Test(arguments: [false, true], 0..<3) func everyOperation(continuously: Bool, kind: Int) throws {
    let keys = Bench.keys()
    let (name, failure) = Self.failures[kind]
    var failing = Bench.isThorough ? 1 : kind + 1
    while true {
      let disk = MemoryDisk()
      disk.fail(.init(at: failing, continuously: continuously, failure: failure))
      let (acknowledged, tried) = day(disk, keys)
      let operations = disk.operations
      disk.fail(nil)
      let what = "\(name) at \(failing) of \(operations), continuously \(continuously)"
      try check(disk.copy(), keys, acknowledged: acknowledged, tried: tried, what)
      try check(disk.powerCut(), keys, acknowledged: acknowledged, tried: tried, what + ", then power cut")
      if operations < failing { break }
      // A sample lets each kind of failure take every third operation, each another third.
      failing += Bench.isThorough ? 1 : 3
    }
    #expect(failing > 80)
    Bench.tell(failing * 2, "failing operations, \(name), continuously \(continuously), going on and power cut")
  }

  @Test func powerCutAfterEveryOperation() throws {
    let keys = Bench.keys()
    for operations in stride(from: 1, through: 400, by: Bench.isThorough ? 1 : 2) {
      // From here on nothing reaches the disk at all: the moment the power went.
      let disk = MemoryDisk()
      disk.fail(.init(at: operations, continuously: true, failure: .error(5)))
      let (acknowledged, tried) = day(disk, keys)
      let done = disk.operations < operations
      disk.fail(nil)
      try check(disk.powerCut(), keys, acknowledged: acknowledged, tried: tried, "power cut at \(operations)")
      // What a reader without the lock sees at this moment.
      let reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk.copy())
      #expect(reader.report.lost.isEmpty && !reader.report.acknowledgedMissing, "reader at \(operations)")
      #expect(Set(acknowledged).isSubset(of: Set(try reader.records().map(\.content))), "reader at \(operations)")
      if done {
        Bench.tell(operations, "power cuts")
        return
      }
    }
  }

  /// The first try to open fails at one operation, the second comes through and saves, and then the power goes.
  @Test func aTryToOpenThatFailedLeavesNoNameUnsynced() throws {
    let keys = Bench.keys()
    for failing in 1...60 {
      let disk = MemoryDisk()
      disk.fail(.init(at: failing, continuously: false, failure: .error(5)))
      let first = try? Bench.open(disk, keys)
      let operations = disk.operations
      first?.close()
      disk.fail(nil)
      let journal = try Bench.open(disk, keys)
      _ = try journal.append([Bench.content(0)])
      journal.close()
      try check(
        disk.powerCut(), keys, acknowledged: [Bench.content(0)], tried: [Bench.content(0)], "opening at \(failing)")
      if operations < failing { return }
    }
    Issue.record("opening never came through")
  }

  @Test(arguments: [false, true]) func aSecondFaultWhileTheFirstIsHealed(continuously: Bool) throws {
    let keys = Bench.keys()
    var cases = 0
    for first in stride(from: 22, through: 72, by: Bench.isThorough ? 1 : 25) {
      for second in 1...60 {
        let disk = MemoryDisk()
        disk.fail(.init(at: first, continuously: true, failure: .error(5)))
        let one = day(disk, keys)
        let after = disk.powerCut()
        after.fail(.init(at: second, continuously: continuously, failure: .error(5)))
        let two = day(after, keys, from: 100)
        let operations = after.operations
        after.fail(nil)
        try check(
          after.powerCut(), keys, acknowledged: one.acknowledged + two.acknowledged, tried: one.tried + two.tried,
          "\(first) then \(second)")
        cases += 1
        if operations < second { break }
      }
    }
    Bench.tell(cases, "pairs of faults, the second continuously \(continuously)")
  }

  /// One call of the four that save a record fails while the program runs on. The old file is left alone from then on: lines behind
  /// torn bytes would stand elsewhere than the program believes, and what it called saved could not be read until the next start.
  @Test(arguments: [
    (1, .error(5)), (1, .short), (2, .error(5)), (3, .error(5)), (3, .short), (4, .error(5)),
  ] as [(Int, MemoryDisk.Failure)])
  func aFileThatFailedIsNotWrittenAgain(call: Int, failure: MemoryDisk.Failure) throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    let journal = try Bench.open(disk, keys)
    _ = try journal.append([Bench.content(0)])
    let old = Bench.segmentPath(disk)
    disk.fail(.init(at: call, continuously: false, failure: failure))
    #expect(try journal.append([Bench.content(1)]) == [2])
    disk.fail(nil)
    let left = disk.bytes(old)
    // It was called saved: the power may go now, and the sync process still sees it.
    let reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk.powerCut())
    #expect(try reader.records().map(\.content) == [Bench.content(0), Bench.content(1)])
    #expect(try journal.append([Bench.content(2)]) == [3])
    #expect(disk.bytes(old) == left)
    let all = (0..<3).map { Bench.content($0) }
    #expect(try journal.records().map(\.content) == all)
    journal.close()
    for disk in [disk.copy(), disk.powerCut()] {
      #expect(try Bench.survey(disk).report.isClean)
      #expect(try Bench.open(disk, keys).records().map(\.content) == all)
    }
  }

  /// The program was killed between the write of a record and its sync. The next start finds the whole line, counts it and shows it;
  /// then the power goes. What was shown is still there, and no loss is reported.
  @Test func aRecordFoundBehindTheWatermarkIsSyncedBeforeItCounts() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    let killed = try Bench.open(disk, keys)
    _ = try killed.append([Bench.content(0)])
    let watermark = disk.bytes("/data/journal/HEAD")
    // No sync does anything, and the watermark is the one before: as if only the write had happened.
    disk.fail(.init(at: 1, continuously: true, failure: .lie))
    _ = try killed.append([Bench.content(1)])
    disk.fail(nil)
    disk.setBytes("/data/journal/HEAD", watermark)
    killed.close()
    #expect(try Bench.open(disk.powerCut(), keys).records().map(\.content) == [Bench.content(0)])
    let next = try Bench.open(disk, keys)
    #expect(try next.records().map(\.content) == [Bench.content(0), Bench.content(1)])
    next.close()
    let after = try Bench.open(disk.powerCut(), keys)
    #expect(after.report.isClean)
    #expect(try after.records().map(\.content) == [Bench.content(0), Bench.content(1)])
  }

  /// The test of the test: a disk whose syncs do nothing must be found out.
  @Test func aDiskThatLiesIsNoticed() throws {
    let keys = Bench.keys()
    var lost = 0
    for failing in 20...60 {
      let disk = MemoryDisk()
      disk.fail(.init(at: failing, continuously: true, failure: .lie))
      let (acknowledged, _) = day(disk, keys)
      disk.fail(nil)
      let after = disk.powerCut()
      guard let journal = try? Bench.open(after, keys) else { continue }
      let found = Set(try journal.records().map(\.content))
      if !Set(acknowledged).isSubset(of: found) { lost += 1 }
      journal.close()
    }
    #expect(lost > 20)
  }
}
