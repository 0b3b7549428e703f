// What sync needs of a network: one request, one answer, or the reason why not. The real one is `HTTPSTransport`; tests have one
// in memory that loses whatever it is told to lose.

public protocol Transport: AnyObject {
  /// Sends one request and waits for its end.
  func send(_ request: TransferRequest) throws(TransferFault) -> TransferAnswer
}

public struct TransferRequest: Equatable, Sendable {
  public enum Method: String, Sendable { case get = "GET", post = "POST" }

  public var method: Method
  /// Path and query. Never personal data: paths stand in logs.
  public var target: String
  public var headers: [Header]
  public var body: [UInt8]
  /// A longer answer ends the request.
  public var answerBytesMax: Int

  public struct Header: Equatable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(
    _ method: Method, _ target: String, headers: [Header] = [], body: [UInt8] = [], answerBytesMax: Int
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.answerBytesMax = answerBytesMax
  }
}

public struct TransferAnswer: Equatable, Sendable {
  public var status: Int
  /// By lower-case name.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// Why no answer of the county came. Each case is something else that a person can do about it.
public enum TransferFault: Error, Equatable, Sendable {
  /// No route leads out of this machine: no cable, no Wi-Fi.
  case noNetwork
  /// There is a network, but the county's name is not found.
  case noSuchName
  /// The machine is there, the county's program is not running.
  case refused
  /// Nothing came back while connecting.
  case noAnswer
  /// Connected, then too slow. What was sent may have arrived.
  case timedOut
  /// The connection ended in the middle. What was sent may have arrived.
  case brokenOff
  /// Something between here and the county answered in its place: a portal that wants a log-in first, a proxy.
  case captivePortal
  /// The county answered, but its certificate is not one of the pinned CA, or not for this address.
  case wrongCertificate
  /// The certificate is not valid on the day this machine believes it is: most often its clock is wrong.
  case certificateTime
  /// An answer longer than allowed.
  case tooLarge
  case badAddress
  /// This machine has no libcurl, or one that cannot pin a CA.
  case unsupported
  case outOfMemory

  /// Whether trying again later, with nothing else changed, can help.
  public var isPassing: Bool {
    switch self {
    case .noNetwork, .noSuchName, .refused, .noAnswer, .timedOut, .brokenOff, .captivePortal: true
    case .wrongCertificate, .certificateTime, .tooLarge, .badAddress, .unsupported, .outOfMemory: false
    }
  }
}
