// What the county's tests share: a county in a temporary directory with a clock of its own, requests without a
// socket, and devices that write real journals.

import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import Relief
import Synchronization
import Testing
import Wire

@testable import County

/// A clock that a test moves, and a disk that is as full as it says.
final class TestClock: Sendable {
  private let time = Mutex(Date(timeIntervalSince1970: 1_795_485_600))  // 2026-11-24 10:00 in China

  private let free = Mutex(Int.max)

  func pass(seconds: Double) { time.withLock { $0 += seconds } }

  /// How much room the disk seems to have.
  func leave(freeBytes: Int) { free.withLock { $0 = freeBytes } }

  var surroundings: CountySurroundings {
    CountySurroundings(
      now: { self.time.withLock { $0 } }, random: CountySurroundings.real.random,
      freeBytes: { _ in self.free.withLock { $0 } })
  }
}

/// A directory that goes away with the test.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/county-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct Reply {
  var status: Int
  var headers: HTTPFields
  var body: [UInt8]

  func decoded<Body: Decodable>(_ type: Body.Type = Body.self) throws -> Body { try BodyCodec.decode(type, from: body) }

  var reason: Refusal.Reason? { try? decoded(Refusal.self).reason }
}

/// A county with its routes, as a laptop sees it, without a socket.
struct TestCounty {
  let directory: TemporaryDirectory
  let clock: TestClock
  let county: County
  let responder: RouterResponder<CountyContext>
  let log: Logger

  static let name = "示范县"
  static let village = "130599100201"
  static let otherVillage = "130599100202"
  static let township = "130599100"
  static let elsewhere = "130599200201"

  init(log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) async throws {
    let directory = try TemporaryDirectory()
    let clock = TestClock()
    _ = try await County.found(
      CountyDirectory(directory.path + "/county"),
      FoundingOrder(name: Self.name, division: "130599", hosts: ["localhost"], addresses: ["127.0.0.1"]),
      surroundings: clock.surroundings)
    try await self.init(directory: directory, clock: clock, log: log)
  }

  private init(directory: TemporaryDirectory, clock: TestClock, log: Logger) async throws {
    self.directory = directory
    self.clock = clock
    self.log = log
    county = try await County.open(
      CountyDirectory(directory.path + "/county"), log: log, surroundings: clock.surroundings)
    responder = Routes(county).router().buildResponder()
  }

  /// The same county after its process ended and started again.
  func restarted() async throws -> TestCounty { try await TestCounty(directory: directory, clock: clock, log: log) }

  func request(
    _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [], token: String? = nil,
    headers: [String: String] = [:], peer: String = "192.0.2.1"
  ) async throws -> Reply {
    var fields = HTTPFields()
    if let token { fields[.authorization] = "Bearer " + token }
    for (name, value) in headers { fields.set(HTTPField.Name(name), value) }
    let request = Request(
      head: .init(method: method, scheme: "https", authority: "localhost", path: path, headerFields: fields),
      body: .init(buffer: ByteBuffer(bytes: body)))
    let response = try await responder.respond(to: request, context: CountyContext(logger: log, peer: peer))
    let collector = Collector()
    try await response.body.write(collector)
    return Reply(
      status: response.status.code, headers: response.headers, body: collector.bytes.withLock { $0 })
  }

  func post(_ path: String, _ body: some Encodable, token: String? = nil, peer: String = "192.0.2.1") async throws
    -> Reply
  {
    try await request(.post, path, try BodyCodec.encode(body), token: token, peer: peer)
  }

  /// Every row of the register, as text, in order.
  func register() async throws -> [String] { try await county.store.registerRows() }

  private final class Collector: ResponseBodyWriter, Sendable {
    let bytes = Mutex<[UInt8]>([])
    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) } }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}

