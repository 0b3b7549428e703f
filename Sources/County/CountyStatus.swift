// How a county stands: what an operator looks at in the morning. Numbers and ids, nothing about a person.

public struct CountyStatus: Equatable, Sendable {
  /// Lines that could not be applied, by reason.
  public struct ParkedCount: Equatable, Sendable {
    public var code: String
    public var count: Int
  }

  /// Rises when the county was put back from a backup.
  public var epoch: UInt64 = 1
  /// Devices that may come, without the county's own, and those that were revoked.
  public var devices = 0
  public var revokedDevices = 0
  /// Journals, and those of them that were written in two places.
  public var journals = 0
  public var forkedJournals = 0
  public var lines = 0
  public var records = 0
  /// Stored lines that nobody has opened yet.
  public var unopened = 0
  /// The reason with the most lines first.
  public var parked: [ParkedCount] = []
  /// Records whose time is not to be believed.
  public var clockWrong = 0
  /// The last push, `2026-11-24T10:00:00+08:00`; nil before the first.
  public var lastPush: String?
  /// The last day of the server's certificate.
  public var certificateEnds = ""
  public var freeBytes = 0
  /// The private recovery key still lies in the data directory.
  public var holdsRecoveryKey = false
  /// How the departments' lists stand; nil where the clock gives no day.
  public var lists: ListStanding?
}
