import Journal
import Testing
import Wire

@testable import Sync

@Suite struct EnrolmentTests {
  @Test func theFingerprintOfTheSlipIsComparedHoweverItIsTyped() throws {
    let offered = try #require(OfferedAuthority(pem: Array(FakeCounty.authority.utf8)))
    #expect(offered.fingerprint == FakeCounty.fingerprint)
    #expect(offered.has(fingerprint: FakeCounty.fingerprint))
    #expect(offered.has(fingerprint: offered.grouped.uppercased()))
    #expect(offered.has(fingerprint: offered.grouped.replacing(" ", with: ":")))
    // A slip's code carries the first sixteen digits; fewer prove too little.
    #expect(offered.has(fingerprint: String(FakeCounty.fingerprint.prefix(16))))
    #expect(!offered.has(fingerprint: String(FakeCounty.fingerprint.prefix(15))))
    #expect(!offered.has(fingerprint: "0" + FakeCounty.fingerprint.prefix(15)))
    #expect(!offered.has(fingerprint: FakeCounty.fingerprint + "!"))
    #expect(!offered.has(fingerprint: ""))
    #expect(offered.grouped.split(separator: " ").count == 8)
  }

  @Test(arguments: [
    "", "<html>", FakeCounty.authority + FakeCounty.authority,
    "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
    "-----BEGIN CERTIFICATE-----\nAQID", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
  ])
  func whatIsNotOneCertificateIsNoAuthority(text: String) {
    #expect(OfferedAuthority(pem: Array(text.utf8)) == nil)
  }

  @Test func addressesAreHTTPSWithAHostAndNothingElse() {
    #expect(HTTPSTransport.address("https://county.example:8443/") == "https://county.example:8443")
    #expect(HTTPSTransport.address("https://[::1]:8443") == "https://[::1]:8443")
    for bad in [
      "http://county", "https://", "county", "https://a/b", "https://a b", "https://a@b", "https://县", "https://a\nb",
    ] {
      #expect(HTTPSTransport.address(bad) == nil)
    }
  }

  @Test func headersAreReadWhateverTheirCase() {
    let headers = HTTPSTransport.headers(
      "HTTP/1.1 200 OK\r\nZoufang-Protocol: 1\r\nRetry-After:7\r\nA: 1\r\na: 2\r\nbad\r\n\r\n")
    #expect(headers == ["zoufang-protocol": "1", "retry-after": "7", "a": "1, 2"])
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-24T01:00:00Z", 1_795_482_000), ("2026-11-24T09:00:00+08:00", 1_795_482_000),
    ("2026-11-24T01:00:00.125Z", 1_795_482_000), ("2026-11-23T20:00:00-05:00", 1_795_482_000),
  ])
  func timesAreRead(text: String, seconds: Int) { #expect(RFC3339.seconds(text) == seconds) }

  @Test(arguments: [
    "", "2026-11-24", "2026-11-24T01:00:00", "2026-11-24T25:00:00Z", "2026-02-30T01:00:00Z", "2026-11-24T01:00:00+0800",
  ])
  func whatIsNoTimeIsRefused(text: String) { #expect(RFC3339.seconds(text) == nil) }
}

@Suite struct GrantTests {
  /// Keys as a vault hands them over a pipe: four fields, each with its length.
  static func keys() throws -> UnlockedKeys {
    var bytes = Array("ZFK1".utf8)
    let fields = [
      Array(String(repeating: "a", count: 32).utf8), [UInt8](repeating: 7, count: 32), SigningKey().rawRepresentation,
      PrivateReaderKey().rawRepresentation,
    ]
    for field in fields { bytes += [0, 0, 0, UInt8(field.count)] + field }
    return try #require(UnlockedKeys.decode(bytes))
  }

  let authority = OfferedAuthority(pem: Array(FakeCounty.authority.utf8))

  func enrol(_ county: FakeCounty, _ keys: UnlockedKeys, code: String = "CODE", tries: Int = 5) throws -> EnrolGrant {
    try EnrolmentRun.grant(
      over: county, code: code, keys: keys, authority: try #require(authority), pace: Waits().pace(tries: tries))
  }

  @Test func aGoodCodeGivesAGrantAndALostAnswerCostsNothing() throws {
    let county = FakeCounty()
    let keys = try Self.keys()
    county.fate = { number, _ in number == 1 ? .unanswered(.brokenOff) : .arrives }
    #expect(throws: SyncFault.transfer(.brokenOff)) { try enrol(county, keys, tries: 1) }
    let grant = try enrol(county, keys)
    #expect(grant.deviceId == "d1")
    #expect(try enrol(county, keys) == grant)
    // Somebody else with the same slip.
    #expect(throws: SyncFault.refused(.badCode)) { try enrol(county, Self.keys()) }
  }

  @Test func aWrongCodeIsRefused() throws {
    #expect(throws: SyncFault.refused(.badCode)) { try enrol(FakeCounty(), Self.keys(), code: "OTHER") }
    #expect(throws: SyncFault.refused(.badCode)) { try enrol(FakeCounty(), Self.keys(), code: "CO\nDE") }
  }

  @Test func theAuthorityIsOfferedByTheCounty() throws {
    #expect(try EnrolmentRun.authority(from: FakeCounty()) == authority)
    let portal = FakeCounty()
    portal.fate = { _, _ in .instead(TransferAnswer(status: 200, body: Array("<html>".utf8))) }
    #expect(throws: SyncFault.unexpected(status: 200)) { try EnrolmentRun.authority(from: portal) }
  }

  @Test func aGrantThatWasTouchedIsRefused() throws {
    let county = FakeCounty()
    let grant = try enrol(county, Self.keys())
    let authority = try #require(authority)
    #expect(EnrolmentRun.isGood(grant, authority))
    let changes: [(inout EnrolGrant) -> Void] = [
      { $0.role = "county" }, { $0.scopes = ["13"] }, { $0.signature = "" }, { $0.deviceId = "" },
      { $0.readers.append(GrantedReader(kind: "ingest", keyId: "k", publicKey: "x")) },
      { $0.caPem = $0.caPem.replacing("AQID", with: "BQID") }, { $0.name += "\n" },
      { $0.readers = Array(repeating: GrantedReader(kind: "reader", keyId: "k", publicKey: "x"), count: 17) },
    ]
    for change in changes {
      var touched = grant
      change(&touched)
      #expect(!EnrolmentRun.isGood(touched, authority))
    }
  }
}
