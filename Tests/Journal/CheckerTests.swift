import Testing

@testable import Journal

/// What the county refuses: gaps, forks, foreign lines, forged headers.
@Suite struct CheckerTests {
  let keys: UnlockedKeys
  let lines: [ArraySlice<UInt8>]
  let journalID: String

  init() throws {
    keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 4)
    lines = try #require(disk.bytes(Bench.segmentPath(disk))).split(separator: 0x0A)
    journalID = try SegmentHeader.parse(try JournalLine.parse(lines[0])).journalID
  }

  @Test func aWholeSegmentPassesWithBothCopiesOfItsHeader() throws {
    var checker = LineChecker(journalID: journalID, signPublicKey: keys.signing.publicKey)
    #expect(try checker.check(lines[0]).beginsSegment)
    #expect(try !checker.check(lines[1]).beginsSegment)
    for line in lines[2...] { _ = try checker.check(line) }
    #expect(checker.nextSeq == 5)
  }

  @Test func aMissingLineIsNamedAndTheCheckerStaysWhereItWas() throws {
    var checker = LineChecker(journalID: journalID, signPublicKey: nil)
    #expect(throws: LineFault.headerMissing) { try checker.check(lines[2]) }
    _ = try checker.check(lines[0])
    #expect(throws: LineFault.unexpectedSeq(expected: 1, found: 2)) { try checker.check(lines[3]) }
    _ = try checker.check(lines[2])
    #expect(throws: LineFault.unexpectedSeq(expected: 2, found: 1)) { try checker.check(lines[2]) }
    _ = try checker.check(lines[3])
    #expect(checker.nextSeq == 3)
  }

  @Test func anotherLineUnderTheSameNumberIsAForkOfTheChain() throws {
    var checker = LineChecker(journalID: journalID, signPublicKey: nil)
    _ = try checker.check(lines[0])
    let forged = try #require(JournalLine.write(.record, seq: 1, payload: [1], after: .genesis)).bytes
    #expect(throws: LineFault.badChain(seq: 1)) { try checker.check(forged[...]) }
  }

  @Test func anotherDevicesHeaderIsRefused() throws {
    var checker = LineChecker(journalID: journalID, signPublicKey: SigningKey().publicKey)
    #expect(throws: LineFault.badSignature) { try checker.check(lines[0]) }
    var other = LineChecker(journalID: Entropy.system.uuid(), signPublicKey: nil)
    #expect(throws: LineFault.otherJournal) { try other.check(lines[0]) }
  }

  /// Two months of one journal: the lines of November's segment, and the first line of December's.
  private func months() throws -> (november: [ArraySlice<UInt8>], december: ArraySlice<UInt8>) {
    let disk = try Bench.disk(keys, records: 1)
    let journal = try Bench.open(disk, keys, Bench.settings(month: "2026-12"))
    _ = try journal.append([Bench.content(1)])
    let files = try (0..<2).map { try #require(disk.bytes(Bench.segmentPath(disk, $0))).split(separator: 0x0A) }
    return (files[0], files[1][0])
  }

  private func checker(behind lines: some Collection<ArraySlice<UInt8>>) throws -> LineChecker {
    let id = try SegmentHeader.parse(try JournalLine.parse(try #require(lines.first))).journalID
    var checker = LineChecker(journalID: id, signPublicKey: keys.signing.publicKey)
    for line in lines { _ = try checker.check(line) }
    return checker
  }

  /// A copy of the disk went another way. The device itself signed its headers, and anybody can reckon their chain anew: only that
  /// they continue another place gives them away. Taken, the county would hold one visit of this journal and the next of that.
  @Test func aSegmentThatContinuesAnotherPlaceIsRefused() throws {
    let (november, december) = try months()
    var honest = try checker(behind: november)
    let place = try #require(Chain(bytes: honest.chain))
    let header = try SegmentHeader.parse(try JournalLine.parse(december))
    let changes: [(inout SegmentHeader) -> Void] = [
      { $0.previous?.chain = Entropy.system.bytes(32) },
      { $0.previous?.segmentID = Entropy.system.uuid() },
      { $0.segmentNumber = 1 },
    ]
    for (number, change) in changes.enumerated() {
      var other = header
      change(&other)
      let json = try other.json(signedBy: keys.signing)
      let line = try #require(JournalLine.write(.header, seq: other.firstSeq, payload: json, after: place))
      #expect(throws: LineFault.doesNotContinue, "change \(number)") { try honest.check(line.bytes[...]) }
    }
    #expect(try honest.check(december).beginsSegment)
  }

  /// A checkpoint is what a device may be held to. One that says another place than where it stands, or that somebody else signed,
  /// would speak against an honest device.
  @Test func aCheckpointOfAnotherPlaceIsRefused() throws {
    let november = try months().november
    var honest = try checker(behind: november.prefix(3))
    let (id, place) = (honest.journalID, try #require(Chain(bytes: honest.chain)))
    for checkpoint in [
      try Checkpoint(journalID: id, seq: 2, chain: place.bytes, signedBy: keys.signing),
      try Checkpoint(journalID: id, seq: 1, chain: Entropy.system.bytes(32), signedBy: keys.signing),
      try Checkpoint(journalID: Entropy.system.uuid(), seq: 1, chain: place.bytes, signedBy: keys.signing),
      try Checkpoint(journalID: id, seq: 1, chain: place.bytes, signedBy: SigningKey()),
    ] {
      let line = try #require(JournalLine.write(.checkpoint, seq: 1, payload: Array(checkpoint.text.utf8), after: place))
      #expect(throws: LineFault.badSignature, "\(checkpoint.text)") { try honest.check(line.bytes[...]) }
    }
    #expect(try honest.check(november[3]).line.kind == .checkpoint)
  }

  @Test func everyFlippedBitOfABatchIsRefused() throws {
    var good = LineChecker(journalID: journalID, signPublicKey: keys.signing.publicKey)
    _ = try good.check(lines[0])
    let line = Array(lines[2])
    for place in line.indices {
      for bit in 0..<8 {
        var hurt = line
        hurt[place] ^= 1 << UInt8(bit)
        var checker = good
        #expect(throws: LineFault.self) { try checker.check(hurt[...]) }
      }
    }
  }
}
