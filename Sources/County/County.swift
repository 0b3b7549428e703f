// The county server's room. It takes in journal lines, keeps them byte for byte, opens them, folds the register into
// SQLite, and gives every device the part of the feed that is in its scope.
//
//     push → Routes → Intake (judged) → Store (lines, cursor, receipt: one commit) → Opening → Store (record, register)
//     files → imports → the county's own journal → the same way
//     Store (record, cut by scope) → feed
//
// Arrows run down: Routes and the commands know County; County knows Store, Opening, CountyJournal; only Store speaks
// SQL.

internal import Foundation
internal import Journal
public import Logging
internal import Relief
internal import Wire

/// An opened county directory.
public struct County: Sendable {
  public let directory: CountyDirectory
  public let configuration: CountyConfiguration
  let keys: CountyKeys
  let store: Store
  let opening: Opening
  let board: PageBoard
  let log: Logger
  let surroundings: CountySurroundings
  private let journalKeys: UnlockedKeys

  /// Opens a county; its own device is made where it is missing.
  public static func open(
    _ directory: CountyDirectory, log: Logger = Logger(label: "county") { _ in SwiftLogNoOpLogHandler() },
    surroundings: CountySurroundings = .real
  ) async throws(CountyFault) -> County {
    let county = try County(directory, log: log, surroundings: surroundings)
    try await county.guarded { try await county.ensureOwnDevice() }
    return county
  }

  private init(_ directory: CountyDirectory, log: Logger, surroundings: CountySurroundings) throws(CountyFault) {
    self.directory = directory
    configuration = try CountyConfiguration(reading: directory)
    keys = try CountyKeys(reading: directory)
    journalKeys = try CountyJournal.unlock(directory)
    store = try Store(path: directory.database, county: configuration.id)
    opening = Opening(store: store, ingest: keys.ingest, log: log)
    board = PageBoard(store: store, county: Division(configuration.division), surroundings: surroundings)
    self.log = log
    self.surroundings = surroundings
  }

  /// The county itself, as a device: author of imports, forms and decisions.
  var ownDevice: Device {
    Device(
      id: configuration.id, person: configuration.id, name: configuration.name, role: .county,
      scopes: [configuration.division], households: nil, signKey: journalKeys.signing.publicKey,
      boxKey: journalKeys.reader.publicKey, enrolledAt: surroundings.seconds)
  }

  var author: Author { Author(person: configuration.id, name: configuration.name, role: .county) }

  private func ensureOwnDevice() async throws {
    guard try await store.device(configuration.id) == nil else { return }
    try await store.add(ownDevice)
  }

  /// Holds the county's own journal, takes in what the store does not have of it, and then lets `body` say what is to be
  /// written. Nobody else writes between what `body` reads and what it writes, and an import that was interrupted is whole
  /// in the store before the next one compares itself with it.
  func writing<Value: Sendable>(
    _ body: () async throws(CountyFault) -> (records: [Record], value: Value)
  ) async throws(CountyFault) -> Value {
    let journal = try holdJournal()
    defer { journal.close() }
    _ = try await takeIn(journal)
    let (records, value) = try await body()
    guard !records.isEmpty else { return value }
    try journal.append(records, room: try freeBytes())
    do {
      _ = try await takeIn(journal)
    } catch {
      throw .importUnfinished(kept: records.count, of: records.count, detail: error.detail)
    }
    return value
  }

  /// The own journal, open until it is closed; one process at a time.
  func holdJournal() throws(CountyFault) -> CountyJournal {
    try CountyJournal(
      directory, keys: journalKeys, readers: keys.readers, device: ownDevice, surroundings: surroundings)
  }

  /// Takes what the store does not have of the own journal into it, and opens whatever waits.
  /// - Returns: how many lines were opened.
  private func takeIn(_ journal: CountyJournal) async throws(CountyFault) -> Int {
    try await guarded {
      try await journal.push(into: store, at: surroundings.seconds)
      return try await opening.run()
    }
  }

  /// Bytes that may still be written where the data directory stands.
  private func freeBytes() throws(CountyFault) -> Int {
    do {
      return try surroundings.freeBytes(directory.path)
    } catch {
      throw .cannotWrite(path: directory.path)
    }
  }

  /// What a start owes: own records that the store does not have, lines that nobody opened yet.
  /// - Returns: how many lines were opened.
  public func catchUp() async throws(CountyFault) -> Int {
    let journal: CountyJournal
    do {
      journal = try holdJournal()
    } catch {
      // An import is at work beside us and takes its own records in.
      guard error == .journalBusy else { throw error }
      return try await guarded { try await opening.run() }
    }
    defer { journal.close() }
    return try await takeIn(journal)
  }

  /// Deletes the register and folds it again from the records; parked lines are tried again.
  public func refold() async throws(CountyFault) -> Int {
    let folded = try await guarded { try await store.refold() }
    _ = try await catchUp()
    return folded
  }

  /// After the directory was restored from a backup: laptops push again what the backup does not have.
  public func raiseEpoch() async throws(CountyFault) -> UInt64 {
    try await guarded { try await store.raiseEpoch() }
  }

  /// A line that could not be applied.
  public struct ParkedLine: Sendable, Equatable {
    public var code: String
    public var journal: String
    public var seq: UInt64
  }

  public func parked() async throws(CountyFault) -> [ParkedLine] {
    try await guarded { try await store.parked() }.map { ParkedLine(code: $0.code, journal: $0.journal, seq: $0.seq) }
  }

  /// How the county stands, in numbers and ids.
  public func status() async throws(CountyFault) -> CountyStatus {
    var status = try await guarded { try await store.status() }
    status.certificateEnds = String(CountySurroundings.text(try certificateEnds()).prefix(10))
    status.freeBytes = try freeBytes()
    status.lists = today == nil ? nil : try await listStanding()
    status.holdsRecoveryKey = FileManager.default.fileExists(atPath: directory.recoveryToTakeAway)
    return status
  }

  /// Turns whatever the store throws into a fault without values.
  func guarded<Value>(_ body: () async throws -> Value) async throws(CountyFault) -> Value {
    do {
      return try await body()
    } catch let fault as CountyFault {
      throw fault
    } catch {
      throw Store.fault(error)
    }
  }
}
