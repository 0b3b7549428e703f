// StickMark: how far the lines of one journal were taken from sticks, with what the next line must follow: the segment it continues and the
// chain. The last file of a journal grows, so the place where that file began is kept too.

internal import Wire

public struct StickMark: Codable, Equatable, Sendable {
  /// Behind a record: what a checker of lines needs to go on.
  public struct Place: Codable, Equatable, Sendable {
    /// The number that the next record must have.
    public var next: UInt64
    /// Chain of the record before, base64url.
    public var chain: String
    /// Header line of the segment, as written.
    public var header: String

    public init(next: UInt64, chain: String, header: String) {
      self.next = next
      self.chain = chain
      self.header = header
    }
  }

  /// As the codec of snake_case finds them again.
  private enum CodingKeys: String, CodingKey {
    case journalID = "journalId"
    case deviceID = "deviceId"
    case fileStart, end, opened, closed
  }

  public var journalID: String
  /// Whose it is.
  public var deviceID: String
  /// Where the last file that was taken began; nil: at the journal's beginning.
  public var fileStart: Place?
  /// Behind everything taken.
  public var end: Place
  /// Records of the journal that this laptop has the key to, and those that are sealed to others only.
  public var opened: Int
  public var closed: Int

  public init(journalID: String, deviceID: String, fileStart: Place?, end: Place, opened: Int, closed: Int) {
    self.journalID = journalID
    self.deviceID = deviceID
    self.opened = opened
    self.fileStart = fileStart
    self.end = end
    self.closed = closed
  }

  /// The last record taken.
  public var last: UInt64 { end.next - 1 }

  var json: [UInt8]? { try? BodyCodec.encode(self) }

  init?(json: [UInt8]) {
    guard let mark = try? BodyCodec.decode(StickMark.self, from: json), mark.end.next > 1 else { return nil }
    self = mark
  }
}
