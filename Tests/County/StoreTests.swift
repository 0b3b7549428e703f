import Journal
import Relief
import Testing
import Wire

@testable import County

@Suite("Opening, parking, folding")
struct StoreTests {
  private func household(_ id: String, _ properties: [(String, String)]) -> Fact {
    Fact(list: FactList.household, entity: id, properties: properties.map { Property($0.0, $0.1) })
  }

  private func cadre(_ at: TestCounty, _ person: String = "P1") async throws -> TestDevice {
    try await TestDevice.enrol(at, person: person, role: .cadre, scopes: [TestCounty.township])
  }

  /// Takes a push in without opening it: what a crash right after the commit leaves.
  private func store(_ device: TestDevice, _ at: TestCounty) async throws {
    let lines = try device.lines(from: 1)
    let checkpoint = try Checkpoint(
      journalID: lines.journalID, seq: lines.lastSeq, chain: lines.chain, signedBy: device.keys.signing)
    let known = try #require(try await at.county.store.device(device.grant.deviceId))
    let push = Push(journal: lines.journalID, from: 1, body: lines.bytes, checkpoint: checkpoint, device: known)
    guard case .accepted = try await at.county.store.take(push, at: 0) else { throw CountyFault.badPerson }
  }

  @Test("a crash between commit and opening: the next start opens what was acknowledged, once")
  func crashBetween() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record(facts: [household("h1", [("address", "一号")])]), device.record())
    try await store(device, at)
    #expect(try await at.county.store.count("record") == 0)
    let again = try await at.restarted()
    #expect(try await again.county.catchUp() == 2)
    #expect(try await again.county.store.count("record") == 2)
    #expect(try await again.county.catchUp() == 0)
    #expect(try await again.register().contains { $0.contains("value=一号") })
  }

  @Test("what cannot be applied is parked with its reason, and what stands around it is applied")
  func parked() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    try device.write(raw: "{\"not\":\"a record\"}")
    try device.write(raw: "\u{1}piece of a picture")
    var foreign = device.record()
    foreign.author.person = "P9"
    try device.write(foreign)
    try device.write(device.record(division: TestCounty.elsewhere))
    try device.write(device.record(RecordType(rawValue: "later")))
    try device.write(device.record(.roster))
    try device.write(device.record())
    let receipt = try await device.push(at).decoded(PushReceipt.self)
    #expect(receipt.acceptedThrough == 8)
    #expect(
      receipt.items.map { $0.code ?? $0.state.rawValue } == [
        "applied", "not_a_record", "not_read", "not_author", "outside_scope", "unknown_type", "not_allowed", "applied",
      ])
    #expect(try await at.county.parked().count == 6)
    #expect(try await at.county.store.count("line") == 8)
  }

  @Test("a NUL in the name of a property is no record; nothing behind it waits, and the program starts again")
  func nul() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    let good = String(decoding: try RecordCodec.encode(device.record(facts: [household("h1", [("x", "1")])])), as: UTF8.self)
    let poison = good.replacing(#"["x","1"]"#, with: #"["x\u0000a","1"],["x\u0000b","1"]"#)
    #expect(poison != good)
    try device.write(raw: poison)
    try device.write(device.record(facts: [household("h1", [("address", "一号")])]))
    let receipt = try await device.push(at).decoded(PushReceipt.self)
    #expect(receipt.items.map { $0.code ?? $0.state.rawValue } == ["not_a_record", "applied"])
    #expect(try await at.restarted().county.catchUp() == 0)
  }

  @Test("a line that the store says no to is parked alone: the rest of its batch, other devices and a start go on")
  func oneLineAtATime() async throws {
    let at = try await TestCounty()
    try await at.county.store.refuse(value: "poison")
    let device = try await cadre(at)
    for (id, address) in [("h1", "一号"), ("h2", "poison"), ("h3", "三号")] {
      try device.write(device.record(household: id, facts: [household(id, [("address", address)])]))
    }
    let receipt = try await device.push(at).decoded(PushReceipt.self)
    #expect(receipt.items.map { $0.code ?? $0.state.rawValue } == ["applied", "cannot_apply", "applied"])
    #expect(try await at.county.store.values() == ["household h1 address=一号", "household h3 address=三号"])
    #expect(try await at.restarted().county.catchUp() == 0)
    // Neither refold nor import trips over it; when the cause is gone it is applied.
    #expect(try await at.county.refold() == 2)
    #expect(try await at.county.parked().map(\.code) == ["cannot_apply"])
    try await at.county.store.refuseNothing()
    #expect(try await at.county.refold() == 2)
    #expect(try await at.county.store.values().count == 3)
    // The other way round: what was applied and cannot be folded any more.
    try await at.county.store.refuse(value: "三号")
    #expect(try await at.county.refold() == 2)
    #expect(try await at.county.parked().map(\.code) == ["cannot_apply"])
    #expect(try await at.county.store.values() == ["household h1 address=一号", "household h2 address=poison"])
  }

  @Test("a start opens what laptops pushed and serves, also where the county's own journal cannot be opened")
  func brokenOwnJournal() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    try await store(device, at)
    try CountyDirectory.write([], to: at.county.directory.journal, mode: 0o600)
    let again = try await at.restarted()
    await #expect(throws: CountyFault.self) { try await again.county.catchUp() }
    #expect(try await again.county.store.count("record") == 0)
    await again.county.catchUpAtStart()
    #expect(try await again.county.store.count("record") == 1)
  }

  @Test("a stored record that cannot be read is set aside by a refold and read again from its line")
  func unreadableStored() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    let record = device.record(facts: [household("h1", [("address", "一号")])])
    try device.write(record, device.record(facts: [household("h1", [("group", "二组")])]))
    _ = try await device.push(at)
    let before = try await at.county.store.values()
    try await at.county.store.spoil(record: record.id)
    #expect(try await at.county.refold() == 1)
    #expect(try await at.county.store.values() == before)
    #expect(try await at.county.parked().isEmpty)
  }

  @Test("a segment that is not sealed to the county is parked, not refused")
  func sealedToOthers() async throws {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(
      at, person: "P1", role: .cadre, scopes: [TestCounty.village],
      readers: [ReaderKey(kind: .ingest, publicKey: PrivateReaderKey().publicKey)])
    try device.write(device.record())
    let receipt = try await device.push(at).decoded(PushReceipt.self)
    #expect(receipt.items.map(\.code) == ["cannot_open"])
  }

  @Test("parked lines are tried again by a refold")
  func parkedAgain() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    try device.write(device.record())
    _ = try await device.push(at)
    let journal = device.journal.journalID
    // As if an older version had not known the type.
    try await at.county.store.park(journal: journal, seq: 1)
    #expect(try await at.county.parked().count == 1)
    _ = try await at.county.refold()
    #expect(try await at.county.parked().isEmpty)
    #expect(try await at.county.store.count("record") == 1)
  }

  @Test("a record that comes in two journals is applied once; another content under its id is parked")
  func onceOnly() async throws {
    let at = try await TestCounty()
    let first = try await cadre(at)
    let record = first.record(facts: [household("h1", [("address", "一号")])])
    try first.write(record)
    _ = try await first.push(at)
    // The same person on a new laptop, which took over what the old one still had.
    let second = try await cadre(at)
    var changed = record
    changed.facts = [household("h1", [("address", "二号")])]
    try second.write(record)
    try second.write(changed)
    let receipt = try await second.push(at).decoded(PushReceipt.self)
    #expect(receipt.items.map { $0.code ?? $0.state.rawValue } == ["duplicate", "id_taken"])
    #expect(try await at.county.store.count("record") == 1)
    #expect(try await at.register().filter { $0.contains("address") }.allSatisfy { $0.contains("一号") })
  }

  /// A small history with everything that makes a fold hard: a correction, a conflict, an amendment, a withdrawal and
  /// its own withdrawal, a person who moves between households.
  private func history(_ device: TestDevice) -> [Record] {
    let first = device.record(facts: [household("h1", [("address", "一号"), ("phone", "1")])])
    let corrected = device.record(supersedes: [first.id], facts: [household("h1", [("address", "二号")])])
    let parallel = device.record(supersedes: [first.id], facts: [household("h1", [("address", "三号")])])
    // Somebody who had seen none of it.
    let stranger = device.record(facts: [household("h1", [("address", "四号"), ("group", "五组")])])
    let person = Fact(
      list: FactList.person, entity: "p1", properties: [Property("household", "h1"), Property("name", "甲")])
    let lives = device.record(facts: [person])
    var elsewhere = person
    elsewhere.properties = [Property("household", "h2")]
    let moved = device.record(household: "h2", supersedes: [lives.id], facts: [elsewhere])
    let amended = device.record(
      .amendment, supersedes: [parallel.id], facts: [household("h1", [("address", "三号"), ("phone", "2")])])
    let withdrawn = device.record(.withdrawal, supersedes: [moved.id], body: ["reason": "弄错"])
    let restored = device.record(.withdrawal, supersedes: [withdrawn.id], body: ["reason": "没有弄错"])
    return [first, corrected, parallel, stranger, lives, moved, amended, withdrawn, restored]
  }

  @Test("delete the register and fold again: the same rows")
  func refold() async throws {
    let at = try await TestCounty()
    let device = try await cadre(at)
    for record in history(device) { try device.write(record) }
    _ = try await device.push(at)
    let before = try await at.register()
    #expect(before.contains { $0.contains("property=address value=二号") && $0.contains("conflict=1") })
    #expect(before.contains { $0.contains("property=address value=三号") && $0.contains("conflict=1") })
    #expect(before.contains { $0.contains("entity=p1 property=household value=h2") })
    try await at.county.store.scrambleRegister()
    #expect(try await at.register() != before)
    #expect(try await at.county.refold() == 9)
    #expect(try await at.register() == before)
  }

  @Test("any order of arrival, in any portions, gives the same rows", arguments: 0..<6)
  func anyOrder(_ round: Int) async throws {
    let one = try await TestCounty()
    let device = try await cadre(one)
    let history = history(device)
    var register = Register()
    register.apply(contentsOf: history.map { ($0, nil) })
    var records = history
    if round == 1 { records.reverse() } else if round > 1 { records.shuffle() }
    // One journal is one order; arrival order is what the store is given.
    try await one.county.store.applyDirectly(records, device: device.grant.deviceId, portion: round % 3 + 1)
    let rows = try await one.register()
    for list in [FactList.household, FactList.person] {
      for id in register.entities(of: list) {
        let entity = try #require(register.entity(list, id))
        for (property, field) in entity.fields {
          for candidate in field.candidates {
            let row = "value list=\(list) entity=\(id) property=\(property) value=\(candidate.value)"
            #expect(rows.contains { $0.hasPrefix("\(row) ") }, "\(row)")
          }
        }
        let values = entity.fields.values.reduce(0) { $0 + $1.candidates.count }
        #expect(rows.count { $0.hasPrefix("value list=\(list) entity=\(id) ") } == values)
      }
    }
    for record in history {
      let holds = register.holds(record.id) ? 1 : 0
      #expect(rows.contains { $0.hasPrefix("standing record_id=\(record.id) holds=\(holds)") })
    }
  }
}
