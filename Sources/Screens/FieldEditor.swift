// FieldEditor: the field the cursor stands in: its question, what is typed in it, and what one more key does to that.
// Pure: it knows neither the form around it nor the screen.

import Terminal
import XForm

struct FieldEditor: Sendable {
  /// What typing does not change. Behind one reference, because an editor is handed on with every key.
  private final class Subject: Sendable {
    let question: Question
    let kind: FieldKind
    let choices: ChoiceList
    let proposal: String?
    let fixedLength: Int?
    let isPhone: Bool

    init(_ question: Question, proposal: String?) {
      self.question = question
      kind = FieldKind(question)
      choices =
        question.control == .trigger
        ? ChoiceList([Choice(value: "OK", label: Words.Visit.seen)]) : ChoiceList(question.choices)
      self.proposal = question.value.isEmpty ? proposal : nil
      isPhone = question.attributes["kind"] == "phone"
      fixedLength =
        switch kind {
        case .date: 8
        case .identityNumber: 18
        default: question.attributes["length"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        }
    }
  }

  private let subject: Subject
  var question: Question { subject.question }
  var kind: FieldKind { subject.kind }
  var choices: ChoiceList { subject.choices }
  /// Proposed from the last visit or the roster, not yet an answer.
  var proposal: String? { subject.proposal }
  /// Characters the field has at most; after them it advances by itself.
  var fixedLength: Int? { subject.fixedLength }
  /// The text typed; of a choice the digits or the filter.
  var line: LineEditor
  /// Of a choice: the values picked so far, in the list's order.
  var picked: [String]
  /// Which lines of a long list of choices are shown; turned by a key, from the last on to the first.
  var choicePage = 0
  /// Something was typed since the field was entered.
  var isDirty = false
  /// After an error, characters are dropped until Enter, Esc or Backspace: a typist who looks at the paper must not
  /// go on unheard.
  var isHeld = false
  /// The answer stands, but a soft check fails: held too, and Enter goes on.
  var isWarned = false
  /// Entered by going back: it does not advance by itself (an auto-advance that bounces forward again is a known
  /// annoyance).
  var cameBack = false
  /// A paste never advances by itself.
  var wasPasted = false

  /// What a key did.
  enum Reaction: Equatable {
    case none
    case edited
    case refused(Message?)
    /// The answer is complete without Enter.
    case complete
  }

  init(_ question: Question, proposal: String?, draft: String? = nil) {
    subject = Subject(question, proposal: proposal)
    let kind = subject.kind
    let current = question.value.isEmpty ? proposal ?? "" : question.value
    picked = kind == .chooseMany ? Self.values(current) : []
    let text = kind.isChoice ? "" : Self.shown(current, kind)
    line = LineEditor(text, charactersMax: Self.charactersMax(question), replacesOnFirstKey: !text.isEmpty)
    guard let draft else { return }
    isDirty = true
    if kind.isChoice {
      picked = Self.values(draft).filter { choices.entry(value: $0) != nil }
    } else {
      line = LineEditor(draft, charactersMax: Self.charactersMax(question))
    }
  }

  private static func charactersMax(_ question: Question) -> Int {
    if let length = question.attributes["length"].flatMap({ Int($0) }), length > 0 { return length }
    return Limits.fieldCharacters
  }

