// DayListScreen: 日清单: what a supervisor reads in the evening: today's visits in the villages this person may see, the
// urgent ones first. Names are masked here; the visit itself shows them.

import Relief
import Terminal

struct DayListScreen: ListScreen {
  struct Row: Equatable, Sendable {
    var record: String
    var village: String
    var head: String
    var marks: String
    var result: String
    var urgency: String
    var visitor: String
    var time: String
    var review: String
  }

  var message: Message?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()

  init(_ workspace: Workspace?) {
    if let workspace { load(workspace) }
  }

  var keyContext: KeyContext { .list }

  mutating func load(_ workspace: Workspace) {
    let selected = selected(of: rows)?.record
    rows = Self.rows(workspace)
    stand(on: rows.firstIndex { $0.record == selected })
  }

  static func rows(_ workspace: Workspace) -> [Row] {
    guard let today = CivilDate(workspace.today) else { return [] }
    var visits: [Relief.Visit] = []
    var seen: Set<String> = []
    for division in workspace.identity.scopes.compactMap({ Division($0) }) {
      visits += workspace.register.visits(on: today, in: division).filter { seen.insert($0.record).inserted }
    }
    return visits.sorted { one, other in
      (order(one.urgency), one.wall, one.record) < (order(other.urgency), other.wall, other.record)
    }.map { Row($0, workspace) }
  }

  private static func order(_ urgency: String?) -> Int {
    ["red", "orange", "yellow", "blue"].firstIndex(of: urgency ?? "") ?? 4
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard rows.indices.contains(cursor.selected) else { return .beep }
      return Step(move: .open(.read(record: rows[cursor.selected].record)))
    case .back: return Step(move: .push(QuitScreen()))
    case .help: return Step(move: .push(HelpScreen(context: .list)))
    case .find: return Step(move: .push(FindScreen(workspace)))
    case .forms: return Step(move: .push(FormsScreen(household: nil, workspace)))
    case .ledgers: return Step(move: .push(LedgersScreen(.waiting, workspace)))
    case .sweep: return planSweep(workspace)
    case .print:
      guard let workspace, !rows.isEmpty else { return .beep }
      return Step([.print(title: Words.DayList.title, text: paper(workspace))])
    case .dayList:
      let hasDesk = workspace?.identity.role.worksAtDesk == true
      return Step(move: .replace(hasDesk ? DeskScreen(workspace) as any Screen : TodayScreen(workspace)))
    case .sync: return Step([.startSync], move: .push(SyncScreen()))
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if let workspace {
      switch event {
      case .opened, .finished: load(workspace)
      case .printed: message = .printed
      case .notPrinted(let status): message = .notPrinted(Int(status))
      case .sync(let news): message = Message(news) ?? message
      default: break
      }
    }
    return Step()
  }

  private func paper(_ workspace: Workspace) -> String {
    let titles = Words.DayList.columns
    let names = [titles.village, titles.head, titles.marks, titles.result, titles.urgency, titles.visitor, titles.time, titles.review]
    let table = PlainTable(
      heading: ["\(Words.DayList.title) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(names, [20, 8, 8, 8, 4, 12, 6, 6]).map { PlainTable.Column($0, width: $1) },
      rows: rows.map { [$0.village, $0.head, $0.marks, $0.result, $0.urgency, $0.visitor, $0.time, $0.review] })
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(
      Chrome.title(Words.DayList.title, workspace), right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    let titles = Words.DayList.columns
    let names = [
      titles.number, titles.village, titles.head, titles.marks, titles.result, titles.urgency, titles.visitor,
      titles.time,
      titles.review,
    ]
    // Narrow screens leave out the time (the list is in its order anyway) and the review.
    let widths =
      canvas.width >= 76 ? [4, canvas.width - 68, 8, 8, 6, 4, 8, 5, 4] : [4, canvas.width - 54, 8, 8, 6, 4, 8, 0, 0]
    var columns: [Int] = []
    var column = 1
    for width in widths {
      columns.append(column)
      column += width == 0 ? 0 : width + 2
    }
    Chrome.header(widths.indices.filter { widths[$0] > 0 }.map { (columns[$0], names[$0]) }, on: &canvas)
    if rows.isEmpty { canvas.put(Words.DayList.empty, row: canvas.body.lowerBound + 2, column: 1) }
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let texts = [
        VisitScreen.right(index + 1, 4), row.village, row.head, row.marks, row.result, row.urgency, row.visitor,
        row.time,
        row.review,
      ]
      Chrome.row(
        widths.indices.map { (columns[$0], widths[$0], texts[$0]) }, row: canvas.body.lowerBound + 1 + offset,
        isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}

extension DayListScreen.Row {
  init(_ visit: Relief.Visit, _ workspace: Workspace) {
    let household = workspace.register.household(visit.household)
    record = visit.record
    village =
      Division(visit.division).flatMap { workspace.register.name(of: $0) }
      ?? household.map { Chrome.village(of: $0, workspace) } ?? visit.division
    head = Chrome.masked(name: household?.headName ?? Words.Today.unknownHead)
    let found = Set(visit.marks)
    marks = Relief.Visit.Mark.allCases.map { found.contains($0) ? Words.DayList.mark($0) : Words.DayList.noMark }
      .joined()
    result = visit.isMet ? Words.DayList.result(visit.result) : Words.DayList.notMet
    urgency = Words.DayList.urgency(visit.urgency)
    visitor = visit.author.name
    time = String(visit.wall.dropFirst(11).prefix(5))
    review = visit.review.map { Words.DayList.review($0.verdict) } ?? (visit.verification == nil ? "" : Words.Verify.verifiedShort)
  }
}
