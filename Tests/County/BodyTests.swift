import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import NIOPosix
import NIOSSL
import Relief
import Testing
import Wire

@testable import County

/// What is too long or too slow is refused before anything of it is read as what it claims to be.
@Suite("Bodies and headers")
struct BodyTests {
  /// A body in chunks of 100 bytes, and the second at which each has arrived.
  private func read(_ arrivals: [Int], limit: Int = 1 << 20) async throws -> Int {
    let (stream, feed) = AsyncStream.makeStream(of: ByteBuffer.self)
    for _ in arrivals { feed.yield(ByteBuffer(repeating: 0x4A, count: 100)) }
    feed.finish()
    let request = Request(
      head: .init(method: .post, scheme: "https", authority: "localhost", path: "/"), body: .init(asyncSequence: stream))
    var rest = arrivals[...]
    return try await request.wholeBody(upTo: limit) { rest.popFirst() ?? 0 }.count
  }

  @Test("a body may be slow at first, and then must keep its pace")
  func pace() async throws {
    let grace = CountyLimits.bodyGraceSeconds
    #expect(try await read([0, 10, grace]) == 300)
    // 1024 bytes a second behind the grace: eleven chunks are enough for one second, not for two.
    #expect(try await read(Array(repeating: 0, count: 10) + [grace + 1]) == 1_100)
    for late in [[grace + 1], Array(repeating: 0, count: 10) + [grace + 2], [0, grace, grace + 3600]] {
      do {
        _ = try await read(late)
        Issue.record("not refused")
      } catch let refused as Refused {
        #expect(refused.status == .serviceUnavailable && refused.retryAfter != nil)
      }
    }
  }

  @Test("a body is cut off at its limit, whatever length it claimed")
  func length() async throws {
    #expect(try await read([0, 0, 0], limit: 300) == 300)
    do {
      _ = try await read([0, 0, 0, 0], limit: 399)
      Issue.record("not refused")
    } catch let refused as Refused {
      #expect(refused.status == .contentTooLarge)
    }
  }

  @Test("more lines than a push may have are refused before one of them is looked at")
  func lines() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    try device.write(device.record())
    let lines = try device.lines(from: 1)
    let header = [Header.checkpoint: try device.checkpointHeader(lines)]
    func push(_ count: Int) async throws -> Int {
      try await at.request(
        .post, Path.entries(journal: lines.journalID) + "?from=1", Array(repeating: 0x0A, count: count), token: device.token,
        headers: header
      ).status
    }
    #expect(try await push(Limits.pushLines + 1) == 413)
    #expect(try await push(Limits.pushLines) == 422, "looked at, and no line")
  }

  @Test("over a socket: a length that is too large, chunks that go on, and headers without an end")
  func socket() async throws {
    let at = try await TestCounty()
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let application = try at.county.application(address: "127.0.0.1", port: 0) { port in ready.yield(port) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      let port = try #require(await ports.first { _ in true })
      var trusting = TLSConfiguration.makeClientConfiguration()
      trusting.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(at.county.keys.authorityPEM.utf8)))
      let tls = trusting
      func first(_ request: String) async throws -> String { try await Self.firstLine(of: request, port: port, tls: tls) }
      let enrol = "POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\n"
      #expect(try await first(enrol + "Content-Length: 99999999\r\n\r\n").contains(" 413"), "before a byte of it has come")
      let chunk = "1000\r\n" + String(repeating: "a", count: 0x1000) + "\r\n"
      let chunks = String(repeating: chunk, count: Limits.requestBytes / 0x1000 + 1)
      #expect(try await first(enrol + "Transfer-Encoding: chunked\r\n\r\n" + chunks).contains(" 413"))
      let hello = "GET /v1/hello HTTP/1.1\r\nHost: localhost\r\n"
      #expect(try await first(hello + "\r\n").contains(" 200"))
      #expect(try await first(hello + "X-Long: " + String(repeating: "a", count: 7_000) + "\r\n\r\n").contains(" 200"))
      let long = hello + "X-Long: " + String(repeating: "a", count: 9_000) + "\r\n\r\n"
      let many = hello + (0..<65).map { "X-\($0): a\r\n" }.joined() + "\r\n"
      let sum = hello + (0..<4).map { "X-\($0): " + String(repeating: "a", count: 5_000) + "\r\n" }.joined() + "\r\n"
      for request in [long, many, sum] { #expect(try await !first(request).contains(" 200")) }
      group.cancelAll()
    }
  }

  /// The first line of the answer to what is sent; empty where the server only closes the connection.
  private static func firstLine(of request: String, port: Int, tls: TLSConfiguration) async throws -> String {
    let context = try NIOSSLContext(configuration: tls)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(10))
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: "localhost"))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    do {
      return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: request))
        var answer = ""
        for try await part in inbound {
          answer += String(buffer: part)
          if let end = answer.firstIndex(of: "\r\n") { return String(answer[..<end]) }
        }
        return answer
      }
    } catch is NIOSSLError {
      return ""
    } catch is IOError {
      return ""
    }
  }
}
