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