  private static func values(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// What was typed or picked and is no answer yet: the text, of a choice the values; nil where there is nothing. What is typed to
  /// find a choice is nothing.
  var unaccepted: String? {
    guard isDirty else { return nil }
    guard kind.isChoice else { return line.text }
    let current = question.value.isEmpty ? proposal ?? "" : question.value
    guard !picked.isEmpty || kind == .chooseMany, picked != Self.values(current) else { return nil }
    return picked.joined(separator: " ")
  }

  /// Emptied with a key, and nothing typed since.
  var isEmptied: Bool { isDirty && !isHeld && line.text.isEmpty && picked.isEmpty }

  /// Whether there is something `unaccepted`; asked with every key, so no text is put together for it.
  var hasUnaccepted: Bool { kind.isChoice ? unaccepted != nil : isDirty }

  /// A stored value as people type it: the form keeps 3600 as 3600.0, twenty million as 2.0E7 and 09:30 with seconds and offset.
  static func shown(_ value: String, _ kind: FieldKind) -> String {
    switch kind {
    case .time: return String(value.prefix(5))
    case .decimal:
      let plain = withoutExponent(value)
      return plain.hasSuffix(".0") ? String(plain.dropLast(2)) : plain
    default: return value
    }
  }

  /// `1.25E7` as `12500000.0`; anything else as it is.
  private static func withoutExponent(_ value: String) -> String {
    let parts = value.split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = Int(parts[1]), abs(exponent) <= Limits.fieldCharacters else { return value }
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    let mantissa = parts[0].dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    guard mantissa.count == 2, mantissa[0].count == 1 else { return value }
    let digits = String(mantissa[0] + mantissa[1])
    guard exponent >= 0 else { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let whole = digits.prefix(exponent + 1)
    let fraction = digits.dropFirst(exponent + 1)
    return sign + whole + String(repeating: "0", count: exponent + 1 - whole.count) + "." + (fraction.isEmpty ? "0" : fraction)
  }

  // MARK: Typing

  mutating func type(_ key: Key) -> Reaction {
    if isHeld {
      guard key == .backspace else { return .refused(nil) }
      isHeld = false
      isWarned = false
      isDirty = true
      _ = line.apply(key)
      return .edited
    }
    switch kind {
    case .chooseOne, .chooseMany, .acknowledge: return choose(key)
    case .unsupported: return .refused(.notTypedHere)
    default: return typeText(key)
    }
  }

  mutating func paste(_ text: String) -> Reaction {
    guard !isHeld, kind != .unsupported else { return .refused(nil) }
    var trial = line
    if let refusal = trial.paste(kind.folds && !kind.isChoice ? Folding.folded(text) : text) { return .refused(refusal) }
    if kind.isChoice, choices.matching(trial.text).isEmpty { return .refused(.noSuchChoice) }
    line = trial
    wasPasted = true
    isDirty = true
    return .edited
  }

  mutating func clear() {
    isHeld = false
    isDirty = true
    picked = []
    line = LineEditor("", charactersMax: Self.charactersMax(question))
  }

  private mutating func typeText(_ key: Key) -> Reaction {
    var key = key
    if kind.folds, case .character(let scalar) = key { key = .character(Folding.folded(scalar)) }
    guard case .character = key else {
      guard line.apply(key) else { return .none }
      if key == .backspace || key == .delete { isDirty = true }
      return .edited
    }
    if kind.isNumeric, !accepts(key) {
      return .refused(kind == .identityNumber ? .identityCharacters : .digitsOnly)
    }
    guard line.apply(key) else { return .none }
    if line.overflowed { return .refused(.fieldFull) }
    isDirty = true
    guard isComplete, line.cursor == line.text.count, !cameBack, !wasPasted else { return .edited }
    return .complete
  }

  /// Nothing can follow what is typed: a date of eight digits, a mobile number (a landline may be shorter or longer), a number of fixed
  /// length.
  private var isComplete: Bool {
    if subject.isPhone {
      return line.text.count == 11 && line.text.hasPrefix("1") && line.text.allSatisfy(\.isNumber)
    }
    guard let fixedLength, line.text.count == fixedLength else { return false }
    return kind != .date || line.text.allSatisfy(\.isNumber)
  }

  private func accepts(_ key: Key) -> Bool {
    guard case .character(let scalar) = key else { return true }
    switch scalar {
    case "0"..."9": return true
    case "X": return kind == .identityNumber
    case "-": return kind != .identityNumber
    case ".": return kind == .decimal || isDate
    case "/", "年", "月", "日": return isDate
    default: return false
    }
  }

  private var isDate: Bool { kind == .date || kind == .partialDate }

  private mutating func choose(_ key: Key) -> Reaction {
    guard case .character(let scalar) = key else {
      guard !line.text.isEmpty, line.apply(key) else { return .none }
      return .edited
    }
    if let digit = Folding.digit(scalar), line.text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      return take(choices.pick(digits: line.text + String(digit)), typed: line.text + String(digit), otherwise: "")
    }
    if let digit = Folding.digit(scalar), let pick = choices.pick(after: line.text + String(digit)) {
      return take(pick, typed: line.text + String(digit), otherwise: line.text)
    }
    guard scalar != " " else { return .none }
    var filter = line
    _ = filter.apply(key)
    guard !choices.matching(filter.text).isEmpty else { return .refused(.noSuchChoice) }
    line = filter
    choicePage = 0
    isDirty = true
    return .edited
  }

  /// `otherwise`: what stays typed where there is no such code; of a filter the filter.
  private mutating func take(_ pick: ChoiceList.Pick, typed: String, otherwise: String) -> Reaction {
    switch pick {
    case .noSuchCode:
      line = LineEditor(otherwise)
      return .refused(.noSuchCode)
    case .waiting:
      line = LineEditor(typed)
      isDirty = true
      return .edited
    case .one(let entry):
      take(entry)
      return kind == .chooseMany || cameBack ? .edited : .complete
    }
  }

  /// The choice that waits for Enter: another digit could follow, or the cursor came back and does not go on by itself.
  var waiting: ChoiceList.Entry? {
    guard kind.isChoice, isDirty else { return nil }
    if !line.text.isEmpty {
      guard case .waiting(let exact?) = choices.pick(after: line.text) ?? choices.pick(digits: line.text) else { return nil }
      return exact
    }
    return kind == .chooseOne && cameBack ? picked.first.flatMap { choices.entry(value: $0) } : nil
  }

  private mutating func take(_ entry: ChoiceList.Entry) {
    line = LineEditor("")
    isDirty = true
    guard kind == .chooseMany else {
      picked = [entry.value]
      return
    }
    if let index = picked.firstIndex(of: entry.value) {
      picked.remove(at: index)
    } else {
      picked.append(entry.value)
      picked = choices.entries.map(\.value).filter(picked.contains)
    }
  }

  // MARK: Accepting

  /// What Enter takes: a value, nothing because there is still a choice to make, or a complaint.
  enum Acceptance: Equatable {
    case value(String)
    /// The key made a pick of a multiple choice; the field stays.
    case picked
    case wrong(Message)
  }

  mutating func accept(today: String) -> Acceptance {
    guard kind.isChoice else {
      switch kind.value(of: line.text, today: today) {
      case .value(let value): return .value(value)
      case .wrong(let message): return .wrong(message)
      }
    }
    if !line.text.isEmpty {
      let left = choices.matching(line.text)
      let entry: ChoiceList.Entry? =
        if case .waiting(let exact?) = choices.pick(after: line.text) ?? choices.pick(digits: line.text) { exact } else if left.count == 1 {
          left.first
        } else { nil }
      guard let entry else { return .wrong(.choicesLeft(left.count)) }
      take(entry)
      if kind == .chooseMany { return .picked }
    }
    if kind == .chooseMany { return .value(picked.joined(separator: " ")) }
    if let value = picked.first { return .value(value) }
    if isDirty { return .value("") }
    return .value(question.value.isEmpty ? proposal ?? "" : question.value)
  }
}
