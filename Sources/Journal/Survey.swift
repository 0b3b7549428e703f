// Survey — the classification: from the bytes of all segments and of HEAD to what counts, what is lost and what must be done.
// Pure. `open`, `verify` and the reader all use this one.
//
// 1. The present segment is the one with the highest number whose header is readable. From it `prev` leads back to the start
//    of its journal id (an *epoch*); the start's `continues` says up to which record every earlier epoch counts.
//    Segments on no such path are abandoned tries: nothing in them was ever acknowledged.
// 2. In a segment that another one continues, the lines up to `prev.good_len` count; what follows was cut off by a signed
//    statement, whatever it looks like.
// 3. In the present segment the watermark W (HEAD) tells: lines up to W were acknowledged, whole lines behind it are kept.
// 4. A number that should be there and has no chained line is lost as a line. An epoch with a lost line cannot go on: the
//    county takes lines without a gap only. A new epoch begins, and what a seal can still prove is written into it again.

struct Survey: Sendable {
  /// The segments of an epoch that count, and how much of each.
  struct Standing: Equatable, Sendable {
    /// Index in `scans`.
    var scan: Int
    /// How many of its chained lines count.
    var count: Int
  }

  struct Epoch: Equatable, Sendable {
    var journalID: String
    var segments: [Standing]
    /// Numbers of lost lines, ascending.
    var lost: [UInt64] = []
    /// The last number that is known to have been acknowledged.
    var acknowledged: UInt64
    /// The number from which on the lines cannot be sent: the first lost one, or the first behind a chain that does not fit.
    var brokenFrom: UInt64?
    var isBroken: Bool { brokenFrom != nil }

    mutating func breaks(at seq: UInt64) { brokenFrom = min(brokenFrom ?? seq, seq) }
  }

  enum Condition: Equatable, Sendable {
    case empty
    case newer(major: Int)
    case unknownFeatures([String])
    case readable
  }

  var scans: [SegmentScan]
  var head: HeadState
  var condition: Condition = .readable
  /// Oldest first; the present one last.
  var epochs: [Epoch] = []
  /// Index in `scans` of the present segment.
  var present: Int?
  /// HEAD cannot be read, or says a place that is no end of a line.
  var isUncertain = false
  /// HEAD says records that are nowhere.
  var acknowledgedMissing = false
  /// Whole records behind the watermark.
  var kept: [UInt64] = []
  /// Acknowledged records of which not even a header is left.
  var lostWithHeaders: [UInt64] = []
  private(set) var verdicts: [SegmentVerdict]

  init(scans unsorted: [SegmentScan], head: HeadState) {
    scans = unsorted.sorted { $0.nameNumber < $1.nameNumber }
    self.head = head
    verdicts = scans.map { _ in .setAside }
    for scan in scans {
      if let major = scan.newerMajor {
        condition = .newer(major: major)
      } else if case .unknownFeatures(let names) = scan.headerFault, scan.header == nil {
        condition = .unknownFeatures(names)
      } else if case .newerFormat(let major) = scan.headerFault, scan.header == nil {
        condition = .newer(major: major)
      }
    }
    guard condition == .readable else {
      for index in scans.indices where scans[index].header == nil { verdicts[index] = .newer }
      return
    }
    present = scans.lastIndex { $0.header != nil }
    guard let present else {
      noHeaderAtAll()
      return
    }
    findEpochs(from: present)
    for index in epochs.indices { judge(epoch: index) }
    judgeWatermark(present)
  }

  private mutating func noHeaderAtAll() {
    let nothingAcknowledged = head.isAbsent || (head.mark?.seq == 0)
    if scans.isEmpty && nothingAcknowledged {
      condition = .empty
      return
    }
    condition = .empty
    acknowledgedMissing = !nothingAcknowledged
    isUncertain = head.mark == nil
    for index in scans.indices { verdicts[index] = .damaged }
    if let last = head.mark?.seq, last > 0 { lostWithHeaders = Array(1...min(last, 1_000_000)) }
  }

  // MARK: paths

  private mutating func findEpochs(from present: Int) {
    let (path, start) = path(from: present)
    let limits = start.map { scans[$0].header?.continues ?? [] } ?? []
    var found: [Epoch] = []
    if let start {
      for limit in limits where limit.seq > 0 {
        let newest = scans.indices.last {
          $0 < start && scans[$0].header?.journalID == limit.journalID
        }
        let (segments, _) = newest.map { self.path(from: $0) } ?? ([], nil)
        found.append(standing(segments, journalID: limit.journalID, limit: limit.seq))
      }
    } else {
      found = epochsWithoutStart(present: scans[present].header?.journalID ?? "")
    }
    found.append(standing(path, journalID: scans[present].header?.journalID ?? "", limit: nil))
    epochs = found
  }

