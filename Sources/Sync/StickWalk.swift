// StickWalk: the lines of one journal, file by file, from where it was left the last time. It believes nothing: the file's checkpoint must be
// signed by the device, every line must follow the one before, and the last one must be what was signed. Pure; the files are given in.

internal import Journal
internal import Laptop
internal import Wire

struct StickWalk {
  enum Fault: Error, Equatable {
    case damaged
    case newer
    /// These lines follow another past than the one that was taken.
    case forked
  }

  struct Taken {
    /// Opened contents behind what was taken before.
    var contents: [(seq: UInt64, content: [UInt8])] = []
    var mark: StickMark
  }

  let journalID: String
  let device: Attestation
  let keys: UnlockedKeys
  private(set) var mark: StickMark?

  init(_ journalID: String, of device: Attestation, keys: UnlockedKeys, from mark: StickMark?) {
    self.journalID = journalID
    self.device = device
    self.keys = keys
    self.mark = mark
  }

  /// The next record that is wanted.
  var next: UInt64 { mark?.end.next ?? 1 }

  /// The file to take next: it begins where the last one ended or where the last one began, or else at the beginning of the journal.
  func choose(_ names: [StickName]) -> StickName? {
    let new = names.filter { $0.last >= next }
    for start in [next, mark?.fileStart?.next ?? 1, 1] {
      if let best = new.filter({ $0.first == start }).max(by: { $0.last < $1.last }) { return best }
    }
    return nil
  }

  /// Takes a file that `choose` chose.
  mutating func take(_ file: StickFile) throws(Fault) -> Taken {
    guard file.checkpoint.isSigned(by: device.signKey) else { throw .damaged }
    let start: StickMark.Place?
    switch file.name.first {
    case mark?.end.next: start = mark?.end
    case mark?.fileStart?.next: start = mark?.fileStart
    default: start = nil
    }
    var checker = try Self.checker(from: start, journalID, device)
    var place = start
    var header = start?.header ?? ""
    var opener: SegmentOpener? = try Self.header(in: header).flatMap { try? SegmentOpener($0, with: keys.reader) }
    var taken: [(seq: UInt64, content: [UInt8])] = []
    var counts = (opened: mark?.opened ?? 0, closed: mark?.closed ?? 0)
    for line in file.lines {
      let isFirst = place == start
      let checked: CheckedLine
      do { checked = try checker.check(line) } catch { throw Self.fault(error, follows: isFirst && start != nil) }
      guard checked.line.bytes.elementsEqual(line) else { throw .damaged }
      if checked.beginsSegment {
        header = Base64URL.encode(checked.line.bytes)
        opener = try? SegmentOpener(checked.header, with: keys.reader)
      }
      guard checked.line.kind == .record else { continue }
      place = StickMark.Place(next: checker.nextSeq, chain: Base64URL.encode(checker.chain), header: header)
      if checked.line.seq == mark?.last, place?.chain != mark?.end.chain { throw .forked }
      guard checked.line.seq >= next else { continue }
      if let opener {
        guard let content = try? opener.open(checked.line) else { throw .damaged }
        taken.append((checked.line.seq, content))
        counts.opened += 1
      } else {
        counts.closed += 1
      }
    }
    guard let end = place, end.next == file.name.last + 1, end.chain == Base64URL.encode(file.checkpoint.chain) else {
      throw .damaged
    }
    let mark = StickMark(
      journalID: journalID, deviceID: device.deviceId, fileStart: start, end: end, opened: counts.opened,
      closed: counts.closed)
    self.mark = mark
    return Taken(contents: taken, mark: mark)
  }

  private static func checker(
    from place: StickMark.Place?, _ journalID: String, _ device: Attestation
  ) throws(Fault) -> LineChecker {
    guard let place else { return LineChecker(journalID: journalID, signPublicKey: device.signKey) }
    guard let header = try header(in: place.header), let chain = Base64URL.decode(place.chain),
      let checker = LineChecker(resuming: header, nextSeq: place.next, chain: chain)
    else { throw .damaged }
    return checker
  }

  static func header(in text: String) throws(Fault) -> SegmentHeader? {
    guard !text.isEmpty, let bytes = Base64URL.decode(text) else { return nil }
    do throws(LineFault) { return try SegmentHeader.parse(JournalLine.parse(bytes[...])) } catch { throw fault(error, follows: false) }
  }

  private static func fault(_ fault: LineFault, follows: Bool) -> Fault {
    switch fault {
    case .newerFormat, .unknownFeatures: .newer
    // Whole, and behind another line than the one that was taken last.
    case .badChain, .doesNotContinue: follows ? .forked : .damaged
    default: .damaged
    }
  }
}
