// Departments' lists (部门数据): batches, their rows, and what of a file was set aside. A batch counts from the moment it is finished:
// rows of one that was broken off half-way are no rows, and the next import takes them away. The record `batch` in the county's
// journal says that a list came; what its rows said is kept here alone, as evidence and to be compared again.

internal import Foundation
internal import GRDB
internal import Relief
internal import struct Relief.Record

/// A list that came, as the store keeps it.
struct ListBatch: Equatable, Sendable {
  /// Entity of the `batch` fact.
  var id: String
  /// Name of the profile, and the department it says.
  var profile: String
  var department: String
  /// What a row states: `asserts` of the profile. Batches of an older store may say the profile's name.
  var kind: String
  var file: String
  /// SHA-256 of the file, lower-case hex.
  var hash: String
  /// The day the list speaks of.
  var asOf: String
  /// The sheet that was read; empty of a .csv file, and of what came before sheets were kept.
  var sheet = ""
  var rows = 0
  var accepted = 0
  var rejected = 0
  /// A row speaks of a household, through the member it names.
  var isOfHousehold = false
  /// yyyy-MM-dd of a row without a date of its own; empty: none.
  var defaultDate = ""
}

/// A row of a list: whom it names, and what it says.
struct KeptRow: Equatable, Sendable {
  /// Line of the file, from 1.
  var line: Int
  var number: String
  var name: String
  var birth: String
  var village: String
  /// What it says by property, in the register's words.
  var values: [String: String]
  /// The same for people.
  var evidence: String
}

/// A row that was set aside.
struct ListReject: Equatable, Sendable {
  var line: Int
  var column: String
  var reason: String
}

/// A person of the register whom a list may name.
struct RegisteredPerson: Equatable, Sendable {
  var person: String
  var household: String
  var number: String
  var name: String
  var birth: String
  var village: String
  /// As the register says, or one of several things it says.
  var isSeverelyDisabled = false
  /// What the register says several things of.
  var contested: [ContestedValue] = []
  /// Under how many numbers, names and births the person stands beside this one, this one counted.
  var variants = 1
  /// More ways of putting together what is said than are compared.
  var isCut = false

  /// Its nine digits.
  var township: Substring { village.prefix(9) }
}

extension Store {
  /// Takes a batch in: its rows in transactions of some thousands, and in the last one the word that it is whole.
  /// - Parameter next: the next rows, none at the end.
  /// - Throws: `.importedAtOnce` where another import began meanwhile: nothing of this one is kept.
  func keep(_ batch: ListBatch, rejects: [ListReject], next: @escaping @Sendable () throws -> [KeptRow]) async throws {
    let number = try await write { db in
      // What an import left that was broken off.
      for left in try Int64.fetchAll(db, sql: "SELECT number FROM listed_batch WHERE taken = 0") { try Self.remove(db, left) }
      try db.execute(
        sql: """
          INSERT INTO listed_batch(batch, profile, department, kind, file, hash, as_of, sheet, rows, accepted, rejected, of_household,
            default_date, taken)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
          """,
        arguments: [
          batch.id, batch.profile, batch.department, batch.kind, batch.file, batch.hash, batch.asOf, batch.sheet, batch.rows,
          batch.accepted, batch.rejected, batch.isOfHousehold, batch.defaultDate,
        ])
      return db.lastInsertedRowID
    }
    var rows = try Self.prepared(next())
    while !rows.isEmpty {
      let now = rows
      // While these are written the next ones are made.
      async let written: Void = write { db in
        try Self.checkIsThere(number, db)
        try Self.insert(now, of: number, db)
      }
      rows = try Self.prepared(next())
      try await written
    }
    try await write { db in
      try Self.checkIsThere(number, db)
      for reject in rejects {
        try db.execute(
          sql: "INSERT INTO listed_reject(number, line, title, reason) VALUES (?, ?, ?, ?)",
          arguments: [number, reject.line, reject.column, reject.reason])
      }
      try db.execute(sql: "UPDATE listed_batch SET taken = 1 WHERE number = ?", arguments: [number])
    }
  }

  /// Another import at the same time takes this one for a broken one and removes it.
  private static func checkIsThere(_ number: Int64, _ db: Database) throws {
    guard try Bool.fetchOne(db, sql: "SELECT 1 FROM listed_batch WHERE number = ? AND taken = 0", arguments: [number]) ?? false else {
      throw CountyFault.importedAtOnce
    }
  }

  private static func prepared(_ rows: [KeptRow]) -> [(row: KeptRow, said: String)] { rows.map { ($0, said($0.values)) } }

  private static func insert(_ rows: [(row: KeptRow, said: String)], of number: Int64, _ db: Database) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT INTO listed_row(number, line, id_number, name, birth, village, said, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (row, said) in rows {
      try insert.execute(arguments: [number, row.line, row.number, row.name, row.birth, row.village, said, row.evidence])
    }
  }

  private static func remove(_ db: Database, _ number: Int64) throws {
    for table in ["listed_row", "listed_reject", "listed_batch"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE number = ?", arguments: [number])
    }
  }