/// A laptop: keys in a vault, a journal on a disk, a grant, a session.
final class TestDevice {
  let home: TemporaryDirectory
  let keys: UnlockedKeys
  let grant: EnrolGrant
  private(set) var journal: Journal
  private(set) var token = ""
  private var maker = UUIDv7Maker()
  private let readers: [ReaderKey]

  /// Enrols by code, as a laptop does.
  static func enrol(
    _ at: TestCounty, person: String, role: Role, scopes: [String], households: [String]? = nil,
    readers: [ReaderKey]? = nil, peer: String = UUID().uuidString
  ) async throws -> TestDevice {
    // Also for roles and households that no operator gets a code for: what such a device may do is asked for its own sake.
    let slip = try await at.county.slip(
      for: CodeHolder(
        person: person, name: "测试" + person, role: role, scopes: scopes.isEmpty && role == .county ? ["130599"] : scopes,
        households: households))
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    let reply = try await at.post(Path.enrol, try request(slip.code, keys), peer: peer)
    let grant = try reply.decoded(EnrolGrant.self)
    let device = try TestDevice(home: home, keys: keys, grant: grant, readers: readers)
    try await device.openSession(at)
    return device
  }

  /// The same laptop, with its keys and its journals, after it enrolled anew.
  func enrolledAgain(_ at: TestCounty, scopes: [String]) async throws -> TestDevice {
    let slip = try await at.county.enrolmentCode(
      person: grant.person, name: grant.name, role: grant.role, scopes: scopes)
    let reply = try await at.post(Path.enrol, try Self.request(slip.code, keys), peer: UUID().uuidString)
    journal.close()
    let device = try TestDevice(home: home, keys: keys, grant: try reply.decoded(EnrolGrant.self), readers: nil)
    try await device.openSession(at)
    return device
  }

  /// A new, empty journal in place of the present one.
  func beginJournal() throws { use(try Self.journal(home.path + "/journal-" + UUID().uuidString, keys, grant, readers)) }

  static func request(_ code: String, _ keys: UnlockedKeys) throws -> EnrolRequest {
    let sign = Base64URL.encode(keys.signing.publicKey)
    let box = Base64URL.encode(keys.reader.publicKey)
    let text = SignedText.enrolment(code: code, signPublicKey: sign, boxPublicKey: box) ?? []
    return EnrolRequest(
      code: code, signPublicKey: sign, boxPublicKey: box, proof: Base64URL.encode(try keys.signing.sign(text)))
  }

  private init(home: TemporaryDirectory, keys: UnlockedKeys, grant: EnrolGrant, readers: [ReaderKey]?) throws {
    self.home = home
    self.keys = keys
    self.grant = grant
    self.readers =
      readers
      ?? grant.readers.map {
        ReaderKey(
          kind: ReaderKind(rawValue: $0.kind) ?? .reader, keyID: $0.keyId,
          publicKey: Base64URL.decode($0.publicKey) ?? [])
      }
    journal = try Self.journal(home.path + "/journal", keys, grant, self.readers)
  }

  private static func journal(_ path: String, _ keys: UnlockedKeys, _ grant: EnrolGrant, _ readers: [ReaderKey]) throws
    -> Journal
  {
    try Journal.open(
      directory: path, keys: keys, settings: JournalSettings(deviceID: grant.deviceId, readers: readers))
  }

  func openSession(_ at: TestCounty) async throws {
    let challenge = try await at.post(Path.challenge, ChallengeRequest(deviceId: grant.deviceId))
      .decoded(Challenge.self).challenge
    let text = SignedText.session(server: grant.server, challenge: challenge, deviceID: grant.deviceId) ?? []
    let reply = try await at.post(
      Path.sessions,
      SessionRequest(
        deviceId: grant.deviceId, challenge: challenge, signature: Base64URL.encode(try keys.signing.sign(text))))
    token = try reply.decoded(SessionGrant.self).token
  }

  // MARK: writing

