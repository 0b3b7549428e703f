// VaultFile — the bytes of vault.key, six lines of text:
//
//     zoufang-vault-v1
//     id <32 hexadecimal digits>
//     kdf scrypt <log2N> 8 1 <salt>        or: kdf file <salt>
//     vmk <box>          ChaCha20-Poly1305 of the 32-byte master key under the stretched key, AAD = the three lines above
//     secrets <box>      ChaCha20-Poly1305 under HKDF(VMK, "vault"), AAD = the first two lines; Fields: signing key, reader
//                        key, then name, value, name, value…
//     crc <8 hexadecimal digits>           CRC32C over everything above: damage is told from a wrong passphrase
//
// Salts are 16 bytes, boxes nonce ‖ ciphertext ‖ tag, both base64url.

internal import Crypto
internal import FoundationEssentials

struct VaultFile: Equatable, Sendable {
  enum Stretching: Equatable, Sendable {
    case scrypt(log2N: Int, salt: [UInt8])
    case keyFile(salt: [UInt8])
  }

  var id: String
  var stretching: Stretching
  var masterBox: [UInt8]
  var secretsBox: [UInt8]

  static let title = "zoufang-vault-v1"

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: RawBytes.base64(bytes), as: UTF8.self) }

  static func idLines(_ id: String) -> String { "\(title)\nid \(id)\n" }

  static func heading(_ id: String, _ stretching: Stretching) -> String {
    switch stretching {
    case .scrypt(let log2N, let salt): idLines(id) + "kdf scrypt \(log2N) 8 1 \(text(salt))\n"
    case .keyFile(let salt): idLines(id) + "kdf file \(text(salt))\n"
    }
  }

  var bytes: [UInt8] {
    var bytes = Array(VaultFile.heading(id, stretching).utf8)
    bytes.append(contentsOf: "vmk \(VaultFile.text(masterBox))\nsecrets \(VaultFile.text(secretsBox))\n".utf8)
    let crc = RawBytes.crc32c(bytes)
    bytes.append(contentsOf: "crc ".utf8)
    bytes.append(contentsOf: RawBytes.hexText(crc))
    bytes.append(0x0A)
    return bytes
  }

  enum Reading {
    case good(VaultFile)
    case damaged
    case newer(String)
  }

  static func read(_ bytes: [UInt8]) -> Reading {
    let tail = bytes.count - 13
    guard tail > 0, bytes[tail..<tail + 4].elementsEqual("crc ".utf8), bytes.last == 0x0A,
      let crc = RawBytes.hexValue(bytes, at: tail + 4), crc == RawBytes.crc32c(bytes, 0..<tail)
    else { return .damaged }
    let lines = String(decoding: bytes[..<tail], as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
    guard let first = lines.first?.first else { return .damaged }
    guard first == title else { return first.hasPrefix("zoufang-vault-v") ? .newer(first) : .damaged }
    guard lines.count == 6, lines[1].count == 2, lines[1][0] == "id", lines[3].count == 2, lines[3][0] == "vmk",
      lines[4].count == 2, lines[4][0] == "secrets", lines[5] == [""], lines[1][1].utf8.count == 32,
      let master = RawBytes.fromBase64(Array(lines[3][1].utf8)),
      let secrets = RawBytes.fromBase64(Array(lines[4][1].utf8))
    else { return .damaged }
    let stretching: Stretching
    let kdf = lines[2]
    if kdf.count == 6, kdf[0] == "kdf", kdf[1] == "scrypt", let log2N = Int(kdf[2]), kdf[3] == "8", kdf[4] == "1",
      let salt = RawBytes.fromBase64(Array(kdf[5].utf8))
    {
      stretching = .scrypt(log2N: log2N, salt: salt)
    } else if kdf.count == 3, kdf[0] == "kdf", kdf[1] == "file", let salt = RawBytes.fromBase64(Array(kdf[2].utf8)) {
      stretching = .keyFile(salt: salt)
    } else {
      return kdf.first == "kdf" ? .newer(kdf.dropFirst().first ?? "") : .damaged
    }
    return .good(VaultFile(id: lines[1][1], stretching: stretching, masterBox: master, secretsBox: secrets))
  }

  // MARK: closing and opening

  static func seal(
    _ keys: UnlockedKeys, stretching: Stretching, under stretched: SymmetricKey, entropy: Entropy
  ) throws(VaultFault) -> VaultFile {
    let heading = Array(heading(keys.vaultID, stretching).utf8)
    guard let nonce = try? ChaChaPoly.Nonce(data: entropy.bytes(12)),
      let box = try? ChaChaPoly.seal(keys.master, using: stretched, nonce: nonce, authenticating: heading)
    else { throw .unavailable }
    return VaultFile(
      id: keys.vaultID, stretching: stretching, masterBox: Array(box.combined),
      secretsBox: try sealSecrets(keys, entropy: entropy))
  }

  static func sealSecrets(_ keys: UnlockedKeys, entropy: Entropy) throws(VaultFault) -> [UInt8] {
    var plain: [UInt8] = []
    Fields.append(keys.signing.rawRepresentation, to: &plain)
    Fields.append(keys.reader.rawRepresentation, to: &plain)
    for (name, value) in keys.secrets.sorted(by: { $0.key < $1.key }) {
      Fields.append(Array(name.utf8), to: &plain)
      Fields.append(value, to: &plain)
    }
    guard let nonce = try? ChaChaPoly.Nonce(data: entropy.bytes(12)),
      let box = try? ChaChaPoly.seal(
        plain, using: keys.derived("vault"), nonce: nonce, authenticating: Array(idLines(keys.vaultID).utf8))
    else { throw .unavailable }
    return Array(box.combined)
  }

  /// The keys, or nil where `stretched` is not the right key.
  func open(under stretched: SymmetricKey) throws(VaultFault) -> UnlockedKeys? {
    guard let box = try? ChaChaPoly.SealedBox(combined: masterBox),
      let master = try? ChaChaPoly.open(
        box, using: stretched, authenticating: Array(VaultFile.heading(id, stretching).utf8)), master.count == 32
    else { return nil }
    let master32 = Array(master)
    let vaultKey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: master32), info: Data("vault".utf8), outputByteCount: 32)
    guard let secretBox = try? ChaChaPoly.SealedBox(combined: secretsBox),
      let plain = try? ChaChaPoly.open(secretBox, using: vaultKey, authenticating: Array(VaultFile.idLines(id).utf8)),
      let fields = Fields.read(Array(plain)[...]), fields.count >= 2, fields.count % 2 == 0,
      let signing = try? SigningKey(raw: fields[0]), let reader = try? PrivateReaderKey(raw: fields[1])
    else { throw .damaged }
    var secrets: [String: [UInt8]] = [:]
    for index in stride(from: 2, to: fields.count, by: 2) {
      secrets[String(decoding: fields[index], as: UTF8.self)] = fields[index + 1]
    }
    return UnlockedKeys(vaultID: id, master: master32, signing: signing, reader: reader, secrets: secrets)
  }
}
