// YAML into nodes that know their lines; every way a text can be wrong is an error with its line, never a crash.

import Testing
import Yaml

@Suite struct YamlTests {
  private func one(_ text: String) throws -> YamlNode {
    let documents = try YamlNode.documents(Array(text.utf8))
    return try #require(documents.first)
  }

  private func fault(_ text: String) -> YamlFault? {
    do {
      _ = try YamlNode.documents(Array(text.utf8))
      return nil
    } catch { return error }
  }

  @Test func mapsListsAndScalarsKeepTheirLines() throws {
    let node = try one("# head\n户:\n  - a: 1\n    b: '2'\n  - 三\n")
    let list = try #require(node["户"]?.list)
    #expect(node.entries?.first?.line == 2)
    #expect(list.map(\.line) == [3, 5])
    #expect(list[0].entries?.map(\.key) == ["a", "b"])
    #expect(list[0].entries?.map(\.line) == [3, 4])
    #expect(list[1].text == "三")
  }

  @Test func whatAScalarMeansIsLeftToTheReader() throws {
    let node = try one("[yes, 012, 1_000, 2024-02-29, 1.50]")
    #expect(node.list?.map(\.text) == ["yes", "012", "1_000", "2024-02-29", "1.50"])
  }

  @Test func onlyAPlainScalarSaysNothing() throws {
    let node = try one("a:\nb: ~\nc: null\nd: ''\ne: \"null\"\n")
    #expect(node.entries?.map(\.value.isNull) == [true, true, true, false, false])
  }

  @Test func severalDocuments() throws {
    let documents = try YamlNode.documents(Array("a: 1\n---\n- b\n".utf8))
    #expect(documents.count == 2)
    #expect(documents[1].list?.first?.text == "b")
    #expect(try YamlNode.documents(Array("# nothing\n".utf8)).isEmpty)
    #expect(try YamlNode.documents([]).isEmpty)
  }

  @Test func anAliasRepeatsItsAnchor() throws {
    let node = try one("a: &x {k: 1}\nb: *x\n")
    #expect(node["b"]?["k"]?.text == "1")
    #expect(fault("b: *nobody\n")?.kind == .unknownAlias("nobody"))
  }

  @Test func aMergeKeyGivesWayToWhatStandsThere() throws {
    let node = try one("x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  a: 9\n")
    let z = try #require(node["z"])
    #expect(z["a"]?.text == "9")
    #expect(z["b"]?.text == "2")
    #expect(z["c"]?.text == "4")
    #expect(fault("a: 1\n<<: text\n") == YamlFault(line: 2, kind: .badMerge))
  }

  @Test func aRepeatedKeyIsAnError() {
    #expect(fault("a: 1\nb: 2\na: 3\n") == YamlFault(line: 3, kind: .duplicateKey("a")))
    #expect(fault("a: 1\n? [b]\n: 2\n") == YamlFault(line: 2, kind: .keyIsNoText))
  }

  @Test(arguments: [("a: [1\n", 2), ("a: 1\n b: 2\n", 2), ("\"open\n", 2), ("a: b: c\n", 1), ("\t- x\n", 1)])
  func brokenTextNamesALine(_ text: String, line: Int) throws {
    let fault = try #require(self.fault(text))
    #expect(fault.line == line)
    guard case .syntax(let problem) = fault.kind else {
      Issue.record("\(fault)")
      return
    }
    #expect(!problem.isEmpty)
  }

  @Test func bytesThatAreNoUTF8NameTheirLine() {
    let bytes = Array("a: 1\nb: ".utf8) + [0xC4, 0xE3]
    #expect(throws: YamlFault(line: 2, kind: .notUTF8)) { try YamlNode.documents(bytes) }
  }

  @Test func nothingGrowsWithoutBound() {
    let deep = String(repeating: "[", count: YamlLimits.depth + 1) + String(repeating: "]", count: YamlLimits.depth + 1)
    #expect(fault(deep)?.kind == .tooDeep(max: YamlLimits.depth))
    let justDeep = String(repeating: "[", count: YamlLimits.depth) + String(repeating: "]", count: YamlLimits.depth)
    #expect(fault(justDeep) == nil)
    let large = [UInt8](repeating: UInt8(ascii: "#"), count: YamlLimits.textBytes + 1)
    #expect(throws: YamlFault(line: 1, kind: .tooLarge(bytesMax: YamlLimits.textBytes))) {
      try YamlNode.documents(large)
    }
  }

  /// Nine lists of nine of the one before: nine lines that would be a thousand million nodes.
  @Test func aliasesCannotMultiplyWithoutEnd() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let inner = (0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ",")
      text += "a\(level): &a\(level) [\(inner)]\n"
    }
    #expect(fault(text)?.kind == .tooManyNodes(max: YamlLimits.nodes))
  }
}
