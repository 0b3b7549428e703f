// Repository: where the files under test lie, and the visit form read from them.

import Foundation
import Synchronization
import XForm

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appending(path: path))) }

  static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// Names of the files of a folder that end so, sorted.
  static func files(in folder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path(percentEncoded: false))
      .filter { $0.hasSuffix(ending) }.sorted()
  }

  /// Rows of a table without quoted cells, by column name.
  static func table(_ path: String) throws -> [[String: String]] {
    let lines = try text(path).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { cells in
      Dictionary(uniqueKeysWithValues: zip(header.map(String.init), cells.map(String.init)))
    }
  }
}

enum VisitForm {
  static let path = "forms/household-visit.xml"

  private static let parsed = Result {
    try FormDefinition(parsing: Repository.bytes(path), name: "household-visit.xml")
  }

  static func definition() throws -> FormDefinition { try parsed.get() }

  /// A fresh visit on a day of November 2026, with randomness that counts up.
  static func session(
    now: Moment = Moment(year: 2026, month: 11, day: 24, hour: 9, offsetMinutes: 480), userName: String = "王建国"
  ) throws -> Session {
    let counter = Counter()
    return try Session(
      definition(), surroundings: Surroundings(now: { now }, random: { counter.next() }, userName: userName))
  }
}

private final class Counter: Sendable {
  private let value = Mutex<UInt64>(0)

  func next() -> UInt64 {
    value.withLock { value in
      value += 1
      return value
    }
  }
}
