// Sticks: where a stick that was plugged in has been mounted.

import Glibc

enum Sticks {
  /// Where desktops and people mount what is plugged in.
  private static let places = ["/media/", "/run/media/", "/mnt/"]

  /// Their directories, in the order of their names. `ZOUFANG_STICKS` names another place whose folders are taken for sticks, for machines
  /// that mount elsewhere.
  static func found() -> [String] {
    if let place = Place.environment("ZOUFANG_STICKS"), !place.isEmpty { return folders(in: place) }
    guard let bytes = SmallFile.read("/proc/self/mounts", bytesMax: 1 << 20) else { return [] }
    return mounted(String(decoding: bytes, as: UTF8.self))
  }

  /// The mount points of such a table that are sticks'.
  static func mounted(_ table: String) -> [String] {
    let points = table.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      return words.count > 2 ? unescaped(words[1]) : nil
    }
    return Set(points.filter { point in places.contains { point.hasPrefix($0) && point.count > $0.count } }).sorted()
  }

  /// The kernel writes a blank in a name as \\040.
  private static func unescaped(_ word: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let first = rest.first {
      let digits = rest.dropFirst().prefix(3)
      if first == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }) {
        let value = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        bytes.append(UInt8(truncatingIfNeeded: value))
        rest = rest.dropFirst(4)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func folders(in place: String) -> [String] {
    guard let folder = unsafe opendir(place) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(place + "/" + name) }
    }
    return names.sorted()
  }
}
