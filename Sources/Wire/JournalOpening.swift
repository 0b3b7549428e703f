// A new journal of a device, begun because the one before cannot go on.

/// Body of `POST /v1/journals`; the answer is the new journal's `JournalCursor`. Asking again gives the same answer.
public struct JournalOpening: Codable, Equatable, Sendable {
  /// Why the journal before cannot go on. A word the county does not know is refused as malformed.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// The data directory stands on another machine than before.
    case machineChanged = "machine_changed"
    /// The laptop was put back from a backup: the county has more of the journal before than it has.
    case restored
    /// Lines of the journal before were lost, or it was written in two places.
    case damaged
    /// The device enrolled anew.
    case reenrolled
  }

  /// Where the journal before stops counting; the county need not know that journal.
  public struct Continued: Codable, Equatable, Sendable {
    public var journal: String
    /// The last record that counts, 0 for none.
    public var seq: UInt64
    /// Chain of that record, base64url.
    public var chain: String

    public init(journal: String, seq: UInt64, chain: String) {
      self.journal = journal
      self.seq = seq
      self.chain = chain
    }
  }

  public var journal: String
  public var continues: Continued?
  public var reason: Reason

  public init(journal: String, continues: Continued? = nil, reason: Reason) {
    self.journal = journal
    self.continues = continues
    self.reason = reason
  }
}
