import Testing

@testable import Wire

@Suite struct BodyTests {
  @Test func controlBodiesAreSnakeCaseWithSortedKeys() throws {
    let cursor = JournalCursor(journal: "j", nextSeq: 7, chain: "c", state: .forked, epoch: 2, durableThrough: 3)
    let text = #"{"chain":"c","durable_through":3,"epoch":2,"journal":"j","next_seq":7,"state":"forked"}"#
    #expect(String(decoding: try BodyCodec.encode(cursor), as: UTF8.self) == text)
    #expect(try BodyCodec.decode(JournalCursor.self, from: Array(text.utf8)) == cursor)
  }

  @Test func everyBodyComesBack() throws {
    func same<Body: Codable & Equatable>(_ body: Body) throws {
      #expect(try BodyCodec.decode(Body.self, from: BodyCodec.encode(body)) == body)
    }
    try same(Hello(county: "示范县", server: "s", time: "2026-11-24T01:00:00Z"))
    try same(EnrolRequest(code: "c", signPublicKey: "s", boxPublicKey: "b", proof: "p"))
    try same(Self.grant)
    try same(ChallengeRequest(deviceId: "d"))
    try same(Challenge(challenge: "c"))
    try same(SessionRequest(deviceId: "d", challenge: "c", signature: "s"))
    try same(SessionGrant(token: "t"))
    try same(
      PushReceipt(
        journal: "j", acceptedThrough: 2, chain: "c", receipt: "r",
        items: [PushedItem(seq: 1, state: .stored), PushedItem(seq: 2, state: .parked, code: "unknown_form")]))
    try same(FeedPage(items: [FeedItem(seq: 1, record: "{\"a\":\"走访\"}")], next: 1, more: false))
    try same(JournalOpening(journal: "j", continues: .init(journal: "i", seq: 7, chain: "c"), reason: .machineChanged))
    try same(Refusal(.gap, nextSeq: 4, chain: "c"))
    try same(Refusal(.tooLarge, maxBytes: 5))
  }

  @Test func newKeysAreIgnoredAndBadBodiesAreRefused() throws {
    let newer = #"{"challenge":"c","of_2031":{"a":[1]}}"#
    #expect(try BodyCodec.decode(Challenge.self, from: Array(newer.utf8)) == Challenge(challenge: "c"))
    for bad in ["", "{", "[]", "<html></html>", #"{"challenge":1}"#] {
      #expect(throws: BodyCodec.Fault.self) { try BodyCodec.decode(Challenge.self, from: Array(bad.utf8)) }
    }
  }

  @Test func aReasonOfANewerCountyIsKept() throws {
    let refusal = try BodyCodec.decode(Refusal.self, from: Array(#"{"reason":"of_2031"}"#.utf8))
    #expect(refusal.reason == .init(rawValue: "of_2031"))
  }

  static let grant = EnrolGrant(
    deviceId: "d", person: "p1", name: "赵试用", role: "cadre", scopes: ["130599100201"], county: "示范县", server: "s",
    readers: [GrantedReader(kind: "ingest", keyId: "k", publicKey: "x")], caPem: "-----BEGIN\n", rootPublicKey: "r",
    issued: "2026-11-24T01:00:00Z")

  @Test func noTwoGrantsSignTheSameBytes() throws {
    let text = try #require(SignedText.grant(Self.grant))
    var moved = Self.grant
    moved.scopes = []
    moved.households = ["130599100201"]
    #expect(SignedText.grant(moved) != text)
    var split = Self.grant
    split.name = "赵试用\ncounty"
    #expect(SignedText.grant(split) == nil)
    var visitor = Self.grant
    visitor.households = []
    #expect(SignedText.grant(visitor) != text)
  }

  @Test func purposesAreSigned() {
    let text = SignedText.session(server: "s", challenge: "c", deviceID: "d").map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(text == "zoufang-auth-v1\ns\nc\nd\n")
    let proof = SignedText.enrolment(code: "c", signPublicKey: "s", boxPublicKey: "b")
    #expect(proof.map { String(decoding: $0, as: UTF8.self) } == "zoufang-enrol-v1\nc\ns\nb\n")
    #expect(SignedText.session(server: "s\n", challenge: "c", deviceID: "d") == nil)
  }

  @Test func base64urlIsCanonical() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 5) }
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }
    #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    for bad in ["-_9", "A", "AA=", "A A", "+/8", "走"] { #expect(Base64URL.decode(bad) == nil) }
  }
}