  /// The first segment of the present epoch is unreadable, so nothing says how far older ones count: all of them do.
  private func epochsWithoutStart(present: String) -> [Epoch] {
    var seen: Set<String> = [present]
    var found: [Epoch] = []
    for index in scans.indices.reversed() {
      guard let id = scans[index].header?.journalID, seen.insert(id).inserted else { continue }
      found.append(standing(path(from: index).segments, journalID: id, limit: nil))
    }
    return found.reversed()
  }

  /// The segments of one epoch, oldest first, and its first segment where the path reaches it.
  private func path(from newest: Int) -> (segments: [Int], start: Int?) {
    var segments = [newest]
    var current = newest
    while let header = scans[current].header {
      guard let previous = header.previous else { return (segments.reversed(), current) }
      let earlier = scans.indices.last { $0 < current && scans[$0].header?.segmentID == previous.segmentID }
      // Behind a gap the newest remaining segment of the same epoch goes on.
      let next =
        earlier
        ?? scans.indices.last { $0 < current && scans[$0].header?.journalID == header.journalID }
      guard let next else { break }
      segments.append(next)
      current = next
    }
    return (segments.reversed(), nil)
  }

  /// How much of each segment counts, and which numbers are lost. `limit`: the last number that counts.
  private func standing(_ path: [Int], journalID: String, limit: UInt64?) -> Epoch {
    var epoch = Epoch(journalID: journalID, segments: [], acknowledged: limit ?? 0)
    var expected: UInt64 = 1
    func lose(before first: UInt64) {
      let last = min(first, (limit ?? .max - 1) + 1)
      guard expected < last else { return }
      // A header far ahead cannot make the list endless.
      epoch.lost.append(contentsOf: expected..<min(last, expected + 1_000_000))
      epoch.breaks(at: expected)
    }
    for (place, index) in path.enumerated() {
      let scan = scans[index]
      guard let header = scan.header else { continue }
      lose(before: header.firstSeq)
      let cut = cut(path, place)
      let count = scan.chained.firstIndex { $0.end > cut || ($0.kind == .record && $0.seq > (limit ?? .max)) }
      epoch.segments.append(Standing(scan: index, count: count ?? scan.chained.count))
      let last =
        (count ?? scan.chained.count) > 0 ? scan.chained[(count ?? scan.chained.count) - 1].seq : header.firstSeq - 1
      expected = max(expected, last + 1)
    }
    if let limit { lose(before: limit + 1) }
    return epoch
  }

  /// Bytes of the segment at `place` of a path that the next one lets count.
  private func cut(_ path: [Int], _ place: Int) -> Int {
    guard place + 1 < path.count, let previous = scans[path[place + 1]].header?.previous,
      previous.segmentID == scans[path[place]].header?.segmentID
    else { return .max }
    return previous.goodLength
  }

  // MARK: verdicts

  private mutating func judge(epoch index: Int) {
    let path = epochs[index].segments
    let isPresent = index == epochs.count - 1
    for (place, standing) in path.enumerated() where !(isPresent && place == path.count - 1) {
      let next = place + 1 < path.count ? scans[path[place + 1].scan].header : nil
      if !isPresent && next?.firstSeq ?? .max > epochs[index].acknowledged {
        // Lines behind the last number that counts were answered by a later epoch.
        verdicts[standing.scan] = isWhole(scans[standing.scan]) ? .clean : .setAside
      } else {
        judge(standing, continuedBy: next, epoch: index)
      }
    }
    for number in epochs[index].lost {
      // The segment that should hold the number is the last one that begins at or before it.
      guard let holder = path.last(where: { (scans[$0.scan].header?.firstSeq ?? .max) <= number }) else { continue }
      if verdicts[holder.scan] != .missing { verdicts[holder.scan] = .damaged }
    }
  }

  /// A segment whose good length a later header states.
  private mutating func judge(_ standing: Standing, continuedBy next: SegmentHeader?, epoch: Int) {
    let scan = scans[standing.scan]
    let last = standing.count > 0 ? scan.chained[standing.count - 1] : nil
    let end = last?.end ?? scan.headersEnd
    if let previous = next?.previous, previous.segmentID == scan.header?.segmentID {
      let fits = end == previous.goodLength && (last?.chain ?? scan.headerChain).bytes == previous.chain
      guard fits else {
        verdicts[standing.scan] = scan.length < previous.goodLength ? .missing : .damaged
        epochs[epoch].breaks(at: next?.firstSeq ?? 1)
        return
      }
    }
    let answered = next?.previous?.end == .damaged
    verdicts[standing.scan] = blemished(scan, before: end) ? (answered ? .setAside : .damaged) : .clean
  }

  private func isWhole(_ scan: SegmentScan) -> Bool { scan.headerCopies == 2 && scan.firstBad == nil }

  private func blemished(_ scan: SegmentScan, before end: Int) -> Bool {
    scan.headerCopies < 2 || (scan.firstBad.map { $0 < end } ?? false)
  }

