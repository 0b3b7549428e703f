import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Journal
import Relief
import Testing
import Wire
import struct Relief.Record

@testable import County

/// Role × endpoint × scope as one table (`AccessTable`): what is not written there must be refused.
@Suite("The table of access")
struct AccessTableTests {
  private static let places: [Character: String] = [
    "v": TestCounty.village, "n": TestCounty.otherVillage, "t": TestCounty.township, "c": "130599", "e": TestCounty.elsewhere,
  ]
  private static let scopes: [String: [String]] = [
    "village": [TestCounty.village], "two": [TestCounty.village, TestCounty.otherVillage], "township": [TestCounty.township],
    "county": ["130599"],
  ]
  /// In the order in which the cells name them.
  private static func cell(_ places: some Collection<Character>) -> String {
    places.isEmpty ? "-" : String("vntce".filter(places.contains))
  }

  // MARK: Endpoints

  @Test("every endpoint that the router has stands in the table, and nothing else does")
  func complete() async throws {
    let at = try await TestCounty()
    let served = Routes(at.county).router().routes.map { "\($0.method) \($0.path)" }
    let rows = AccessTable.rows(AccessTable.endpoints, naming: 2).map { $0.name.joined(separator: " ") }
    #expect(served.sorted() == rows.sorted())
    for (table, naming, heads) in [
      (AccessTable.endpoints, 2, 13), (AccessTable.foreignJournals, 2, 5), (AccessTable.reading, 2, 7), (AccessTable.writing, 2, 5),
      (AccessTable.page, 2, 4),
    ] { #expect(AccessTable.isWhole(table, naming: naming, heads: heads)) }
    // Whoever gets a role later gets a column.
    let heads = Set(AccessTable.rows(AccessTable.endpoints, naming: 2)[0].cells.keys)
    #expect(heads.isSuperset(of: Role.known.map(\.rawValue)))
    let pages = Set(AccessTable.rows(AccessTable.page, naming: 2)[0].cells.keys)
    #expect(pages == Set(PagePath.pages.map(\.0)))
  }

  @Test("who gets what from each endpoint")
  func endpoints() async throws {
    let at = try await TestCounty()
    let callers = try await Callers(at)
    for row in AccessTable.rows(AccessTable.endpoints, naming: 2) {
      for (caller, expected) in row.cells.sorted(by: { $0.key < $1.key }) {
        let reply = try await callers.ask(row.name[0], row.name[1], as: caller)
        #expect(Self.seen(reply) == expected, "\(row.name.joined(separator: " ")) as \(caller)")
      }
    }
  }

  private static func seen(_ reply: Reply) -> String {
    guard reply.status == 303 else { return String(reply.status) }
    switch reply.headers[.location] {
    case PagePath.login: return "login"
    case PagePath.password: return "password"
    case PagePath.progress: return "page"
    default: return reply.headers[.location] ?? ""
    }
  }

  @Test("nobody touches another person's journal")
  func foreignJournals() async throws {
    let at = try await TestCounty()
    let owner = try await TestDevice.enrol(at, person: "OWNER", role: .cadre, scopes: [TestCounty.village])
    try owner.write(owner.record())
    #expect(try await owner.push(at).status == 200)
    let callers = try await Callers(at)
    let kept = try await at.county.status().records
    for row in AccessTable.rows(AccessTable.foreignJournals, naming: 2) {
      for (caller, expected) in row.cells {
        let reply = try await callers.ask(row.name[0], row.name[1], as: caller, journal: owner.journal.journalID)
        #expect(Self.seen(reply) == expected, "\(row.name.joined(separator: " ")) as \(caller)")
      }
    }
    #expect(try await at.county.status().records == kept)
  }

  // MARK: Places

  private static func enrol(_ at: TestCounty, _ row: AccessTable.Row) async throws -> TestDevice {
    try await TestDevice.enrol(
      at, person: "X", role: Role(rawValue: row.name[0]), scopes: scopes[row.name[1]] ?? [],
      households: row.name[0] == "visitor" ? ["h-v"] : nil)
  }

  @Test("which records of which places each reads, and of whose devices the county tells", arguments: 0..<12)
  func reading(_ number: Int) async throws {
    let rows = AccessTable.rows(AccessTable.reading, naming: 2)
    #expect(rows.count == 12)
    let row = rows[number]
    let at = try await TestCounty()
    let county = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
    for (place, division) in Self.places {
      for type in [RecordType.visit, .warning, .assistance, .fund, .batch, .form] {
        let household = [.visit, .warning, .assistance].contains(type) ? "h-\(place)" : nil
        try county.write(county.record(type, household: household, division: division))
      }
      if let scope = [Character("v"), "n", "e"].contains(place) ? division : nil {
        _ = try await TestDevice.enrol(at, person: "\(place)", role: .cadre, scopes: [scope])
      }
    }
    _ = try await TestDevice.enrol(at, person: "t", role: .supervisor, scopes: [TestCounty.township])
    #expect(try await county.push(at).decoded(PushReceipt.self).items.allSatisfy { $0.state == .applied })
    let reader = try await Self.enrol(at, row)
    let said = row.name.joined(separator: " ")

    let reply = try await at.request(.get, Path.feed, token: reader.token)
    let types: [RecordType] = [.visit, .warning, .assistance, .fund, .batch, .form]
    let records = reply.status == 200 ? try await reader.pulled(at) : []
    for type in types {
      let seen = records.filter { $0.type == type }.compactMap { one in Self.places.first { $0.value == one.division }?.key }
      #expect((reply.status == 200 ? Self.cell(seen) : String(reply.status)) == row.cells[type.rawValue], "\(said): \(type.rawValue)")
    }
    let devices = try await at.request(.get, Path.devices + "?known=", token: reader.token)
    let told = devices.status == 200 ? try devices.decoded(AttestationPage.self).items.map(\.person).filter { $0 != "X" } : []
    #expect(
      (devices.status == 200 ? Self.cell(told.map { Character($0.lowercased()) }) : String(devices.status)) == row.cells["devices"],
      "\(said): devices")
  }

