// StickTown: a township with no network: real data directories, a county that signs what it says of devices, and a directory that plays the
// stick.

import Foundation
import Journal
import Relief
import Synchronization
import Testing
import Wire

@testable import Laptop
@testable import Sync

final class StickTown {
  static let village = "130599100201"
  static let otherVillage = "130599100202"
  static let township = "130599100"
  static let server = "county-1"

  let path = FileManager.default.temporaryDirectory.path + "/zoufang-town-\(UUID().uuidString)"
  let root = SigningKey()
  var stick: String { path + "/stick" }

  init() throws { try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Everything below the stick, by path, with its bytes.
  func everything(_ directory: String? = nil) throws -> [String: [UInt8]] {
    let base = directory ?? stick
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: base) {
      var isDirectory: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: base + "/" + name, isDirectory: &isDirectory), !isDirectory.boolValue,
        let bytes = FileManager.default.contents(atPath: base + "/" + name)
      else { continue }
      found[name] = Array(bytes)
    }
    return found
  }

  func cadre(_ person: String = "p-cadre", in village: String = village, readers: [TownLaptop] = []) throws -> TownLaptop {
    try TownLaptop(self, person, .cadre, [village], readers)
  }

  func supervisor(over township: String = township) throws -> TownLaptop { try TownLaptop(self, "p-supervisor", .supervisor, [township], []) }

  /// What the county says of a laptop, signed by its root key, or by another.
  func says(of laptop: TownLaptop, revoked: Bool = false, revision: UInt64 = 1, signedBy key: SigningKey? = nil) throws -> Attestation {
    var said = Attestation(
      deviceId: laptop.grant.deviceId, person: laptop.grant.person, name: laptop.grant.name, role: laptop.grant.role,
      scopes: laptop.grant.scopes, signPublicKey: Base64URL.encode(laptop.keys.signing.publicKey),
      boxPublicKey: Base64URL.encode(laptop.keys.reader.publicKey), isRevoked: revoked, revision: revision)
    let text = try #require(SignedText.attestation(said, server: Self.server))
    said.signature = Base64URL.encode(try (key ?? root).sign(text))
    return said
  }

  /// The county tells these laptops of one another, as a sync does.
  func introduce(_ laptops: TownLaptop...) throws {
    for laptop in laptops { try laptop.hear(try laptops.map { try says(of: $0) }) }
  }
}

/// One laptop of the township.
final class TownLaptop {
  let directory: DataDirectory
  let keys: UnlockedKeys
  let grant: EnrolGrant
  private let town: StickTown
  private static let passphrase = "made-up passphrase"

  init(_ town: StickTown, _ person: String, _ role: Role, _ scopes: [String], _ readers: [TownLaptop], directory path: String? = nil) throws {
    self.town = town
    directory = DataDirectory(path ?? town.path + "/" + UUID().uuidString)
    grant = EnrolGrant(
      deviceId: UUID().uuidString.lowercased(), person: person, name: "测试" + person, role: role.rawValue, scopes: scopes,
      county: "示范县", server: StickTown.server,
      readers: readers.map {
        let key = $0.keys.reader.publicKey
        return GrantedReader(kind: "reader", keyId: ReaderKey.id(of: key), publicKey: Base64URL.encode(key))
      }, caPem: FakeCounty.authority, rootPublicKey: Base64URL.encode(town.root.publicKey), issued: "2026-11-24T01:00:00Z")
    var vault = try Laptop.vaultForEnrolment(directory, passphrase: Self.passphrase, cost: .weak(log2N: 4))
    try Laptop.enrol(&vault, as: Enrolment(grant: grant, county: "https://127.0.0.1:1"))
    keys = vault.keys
  }

  /// The same laptop, its directory put back to what it was when it was copied there.
  private init(_ original: TownLaptop, at path: String) {
    town = original.town
    directory = DataDirectory(path)
    keys = original.keys
    grant = original.grant
  }

  func copied() throws -> TownLaptop {
    let path = town.path + "/" + UUID().uuidString
    try FileManager.default.copyItem(atPath: directory.path, toPath: path)
    return TownLaptop(self, at: path)
  }

  func laptop() throws -> Laptop { try Laptop.open(directory, passphrase: Self.passphrase) }

  @discardableResult
  func with<Value>(_ body: (Laptop) throws -> Value) throws -> Value {
    let laptop = try laptop()
    defer { laptop.close() }
    return try body(laptop)
  }

  /// A record of this person, kept.
  @discardableResult
  func write(
    _ type: RecordType = .visit, household: String = "h1", division: String = StickTown.village, supersedes: [String] = [],
    submission: String? = nil, body: [String: String] = [:], by author: Author? = nil
  ) throws -> Record {
    try with { laptop in
      let record = Record(
        id: laptop.makeID(), type: type, household: household, division: division, author: author ?? laptop.enrolment.author,
        device: grant.deviceId, wall: "2026-11-24T09:30:05+08:00", supersedes: supersedes, submission: submission, body: body)
      try laptop.append(record)
      return record
    }
  }

