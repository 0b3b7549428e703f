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
  /// The division, an entity it speaks of, or a record it acts on lies outside the device's reach.
  case outsideScope = "outside_scope"
  /// The author is not the person the device was granted to.
  case notAuthor = "not_author"
  /// The role may not write this type, or not take back or amend that record.
  case notAllowed = "not_allowed"
  /// The record that it takes back, amends or reviews, or an entity of the county's lists that it speaks of, has not come
  /// yet. Judged again when it does.
  case waits
  /// Another content came first under this record id.
  case idTaken = "id_taken"
  /// The store said no to it, and to it alone.
  case cannotApply = "cannot_apply"
}

/// What applying some lines did.
struct Applied: Sendable {
  struct Parked: Equatable, Sendable {
    var journal: String
    var seq: UInt64
    var code: ParkCode
  }

  var parked: [Parked] = []
  /// Lines that had been parked wait to be judged again.
  var freed = false
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

  /// Judges the lines, writes outcomes and records and folds what they touch, in one transaction; a line that has an
  /// outcome by now (another process was faster) is left alone.
  @discardableResult
  func apply(_ lines: [OpenedLine]) async throws -> Applied {
    try await write { [county] db in
      var applied = Applied()
      var new: [Int64] = []
      for line in lines {
        let known = try Int.fetchOne(
          db, sql: "SELECT 1 FROM outcome WHERE journal_id = ? AND seq = ?", arguments: [line.journal, Int64(line.seq)])
        guard known == nil else { continue }
        func park(_ code: ParkCode, record: String? = nil) throws {
          try Self.insertOutcome(db, line, .parked, code: code, record: record)
          applied.parked.append(.init(journal: line.journal, seq: line.seq, code: code))
        }
        guard case .record(let record, let text) = line.content else {
          if case .parked(let code) = line.content { try park(code) }
          continue
        }
        if let before = try Data.fetchOne(
          db, sql: "SELECT text FROM record WHERE record_id = ?", arguments: [record.id])
        {
          if [UInt8](before) == text {
            try Self.insertOutcome(db, line, .duplicate, code: nil, record: record.id)
          } else {
            try park(.idTaken, record: record.id)
          }
          continue
        }
        guard let device = try Self.device(db, line.device) else { continue }
        if let objection = try StoreReach.objection(db, to: record, from: device, county: county) {
          try park(objection.code)
          try StoreReach.wait(db, line, for: objection.awaited)
          continue
        }
        new.append(try Self.insert(db, record, text: text, line: line))
        try Self.insertOutcome(db, line, .applied, code: nil, record: record.id)
        let places = try StoreReach.place(db, record)
        if try StoreReach.free(db, after: record, places) { applied.freed = true }
      }
      try RegisterFold.fold(db, added: new)
      return applied
    }
  }

  /// Whether an error is about what was written, not about the disk or another process: then the line at fault can be
  /// found and set aside, and everything else goes on.
  static func isTheLinesFault(_ error: any Error) -> Bool {
    switch error {
    case let error as DatabaseError:
      [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_RANGE, .SQLITE_ERROR].contains(error.resultCode)
    case CountyFault.store: true
    default: false
    }
  }

