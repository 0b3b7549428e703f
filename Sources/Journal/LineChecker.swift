// LineChecker — follows a journal line by line and says of each whether it is the one that must come: CRC, chain, number,
// header signature. Pure; holds a few values and no line. The county feeds it what arrives, `verify` what stands on a disk.
//
// Rules: the first line of a journal is a header. Its second copy (the same bytes) is accepted right behind it and changes
// nothing, so a sender may leave it out. Only records take a number. A header in the middle must continue the segment
// before: its id, the chain at the end of what was checked, the next number. A refused line leaves the checker unchanged.

/// A line that stands where it belongs.
public struct CheckedLine: Equatable, Sendable {
  public let line: JournalLine
  /// The segment the line belongs to; for a header line, itself.
  public let header: SegmentHeader
  /// True for a header line that began a segment (not for its second copy).
  public let beginsSegment: Bool
}

/// Checks the lines of one journal in order.
public struct LineChecker: Sendable {
  public let journalID: String
  /// The key that headers must name and be signed by; nil takes the first header's.
  public private(set) var signPublicKey: [UInt8]?
  /// The segment being read.
  public private(set) var header: SegmentHeader?
  /// The number that the next record must have.
  public private(set) var nextSeq: UInt64
  /// The chain after the last accepted line, 32 bytes.
  public var chain: [UInt8] { current.bytes }

  private var current: Chain
  private var headerBytes: [UInt8] = []

  /// From the first line of a journal on. Give the device's key where it is known: a header signed by another is refused.
  public init(journalID: String, signPublicKey: [UInt8]?) {
    self.journalID = journalID
    self.signPublicKey = signPublicKey
    header = nil
    nextSeq = 1
    current = .genesis
  }

  /// From behind record `nextSeq - 1` on, in the segment of `header`; `chain` is that record's. Nil where `chain` is not 32
  /// bytes long.
  public init?(resuming header: SegmentHeader, nextSeq: UInt64, chain: [UInt8]) {
    guard let chain = Chain(bytes: chain) else { return nil }
    journalID = header.journalID
    signPublicKey = header.signPublicKey
    self.header = header
    self.nextSeq = nextSeq
    current = chain
  }

  /// Checks the next line (with or without its line feed).
  public mutating func check(_ line: ArraySlice<UInt8>) throws(LineFault) -> CheckedLine {
    let line = try JournalLine.parse(line)
    if line.kind == .header { return try checkHeader(line) }
    guard let header else { throw .headerMissing }
    let expected = line.kind == .record ? nextSeq : nextSeq - 1
    guard line.seq == expected else { throw .unexpectedSeq(expected: expected, found: line.seq) }
    let chain = try follow(line, after: current)
    if line.kind == .checkpoint {
      guard Checkpoint.holds(line, in: header, chainBefore: current) else { throw .badSignature }
    }
    current = chain
    headerBytes = []
    if line.kind == .record { nextSeq += 1 }
    return CheckedLine(line: line, header: header, beginsSegment: false)
  }

  private mutating func checkHeader(_ line: JournalLine) throws(LineFault) -> CheckedLine {
    if let header, line.bytes == headerBytes {
      return CheckedLine(line: line, header: header, beginsSegment: false)
    }
    let next = try SegmentHeader.parse(line)
    guard next.journalID == journalID else { throw .otherJournal }
    if let signPublicKey, signPublicKey != next.signPublicKey { throw .badSignature }
    guard next.firstSeq == nextSeq else { throw .unexpectedSeq(expected: nextSeq, found: next.firstSeq) }
    if let header {
      guard let previous = next.previous, previous.segmentID == header.segmentID, previous.chain == current.bytes,
        next.segmentNumber > header.segmentNumber
      else { throw .doesNotContinue }
    } else {
      guard next.previous == nil else { throw .doesNotContinue }
    }
    current = try follow(line, after: current)
    header = next
    signPublicKey = next.signPublicKey
    headerBytes = line.bytes
    return CheckedLine(line: line, header: next, beginsSegment: true)
  }

  private func follow(_ line: JournalLine, after previous: Chain) throws(LineFault) -> Chain {
    let upTo = line.bytes.count - JournalLine.tailBytes + 1
    let chain = previous.extended(over: line.bytes, 0..<upTo)
    guard chain.bytes == line.chain else { throw .badChain(seq: line.seq) }
    return chain
  }
}
