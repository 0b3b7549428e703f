// Raw lines: taking them in, and where each journal stands.
//
// One commit holds the lines, the frames before them, the advanced cursor and the receipt. What was answered is stored;
// what was not answered is either whole here or not at all. A stored line is never changed: a push that says
// otherwise is kept as a branch and the journal is marked forked.

internal import Foundation
internal import GRDB
internal import Journal

/// Where the county stands in a journal.
struct JournalStand: Equatable, Sendable {
  enum State: String, Sendable { case open, forked, revoked }

  var id: String
  var device: String
  var nextSeq: UInt64
  /// Of record `nextSeq - 1`; empty before the first.
  var chain: [UInt8]
  var state: State
}

/// What became of a stored line.
struct Outcome: Equatable, Sendable {
  enum State: String, Sendable { case applied, duplicate, parked }

  var seq: UInt64
  var state: State
  var code: String?
}

extension Store {
  func stand(of journal: String) async throws -> JournalStand? {
    try await read { db in try Self.stand(db, journal) }
  }

  /// Takes a push in, or says why not. All of it happens in one transaction.
  func take(_ push: Push, at seconds: Int64) async throws -> PushOutcome {
    try await write { db in
      let stand = try Self.stand(db, push.journal)
      if let stand, stand.device != push.device.id { return .notYours }
      if let stand, stand.state == .forked { return .fork(next: stand.nextSeq, chain: stand.chain) }
      if stand?.state == .revoked { return .notYours }
      let next = stand?.nextSeq ?? 1
      guard push.from <= next else { return .gap(next: next, chain: stand?.chain ?? []) }

      var intake = Intake(push: push, nextSeq: next)
      if push.from > 1 {
        guard let base = try Self.base(db, push.journal, behind: push.from - 1) else {
          return .gap(next: next, chain: stand?.chain ?? [])
        }
        guard intake.resume(behind: base.chain, header: base.header) else { return .badLine(seq: push.from) }
      }
      let judged = intake.judge { seq in try Self.line(db, push.journal, seq) }
      switch judged {
      case .success(let accepted):
        return try Self.keep(db, accepted, of: push, stand: stand, at: seconds)
      case .failure(.branch):
        try Self.keepBranch(db, push, at: seconds)
        return .fork(next: next, chain: stand?.chain ?? [])
      case .failure(.line(let seq)): return .badLine(seq: seq)
      case .failure(.checkpoint): return .badCheckpoint
      case .failure(.store(let detail)): throw CountyFault.store(detail: detail)
      }
    }
  }

  func outcomes(of journal: String, _ seqs: ClosedRange<UInt64>) async throws -> [Outcome] {
    try await read { db in
      try Row.fetchAll(
        db, sql: "SELECT seq, state, code FROM outcome WHERE journal_id = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        arguments: [journal, Int64(seqs.lowerBound), Int64(seqs.upperBound)]
      ).map { row in
        Outcome(
          seq: UInt64(row["seq"] as Int64), state: Outcome.State(rawValue: row["state"]) ?? .parked, code: row["code"])
      }
    }
  }

  /// A new journal of a device, before its first line; also says what it continues.
  func open(journal: String, of device: String, continues: String?, reason: String?, at seconds: Int64) async throws
    -> JournalStand?
  {
    try await write { db in
      if let stand = try Self.stand(db, journal) { return stand.device == device ? stand : nil }
      try Self.insertJournal(db, journal, device: device, continues: continues, reason: reason, at: seconds)
      return try Self.stand(db, journal)
    }
  }

  // MARK: - inside a transaction

  private static func stand(_ db: Database, _ journal: String) throws -> JournalStand? {
    try Row.fetchOne(db, sql: "SELECT * FROM journal WHERE journal_id = ?", arguments: [journal]).map { row in
      JournalStand(
        id: row["journal_id"], device: row["device_id"], nextSeq: UInt64(row["next_seq"] as Int64),
        chain: [UInt8](row["chain"] as Data), state: .init(rawValue: row["state"]) ?? .revoked)
    }
  }

