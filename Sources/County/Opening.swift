// Opening what was stored: segment key by the ingest key, content, record, and the question whether this device may say
// this. Re-runnable: a line without an outcome is opened, whenever the program comes by (after a push, at start).

internal import Journal
internal import Logging
internal import Relief
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
    while true {
      let pending = try await store.pending(of: journal)
      guard !pending.isEmpty else { return done }
      var openers: [[UInt8]: SegmentOpener] = [:]
      let opened = pending.map { open($0, &openers) }
      try await store.apply(opened)
      for line in opened {
        if case .parked(let code) = line.content {
          log.warning(
            "line parked", metadata: ["journal": "\(line.journal)", "seq": "\(line.seq)", "code": "\(code.rawValue)"])
        }
      }
      done += pending.count
    }
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
    if let code = Self.objection(to: record, from: line.device) { return .parked(code) }
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

  /// Why this device may not say this; nil when it may.
  static func objection(to record: Record, from device: Device) -> ParkCode? {
    guard record.author.person == device.person else { return .notAuthor }
    guard device.reaches(record.division) else { return .outsideScope }
    if let households = device.households, let household = record.household, !households.contains(household) {
      return .outsideScope
    }
    guard RecordType.known.contains(record.type) else { return .unknownType }
    return device.role.writes(record.type) ? nil : .notAllowed
  }
}
