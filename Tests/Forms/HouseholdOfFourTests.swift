import Testing
import XForm

/// The script by which keys are counted (Tests/Journeys/household-of-four.md) is a visit that the form takes.
@Suite struct HouseholdOfFourTests {
  struct Line {
    var path: InstancePath
    var typed: String
    var kind: String
    var information: Int
    var value: String
  }

  static func script() throws -> [Line] {
    try Repository.text("Tests/Journeys/household-of-four.md").split(separator: "\n").filter { $0.hasPrefix("| /") }.map
    { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
      try #require(cells.count == 7)
      return Line(
        path: try #require(InstancePath(cells[1])), typed: cells[2], kind: cells[3],
        information: try #require(Int(cells[4])),
        value: cells[5])
    }
  }

  @Test func informationIsCountedAsItSays() throws {
    for line in try Self.script() {
      switch line.kind {
      case "text", "digits": #expect(line.information == line.typed.count, "\(line.path)")
      case "choice": #expect(line.information == 1, "\(line.path)")
      case "several": #expect(line.information == line.value.split(separator: " ").count, "\(line.path)")
      case "row": #expect(line.information == 0)
      default: Issue.record("unknown kind \(line.kind)")
      }
    }
    let total = try Self.script().reduce(0) { $0 + $1.information }
    #expect(try Repository.text("Tests/Journeys/household-of-four.md").contains("Information: **\(total)**"))
  }

  @Test func everyAnswerIsAskedAndAccepted() throws {
    var visit = try VisitForm.session()
    for line in try Self.script() {
      if line.kind == "row" {
        guard let position = line.path.steps.last?.position, position > 1 else { continue }
        let repeated = try #require(InstancePath(String(line.path.description.prefix { $0 != "[" })))
        let row = visit.addRepeat(repeated)
        #expect(row == line.path)
      } else {
        let isAsked = visit.isRelevant(line.path)
        #expect(isAsked, "\(line.path)")
        let outcome = visit.answer(line.path, line.value)
        #expect(outcome == .accepted, "\(line.path)")
      }
    }
    let violations = visit.validate()
    #expect(violations.isEmpty)
    let doubts = visit.outline.filter { $0.kind == .question }.flatMap { visit.warnings(at: $0.path) }
    #expect(doubts.isEmpty)
    let facts = visit.entities()
    #expect(facts.filter { $0.list == "person" }.map(\.label) == ["周建民", "刘秀珍", "周海涛", "马桂枝"])
    #expect(
      facts.filter { $0.list == "risk" }.compactMap { $0.property("section") }.sorted() == [
        "disability", "illness", "labour",
      ])
    #expect(facts.first { $0.list == "household" }?.property("head_name") == "周建民")
    #expect(facts.filter { $0.list == "income" }.compactMap { $0.property("amount_fen") } == ["3200000", "386000"])
    #expect(facts.filter { $0.list == "need" }.compactMap { $0.property("kind") } == ["medical", "care"])
    let visitFact = facts.first { $0.list == "visit" }
    #expect(visitFact?.property("labour_household") == "normal")
    #expect(visitFact?.property("urgency") == "yellow")
    let wife = facts.first { $0.label == "刘秀珍" && $0.list == "person" }
    #expect(wife?.property("disability_certificate") == (wife?.property("id_number") ?? "") + "42")
    #expect(wife?.property("health") == "disabled")
  }
}

extension Substring {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[first...last])
  }
}
