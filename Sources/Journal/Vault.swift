// Vault — where a device's keys rest: `vault.key` and its twin `vault.key.bak` in the data directory.
//
//     passphrase ──scrypt──► KEK ──► VMK (random, 32 bytes) ──HKDF──► secrets, wraps of segment keys
//
// Two whole copies always exist: a change writes vault.key (tmp, fsync, rename, fsync of the directory), then the twin. A
// changed passphrase leaves the twin as it was until the next good unlock with the new one. At opening the first copy whose
// CRC is right counts; a wrong passphrase is only ever said of a whole copy. A lost passphrase loses no record: segments are
// wrapped for the county's keys too. The server's vault opens with a key file of 32 random bytes (0400) in place of a passphrase.

internal import Crypto
internal import FoundationEssentials

/// Why a vault stays shut.
public enum VaultFault: Error, Equatable, Sendable {
  case wrongPassphrase
  case wrongKeyFile
  /// There is no vault in the directory.
  case missing
  /// There is one already.
  case exists
  /// Neither copy is whole.
  case damaged
  /// Written by a later version; the value is what it calls itself.
  case newerFormat(String)
  /// scrypt parameters that would eat the machine's memory.
  case costRefused(log2N: Int)
  /// It opens with a key file, not a passphrase, or the other way round.
  case otherKind
  case disk(DiskFault)
  /// The cryptography library refused to work.
  case unavailable
}

/// A vault on disk, unlocked.
public struct Vault: Sendable {
  public static let fileName = "vault.key"
  static let twinName = "vault.key.bak"

  /// The keys and secrets inside.
  public private(set) var keys: UnlockedKeys
  private let directory: String
  private let disk: any Disk
  private let entropy: Entropy
  private var file: VaultFile

  /// Whether a directory holds a vault (either copy).
  public static func exists(in directory: String, disk: any Disk = PosixDisk()) -> Bool {
    let names = (try? disk.list(directory)) ?? nil
    return names?.contains { $0 == fileName || $0 == twinName } ?? false
  }

  /// Makes a vault with new random keys. The directory must exist.
  public static func create(
    in directory: String, passphrase: String, cost: ScryptCost = .standard, secrets: [String: [UInt8]] = [:],
    disk: any Disk = PosixDisk(), entropy: Entropy = .system
  ) throws(VaultFault) -> Vault {
    let salt = entropy.bytes(16)
    let stretched = try KeyStretch.scrypt(KeyStretch.bytes(passphrase), salt: salt, log2N: cost.log2N)
    return try create(
      in: directory, stretching: .scrypt(log2N: cost.log2N, salt: salt), stretched: stretched, secrets: secrets,
      disk: disk, entropy: entropy)
  }

  /// Makes a vault that opens with a new key file at `keyFile` (0400, 32 random bytes).
  public static func create(
    in directory: String, keyFile: String, secrets: [String: [UInt8]] = [:], disk: any Disk = PosixDisk(),
    entropy: Entropy = .system
  ) throws(VaultFault) -> Vault {
    guard !exists(in: directory, disk: disk) else { throw .exists }
    let secret = entropy.bytes(32)
    do {
      if let old = try disk.length(keyFile), old >= 0 { throw VaultFault.exists }
      try Files.replace(keyFile, with: secret, readOnly: true, disk: disk)
    } catch let fault as DiskFault { throw .disk(fault) } catch { throw .exists }
    let salt = entropy.bytes(16)
    return try create(
      in: directory, stretching: .keyFile(salt: salt), stretched: KeyStretch.keyFile(secret, salt: salt),
      secrets: secrets, disk: disk, entropy: entropy)
  }

  private static func create(
    in directory: String, stretching: VaultFile.Stretching, stretched: SymmetricKey, secrets: [String: [UInt8]],
    disk: any Disk, entropy: Entropy
  ) throws(VaultFault) -> Vault {
    guard !exists(in: directory, disk: disk) else { throw .exists }
    let keys = UnlockedKeys(
      vaultID: RawBytes.hex(entropy.bytes(16)), master: entropy.bytes(32), signing: SigningKey(),
      reader: PrivateReaderKey(), secrets: secrets)
    let file = try VaultFile.seal(keys, stretching: stretching, under: stretched, entropy: entropy)
    let vault = Vault(keys: keys, directory: directory, disk: disk, entropy: entropy, file: file)
    try vault.write(fileName)
    try vault.write(twinName)
    return vault
  }

