// Desk — what the tests of this room share: a laptop of a made-up cadre on a disk in memory, and records to put on it.

import Journal
import Laptop
import Relief
import Testing
import Wire
import XForm

enum Desk {
  static let directory = DataDirectory("/home/cadre/zoufang")
  static let passphrase = "一二三四五六七八"
  static let clock = LaptopClock.fixed(
    Moment(year: 2026, month: 11, day: 24, hour: 9, minute: 30, second: 5, millisecond: 0, offsetMinutes: 480),
    milliseconds: 1_795_483_805_000)

  /// A laptop enrolled with a county whose keys are `ingest`.
  static func enrolled(_ disk: MemoryDisk, ingest: PrivateReaderKey = PrivateReaderKey(), root: [UInt8] = []) throws {
    var vault = try Laptop.vaultForEnrolment(
      directory, passphrase: passphrase, cost: .weak(log2N: 4), disk: disk)
    let reader = GrantedReader(
      kind: "ingest", keyId: ReaderKey.id(of: ingest.publicKey), publicKey: Base64URL.encode(ingest.publicKey))
    let grant = EnrolGrant(
      deviceId: "0b6f3a52-5d2a-4f0e-8a54-2f4f5d7a9c11", person: "p-01", name: "示例干部", role: "cadre",
      scopes: ["130599100201"], county: "示范县", server: "https://127.0.0.1:8443", readers: [reader], caPem: "",
      rootPublicKey: Base64URL.encode(root), issued: "2026-11-24T09:00:00+08:00")
    try Laptop.enrol(&vault, as: Enrolment(grant: grant, county: grant.server))
  }

  static func open(_ disk: MemoryDisk) throws -> Laptop {
    try Laptop.open(directory, passphrase: passphrase, clock: clock, disk: disk)
  }

  static func record(_ laptop: Laptop, household: String = "h-1", label: String = "示例户") -> Record {
    Record(
      id: laptop.makeID(), type: .visit, household: household, division: "130599100201",
      author: laptop.enrolment.author, device: laptop.enrolment.grant.deviceId, wall: laptop.clock.wall(),
      facts: [Fact(list: FactList.household, entity: household, label: label)], submission: "<data/>")
  }
}
