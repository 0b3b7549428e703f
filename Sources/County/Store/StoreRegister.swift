// Relief's register over records of the store: of everything, for reports and papers, or of some households, for a comparison.

internal import Foundation
internal import GRDB
internal import Relief
internal import struct Relief.Record

extension Store {
  /// Records folded at a time: what is read and not yet folded stays small.
  private static let foldBatch = 2_000

  /// Everything the county knows.
  func register() async throws -> Register {
    try await read { db in
      var register = Register()
      var batch: [(record: Record, place: Place?)] = []
      let rows = try Row.fetchCursor(db, sql: "SELECT feed_seq, text FROM record ORDER BY feed_seq")
      while let row = try rows.next() {
        batch.append((try RegisterFold.decode([UInt8](row[1] as Data)), Place(.county, UInt64(row[0] as Int64))))
        guard batch.count == Self.foldBatch else { continue }
        register.apply(contentsOf: batch)
        batch.removeAll(keepingCapacity: true)
      }
      register.apply(contentsOf: batch)
      return register
    }
  }

  /// The register of some households: every record about them, with everything connected with it.
  func register(about households: Set<String>) async throws -> Register {
    try await read { db in
      var found: Set<Int64> = []
      let own = try db.cachedStatement(sql: "SELECT feed_seq FROM record WHERE household = ?")
      for household in households { found.formUnion(try Int64.fetchAll(own, arguments: [household])) }
      let records = try RegisterFold.connected(db, from: found).sorted().map { feedSeq in
        (record: try Store.record(db, feedSeq: feedSeq), place: Optional(Place(.county, UInt64(feedSeq))))
      }
      var register = Register()
      register.apply(contentsOf: records)
      return register
    }
  }
}
