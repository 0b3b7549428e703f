// The register as text, for comparing two of them.

import Foundation
import GRDB
import Relief
import Wire
import struct Relief.Record

@testable import County

extension Store {
  func registerRows() async throws -> [String] {
    try await read { db in
      try ["entity", "value", "standing", "spoken", "superseding"].flatMap { table in
        // Feed numbers differ between two counties that took the same records in another order.
        let columns = try db.columns(in: table).map(\.name).filter { $0 != "feed_seq" }
        let texts = columns.map { "CAST(\($0) AS TEXT) AS \($0)" }.joined(separator: ", ")
        return try Row.fetchAll(db, sql: "SELECT \(texts) FROM \(table)").map { row in
          table + " " + columns.map { "\($0)=\(row[$0] as String? ?? "")" }.joined(separator: " ")
        }.sorted()
      }
    }
  }

  /// Branches that are kept with both checkpoints.
  func forkProof() async throws -> Int {
    try await read { db in
      try Int.fetchOne(
        db,
        sql: "SELECT count(*) FROM fork_branch WHERE length(bytes) > 0 AND checkpoint <> stored_checkpoint") ?? -1
    }
  }

  /// What a journal continues, and why it was begun.
  func continuation(of journal: String) async throws -> String? {
    try await read { db in
      try String.fetchOne(
        db, sql: "SELECT continues || ' ' || reason FROM journal WHERE journal_id = ?", arguments: [journal])
    }
  }

  func count(_ table: String) async throws -> Int {
    try await read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? -1 }
  }

  /// Raw lines of a journal, in order.
  func storedLines(_ journal: String) async throws -> [[UInt8]] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT bytes FROM line WHERE journal_id = ? ORDER BY seq", arguments: [journal])
        .map { [UInt8]($0["bytes"] as Data) }
    }
  }

  /// Parks an applied line, as an older version might have done.
  func park(journal: String, seq: Int) async throws {
    try await write { db in
      try RegisterFold.clear(db)
      try db.execute(sql: "DELETE FROM outcome WHERE journal_id = ? AND seq = ?", arguments: [journal, seq])
      try db.execute(sql: "DELETE FROM record WHERE journal_id = ? AND seq = ?", arguments: [journal, seq])
      try db.execute(
        sql: "INSERT INTO outcome(journal_id, seq, state, code) VALUES (?, ?, 'parked', 'unknown_type')",
        arguments: [journal, seq])
    }
  }

  /// What became of each record and line: by record id `applied`, and the codes of parked lines, sorted.
  func verdicts() async throws -> (applied: Set<String>, parked: [String]) {
    try await read { db in
      (
        try String.fetchSet(db, sql: "SELECT record_id FROM record"),
        try String.fetchAll(db, sql: "SELECT code FROM outcome WHERE state = 'parked' ORDER BY code")
      )
    }
  }

  /// `list entity property=value`, a `!` before a value that is in conflict; all entities, sorted.
  func values() async throws -> [String] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT list, entity, property, value, conflict FROM value").map { row in
        let mark = (row["conflict"] as Bool) ? "!" : ""
        return "\(row["list"] as String) \(row["entity"] as String) \(row["property"] as String)=\(mark)\(row["value"] as String)"
      }.sorted()
    }
  }

  /// Whether the time of each record is believed, in the order they were taken.
  func clocksBelieved() async throws -> [Bool] {
    try await read { db in try Bool.fetchAll(db, sql: "SELECT clock_ok FROM record ORDER BY feed_seq") }
  }

  /// A real full disk, as SQLite meets it: no page more than there are, but for these. Nil lifts it.
  func leave(pages: Int?) async throws {
    try await pool.writeWithoutTransaction { db in
      let have = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages.map { have + $0 } ?? 1_000_000_000)")
    }
  }

  /// One whole file, as `.backup` makes it.
  func backUp(to path: String) async throws {
    try await pool.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
  }

  /// Puts the tables back to what the first version of the program made.
  func becomeFirstVersion() async throws {
    try await write { db in
      for table in ["page_user", "page_audit", "listed_reject", "listed_row", "listed_batch", "place", "waiting"] { try db.execute(sql: "DROP TABLE \(table)") }
      try db.execute(sql: "DROP INDEX record_by_household")
      try db.execute(sql: "ALTER TABLE record DROP COLUMN clock_ok")
      try db.execute(sql: "ALTER TABLE receipt DROP COLUMN clock_ahead")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
  }

  /// Makes the store refuse a value, as a fault of the program would.
  func refuse(value: String) async throws {
    try await write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER refused BEFORE INSERT ON value WHEN NEW.value = '\(value)'
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
  }

  /// Makes the store refuse every new line, as a disk without room would.
  func refuseLines() async throws {
    try await write { db in
      try db.execute(sql: "CREATE TRIGGER refused BEFORE INSERT ON line BEGIN SELECT RAISE(ABORT, 'refused'); END")
    }
  }

  func refuseNothing() async throws { try await write { db in try db.execute(sql: "DROP TRIGGER refused") } }

  /// Spoils the text of a stored record, as another version might have written it.
  func spoil(record: String) async throws {
    try await write { db in
      try db.execute(sql: "UPDATE record SET text = x'7B7D' WHERE record_id = ?", arguments: [record])
    }
  }

  /// Loses and invents rows of the register.
  func scrambleRegister() async throws {
    try await write { db in
      try db.execute(sql: "DELETE FROM value WHERE property = 'address'")
      try db.execute(sql: "INSERT INTO entity(list, entity) VALUES ('household', 'nobody')")
      try db.execute(sql: "DELETE FROM spoken")
    }
  }

  /// Takes records as if each had come and been opened by itself, in this order.
  func applyDirectly(_ records: [Record], device: String, portion: Int) async throws {
    let journal = CountySurroundings.real.uuid()
    try await write { db in
      try db.execute(
        sql: """
          INSERT INTO journal(journal_id, device_id, next_seq, chain, state, opened_at) VALUES (?, ?, 1, x'', 'open', 0)
          """, arguments: [journal, device])
      for seq in 1...records.count {
        try db.execute(
          sql:
            "INSERT INTO line(journal_id, seq, segment_id, chain, bytes, received_at) VALUES (?, ?, '', x'', x'', 0)",
          arguments: [journal, seq])
      }
    }
    let opened = try records.enumerated().map { index, record in
      OpenedLine(
        journal: journal, seq: UInt64(index + 1), device: device,
        content: .record(record, text: try RecordCodec.encode(record)))
    }
    for start in stride(from: 0, to: opened.count, by: portion) {
      let come = Array(opened[..<min(start + portion, opened.count)])
      // As `Opening.run` does: what waited for these is judged again.
      while try await apply(come).freed {}
    }
  }
}
