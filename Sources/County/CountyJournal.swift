// The county's own journal: whatever enters at the county is written here first, durable, and then taken into the store
// the same way as a laptop's push. If the database is lost, the journal fills it again.
//
// It is open only while something is written: `import` and the running server take turns.

internal import Foundation
internal import Journal
internal import Logging
internal import Relief
internal import Wire

struct CountyJournal {
  private let journal: Journal
  private let device: Device
  private let keys: UnlockedKeys

  /// The vault of a new county; the journal itself begins with its first record.
  static func create(in directory: CountyDirectory) throws(CountyFault) {
    do {
      _ = try Vault.create(in: directory.keys, keyFile: directory.file(.vaultSecret))
    } catch {
      throw .journal(detail: String(describing: error))
    }
  }

  static func unlock(_ directory: CountyDirectory) throws(CountyFault) -> UnlockedKeys {
    let secret = directory.file(.vaultSecret)
    let vault = directory.keys + "/" + Vault.fileName
    _ = try directory.read(.vaultSecret)
    do {
      return try Vault.open(in: directory.keys, keyFile: secret).keys
    } catch {
      switch error {
      case .wrongKeyFile: throw .badKey(path: secret)
      case .missing: throw .cannotRead(path: vault)
      case .disk: throw .cannotRead(path: vault)
      default: throw .badKey(path: vault)
      }
    }
  }

  init(
    _ directory: CountyDirectory, keys: UnlockedKeys, readers: [ReaderKey], device: Device,
    surroundings: CountySurroundings
  ) throws(CountyFault) {
    self.device = device
    self.keys = keys
    let settings = JournalSettings(
      deviceID: device.id, readers: readers,
      month: { String(CountySurroundings.text(surroundings.now()).prefix(7)) })
    do {
      journal = try Journal.open(directory: directory.journal, keys: keys, settings: settings)
    } catch {
      switch error {
      case .locked: throw .journalBusy
      case .diskFull(let free): throw .diskFull(free: free, needed: nil)
      case .disk(let fault) where fault.isNoSpace: throw .diskFull(free: nil, needed: nil)
      default: throw .journal(detail: String(describing: error))
      }
    }
  }

  /// Saves records, a synced batch at a time. A batch is whole or not there. Whether there is room for all of them is
  /// asked before the first; where a later one fails all the same, the fault says how many are kept.
  /// - Parameter room: bytes free on the disk.
  func append(_ records: [Record], room: Int) throws(CountyFault) {
    var contents: [[UInt8]] = []
    for record in records {
      do {
        contents.append(try RecordCodec.encode(record))
      } catch {
        if case .overLimit(let name) = error { throw .overLimit(name) }
        throw .journal(detail: String(describing: error))
      }
    }
    let needed = Self.room(for: contents)
    guard needed <= room else { throw .diskFull(free: room, needed: needed) }
    for start in stride(from: 0, to: contents.count, by: CountyLimits.appendBatch) {
      do {
        _ = try journal.append(Array(contents[start..<min(start + CountyLimits.appendBatch, contents.count)]))
      } catch {
        if start > 0 {
          throw .importUnfinished(kept: start, of: contents.count, detail: String(describing: error))
        }
        if case .diskFull(let free) = error { throw .diskFull(free: free, needed: needed) }
        throw .journal(detail: String(describing: error))
      }
    }
  }

  /// What records need on the disk, rounded up: their journal lines (sealed, padded to the next bucket, in base64url), and
  /// in the database the same lines, their texts, the register's rows, and all of it once more in the write-ahead log.
  static func room(for contents: [[UInt8]]) -> Int {
    let lines = contents.reduce(0) { sum, content in
      var bucket = 256
      while bucket < content.count + 4 { bucket *= 2 }
      return sum + (bucket + 28) * 4 / 3 + 128
    }
    let texts = contents.reduce(0) { $0 + $1.count }
    return lines + 2 * (lines + 4 * texts) + CountyLimits.importReserve
  }

  /// Takes into the store whatever it does not have yet.
  func push(into store: Store, at seconds: Int64) async throws {
    if try await isBehind(store) { try journal.beginAnew() }
    for extent in journal.extents where extent.lastSeq > 0 {
      var next = try await store.stand(of: extent.journalID)?.nextSeq ?? 1
      while next <= extent.lastSeq {
        guard
          let lines = try journal.rawLines(journalID: extent.journalID, from: next, bytesMax: Limits.pushBytes)
        else { break }
        let checkpoint = try Checkpoint(
          journalID: lines.journalID, seq: lines.lastSeq, chain: lines.chain, signedBy: keys.signing)
        let push = Push(
          journal: lines.journalID, from: next, body: lines.bytes, checkpoint: checkpoint, device: device)
        guard case .accepted(let through, _, _, _, _) = try await store.take(push, at: seconds), through >= next else {
          throw CountyFault.journal(detail: "the store did not take record \(next)")
        }
        next = through + 1
      }
    }
  }

  /// Whether the journal was put back from a backup older than the database: its next number would be one that the store has
  /// already. It then goes on under a new id, as a laptop's does; what the store has of it stays, and comes as duplicates.
  private func isBehind(_ store: Store) async throws -> Bool {
    for extent in journal.extents {
      guard let stand = try await store.stand(of: extent.journalID) else { continue }
      if stand.state != .open || stand.nextSeq > extent.lastSeq + 1 { return true }
      if stand.nextSeq == extent.lastSeq + 1, extent.lastSeq > 0, stand.chain != extent.chain { return true }
    }
    return false
  }

  func close() { journal.close() }
}
