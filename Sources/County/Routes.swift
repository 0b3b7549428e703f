// The endpoints: read what was asked, ask `Access`, call the county, answer with Wire's types. docs/wire.md is the
// contract.

internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Logging
internal import NIOCore
internal import Relief
internal import Wire

struct Routes: Sendable {
  let county: County
  let sessions: Sessions
  let limiter: RateLimiter

  init(_ county: County) {
    self.county = county
    sessions = Sessions(county.surroundings)
    limiter = RateLimiter(county.surroundings)
  }

  func router() -> Router<CountyContext> {
    let router = Router(context: CountyContext.self)
    router.add(middleware: RequestLog())
    router.add(middleware: OnlyKnownAnswers())
    router.get("/v1/hello") { request, _ in
      try Self.checkProtocol(request)
      return try await hello()
    }
    router.get("/v1/ca") { _, _ in Answer.text(county.keys.authorityPEM, type: "application/x-pem-file") }
    router.post("/v1/enrol", use: enrol)
    router.post("/v1/sessions/challenge", use: challenge)
    router.post("/v1/sessions", use: openSession)
    router.get("/v1/feed", use: feed)
    router.get(RouterPath(Path.devices), use: devices)
    router.post(RouterPath(Path.journals), use: openJournal)
    router.get("/v1/journals/{journal}/cursor", use: cursor)
    router.post("/v1/journals/{journal}/entries", use: entries)
    PageRoutes(county, limiter).add(to: router)
    return router
  }

  // MARK: - without a session

  private func hello() async throws -> Response {
    Answer.json(
      Hello(
        county: county.configuration.name, server: county.configuration.id,
        time: CountySurroundings.text(county.surroundings.now()), epoch: try await county.store.epoch()))
  }

