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
    #expect(!offered.has(fingerprint: String(FakeCounty.fingerprint.dropLast())))
    #expect(!offered.has(fingerprint: FakeCounty.fingerprint + "!"))
    #expect(!offered.has(fingerprint: ""))
    #expect(offered.grouped.split(separator: " ").count == 8)
  }

  @Test(arguments: [
    "", "<html>", FakeCounty.authority + FakeCounty.authority, "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
    "-----BEGIN CERTIFICATE-----\nAQID", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
  ])
  func whatIsNotOneCertificateIsNoAuthority(text: String) {
    #expect(OfferedAuthority(pem: Array(text.utf8)) == nil)
  }

  @Test func addressesAreHTTPSWithAHostAndNothingElse() {
    #expect(HTTPSTransport.address("https://county.example:8443/") == "https://county.example:8443")
    #expect(HTTPSTransport.address("https://[::1]:8443") == "https://[::1]:8443")
    for bad in ["http://county", "https://", "county", "https://a/b", "https://a b", "https://a@b", "https://县", "https://a\nb"] {
      #expect(HTTPSTransport.address(bad) == nil)
    }
  }

  @Test func headersAreReadWhateverTheirCase() {
    let headers = HTTPSTransport.headers("HTTP/1.1 200 OK\r\nZoufang-Protocol: 1\r\nRetry-After:7\r\nA: 1\r\na: 2\r\nbad\r\n\r\n")
    #expect(headers == ["zoufang-protocol": "1", "retry-after": "7", "a": "1, 2"])
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-24T01:00:00Z", 1_795_482_000), ("2026-11-24T09:00:00+08:00", 1_795_482_000),
    ("2026-11-24T01:00:00.125Z", 1_795_482_000), ("2026-11-23T20:00:00-05:00", 1_795_482_000),
  ])
  func timesAreRead(text: String, seconds: Int) { #expect(RFC3339.seconds(text) == seconds) }

  @Test(arguments: ["", "2026-11-24", "2026-11-24T01:00:00", "2026-11-24T25:00:00Z", "2026-02-30T01:00:00Z", "2026-11-24T01:00:00+0800"])
  func whatIsNoTimeIsRefused(text: String) { #expect(RFC3339.seconds(text) == nil) }
}
