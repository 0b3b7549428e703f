// What a stick may hold that is not what somebody wrote: damage, other people's keys, other pasts, links, and a stick that fails at any call.

import Foundation
import Journal
import Laptop
import Relief
import Testing
import Wire

@testable import Sync

@Suite struct StickTrustTests {
  /// A cadre's file on the stick, and what a supervisor's laptop needs to look into it.
  private struct Written {
    var town: StickTown
    var cadre: TownLaptop
    var supervisor: TownLaptop
    var journal: String
    var name: StickName
    var bytes: [UInt8]
    var path: String { town.stick + "/zoufang/" + journal + "/" + name.text }

    init(visits: Int = 3) throws {
      town = try StickTown()
      supervisor = try town.supervisor()
      cadre = try town.cadre(readers: [supervisor])
      try town.introduce(supervisor, cadre)
      for number in 1...visits { try cadre.write(household: "h\(number)") }
      try cadre.exchange()
      let desk = try SyncDesk(cadre.directory, keys: cadre.keys)
      defer { desk.close() }
      journal = try #require(desk.extents.first?.journalID)
      name = StickName(first: 1, last: UInt64(visits))
      let path = town.stick + "/zoufang/" + journal + "/" + name.text
      bytes = Array(try #require(FileManager.default.contents(atPath: path)))
    }

    func walk() throws -> StickWalk {
      StickWalk(journal, of: try town.says(of: cadre), keys: supervisor.keys, from: nil)
    }

    /// What a reader makes of other bytes under the same name.
    func take(_ bytes: [UInt8]) throws -> StickWalk.Taken {
      var walk = try walk()
      return try walk.take(StickFile(journalID: journal, name: name, bytes: bytes))
    }

    func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  }

  @Test func everyByteCounts() throws {
    let written = try Written(visits: 2)
    #expect(try written.take(written.bytes).contents.count == 2)
    for place in written.bytes.indices {
      var bytes = written.bytes
      bytes[place] ^= 1
      #expect(throws: (any Error).self, "byte \(place)") { try written.take(bytes) }
    }
    for length in written.bytes.indices {
      #expect(throws: (any Error).self, "cut at \(length)") { try written.take(Array(written.bytes[..<length])) }
    }
    let lines = written.bytes.split(separator: 10, omittingEmptySubsequences: true).map { Array($0) + [10] }
    #expect(lines.count == 4)
    // A header may stand twice, as it does in a segment; no other line may be missing, stand twice or elsewhere.
    for number in lines.indices {
      var without = lines
      without.remove(at: number)
      #expect(throws: (any Error).self, "without line \(number)") { try written.take(Array(without.joined())) }
      if number != 1 {
        let twice = lines[...number] + lines[number...]
        #expect(throws: (any Error).self, "line \(number) twice") { try written.take(Array(twice.joined())) }
      }
      if number > 0 {
        var swapped = lines
        swapped.swapAt(number, number - 1)
        #expect(throws: (any Error).self, "line \(number) before the one before") { try written.take(Array(swapped.joined())) }
      }
    }
    #expect(throws: (any Error).self) { try written.take(written.bytes + [10]) }
    #expect(throws: (any Error).self) { try written.take(written.bytes + Array("J1R|".utf8)) }
  }

  @Test func aDamagedFileIsSaidAndWrittenAnewByItsOwner() throws {
    let written = try Written()
    var bytes = written.bytes
    bytes[bytes.count - 200] ^= 4
    try written.put(bytes)
    let report = try written.supervisor.exchange()
    #expect(report.taken == 0)
    #expect(report.troubles == [StickTrouble(name: "测试p-cadre", journalID: written.journal, .damaged)])
    #expect(Array(try #require(FileManager.default.contents(atPath: written.path))) == bytes, "a reader mends nothing")
    #expect(try written.cadre.exchange().filesWritten == 1)
    #expect(Array(try #require(FileManager.default.contents(atPath: written.path))) == written.bytes)
    #expect(try written.supervisor.exchange().taken == 3)
  }

