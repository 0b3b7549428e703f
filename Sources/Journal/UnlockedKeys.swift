// UnlockedKeys — what an open vault holds, as a value: the vault's id, its master key (VMK), the device's two key pairs and
// the named secrets. It never reaches a disk unsealed; a child process gets it through an inherited pipe (`encode`).

internal import Crypto
internal import FoundationEssentials

/// The keys and secrets of an unlocked vault.
public struct UnlockedKeys: Sendable {
  /// Names the vault in the wraps of segments; 32 hexadecimal digits.
  public let vaultID: String
  /// Signs headers, checkpoints, challenges.
  public let signing: SigningKey
  /// Opens what others wrapped for this device.
  public let reader: PrivateReaderKey
  /// Further secrets by name: the grant, the county's CA and pins…
  public internal(set) var secrets: [String: [UInt8]]
  let master: [UInt8]

  init(vaultID: String, master: [UInt8], signing: SigningKey, reader: PrivateReaderKey, secrets: [String: [UInt8]]) {
    self.vaultID = vaultID
    self.master = master
    self.signing = signing
    self.reader = reader
    self.secrets = secrets
  }

  /// A key for one purpose: HKDF-SHA256 over the master key, `purpose` as info, no salt.
  func derived(_ purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: master), info: Data(purpose.utf8), outputByteCount: 32)
  }

  /// For an inherited pipe: `ZFK1`, then fields of a 4-byte length and bytes: vault id, master key, signing key, reader key,
  /// then name and value of every secret. Secret; never to be written to a file.
  public func encode() -> [UInt8] {
    var bytes = UnlockedKeys.magic
    for field in [Array(vaultID.utf8), master, signing.rawRepresentation, reader.rawRepresentation] {
      Fields.append(field, to: &bytes)
    }
    for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
      Fields.append(Array(name.utf8), to: &bytes)
      Fields.append(value, to: &bytes)
    }
    return bytes
  }

  /// The keys from ``encode()``, or nil where the bytes are not that.
  public static func decode(_ bytes: [UInt8]) -> UnlockedKeys? {
    guard bytes.starts(with: magic), let fields = Fields.read(bytes[magic.count...]), fields.count >= 4,
      fields.count % 2 == 0, fields[1].count == 32, let signing = try? SigningKey(raw: fields[2]),
      let reader = try? PrivateReaderKey(raw: fields[3])
    else { return nil }
    var secrets: [String: [UInt8]] = [:]
    for index in stride(from: 4, to: fields.count, by: 2) {
      secrets[String(decoding: fields[index], as: UTF8.self)] = fields[index + 1]
    }
    return UnlockedKeys(
      vaultID: String(decoding: fields[0], as: UTF8.self), master: fields[1], signing: signing, reader: reader,
      secrets: secrets)
  }

  private static let magic = [UInt8]("ZFK1".utf8)
}

/// Length-prefixed fields: a 4-byte big-endian length, then the bytes.
enum Fields {
  static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: RawBytes.bigEndian(UInt32(truncatingIfNeeded: field.count)))
    bytes.append(contentsOf: field)
  }

  static func read(_ bytes: ArraySlice<UInt8>) -> [[UInt8]]? {
    let bytes = Array(bytes)
    var fields: [[UInt8]] = []
    var place = 0
    while place < bytes.count {
      guard let length = RawBytes.bigEndian32(bytes, at: place), Int(length) <= bytes.count - place - 4 else {
        return nil
      }
      fields.append(Array(bytes[place + 4..<place + 4 + Int(length)]))
      place += 4 + Int(length)
    }
    return fields
  }
}
