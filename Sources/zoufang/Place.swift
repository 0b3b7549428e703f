// Place: where the program finds what belongs to it: its data directory, and what was shipped with it (forms, the practice village).

import Glibc

enum Place {
  /// The data directory: as given, or from the environment, or the user's own. It need not be there yet, but nothing else may be.
  static func dataDirectory(_ given: String?) throws -> String {
    let path = try named(given)
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw CommandFailure(.notADirectory(path)) }
    } else if errno == ENOTDIR {
      throw CommandFailure(.notADirectory(path))
    }
    return path
  }

  private static func named(_ given: String?) throws -> String {
    if let given, !given.isEmpty { return given }
    if let set = environment("ZOUFANG_DATA"), !set.isEmpty { return set }
    if let base = environment("XDG_DATA_HOME"), base.hasPrefix("/") { return base + "/zoufang" }
    guard let home = environment("HOME"), !home.isEmpty else { throw CommandFailure(.noHome) }
    return home + "/.local/share/zoufang"
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// The proxy on the way to the county, `http://host:port`; empty for a direct connection. http_proxy and its like are not looked at:
  /// they are set for other programs, and a visit's traffic goes only where somebody sent it.
  static var proxy: String { environment("ZOUFANG_PROXY") ?? "" }

  /// Path of this program's own file.
  static func executable() -> String? {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
    guard count > 0, count < bytes.count else { return nil }
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The records of the practice village, one a line.
  static let practiceVillage = "seeds/practice/village.jsonl"

  /// A file that was shipped with the program: below `ZOUFANG_SHARE`, beside the program (`../share/zoufang`), or in the source tree the
  /// program was built in.
  static func shipped(_ name: String) -> [UInt8]? {
    var bases: [String] = []
    if let set = environment("ZOUFANG_SHARE") { bases.append(set) }
    if let program = executable() {
      var folder = program
      for step in 0..<6 {
        guard let slash = folder.lastIndex(of: "/") else { break }
        folder = String(folder[..<slash])
        bases.append(step == 0 ? folder + "/../share/zoufang" : folder)
      }
    }
    for base in bases {
      if let bytes = SmallFile.read(base + "/" + name, bytesMax: 16 << 20) { return bytes }
    }
    return nil
  }
}

/// Whole files that a person or a package put there.
enum SmallFile {
  /// The file's bytes; nil where it cannot be read or is longer than `bytesMax`.
  static func read(_ path: String, bytesMax: Int) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor, bytesMax: bytesMax)
  }

  /// Everything up to the end of a descriptor; nil on an error or past `bytesMax`.
  static func readAll(_ descriptor: Int32, bytesMax: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe Glibc.read(descriptor, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += piece.prefix(count)
      if bytes.count > bytesMax { return nil }
    }
  }

  /// Writes all of it to a descriptor; false on an error.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
