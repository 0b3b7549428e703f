// Accounts of the page, and the audit of what was looked at.

internal import Foundation
internal import GRDB
internal import Relief
internal import Wire

enum PageSchema {
  static let tables = """
    -- Accounts for browsers. salt and hash: scrypt, never the password. stamp: random, and rises with every new password.
    CREATE TABLE page_user (
      person TEXT PRIMARY KEY, name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('county', 'auditor')), scope TEXT NOT NULL,
      salt BLOB NOT NULL, hash BLOB NOT NULL,
      must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)), ends_at INTEGER,
      stamp INTEGER NOT NULL, made_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    -- Who looked at what, and when. person NULL: nobody who is known; what they typed is not kept.
    CREATE TABLE page_audit (
      number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, person TEXT, page TEXT NOT NULL, outcome TEXT NOT NULL
    );
    """
}

extension Store {
  /// False where the person has an account already.
  func add(_ user: PageUser) async throws -> Bool {
    try await write { db in
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO page_user(person, name, role, scope, salt, hash, must_change, ends_at, stamp, made_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          user.person, user.name, user.role.rawValue, user.scope.code, Data(user.password.salt), Data(user.password.hash),
          user.mustChange, user.endsAt, user.stamp, user.madeAt,
        ])
      return db.changesCount > 0
    }
  }

  func pageUser(_ person: String) async throws -> PageUser? {
    try await read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM page_user WHERE person = ?", arguments: [person]).flatMap(Self.pageUser)
    }
  }

  func pageUsers() async throws -> [PageUser] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM page_user ORDER BY person").compactMap(Self.pageUser)
    }
  }

  func removePageUser(_ person: String) async throws -> Bool {
    try await write { db in
      try db.execute(sql: "DELETE FROM page_user WHERE person = ?", arguments: [person])
      return db.changesCount > 0
    }
  }

  /// False where there is no such account.
  func setPassword(_ password: PagePassword, of person: String, mustChange: Bool, endsAt: Int64?) async throws -> Bool {
    try await write { db in
      try db.execute(
        sql: "UPDATE page_user SET salt = ?, hash = ?, must_change = ?, ends_at = ?, stamp = stamp + 1 WHERE person = ?",
        arguments: [Data(password.salt), Data(password.hash), mustChange, endsAt, person])
      return db.changesCount > 0
    }
  }

  func audit(_ person: String?, _ page: String, _ outcome: String, at seconds: Int64) async throws {
    try await write { db in
      try db.cachedStatement(sql: "INSERT INTO page_audit(at, person, page, outcome) VALUES (?, ?, ?, ?)")
        .execute(arguments: [seconds, person, page, outcome])
    }
  }

  func pageAudit(limit: Int) async throws -> [PageAuditLine] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM page_audit ORDER BY number DESC LIMIT ?", arguments: [limit]).map { row in
        PageAuditLine(
          at: CountySurroundings.text(Date(timeIntervalSince1970: Double(row["at"] as Int64))), person: row["person"],
          page: row["page"], outcome: row["outcome"])
      }
    }
  }

  /// Opened records behind a number, in the order they were taken. One that cannot be read is passed over: `refold` says so.
  /// Blocking: for the board's own thread.
  func records(after feedSeq: Int64, limit: Int) throws -> (records: [Relief.Record], through: Int64) {
    try pool.read { db in
      var through = feedSeq
      var found: [Relief.Record] = []
      let rows = try Row.fetchCursor(
        db, sql: "SELECT feed_seq, text FROM record WHERE feed_seq > ? ORDER BY feed_seq LIMIT ?", arguments: [feedSeq, limit])
      while let row = try rows.next() {
        through = row["feed_seq"]
        if let record = try? RecordCodec.decode([UInt8](row["text"] as Data), keepingSubmission: false) { found.append(record) }
      }
      return (found, through)
    }
  }

  private static func pageUser(_ row: Row) -> PageUser? {
    guard let scope = Division(row["scope"] as String) else { return nil }
    return PageUser(
      person: row["person"], name: row["name"], role: Role(rawValue: row["role"]), scope: scope,
      password: PagePassword(salt: [UInt8](row["salt"] as Data), hash: [UInt8](row["hash"] as Data)),
      mustChange: row["must_change"], endsAt: row["ends_at"], stamp: row["stamp"], madeAt: row["made_at"])
  }
}
