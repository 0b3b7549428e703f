// KeyStretch — from what a person can remember, or from a key file, to the key that opens the vault's master key.
//
// scrypt (RFC 7914) with r = 8 and p = 1 always: the library underneath ignores its memory limit argument and fails for larger r.
// N = 2^17 takes 0.35 s and 128 MiB on a current machine; `calibrated` lowers it to no less than 2^15 where one unlock would
// take longer than a second and a half.
//
// The passphrase is used as UTF-8, with one folding: the full-width forms U+FF01…FF5E and the ideographic space become their
// ASCII twins, because a Chinese input method types them unasked. Full NFKC needs tables that FoundationEssentials lacks;
// passphrases of Han characters and ASCII, which is what keyboards here type, are the same before and after it.

internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// How much work one try of a passphrase costs: scrypt's N as a power of two.
public struct ScryptCost: Equatable, Sendable {
  public let log2N: Int

  /// 2^17.
  public static let standard = ScryptCost(trusted: JournalLimits.scryptLog2NDefault)

  /// Nil outside 15…20: cheaper is not protected, dearer is not read back.
  public init?(log2N: Int) {
    guard log2N >= JournalLimits.scryptLog2NMin, log2N <= JournalLimits.scryptLog2NReadMax else { return nil }
    self.log2N = log2N
  }

  private init(trusted: Int) { log2N = trusted }

  /// For tests only: a vault that opens at once and protects nothing.
  package static func weak(log2N: Int) -> ScryptCost { ScryptCost(trusted: log2N) }

  /// The dearest of 2^15, 2^16, 2^17 that this machine does in 1.5 s, judged by one run of 2^15.
  public static func calibrated() -> ScryptCost {
    let clock = ContinuousClock()
    let start = clock.now
    _ = try? KeyStretch.scrypt([1, 2, 3], salt: [UInt8](repeating: 7, count: 16), log2N: JournalLimits.scryptLog2NMin)
    return calibrated(secondsAtMinimum: Double((clock.now - start) / .milliseconds(1)) / 1000)
  }

  static func calibrated(secondsAtMinimum seconds: Double) -> ScryptCost {
    if seconds * 4 <= 1.5 { return .standard }
    return ScryptCost(trusted: seconds * 2 <= 1.5 ? 16 : 15)
  }
}

enum KeyStretch {
  static func scrypt(_ passphrase: [UInt8], salt: [UInt8], log2N: Int) throws(VaultFault) -> SymmetricKey {
    guard log2N >= 1, log2N <= JournalLimits.scryptLog2NReadMax else { throw .costRefused(log2N: log2N) }
    guard
      let key = try? KDF.Scrypt.deriveKey(
        from: passphrase, salt: salt, outputByteCount: 32, rounds: 1 << log2N, blockSize: 8, parallelism: 1)
    else { throw .unavailable }
    return key
  }

  static func keyFile(_ secret: [UInt8], salt: [UInt8]) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: Data("zoufang-key-file-v1".utf8),
      outputByteCount: 32)
  }

  /// The bytes of a passphrase, full-width ASCII folded.
  static func bytes(_ passphrase: String) -> [UInt8] {
    var folded = String.UnicodeScalarView()
    for scalar in passphrase.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: folded.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000: folded.append(" ")
      default: folded.append(scalar)
      }
    }
    return Array(String(folded).utf8)
  }
}

/// What a new passphrase must be.
public enum PassphraseRule {
  public static let charactersMin = 8
  public static let charactersMax = 128

  public enum Fault: Error, Equatable, Sendable {
    case tooShort(charactersMin: Int)
    case tooLong(charactersMax: Int)
    /// On the short list of what everyone tries first.
    case common
  }

  private static let common: Set<String> = [
    "12345678", "123456789", "1234567890", "11111111", "88888888", "66666666", "00000000", "password", "password1",
    "qwertyui", "qwerty123", "asdfghjk", "abcd1234", "abc12345", "1qaz2wsx", "a1234567", "aa123456", "woaini1314",
    "5201314520", "iloveyou", "zoufang1", "zoufang123", "admin123", "adminadmin",
  ]

  /// Throws where the passphrase may not be taken.
  public static func check(_ passphrase: String) throws(Fault) {
    guard passphrase.count >= charactersMin else { throw .tooShort(charactersMin: charactersMin) }
    guard passphrase.count <= charactersMax else { throw .tooLong(charactersMax: charactersMax) }
    let folded = String(decoding: KeyStretch.bytes(passphrase), as: UTF8.self).lowercased()
    guard !common.contains(folded), Set(folded).count > 2 else { throw .common }
  }
}

/// How long to wait after wrong passphrases. Politeness against a colleague at the keyboard; against a thief with the disk
/// scrypt alone stands.
public struct UnlockBackoff: Equatable, Sendable {
  public private(set) var failures = 0

  public init() {}

  public mutating func failed() { failures = min(failures + 1, 16) }
  public mutating func succeeded() { failures = 0 }

  /// 0, 0, 1, 2, 4, 8, 16, 30, 30… seconds before the next try.
  public var seconds: Int { failures < 2 ? 0 : min(30, 1 << (failures - 2)) }
}