  @Test("which records of which places each writes", arguments: 0..<9)
  func writing(_ number: Int) async throws {
    let rows = AccessTable.rows(AccessTable.writing, naming: 2)
    #expect(rows.count == 9)
    let row = rows[number]
    let at = try await TestCounty()
    let county = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
    var visits: [Character: Record] = [:]
    for (place, division) in Self.places {
      let visit = county.record(household: "h-\(place)", division: division)
      visits[place] = visit
      try county.write(visit)
    }
    #expect(try await county.push(at).status == 200)
    let writer = try await Self.enrol(at, row)
    for type in [RecordType.visit, .fund, .review, .batch, .form] {
      var applied: [Character] = []
      for (place, division) in Self.places {
        let household = [.visit, .review].contains(type) ? "h-\(place)" : nil
        let body = type == .review ? ["record": visits[place]?.id ?? "", "verdict": "passed"] : [:]
        let item = try await writer.pushAlone(writer.record(type, household: household, division: division, body: body), at)
        if item.state == .applied { applied.append(place) }
      }
      #expect(Self.cell(applied) == row.cells[type.rawValue], "\(row.name.joined(separator: " ")): \(type.rawValue)")
    }
  }

  @Test("of which places an account of the page sees figures", arguments: 0..<5)
  func page(_ number: Int) async throws {
    let rows = AccessTable.rows(AccessTable.page, naming: 2)
    #expect(rows.count == 5)
    let row = rows[number]
    let at = try await TestCounty()
    try await PageTests.fill(at)
    let browser = try await TestBrowser.inside(at, role: row.name[0], scope: Self.scopes[row.name[1]]?.first ?? "")
    try await at.county.board.refresh()
    for (path, expected) in row.cells {
      var seen: [Character] = []
      for (place, division) in Self.places {
        let reply = try await browser.get(path + "?division=" + division)
        #expect([200, 403].contains(reply.status), "\(path) \(division)")
        if reply.status == 200 { seen.append(place) }
      }
      #expect(Self.cell(seen) == expected, "\(row.name.joined(separator: " ")): \(path)")
    }
  }
}

