import Foundation
import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

@Suite("Pushing a journal")
struct PushTests {
  private func cursor(_ device: TestDevice, _ at: TestCounty) async throws -> JournalCursor {
    try await at.request(.get, Path.cursor(journal: device.journal.journalID), token: device.token).decoded()
  }

  private func cadre(_ at: TestCounty) async throws -> TestDevice {
    try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
  }

  @Test("a journal never seen begins at 1; pushed, the cursor stands behind its last record with its chain")
  func firstPush() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    #expect(try await cursor(device, at) == JournalCursor(journal: device.journal.journalID, nextSeq: 1, chain: ""))
    try device.write(device.record(), device.record(), device.record())
    let reply = try await device.push(at)
    #expect(reply.status == 200)
    let receipt = try reply.decoded(PushReceipt.self)
    #expect(receipt.acceptedThrough == 3)
    #expect(receipt.receipt.hasPrefix("1-"))
    #expect(receipt.items.map(\.state) == [.applied, .applied, .applied])
    let chain = Base64URL.encode(try device.lines(from: 1).chain)
    #expect(receipt.chain == chain)
    let stand = try await cursor(device, at)
    #expect(stand.nextSeq == 4 && stand.chain == chain && stand.state == .open)
  }

  @Test("the stored lines are the laptop's lines, byte for byte")
  func bytes() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    for _ in 0..<5 { try device.write(device.record()) }
    _ = try await device.push(at)
    let sent = try device.lines(from: 1).bytes.split(separator: 0x0A).filter { $0.starts(with: Array("J1R".utf8)) }
    #expect(try await at.county.store.storedLines(device.journal.journalID).map { $0.dropLast() } == sent)
  }

  @Test("everything again, a part again, and a part with more: success, each record once")
  func duplicates() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(), device.record())
    _ = try await device.push(at)
    let again = try await device.push(at)
    #expect(again.status == 200)
    #expect(try again.decoded(PushReceipt.self).items.map(\.state) == [.duplicate, .duplicate])
    try device.write(device.record())
    let more = try await device.push(at, from: 2)
    #expect(try more.decoded(PushReceipt.self).items.map(\.state) == [.duplicate, .applied])
    #expect(try await at.county.store.count("record") == 3)
    #expect(try await at.county.store.count("line") == 3)
  }

  @Test("a push beyond the cursor is a gap, and says where to begin")
  func gap() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    for _ in 0..<3 { try device.write(device.record()) }
    let reply = try await device.push(at, from: 3)
    #expect(reply.status == 409)
    let refusal = try reply.decoded(Refusal.self)
    #expect(refusal.reason == .gap && refusal.nextSeq == 1)
    #expect(try await device.push(at).status == 200)
  }

  @Test("segments that end between two pushes, and inside one, are taken like any others")
  func segments() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    _ = try await device.push(at)
    for round in 1...3 {
      // Another month closes the segment.
      device.use(try device.reopened(month: "2027-0\(round)"))
      try device.write(device.record(), device.record())
      if round != 2 { #expect(try await device.push(at, from: round == 1 ? 2 : 4).status == 200) }
    }
    let receipt = try await device.push(at).decoded(PushReceipt.self)
    #expect(receipt.acceptedThrough == 7 && receipt.items.allSatisfy { $0.state == .duplicate })
    #expect(try await at.county.store.count("segment") == 4)
    #expect(try await at.county.store.count("record") == 7)
  }

  @Test("a journal written in two places: 409 fork, the stored line stays, both branches and checkpoints are kept")
  func fork() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    let clone = try device.cloneJournal()
    try device.write(device.record())
    _ = try await device.push(at)
    let stored = try await at.county.store.storedLines(device.journal.journalID)
    let first = try device.cloneJournal()
    device.use(clone)
    try device.write(device.record())
    let reply = try await device.push(at)
    #expect(reply.status == 409)
    #expect(try reply.decoded(Refusal.self).reason == .fork)
    #expect(try reply.decoded(Refusal.self).nextSeq == 3)
    #expect(try await cursor(device, at).state == .forked)
    #expect(try await at.county.store.storedLines(device.journal.journalID) == stored)
    #expect(try await at.county.store.forkProof() == 1)
    // Nothing more is taken into a forked journal, from either side.
    try device.write(device.record())
    #expect(try await device.push(at).reason == .fork)
    device.use(first)
    try device.write(device.record())
    #expect(try await device.push(at).reason == .fork)
    #expect(try await at.county.store.count("record") == 2)
  }

  @Test("a branch whose push begins behind the stored records is found by its chain")
  func forkWithoutOverlap() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    let clone = try device.cloneJournal()
    try device.write(device.record())
    _ = try await device.push(at)
    device.use(clone)
    try device.write(device.record(), device.record())
    let reply = try await device.push(at, from: 3)
    #expect(reply.status == 409 && reply.reason == .fork)
  }

  @Test("any changed byte is refused, and nothing of the push is kept")
  func badBytes() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(), device.record())
    let lines = try device.lines(from: 1)
    let header = try device.checkpointHeader(lines)
    for position in stride(from: 0, to: lines.bytes.count, by: 61) {
      var bytes = lines.bytes
      bytes[position] ^= 0x20
      let reply = try await at.request(
        .post, Path.entries(journal: lines.journalID) + "?from=1", bytes, token: device.token,
        headers: [Header.checkpoint: header])
      #expect(reply.status == 422, "byte \(position)")
      at.clock.pass(seconds: 2)
    }
    #expect(try await at.county.store.count("line") == 0)
  }

  @Test("lines that stop in the middle are refused with the number of the line")
  func cutShort() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(), device.record())
    let lines = try device.lines(from: 1)
    let reply = try await at.request(
      .post, Path.entries(journal: lines.journalID) + "?from=1", Array(lines.bytes.dropLast(10)), token: device.token,
      headers: [Header.checkpoint: try device.checkpointHeader(lines)])
    #expect(reply.status == 422)
    #expect(try reply.decoded(Refusal.self) == Refusal(.badLine, seq: 2))
  }

  @Test("a checkpoint that is missing, of another place, or signed by somebody else")
  func badCheckpoint() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    #expect(try await device.push(at, headers: [Header.checkpoint: ""]).reason == .badCheckpoint)
    let one = try device.checkpointHeader(try device.lines(from: 1))
    try device.write(device.record())
    #expect(try await device.push(at, headers: [Header.checkpoint: one]).reason == .badCheckpoint)
    var parts = try device.checkpointHeader(try device.lines(from: 1)).split(separator: " ").map(String.init)
    parts[2] = Base64URL.encode([UInt8](repeating: 1, count: 64))
    let forged = try await device.push(at, headers: [Header.checkpoint: parts.joined(separator: " ")])
    #expect(forged.status == 422 && forged.reason == .badCheckpoint)
    #expect(try await at.county.store.count("line") == 0)
  }

  @Test("a digest is checked where it is given")
  func digest() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    let right = Data(Digest.sha256(try device.lines(from: 1).bytes)).base64EncodedString()
    let wrong = Data(Digest.sha256([1])).base64EncodedString()
    #expect(try await device.push(at, headers: ["Content-Digest": "sha-256=:\(wrong):"]).status == 422)
    #expect(try await device.push(at, headers: ["Content-Digest": "sha-512=:xx:, sha-256=:\(right):"]).status == 200)
  }

  @Test("more bytes than hello says are refused with the limit")
  func tooLarge() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    let lines = try device.lines(from: 1)
    let reply = try await at.request(
      .post, Path.entries(journal: lines.journalID) + "?from=1", [UInt8](repeating: 0x4A, count: Limits.pushBytes + 1),
      token: device.token, headers: [Header.checkpoint: try device.checkpointHeader(lines)])
    #expect(reply.status == 413)
    #expect(try reply.decoded(Refusal.self) == Refusal(.tooLarge, maxBytes: Limits.pushBytes))
  }

  @Test(
    "paths and numbers that are none",
    arguments: ["?from=0", "?from=x", "", "?from=18446744073709551616", "?from=99999999999"])
  func malformed(_ query: String) async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    let lines = try device.lines(from: 1)
    let header = [Header.checkpoint: try device.checkpointHeader(lines)]
    let path = Path.entries(journal: lines.journalID) + query
    #expect(try await at.request(.post, path, lines.bytes, token: device.token, headers: header).status == 400)
    let noJournal = Path.entries(journal: "x") + "?from=1"
    #expect(try await at.request(.post, noJournal, lines.bytes, token: device.token, headers: header).status == 400)
  }

  @Test("another device's journal can be neither read nor written")
  func foreignJournal() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    _ = try await device.push(at)
    let other = try await TestDevice.enrol(at, person: "P2", role: .cadre, scopes: [TestCounty.village])
    let journal = device.journal.journalID
    #expect(try await at.request(.get, Path.cursor(journal: journal), token: other.token).status == 403)
    let lines = try device.lines(from: 1)
    let header = [Header.checkpoint: try device.checkpointHeader(lines)]
    let reply = try await at.request(
      .post, Path.entries(journal: journal) + "?from=1", lines.bytes, token: other.token, headers: header)
    #expect(reply.status == 403)
    // Nor can lines that another device wrote be brought in as one's own, before the county knows them.
    let third = try await TestDevice.enrol(at, person: "P3", role: .cadre, scopes: [TestCounty.village])
    try third.write(third.record())
    let stolen = try third.lines(from: 1)
    let taken = try await at.request(
      .post, Path.entries(journal: stolen.journalID) + "?from=1", stolen.bytes, token: other.token,
      headers: [Header.checkpoint: try third.checkpointHeader(stolen)])
    #expect(taken.status == 422)
    #expect(try await cursor(third, at).nextSeq == 1)
  }

  @Test("a journal that goes on under a new id: what the county has comes again as duplicates, the rest is applied",
    arguments: JournalOpening.Reason.allCases)
  func newJournal(_ reason: JournalOpening.Reason) async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    let records = [device.record(), device.record(), device.record()]
    try device.write(records[0], records[1])
    _ = try await device.push(at)
    let before = device.journal
    let continued = JournalOpening.Continued(
      journal: before.journalID, seq: 1, chain: Base64URL.encode(try device.lines(from: 1).chain))
    try device.beginJournal()
    try device.write(records[1], records[2])
    let opening = JournalOpening(journal: device.journal.journalID, continues: continued, reason: reason)
    let reply = try await at.post(Path.journals, opening, token: device.token)
    #expect(reply.status == 200)
    #expect(try reply.decoded(JournalCursor.self) == JournalCursor(journal: opening.journal, nextSeq: 1, chain: ""))
    #expect(try await device.push(at).decoded(PushReceipt.self).items.map(\.state) == [.duplicate, .applied])
    // A lost answer: asked again, the county says where it stands by now.
    #expect(try await at.post(Path.journals, opening, token: device.token).decoded(JournalCursor.self).nextSeq == 3)
    #expect(try await at.county.store.continuation(of: opening.journal) == "\(before.journalID) 1 \(reason.rawValue)")
    #expect(try await at.county.store.count("record") == 3)
  }

  @Test("a new journal of somebody else's, or continuing somebody else's, is refused; one nobody here knows is not")
  func foreignOpenings() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    _ = try await device.push(at)
    let other = try await TestDevice.enrol(at, person: "P2", role: .cadre, scopes: [TestCounty.village])
    let own = JournalOpening(journal: device.journal.journalID, reason: .restored)
    #expect(try await at.post(Path.journals, own, token: other.token).status == 403)
    var opening = JournalOpening(
      journal: at.clock.surroundings.uuid(), continues: .init(journal: device.journal.journalID, seq: 1, chain: ""),
      reason: .reenrolled)
    #expect(try await at.post(Path.journals, opening, token: other.token).status == 403)
    // The same person's other laptop.
    let second = try await cadre(at)
    #expect(try await at.post(Path.journals, opening, token: second.token).status == 200)
    opening = JournalOpening(
      journal: at.clock.surroundings.uuid(), continues: .init(journal: at.clock.surroundings.uuid(), seq: 9, chain: ""),
      reason: .reenrolled)
    #expect(try await at.post(Path.journals, opening, token: other.token).status == 200)
    let unknown = Array(#"{"journal":"\#(at.clock.surroundings.uuid())","reason":"because"}"#.utf8)
    #expect(try await at.request(.post, Path.journals, unknown, token: other.token).status == 400)
  }

  @Test("the county lost its database: the laptop enrols anew, pushes its old journal, and everything is there again")
  func lostDatabase() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(facts: [Fact(list: "household", entity: "h1", properties: [Property("phone", "1")])]))
    device.use(try device.reopened(month: "2027-01"))
    try device.write(device.record(household: "h2"))
    _ = try await device.push(at)
    let values = try await at.county.store.values()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: at.county.directory.database + suffix)
    }
    let again = try await at.restarted()
    _ = try await again.county.catchUp()
    let anew = try await device.enrolledAgain(again, scopes: [TestCounty.village])
    #expect(anew.grant.deviceId != device.grant.deviceId)
    // What is written from now on stands in a segment that names the new id.
    try anew.write(anew.record(household: "h3"))
    let receipt = try await anew.push(again).decoded(PushReceipt.self)
    #expect(receipt.items.map(\.state) == [.applied, .applied, .applied])
    #expect(try await again.county.store.values() == values)
    #expect(try await anew.pulled(again).isEmpty, "they are the device's own")
  }

  @Test("sixty pushes a minute, then wait")
  func rate() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    for _ in 0..<CountyLimits.pushesPerMinute { #expect(try await device.push(at).status == 200) }
    let reply = try await device.push(at)
    #expect(reply.status == 429 && reply.headers[.retryAfter] != nil)
  }

  @Test("after a restore the epoch rises and the laptop pushes again from the lower cursor")
  func epoch() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    #expect(try await cursor(device, at).epoch == 1)
    #expect(try await at.county.raiseEpoch() == 2)
    #expect(try await cursor(device, at).epoch == 2)
    #expect(try await device.feed(at).page.epoch == 2)
    try device.write(device.record())
    #expect(try await device.push(at).decoded(PushReceipt.self).receipt.hasPrefix("2-"), "no receipt number is given twice")
  }
}
