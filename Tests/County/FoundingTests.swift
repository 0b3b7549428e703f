import Foundation
import GRDB
import Testing

@testable import County

@Suite("Founding a county")
struct FoundingTests {
  @Test("everything is there, private files are private, and the private recovery key is in its own file only")
  func files() async throws {
    let at = try await TestCounty()
    let directory = at.county.directory
    for file in CountyDirectory.KeyFile.allCases {
      let mode = try FileManager.default.attributesOfItem(atPath: directory.file(file))[.posixPermissions] as? Int
      #expect(mode == (file.isPrivate ? 0o400 : 0o444), "\(file.rawValue)")
    }
    let recovery = String(decoding: try CountyDirectory.read(directory.recoveryToTakeAway), as: UTF8.self)
    let secret = try #require(recovery.split(separator: "\n").first { $0.hasPrefix("private ") }?.dropFirst(8))
    for name in try FileManager.default.subpathsOfDirectory(atPath: directory.path) {
      let path = directory.path + "/" + name
      guard path != directory.recoveryToTakeAway, let data = FileManager.default.contents(atPath: path) else {
        continue
      }
      #expect(!String(decoding: data, as: UTF8.self).contains(secret), "\(name)")
    }
  }

  @Test("a directory with anything in it is left alone")
  func occupied() async throws {
    let place = try TemporaryDirectory()
    try Data("x".utf8).write(to: URL(fileURLWithPath: place.path + "/note.txt"))
    let order = FoundingOrder(name: "示范县", hosts: ["localhost"])
    await #expect(throws: CountyFault.directoryTaken(path: place.path)) {
      try await County.found(CountyDirectory(place.path), order)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["note.txt"])
  }

  @Test(
    "wrong names are refused before anything is written",
    arguments: [
      FoundingOrder(name: "示范县", hosts: ["-bad-"]), FoundingOrder(name: "示范县", hosts: ["a", "张三"]),
      FoundingOrder(name: "示范县", hosts: ["a"], addresses: ["300.1.1.1"]),
      FoundingOrder(name: "示范县", division: "13059", hosts: ["a"]), FoundingOrder(name: "示范县", division: "13", hosts: ["a"]),
      FoundingOrder(name: "示范\u{1B}县", hosts: ["a"]), FoundingOrder(name: "示范\u{85}县", hosts: ["a"]),
      FoundingOrder(name: "示范\n县", hosts: ["a"]), FoundingOrder(name: String(repeating: "县", count: 101), hosts: ["a"]),
    ])
  func badOrders(_ order: FoundingOrder) async throws {
    let place = try TemporaryDirectory()
    await #expect(throws: CountyFault.self) { try await County.found(CountyDirectory(place.path + "/c"), order) }
    #expect(!FileManager.default.fileExists(atPath: place.path + "/c"))
  }

  @Test("county.yaml is read back as it was written, also with strange names")
  func configuration() async throws {
    let at = try await TestCounty()
    #expect(try CountyConfiguration(reading: at.county.directory) == at.county.configuration)
    var strange = at.county.configuration
    strange.name = "a\"b\\c: #县"
    try FileManager.default.removeItem(atPath: at.county.directory.configuration)
    try CountyDirectory.write(Array(strange.yaml.utf8), to: at.county.directory.configuration, mode: 0o600)
    #expect(try CountyConfiguration(reading: at.county.directory) == strange)
  }

  @Test("a county.yaml that cannot be read is said by path; no county is said too")
  func badConfiguration() async throws {
    let place = try TemporaryDirectory()
    let directory = CountyDirectory(place.path)
    await #expect(throws: CountyFault.noCounty(path: place.path)) { try await County.open(directory) }
    try CountyDirectory.write(Array("name: [".utf8), to: directory.configuration, mode: 0o600)
    await #expect(throws: CountyFault.self) { try await County.open(directory) }
  }

  @Test("the store syncs every commit and refuses a file of a newer program")
  func store() async throws {
    let at = try await TestCounty()
    let mode = try await at.county.store.pool.writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA synchronous")
    }
    #expect(mode == 2)
    try await at.county.store.pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA user_version = 99") }
    await #expect(throws: CountyFault.newerStore(version: 99)) { try await County.open(at.county.directory) }
  }

  @Test("a lost database is filled again from the county's own journal")
  func lostDatabase() async throws {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(Array("代码,名称\n130599100,示范镇\n".utf8), source: "d.csv")
    let before = try await at.register()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: at.county.directory.database + suffix)
    }
    let again = try await at.restarted()
    #expect(try await again.county.catchUp() == 1)
    #expect(try await again.register() == before)
  }
}
