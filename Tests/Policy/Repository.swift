// Files of the repository that these tests read.

import Foundation
import PolicyFiles
import Relief
import Testing

enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appendingPathComponent(path))) }

  static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// Names of the files of a folder that end so, sorted.
  static func files(in folder: String, ending: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted()
  }
}

/// The vectors: every file of Tests/Policy/cases.
enum Vectors {
  static let folder = "Tests/Policy/cases"
  static let names = Repository.files(in: folder, ending: ".yaml")

  static func file(_ name: String) throws -> CaseFile {
    try CaseFile(try Repository.bytes(folder + "/" + name), name: name)
  }
}
