// StickReader: what others wrote onto a stick, into the inbox. A record is kept only where all of this holds:
//   the county's root key says whose key signed the lines · every byte of them is what was signed · they are sealed to this laptop ·
//   the writer may write such a record there, by the rule the county judges pushed records with · this laptop may read it, by the rule of
//   the county's feed.
// A file's records and the mark behind them are one append: a stick that is pulled out costs nothing but time.

internal import Journal
internal import Laptop
internal import Relief
internal import Wire

struct StickReader {
  let folder: StickFolder
  let desk: SyncDesk
  /// Journals of this laptop.
  let own: Set<String>
  private(set) var taken = 0
  private(set) var troubles: [StickTrouble] = []

  private var inbox: Inbox { desk.inbox }
  private var me: Grantee { desk.enrolment.grantee }

  init(_ folder: StickFolder, _ desk: SyncDesk, own: Set<String>) {
    self.folder = folder
    self.desk = desk
    self.own = own
  }

  mutating func run() throws(StickFault) {
    let all = try folder.journals().filter { !own.contains($0.id) }
    for journal in all where journal.kind != .directory { say(.notAFile, journal.id) }
    let journals = all.filter { $0.kind == .directory }.map(\.id)
    if journals.count > Limits.stickJournals { say(.tooMany, journals[Limits.stickJournals]) }
    var unknown: [(id: String, key: [UInt8])] = []
    for journal in journals.prefix(Limits.stickJournals) {
      if let key = try take(journal) { unknown.append((journal, key)) }
    }
    // A letter may bring the county's word about its writer, and about others.
    for journal in unknown where inbox.devices.device(signing: journal.key) == nil { try introduce(journal.id) }
    for journal in unknown { if try take(journal.id) != nil { say(.unknownSigner, journal.id) } }
    sayClosed()
  }

  private mutating func say(_ reason: StickTrouble.Reason, _ journal: String, of device: Attestation? = nil) {
    troubles.append(StickTrouble(name: device?.name, journalID: journal, reason))
  }

  /// Takes what is new of one journal.
  /// - Returns: the key that signed it, where nobody is known by it.
  private mutating func take(_ journal: String) throws(StickFault) -> [UInt8]? {
    guard let names = try folder.files(of: journal) else {
      say(.notAFile, journal)
      return nil
    }
    guard names.count <= Limits.stickFiles else {
      say(.tooMany, journal)
      return nil
    }
    guard let key = try signer(of: journal, names) else { return nil }
    guard key != desk.keys.signing.publicKey else { return nil }
    guard let device = inbox.devices.device(signing: key) else { return key }
    // Of another township: nothing in it is for here.
    guard device.grantee.meets(me) else { return nil }
    guard !device.isRevoked else {
      if !names.isEmpty, names.contains(where: { $0.last > inbox.marks[journal]?.last ?? 0 }) { say(.revokedSigner, journal, of: device) }
      return nil
    }
    try walk(journal, names, device)
    return nil
  }

  /// Whose key the headers of a journal name; nil, and said, where that cannot be read.
  private mutating func signer(of journal: String, _ names: [StickName]) throws(StickFault) -> [UInt8]? {
    if let mark = inbox.marks[journal] {
      return (try? StickWalk.header(in: mark.end.header))?.signPublicKey
    }
    guard let first = names.filter({ $0.first == 1 }).max(by: { $0.last < $1.last }) else {
      if !names.isEmpty { say(.gap(from: 1), journal) }
      return nil
    }
    do {
      guard let file = try file(first, journal), let header = try file.firstHeader else {
        say(.damaged, journal)
        return nil
      }
      return header.signPublicKey
    } catch let fault as StickFault { throw fault } catch let fault as LineFault {
      say(fault.isNewer ? .newer : .damaged, journal)
    } catch { say(error as? StickFile.Fault == .newer ? .newer : .damaged, journal) }
    return nil
  }

  /// Nil: longer than any file of ours.
  private func file(_ name: StickName, _ journal: String) throws -> StickFile? {
    guard let bytes = try folder.read(name, of: journal, bytesMax: Limits.stickFileBytesMax) else { return nil }
    return try StickFile(journalID: journal, name: name, bytes: bytes)
  }

