// Checkpoint — a signed statement "this journal has records 1…seq, and this is the chain there":
//
//     zoufang/<journal id>\n<seq>\n<chain, base64url>\n
//
// signed with Ed25519 over exactly these bytes. It goes with every batch to the county, and, as a `J1C` line whose payload is
// text and signature, stands at the end of a segment. Two checkpoints of one number that differ prove a fork.

/// A signed checkpoint.
public struct Checkpoint: Equatable, Sendable {
  public let journalID: String
  public let seq: UInt64
  /// 32 bytes.
  public let chain: [UInt8]
  /// 64 bytes.
  public let signature: [UInt8]

  /// Makes and signs a checkpoint.
  public init(journalID: String, seq: UInt64, chain: [UInt8], signedBy key: SigningKey) throws(KeyFault) {
    self.journalID = journalID
    self.seq = seq
    self.chain = chain
    signature = try key.sign(Checkpoint.message(journalID: journalID, seq: seq, chain: chain))
  }

  /// Reads ``text``; nil where it has not the form. The signature is verified by ``isSigned(by:)``.
  public init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 5, lines[4].isEmpty, lines[0].hasPrefix("zoufang/"),
      UUIDText.bytes(String(lines[0].dropFirst(8))) != nil, lines[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let seq = UInt64(lines[1]), String(seq) == lines[1], let chain = Chain(text: lines[2]),
      let signature = RawBytes.fromBase64(Array(lines[3].utf8)), signature.count == 64
    else { return nil }
    journalID = String(lines[0].dropFirst(8))
    self.seq = seq
    self.chain = chain.bytes
    self.signature = signature
  }

  /// The signed bytes and the signature as a fourth line, base64url.
  public var text: String {
    String(decoding: Checkpoint.message(journalID: journalID, seq: seq, chain: chain), as: UTF8.self)
      + String(decoding: RawBytes.base64(signature), as: UTF8.self) + "\n"
  }

  public func isSigned(by publicKey: [UInt8]) -> Bool {
    SigningKey.verify(
      signature, of: Checkpoint.message(journalID: journalID, seq: seq, chain: chain), by: publicKey)
  }

  static func message(journalID: String, seq: UInt64, chain: [UInt8]) -> [UInt8] {
    Array("zoufang/\(journalID)\n\(seq)\n\(String(decoding: RawBytes.base64(chain), as: UTF8.self))\n".utf8)
  }

  /// Whether a checkpoint line says the number and chain of the place where it stands.
  static func holds(_ line: JournalLine, in header: SegmentHeader, chainBefore: Chain) -> Bool {
    guard let payload = line.decodedPayload, let checkpoint = Checkpoint(text: String(decoding: payload, as: UTF8.self))
    else { return false }
    return checkpoint.journalID == header.journalID && checkpoint.seq == line.seq
      && checkpoint.chain == chainBefore.bytes && checkpoint.isSigned(by: header.signPublicKey)
  }
}

extension Checkpoint {
  /// The checkpoint that goes with a batch: about its last record.
  public init(_ lines: RawLines, signedBy key: SigningKey) throws(KeyFault) {
    try self.init(journalID: lines.journalID, seq: lines.lastSeq, chain: lines.chain, signedBy: key)
  }
}
