import Foundation
import HTTPTypes
import Journal
import Logging
import Relief
import Synchronization
import Testing
import Wire

@testable import County

/// Names, numbers and illnesses of a whole day must not be in the log.
@Suite("What the log says")
struct PrivacyTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private struct Recorder: LogHandler {
    let lines: Lines
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.all.withLock { $0.append("\(event.message) \(metadata) \(event.metadata ?? [:])") }
    }
  }

  private static let canaries = ["金丝雀", "130599196803127853", "13900000001", "尘肺"]

  private func person(_ id: String) -> Fact {
    let names = ["name", "id_number", "phone", "illness_name"]
    return Fact(
      list: FactList.person, entity: id, properties: zip(names, Self.canaries).map { Property($0, $1) })
  }

  /// What the county does in a day beside the laptops: imports, codes, a revoked device, a refold.
  private func morning(_ at: TestCounty) async throws {
    _ = try await at.county.importDivisions(Array("代码,名称\n130599100201,\(Self.canaries[0])村\n".utf8), source: "\(Self.canaries[0]).csv")
    let head = "户编号,村代码,姓名,证件号码,与户主关系,联系电话\n"
    let row = "A1,130599100201,\(Self.canaries[0]),\(Self.canaries[1]),户主,\(Self.canaries[2])\n"
    let codes = Array("列表,代码,名称\nrelation,02,户主\nid_kind,id,居民身份证\n".utf8)
    // Taken or refused, row by row: neither may tell.
    for text in [head + row, head + row + row.replacing("A1", with: "A2").replacing("130599100201", with: Self.canaries[0])] {
      _ = try? await at.county.importRoster(Array(text.utf8), source: "roster.csv", codes: codes)
    }
    at.clock.leave(freeBytes: 0)
    _ = try? await at.county.importDivisions(Array("代码,名称\n130599100202,某村\n".utf8), source: "d.csv")
    at.clock.leave(freeBytes: .max)
  }

  /// Pushes that are taken, parked, refused, cut short and forked.
  private func pushes(_ device: TestDevice, _ at: TestCounty) async throws {
    try device.write(device.record(facts: [person("p1")]))
    let clone = try device.cloneJournal()
    try device.write(device.record(division: TestCounty.elsewhere, facts: [person("p1")]))
    try device.write(raw: "{\"name\":\"\(Self.canaries[0])\"}")
    _ = try await device.push(at, headers: [Header.clock: "0"])
    _ = try await device.push(at, from: 1, headers: ["Content-Digest": "sha-256=:AAAAAAAAAAAA:"])
    _ = try await device.push(at, headers: [Header.checkpoint: Self.canaries[1]])
    let path = Path.entries(journal: device.journal.journalID) + "?from=1"
    _ = try await at.request(.post, path, Array(Self.canaries[0].utf8), token: device.token)
    // The store says no to one line alone, and then to everything.
    try await at.county.store.refuse(value: Self.canaries[3])
    try device.write(device.record(facts: [person("p2")]))
    _ = try await device.push(at)
    try await at.county.store.refuseNothing()
    try await at.county.store.leave(pages: 0)
    var long = person("p3")
    long.properties.append(Property("address", String(repeating: Self.canaries[0], count: 2_000)))
    try device.write(device.record(facts: [long]))
    _ = try await device.push(at)
    try await at.county.store.leave(pages: nil)
    device.use(clone)
    try device.write(device.record(facts: [person("p4")]))
    _ = try await device.push(at)
  }

  @Test("no name, number, illness, code or token of a whole day is in any line, whatever goes wrong")
  func wholeDay() async throws {
    let lines = Lines()
    let at = try await TestCounty(log: Logger(label: "test") { _ in Recorder(lines: lines) })
    try await morning(at)
    let slip = try await at.county.enrolmentCode(
      person: "P-\(Self.canaries[1])", name: Self.canaries[0], role: "cadre", scopes: [TestCounty.village])
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let reader = try await TestDevice.enrol(at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    try await pushes(device, at)
    #expect(try await reader.pulled(at).count > 0)
    // What nobody should send.
    _ = try await at.request(.get, "/v1/\(Self.canaries[1])?name=\(Self.canaries[2])", token: device.token)
    _ = try await at.request(.get, Path.feed + "?cursor=\(Self.canaries[2])x", token: device.token)
    _ = try await at.request(.post, Path.enrol, Array("{\"code\":\"\(Self.canaries[1])\"}".utf8))
    for _ in 0..<CountyLimits.enrolPerMinute + 1 {
      _ = try await at.post(Path.enrol, TestDevice.request(slip.code + "x", device.keys))
    }
    _ = try await at.post(Path.challenge, ChallengeRequest(deviceId: Self.canaries[1]))
    _ = try await at.post(
      Path.sessions, SessionRequest(deviceId: Self.canaries[1], challenge: "x", signature: Self.canaries[2]))
    // The evening: everything again, and the end of a laptop.
    _ = try await at.county.refold()
    let again = try await at.restarted()
    await again.county.catchUpAtStart()
    try await again.county.revoke(device: device.grant.deviceId)
    _ = try await again.request(.get, Path.feed, token: reader.token)

    let said = lines.all.withLock { $0 }
    for word in ["answered", "line parked", "batch not applied", "journal forked", "no room", "clock of a device"] {
      #expect(said.contains { $0.contains(word) }, "\(word): the day was not what it should be")
    }
    let secrets = [device.token, reader.token, slip.code, slip.code.replacing("-", with: ""), device.grant.name, "测试"]
    for secret in Self.canaries + secrets { #expect(!said.contains { $0.contains(secret) }, "\(secret)") }
    // No number that could be anybody's, ours or not.
    let number = /(^|[^0-9a-f-])\d{17}[0-9Xx]([^0-9a-f]|$)/
    #expect(!said.contains { $0.contains(number) })
  }
}
