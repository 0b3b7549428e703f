// ReviewScreen: one visit of the evening: what was noticed, what changed since the visit before, and the words a supervisor can say by
// digit. A word that sends something on asks for its reason first. The cursor on a change makes the comment one about that question.

import Relief
import Terminal

struct ReviewScreen: Screen {
  enum Act: Int, CaseIterable, Sendable {
    case pass = 1, giveBack, revisit, escalate, toCounty, acknowledge, read

    var verdict: Review.Verdict? {
      switch self {
      case .pass: .passed
      case .giveBack: .returned
      case .revisit: .revisit
      case .escalate: .escalated
      case .toCounty: .county
      case .acknowledge, .read: nil
      }
    }
  }

  /// A line of the page: a heading, something noticed, or a change one can comment on.
  struct Line: Equatable, Sendable {
    var text: String
    var style: Style = .plain
    /// The question of the change, as a review names it (ReviewComment), and as people read it.
    var question: String?
    var name = ""
  }

  private(set) var row: EveningRow
  private(set) var lines: [Line]
  var message: Message?
  private var selected = 0
  /// The reason that is being typed, and for what.
  private var reason: (line: LineEditor, act: Act)?

  /// What the evening knows of its visits.
  private var memory: EveningMemory

  init(_ row: EveningRow, _ workspace: Workspace, memory: EveningMemory = EveningMemory()) {
    self.row = row
    self.memory = memory
    lines = Self.lines(row, workspace)
  }

  var keyContext: KeyContext { reason == nil ? .review : .text }

  static func lines(_ row: EveningRow, _ workspace: Workspace) -> [Line] {
    var lines: [Line] = []
    if let red = row.red { lines.append(Line(text: Words.Evening.red(red.stage), style: .error)) }
    let labels = FormLabels(workspace.visitForm, workspace.surroundings)
    if row.isRed { lines += happened(row.visit, labels) }
    if let reason = row.visit.amendReason { lines.append(Line(text: Words.Evening.amended(reason), style: .warning)) }
    lines += corrected(row.visit, workspace, labels)
    for sentence in EveningPaper.noticed(row) { lines.append(Line(text: sentence, style: .warning)) }
    if let verification = row.visit.verification { lines.append(Line(text: Words.Verify.said(verification))) }
    let history = workspace.register.visits(of: row.visit.household)
    let earlier = history.drop { $0.record != row.visit.record }.dropFirst().first { !row.visit.amends.contains($0.record) }
    let changes = VisitComparison.differences(row.visit, beside: earlier)
    let title = earlier.map { Words.Evening.comparison($0.date?.description ?? "", changes.count) } ?? Words.Evening.firstVisit
    lines.append(Line(text: title, style: .title))
    if earlier == nil { lines += atAGlance(row.visit, labels) }
    for change in changes where earlier != nil || labels.isAsked(list: change.list, property: change.property) {
      lines.append(line(change, isFirst: earlier == nil, labels))
    }
    return lines
  }

  /// Of a first visit, how many they are, what they need and how urgent it is: none of it stands among the answers, because the form
  /// reckons it from them.
  private static func atAGlance(_ visit: Relief.Visit, _ labels: FormLabels) -> [Line] {
    let members = Set(visit.facts.filter { $0.list == FactList.person && $0.value("membership") != "left" }.map(\.entity)).count
    let residents = visit.facts.last { $0.list == FactList.household && $0.value("residents") != nil }?.value("residents")
    var needs: [String] = []
    for kind in visit.facts.filter({ $0.list == FactList.need }).compactMap({ $0.value("kind") }) where !needs.contains(kind) {
      needs.append(kind)
    }
    var texts = members > 0 ? [Words.Evening.members(members, residents: residents)] : []
    if !needs.isEmpty { texts.append(Words.Evening.needs(needs.map(Words.Cases.need))) }
    if let urgency = visit.urgency, !urgency.isEmpty {
      texts.append(Words.Evening.urgency(labels.value(urgency, list: FactList.visit, property: "urgency")))
    }
    return texts.map { Line(text: $0) }
  }

