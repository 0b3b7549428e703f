// The county's store: SQLite through GRDB, and the only folder of the server that speaks SQL.
//
// One file, WAL, `synchronous=FULL`: what a commit returned from is on the disk. The server and the commands beside it
// (`import`, `enrol-code`…) open the same file at the same time; writers wait for each other.

internal import Foundation
internal import GRDB

struct Store: Sendable {
  let pool: DatabasePool
  /// The county's id: part of the ids it makes from names.
  let county: String

  /// Opens the file, makes it when it is not there, brings an older one up to date, and refuses a newer one.
  init(path: String, county: String) throws(CountyFault) {
    self.county = county
    var configuration = Configuration()
    configuration.label = "county"
    configuration.busyMode = .timeout(20)
    configuration.maximumReaderCount = 4
    // Deleted rows of people are overwritten, not only unlinked.
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
    do {
      if !FileManager.default.fileExists(atPath: path) {
        // Made here, so that it is never readable by others, not even for a moment; SQLite gives -wal and -shm its
        // mode.
        try CountyDirectory.write([], to: path, mode: 0o600)
      }
      pool = try DatabasePool(path: path, configuration: configuration)
      // GRDB sets NORMAL for a pool after `prepareDatabase`, so FULL is set here and read back.
      try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
      let mode = try pool.writeWithoutTransaction { db in
        (
          try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1,
          try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
        )
      }
      guard mode.0 >= 2, mode.1 == "wal" else { throw CountyFault.store(detail: "not WAL with synchronous=FULL") }
      let version = try pool.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
      guard version <= StoreSchema.version else { throw CountyFault.newerStore(version: version) }
      if version < StoreSchema.version {
        try pool.write { db in
          // Another process may have been first.
          let now = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
          try StoreSchema.upgrade(db, from: now)
        }
      }
    } catch let fault as CountyFault {
      throw fault
    } catch {
      throw Store.fault(error, path: path)
    }
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await pool.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await pool.write(body)
  }

  // MARK: - meta

  /// Rises when the county was restored from a backup; laptops push again from the lower cursor.
  func epoch() async throws -> UInt64 {
    try await read { db in
      UInt64(try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") ?? "1") ?? 1
    }
  }

  func raiseEpoch() async throws -> UInt64 {
    let next = try await epoch() + 1
    try await write { db in
      try db.execute(
        sql: "INSERT INTO meta(key, value) VALUES ('epoch', ?1) ON CONFLICT(key) DO UPDATE SET value = ?1",
        arguments: [String(next)])
    }
    return next
  }

  /// What the store threw, as a fault: a full disk by its name, because a person can do something about that.
  /// - Parameter path: of the file, where it was being opened.
  static func fault(_ error: any Error, path: String? = nil) -> CountyFault {
    switch error {
    case let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode):
      return .storeDamaged(path: path ?? "county.db", detail: brief(error))
    case let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM].contains(error.resultCode):
      if let path { return .cannotWrite(path: path) }
    case let fault as CountyFault: return fault
    case let error as DatabaseError:
      // Without room SQLite cannot make its -wal and -shm either, and says so as an error of opening or of input.
      let full: [ResultCode] = [.SQLITE_FULL, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_FSYNC]
      if full.contains(error.resultCode) || full.contains(error.extendedResultCode) { return .diskFull(free: nil, needed: nil) }
    default: break
    }
    return .store(detail: brief(error))
  }

  /// An error without the values that were in the statement.
  static func brief(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return String(describing: type(of: error)) }
    return "SQLite \(error.extendedResultCode.rawValue) \(error.message ?? "")"
  }
}