  @Sendable private func enrol(_ request: Request, _ context: CountyContext) async throws -> Response {
    try Self.checkProtocol(request)
    if let wait = limiter.admit("enrol \(context.peer ?? "")", perMinute: CountyLimits.enrolPerMinute) {
      throw Refused.slowDown(wait)
    }
    let grant = try await county.enrol(try await request.body())
    return Response(
      status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: grant)))
  }

  @Sendable private func challenge(_ request: Request, _ context: CountyContext) async throws -> Response {
    try Self.checkProtocol(request)
    let asked: ChallengeRequest = try await request.body()
    try admitSession(asked.deviceId, context)
    // The answer does not say whether there is such a device.
    guard let challenge = sessions.challenge(for: asked.deviceId) else { throw Refused.unavailable() }
    return Answer.json(Challenge(challenge: challenge))
  }

  @Sendable private func openSession(_ request: Request, _ context: CountyContext) async throws -> Response {
    try Self.checkProtocol(request)
    let asked: SessionRequest = try await request.body()
    try admitSession(asked.deviceId, context)
    guard sessions.use(challenge: asked.challenge, by: asked.deviceId),
      let device = try await county.store.device(asked.deviceId),
      let signature = Base64URL.decode(asked.signature),
      let text = SignedText.session(
        server: county.configuration.id, challenge: asked.challenge, deviceID: asked.deviceId),
      SigningKey.verify(signature, of: text, by: device.signKey)
    else {
      context.logger.warning("session refused")
      throw Refused.badSignature
    }
    guard !device.isRevoked else { throw Refused.revoked }
    guard let token = sessions.open(for: device.id) else { throw Refused.unavailable() }
    return Answer.json(SessionGrant(token: token))
  }

  private func admitSession(_ device: String, _ context: CountyContext) throws {
    guard device.utf8.count <= 64 else { throw Refused.malformed }
    // By address first: device ids that nobody has fill neither the challenges nor the limiter.
    if let wait = limiter.admit("sessions \(context.peer ?? "")", perMinute: CountyLimits.sessionsPerAddress) {
      throw Refused.slowDown(wait)
    }
    // Two requests a session: challenge and signature.
    if let wait = limiter.admit(
      "session \(device) \(context.peer ?? "")", perMinute: 2 * CountyLimits.sessionsPerMinute)
    {
      throw Refused.slowDown(wait)
    }
  }

  // MARK: - with a session

  /// Whose request it is, whether they may, and not too often or too many at once.
  private func as_<Value>(
    _ request: Request, act: Act, perMinute limit: Int, _ body: (Device) async throws -> Value
  ) async throws -> Value {
    try Self.checkProtocol(request)
    guard let said = request.headers[.authorization], said.hasPrefix("Bearer "),
      let id = sessions.device(ofToken: String(said.dropFirst(7))), let device = try await county.store.device(id)
    else { throw Refused.noSession }
    guard !device.isRevoked else { throw Refused.revoked }
    guard Access.allows(device.role, act) else { throw Refused.notAllowed }
    if let wait = limiter.admit("\(act) \(device.id)", perMinute: limit) { throw Refused.slowDown(wait) }
    guard limiter.enter(device.id) else { throw Refused.slowDown(1) }
    defer { limiter.leave(device.id) }
    return try await body(device)
  }

  @Sendable private func cursor(_ request: Request, _ context: CountyContext) async throws -> Response {
    try await as_(request, act: .writeOwnJournal, perMinute: CountyLimits.readsPerMinute) { device in
      let journal = try Self.journal(context)
      guard let stand = try await county.store.stand(of: journal) else {
        return Answer.json(
          JournalCursor(journal: journal, nextSeq: 1, chain: "", epoch: try await county.store.epoch()))
      }
      guard stand.device == device.id else { throw Refused.notAllowed }
      return Answer.json(try await cursorBody(stand))
    }
  }

  private func cursorBody(_ stand: JournalStand) async throws -> JournalCursor {
    JournalCursor(
      journal: stand.id, nextSeq: stand.nextSeq, chain: Base64URL.encode(stand.chain),
      state: JournalCursor.State(rawValue: stand.state.rawValue) ?? .revoked, epoch: try await county.store.epoch())
  }

  @Sendable private func openJournal(_ request: Request, _ context: CountyContext) async throws -> Response {
    try await as_(request, act: .writeOwnJournal, perMinute: CountyLimits.pushesPerMinute) { device in
      let asked: JournalOpening = try await request.body()
      guard Self.isUUID(asked.journal),
        asked.continues.map({ Self.isUUID($0.journal) && $0.seq <= 9_999_999_999 }) ?? true
      else { throw Refused.malformed }
      // A journal that is not known here was lost with a database, or never arrived: saying so is no claim on anybody's.
      if let continued = asked.continues, let stand = try await county.store.stand(of: continued.journal) {
        guard let owner = try await county.store.device(stand.device), owner.person == device.person else {
          throw Refused.notAllowed
        }
      }
      let stand = try await county.store.open(
        journal: asked.journal, of: device.id, continues: asked.continues.map { "\($0.journal) \($0.seq)" },
        reason: asked.reason.rawValue, at: county.surroundings.seconds)
      guard let stand else { throw Refused.notAllowed }
      return Answer.json(try await cursorBody(stand))
    }
  }

  @Sendable private func entries(_ request: Request, _ context: CountyContext) async throws -> Response {
    try await as_(request, act: .writeOwnJournal, perMinute: CountyLimits.pushesPerMinute) { device in
      var push = try await Self.push(request, context, device)
      push.clockAhead = RecordClock.ahead(request.headers.value(.zoufangClock), of: county.surroundings.seconds)
      if let ahead = push.clockAhead, RecordClock.isWrong(by: ahead) {
        context.logger.warning("clock of a device is wrong", metadata: ["device": "\(device.id)", "ahead": "\(ahead)"])
      }
      let outcome = try await county.store.take(push, at: county.surroundings.seconds)
      return try await answer(outcome, to: push)
    }
  }

  private func answer(_ outcome: PushOutcome, to push: Push) async throws -> Response {
    switch outcome {
    case .accepted(let through, let chain, let receipt, let first, let newFrom):
      // Stored and therefore acknowledged; whether it can be opened is another matter and never the laptop's.
      do {
        try await county.opening.run(journal: push.journal)
      } catch {
        county.log.error("opening failed", metadata: ["error": "\(Store.brief(error))"])
      }
      var items: [PushedItem] = []
      if first <= push.checkpoint.seq {
        let became = try await county.store.outcomes(of: push.journal, first...push.checkpoint.seq)
        let byNumber = Dictionary(became.map { ($0.seq, $0) }) { first, _ in first }
        items = (first...push.checkpoint.seq).map { seq in
          let outcome = byNumber[seq]
          let state: PushedItem.State =
            switch outcome?.state {
            case .parked: .parked
            case nil: .stored
            case .applied: seq < newFrom ? .duplicate : .applied
            case .duplicate: .duplicate
            }
          return PushedItem(seq: seq, state: state, code: outcome?.code)
        }
      }
      // After a restore the database gives the numbers behind the backup again: with the epoch none is ever used twice.
      let epoch = try await county.store.epoch()
      return Answer.json(
        PushReceipt(
          journal: push.journal, acceptedThrough: through, chain: Base64URL.encode(chain), receipt: "\(epoch)-\(receipt)",
          items: items))
    case .gap(let next, let chain):
      throw Refused(.conflict, Refusal(.gap, nextSeq: next, chain: Base64URL.encode(chain)))
    case .fork(let next, let chain):
      county.log.warning("journal forked", metadata: ["journal": "\(push.journal)"])
      throw Refused(.conflict, Refusal(.fork, nextSeq: next, chain: Base64URL.encode(chain)))
    case .badLine(let seq): throw Refused(.unprocessableContent, Refusal(.badLine, seq: seq))
    case .badCheckpoint: throw Refused(.unprocessableContent, Refusal(.badCheckpoint))
    case .notYours: throw Refused.notAllowed
    }
  }

  @Sendable private func feed(_ request: Request, _ context: CountyContext) async throws -> Response {
    try await as_(request, act: .readFeed, perMinute: CountyLimits.readsPerMinute) { device in
      let query = request.uri.queryParameters
      guard let cursor = Self.number(query["cursor"], or: 0), let asked = Self.number(query["limit"], or: 0) else {
        throw Refused.malformed
      }
      let limit = asked == 0 ? Limits.feedItems : min(Int(clamping: asked), Limits.feedItems)
      let slice = try await county.store.feed(for: device, after: cursor, limit: limit, bytes: Limits.feedBytes)
      var response = Answer.json(
        FeedPage(
          items: slice.items.map { FeedItem(seq: $0.seq, record: String(decoding: $0.text, as: UTF8.self)) },
          next: slice.next, more: slice.more, epoch: try await county.store.epoch()))
      if let state = slice.state { response.headers.set(.zoufangState, state.text) }
      return response
    }
  }

  @Sendable private func devices(_ request: Request, _ context: CountyContext) async throws -> Response {
    try await as_(request, act: .readDevices, perMinute: CountyLimits.readsPerMinute) { device in
      Answer.json(try await county.attestations(for: device, known: request.uri.queryParameters["known"].map(String.init) ?? ""))
    }
  }

  // MARK: - reading requests

  /// A client that speaks another protocol is told so; one that says nothing (curl, a browser) is served.
  private static func checkProtocol(_ request: Request) throws {
    guard let said = request.headers.value(.zoufangProtocol) else { return }
    guard said == String(Limits.protocolVersion) else { throw Refused(.upgradeRequired, Refusal(.upgrade)) }
  }

  private static func number(_ text: Substring?, or absent: UInt64) -> UInt64? {
    guard let text else { return absent }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(text)
  }

  private static func journal(_ context: CountyContext) throws -> String {
    guard let journal = context.parameters.get("journal"), isUUID(journal) else { throw Refused.malformed }
    return journal
  }

  static func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 36
      && bytes.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == 45 : (48...57).contains(byte) || (97...102).contains(byte)
      }
  }

  private static func push(_ request: Request, _ context: CountyContext, _ device: Device) async throws -> Push {
    let journal = try journal(context)
    guard let from = number(request.uri.queryParameters["from"], or: 0), (1...9_999_999_999).contains(from) else {
      throw Refused.malformed
    }
    guard let said = request.headers.value(.zoufangCheckpoint), let checkpoint = checkpoint(said, journal: journal)
    else { throw Refused(.unprocessableContent, Refusal(.badCheckpoint)) }
    let body = try await request.wholeBody(upTo: Limits.pushBytes)
    guard !body.isEmpty else { throw Refused.malformed }
    guard body.count(where: { $0 == 0x0A }) <= Limits.pushLines else { throw Refused.tooLarge(Limits.pushBytes) }
    if let digest = request.headers.value(.contentDigest), !matches(digest, body) {
      throw Refused(.unprocessableContent, Refusal(.badLine, seq: from))
    }
    return Push(journal: journal, from: from, body: body, checkpoint: checkpoint, device: device)
  }

  /// `<seq> <chain> <signature>`.
  private static func checkpoint(_ header: String, journal: String) -> Checkpoint? {
    let parts = header.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    return Checkpoint(text: "zoufang/\(journal)\n\(parts[0])\n\(parts[1])\n\(parts[2])\n")
  }

  /// RFC 9530: `sha-256=:<base64>:`, among others that we do not know. Without one we know, nothing is checked.
  private static func matches(_ header: String, _ body: [UInt8]) -> Bool {
    for part in header.split(separator: ",") {
      let text = Table.trimmed(String(part))
      guard text.hasPrefix("sha-256=:"), text.hasSuffix(":"), text.count > 10 else { continue }
      return Data(base64Encoded: String(text.dropFirst(9).dropLast())).map { [UInt8]($0) } == Digest.sha256(body)
    }
    return true
  }
}
