// SweepPaper: a list for the printer: whom to visit, why, and room to write. Names are masked: the sheet lies on tables.

import Relief

enum SweepPaper {
  private static let widths = [4, 8, 18, 34, 12, 16]

  /// The list that is being made.
  static func text(_ plan: SweepPlan, _ workspace: Workspace) -> String {
    let rows = plan.rows.filter { $0.isChosen || $0.proposal.isListed }
    return sheet(
      Words.Sweep.title + " " + Words.Sweep.days(plan.request.from, plan.request.to, nil), workspace,
      rows.enumerated().map { offset, row in
        let last = workspace.register.visits(of: row.proposal.household).first?.date
        return [String(offset + 1), Chrome.masked(name: row.head), row.village, row.reason, last?.description ?? Words.Today.never, ""]
      })
  }

  /// Today's list, as far as it is.
  static func text(_ rows: [TodayRow], _ workspace: Workspace) -> String {
    sheet(
      Words.Today.title + " " + workspace.today, workspace,
      rows.enumerated().map { offset, row in
        [
          String(offset + 1), Chrome.masked(name: row.head), row.village, row.reason,
          row.lastVisit.isEmpty ? Words.Today.never : row.lastVisit, row.state == .unvisited ? "" : Words.Today.state(row.state),
        ]
      })
  }

  private static func sheet(_ title: String, _ workspace: Workspace, _ rows: [[String]]) -> String {
    let table = PlainTable(
      heading: ["\(title) \(workspace.identity.name)"],
      columns: zip(Words.Sweep.paperColumns, widths).map { PlainTable.Column($0, width: $1) }, rows: rows,
      footing: [Words.Evening.footing(rows.count)])
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }
}
