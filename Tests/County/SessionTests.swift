import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

@Suite("Hello, enrolment, sessions")
struct SessionTests {
  @Test("hello says who answers, marked as ours")
  func hello() async throws {
    let at = try await TestCounty()
    let reply = try await at.request(.get, Path.hello)
    #expect(reply.status == 200)
    #expect(reply.headers.value(.zoufangProtocol) == "1")
    let hello = try reply.decoded(Hello.self)
    #expect(hello.county == TestCounty.name && hello.server == at.county.configuration.id)
    #expect(hello.time == "2026-11-24T10:00:00+08:00")
  }

  @Test("the CA that is answered is the one whose fingerprint stands on the slip")
  func authority() async throws {
    let at = try await TestCounty()
    let reply = try await at.request(.get, Path.ca)
    let slip = try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: [TestCounty.village])
    let fingerprint = try CertificateAuthority.fingerprint(ofPEM: String(decoding: reply.body, as: UTF8.self))
    #expect(Hex.encode(fingerprint) == slip.fingerprint)
  }

  @Test("what is not an endpoint is 404, still marked as ours", arguments: ["/", "/v1", "/v1/hello/x", "/v2/hello"])
  func unknown(_ path: String) async throws {
    let reply = try await TestCounty().request(.get, path)
    #expect(reply.status == 404 && reply.reason == .notFound)
    #expect(reply.headers.value(.zoufangProtocol) == "1")
  }

  @Test("another protocol is asked to upgrade")
  func upgrade() async throws {
    let reply = try await TestCounty().request(.get, Path.hello, headers: [Header.protocolVersion: "2"])
    #expect(reply.status == 426 && reply.reason == .upgrade)
  }

  @Test("a grant says person, role, scope, keys and CA, and the county's root signed all of it")
  func grant() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let grant = device.grant
    #expect(grant.person == "P1" && grant.role == "cadre" && grant.scopes == [TestCounty.village])
    #expect(grant.readers.map(\.kind) == ["ingest", "recovery"])
    #expect(grant.caPem == at.county.keys.authorityPEM)
    let signed = try #require(SignedText.grant(grant))
    let root = try #require(Base64URL.decode(grant.rootPublicKey))
    let signature = try #require(Base64URL.decode(grant.signature))
    #expect(root == at.county.keys.root.publicKey)
    #expect(SigningKey.verify(signature, of: signed, by: root))
    var changed = grant
    changed.scopes = [TestCounty.township]
    #expect(!SigningKey.verify(signature, of: try #require(SignedText.grant(changed)), by: root))
  }

  @Test("a cadre's segments are sealed to the supervisors of the township who enrolled before, to nobody else's")
  func supervisorsRead() async throws {
    let at = try await TestCounty()
    let supervisor = try await TestDevice.enrol(at, person: "S1", role: .supervisor, scopes: [TestCounty.township])
    _ = try await TestDevice.enrol(at, person: "S2", role: .supervisor, scopes: ["130599200"])
    let gone = try await TestDevice.enrol(at, person: "S3", role: .supervisor, scopes: [TestCounty.township])
    try await at.county.revoke(device: gone.grant.deviceId)
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    #expect(cadre.grant.readers.filter { $0.kind == "reader" }.map(\.keyId) == [supervisor.keys.reader.keyID])
  }

  @Test("a code gives one device; the same keys asking again get the same answer, other keys nothing")
  func codeOnce() async throws {
    let at = try await TestCounty()
    let slip = try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: [TestCounty.village])
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    let first = try await at.post(Path.enrol, try TestDevice.request(slip.code, keys))
    let second = try await at.post(Path.enrol, try TestDevice.request(slip.code, keys))
    #expect(first.status == 200 && second.status == 200 && first.body == second.body)
    let other = try TemporaryDirectory()
    let stolen = try Vault.create(in: other.path, keyFile: other.path + "/secret").keys
    let third = try await at.post(Path.enrol, try TestDevice.request(slip.code, stolen))
    #expect(third.status == 403 && third.reason == .badCode)
    #expect(try await at.county.devices().count == 1)
  }

  @Test("the same laptop with a new code keeps its device and gets the new scope; another person may not have its keys")
  func again() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    try device.write(device.record())
    #expect(try await device.push(at).status == 200)
    func ask(_ person: String, _ scope: String) async throws -> Reply {
      let slip = try await at.county.enrolmentCode(person: person, name: "甲", role: "cadre", scopes: [scope])
      return try await at.post(Path.enrol, try TestDevice.request(slip.code, device.keys), peer: person + scope)
    }
    let grant = try await ask("P1", TestCounty.otherVillage).decoded(EnrolGrant.self)
    #expect(grant.deviceId == device.grant.deviceId && grant.scopes == [TestCounty.otherVillage])
    #expect(try await at.county.devices().map(\.scopes) == [[TestCounty.otherVillage]])
    try device.write(device.record(household: "h2", division: TestCounty.otherVillage))
    #expect(try await device.push(at, from: 2).decoded(PushReceipt.self).items.map(\.state) == [.applied])
    #expect(try await ask("P2", TestCounty.village).reason == .badCode)
    try await at.county.revoke(device: device.grant.deviceId)
    #expect(try await ask("P1", TestCounty.village).reason == .badCode)
  }

  @Test("a code ends after 72 hours")
  func codeEnds() async throws {
    let at = try await TestCounty()
    let slip = try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: [TestCounty.village])
    at.clock.pass(seconds: Double(Limits.enrolCodeSeconds) + 1)
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    #expect(try await at.post(Path.enrol, try TestDevice.request(slip.code, keys)).reason == .badCode)
  }

  @Test("ten wrong tries against a slip close it, also for its owner")
  func tenTries() async throws {
    let at = try await TestCounty()
    let slip = try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: [TestCounty.village])
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    for number in 0..<CountyLimits.codeTries {
      let reply = try await at.post(
        Path.enrol, try TestDevice.request(Self.guess(slip: slip.code, number), keys), peer: "192.0.2.\(number)")
      #expect(reply.reason == .badCode)
    }
    let late = try await at.post(Path.enrol, try TestDevice.request(slip.code, keys), peer: "192.0.2.99")
    #expect(late.reason == .badCode)
  }

  /// A well-made code with the slip's first group and other bits behind.
  private static func guess(slip: String, _ number: Int) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let head = Array(slip.prefix(4))
    for tail in 0..<1024 {
      var text = head + Array(repeating: "0", count: 22)
      text[25] = alphabet[number % 32]
      text.append(alphabet[tail / 32])
      text.append(alphabet[tail % 32])
      if EnrolmentCode(typed: String(text)) != nil { return String(text) }
    }
    return ""
  }

  @Test("five enrolments a minute from one address, then wait")
  func enrolRate() async throws {
    let at = try await TestCounty()
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    let request = try TestDevice.request("no such code", keys)
    for _ in 0..<CountyLimits.enrolPerMinute { #expect(try await at.post(Path.enrol, request).status == 403) }
    let reply = try await at.post(Path.enrol, request)
    #expect(reply.status == 429 && reply.headers[.retryAfter] != nil)
    #expect(try await at.post(Path.enrol, request, peer: "198.51.100.7").status == 403)
    at.clock.pass(seconds: 61)
    #expect(try await at.post(Path.enrol, request).status == 403)
  }

  @Test("a proof by another key, and bodies that are none, are refused")
  func badRequests() async throws {
    let at = try await TestCounty()
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    var request = try TestDevice.request("x", keys)
    request.proof = Base64URL.encode([UInt8](repeating: 7, count: 64))
    #expect(try await at.post(Path.enrol, request, peer: "a").status == 401)
    request.signPublicKey = "short"
    #expect(try await at.post(Path.enrol, request, peer: "b").status == 400)
    #expect(try await at.request(.post, Path.enrol, Array("{".utf8), peer: "c").status == 400)
    #expect(try await at.request(.post, Path.sessions, Array("[]".utf8), peer: "d").status == 400)
    let large = [UInt8](repeating: 0x20, count: Limits.requestBytes + 1)
    #expect(try await at.request(.post, Path.enrol, large, peer: "e").status == 413)
  }

  @Test("a challenge opens one session, for the device it was made for, signed by its key, in time")
  func challenge() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let other = try await TestDevice.enrol(at, person: "P2", role: .cadre, scopes: [TestCounty.village])
    func fresh() async throws -> String {
      try await at.post(Path.challenge, ChallengeRequest(deviceId: device.grant.deviceId)).decoded(Challenge.self)
        .challenge
    }
    func answer(_ challenge: String, _ id: String, _ keys: UnlockedKeys) async throws -> Int {
      let text = try #require(
        SignedText.session(server: at.county.configuration.id, challenge: challenge, deviceID: id))
      let signature = Base64URL.encode(try keys.signing.sign(text))
      return try await at.post(
        Path.sessions, SessionRequest(deviceId: id, challenge: challenge, signature: signature)
      ).status
    }
    let id = device.grant.deviceId
    let good = try await fresh()
    #expect(try await answer(good, id, other.keys) == 401)
    #expect(try await answer(good, id, device.keys) == 401, "used up by the wrong answer")
    let second = try await fresh()
    #expect(try await answer(second, other.grant.deviceId, other.keys) == 401)
    let third = try await fresh()
    #expect(try await answer(third, id, device.keys) == 200)
    #expect(try await answer(third, id, device.keys) == 401)
    let fourth = try await fresh()
    at.clock.pass(seconds: Double(Limits.challengeSeconds) + 1)
    #expect(try await answer(fourth, id, device.keys) == 401)
  }

  @Test("a session ends after fifteen minutes, with the server's process, and at once when the device is revoked")
  func sessionEnds() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    #expect(try await device.feed(at).reply.status == 200)
    let again = try await at.restarted()
    #expect(try await again.request(.get, Path.feed, token: device.token).status == 401)
    at.clock.pass(seconds: Double(Limits.sessionSeconds) + 1)
    #expect(try await at.request(.get, Path.feed, token: device.token).reason == .noSession)
    try await device.openSession(at)
    try await at.county.revoke(device: device.grant.deviceId)
    let reply = try await at.request(.get, Path.feed, token: device.token)
    #expect(reply.status == 403 && reply.reason == .revoked)
    await #expect(throws: CountyFault.noSuchDevice(device.grant.deviceId)) {
      try await at.county.revoke(device: device.grant.deviceId)
    }
  }

  @Test("a token that is none, or nearly one", arguments: ["", "x", "AAAA", String(repeating: "A", count: 43)])
  func noToken(_ token: String) async throws {
    let reply = try await TestCounty().request(.get, Path.feed, token: token)
    #expect(reply.status == 401 && reply.reason == .noSession)
  }

  @Test("one address that asks under ever new device ids is told to wait, and takes nothing from the others")
  func manyNames() async throws {
    let at = try await TestCounty()
    func ask(_ device: String, from peer: String) async throws -> Int {
      try await at.post(Path.challenge, ChallengeRequest(deviceId: device), peer: peer).status
    }
    for number in 0..<CountyLimits.sessionsPerAddress {
      #expect(try await ask("d\(number)", from: "192.0.2.66") == 200)
    }
    #expect(try await ask("another", from: "192.0.2.66") == 429)
    #expect(try await ask("another", from: "192.0.2.67") == 200)
    at.clock.pass(seconds: 61)
    #expect(try await ask("another", from: "192.0.2.66") == 200)
    #expect(CountyLimits.challenges >= 5 * CountyLimits.sessionsPerAddress)
  }

  @Test("a limiter remembers so many names and no more, also where none of them is at rest")
  func boundedNames() {
    let limiter = RateLimiter(TestClock().surroundings)
    for number in 0..<CountyLimits.limiterNames + 100 {
      #expect(limiter.admit("name \(number)", perMinute: 1) == nil)
    }
    #expect(limiter.nameCount <= CountyLimits.limiterNames)
  }

  @Test("two requests of a device at one time, not three")
  func concurrency() throws {
    let limiter = RateLimiter(TestClock().surroundings)
    #expect(limiter.enter("d") && limiter.enter("d") && !limiter.enter("d") && limiter.enter("e"))
    limiter.leave("d")
    #expect(limiter.enter("d"))
  }

  @Test("codes are refused for scopes outside the county, unknown roles and names that could break what is signed")
  func badCodes() async throws {
    let at = try await TestCounty()
    func make(_ person: String, _ name: String, _ role: String, _ scopes: [String]) async throws {
      _ = try await at.county.enrolmentCode(person: person, name: name, role: role, scopes: scopes)
    }
    await #expect(throws: CountyFault.badScope("110101")) { try await make("P", "甲", "cadre", ["110101"]) }
    await #expect(throws: CountyFault.badScope("13059910")) { try await make("P", "甲", "cadre", ["13059910"]) }
    await #expect(throws: CountyFault.badScope("")) { try await make("P", "甲", "cadre", []) }
    await #expect(throws: CountyFault.badRole("root")) { try await make("P", "甲", "root", [TestCounty.village]) }
    await #expect(throws: CountyFault.badPerson) { try await make("P", "甲\n乙", "cadre", [TestCounty.village]) }
  }
}
