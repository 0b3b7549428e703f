// What came on a stick counts only where the register says that its writer may act on what it acts on; what may not yet, waits.

import Journal
import Relief
import Testing
import Wire

@testable import Laptop

@Suite struct StickGateTests {
  static let cadre = Author(person: "p1", name: "甲", role: .cadre)
  static let other = Author(person: "p2", name: "乙", role: .cadre)
  static let supervisor = Author(person: "s1", name: "丙", role: .supervisor)

  static func record(
    _ number: Int, _ type: RecordType = .visit, by author: Author, supersedes: [String] = [], body: [String: String] = [:]
  ) -> Record {
    Record(
      id: "0190a0b0-0000-7000-8000-00000000000\(number)", type: type, household: "h1", division: "130599100201", author: author,
      device: "d", wall: "2026-11-24T20:00:00+08:00", supersedes: supersedes, body: body)
  }

  /// A register of what the county brought, and of what of the others was let in, in this order.
  static func register(_ pulled: [Record], _ stick: [Record]) -> (register: Register, held: Int) {
    var register = Register()
    register.apply(contentsOf: pulled.map { ($0, nil) })
    var gate = StickGate()
    for record in stick { gate.add(record, nil) }
    while case let admitted = gate.admitted(by: register), !admitted.isEmpty { register.apply(contentsOf: admitted) }
    return (register, gate.held.count)
  }

  @Test func aCadresReviewCountsOnlyWhereTheyStandIn() {
    let visit = Self.record(1, by: Self.other)
    let review = Self.record(2, .review, by: Self.cadre, body: ["record": visit.id, "verdict": "approved"])
    let seen = Self.record(3, .acknowledgement, by: Self.cadre, body: ["record": visit.id])
    let alone = Self.register([visit], [review, seen])
    #expect(!alone.register.contains(review.id) && !alone.register.contains(seen.id))
    #expect(alone.held == 2, "they wait")
    let named = Self.record(
      4, .deputy, by: Self.supervisor, body: ["for": "s1", "person": "p1", "from": "2026-11-24", "to": "2026-11-24"])
    // In whatever order, and over whatever way, the deputy's naming comes.
    for (pulled, stick) in [([visit, named], [review, seen]), ([visit], [review, seen, named]), ([], [review, named, seen, visit])] {
      let later = Self.register(pulled, stick)
      #expect(later.register.contains(review.id) && later.register.contains(seen.id))
      #expect(later.held == 0)
    }
    let theirs = Self.record(5, .review, by: Self.supervisor, body: ["record": visit.id, "verdict": "approved"])
    #expect(Self.register([visit], [theirs]).register.contains(theirs.id))
  }

  @Test func nobodyTakesBackWhatAnotherWrote() {
    let visit = Self.record(1, by: Self.other)
    for type in [RecordType.amendment, .withdrawal] {
      let foreign = Self.record(2, type, by: Self.cadre, supersedes: [visit.id])
      #expect(Self.register([visit], [foreign]).register.holds(visit.id))
      #expect(!Self.register([], [foreign, visit]).register.contains(foreign.id))
      let own = Self.record(3, type, by: Self.other, supersedes: [visit.id])
      #expect(!Self.register([], [own, visit]).register.holds(visit.id))
      let supervisors = Self.record(4, type, by: Self.supervisor, supersedes: [visit.id])
      #expect(!Self.register([visit], [supervisors]).register.holds(visit.id))
    }
  }

  @Test func anIdThatIsThereTakesNoOtherContent() {
    let visit = Self.record(1, by: Self.other)
    let false_ = Self.record(1, by: Self.cadre, body: ["a": "b"])
    #expect(Self.register([visit], [false_]).register.record(visit.id) == visit)
    #expect(Self.register([], [visit, false_]).register.record(visit.id) == visit)
    #expect(Self.register([visit], [visit]).register.count == 1)
  }

  /// Opened again, the laptop asks again: what waits on the disk counts when its reason has come.
  @Test func whatWaitsIsAskedAgainAtEveryOpeningAndRefresh() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    let visit = Self.record(1, by: Self.other)
    let foreign = Self.record(2, .review, by: Self.other, body: ["record": visit.id, "verdict": "approved"])
    let named = Self.record(
      4, .deputy, by: Self.supervisor, body: ["for": "s1", "person": "p2", "from": "2026-11-24", "to": "2026-11-24"])
    let laptop = try Desk.open(disk)
    let inbox = try Inbox(in: Desk.directory, keys: laptop.keys, deviceID: "d", disk: disk)
    let place = StickMark.Place(next: 3, chain: "", header: "")
    let mark = StickMark(journalID: "j", deviceID: "d2", fileStart: nil, end: place, opened: 2, closed: 0)
    try inbox.keep([(1, RecordCodec.encode(visit)), (2, RecordCodec.encode(foreign))], mark: mark)
    try laptop.refresh()
    #expect(laptop.register.contains(visit.id) && !laptop.register.contains(foreign.id))
    try inbox.append(
      [FeedItem(seq: 1, record: String(decoding: RecordCodec.encode(named), as: UTF8.self))], next: FeedCursor(next: 1, epoch: 1))
    try laptop.refresh()
    #expect(laptop.register.contains(foreign.id))
    laptop.close()
    let again = try Desk.open(disk)
    #expect(again.register.contains(foreign.id) && again.register.count == 3)
    again.close()
    inbox.close()
    let reopened = try Inbox(in: Desk.directory, keys: again.keys, deviceID: "d", disk: disk)
    #expect(reopened.marks == ["j": mark])
    #expect(reopened.cursor == FeedCursor(next: 1, epoch: 1))
    reopened.close()
  }

  @Test func aSnapshotForgetsNothingThatWaits() throws {
    let disk = MemoryDisk()
    try Desk.enrolled(disk)
    func open() throws -> Laptop {
      try Laptop.open(Desk.directory, passphrase: Desk.passphrase, clock: Desk.clock, disk: disk, snapshotRecords: 1)
    }
    let visit = Self.record(1, by: Self.other)
    let review = Self.record(2, .review, by: Self.other, body: ["record": visit.id, "verdict": "approved"])
    let named = Self.record(
      4, .deputy, by: Self.supervisor, body: ["for": "s1", "person": "p2", "from": "2026-11-24", "to": "2026-11-24"])
    let laptop = try open()
    let inbox = try Inbox(in: Desk.directory, keys: laptop.keys, deviceID: "d", disk: disk)
    let place = StickMark.Place(next: 3, chain: "", header: "")
    let mark = StickMark(journalID: "j", deviceID: "d2", fileStart: nil, end: place, opened: 2, closed: 0)
    try inbox.append(
      [FeedItem(seq: 1, record: String(decoding: RecordCodec.encode(visit), as: UTF8.self))], next: FeedCursor(next: 1, epoch: 1))
    try inbox.keep([(2, RecordCodec.encode(review))], mark: mark)
    try laptop.refresh()
    laptop.close()
    try open().close()
    try inbox.append(
      [FeedItem(seq: 2, record: String(decoding: RecordCodec.encode(named), as: UTF8.self))], next: FeedCursor(next: 2, epoch: 1))
    inbox.close()
    let again = try open()
    #expect(again.register.contains(review.id))
    again.close()
    let resumed = try open()
    #expect(resumed.isResumed && resumed.register.contains(review.id), "now that nothing waits there is a snapshot")
    resumed.close()
  }
}
