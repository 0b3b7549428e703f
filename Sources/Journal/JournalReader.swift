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

  private mutating func look() throws(JournalFault) {
    var known: [String: SegmentScan] = [:]
    for scan in index.scans where scan.file != present { known[scan.file] = scan }
    let survey = try JournalIndex.survey(
      directory: index.directory, disk: index.disk, fresh: false, known: known)
    guard let survey else { return }
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

  /// The same a segment at a time, each with the keys it is sealed to: for who must not hold a whole journal.
  public func eachSegment(_ body: (JournalContents) -> Void) throws(JournalFault) {
    try index.eachSegment(keys: keys, body)
  }

  /// Reads again what grew since the last call of `refresh` and gives only the records that are new; the first call gives all.
  /// After a journal had to go on under a new id some records may come once more.
  public mutating func refresh() throws(JournalFault) -> [JournalRecord] {
    var fresh: [JournalRecord] = []
    try refresh { fresh += $0 }
    return fresh
  }

  /// The same, a segment's records at a time: for who must not hold a whole journal.
  public mutating func refresh(eachSegment body: ([JournalRecord]) -> Void) throws(JournalFault) {
    try look()
    for extent in extents {
      let from = seen[extent.journalID] ?? 0
      guard extent.lastSeq > from else { continue }
      let part = index.only(extent.journalID)
      try part.eachSegment(keys: keys, after: JournalPlace(journalID: extent.journalID, seq: from)) { body($0.records) }
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
