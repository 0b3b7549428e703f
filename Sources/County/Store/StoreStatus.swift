// The store in numbers.

internal import Foundation
internal import GRDB

extension Store {
  func status() async throws -> CountyStatus {
    let epoch = try await epoch()
    return try await read { [county] db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM " + sql) ?? 0 }
      var status = CountyStatus()
      status.epoch = epoch
      status.devices = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM device WHERE revoked_at IS NULL AND device_id <> ?", arguments: [county]) ?? 0
      status.revokedDevices = try count("device WHERE revoked_at IS NOT NULL")
      status.journals = try count("journal")
      status.forkedJournals = try count("journal WHERE state = 'forked'")
      status.lines = try count("line")
      status.records = try count("record")
      status.unopened = status.lines - (try count("outcome"))
      status.clockWrong = try count("record WHERE clock_ok = 0")
      status.parked = try Row.fetchAll(
        db,
        sql: """
          SELECT code, count(*) AS count FROM outcome WHERE state = 'parked' GROUP BY code ORDER BY count DESC, code
          """
      ).map { .init(code: $0["code"] ?? "", count: $0["count"]) }
      let last = try Int64.fetchOne(
        db,
        sql: """
          SELECT max(received_at) FROM receipt JOIN journal USING (journal_id) WHERE device_id <> ?
          """, arguments: [county])
      status.lastPush = last.map { CountySurroundings.text(Date(timeIntervalSince1970: Double($0))) }
      return status
    }
  }
}
