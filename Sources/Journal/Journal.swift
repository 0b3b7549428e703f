// Journal — a durable, sealed, append-only list of records in a directory of its own (0700, files 0600).
//
// THE BYTES (docs/journal.md says them at length)
//
//   LOCK                          flock, never removed
//   HEAD                          the watermark: two slots, see Head.swift
//   seg-0000000001-0a1b2c3d.jnl   segments: number, beginning of the segment's id
//
//   J1H|seq|len|payload|chain|crc\n   header, plain JSON, signed, written twice with the same bytes
//   J1R|…                             record: nonce ‖ ciphertext ‖ tag over a length, the content and padding
//   J1C|…                             signed checkpoint
//   J1E|…                             end of the segment
//
// Records are numbered from 1 without a gap over all segments of one journal id. The chain runs over every line, from the
// last good line of one segment into the header of the next; both copies of a header are the same line and count once.
//
// SAVING
//
//   1 reserve space   2 one write(2) of whole lines   3 fdatasync(segment)   4 pwrite and fdatasync(HEAD)   5 say "saved"
//
// An error in 2…4 poisons the segment: it is never written again, its sync is never retried. A new segment is begun whose
// signed header says up to which byte the old one counts, and the records are written there under the same numbers. If that
// fails too, `append` throws: not saved. A new segment is complete (header, fsync, rename, fsync of the directory) before
// the first record goes in.
//
// WHY NOTHING IS LOST
//
// · What was said to be saved was on the medium together with a watermark behind it, so after any crash the watermark's lines
//   are there, or the disk lied; then file and watermark disagree and it is said, not passed over.
// · What was not said to be saved is behind the watermark. Whole lines there are kept; anything else is torn: a fact, not an
//   accident, and the bytes stay where they are. No byte is ever cut or written over.
// · One damaged byte costs one line at most: every line has its own CRC, can be found again by its mark, and opens alone. The
//   header is there twice. A line whose CRC or line feed alone is hurt is proven whole by the chain.
// · Lost lines leave a gap that the county would refuse. So the journal goes on under a new id whose first header says how far
//   the old one counts, and everything behind that point which a seal can still prove is written into the new file before it
//   gets its name. Nothing can be there twice: either the header stands and the old lines do not count, or it does not stand.
// · A journal of a later version, or one that needs unknown features, is not touched.

/// A journal on disk, open for writing. One process at a time.
public final class Journal {
  /// What opening found and healed.
  public internal(set) var report: JournalReport

  let directory: String
  let keys: UnlockedKeys
  let settings: JournalSettings
  let disk: any Disk
  let entropy: Entropy
  private(set) var lock: DiskFile?
  var index: JournalIndex
  var head: HeadWriter
  var active: ActiveSegment?
  /// How the segment before ended, where the next append must begin a new one.
  var pendingEnd = SegmentHeader.End.clean
  /// The last acknowledged place: where a new segment continues.
  var acknowledged: Acknowledged
  var nextNumber: Int
  /// What this directory has lost: every new header says it.
  var lossRecord: LossRecord

  struct Acknowledged {
    /// Nil: nothing of the present journal id is on the disk yet.
    var segmentID: String?
    var journalID: String
    var seq: UInt64
    var end: Int
    var chain: Chain
  }

  /// Opens the journal in a directory of its own, or makes it. Heals what must be healed; never cuts or rewrites a byte.
  public static func open(
    directory: String, keys: UnlockedKeys, settings: JournalSettings, disk: any Disk = PosixDisk(),
    entropy: Entropy = .system
  ) throws(JournalFault) -> Journal {
    let lock: DiskFile?
    do throws(DiskFault) {
      try disk.makeDirectory(directory)
      // Whoever made the directory may have died before its name was on the disk.
      try disk.syncDirectory(Files.directory(of: directory))
      lock = try disk.lock(directory + "/LOCK")
    } catch { throw .disk(error) }
    guard let lock else { throw .locked }
    do throws(JournalFault) {
      let survey = try JournalIndex.survey(directory: directory, disk: disk, fresh: true)
      guard let survey else { throw .disk(DiskFault(.list, errno: 0)) }
      switch survey.condition {
      case .newer(let major): throw .newerFormat(major: major)
      case .unknownFeatures(let names): throw .unknownFeatures(names)
      case .empty, .readable: break
      }
      if let compat = survey.present.flatMap({ survey.scans[$0].header?.compat }), !compat.isEmpty {
        throw .readOnly(compat)
      }
      let journal = Journal(
        directory: directory, keys: keys, settings: settings, disk: disk, entropy: entropy, lock: lock, survey: survey)
      try journal.settle(survey)
      return journal
    } catch {
      disk.close(lock)
      throw error
    }
  }

