// JournalIndex — which lines of which files count, and how to read them again: opened as records, or raw for the county.
// Writer and reader both hold one. Files are read by places that the scan proved; the seal is checked again at opening.

/// What opening all records gave.
public struct JournalContents: Equatable, Sendable {
  public var records: [JournalRecord] = []
  /// Records whose seal did not open though their lines are whole.
  public var unreadable: [JournalPlace] = []
  /// Segments that belong to another vault: after a new enrolment the old ones open with the county's keys only.
  public var closedSegments = 0
  /// Of one segment alone: the ids of the keys that it is sealed to beside the vault's.
  public var readerKeyIDs: Set<String> = []
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
      var unknown: [String] = []
      for name in names.sorted() where SegmentScan.parse(name: name) != nil {
        if let scan = known[name], try disk.length(directory + "/" + name) == scan.length {
          scans.append(scan)
        } else {
          unknown.append(name)
        }
      }
      scans += try scan(unknown, in: directory, disk: disk, fresh: fresh)
      return Survey(scans: scans.sorted { $0.file < $1.file }, head: head)
    } catch { throw .disk(error) }
  }

  private static func scan(
    _ names: [String], in directory: String, disk: any Disk, fresh: Bool
  ) throws(DiskFault) -> [SegmentScan] {
    var scans: [SegmentScan] = []
    var fault: DiskFault?
    Ahead.each(names.count) { index -> Result<SegmentScan?, DiskFault> in
      do throws(DiskFault) {
        let path = directory + "/" + names[index]
        let bytes = try disk.read(path, bytesMax: JournalLimits.segmentBytesMax, fresh: fresh)
        return .success(bytes.flatMap { SegmentScan(file: names[index], bytes: $0) })
      } catch { return .failure(error) }
    } take: { result in
      switch result {
      case .success(let scan): if let scan { scans.append(scan) }
      case .failure(let found): fault = found
      }
      return fault == nil
    }
    if let fault { throw fault }
    return scans
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
    try eachPart(keys: keys, after: place.map(Start.place) ?? .beginning) { $0 } take: { part in
      all.records += part.records
      all.unreadable += part.unreadable
      all.closedSegments += part.closedSegments
    }
    return all
  }

  /// Records that one part holds; a segment is one part or several.
  private struct Part: Sendable {
    var scan: SegmentScan
    var refs: Range<Int>
    var journalID: String
    var isFirst: Bool
  }

  /// The same part by part, so that nobody has to hold a whole journal. `make` is called on several threads, for parts far
  /// ahead too; `take` here, in order.
  func eachPart<Made: Sendable>(
    keys: UnlockedKeys, after start: Start = .beginning, make: @escaping @Sendable (JournalContents) -> Made,
    take: (Made) -> Void
  ) throws(JournalFault) {
    let parts = try parts(after: start)
    var fault: JournalFault?
    Ahead.each(parts.count) { index in
      do throws(JournalFault) { return Result<Made, JournalFault>.success(make(try open(parts[index], keys))) } catch {
        return .failure(error)
      }
    } take: { result in
      switch result {
      case .success(let made): take(made)
      case .failure(let found): fault = found
      }
      return fault == nil
    }
    if let fault { throw fault }
  }

  /// Where reading begins.
  enum Start {
    case beginning
    /// Behind this record; of earlier journals nothing.
    case place(JournalPlace)
    /// Behind the record of each journal id; those not named from their beginning.
    case seen([String: UInt64])
  }

  private func parts(after start: Start) throws(JournalFault) -> [Part] {
    var parts: [Part] = []
    var skipped = 0
    if case .place(let place) = start { skipped = epochs.firstIndex { $0.journalID == place.journalID } ?? 0 }
    for epoch in epochs.dropFirst(skipped) {
      let from: UInt64
      switch start {
      case .beginning: from = 1
      case .place(let place): from = place.journalID == epoch.journalID ? place.seq + 1 : 1
      case .seen(let seen): from = (seen[epoch.journalID] ?? 0) + 1
      }
      for standing in epoch.segments where scans[standing.scan].header != nil && scans[standing.scan].lastSeq >= from {
        guard let scan = try whole(scans[standing.scan]) else { continue }
        let refs = scan.chained.prefix(standing.count + scans[standing.scan].omitted)
        let start = refs.firstIndex { $0.kind == .record && $0.seq >= from } ?? refs.endIndex
        var next = start
        while next < refs.endIndex {
          let end = refs[next].offset + JournalLimits.partBytes
          let stop = max(next + 1, refs[next...].firstIndex { $0.end > end } ?? refs.endIndex)
          parts.append(
            Part(scan: scan, refs: next..<stop, journalID: epoch.journalID, isFirst: next == start))
          next = stop
        }
      }
    }
    return parts
  }

  private func open(_ part: Part, _ keys: UnlockedKeys) throws(JournalFault) -> JournalContents {
    var contents = JournalContents()
    let refs = part.scan.chained[part.refs].filter { $0.kind == .record }
    guard let header = part.scan.header, let first = refs.first, let last = refs.last else { return contents }
    contents.readerKeyIDs = Set(header.wraps.filter { $0.kind != .vault }.map(\.keyID))
    guard let opener = try? SegmentOpener(header, with: keys) else {
      contents.closedSegments = part.isFirst ? 1 : 0
      return contents
    }
    let bytes = try read(part.scan, first.offset..<last.end)
    contents.records.reserveCapacity(refs.count)
    for ref in refs {
      if let content = JournalIndex.open(ref, in: bytes, base: first.offset, key: opener.key) {
        contents.records.append(JournalRecord(journalID: part.journalID, seq: ref.seq, content: content))
      } else {
        contents.unreadable.append(JournalPlace(journalID: part.journalID, seq: ref.seq))
      }
    }
    return contents
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
      let known = scans[standing.scan]
      guard let header = known.header, header.firstSeq <= place.seq, known.lastSeq >= place.seq, let scan = try whole(known),
        let ref = scan.chained.prefix(standing.count + known.omitted).first(where: { $0.kind == .record && $0.seq == place.seq })
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
      let known = scans[standing.scan]
      guard let header = known.header else { continue }
      if let last = known.chained.prefix(standing.count).last(where: { $0.kind == .record }), last.seq < seq - 1 { continue }
      guard let scan = try whole(known) else { break }
      let refs = scan.chained.prefix(standing.count + known.omitted)
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
