// Program: where the programs of this package stand when its tests run.

import Glibc

/// The package's own executables, built beside the tests.
public enum Program {
  /// The path of an executable product or target ("zoufang", "TerminalProbe"): the tests' bundle and the programs
  /// are built into one directory, and the running bundle is /proc/self/exe. A test target must list the program
  /// among its dependencies, else it may be missing or old.
  public static func path(_ name: String) -> String { directory + "/" + name }

  /// The directory of the built products.
  public static let directory: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe readlink("/proc/self/exe", base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    // `swift test` may run the bundle itself or a helper of the toolchain that loads it; the bundle's path is then
    // an argument.
    let candidates = [String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)] + CommandLine.arguments
    let bundle = candidates.first { $0.hasSuffix(".xctest") } ?? candidates[0]
    return String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)])
  }()
}

/// A directory of its own under the system's temporary directory, removed with all in it when this value goes.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() throws(SupportFault) {
    var template = Array("/tmp/zf-test-XXXXXX".utf8CString)
    let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe mkdtemp(base) != nil
    }
    guard isMade else { throw .system("mkdtemp", errno: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Removes a directory with all in it.
  public static func remove(_ path: String) {
    if let directory = unsafe opendir(path) {
      while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name == "." || name == ".." { continue }
        let child = path + "/" + name
        let type = unsafe entry.pointee.d_type
        if type == UInt8(DT_DIR) { remove(child) } else { unsafe unlink(child) }
      }
      unsafe closedir(directory)
    }
    unsafe rmdir(path)
  }
}

/// What the test harness itself can fail with. The description is for the person who reads a failed test.
public enum SupportFault: Error, CustomStringConvertible {
  case system(String, errno: Int32)
  /// The wait ended without what was waited for; with the screen as it stood.
  case notSeen(String, screen: String)
  case didNotExit(screen: String)
  case tmux(arguments: [String], said: String)
  case golden(String)

  public var description: String {
    switch self {
    case .system(let call, let code): "\(call) failed: errno \(code)"
    case .notSeen(let wanted, let screen): "not seen: \(wanted)\nthe screen was:\n\(screen)"
    case .didNotExit(let screen): "the program did not end; the screen was:\n\(screen)"
    case .tmux(let arguments, let said): "tmux \(arguments.joined(separator: " ")): \(said)"
    case .golden(let text): text
    }
  }
}
