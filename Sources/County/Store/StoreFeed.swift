// The feed: records in the order the county took them, cut to what the device may read. The cut is in the query, so no
// code above it can forget it.

internal import Foundation
internal import GRDB
internal import Relief

struct FeedSlice: Equatable, Sendable {
  struct Item: Equatable, Sendable {
    var seq: UInt64
    var text: [UInt8]
  }

  var items: [Item]
  /// Cursor to ask with next.
  var next: UInt64
  var more: Bool
  /// Over everything the device may read, at the same moment; only with the last page, because it goes over the whole scope.
  var state: FeedState?
}

/// A check value over everything a device may read: how many records, and the sums of two 32-bit halves of a hash of
/// their ids. It finds a feed that went wrong; it proves nothing against an enemy.
struct FeedState: Equatable, Sendable {
  var count: Int
  var high: UInt32
  var low: UInt32

  /// The first eight bytes of SHA-256 of the record's id.
  static func mark(of record: String) -> (high: UInt32, low: UInt32) {
    let hash = Digest.sha256(Array(record.utf8))
    func word(_ start: Int) -> UInt32 { hash[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    return (word(0), word(4))
  }

  /// `<count>,<16 hexadecimal digits>`.
  var text: String {
    func hex(_ number: UInt32) -> String {
      Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) })
    }
    return "\(count),\(hex(high))\(hex(low))"
  }
}

extension Store {
  func feed(for device: Device, after cursor: UInt64, limit: Int, bytes: Int) async throws -> FeedSlice {
    guard let filter = Self.filter(for: device) else {
      return FeedSlice(items: [], next: cursor, more: false, state: FeedState(count: 0, high: 0, low: 0))
    }
    return try await read { db in
      let after = Int64(clamping: cursor)
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT feed_seq, text FROM record WHERE feed_seq > ? AND \(filter.sql) ORDER BY feed_seq LIMIT ?",
        arguments: [after] + filter.arguments + [limit + 1])
      var items: [FeedSlice.Item] = []
      var size = 0
      var more = false
      while let row = try rows.next() {
        let text = [UInt8](row["text"] as Data)
        if items.count == limit || (!items.isEmpty && size + text.count > bytes) {
          more = true
          break
        }
        size += text.count
        items.append(.init(seq: UInt64(row["feed_seq"] as Int64), text: text))
      }
      let last = try Int64.fetchOne(db, sql: "SELECT max(feed_seq) FROM record") ?? 0
      // At the end the cursor moves behind what is not for this device, so that it is not looked through again.
      let next = more ? items.last?.seq ?? cursor : max(cursor, UInt64(max(0, last)))
      // Of the same moment as the page: a record that came in between would look to the laptop as if its feed had gone wrong, and
      // everything would be asked for again.
      return FeedSlice(items: items, next: next, more: more, state: more ? nil : try Self.feedState(db, filter))
    }
  }

  private static func feedState(_ db: Database, _ filter: (sql: String, arguments: StatementArguments)) throws -> FeedState {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) AS count, coalesce(sum(mark_high), 0) AS high, coalesce(sum(mark_low), 0) AS low
        FROM record WHERE \(filter.sql)
        """,
      arguments: filter.arguments)
    guard let row else { return FeedState(count: 0, high: 0, low: 0) }
    return FeedState(
      count: row["count"], high: UInt32(truncatingIfNeeded: row["high"] as Int64),
      low: UInt32(truncatingIfNeeded: row["low"] as Int64))
  }

  /// The condition a record must meet; nil when nothing may be read.
  static func filter(for device: Device) -> (sql: String, arguments: StatementArguments)? {
    guard !device.scopes.isEmpty, !device.isRevoked else { return nil }
    var arguments = StatementArguments()
    let inside = device.scopes.map { scope in
      // ':' follows '9', so this is "begins with" for strings of digits, and can use the index.
      arguments += [scope, scope + ":"]
      return "(division >= ? AND division < ?)"
    }
    let above = device.scopes.map { scope in
      arguments += [scope]
      return "substr(?, 1, length(division)) = division"
    }
    func list(_ types: [RecordType]) -> String { types.map { "'\($0.rawValue)'" }.joined(separator: ", ") }
    var condition =
      "((\(inside.joined(separator: " OR "))) OR (type IN (\(list(RecordType.readBelow))) AND (\(above.joined(separator: " OR "))))"
    condition += ")"
    switch Access.reading(device.role, households: device.households) {
    case .nothing: return nil
    case .all: break
    case .types(let types):
      condition += " AND type IN (\(list(types)))"
    case .households(let households, let types):
      condition += " AND type IN (\(list(types)))"
      // What speaks for an area is not about a household.
      condition += " AND (type IN (\(list(RecordType.ofAnArea))) OR household IN (\(households.map { _ in "?" }.joined(separator: ", "))))"
      for household in households { arguments += [household] }
    }
    condition += " AND device_id <> ?"
    arguments += [device.id]
    return (condition, arguments)
  }
}
