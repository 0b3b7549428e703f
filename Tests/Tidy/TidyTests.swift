// The house rules that a machine can check. Each rule says why it exists; a file that breaks one is named with its line.

import Foundation
import Testing

/// One tracked source file as the rules see it.
struct SourceFile: Sendable {
  let path: String
  let lines: [Substring]
}

/// The tree this test was built from.
enum Tree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every file below `folder` whose name ends in one of `endings`, sorted by path.
  static func files(below folder: String, endings: [String]) -> [SourceFile] {
    let base = root.appendingPathComponent(folder)
    guard let walker = FileManager.default.enumerator(atPath: base.path) else { return [] }
    var found: [SourceFile] = []
    for case let name as String in walker where endings.contains(where: { name.hasSuffix($0) }) {
      guard let data = FileManager.default.contents(atPath: base.appendingPathComponent(name).path) else { continue }
      let text = String(decoding: data, as: UTF8.self)
      found.append(SourceFile(path: folder + "/" + name, lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
    }
    return found.sorted { $0.path < $1.path }
  }

  static var swiftSources: [SourceFile] { files(below: "Sources", endings: [".swift"]) }
}

@Suite struct TidyTests {
  /// A rule that reads an empty tree is no rule.
  @Test func theTreeIsFound() {
    #expect(Tree.swiftSources.count > 30)
    #expect(Tree.files(below: "docs", endings: [".md"]).count > 5)
  }

  /// Tests that no target holds are never run, and nobody notices.
  @Test func everyFolderOfTestsIsATarget() throws {
    let text = try String(contentsOf: Tree.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let folders = Set(Tree.files(below: "Tests", endings: [".swift"]).compactMap { $0.path.split(separator: "/").dropFirst().first })
    #expect(folders.count > 10)
    let missing = folders.filter { folder in
      !text.contains("tests(\"\(folder)\"") && !text.contains("tests(\n      \"\(folder)\"")
        && !text.contains("path: \"Tests/\(folder)\"")
    }
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  /// A file is read at one sitting: 400 lines. Generated tables say so in their name.
  @Test func filesFitOneSitting() {
    let long = Tree.swiftSources.filter { $0.lines.count > 401 && !$0.path.contains("Generated") }
    #expect(long.isEmpty, "\(long.map { "\($0.path): \($0.lines.count) lines" })")
  }

  /// What must not stand in shipped code, and why.
  static let banned: [(word: String, why: String)] = [
    ("nonisolated(unsafe)", "shared mutable state without a guard"),
    ("@unchecked Sendable", "a promise the compiler cannot keep for us"),
    ("try!", "a trap reachable from a file or the network"),
    ("as! ", "a trap reachable from a file or the network"),
    ("Foundation.Process", "hangs with tmux on Linux"),
    ("TODO", "unfinished work belongs in an issue"),
    ("FIXME", "unfinished work belongs in an issue"),
  ]

  @Test(arguments: banned.map(\.word)) func bannedWordIsAbsent(_ word: String) {
    let hits = Tree.swiftSources.flatMap { file in
      file.lines.enumerated().filter { $0.element.contains(word) }.map { "\(file.path):\($0.offset + 1)" }
    }
    #expect(hits.isEmpty, "\(hits)")
  }

  /// Full Foundation costs 45 MB of ICU in the laptop's binary (docs/architecture.md): only the county may use it.
  @Test func laptopRoomsDoNotImportFoundation() {
    let county = ["Sources/County/", "Sources/zoufangd/"]
    let hits = Tree.swiftSources.filter { file in
      !county.contains { file.path.hasPrefix($0) }
        && file.lines.contains { $0 == "import Foundation" || $0.hasSuffix(" import Foundation") }
    }
    #expect(hits.isEmpty, "\(hits.map(\.path))")
  }

  /// A line wider than a reader's window hides its end. Tables of data are allowed their width.
  @Test func linesAreAtMost140Characters() {
    let wide = Tree.swiftSources.filter { !$0.path.contains("Generated") && !$0.path.contains("Table") }.flatMap { file in
      file.lines.enumerated().filter { $0.element.count > 140 }.map { "\(file.path):\($0.offset + 1)" }
    }
    #expect(wide.isEmpty, "\(wide)")
  }

  /// Tests wait for something; they never sleep.
  @Test func testsDoNotSleep() {
    let call = ["Task.", "u", "Thread."].map { $0 + "sleep" + "(" }
    let hits = Tree.files(below: "Tests", endings: [".swift"]).filter { file in
      !file.path.hasSuffix("TidyTests.swift") && file.lines.contains { line in call.contains { line.contains($0) } }
    }
    .map(\.path)
    #expect(hits.isEmpty, "\(hits)")
  }

  /// People in this repository are made up: an identity number in it belongs to the unassigned region 130599,
  /// or to 99, which is no province, or is one of the published check vectors of people born in 1900.
  @Test func identityNumbersAreMadeUp() throws {
    let number = try Regex("[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")
    let folders = ["Sources", "Tests", "forms", "seeds", "docs", "script"]
    var hits: [String] = []
    for folder in folders {
      for file in Tree.files(below: folder, endings: [".swift", ".md", ".csv", ".xml", ".jsonl", ".yaml", ".txt", ".java", ".py"]) {
        for (index, line) in file.lines.enumerated() where line.utf8.count < 20_000 {
          for match in line.matches(of: number) where !isMadeUp(line[match.range]) {
            hits.append("\(file.path):\(index + 1)")
          }
        }
      }
    }
    #expect(hits.isEmpty, "\(hits.prefix(20))")
  }

  private func isMadeUp(_ number: Substring) -> Bool {
    number.hasPrefix("130599") || number.hasPrefix("99") || number.hasPrefix("1305251900") || checksumFails(number)
  }

  /// A number that fails its own checksum is nobody's.
  private func checksumFails(_ number: Substring) -> Bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let digits = number.prefix(17).compactMap(\.wholeNumberValue)
    guard digits.count == 17, let last = number.last else { return true }
    let sum = zip(digits, weights).map { $0 * $1 }.reduce(0, +)
    return Array("10X98765432")[sum % 11] != Character(last.uppercased())
  }

  /// docs/limits.md is the one table of every bound: a limit that is not on it, or has another value there, is stale.
  @Test func everyLimitStandsOnThePage() throws {
    let page = Tree.files(below: "docs", endings: ["limits.md"]).first?.lines.joined(separator: "\n") ?? ""
    let declaration = try Regex(#"static let (\w+)(?:: [\w<>\[\] ]+)? = (.+)$"#, as: (Substring, Substring, Substring).self)
    var count = 0
    for file in Tree.swiftSources where file.path.hasSuffix("Limits.swift") {
      for line in file.lines {
        guard let found = try declaration.firstMatch(in: line) else { continue }
        count += 1
        let row = "| `\(found.output.1)` | `\(found.output.2)` |"
        #expect(page.contains(row), "\(file.path): run script/limits")
      }
    }
    #expect(count > 50)
  }

  /// Both programs are described where a newcomer looks.
  @Test func theReadmeNamesTheTwoCommands() {
    let readme = Tree.files(below: ".", endings: ["README.md"]).first { $0.path == "./README.md" }
    let text = readme?.lines.joined(separator: "\n") ?? ""
    #expect(text.contains("script/run"))
    #expect(text.contains("script/test"))
  }
}
