import Foundation
import Hummingbird
import NIOCore
import NIOPosix
import NIOSSL
import Testing
import Wire

@testable import County

/// The tests with a socket: TLS 1.3 under the county's own CA, and the end at a signal's wish.
@Suite("Over TLS")
struct LiveTests {
  @Test("a client that trusts only the county's CA gets hello; one that does not, and one without TLS 1.3, get nothing")
  func smoke() async throws {
    let at = try await TestCounty()
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let application = try at.county.application(address: "127.0.0.1", port: 0) { port in ready.yield(port) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      let port = try #require(await ports.first { _ in true })
      let ca = try NIOSSLCertificate.fromPEMBytes(Array(at.county.keys.authorityPEM.utf8))
      var trusting = TLSConfiguration.makeClientConfiguration()
      trusting.trustRoots = .certificates(ca)
      let answer = try await Self.get(Path.hello, port: port, tls: trusting, name: "localhost")
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      #expect(answer.lowercased().contains("zoufang-protocol: 1"))
      #expect(answer.contains(TestCounty.name))

      await #expect(throws: (any Error).self) {
        try await Self.get(Path.hello, port: port, tls: .makeClientConfiguration(), name: "localhost")
      }
      var old = trusting
      old.maximumTLSVersion = .tlsv12
      let oldTLS = old
      await #expect(throws: (any Error).self) {
        try await Self.get(Path.hello, port: port, tls: oldTLS, name: "localhost")
      }
      group.cancelAll()
    }
  }

  @Test("an address has so many connections and no more; when one ends, another may begin")
  func connections() async throws {
    let at = try await TestCounty()
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let open = OpenConnections(perAddress: 2)
    let application = try at.county.application(address: "127.0.0.1", port: 0, connections: open) { port in
      ready.yield(port)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      let port = try #require(await ports.first { _ in true })
      func connect() async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port).get()
      }
      let first = try await connect()
      let second = try await connect()
      while open.count(of: "127.0.0.1") < 2 { await Task.yield() }
      // Says nothing, like the two before: it is closed from the other side all the same.
      let third = try await connect()
      try await third.closeFuture.get()
      #expect(first.isActive && second.isActive)
      try await first.close()
      while open.count(of: "127.0.0.1") > 1 { await Task.yield() }
      var trusting = TLSConfiguration.makeClientConfiguration()
      trusting.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(at.county.keys.authorityPEM.utf8)))
      #expect(try await Self.get(Path.hello, port: port, tls: trusting, name: "localhost").hasPrefix("HTTP/1.1 200"))
      try await second.close()
      group.cancelAll()
    }
  }

  /// One request on one connection, the whole answer as text.
  private static func get(_ path: String, port: Int, tls: TLSConfiguration, name: String) async throws -> String {
    let context = try NIOSSLContext(configuration: tls)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(10))
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: name))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(
        ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: \(name)\r\nConnection: close\r\n\r\n"))
      var answer = ""
      do {
        for try await part in inbound { answer += String(buffer: part) }
      } catch NIOSSLError.uncleanShutdown where !answer.isEmpty {
        // The server ends the connection as it was asked to.
      }
      guard !answer.isEmpty else { throw CountyFault.cannotListen(detail: "no answer") }
      return answer
    }
  }
}