  private init(
    directory: String, keys: UnlockedKeys, settings: JournalSettings, disk: any Disk, entropy: Entropy, lock: DiskFile,
    survey: Survey
  ) {
    self.directory = directory
    self.keys = keys
    self.settings = settings
    self.disk = disk
    self.entropy = entropy
    self.lock = lock
    report = survey.report
    index = JournalIndex(directory: directory, disk: disk, scans: survey.scans, epochs: survey.epochs)
    head = HeadWriter(path: directory + "/HEAD", disk: disk, generation: survey.head.mark?.generation ?? 0)
    acknowledged = Acknowledged(segmentID: nil, journalID: "", seq: 0, end: 0, chain: .genesis)
    lossRecord = survey.losses
    nextNumber = (survey.scans.map(\.nameNumber).max() ?? 0) + 1
  }

  deinit { letGo() }

  private func letGo() {
    if let active { disk.close(active.file) }
    active = nil
    head.close()
    if let lock { disk.close(lock) }
    lock = nil
  }

  /// Lets the lock go. Further calls throw `closed`.
  public func close() { letGo() }

  /// The id that new records get.
  public var journalID: String { acknowledged.journalID }
  /// The last acknowledged record of ``journalID``; 0: none yet.
  public var lastSeq: UInt64 { acknowledged.seq }
  /// Every journal id of the directory in order, the present one last.
  public var extents: [JournalExtent] { index.extents }

  /// What this directory has ever lost.
  public var losses: [JournalLoss] { lossRecord.known.all }
  /// What of it no person has confirmed to know.
  public var lossesUnseen: [JournalLoss] { lossRecord.unseen.all }

  /// Notes that a person knows of every loss: a segment is begun whose header says so. `verify` then says 0 again and goes on
  /// listing them. Nothing happens where there is nothing to confirm.
  public func confirmLosses() throws(JournalFault) {
    guard lock != nil else { throw .closed }
    guard !lossRecord.unseen.isEmpty else { return }
    let before = lossRecord
    if active != nil { rotate() }
    lossRecord.seen.formUnion(lossRecord.known)
    do throws(SaveStop) {
      try beginSegment(pendingEnd)
    } catch {
      lossRecord = before
      switch error {
      case .refused(let fault): throw fault
      case .failed(let fault): throw .disk(fault)
      }
    }
    report.lossesUnseen = []
  }

  // MARK: saving

  /// Saves records, all or none, and gives their numbers. When it returns they are on the disk: written, synced, and the
  /// watermark synced. When it throws none of them counts.
  public func append(_ contents: [[UInt8]]) throws(JournalFault) -> [UInt64] {
    guard lock != nil else { throw .closed }
    guard !contents.isEmpty else { return [] }
    for content in contents where content.count > JournalLimits.contentBytesMax {
      throw .tooLarge(bytes: content.count, bytesMax: JournalLimits.contentBytesMax)
    }
    let first = acknowledged.seq + 1
    if let segment = active, isDue(segment) { rotate() }
    do throws(SaveStop) {
      try save(contents)
    } catch {
      switch error {
      case .refused(let fault): throw fault
      case .failed: break
      }
      do throws(SaveStop) { try save(contents) } catch {
        switch error {
        case .refused(let fault): throw fault
        case .failed(let fault): throw .notSaved(fault)
        }
      }
    }
    return (0..<contents.count).map { first + UInt64($0) }
  }

  /// Why one try to save stopped: with nothing written, or with the segment poisoned.
  enum SaveStop: Error {
    case refused(JournalFault)
    case failed(DiskFault)
  }

