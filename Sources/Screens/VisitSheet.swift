// VisitSheet: the current section as lines to draw and places to go, made once after each accepted answer or move, so
// that typing a character costs neither.

import Derivation
import XForm

/// One field as it is drawn.
struct FieldLine: Equatable, Sendable {
  var path: InstancePath
  /// The field's number in the form; 0 where it has none.
  var number: Int
  var label: String
  var isRequired: Bool
  /// The value as people read it: text, or labels of choices.
  var shown: String
  /// Codes of a choice, "" otherwise.
  var code: String
  /// Where it stands in for an answer.
  var proposal: Prefill.Source?
  var kind: FieldKind
  var canBeTyped: Bool
}

enum SheetLine: Equatable, Sendable {
  case heading(String, depth: Int)
  case field(FieldLine)
  /// A closed row: its position and what identifies it.
  case row(InstancePath, number: Int, text: String, isOpen: Bool)
  case add(InstancePath, label: String)

  var place: VisitPlace? {
    switch self {
    case .heading: nil
    case .field(let field): field.canBeTyped ? .field(field.path) : nil
    case .row(let path, _, _, let isOpen): isOpen ? nil : .row(path)
    case .add(let path, _): .add(path)
    }
  }
}

struct VisitSheet: Equatable, Sendable {
  var lines: [SheetLine] = []
  var places: [VisitPlace] = []

  init() {}

  /// - Parameter open: the row that shows its fields, if any; the rows around it are open too.
  init(_ section: VisitSection, open: InstancePath?, session: Session, prefill: Prefill, numbers: FieldNumbers) {
    var closedDepth: Int?
    // Headings that wait for something to stand under them: of a group whose questions are all left out nothing is shown.
    var headings: [(text: String, depth: Int)] = []
    for (index, item) in section.items.enumerated() {
      if let depth = closedDepth, item.depth > depth { continue }
      closedDepth = nil
      headings.removeAll { $0.depth >= item.depth }
      func append(_ line: SheetLine) {
        lines += headings.map { .heading($0.text, depth: $0.depth) } + [line]
        headings = []
      }
      switch item.kind {
      case .group:
        if let label = session.label(at: item.path), !label.isEmpty { headings.append((label, item.depth)) }
      case .repeatInstance:
        let isOpen = open.map(item.path.contains) ?? false
        let text = Self.rowText(section.inside(rowAt: index), session, prefill)
        append(.row(item.path, number: item.path.steps.last?.position ?? 1, text: text, isOpen: isOpen))
        if !isOpen { closedDepth = item.depth }
      case .addRepeat:
        guard session.canAddRepeat(item.path) else { continue }
        append(.add(item.path, label: session.label(at: item.path) ?? ""))
      case .question:
        guard let question = session.question(at: item.path) else { continue }
        append(.field(Self.field(question, prefill, numbers)))
      }
    }
    places = lines.compactMap(\.place)
  }

  private static func field(_ question: Question, _ prefill: Prefill, _ numbers: FieldNumbers) -> FieldLine {
    let kind = FieldKind(question)
    let proposal = question.value.isEmpty ? prefill.proposal(for: question) : nil
    let value = question.value.isEmpty ? proposal?.value ?? "" : question.value
    var line = FieldLine(
      path: question.path, number: numbers.number(of: question.path), label: question.label,
      isRequired: question.isRequired, shown: FieldEditor.shown(value, kind), code: "", proposal: proposal?.source,
      kind: kind,
      canBeTyped: !question.isReadOnly && kind != .unsupported)
    guard kind.isChoice, !value.isEmpty else { return line }
    if kind == .acknowledge {
      line.shown = Words.Visit.seen
      return line
    }
    let choices = ChoiceList(question.choices)
    let chosen = (kind == .chooseMany ? value.split(separator: " ").map(String.init) : [value]).map { value in
      choices.entry(value: value) ?? ChoiceList.Entry(code: "?", value: value, label: value)
    }
    line.code = chosen.count == 1 ? chosen[0].code : ""
    line.shown = chosen.count == 1 ? chosen[0].label : chosen.map { "\($0.code) \($0.label)" }.joined(separator: "  ")
    return line
  }

  /// What tells one row from another: what its first few questions hold; of an identity number the last four.
  static func rowText(_ inside: ArraySlice<OutlineItem>, _ session: Session, _ prefill: Prefill) -> String {
    var parts: [String] = []
    var asked = 0
    for item in inside where item.kind == .question {
      asked += 1
      guard asked <= 3 else { break }
      guard let question = session.question(at: item.path) else { continue }
      let value = question.value.isEmpty ? prefill.proposal(for: question)?.value ?? "" : question.value
      guard !value.isEmpty else { continue }
      switch FieldKind(question) {
      case .identityNumber: parts.append("*" + value.suffix(4))
      case .chooseOne: parts.append(question.choices.first { $0.value == value }?.label ?? value)
      case .text, .name: parts.append(value)
      default: continue
      }
    }
    return parts.joined(separator: "  ")
  }
}
