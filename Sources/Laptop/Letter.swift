// Letter: what one other laptop may read of this one's records and cannot open in the journal itself, copied into a journal of its own that
// is sealed to that laptop. A supervisor's reviews of ten villages are ten letters: no cadre's laptop holds the key to what was said of
// another village, and a laptop that the county enrolled after the records were typed gets them all the same.
//
// One journal record is a record as in the own journal, or what the county says of a device (`D1`, as in the inbox): the first is about this
// laptop itself, so that one that has never heard of it can believe what follows.

public import Journal
internal import Relief
public import Wire

public final class Letter {
  private let journal: Journal
  private var records: Set<String> = []
  private var said: [String: UInt64] = [:]

  /// Opens the letter to a device, or begins it.
  public init(
    to device: Attestation, in directory: DataDirectory, keys: UnlockedKeys, deviceID: String, disk: any Disk = PosixDisk()
  ) throws(LaptopFault) {
    guard let place = directory.letter(to: device.deviceId) else { throw .badRecord }
    let reader = ReaderKey(kind: .reader, publicKey: device.boxKey)
    do throws(DiskFault) {
      try disk.makeDirectory(directory.letters)
      try disk.syncDirectory(directory.path)
    } catch { throw LaptopFault(error) }
    do throws(JournalFault) {
      journal = try Journal.open(
        directory: place, keys: keys,
        settings: JournalSettings(deviceID: deviceID, machine: Machine.hash(), readers: [reader]), disk: disk)
      try journal.eachPart { lines in lines.map { Held($0.content) } } take: { for held in $0 { remember(held) } }
      // What the disk lost of a letter is written into it again.
      try journal.confirmLosses()
    } catch { throw LaptopFault(error) }
  }

  /// What an entry says that is there.
  private struct Held: Sendable {
    var said: Attestation?
    var record: String?

    init(_ content: [UInt8]) {
      said = Letter.attestation(content)
      record = said == nil ? try? RecordCodec.decode(content, keepingSubmission: false).id : nil
    }
  }

  private func remember(_ held: Held) {
    if let one = held.said { said[one.deviceId] = one.revision }
    if let id = held.record { records.insert(id) }
  }

  /// What the county says of a device, where an entry of a letter holds that.
  public static func attestation(_ content: [UInt8]) -> Attestation? {
    guard case .device(_, let json)? = InboxEntry(content) else { return nil }
    return try? BodyCodec.decode(Attestation.self, from: json)
  }

  /// Appends what is not in it yet. When this returns it is on the disk.
  public func append(_ attestations: [Attestation], _ new: [(id: String, content: [UInt8])]) throws(LaptopFault) {
    var entries: [[UInt8]] = []
    for one in attestations where (said[one.deviceId] ?? 0) < one.revision {
      if let json = try? BodyCodec.encode(one) { entries.append(InboxEntry.device(revision: one.revision, json).bytes) }
    }
    for one in new where !records.contains(one.id) { entries.append(one.content) }
    guard !entries.isEmpty else { return }
    do { _ = try journal.append(entries) } catch { throw LaptopFault(error) }
    for entry in entries { remember(Held(entry)) }
  }

  public var extents: [JournalExtent] { journal.extents }

  public func lines(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> RawLines? {
    do { return try journal.rawLines(journalID: journalID, from: seq, bytesMax: bytesMax) } catch { throw LaptopFault(error) }
  }

  /// A stick holds more of this letter, or another one: this laptop was put back from a backup. It goes on under a new id, and nothing in it
  /// is lost.
  public func beginAnew() throws(LaptopFault) {
    do { try journal.beginAnew() } catch { throw LaptopFault(error) }
  }

  /// Lets the lock go.
  public func close() { journal.close() }
}
