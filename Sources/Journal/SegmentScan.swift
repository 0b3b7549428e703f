// SegmentScan — one pass over the bytes of one segment. Pure: bytes in, places out; it opens no seal and knows no watermark.
//
// A line is *chained* when its number is the next and its chain follows from the line before: such lines are proven whole up
// to their chain field, whatever became of their CRC or line feed. Every other thing that still looks like a record is a
// *stray*: only its seal can say whether it is ours. After damage the walk goes on at the next place where a line can begin.

/// Where one line stands.
struct LineRef: Equatable, Sendable {
  var offset: Int
  var length: Int
  var kind: LineKind
  var seq: UInt64
  var chain: Chain
  var end: Int { offset + length }
}

struct SegmentScan: Sendable {
  let file: String
  /// Number and beginning of the id, from the file's name.
  let nameNumber: Int
  let nameID: String
  var length: Int
  var header: SegmentHeader?
  var headerFault: LineFault?
  /// One good copy of the header line.
  var headerRange = 0..<0
  var headerChain = Chain.genesis
  /// One past the last good copy.
  var headersEnd = 0
  var headerCopies = 0
  /// The header's JSON as it stands in the line; empty for a segment this process made.
  var headerJSON: [UInt8] = []
  var chained: [LineRef] = []
  /// Lines before the first of `chained` that are known to have been there when a mark was made (``JournalMark``).
  var omitted = 0
  var strays: [LineRef] = []
  var firstBad: Int?
  /// A line with a right CRC begins behind the first bad byte.
  var wholeAfterBad = false

  /// The whole file is of a later format: the digit behind its first J.
  var newerMajor: Int?

  /// Only its last lines are known.
  var isAbridged: Bool { omitted > 0 }
  /// A clean segment holds records alone before its last one.
  var recordsOmitted: Int { omitted }

  /// One past the last chained line (or the header).
  var end: Int { max(chained.last?.end ?? 0, headersEnd) }
  var endChain: Chain { chained.last?.chain ?? headerChain }
  var lastSeq: UInt64 { chained.last?.seq ?? ((header?.firstSeq ?? 1) - 1) }

  /// `seg-0000000001-0a1b2c3d.jnl` → (1, "0a1b2c3d").
  static func parse(name: String) -> (number: Int, id: String)? {
    let bytes = Array(name.utf8)
    guard bytes.count == 27, name.hasPrefix("seg-"), name.hasSuffix(".jnl"), bytes[14] == 0x2D,
      let number = RawBytes.decimal(bytes, 4..<14), RawBytes.hexValue(bytes, at: 15) != nil
    else { return nil }
    return (Int(number), String(decoding: bytes[15..<23], as: UTF8.self))
  }

  static func name(number: Int, segmentID: String) -> String {
    let digits = RawBytes.decimalText(UInt64(max(number, 0)), width: 10) ?? []
    return "seg-\(String(decoding: digits, as: UTF8.self))-\(segmentID.prefix(8)).jnl"
  }

  /// Walks over the bytes. `name` must be a segment's name.
  init?(file: String, bytes: [UInt8]) {
    guard let (number, id) = SegmentScan.parse(name: file) else { return nil }
    self.file = file
    nameNumber = number
    nameID = id
    length = bytes.count
    var place = 0
    while place < bytes.count { place = step(bytes, at: place) }
    if header == nil, strays.isEmpty, bytes.count > 3, bytes[0] == 0x4A, (0x32...0x39).contains(bytes[1]),
      bytes[3] == 0x7C
    {
      newerMajor = Int(bytes[1]) - 0x30
    }
  }

  /// For a segment this process has just made.
  init(file: String, header: SegmentHeader, headerLine: Int, headersEnd: Int, chain: Chain, chained: [LineRef]) {
    self.file = file
    nameNumber = header.segmentNumber
    nameID = String(header.segmentID.prefix(8))
    self.header = header
    headerRange = 0..<headerLine
    headerChain = chain
    self.headersEnd = headersEnd
    headerCopies = 2
    self.chained = chained
    length = chained.last?.end ?? headersEnd
  }

  /// Judges what stands at `place` and gives the next place to look at.
  private mutating func step(_ bytes: [UInt8], at place: Int) -> Int {
    guard let frame = try? LineFrame(bytes, at: place, terminatorRequired: false) else {
      markBad(place)
      return RawBytes.nextLineStart(bytes, from: place + 1) ?? bytes.count
    }
    let whole = frame.checksumFits(bytes)
    if whole && (firstBad.map { place > $0 } ?? false) { wholeAfterBad = true }
    if frame.kind == .header {
      if whole && frame.terminated && takeHeader(bytes, frame) { return frame.end }
      markBad(place)
      return whole ? frame.end : RawBytes.nextLineStart(bytes, from: place + 1) ?? bytes.count
    }
    let fits = takeLine(bytes, frame)
    if !fits || !whole || !frame.terminated { markBad(place) }
    if !fits && frame.kind == .record {
      let ref = LineRef(
        offset: place, length: frame.end - place, kind: .record, seq: frame.seq, chain: frame.chain(bytes) ?? .genesis)
      strays.append(ref)
    }
    return fits || whole ? frame.end : RawBytes.nextLineStart(bytes, from: place + 1) ?? bytes.count
  }

  private mutating func markBad(_ place: Int) {
    if firstBad == nil { firstBad = place }
  }

  private mutating func takeHeader(_ bytes: [UInt8], _ frame: LineFrame) -> Bool {
    let range = frame.start..<frame.end
    if header != nil {
      guard headerCopies == 1, chained.isEmpty, bytes[range].elementsEqual(bytes[headerRange]) else { return false }
      headerCopies = 2
      headersEnd = frame.end
      return true
    }
    guard let json = RawBytes.fromBase64(bytes, frame.payload), let chain = frame.chain(bytes) else { return false }
    do throws(LineFault) {
      let found = try SegmentHeader.parse(json: json)
      let previous = found.previous.flatMap { Chain(bytes: $0.chain) } ?? .genesis
      guard found.firstSeq == frame.seq, frame.computedChain(bytes, after: previous) == chain else { return false }
      header = found
    } catch {
      headerFault = error
      return false
    }
    headerJSON = json
    headerRange = range
    headerChain = chain
    headersEnd = frame.end
    headerCopies = 1
    return true
  }

  private mutating func takeLine(_ bytes: [UInt8], _ frame: LineFrame) -> Bool {
    guard header != nil else { return false }
    let expected = frame.kind == .record ? lastSeq + 1 : lastSeq
    guard frame.seq == expected, let written = frame.chain(bytes),
      written == frame.computedChain(bytes, after: endChain)
    else { return false }
    chained.append(
      LineRef(
        offset: frame.start, length: frame.end - frame.start, kind: frame.kind, seq: frame.seq, chain: written))
    return true
  }
}