/// One of everybody who may ask, against one county.
private final class Callers {
  private let at: TestCounty
  private var devices: [String: TestDevice] = [:]
  private var browsers: [String: TestBrowser] = [:]

  init(_ at: TestCounty) async throws {
    self.at = at
    for role in Role.known {
      let device = try await TestDevice.enrol(
        at, person: role.rawValue, role: role, scopes: [TestCounty.village], households: role == .visitor ? ["h1"] : nil)
      try device.write(device.record())
      // The journal is known to the county, so that a refusal is one of the asker.
      if Access.allows(role, .writeOwnJournal) { #expect(try await device.push(at).status == 200) }
      devices[role.rawValue] = device
    }
    let revoked = try await TestDevice.enrol(at, person: "revoked", role: .county, scopes: [])
    try revoked.write(revoked.record())
    #expect(try await revoked.push(at).status == 200)
    try await at.county.revoke(device: revoked.grant.deviceId)
    devices["revoked"] = revoked
    for role in ["county", "auditor"] { browsers["p:" + role] = try await TestBrowser.inside(at, role: role, person: "P-" + role) }
    browsers["p:clerk"] = try await TestBrowser.inside(at, person: "P-clerk")
    let first = TestBrowser(at)
    try await first.login("P-first", try await at.county.addPageUser(person: "P-first", name: "甲", role: "county", scope: "130599"))
    browsers["p:first"] = first
    try await at.county.store.write { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: "UPDATE page_user SET role = 'clerk' WHERE person = 'P-clerk'")
    }
    try await at.county.board.refresh()
  }

  /// What one of them gets, with whatever they have to show: a token, or a cookie.
  func ask(_ method: String, _ endpoint: String, as caller: String, journal: String? = nil) async throws -> Reply {
    at.clock.pass(seconds: 2)
    let device = devices[caller]
    let own = journal ?? device?.journal.journalID ?? at.clock.surroundings.uuid()
    let path = endpoint.replacing("{journal}", with: own)
    var body: [UInt8] = []
    var headers: [String: String] = [:]
    switch (method, endpoint) {
    case ("POST", Path.enrol):
      let keys = try Self.keys(devices)
      body = try BodyCodec.encode(try TestDevice.request("AAAA-AAAA-AAAA", keys))
    case ("POST", Path.challenge): body = try BodyCodec.encode(ChallengeRequest(deviceId: device?.grant.deviceId ?? "nobody"))
    case ("POST", Path.sessions):
      body = try BodyCodec.encode(SessionRequest(deviceId: device?.grant.deviceId ?? "nobody", challenge: "AAAA", signature: "AAAA"))
    case ("POST", Path.journals):
      let continued = journal.map { JournalOpening.Continued(journal: $0, seq: 1, chain: "") }
      body = try BodyCodec.encode(JournalOpening(journal: at.clock.surroundings.uuid(), continues: continued, reason: .damaged))
    case ("POST", "/v1/journals/{journal}/entries"):
      if let device {
        let lines = try device.lines(from: 1)
        (body, headers[Header.checkpoint]) = (lines.bytes, try device.checkpointHeader(lines))
      }
    default: break
    }
    if let browser = browsers[caller] {
      headers["Cookie"] = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    let token = device?.token ?? (caller == "forged" ? "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE" : nil)
    return try await at.request(
      method == "POST" ? .post : .get, path + (endpoint.hasSuffix("/entries") ? "?from=1" : ""), body, token: token, headers: headers,
      peer: UUID().uuidString)
  }

  private static func keys(_ devices: [String: TestDevice]) throws -> UnlockedKeys { try #require(devices["cadre"]).keys }
}
