// What `zoufang sync` says when it cannot begin: a word of the report for which the screens have a sentence.

import ArgumentParser
import Glibc
import Journal
import Laptop
import Screens
import Sync
import Testing
import Wire

@testable import zoufang

@Suite struct SyncCommandTests {
  private static let passphrase = "made-up passphrase"
  private static let grant = EnrolGrant(
    deviceId: "30000000-0000-4000-8000-000000000001", person: "p1", name: "赵试用", role: "cadre", scopes: ["130599100201"],
    county: "示范县", server: "county-1", readers: [], caPem: "", rootPublicKey: "", issued: "2026-11-24T01:00:00Z")

  @Test func aSecondSyncBesideTheFirstSaysSo() throws {
    let room = try Room()
    let directory = DataDirectory(room.path + "/data")
    let file = room.path + "/passphrase"
    try room.write(Array(Self.passphrase.utf8), to: file)
    var vault = try Laptop.vaultForEnrolment(directory, passphrase: Self.passphrase)
    try Laptop.enrol(&vault, as: Enrolment(grant: Self.grant, county: "https://127.0.0.1:1"))
    let first = try SyncDesk(directory, keys: vault.keys)
    defer { first.close() }

    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    let command = try SyncCommand.parse(
      ["--data", directory.path, "--passphrase-file", file, "--report-descriptor", String(ends[1])])
    #expect(throws: ExitCode(1)) { try command.run() }
    close(ends[1])
    let said = String(decoding: SmallFile.readAll(ends[0], bytesMax: 4096) ?? [], as: UTF8.self)
    close(ends[0])
    #expect(said == "failed refused in_use\n")
    #expect(SyncLines.news("failed refused in_use") == .failed(.refused(code: "in_use")))
  }

  @Test(arguments: [
    LaptopFault.inUse, .damaged, .newerVersion, .unavailable, .diskFull(freeBytes: 0), .disk(.init(.write, errno: 5)),
  ])
  func whatTheLaptopItselfCannotDoIsNoFaultOfTheLine(fault: LaptopFault) {
    let sentence = SyncSentence.of(.failed(SyncFailure(.laptop(fault))))
    #expect(!sentence.contains("断") && !sentence.contains("县里没有接受"), "\(sentence)")
  }
}
