// What a sync says while it runs, at its end, and when it cannot go on.

public import Laptop
public import Wire

/// A step a person may be shown.
public enum SyncProgress: Equatable, Sendable {
  case connecting
  /// Records of this laptop that the county has, of all there are: 已传 118/240.
  case pushing(done: UInt64, of: UInt64)
  /// Records received so far.
  case pulling(received: Int)
  /// The county is busy (429, 503); the sync goes on by itself after so many seconds.
  case waiting(seconds: Int)
}

/// What a sync did.
public struct SyncReport: Equatable, Sendable {
  /// Records newly confirmed by the county.
  public var confirmed: UInt64 = 0
  /// Records the county has parked: stored, but somebody there must look.
  public var parked: [Parked] = []
  /// Records received.
  public var received = 0
  /// Journals that could not be brought up to date, and why. The rest went on.
  public var problems: [JournalProblem] = []
  /// The county's clock minus this machine's, in seconds; nil where the county's time could not be read.
  public var clockAhead: Int?

  public struct Parked: Equatable, Sendable {
    public var journalID: String
    public var seq: UInt64
    public var code: String?
  }

  /// Wrong by so much that a banner says it, and records too.
  public var clockIsWrong: Bool { clockAhead.map(LaptopClock.isWrong(by:)) ?? false }

  public init() {}
}

/// Why one journal stopped.
public struct JournalProblem: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// The county holds another line under one of these numbers: the data directory was copied or put back.
    case forked
    /// The county holds records this laptop does not have any more: an old backup was put back.
    case countyHasMore(countyThrough: UInt64, localThrough: UInt64)
    /// The county refuses this line: the disk should be verified. The line is known only for a bad line.
    case badLine(seq: UInt64?)
    /// One record is larger than the county accepts.
    case recordTooLarge(seq: UInt64)
    /// The county has revoked the journal's device or closed the journal.
    case closed
    /// The disk has lost this saved record; what is behind it goes up after the laptop was opened, which mends the journal.
    case damaged(seq: UInt64)

    /// The journal's records reach the county under a new id only: the laptop begins it when it is opened again.
    public var needsNewJournal: Bool {
      switch self {
      case .forked, .countyHasMore: true
      case .badLine, .recordTooLarge, .closed, .damaged: false
      }
    }
  }

  public var journalID: String
  public var reason: Reason
}

/// Why a sync ended before it was through. What was confirmed until then stays confirmed.
public enum SyncFault: Error, Equatable, Sendable {
  case transfer(TransferFault)
  case laptop(LaptopFault)
  /// Another county's server than the one that enrolled this laptop.
  case otherCounty
  /// This device is revoked.
  case revoked
  /// The county wants a newer program.
  case upgradeNeeded
  /// The county asks to come back later; seconds where it said how long.
  case busy(retryAfter: Int?)
  /// The county refuses, with its reason.
  case refused(Refusal.Reason)
  /// An answer that the protocol does not know.
  case unexpected(status: Int)
  /// Keys would not sign.
  case unavailable
  /// Enrolment: the county's CA is not the one of the paper slip.
  case otherAuthority
  /// Enrolment: the grant is not signed by the key it names, or holds what cannot be.
  case badGrant
}
