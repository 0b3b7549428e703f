import Foundation
import NIOCore
import NIOPosix
import Relief
import Testing
import Wire

@testable import County

/// What keeps a server from starting is one fault that names its cause, found before anything is served.
@Suite("Starting")
struct StartTests {
  /// Serves, and gives why that ended.
  private func fault(_ at: TestCounty, port: Int = 0, listen: String = "127.0.0.1") async -> CountyFault? {
    do {
      try await at.county.serve(port: port, listen: listen) { _ in Issue.record("it serves") }
      return nil
    } catch {
      return error
    }
  }

  private func replace(_ file: CountyDirectory.KeyFile, _ text: String?, _ at: TestCounty) throws {
    let path = at.county.directory.file(file)
    try FileManager.default.removeItem(atPath: path)
    if let text { try CountyDirectory.write(Array(text.utf8), to: path, mode: 0o400) }
  }

  @Test("init of a county that is there leaves it alone")
  func initTwice() async throws {
    let at = try await TestCounty()
    let path = at.county.directory.path
    let before = try CountyDirectory.read(at.county.directory.configuration)
    await #expect(throws: CountyFault.directoryTaken(path: path)) {
      try await County.found(at.county.directory, FoundingOrder(name: "另一县", hosts: ["localhost"]))
    }
    #expect(try CountyDirectory.read(at.county.directory.configuration) == before)
  }

  @Test("a certificate or key that is missing is said by its path", arguments: [CountyDirectory.KeyFile.server, .serverKey])
  func missing(_ file: CountyDirectory.KeyFile) async throws {
    let at = try await TestCounty()
    try replace(file, nil, at)
    #expect(await fault(at) == .cannotRead(path: at.county.directory.file(file)))
  }

  @Test("one that is none, too; and `certificate` makes it good", arguments: [CountyDirectory.KeyFile.server, .serverKey])
  func spoiled(_ file: CountyDirectory.KeyFile) async throws {
    let at = try await TestCounty()
    for text in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
      try replace(file, text, at)
      guard case .badCertificate(let path, let detail)? = await fault(at) else {
        Issue.record("not refused")
        continue
      }
      #expect(path == at.county.directory.file(file) && !detail.contains("AAAA"))
    }
    try at.county.renewCertificate()
    _ = try at.county.application(address: "127.0.0.1", port: 0) { _ in }
  }

  @Test("a certificate and a key that do not belong together are refused")
  func mismatched() async throws {
    let at = try await TestCounty()
    let other = try await TestCounty()
    try replace(.serverKey, String(decoding: try other.county.directory.read(.serverKey), as: UTF8.self), at)
    guard case .certificate? = await fault(at) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("keys that are missing or none are said by their path", arguments: [CountyDirectory.KeyFile.ingestKey, .rootKey, .recovery, .vaultSecret])
  func keys(_ file: CountyDirectory.KeyFile) async throws {
    let at = try await TestCounty()
    let path = at.county.directory.file(file)
    try replace(file, "no key", at)
    await #expect(throws: CountyFault.badKey(path: path)) { try await County.open(at.county.directory) }
    try replace(file, nil, at)
    await #expect(throws: CountyFault.cannotRead(path: path)) { try await County.open(at.county.directory) }
  }

  @Test("an authority that laptops could not read is found at the start")
  func authority() async throws {
    let at = try await TestCounty()
    try replace(.authority, "x", at)
    guard case .badCertificate(at.county.directory.file(.authority), _)? = await fault(at) else {
      Issue.record("not refused")
      return
    }
  }

  @Test("an authority's key that is none is said by its path when a certificate is wanted")
  func spoiledAuthority() async throws {
    let at = try await TestCounty()
    try replace(.authorityKey, "x", at)
    #expect(throws: CountyFault.self) { try at.county.renewCertificate() }
  }

  @Test("a port that another program has, and an address that is not this machine's")
  func bound() async throws {
    let at = try await TestCounty()
    let other = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(other.localAddress?.port)
    #expect(await fault(at, port: port) == .portTaken(port))
    try await other.close()
    // TEST-NET-1 is no machine's.
    #expect(await fault(at, listen: "192.0.2.1") == .cannotBind(address: "192.0.2.1", port: 0, isForbidden: false))
  }

  @Test("a database that is none, and one cut short, are said to be damaged")
  func damaged() async throws {
    let at = try await TestCounty()
    let path = at.county.directory.database
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try CountyDirectory.write(Array(repeating: 0x41, count: 9_000), to: path, mode: 0o600)
    do {
      _ = try await County.open(at.county.directory)
      Issue.record("it was opened")
    } catch {
      guard case .storeDamaged(path, _) = error else { throw error }
    }
  }

  @Test("the status tells numbers and ids, and nothing of a person")
  func status() async throws {
    let at = try await TestCounty()
    var status = try await at.county.status()
    #expect(status.devices == 0 && status.journals == 0 && status.lastPush == nil && status.holdsRecoveryKey)
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let other = try await TestDevice.enrol(at, person: "P2", role: .cadre, scopes: [TestCounty.village])
    try device.write(device.record(), device.record(division: TestCounty.elsewhere), device.record(division: TestCounty.elsewhere))
    try device.write(raw: "{}")
    _ = try await device.push(at)
    try await at.county.revoke(device: other.grant.deviceId)
    status = try await at.county.status()
    #expect(status.devices == 1 && status.revokedDevices == 1)
    #expect(status.journals == 1 && status.forkedJournals == 0)
    #expect(status.lines == 4 && status.records == 1 && status.unopened == 0)
    #expect(status.parked == [.init(code: "outside_scope", count: 2), .init(code: "not_a_record", count: 1)])
    #expect(status.lastPush == "2026-11-24T10:00:00+08:00" && status.certificateEnds == "2027-11-19")
    #expect(!"\(status)".contains(device.grant.name) && !"\(status)".contains("P1"))
  }
}
