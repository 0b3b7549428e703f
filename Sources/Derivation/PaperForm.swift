// A form on paper (R15): blank to be filled with a pen, or filled from a record, for signature. What it asks are the questions of the form
// itself, in the form's words and order; there is no copied list. How it looks is for whoever draws it: a workbook and a PDF at the county
// (Papers), plain text at a laptop's printer (Screens).

public import XForm

public struct PaperForm: Equatable, Sendable {
  public struct Choice: Equatable, Sendable {
    public var label: String
    public var isChosen: Bool
  }

  public enum Answer: Equatable, Sendable {
    /// Room to write in.
    case blank
    case choices([Choice])
    case text(String)
  }

  public enum Line: Equatable, Sendable {
    /// A group of questions, or one row of a repeat.
    case heading(String)
    /// The number is the screen's; of a question in a row that repeats it stands once a row.
    case question(number: Int, label: String, answer: Answer)
  }

  public var title: String
  /// Whom a filled one is about and who visited, one line each; none on a blank one.
  public var about: [String] = []
  /// Form, version, and of a filled one the record it was filled from: what a signature stands on.
  public var stamp: String
  public var lines: [Line]
  /// Names of the lines to sign on.
  public var signatures = ["受访人签字（按印）", "走访人签字", "日期"]

  /// Every question of a form, also those that an answer would bring; of what repeats one row.
  public init(blank form: FormDefinition, _ surroundings: Surroundings) throws(FormFault) {
    var session = try Session(form, surroundings: surroundings)
    for item in session.outline where item.kind == .addRepeat && (session.repeatCount(item.path) ?? 0) == 0 {
      _ = session.addRepeat(item.path)
    }
    let rows = session.outline.filter { $0.kind == .repeatInstance }.map(\.path)
    let check = FormCheck(form)
    var writer = LineWriter(check)
    for item in check.items where item.control != nil && item.control != Control.trigger.rawValue {
      guard var path = InstancePath(item.path) else { continue }
      // The generic path with the first row of every repeat it passes.
      for row in rows {
        guard let generic = InstancePath(row.generic), generic.contains(path), row.steps.count <= path.steps.count else { continue }
        path = InstancePath(steps: row.steps + path.steps.dropFirst(row.steps.count))
      }
      guard let question = session.question(at: path), !question.isReadOnly else { continue }
      writer.enter(path.parent, session, isBlank: true)
      writer.ask(question, .blank)
    }
    (title, lines) = (form.title, writer.lines)
    stamp = Self.stamp(form)
  }

  /// What was answered, from the stored submission of a record; only what the answers brought up.
  public init(_ form: FormDefinition, filled submission: [UInt8], record: String, _ surroundings: Surroundings) throws(FormFault) {
    self.init(filled: try Session(form, surroundings: surroundings, resuming: submission), of: form, record: record)
  }

  /// The same of a session that holds the submission.
  public init(filled session: Session, of form: FormDefinition, record: String) {
    var writer = LineWriter(FormCheck(form))
    for item in session.outline where item.kind == .question {
      guard let question = session.question(at: item.path), question.control != .trigger else { continue }
      writer.enter(item.path.parent, session)
      writer.ask(question, .text(question.value))
    }
    (title, lines) = (form.title, writer.lines)
    stamp = Self.stamp(form) + " " + record
  }

  private static func stamp(_ form: FormDefinition) -> String {
    [form.id, form.version ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension PaperForm.Answer {
  /// In one line: □ before what may be chosen, ■ before what was.
  public var text: String {
    switch self {
    case .blank: ""
    case .text(let text): text
    case .choices(let choices): choices.map { ($0.isChosen ? "■" : "□") + $0.label }.joined(separator: "　")
    }
  }
}

/// Puts headings before the first question of each group.
private struct LineWriter {
  var lines: [PaperForm.Line] = []
  private var entered: InstancePath?
  private let numbers: FieldNumbers

  init(_ check: FormCheck) { numbers = FieldNumbers(check) }

  /// - Parameter isBlank: one row stands for as many as there are.
  mutating func enter(_ group: InstancePath?, _ session: Session, isBlank: Bool = false) {
    guard let group, group != entered else { return }
    entered = group
    guard let label = session.label(at: group), !label.isEmpty else { return }
    let repeats = isBlank && group.steps.last?.position != nil
    lines.append(.heading(label + (repeats ? "（每人、每项各填一份，不够时复印这一部分）" : "")))
  }

  /// - Parameter empty: what stands where nothing can be chosen.
  mutating func ask(_ question: Question, _ empty: PaperForm.Answer) {
    let isChosen = { (choice: XForm.Choice) in
      question.control == .selectMultiple
        ? question.value.split(separator: " ").contains { $0 == choice.value } : question.value == choice.value
    }
    let isFilled = empty != .blank
    // More than so many (民族) are written, not ticked.
    let choices = question.choices.count <= Self.tickedMax || isFilled ? question.choices : []
    let shown = isFilled && choices.count > Self.tickedMax ? choices.filter(isChosen) : choices
    let answer: PaperForm.Answer = shown.isEmpty
      ? empty : .choices(shown.map { PaperForm.Choice(label: $0.label, isChosen: isFilled && isChosen($0)) })
    // Whoever has only the paper reads the hint there.
    let hint = isFilled ? "" : question.hint ?? ""
    let number = numbers.number(of: question.path)
    lines.append(.question(number: number, label: hint.isEmpty ? question.label : "\(question.label)（\(hint)）", answer: answer))
  }

  private static let tickedMax = 30
}
