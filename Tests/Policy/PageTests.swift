// docs/screening.md against the program: its example runs, and it names every rule, word, key and parameter there is.

import Relief
import Testing

@testable import PolicyFiles

@Suite struct PageTests {
  static func page() throws -> String { try Repository.text("docs/screening.md") }

  @Test func theExampleComesOutAsThePageSays() throws {
    let parts = try Self.page().split(separator: "```")
    let example = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5)
    let file = try CaseFile(Array(example.utf8), name: "example.yaml")
    let one = try #require(file.cases.first)
    #expect(one.expectations.count >= 10)
    let screening = one.screen()
    for check in one.expectations.map({ screening.check($0) }) {
      #expect(check.passed, "\(check.what): \(check.expected), came out \(check.actual)")
    }
  }

  @Test func everyRuleStandsOnThePage() throws {
    let page = try Self.page()
    for rule in ScreeningRule.allCases { #expect(page.contains("| \(rule.rawValue) |"), "\(rule.rawValue)") }
    for kind in Suggestion.Kind.allCases { #expect(page.contains("`\(kind.rawValue)`"), "\(kind.rawValue)") }
  }

  /// Every parameter that any case makes a rule look at.
  @Test func everyParameterThatARuleReadsStandsOnThePage() throws {
    let page = try Self.page()
    var read: Set<PolicyParameter> = []
    for name in Vectors.names {
      for result in try Vectors.file(name).cases.flatMap({ $0.screen().results }) {
        read.formUnion(result.parameters.map(\.parameter))
      }
    }
    #expect(read.count > 20)
    for parameter in read { #expect(page.contains("`\(parameter.rawValue)`"), "\(parameter.rawValue)") }
  }

  @Test func everyWordStandsOnThePage() throws {
    let page = try Self.page()
    for word in Vocabulary.shown { #expect(page.contains(word), "\(word)") }
  }

  @Test func aFileThatIsWrongIsRefusedAtItsLine() throws {
    let wrong: [(String, Int, String)] = [
      ("visit_date: 2024-06-01\nincom: 3\n", 2, "incom"),
      ("visit_date: 2024-06-01\nhousehold:\n  hukou: 火星\n", 3, "hukou"),
      ("visit_date: 2024-06-01\nincome: 12.345\n", 2, "income"),
      ("household: {size: 2}\n", 1, "visit_date"),
      ("visit_date: 2024-06\n", 1, "visit_date"),
      ("visit_date: 2024-06-01\nparameters:\n  fp_line: viel\n", 3, "fp_line"),
      ("visit_date: 2024-06-01\nmembers:\n  - {name: 甲}\n  - {name: 甲}\n", 4, "name"),
      ("visit_date: 2024-06-01\nincome:\n  - {person: 乙, kind: 工资, amount: 1}\nmembers: [{name: 甲}]\n", 3, "person"),
      ("visit_date: 2024-06-01\nexpect: {T-XX-1: 符合}\n", 2, "T-XX-1"),
      ("visit_date: 2024-06-01\n\tincome: 3\n", 2, ""),
    ]
    for (text, line, key) in wrong {
      let fault = try #require(
        #expect(throws: CaseFault.self, "\(text)") { try CaseFile(Array(text.utf8), name: "f.yaml") })
      #expect(fault.line == line && fault.key == key, "\(text): \(fault)")
      #expect(CaseSentence.of(fault).hasPrefix("f.yaml:\(line)"))
    }
  }

  @Test func whatIsPrintedHasRuleOutcomeInputsArithmeticAndClause() throws {
    let text = """
      visit_date: 2024-06-01
      household: {hukou: 农村, size: 2}
      income: 14400
      parameters: {lb_standard: 600}
      """
    let file = try CaseFile(Array(text.utf8), name: "f.yaml")
    let (json, failed) = CaseReport.json(file)
    #expect(failed == 0)
    for piece in [
      "\"rule\" : \"T-LB-1\"", "\"clause\" : \"2.4 T-LB-1\"", "\"outcome\" : \"不符合\"", "\"operation\" : \"product\"", "\"yuan\" : \"14400.00\"",
      "\"field\" : \"hukou\"", "\"name\" : \"lb_standard_rural\"", "\"order\" : \"<\"",
    ] { #expect(json.contains(piece), "\(piece)") }
    #expect(CaseReport.json(file).text == json)
  }
}
