// The vectors under cases/: what every rule answers, by hand, with the clause it follows. One file a rule.

import PolicyFiles
import Relief
import Testing

@Suite struct VectorTests {
  @Test(arguments: Vectors.names) func everyCaseComesOutAsExpected(_ name: String) throws {
    for one in try Vectors.file(name).cases {
      let screening = one.screen()
      for expectation in one.expectations {
        let check = screening.check(expectation)
        #expect(
          check.passed,
          "\(name):\(check.line) “\(one.name)” \(check.what): expected \(check.expected), came out \(check.actual)")
      }
    }
  }

  @Test(arguments: Vectors.names) func everyCaseCitesItsClauseAndExpectsSomethingOfTheFilesRule(_ name: String) throws {
    let file = try Vectors.file(name)
    var seen: Set<String> = []
    for one in file.cases {
      #expect(one.clause.contains("2."), "\(name):\(one.line) “\(one.name)” cites no clause")
      #expect(seen.insert(one.name).inserted, "\(name):\(one.line) “\(one.name)” twice")
      let speaksOfIt = one.expectations.contains { $0.speaks(of: file.rule) }
      #expect(speaksOfIt, "\(name):\(one.line) “\(one.name)” expects nothing of \(file.rule)")
    }
  }

  @Test func thereAreFourHundredAndOneFileForEveryRule() throws {
    let files = try Vectors.names.map { try Vectors.file($0) }
    #expect(files.reduce(0) { $0 + $1.cases.count } >= 400)
    let rules = files.map(\.rule)
    #expect(Set(rules).count == rules.count)
    #expect(Set(rules) == Set(ScreeningRule.allCases.map(\.rawValue) + ["2.10"]))
    for (name, rule) in zip(Vectors.names, rules) { #expect(name.hasPrefix(rule), "\(name) is about \(rule)") }
  }

  /// A rule without a case of some outcome is not tested for it.
  @Test func everyRuleHasACaseOfEveryOutcome() throws {
    var found: [ScreeningRule: Set<Outcome>] = [:]
    for name in Vectors.names {
      for one in try Vectors.file(name).cases {
        for expectation in one.expectations {
          switch expectation.what {
          case .outcome(let rule, _, let outcome): found[rule, default: []].insert(outcome)
          case .grade(_, let grade): found[.selfCare, default: []].insert(grade == .full ? .notMet : .met)
          default: break
          }
        }
      }
    }
    for rule in ScreeningRule.allCases {
      #expect(found[rule] ?? [] == Set(rule.outcomes), "\(rule.rawValue): \((found[rule] ?? []).map(\.rawValue).sorted())")
    }
  }

  @Test func everyRowOfTheDecisionTableLeadsSomewhere() throws {
    var leads: Set<Suggestion.Kind> = []
    for name in Vectors.names {
      for one in try Vectors.file(name).cases {
        for expectation in one.expectations { if case .lead(let kind) = expectation.what { leads.insert(kind) } }
      }
    }
    #expect(leads == Set(Suggestion.Kind.allCases))
  }

  /// A vector whose expectation is turned round must fail: else the runner would compare nothing.
  @Test func anExpectationThatIsWrongFails() throws {
    let text = """
      visit_date: 2024-06-01
      household: {hukou: rural, size: 2}
      income: 14400
      property: pass
      parameters: {lb_standard_rural: 600}
      expect:
        T-LB-1: {outcome: 疑似符合, missing: [income], figures: {limit: 14399.99}}
        lead: tk
        suggestions: [lb]
      """
    let file = try CaseFile(Array(text.utf8), name: "wrong.yaml")
    let (json, failed) = CaseReport.json(file)
    let screening = file.cases[0].screen()
    #expect(file.cases[0].expectations.map { screening.check($0).passed } == [false, false, false, false, false])
    #expect(failed == 1)
    #expect(json.contains("\"failed\" : 1"))
  }
}

extension CaseExpectation {
  /// Of the decision table, `2.10`: leads and suggestions.
  func speaks(of rule: String) -> Bool {
    switch what {
    case .outcome(let one, _, _), .noResult(let one, _), .missing(let one, _, _), .unset(let one, _, _): one.rawValue == rule
    case .figure(let one, _, _, _): one.map { $0.rawValue == rule } ?? false
    case .grade: rule == ScreeningRule.selfCare.rawValue
    case .lead, .leadOpen, .strength, .suggestions: rule == "2.10"
    }
  }
}
