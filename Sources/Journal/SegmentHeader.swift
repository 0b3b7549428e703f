// SegmentHeader — what the first two lines of a segment say: JSON in base64url, not sealed, signed, written twice with the
// same bytes so that no single damaged byte can close a segment.
//
// The JSON is written with sorted keys and with its signature as the last member, of fixed length:
//
//     {"compat":[],…,"wraps":[…],"sig":"<86 characters>"}
//
// and the signature is Ed25519 over "zoufang-head-v1\n" and the bytes before `,"sig":`. Bytes are signed as written; nothing
// is serialised again to be checked. It names no person, village or household.

internal import FoundationEssentials

/// The header of one segment.
public struct SegmentHeader: Equatable, Sendable {
  /// How the segment before ended.
  public enum End: String, Sendable, Codable {
    /// With checkpoint and end line, or whole to its last byte.
    case clean
    /// With bytes of an append that was never acknowledged.
    case torn
    /// With damage that cost no line (a second copy of the header, a line feed…).
    case damaged
    /// A write or a sync failed: what follows the good length does not count.
    case poisoned
  }

  /// The segment before this one in the same journal.
  public struct Previous: Equatable, Sendable {
    public var segmentID: String
    /// The chain at its last good byte.
    public var chain: [UInt8]
    /// Its bytes up to there; what follows does not belong to the journal.
    public var goodLength: Int
    public var end: End
  }

  /// How far an earlier journal of this directory counts: its records 1…seq stand where they are; whatever could still be
  /// read of later ones was written again into this journal.
  public struct Continuation: Equatable, Sendable {
    public var journalID: String
    public var seq: UInt64
    public var chain: [UInt8]
  }

  /// The segment's key, closed for one reader.
  public struct Wrap: Equatable, Sendable {
    public var kind: ReaderKind
    public var keyID: String
    /// HPKE's encapsulated key (32 bytes); empty for the vault.
    public var enc: [UInt8]
    public var box: [UInt8]
  }

  /// UUIDv4, lower-case.
  public var journalID: String
  /// UUIDv4, lower-case.
  public var segmentID: String
  /// From 1, over all journals of the directory.
  public var segmentNumber: Int
  /// The number that the first record of this segment has.
  public var firstSeq: UInt64
  /// Nil in the first segment of a journal.
  public var previous: Previous?
  /// Only in the first segment of a journal that was begun because another one could not go on. The last one is the journal
  /// directly before.
  public var continues: [Continuation]
  /// What this directory has lost, ever, and what of it a person knows.
  public var losses = LossRecord()
  public var deviceID: String
  /// A salted hash of the machine's id, or empty where it has none.
  public var machine: String
  /// The calendar month the segment was begun in, `2026-11`; segments rotate by month.
  public var month: String
  /// 1: ChaCha20-Poly1305, SHA-256, Ed25519, X25519.
  public var suite: Int
  /// Features a reader may ignore, but not a writer.
  public var compat: [String]
  /// Features that must be understood by a reader too.
  public var incompat: [String]
  public var wraps: [Wrap]
  /// Ed25519, 32 bytes.
  public var signPublicKey: [UInt8]

  static let signaturePrefix = [UInt8]("zoufang-head-v1\n".utf8)
  static let signatureMember = [UInt8](",\"sig\":\"".utf8)
  static let signatureTail = signatureMember.count + 86 + 2

  /// The header that a line holds, its signature verified under the key that it names. Whether that key is the device's is
  /// the caller's question.
  public static func parse(_ line: JournalLine) throws(LineFault) -> SegmentHeader {
    guard line.kind == .header, let json = line.decodedPayload else { throw .badHeader }
    let header = try parse(json: json)
    guard header.firstSeq == line.seq else { throw .badHeader }
    return header
  }

  static func parse(json: [UInt8]) throws(LineFault) -> SegmentHeader {
    let body = json.count - signatureTail
    guard body > 1, json[body..<body + signatureMember.count].elementsEqual(signatureMember),
      json.suffix(2).elementsEqual([0x22, 0x7D]),
      let signature = RawBytes.fromBase64(json, body + signatureMember.count..<json.count - 2)
    else { throw .badHeader }
    guard let fields = try? JSONDecoder().decode(HeaderFields.self, from: Data(json)) else { throw .badHeader }
    guard fields.v == 1 else { throw .newerFormat(major: fields.v) }
    let unknown = fields.incompat.filter { !known.contains($0) }
    guard unknown.isEmpty else { throw .unknownFeatures(unknown) }
    guard fields.suite == 1 else { throw .unknownFeatures(["suite-\(fields.suite)"]) }
    guard let header = fields.header else { throw .badHeader }
    guard SigningKey.verify(signature, of: signaturePrefix + json[..<body], by: header.signPublicKey) else {
      throw .badSignature
    }
    return header
  }

  /// Features of this format that this program understands: none beyond the format itself yet.
  static let known: Set<String> = []

  /// The header's JSON, signed.
  func json(signedBy key: SigningKey) throws(KeyFault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(HeaderFields(self)) else { throw KeyFault() }
    var body = Array(data)
    body.removeLast()
    let signature = try key.sign(SegmentHeader.signaturePrefix + body)
    body.append(contentsOf: SegmentHeader.signatureMember)
    RawBytes.appendBase64(signature, to: &body)
    body.append(contentsOf: [0x22, 0x7D])
    return body
  }
}

