// Page: a page of docs/ that is made from code: stale is red, UPDATE_GOLDEN=1 writes it.

import Glibc
import Support

enum Page {
  static func check(_ text: String, _ path: String) throws {
    if unsafe getenv("UPDATE_GOLDEN") != nil {
      let file = unsafe fopen(path, "w")
      guard let file = unsafe file else { throw SupportFault.system("fopen \(path)", errno: errno) }
      let bytes = Array(text.utf8)
      let written = unsafe fwrite(bytes, 1, bytes.count, file)
      unsafe fclose(file)
      guard written == bytes.count else { throw SupportFault.system("fwrite \(path)", errno: errno) }
      return
    }
    guard read(path) == text else { throw SupportFault.golden("\(path) is stale: UPDATE_GOLDEN=1 writes it anew") }
  }

  /// A whole text file; nil where there is none.
  static func read(_ path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }
}
