import Foundation
import HTTPTypes
import Journal
import Relief
import Testing
import Wire

@testable import County

/// The county was put back from a backup and knows less than the laptops.
@Suite("Put back from a backup")
struct RestoreTests {
  private static let files = ["", "-wal", "-shm"]

  private func cadre(_ at: TestCounty, _ person: String, _ village: String) async throws -> TestDevice {
    try await TestDevice.enrol(at, person: person, role: .cadre, scopes: [village])
  }

  private func phone(_ device: TestDevice, _ number: String, after: [String] = []) -> Record {
    device.record(supersedes: after, facts: [Fact(list: "household", entity: "h1", properties: [Property("phone", number)])])
  }

  /// What the night's backup copies: county.db as one whole file.
  private func backUp(_ at: TestCounty) async throws -> String {
    let copy = at.directory.path + "/backup-" + UUID().uuidString
    try await at.county.store.backUp(to: copy)
    return copy
  }

  /// The data directory as it is after a restore: the old database, the rest as it was.
  private func putBack(_ backup: String, _ at: TestCounty) throws {
    let path = at.county.directory.database
    for suffix in Self.files { try? FileManager.default.removeItem(atPath: path + suffix) }
    try FileManager.default.copyItem(atPath: backup, toPath: path)
  }

  private func cursor(_ device: TestDevice, _ at: TestCounty) async throws -> JournalCursor {
    try await at.request(.get, Path.cursor(journal: device.journal.journalID), token: device.token).decoded()
  }

  @Test("the cursor goes back, the laptop pushes again from there, and everything is there once")
  func pushedAgain() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at, "P1", TestCounty.village)
    let first = phone(device, "1")
    try device.write(first)
    _ = try await device.push(at)
    let backup = try await backUp(at)
    let second = phone(device, "2", after: [first.id])
    try device.write(second)
    device.use(try device.reopened(month: "2027-01"))
    try device.write(phone(device, "3", after: [second.id]))
    _ = try await device.push(at, from: 2)
    _ = try await at.county.importDivisions(Array("代码,名称\n130599100,示范镇\n".utf8), source: "d.csv")
    let before = (try await at.county.store.values(), try await at.county.store.count("record"))
    #expect(try await cursor(device, at).nextSeq == 4)

    try putBack(backup, at)
    let again = try await at.restarted()
    #expect(try await again.county.raiseEpoch() == 2)
    // The county's own journal was not lost, and fills in what the database lacks.
    #expect(try await again.county.catchUp() == 1)
    try await device.openSession(again)
    let stand = try await cursor(device, again)
    #expect(stand.nextSeq == 2 && stand.epoch == 2)
    #expect(try await device.push(again, from: 3).status == 409, "a gap")
    #expect(try await device.push(again, from: 2).decoded(PushReceipt.self).items.map(\.state) == [.applied, .applied])
    #expect(try await device.push(again).decoded(PushReceipt.self).items.map(\.state) == [.duplicate, .duplicate, .duplicate])
    #expect(try await again.county.store.values() == before.0)
    #expect(try await again.county.store.count("record") == before.1)
    #expect(try await again.county.parked().isEmpty)
  }

  @Test("another laptop that had read further than the county knows now gets everything, under the new epoch")
  func readFurther() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at, "P1", TestCounty.village)
    let reader = try await TestDevice.enrol(at, person: "S", role: .supervisor, scopes: [TestCounty.township])
    let backup = try await backUp(at)
    try device.write(phone(device, "1"), phone(device, "2"))
    _ = try await device.push(at)
    let far = try await reader.feed(at).page
    #expect(far.items.count == 2 && far.epoch == 1)
    try putBack(backup, at)
    let again = try await at.restarted()
    _ = try await again.county.raiseEpoch()
    try await reader.openSession(again)
    try await device.openSession(again)
    _ = try await device.push(again)
    let page = try await reader.feed(again, cursor: far.next).page
    #expect(page.epoch == 2 && page.epoch != far.epoch, "which tells the reader to begin anew")
    #expect(Set(try await reader.pulled(again).map(\.id)) == Set(far.items.compactMap { try? RecordCodec.decode(Array($0.record.utf8)).id }))
  }

  @Test("a laptop that enrolled after the backup enrols again, and its journal is taken from the first line")
  func enrolledSince() async throws {
    let at = try await TestCounty()
    let backup = try await backUp(at)
    let device = try await cadre(at, "P1", TestCounty.village)
    try device.write(phone(device, "1"))
    _ = try await device.push(at)
    try putBack(backup, at)
    let again = try await at.restarted()
    _ = try await again.county.raiseEpoch()
    #expect(try await again.request(.get, Path.feed, token: device.token).status == 401)
    let anew = try await device.enrolledAgain(again, scopes: [TestCounty.village])
    try anew.write(phone(anew, "2"))
    #expect(try await anew.push(again).decoded(PushReceipt.self).items.map(\.state) == [.applied, .applied])
  }

  // MARK: the county's own journal

  private func divide(_ at: TestCounty, _ codes: [String]) async throws -> Int {
    let rows = codes.map { "\($0),村\($0.suffix(3))\n" }.joined()
    return try await at.county.importDivisions(Array(("代码,名称\n130599100,示范镇\n" + rows).utf8), source: "d.csv").written
  }

  /// Puts the journal back as it was; nothing else.
  private func putBackJournal(_ copy: String, _ at: TestCounty) throws {
    try FileManager.default.removeItem(atPath: at.county.directory.journal)
    try FileManager.default.copyItem(atPath: copy, toPath: at.county.directory.journal)
  }

  @Test("an own journal older than the database goes on under a new id: imports work, nothing is lost or doubled")
  func ownJournalOlder() async throws {
    let at = try await TestCounty()
    #expect(try await divide(at, ["130599100201"]) == 2)
    let copy = at.directory.path + "/journal-of-the-night"
    try FileManager.default.copyItem(atPath: at.county.directory.journal, toPath: copy)
    #expect(try await divide(at, ["130599100201", "130599100202"]) == 1)

    try putBackJournal(copy, at)
    let again = try await at.restarted()
    // Another one under the number that the lost record had.
    #expect(try await divide(again, ["130599100203"]) == 1)
    #expect(try await divide(again, ["130599100201", "130599100202", "130599100203", "130599100204"]) == 1)
    var register = Register()
    register.apply(contentsOf: try await again.county.store.records(.division).map { ($0, nil) })
    for village in 1...4 { #expect(register.entity(FactList.division, "13059910020\(village)") != nil) }
    #expect(try await again.county.store.count("record") == 5)
    #expect(try await again.county.parked().isEmpty)
    #expect(try await again.county.status().forkedJournals == 0)
  }
}