  /// What an amendment changed of the visit it replaces: whoever sent that one back looks here first.
  private static func corrected(_ visit: Relief.Visit, _ workspace: Workspace, _ labels: FormLabels) -> [Line] {
    guard let replaced = visit.amends.lazy.compactMap({ workspace.register.visit($0) }).first else { return [] }
    // What the form derives (whose it is, for which period) nobody typed, and it has no words.
    let changes = VisitComparison.differences(visit, beside: replaced).filter { change in
      labels.isAsked(list: change.list, property: change.property)
        || Words.Facts.isNamed(change.property) && change.property != "household" && change.property != "person"
    }
    return [Line(text: Words.Evening.corrected(changes.count), style: .title)] + changes.map { line($0, isFirst: false, labels) }
  }

  /// What happened, and when: of a red visit before everything else, for whoever opens it must not turn pages for that.
  private static func happened(_ visit: Relief.Visit, _ labels: FormLabels) -> [Line] {
    visit.facts.filter { $0.list == FactList.risk && $0.value("section") == "emergency" }.map { fact in
      let kind = fact.label ?? fact.value("kind").map { labels.value($0, list: fact.list, property: "kind") } ?? ""
      return Line(text: Words.Evening.happened(kind, on: fact.value("date") ?? "", fact.value("detail") ?? ""), style: .error)
    }
  }

  /// A change, or of a first visit what it says; either can be commented on.
  private static func line(_ change: VisitDifference, isFirst: Bool, _ labels: FormLabels) -> Line {
    let name = labels.label(list: change.list, property: change.property)
    // A label that is only a code says nothing to anybody.
    let said = change.label.flatMap { $0.utf8.allSatisfy { $0 < 0x80 } ? nil : $0 } ?? ""
    let subject = change.list == FactList.visit || change.list == FactList.household || said.isEmpty ? "" : said + " "
    func shown(_ value: String?) -> String {
      guard let value else { return Words.Evening.nothing }
      return labels.masked(value, list: change.list, property: change.property)
    }
    let (before, now) = (shown(change.before), shown(change.now))
    // Stars on both sides say nothing of what changed under them.
    let hidden = !isFirst && before == now ? Words.Evening.hiddenChanged : ""
    let value = isFirst ? now : "\(before) -> \(now)" + hidden
    return Line(
      text: "\(subject)\(name)：\(value)",
      question: ReviewComment.question(list: change.list, property: change.property, entity: change.entity), name: subject + name)
  }

