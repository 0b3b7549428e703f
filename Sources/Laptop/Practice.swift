// Practice: the made-up village somebody can type in before anything is enrolled. A data directory of its own, with no county behind it;
// nobody in it exists, so its passphrase is no secret.

public import Journal
internal import Relief
internal import Wire

public enum Practice {
  static let passphrase = "zoufang practice"
  /// The village the practising cadre works in.
  static let scope = "130599"

  /// Why the practice village could not be made.
  public enum Fault: Error, Equatable, Sendable {
    /// The records of the village were not shipped with the program.
    case noVillage
    /// Line of the village's file that is no record.
    case badVillage(line: Int)
    case laptop(LaptopFault)
  }

  /// Opens the practice village, making it first where it is not there.
  /// - Parameter village: the records of the village, one encoded record a line, read only when it must be made.
  public static func open(
    _ directory: DataDirectory, clock: LaptopClock, village: () -> [UInt8]?, disk: any Disk = PosixDisk(),
    entropy: Entropy = .system
  ) throws(Fault) -> Laptop {
    do throws(LaptopFault) {
      do throws(LaptopFault) {
        let laptop = try Laptop.open(directory, passphrase: passphrase, clock: clock, disk: disk, entropy: entropy)
        try redateList(laptop, disk: disk)
        return laptop
      } catch .empty {
        // Made below.
      } catch .notEnrolled {
        // A power cut while it was made: made again below, with the same keys.
      }
    } catch { throw .laptop(error) }
    guard let file = village() else { throw .noVillage }
    let items = try records(file, today: clock.today)
    do throws(LaptopFault) {
      let cheap = ScryptCost(log2N: JournalLimits.scryptLog2NMin) ?? .standard
      var vault = try Laptop.vaultForEnrolment(directory, passphrase: passphrase, cost: cheap, disk: disk, entropy: entropy)
      let device = entropy.uuid()
      let inbox = try Inbox(in: directory, keys: vault.keys, deviceID: device, disk: disk)
      try inbox.append(items, next: FeedCursor(next: UInt64(items.count), epoch: 1))
      inbox.close()
      let grant = EnrolGrant(
        deviceId: device, person: "practice", name: "练习", role: Role.cadre.rawValue, scopes: [scope], county: "示范县",
        server: "", readers: [], caPem: "", rootPublicKey: "", issued: clock.wall())
      try Laptop.enrol(&vault, as: Enrolment(grant: grant, county: nil))
      return try Laptop.open(directory, passphrase: passphrase, clock: clock, disk: disk, entropy: entropy)
    } catch { throw .laptop(error) }
  }

  /// The list of another day is made today's, so that there is somebody to visit however often somebody practises: the rows come once more,
  /// as the county would send them.
  private static func redateList(_ laptop: Laptop, disk: any Disk) throws(LaptopFault) {
    let today = laptop.clock.today
    var rows: [String: Record] = [:]
    do throws(JournalFault) {
      for line in try JournalReader(directory: laptop.directory.inbox, keys: laptop.keys, disk: disk).records() {
        guard case .record(_, let bytes)? = InboxEntry(line.content), let record = try? RecordCodec.decode(bytes),
          let row = record.facts.first(where: { $0.list == FactList.sweep })
        else { continue }
        rows[row.entity] = record
      }
    } catch { throw LaptopFault(error) }
    let old = rows.values.filter { $0.facts.contains { $0.properties.contains { $0.name == "from" && $0.value != today } } }
    guard !old.isEmpty else { return }
    let inbox = try Inbox(in: laptop.directory, keys: laptop.keys, deviceID: laptop.enrolment.grant.deviceId, disk: disk)
    defer { inbox.close() }
    var next = inbox.cursor
    var items: [FeedItem] = []
    for var record in old.sorted(by: { $0.id < $1.id }) {
      record.supersedes = [record.id]
      record.id = laptop.makeID()
      record.wall = laptop.clock.wall()
      date(&record, today)
      let bytes: [UInt8]
      do { bytes = try RecordCodec.encode(record) } catch { throw .badRecord }
      next.next += 1
      items.append(FeedItem(seq: next.next, record: String(decoding: bytes, as: UTF8.self)))
    }
    try inbox.append(items, next: next)
    try laptop.refresh()
  }

  /// The rows of a list are for this day and the month after.
  private static func date(_ record: inout Record, _ today: String) {
    for fact in record.facts.indices where record.facts[fact].list == FactList.sweep {
      record.facts[fact].properties.removeAll { $0.name == "from" || $0.name == "to" }
      record.facts[fact].properties += [Property("from", today), Property("to", aMonthLater(today))]
    }
  }

  /// The village's records as they would have been pulled; the sweep list is for the day it is made on and the month after.
  private static func records(_ file: [UInt8], today: String) throws(Fault) -> [FeedItem] {
    var items: [FeedItem] = []
    for (index, line) in file.split(separator: 10).enumerated() {
      guard var record = try? RecordCodec.decode(line) else { throw .badVillage(line: index + 1) }
      date(&record, today)
      guard let bytes = try? RecordCodec.encode(record) else { throw .badVillage(line: index + 1) }
      items.append(FeedItem(seq: UInt64(index + 1), record: String(decoding: bytes, as: UTF8.self)))
    }
    return items
  }

  /// The same day of the next month, or its 28th.
  private static func aMonthLater(_ today: String) -> String {
    let parts = today.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return today }
    let month = parts[1] % 12 + 1
    let year = parts[1] == 12 ? parts[0] + 1 : parts[0]
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(min(parts[2], 28) < 10 ? "0" : "")\(min(parts[2], 28))"
  }
}
