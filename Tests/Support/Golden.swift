// Golden: a text compared with a file that people review. The file stands beside the test, in Golden/<name>.txt.
//
//     try Golden.check(frame.golden, "field-80x24")
//
// UPDATE_GOLDEN=1 in the environment writes the files instead of comparing; the diff is then read in review.

import Glibc

/// Comparison with reviewed files.
public enum Golden {
  /// Compares; the error shows the first rows that differ. `file` is the test's own and says where the folder is.
  public static func check(_ text: String, _ name: String, file: String = #filePath) throws(SupportFault) {
    let folder = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) + "/Golden"
    let path = folder + "/" + name + ".txt"
    if unsafe getenv("UPDATE_GOLDEN") != nil {
      unsafe mkdir(folder, 0o755)
      try save(text, path)
      return
    }
    guard let wanted = TextFile.read(path) else {
      throw .golden("no golden file \(path); UPDATE_GOLDEN=1 writes it. It would be:\n\(text)")
    }
    if wanted != text { throw .golden(difference(wanted, text, path)) }
  }

  private static func difference(_ wanted: String, _ found: String, _ path: String) -> String {
    let old = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    var text = "differs from \(path)\n"
    var shown = 0
    for row in 0..<max(old.count, new.count) where shown < 12 {
      let before = row < old.count ? old[row] : ""
      let after = row < new.count ? new[row] : ""
      if before == after { continue }
      text += "-\(before)\n+\(after)\n"
      shown += 1
    }
    return text
  }

  private static func save(_ text: String, _ path: String) throws(SupportFault) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system("open \(path)", errno: errno) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw .system("write \(path)", errno: errno) }
  }
}
