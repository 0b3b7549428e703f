// One sync: greet, open a session, push what the county does not have, pull what is new. It may be cut anywhere and started again:
//  * the county says where it stands (cursor) before anything is sent, so nothing confirmed is sent twice;
//  * what was sent and not confirmed is sent again, and "already have it" is success;
//  * a receipt is on the disk before progress is shown, a page of the feed together with the cursor behind it.
// It knows no file and no socket: a `Transport` and a `SyncShelf` are given in.

public import Journal
internal import Laptop
internal import Wire

public struct SyncRun {
  let transport: any Transport
  let shelf: any SyncShelf
  let deviceID: String
  let server: String
  let signing: SigningKey
  let pace: Pace
  let progress: (SyncProgress) -> Void

  var report = SyncReport()
  var token: String?
  /// What the county accepts in one push.
  var pushBytesMax = Limits.pushBytes

  /// - Parameters:
  ///   - deviceID, server: as the grant says.
  ///   - progress: called between steps, on this thread.
  public init(
    transport: any Transport, shelf: any SyncShelf, deviceID: String, server: String, signing: SigningKey,
    pace: Pace = .real, progress: @escaping (SyncProgress) -> Void = { _ in }
  ) {
    self.transport = transport
    self.shelf = shelf
    self.deviceID = deviceID
    self.server = server
    self.signing = signing
    self.pace = pace
    self.progress = progress
  }

  /// Runs to its end. Blocks; meant for a process of its own.
  public mutating func run() throws(SyncFault) -> SyncReport {
    progress(.connecting)
    try greet()
    try openSession()
    try push()
    try pull()
    try pullDevices()
    return report
  }

  private mutating func greet() throws(SyncFault) {
    let asked = pace.now()
    let hello: Hello = try ask(TransferRequest(.get, Path.hello, answerBytesMax: Limits.answerBytes), signedIn: false)
    guard hello.protocols.contains(Limits.protocolVersion) else { throw .upgradeNeeded }
    guard hello.server == server else { throw .otherCounty }
    pushBytesMax = min(Limits.pushBytes, max(Limits.pushBytesLeast, hello.maxBytes))
    // Only over a connection that the county's CA vouches for does this line know a time; nobody else's is ever read.
    guard let said = RFC3339.seconds(hello.time) else { return }
    let ahead = said - (asked + pace.now()) / 2
    report.clockAhead = ahead
    do throws(LaptopFault) { try shelf.keep(clockAhead: ahead) } catch { throw .laptop(error) }
  }

  /// Opens a session. A challenge is good once, so a lost answer begins again with a new one.
  mutating func openSession() throws(SyncFault) {
    var tries = 0
    while true {
      tries += 1
      do throws(SyncFault) {
        token = try newToken()
        return
      } catch {
        guard case .transfer(let reason) = error, reason.mayHaveArrived, tries < pace.triesMax else { throw error }
        pace.pause(pace.wait(before: tries))
      }
    }
  }

  private mutating func newToken() throws(SyncFault) -> String {
    let challenge: Challenge = try ask(
      TransferRequest(
        .post, Path.challenge, headers: [.json], body: try encode(ChallengeRequest(deviceId: deviceID)),
        answerBytesMax: Limits.answerBytes), signedIn: false)
    guard let text = SignedText.session(server: server, challenge: challenge.challenge, deviceID: deviceID) else {
      throw .refused(.malformed)
    }
    guard let signature = try? signing.sign(text) else { throw .unavailable }
    let request = SessionRequest(
      deviceId: deviceID, challenge: challenge.challenge, signature: Base64URL.encode(signature))
    let grant: SessionGrant = try ask(
      TransferRequest(
        .post, Path.sessions, headers: [.json], body: try encode(request), answerBytesMax: Limits.answerBytes),
      signedIn: false, repeats: false)
    return grant.token
  }

  // MARK: Asking

  /// What came back on a request that reached the county.
  enum Reply {
    case answer(TransferAnswer)
    case refusal(status: Int, Refusal, retryAfter: Int?)
  }

  /// Asks for a control body.
  mutating func ask<Body: Decodable>(
    _ request: TransferRequest, signedIn: Bool, repeats: Bool = true
  ) throws(SyncFault) -> Body {
    switch try converse(request, signedIn: signedIn, repeats: repeats) {
    case .answer(let answer): return try decode(answer)
    case .refusal(let status, let refusal, let retryAfter): throw fault(status, refusal, retryAfter)
    }
  }

  /// Sends a request until it is answered: opens the session again where it ended, waits where the county says so, and
  /// where `repeats` says that doing it twice does no harm tries again after a broken connection.
  mutating func converse(
    _ request: TransferRequest, signedIn: Bool, repeats: Bool
  ) throws(SyncFault) -> Reply {
    var tries = 0
    var renewed = false
    while true {
      tries += 1
      let reply: Reply
      do throws(SyncFault) { reply = try exchange(request, signedIn: signedIn) } catch {
        guard repeats, case .transfer(let reason) = error, reason.mayHaveArrived, tries < pace.triesMax else {
          throw error
        }
        pace.pause(pace.wait(before: tries))
        continue
      }
      guard case .refusal(let status, let refusal, let retryAfter) = reply else { return reply }
      if status == 401, refusal.reason == .noSession, signedIn, !renewed {
        renewed = true
        try openSession()
      } else if status == 429 || status == 503, tries < pace.triesMax, Double(retryAfter ?? 1) <= pace.pauseMax {
        let wait = max(Double(retryAfter ?? 1), pace.wait(before: tries))
        progress(.waiting(seconds: Int(wait.rounded(.up))))
        pace.pause(wait)
      } else {
        return reply
      }
    }
  }

  private func exchange(_ request: TransferRequest, signedIn: Bool) throws(SyncFault) -> Reply {
    var request = request
    if signedIn, let token { request.headers.append(.init(name: Header.authorization, value: "Bearer \(token)")) }
    let answer: TransferAnswer
    do throws(TransferFault) { answer = try transport.send(request) } catch { throw .transfer(error) }
    if answer.status == 200 { return .answer(answer) }
    guard let refusal = try? BodyCodec.decode(Refusal.self, from: answer.body) else {
      throw .unexpected(status: answer.status)
    }
    let retryAfter = answer.header(Header.retryAfter).flatMap { Int($0) }.map { max(0, $0) }
    return .refusal(status: answer.status, refusal, retryAfter: retryAfter)
  }

  func fault(_ status: Int, _ refusal: Refusal, _ retryAfter: Int?) -> SyncFault {
    switch (status, refusal.reason) {
    case (403, .revoked): .revoked
    case (426, _): .upgradeNeeded
    case (429, _), (503, _): .busy(retryAfter: retryAfter)
    case (400..<500, let reason): .refused(reason)
    default: .unexpected(status: status)
    }
  }

  func encode(_ body: some Encodable) throws(SyncFault) -> [UInt8] {
    do { return try BodyCodec.encode(body) } catch { throw .unavailable }
  }

  func decode<Body: Decodable>(_ answer: TransferAnswer) throws(SyncFault) -> Body {
    do { return try BodyCodec.decode(Body.self, from: answer.body) } catch { throw .unexpected(status: answer.status) }
  }
}

extension TransferRequest.Header {
  static let json = TransferRequest.Header(name: "Content-Type", value: "application/json")
  static let lines = TransferRequest.Header(name: "Content-Type", value: "text/plain; charset=us-ascii")
}

extension TransferFault {
  /// The request may have reached the county: nothing is known until it is asked again.
  var mayHaveArrived: Bool { self == .timedOut || self == .brokenOff }
}
