// Several thousand expressions against the answers of ODK's own engine (script/interop-xpath makes them), and the
// list of those where we differ on purpose, each with its reason in docs/xpath.md.

import Testing

@testable import XForm

#if canImport(FoundationEssentials)
  import FoundationEssentials
#endif

@Suite struct XPathVectorTests {
  /// Lines of a file beside this one, split at tabs.
  private func table(_ name: String) throws -> [[String]] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let bytes = try Data(contentsOf: URL(filePath: "/" + folder + "/Vectors/" + name))
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Transcendental functions differ in the last digit from one library to the next.
  private func agrees(_ ours: [String], _ theirs: [String]) -> Bool {
    if ours.first == "ERR" || theirs.first == "ERR" { return ours.first == theirs.first }
    guard ours.count == theirs.count else { return false }
    return zip(ours, theirs).allSatisfy { our, their in
      if our == their { return true }
      guard let our = Double(our), let their = Double(their), our.isFinite, their.isFinite else { return false }
      return abs(our - their) <= 1e-13 * max(abs(our), abs(their))
    }
  }

  @Test func everyExpressionAnswersAsTheOracleOrAsWritten() throws {
    var deviations: [String: [String]] = [:]
    for row in try table("xpath-deviations.tsv") { deviations[row[1]] = Array(row[2...]) }
    let rows = try table("xpath.tsv")
    #expect(rows.count > 4_000)
    for row in rows {
      let ours = XPathEvalLine.answer(row[0], environment: testEnvironment)
      let wanted = deviations.removeValue(forKey: row[0]) ?? Array(row[1...])
      let parts = ours.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      #expect(agrees(parts, wanted), "\(row[0]): \(ours), not \(wanted)")
    }
    #expect(deviations.isEmpty, "deviations of expressions that are no vectors: \(deviations.keys)")
  }

  @Test func everyPathAnswersAsTheOracleOrAsWritten() throws {
    var deviations: [[String]: [String]] = [:]
    for row in try table("xpath-form-deviations.tsv") { deviations[[row[1], row[2]]] = Array(row[3...]) }
    let rows = try table("xpath-form.tsv")
    #expect(rows.count > 250)
    let tree = TestTree.vectors
    for row in rows {
      let node = try #require(tree.node(at: row[0]), "\(row[0])")
      let ours = XPathEvalLine.answer(row[1], in: tree, at: node, environment: testEnvironment)
      let wanted = deviations.removeValue(forKey: [row[0], row[1]]) ?? Array(row[2...])
      let parts = ours.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      #expect(agrees(parts, wanted), "\(row[0]) \(row[1]): \(ours), not \(wanted)")
    }
    #expect(deviations.isEmpty, "deviations of expressions that are no vectors: \(deviations.keys)")
  }
}
