import FoundationEssentials
import Testing

@testable import Journal

/// Who can open what, and that nothing opens in another place than its own.
@Suite struct SealTests {
  @Test(arguments: [0, 1, 251, 252, 253, 508, 5000, 524_284, 524_285, 528_380, JournalLimits.contentBytesMax])
  func paddingHidesTheLengthAndGivesItBack(count: Int) throws {
    let content = [UInt8](repeating: 7, count: count)
    let padded = try #require(Padding.pad(content))
    #expect(Padding.buckets.contains(padded.count))
    #expect(RawBytes.unpadded(Data(padded)) == content)
  }

  @Test func whatIsTooLongIsNotSealed() {
    #expect(Padding.pad([UInt8](repeating: 7, count: JournalLimits.contentBytesMax + 1)) == nil)
    #expect(RawBytes.unpadded(Data([0, 0, 0, 9, 1])) == nil)
    #expect(RawBytes.unpadded(Data([255, 255, 255, 255, 1])) == nil)
    #expect(RawBytes.unpadded(Data([0])) == nil)
  }

  @Test func vaultAndEveryReaderOpenARecordAndNobodyElse() throws {
    let keys = Bench.keys()
    let ingest = PrivateReaderKey()
    let recovery = PrivateReaderKey()
    let settings = Bench.settings(readers: [
      ReaderKey(kind: .ingest, publicKey: ingest.publicKey), ReaderKey(kind: .recovery, publicKey: recovery.publicKey),
    ])
    let disk = try Bench.disk(keys, records: 2, settings: settings)
    let journal = try Bench.open(disk, keys, settings)
    let raw = try #require(try journal.rawLines(journalID: journal.journalID, from: 1, bytesMax: .max))
    let lines = raw.bytes.split(separator: 0x0A)
    let header = try SegmentHeader.parse(try JournalLine.parse(lines[0]))
    let line = try JournalLine.parse(lines[1])
    for opener in [
      try SegmentOpener(header, with: keys), try SegmentOpener(header, with: ingest),
      try SegmentOpener(header, with: recovery),
    ] {
      #expect(try opener.open(line) == Bench.content(0))
    }
    #expect(throws: SealFault.notForThisKey) { try SegmentOpener(header, with: PrivateReaderKey()) }
    #expect(throws: SealFault.notForThisKey) { try SegmentOpener(header, with: Bench.keys()) }
  }

  @Test func aRecordOpensOnlyUnderItsOwnNumberAndSegment() throws {
    let keys = Bench.keys()
    func first(_ disk: MemoryDisk) throws -> (SegmentHeader, JournalLine, JournalLine) {
      let lines = try #require(disk.bytes(Bench.segmentPath(disk))).split(separator: 0x0A)
      return (
        try SegmentHeader.parse(try JournalLine.parse(lines[0])), try JournalLine.parse(lines[2]),
        try JournalLine.parse(lines[3])
      )
    }
    let (headerA, oneA, twoA) = try first(try Bench.disk(keys, records: 2))
    let (headerB, _, _) = try first(try Bench.disk(keys, records: 2))
    let openerA = try SegmentOpener(headerA, with: keys)
    #expect(try openerA.open(oneA) == Bench.content(0))
    // The same payload under the other number.
    let payload = try #require(twoA.decodedPayload)
    let moved = try #require(JournalLine.write(.record, seq: 1, payload: payload, after: .genesis))
    #expect(throws: SealFault.recordDamaged(seq: 1)) { try openerA.open(try JournalLine.parse(moved.bytes[...])) }
    // The same line in another segment.
    #expect(throws: SealFault.recordDamaged(seq: 1)) { try SegmentOpener(headerB, with: keys).open(oneA) }
    // The wraps of one segment do not open under the ids of another.
    var swapped = headerB
    swapped.wraps = headerA.wraps
    #expect(throws: SealFault.wrapDamaged) { try SegmentOpener(swapped, with: keys) }
  }

  /// An image of the disk is put back and work goes on: the same number in the same segment is sealed a second time. Under one nonce
  /// whoever has both files could read what the two texts differ in.
  @Test func aRestoredDiskSealsUnderAnotherNonce() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 1)
    let image = disk.copy()
    func second(_ disk: MemoryDisk, _ content: [UInt8]) throws -> (header: [UInt8], sealed: [UInt8]) {
      let journal = try Bench.open(disk, keys)
      #expect(try journal.append([content]) == [2])
      let lines = try #require(disk.bytes(Bench.segmentPath(disk))).split(separator: 0x0A)
      return (Array(lines[0]), try #require(try JournalLine.parse(lines[3]).decodedPayload))
    }
    let before = try second(disk, Bench.content(10))
    let after = try second(image, Bench.content(20))
    #expect(before.header == after.header)
    #expect(before.sealed.prefix(12) != after.sealed.prefix(12))
  }

  @Test func aHeaderWithAChangedByteIsRefused() throws {
    let keys = Bench.keys()
    let disk = try Bench.disk(keys, records: 0)
    let bytes = try #require(disk.bytes(Bench.segmentPath(disk)))
    let line = try JournalLine.parse(bytes.prefix(bytes.count / 2))
    let json = try #require(line.decodedPayload)
    #expect(try SegmentHeader.parse(json: json).signPublicKey == keys.signing.publicKey)
    for place in json.indices {
      var hurt = json
      hurt[place] ^= 1
      #expect(throws: LineFault.self) { try SegmentHeader.parse(json: hurt) }
    }
  }

  @Test func unlockedKeysGoThroughAPipe() throws {
    let keys = Bench.keys(secrets: ["grant": [1, 2, 3], "ca": []])
    let again = try #require(UnlockedKeys.decode(keys.encode()))
    #expect(again.vaultID == keys.vaultID)
    #expect(again.master == keys.master)
    #expect(again.signing.publicKey == keys.signing.publicKey)
    #expect(again.reader.publicKey == keys.reader.publicKey)
    #expect(again.secrets == keys.secrets)
    let bytes = keys.encode()
    for length in 0..<bytes.count { #expect(UnlockedKeys.decode(Array(bytes[..<length]))?.secrets != keys.secrets) }
  }

  @Test func checkpointsAreReadBackAndBoundToTheirKey() throws {
    let key = SigningKey()
    let id = Entropy.system.uuid()
    let checkpoint = try Checkpoint(journalID: id, seq: 17, chain: Entropy.system.bytes(32), signedBy: key)
    let again = try #require(Checkpoint(text: checkpoint.text))
    #expect(again == checkpoint)
    #expect(again.isSigned(by: key.publicKey))
    #expect(!again.isSigned(by: SigningKey().publicKey))
    for text in [
      "", "zoufang/\(id)\n17\n", checkpoint.text + "\n", checkpoint.text.replacing("\n17\n", with: "\n017\n"),
    ] {
      #expect(Checkpoint(text: text) == nil)
    }
  }
}
