// StickFile: one file of a journal on a stick. Pure; docs/stick.md is the format.
//
//     zoufang/<journal id>/0000000001-0000000240.zf
//
//     ZU1|<journal id>|0000000001|0000000240|<chain, base64url>|<signature, base64url>\n
//     …the journal's lines, byte for byte, as they are pushed to the county; the last one is record 240
//
// The first line is the checkpoint of the last record, signed by the device: it proves every byte of the lines, because the chain runs over
// them, and that they are this device's and not those of another reader, who has the segment's key too.

internal import Journal
internal import Wire

/// Which records a file holds, as its name says.
struct StickName: Equatable {
  let first: UInt64
  let last: UInt64

  static let asideSuffix = ".new"

  init(first: UInt64, last: UInt64) {
    self.first = first
    self.last = last
  }

  init?(_ name: String) {
    let bytes = Array(name.utf8)
    guard bytes.count == 24, name.hasSuffix(".zf"), bytes[10] == UInt8(ascii: "-"),
      let first = Self.number(bytes[0..<10]), let last = Self.number(bytes[11..<21]), first >= 1, first <= last
    else { return nil }
    self.init(first: first, last: last)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }

  static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 10 - text.utf8.count)) + text
  }

  var text: String { Self.digits(first) + "-" + Self.digits(last) + ".zf" }
}

struct StickFile: Equatable {
  enum Fault: Error, Equatable {
    case damaged
    case newer
  }

  let name: StickName
  let checkpoint: Checkpoint
  /// The journal's lines.
  let body: [UInt8]

  var bytes: [UInt8] { Self.firstLine(name, checkpoint) + body }

  init(_ lines: RawLines, _ checkpoint: Checkpoint) {
    name = StickName(first: lines.firstSeq, last: lines.lastSeq)
    self.checkpoint = checkpoint
    body = lines.bytes
  }

  /// Reads a file; the signature is not verified, and the lines are not looked at.
  init(journalID: String, name: StickName, bytes: [UInt8]) throws(Fault) {
    guard bytes.count > 4, bytes.starts(with: Array("ZU".utf8)), bytes[3] == UInt8(ascii: "|") else { throw .damaged }
    guard bytes[2] == UInt8(ascii: "1") else { throw (49...57).contains(bytes[2]) ? .newer : .damaged }
    guard let end = bytes.prefix(512).firstIndex(of: 10) else { throw .damaged }
    let parts = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 6,
      let checkpoint = Checkpoint(text: "zoufang/\(journalID)\n\(name.last)\n\(parts[4])\n\(parts[5])\n"),
      // As this program would write it: no byte of the line may say anything else.
      Self.firstLine(name, checkpoint) == Array(bytes[...end])
    else { throw .damaged }
    self.name = name
    self.checkpoint = checkpoint
    body = Array(bytes[(end + 1)...])
  }

  private static func firstLine(_ name: StickName, _ checkpoint: Checkpoint) -> [UInt8] {
    let (first, last) = (StickName.digits(name.first), StickName.digits(name.last))
    let signed = Base64URL.encode(checkpoint.chain) + "|" + Base64URL.encode(checkpoint.signature)
    return Array("ZU1|\(checkpoint.journalID)|\(first)|\(last)|\(signed)\n".utf8)
  }

  /// The lines, each with its line feed; the last one may lack it.
  var lines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = body[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 10).map { $0 + 1 } ?? rest.endIndex
      lines.append(rest[rest.startIndex..<end])
      rest = rest[end...]
    }
    return lines
  }

  /// The header of the segment that the first line begins; nil where it is none.
  var firstHeader: SegmentHeader? {
    get throws(LineFault) {
      guard let first = lines.first else { return nil }
      let line = try JournalLine.parse(first)
      return line.kind == .header ? try SegmentHeader.parse(line) : nil
    }
  }
}
