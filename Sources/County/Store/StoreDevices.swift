// Devices and one-time codes.

internal import Foundation
internal import GRDB
internal import Relief

/// A device as the county knows it.
struct Device: Equatable, Sendable {
  var id: String
  var person: String
  var name: String
  var role: Role
  var scopes: [String]
  var households: [String]?
  var signKey: [UInt8]
  var boxKey: [UInt8]
  var enrolledAt: Int64
  var revokedAt: Int64?
  /// The grant as it was answered, so that asking again gives the same bytes.
  var grant: [UInt8]?

  var isRevoked: Bool { revokedAt != nil }

  /// Whether a division lies in the scope.
  func reaches(_ division: String) -> Bool { scopes.contains { division.hasPrefix($0) } }
}

/// For whom a code is.
struct CodeHolder: Equatable, Sendable {
  var person: String
  var name: String
  var role: Role
  var scopes: [String]
  var households: [String]?
}

/// What trying a code gives.
enum CodeTry: Equatable, Sendable {
  case good(CodeHolder)
  /// Used before, by this device.
  case used(by: String)
  case refused
}

extension Store {
  func device(_ id: String) async throws -> Device? {
    try await read { db in try Self.device(db, id) }
  }

  func devices() async throws -> [Device] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM device ORDER BY enrolled_at, device_id").map(Self.device)
    }
  }

  /// Box keys of the supervisors (not revoked) whose scope covers one of these scopes, the longest enrolled first.
  func supervisors(over scopes: [String]) async throws -> [Device] {
    try await devices().filter { device in
      device.role == .supervisor && !device.isRevoked
        && scopes.contains { scope in device.scopes.contains { scope.hasPrefix($0) } }
    }
  }

  func add(_ device: Device) async throws {
    try await write { db in try Self.insert(db, device) }
  }

  /// True when there was such a device and it was not revoked before.
  func revoke(_ device: String, at seconds: Int64) async throws -> Bool {
    try await write { db in
      try db.execute(
        sql: "UPDATE device SET revoked_at = ? WHERE device_id = ? AND revoked_at IS NULL",
        arguments: [seconds, device])
      let changed = db.changesCount > 0
      try db.execute(
        sql: "UPDATE journal SET state = 'revoked' WHERE device_id = ? AND state = 'open'", arguments: [device])
      return changed
    }
  }

  /// Everybody who has, had or may fetch a laptop.
  func people() async throws -> [(person: String, name: String)] {
    try await read { db in
      try Row.fetchAll(db, sql: "SELECT person, name FROM device UNION SELECT person, name FROM code").map { ($0["person"], $0["name"]) }
    }
  }

  // MARK: - codes

  func add(_ code: EnrolmentCode, for holder: CodeHolder, madeAt: Int64, endsAt: Int64) async throws -> Bool {
    try await write { db in
      // A slip name of 20 bits may be taken; one that has ended gives way, a live one makes the caller draw again.
      try db.execute(
        sql: "DELETE FROM code WHERE slip = ? AND (ends_at <= ? OR used_by IS NOT NULL)",
        arguments: [code.slip, madeAt])
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO code(slip, hash, person, name, role, scopes, households, made_at, ends_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          code.slip, Data(code.hash), holder.person, holder.name, holder.role.rawValue, Self.json(holder.scopes),
          holder.households.map(Self.json), madeAt, endsAt,
        ])
      return db.changesCount == 1
    }
  }

  /// Uses a code for a new device, in one transaction: a code gives one device, whatever happens between.
  func use(
    _ code: EnrolmentCode, signKey: [UInt8], at seconds: Int64,
    making device: @escaping @Sendable (_ holder: CodeHolder, _ id: String?) throws -> Device
  ) async throws -> (outcome: CodeTry, device: Device?) {
    try await write { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM code WHERE slip = ?", arguments: [code.slip]) else {
        return (.refused, nil)
      }
      let tries: Int = row["tries"]
      guard tries < CountyLimits.codeTries else { return (.refused, nil) }
      guard [UInt8](row["hash"] as Data) == code.hash else {
        try db.execute(sql: "UPDATE code SET tries = tries + 1 WHERE slip = ?", arguments: [code.slip])
        return (.refused, nil)
      }
      if let used: String = row["used_by"] {
        // The answer was lost on the way: the same keys get the same grant.
        guard let device = try Self.device(db, used), device.signKey == signKey else { return (.refused, nil) }
        return (.used(by: used), device)
      }
      guard (row["ends_at"] as Int64) > seconds else { return (.refused, nil) }
      let holder = CodeHolder(
        person: row["person"], name: row["name"], role: Role(rawValue: row["role"]), scopes: Self.list(row["scopes"]),
        households: (row["households"] as String?).map(Self.list))
      var made = try device(holder, nil)
      let known = try Row.fetchOne(db, sql: "SELECT * FROM device WHERE sign_key = ?", arguments: [Data(signKey)])
      if let known = known.map(Self.device) {
        // The same laptop again, with a new code for a new role or scope: it stays the same device. Never for another
        // person, and never after it was revoked; the code stays good for a laptop with keys of its own.
        guard known.person == holder.person, !known.isRevoked else { return (.refused, nil) }
        made = try device(holder, known.id)
        try Self.renew(db, made)
      } else {
        try Self.insert(db, made)
      }
      try db.execute(sql: "UPDATE code SET used_by = ? WHERE slip = ?", arguments: [made.id, code.slip])
      return (.good(holder), made)
    }
  }

  // MARK: - rows

  static func device(_ db: Database, _ id: String) throws -> Device? {
    try Row.fetchOne(db, sql: "SELECT * FROM device WHERE device_id = ?", arguments: [id]).map(device)
  }

  private static func insert(_ db: Database, _ device: Device) throws {
    try db.execute(
      sql: """
        INSERT INTO device(
          device_id, person, name, role, scopes, households, sign_key, box_key, enrolled_at, grant_json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        device.id, device.person, device.name, device.role.rawValue, json(device.scopes),
        device.households.map(json), Data(device.signKey), Data(device.boxKey), device.enrolledAt,
        device.grant.map { Data($0) },
      ])
  }

  private static func renew(_ db: Database, _ device: Device) throws {
    try db.execute(
      sql: """
        UPDATE device SET name = ?, role = ?, scopes = ?, households = ?, box_key = ?, grant_json = ? WHERE device_id = ?
        """,
      arguments: [
        device.name, device.role.rawValue, json(device.scopes), device.households.map(json), Data(device.boxKey),
        device.grant.map { Data($0) }, device.id,
      ])
  }

  private static func device(_ row: Row) -> Device {
    Device(
      id: row["device_id"], person: row["person"], name: row["name"], role: Role(rawValue: row["role"]),
      scopes: list(row["scopes"]), households: (row["households"] as String?).map(list),
      signKey: [UInt8](row["sign_key"] as Data), boxKey: [UInt8](row["box_key"] as Data),
      enrolledAt: row["enrolled_at"], revokedAt: row["revoked_at"],
      grant: (row["grant_json"] as Data?).map { [UInt8]($0) })
  }

  static func json(_ list: [String]) -> String {
    (try? JSONEncoder().encode(list)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  static func list(_ json: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
  }
}