  // MARK: Update

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    if reason != nil { return typeReason(input, workspace) }
    switch input {
    case .idle, .leaving: return Step()
    case .command(.up): selected = max(0, selected - 1)
    case .command(.down): selected = min(max(0, lines.count - 1), selected + 1)
    case .command(.pageUp): selected = max(0, selected - 12)
    case .command(.pageDown): selected = min(max(0, lines.count - 1), selected + 12)
    case .command(.first): selected = 0
    case .command(.last): selected = max(0, lines.count - 1)
    case .command(.accept): return act(.read, workspace)
    case .command(.pass): return act(.pass, workspace)
    case .command(.back): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .review)))
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)), let act = Act(rawValue: number) else {
        return .beep
      }
      return self.act(act, workspace)
    default: return .beep
    }
    message = nil
    return Step()
  }

  private mutating func act(_ act: Act, _ workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    switch act {
    case .read: return Step(move: .open(.read(record: row.visit.record)))
    case .acknowledge:
      guard row.isRed, !row.isAcknowledged else { return refuse(.nothingToAcknowledge) }
      return Step([.write([NewRecord(acknowledging: row)])])
    case .pass: return say(ReviewDraft(row.visit.record, .passed), workspace)
    case .giveBack, .revisit, .escalate, .toCounty:
      reason = (LineEditor("", charactersMax: Limits.promptCharacters), act)
      message = nil
      return Step()
    }
  }

  private mutating func typeReason(_ input: Input, _ workspace: Workspace?) -> Step {
    guard var typed = reason, let workspace else { return .beep }
    switch input {
    case .command(.back):
      reason = nil
      return Step()
    case .command(.accept):
      let text = Folding.trimmed(typed.line.text)
      guard let verdict = typed.act.verdict else { return .beep }
      guard !text.isEmpty else { return refuse(.reasonNeeded) }
      let question = lines.indices.contains(selected) ? lines[selected].question : nil
      return say(ReviewDraft(row.visit.record, verdict, reason: text, question: question), workspace)
    case .command(.clear): typed.line = LineEditor("", charactersMax: Limits.promptCharacters)
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .command: return .beep
    case .key(let key): if !typed.line.apply(key) { return .beep }
    case .paste(let text):
      if let refusal = typed.line.paste(text) { return refuse(refusal) }
    case .idle, .leaving: break
    }
    reason = typed
    return Step()
  }

  private mutating func say(_ draft: ReviewDraft, _ workspace: Workspace) -> Step {
    if let first = Review.refusal(draft, on: row, in: workspace) {
      // It is open already: only the key is still to be said.
      return refuse(first == .notAcknowledged ? .acknowledgeFirst : .review(first))
    }
    return Step([.write([NewRecord(draft, on: row, in: workspace)])])
  }

  private mutating func refuse(_ message: Message) -> Step {
    self.message = message
    return .beep
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .written:
      guard let workspace,
        let now = EveningScreen.evening(workspace, knowing: &memory)?.rows.first(where: { $0.visit.record == row.visit.record })
      else { return Step(move: .pop) }
      let wasReviewed = row.isReviewed
      row = now
      lines = Self.lines(now, workspace)
      // A word was said: back to the list. An acknowledgement stays: the red visit is still to be judged.
      if now.isReviewed, !wasReviewed || reason != nil { return Step(move: .pop) }
      reason = nil
      message = .acknowledged
    case .notWritten(let fault): message = .saveFailed(fault)
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let village = workspace.flatMap { workspace in row.household.map { Chrome.village(of: $0, workspace) } } ?? ""
    canvas.title(
      "\(village) \(row.household?.headName ?? Words.Today.unknownHead)",
      right: "\(row.visit.author.name) \(row.finished.prefix(16).replacing("T", with: " "))")
    let acts = Words.Evening.acts(isRed: row.isRed && !row.isAcknowledged)
    let last = canvas.body.upperBound - 2
    var rows: [(text: String, style: Style, line: Int)] = []
    for (index, line) in lines.enumerated() {
      for part in canvas.columns.wrap(line.text, to: canvas.width - 4) { rows.append((part, line.style, index)) }
    }
    let room = max(1, last - canvas.body.lowerBound)
    let focus = rows.firstIndex { $0.line == selected } ?? 0
    let first = max(0, min(focus - room / 2, rows.count - room))
    for (offset, shown) in rows.dropFirst(first).prefix(room).enumerated() {
      let row = canvas.body.lowerBound + offset
      let isSelected = shown.line == selected
      if isSelected { canvas.frame.fill(row: row, style: .selected) }
      canvas.put(shown.text, row: row, column: 2, style: isSelected ? .selected : shown.style)
      if isSelected, canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: row, column: 0) }
    }
    if let reason {
      let label = Words.Evening.reason(reason.act, about: lines.indices.contains(selected) ? lines[selected].name : "")
      let used = canvas.put(label, row: last, column: 2, style: .label)
      canvas.put(reason.line, row: last, column: 2 + used, columnsMax: canvas.width - used - 4)
    } else {
      canvas.put(acts, row: last, column: 2, style: .hint)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0) }
    if message == nil, reason == nil, lines.contains(where: { $0.question != nil }) {
      canvas.hint(Words.Evening.commentHint)
    }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
