// A county in memory: it keeps lines and records as the real one does, and loses whatever it is told to lose.

import Journal
import Laptop
import Wire

@testable import Sync

/// Lines of a fake journal: `<journal>|<seq>|<content>\n`. The chain of a line is the text of all lines up to it.
func fakeChain(_ journal: String, _ contents: ArraySlice<String>) -> String {
  Base64URL.encode(Array((journal + contents.joined(separator: "/")).utf8))
}

final class FakeShelf: SyncShelf {
  var contents: [String: [String]] = [:]
  var order: [String] = []
  var confirmed: [String: UInt64] = [:]
  var receipts: [UploadReceipt] = []
  var feedCursor = FeedCursor()
  var inbox: [FeedItem] = []
  var restarts = 0
  var ended: Set<String> = []
  var clocks: [Int] = []
  /// Where the disk has lost a line, by journal.
  var brokenFrom: [String: UInt64] = [:]
  /// The write that fails, counted from 1; 0 is none.
  var failingWrite = 0
  private var writes = 0

  init(_ journals: [(id: String, records: Int)] = [("j1", 40)]) {
    for journal in journals {
      order.append(journal.id)
      contents[journal.id] = (0..<journal.records).map { "record\($0)" }
    }
  }

  var journals: [ShelfExtent] {
    order.map { ShelfExtent(journalID: $0, lastSeq: UInt64(contents[$0]?.count ?? 0), brokenFrom: brokenFrom[$0]) }
  }

  func batch(journalID: String, from seq: UInt64, bytesMax: Int) throws(LaptopFault) -> PushBatch? {
    guard let all = contents[journalID]?.prefix(Int(clamping: (brokenFrom[journalID] ?? .max) - 1)), seq >= 1, seq <= all.count
    else { return nil }
    var bytes: [UInt8] = []
    var last = Int(seq) - 1
    repeat {
      bytes += Array("\(journalID)|\(last + 1)|\(all[last])\n".utf8)
      last += 1
    } while last < all.count && bytes.count + all[last].utf8.count + journalID.utf8.count + 12 <= bytesMax
    let chain = fakeChain(journalID, all[..<last])
    return PushBatch(
      firstSeq: seq, lastSeq: UInt64(last), chain: chain, checkpoint: "\(last) \(chain) sig", bytes: bytes)
  }

  func keep(_ receipt: UploadReceipt) throws(LaptopFault) {
    try write()
    receipts.append(receipt)
    confirmed[receipt.journalID] = max(confirmed[receipt.journalID] ?? 0, receipt.acceptedThrough)
  }

  func lower(_ journalID: String, to seq: UInt64) throws(LaptopFault) {
    try write()
    confirmed[journalID] = min(confirmed[journalID] ?? 0, seq)
  }

  func keep(clockAhead seconds: Int) throws(LaptopFault) { clocks.append(seconds) }

  func end(_ journalID: String) throws(LaptopFault) {
    try write()
    ended.insert(journalID)
  }

  func keep(_ items: [FeedItem], next: FeedCursor) throws(LaptopFault) {
    guard !items.isEmpty || next != feedCursor else { return }
    try write()
    inbox += items
    feedCursor = next
  }

  func restartFeed(epoch: UInt64) throws(LaptopFault) {
    try write()
    restarts += 1
    feedCursor = FeedCursor(next: 0, epoch: epoch)
  }

  var devicesState = ""
  var devices: [Attestation] = []

  func keep(_ devices: [Attestation], state: String) throws(LaptopFault) {
    guard state != devicesState else { return }
    try write()
    self.devices += devices
    devicesState = state
  }

  private func write() throws(LaptopFault) {
    writes += 1
    if writes == failingWrite { throw .diskFull(freeBytes: 0) }
  }
}

final class FakeCounty: Transport {
  /// What happens to one request.
  enum Fate: Equatable {
    case arrives
    /// Never reaches the county.
    case lost(TransferFault)
    /// Reaches it, and the answer is lost.
    case unanswered(TransferFault)
    /// Something else answers in its place.
    case instead(TransferAnswer)
  }

