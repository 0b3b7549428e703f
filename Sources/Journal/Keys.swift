// Keys — the pairs a device or a county has, as plain bytes to everyone outside this room.
//
// SigningKey is Ed25519 (RFC 8032): it signs headers, checkpoints and the answers to the county's challenge.
// PrivateReaderKey and ReaderKey are X25519 (RFC 7748) for HPKE (RFC 9180, X25519 · HKDF-SHA256 · ChaCha20-Poly1305):
// whoever holds the private one opens the segments that were wrapped for it. A key's id is the first sixteen hexadecimal
// digits of SHA-256 over its public bytes: it names the key, it does not prove anything.

internal import Crypto
internal import FoundationEssentials

/// Bytes that are not a key of the kind asked for.
public struct KeyFault: Error, Equatable, Sendable {
  public init() {}
}

/// An Ed25519 key that signs.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new random key.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key whose 32 secret bytes these are.
  public init(raw: [UInt8]) throws(KeyFault) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw) else { throw KeyFault() }
    self.key = key
  }

  public var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }
  /// 32 bytes.
  public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// 64 bytes. Throws only where the library fails.
  public func sign(_ message: [UInt8]) throws(KeyFault) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else { throw KeyFault() }
    return Array(signature)
  }

  /// Whether `signature` over `message` was made by the holder of `publicKey`. Anything malformed is false.
  public static func verify(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

/// For whom a segment's key is wrapped.
public enum ReaderKind: String, Sendable, Codable, CaseIterable {
  /// The vault on the laptop itself.
  case vault
  /// The county's key on its server.
  case ingest
  /// The county's key in a safe.
  case recovery
  /// Another person's device, such as a township supervisor's.
  case reader
}

/// The public half of a key that may open segments.
public struct ReaderKey: Hashable, Sendable {
  public let kind: ReaderKind
  /// Names the key; see ``ReaderKey/id(of:)``.
  public let keyID: String
  /// X25519, 32 bytes.
  public let publicKey: [UInt8]

  /// `keyID` nil: made from the key.
  public init(kind: ReaderKind, keyID: String? = nil, publicKey: [UInt8]) {
    self.kind = kind
    self.keyID = keyID ?? ReaderKey.id(of: publicKey)
    self.publicKey = publicKey
  }

  /// The first sixteen hexadecimal digits of SHA-256 over the public key.
  public static func id(of publicKey: [UInt8]) -> String {
    String(RawBytes.hex(SHA256.hash(data: publicKey)).prefix(16))
  }
}

/// The private half: X25519.
public struct PrivateReaderKey: Sendable {
  let key: Curve25519.KeyAgreement.PrivateKey

  /// A new random key.
  public init() { key = Curve25519.KeyAgreement.PrivateKey() }

  /// The key whose 32 secret bytes these are.
  public init(raw: [UInt8]) throws(KeyFault) {
    guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: raw) else { throw KeyFault() }
    self.key = key
  }

  public var rawRepresentation: [UInt8] { Array(key.rawRepresentation) }
  public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }
  public var keyID: String { ReaderKey.id(of: publicKey) }
}
