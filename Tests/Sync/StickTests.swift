// The exchange over a stick, with no county in reach: what a person writes is read by whoever may read it, once, and by nobody else.

import Foundation
import Journal
import Laptop
import Relief
import Testing
import Wire

@testable import Sync

@Suite struct StickTests {
  static func review(of visit: Record, by supervisor: TownLaptop) throws -> Record {
    try supervisor.write(.review, body: ["record": visit.id, "verdict": "returned", "comment": "邻居说家里有人"])
  }

  @Test func theSupervisorReadsTheDayAndTheCadreReadsTheAnswer() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    let visit = try cadre.write(submission: "<data/>")
    #expect(try cadre.exchange().fault == nil)
    let evening = try supervisor.exchange()
    #expect(evening.fault == nil)
    #expect(evening.troubles.isEmpty)
    #expect(evening.taken == 1)
    try supervisor.with { laptop in
      let form = try laptop.submission(of: visit.id)
      #expect(laptop.register.record(visit.id)?.household == "h1")
      #expect(form == "<data/>", "the form that was filled is there too")
      #expect(laptop.pendingUploadCount == 0)
    }
    let review = try Self.review(of: visit, by: supervisor)
    #expect(try supervisor.exchange().taken == 0)
    let morning = try cadre.exchange()
    #expect(morning.taken == 1)
    #expect(morning.troubles.isEmpty)
    try cadre.with { laptop in
      #expect(laptop.register.record(review.id)?.body["comment"] == "邻居说家里有人")
      #expect(laptop.pendingUploadCount == 1, "the county has nothing yet, and nobody says otherwise")
    }
    // Once more each: nothing is written, nothing is taken.
    let before = try town.everything()
    for laptop in [cadre, supervisor, cadre] {
      let again = try laptop.exchange()
      #expect(again == StickReport())
    }
    #expect(try town.everything() == before)
  }

  @Test func whatTheFeedBringsLaterIsThereOnce() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    let visits = try (1...3).map { try cadre.write(household: "h\($0)") }
    try cadre.exchange()
    #expect(try supervisor.exchange().taken == 3)
    let review = try Self.review(of: visits[0], by: supervisor)
    try supervisor.exchange()
    try cadre.exchange()
    // Now both have been to the county.
    try supervisor.pull(visits)
    try cadre.pull([review])
    for laptop in [supervisor, cadre] {
      try laptop.with { laptop in
        #expect(laptop.register.count == 4)
        #expect(laptop.register.households().allSatisfy { $0.entity.conflicts.isEmpty })
      }
    }
    // And the other way round: the feed first, the stick later.
    let late = try cadre.write(household: "h9")
    try supervisor.pull(visits + [late])
    try cadre.exchange()
    try supervisor.exchange()
    try supervisor.with { #expect($0.register.count == 5) }
  }

  @Test func theBytesOnTheStickAreTheJournalsOwn() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    for number in 1...5 { try cadre.write(household: "h\(number)") }
    try cadre.exchange()
    let desk = try SyncDesk(cadre.directory, keys: cadre.keys)
    defer { desk.close() }
    let journal = try #require(desk.extents.first)
    let lines = try #require(try desk.lines(journalID: journal.journalID, from: 1, bytesMax: .max))
    let file = try #require(try town.everything()["zoufang/\(journal.journalID)/0000000001-0000000005.zf"])
    let end = try #require(file.firstIndex(of: 10))
    #expect(Array(file[(end + 1)...]) == lines.bytes)
    let everything = try town.everything().values.map { String(decoding: $0, as: UTF8.self) }.joined()
    for secret in ["p-cadre", "测试", StickTown.village, "h1\"", "邻居"] { #expect(!everything.contains(secret), "\(secret)") }
  }

  @Test func aFileGrowsAndTheLongerOneTakesItsPlace() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    try cadre.write()
    try cadre.exchange()
    #expect(try supervisor.exchange().taken == 1)
    for number in 2...4 { try cadre.write(household: "h\(number)") }
    try cadre.exchange()
    let names = try town.everything().keys.filter { $0.hasSuffix("0000000004.zf") || $0.hasSuffix("0000000001.zf") }
    #expect(names.count { $0.hasSuffix("0000000001-0000000004.zf") } == 1, "\(names)")
    #expect(try supervisor.exchange().taken == 3)
  }

  @Test func aLargeJournalIsSeveralFilesAndAMissingOneIsSaidAndPutBack() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    try cadre.with { laptop in
      for number in 1...8 {
        try laptop.append(
          Record(
            id: laptop.makeID(), type: .visit, household: "h\(number)", division: StickTown.village,
            author: laptop.enrolment.author, device: cadre.grant.deviceId, wall: "2026-11-24T09:30:05+08:00",
            submission: String(repeating: "x", count: 300_000)))
      }
    }
    try cadre.exchange()
    let files = try town.everything().keys.filter { $0.hasSuffix(".zf") }.sorted { $0.suffix(24) < $1.suffix(24) }
    let own = files.filter { file in files.count { $0.prefix(44) == file.prefix(44) } > 1 }
    try #require(own.count >= 3, "\(files)")
    let whole = try town.everything()
    try FileManager.default.removeItem(atPath: town.stick + "/" + own[1])
    let report = try supervisor.exchange()
    let firstOfHole = try #require(UInt64(own[1].suffix(24).prefix(10)))
    #expect(report.troubles.map(\.reason) == [.gap(from: firstOfHole)])
    #expect(report.troubles.first?.name == "测试p-cadre")
    #expect(report.taken == Int(firstOfHole) - 1)
    // On the writer's laptop it is put back, and nothing else is touched.
    let mended = try cadre.exchange()
    #expect(mended.filesWritten == 1)
    #expect(try whole.allSatisfy { try town.everything()[$0.key] == $0.value })
    let rest = try supervisor.exchange()
    #expect(rest.troubles.isEmpty)
    #expect(rest.taken == 8 - (Int(firstOfHole) - 1))
  }

  // MARK: who reads what

  @Test func nobodyHoldsTheKeyToWhatTheyMayNotRead() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    let neighbour = try town.cadre("p-neighbour", in: StickTown.otherVillage, readers: [supervisor])
    try town.introduce(supervisor, cadre, neighbour)
    let here = try supervisor.write(.review, body: ["record": "r1", "verdict": "approved"])
    let there = try supervisor.write(.review, division: StickTown.otherVillage, body: ["record": "r2", "verdict": "approved"])
    let fund = try supervisor.write(.audit)
    let visit = try cadre.write()
    for laptop in [supervisor, cadre, neighbour, cadre] { #expect(try laptop.exchange().troubles.isEmpty) }
    #expect(try cadre.sees([here, there], as: .review) == [true, false])
    #expect(try neighbour.sees([here, there], as: .review) == [false, true])
    #expect(try cadre.sees([fund], as: .audit) == [false], "a kind that a cadre does not read")
    #expect(try neighbour.sees([visit]) == [false])
    // Not that it is only not shown: of every line on the stick, the neighbour's key opens none but its own letter's.
    var opened: [String] = []
    for (path, bytes) in try town.everything() where path.hasSuffix(".zf") {
      let parts = path.split(separator: "/").map(String.init)
      let file = try StickFile(journalID: parts[1], name: try #require(StickName(parts[2])), bytes: bytes)
      guard let header = try file.firstHeader, let opener = try? SegmentOpener(header, with: neighbour.keys.reader) else { continue }
      for line in file.lines {
        if let content = try? opener.open(JournalLine.parse(line)) { opened.append(String(decoding: content, as: UTF8.self)) }
      }
    }
    #expect(opened.contains { $0.contains(there.id) })
    #expect(!opened.contains { $0.contains(here.id) || $0.contains(visit.id) || $0.contains(fund.id) })
  }

  @Test func aRecordThatItsWriterMayNotWriteIsNotTaken() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    let good = try cadre.write()
    let elsewhere = try cadre.write(division: StickTown.otherVillage)
    let category = try cadre.write(.parameter)
    let other = try cadre.write(by: Author(person: "p-other", name: "别人", role: .cadre))
    let promoted = try cadre.write(.review, body: ["record": good.id], by: Author(person: "p-cadre", name: "测试", role: .supervisor))
    try cadre.exchange()
    let report = try supervisor.exchange()
    #expect(report.taken == 1)
    #expect(report.troubles.map(\.reason) == [.refused(4)])
    try supervisor.with { laptop in
      #expect(laptop.register.contains(good.id))
      for record in [elsewhere, category, other, promoted] { #expect(!laptop.register.contains(record.id)) }
    }
    // The rest goes on, and what was refused is not said again.
    try cadre.write(household: "h2")
    try cadre.exchange()
    let next = try supervisor.exchange()
    #expect(next.taken == 1)
    #expect(next.troubles.isEmpty)
  }

  @Test func nothingOfAnotherTownshipIsTaken() throws {
    let town = try StickTown()
    let elsewhere = try town.supervisor(over: "130599200")
    let cadre = try town.cadre(readers: [elsewhere])
    try town.introduce(elsewhere, cadre)
    let visit = try cadre.write()
    try cadre.exchange()
    let report = try elsewhere.exchange()
    #expect(report.taken == 0)
    #expect(try elsewhere.sees([visit]) == [false])
  }

  @Test func whatOneMayReadOfAWriterWithAWiderScopeIsAllThatIsTaken() throws {
    let town = try StickTown()
    // Sealed to somebody whose scope is one village of the township.
    let watcher = try TownLaptop(town, "p-watcher", .supervisor, [StickTown.village], [])
    let clerk = try TownLaptop(town, "p-clerk", .clerk, [StickTown.township], [watcher])
    try town.introduce(watcher, clerk)
    let here = try clerk.write()
    let there = try clerk.write(division: StickTown.otherVillage)
    try clerk.exchange()
    let report = try watcher.exchange()
    #expect(report.taken == 1)
    #expect(report.troubles.isEmpty)
    #expect(try watcher.sees([here, there]) == [true, false])
  }

  // MARK: laptops that do not know each other

  @Test func aLaptopThatWasNeverHeardOfBringsTheCountysWordItself() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    try supervisor.hear([try town.says(of: supervisor)])
    // Enrolled since, with the supervisor among its readers.
    let cadre = try town.cadre(readers: [supervisor])
    try cadre.hear([try town.says(of: supervisor), try town.says(of: cadre)])
    let visit = try cadre.write()
    try cadre.exchange()
    let report = try supervisor.exchange()
    #expect(report.troubles.isEmpty)
    #expect(try supervisor.sees([visit]) == [true])
  }

  @Test func recordsFromBeforeTheSupervisorWasEnrolledComeInALetter() throws {
    let town = try StickTown()
    let cadre = try town.cadre()
    let old = try cadre.write()
    try cadre.hear([try town.says(of: cadre)])
    let supervisor = try town.supervisor()
    try supervisor.hear([try town.says(of: supervisor), try town.says(of: cadre)])
    try cadre.exchange()
    let first = try supervisor.exchange()
    #expect(first.taken == 0)
    #expect(first.troubles.map(\.reason) == [.closed(1)])
    // Her letter has told the cadre's laptop who she is.
    #expect(try cadre.exchange().fault == nil)
    let second = try supervisor.exchange()
    #expect(second.troubles.isEmpty)
    #expect(second.taken == 1)
    #expect(try supervisor.sees([old]) == [true])
  }

  @Test func aLaptopThatTheCountyNeverSpokeOfSaysSo() throws {
    let town = try StickTown()
    let cadre = try town.cadre()
    try cadre.write()
    #expect(try cadre.exchange().fault == .noDevices)
    #expect(try town.everything().isEmpty)
    try cadre.hear([try town.says(of: cadre, revoked: true)])
    #expect(try cadre.exchange().fault == .revoked)
  }

  // MARK: what is kept

  @Test func aSyncAsksWhoseKeysCountAndSaysWhatItKnows() throws {
    let town = try StickTown()
    let cadre = try town.cadre()
    let county = FakeCounty()
    let shelf = FakeShelf()
    _ = try county.sync(shelf)
    #expect(shelf.devices.isEmpty, "a county that is older than the question is no fault")
    county.devices = AttestationPage(items: [try town.says(of: cadre)], state: "0a")
    _ = try county.sync(shelf)
    #expect(shelf.devices.map(\.deviceId) == [cadre.grant.deviceId])
    _ = try county.sync(shelf)
    let asked = county.requests.filter { $0.target.hasPrefix(Path.devices) }.map(\.target)
    #expect(asked == ["/v1/devices?known=", "/v1/devices?known=", "/v1/devices?known=0a"])
    // Kept on a real disk, as far as the county signed it.
    try cadre.hear([try town.says(of: cadre), try town.says(of: try town.supervisor(), signedBy: SigningKey())])
    let desk = try SyncDesk(cadre.directory, keys: cadre.keys)
    defer { desk.close() }
    #expect(desk.inbox.devices.devices.map(\.deviceId) == [cadre.grant.deviceId])
    #expect(desk.devicesState == "00")
  }

  @Test func whatTheDiskLosesOfTheInboxIsReadFromTheStickAgain() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    let visit = try cadre.write()
    try cadre.exchange()
    #expect(try supervisor.exchange().taken == 1)
    // Two statements, the state of their list, then the record.
    let segment = try #require(
      try FileManager.default.contentsOfDirectory(atPath: supervisor.directory.inbox).first { $0.hasSuffix(".jnl") })
    let path = supervisor.directory.inbox + "/" + segment
    var text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    let place = try #require(text.ranges(of: "J1R|").dropFirst(3).first)
    let flipped = text.index(place.upperBound, offsetBy: 60)
    text.replaceSubrange(flipped...flipped, with: text[flipped] == "A" ? "B" : "A")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try supervisor.exchange().taken == 1)
    #expect(try supervisor.sees([visit]) == [true])
    #expect(try supervisor.exchange().taken == 0)
  }
}
