// What an exchange over a stick says at its end.

public import Laptop

public struct StickReport: Equatable, Sendable {
  /// Records of others that are new here.
  public var taken = 0
  /// Files written, and the journals they are of.
  public var filesWritten = 0
  /// What could not be taken, one a journal. The rest went on.
  public var troubles: [StickTrouble] = []
  /// Why the exchange did not come to its end. What was taken or written until then stays.
  public var fault: StickFault?

  public init() {}
}

/// Why the exchange ended.
public enum StickFault: Error, Equatable, Sendable {
  /// There is no such directory.
  case noDirectory
  /// What should be the directory of this program's files is something else: a file, a link.
  case notOurs
  case full
  case readOnly
  /// It answers no more: pulled out, or broken.
  case gone
  case system(errno: Int32)
  /// This laptop was never told by the county whose keys count.
  case noDevices
  /// The county has revoked this laptop.
  case revoked
  case laptop(LaptopFault)
}

/// Why something of one journal on the stick was not taken.
public struct StickTrouble: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// Bytes are not what their writer signed.
    case damaged
    /// Written under a key that the county has not attested here.
    case unknownSigner
    case revokedSigner
    /// A later version wrote it.
    case newer
    /// Other lines under numbers that were taken before: the laptop was copied or put back from a backup.
    case forked
    /// A file between two others is missing, or those before.
    case gap(from: UInt64)
    /// A link, or a file where a directory should be.
    case notAFile
    case tooMany
    /// Records that are sealed to others, and no letter for this laptop has come.
    case closed(Int)
    /// Records that their writer may not write.
    case refused(Int)
    /// Contents that are no record this version knows.
    case unreadable(Int)
    /// Own journal: the stick holds more of it, or other lines. It goes on under a new id at the next opening.
    case ownRestored
  }

  /// Name of the person whose laptop it is, where that is known.
  public var name: String?
  public var journalID: String
  public var reason: Reason

  public init(name: String?, journalID: String, _ reason: Reason) {
    self.name = name
    self.journalID = journalID
    self.reason = reason
  }
}
