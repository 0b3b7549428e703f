// EveningScreen: 审核: the supervisor's evening. The day's visits of the township, red first, then answers to returns, then what the
// program noticed, then the clean ones; what has been reviewed sinks to the end.
//
// Rules:
//  - one key passes the clean row the cursor stands on and goes to the next that waits;
//  - one key passes every clean row, after the sample it asks for has been opened;
//  - red passes only after somebody acknowledged it, a row with something noticed only after it was opened; neither goes in a batch.

import Relief
import Terminal

struct EveningScreen: ListScreen {
  var message: Message?
  private(set) var evening: Evening?
  /// Records that were opened since the list was made.
  private(set) var opened: Set<String> = []
  /// Red records nobody acknowledged that are no row of this list: emergencies, captures, visits of another day.
  private(set) var redBesides: [String] = []
  var cursor = ListCursor()
  private var memory = EveningMemory()

  init(_ workspace: Workspace?) {
    if let workspace { load(workspace) }
  }

  var keyContext: KeyContext { .evening }
  var rows: [EveningRow] { evening?.rows ?? [] }

  /// The list of today, of every division this person reviews.
  /// - Parameter memory: what an earlier showing found out about its visits.
  static func evening(_ workspace: Workspace, knowing memory: inout EveningMemory) -> Evening? {
    guard let day = CivilDate(workspace.today), let division = workspace.division else { return nil }
    return Evening(
      on: day, in: division, of: workspace.register, reader: workspace.identity.author.person, now: workspace.now, rules: workspace.rules,
      memory: &memory)
  }

  static func evening(_ workspace: Workspace) -> Evening? {
    var memory = EveningMemory()
    return evening(workspace, knowing: &memory)
  }

