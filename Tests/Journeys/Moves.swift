// Moves: what a person does on these screens, as journeys say it. Rows are found by the name on them, questions by their node's
// name, choices by their words; the digits to type are read from the screen, as a person reads them.

import Support
import Testing

/// An answer of a short visit, by the label of its question.
enum Answer {
  case choice(String, String)
  case several(String, [String])
  case text(String, String)
  /// A whole day, `2026-11-24`; typed without its dashes.
  case date(String, String)
  /// Digits of a known number, whose last one goes on by itself.
  case code(String, String)

  var label: String {
    switch self {
    case .choice(let label, _), .several(let label, _), .text(let label, _), .date(let label, _), .code(let label, _): label
    }
  }

  /// Begun at the household's home with its head.
  static let atHome: [Answer] = [.choice("走访方式", "入户"), .choice("告知已读", "是")]

  /// What must be asked of every household, with nothing found; the roster knows the rest.
  static let nothingFound: [Answer] =
    [.choice("受访人与户主关系", "户主")] + ["A 残疾人", "B 缺劳动力", "C 重病或慢性病人", "D 急难或意外"].map { .choice($0, "无") }
}

extension Tty {
  // MARK: Lists

  /// The number in front of the row with this text.
  func rowNumber(of text: String) throws -> String {
    let numbered = (0..<rows).map(line).filter { $0.contains(text) }.compactMap { $0.firstMatch(of: /^\s*(\d+)\s/)?.output.1 }
    return String(try #require(numbered.first, "no row \(text):\n\(self.text)"))
  }

  /// Goes to a row of a list by its number.
  func select(_ head: String) throws {
    try wait(for: head)
    type(try rowNumber(of: head))
    try wait("the cursor in the row \(head)") { $0.cursorLine.contains(head) }
  }

  /// From the list: the form of a household that nobody has begun, at its first field.
  func openHousehold(_ head: String) throws {
    try wait(title: "今日走访")
    try select(head)
    press(.enter)
    try wait("the form of \(head)") { $0.title.contains(head) && $0.cursorLine.contains("走访方式") }
  }

  /// From the list: the draft of a household.
  func openDraft(_ head: String) throws {
    try wait(title: "今日走访")
    try select(head)
    #expect(cursorLine.contains("草稿"), "\(cursorLine)")
    press(.enter)
    try wait(title: head)
  }

  // MARK: The form

  /// Jumps to a question by the number left of it.
  func goTo(_ name: String) throws {
    let question = try PrintedForm.blank.get().question(name)
    press(.function(6))
    try wait(for: "跳到第几栏")
    type(String(question.number))
    press(.enter)
    try wait(at: question.label)
  }

  /// The choices under the active field, in the rows before the next question: words and the digits in front of them.
  private var choices: [(code: String, words: String)] {
    (cursor.row + 1..<rows).map(line).prefix { $0.hasPrefix("      ") }.flatMap { line in
      line.matches(of: /(?:\s|\*)(\d{1,2}) (\S+)/).map { (String($0.output.1), String($0.output.2)) }
    }
  }

  /// Answers the question under the cursor. A choice whose digits could go on is ended with Enter.
  func answer(_ answer: Answer) throws {
    try wait(at: answer.label)
    switch answer {
    case .choice(_, let choice):
      if try pick(choice) { press(.enter) }
      try wait("\(choice) taken") { !$0.cursorLine.contains(answer.label) || $0.cursorLine.contains(choice) }
    case .several(_, let choices):
      for choice in choices { _ = try pick(choice) }
      try wait("the picks shown") { tty in choices.allSatisfy(tty.cursorLine.contains) }
      press(.enter)
      try wait("the cursor past \(answer.label)") { !$0.cursorLine.contains(answer.label) }
    case .date(let label, let day), .code(let label, let day):
      type(day.replacing("-", with: ""))
      try wait("the day shown") { tty in tty.row(of: label).map { tty.line($0).contains(day) } ?? false }
      if cursorLine.contains(label) { press(.enter) }
    case .text(_, let text):
      type(text)
      try wait("the text shown") { $0.cursorLine.contains(text.suffix(8)) }
      press(.enter)
      // By what was typed, not by the label: the next one may begin with it.
      try wait("the cursor past \(answer.label)") { !$0.cursorLine.contains(text.suffix(8)) || $0.message.contains("已到最后") }
    }
  }

  /// Types the digits of a choice; says whether they could go on, so that Enter has to end them.
  private func pick(_ choice: String) throws -> Bool {
    try wait("the choice \(choice)") { tty in tty.choices.contains { $0.words == choice } }
    let all = choices.map(\.code)
    let code = try #require(choices.first { $0.words == choice }).code
    type(code)
    return all.contains { $0 != code && $0.hasPrefix(code) }
  }

  /// Goes through the form as somebody does for whom little has changed: answers what the cursor stops at, F5 over everything
  /// else, until these answers are given.
  func fill(_ answers: [Answer]) throws {
    var left = answers
    for _ in 0..<60 where !left.isEmpty {
      if let next = left.firstIndex(where: { cursorLine.contains($0.label) }) {
        try answer(left.remove(at: next))
      } else {
        try proceed()
      }
    }
    try #require(left.isEmpty, "not reached: \(left.map(\.label))\n\(text)")
  }

  /// F5: takes what is known for the section, and goes on.
  func proceed() throws {
    let before = (title, cursorLine)
    press(.function(5))
    try wait("the cursor elsewhere after F5") { $0.title != before.0 || $0.cursorLine != before.1 }
  }

  /// F10, and 2 where the form asks whether to finish with what is doubtful.
  func finish() throws {
    press(.function(10))
    try wait("the receipt or a question") { $0.title.contains("走访已完成") || $0.message.contains("2 完成") }
    if !title.contains("走访已完成") { type("2") }
    try wait(title: "走访已完成")
  }

  // MARK: Visits

  /// Nobody was at home: the shortest visit there is, from its first field to the receipt.
  func finishNobodyAtHome() throws {
    try answer(.choice("走访方式", "未遇"))
    try answer(.choice("未走访原因", "家中无人"))
    try finish()
  }

  /// A household of the roster, at home: the roster's proposals taken, what must be asked answered, the words of the
  /// family typed. From the first field to the receipt.
  func finishAtHome(
    words: String, result: String = "未发现困难", suspected: String? = nil, answersWarning: String? = nil
  ) throws {
    try fill(Answer.atHome + Answer.nothingFound)
    while title.contains("成员") { try proceed() }
    try goTo("words")
    try answer(.text("受访人原话", words))
    let category = suspected.map { [Answer.several("疑似哪类", [$0]), .choice("紧急程度", "蓝(常规)")] } ?? []
    let checked = answersWarning.map { [Answer.choice("预警核查结果", $0)] } ?? []
    try fill([.choice("走访结论", result)] + category + checked + [.choice("受访人签字", "签字")])
    try finish()
  }

  /// From the first field of a visit at home to the long text of the family's own words.
  func goToWords() throws {
    try fill(Answer.atHome)
    try goTo("words")
  }
}
