// Standard output and error, written whole lines at a time.

import Glibc

enum Output {
  static func line(_ text: String) { _ = SmallFile.write(Array((text + "\n").utf8), to: 1) }
  static func error(_ text: String) { _ = SmallFile.write(Array(("zoufang: " + text + "\n").utf8), to: 2) }
}

enum FolderListing {
  /// Names in a folder, sorted; none where it cannot be read.
  static func names(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
