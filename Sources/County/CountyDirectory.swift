// The data directory of a county server: everything it has, in one place that can be backed up.
//
//     county.yaml          name, hosts, port; meant to be read and edited by a person
//     county.db            raw lines, register, devices, codes (SQLite, WAL)
//     journal/             the county's own journal: imports, forms, decisions
//     keys/ca.pem          the county's certificate authority      keys/ca.key.pem      its key
//     keys/server.pem      the server's certificate                keys/server.key.pem  its key
//     keys/ingest.key      X25519: opens what laptops push         keys/ingest.pub
//     keys/root.key        Ed25519: signs grants                   keys/root.pub
//     keys/recovery.pub    X25519: its private half is not here
//     keys/vault.key       vault of the county's own journal               keys/vault.secret    opens it
//
// Directories are 0700, private keys 0400. Nothing else on the machine needs to read any of it.

internal import Foundation

public struct CountyDirectory: Sendable, Equatable {
  public var path: String

  public init(_ path: String) { self.path = path }

  public var configuration: String { path + "/county.yaml" }
  public var database: String { path + "/county.db" }
  public var journal: String { path + "/journal" }
  public var keys: String { path + "/keys" }

  public enum KeyFile: String, CaseIterable, Sendable {
    case authority = "ca.pem"
    case authorityKey = "ca.key.pem"
    case server = "server.pem"
    case serverKey = "server.key.pem"
    case ingestKey = "ingest.key"
    case ingest = "ingest.pub"
    case rootKey = "root.key"
    case root = "root.pub"
    case recovery = "recovery.pub"
    case vaultSecret = "vault.secret"

    var isPrivate: Bool { rawValue.contains(".key") || self == .vaultSecret }
  }

  public func file(_ file: KeyFile) -> String { keys + "/" + file.rawValue }

  /// Where `init` leaves the private recovery key for the person who takes it away.
  public var recoveryToTakeAway: String { path + "/RECOVERY-KEY-take-away.txt" }

  public var exists: Bool { FileManager.default.fileExists(atPath: configuration) }

  /// Whether something that is not ours stands in the way of `init`.
  var isOccupied: Bool {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else { return false }
    return !entries.isEmpty
  }

  func createFolders() throws(CountyFault) {
    for folder in [path, keys] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
      } catch {
        throw .cannotWrite(path: folder)
      }
    }
  }

  func write(_ bytes: [UInt8], to file: KeyFile) throws(CountyFault) {
    try Self.write(bytes, to: self.file(file), mode: file.isPrivate ? 0o400 : 0o444)
  }

  func read(_ file: KeyFile) throws(CountyFault) -> [UInt8] { try Self.read(self.file(file)) }

  /// A whole new file, synced; refuses to replace one. The mode is set as the file is made, not after.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(CountyFault) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .cannotWrite(path: path) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw .cannotWrite(path: path) }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path) }
  }

  /// Puts a new file in the place of an old one: either the old or the new is there.
  func replace(_ file: KeyFile, with bytes: [UInt8]) throws(CountyFault) {
    let path = self.file(file)
    unsafe unlink(path + ".new")
    try Self.write(bytes, to: path + ".new", mode: file.isPrivate ? 0o400 : 0o444)
    guard unsafe rename(path + ".new", path) == 0 else { throw .cannotWrite(path: path) }
  }

  static func read(_ path: String) throws(CountyFault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
    return [UInt8](data)
  }
}
