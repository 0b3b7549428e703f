// DeskScreen: 工作台: where a clerk's or the county's day begins: everything that waits for a decision or an answer, with how many and how
// many late; Enter or the number opens its ledger. 督促调度 stands below.

import Relief
import Terminal

/// A line of the desk.
struct DeskRow: Equatable, Sendable {
  enum Opens: Equatable, Sendable {
    case ledger(Ledger)
    case supervision
    case campaigns
  }

  var opens: Opens
  /// Nil where there is nothing to count.
  var count: Int?
  var late = 0
}

struct DeskScreen: DayScreen {
  var message: Message?
  private(set) var rows: [DeskRow] = []
  var cursor = ListCursor()

  init(_ workspace: Workspace?) { if let workspace { load(workspace) } }

  var keyContext: KeyContext { .list }

  mutating func load(_ workspace: Workspace) {
    let selected = selected(of: rows)?.opens
    rows = Self.rows(workspace)
    stand(on: rows.firstIndex { $0.opens == selected })
  }

  /// Each list is gone through once, however many lines of the desk count it.
  static func rows(_ workspace: Workspace) -> [DeskRow] {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return [] }
    let register = workspace.register
    let desk = workspace.keptDesk ?? DeskBook(register, in: division, workspace.rules)
    let matters = DeskMatters(register, in: division)
    let warnings = desk.openWarnings(on: today)
    let cases = desk.caseBook.entries.flatMap(\.cases)
    let waiting = desk.ageing(matters)
    func row(_ ledger: Ledger, _ count: Int?, late: Int = 0) -> DeskRow { DeskRow(opens: .ledger(ledger), count: count, late: late) }
    func warned(_ ledger: Ledger) -> DeskRow {
      let own = warnings.filter(ledger.holds)
      return row(ledger, own.count, late: own.count { $0.isOverdue(on: today, workspace.rules) })
    }
    func decided(_ ledger: Ledger) -> DeskRow {
      let own = cases.filter(ledger.awaits)
      let late = own.count { one in
        register.deadlines(of: one, workspace.rules).contains { $0.kind == .confirm && $0.deadline.isOverdue(on: today) }
      }
      return row(ledger, own.count, late: late)
    }
    let late = waiting.count { $0.deadline.isOverdue(on: today) }
    let lateWarnings = warnings.count { $0.isOverdue(on: today, workspace.rules) }
    let slips = matters.slipsToChase(on: today, workspace.rules)
    let red = register.redMatters(in: division, now: workspace.now, workspace.rules.clocks)
    let isCounty = workspace.identity.role == .county
    var rows = [
      row(.red, red.count + matters.emergencies.count(where: \.awaitsCounty), late: red.count(where: \.isCounty)),
      warned(.judging), warned(.checking), warned(.closing), decided(.confirming), decided(.clearing),
      row(.waiting, waiting.count, late: late),
      row(.referrals, slips.count, late: slips.count { $0.deadline(workspace.rules).isOverdue(on: today) }),
      row(.late, late + lateWarnings, late: late + lateWarnings),
      row(.uncovered, desk.uncovered(register).count), row(.clashes, desk.personClashes(register).count),
    ]
    if isCounty {
      let lists = register.departmentListsDue(on: today, everyMonths: workspace.rules.clocks.importPeriodMonths)
      let devices = DeviceRow.rows(workspace)
      rows.append(row(.lists, lists.count, late: lists.count { $0.overdueDays(on: today) > 0 }))
      rows.append(row(.devices, devices.count, late: devices.count(where: \.isMissing)))
    }
    if isCounty { rows += [row(.unset, register.policyParameters.states(on: today).count { $0.value == nil }), row(.forms, nil)] }
    let campaigns = CampaignRecords.all(workspace)
    rows.append(
      DeskRow(
        opens: .campaigns, count: campaigns.count { $0.state(on: today) == .running },
        late: campaigns.count { CampaignRecords.due($0, on: today, workspace) > 0 }))
    return rows + [DeskRow(opens: .supervision, count: nil)]
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept: return open(workspace)
    case .back: return Step(move: .push(QuitScreen()))
    case .help: return Step(move: .push(HelpScreen(context: .list)))
    case .sweep: return planSweep(workspace)
    case .find: return Step(move: .push(FindScreen(workspace)))
    case .ledgers: return Step(move: .push(LedgersScreen(.waiting, workspace)))
    case .forms: return Step(move: .push(FormsScreen(household: nil, workspace)))
    case .dayList:
      let isReviewer = workspace?.reviewsToday == true
      return Step(move: .replace(isReviewer ? EveningScreen(workspace) as any Screen : TodayScreen(workspace)))
    case .print:
      guard let workspace, !rows.isEmpty else { return .beep }
      return Step([.print(title: Words.Desk.title, text: paper(workspace))])
    case .sync: return Step([.startSync], move: .push(SyncScreen()))
    default: return .beep
    }
  }

  private mutating func open(_ workspace: Workspace?) -> Step {
    guard let row = selected(of: rows) else { return .beep }
    message = nil
    switch row.opens {
    case .ledger(let ledger): return Step(move: .push(LedgersScreen(ledger, workspace)))
    case .supervision: return Step(move: .push(SupervisionScreen(workspace)))
    case .campaigns: return Step(move: .push(CampaignsScreen(workspace)))
    }
  }

  private func paper(_ workspace: Workspace) -> String {
    let table = PlainTable(
      heading: ["\(Words.Desk.title) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(Words.Desk.columns, [30, 8, 8]).map { PlainTable.Column($0, width: $1) },
      rows: rows.map { [Words.Desk.row($0.opens), $0.count.map { String($0) } ?? "", $0.late > 0 ? String($0.late) : ""] })
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Desk.title, workspace), right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    Chrome.header([(7, Words.Desk.columns[0]), (40, Words.Desk.columns[1]), (50, Words.Desk.columns[2])], on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      Chrome.row(
        [
          (1, 4, VisitScreen.right(index + 1, 4)), (7, 32, Words.Desk.row(row.opens)),
          (40, 6, row.count.map { VisitScreen.right($0, 4) } ?? ""), (50, 8, row.late > 0 ? VisitScreen.right(row.late, 4) : ""),
        ], row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    if let message {
      canvas.message(message)
    } else if let workspace, let hint = Words.Desk.hint(drafts: workspace.drafts.count, isEmpty: workspace.hasNothing) {
      canvas.hint(hint)
    }
    canvas.hints(in: keyContext)
  }
}

extension Workspace {
  /// Nothing has come from the county yet: figures of nothing are no figures.
  var hasNothing: Bool { division.map { register.divisions(in: $0).isEmpty } ?? true }
}

extension Role {
  /// Whose day begins at the desk: the county, and a township's clerk.
  var worksAtDesk: Bool { self == .county || self == .clerk }
}
