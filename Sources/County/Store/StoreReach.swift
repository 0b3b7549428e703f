// Judging a record by what is applied already, and taking up again what had to wait.
//
// Where an entity stands is what the applied records that speak of it say: their division and household, one row of
// `place` each. More records only add places, and a place once there stays, so a record that was refused for want of one
// is judged again when one comes, and the end is the same in whatever order the records of one history arrive.

internal import Foundation
internal import GRDB
internal import Relief
internal import struct Relief.Record
internal import Wire

enum StoreReach {
  /// Why this device may not say this; nil when it may.
  static func objection(
    _ db: Database, to record: Record, from device: Device, county: String
  ) throws -> Objection? {
    let mayStandIn = Reach.mayStandIn(record, device)
    let standsIn = mayStandIn ? try standsIn(db, record, device) : false
    if let code = Reach.objection(to: record, from: device, standsIn: standsIn) {
      let isForWantOfDeputy = code == .notAllowed && mayStandIn && !standsIn
      return Objection(code: code, awaited: isForWantOfDeputy ? [Awaited(kind: .deputy, target: device.person)] : [])
    }
    if let objection = try targets(db, record, device) { return objection }
    return try mentions(db, record, device, county)
  }

  /// Whether a supervisor over this record's division, or the county, named the device's person as a deputy for the day
  /// the record says. One that was taken back since still counts here, so that nothing hangs on which came first; the
  /// register does not count the review then.
  private static func standsIn(_ db: Database, _ record: Record, _ device: Device) throws -> Bool {
    let above = ([0] + DivisionCode.lengths).map { String(record.division.prefix($0)) }
    let texts = try Data.fetchAll(
      db, sql: "SELECT text FROM record WHERE type = ? AND division IN (\(above.map { _ in "?" }.joined(separator: ", ")))",
      arguments: [RecordType.deputy.rawValue] + StatementArguments(above))
    var register = Register()
    register.apply(contentsOf: try texts.map { (try RegisterFold.decode([UInt8]($0)), nil) })
    let author = Author(person: device.person, name: device.name, role: device.role)
    return register.mayReview(author, on: CivilDate(startOf: record.wall))
  }

  private static func targets(_ db: Database, _ record: Record, _ device: Device) throws -> Objection? {
    let find = try db.cachedStatement(
      sql: """
        SELECT record.type, record.household, record.division, device.person
        FROM record JOIN device USING (device_id) WHERE record_id = ?
        """)
    var missing: [Awaited] = []
    for target in Reach.targets(of: record) {
      guard let row = try Row.fetchOne(find, arguments: [target]) else {
        missing.append(Awaited(kind: .record, target: target))
        continue
      }
      guard device.reaches(row["division"], household: row["household"] ?? "") else {
        return Objection(code: .outsideScope)
      }
      let type = RecordType(rawValue: row["type"])
      if record.type.replacesWhole, !Reach.mayReplace(type, by: row["person"], device) {
        return Objection(code: .notAllowed)
      }
    }
    return missing.isEmpty ? nil : Objection(code: .waits, awaited: missing)
  }

  private static func mentions(
    _ db: Database, _ record: Record, _ device: Device, _ county: String
  ) throws -> Objection? {
    let find = try db.cachedStatement(sql: "SELECT division, household FROM place WHERE list = ? AND entity = ?")
    var unknown: [Awaited] = []
    var outside: [Awaited] = []
    for mention in Reach.mentions(in: record) {
      let places = try Row.fetchAll(find, arguments: [mention.list, mention.entity])
      let awaited = Awaited(kind: .place, list: mention.list, target: mention.entity)
      if places.isEmpty {
        guard Reach.isNamed(mention.entity), device.role != .county else { continue }
        if !Reach.begins(mention, record, county: county) { unknown.append(awaited) }
      } else if !places.contains(where: { device.reaches($0["division"], household: $0["household"]) }),
        try !isVouched(db, record, mention)
      {
        outside.append(awaited)
      }
    }
    if !outside.isEmpty {
      return Objection(code: .outsideScope, awaited: outside + [Awaited(kind: .seen, target: record.id)])
    }
    return unknown.isEmpty ? nil : Objection(code: .waits, awaited: unknown)
  }

  /// Whether somebody who may write where this record stands, and may write of this entity, had seen the record: it came
  /// late, after the one that moved the entity on.
  private static func isVouched(_ db: Database, _ record: Record, _ mention: Reach.Mention) throws -> Bool {
    let devices = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT record.device_id FROM superseding
        JOIN record USING (feed_seq)
        JOIN spoken ON spoken.feed_seq = superseding.feed_seq AND spoken.list = ? AND spoken.entity = ?
        WHERE superseding.target = ?
        """, arguments: [mention.list, mention.entity, record.id])
    for id in devices {
      guard let device = try Store.device(db, id) else { continue }
      if device.reaches(record.division, household: record.household ?? "") { return true }
    }
    return false
  }

  // MARK: - what changes it

  /// Notes what a parked line waits for.
  static func wait(_ db: Database, _ line: OpenedLine, for awaited: [Awaited]) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO waiting(kind, list, target, journal_id, seq) VALUES (?, ?, ?, ?, ?)")
    for one in awaited {
      try insert.execute(arguments: [one.kind.rawValue, one.list, one.target, line.journal, Int64(line.seq)])
    }
  }

  /// Says where the entities of an applied record stand.
  /// - Returns: the places that are new.
  static func place(_ db: Database, _ record: Record) throws -> [Awaited] {
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO place(list, entity, division, household) VALUES (?, ?, ?, ?)")
    var new: [Awaited] = []
    func stands(_ list: String, _ entity: String, _ household: String) throws {
      try insert.execute(arguments: [list, entity, record.division, household])
      if db.changesCount > 0 { new.append(Awaited(kind: .place, list: list, target: entity)) }
    }
    if let household = record.household { try stands(FactList.household, household, household) }
    for fact in record.facts {
      let household = fact.list == FactList.household ? fact.entity : fact.value("household") ?? record.household ?? ""
      try stands(fact.list, fact.entity, household)
    }
    return new
  }

  /// Lets the lines go that waited for this record or for one of its places: they have no outcome any more and will be
  /// judged again.
  /// - Returns: whether there were any.
  static func free(_ db: Database, after record: Record, _ places: [Awaited]) throws -> Bool {
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM waiting)") == true else { return false }
    var come = [Awaited(kind: .record, target: record.id)] + places
    come += record.supersedes.map { Awaited(kind: .seen, target: $0) }
    if record.type == .deputy, let person = record.body["person"] { come.append(Awaited(kind: .deputy, target: person)) }
    let find = try db.cachedStatement(
      sql: "SELECT journal_id, seq FROM waiting WHERE kind = ? AND list = ? AND target = ?")
    var freed = false
    for one in come {
      for row in try Row.fetchAll(find, arguments: [one.kind.rawValue, one.list, one.target]) {
        freed = true
        let line: StatementArguments = [row["journal_id"] as String, row["seq"] as Int64]
        try db.execute(sql: "DELETE FROM waiting WHERE journal_id = ? AND seq = ?", arguments: line)
        try db.execute(
          sql: "DELETE FROM outcome WHERE journal_id = ? AND seq = ? AND state = 'parked'", arguments: line)
      }
    }
    return freed
  }
}
