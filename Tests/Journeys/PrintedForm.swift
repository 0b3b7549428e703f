// PrintedForm: the form on paper beside the keyboard: the number of every question, its words, and the code of every choice. Read
// from forms/household-visit.xml, so that a journey names a question and not the number it has this month.

import Testing
import XForm

struct PrintedForm {
  /// Filled in beside the screen, so that choices that depend on answers are the right ones.
  private(set) var session: Session
  /// Questions in the order of the form; the number on the screen is the place here, from 1.
  private let questions: [FormCheck.Item]
  let now: @Sendable () -> Moment

  init() throws {
    let text = try Tree.text("forms/household-visit.xml")
    let form = try FormDefinition(parsing: Array(text.utf8), name: "household-visit.xml")
    let day = try #require(Moment(Day.visit))
    now = { day }
    session = try Session(form, surroundings: Surroundings(now: now, random: { 7 }))
    questions = FormCheck(form).items.filter { $0.control != nil }
  }

  /// A form nobody writes on: to look numbers up.
  static let blank = Result { try PrintedForm() }

  /// The generic path of the question with this number.
  func path(_ number: Int) -> String? { questions.indices.contains(number - 1) ? questions[number - 1].path : nil }

  /// Number and label of the question whose node has this name.
  func question(_ name: String) throws -> (number: Int, label: String) {
    let found = questions.indices.filter { questions[$0].path.hasSuffix("/" + name) }
    try #require(found.count == 1, "the form has \(found.count) questions named \(name)")
    return (found[0] + 1, questions[found[0]].label)
  }

  mutating func takeDown(_ line: PaperLine) {
    if line.kind == "row" { _ = session.addRepeat(InstancePath(steps: line.path.steps.dropLast() + [bare(line.path)])) }
    _ = session.answer(line.path, line.value)
  }

  private func bare(_ path: InstancePath) -> InstancePath.Step { InstancePath.Step(name: path.steps.last?.name ?? "") }

  /// The digits that pick these values, and whether they end themselves: no longer code begins with them.
  func codes(of line: PaperLine) throws -> (digits: [String], endsItself: Bool) {
    let choices = try #require(session.question(at: line.path)?.choices, "\(line.path) is not asked")
    let areDigits = choices.allSatisfy { $0.value.count == 1 && $0.value.allSatisfy(\.isNumber) }
    let all = choices.enumerated().map { areDigits ? $0.element.value : String($0.offset + 1) }
    let digits = try line.value.split(separator: " ").map { value in
      all[try #require(choices.firstIndex { $0.value == value }, "\(line.path) has no choice \(value)")]
    }
    let isOpen = digits.count == 1 && all.contains { $0.hasPrefix(digits[0]) && $0 != digits[0] }
    return (digits, line.kind == "choice" && !isOpen)
  }
}
