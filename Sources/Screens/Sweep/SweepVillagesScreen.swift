// SweepVillagesScreen: whose list is to be made, for somebody with several villages: a line a village, with how many households wait there.

import Relief
import Terminal

struct SweepVillagesScreen: ListScreen {
  struct Row: Equatable, Sendable {
    var division: Division
    var name: String
    /// Households the generator would list today.
    var waiting: Int
    /// Of these, on a list already.
    var listed: Int
  }

  var message: Message?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()

  init(_ workspace: Workspace) { load(workspace) }

  var keyContext: KeyContext { .villages }

  /// The one village of this person, nil where there are several to choose among.
  static func only(_ workspace: Workspace) -> Division? {
    let scopes = workspace.identity.scopes.compactMap { Division($0) }
    return scopes.count == 1 && scopes[0].level == .village ? scopes[0] : nil
  }

  /// Where making a list begins; nil where this person makes none.
  static func first(_ workspace: Workspace) -> (any Screen)? {
    guard workspace.identity.role.writes(.sweep) else { return nil }
    return only(workspace).map { SweepScreen($0, workspace) as any Screen } ?? SweepVillagesScreen(workspace)
  }

  private mutating func load(_ workspace: Workspace) {
    rows = []
    for scope in workspace.identity.scopes.compactMap({ Division($0) }) {
      guard let plan = SweepPlan(scope, days: Limits.sweepDaysAtFirst, workspace) else { continue }
      let counts = Dictionary(grouping: plan.rows) { $0.proposal.division.code }
      let villages =
        scope.level == .village ? [scope] : workspace.register.divisions(in: scope).map(\.code).filter { $0.level == .village }
      rows += villages.map { village in
        let rows = counts[village.code] ?? []
        return Row(
          division: village, name: workspace.register.name(of: village) ?? village.code, waiting: rows.count,
          listed: rows.count { $0.proposal.isListed })
      }
    }
    stand(on: nil)
    if rows.isEmpty { message = .noVillages }
  }

  var rowCount: Int { rows.count }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard rows.indices.contains(cursor.selected), let workspace else { return .beep }
      return Step(move: .push(SweepScreen(rows[cursor.selected].division, workspace)))
    case .campaigns: return Step(move: .push(CampaignsScreen(workspace)))
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if let workspace, case .written = event { load(workspace) }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Sweep.title, workspace), right: "")
    let titles = Words.Sweep.villageColumns
    let columns = [1, 7, 30, 40]
    Chrome.header(Array(zip(columns, titles)), on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      Chrome.row(
        [
          (1, 4, VisitScreen.right(index + 1, 4)), (7, 21, row.name), (30, 8, String(row.waiting)), (40, 8, String(row.listed)),
        ], row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
