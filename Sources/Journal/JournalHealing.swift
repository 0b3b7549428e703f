// JournalHealing — what opening does with what the survey found. It adds files and moves the watermark; it never changes a byte
// of a segment that is there.
//
//   clean                     append to the present segment
//   unacknowledged            sync what is there, move the watermark: kept
//   torn, damaged tail,       the next record begins a new segment that says where the old one ends; whole records in a
//   damage without loss       damaged tail are written again there
//   lost, missing, uncertain, a new epoch: see Journal.swift
//   other machine, other vault

extension Journal {
  func settle(_ survey: Survey) throws(JournalFault) {
    removeLeftovers()
    // The names that were found may never have been synced: whoever made them may have died, or failed, just before. Nothing
    // may be acknowledged in a file whose name a power cut can take away.
    do throws(DiskFault) { try disk.syncDirectory(directory) } catch { throw .disk(error) }
    guard survey.condition == .readable, let present = survey.present, let header = survey.scans[present].header else {
      try beginFresh(survey)
      return
    }
    acknowledged = Journal.acknowledgedPlace(survey, present: present, header: header)
    let foreign =
      header.signPublicKey != keys.signing.publicKey
      || !header.wraps.contains { $0.kind == .vault && $0.keyID == keys.vaultID }
      || (!header.machine.isEmpty && !settings.machine.isEmpty && header.machine != settings.machine)
    if foreign || survey.isUncertain || survey.acknowledgedMissing || survey.epochs.contains(where: \.isBroken) {
      try beginEpoch(survey)
      return
    }
    try rollForward(survey, present: present, header: header)
    if survey.head.isDamaged { try? writeHead() }
  }

  private func removeLeftovers() {
    let names = (try? disk.list(directory)) ?? []
    for name in names where name.hasSuffix(".jnl.new") { try? disk.remove(directory + "/" + name) }
  }

  /// A first segment. The watermark (nothing acknowledged) comes first, so that a segment without one is always an alarm.
  private func beginFresh(_ survey: Survey) throws(JournalFault) {
    lossRecord.known.formUnion(survey.newLosses)
    report.losses = losses
    report.lossesUnseen = lossesUnseen
    let order = SegmentWriter.Order(journalID: entropy.uuid(), number: nextNumber, firstSeq: 1)
    try begin(order, watermarkFirst: survey.scans.isEmpty && !survey.acknowledgedMissing)
    do throws(DiskFault) { if survey.acknowledgedMissing || !survey.scans.isEmpty { try writeHead() } } catch {
      throw .disk(error)
    }
  }

  func writeHead() throws(DiskFault) {
    guard let segmentID = acknowledged.segmentID else { return }
    try head.write(
      segmentID: segmentID, seq: acknowledged.seq, end: acknowledged.end, chain: acknowledged.chain)
  }

  /// The place that is known to have been acknowledged: the watermark, or what the present segment's header says about the one
  /// before, or the header itself.
  static func acknowledgedPlace(_ survey: Survey, present: Int, header: SegmentHeader) -> Acknowledged {
    let scan = survey.scans[present]
    if let mark = survey.head.mark, mark.segmentID == header.segmentID,
      (mark.end == scan.headersEnd && mark.chain == scan.headerChain)
        || scan.chained.contains(where: { $0.end == mark.end && $0.chain == mark.chain })
    {
      return Acknowledged(
        segmentID: header.segmentID, journalID: header.journalID, seq: mark.seq, end: mark.end, chain: mark.chain)
    }
    if let previous = header.previous {
      return Acknowledged(
        segmentID: previous.segmentID, journalID: header.journalID, seq: header.firstSeq - 1, end: previous.goodLength,
        chain: Chain(bytes: previous.chain) ?? .genesis)
    }
    return Acknowledged(
      segmentID: header.segmentID, journalID: header.journalID, seq: header.firstSeq - 1, end: scan.headersEnd,
      chain: scan.headerChain)
  }

  // MARK: the present segment

  private func rollForward(_ survey: Survey, present: Int, header: SegmentHeader) throws(JournalFault) {
    let scan = survey.scans[present]
    let isDirty = scan.firstBad != nil || scan.headerCopies < 2
    let opener: SegmentOpener
    do throws(SealFault) { opener = try SegmentOpener(header, with: keys) } catch { throw .sealed(error) }
    let behind = acknowledged.segmentID == header.segmentID ? acknowledged.end : scan.headersEnd
    let kept = scan.chained.filter { $0.offset >= behind }
    do throws(DiskFault) {
      let file = try disk.open(directory + "/" + scan.file, .append)
      active = ActiveSegment(
        file: file, scan: present, header: header, key: opener.key, end: scan.end, chain: scan.endChain,
        nextSeq: scan.lastSeq + 1, reservedTo: scan.end)
      if !kept.isEmpty {
        try disk.syncData(file)
        try head.write(segmentID: header.segmentID, seq: scan.lastSeq, end: scan.end, chain: scan.endChain)
        if let active { acknowledge([], in: active) }
      }
    } catch {
      poison()
      let again = try contents(of: kept, in: scan, opener: opener)
      if !again.isEmpty { try beginCarrying(again, end: .poisoned) }
      return
    }
    if isDirty {
      poison()
      pendingEnd = survey.verdicts[present] == .torn ? .torn : .damaged
      let numbers = Set(scan.chained.map(\.seq))
      let strays = scan.strays.filter { $0.seq > scan.lastSeq && !numbers.contains($0.seq) }
      let again = try contents(of: strays, in: scan, opener: opener)
      if !again.isEmpty { try beginCarrying(again, end: .damaged) }
    } else if scan.chained.last?.kind == .end {
      poison()
      pendingEnd = .clean
    }
  }

