// Bench — what the tests of this room share: made-up keys, contents, a journal on a disk in memory.

import Glibc
import Testing

@testable import Journal

enum Bench {
  static let directory = "/data/journal"

  /// With ZOUFANG_THOROUGH=1 in the environment every case is run; without, a sample of the same cases.
  static let isThorough = unsafe getenv("ZOUFANG_THOROUGH") != nil

  /// Says how many cases a thorough run had.
  static func tell(_ cases: Int, _ what: String) {
    if isThorough { print("cases: \(cases) \(what)") }
  }

  /// Keys without a vault file.
  static func keys(secrets: [String: [UInt8]] = [:]) -> UnlockedKeys {
    UnlockedKeys(
      vaultID: RawBytes.hex(Entropy.system.bytes(16)), master: Entropy.system.bytes(32), signing: SigningKey(),
      reader: PrivateReaderKey(), secrets: secrets)
  }

  static func settings(
    readers: [ReaderKey] = [], segmentBytes: Int = JournalLimits.segmentBytes, machine: String = "m1",
    month: String = "2026-11"
  ) -> JournalSettings {
    JournalSettings(
      deviceID: "5f0f7d1e-3d1c-4c55-9a54-0d6a3f1f6a01", machine: machine, readers: readers, segmentBytes: segmentBytes,
      month: { month })
  }

  static func content(_ number: Int, bytes: Int = 40) -> [UInt8] {
    var content = Array("{\"id\":\"record-\(number)\"}".utf8)
    while content.count < bytes { content.append(0x20) }
    return content
  }

  static func open(
    _ disk: MemoryDisk, _ keys: UnlockedKeys, _ settings: JournalSettings? = nil
  ) throws(JournalFault) -> Journal {
    try Journal.open(directory: directory, keys: keys, settings: settings ?? Bench.settings(), disk: disk)
  }

  /// A journal of `count` records, one append each.
  static func disk(_ keys: UnlockedKeys, records count: Int, settings: JournalSettings? = nil) throws -> MemoryDisk {
    let disk = MemoryDisk()
    let journal = try open(disk, keys, settings)
    for number in 0..<count { _ = try journal.append([content(number)]) }
    journal.close()
    return disk
  }

  static func segmentPath(_ disk: MemoryDisk, _ place: Int = 0) -> String {
    disk.paths.filter { $0.hasSuffix(".jnl") }[place]
  }

  static func survey(_ disk: MemoryDisk) throws -> Survey {
    try #require(try JournalIndex.survey(directory: directory, disk: disk, fresh: true))
  }
}