  /// Whoever may open a segment could seal a line into it: only the writer's signature says whose the lines are.
  @Test func aReaderOfTheSegmentCannotWriteInIt() throws {
    let written = try Written()
    let file = try StickFile(journalID: written.journal, name: written.name, bytes: written.bytes)
    let forged = try Checkpoint(
      journalID: written.journal, seq: file.name.last, chain: file.checkpoint.chain, signedBy: written.supervisor.keys.signing)
    let lines = try #require(
      try written.cadre.with { _ in
        let desk = try SyncDesk(written.cadre.directory, keys: written.cadre.keys)
        defer { desk.close() }
        return try desk.lines(journalID: written.journal, from: 1, bytesMax: .max)
      })
    #expect(StickFile(lines, file.checkpoint).bytes == written.bytes)
    try written.put(StickFile(lines, forged).bytes)
    #expect(try written.supervisor.exchange().troubles.map(\.reason) == [.damaged])
  }

  @Test func aKeyThatTheCountyHasNotSignedIsNobodys() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    try supervisor.hear([try town.says(of: supervisor)])
    // It knows everybody, and its own county says that it is a cadre here.
    let stranger = try town.cadre("p-stranger", readers: [supervisor])
    let other = SigningKey()
    #expect(throws: Never.self) { try stranger.hear([try town.says(of: supervisor), try town.says(of: stranger)]) }
    let visit = try stranger.write()
    try stranger.exchange()
    // The letter that brings the county's word is replaced by one with another county's.
    let impostor = try town.cadre("p-impostor", readers: [supervisor])
    let false_ = try town.says(of: impostor, signedBy: other)
    try impostor.write()
    let desk = try SyncDesk(impostor.directory, keys: impostor.keys)
    let letter = try Letter(
      to: try town.says(of: supervisor), in: impostor.directory, keys: impostor.keys, deviceID: impostor.grant.deviceId)
    try letter.append([false_], [])
    let writer = StickWriter(folder: try StickFolder(on: town.stick, disk: PosixDisk()), signing: impostor.keys.signing)
    for journal in desk.extents {
      _ = try writer.write(
        StickSource(journalID: journal.journalID, lastSeq: journal.lastSeq) { seq, bytes throws(LaptopFault) in
          try desk.lines(journalID: journal.journalID, from: seq, bytesMax: bytes)
        })
    }
    for journal in letter.extents {
      _ = try writer.write(
        StickSource(journalID: journal.journalID, lastSeq: journal.lastSeq) { seq, bytes throws(LaptopFault) in
          try letter.lines(journalID: journal.journalID, from: seq, bytesMax: bytes)
        })
    }
    desk.close()
    letter.close()
    let report = try supervisor.exchange()
    #expect(report.troubles.map(\.reason) == [.unknownSigner, .unknownSigner])
    #expect(report.taken == 1)
    #expect(try supervisor.sees([visit]) == [true])
  }

  @Test func theCountysWordIsItsOwnAndTheNewestCounts() throws {
    let town = try StickTown()
    let cadre = try town.cadre()
    var book = DeviceBook(server: StickTown.server, root: town.root.publicKey)
    func take(_ said: Attestation) -> Bool { book.take(said) }
    let said = try town.says(of: cadre, revision: 5)
    #expect(take(said))
    #expect(!take(said), "no news")
    #expect(!take(try town.says(of: cadre, revision: 4)))
    #expect(!take(try town.says(of: cadre, revision: 9, signedBy: SigningKey())))
    var wider = said
    wider.revision = 6
    #expect(!take(wider), "the revision is signed")
    for change in [
      { $0.scopes = ["130599"] }, { $0.role = "supervisor" }, { $0.person = "p2" }, { $0.name = "别人" }, { $0.households = [] },
      { $0.isRevoked = true }, { $0.deviceId = "0" }, { $0.signPublicKey = Base64URL.encode(SigningKey().publicKey) },
      { $0.boxPublicKey = Base64URL.encode(PrivateReaderKey().publicKey) },
    ] as [(inout Attestation) -> Void] {
      var changed = try town.says(of: cadre, revision: 7)
      change(&changed)
      #expect(!take(changed))
    }
    var elsewhere = DeviceBook(server: "county-2", root: town.root.publicKey)
    let isTaken = elsewhere.take(said)
    #expect(!isTaken, "said in one county, worth nothing in another")
    #expect(take(try town.says(of: cadre, revoked: true, revision: 7)))
    #expect(book.device(signing: cadre.keys.signing.publicKey)?.isRevoked == true)
  }

  @Test func ofARevokedLaptopNothingMoreIsTaken() throws {
    let written = try Written()
    try written.supervisor.hear([try written.town.says(of: written.cadre, revoked: true, revision: 2)])
    let report = try written.supervisor.exchange()
    #expect(report.taken == 0)
    #expect(report.troubles.map(\.reason).contains(.revokedSigner))
  }

  @Test func aLaterVersionIsSaidAndLeft() throws {
    let written = try Written()
    try written.put(Array("ZU2".utf8) + written.bytes.dropFirst(3))
    #expect(try written.supervisor.exchange().troubles.map(\.reason) == [.newer])
    // A segment of a later format, signed by its writer.
    let file = try StickFile(journalID: written.journal, name: written.name, bytes: written.bytes)
    let text = String(decoding: file.body, as: UTF8.self).replacing("J1R|", with: "J2R|")
    let signed = try #require(String(decoding: written.bytes, as: UTF8.self).split(separator: "\n").first)
    try written.put(Array((signed + "\n" + text).utf8))
    #expect(try written.supervisor.exchange().troubles.map(\.reason) == [.newer])
  }

  // MARK: other pasts

  @Test func aLaptopThatWasPutBackIsNoticedOnBothSides() throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    try cadre.write()
    let backup = try cadre.copied()
    let lost = try cadre.write(household: "h2")
    try cadre.exchange()
    try supervisor.exchange()
    // The laptop breaks; the backup goes on, and writes something else under the same number.
    let anew = try backup.write(household: "h3")
    let clone = try backup.copied()
    try clone.write(household: "h4")
    let before = try town.everything()
    let report = try backup.exchange()
    #expect(report.fault == nil)
    #expect(report.troubles.map(\.reason) == [.ownRestored])
    let after = try town.everything()
    for (path, bytes) in before where path.contains("0000000002.zf") { #expect(after[path] == bytes, "never shrunk, never replaced") }
    // On another stick its lines contradict what the supervisor has.
    let second = town.path + "/second"
    try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: true)
    try clone.exchange(on: second)
    let forked = try supervisor.exchange(on: second)
    #expect(forked.troubles.map(\.reason).contains(.forked))
    // Opened once, the laptop goes on under a new id, and everything is there.
    try backup.with { _ in }
    #expect(try backup.exchange().troubles.isEmpty)
    let mended = try supervisor.exchange()
    #expect(mended.troubles.isEmpty)
    #expect(try supervisor.sees([lost, anew]) == [true, true])
    try supervisor.with { #expect($0.register.count == 3) }
  }

  // MARK: what is not ours

  @Test func linksAreNotFollowedAndOtherFilesNotTouched() throws {
    let written = try Written()
    let outside = written.town.path + "/outside"
    let files = FileManager.default
    try files.createDirectory(atPath: outside, withIntermediateDirectories: true)
    try Data("家庭照片".utf8).write(to: URL(fileURLWithPath: outside + "/photo"))
    try Data("说明".utf8).write(to: URL(fileURLWithPath: written.town.stick + "/readme.txt"))
    try Data("别的".utf8).write(to: URL(fileURLWithPath: written.town.stick + "/zoufang/notes.txt"))
    // Another journal's directory is a link.
    let foreign = UUID().uuidString.lowercased()
    try files.createSymbolicLink(atPath: written.town.stick + "/zoufang/" + foreign, withDestinationPath: outside)
    #expect(try written.supervisor.exchange().troubles == [StickTrouble(name: nil, journalID: foreign, .notAFile)])
    try files.removeItem(atPath: written.town.stick + "/zoufang/" + foreign)
    // A file is a link.
    try files.moveItem(atPath: written.path, toPath: outside + "/moved")
    try files.createSymbolicLink(atPath: written.path, withDestinationPath: outside + "/moved")
    #expect(try written.cadre.exchange().troubles.map(\.reason) == [.notAFile])
    try files.removeItem(atPath: written.path)
    // The directory of all of them is a link.
    try files.moveItem(atPath: written.town.stick + "/zoufang", toPath: written.town.stick + "/aside")
    try files.createSymbolicLink(atPath: written.town.stick + "/zoufang", withDestinationPath: outside)
    #expect(try written.cadre.exchange().fault == .notOurs)
    #expect(try files.contentsOfDirectory(atPath: outside).sorted() == ["moved", "photo"])
    #expect(files.contents(atPath: written.town.stick + "/readme.txt") == Data("说明".utf8))
    #expect(files.contents(atPath: written.town.stick + "/aside/notes.txt") == Data("别的".utf8))
    #expect(try written.cadre.exchange(on: written.town.path + "/nowhere").fault == .noDirectory)
    #expect(try written.cadre.exchange(on: outside + "/photo").fault == .noDirectory)
  }

  // MARK: a stick that fails

  @Test(arguments: [(Int32(28), StickFault.full), (30, .readOnly), (5, .gone), (19, .gone)])
  func aStickThatFailsAtAnyCallLosesNothing(_ errno: Int32, _ fault: StickFault) throws {
    let town = try StickTown()
    let supervisor = try town.supervisor()
    let cadre = try town.cadre(readers: [supervisor])
    try town.introduce(supervisor, cadre)
    try supervisor.write(.review, body: ["record": "r0", "verdict": "approved"])
    try supervisor.exchange()
    try cadre.write()
    // How many calls a whole exchange is.
    let counting = FaultyStick(errno: errno)
    #expect(try cadre.copied().exchange(counting, on: try copy(of: town)).fault == nil)
    let calls = counting.counter.value
    #expect(calls > 20)
    for forEver in [true, false] {
      for failing in stride(from: 1, through: calls, by: errno == 5 && forEver ? 1 : 5) {
        let stick = try copy(of: town)
        let writer = try cadre.copied()
        let report = try writer.exchange(FaultyStick(failing: failing, forEver: forEver, errno: errno), on: stick)
        // Some calls may fail without harm: clearing away what a failed write left, syncing where a driver cannot.
        if report.fault != nil { #expect(report.fault == fault, "call \(failing)") }
        // Whatever stands there under its name is whole.
        for (path, bytes) in try town.everything(stick) where path.hasSuffix(".zf") {
          let parts = path.split(separator: "/").map(String.init)
          let file = try StickFile(journalID: parts[1], name: try #require(StickName(parts[2])), bytes: bytes)
          #expect(file.lines.count >= 2, "call \(failing)")
        }
        let again = try writer.exchange(on: stick)
        #expect(again.fault == nil && again.troubles.isEmpty, "call \(failing)")
        #expect(report.taken + again.taken == 1, "call \(failing)")
        #expect(try !town.everything(stick).keys.contains { $0.hasSuffix(".new") }, "call \(failing)")
        guard failing % 7 == 0 else { continue }
        let reader = try supervisor.copied()
        #expect(try reader.exchange(on: stick).taken == 1, "call \(failing)")
      }
    }
  }

  @Test func aWriteProtectedStickIsRead() throws {
    let written = try Written()
    let report = try written.supervisor.exchange(FaultyStick(failing: 1, errno: 30, onlyWrites: true))
    #expect(report.fault == .readOnly)
    #expect(report.taken == 3)
  }

  private func copy(of town: StickTown) throws -> String {
    let path = town.path + "/" + UUID().uuidString
    try FileManager.default.copyItem(atPath: town.stick, toPath: path)
    return path
  }
}