  private mutating func judgeWatermark(_ present: Int) {
    let scan = scans[present]
    let last = epochs.count - 1
    for index in scans.indices where scans[index].header == nil && index > present {
      // A later file without a readable header: only the watermark says whether it mattered.
      if head.mark?.segmentID.hasPrefix(scans[index].nameID) ?? false { verdicts[index] = .damaged }
    }
    guard let mark = head.mark else {
      isUncertain = true
      verdicts[present] = .uncertain
      return
    }
    guard mark.segmentID == scan.header?.segmentID else {
      let known = scans.contains { $0.header?.segmentID == mark.segmentID && $0.nameNumber < scan.nameNumber }
      if !known {
        // The segment of the watermark is gone, or its header cannot be read.
        acknowledgedMissing = true
        lose(epoch: last, through: mark.seq)
      }
      judgeTail(present, watermark: scan.headersEnd)
      return
    }
    epochs[last].acknowledged = mark.seq
    let aligned =
      mark.end == scan.headersEnd
      ? mark.chain == scan.headerChain
      : scan.chained.contains { $0.end == mark.end && $0.chain == mark.chain }
    if scan.lastSeq < mark.seq { lose(epoch: last, through: mark.seq) }
    if scan.length < mark.end {
      verdicts[present] = .missing
      acknowledgedMissing = true
      if aligned || scan.lastSeq >= mark.seq { isUncertain = true }
    } else if !aligned || blemished(scan, before: mark.end) {
      verdicts[present] = .damaged
      if !aligned && scan.lastSeq >= mark.seq { isUncertain = true }
      kept = scan.chained.filter { $0.kind == .record && $0.offset >= mark.end }.map(\.seq)
    } else {
      judgeTail(present, watermark: mark.end)
    }
  }

  private mutating func judgeTail(_ present: Int, watermark: Int) {
    let scan = scans[present]
    if scan.headerCopies < 2 {
      verdicts[present] = .damaged
    } else if scan.firstBad != nil {
      verdicts[present] = scan.wholeAfterBad ? .damagedTail : .torn
    } else {
      verdicts[present] =
        scan.end > watermark && scan.chained.contains { $0.offset >= watermark } ? .unacknowledged : .clean
    }
    kept = scan.chained.filter { $0.kind == .record && $0.offset >= watermark }.map(\.seq)
  }

  private mutating func lose(epoch: Int, through last: UInt64) {
    let standing = epochs[epoch].segments.last
    let reached = standing.map {
      $0.count > 0 ? scans[$0.scan].chained[$0.count - 1].seq : (scans[$0.scan].header?.firstSeq ?? 1) - 1
    }
    let first = (reached ?? 0) + 1
    guard first <= last else { return }
    epochs[epoch].lost.append(contentsOf: first...min(last, first + 1_000_000))
    epochs[epoch].breaks(at: first)
  }

  // MARK: report

  /// What the headers say was lost before, and what of it somebody knows.
  var losses: LossRecord {
    var losses = LossRecord()
    for scan in scans { if let header = scan.header { losses.formUnion(header.losses) } }
    return losses
  }

  /// What this survey itself finds lost, as lines: a seal may still prove some of it.
  var newLosses: JournalLosses {
    var found = JournalLosses(epochs.map { JournalLoss(journalID: $0.journalID, numbers: RecordNumbers($0.lost)) })
    if isUncertain, !scans.isEmpty { found.insert(JournalLoss(journalID: epochs.last?.journalID, isTailUnknown: true)) }
    found.insert(JournalLoss(journalID: nil, numbers: RecordNumbers(lostWithHeaders)))
    return found
  }

  /// What is told about all this.
  var report: JournalReport {
    var report = JournalReport()
    report.headSlots = head.isAbsent ? nil : head.goodSlots
    report.headDamaged = head.isDamaged
    report.acknowledgedMissing = acknowledgedMissing
    report.kept = kept
    report.losses = losses.known.all
    report.lossesUnseen = losses.unseen.all
    report.lost = lostWithHeaders + epochs.flatMap(\.lost)
    for (index, scan) in scans.enumerated() {
      let standing = epochs.flatMap(\.segments).first { $0.scan == index }
      let records = scan.chained.prefix(standing?.count ?? 0).filter { $0.kind == .record }
      let lost = epochs.first { $0.journalID == scan.header?.journalID && standing != nil }?.lost ?? []
      let following = scans.dropFirst(index + 1).first { $0.header?.journalID == scan.header?.journalID }
      report.segments.append(
        SegmentReport(
          file: scan.file, journalID: scan.header?.journalID, segmentNumber: scan.header?.segmentNumber,
          verdict: verdicts[index], bytes: scan.length, records: scan.recordsOmitted + records.count,
          firstSeq: scan.isAbridged ? scan.header?.firstSeq : records.first?.seq,
          lastSeq: records.last?.seq, headerCopies: scan.headerCopies, firstBadOffset: scan.firstBad,
          lost: lost.filter {
            $0 >= scan.header?.firstSeq ?? 0 && $0 < following?.header?.firstSeq ?? .max
          }))
    }
    return report
  }
}
