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

  /// `Suite.test` of every function in the tree that is marked as one, with the folders of `Tests` it stands in.
  static let tests: [String: Set<Substring>] = {
    var found: [String: Set<Substring>] = [:]
    for file in Tree.files(below: "Tests", endings: [".swift"]) {
      var suite = ""
      var isMarked = false
      let folder = file.path.split(separator: "/")[1]
      for line in file.lines {
        for word in ["struct ", "extension ", "final class "] {
          if let range = line.range(of: word), !line.hasPrefix(" ") { suite = String(line[range.upperBound...].prefix { $0.isLetter || $0.isNumber }) }
        }
        if line.contains("@Test") { isMarked = true }
        if isMarked, let range = line.range(of: "func ") {
          found[suite + "." + line[range.upperBound...].prefix { $0.isLetter || $0.isNumber }, default: []].insert(folder)
          isMarked = false
        }
      }
    }
    return found
  }()

  /// Folders of tests that see only what a user, another program or a reader of a file sees.
  static let blackBoxes: Set<Substring> = ["Journeys", "Screens", "Forms", "County", "Papers", "Zoufang"]

  static func isBlackBox(_ proof: String) -> Bool { !(tests[proof] ?? []).isDisjoint(with: blackBoxes) }

  /// Of each mutant of the mission's lists: the row whose behaviour it takes away, its name and the tests that must then fail,
  /// `Suite.test` behind the target's name.
  static let mutants: [(row: String, name: String, tests: [(target: Substring, test: String)])] = {
    var found: [(row: String, name: String, tests: [(target: Substring, test: String)])] = []
    for file in Tree.files(below: "script/mutants.d", endings: [".txt"]) where file.path.contains("/mission-") {
      var name = ""
      for line in file.lines {
        if line.hasPrefix("mutant ") { name = line.dropFirst("mutant ".count).trimmingCharacters(in: .whitespaces) }
        guard line.hasPrefix("tests ") else { continue }
        let filters = line.dropFirst("tests ".count).split(separator: " ")
        let tests = filters.map { filter in
          let parts = filter.split(separator: ".", maxSplits: 1)
          return (target: parts[0], test: parts.count < 2 ? "" : parts[1].replacingOccurrences(of: "/", with: "."))
        }
        found.append((row: name.prefix(3).uppercased(), name: name, tests: tests))
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
      for proof in Self.proofs(row[3]) { #expect(Self.tests[proof] != nil, "\(row[0]): \(proof) is no test") }
    }
  }

  /// A row is proved when its behaviour, taken away, makes one of its proofs fail: `script/mutants mission-finding mission-helping` does it.
  @Test func everyRowIsTakenAwayByAMutantThatAProofOfItNotices() {
    #expect(Set(Self.mutants.map(\.row)) == Set(Self.rows))
    for row in Self.table {
      let proofs = Set(Self.proofs(row[3]))
      for mutant in Self.mutants where mutant.row == row[0] {
        for (target, test) in mutant.tests {
          #expect(proofs.contains(test), "\(mutant.name): \(test) is no proof of \(row[0])")
          #expect(Self.isBlackBox(test) && Self.tests[test]?.contains(target.dropLast("Tests".count)) == true, "\(mutant.name): \(target).\(test)")
        }
      }
    }
  }

  /// Every part of the programme (一 to 五) has its proofs too.
  @Test func everyPartOfTheProgrammeIsProved() {
    let lines = Tree.files(below: "docs", endings: ["mission.md"]).first?.lines ?? []
    let parts = lines.filter { line in "一二三四五".contains { line.hasPrefix("| \($0)") } }
    #expect(parts.count == 11)
    for part in parts {
      let proofs = Self.proofs(String(part))
      #expect(!proofs.isEmpty && proofs.allSatisfy { Self.tests[$0] != nil } && proofs.contains(where: Self.isBlackBox), "\(part)")
    }
  }

  /// A row without a proof says what is open; a proof without a place that is served proves nothing.
  @Test func whatHasNoProofIsSaidToBeOpen() {
    for row in Self.table {
      if Self.proofs(row[3]).isEmpty || row[2].isEmpty { #expect(!row[4].isEmpty, "\(row[0]) claims nothing and leaves nothing open") }
    }
  }
}
