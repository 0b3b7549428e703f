import Testing

@testable import Journal

/// Files of format 1, as they were written once. If this fails, the format was changed: don't.
@Suite struct GoldenTests {
  func disk() throws -> MemoryDisk {
    let disk = MemoryDisk()
    try disk.makeDirectory("/data")
    try disk.makeDirectory(Bench.directory)
    for file in GoldenV1.files { disk.setBytes(file.path, Array(file.text.joined().utf8)) }
    var head = [UInt8](repeating: 0, count: HeadMark.fileBytes)
    for (slot, text) in zip([0, HeadMark.secondSlot], GoldenV1.head) {
      head.replaceSubrange(slot..<slot + text.utf8.count, with: Array(text.utf8))
    }
    disk.setBytes("/data/journal/HEAD", head)
    return disk
  }

  static let contents = [
    Array(#"{"id":"a-2026-11"}"#.utf8), Array(#"{"id":"b-2026-11","name":"示例"}"#.utf8),
    Array(#"{"id":"a-2026-12"}"#.utf8), Array(#"{"id":"b-2026-12","name":"示例"}"#.utf8),
    [0x42, 0x31, 0, 11] + Array(#"{"piece":1}"#.utf8) + [0, 1, 255], Array(#"{"id":"c"}"#.utf8),
  ]

  @Test func theVaultOpensAndEveryRecordIsThere() throws {
    let disk = try disk()
    let vault = try Vault.open(in: "/data", passphrase: GoldenV1.passphrase, disk: disk)
    #expect(vault.secret("grant") == [1, 2, 3])
    let journal = try Bench.open(disk, vault.keys, Bench.settings(machine: "m2", month: "2026-12"))
    #expect(journal.report.isClean)
    #expect(try journal.records().map(\.content) == Self.contents)
    #expect(journal.extents.map(\.lastSeq) == [5, 1])
    #expect(try journal.append([[1]]) == [2])
  }

  @Test func theCountyReadsEveryLineWithEitherKey() throws {
    let disk = try disk()
    let keys = Bench.keys()
    let reader = try JournalReader(directory: Bench.directory, keys: keys, disk: disk)
    for text in [GoldenV1.ingestKey, GoldenV1.recoveryKey] {
      let key = try PrivateReaderKey(raw: try #require(RawBytes.fromHex(text.utf8)))
      var contents: [[UInt8]] = []
      for extent in reader.extents {
        let lines = try #require(try reader.rawLines(journalID: extent.journalID, from: 1, bytesMax: .max))
        var checker = LineChecker(journalID: extent.journalID, signPublicKey: nil)
        for line in lines.bytes.split(separator: 0x0A) {
          let checked = try checker.check(line)
          if checked.line.kind == .record {
            contents.append(try SegmentOpener(checked.header, with: key).open(checked.line))
          }
        }
        #expect(checker.chain == extent.chain)
      }
      #expect(contents == Self.contents)
    }
  }

  @Test func verifyNeedsNoKey() throws {
    let report = try #require(try JournalVerify.report(directory: Bench.directory, disk: try disk()))
    #expect(JournalVerify.status(report) == 0)
    #expect(report.segments.map(\.records) == [2, 3, 1])
  }
}
