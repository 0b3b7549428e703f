// Opening what was stored: segment key by the ingest key, content, record. Whether the device may say it is judged where
// it is applied (`Reach`). Re-runnable: a line without an outcome is opened, whenever the program comes by (after a
// push, at start).

internal import Journal
internal import Logging
internal import Wire

struct Opening: Sendable {
  let store: Store
  let ingest: PrivateReaderKey
  let log: Logger

  /// Opens and applies whatever waits, of one journal or of all.
  /// - Returns: how many lines got their outcome.
  @discardableResult
  func run(journal: String? = nil) async throws -> Int {
    var done = 0
    var only = journal
    while true {
      let pending = try await store.pending(of: only)
      guard !pending.isEmpty else { return done }
      var openers: [[UInt8]: SegmentOpener] = [:]
      // What came may be what lines of other journals waited for.
      if try await apply(pending.map { open($0, &openers) }) { only = nil }
      done += pending.count
    }
  }

  /// Applies a batch; where one line of it makes the store say no, each line by itself, and that one is parked. No line
  /// may stand in the way of the others, or of the program's start.
  /// - Returns: whether lines that had been parked wait again.
  private func apply(_ lines: [OpenedLine]) async throws -> Bool {
    do {
      return said(try await store.apply(lines))
    } catch where Store.isTheLinesFault(error) {
      log.error("batch not applied, trying line by line", metadata: ["error": "\(Store.brief(error))"])
    }
    var freed = false
    for line in lines {
      do {
        if said(try await store.apply([line])) { freed = true }
      } catch where Store.isTheLinesFault(error) {
        var parked = line
        parked.content = .parked(.cannotApply)
        _ = said(try await store.apply([parked]))
      }
    }
    return freed
  }

  private func said(_ applied: Applied) -> Bool {
    for line in applied.parked {
      log.warning(
        "line parked", metadata: ["journal": "\(line.journal)", "seq": "\(line.seq)", "code": "\(line.code.rawValue)"])
    }
    return applied.freed
  }

  private func open(_ line: PendingLine, _ openers: inout [[UInt8]: SegmentOpener]) -> OpenedLine {
    OpenedLine(
      journal: line.journal, seq: line.seq, device: line.device.id, content: content(of: line, &openers))
  }

  private func content(of line: PendingLine, _ openers: inout [[UInt8]: SegmentOpener]) -> OpenedLine.Content {
    guard let opener = opener(for: line.header, &openers), let parsed = try? JournalLine.parse(line.bytes[...]),
      let text = try? opener.open(parsed)
    else { return .parked(.cannotOpen) }
    guard let record = try? RecordCodec.decode(text) else {
      return .parked(text.first == UInt8(ascii: "{") ? .notARecord : .notRead)
    }
    return .record(record, text: text)
  }

  private func opener(for line: [UInt8], _ openers: inout [[UInt8]: SegmentOpener]) -> SegmentOpener? {
    if let known = openers[line] { return known }
    guard let parsed = try? JournalLine.parse(line[...]), let header = try? SegmentHeader.parse(parsed),
      let opener = try? SegmentOpener(header, with: ingest)
    else { return nil }
    openers[line] = opener
    return opener
  }
}