  func hear(_ said: [Attestation]) throws {
    let desk = try SyncDesk(directory, keys: keys)
    defer { desk.close() }
    try desk.keep(said, state: "00")
  }

  /// What the county's feed brings.
  func pull(_ records: [Record]) throws {
    let desk = try SyncDesk(directory, keys: keys)
    defer { desk.close() }
    let items = try records.enumerated().map {
      FeedItem(seq: UInt64($0 + 1), record: String(decoding: try RecordCodec.encode($1), as: UTF8.self))
    }
    try desk.keep(items, next: FeedCursor(next: UInt64(items.count), epoch: 1))
  }

  @discardableResult
  func exchange(_ disk: any StickDisk = PosixDisk(), on stick: String? = nil) throws -> StickReport {
    let desk = try SyncDesk(directory, keys: keys)
    defer { desk.close() }
    var run = StickRun(desk, directory: stick ?? town.stick, disk: disk)
    return run.run()
  }

  /// Ids of the records of this type that this laptop shows.
  func sees(_ records: [Record], as type: RecordType = .visit) throws -> [Bool] {
    try with { laptop in records.map { laptop.register.record($0.id)?.type == type } }
  }
}

/// A stick whose calls fail from the n-th on, or that one alone.
struct FaultyStick: StickDisk {
  final class Counter: Sendable {
    private let number = Mutex(0)
    func next() -> Int {
      number.withLock { number in
        number += 1
        return number
      }
    }
    var value: Int { number.withLock { $0 } }
  }

  let real = PosixDisk()
  let counter = Counter()
  /// From 1; 0 never.
  var failing = 0
  var forEver = true
  var errno: Int32
  /// Only calls that change something fail.
  var onlyWrites = false

  private func call(_ operation: DiskOperation, writes: Bool = false) throws(DiskFault) {
    if onlyWrites && !writes { return }
    let number = counter.next()
    if failing > 0, forEver ? number >= failing : number == failing { throw DiskFault(operation, errno: errno) }
  }

  func kind(_ path: String) throws(DiskFault) -> PathKind { try call(.length); return try real.kind(path) }
  func makeDirectory(_ path: String) throws(DiskFault) { try call(.makeDirectory, writes: true); try real.makeDirectory(path) }
  func list(_ path: String) throws(DiskFault) -> [String]? { try call(.list); return try real.list(path) }
  func open(_ path: String, _ opening: DiskOpening) throws(DiskFault) -> DiskFile {
    try call(.open, writes: true)
    return try real.open(path, opening)
  }
  func read(_ path: String, bytesMax: Int, fresh: Bool) throws(DiskFault) -> [UInt8]? {
    try call(.read)
    return try real.read(path, bytesMax: bytesMax, fresh: fresh)
  }
  func read(_ path: String, from offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
    try call(.read)
    return try real.read(path, from: offset, count: count)
  }
  func length(_ path: String) throws(DiskFault) -> Int? { try call(.length); return try real.length(path) }
  /// Half of what was given, as a disk may.
  func write(_ file: DiskFile, _ bytes: [UInt8]) throws(DiskFault) -> Int {
    try call(.write, writes: true)
    return try real.write(file, bytes.count > 600 ? Array(bytes.prefix(bytes.count / 2)) : bytes)
  }
  func write(_ file: DiskFile, _ bytes: [UInt8], at offset: Int) throws(DiskFault) -> Int {
    try call(.writeAt, writes: true)
    return try real.write(file, bytes, at: offset)
  }
  func syncData(_ file: DiskFile) throws(DiskFault) { try call(.syncData, writes: true); try real.syncData(file) }
  func syncAll(_ file: DiskFile) throws(DiskFault) { try call(.syncAll, writes: true); try real.syncAll(file) }
  func syncDirectory(_ path: String) throws(DiskFault) { try call(.syncDirectory, writes: true); try real.syncDirectory(path) }
  func allocate(_ file: DiskFile, from offset: Int, count: Int) throws(DiskFault) -> Bool { true }
  func rename(_ path: String, to other: String) throws(DiskFault) { try call(.rename, writes: true); try real.rename(path, to: other) }
  func remove(_ path: String) throws(DiskFault) { try call(.remove, writes: true); try real.remove(path) }
  func lock(_ path: String) throws(DiskFault) -> DiskFile? { try real.lock(path) }
  func freeBytes(_ path: String) throws(DiskFault) -> Int { try real.freeBytes(path) }
  func close(_ file: DiskFile) { real.close(file) }
}
