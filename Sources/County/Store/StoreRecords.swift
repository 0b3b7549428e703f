// Opened records: each id once, with the feed number under which the county took it.

internal import Foundation
internal import GRDB
internal import Relief
internal import struct Relief.Record

/// A stored line that waits to be opened.
struct PendingLine: Sendable {
  var journal: String
  var seq: UInt64
  var bytes: [UInt8]
  /// Header line of its segment.
  var header: [UInt8]
  /// The device whose journal it is in.
  var device: Device
}

/// A line, opened or not.
struct OpenedLine: Sendable {
  enum Content: Sendable {
    case record(Record, text: [UInt8])
    case parked(ParkCode)
  }

  var journal: String
  var seq: UInt64
  var device: String
  var content: Content
}

/// Why a line cannot be applied. It is kept, and tried again by `refold`.
enum ParkCode: String, Sendable, CaseIterable {
  /// The segment is not sealed to our ingest key, or its seal does not open.
  case cannotOpen = "cannot_open"
  /// What was sealed is no record.
  case notARecord = "not_a_record"
  /// A piece of an attachment, or another content that this version does not read.
  case notRead = "not_read"
  /// A type of record that this version does not know.
  case unknownType = "unknown_type"
  /// The division lies outside the device's scope.
  case outsideScope = "outside_scope"
  /// The author is not the person the device was granted to.
  case notAuthor = "not_author"
  /// The role may not write this type.
  case notAllowed = "not_allowed"
  /// Another content came first under this record id.
  case idTaken = "id_taken"
}

extension Store {
  /// The next lines without an outcome, oldest first; all journals or one.
  func pending(of journal: String? = nil, limit: Int = CountyLimits.openBatch) async throws -> [PendingLine] {
    try await read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT line.journal_id, line.seq, line.bytes, segment.header, journal.device_id
          FROM line
          JOIN segment USING (journal_id, segment_id)
          JOIN journal USING (journal_id)
          LEFT JOIN outcome ON outcome.journal_id = line.journal_id AND outcome.seq = line.seq
          WHERE outcome.seq IS NULL \(journal == nil ? "" : "AND line.journal_id = ?")
          ORDER BY line.received_at, line.rowid LIMIT \(limit)
          """,
        arguments: journal.map { [$0] } ?? [])
      var devices: [String: Device] = [:]
      return try rows.compactMap { row in
        let id: String = row["device_id"]
        if devices[id] == nil { devices[id] = try Self.device(db, id) }
        guard let device = devices[id] else { return nil }
        return PendingLine(
          journal: row["journal_id"], seq: UInt64(row["seq"] as Int64), bytes: [UInt8](row["bytes"] as Data),
          header: [UInt8](row["header"] as Data), device: device)
      }
    }
  }

  /// Writes outcomes and records and folds what they touch, in one transaction; a line that has an outcome by now
  /// (another process was faster) is left alone.
  func apply(_ lines: [OpenedLine]) async throws {
    try await write { db in
      var new: [Int64] = []
      for line in lines {
        let known = try Int.fetchOne(
          db, sql: "SELECT 1 FROM outcome WHERE journal_id = ? AND seq = ?", arguments: [line.journal, Int64(line.seq)])
        guard known == nil else { continue }
        switch line.content {
        case .parked(let code):
          try Self.insertOutcome(db, line, .parked, code: code, record: nil)
        case .record(let record, let text):
          let before = try Data.fetchOne(
            db, sql: "SELECT text FROM record WHERE record_id = ?", arguments: [record.id])
          if let before {
            let same = [UInt8](before) == text
            try Self.insertOutcome(
              db, line, same ? .duplicate : .parked, code: same ? nil : .idTaken, record: record.id)
          } else {
            new.append(try Self.insert(db, record, text: text, line: line))
            try Self.insertOutcome(db, line, .applied, code: nil, record: record.id)
          }
        }
      }
      try RegisterFold.fold(db, added: new)
    }
  }

  /// Deletes the register and folds every record again; parked lines wait to be tried again.
  /// - Returns: the number of records folded.
  func refold() async throws -> Int {
    try await write { db in
      try RegisterFold.clear(db)
      try db.execute(
        sql: "DELETE FROM outcome WHERE state = 'parked' AND code <> ?", arguments: [ParkCode.idTaken.rawValue])
      let all = try Int64.fetchAll(db, sql: "SELECT feed_seq FROM record ORDER BY feed_seq")
      for start in stride(from: 0, to: all.count, by: CountyLimits.appendBatch) {
        let batch = Array(all[start..<min(start + CountyLimits.appendBatch, all.count)])
        for feedSeq in batch { try RegisterFold.index(db, try Self.record(db, feedSeq: feedSeq), feedSeq: feedSeq) }
        try RegisterFold.fold(db, added: batch)
      }
      return all.count
    }
  }

  /// Parked lines, by reason.
  func parked() async throws -> [(code: String, journal: String, seq: UInt64)] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT code, journal_id, seq FROM outcome WHERE state = 'parked' ORDER BY code, journal_id, seq"
      ).map { ($0["code"] ?? "", $0["journal_id"], UInt64($0["seq"] as Int64)) }
    }
  }

  /// Records of one type about one household, oldest first.
  func records(_ type: RecordType, household: String) async throws -> [Record] {
    try await read { db in
      try Data.fetchAll(
        db, sql: "SELECT text FROM record WHERE type = ? AND household = ? ORDER BY feed_seq",
        arguments: [type.rawValue, household]
      ).map { try RegisterFold.decode([UInt8]($0)) }
    }
  }

  /// Records of one type, oldest first.
  func records(_ type: RecordType) async throws -> [Record] {
    try await read { db in
      try Data.fetchAll(db, sql: "SELECT text FROM record WHERE type = ? ORDER BY feed_seq", arguments: [type.rawValue])
        .map { try RegisterFold.decode([UInt8]($0)) }
    }
  }

  // MARK: - inside a transaction

  static func record(_ db: Database, feedSeq: Int64) throws -> Record {
    guard let text = try Data.fetchOne(db, sql: "SELECT text FROM record WHERE feed_seq = ?", arguments: [feedSeq])
    else { throw CountyFault.store(detail: "record \(feedSeq) is not there") }
    return try RegisterFold.decode([UInt8](text))
  }

  private static func insert(_ db: Database, _ record: Record, text: [UInt8], line: OpenedLine) throws -> Int64 {
    let mark = FeedState.mark(of: record.id)
    try db.execute(
      sql: """
        INSERT INTO record(
          record_id, journal_id, seq, device_id, type, household, division, mark_high, mark_low, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.id, line.journal, Int64(line.seq), line.device, record.type.rawValue, record.household, record.division,
        Int64(mark.high), Int64(mark.low), Data(text),
      ])
    let feedSeq = db.lastInsertedRowID
    try RegisterFold.index(db, record, feedSeq: feedSeq)
    return feedSeq
  }

  private static func insertOutcome(
    _ db: Database, _ line: OpenedLine, _ state: Outcome.State, code: ParkCode?, record: String?
  ) throws {
    try db.execute(
      sql: "INSERT INTO outcome(journal_id, seq, state, code, record_id) VALUES (?, ?, ?, ?, ?)",
      arguments: [line.journal, Int64(line.seq), state.rawValue, code?.rawValue, record])
  }
}
