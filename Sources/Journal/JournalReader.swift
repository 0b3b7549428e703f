// JournalReader — a journal read without its lock: what the sync process sees of the records, and the typing process of what was
// pulled. It shows what the watermark covers, because behind it another process may be writing.

/// A journal read without its lock.
public struct JournalReader: Sendable {
  public private(set) var report: JournalReport

  private let keys: UnlockedKeys
  private var index: JournalIndex
  private var present: String?
  private var seen: [String: UInt64] = [:]

  /// Reads a journal's directory; one that does not exist yet is an empty journal.
  public init(directory: String, keys: UnlockedKeys, disk: any Disk = PosixDisk()) throws(JournalFault) {
    self.keys = keys
    index = JournalIndex(directory: directory, disk: disk)
    report = JournalReport()
    try look()
  }

  /// Goes on behind a mark: the segments it names as closed are not read, as long as they are there, as long as they were, and
  /// still count to their last line. `refresh` then gives what came after. Nil where the journal is not the one the mark was made
  /// of; nothing of it is to be believed then.
  public init?(
    directory: String, keys: UnlockedKeys, disk: any Disk = PosixDisk(), resuming mark: JournalMark
  ) throws(JournalFault) {
    self.keys = keys
    index = JournalIndex(directory: directory, disk: disk)
    index.scans = mark.closed.compactMap(SegmentScan.init)
    guard index.scans.count == mark.closed.count else { return nil }
    report = JournalReport()
    try look()
    // One that is gone, or had to be read again, is not what it was.
    let now = Dictionary(index.scans.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    let areThere = mark.closed.allSatisfy { closed in
      guard let scan = now[closed.file] else { return false }
      return scan.length == closed.length && scan.isAbridged == (closed.omitted > 0)
    }
    guard areThere, index.holds(mark) else { return nil }
    seen = mark.seen
  }

  /// The place up to which `refresh` has given everything; nil where the journal has grown since.
  public var mark: JournalMark? {
    let extents = index.extents
    guard extents.allSatisfy({ (seen[$0.journalID] ?? 0) == $0.lastSeq }) else { return nil }
    var mark = JournalMark(extents)
    for (scan, verdict) in zip(index.scans, report.segments.map(\.verdict)) where scan.file != present && verdict == .clean {
      let counts = index.epochs.contains { epoch in
        epoch.segments.contains { index.scans[$0.scan].file == scan.file && $0.count == scan.chained.count }
      }
      if counts, let closed = scan.closed { mark.closed.append(closed) }
    }
    return mark
  }

  private mutating func look() throws(JournalFault) {
    var known: [String: SegmentScan] = [:]
    for scan in index.scans where scan.file != present { known[scan.file] = scan }
    var found = try JournalIndex.survey(directory: index.directory, disk: index.disk, fresh: false, known: known)
    if let survey = found, !survey.abridgedCount {
      known = known.filter { !$0.value.isAbridged }
      found = try JournalIndex.survey(directory: index.directory, disk: index.disk, fresh: false, known: known)
    }
    guard let survey = found else { return }
    switch survey.condition {
    case .newer(let major): throw .newerFormat(major: major)
    case .unknownFeatures(let names): throw .unknownFeatures(names)
    case .empty, .readable: break
    }
    report = survey.report
    index.scans = survey.scans
    index.epochs = survey.acknowledgedEpochs
    present = survey.present.map { survey.scans[$0].file }
  }

  /// Every journal id of the directory in order, the present one last.
  public var extents: [JournalExtent] { index.extents }

  /// All acknowledged records in order.
  public func records() throws(JournalFault) -> [JournalRecord] { try contents().records }

  /// All acknowledged records, with what could not be opened.
  public func contents(after place: JournalPlace? = nil) throws(JournalFault) -> JournalContents {
    try index.contents(keys: keys, after: place)
  }

  /// The same part by part, each of one segment and with the keys that it is sealed to: for who must not hold a whole journal.
  public func eachPart<Made: Sendable>(
    make: @escaping @Sendable (JournalContents) -> Made, take: (Made) -> Void
  ) throws(JournalFault) {
    try index.eachPart(keys: keys, make: make, take: take)
  }

  /// Reads again what grew since the last call of `refresh` and gives only the records that are new; the first call gives all.
  /// After a journal had to go on under a new id some records may come once more.
  public mutating func refresh() throws(JournalFault) -> [JournalRecord] {
    var fresh: [JournalRecord] = []
    try refresh { $0 } take: { fresh += $0 }
    return fresh
  }

  /// The same part by part; see ``Journal/eachPart(make:take:)``.
  public mutating func refresh<Made: Sendable>(
    make: @escaping @Sendable ([JournalRecord]) -> Made, take: (Made) -> Void
  ) throws(JournalFault) {
    try look()
    for extent in extents {
      let from = seen[extent.journalID] ?? 0
      guard extent.lastSeq > from else { continue }
      let part = index.only(extent.journalID)
      try part.eachPart(keys: keys, after: .seen([extent.journalID: from])) { make($0.records) } take: { take($0) }
      seen[extent.journalID] = extent.lastSeq
    }
  }

  /// One record by its place, read from the disk alone; nil where there is none that these keys open.
  public func content(at place: JournalPlace) throws(JournalFault) -> [UInt8]? {
    return try index.content(at: place, keys: keys)
  }

  /// Lines of one journal id; see ``Journal/rawLines(journalID:from:bytesMax:)``.
  public func rawLines(journalID: String, from seq: UInt64, bytesMax: Int) throws(JournalFault) -> RawLines? {
    try index.rawLines(journalID: journalID, from: seq, bytesMax: bytesMax)
  }
}

extension JournalIndex {
  /// The same files, one journal id only.
  func only(_ journalID: String) -> JournalIndex {
    var part = self
    part.epochs = epochs.filter { $0.journalID == journalID }
    return part
  }
}

extension Survey {
  /// Whether every abridged segment counts to its last line, as it did when it was abridged: else its lines are needed.
  fileprivate var abridgedCount: Bool {
    scans.indices.allSatisfy { index in
      guard scans[index].isAbridged else { return true }
      return index != present && verdicts[index] == .clean
        && epochs.contains { $0.segments.contains { $0.scan == index && $0.count == scans[index].chained.count } }
    }
  }

  /// The epochs with the present segment cut at the watermark.
  var acknowledgedEpochs: [Epoch] {
    guard let present, let mark = head.mark, var last = epochs.last, let place = last.segments.indices.last,
      last.segments[place].scan == present
    else { return epochs }
    let scan = scans[present]
    let end: Int
    if mark.segmentID == scan.header?.segmentID {
      end = mark.end
    } else {
      // Not acknowledged yet; but what the first segment of an epoch carries was complete before it had a name.
      end = scan.header?.previous == nil ? .max : 0
    }
    last.segments[place].count = min(
      last.segments[place].count, scan.chained.firstIndex { $0.end > end } ?? scan.chained.count)
    return epochs.dropLast() + [last]
  }

  /// The records of an epoch that count, in order.
  func standingRecords(of epoch: Epoch) -> [LineRef] {
    epoch.segments.flatMap { scans[$0.scan].chained.prefix($0.count).filter { $0.kind == .record } }
  }
}
