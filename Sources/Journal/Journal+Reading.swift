// What an open journal gives back: records opened, or their lines as they stand for the county.

extension Journal {
  /// All records that count, in order.
  public func records() throws(JournalFault) -> [JournalRecord] { try contents().records }

  /// All records that count, with what could not be opened.
  public func contents(after place: JournalPlace? = nil) throws(JournalFault) -> JournalContents {
    guard lock != nil else { throw .closed }
    return try index.contents(keys: keys, after: place)
  }

  /// All records that count, part by part: for who must not hold a whole journal. `make` is called on several threads,
  /// for parts far ahead too; `take` gets what it made here, in order.
  public func eachPart<Made: Sendable>(
    after mark: JournalMark? = nil, make: @escaping @Sendable ([JournalRecord]) -> Made, take: (Made) -> Void
  ) throws(JournalFault) {
    guard lock != nil else { throw .closed }
    try index.eachPart(keys: keys, after: mark.map { .seen($0.seen) } ?? .beginning) { make($0.records) } take: { take($0) }
  }

  /// The place behind the last record. Every line before it was hashed when the journal was opened, or written since.
  public var mark: JournalMark { JournalMark(index.extents) }

  /// Whether a mark is a place in this journal.
  public func holds(_ mark: JournalMark) -> Bool { index.holds(mark) }

  /// One record by its place, read from the disk alone; nil where there is none that these keys open.
  public func content(at place: JournalPlace) throws(JournalFault) -> [UInt8]? {
    guard lock != nil else { throw .closed }
    return try index.content(at: place, keys: keys)
  }

  /// Lines of one journal id from record `from` on, as many whole ones as fit `bytesMax` but at least one record; nil where
  /// there is no such record yet.
  public func rawLines(journalID: String, from seq: UInt64, bytesMax: Int) throws(JournalFault) -> RawLines? {
    guard lock != nil else { throw .closed }
    return try index.rawLines(journalID: journalID, from: seq, bytesMax: bytesMax)
  }

  /// A signed statement about the last of these lines.
  public func checkpoint(for lines: RawLines) throws(JournalFault) -> Checkpoint {
    do { return try Checkpoint(lines, signedBy: keys.signing) } catch { throw .unavailable }
  }
}
