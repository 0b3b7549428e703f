// The running server: TLS 1.3 with the county's own certificate, HTTP/1.1, graceful end at SIGTERM.

internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import X509

extension County {
  /// Days before its end at which a start renews the server's certificate.
  static let renewDays = 30

  /// Serves until SIGTERM or SIGINT.
  /// - Parameters:
  ///   - port: nil takes county.yaml's; 0 lets the system choose.
  ///   - listen: nil takes county.yaml's.
  ///   - onReady: called with the port once connections are taken.
  public func serve(
    port: Int? = nil, listen: String? = nil, onReady: @escaping @Sendable (Int) async -> Void
  ) async throws(CountyFault) {
    await catchUpAtStart()
    await followOwnProfiles()
    Self.raiseDescriptors()
    if FileManager.default.fileExists(atPath: directory.recoveryToTakeAway) {
      log.warning("the private recovery key is still in the data directory; take it away")
    }
    // Laptops would find out at their enrolment.
    _ = try reading(.authority) { try Certificate(pemEncoded: String(decoding: $0, as: UTF8.self)) }
    if try certificateEnds() < surroundings.now() + Double(Self.renewDays) * 86_400 {
      try renewCertificate()
      log.notice("server certificate renewed")
    }
    let address = listen ?? configuration.listen
    let application: Application<RouterResponder<CountyContext>>
    do {
      application = try self.application(address: address, port: port ?? configuration.port, onReady: onReady)
    } catch let fault as CountyFault {
      throw fault
    } catch {
      throw .certificate(detail: String(describing: error))
    }
    let refreshing = Task { [board, log] in
      await board.keepFresh { log.error("page not refreshed", metadata: ["error": "\(Store.brief($0))"]) }
    }
    defer { refreshing.cancel() }
    do {
      try await application.runService()
    } catch {
      throw Self.listenFault(error, address: address, port: port ?? configuration.port)
    }
  }

  /// As many descriptors as this user may have: the usual 1024 are four addresses' connections.
  private static func raiseDescriptors() {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(files, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(files, &limit)
  }

  private static func listenFault(_ error: any Error, address: String, port: Int) -> CountyFault {
    switch error {
    case let error as IOError where error.errnoCode == EADDRINUSE: .portTaken(port)
    case let error as IOError where error.errnoCode == EACCES:
      .cannotBind(address: address, port: port, isForbidden: true)
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
      .cannotBind(address: address, port: port, isForbidden: false)
    case is SocketAddressError: .cannotBind(address: address, port: port, isForbidden: false)
    default: .cannotListen(detail: String(describing: error))
    }
  }

  /// What could not be caught up waits for the next start, `import` or `refold`: a server that does not start helps
  /// nobody, and one without room on its disk still gives the feed and tells laptops to come again.
  func catchUpAtStart() async {
    do {
      let opened = try await catchUp()
      if opened > 0 { log.notice("lines opened at start", metadata: ["count": "\(opened)"]) }
    } catch {
      log.error("own journal not caught up; serving all the same", metadata: ["fault": "\(error)"])
      do {
        try await opening.run()
      } catch {
        log.error("lines not opened; serving all the same", metadata: ["error": "\(Store.brief(error))"])
      }
    }
  }

  func application(
    address: String, port: Int,
    connections: OpenConnections = OpenConnections(perAddress: CountyLimits.connectionsPerAddress),
    onReady: @escaping @Sendable (Int) async -> Void
  ) throws -> Application<RouterResponder<CountyContext>> {
    let http = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionGate(connections)],
      idleTimeout: .seconds(Int64(CountyLimits.idleSeconds)),
      httpDecoderConfiguration: .init(maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64)
    )
    return Application(
      router: Routes(self).router(),
      server: try .tls(.http1(configuration: http), tlsConfiguration: try tls()),
      configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: nil),
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) },
      logger: log)
  }

  private func tls() throws(CountyFault) -> TLSConfiguration {
    let chain = try reading(.server) { try NIOSSLCertificate.fromPEMBytes($0) }
    let key = try reading(.serverKey) { try NIOSSLPrivateKey(bytes: $0, format: .pem) }
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    tls.minimumTLSVersion = .tlsv13
    do {
      _ = try NIOSSLContext(configuration: tls)
    } catch {
      // The two do not fit; asked here, because the server itself would find out only when it listens.
      throw .certificate(detail: "server.pem, server.key.pem")
    }
    return tls
  }

  func certificateEnds() throws(CountyFault) -> Date {
    try reading(.server) { try Certificate(pemEncoded: String(decoding: $0, as: UTF8.self)).notValidAfter }
  }

  private func reading<Value>(
    _ file: CountyDirectory.KeyFile, _ body: ([UInt8]) throws -> Value
  ) throws(CountyFault) -> Value {
    let bytes = try directory.read(file)
    do {
      return try body(bytes)
    } catch {
      // Never the file's content: the kind of the error is enough.
      throw .badCertificate(path: directory.file(file), detail: String(describing: type(of: error)))
    }
  }

  /// A new server certificate for the hosts and addresses in county.yaml, under the same authority. A running server
  /// has it after its next start.
  public func renewCertificate() throws(CountyFault) {
    let authority = try reading(.authorityKey) {
      try CertificateAuthority(certificatePEM: keys.authorityPEM, keyPEM: String(decoding: $0, as: UTF8.self))
    }
    let server = try authority.issueServer(
      hosts: configuration.hosts, addresses: configuration.addresses, now: surroundings.now())
    // The key last: a pair that does not fit shows at the next start, and this command makes it right.
    try directory.replace(.server, with: Array(server.certificate.utf8))
    try directory.replace(.serverKey, with: Array(server.key.utf8))
  }
}
