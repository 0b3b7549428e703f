// Whether the time that a record carries may be believed. Laptop clocks are years off; a record is taken in all the same,
// and nothing is ever ordered by that time. But deadlines and "too fast" are reckoned from it, so the county marks a
// record whose clock was wrong, whatever the record says of itself.

internal import Relief
internal import Wire

enum RecordClock {
  /// - Parameters:
  ///   - receivedAt: when the county stored the line, seconds since 1970.
  ///   - clockAhead: the device's clock less ours at that moment, seconds; nil where it did not say.
  static func isBelieved(_ record: Record, receivedAt: Int64, clockAhead: Int64?) -> Bool {
    guard record.clockTrusted, let written = Instant(record.wall) else { return false }
    if let clockAhead, isWrong(by: clockAhead) { return false }
    // Nothing is written after it has arrived. A clock that is behind cannot be told from a laptop long offline.
    return Int64(written.seconds) <= receivedAt + Int64(Limits.clockSeconds)
  }

  static func isWrong(by seconds: Int64) -> Bool { seconds.magnitude > UInt64(Limits.clockSeconds) }

  /// What a laptop says its clock shows, less ours; nil for what is no such number.
  static func ahead(_ header: String?, of seconds: Int64) -> Int64? {
    guard let header, header.utf8.count <= 15, let said = Int64(header) else { return nil }
    return said - seconds
  }
}
