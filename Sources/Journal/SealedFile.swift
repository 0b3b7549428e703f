// SealedFile — one file beside a journal that may be thrown away at any time: sealed under the vault like everything else,
// written aside and renamed, so that under its name there is the old one or the new one, whole.
//
//     ZFS1 LF ‖ file id (16 random bytes) ‖ blocks
//     block = length of the box (4 bytes, big-endian) ‖ box
//     box   = nonce(12) ‖ ciphertext ‖ tag(16): ChaCha20-Poly1305 under HKDF-SHA256(VMK, info = purpose ‖ '/' ‖ file id in hex),
//             AAD = "zoufang-file-v1" ‖ file id ‖ number of the block, from 0 (8 bytes, big-endian) ‖ 1 where it is the last, else 0
//
// The last block is empty. So a byte that was changed, a block that is missing, doubled, swapped or of another file, an end
// that was cut off, and another vault's file are all the same: it does not open. An older file of this name opens: whoever
// reads it must hold what it says against what it stands beside.

internal import Crypto
internal import FoundationEssentials

enum SealedFile {
  static let magic = [UInt8]("ZFS1\n".utf8)
  static let idBytes = 16
  /// A reader takes no longer box.
  static let boxBytesMax = 1 << 26

  static func key(_ keys: UnlockedKeys, _ purpose: String, _ id: [UInt8]) -> SymmetricKey {
    keys.derived(purpose + "/" + RawBytes.hex(id))
  }

  static func associated(_ id: [UInt8], _ number: UInt64, isLast: Bool) -> [UInt8] {
    Array("zoufang-file-v1".utf8) + id + RawBytes.bigEndian(number) + [isLast ? 1 : 0]
  }
}

/// Writes a sealed file. Until `finish` returned nothing stands under its name that did not before.
public final class SealedFileWriter {
  private let path: String
  private let disk: any Disk
  private let entropy: Entropy
  private let key: SymmetricKey
  private let id: [UInt8]
  private var number: UInt64 = 0
  private var file: DiskFile?

  private var aside: String { path + ".new" }

  public init(
    _ path: String, purpose: String, keys: UnlockedKeys, disk: any Disk, entropy: Entropy
  ) throws(DiskFault) {
    self.path = path
    self.disk = disk
    self.entropy = entropy
    id = entropy.bytes(SealedFile.idBytes)
    key = SealedFile.key(keys, purpose, id)
    // What a crash left of an earlier try.
    if try disk.length(path + ".new") != nil { try disk.remove(path + ".new") }
    file = try disk.open(path + ".new", .create)
    try write(SealedFile.magic + id)
  }

  deinit { abandon() }

  public func append(_ block: [UInt8]) throws(DiskFault) { try append(block, isLast: false) }

  /// Ends the file, and gives it its name when every byte is on the medium.
  public func finish() throws(DiskFault) {
    try append([], isLast: true)
    guard let file else { return }
    try disk.syncAll(file)
    disk.close(file)
    self.file = nil
    try disk.rename(aside, to: path)
    try disk.syncDirectory(Files.directory(of: path))
  }

  /// Leaves what stands under the name as it is.
  public func abandon() {
    guard let file else { return }
    disk.close(file)
    self.file = nil
    try? disk.remove(aside)
  }

  private func append(_ block: [UInt8], isLast: Bool) throws(DiskFault) {
    guard let nonce = try? ChaChaPoly.Nonce(data: entropy.bytes(12)),
      let box = try? ChaChaPoly.seal(
        block, using: key, nonce: nonce, authenticating: SealedFile.associated(id, number, isLast: isLast))
    else { throw DiskFault(.write, errno: 0) }
    number += 1
    let sealed = box.combined
    try write(RawBytes.bigEndian(UInt32(sealed.count)) + sealed)
  }

  private func write(_ bytes: [UInt8]) throws(DiskFault) {
    guard let file else { throw DiskFault(.write, errno: 0) }
    var rest = bytes
    while !rest.isEmpty {
      let done = try disk.write(file, rest)
      guard done > 0 else { throw DiskFault(.write, errno: 0) }
      rest.removeFirst(done)
    }
  }
}

/// Reads a sealed file block by block.
public final class SealedFileReader {
  private let path: String
  private let disk: any Disk
  private let key: SymmetricKey
  private let id: [UInt8]
  private var number: UInt64 = 0
  private var place: Int
  /// The last block was reached: the file is what somebody with this vault finished.
  public private(set) var isWhole = false

  /// Nil where there is no such file, or it begins as no sealed file does.
  public init?(_ path: String, purpose: String, keys: UnlockedKeys, disk: any Disk) {
    place = SealedFile.magic.count + SealedFile.idBytes
    guard (try? disk.length(path)) != nil, let start = try? disk.read(path, from: 0, count: place), start.count == place,
      start.starts(with: SealedFile.magic)
    else { return nil }
    self.path = path
    self.disk = disk
    id = Array(start.suffix(SealedFile.idBytes))
    key = SealedFile.key(keys, purpose, id)
  }

  /// The next block; nil behind the last one (then `isWhole`), and where one does not open.
  public func next() -> [UInt8]? {
    guard !isWhole, let prefix = try? disk.read(path, from: place, count: 4),
      let length = RawBytes.bigEndian32(prefix, at: 0), length <= SealedFile.boxBytesMax,
      let sealed = try? disk.read(path, from: place + 4, count: Int(length)), sealed.count == Int(length),
      let box = try? ChaChaPoly.SealedBox(combined: sealed)
    else { return nil }
    if let block = open(box, isLast: false) {
      place += 4 + Int(length)
      number += 1
      return block
    }
    // Nothing may stand behind the last block either.
    isWhole = open(box, isLast: true) != nil && (try? disk.length(path)) == place + 4 + Int(length)
    return nil
  }

  private func open(_ box: ChaChaPoly.SealedBox, isLast: Bool) -> [UInt8]? {
    (try? ChaChaPoly.open(box, using: key, authenticating: SealedFile.associated(id, number, isLast: isLast))).map { Array($0) }
  }
}