  private func save(_ contents: [[UInt8]]) throws(SaveStop) {
    if active == nil { try beginSegment(pendingEnd) }
    guard var segment = active else { throw .refused(.closed) }
    let lines: (bytes: [UInt8], refs: [LineRef], chain: Chain)
    do throws(JournalFault) {
      lines = try SegmentWriter.records(
        contents, firstSeq: segment.nextSeq, key: segment.key, after: segment.chain, at: segment.end, entropy: entropy)
    } catch { throw .refused(error) }
    try makeRoom(&segment, for: lines.bytes.count)
    active = segment
    do throws(DiskFault) {
      guard try disk.write(segment.file, lines.bytes) == lines.bytes.count else { throw DiskFault(.write, errno: 0) }
      try disk.syncData(segment.file)
      segment.end += lines.bytes.count
      segment.chain = lines.chain
      segment.nextSeq += UInt64(contents.count)
      try head.write(
        segmentID: segment.header.segmentID, seq: segment.nextSeq - 1, end: segment.end, chain: segment.chain)
    } catch {
      poison()
      throw .failed(error)
    }
    active = segment
    acknowledge(lines.refs, in: segment)
  }

  /// Notes lines that are on the disk and acknowledged.
  func acknowledge(_ refs: [LineRef], in segment: ActiveSegment) {
    index.scans[segment.scan].chained.append(contentsOf: refs)
    index.scans[segment.scan].length = segment.end
    if let last = index.epochs.indices.last, let standing = index.epochs[last].segments.indices.last {
      index.epochs[last].segments[standing].count = index.scans[segment.scan].chained.count
    }
    acknowledged = Acknowledged(
      segmentID: segment.header.segmentID, journalID: segment.header.journalID, seq: segment.nextSeq - 1,
      end: segment.end, chain: segment.chain)
  }

  /// The segment will not be written again; its file stays as it is.
  func poison() {
    if let active { disk.close(active.file) }
    active = nil
    pendingEnd = .poisoned
  }

  // MARK: space

  /// Makes sure that a record of this many bytes can be saved, and that an emergency reserve stays behind it. Asked for when a
  /// form is opened, so that a full disk is said before anyone types.
  public func reserve(contentBytes: Int) throws(JournalFault) {
    guard lock != nil else { throw .closed }
    guard contentBytes <= JournalLimits.contentBytesMax,
      let bucket = Padding.buckets.first(where: { $0 >= contentBytes + 4 })
    else { throw .tooLarge(bytes: contentBytes, bytesMax: JournalLimits.contentBytesMax) }
    let line = RawBytes.base64Length(bucket + 28) + JournalLine.overhead
    do throws(SaveStop) {
      if active == nil { try beginSegment(pendingEnd) }
      guard var segment = active else { throw .refused(.closed) }
      try makeRoom(&segment, for: line + JournalLimits.emergencyBytes)
      active = segment
    } catch {
      switch error {
      case .refused(let fault): throw fault
      case .failed(let fault): throw .disk(fault)
      }
    }
  }

  private func makeRoom(_ segment: inout ActiveSegment, for bytes: Int) throws(SaveStop) {
    guard segment.end + bytes > segment.reservedTo else { return }
    for extra in [JournalLimits.reservationBytes, 0] {
      do throws(DiskFault) {
        if try disk.allocate(segment.file, from: segment.end, count: bytes + extra) {
          segment.reservedTo = segment.end + bytes + extra
          return
        }
        let free = try disk.freeBytes(directory)
        guard free > bytes else { throw DiskFault(.allocate, errno: DiskFault.noSpace) }
        return
      } catch {
        guard error.isNoSpace else { throw .refused(.disk(error)) }
      }
    }
    throw .refused(.diskFull(free: (try? disk.freeBytes(directory)) ?? 0))
  }

  // MARK: segments

  private func isDue(_ segment: ActiveSegment) -> Bool {
    let wanted = Set(settings.readers.map(\.keyID))
    let has = Set(segment.header.wraps.filter { $0.kind != .vault }.map(\.keyID))
    return segment.end >= settings.segmentBytes || segment.header.month != settings.month() || wanted != has
      || segment.header.deviceID != settings.deviceID
  }

