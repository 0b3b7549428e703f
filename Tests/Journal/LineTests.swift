import Testing

@testable import Journal

/// The frame of a line: what is written is read back, and nothing else is.
@Suite struct LineTests {
  static let line = JournalLine.write(.record, seq: 42, payload: [1, 2, 3, 4, 5], after: .genesis)

  @Test func crcOfTheStandardCheckString() {
    #expect(RawBytes.crc32c(Array("123456789".utf8)) == 0xE306_9283)
  }

  @Test func crcIsTheSameHoweverTheBytesAreAligned() {
    let bytes = (0..<100).map { UInt8($0) }
    for start in 0..<40 {
      let part = Array(bytes[start...])
      #expect(RawBytes.crc32c(bytes, start..<100) == RawBytes.crc32c(part))
      #expect(RawBytes.crc32c(part) == bitwise(part))
    }
  }

  /// CRC32C by its definition, one bit after the other.
  func bitwise(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? 0x82F6_3B78 ^ (crc >> 1) : crc >> 1 }
    }
    return ~crc
  }

  @Test(arguments: 0...20) func base64ReadsWhatItWrote(count: Int) throws {
    let bytes = Entropy.system.bytes(count)
    let text = RawBytes.base64(bytes)
    #expect(text.count == RawBytes.base64Length(count))
    #expect(RawBytes.fromBase64(text) == bytes)
  }

  @Test(arguments: ["A", "AB", "AA=", "A+==", "AAB", "A\u{0}AA", "AA|A", "AAA/"])
  func strangeBase64IsRefused(text: String) {
    #expect(RawBytes.fromBase64(Array(text.utf8)) == nil)
  }

  @Test func aLineIsReadBack() throws {
    let written = try #require(Self.line)
    let line = try JournalLine.parse(written.bytes[...])
    #expect(line.kind == .record)
    #expect(line.seq == 42)
    #expect(line.decodedPayload == [1, 2, 3, 4, 5])
    #expect(line.bytes == written.bytes)
    #expect(line.chain == written.chain.bytes)
    #expect(try JournalLine.parse(written.bytes.dropLast()) == line)
    #expect(String(decoding: written.bytes, as: UTF8.self).hasPrefix("J1R|0000000042|0000007|AQIDBAU|"))
  }

  @Test func everyFlippedBitIsRefused() throws {
    let bytes = try #require(Self.line).bytes
    for place in 0..<(bytes.count - 1) {
      for bit in 0..<8 {
        var hurt = bytes
        hurt[place] ^= 1 << UInt8(bit)
        #expect(throws: LineFault.self) { try JournalLine.parse(hurt[...]) }
      }
    }
  }

  @Test func everyCutLineIsRefused() throws {
    let bytes = try #require(Self.line).bytes
    for length in 0..<(bytes.count - 1) {
      #expect(throws: LineFault.self) { try JournalLine.parse(bytes[..<length]) }
    }
  }

  @Test func aLaterFormatIsNamed() throws {
    var bytes = try #require(Self.line).bytes
    bytes[1] = 0x32
    #expect(throws: LineFault.newerFormat(major: 2)) { try JournalLine.parse(bytes[...]) }
  }

  @Test func aLengthBeyondTheLimitIsRefusedBeforeAnythingIsRead() {
    let text = "J1R|0000000001|9999999|" + String(repeating: "A", count: 200)
    #expect(throws: LineFault.tooLong(characters: 9_999_999)) { try JournalLine.parse(Array(text.utf8)[...]) }
  }

  @Test func numbersThatDoNotFitAreNotWritten() {
    #expect(JournalLine.write(.record, seq: 10_000_000_000, payload: [], after: .genesis) == nil)
    #expect(JournalLine.write(.record, seq: 1, payload: [UInt8](repeating: 0, count: 800_000), after: .genesis) == nil)
  }

  @Test func aBlobPieceIsReadBack() throws {
    let piece = BlobPiece(head: Array("{}".utf8), bytes: [9, 8, 7])
    let content = try #require(piece.content)
    #expect(BlobPiece(content: content) == piece)
    #expect(BlobPiece(content: Array("{\"id\":1}".utf8)) == nil)
    let full = BlobPiece(head: [], bytes: [UInt8](repeating: 1, count: JournalLimits.blobPieceBytesMax))
    #expect(try #require(full.content).count <= JournalLimits.contentBytesMax)
    #expect(BlobPiece(head: [], bytes: full.bytes + [1]).content == nil)
  }
}
