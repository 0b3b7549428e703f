// The tables. docs/county.md explains each; the invariants named there are what the keys and checks below hold.

internal import GRDB
internal import Relief

enum StoreSchema {
  /// `PRAGMA user_version` of a file this program writes.
  static let version = 8

  static func upgrade(_ db: Database, from version: Int) throws {
    if version < 1 { try db.execute(sql: first) }
    if version < 2 {
      try db.execute(sql: second)
      for feedSeq in try Int64.fetchAll(db, sql: "SELECT feed_seq FROM record") {
        // One that cannot be read says nothing; `refold` sets it aside.
        if let record = try? Store.record(db, feedSeq: feedSeq) { _ = try StoreReach.place(db, record) }
      }
    }
    if version < 3 {
      try db.execute(sql: third)
      for row in try Row.fetchAll(
        db, sql: "SELECT feed_seq, received_at FROM record JOIN line USING (journal_id, seq)")
      {
        guard let record = try? Store.record(db, feedSeq: row["feed_seq"]) else { continue }
        if !RecordClock.isBelieved(record, receivedAt: row["received_at"], clockAhead: nil) {
          try db.execute(sql: "UPDATE record SET clock_ok = 0 WHERE feed_seq = ?", arguments: [row["feed_seq"] as Int64])
        }
      }
    }
    if version < 4 { try db.execute(sql: fourth) }
    if version < 5 { try db.execute(sql: PageSchema.tables) }
    if version < 7 { try db.execute(sql: "ALTER TABLE listed_batch ADD COLUMN sheet TEXT NOT NULL DEFAULT ''") }
    if version < 8 { try db.execute(sql: eighth) }
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
  }

