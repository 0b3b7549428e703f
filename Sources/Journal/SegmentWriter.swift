// SegmentWriter — makes a new segment file and appends lines to one that is open.

/// The segment that records are being appended to.
struct ActiveSegment {
  let file: DiskFile
  /// Its index in the journal's scans.
  var scan: Int
  let header: SegmentHeader
  let key: SegmentKey
  /// Bytes in the file.
  var end: Int
  var chain: Chain
  var nextSeq: UInt64
  /// Space is reserved up to here.
  var reservedTo: Int
}

enum SegmentWriter {
  /// What a new segment is to say.
  struct Order {
    var journalID: String
    var number: Int
    var firstSeq: UInt64
    var previous: SegmentHeader.Previous?
    var continues: [SegmentHeader.Continuation] = []
    var losses = LossRecord()
    /// Contents that are written into the file before it gets its name.
    var carried: [[UInt8]] = []
  }

  /// A segment in memory: header twice and the carried records.
  struct Draft {
    let header: SegmentHeader
    let key: SegmentKey
    let scan: SegmentScan
    let bytes: [UInt8]
  }

  static func draft(
    _ order: Order, keys: UnlockedKeys, settings: JournalSettings, entropy: Entropy
  ) throws(JournalFault) -> Draft {
    var header = SegmentHeader(
      journalID: order.journalID, segmentID: entropy.uuid(), segmentNumber: order.number, firstSeq: order.firstSeq,
      previous: order.previous, continues: order.continues, losses: order.losses, deviceID: settings.deviceID,
      machine: settings.machine, month: settings.month(), suite: 1, compat: [], incompat: [], wraps: [],
      signPublicKey: keys.signing.publicKey)
    let raw = SegmentWrap.newKey(entropy)
    guard let ids = SegmentWrap.ids(header), settings.readers.count <= JournalLimits.readersMax else {
      throw .unavailable
    }
    let key = SegmentKey(key: raw, journalID: ids.journal, segmentID: ids.segment)
    let line: (bytes: [UInt8], chain: Chain)?
    do {
      header.wraps = try SegmentWrap.wraps(raw, ids: ids, keys: keys, readers: settings.readers, entropy: entropy)
      let json = try header.json(signedBy: keys.signing)
      let before = order.previous.flatMap { Chain(bytes: $0.chain) } ?? .genesis
      line = JournalLine.write(.header, seq: order.firstSeq, payload: json, after: before)
    } catch { throw .unavailable }
    guard let line else { throw .unavailable }
    var bytes = line.bytes + line.bytes
    let lines = try records(
      order.carried, firstSeq: order.firstSeq, key: key, after: line.chain, at: bytes.count, entropy: entropy)
    bytes.append(contentsOf: lines.bytes)
    let scan = SegmentScan(
      file: SegmentScan.name(number: order.number, segmentID: header.segmentID), header: header,
      headerLine: line.bytes.count, headersEnd: line.bytes.count * 2, chain: line.chain, chained: lines.refs)
    return Draft(header: header, key: key, scan: scan, bytes: bytes)
  }

  /// Record lines for contents, ready to be written at offset `at`.
  static func records(
    _ contents: [[UInt8]], firstSeq: UInt64, key: SegmentKey, after chain: Chain, at offset: Int, entropy: Entropy
  ) throws(JournalFault) -> (bytes: [UInt8], refs: [LineRef], chain: Chain) {
    var bytes: [UInt8] = []
    var refs: [LineRef] = []
    var chain = chain
    for (place, content) in contents.enumerated() {
      let seq = firstSeq + UInt64(place)
      let sealed: [UInt8]
      do throws(SealFault) { sealed = try key.seal(content, seq: seq, entropy: entropy) } catch {
        if case .tooLarge(let size) = error { throw .tooLarge(bytes: size, bytesMax: JournalLimits.contentBytesMax) }
        throw .unavailable
      }
      guard let line = JournalLine.write(.record, seq: seq, payload: sealed, after: chain) else { throw .unavailable }
      chain = line.chain
      refs.append(
        LineRef(offset: offset + bytes.count, length: line.bytes.count, kind: .record, seq: seq, chain: chain))
      bytes.append(contentsOf: line.bytes)
    }
    return (bytes, refs, chain)
  }

  /// Writes the draft under a temporary name, syncs it, gives it its name and syncs the directory. Until the rename nothing
  /// of it exists for a reader.
  static func install(_ draft: Draft, directory: String, disk: any Disk) throws(DiskFault) -> DiskFile {
    let path = directory + "/" + draft.scan.file
    let temporary = path + ".new"
    let file = try disk.open(temporary, .create)
    do throws(DiskFault) {
      guard try disk.write(file, draft.bytes) == draft.bytes.count else { throw DiskFault(.write, errno: 0) }
      try disk.syncAll(file)
      try disk.rename(temporary, to: path)
    } catch {
      disk.close(file)
      try? disk.remove(temporary)
      throw error
    }
    do throws(DiskFault) { try disk.syncDirectory(directory) } catch {
      disk.close(file)
      throw error
    }
    return file
  }
}
