// TodayScreen: 今日走访: the sweep list of the day in this person's villages: what came back first, then what is begun,
// then what is still to do, then what is done. A number opens a row; Enter on a household not visited yet opens its
// form at once.

import Relief
import Terminal
import XForm

struct TodayRow: Equatable, Sendable {
  var household: String
  var state: SweepState
  var head: String
  var village: String
  var reason: String
  var lastVisit: String
  var isWaiting: Bool
  var draft: DraftSummary?
  /// The visit record this row shows when it is done or came back.
  var visit: String?
  /// Whose list it is on, as the list names them; nil: nobody's in particular.
  var cadre: String?
}

struct TodayScreen: DayScreen {
  var message: Message?
  private(set) var rows: [TodayRow] = []
  var cursor = ListCursor()

  init(_ workspace: Workspace?) {
    if let workspace { load(workspace) }
  }

  var keyContext: KeyContext { .list }

  /// Makes the rows anew, keeping the selected household; of one that was visited just now, which goes to the end of the list, the place:
  /// there the next one stands; after the last one the first that is left.
  mutating func load(_ workspace: Workspace) {
    let selected = selected(of: rows)
    rows = Self.rows(workspace)
    let index = rows.firstIndex { $0.household == selected?.household }
    let isDone = index.map { rows[$0].state == .visited && selected?.state != .visited } ?? false
    stand(on: isDone ? nil : index)
    if isDone, self.selected(of: rows)?.state == .visited, rows[0].state != .visited { stand(on: 0) }
    switch workspace.space {
    case .plenty: if workspace.hasBrokenForm { message = .formBroken } else if rows.isEmpty { message = .emptyList }
    case .low(let megabytes): message = .diskLow(megabytes)
    case .full(let megabytes): message = .diskFull(megabytes)
    }
  }