  private mutating func walk(_ journal: String, _ names: [StickName], _ device: Attestation) throws(StickFault) {
    var walk = StickWalk(journal, of: device, keys: desk.keys, from: inbox.marks[journal])
    var notes = Judged()
    while names.contains(where: { $0.last >= walk.next }) {
      guard let name = walk.choose(names) else {
        say(.gap(from: walk.next), journal, of: device)
        break
      }
      do {
        guard let file = try file(name, journal) else { throw StickWalk.Fault.damaged }
        let part = try walk.take(file)
        try keep(part, from: device, &notes)
      } catch let fault as StickFault { throw fault } catch {
        say(Self.reason(error), journal, of: device)
        break
      }
    }
    if notes.refused > 0 { say(.refused(notes.refused), journal, of: device) }
    if notes.unreadable > 0 { say(.unreadable(notes.unreadable), journal, of: device) }
  }

  private static func reason(_ error: any Error) -> StickTrouble.Reason {
    if error as? StickWalk.Fault == .forked { return .forked }
    return error as? StickWalk.Fault == .newer || error as? StickFile.Fault == .newer ? .newer : .damaged
  }

  private struct Judged {
    var refused = 0
    var unreadable = 0
  }

  private mutating func keep(_ part: StickWalk.Taken, from device: Attestation, _ notes: inout Judged) throws(StickFault) {
    var records: [(seq: UInt64, content: [UInt8])] = []
    var said: [Attestation] = []
    for entry in part.contents {
      if let attestation = Letter.attestation(entry.content) {
        said.append(attestation)
      } else if let record = try? RecordCodec.decode(entry.content) {
        // Whether a person was a deputy on that day the register judges, as it does of its own records.
        let objection = device.grantee.objection(to: record, standsIn: device.grantee.mayStandIn(record))
        if objection == .unknownType {
          notes.unreadable += 1
        } else if objection != nil {
          notes.refused += 1
        } else if me.reads(record) {
          records.append(entry)
        }
      } else if entry.content.first == UInt8(ascii: "{") {
        notes.unreadable += 1
      }
    }
    do throws(LaptopFault) {
      try inbox.keep(said)
      try inbox.keep(records, mark: part.mark)
    } catch { throw .laptop(error) }
    taken += records.count
  }

  /// Looks into the first file of a journal whose writer nobody knows here: where it is a letter to this laptop, the county's word about the
  /// writer is in it. Only that word is taken, and only under the county's key.
  private func introduce(_ journal: String) throws(StickFault) {
    guard let name = try folder.files(of: journal)?.filter({ $0.first == 1 }).max(by: { $0.last < $1.last }) else { return }
    let opened: (file: StickFile, opener: SegmentOpener)
    do {
      guard let file = try file(name, journal), let header = try file.firstHeader else { return }
      opened = (file, try SegmentOpener(header, with: desk.keys.reader))
    } catch let fault as StickFault { throw fault } catch { return }
    for line in opened.file.lines {
      guard let parsed = try? JournalLine.parse(line), let content = try? opened.opener.open(parsed),
        let said = Letter.attestation(content)
      else { continue }
      do throws(LaptopFault) { try inbox.keep([said]) } catch { throw .laptop(error) }
    }
  }

  /// A laptop whose journal is closed to this one, and which has written no letter here yet, has never met this laptop's name.
  private mutating func sayClosed() {
    for device in inbox.devices.devices where !device.isRevoked && device.grantee.meets(me) {
      let marks = inbox.marks.values.filter { $0.deviceID == device.deviceId }
      guard !marks.isEmpty, marks.allSatisfy({ $0.opened == 0 }), let mark = marks.first(where: { $0.closed > 0 }) else { continue }
      say(.closed(mark.closed), mark.journalID, of: device)
    }
  }
}

extension LineFault {
  fileprivate var isNewer: Bool {
    switch self {
    case .newerFormat, .unknownFeatures: true
    default: false
    }
  }
}
