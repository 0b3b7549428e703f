// How the server answers: JSON with `Zoufang-Protocol: 1` on everything, a `Refusal` where it is not 200, and only the
// statuses that docs/wire.md names. An error that nobody foresaw is 503 with `Retry-After`, so that a laptop keeps
// what it has and comes again; its kind is logged, never its text, which may hold a value.

internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Wire

/// A refusal on its way out of a handler.
struct Refused: Error {
  var status: HTTPResponse.Status
  var refusal: Refusal
  /// Seconds.
  var retryAfter: Int?

  init(_ status: HTTPResponse.Status, _ refusal: Refusal, retryAfter: Int? = nil) {
    self.status = status
    self.refusal = refusal
    self.retryAfter = retryAfter
  }

  static let malformed = Refused(.badRequest, Refusal(.malformed))
  static let notAllowed = Refused(.forbidden, Refusal(.notAllowed))
  static let noSession = Refused(.unauthorized, Refusal(.noSession))
  static let revoked = Refused(.forbidden, Refusal(.revoked))
  static let badSignature = Refused(.unauthorized, Refusal(.badSignature))
  static let badCode = Refused(.forbidden, Refusal(.badCode))
  static func tooLarge(_ limit: Int) -> Refused { Refused(.contentTooLarge, Refusal(.tooLarge, maxBytes: limit)) }
  static func slowDown(_ seconds: Int) -> Refused { Refused(.tooManyRequests, Refusal(.busy), retryAfter: seconds) }
  static func unavailable(_ seconds: Int = 30) -> Refused {
    Refused(.serviceUnavailable, Refusal(.busy), retryAfter: seconds)
  }
}

extension HTTPField.Name {
  /// The names are ASCII tokens of ours; a name that were none would be dropped from the answer.
  static let zoufangProtocol = HTTPField.Name(Header.protocolVersion)
  static let zoufangState = HTTPField.Name(Header.state)
  static let zoufangCheckpoint = HTTPField.Name(Header.checkpoint)
  static let zoufangClock = HTTPField.Name(Header.clock)
  static let contentDigest = HTTPField.Name("Content-Digest")
}

extension HTTPFields {
  mutating func set(_ name: HTTPField.Name?, _ value: String) {
    if let name { self[name] = value }
  }

  func value(_ name: HTTPField.Name?) -> String? { name.flatMap { self[$0] } }
}

enum Answer {
  static func json(_ body: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
    guard let bytes = try? BodyCodec.encode(body) else { return Response(status: .serviceUnavailable) }
    return Response(
      status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func text(_ text: String, type: String) -> Response {
    Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}

/// The outermost middleware: turns every error into one of the answers above and marks every answer as ours.
struct OnlyKnownAnswers: RouterMiddleware {
  typealias Context = CountyContext

  func handle(
    _ request: Request, context: CountyContext, next: (Request, CountyContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch {
      response = Self.answer(to: error, log: context.logger)
    }
    response.headers.set(.zoufangProtocol, String(Limits.protocolVersion))
    response.headers[.cacheControl] = "no-store"
    return response
  }

  private static func answer(to error: any Error, log: Logger) -> Response {
    let refused: Refused =
      switch error {
      case let refused as Refused: refused
      case is NIOTooManyBytesError: .tooLarge(Limits.pushBytes)
      case let error as any HTTPResponseError:
        switch error.status {
        case .notFound: Refused(.notFound, Refusal(.notFound))
        case .contentTooLarge: .tooLarge(Limits.pushBytes)
        default: .malformed
        }
      default: .unavailable()
      }
    if refused.status == .serviceUnavailable {
      let fault = Store.fault(error)
      if case .diskFull = fault {
        log.error("no room on the disk, laptops are told to come again")
      } else {
        log.error("request failed", metadata: ["error": "\(String(describing: type(of: error)))"])
      }
    }
    var response = Answer.json(refused.refusal, status: refused.status)
    if let seconds = refused.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }
}

/// One line for each request: method, the route's pattern (never the path as it came), status, milliseconds.
struct RequestLog: RouterMiddleware {
  typealias Context = CountyContext

  func handle(
    _ request: Request, context: CountyContext, next: (Request, CountyContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let took = ContinuousClock.now - start
    let milliseconds = took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000
    context.logger.info(
      "answered",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "none")",
        "status": "\(response.status.code)", "ms": "\(milliseconds)",
      ])
    return response
  }
}

/// A request as our handlers see it.
struct CountyContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// IP address of the other end, for rate limits only; nil in a test without a socket.
  var peer: String?
  var maxUploadSize: Int { Limits.pushBytes }

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }

  /// Without a socket.
  init(logger: Logger, peer: String?) {
    struct Bare: RequestContextSource { var logger: Logger }
    coreContext = .init(source: Bare(logger: logger))
    self.peer = peer
  }
}

extension Request {
  /// The whole body; refuses one that is too large or arrives too slowly.
  /// - Parameter seconds: since the body began.
  func wholeBody(upTo limit: Int, seconds: (() -> Int)? = nil) async throws -> [UInt8] {
    if let said = headers[.contentLength].flatMap(Int.init), said > limit { throw Refused.tooLarge(limit) }
    let start = ContinuousClock.now
    let seconds = seconds ?? { Int((ContinuousClock.now - start).components.seconds) }
    var bytes: [UInt8] = []
    for try await chunk in body {
      guard bytes.count + chunk.readableBytes <= limit else { throw Refused.tooLarge(limit) }
      bytes.append(contentsOf: chunk.readableBytesView)
      let late = seconds() - CountyLimits.bodyGraceSeconds
      guard late <= 0 || bytes.count >= late * CountyLimits.bodyBytesPerSecond else { throw Refused.unavailable() }
    }
    return bytes
  }

  func body<Body: Decodable>(_ type: Body.Type = Body.self) async throws -> Body {
    let bytes = try await wholeBody(upTo: Limits.requestBytes)
    do {
      return try BodyCodec.decode(type, from: bytes)
    } catch {
      throw Refused.malformed
    }
  }
}
