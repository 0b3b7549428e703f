import Testing

@testable import Journal

/// A reader that goes on behind a mark gives what came after, and sees when the journal is not the one it was made of.
@Suite struct MarkTests {
  private static let settings = Bench.settings(segmentBytes: 3_000)

  /// A journal of some segments, a reader that has taken everything in, and its mark.
  private static func marked(_ keys: UnlockedKeys, records: Int) throws -> (disk: MemoryDisk, mark: JournalMark) {
    let disk = try Bench.disk(keys, records: records, settings: settings)
    var reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk)
    #expect(reader.mark == nil)
    #expect(try reader.refresh().count == records)
    let mark = try #require(reader.mark)
    // As it comes back from a file.
    #expect(JournalMark(mark.bytes) == mark)
    return (disk, mark)
  }

  private static func resume(_ disk: MemoryDisk, _ keys: UnlockedKeys, _ mark: JournalMark) throws -> JournalReader? {
    try JournalReader(directory: Bench.directory, keys: keys, disk: disk, resuming: mark)
  }

  private static func grow(_ disk: MemoryDisk, _ keys: UnlockedKeys, _ numbers: Range<Int>) throws {
    let journal = try Bench.open(disk, keys, settings)
    for number in numbers { _ = try journal.append([Bench.content(number)]) }
    journal.close()
  }

  @Test(arguments: [1, 2, 9, 10, 11, 30]) func whatCameAfterIsGivenAndNothingElse(before: Int) throws {
    let keys = Bench.keys()
    let (disk, mark) = try Self.marked(keys, records: before)
    var reader = try #require(try Self.resume(disk, keys, mark))
    #expect(try reader.refresh().isEmpty)
    #expect(reader.mark == mark)
    var end = before
    for more in [1, 5, 25] {
      try Self.grow(disk, keys, end..<end + more)
      #expect(try reader.refresh().map(\.content) == (end..<end + more).map { Bench.content($0) })
      end += more
    }
    // The same in one step, out of the old mark and out of the new one.
    var other = try #require(try Self.resume(disk, keys, mark))
    #expect(try other.refresh().map(\.seq) == (UInt64(before) + 1...UInt64(end)).map { $0 })
    #expect(other.mark?.seen == reader.mark?.seen)
    // Every record can be read again, and the report counts them all.
    let id = try #require(other.extents.last?.journalID)
    for number in 0..<end {
      #expect(try other.content(at: JournalPlace(journalID: id, seq: UInt64(number) + 1)) == Bench.content(number))
    }
    #expect(other.report.segments.reduce(0) { $0 + $1.records } == end)
    #expect(try other.records().count == end)
    #expect(try other.rawLines(journalID: id, from: 1, bytesMax: .max)?.lastSeq == UInt64(end))
  }

  @Test func closedSegmentsAreNotRead() throws {
    let keys = Bench.keys()
    let (disk, mark) = try Self.marked(keys, records: 40)
    let segments = disk.paths.filter { $0.hasSuffix(".jnl") }.count
    #expect(segments > 5)
    disk.fail(nil)
    _ = try #require(try Self.resume(disk, keys, mark))
    // HEAD and the present segment.
    #expect(disk.log.filter { $0 == .read }.count == 2)
  }

  @Test func aSegmentThatIsGoneOrShorterIsSeen() throws {
    let keys = Bench.keys()
    let (disk, mark) = try Self.marked(keys, records: 40)
    let paths = disk.paths.filter { $0.hasSuffix(".jnl") }
    for path in paths {
      let bytes = try #require(disk.bytes(path))
      // Of the segment that is being written the last line feed alone costs no line: the chain proves it whole.
      let cut = path == paths.last ? 2 : 1
      for changed in [nil, Array(bytes.dropLast(cut * 40)), Array(bytes.dropLast(cut == 1 ? 1 : 40)), []] as [[UInt8]?] {
        let hurt = disk.copy()
        hurt.setBytes(path, changed)
        #expect(try Self.resume(hurt, keys, mark) == nil, "\(path), \(changed?.count ?? -1) of \(bytes.count) bytes")
      }
    }
  }

  /// The mark of a journal that went further than this one: the disk lost its end, or it is an older copy.
  @Test func aMarkOfAnotherPlaceIsRefused() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 12, settings: Self.settings)
    let older = disk.copy()
    try Self.grow(disk, keys, 12..<13)
    var reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk)
    _ = try reader.refresh()
    let mark = try #require(reader.mark)
    #expect(try Self.resume(older, keys, mark) == nil)
    // The same number, but another record under it.
    try Self.grow(older, keys, 99..<100)
    #expect(try Self.resume(older, keys, mark) == nil)
    // The writer's own question.
    let journal = try Bench.open(older, keys, Self.settings)
    #expect(!journal.holds(mark))
    #expect(journal.holds(journal.mark))
    let other = try Bench.disk(keys, records: 13, settings: Self.settings)
    #expect(try Self.resume(other, keys, mark) == nil)
  }

  /// Of a changed byte in a closed segment nothing is seen at once; when its record is read, it is.
  @Test func aChangedByteInAClosedSegmentIsSeenWhenItIsRead() throws {
    let keys = Bench.keys()
    let (disk, mark) = try Self.marked(keys, records: 40)
    let path = Bench.segmentPath(disk, 1)
    var bytes = try #require(disk.bytes(path))
    let scan = try #require(SegmentScan(file: String(path.split(separator: "/").last ?? ""), bytes: bytes))
    let hurt = scan.chained[2]
    bytes[hurt.offset + 100] ^= 1
    disk.setBytes(path, bytes)
    let reader = try #require(try Self.resume(disk, keys, mark))
    let id = try #require(reader.extents.last?.journalID)
    #expect(try reader.content(at: JournalPlace(journalID: id, seq: hurt.seq)) == nil)
    #expect(try reader.content(at: JournalPlace(journalID: id, seq: hurt.seq - 1)) == Bench.content(Int(hurt.seq) - 2))
    #expect(try #require(try JournalVerify.report(directory: Bench.directory, disk: disk)).isClean == false)
    // Whoever opens it for writing sees it too.
    let journal = try Bench.open(disk, keys, Self.settings)
    #expect(!journal.lossesUnseen.isEmpty)
  }

  /// Values are taken in order, whoever made them and whenever they were ready.
  @Test(arguments: [0, 1, 7, 8, 9, 200]) func aheadIsInOrder(count: Int) {
    var taken: [Int] = []
    Ahead.each(count) { index in
      // Some take long.
      (0..<(index * 7919 % 40_000)).reduce(index) { sum, one in sum &+ (one & 1) } &- (index * 7919 % 40_000) / 2
    } take: { value in
      taken.append(value)
      return true
    }
    #expect(taken == Array(0..<count))
    var some: [Int] = []
    Ahead.each(count) { $0 } take: { value in
      some.append(value)
      return value < 20
    }
    #expect(some == Array(0..<min(count, 21)))
  }

  // MARK: sealed files

  private static let file = "/data/file"

  private static func write(_ blocks: [[UInt8]], _ disk: MemoryDisk, _ keys: UnlockedKeys) throws(DiskFault) {
    let file = try SealedFileWriter(Self.file, purpose: "test", keys: keys, disk: disk, entropy: .system)
    for block in blocks { try file.append(block) }
    try file.finish()
  }

  /// Nil where it is not whole.
  private static func read(_ disk: MemoryDisk, _ keys: UnlockedKeys, purpose: String = "test") -> [[UInt8]]? {
    guard let file = SealedFileReader(Self.file, purpose: purpose, keys: keys, disk: disk) else { return nil }
    var blocks: [[UInt8]] = []
    while let block = file.next() { blocks.append(block) }
    return file.isWhole ? blocks : nil
  }

  private static let blocks: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 300), [4]]

  @Test func aSealedFileIsWholeOrNothing() throws {
    let keys = Bench.keys()
    let disk = MemoryDisk()
    try disk.makeDirectory("/data")
    try Self.write(Self.blocks, disk, keys)
    let bytes = try #require(disk.bytes(Self.file))
    #expect(Self.read(disk, keys) == Self.blocks)
    #expect(Self.read(disk, Bench.keys()) == nil)
    #expect(Self.read(disk, keys, purpose: "other") == nil)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= UInt8.random(in: 1...255)
      disk.setBytes(Self.file, changed)
      #expect(Self.read(disk, keys) == nil, "byte \(place)")
      disk.setBytes(Self.file, Array(bytes[..<place]))
      #expect(Self.read(disk, keys) == nil, "cut at \(place)")
    }
    disk.setBytes(Self.file, bytes + [0])
    #expect(Self.read(disk, keys) == nil)
    // Two blocks of one length changed places.
    try Self.write([[1, 2], [3, 4]], disk, keys)
    let two = try #require(disk.bytes(Self.file))
    let (start, block) = (SealedFile.magic.count + SealedFile.idBytes, 4 + 12 + 2 + 16)
    let (first, second) = (start..<start + block, start + block..<start + 2 * block)
    disk.setBytes(Self.file, Array(two[..<start] + two[second] + two[first] + two[second.upperBound...]))
    #expect(Self.read(disk, keys) == nil)
    disk.setBytes(Self.file, bytes)
    // A block of another file with the same content.
    try Self.write(Self.blocks, disk, keys)
    let other = try #require(disk.bytes(Self.file))
    disk.setBytes(Self.file, Array(bytes[..<60]) + other[60...])
    #expect(Self.read(disk, keys) == nil)
  }

  /// Whatever call fails, and however the power goes then: the old file or the new one, whole.
  @Test func aCrashLeavesTheOldFileOrTheNewOne() throws {
    let keys = Bench.keys()
    let first = MemoryDisk()
    try first.makeDirectory("/data")
    try first.syncDirectory("/")
    try Self.write([[1]], first, keys)
    first.fail(nil)
    try Self.write(Self.blocks, first.copy(), keys)
    for failure in [.error(5), .error(28), .short, .lie] as [MemoryDisk.Failure] {
      for at in 1...20 {
        let disk = first.copy()
        disk.fail(MemoryDisk.Plan(at: at, continuously: true, failure: failure))
        try? Self.write(Self.blocks, disk, keys)
        disk.fail(nil)
        for left in [disk, disk.powerCut()] {
          let read = Self.read(left, keys)
          // A disk that lies about a sync may leave nothing; it never leaves half.
          if case .lie = failure, read == nil { continue }
          #expect(read == [[1]] || read == Self.blocks, "\(failure) at \(at)")
          // What is left of it does not stand in the way of the next one.
          try Self.write([[9]], left, keys)
          #expect(Self.read(left, keys) == [[9]])
        }
      }
    }
  }
}
