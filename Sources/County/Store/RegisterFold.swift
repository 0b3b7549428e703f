// The register in SQLite: Relief's fold, run over just enough records, its result written down.
//
// What an entity's fields are depends on the records that speak of it, and on the records that those supersede or are
// superseded by, at any distance. So when records are added, the entities that they and everything connected with them
// speak of are folded again, from all records that speak of those, with everything connected with them. The result does
// not depend on the order in which records came, because Relief's does not: `refold` and any arrival give the same
// rows.

internal import Foundation
internal import GRDB
internal import Relief
internal import struct Relief.Record
internal import Wire

enum RegisterFold {
  /// An entity by the bytes of its id, as the tables compare them: Swift holds two spellings of one letter for equal.
  private struct EntityKey: Hashable {
    let list: String
    let entity: String
    private let bytes: [UInt8]

    init(list: String, entity: String) {
      self.list = list
      self.entity = entity
      bytes = Array(list.utf8) + [0] + Array(entity.utf8)
    }

    static func == (left: EntityKey, right: EntityKey) -> Bool { left.bytes == right.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
  }

  static func decode(_ text: [UInt8]) throws -> Record {
    do {
      return try RecordCodec.decode(text)
    } catch {
      throw CountyFault.store(detail: "a stored record cannot be read")
    }
  }

  /// What must be looked up later: of whom a record speaks, and what it supersedes.
  static func index(_ db: Database, _ record: Record, feedSeq: Int64) throws {
    let spoken = try db.cachedStatement(sql: "INSERT OR IGNORE INTO spoken(list, entity, feed_seq) VALUES (?, ?, ?)")
    for fact in record.facts { try spoken.execute(arguments: [fact.list, fact.entity, feedSeq]) }
    let superseding = try db.cachedStatement(sql: "INSERT OR IGNORE INTO superseding(target, feed_seq) VALUES (?, ?)")
    for target in record.supersedes { try superseding.execute(arguments: [target, feedSeq]) }
  }

  static func clear(_ db: Database) throws {
    for table in ["spoken", "superseding", "place", "entity", "value", "standing"] {
      try db.execute(sql: "DELETE FROM \(table)")
    }
  }

  /// Folds again whatever these records, just indexed, may change.
  static func fold(_ db: Database, added: [Int64]) throws {
    guard !added.isEmpty else { return }
    let changed = try connected(db, from: Set(added))
    var entities: Set<EntityKey> = []
    let spokenBy = try db.cachedStatement(sql: "SELECT list, entity FROM spoken WHERE feed_seq = ?")
    for feedSeq in changed {
      for row in try Row.fetchAll(spokenBy, arguments: [feedSeq]) {
        entities.insert(EntityKey(list: row["list"], entity: row["entity"]))
      }
    }
    var speaking = changed
    let speakers = try db.cachedStatement(sql: "SELECT feed_seq FROM spoken WHERE list = ? AND entity = ?")
    for key in entities { speaking.formUnion(try Int64.fetchAll(speakers, arguments: [key.list, key.entity])) }

    var register = Register()
    let records = try connected(db, from: speaking).sorted().map { feedSeq in
      (record: try Store.record(db, feedSeq: feedSeq), place: Optional(Place(.county, UInt64(feedSeq))))
    }
    register.apply(contentsOf: records)
    for key in entities { try write(db, key, of: register) }
    try writeStandings(db, of: changed, in: register)
  }

  /// These records, what they supersede, what supersedes them, and so on.
  static func connected(_ db: Database, from start: Set<Int64>) throws -> Set<Int64> {
    let older = try db.cachedStatement(
      sql: "SELECT record.feed_seq FROM superseding JOIN record ON record_id = target WHERE superseding.feed_seq = ?")
    let newer = try db.cachedStatement(
      sql: "SELECT superseding.feed_seq FROM superseding JOIN record ON record_id = target WHERE record.feed_seq = ?")
    var found = start
    var open = Array(start)
    while let next = open.popLast() {
      for near in try Int64.fetchAll(older, arguments: [next]) + Int64.fetchAll(newer, arguments: [next])
      where found.insert(near).inserted {
        open.append(near)
      }
    }
    return found
  }

  private static func write(_ db: Database, _ key: EntityKey, of register: Register) throws {
    try db.execute(sql: "DELETE FROM entity WHERE list = ? AND entity = ?", arguments: [key.list, key.entity])
    try db.execute(sql: "DELETE FROM value WHERE list = ? AND entity = ?", arguments: [key.list, key.entity])
    guard let entity = register.entity(key.list, key.entity) else { return }
    try db.execute(
      sql: "INSERT INTO entity(list, entity, label) VALUES (?, ?, ?)", arguments: [key.list, key.entity, entity.label])
    let value = try db.cachedStatement(
      sql: "INSERT INTO value(list, entity, property, value, records, conflict) VALUES (?, ?, ?, ?, ?, ?)")
    for (property, field) in entity.fields {
      for candidate in field.candidates {
        try value.execute(arguments: [
          key.list, key.entity, property, candidate.value, Store.json(candidate.records), field.isConflict,
        ])
      }
    }
  }

  private static func writeStandings(_ db: Database, of records: Set<Int64>, in register: Register) throws {
    var flags: [String: String] = [:]
    for flag in register.flags {
      switch flag {
      case .twoContents(let record): flags[record] = "two_contents"
      case .voidedInCircle(let record): flags[record] = "voided_in_circle"
      }
    }
    for feedSeq in records {
      guard
        let id = try String.fetchOne(db, sql: "SELECT record_id FROM record WHERE feed_seq = ?", arguments: [feedSeq])
      else { continue }
      try db.execute(
        sql: "INSERT OR REPLACE INTO standing(record_id, holds, flag) VALUES (?, ?, ?)",
        arguments: [id, register.holds(id), flags[id]])
    }
  }
}
