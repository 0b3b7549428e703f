// JournalLimits — every limit of the room in one table.

/// The named limits of journals, lines and vaults.
public enum JournalLimits {
  /// Characters of a line's payload (base64url).
  public static let payloadCharactersMax = 1_048_576
  /// Bytes of a whole line: 77 bytes of frame around the payload.
  public static let lineBytesMax = payloadCharactersMax + JournalLine.overhead
  /// Bytes of one record's content (the inner JSON, or one piece of an attachment): what the largest bucket holds.
  public static let contentBytesMax = Padding.largest - 4
  /// Raw bytes of one piece of an attachment.
  public static let blobPieceBytesMax = 524_288
  /// A segment is closed and a new one begun when it has grown to this many bytes.
  public static let segmentBytes = 4_194_304
  /// Largest segment file that is read at all (a carried-over segment may exceed `segmentBytes`).
  public static let segmentBytesMax = 1_073_741_824
  /// Records are opened so many bytes at a time.
  static let partBytes = 1_048_576
  /// Space reserved on the disk ahead of the last line.
  public static let reservationBytes = 262_144
  /// Part of the reservation that `reserve` never promises: the last record of a full disk fits here.
  public static let emergencyBytes = 65_536
  /// The largest number of a record, of a segment: ten digits.
  public static let recordsMax: UInt64 = 9_999_999_999
  /// Ranges of lost numbers that a header names for one journal id; the last one then reaches over the gaps behind it.
  public static let lostRangesMax = 64
  /// Journal ids of which a header names losses.
  public static let lossesMax = 16
  /// Readers that one segment's key may be wrapped for.
  public static let readersMax = 64
  /// scrypt cost, log2 of N: what new vaults may have, and the largest that is read (a hostile file must not eat memory).
  public static let scryptLog2NMin = 15
  public static let scryptLog2NDefault = 17
  public static let scryptLog2NReadMax = 20
  /// Bytes of a vault file that are read.
  public static let vaultFileBytesMax = 4_194_304
}
