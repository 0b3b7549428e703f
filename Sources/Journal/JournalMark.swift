// JournalMark — up to where somebody has taken a journal's records in, so that a later process may go on from there. It says
// for every journal id the last record and its chain: who finds that record with that chain has the same lines before it, as
// far as they have been hashed again. For a reader it also says what its closed segments hold, so that they need not be read:
// of those only the names and lengths are then looked at (docs/register.md says what that means).

/// A place in a directory's journals.
public struct JournalMark: Equatable, Sendable {
  var extents: [Extent] = []
  var closed: [ClosedSegment] = []

  struct Extent: Equatable, Sendable {
    var journalID: String
    /// 0: none of its records.
    var seq: UInt64
    var chain: Chain
  }

  /// A segment that another one continues, and that was found clean.
  struct ClosedSegment: Equatable, Sendable {
    var file: String
    var length: Int
    var headerJSON: [UInt8]
    var headerLine: Int
    var headersEnd: Int
    var headerChain: Chain
    /// Lines before `lines`.
    var omitted: Int
    /// From the last record on.
    var lines: [LineRef]
  }

  init(_ epochs: [JournalExtent]) {
    extents = epochs.compactMap { epoch in
      Chain(bytes: epoch.chain).map { Extent(journalID: epoch.journalID, seq: epoch.lastSeq, chain: $0) }
    }
  }

  var seen: [String: UInt64] {
    Dictionary(extents.map { ($0.journalID, $0.seq) }, uniquingKeysWith: { max($0, $1) })
  }

  // MARK: bytes: fields of a length and their bytes; numbers are eight bytes, big-endian

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func put(_ field: [UInt8]) { Fields.append(field, to: &bytes) }
    func put(_ numbers: Int...) { put(numbers.flatMap { RawBytes.bigEndian(UInt64($0)) }) }
    put(extents.count, closed.count)
    for extent in extents {
      put(Array(extent.journalID.utf8))
      put(RawBytes.bigEndian(extent.seq) + extent.chain.bytes)
    }
    for segment in closed {
      put(Array(segment.file.utf8))
      put(segment.headerJSON)
      put(segment.headerChain.bytes)
      put(segment.length, segment.headerLine, segment.headersEnd, segment.omitted, segment.lines.count)
      for line in segment.lines {
        put(line.offset, line.length, Int(line.kind.rawValue), Int(line.seq))
        put(line.chain.bytes)
      }
    }
    return bytes
  }

  public init?(_ bytes: [UInt8]) {
    guard let read = Fields.read(bytes[...]) else { return nil }
    var fields = read[...]
    func numbers(_ count: Int) -> [Int]? {
      guard let field = fields.popFirst(), field.count == count * 8 else { return nil }
      let numbers = stride(from: 0, to: field.count, by: 8).map { place in
        field[place..<place + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      return numbers.allSatisfy { $0 <= UInt64(Int.max) } ? numbers.map { Int($0) } : nil
    }
    func text() -> String? { fields.popFirst().map { String(decoding: $0, as: UTF8.self) } }
    guard let counts = numbers(2) else { return nil }
    for _ in 0..<counts[0] {
      guard let id = text(), let rest = fields.popFirst(), rest.count == 40, let chain = Chain(bytes: Array(rest[8...])) else { return nil }
      extents.append(Extent(journalID: id, seq: rest[..<8].reduce(0) { $0 << 8 | UInt64($1) }, chain: chain))
    }
    for _ in 0..<counts[1] {
      guard let file = text(), let json = fields.popFirst(), let chain = fields.popFirst().flatMap({ Chain(bytes: $0) }),
        let all = numbers(5)
      else { return nil }
      var segment = ClosedSegment(
        file: file, length: all[0], headerJSON: json, headerLine: all[1], headersEnd: all[2], headerChain: chain,
        omitted: all[3], lines: [])
      for _ in 0..<all[4] {
        guard let line = numbers(4), let kind = UInt8(exactly: line[2]).flatMap({ LineKind(rawValue: $0) }),
          let chain = fields.popFirst().flatMap({ Chain(bytes: $0) })
        else { return nil }
        segment.lines.append(LineRef(offset: line[0], length: line[1], kind: kind, seq: UInt64(line[3]), chain: chain))
      }
      closed.append(segment)
    }
    guard fields.isEmpty else { return nil }
  }
}

extension SegmentScan {
  /// Of a segment whose every line counts: what a later reader must know of it.
  var closed: JournalMark.ClosedSegment? {
    guard !isAbridged, headerCopies == 2, !headerJSON.isEmpty, let last = chained.lastIndex(where: { $0.kind == .record }) else {
      return isAbridged ? abridged : nil
    }
    return JournalMark.ClosedSegment(
      file: file, length: length, headerJSON: headerJSON, headerLine: headerRange.count, headersEnd: headersEnd,
      headerChain: headerChain, omitted: last, lines: Array(chained[last...]))
  }

  private var abridged: JournalMark.ClosedSegment {
    JournalMark.ClosedSegment(
      file: file, length: length, headerJSON: headerJSON, headerLine: headerRange.count, headersEnd: headersEnd,
      headerChain: headerChain, omitted: omitted, lines: chained)
  }

  /// Nil where the header is none.
  init?(_ closed: JournalMark.ClosedSegment) {
    guard let (number, id) = SegmentScan.parse(name: closed.file), let header = try? SegmentHeader.parse(json: closed.headerJSON) else {
      return nil
    }
    file = closed.file
    nameNumber = number
    nameID = id
    length = closed.length
    self.header = header
    headerJSON = closed.headerJSON
    headerRange = 0..<closed.headerLine
    headerChain = closed.headerChain
    headersEnd = closed.headersEnd
    headerCopies = 2
    chained = closed.lines
    omitted = closed.omitted
  }
}

extension JournalIndex {
  /// Whether every record a mark names is there, with its chain.
  func holds(_ mark: JournalMark) -> Bool {
    mark.extents.allSatisfy { extent in
      guard let epoch = epochs.first(where: { $0.journalID == extent.journalID }) else { return extent.seq == 0 }
      if extent.seq == 0 { return true }
      return epoch.segments.contains { standing in
        scans[standing.scan].chained.prefix(standing.count).contains {
          $0.kind == .record && $0.seq == extent.seq && $0.chain == extent.chain
        }
      }
    }
  }

  /// The segment with its lines, read again where only its last ones are known; after damage those that are still proven.
  func whole(_ scan: SegmentScan) throws(JournalFault) -> SegmentScan? {
    guard scan.isAbridged else { return scan }
    do throws(DiskFault) {
      guard let bytes = try disk.read(path(scan.file), bytesMax: JournalLimits.segmentBytesMax, fresh: false),
        let found = SegmentScan(file: scan.file, bytes: bytes), found.header == scan.header
      else { return nil }
      return found
    } catch { throw .disk(error) }
  }
}