  mutating func load(_ workspace: Workspace) {
    let selected = selected(of: rows)?.visit.record
    evening = Self.evening(workspace, knowing: &memory)
    let listed = Set(rows.map(\.visit.record))
    redBesides = workspace.division.map { division in
      workspace.register.redMatters(in: division, now: workspace.now, workspace.rules.clocks).filter { !$0.isListed(listed) }.map(\.record)
    } ?? []
    stand(on: rows.firstIndex { $0.visit.record == selected })
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept: return open(workspace)
    case .pass: return pass(workspace)
    case .passClean: return passClean(workspace)
    case .totals: return Step(move: .push(TotalsScreen(workspace)))
    case .print:
      guard let workspace, !rows.isEmpty else { return .beep }
      return Step([.print(title: Words.Evening.title, text: EveningPaper.text(rows, workspace))])
    case .back: return Step(move: .push(QuitScreen()))
    case .help: return Step(move: .push(HelpScreen(context: .evening)))
    case .find: return Step(move: .push(FindScreen(workspace)))
    // What is red and no row of this list comes first.
    case .ledgers: return Step(move: .push(LedgersScreen(redBesides.isEmpty ? .waiting : .red, workspace)))
    case .forms: return Step(move: .push(FormsScreen(household: nil, workspace)))
    case .dayList: return Step(move: .replace(TodayScreen(workspace)))
    case .sync: return Step([.startSync], move: .push(SyncScreen()))
    default: return .beep
    }
  }

  private mutating func open(_ workspace: Workspace?) -> Step {
    guard rows.indices.contains(cursor.selected), let workspace else { return .beep }
    let row = rows[cursor.selected]
    opened.insert(row.visit.record)
    message = nil
    return Step(move: .push(ReviewScreen(row, workspace, memory: memory)))
  }

  // MARK: Passing

  private mutating func pass(_ workspace: Workspace?) -> Step {
    guard rows.indices.contains(cursor.selected), let workspace else { return .beep }
    let row = rows[cursor.selected]
    guard !row.isReviewed else { return refuse(.alreadyReviewed) }
    if row.isRed, !row.isAcknowledged { return refuse(.review(.notAcknowledged)) }
    if !row.isClean, !opened.contains(row.visit.record) { return refuse(.openItFirst) }
    let draft = ReviewDraft(row.visit.record, .passed)
    if let first = Review.refusal(draft, on: row, in: workspace) { return refuse(.review(first)) }
    return Step([.write([NewRecord(draft, on: row, in: workspace)])])
  }

  private mutating func passClean(_ workspace: Workspace?) -> Step {
    guard let evening, let workspace else { return .beep }
    switch ReviewDesk.batch(evening, opened: opened) {
    case .nothingClean: return refuse(.nothingClean)
    case .openFirst(let records):
      cursor.selected = rows.firstIndex { records.contains($0.visit.record) } ?? cursor.selected
      return refuse(.openSample(records.count))
    case .passes(let drafts):
      var records: [NewRecord] = []
      for draft in drafts {
        guard let row = rows.first(where: { $0.visit.record == draft.record }) else { continue }
        if let first = Review.refusal(draft, on: row, in: workspace) { return refuse(.review(first)) }
        records.append(NewRecord(draft, on: row, in: workspace))
      }
      return Step([.write(records)])
    }
  }

  private mutating func refuse(_ message: Message) -> Step {
    self.message = message
    return .beep
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    guard let workspace else { return Step() }
    switch event {
    case .opened, .finished: load(workspace)
    case .written:
      let before = Set(rows.filter(\.isReviewed).map(\.visit.record))
      let place = cursor.selected
      load(workspace)
      let judged = rows.filter { $0.isReviewed && !before.contains($0.visit.record) }
      // The row that was judged sank to the end: the cursor stays where it stood, on the next one that waits.
      guard let first = judged.first?.visit.review else { break }
      cursor.selected = min(place, max(0, rows.count - 1))
      let left = rows.count { !$0.isReviewed }
      message = judged.count > 1 || first.verdict == .passed ? .passed(judged.count, left: left) : .judged(first.verdict, left: left)
    case .notWritten(let fault): message = .saveFailed(fault)
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    case .sync(let news): message = Message(news) ?? message
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let red = rows.count { $0.isRed && !$0.isAcknowledged }
    canvas.title(
      Chrome.title(Words.Evening.title, workspace),
      right: Words.Evening.summary(red: red, besides: redBesides.count, reviewed: rows.count { $0.isReviewed }, of: rows.count))
    let titles = Words.Evening.columns
    let isWide = canvas.width >= 76
    let widths = isWide ? [4, canvas.width - 70, 8, 8, 6, 4, 8, 5, 12] : [4, 0, 8, 8, 6, 4, 8, 0, 10]
    var columns: [Int] = []
    var column = 1
    for width in widths {
      columns.append(column)
      column += width == 0 ? 0 : width + 1
    }
    Chrome.header(widths.indices.filter { widths[$0] > 0 }.map { (columns[$0], titles[$0]) }, on: &canvas)
    if rows.isEmpty { canvas.put(Words.DayList.empty, row: canvas.body.lowerBound + 2, column: 1) }
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      let texts = EveningPaper.cells(rows[index], workspace)
      Chrome.row(
        widths.indices.map { (columns[$0], widths[$0], $0 == 0 ? VisitScreen.right(index + 1, 4) : texts[$0]) },
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    if let message {
      canvas.message(message)
    } else if rows.indices.contains(cursor.selected), let noticed = EveningPaper.noticed(rows[cursor.selected]).first {
      canvas.hint(noticed)
    }
    canvas.hints(in: keyContext)
  }
}

extension Review {
  /// The first thing that stands in the way of a word, nil where it may be said.
  static func refusal(_ draft: ReviewDraft, on row: EveningRow, in workspace: Workspace) -> ReviewRefusal? {
    guard let day = CivilDate(workspace.today) else { return .notStanding }
    return ReviewDesk.refusals(draft, on: row, by: workspace.identity.author, day: day, in: workspace.register).first
  }
}

extension NewRecord {
  /// A supervisor's word on a row.
  init(_ draft: ReviewDraft, on row: EveningRow, in workspace: Workspace) {
    self.init(
      .review, household: row.visit.household, division: row.visit.division,
      supersedes: ReviewDesk.supersedes(draft, in: workspace.register), body: draft.body)
  }

  /// 知悉: a red record was seen.
  init(acknowledging row: EveningRow) {
    self.init(
      .acknowledgement, household: row.visit.household, division: row.visit.division, body: ["record": row.visit.record])
  }

  /// The same of a record that is no visit: an emergency, a capture.
  init(acknowledging record: Record) {
    self.init(.acknowledgement, household: record.household, division: record.division, body: ["record": record.id])
  }
}
