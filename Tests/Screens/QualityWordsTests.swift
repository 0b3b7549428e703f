import Relief
import Testing

@testable import Screens

/// Every check of the data is said in words of its own, and fits beside the others on a line of 80 columns.
@Suite struct QualityWordsTests {
  @Test func everyRuleHasItsWords() {
    let words = QualityRule.allCases.map { Words.Quality.words($0) }
    #expect(Set(words).count == words.count)
    for (rule, words) in zip(QualityRule.allCases, words) {
      #expect(words != rule.rawValue, "\(rule.rawValue)")
      #expect(words.count <= 28, "\(words)")
    }
    #expect(Words.Quality.sentence("of_a_newer_program") == "数据存疑：of_a_newer_program")
  }
}