  private static func insertJournal(
    _ db: Database, _ journal: String, device: String, continues: String?, reason: String?, at seconds: Int64
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO journal(journal_id, device_id, next_seq, chain, state, continues, reason, opened_at)
        VALUES (?, ?, 1, x'', 'open', ?, ?, ?)
        """,
      arguments: [journal, device, continues, reason, seconds])
  }

  private static func line(_ db: Database, _ journal: String, _ seq: UInt64) throws -> [UInt8]? {
    try Data.fetchOne(
      db, sql: "SELECT bytes FROM line WHERE journal_id = ? AND seq = ?", arguments: [journal, Int64(seq)]
    ).map { [UInt8]($0) }
  }

  /// Chain of a stored record and the header of its segment.
  private static func base(
    _ db: Database, _ journal: String, behind seq: UInt64
  ) throws -> (chain: [UInt8], header: [UInt8])? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT line.chain, segment.header FROM line JOIN segment USING (journal_id, segment_id)
        WHERE line.journal_id = ? AND line.seq = ?
        """,
      arguments: [journal, Int64(seq)]
    ).map { ([UInt8]($0["chain"] as Data), [UInt8]($0["header"] as Data)) }
  }

  private static func keep(
    _ db: Database, _ accepted: AcceptedPush, of push: Push, stand: JournalStand?, at seconds: Int64
  ) throws -> PushOutcome {
    if stand == nil {
      try insertJournal(
        db, push.journal, device: push.device.id, continues: accepted.continues, reason: nil, at: seconds)
    }
    for segment in accepted.segments {
      try db.execute(
        sql: "INSERT OR IGNORE INTO segment(journal_id, segment_id, first_seq, header) VALUES (?, ?, ?, ?)",
        arguments: [push.journal, segment.id, Int64(segment.firstSeq), Data(segment.header)])
    }
    for line in accepted.lines {
      for (ordinal, frame) in line.framesBefore.enumerated() {
        try db.execute(
          sql: "INSERT INTO frame(journal_id, seq, ordinal, bytes) VALUES (?, ?, ?, ?)",
          arguments: [push.journal, Int64(line.seq), ordinal, Data(frame)])
      }
      try db.execute(
        sql: "INSERT INTO line(journal_id, seq, segment_id, chain, bytes, received_at) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [push.journal, Int64(line.seq), line.segment, Data(line.chain), Data(line.bytes), seconds])
    }
    guard let last = accepted.lines.last else {
      let receipt = try Int64.fetchOne(
        db, sql: "SELECT max(receipt_id) FROM receipt WHERE journal_id = ?", arguments: [push.journal])
      return .accepted(
        through: (stand?.nextSeq ?? 1) - 1, chain: stand?.chain ?? [], receipt: receipt ?? 0, first: push.from,
        newFrom: stand?.nextSeq ?? 1)
    }
    try db.execute(
      sql: "UPDATE journal SET next_seq = ?, chain = ? WHERE journal_id = ?",
      arguments: [Int64(last.seq + 1), Data(last.chain), push.journal])
    try db.execute(
      sql: """
        INSERT INTO receipt(journal_id, through_seq, chain, checkpoint, received_at, clock_ahead) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [push.journal, Int64(last.seq), Data(last.chain), push.checkpoint.text, seconds, push.clockAhead])
    return .accepted(
      through: last.seq, chain: last.chain, receipt: db.lastInsertedRowID, first: push.from,
      newFrom: stand?.nextSeq ?? 1)
  }

  private static func keepBranch(_ db: Database, _ push: Push, at seconds: Int64) throws {
    let kept =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM fork_branch WHERE journal_id = ?", arguments: [push.journal]) ?? 0
    if kept < CountyLimits.forkBranches {
      let stored = try String.fetchOne(
        db, sql: "SELECT checkpoint FROM receipt WHERE journal_id = ? AND through_seq >= ? ORDER BY receipt_id LIMIT 1",
        arguments: [push.journal, Int64(push.from)])
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO fork_branch(
            journal_id, from_seq, digest, checkpoint, stored_checkpoint, bytes, received_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          push.journal, Int64(push.from), Data(Digest.sha256(push.body)), push.checkpoint.text, stored,
          Data(push.body), seconds,
        ])
    }
    try db.execute(sql: "UPDATE journal SET state = 'forked' WHERE journal_id = ?", arguments: [push.journal])
  }
}