  private static let first = """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    -- People's devices and the county's own. Keys are raw bytes; scopes and households are JSON lists.
    CREATE TABLE device (
      device_id TEXT PRIMARY KEY,
      person TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
      scopes TEXT NOT NULL, households TEXT,
      sign_key BLOB NOT NULL UNIQUE, box_key BLOB NOT NULL,
      enrolled_at INTEGER NOT NULL, revoked_at INTEGER,
      grant_json BLOB
    ) WITHOUT ROWID;

    -- One-time codes: the hash of the code, never the code.
    CREATE TABLE code (
      slip TEXT PRIMARY KEY, hash BLOB NOT NULL,
      person TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
      scopes TEXT NOT NULL, households TEXT,
      made_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
      tries INTEGER NOT NULL DEFAULT 0, used_by TEXT REFERENCES device(device_id)
    ) WITHOUT ROWID;

    -- Where we stand in each journal: behind record next_seq - 1, whose chain this is, in this segment.
    CREATE TABLE journal (
      journal_id TEXT PRIMARY KEY,
      device_id TEXT NOT NULL REFERENCES device(device_id),
      next_seq INTEGER NOT NULL CHECK (next_seq >= 1),
      chain BLOB NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'forked', 'revoked')),
      continues TEXT, reason TEXT,
      opened_at INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- Record lines as they came, byte for byte. Never updated, never deleted.
    CREATE TABLE line (
      journal_id TEXT NOT NULL REFERENCES journal(journal_id),
      seq INTEGER NOT NULL,
      segment_id TEXT NOT NULL,
      chain BLOB NOT NULL,
      bytes BLOB NOT NULL,
      received_at INTEGER NOT NULL,
      PRIMARY KEY (journal_id, seq)
    );

    -- Header, checkpoint and end lines: those that stand before record `seq`, in their order.
    CREATE TABLE frame (
      journal_id TEXT NOT NULL REFERENCES journal(journal_id),
      seq INTEGER NOT NULL, ordinal INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (journal_id, seq, ordinal)
    );

    -- The header line of each segment.
    CREATE TABLE segment (
      journal_id TEXT NOT NULL REFERENCES journal(journal_id),
      segment_id TEXT NOT NULL, first_seq INTEGER NOT NULL,
      header BLOB NOT NULL,
      PRIMARY KEY (journal_id, segment_id)
    ) WITHOUT ROWID;

    CREATE TABLE receipt (
      receipt_id INTEGER PRIMARY KEY AUTOINCREMENT,
      journal_id TEXT NOT NULL REFERENCES journal(journal_id),
      through_seq INTEGER NOT NULL, chain BLOB NOT NULL,
      checkpoint TEXT NOT NULL, received_at INTEGER NOT NULL
    );
    CREATE INDEX receipt_of_journal ON receipt (journal_id, through_seq);

    -- Lines that differ from the stored ones, and the checkpoint that the device signed for them.
    CREATE TABLE fork_branch (
      branch_id INTEGER PRIMARY KEY AUTOINCREMENT,
      journal_id TEXT NOT NULL REFERENCES journal(journal_id),
      from_seq INTEGER NOT NULL, digest BLOB NOT NULL,
      checkpoint TEXT NOT NULL, stored_checkpoint TEXT,
      bytes BLOB NOT NULL, received_at INTEGER NOT NULL,
      UNIQUE (journal_id, digest)
    );

    -- What became of each stored line. A line without a row here waits to be opened.
    CREATE TABLE outcome (
      journal_id TEXT NOT NULL, seq INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('applied', 'duplicate', 'parked')),
      code TEXT, record_id TEXT,
      PRIMARY KEY (journal_id, seq),
      FOREIGN KEY (journal_id, seq) REFERENCES line(journal_id, seq)
    ) WITHOUT ROWID;

    -- Opened records, each id once. feed_seq is the order in which the county took them, for the feed and for display.
    CREATE TABLE record (
      feed_seq INTEGER PRIMARY KEY AUTOINCREMENT,
      record_id TEXT NOT NULL UNIQUE,
      journal_id TEXT NOT NULL, seq INTEGER NOT NULL,
      device_id TEXT NOT NULL,
      type TEXT NOT NULL, household TEXT, division TEXT NOT NULL,
      mark_high INTEGER NOT NULL, mark_low INTEGER NOT NULL,
      text BLOB NOT NULL,
      FOREIGN KEY (journal_id, seq) REFERENCES line(journal_id, seq)
    );
    CREATE INDEX record_by_division ON record (division, feed_seq);

    -- The register, from here down: deleted and folded again by `zoufangd refold`.

    -- Which records speak of an entity, and which supersede a record: what must be folded together.
    CREATE TABLE spoken (
      list TEXT NOT NULL, entity TEXT NOT NULL, feed_seq INTEGER NOT NULL REFERENCES record(feed_seq),
      PRIMARY KEY (list, entity, feed_seq)
    ) WITHOUT ROWID;
    CREATE INDEX spoken_by_record ON spoken (feed_seq);
    CREATE TABLE superseding (
      target TEXT NOT NULL, feed_seq INTEGER NOT NULL REFERENCES record(feed_seq),
      PRIMARY KEY (target, feed_seq)
    ) WITHOUT ROWID;
    CREATE INDEX superseding_by_record ON superseding (feed_seq);

    -- The fold's result: every entity, and every value that is left of each property with the records that state
    -- it. Two values of one property are a conflict.
    CREATE TABLE entity (
      list TEXT NOT NULL, entity TEXT NOT NULL, label TEXT,
      PRIMARY KEY (list, entity)
    ) WITHOUT ROWID;
    CREATE TABLE value (
      list TEXT NOT NULL, entity TEXT NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL,
      records TEXT NOT NULL, conflict INTEGER NOT NULL,
      PRIMARY KEY (list, entity, property, value)
    ) WITHOUT ROWID;
    CREATE INDEX value_by_value ON value (list, property, value);
    -- Whether a record still states what it says; flag where the fold kept something that should not have come about.
    CREATE TABLE standing (
      record_id TEXT PRIMARY KEY, holds INTEGER NOT NULL, flag TEXT
    ) WITHOUT ROWID;

    -- For a person at the sqlite3 prompt and for lists; a conflicting property shows no value here.
    CREATE VIEW household AS
      SELECT entity AS household, max(CASE property WHEN 'division' THEN value END) AS division,
        max(CASE property WHEN 'head_name' THEN value END) AS head_name,
        max(CASE property WHEN 'category' THEN value END) AS category,
        max(conflict) AS conflicts
      FROM value WHERE list = 'household' GROUP BY entity;
    CREATE VIEW person AS
      SELECT entity AS person, max(CASE property WHEN 'household' THEN value END) AS household,
        max(CASE property WHEN 'name' THEN value END) AS name,
        max(CASE property WHEN 'relation' THEN value END) AS relation,
        max(CASE property WHEN 'membership' THEN value END) AS membership,
        max(conflict) AS conflicts
      FROM value WHERE list = 'person' GROUP BY entity;
    CREATE VIEW visit AS
      SELECT entity AS visit, max(CASE property WHEN 'household' THEN value END) AS household,
        max(CASE property WHEN 'date' THEN value END) AS date,
        max(CASE property WHEN 'result' THEN value END) AS result,
        max(CASE property WHEN 'urgency' THEN value END) AS urgency
      FROM value WHERE list = 'visit' GROUP BY entity;
    CREATE VIEW sweep AS
      SELECT entity AS sweep, max(CASE property WHEN 'household' THEN value END) AS household,
        max(CASE property WHEN 'from' THEN value END) AS first_day,
        max(CASE property WHEN 'to' THEN value END) AS last_day,
        max(CASE property WHEN 'reason' THEN value END) AS reason
      FROM value WHERE list = 'sweep' GROUP BY entity;
    """

