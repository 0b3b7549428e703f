import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

/// Every role against every endpoint, and every role against every kind of record in every place. What is not written
/// down as allowed must be refused.
@Suite("Access")
struct AccessTests {
  static let roles = Role.known + [Role(rawValue: "mayor")]

  @Test("role by endpoint", arguments: Role.known)
  func endpoints(_ role: Role) async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(
      at, person: "X", role: role, scopes: [TestCounty.village], households: role == .visitor ? ["h1"] : nil)
    try device.write(device.record())
    let works: [Role] = [.cadre, .clerk, .supervisor, .county, .visitor]
    let allowed = works.contains(role) ? 200 : 403
    let journal = device.journal.journalID
    #expect(try await at.request(.get, Path.feed, token: device.token).status == allowed)
    let exchanges: [Role] = [.cadre, .clerk, .supervisor, .county]
    #expect(
      try await at.request(.get, Path.devices, token: device.token).status == (exchanges.contains(role) ? 200 : 403))
    #expect(try await at.request(.get, Path.cursor(journal: journal), token: device.token).status == allowed)
    #expect(try await device.push(at).status == allowed)
    let opening = JournalOpening(journal: at.clock.surroundings.uuid(), reason: .damaged)
    #expect(try await at.post(Path.journals, opening, token: device.token).status == allowed)
  }

  @Test("without a session there is nothing but hello, the CA and the ways to a session")
  func withoutSession() async throws {
    let at = try await TestCounty()
    let journal = at.clock.surroundings.uuid()
    for path in [Path.feed, Path.devices, Path.cursor(journal: journal)] {
      #expect(try await at.request(.get, path).status == 401)
    }
    for path in [Path.entries(journal: journal) + "?from=1", "/v1/journals"] {
      #expect(try await at.request(.post, path, [1]).status == 401)
    }
  }

  /// One record of each type in five places: own village, the neighbouring one, the township itself, the county,
  /// elsewhere.
  private func fill(_ at: TestCounty) async throws {
    let county = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
    for division in [TestCounty.village, TestCounty.otherVillage, TestCounty.township, "130599", TestCounty.elsewhere] {
      for type in RecordType.known {
        let household = [.form, .division, .parameter].contains(type) ? nil : "h-\(division)"
        try county.write(county.record(type, household: household, division: division))
      }
    }
    let receipt = try await county.push(at).decoded(PushReceipt.self)
    #expect(receipt.items.allSatisfy { $0.state == .applied })
  }

  /// Of a household that was named to a visitor: no warning, no department's help, no step of a case, no trail.
  private let ofAVisit: Set<RecordType> = [
    .roster, .householdChange, .sweep, .visit, .amendment, .withdrawal, .review, .resolution, .verification, .category, .plan, .carePlan,
    .careVisit,
  ]

  /// What a reader of a scope may see, written down anew and not taken from the program.
  private func expected(_ role: Role, scope: String, household: String?) -> Set<String> {
    var allowed: Set<String> = []
    for division in [TestCounty.village, TestCounty.otherVillage, TestCounty.township, "130599", TestCounty.elsewhere] {
      for type in RecordType.known {
        let isInside = division.hasPrefix(scope)
        let isOfAnArea = [.form, .division, .parameter].contains(type)
        let isAbove = scope.hasPrefix(division) && (isOfAnArea || (type == .campaign && role != .visitor))
        guard isInside || isAbove else { continue }
        let isReader =
          switch role {
          case .county, .clerk, .supervisor: true
          case .cadre: ![.fund, .team, .match, .audit, .batch].contains(type)
          case .visitor: [.form, .division, .parameter].contains(type) || ("h-\(division)" == household && ofAVisit.contains(type))
          default: false
          }
        if isReader { allowed.insert("\(type.rawValue) \(division)") }
      }
    }
    return allowed
  }

  @Test(
    "role by scope by record: the feed gives exactly what is allowed",
    arguments: Role.known, [TestCounty.village, TestCounty.township, "130599", "130599200"])
  func feed(_ role: Role, _ scope: String) async throws {
    let at = try await TestCounty()
    try await fill(at)
    let household = role == .visitor ? "h-\(TestCounty.village)" : nil
    let device = try await TestDevice.enrol(
      at, person: "X", role: role, scopes: [scope], households: household.map { [$0] })
    guard role != .auditor else {
      #expect(try await at.request(.get, Path.feed, token: device.token).status == 403)
      return
    }
    let seen = Set(try await device.pulled(at).map { "\($0.type.rawValue) \($0.division)" })
    #expect(seen == expected(role, scope: scope, household: household))
  }

  @Test("a page and the check value with it are of one moment, whoever writes meanwhile")
  func onePicture() async throws {
    let at = try await TestCounty()
    let supervisor = try await TestDevice.enrol(at, person: "S1", role: .supervisor, scopes: [TestCounty.township])
    let reader = try #require(try await at.county.store.device(supervisor.grant.deviceId))
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    for number in 0..<60 { try cadre.write(cadre.record(household: "h\(number)")) }
    let store = at.county.store
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          for _ in 0..<60 {
            let slice = try await store.feed(for: reader, after: 0, limit: 100, bytes: 1 << 20)
            #expect(slice.state?.count == slice.items.count)
          }
        }
      }
      for seq in 1...60 { try await push(cadre, at, UInt64(seq)) }
      try await group.waitForAll()
    }
    #expect(try await store.feed(for: reader, after: 0, limit: 100, bytes: 1 << 20).state?.count == 60)
  }

  /// One record alone.
  private func push(_ cadre: TestDevice, _ at: TestCounty, _ seq: UInt64) async throws {
    at.clock.pass(seconds: 2)
    #expect(try await cadre.push(at, from: seq, bytesMax: 1).status == 200)
  }

  @Test("a role that nobody knows, no scope, and a visitor without households read nothing")
  func defaultDeny() async throws {
    let at = try await TestCounty()
    try await fill(at)
    func read(_ role: Role, _ scopes: [String], _ households: [String]? = nil) async throws -> Int {
      let device = Device(
        id: "d", person: "X", name: "X", role: role, scopes: scopes, households: households, signKey: [], boxKey: [],
        enrolledAt: 0)
      let slice = try await at.county.store.feed(for: device, after: 0, limit: 10_000, bytes: 64 << 20)
      #expect(!slice.more && slice.state?.count == slice.items.count)
      return slice.items.count
    }
    #expect(try await read(Role(rawValue: "mayor"), ["130599"]) == 0)
    #expect(try await read(.supervisor, []) == 0)
    #expect(try await read(.visitor, ["130599"]) == 0)
    #expect(try await read(.supervisor, ["130599"]) > 0)
  }

  @Test("role by type: who may write what", arguments: roles)
  func writes(_ role: Role) {
    let village: [RecordType] = [
      .visit, .amendment, .withdrawal, .capture, .application, .emergency, .caseStep, .assistance, .careVisit, .householdChange,
      .sweep, .publicity, .training, .audit, .verification, .warningStep,
    ]
    let township = village + [.referral, .referralAnswer, .fund, .plan, .carePlan, .match, .team, .campaign]
    let may: [Role: [RecordType]] = [
      .cadre: village, .clerk: township, .visitor: [.visit, .amendment, .verification, .careVisit, .audit],
      .supervisor: township + [.review, .resolution, .acknowledgement, .deputy],
      .county: township + [.review, .resolution, .acknowledgement, .deputy, .roster, .form, .division, .parameter, .category, .batch,
        .warning],
    ]
    for type in RecordType.known {
      #expect(role.writes(type) == (may[role] ?? []).contains(type), "\(role.rawValue) \(type.rawValue)")
    }
  }

  @Test("a device's own records do not come back to it; another device of the same person gets them")
  func ownRecords() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    try device.write(device.record())
    _ = try await device.push(at)
    #expect(try await device.pulled(at).isEmpty)
    let next = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    #expect(try await next.pulled(at).count == 1)
  }

  @Test("pages follow each other without a hole; the last one carries count and hash of the whole scope")
  func pages() async throws {
    let at = try await TestCounty()
    try await fill(at)
    let device = try await TestDevice.enrol(at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    var cursor: UInt64 = 0
    var seen: [UInt64] = []
    while true {
      let (page, reply) = try await device.feed(at, cursor: cursor, limit: 4)
      #expect(page.items.count <= 4)
      seen += page.items.map(\.seq)
      cursor = page.next
      #expect((reply.headers.value(.zoufangState) == nil) == page.more)
      if let state = reply.headers.value(.zoufangState) {
        #expect(state.hasPrefix("\(seen.count),") && state.count == "\(seen.count),".count + 16)
      }
      if !page.more { break }
    }
    #expect(seen == seen.sorted() && Set(seen).count == seen.count)
    #expect(seen.count == (try await device.pulled(at)).count)
    // Everything was looked through: the next question is answered from behind it.
    #expect(try await device.feed(at, cursor: cursor).page.items.isEmpty)
    let before = try await device.feed(at, cursor: cursor).reply.headers.value(.zoufangState)
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    try cadre.write(cadre.record())
    _ = try await cadre.push(at)
    let (page, reply) = try await device.feed(at, cursor: cursor)
    #expect(page.items.count == 1 && reply.headers.value(.zoufangState) != before)
  }

  @Test(
    "cursor and limit that are no numbers",
    arguments: ["cursor=x", "cursor=-1", "limit=1e3", "cursor=18446744073709551616"])
  func badQuery(_ query: String) async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    #expect(try await at.request(.get, Path.feed + "?" + query, token: device.token).status == 400)
    let far = Path.feed + "?cursor=18446744073709551615&limit=18446744073709551615"
    #expect(try await at.request(.get, far, token: device.token).status == 200)
  }
}
