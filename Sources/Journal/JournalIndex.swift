// JournalIndex — which lines of which files count, and how to read them again: opened as records, or raw for the county.
// Writer and reader both hold one. Files are read by places that the scan proved; the seal is checked again at opening.

/// What opening all records gave.
public struct JournalContents: Equatable, Sendable {
  public var records: [JournalRecord] = []
  /// Records whose seal did not open though their lines are whole.
  public var unreadable: [JournalPlace] = []
  /// Segments that belong to another vault: after a new enrolment the old ones open with the county's keys only.
  public var closedSegments = 0
}

/// A record's place.
public struct JournalPlace: Hashable, Sendable {
  public let journalID: String
  public let seq: UInt64

  public init(journalID: String, seq: UInt64) {
    self.journalID = journalID
    self.seq = seq
  }
}

struct JournalIndex: Sendable {
  let directory: String
  let disk: any Disk
  var scans: [SegmentScan] = []
  var epochs: [Survey.Epoch] = []

  func path(_ file: String) -> String { directory + "/" + file }

  // MARK: finding

  /// Reads and scans every segment, and HEAD. `known`: scans of segments that cannot have changed.
  static func survey(
    directory: String, disk: any Disk, fresh: Bool, known: [String: SegmentScan] = [:]
  ) throws(JournalFault) -> Survey? {
    do throws(DiskFault) {
      // HEAD first: what another process adds meanwhile, lines or a whole segment, lies behind it.
      var head = HeadState(try disk.read(directory + "/HEAD", bytesMax: HeadMark.fileBytes * 2, fresh: fresh))
      if head.isDamaged {
        // Perhaps only caught while it was being written.
        head = HeadState(try disk.read(directory + "/HEAD", bytesMax: HeadMark.fileBytes * 2, fresh: fresh))
      }
      guard let names = try disk.list(directory) else { return nil }
      var scans: [SegmentScan] = []
      for name in names.sorted() where SegmentScan.parse(name: name) != nil {
        if let scan = known[name], try disk.length(directory + "/" + name) == scan.length {
          scans.append(scan)
          continue
        }
        let bytes = try disk.read(directory + "/" + name, bytesMax: JournalLimits.segmentBytesMax, fresh: fresh)
        if let bytes, let scan = SegmentScan(file: name, bytes: bytes) { scans.append(scan) }
      }
      return Survey(scans: scans, head: head)
    } catch { throw .disk(error) }
  }

  var extents: [JournalExtent] {
    epochs.map { epoch in
      let last = lastRecord(of: epoch)
      return JournalExtent(
        journalID: epoch.journalID, lastSeq: last?.seq ?? 0, chain: (last?.chain ?? .genesis).bytes,
        brokenFrom: epoch.brokenFrom)
    }
  }

  func lastRecord(of epoch: Survey.Epoch) -> LineRef? {
    for standing in epoch.segments.reversed() {
      if let ref = scans[standing.scan].chained.prefix(standing.count).last(where: { $0.kind == .record }) {
        return ref
      }
    }
    return nil
  }

  // MARK: opening

  /// Opens every record that counts, oldest journal first.
  func contents(keys: UnlockedKeys, after place: JournalPlace? = nil) throws(JournalFault) -> JournalContents {
    var all = JournalContents()
    try eachSegment(keys: keys, after: place) { part in
      all.records += part.records
      all.unreadable += part.unreadable
      all.closedSegments += part.closedSegments
    }
    return all
  }

  /// The same segment by segment, so that nobody has to hold a whole journal.
  func eachSegment(
    keys: UnlockedKeys, after place: JournalPlace? = nil, _ body: (JournalContents) -> Void
  ) throws(JournalFault) {
    let first = place.flatMap { place in epochs.firstIndex { $0.journalID == place.journalID } } ?? 0
    for index in epochs.indices.dropFirst(first) {
      let epoch = epochs[index]
      let from = index == first && place?.journalID == epoch.journalID ? (place?.seq ?? 0) + 1 : 1
      for standing in epoch.segments {
        let scan = scans[standing.scan]
        let refs = scan.chained.prefix(standing.count).filter { $0.kind == .record && $0.seq >= from }
        guard let header = scan.header, !refs.isEmpty else { continue }
        var contents = JournalContents()
        if let opener = try? SegmentOpener(header, with: keys) {
          try open(refs, of: scan, opener: opener, journalID: epoch.journalID, into: &contents)
        } else {
          contents.closedSegments = 1
        }
        body(contents)
      }
    }
  }

  private func open(
    _ refs: [LineRef], of scan: SegmentScan, opener: SegmentOpener, journalID: String,
    into contents: inout JournalContents
  ) throws(JournalFault) {
    guard let first = refs.first, let last = refs.last else { return }
    let bytes = try read(scan, first.offset..<last.end)
    contents.records.reserveCapacity(contents.records.count + refs.count)
    for ref in refs {
      if let content = JournalIndex.open(ref, in: bytes, base: first.offset, key: opener.key) {
        contents.records.append(JournalRecord(journalID: journalID, seq: ref.seq, content: content))
      } else {
        contents.unreadable.append(JournalPlace(journalID: journalID, seq: ref.seq))
      }
    }
  }

