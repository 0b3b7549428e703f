// StickRun: one exchange over a stick, with no county in reach: what others wrote for this laptop is taken in, then the letters are brought up
// to date, then this laptop's journals and letters are written. Reading first: a stick that is full or write-protected is still read.

internal import Journal
public import Laptop
internal import Relief
internal import Wire

public struct StickRun {
  private let desk: SyncDesk
  private let directory: String
  private let disk: any StickDisk
  private var report = StickReport()

  public init(_ desk: SyncDesk, directory: String, disk: any StickDisk) {
    self.desk = desk
    self.directory = directory
    self.disk = disk
  }

  /// Runs to its end; what ended it early stands in the report.
  public mutating func run() -> StickReport {
    do throws(StickFault) { try exchange() } catch { report.fault = error }
    return report
  }

  private mutating func exchange() throws(StickFault) {
    guard !desk.enrolment.isPractice else { throw .laptop(.notEnrolled) }
    let folder = try StickFolder(on: directory, disk: disk)
    guard let mine = desk.inbox.devices.device(desk.enrolment.grant.deviceId) else { throw .noDevices }
    guard !mine.isRevoked else { throw .revoked }
    var letters = try openLetters()
    defer { for letter in letters { letter.letter.close() } }
    var reader = StickReader(
      folder, desk, own: Set((desk.extents + letters.flatMap(\.letter.extents)).map(\.journalID)))
    do throws(StickFault) { try reader.run() } catch {
      report.taken = reader.taken
      report.troubles = reader.troubles
      throw error
    }
    report.taken = reader.taken
    report.troubles = reader.troubles
    // Somebody may have been heard of just now.
    let known = Set(letters.map(\.device.deviceId))
    letters += try openLetters(except: known)
    try write(letters, mine)
    let writer = StickWriter(folder: folder, signing: desk.keys.signing)
    for journal in desk.extents where try put(journal, with: writer, { [desk] seq, bytes throws(LaptopFault) in
      try desk.lines(journalID: journal.journalID, from: seq, bytesMax: bytes)
    }) == .stickKnowsMore {
      try asLaptop { () throws(LaptopFault) in try desk.end(journal.journalID) }
      report.troubles.append(StickTrouble(name: mine.name, journalID: journal.journalID, .ownRestored))
    }
    for letter in letters.map(\.letter) { try put(letter, with: writer) }
  }

  private mutating func put(_ letter: Letter, with writer: StickWriter) throws(StickFault) {
    // Two turns at most: under a new id the stick holds nothing of it.
    for _ in 0..<2 {
      var isAhead = false
      for journal in letter.extents {
        let outcome = try put(journal, with: writer) { seq, bytes throws(LaptopFault) in
          try letter.lines(journalID: journal.journalID, from: seq, bytesMax: bytes)
        }
        if outcome == .stickKnowsMore, journal.journalID == letter.extents.last?.journalID { isAhead = true }
      }
      guard isAhead else { return }
      try asLaptop { () throws(LaptopFault) in try letter.beginAnew() }
    }
  }

  private mutating func put(
    _ journal: JournalExtent, with writer: StickWriter, _ lines: @escaping (UInt64, Int) throws(LaptopFault) -> RawLines?
  ) throws(StickFault) -> StickWriter.Outcome {
    let outcome = try writer.write(StickSource(journalID: journal.journalID, lastSeq: journal.lastSeq, lines: lines))
    switch outcome {
    case .written(let files): report.filesWritten += files
    case .stickKnowsMore: break
    case .notAFile: report.troubles.append(StickTrouble(name: nil, journalID: journal.journalID, .notAFile))
    }
    return outcome
  }

  // MARK: letters

  private typealias Addressed = (device: Attestation, letter: Letter)

  /// Letters go to the cadres and supervisors whose scope meets this laptop's own: who else reads its records has them from the county.
  private func openLetters(except known: Set<String> = []) throws(StickFault) -> [Addressed] {
    let grant = desk.enrolment.grant
    var letters: [Addressed] = []
    for device in desk.inbox.devices.devices where device.deviceId != grant.deviceId && !known.contains(device.deviceId) {
      let grantee = device.grantee
      guard !device.isRevoked, [Role.cadre, .supervisor].contains(grantee.role), grantee.meets(desk.enrolment.grantee) else { continue }
      try asLaptop { () throws(LaptopFault) in
        letters.append(
          (device, try Letter(to: device, in: desk.directory, keys: desk.keys, deviceID: grant.deviceId, disk: desk.disk)))
      }
    }
    return letters
  }

  /// Brings the letters up to date: what the county says of devices, and each record that its reader may read and has no key to.
  private func write(_ letters: [Addressed], _ mine: Attestation) throws(StickFault) {
    let devices = desk.inbox.devices.devices.filter { $0.deviceId != mine.deviceId }
    try asLaptop { () throws(LaptopFault) in
      for (device, letter) in letters {
        try letter.append([mine] + devices.filter { $0.grantee.meets(device.grantee) && $0.deviceId != device.deviceId }, [])
      }
    }
    var failed: LaptopFault?
    let readers = letters.map { (grantee: $0.device.grantee, keyID: ReaderKey.id(of: $0.device.boxKey), letter: $0.letter) }
    do throws(JournalFault) {
      try desk.reader.eachPart(make: OwnPart.init) { part in
        let wanting = readers.filter { !part.readerKeyIDs.contains($0.keyID) }
        guard failed == nil, !wanting.isEmpty else { return }
        do throws(LaptopFault) {
          for reader in wanting {
            let records = part.records.filter { reader.grantee.reads($0.record) }
            try reader.letter.append([], records.map { ($0.record.id, $0.content) })
          }
        } catch { failed = error }
      }
    } catch { throw .laptop(LaptopFault(error)) }
    if let failed { throw .laptop(failed) }
  }

  /// Records of the own journal that are sealed to the same keys.
  private struct OwnPart: Sendable {
    var readerKeyIDs: Set<String>
    var records: [(record: Record, content: [UInt8])]

    init(_ contents: JournalContents) {
      readerKeyIDs = contents.readerKeyIDs
      records = contents.records.compactMap { line in
        (try? RecordCodec.decode(line.content, keepingSubmission: false)).map { ($0, line.content) }
      }
    }
  }

  private func asLaptop(_ body: () throws(LaptopFault) -> Void) throws(StickFault) {
    do throws(LaptopFault) { try body() } catch { throw .laptop(error) }
  }
}
