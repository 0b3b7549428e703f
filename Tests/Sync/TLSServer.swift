// A TLS server inside the test, with an authority made for it: it answers every request with the same bytes, or with nothing.

import Crypto
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// A CA that signs for this machine's loopback.
struct TestAuthority {
  let certificate: Certificate
  private let key = P256.Signing.PrivateKey()

  init() throws {
    let name = try DistinguishedName { CommonName("made-up authority") }
    certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: .now - 86_400,
      notValidAfter: .now + 86_400 * 365, issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true))
      }, issuerPrivateKey: .init(key))
  }

  var pem: [UInt8] { get throws { Array(try certificate.serializeAsPEM().pemString.utf8) } }

  /// A certificate for localhost and 127.0.0.1, valid from `from` to `to` days from now.
  func issue(host: String = "localhost", from: Double = -1, to: Double = 30) throws -> (NIOSSLCertificate, NIOSSLPrivateKey) {
    let leafKey = P256.Signing.PrivateKey()
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey), notValidBefore: .now + from * 86_400,
      notValidAfter: .now + to * 86_400, issuer: certificate.subject, subject: try DistinguishedName { CommonName(host) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init {
        Critical(BasicConstraints.notCertificateAuthority)
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([.dnsName(host)])
      }, issuerPrivateKey: .init(key))
    return (
      try NIOSSLCertificate(bytes: Array(try leaf.serializeAsPEM().pemString.utf8), format: .pem),
      try NIOSSLPrivateKey(bytes: Array(leafKey.pemRepresentation.utf8), format: .pem)
    )
  }
}

final class TLSServer {
  enum Manner: Sendable {
    /// The head's lines and a body.
    case answers(String, headers: [String], body: String)
    /// Takes the request and says nothing.
    case silent
    /// Takes the request and closes.
    case closes
    /// Sends a part of what the head promises and closes.
    case breaksOff
  }

  let port: Int
  private let channel: any Channel
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  init(
    _ authority: TestAuthority, _ manner: Manner, host: String = "localhost", from: Double = -1, to: Double = 30,
    versions: (least: TLSVersion, most: TLSVersion) = (.tlsv13, .tlsv13)
  ) throws {
    let (certificate, key) = try authority.issue(host: host, from: from, to: to)
    var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
    configuration.minimumTLSVersion = versions.least
    configuration.maximumTLSVersion = versions.most
    let context = try NIOSSLContext(configuration: configuration)
    channel = try ServerBootstrap(group: group).childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers([NIOSSLServerHandler(context: context), Answerer(manner)])
      }
    }.bind(host: "127.0.0.1", port: 0).wait()
    port = channel.localAddress?.port ?? 0
  }

  deinit {
    channel.close(promise: nil)
    group.shutdownGracefully { _ in }
  }

  private final class Answerer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let manner: Manner
    private var seen: [UInt8] = []

    init(_ manner: Manner) { self.manner = manner }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      seen += Array(unwrapInboundIn(data).readableBytesView)
      guard seen.suffix(4) == Array("\r\n\r\n".utf8) else { return }
      seen = []
      switch manner {
      case .silent: break
      case .closes: context.close(promise: nil)
      case .breaksOff:
        send("HTTP/1.1 200 OK\r\nZoufang-Protocol: 1\r\nContent-Length: 1000\r\n\r\n{\"half\":", context, ending: true)
      case .answers(let status, let headers, let body):
        let head = (["HTTP/1.1 " + status] + headers + ["Content-Length: \(body.utf8.count)"]).joined(separator: "\r\n")
        send(head + "\r\n\r\n" + body, context, ending: false)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func send(_ text: String, _ context: ChannelHandlerContext, ending: Bool) {
      let sent = context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)))
      if ending { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
  }
}