  /// Opens with the passphrase; takes as long as the vault's cost says.
  public static func open(
    in directory: String, passphrase: String, disk: any Disk = PosixDisk(), entropy: Entropy = .system
  ) throws(VaultFault) -> Vault {
    let file = try load(directory, disk)
    guard case .scrypt(let log2N, let salt) = file.stretching else { throw .otherKind }
    let stretched = try KeyStretch.scrypt(KeyStretch.bytes(passphrase), salt: salt, log2N: log2N)
    guard let keys = try file.open(under: stretched) else { throw .wrongPassphrase }
    return opened(keys, file, directory, disk, entropy)
  }

  /// Opens with the key file.
  public static func open(
    in directory: String, keyFile: String, disk: any Disk = PosixDisk(), entropy: Entropy = .system
  ) throws(VaultFault) -> Vault {
    let file = try load(directory, disk)
    guard case .keyFile(let salt) = file.stretching else { throw .otherKind }
    let secret: [UInt8]?
    do { secret = try disk.read(keyFile, bytesMax: 4096, fresh: false) } catch { throw .disk(error) }
    guard let secret, secret.count == 32, let keys = try file.open(under: KeyStretch.keyFile(secret, salt: salt)) else {
      throw .wrongKeyFile
    }
    return opened(keys, file, directory, disk, entropy)
  }

  /// A secret by name.
  public func secret(_ name: String) -> [UInt8]? { keys.secrets[name] }

  /// Changes secrets (nil removes one) and writes both copies; on an error what the vault says is as before, and one of the
  /// two copies on the disk may already say the new.
  public mutating func setSecrets(_ changes: [String: [UInt8]?]) throws(VaultFault) {
    var changed = self
    for (name, value) in changes { changed.keys.secrets[name] = value }
    changed.file.secretsBox = try VaultFile.sealSecrets(changed.keys, entropy: entropy)
    try changed.write(Vault.fileName)
    try changed.write(Vault.twinName)
    self = changed
  }

  /// Wraps the master key under a new passphrase. The twin keeps the old one until the next good unlock.
  public mutating func changePassphrase(to passphrase: String, cost: ScryptCost = .standard) throws(VaultFault) {
    let salt = entropy.bytes(16)
    let stretched = try KeyStretch.scrypt(KeyStretch.bytes(passphrase), salt: salt, log2N: cost.log2N)
    var changed = self
    changed.file = try VaultFile.seal(
      keys, stretching: .scrypt(log2N: cost.log2N, salt: salt), under: stretched, entropy: entropy)
    try changed.write(Vault.fileName)
    self = changed
  }

  // MARK: files

  private static func load(_ directory: String, _ disk: any Disk) throws(VaultFault) -> VaultFile {
    var found = false
    var newer: String?
    var refused: DiskFault?
    for name in [fileName, twinName] {
      do {
        guard
          let bytes = try disk.read(
            directory + "/" + name, bytesMax: JournalLimits.vaultFileBytesMax, fresh: false)
        else { continue }
        found = true
        switch VaultFile.read(bytes) {
        case .good(let file): if newer == nil { return file }
        case .newer(let name): newer = newer ?? name
        case .damaged: continue
        }
      } catch { refused = refused ?? error }
    }
    if let newer { throw .newerFormat(newer) }
    if let refused { throw .disk(refused) }
    throw found ? .damaged : .missing
  }

  /// After a good unlock both copies are made equal to what was opened; a failure here is not the user's problem now.
  private static func opened(
    _ keys: UnlockedKeys, _ file: VaultFile, _ directory: String, _ disk: any Disk, _ entropy: Entropy
  ) -> Vault {
    let vault = Vault(keys: keys, directory: directory, disk: disk, entropy: entropy, file: file)
    for name in [fileName, twinName] {
      let there = try? disk.read(directory + "/" + name, bytesMax: JournalLimits.vaultFileBytesMax, fresh: false)
      if there != file.bytes { try? vault.write(name) }
    }
    return vault
  }

  private func write(_ name: String) throws(VaultFault) {
    do { try Files.replace(directory + "/" + name, with: file.bytes, disk: disk) } catch { throw .disk(error) }
  }
}

/// Whole small files, replaced so that either the old or the new one is there.
enum Files {
  static func replace(
    _ path: String, with bytes: [UInt8], readOnly: Bool = false, disk: any Disk
  ) throws(DiskFault) {
    let temporary = path + ".new"
    if try disk.length(temporary) != nil { try disk.remove(temporary) }
    let file = try disk.open(temporary, readOnly ? .createReadOnly : .create)
    do throws(DiskFault) {
      let written = try disk.write(file, bytes)
      guard written == bytes.count else { throw DiskFault(.write, errno: 0) }
      try disk.syncAll(file)
    } catch {
      disk.close(file)
      throw error
    }
    disk.close(file)
    try disk.rename(temporary, to: path)
    try disk.syncDirectory(directory(of: path))
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
