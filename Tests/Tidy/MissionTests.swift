// docs/mission.md claims proofs: every one of them must be a test that is there.

import Foundation
import Testing

@Suite struct MissionTests {
  /// Every requirement of the programme.
  static let rows: [String] = (1...69).map(name)

  static func name(_ number: Int) -> String { (number < 10 ? "R0" : "R") + String(number) }

  /// Cells of each row of the page.
  static let table: [[String]] = {
    let lines = Tree.files(below: "docs", endings: ["mission.md"]).first?.lines ?? []
    return lines.filter { $0.hasPrefix("| R") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }()

  /// `Suite.test` of every function in the tree that is marked as one.
  static let tests: Set<String> = {
    var found: Set<String> = []
    for file in Tree.files(below: "Tests", endings: [".swift"]) {
      var suite = ""
      var isMarked = false
      for line in file.lines {
        for word in ["struct ", "extension ", "final class "] {
          if let range = line.range(of: word), !line.hasPrefix(" ") { suite = String(line[range.upperBound...].prefix { $0.isLetter || $0.isNumber }) }
        }
        if line.contains("@Test") { isMarked = true }
        if isMarked, let range = line.range(of: "func ") {
          found.insert(suite + "." + line[range.upperBound...].prefix { $0.isLetter || $0.isNumber })
          isMarked = false
        }
      }
    }
    return found
  }()

  static func proofs(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }

  @Test func everyRowStandsOnThePageOnce() {
    #expect(Self.table.map { $0[0] } == Self.rows)
    #expect(Self.table.allSatisfy { $0.count == 5 })
  }

  @Test func everyProofIsATestInTheTree() {
    #expect(Self.tests.count > 200)
    for row in Self.table {
      for proof in Self.proofs(row[3]) { #expect(Self.tests.contains(proof), "\(row[0]): \(proof) is no test") }
    }
  }

  /// Every part of the programme (一 to 五) has its proofs too.
  @Test func everyPartOfTheProgrammeIsProved() {
    let lines = Tree.files(below: "docs", endings: ["mission.md"]).first?.lines ?? []
    let parts = lines.filter { line in "一二三四五".contains { line.hasPrefix("| \($0)") } }
    #expect(parts.count == 11)
    for part in parts {
      let proofs = Self.proofs(String(part))
      #expect(!proofs.isEmpty && proofs.allSatisfy(Self.tests.contains), "\(part)")
    }
  }

  /// A row without a proof says what is open; a proof without a place that is served proves nothing.
  @Test func whatHasNoProofIsSaidToBeOpen() {
    for row in Self.table {
      if Self.proofs(row[3]).isEmpty || row[2].isEmpty { #expect(!row[4].isEmpty, "\(row[0]) claims nothing and leaves nothing open") }
    }
  }
}