  var lines: [String: [String]] = [:]
  var feed: [FeedItem] = []
  var epoch: UInt64 = 1
  var states: [String: JournalCursor.State] = [:]
  var maxBytes = Limits.pushBytes
  var linesMax = Int.max
  var feedPage = 7
  var server = "county-1"
  var time = "2026-11-24T01:00:00Z"
  var enrolCode = "CODE"
  var parkedSeq: UInt64?
  /// What it says of devices; nil: it is older than the question.
  var devices: AttestationPage?
  /// What the county says of everything this laptop may read, instead of the truth.
  var stateSaid: String?
  let device = SigningKey()
  let root = SigningKey()
  /// Decides by the request's number, from 1.
  var fate: (Int, TransferRequest) -> Fate = { _, _ in .arrives }
  private(set) var requests: [TransferRequest] = []
  private(set) var pushes: [Int] = []
  private var challenges: Set<String> = []
  private var tokens: Set<String> = []
  private var grants: [String: EnrolGrant] = [:]
  private var number = 0

  func send(_ request: TransferRequest) throws(TransferFault) -> TransferAnswer {
    requests.append(request)
    switch fate(requests.count, request) {
    case .arrives: return answer(to: request)
    case .lost(let fault): throw fault
    case .unanswered(let fault):
      _ = answer(to: request)
      throw fault
    case .instead(let answer): return answer
    }
  }

  func endSessions() { tokens = [] }

  private func answer(to request: TransferRequest) -> TransferAnswer {
    let path = String(request.target.prefix { $0 != "?" })
    switch (request.method, path) {
    case (.get, Path.hello):
      return ok(Hello(county: "示范县", server: server, time: time, maxBytes: maxBytes, epoch: epoch))
    case (.get, Path.ca): return TransferAnswer(status: 200, body: Array(FakeCounty.authority.utf8))
    case (.post, Path.enrol): return enrol(request)
    case (.post, Path.challenge):
      number += 1
      challenges.insert("challenge\(number)")
      return ok(Challenge(challenge: "challenge\(number)"))
    case (.post, Path.sessions): return session(request)
    default: break
    }
    let bearer = request.headers.first { $0.name == Header.authorization }?.value.dropFirst("Bearer ".count)
    guard let bearer, tokens.contains(String(bearer)) else { return refuse(401, Refusal(.noSession)) }
    if request.method == .get, path == Path.feed { return feed(request) }
    if request.method == .get, path == Path.devices, let devices { return ok(devices) }
    for journal in Set(lines.keys).union(states.keys).union(["j1", "j2"]) {
      if path == Path.cursor(journal: journal) { return cursor(journal) }
      if path == Path.entries(journal: journal) { return entries(request, journal) }
    }
    return refuse(404, Refusal(.notFound))
  }

  private func session(_ request: TransferRequest) -> TransferAnswer {
    guard let asked = try? BodyCodec.decode(SessionRequest.self, from: request.body),
      challenges.remove(asked.challenge) != nil, let signature = Base64URL.decode(asked.signature),
      let text = SignedText.session(server: server, challenge: asked.challenge, deviceID: asked.deviceId),
      SigningKey.verify(signature, of: text, by: device.publicKey)
    else { return refuse(401, Refusal(.badSignature)) }
    number += 1
    tokens.insert("token\(number)")
    return ok(SessionGrant(token: "token\(number)"))
  }

  private func cursor(_ journal: String) -> TransferAnswer {
    let have = lines[journal] ?? []
    return ok(
      JournalCursor(
        journal: journal, nextSeq: UInt64(have.count) + 1, chain: have.isEmpty ? "" : fakeChain(journal, have[...]),
        state: states[journal] ?? .open, epoch: epoch))
  }

