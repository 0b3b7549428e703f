// JournalReport — what is known about the segments of a directory: the verdict of each, in values that `verify` prints and the
// program says in words.

/// What one segment is.
public enum SegmentVerdict: String, Sendable, Codable, CaseIterable {
  /// Every byte that counts is right.
  case clean
  /// Clean, with whole records after the watermark: durable, never acknowledged; they are kept.
  case unacknowledged
  /// Bytes of an append that was never acknowledged stand at the end. Nothing acknowledged is touched.
  case torn
  /// Damage behind the watermark with whole lines after it. Nothing acknowledged is touched.
  case damagedTail
  /// Acknowledged bytes are wrong. `lost` says which records cannot be read as lines.
  case damaged
  /// Acknowledged bytes are not there.
  case missing
  /// The watermark itself cannot be read: what was acknowledged is not known exactly.
  case uncertain
  /// Damage that a later segment has already answered, or bytes of an abandoned try.
  case setAside
  /// Written by a later version.
  case newer
}

/// One segment of a directory.
public struct SegmentReport: Equatable, Sendable, Codable {
  /// File name within the directory.
  public var file: String
  public var journalID: String?
  public var segmentNumber: Int?
  public var verdict: SegmentVerdict
  /// Bytes in the file.
  public var bytes: Int
  /// Records that count.
  public var records: Int
  public var firstSeq: UInt64?
  public var lastSeq: UInt64?
  /// Good copies of the header, of two.
  public var headerCopies: Int
  /// Offset of the first byte that is not right.
  public var firstBadOffset: Int?
  /// Numbers of acknowledged records whose lines are not whole.
  public var lost: [UInt64]
}

/// A whole directory.
public struct JournalReport: Equatable, Sendable, Codable {
  public var segments: [SegmentReport]
  /// Readable slots of HEAD, of two; nil where there is no HEAD file.
  public var headSlots: Int?
  /// A slot of HEAD that must be readable is not.
  public var headDamaged: Bool
  /// The watermark says an acknowledged record that is nowhere.
  public var acknowledgedMissing: Bool
  /// Records found whole behind the watermark and kept.
  public var kept: [UInt64]
  /// Acknowledged records that were damaged and could still be read: they stand again in the present journal.
  public var salvaged: Int
  /// Acknowledged records that nothing could read.
  public var lost: [UInt64]
  /// What this directory lost at any time before, as the headers say; lost for good, and answered by a new journal id.
  public var losses: [JournalLoss]
  /// What of it no person has confirmed to know (``Journal/confirmLosses()``).
  public var lossesUnseen: [JournalLoss]
  /// A segment that these keys do not open (another vault's).
  public var closedSegments: Int

  public init() {
    segments = []
    headDamaged = false
    acknowledgedMissing = false
    kept = []
    salvaged = 0
    lost = []
    losses = []
    lossesUnseen = []
    closedSegments = 0
  }

  /// Nothing is wrong with what is there, or only with bytes that were never acknowledged. Old losses do not count.
  public var isClean: Bool {
    !acknowledgedMissing && !headDamaged && lost.isEmpty && salvaged == 0
      && segments.allSatisfy { [.clean, .unacknowledged, .torn, .setAside].contains($0.verdict) }
  }
}