  /// Batches that are whole and not withdrawn, the oldest first.
  func batches() async throws -> [ListBatch] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM listed_batch WHERE taken = 1 AND \(Self.isNotWithdrawn) ORDER BY number").map(Self.batch)
    }
  }

  /// A batch that is whole, withdrawn or not.
  func batch(_ id: String) async throws -> ListBatch? {
    try await read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM listed_batch WHERE taken = 1 AND batch = ?", arguments: [id]).map(Self.batch)
    }
  }

  /// The register says so, and only it: a refold makes it anew.
  private static let isNotWithdrawn =
    "NOT EXISTS (SELECT 1 FROM value WHERE list = 'batch' AND entity = listed_batch.batch AND property = 'withdrawn')"

  /// The batches of a file, or of one sheet of it, that was taken in under a profile already: one for each day it was said to speak of.
  /// - Parameter isOwn: the sheet is the one that is read where nobody chooses: what came before sheets were kept was read from it.
  func batches(hash: String, profile: String, sheet: String, isOwn: Bool) async throws -> [ListBatch] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM listed_batch WHERE taken = 1 AND hash = ? AND profile = ? AND sheet IN (?, ?) AND \(Self.isNotWithdrawn)
          ORDER BY number
          """, arguments: [hash, profile, sheet, isOwn ? "" : sheet]
      ).map(Self.batch)
    }
  }

  private static func batch(_ row: Row) -> ListBatch {
    ListBatch(
      id: row["batch"], profile: row["profile"], department: row["department"], kind: row["kind"], file: row["file"], hash: row["hash"],
      asOf: row["as_of"], sheet: row["sheet"], rows: row["rows"], accepted: row["accepted"], rejected: row["rejected"],
      isOfHousehold: row["of_household"], defaultDate: row["default_date"])
  }

  /// Rows of a batch behind a line, in the order of their lines.
  func rows(of batch: String, after line: Int, limit: Int) async throws -> [KeptRow] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT listed_row.* FROM listed_row JOIN listed_batch USING (number)
          WHERE batch = ? AND taken = 1 AND line > ? ORDER BY line LIMIT ?
          """, arguments: [batch, line, limit]
      ).map { row in
        KeptRow(
          line: row["line"], number: row["id_number"], name: row["name"], birth: row["birth"], village: row["village"],
          values: Self.values(row["said"]), evidence: row["evidence"])
      }
    }
  }

  func rejects(of batch: String) async throws -> [ListReject] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT line, title, reason FROM listed_reject JOIN listed_batch USING (number) WHERE batch = ? ORDER BY line",
        arguments: [batch]
      ).map { ListReject(line: $0["line"], column: $0["title"], reason: $0["reason"]) }
    }
  }

  /// Property, unit separator, value, record separator: neither stands in a cell (the reader refuses control characters).
  private static func said(_ values: [String: String]) -> String {
    values.sorted { $0.key < $1.key }.map { "\($0.key)\u{1F}\($0.value)" }.joined(separator: "\u{1E}")
  }

  private static func values(_ said: String) -> [String: String] {
    var values: [String: String] = [:]
    for pair in said.split(separator: "\u{1E}") {
      let parts = pair.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
    }
    return values
  }
}

// MARK: The register's people

extension Store {
  /// Everybody who is counted in a household, with what a list may name them by. Who has a contested number, name or birth stands there
  /// under each of them, one beside the other; who has a contested household, in the first.
  func population() async throws -> [RegisteredPerson] {
    try await read { db in
      let villages = try Self.villages(db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT entity, property, value FROM value
          WHERE list = 'person' AND value <> ''
            AND property IN ('id_number', 'name', 'birth', 'household', 'membership', 'disability_grade', 'disability_kind')
          ORDER BY entity, property, value
          """)
      var found: [RegisteredPerson] = []
      var person = ""
      var said: [String: [String]] = [:]
      func finish() {
        // Who is said to have left and to be there is there.
        guard said["membership"] != ["left"] else { return }
        found += RegisteredPerson.variants(of: person, said) { villages[$0] ?? "" }
      }
      while let row = try rows.next() {
        let entity: String = row[0]
        if entity != person {
          finish()
          (person, said) = (entity, [:])
        }
        said[row[1], default: []].append(row[2])
      }
      finish()
      return found
    }
  }

  /// Divisions in which some record says that a household stands.
  func villages() async throws -> Set<String> {
    try await read { db in
      Set(try String.fetchAll(
        db, sql: "SELECT DISTINCT value FROM value WHERE list = 'household' AND property = 'division' AND value <> ''"))
    }
  }

  /// Households that hold a category, as far as their records may say so: whom a list may leave out.
  func householdsWithCategory() async throws -> Set<String> {
    try await read { db in
      let rows = try String.fetchAll(
        db,
        sql: """
          SELECT entity FROM value WHERE list = 'household' AND property = 'category' AND value <> ''
          UNION SELECT household FROM record WHERE type IN ('category', 'case_step') AND household IS NOT NULL
          """)
      return Set(rows)
    }
  }

  private static func villages(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT entity, value FROM value WHERE list = 'household' AND property = 'division' AND value <> '' ORDER BY value DESC")
    var villages: [String: String] = [:]
    while let row = try rows.next() { villages[row[0]] = row[1] }
    return villages
  }
}