  private static let second = """
    -- Where entities stand: division and household of every applied record that speaks of one. A record is judged by it
    -- before it is applied. Part of the register: deleted and made again by `zoufangd refold`.
    CREATE TABLE place (
      list TEXT NOT NULL, entity TEXT NOT NULL, division TEXT NOT NULL, household TEXT NOT NULL,
      PRIMARY KEY (list, entity, division, household)
    ) WITHOUT ROWID;

    -- What a parked line waits for; when it comes, the line is judged again.
    CREATE TABLE waiting (
      kind TEXT NOT NULL CHECK (kind IN ('record', 'seen', 'place')), list TEXT NOT NULL, target TEXT NOT NULL,
      journal_id TEXT NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (kind, list, target, journal_id, seq)
    ) WITHOUT ROWID;
    CREATE INDEX waiting_of_line ON waiting (journal_id, seq);
    """

  private static let third = """
    -- How far the device's clock was ahead of ours when it pushed, seconds; NULL where it did not say.
    ALTER TABLE receipt ADD COLUMN clock_ahead INTEGER;
    -- 0: the time that the record carries is not to be believed, by its own word or by ours.
    ALTER TABLE record ADD COLUMN clock_ok INTEGER NOT NULL DEFAULT 1;

    -- What may be waited for is the program's to say: the list of kinds is gone from the table.
    CREATE TABLE waiting_next (
      kind TEXT NOT NULL, list TEXT NOT NULL, target TEXT NOT NULL,
      journal_id TEXT NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (kind, list, target, journal_id, seq)
    ) WITHOUT ROWID;
    INSERT INTO waiting_next SELECT kind, list, target, journal_id, seq FROM waiting;
    DROP TABLE waiting;
    ALTER TABLE waiting_next RENAME TO waiting;
    CREATE INDEX waiting_of_line ON waiting (journal_id, seq);
    """

  private static let fourth = """
    -- Departments' lists. `taken` 0: an import that is at work, or was broken off.
    CREATE TABLE listed_batch (
      number INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT NOT NULL UNIQUE,
      profile TEXT NOT NULL, department TEXT NOT NULL, kind TEXT NOT NULL,
      file TEXT NOT NULL, hash TEXT NOT NULL, as_of TEXT NOT NULL,
      rows INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
      taken INTEGER NOT NULL CHECK (taken IN (0, 1))
    );
    CREATE INDEX listed_batch_by_hash ON listed_batch (hash);
    CREATE TABLE listed_row (
      number INTEGER NOT NULL REFERENCES listed_batch(number), line INTEGER NOT NULL,
      id_number TEXT NOT NULL, name TEXT NOT NULL, birth TEXT NOT NULL, village TEXT NOT NULL,
      said TEXT NOT NULL, evidence TEXT NOT NULL,
      PRIMARY KEY (number, line)
    ) WITHOUT ROWID;
    CREATE TABLE listed_reject (
      number INTEGER NOT NULL REFERENCES listed_batch(number), line INTEGER NOT NULL, title TEXT NOT NULL, reason TEXT NOT NULL
    );
    CREATE INDEX listed_reject_of_batch ON listed_reject (number);

    -- The records of a household, for a comparison.
    CREATE INDEX record_by_household ON record (household);
    """
  private static let eighth = """
    -- What a list's profile says of all its rows.
    ALTER TABLE listed_batch ADD COLUMN of_household INTEGER NOT NULL DEFAULT 0 CHECK (of_household IN (0, 1));
    ALTER TABLE listed_batch ADD COLUMN default_date TEXT NOT NULL DEFAULT '';
    UPDATE listed_batch SET kind = 'assistance' WHERE profile LIKE '%/assistance';
    """
}
