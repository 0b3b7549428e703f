// The network by libcurl: TLS 1.3, one pinned CA, no default roots, no redirects. When something else than the county answers it is
// told apart from a wrong certificate by asking once more without trust and without saying anything: the county marks every
// answer with its protocol header, a portal does not.

internal import CTransfer
internal import Glibc
internal import Wire

/// The client pointer is made once, used by one thread (the class is not `Sendable`) and closed with the object.
@safe public final class HTTPSTransport: Transport {
  private let base: String
  private let authority: [UInt8]?
  private let proxy: String
  private let connectMilliseconds: Int
  private let totalMilliseconds: Int
  private let client: OpaquePointer

  /// - Parameters:
  ///   - base: `https://host:port`, without a path.
  ///   - proxy: `http://host:port`; empty for a direct connection. Variables like http_proxy are never looked at: traffic goes
  ///     through a proxy only where somebody said so to this program.
  ///   - authority: the only CA trusted, PEM. Nil trusts whoever answers: for fetching the CA of the paper slip and
  ///     nothing else.
  public init(
    base: String, authority: [UInt8]?, proxy: String = "", connectMilliseconds: Int = 10_000, totalMilliseconds: Int = 120_000
  ) throws(TransferFault) {
    guard let address = Self.address(base) else { throw .badAddress }
    guard proxy.isEmpty || Self.isProxy(proxy) else { throw .badAddress }
    guard authority?.isEmpty != true else { throw .wrongCertificate }
    // Without libcurl on the machine there is no client.
    guard let client = unsafe zf_client_open() else { throw .unsupported }
    self.base = address
    self.authority = authority
    self.proxy = proxy
    self.connectMilliseconds = connectMilliseconds
    self.totalMilliseconds = totalMilliseconds
    unsafe self.client = client
  }

  deinit { unsafe zf_client_close(client) }

  public func send(_ request: TransferRequest) throws(TransferFault) -> TransferAnswer {
    let outcome = perform(request, authority)
    switch outcome {
    case ZF_ANSWERED:
      let answer = lastAnswer()
      guard answer.header(Header.protocolVersion) != nil else { throw .captivePortal }
      return answer
    case ZF_WRONG_CERTIFICATE, ZF_NOT_TLS: throw countyAnswersUnverified() ? .wrongCertificate : .captivePortal
    case ZF_NO_SUCH_NAME: throw Self.hasRoute ? .noSuchName : .noNetwork
    case ZF_NO_NETWORK: throw .noNetwork
    case ZF_REFUSED: throw .refused
    case ZF_NO_ANSWER: throw .noAnswer
    case ZF_TIMED_OUT: throw .timedOut
    case ZF_CERTIFICATE_TIME: throw .certificateTime
    case ZF_TOO_LARGE: throw .tooLarge
    case ZF_BAD_ADDRESS: throw .badAddress
    case ZF_UNSUPPORTED: throw .unsupported
    case ZF_OUT_OF_MEMORY: throw .outOfMemory
    default: throw .brokenOff
    }
  }

  /// `https://host[:port]` without a trailing slash; nil for anything else.
  static func address(_ text: String) -> String? {
    guard text.hasPrefix("https://"), text.utf8.count <= 300 else { return nil }
    var rest = text.dropFirst("https://".count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let allowed = rest.utf8.allSatisfy {
      (48...58).contains($0) || (65...91).contains($0) || (97...122).contains($0) || [45, 46, 93].contains($0)
    }
    return rest.isEmpty || !allowed ? nil : "https://" + rest
  }

  /// `http://host:port`: a name and a password would stand in the environment for everybody to read.
  static func isProxy(_ text: String) -> Bool {
    text.hasPrefix("http://") && address("https://" + text.dropFirst("http://".count)) != nil
  }

  /// Asks `hello` of whoever answers, trusting nobody and sending nothing.
  private func countyAnswersUnverified() -> Bool {
    let hello = TransferRequest(.get, Path.hello, answerBytesMax: Limits.answerBytes)
    guard perform(hello, nil) == ZF_ANSWERED else { return false }
    return lastAnswer().header(Header.protocolVersion) != nil
  }

  private func perform(_ request: TransferRequest, _ authority: [UInt8]?) -> zf_outcome {
    var lines = ["\(Header.protocolVersion): \(Limits.protocolVersion)", "Expect:", "User-Agent: zoufang"]
    for header in request.headers where !header.value.utf8.contains(where: { $0 < 32 }) {
      lines.append("\(header.name): \(header.value)")
    }
    let headers = lines.joined(separator: "\n")
    let hasBody = request.method == .post
    return unsafe request.body.withUnsafeBufferPointer { body in
      // A request without bytes still has a body of length zero: an empty array has no address.
      let bytes: UnsafePointer<UInt8>? = hasBody ? body.baseAddress : nil
      guard let authority else { return unsafe call(request, headers, bytes, body.count, nil, 0) }
      return unsafe authority.withUnsafeBufferPointer { pem in
        unsafe call(request, headers, bytes, body.count, pem.baseAddress, pem.count)
      }
    }
  }

  private func call(
    _ request: TransferRequest, _ headers: String, _ body: UnsafePointer<UInt8>?, _ bodySize: Int,
    _ authority: UnsafePointer<UInt8>?, _ authoritySize: Int
  ) -> zf_outcome {
    unsafe zf_client_send(
      client, request.method.rawValue, base + request.target, headers, body, bodySize, authority, authoritySize, proxy,
      request.answerBytesMax, connectMilliseconds, totalMilliseconds)
  }

  private func lastAnswer() -> TransferAnswer {
    var size = 0
    let body = unsafe zf_client_body(client, &size)
    let bytes = unsafe Array(UnsafeBufferPointer(start: body, count: size))
    let head = unsafe zf_client_head(client, &size)
    let text = unsafe String(decoding: UnsafeBufferPointer(start: head, count: size), as: UTF8.self)
    return unsafe TransferAnswer(status: zf_client_status(client), headers: Self.headers(text), body: bytes)
  }

  static func headers(_ head: String) -> [String: String] {
    var headers: [String: String] = [:]
    // CR LF is one character to Swift: split by scalars.
    for line in head.unicodeScalars.split(whereSeparator: { $0 == "\r" || $0 == "\n" }).dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = String(line[..<colon]).lowercased()
      let value = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
      headers[name] = headers[name].map { $0 + ", " + value } ?? value
    }
    return headers
  }

  /// Whether any route leads out of this machine. A name that is not found means "no network" only where none does.
  private static var hasRoute: Bool {
    for (path, interfaceColumn) in [("/proc/net/route", 0), ("/proc/net/ipv6_route", 9)] {
      for line in read(path).split(separator: "\n") {
        let columns = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard columns.count > interfaceColumn, columns[0] != "Iface" else { continue }
        if columns[interfaceColumn] != "lo" { return true }
      }
    }
    return false
  }

  private static func read(_ path: String) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(file, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : ""
  }
}
