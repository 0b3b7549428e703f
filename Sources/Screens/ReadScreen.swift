// ReadScreen: one finished visit, read-only, in the form's own words. Identity and telephone numbers show their last
// four digits; the unmask key shows them whole until the next key and leaves one audit line.

import Relief
import Terminal
import XForm

struct ReadScreen: Screen {
  struct Line: Equatable, Sendable {
    var label: String
    var value: String
    var masked: String
    /// Section titles have no value.
    var isTitle: Bool
  }

  let household: String
  let headline: String
  let lines: [Line]
  var message: Message?
  private var top = 0
  private var isUnmasked = false

  init(_ session: Session, household: String, headline: String) {
    self.household = household
    self.headline = headline
    lines = Self.lines(session)
  }

  var keyContext: KeyContext { .page }

  static func lines(_ session: Session) -> [Line] {
    var lines: [Line] = []
    for section in VisitOutline(session).sections {
      var answered: [Line] = []
      for (index, item) in section.items.enumerated() {
        switch item.kind {
        case .question:
          guard let question = session.question(at: item.path), !question.value.isEmpty else { continue }
          answered.append(line(question))
        case .repeatInstance:
          let text = VisitSheet.rowText(section.inside(rowAt: index), session, Prefill())
          answered.append(
            Line(label: "\(item.path.steps.last?.position ?? 1) \(text)", value: "", masked: "", isTitle: true))
        case .group, .addRepeat: continue
        }
      }
      guard !answered.isEmpty else { continue }
      lines.append(Line(label: section.title, value: "", masked: "", isTitle: true))
      lines += answered
    }
    return lines
  }

  private static func line(_ question: Question) -> Line {
    let kind = FieldKind(question)
    var shown = FieldEditor.shown(question.value, kind)
    if kind == .chooseOne || kind == .chooseMany {
      let choices = ChoiceList(question.choices)
      let values = kind == .chooseMany ? shown.split(separator: " ").map(String.init) : [shown]
      shown = values.map { choices.entry(value: $0)?.label ?? $0 }.joined(separator: "、")
    }
    let isNumber = kind == .identityNumber || ["phone", "certificate"].contains(question.attributes["kind"] ?? "")
    return Line(
      label: question.label, value: shown, masked: isNumber ? Chrome.masked(number: shown) : shown, isTitle: false)
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    if case .idle = input { return Step() }
    let wasUnmasked = isUnmasked
    isUnmasked = false
    message = nil
    switch input {
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .page)))
    case .command(.unmask):
      guard !wasUnmasked else { return Step() }
      isUnmasked = true
      return Step([.auditUnmask(household: household)])
    case .command(.down): top += 1
    case .command(.up): top -= 1
    case .command(.pageDown): top += 14
    case .command(.pageUp): top -= 14
    case .command(.first): top = 0
    case .command(.last): top = lines.count
    default: return wasUnmasked ? Step() : .beep
    }
    top = max(0, min(top, lines.count - 1))
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(headline, right: Words.Read.title + (isUnmasked ? "  " + Words.Read.unmasked : ""))
    let labelWidth = canvas.width >= 76 ? 28 : 22
    var row = canvas.body.lowerBound
    for line in lines.dropFirst(min(top, max(0, lines.count - canvas.body.count))) {
      guard row < canvas.body.upperBound else { break }
      if line.isTitle {
        canvas.put(line.label, row: row, column: 1, style: .title)
        row += 1
        continue
      }
      canvas.put(line.label, row: row, column: 3, columnsMax: labelWidth, style: .label)
      let text = isUnmasked ? line.value : line.masked
      for part in canvas.columns.wrap(text, to: canvas.width - labelWidth - 6) where row < canvas.body.upperBound {
        canvas.put(part, row: row, column: labelWidth + 5, style: .value)
        row += 1
      }
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
