// ReadScreen: one finished visit, read-only, in the form's own words. Identity and telephone numbers show their last
// four digits; the unmask key shows them whole, once an audit line of it is on the disk, until the next key or for fifteen
// seconds.

import Derivation
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
  /// The first row shown, of the rows the lines take at the width they are drawn in.
  private var top = 0
  private var shown = Room(rows: 20, columns: 80)
  private var columns = Columns.locale
  private var isUnmasked = false
  /// The form as it is printed for signature; nil where there is nothing to print.
  private let paper: PaperForm?
  /// The numbers are wanted on paper, not on the screen.
  private var isPrinting = false
  /// The purpose is being asked for.
  private var asksPurpose = false

  init(
    _ session: Session, household: String, headline: String, notes: [VisitNote] = [], minors: Set<String> = [],
    verification: Verification? = nil, paper: PaperForm? = nil
  ) {
    self.household = household
    self.headline = headline
    self.paper = paper
    let verified = verification.map(Words.Verify.said)
    lines = (verified.map { [Line(label: $0, value: "", masked: "", isTitle: true)] } ?? []) + Self.lines(session, notes, minors)
  }

  var keyContext: KeyContext { .page }

  /// - Parameter minors: members under 14, whose data the law protects more strictly (个人信息保护法 第二十八条); they are marked.
  static func lines(_ session: Session, _ notes: [VisitNote], _ minors: Set<String>) -> [Line] {
    var lines: [Line] = []
    for section in VisitOutline(session).sections {
      var answered: [Line] = []
      for (index, item) in section.items.enumerated() {
        switch item.kind {
        case .question:
          let beside = notes.filter { $0.path == item.path.description }
          guard let question = session.question(at: item.path), !question.value.isEmpty || !beside.isEmpty else { continue }
          answered.append(line(question))
          answered += beside.map { Line(label: "", value: $0.sentence, masked: $0.sentence, isTitle: false) }
        case .repeatInstance:
          let mark = session.value(at: item.path.entityID).map(minors.contains) == true ? Words.Read.minor : ""
          let text = VisitSheet.rowText(section.inside(rowAt: index), session, Prefill()) + mark
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

  /// An answer as people read it.
  static func shown(_ question: Question) -> String {
    let kind = FieldKind(question)
    var shown = FieldEditor.shown(question.value, kind)
    if kind == .chooseOne || kind == .chooseMany {
      let choices = ChoiceList(question.choices)
      let values = kind == .chooseMany ? shown.split(separator: " ").map(String.init) : [shown]
      shown = values.map { choices.entry(value: $0)?.label ?? $0 }.joined(separator: "、")
    }
    return shown
  }

  private static func line(_ question: Question) -> Line {
    let kind = FieldKind(question)
    let shown = shown(question)
    let isNumber = kind == .identityNumber || ["phone", "certificate"].contains(question.attributes["kind"] ?? "")
    return Line(
      label: question.label, value: shown, masked: isNumber ? Chrome.masked(number: shown) : shown, isTitle: false)
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    if input == .leaving { return Step() }
    let wasUnmasked = isUnmasked
    isUnmasked = false
    if input == .idle { return Step() }
    message = nil
    if asksPurpose { return answerPurpose(input) }
    switch input {
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .page)))
    case .command(.unmask):
      guard !wasUnmasked else { return Step() }
      asksPurpose = true
      return Step()
    case .command(.down): top += 1
    case .command(.up): top -= 1
    case .command(.pageDown): top += shown.rows - 1
    case .command(.pageUp): top -= shown.rows - 1
    case .command(.first): top = 0
    case .command(.last): top = .max
    default: return wasUnmasked ? Step() : .beep
    }
    // What is on the screen now is what the key moves: rows, as wide as they were drawn.
    top = max(0, min(top, topMax(shown)))
    return Step()
  }

  /// A digit says what for; every other key leaves the numbers hidden.
  private mutating func answerPurpose(_ input: Input) -> Step {
    asksPurpose = false
    guard case .key(.character(let scalar)) = input, let digit = Folding.digit(scalar), let number = Int(String(digit)),
      let purpose = UnmaskPurpose(rawValue: number), purpose != .signature || paper != nil
    else { return Step() }
    isPrinting = purpose == .signature
    return Step([.auditUnmask(household: household, purpose: purpose)])
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .unmasked(let household) where household == self.household:
      // Whole numbers on a paper that is signed; the screen keeps them hidden.
      guard isPrinting, let paper else {
        isUnmasked = true
        return Step()
      }
      isPrinting = false
      return Step([.print(title: Words.Read.paperTitle, text: PaperFormText.text(paper))])
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    case .notWritten(let fault): message = .saveFailed(fault)
    case .notUnmasked(let household, let fault) where household == self.household:
      (message, isPrinting) = (.notUnmasked(fault), false)
      return .beep
    default: break
    }
    return Step()
  }

  /// Nobody at the keyboard: the numbers hide themselves.
  var timeoutMilliseconds: Int? { isUnmasked ? Limits.unmaskedMilliseconds : nil }

  // MARK: Drawing

  /// The room of the page: its rows, and the columns of the screen.
  struct Room: Equatable, Sendable {
    var rows: Int
    var columns: Int
  }

  /// One row of the page: of a title the left part alone, of a value that needs several rows the label on the first.
  struct Row: Equatable, Sendable {
    var left: String
    var value: String
    var isTitle: Bool
  }

  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    var canvas = Canvas(size: size, columns: columns)
    shown = Room(rows: canvas.body.count, columns: canvas.width)
    self.columns = columns
    top = max(0, min(top, topMax(shown)))
    draw(on: &canvas, in: workspace)
    return canvas.frame
  }

  private func topMax(_ room: Room) -> Int { max(0, rows(room.columns, columns).count - room.rows) }

  private static func labelWidth(_ width: Int) -> Int { width >= 76 ? 28 : 22 }

  /// Every row of the page for a width: nothing of an answer or of a label is left out.
  func rows(_ width: Int, _ columns: Columns) -> [Row] {
    let labelWidth = Self.labelWidth(width)
    var rows: [Row] = []
    for line in lines {
      if line.isTitle {
        rows += columns.wrap(line.label, to: width - 2).map { Row(left: $0, value: "", isTitle: true) }
        continue
      }
      let labels = columns.wrap(line.label, to: labelWidth)
      let values = columns.wrap(isUnmasked ? line.value : line.masked, to: width - labelWidth - 6)
      for index in 0..<max(labels.count, values.count) {
        rows.append(
          Row(left: index < labels.count ? labels[index] : "", value: index < values.count ? values[index] : "", isTitle: false))
      }
    }
    return rows
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(headline, right: Words.Read.title + (isUnmasked ? "  " + Words.Read.unmasked : ""))
    let rows = rows(canvas.width, canvas.columns)
    let first = max(0, min(top, rows.count - canvas.body.count))
    for (row, line) in zip(canvas.body, rows.dropFirst(first)) {
      if line.isTitle {
        canvas.put(line.left, row: row, column: 1, style: .title)
      } else {
        canvas.put(line.left, row: row, column: 3, style: .label)
        canvas.put(line.value, row: row, column: Self.labelWidth(canvas.width) + 5, style: .value)
      }
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0)
    if asksPurpose { canvas.hint(Words.Read.askPurpose) } else { canvas.message(message) }
    canvas.hints(in: keyContext)
  }
}

extension VisitNote {
  /// What a supervisor reads.
  var sentence: String {
    switch kind {
    case .remark: Words.Visit.remark + text
    case .forced(let check): Words.Read.forced(check, text)
    }
  }
}