  /// Closes the active segment with a checkpoint and an end line. Where that fails it is poisoned like any other.
  private func rotate() {
    guard var segment = active else { return }
    let seq = segment.nextSeq - 1
    guard
      let checkpoint = try? Checkpoint(
        journalID: segment.header.journalID, seq: seq, chain: segment.chain.bytes, signedBy: keys.signing),
      let line = JournalLine.write(.checkpoint, seq: seq, payload: Array(checkpoint.text.utf8), after: segment.chain),
      let end = JournalLine.write(.end, seq: seq, payload: [], after: line.chain)
    else { return }
    let refs = [
      LineRef(offset: segment.end, length: line.bytes.count, kind: .checkpoint, seq: seq, chain: line.chain),
      LineRef(
        offset: segment.end + line.bytes.count, length: end.bytes.count, kind: .end, seq: seq, chain: end.chain),
    ]
    let bytes = line.bytes + end.bytes
    do throws(DiskFault) {
      guard try disk.write(segment.file, bytes) == bytes.count else { throw DiskFault(.write, errno: 0) }
      try disk.syncData(segment.file)
    } catch {
      poison()
      return
    }
    segment.end += bytes.count
    segment.chain = end.chain
    acknowledge(refs, in: segment)
    disk.close(segment.file)
    active = nil
    pendingEnd = .clean
  }

  /// Begins a segment that continues the acknowledged place.
  private func beginSegment(_ end: SegmentHeader.End) throws(SaveStop) {
    let order = SegmentWriter.Order(
      journalID: acknowledged.journalID, number: nextNumber, firstSeq: acknowledged.seq + 1,
      previous: acknowledged.segmentID.map {
        .init(segmentID: $0, chain: acknowledged.chain.bytes, goodLength: acknowledged.end, end: end)
      })
    do throws(JournalFault) { try begin(order) } catch {
      if case .disk(let fault) = error {
        throw fault.isNoSpace ? .refused(.diskFull(free: (try? disk.freeBytes(directory)) ?? 0)) : .failed(fault)
      }
      throw .refused(error)
    }
  }

  /// Makes the segment's file and opens it for records. The watermark is not moved, unless it has to come first.
  func begin(_ order: SegmentWriter.Order, watermarkFirst: Bool = false) throws(JournalFault) {
    nextNumber += 1
    var order = order
    order.losses = lossRecord
    let draft = try SegmentWriter.draft(order, keys: keys, settings: settings, entropy: entropy)
    let file: DiskFile
    do throws(DiskFault) {
      if watermarkFirst {
        try head.write(
          segmentID: draft.header.segmentID, seq: 0, end: draft.scan.headersEnd, chain: draft.scan.headerChain)
      }
      file = try SegmentWriter.install(draft, directory: directory, disk: disk)
    } catch { throw .disk(error) }
    index.scans.append(draft.scan)
    let scan = index.scans.count - 1
    if order.previous == nil {
      index.epochs.append(
        Survey.Epoch(journalID: order.journalID, segments: [], acknowledged: 0))
    }
    if let last = index.epochs.indices.last {
      // Segments behind the one that is continued were begun and never got an acknowledged record.
      while let abandoned = index.epochs[last].segments.last, let previous = order.previous,
        index.scans[abandoned.scan].header?.segmentID != previous.segmentID
      { index.epochs[last].segments.removeLast() }
      index.epochs[last].segments.append(Survey.Standing(scan: scan, count: draft.scan.chained.count))
    }
    active = ActiveSegment(
      file: file, scan: scan, header: draft.header, key: draft.key, end: draft.bytes.count,
      chain: draft.scan.endChain, nextSeq: draft.scan.lastSeq + 1, reservedTo: draft.bytes.count)
    if order.previous == nil {
      // The first segment of a journal id is its own start; what it carries is on the disk with it.
      acknowledged = Acknowledged(
        segmentID: draft.header.segmentID, journalID: order.journalID, seq: draft.scan.lastSeq,
        end: draft.bytes.count, chain: draft.scan.endChain)
    }
  }
}
