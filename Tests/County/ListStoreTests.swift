import Dispatch
import Foundation
import GRDB
import Relief
import Synchronization
import Testing

@testable import County

/// Departments' lists in the store, and the register they are compared with.
@Suite("lists in the store") struct ListStoreTests {
  static func batch(_ id: String, hash: String = "ab") -> ListBatch {
    ListBatch(
      id: id, profile: "labour/unemployed", department: "labour", kind: "labour/unemployed", file: "失业.csv", hash: hash,
      asOf: "2026-11-01", rows: 3, accepted: 2, rejected: 1)
  }

  static func row(_ line: Int) -> KeptRow {
    KeptRow(
      line: line, number: "130599198001010014", name: "某\(line)", birth: "1980-01-01", village: "130599100201",
      values: ["date": "2026-10-0\(line)", "reason": "停产"], evidence: "失业日期 2026-10-0\(line)")
  }

  /// Hands out rows two at a time; throws after so many.
  final class Rows: Sendable {
    private let all: [KeptRow]
    private let breaksAfter: Int?
    private let given = Mutex(0)

    init(_ rows: [KeptRow], breaksAfter: Int? = nil) { (all, self.breaksAfter) = (rows, breaksAfter) }

    func next() throws -> [KeptRow] {
      let start = given.withLock { $0 }
      if let breaksAfter, start >= breaksAfter { throw CountyFault.cannotRead(path: "list") }
      let taken = Array(all.dropFirst(start).prefix(2))
      given.withLock { $0 += taken.count }
      return taken
    }
  }

  @Test("a batch comes back as it went in: rows, what they say, what was set aside")
  func roundTrip() async throws {
    let at = try await TestCounty()
    let store = at.county.store
    let rows = Rows((1...5).map(Self.row))
    let reject = ListReject(line: 9, column: "姓名", reason: "缺姓名")
    try await store.keep(Self.batch("b-1"), rejects: [reject], next: { try rows.next() })
    #expect(try await store.batches() == [Self.batch("b-1")])
    #expect(try await store.rows(of: "b-1", after: 0, limit: 10) == (1...5).map(Self.row))
    #expect(try await store.rows(of: "b-1", after: 3, limit: 1).map(\.line) == [4])
    #expect(try await store.rejects(of: "b-1") == [reject])
    #expect(try await store.batches(hash: "ab", profile: "labour/unemployed", sheet: "一", isOwn: true).map(\.id) == ["b-1"], "of before sheets were kept")
    #expect(try await store.batches(hash: "ab", profile: "labour/unemployed", sheet: "二", isOwn: false).isEmpty, "the first sheet was read then")
    #expect(try await store.batches(hash: "ab", profile: "rural/lifted", sheet: "", isOwn: true).isEmpty)
  }

  @Test("a batch that was broken off is no batch, and the next import takes its rows away")
  func brokenOff() async throws {
    let at = try await TestCounty()
    let store = at.county.store
    let broken = Rows((1...5).map(Self.row), breaksAfter: 2)
    await #expect(throws: (any Error).self) { try await store.keep(Self.batch("b-1"), rejects: [], next: { try broken.next() }) }
    #expect(try await store.batches().isEmpty)
    #expect(try await store.rows(of: "b-1", after: 0, limit: 10).isEmpty)
    let whole = Rows([Self.row(1)])
    try await store.keep(Self.batch("b-2"), rejects: [], next: { try whole.next() })
    #expect(try await store.batches().map(\.id) == ["b-2"])
    let left = try await store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM listed_row") }
    #expect(left == 1)
  }

  @Test("of two imports at once the one that began first is told so, and nothing of it is kept; it may come again")
  func atOnce() async throws {
    let at = try await TestCounty()
    let store = at.county.store
    let (started, says) = AsyncStream<Void>.makeStream()
    let mayGoOn = DispatchSemaphore(value: 0)
    let rows = Rows((1...5).map(Self.row)), parts = Mutex(0)
    let first = Task {
      try await store.keep(Self.batch("b-1", hash: "aa"), rejects: [], next: {
        // Two parts are handed out; then the other import comes in between.
        if parts.withLock({ $0 += 1; return $0 }) == 2 {
          says.yield()
          _ = mayGoOn.wait(timeout: .now() + 60)
        }
        return try rows.next()
      })
    }
    for await _ in started { break }
    let second = Rows([Self.row(1), Self.row(2)])
    try await store.keep(Self.batch("b-2", hash: "bb"), rejects: [], next: { try second.next() })
    mayGoOn.signal()
    await #expect(throws: CountyFault.importedAtOnce) { try await first.value }
    #expect(try await store.batches().map(\.id) == ["b-2"])
    #expect(try await store.rows(of: "b-1", after: 0, limit: 10).isEmpty)
    #expect(try await store.rows(of: "b-2", after: 0, limit: 10).count == 2)
    let again = Rows((1...5).map(Self.row))
    try await store.keep(Self.batch("b-1", hash: "aa"), rejects: [], next: { try again.next() })
    #expect(try await store.batches().map(\.id) == ["b-2", "b-1"])
    #expect(try await store.rows(of: "b-1", after: 0, limit: 10).count == 5)
  }

  @Test("the register's people: who has left names nobody, who is contested is named by each of what is said")
  func population() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "P1", role: .clerk, scopes: [TestCounty.township])
    func person(_ id: String, _ properties: [String: String]) -> Fact {
      Fact(list: FactList.person, entity: id, properties: properties.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    }
    var record = device.record(household: "h1")
    record.facts = [
      Fact(list: FactList.household, entity: "h1", properties: [Property("division", TestCounty.village)]),
      person("p1", ["household": "h1", "name": "甲", "id_number": "130599198001010014", "birth": "1980-01-01"]),
      person("p2", ["household": "h1", "name": "乙", "membership": "left"]),
    ]
    try device.write(record)
    var other = device.record(household: "h1")
    other.facts = [person("p1", ["name": "另"])]
    other.supersedes = []
    try device.write(other)
    #expect(try await device.push(at).status == 200)
    let people = try await at.county.store.population()
    #expect(people.map(\.person) == ["p1", "p1"] && people.once == [people[0]])
    #expect(people.first?.number == "130599198001010014" && people.first?.village == TestCounty.village && people.first?.household == "h1")
    #expect(Set(people.map(\.name)) == ["甲", "另"], "two names that had not seen each other")
    #expect(people.allSatisfy { $0.contested == [.name] && $0.variants == 2 })
    let register = try await at.county.store.register(about: ["h1"])
    #expect(register.person("p1")?.entity.value("birth") == "1980-01-01" && register.household("h1")?.division?.code == TestCounty.village)
    #expect(try await at.county.store.register().households().map(\.id) == ["h1"])
  }
}
