// Where a record's bytes stand on this machine, so that its submission can be read again without being held in memory.

public struct Place: Hashable, Comparable, Sendable {
  public enum Source: Int, Sendable {
    /// The device's own journal; `number` is its seq.
    case own
    /// Records pulled from the county; `number` is the line's seq in the inbox.
    case inbox
    /// The county's store; `number` is the feed number.
    case county
  }

  public var source: Source
  public var number: UInt64

  public init(_ source: Source, _ number: UInt64) {
    self.source = source
    self.number = number
  }

  public static func < (left: Place, right: Place) -> Bool {
    (left.source.rawValue, left.number) < (right.source.rawValue, right.number)
  }
}
