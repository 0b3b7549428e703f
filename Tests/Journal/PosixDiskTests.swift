import Glibc
import Synchronization
import Testing

@testable import Journal

/// The same journal on the real file system: modes, locks between openings, a foreign symbolic link.
@Suite struct PosixDiskTests {
  func inDirectory(_ body: (String) throws -> Void) throws {
    let path = "/tmp/journal-test-\(Entropy.system.uuid())"
    try PosixDisk().makeDirectory(path)
    defer { remove(path) }
    try body(path)
  }

  func remove(_ path: String) {
    let disk = PosixDisk()
    for name in ((try? disk.list(path)) ?? nil) ?? [] { remove(path + "/" + name) }
    try? disk.remove(path)
  }

  func mode(_ path: String) -> mode_t {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func aDayOnTheRealDisk() throws {
    try inDirectory { root in
      let vault = try Vault.create(in: root, passphrase: "一二三四五六七八", cost: .weak(log2N: 4))
      let path = root + "/journal"
      let settings = Bench.settings(segmentBytes: 3000)
      var journal = try Journal.open(directory: path, keys: vault.keys, settings: settings)
      try journal.reserve(contentBytes: 100_000)
      for number in 0..<8 { _ = try journal.append([Bench.content(number)]) }
      #expect(throws: JournalFault.locked) { try Journal.open(directory: path, keys: vault.keys, settings: settings) }
      journal.close()
      journal = try Journal.open(directory: path, keys: vault.keys, settings: settings)
      #expect(journal.report.isClean)
      #expect(try journal.records().map(\.content) == (0..<8).map { Bench.content($0) })
      #expect(mode(path) == 0o700)
      for name in try #require(try PosixDisk().list(path)) { #expect(mode(path + "/" + name) == 0o600) }
      #expect(mode(root + "/vault.key") == 0o600)
      #expect(try #require(try PosixDisk().list(path)).allSatisfy { !$0.hasSuffix(".new") })
    }
  }

  /// A lock that goes away in a moment (a child of the program that held it was just being started) is waited for; one that stays
  /// is somebody else's.
  @Test func aLockThatGoesAwayInAMomentIsTaken() throws {
    try inDirectory { root in
      let path = root + "/LOCK"
      let held = Mutex(try PosixDisk().lock(path))
      let pauses = Mutex(0)
      let patient = PosixDisk(lockPause: {
        let count = pauses.withLock { count in
          count += 1
          return count
        }
        if count == 3, let file = held.withLock({ $0 }) { PosixDisk().close(file) }
      })
      let taken = try #require(try patient.lock(path))
      #expect(pauses.withLock { $0 } == 3)
      #expect(try PosixDisk(lockPause: {}).lock(path) == nil)
      patient.close(taken)
    }
  }

  @Test func aKeyFileCanBeReadByItsOwnerOnly() throws {
    try inDirectory { root in
      _ = try Vault.create(in: root, keyFile: root + "/server.key")
      #expect(mode(root + "/server.key") == 0o400)
      _ = try Vault.open(in: root, keyFile: root + "/server.key")
    }
  }

  @Test func aSymbolicLinkIsNotFollowed() throws {
    try inDirectory { root in
      #expect(unsafe symlink("/etc/hostname", root + "/HEAD") == 0)
      #expect(throws: DiskFault.self) { try PosixDisk().read(root + "/HEAD", bytesMax: 100, fresh: false) }
      #expect(throws: DiskFault.self) { try PosixDisk().open(root + "/HEAD", .update) }
    }
  }

  @Test func reservingDoesNotMoveTheEndOfTheFile() throws {
    try inDirectory { root in
      let disk = PosixDisk()
      let file = try disk.open(root + "/file", .create)
      _ = try disk.write(file, [1, 2, 3])
      _ = try disk.allocate(file, from: 3, count: 65_536)
      #expect(try disk.length(root + "/file") == 3)
      disk.close(file)
    }
  }
}