  /// One record; nil where its seal does not open.
  static func open(_ ref: LineRef, in bytes: [UInt8], base: Int, key: SegmentKey) -> [UInt8]? {
    let start = ref.offset - base + JournalLine.payloadStart
    let end = ref.end - base - JournalLine.tailBytes
    guard start >= 0, start <= end, end <= bytes.count, let sealed = RawBytes.dataFromBase64(bytes, start..<end) else {
      return nil
    }
    return key.open(sealed, seq: ref.seq)
  }

  /// One record that counts; nil where there is none of this number, or its segment belongs to another vault.
  func content(at place: JournalPlace, keys: UnlockedKeys) throws(JournalFault) -> [UInt8]? {
    guard let epoch = epochs.first(where: { $0.journalID == place.journalID }) else { return nil }
    for standing in epoch.segments {
      let scan = scans[standing.scan]
      let refs = scan.chained.prefix(standing.count)
      guard let header = scan.header, header.firstSeq <= place.seq, let last = refs.last, last.seq >= place.seq,
        let ref = refs.first(where: { $0.kind == .record && $0.seq == place.seq })
      else { continue }
      guard let opener = try? SegmentOpener(header, with: keys) else { return nil }
      let bytes = try read(scan, ref.offset..<ref.end)
      return JournalIndex.open(ref, in: bytes, base: ref.offset, key: opener.key)
    }
    return nil
  }

  func read(_ scan: SegmentScan, _ range: Range<Int>) throws(JournalFault) -> [UInt8] {
    do throws(DiskFault) {
      return try disk.read(path(scan.file), from: range.lowerBound, count: range.count)
    } catch { throw .disk(error) }
  }

  // MARK: raw lines

  /// Whole lines from record `seq` on; the last one is a record. Before the first record of a segment comes its header, once.
  func rawLines(journalID: String, from seq: UInt64, bytesMax: Int) throws(JournalFault) -> RawLines? {
    guard let epoch = epochs.first(where: { $0.journalID == journalID }), seq >= 1 else { return nil }
    var gathered = RawGathering(bytesMax: bytesMax)
    for standing in epoch.segments {
      let scan = scans[standing.scan]
      guard let header = scan.header else { continue }
      let refs = scan.chained.prefix(standing.count)
      if let last = refs.last(where: { $0.kind == .record }), last.seq < seq - 1 { continue }
      if header.firstSeq > seq && gathered.isEmpty { break }  // a gap: nothing of this journal follows
      let bytes = try read(scan, 0..<(refs.last?.end ?? scan.headersEnd))
      if header.firstSeq >= seq { gathered.pass(Array(bytes[scan.headerRange]), chain: scan.headerChain) }
      for ref in refs where ref.seq >= seq || (ref.kind != .record && ref.seq == seq - 1) {
        guard ref.end <= bytes.count else { break }
        if ref.kind != .record {
          gathered.pass(mended(bytes, ref), chain: ref.chain)
        } else if !gathered.take(mended(bytes, ref), ref, from: seq) {
          return gathered.lines(journalID)
        }
      }
    }
    return gathered.lines(journalID)
  }

  /// The line's bytes with CRC and line feed as they were written: both follow from what the chain proves.
  private func mended(_ bytes: [UInt8], _ ref: LineRef) -> [UInt8] {
    var line = Array(bytes[ref.offset..<ref.end])
    let field = line.count - 9
    line.replaceSubrange(field..<field + 8, with: RawBytes.hexText(RawBytes.crc32c(line, 0..<field)))
    line[line.count - 1] = 0x0A
    return line
  }
}

/// Lines on their way out: what is not a record waits until a record follows.
private struct RawGathering {
  let bytesMax: Int
  private var bytes: [UInt8] = []
  private var waiting: [UInt8] = []
  private var first: UInt64?
  private var last: LineRef?

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  var isEmpty: Bool { first == nil }

  mutating func pass(_ line: [UInt8], chain: Chain) { waiting.append(contentsOf: line) }

  /// False where the record does not fit any more, or is not the next one.
  mutating func take(_ line: [UInt8], _ ref: LineRef, from seq: UInt64) -> Bool {
    guard ref.seq == (last?.seq ?? seq - 1) + 1 else { return false }
    guard first == nil || bytes.count + waiting.count + line.count <= bytesMax else { return false }
    bytes.append(contentsOf: waiting)
    bytes.append(contentsOf: line)
    waiting.removeAll(keepingCapacity: true)
    first = first ?? ref.seq
    last = ref
    return true
  }

  func lines(_ journalID: String) -> RawLines? {
    guard let first, let last else { return nil }
    return RawLines(journalID: journalID, firstSeq: first, lastSeq: last.seq, chain: last.chain.bytes, bytes: bytes)
  }
}
