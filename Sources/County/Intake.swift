// A push, judged: pure, fed with what is stored, gives what to store.
//
// A push is `from=N` and lines: whatever stands between record N-1 and record N (the end of a segment, the header of
// the next), record N, and so on. Every line is checked as the laptop's own `verify` does (frame, CRC, chain, header
// signature). Records before our cursor must equal the stored ones byte for byte; then they are duplicates, which is
// a success. A record that is well made and differs is a branch: the journal was written in two places.
//
// Whose a line is, its header's signing key says, and that must be the device's. The device id in a header is not asked:
// a laptop that enrolled anew (the county lost its database) has another id and the same key, and its old lines are its
// own.

internal import Journal

/// Raw lines on their way in, with the checkpoint that the device signed for their end.
struct Push: Sendable {
  var journal: String
  var from: UInt64
  var body: [UInt8]
  var checkpoint: Checkpoint
  var device: Device
  /// The device's clock when it sent this, less ours, in seconds; nil where it did not say.
  var clockAhead: Int64?
}

/// What to answer to a push.
enum PushOutcome: Equatable, Sendable {
  /// `newFrom` is the first record that was not stored before.
  case accepted(through: UInt64, chain: [UInt8], receipt: Int64, first: UInt64, newFrom: UInt64)
  case gap(next: UInt64, chain: [UInt8])
  case fork(next: UInt64, chain: [UInt8])
  case badLine(seq: UInt64)
  case badCheckpoint
  /// The journal belongs to another device, or its device was revoked.
  case notYours
}

/// The part of a push that is new.
struct AcceptedPush: Sendable {
  struct Line: Sendable {
    var seq: UInt64
    var segment: String
    var chain: [UInt8]
    var bytes: [UInt8]
    var framesBefore: [[UInt8]]
  }

  struct Segment: Sendable {
    var id: String
    var firstSeq: UInt64
    var header: [UInt8]
  }

  var lines: [Line] = []
  var segments: [Segment] = []
  /// What the first header of a new journal says it continues: `<journal> <seq>`, the last one.
  var continues: String?
}

enum PushFault: Error, Sendable {
  case line(UInt64)
  case checkpoint
  case branch
  case store(String)
}

struct Intake {
  private let push: Push
  private let nextSeq: UInt64
  private var checker: LineChecker

  init(push: Push, nextSeq: UInt64) {
    self.push = push
    self.nextSeq = nextSeq
    checker = LineChecker(journalID: push.journal, signPublicKey: push.device.signKey)
  }

  /// Stands the checker behind a stored record; false when its header cannot be read any more.
  mutating func resume(behind chain: [UInt8], header line: [UInt8]) -> Bool {
    guard let parsed = try? JournalLine.parse(line[...]), let header = try? SegmentHeader.parse(parsed),
      let resumed = LineChecker(resuming: header, nextSeq: push.from, chain: chain)
    else { return false }
    checker = resumed
    return true
  }

  mutating func judge(stored: (UInt64) throws -> [UInt8]?) -> Result<AcceptedPush, PushFault> {
    guard push.checkpoint.isSigned(by: push.device.signKey), push.checkpoint.journalID == push.journal else {
      return .failure(.checkpoint)
    }
    var accepted = AcceptedPush()
    var frames: [[UInt8]] = []
    var recordChain: [UInt8]?
    var rest = push.body[...]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: 0x0A) else { return .failure(.line(checker.nextSeq)) }
      let bytes = rest[rest.startIndex...end]
      rest = rest[(end + 1)...]
      let expected = checker.nextSeq
      let checked: CheckedLine
      do {
        checked = try checker.check(bytes)
      } catch LineFault.badChain where recordChain == nil && endsInItsOwnCheckpoint {
        // Whole, signed for by the device, and not on the chain we hold: it was written from another past.
        return .failure(nextSeq > 1 ? .branch : .line(expected))
      } catch {
        return .failure(.line(expected))
      }
      if checked.beginsSegment {
        accepted.segments.append(
          .init(id: checked.header.segmentID, firstSeq: checked.header.firstSeq, header: checked.line.bytes))
        if expected == 1, let last = checked.header.continues.last {
          accepted.continues = "\(last.journalID) \(last.seq)"
        }
      }
      guard checked.line.kind == .record else {
        frames.append(checked.line.bytes)
        continue
      }
      recordChain = checked.line.chain
      if checked.line.seq < nextSeq {
        do {
          guard try stored(checked.line.seq) == checked.line.bytes else { return .failure(.branch) }
        } catch {
          return .failure(.store(Store.brief(error)))
        }
      } else {
        accepted.lines.append(
          .init(
            seq: checked.line.seq, segment: checked.header.segmentID, chain: checked.line.chain,
            bytes: checked.line.bytes, framesBefore: frames))
      }
      frames.removeAll()
    }
    guard let recordChain, push.checkpoint.seq == checker.nextSeq - 1,
      push.checkpoint.chain == recordChain || push.checkpoint.chain == checker.chain
    else { return .failure(.checkpoint) }
    return .success(accepted)
  }

  /// Whether the last record of the body is the one the signed checkpoint names, by the chain that it states itself.
  private var endsInItsOwnCheckpoint: Bool {
    let lines = push.body.split(separator: 0x0A)
    return lines.suffix(4).contains { line in
      guard let parsed = try? JournalLine.parse(line) else { return false }
      return parsed.chain == push.checkpoint.chain
    }
  }
}