  static func rows(_ workspace: Workspace) -> [TodayRow] {
    guard let today = CivilDate(workspace.today) else { return [] }
    // The household's own row carries the visit that was begun; whatever else was begun has a row of its own.
    let visits = workspace.drafts.filter { $0.beginning.purpose == .visit }
    let drafts = Dictionary(visits.map { ($0.beginning.household, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [TodayRow] = []
    var seen: Set<String> = []
    for division in workspace.identity.scopes.compactMap({ Division($0) }) {
      for row in workspace.register.sweep(on: today, in: division, drafts: Set(drafts.keys)) {
        guard seen.insert(row.household.id).inserted else { continue }
        rows.append(TodayRow(row, workspace, draft: drafts[row.household.id]))
      }
    }
    nameOthers(&rows, workspace)
    let carried = Set(rows.compactMap { $0.draft?.id })
    for draft in workspace.drafts where !carried.contains(draft.id) { rows.append(TodayRow(draft, workspace)) }
    return rows.enumerated().sorted { one, other in
      (order(one.element.state), one.offset) < (order(other.element.state), other.offset)
    }.map(\.element)
  }

  /// A household whose list was given to somebody else says to whom: nobody goes twice.
  private static func nameOthers(_ rows: inout [TodayRow], _ workspace: Workspace) {
    let own = [workspace.identity.person, workspace.identity.name]
    guard rows.contains(where: { $0.cadre.map { !own.contains($0) } ?? false }) else { return }
    let names = workspace.register.cadreNames
    for index in rows.indices {
      guard let cadre = rows[index].cadre, !own.contains(cadre) else { continue }
      rows[index].reason += Words.Campaigns.belongs(to: names[cadre] ?? cadre)
    }
  }

  private static func order(_ state: SweepState) -> Int {
    switch state {
    case .returned: 0
    case .draft: 1
    case .unvisited, .notMet: 2
    case .visited: 3
    }
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept: return open()
    case .discard:
      guard rows.indices.contains(cursor.selected), let draft = rows[cursor.selected].draft else {
        message = .noDraftHere
        return .beep
      }
      return Step(move: .push(DiscardScreen([draft])))
    case .back: return Step(move: .push(QuitScreen()))
    case .help: return Step(move: .push(HelpScreen(context: .list)))
    case .sweep: return planSweep(workspace)
    case .print:
      guard let workspace, !rows.isEmpty else { return .beep }
      return Step([.print(title: Words.Today.title, text: SweepPaper.text(rows, workspace))])
    case .find: return Step(move: .push(FindScreen(workspace)))
    case .ledgers: return Step(move: .push(LedgersScreen(.waiting, workspace)))
    case .forms: return Step(move: .push(FormsScreen(household: nil, workspace)))
    case .dayList:
      let isReviewer = workspace?.reviewsToday == true
      if isReviewer, workspace?.identity.role.worksAtDesk == true { return Step(move: .replace(DeskScreen(workspace))) }
      return Step(move: .replace(isReviewer ? EveningScreen(workspace) as any Screen : DayListScreen(workspace)))
    case .sync: return Step([.startSync], move: .push(SyncScreen()))
    default: return .beep
    }
  }

  private mutating func open() -> Step {
    guard rows.indices.contains(cursor.selected) else {
      message = .emptyList
      return .beep
    }
    let row = rows[cursor.selected]
    message = nil
    if let draft = row.draft { return Step(move: .open(.draft(draft))) }
    switch row.state {
    case .unvisited, .draft: return Step(move: .open(.visit(household: row.household)))
    case .visited, .returned, .notMet: return Step(move: .push(HouseholdScreen(row.household)))
    }
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let done = rows.count { $0.state == .visited }
    // Whatever else was begun has a row, and is no household to visit.
    let all = rows.count { $0.draft.map { $0.beginning.purpose == .visit } ?? true }
    canvas.title(
      Chrome.title(Words.Today.title, workspace),
      right: Words.Today.summary(done, all) + "  " + Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    let grid = Self.grid(width: canvas.width)
    Chrome.header(grid.map { ($0.column, $0.title) }, on: &canvas)
    let lines = max(1, canvas.body.count - 1)
    let window = cursor.window(count: rows.count, lines: lines)
    for (offset, index) in window.enumerated() {
      let row = canvas.body.lowerBound + 1 + offset
      Chrome.row(
        cells(rows[index], number: index + 1).enumerated().map {
          (grid[$0.offset].column, grid[$0.offset].width, $0.element)
        },
        row: row, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    if let message = message ?? returnedReason(workspace) {
      canvas.message(message)
    } else if rows.indices.contains(cursor.selected) {
      // The whole name and reason of the selected row: columns may have cut them.
      canvas.hint(Words.Today.selected(rows[cursor.selected].head, rows[cursor.selected].reason))
    }
    canvas.hints(in: keyContext)
  }

  /// Why the selected visit came back.
  private func returnedReason(_ workspace: Workspace?) -> Message? {
    guard rows.indices.contains(cursor.selected), rows[cursor.selected].state == .returned,
      let record = rows[cursor.selected].visit, let reason = workspace?.register.review(of: record)?.reason
    else { return nil }
    return .warned(Words.Today.returnedBecause(reason))
  }

  private struct Cell {
    var column: Int
    var width: Int
    var title: String
  }

  private static func grid(width: Int) -> [Cell] {
    let titles = Words.Today.columns
    let widths = width >= 76 ? [4, 4, 10, 12, width - 58, 10, 4] : [4, 4, 8, 0, width - 44, 10, 4]
    var column = 1
    var cells: [Cell] = []
    for (title, width) in zip(
      [titles.number, titles.state, titles.head, titles.village, titles.reason, titles.last, titles.wait], widths)
    {
      cells.append(Cell(column: column, width: width, title: width == 0 ? "" : title))
      column += width == 0 ? 0 : width + 2
    }
    return cells
  }

  private func cells(_ row: TodayRow, number: Int) -> [String] {
    [
      VisitScreen.right(number, 4), Words.Today.state(row.state), row.head, row.village, row.reason,
      row.lastVisit.isEmpty ? Words.Today.never : row.lastVisit, row.isWaiting ? Words.Today.waits : "",
    ]
  }
}

extension TodayRow {
  init(_ row: SweepRow, _ workspace: Workspace, draft: DraftSummary?) {
    household = row.household.id
    state = draft == nil && row.state == .draft ? .unvisited : row.state
    head = row.household.headName ?? Words.Today.unknownHead
    village = Chrome.village(of: row.household, workspace)
    reason = Words.Today.reasons(row)
    lastVisit = row.lastVisit?.date.map(\.description) ?? ""
    cadre = row.cadre.flatMap { $0.isEmpty ? nil : $0 }
    isWaiting = workspace.pendingHouseholds.contains(row.household.id)
    self.draft = draft
    visit = row.state == .returned ? row.returned : row.state == .visited ? row.lastVisit?.record : nil
  }

  init(_ draft: DraftSummary, _ workspace: Workspace) {
    let known = workspace.register.household(draft.beginning.household)
    household = draft.beginning.household
    state = .draft
    // Of a household that nobody knows yet, the name somebody searched for, or what the form says of it.
    head = known?.headName ?? [draft.beginning.head, draft.words, Words.Today.unknownHead].first { !$0.isEmpty } ?? ""
    village = known.map { Chrome.village(of: $0, workspace) } ?? ""
    reason = ""
    if draft.beginning.purpose != .visit { reason = Words.Discard.kind(draft, workspace) }
    lastVisit = workspace.register.visits(of: draft.beginning.household).first?.date.map(\.description) ?? ""
    isWaiting = workspace.pendingHouseholds.contains(draft.beginning.household)
    self.draft = draft
    visit = nil
  }
}
