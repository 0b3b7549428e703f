// JournalLine — one line of a journal, framed in ASCII:
//
//     J1R|0000000042|0001234|<payload>|<chain>|<crc>\n
//     0   4          15      23
//
// magic and kind (3), seq (10 digits), length of the payload (7 digits), payload (base64url, canonical), chain (43
// characters: SHA-256 of the chain before and every byte of this line before the field), CRC32C (8 hexadecimal digits, over
// every byte of the line before the field), line feed. 77 bytes around the payload.
// A line is judged in steps, because each sees what the others cannot: the shape, the CRC (is this line whole?), the chain
// (does it follow the line before?), and with a key the seal (did we write it?).

/// What a line is.
public enum LineKind: UInt8, Sendable {
  /// `J1H`: the header of a segment; its payload is plain JSON; written twice.
  case header = 0x48
  /// `J1R`: a sealed record. Only records take a number.
  case record = 0x52
  /// `J1C`: a signed checkpoint; carries the number of the last record before it.
  case checkpoint = 0x43
  /// `J1E`: end of a segment; carries the number of the last record before it.
  case end = 0x45
}

/// One whole line whose shape and CRC are right. Whether it follows the line before it is ``LineChecker``'s business.
public struct JournalLine: Equatable, Sendable {
  public let kind: LineKind
  /// A record's number, from 1, contiguous over the journal. A header carries the number its first record will have;
  /// checkpoint and end carry the number of the record before them.
  public let seq: UInt64
  /// The payload as it stands in the line: base64url text.
  public let payload: [UInt8]
  /// SHA-256 over the chain before and this line up to the field; 32 bytes.
  public let chain: [UInt8]
  /// The line as written, with its line feed.
  public let bytes: [UInt8]

  /// Bytes of a line beside its payload.
  public static let overhead = 77
  static let payloadStart = 23
  static let tailBytes = 54  // | chain(43) | crc(8) LF

  /// Reads one line. `line` may end with its line feed or just before it.
  public static func parse(_ line: ArraySlice<UInt8>) throws(LineFault) -> JournalLine {
    var bytes = Array(line)
    if bytes.last != 0x0A { bytes.append(0x0A) }
    let frame = try LineFrame(bytes, at: 0)
    guard frame.end == bytes.count else { throw .malformed }
    guard frame.checksumFits(bytes) else { throw .badChecksum }
    guard let chain = frame.chain(bytes) else { throw .malformed }
    return JournalLine(
      kind: frame.kind, seq: frame.seq, payload: Array(bytes[frame.payload]), chain: chain.bytes, bytes: bytes)
  }

  /// The bytes that the payload stands for, or nil where it is not canonical base64url.
  public var decodedPayload: [UInt8]? { RawBytes.fromBase64(payload) }

  /// Builds a line and gives the chain after it. Nil where a number does not fit its field.
  static func write(
    _ kind: LineKind, seq: UInt64, payload: [UInt8], after previous: Chain
  ) -> (bytes: [UInt8], chain: Chain)? {
    let length = RawBytes.base64Length(payload.count)
    guard length <= JournalLimits.payloadCharactersMax,
      let number = RawBytes.decimalText(seq, width: 10),
      let lengthText = RawBytes.decimalText(UInt64(length), width: 7)
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length + overhead)
    bytes.append(contentsOf: [0x4A, 0x31, kind.rawValue, 0x7C])
    bytes.append(contentsOf: number)
    bytes.append(0x7C)
    bytes.append(contentsOf: lengthText)
    bytes.append(0x7C)
    RawBytes.appendBase64(payload, to: &bytes)
    bytes.append(0x7C)
    let chain = previous.extended(over: bytes, 0..<bytes.count)
    RawBytes.appendBase64(chain.bytes, to: &bytes)
    bytes.append(0x7C)
    bytes.append(contentsOf: RawBytes.hexText(RawBytes.crc32c(bytes)))
    bytes.append(0x0A)
    return (bytes, chain)
  }
}

/// Where the fields of a line stand in a larger array; nothing is copied. The shape is right, the rest is asked for.
struct LineFrame: Equatable, Sendable {
  let kind: LineKind
  let seq: UInt64
  let start: Int
  let payload: Range<Int>
  /// The line feed is where it belongs.
  let terminated: Bool

  /// One past the line feed.
  var end: Int { payload.upperBound + JournalLine.tailBytes }

  /// Reads the frame that begins at `start`. A line whose line feed alone is wrong is a frame with `terminated` false.
  init(_ bytes: [UInt8], at start: Int, terminatorRequired: Bool = true) throws(LineFault) {
    guard start >= 0, bytes.count - start >= JournalLine.overhead, bytes[start] == 0x4A else { throw .malformed }
    let major = bytes[start + 1]
    guard major >= 0x30, major <= 0x39, let kind = LineKind(rawValue: bytes[start + 2]), bytes[start + 3] == 0x7C else {
      throw .malformed
    }
    guard major == 0x31 else { throw .newerFormat(major: Int(major) - 0x30) }
    guard let seq = RawBytes.decimal(bytes, start + 4..<start + 14), bytes[start + 14] == 0x7C,
      let length = RawBytes.decimal(bytes, start + 15..<start + 22), bytes[start + 22] == 0x7C
    else { throw .malformed }
    guard length <= UInt64(JournalLimits.payloadCharactersMax) else { throw .tooLong(characters: Int(length)) }
    let first = start + JournalLine.payloadStart
    let last = first + Int(length)
    guard last + JournalLine.tailBytes <= bytes.count, bytes[last] == 0x7C, bytes[last + 44] == 0x7C else {
      throw .malformed
    }
    let terminated = bytes[last + 53] == 0x0A
    guard terminated || !terminatorRequired else { throw .malformed }
    self.kind = kind
    self.seq = seq
    self.start = start
    self.payload = first..<last
    self.terminated = terminated
  }

  func checksumFits(_ bytes: [UInt8]) -> Bool {
    let field = payload.upperBound + 45
    guard let written = RawBytes.hexValue(bytes, at: field) else { return false }
    return RawBytes.crc32c(bytes, start..<field) == written
  }

  /// The chain as the line says it, or nil where the field is not 32 bytes of base64url.
  func chain(_ bytes: [UInt8]) -> Chain? {
    RawBytes.fromBase64(bytes, payload.upperBound + 1..<payload.upperBound + 44).flatMap(Chain.init(bytes:))
  }

  /// The chain as it must be after `previous`.
  func computedChain(_ bytes: [UInt8], after previous: Chain) -> Chain {
    previous.extended(over: bytes, start..<payload.upperBound + 1)
  }
}
