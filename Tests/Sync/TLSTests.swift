// The real transport against a real TLS server in this process: what each way of answering is called, and that nothing is believed of
// whoever is not the county.

import Foundation
import Glibc
import NIOSSL
import Synchronization
import Testing
import Wire

@testable import Sync

@Suite(.serialized) struct TLSTests {
  static let marker = "\(Header.protocolVersion): 1"
  let authority: TestAuthority

  init() throws { authority = try TestAuthority() }

  /// Asks for `hello`, trusting `trusted` (else the server's own authority).
  func send(
    _ server: TLSServer, trusted: TestAuthority? = nil, proxy: String = "", milliseconds: Int = 15_000
  ) throws -> Result<TransferAnswer, TransferFault> {
    let pem = try (trusted ?? authority).pem
    do throws(TransferFault) {
      let transport = try HTTPSTransport(
        base: "https://localhost:\(server.port)", authority: pem, proxy: proxy, connectMilliseconds: milliseconds,
        totalMilliseconds: milliseconds)
      return .success(try transport.send(HTTPSTransportTests.hello))
    } catch { return .failure(error) }
  }

  func fault(_ manner: TLSServer.Manner, trusted: TestAuthority? = nil, milliseconds: Int = 15_000) throws -> TransferFault? {
    let server = try TLSServer(authority, manner)
    guard case .failure(let fault) = try send(server, trusted: trusted, milliseconds: milliseconds) else { return nil }
    return fault
  }

  @Test func theCountyWithTheRightAuthorityIsHeard() throws {
    let server = try TLSServer(authority, .answers("200 OK", headers: [Self.marker, "X-Other: a", "X-Other: b"], body: "{\"a\":1}"))
    let answer = try send(server).get()
    #expect(answer.status == 200)
    #expect(String(decoding: answer.body, as: UTF8.self) == "{\"a\":1}")
    #expect(answer.header("x-other") == "a, b")
  }

  @Test func anotherAuthorityIsAWrongCertificateWhereTheCountysMarkerAnswers() throws {
    let manner = TLSServer.Manner.answers("200 OK", headers: [Self.marker], body: "{}")
    #expect(try fault(manner, trusted: try TestAuthority()) == .wrongCertificate)
  }

  @Test func anotherNameIsAWrongCertificateToo() throws {
    let server = try TLSServer(authority, .answers("200 OK", headers: [Self.marker], body: "{}"), host: "other.example")
    #expect(try send(server) == .failure(.wrongCertificate))
  }

  @Test(arguments: ["302 Found", "200 OK", "511 Network Authentication Required"])
  func aPortalWithItsOwnCertificateIsAPortal(status: String) throws {
    let page = TLSServer.Manner.answers(
      status, headers: ["Location: http://login.example/", "Content-Type: text/html"], body: "<html>请先登录</html>")
    #expect(try fault(page, trusted: try TestAuthority()) == .captivePortal)
  }

  /// Even behind the right certificate (a gateway that ends TLS) what has no marker is not the county.
  @Test(arguments: ["302 Found", "200 OK"]) func anAnswerWithoutTheMarkerIsAPortal(status: String) throws {
    #expect(try fault(.answers(status, headers: ["Content-Type: text/html"], body: "<html></html>")) == .captivePortal)
  }