  /// What the seals of these lines still prove, in order of their numbers.
  private func contents(
    of refs: [LineRef], in scan: SegmentScan, opener: SegmentOpener
  ) throws(JournalFault) -> [[UInt8]] {
    guard !refs.isEmpty else { return [] }
    let bytes = try index.read(scan, 0..<scan.length)
    var seen: Set<UInt64> = []
    var contents: [[UInt8]] = []
    for ref in refs.sorted(by: { $0.seq < $1.seq }) where ref.kind == .record {
      if let content = JournalIndex.open(ref, in: bytes, base: 0, key: opener.key), seen.insert(ref.seq).inserted {
        contents.append(content)
      }
    }
    return contents
  }

  /// A segment of the same epoch that holds these contents from the start.
  private func beginCarrying(_ contents: [[UInt8]], end: SegmentHeader.End) throws(JournalFault) {
    let order = SegmentWriter.Order(
      journalID: acknowledged.journalID, number: nextNumber, firstSeq: acknowledged.seq + 1,
      previous: acknowledged.segmentID.map {
        .init(segmentID: $0, chain: acknowledged.chain.bytes, goodLength: acknowledged.end, end: end)
      }, carried: contents)
    try begin(order)
    if let active { acknowledge([], in: active) }
    do throws(DiskFault) { try writeHead() } catch { throw .disk(error) }
  }

  // MARK: a new epoch

  /// `limitMax`: no journal before counts further than this.
  func beginEpoch(_ survey: Survey, limitMax: UInt64 = .max) throws(JournalFault) {
    var continues: [SegmentHeader.Continuation] = []
    var carried: [[UInt8]] = []
    var saved = JournalLosses()
    for (place, epoch) in survey.epochs.enumerated() {
      let isPresent = place == survey.epochs.count - 1
      var limit = isPresent ? acknowledged.seq : epoch.acknowledged
      if let broken = epoch.brokenFrom { limit = min(limit, broken - 1) }
      limit = min(limit, limitMax)
      let refs = survey.standingRecords(of: epoch)
      let behind = try carry(survey, epoch: epoch, after: limit, isPresent: isPresent)
      if let behind {
        carried.append(contentsOf: behind.contents)
        saved.insert(JournalLoss(journalID: epoch.journalID, numbers: RecordNumbers(behind.strays)))
      } else {
        // Another vault wrote it: its records stay where they are, whoever can open them.
        limit = refs.last?.seq ?? 0
      }
      let chain = refs.last { $0.seq == limit }?.chain ?? .genesis
      continues.append(.init(journalID: epoch.journalID, seq: limit, chain: chain.bytes))
    }
    let found = survey.newLosses
    let lost = found.subtracting(saved)
    lossRecord.known.formUnion(lost)
    let order = SegmentWriter.Order(
      journalID: entropy.uuid(), number: nextNumber, firstSeq: 1, previous: nil, continues: continues, carried: carried)
    try begin(order)
    do throws(DiskFault) { try writeHead() } catch { throw .disk(error) }
    report.lost = lost.all.flatMap { $0.numbers.all }
    report.salvaged = found.all.reduce(0) { $0 + $1.numbers.count } - report.lost.count
    report.losses = losses
    report.lossesUnseen = lossesUnseen
    guard let again = try JournalIndex.survey(directory: directory, disk: disk, fresh: false),
      let present = again.present
    else { throw .unavailable }
    index.scans = again.scans
    index.epochs = again.epochs
    active?.scan = present
  }

  private struct Carried {
    var contents: [[UInt8]] = []
    /// Numbers that only a seal could prove.
    var strays: Set<UInt64> = []
  }

  /// What an epoch holds behind `limit`; nil where its present segment belongs to another vault.
  private func carry(
    _ survey: Survey, epoch: Survey.Epoch, after limit: UInt64, isPresent: Bool
  ) throws(JournalFault) -> Carried? {
    var found: [UInt64: [UInt8]] = [:]
    var carried = Carried()
    for (place, standing) in epoch.segments.enumerated() {
      let scan = survey.scans[standing.scan]
      guard let header = scan.header else { continue }
      let following = place + 1 < epoch.segments.count ? survey.scans[epoch.segments[place + 1].scan].header : nil
      let cut = following?.previous?.goodLength ?? .max
      let last = isPresent ? UInt64.max : epoch.acknowledged
      let chained = scan.chained.prefix(standing.count).filter { $0.kind == .record && $0.seq > limit }
      let strays = scan.strays.filter { $0.offset < cut && $0.seq > limit && $0.seq <= last }
      guard !chained.isEmpty || !strays.isEmpty else { continue }
      guard let opener = try? SegmentOpener(header, with: keys) else { return nil }
      let bytes = try index.read(scan, 0..<scan.length)
      for ref in chained {
        found[ref.seq] = JournalIndex.open(ref, in: bytes, base: 0, key: opener.key)
      }
      for ref in strays where found[ref.seq] == nil {
        guard let content = JournalIndex.open(ref, in: bytes, base: 0, key: opener.key) else { continue }
        found[ref.seq] = content
        carried.strays.insert(ref.seq)
      }
    }
    carried.contents = found.sorted { $0.key < $1.key }.map(\.value)
    return carried
  }
}