  private func entries(_ request: TransferRequest, _ journal: String) -> TransferAnswer {
    pushes.append(request.body.count)
    guard request.body.count <= maxBytes else { return refuse(413, Refusal(.tooLarge, maxBytes: maxBytes)) }
    let sent = String(decoding: request.body, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "|").map(String.init)
    }
    guard sent.count <= linesMax else { return refuse(413, Refusal(.tooLarge, maxBytes: maxBytes)) }
    var have = lines[journal] ?? []
    let chain = have.isEmpty ? "" : fakeChain(journal, have[...])
    var items: [PushedItem] = []
    for line in sent {
      guard line.count == 3, line[0] == journal, let seq = Int(line[1]), seq >= 1 else {
        return refuse(422, Refusal(.badLine, seq: UInt64(have.count) + 1))
      }
      if seq > have.count + 1 { return refuse(409, Refusal(.gap, nextSeq: UInt64(have.count) + 1, chain: chain)) }
      if seq <= have.count {
        guard have[seq - 1] == line[2] else {
          states[journal] = .forked
          return refuse(409, Refusal(.fork, nextSeq: UInt64(have.count) + 1, chain: chain))
        }
        items.append(PushedItem(seq: UInt64(seq), state: .duplicate))
      } else {
        have.append(line[2])
        let isParked = UInt64(seq) == parkedSeq
        items.append(
          PushedItem(seq: UInt64(seq), state: isParked ? .parked : .applied, code: isParked ? "unknown_form" : nil))
      }
    }
    lines[journal] = have
    number += 1
    return ok(
      PushReceipt(
        journal: journal, acceptedThrough: UInt64(have.count), chain: fakeChain(journal, have[...]),
        receipt: "R\(number)", items: items))
  }

  private func feed(_ request: TransferRequest) -> TransferAnswer {
    let query = request.target.split(separator: "?").last?.split(separator: "&") ?? []
    func number(_ name: String) -> Int {
      query.first { $0.hasPrefix(name + "=") }.flatMap { Int($0.dropFirst(name.count + 1)) } ?? 0
    }
    let from = number("cursor")
    let page = feed.filter { $0.seq > from }.prefix(min(feedPage, number("limit")))
    let next = page.last?.seq ?? UInt64(from)
    let more = feed.contains { $0.seq > next }
    var answer = ok(FeedPage(items: Array(page), next: next, more: more, epoch: epoch))
    var tally = FeedTally()
    for item in feed { tally.add(item.record) }
    if !more { answer.headers[Header.state.lowercased()] = stateSaid ?? tally.text }
    return answer
  }

  private func enrol(_ request: TransferRequest) -> TransferAnswer {
    guard let asked = try? BodyCodec.decode(EnrolRequest.self, from: request.body),
      let text = SignedText.enrolment(
        code: asked.code, signPublicKey: asked.signPublicKey, boxPublicKey: asked.boxPublicKey),
      let key = Base64URL.decode(asked.signPublicKey), let proof = Base64URL.decode(asked.proof),
      SigningKey.verify(proof, of: text, by: key)
    else { return refuse(401, Refusal(.badSignature)) }
    if let grant = grants[asked.signPublicKey] { return ok(grant) }
    guard asked.code == enrolCode, grants.isEmpty else { return refuse(403, Refusal(.badCode)) }
    var grant = EnrolGrant(
      deviceId: "d1", person: "p1", name: "赵试用", role: "cadre", scopes: ["130599100201"], county: "示范县",
      server: server, readers: [], caPem: FakeCounty.authority, rootPublicKey: Base64URL.encode(root.publicKey),
      issued: time)
    grant.signature = (SignedText.grant(grant).flatMap { try? root.sign($0) }).map { Base64URL.encode($0) } ?? ""
    grants[asked.signPublicKey] = grant
    return ok(grant)
  }

  private func ok(_ body: some Encodable) -> TransferAnswer {
    TransferAnswer(status: 200, body: (try? BodyCodec.encode(body)) ?? [])
  }

  private func refuse(_ status: Int, _ refusal: Refusal) -> TransferAnswer {
    TransferAnswer(status: status, body: (try? BodyCodec.encode(refusal)) ?? [])
  }

  /// PEM around four bytes: enough for a fingerprint.
  static let authority = "-----BEGIN CERTIFICATE-----\nAQIDBA==\n-----END CERTIFICATE-----\n"
  static let fingerprint = "9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a"
}

/// Waits are written down, not waited.
final class Waits {
  var seconds: [Double] = []

  func pace(tries: Int = 5) -> Pace {
    Pace(pause: { self.seconds.append($0) }, random: { 0.5 }, now: { 1_795_482_000 }, triesMax: tries)
  }
}

extension FakeCounty {
  func sync(
    _ shelf: FakeShelf, tries: Int = 5, waits: Waits = Waits(), progress: @escaping (SyncProgress) -> Void = { _ in }
  )
    throws(SyncFault) -> SyncReport
  {
    var run = SyncRun(
      transport: self, shelf: shelf, deviceID: "d1", server: "county-1", signing: device,
      pace: waits.pace(tries: tries),
      progress: progress)
    return try run.run()
  }
}
