// Sealing — how records are closed and opened.
//
// Every segment has its own random 256-bit key. A record's payload is nonce(12) ‖ ciphertext ‖ tag(16), ChaCha20-Poly1305
// under that key, over the padded content, with
//     AAD = "zoufang-jrnl-v1" ‖ journal id (16) ‖ segment id (16) ‖ kind (1) ‖ seq (8, big-endian)
// The chain is not in it: each record must open alone, whatever happened to its neighbours. The nonce is random and never
// the number: a restored copy of a disk would use a number twice under one key. The segment's key is wrapped
//   for the vault:  ChaCha20-Poly1305 under HKDF-SHA256(VMK, info "seg-wrap"), AAD = journal id ‖ segment id
//   for a reader:   HPKE base mode, info = "zoufang-seg-v1" ‖ journal id ‖ segment id ‖ key id

internal import Crypto
internal import FoundationEssentials

/// Why sealed bytes stay closed.
public enum SealFault: Error, Equatable, Sendable {
  /// The header holds no wrap for this key.
  case notForThisKey
  /// The wrap does not open: other key, or changed bytes.
  case wrapDamaged
  /// The line is not a record, or not one of this segment, or its seal does not open.
  case recordDamaged(seq: UInt64)
  /// The content is longer than ``JournalLimits/contentBytesMax``.
  case tooLarge(bytes: Int)
  /// The library refused to work.
  case unavailable
}

/// The key of one segment with what it binds its records to.
struct SegmentKey: Sendable {
  let key: SymmetricKey
  private let binding: [UInt8]

  init(key: SymmetricKey, journalID: [UInt8], segmentID: [UInt8]) {
    self.key = key
    binding = Array("zoufang-jrnl-v1".utf8) + journalID + segmentID
  }

  private func associated(_ seq: UInt64) -> [UInt8] {
    var data = binding
    data.append(LineKind.record.rawValue)
    data.append(contentsOf: RawBytes.bigEndian(seq))
    return data
  }

  func seal(_ content: [UInt8], seq: UInt64, entropy: Entropy) throws(SealFault) -> [UInt8] {
    guard let plain = Padding.pad(content) else { throw .tooLarge(bytes: content.count) }
    guard let nonce = try? ChaChaPoly.Nonce(data: entropy.bytes(12)),
      let box = try? ChaChaPoly.seal(plain, using: key, nonce: nonce, authenticating: associated(seq))
    else { throw .unavailable }
    return Array(box.combined)
  }

  /// Any error of the library is the same answer: it does not open.
  func open(_ sealed: Data, seq: UInt64) -> [UInt8]? {
    guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
      let plain = try? ChaChaPoly.open(box, using: key, authenticating: associated(seq))
    else { return nil }
    return RawBytes.unpadded(plain)
  }
}

/// Opens the records of one segment.
public struct SegmentOpener: Sendable {
  let key: SegmentKey

  init(key: SegmentKey) { self.key = key }

  /// With the private key of a reader named in the header.
  public init(_ header: SegmentHeader, with reader: PrivateReaderKey) throws(SealFault) {
    let publicID = reader.keyID
    guard let ids = SegmentWrap.ids(header) else { throw .wrapDamaged }
    let mine = header.wraps.filter { $0.kind != .vault && $0.keyID == publicID }
    guard !mine.isEmpty else { throw .notForThisKey }
    for wrap in mine {
      if let key = SegmentWrap.open(wrap, ids: ids, with: reader) {
        self.key = SegmentKey(key: key, journalID: ids.journal, segmentID: ids.segment)
        return
      }
    }
    throw .wrapDamaged
  }

  /// With the unlocked keys of the vault that wrote the segment.
  public init(_ header: SegmentHeader, with keys: UnlockedKeys) throws(SealFault) {
    guard let ids = SegmentWrap.ids(header) else { throw .wrapDamaged }
    let mine = header.wraps.filter { $0.kind == .vault && $0.keyID == keys.vaultID }
    guard !mine.isEmpty else { throw .notForThisKey }
    for wrap in mine {
      if let key = SegmentWrap.open(wrap, ids: ids, with: keys) {
        self.key = SegmentKey(key: key, journalID: ids.journal, segmentID: ids.segment)
        return
      }
    }
    throw .wrapDamaged
  }

  /// The content of a record line: the inner JSON, or a piece of an attachment (``BlobPiece``).
  public func open(_ line: JournalLine) throws(SealFault) -> [UInt8] {
    guard line.kind == .record, let sealed = line.decodedPayload,
      let content = key.open(Data(sealed), seq: line.seq)
    else {
      throw .recordDamaged(seq: line.seq)
    }
    return content
  }
}

/// Wrapping and unwrapping of segment keys.
enum SegmentWrap {
  struct IDs {
    let journal: [UInt8]
    let segment: [UInt8]
  }

  static func ids(_ header: SegmentHeader) -> IDs? {
    guard let journal = UUIDText.bytes(header.journalID), let segment = UUIDText.bytes(header.segmentID) else {
      return nil
    }
    return IDs(journal: journal, segment: segment)
  }

  static func newKey(_ entropy: Entropy) -> SymmetricKey { SymmetricKey(data: entropy.bytes(32)) }

  private static func info(_ ids: IDs, keyID: String) -> Data {
    Data("zoufang-seg-v1".utf8) + Data(ids.journal) + Data(ids.segment) + Data(keyID.utf8)
  }

  /// One wrap for the vault, and one for each reader.
  static func wraps(
    _ key: SymmetricKey, ids: IDs, keys: UnlockedKeys, readers: [ReaderKey], entropy: Entropy
  ) throws(SealFault) -> [SegmentHeader.Wrap] {
    let raw = unsafe key.withUnsafeBytes { unsafe Array($0) }
    guard let nonce = try? ChaChaPoly.Nonce(data: entropy.bytes(12)),
      let box = try? ChaChaPoly.seal(
        raw, using: keys.derived("seg-wrap"), nonce: nonce, authenticating: ids.journal + ids.segment)
    else { throw .unavailable }
    var wraps = [SegmentHeader.Wrap(kind: .vault, keyID: keys.vaultID, enc: [], box: Array(box.combined))]
    for reader in readers {
      guard let public_ = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: reader.publicKey),
        var sender = try? HPKE.Sender(
          recipientKey: public_, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: info(ids, keyID: reader.keyID)),
        let sealed = try? sender.seal(raw)
      else { throw .unavailable }
      wraps.append(
        SegmentHeader.Wrap(
          kind: reader.kind, keyID: reader.keyID, enc: Array(sender.encapsulatedKey), box: Array(sealed)))
    }
    return wraps
  }

  static func open(_ wrap: SegmentHeader.Wrap, ids: IDs, with keys: UnlockedKeys) -> SymmetricKey? {
    guard let box = try? ChaChaPoly.SealedBox(combined: wrap.box),
      let raw = try? ChaChaPoly.open(
        box, using: keys.derived("seg-wrap"), authenticating: ids.journal + ids.segment), raw.count == 32
    else { return nil }
    return SymmetricKey(data: raw)
  }

  static func open(_ wrap: SegmentHeader.Wrap, ids: IDs, with reader: PrivateReaderKey) -> SymmetricKey? {
    guard
      var recipient = try? HPKE.Recipient(
        privateKey: reader.key, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: info(ids, keyID: wrap.keyID),
        encapsulatedKey: Data(wrap.enc)), let raw = try? recipient.open(Data(wrap.box)), raw.count == 32
    else { return nil }
    return SymmetricKey(data: raw)
  }
}