  /// A record of this person.
  func record(
    _ type: RecordType = .visit, household: String? = "h1", division: String = TestCounty.village,
    supersedes: [String] = [], facts: [Fact] = [], body: [String: String] = [:], id: String? = nil
  ) -> Record {
    let id = id ?? maker.make(milliseconds: 1_795_485_600_000) { UInt64.random(in: .min ... .max) }
    return Record(
      id: id, type: type, household: household, division: division,
      author: Author(person: grant.person, name: grant.name, role: Role(rawValue: grant.role)), device: grant.deviceId,
      wall: "2026-11-24T10:00:00+08:00", supersedes: supersedes, facts: facts, body: body)
  }

  @discardableResult
  func write(_ records: Record...) throws -> [UInt64] {
    try journal.append(try records.map { try RecordCodec.encode($0) })
  }

  @discardableResult
  func write(raw content: String) throws -> UInt64 { try journal.append([Array(content.utf8)])[0] }

  /// Pushes a record in a journal of its own, so that a test says in which order records of one device arrive.
  @discardableResult
  func pushAlone(_ record: Record, _ at: TestCounty) async throws -> PushedItem {
    try beginJournal()
    try write(record)
    at.clock.pass(seconds: 2)
    return try #require(try await push(at).decoded(PushReceipt.self).items.first)
  }

  // MARK: pushing

  struct NoLines: Error {}

  func lines(from seq: UInt64, bytesMax: Int = Limits.pushBytes) throws -> RawLines {
    guard let lines = try journal.rawLines(journalID: journal.journalID, from: seq, bytesMax: bytesMax) else {
      throw NoLines()
    }
    return lines
  }

  func checkpointHeader(_ lines: RawLines) throws -> String {
    let checkpoint = try Checkpoint(
      journalID: lines.journalID, seq: lines.lastSeq, chain: lines.chain, signedBy: keys.signing)
    let parts = checkpoint.text.split(separator: "\n")
    return "\(parts[1]) \(parts[2]) \(parts[3])"
  }

  func push(
    _ at: TestCounty, from seq: UInt64 = 1, bytesMax: Int = Limits.pushBytes, headers: [String: String] = [:]
  ) async throws -> Reply {
    let lines = try lines(from: seq, bytesMax: bytesMax)
    var all = [Header.checkpoint: try checkpointHeader(lines)]
    all.merge(headers) { $1 }
    return try await at.request(
      .post, Path.entries(journal: lines.journalID) + "?from=\(seq)", lines.bytes, token: token, headers: all)
  }

  /// Copies the journal to a second disk, where it goes on by itself: what a cloned or restored laptop does.
  func cloneJournal() throws -> Journal {
    let copy = home.path + "/clone-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: home.path + "/journal", toPath: copy)
    return try Self.journal(copy, keys, grant, readers)
  }

  func use(_ journal: Journal) {
    self.journal.close()
    self.journal = journal
  }

  /// The same journal, opened again in another month, which closes its segment.
  func reopened(month: String) throws -> Journal {
    journal.close()
    return try Journal.open(
      directory: home.path + "/journal", keys: keys,
      settings: JournalSettings(deviceID: grant.deviceId, readers: readers, month: { month }))
  }

  // MARK: pulling

  func feed(_ at: TestCounty, cursor: UInt64 = 0, limit: Int? = nil) async throws -> (page: FeedPage, reply: Reply) {
    let reply = try await at.request(
      .get, Path.feed + "?cursor=\(cursor)" + (limit.map { "&limit=\($0)" } ?? ""), token: token)
    return (try reply.decoded(FeedPage.self), reply)
  }

  /// Everything the feed gives.
  func pulled(_ at: TestCounty) async throws -> [Record] {
    var records: [Record] = []
    var cursor: UInt64 = 0
    while true {
      let page = try await feed(at, cursor: cursor).page
      records += try page.items.map { try RecordCodec.decode(Array($0.record.utf8)) }
      cursor = page.next
      if !page.more { return records }
    }
  }
}
