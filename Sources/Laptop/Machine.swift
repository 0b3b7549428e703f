// Machine: names this machine in a journal's header without saying which machine it is, so that a data directory copied to another
// laptop is noticed and goes on under a new journal id instead of forking the old one.

internal import Crypto
internal import FoundationEssentials
internal import Glibc

enum Machine {
  /// The first 32 hexadecimal digits of SHA-256 over a fixed salt and the system's machine id; empty where there is none (containers).
  static func hash() -> String {
    guard let id = read("/etc/machine-id"), !id.isEmpty else { return "" }
    return Digest.hex(Array("zoufang-machine-v1\n".utf8) + id, digits: 32)
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)).filter { $0 > 32 } : nil
  }
}

/// SHA-256 as text: pins the meaning of a form, names a machine.
public enum Digest {
  public static func sha256(_ bytes: [UInt8]) -> String { hex(bytes, digits: 64) }

  static func hex(_ bytes: [UInt8], digits: Int) -> String {
    let table = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in SHA256.hash(data: bytes) {
      text.append(table[Int(byte >> 4)])
      text.append(table[Int(byte & 15)])
    }
    return String(decoding: text.prefix(digits), as: UTF8.self)
  }
}