/// The JSON of a header, name for name.
private struct HeaderFields: Codable {
  struct Previous: Codable {
    var segment_id: String
    var chain: String
    var good_len: Int
    var end: SegmentHeader.End
  }
  struct Continuation: Codable {
    var journal_id: String
    var seq: UInt64
    var chain: String
  }
  struct Loss: Codable {
    var journal_id: String?
    var numbers: RecordNumbers
    var tail_unknown: Bool?

    init(_ loss: JournalLoss) {
      journal_id = loss.journalID
      numbers = loss.numbers
      tail_unknown = loss.isTailUnknown ? true : nil
    }

    var loss: JournalLoss? {
      if let journal_id, UUIDText.bytes(journal_id) == nil { return nil }
      return JournalLoss(journalID: journal_id, numbers: numbers, isTailUnknown: tail_unknown ?? false)
    }

    static func list(_ losses: JournalLosses) -> [Loss]? {
      losses.isEmpty ? nil : losses.bounded.all.suffix(JournalLimits.lossesMax).map(Loss.init)
    }
  }
  struct Wrap: Codable {
    var kind: String
    var kid: String
    var enc: String?
    var box: String
  }
  var v: Int
  var journal_id: String
  var segment_id: String
  var segment_no: Int
  var first_seq: UInt64
  var prev: Previous?
  var continues: [Continuation]?
  var lost: [Loss]?
  var lost_seen: [Loss]?
  var device_id: String
  var machine: String
  var month: String
  var suite: Int
  var compat: [String]
  var incompat: [String]
  var wraps: [Wrap]
  var sign_pub: String

  init(_ header: SegmentHeader) {
    func text(_ bytes: [UInt8]) -> String { String(decoding: RawBytes.base64(bytes), as: UTF8.self) }
    v = 1
    journal_id = header.journalID
    segment_id = header.segmentID
    segment_no = header.segmentNumber
    first_seq = header.firstSeq
    prev = header.previous.map {
      Previous(segment_id: $0.segmentID, chain: text($0.chain), good_len: $0.goodLength, end: $0.end)
    }
    continues =
      header.continues.isEmpty
      ? nil : header.continues.map { Continuation(journal_id: $0.journalID, seq: $0.seq, chain: text($0.chain)) }
    lost = Loss.list(header.losses.known)
    lost_seen = Loss.list(header.losses.seen)
    device_id = header.deviceID
    machine = header.machine
    month = header.month
    suite = header.suite
    compat = header.compat
    incompat = header.incompat
    wraps = header.wraps.map {
      Wrap(kind: $0.kind.rawValue, kid: $0.keyID, enc: $0.enc.isEmpty ? nil : text($0.enc), box: text($0.box))
    }
    sign_pub = text(header.signPublicKey)
  }

  /// The header, or nil where a field has not its form. A wrap of an unknown kind is left out: a later version may add kinds.
  var header: SegmentHeader? {
    func bytes(_ text: String) -> [UInt8]? { RawBytes.fromBase64(Array(text.utf8)) }
    guard UUIDText.bytes(journal_id) != nil, UUIDText.bytes(segment_id) != nil, segment_no >= 1,
      segment_no <= JournalLimits.recordsMax, first_seq >= 1,
      first_seq <= JournalLimits.recordsMax, let key = bytes(sign_pub), key.count == 32,
      wraps.count <= JournalLimits.readersMax + 1
    else { return nil }
    var previous: SegmentHeader.Previous?
    if let prev {
      guard UUIDText.bytes(prev.segment_id) != nil, let chain = bytes(prev.chain), chain.count == 32, prev.good_len >= 0
      else { return nil }
      previous = .init(segmentID: prev.segment_id, chain: chain, goodLength: prev.good_len, end: prev.end)
    }
    var continued: [SegmentHeader.Continuation] = []
    for item in continues ?? [] {
      guard UUIDText.bytes(item.journal_id) != nil, let chain = bytes(item.chain), chain.count == 32,
        item.seq <= JournalLimits.recordsMax
      else { return nil }
      continued.append(.init(journalID: item.journal_id, seq: item.seq, chain: chain))
    }
    let known = (lost ?? []).map(\.loss)
    let seen = (lost_seen ?? []).map(\.loss)
    guard !known.contains(nil), !seen.contains(nil) else { return nil }
    guard previous == nil || continued.isEmpty, previous != nil || first_seq == 1 else { return nil }
    var opened: [SegmentHeader.Wrap] = []
    for wrap in wraps {
      guard let box = bytes(wrap.box), let enc = bytes(wrap.enc ?? "") else { return nil }
      guard let kind = ReaderKind(rawValue: wrap.kind) else { continue }
      opened.append(.init(kind: kind, keyID: wrap.kid, enc: enc, box: box))
    }
    return SegmentHeader(
      journalID: journal_id, segmentID: segment_id, segmentNumber: segment_no, firstSeq: first_seq, previous: previous,
      continues: continued,
      losses: LossRecord(known: JournalLosses(known.compactMap(\.self)), seen: JournalLosses(seen.compactMap(\.self))),
      deviceID: device_id, machine: machine, month: month, suite: suite, compat: compat, incompat: incompat,
      wraps: opened, signPublicKey: key)
  }
}
