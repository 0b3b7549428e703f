// Every limit of what passes between a laptop and the county, in one table. Reaching one is said by name.

public enum Limits {
  /// Version of the protocol this program speaks, the value of the `Zoufang-Protocol` header.
  public static let protocolVersion = 1

  /// One encoded record. A journal line holds 1 MiB of base64url, which is 768 KiB less its frame; the rest is reserve.
  public static let recordBytes = 700 * 1024
  /// How deep a record's JSON may nest.
  public static let recordDepth = 16
  public static let factsOfRecord = 2_000
  public static let propertiesOfFact = 200
  public static let supersededByRecord = 1_000

  /// Body of one push: what the county accepts at most, and what a laptop starts with. It doubles on success and halves
  /// on a time-out, so that a 64 kbit/s line sends its first batch in 4 s.
  public static let pushBytes = 1024 * 1024
  public static let pushBytesFirst = 32 * 1024
  public static let pushBytesLeast = 4 * 1024
  /// Lines of one push.
  public static let pushLines = 2_000

  /// Records of one page of the feed, and its bytes.
  public static let feedItems = 200
  public static let feedBytes = 2 * 1024 * 1024
  /// Any answer that is not a page of the feed.
  public static let answerBytes = 256 * 1024
  /// A page is one record more than its limit at the worst, and JSON quoting can double it.
  public static let feedAnswerBytes = 8 * 1024 * 1024
  /// Any request body that is not a push.
  public static let requestBytes = 64 * 1024

  /// Seconds: a session's token, a challenge, and a one-time code (72 h).
  public static let sessionSeconds = 15 * 60
  public static let challengeSeconds = 60
  public static let enrolCodeSeconds = 72 * 3600
  /// A clock that is further off than this is wrong, whatever a laptop believes of its own: the county marks the records.
  public static let clockSeconds = 24 * 3600

  /// Readers a segment is sealed to, so that a hostile grant cannot make every header a megabyte.
  public static let readers = 16
  public static let scopes = 200

  /// Devices a laptop knows of, with what the county says of each.
  public static let attestedDevices = 5_000
  /// Lines of one file on a stick: it is closed before the line that would make it longer.
  public static let stickFileBytes = 1024 * 1024
  /// A file of a stick that is read at all: one line may be longer than the limit above.
  public static let stickFileBytesMax = 4 * 1024 * 1024
  /// Journals of one stick, and files of one journal on it.
  public static let stickJournals = 4_000
  public static let stickFiles = 4_000
}