  /// Deletes the register and folds every record again; parked lines wait to be tried again. A record that cannot be read
  /// or folded is parked and stands in nobody's way.
  /// - Returns: the number of records folded.
  func refold() async throws -> Int {
    try await write { db in
      try RegisterFold.clear(db)
      try db.execute(sql: "DELETE FROM waiting")
      try db.execute(
        sql: "DELETE FROM outcome WHERE state = 'parked' AND code <> ?", arguments: [ParkCode.idTaken.rawValue])
      var all: [Int64] = []
      for feedSeq in try Int64.fetchAll(db, sql: "SELECT feed_seq FROM record ORDER BY feed_seq") {
        if (try? Self.record(db, feedSeq: feedSeq)) != nil {
          all.append(feedSeq)
        } else {
          // Its line is opened again, and parked if it is no record there either.
          try Self.withdraw(db, feedSeq: feedSeq, code: nil)
        }
      }
      var folded = 0
      for start in stride(from: 0, to: all.count, by: CountyLimits.appendBatch) {
        let batch = Array(all[start..<min(start + CountyLimits.appendBatch, all.count)])
        if try Self.refold(db, batch) {
          folded += batch.count
          continue
        }
        for feedSeq in batch {
          if try Self.refold(db, [feedSeq]) {
            folded += 1
          } else {
            try Self.withdraw(db, feedSeq: feedSeq, code: .cannotApply)
          }
        }
      }
      return folded
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

  /// Records of one type that a device brought, whatever they say of themselves; oldest first.
  func records(_ type: RecordType, of device: String) async throws -> [Record] {
    try await read { db in
      try Data.fetchAll(
        db, sql: "SELECT text FROM record WHERE type = ? AND device_id = ? ORDER BY feed_seq",
        arguments: [type.rawValue, device]
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

  /// A record by its id, with its submission.
  func record(id: String) async throws -> Record? {
    try await read { db in
      try Data.fetchOne(db, sql: "SELECT text FROM record WHERE record_id = ?", arguments: [id])
        .map { try RegisterFold.decode([UInt8]($0)) }
    }
  }

  /// Every record about one of these households, oldest first.
  func records(households: [String]) async throws -> [Record] {
    try await read { db in
      let marks = households.map { _ in "?" }.joined(separator: ", ")
      return try Data.fetchAll(
        db, sql: "SELECT text FROM record WHERE household IN (\(marks)) ORDER BY feed_seq", arguments: StatementArguments(households)
      ).map { try RegisterFold.decode([UInt8]($0)) }
    }
  }

  // MARK: - inside a transaction

  static func record(_ db: Database, feedSeq: Int64) throws -> Record {
    guard let text = try Data.fetchOne(db, sql: "SELECT text FROM record WHERE feed_seq = ?", arguments: [feedSeq])
    else { throw CountyFault.store(detail: "record \(feedSeq) is not there") }
    return try RegisterFold.decode([UInt8](text))
  }

  /// Indexes and folds some records; false when that failed through their fault, and nothing of it is kept.
  private static func refold(_ db: Database, _ batch: [Int64]) throws -> Bool {
    do {
      try db.inSavepoint {
        for feedSeq in batch {
          let record = try Self.record(db, feedSeq: feedSeq)
          try RegisterFold.index(db, record, feedSeq: feedSeq)
          _ = try StoreReach.place(db, record)
        }
        try RegisterFold.fold(db, added: batch)
        return .commit
      }
      return true
    } catch where isTheLinesFault(error) {
      return false
    }
  }

  /// Takes an applied record out again. Its line is parked, or without a code waits to be opened.
  private static func withdraw(_ db: Database, feedSeq: Int64, code: ParkCode?) throws {
    let line = "(journal_id, seq) = (SELECT journal_id, seq FROM record WHERE feed_seq = ?)"
    if let code {
      try db.execute(
        sql: "UPDATE outcome SET state = 'parked', code = ?, record_id = NULL WHERE \(line)",
        arguments: [code.rawValue, feedSeq])
    } else {
      try db.execute(sql: "DELETE FROM outcome WHERE \(line)", arguments: [feedSeq])
    }
    try db.execute(sql: "DELETE FROM record WHERE feed_seq = ?", arguments: [feedSeq])
  }

  private static func insert(_ db: Database, _ record: Record, text: [UInt8], line: OpenedLine) throws -> Int64 {
    let mark = FeedState.mark(of: record.id)
    try db.execute(
      sql: """
        INSERT INTO record(
          record_id, journal_id, seq, device_id, type, household, division, mark_high, mark_low, text, clock_ok)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        record.id, line.journal, Int64(line.seq), line.device, record.type.rawValue, record.household, record.division,
        Int64(mark.high), Int64(mark.low), Data(text), try isClockBelieved(db, record, line),
      ])
    let feedSeq = db.lastInsertedRowID
    try RegisterFold.index(db, record, feedSeq: feedSeq)
    return feedSeq
  }

  private static func isClockBelieved(_ db: Database, _ record: Record, _ line: OpenedLine) throws -> Bool {
    let find = try db.cachedStatement(
      sql: """
        SELECT received_at, (
          SELECT clock_ahead FROM receipt
          WHERE receipt.journal_id = line.journal_id AND through_seq >= line.seq ORDER BY through_seq LIMIT 1
        ) AS clock_ahead FROM line WHERE journal_id = ? AND seq = ?
        """)
    guard let row = try Row.fetchOne(find, arguments: [line.journal, Int64(line.seq)]) else { return false }
    return RecordClock.isBelieved(record, receivedAt: row["received_at"], clockAhead: row["clock_ahead"])
  }

  private static func insertOutcome(
    _ db: Database, _ line: OpenedLine, _ state: Outcome.State, code: ParkCode?, record: String?
  ) throws {
    try db.execute(
      sql: "INSERT INTO outcome(journal_id, seq, state, code, record_id) VALUES (?, ?, ?, ?, ?)",
      arguments: [line.journal, Int64(line.seq), state.rawValue, code?.rawValue, record])
  }
}