  /// A redirect is an answer. Followed, it would take the request, with its token and the records in it, to wherever it points, even
  /// where that machine has a certificate of the same authority.
  @Test(arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
  func aRedirectIsNotFollowed(status: String) throws {
    let elsewhere = try TLSServer(authority, .answers("200 OK", headers: [Self.marker], body: "elsewhere"))
    let location = "Location: https://localhost:\(elsewhere.port)/"
    let server = try TLSServer(authority, .answers(status, headers: [Self.marker, location], body: "here"))
    let answer = try send(server).get()
    #expect(status.hasPrefix("\(answer.status) "))
    #expect(String(decoding: answer.body, as: UTF8.self) == "here")
  }

  @Test(arguments: [(-30.0, -1.0), (1.0, 30.0)]) func theRightAuthorityOutOfTimeIsTheClock(from: Double, to: Double) throws {
    let server = try TLSServer(authority, .answers("200 OK", headers: [Self.marker], body: "{}"), from: from, to: to)
    #expect(try send(server) == .failure(.certificateTime))
  }

  @Test func anOlderTLSIsNotTheCounty() throws {
    let server = try TLSServer(
      authority, .answers("200 OK", headers: [Self.marker], body: "{}"), versions: (.tlsv12, .tlsv12))
    #expect(try send(server) == .failure(.captivePortal))
  }

  @Test func aServerThatSaysNothingIsTooSlowAndItMayHaveArrived() throws {
    let fault = try fault(.silent, milliseconds: 700)
    #expect(fault == .timedOut)
    #expect(fault?.mayHaveArrived == true)
  }

  @Test func aServerThatHangsUpIsBrokenOff() throws {
    #expect(try fault(.closes) == .brokenOff)
    #expect(try fault(.breaksOff) == .brokenOff)
  }

  @Test func aHeadOfTwentyKilobytesIsHeardAndOneWithoutEndIsNot() throws {
    let line = "X-Long: " + String(repeating: "x", count: 1_000)
    let long = try TLSServer(authority, .answers("200 OK", headers: [Self.marker] + Array(repeating: line, count: 40), body: "{}"))
    let answer = try send(long).get()
    #expect(answer.header("x-long")?.utf8.count == 40 * 1_000 + 39 * 2)
    let endless = TLSServer.Manner.answers("200 OK", headers: [Self.marker] + Array(repeating: line, count: 80), body: "{}")
    #expect(try fault(endless) == .tooLarge)
  }

  @Test func aBodyBeyondTheLimitEndsTheRequest() throws {
    let body = String(repeating: "x", count: Limits.answerBytes + 1)
    #expect(try fault(.answers("200 OK", headers: [Self.marker], body: body)) == .tooLarge)
  }

  // MARK: who is believed

  /// An impostor and a portal say another time; nothing of it is taken.
  @Test func theTimeOfWhoeverIsNotTheCountyIsNotTaken() throws {
    let lie = try BodyCodec.encode(Hello(county: "示范县", server: "county-1", time: "2031-01-01T00:00:00Z"))
    let body = String(decoding: lie, as: UTF8.self)
    for headers in [[Self.marker, "Date: Wed, 01 Jan 2031 00:00:00 GMT"], ["Date: Wed, 01 Jan 2031 00:00:00 GMT"]] {
      let server = try TLSServer(authority, .answers("200 OK", headers: headers, body: body))
      let transport = try HTTPSTransport(base: "https://localhost:\(server.port)", authority: try TestAuthority().pem)
      let shelf = FakeShelf()
      var run = SyncRun(
        transport: transport, shelf: shelf, deviceID: "d1", server: "county-1", signing: FakeCounty().device, pace: Waits().pace())
      #expect(throws: SyncFault.self) { try run.run() }
      #expect(run.report.clockAhead == nil)
      #expect(shelf.clocks.isEmpty)
    }
  }

  // MARK: proxies

  /// A proxy of the environment gets nothing; one that was named gets the CONNECT and no more than that in the clear.
  @Test func onlyANamedProxyIsSpokenTo() throws {
    let server = try TLSServer(authority, .answers("200 OK", headers: [Self.marker], body: "{}"))
    let proxy = try #require(Listener())
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
      unsafe setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
    }
    defer { for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] { unsafe unsetenv(name) } }
    #expect(try send(server).get().status == 200, "directly")
    let heard = Mutex("")
    let isDone = Mutex(false)
    let socket = proxy.socket
    Thread.detachNewThread {
      let peer = accept(socket, nil, nil)
      var bytes = [UInt8](repeating: 0, count: 4_096)
      let count = unsafe read(peer, &bytes, bytes.count)
      heard.withLock { $0 = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) }
      let answer = Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".utf8)
      _ = unsafe write(peer, answer, answer.count)
      close(peer)
      isDone.withLock { $0 = true }
    }
    #expect(try send(server, proxy: "http://127.0.0.1:\(proxy.port)") == .failure(.brokenOff))
    #expect(heard.withLock { $0 }.hasPrefix("CONNECT localhost:\(server.port) HTTP/1.1"))
    #expect(!heard.withLock { $0 }.contains("/v1/"))
  }

  @Test(arguments: ["127.0.0.1:3128", "socks5://127.0.0.1:1", "http://user:secret@proxy:3128", "http://"])
  func whatIsNoProxyIsRefused(text: String) {
    #expect(throws: TransferFault.badAddress) { try HTTPSTransport(base: "https://localhost", authority: nil, proxy: text) }
  }
}
