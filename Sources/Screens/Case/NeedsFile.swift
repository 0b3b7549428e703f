// NeedsFile: the needs as a charity gets them (R60), and the key to their numbers, which stays here. Both are comma-separated, UTF-8
// with a mark in front (that is how spreadsheets know), a line each.

import Relief

enum NeedsFile {
  /// The list without identity, then the key: number, head, village, need.
  static func files(_ needs: CharityNeeds, _ workspace: Workspace) -> [ExportedFile] {
    let labels = CodeLabels(workspace)
    let list = needs.rows.map { row in
      [
        String(row.number), Division(row.township).flatMap { workspace.register.name(of: $0) } ?? row.township, Words.Cases.need(row.need),
        Words.DayList.urgency(row.urgency),
        row.hardship.map { labels.value($0, list: FactList.household, property: "hardship_kinds") }.joined(separator: "、"),
        Words.DayList.urgency(row.level), Words.Cases.family(size: row.size, withChildren: row.withChildren),
      ]
    }
    let key = needs.rows.map { row -> [String] in
      let need = needs.key[row.number].flatMap { workspace.register.entity(FactList.need, $0) }
      let household = need?.value("household").flatMap { workspace.register.household($0) }
      return [
        String(row.number), household?.headName ?? "", household.map { Chrome.village(of: $0, workspace) } ?? "",
        Words.Cases.need(row.need), need?.value("detail") ?? "",
      ]
    }
    return [
      ExportedFile(name: "\(Words.Cases.needsFile)-\(workspace.today).csv", text: csv([Words.Cases.needsColumns] + list)),
      ExportedFile(name: "\(Words.Cases.needsKeyFile)-\(workspace.today).csv", text: csv([Words.Cases.needsKeyColumns] + key)),
    ]
  }

  /// What a spreadsheet would take for a formula is text here: typed words may begin with anything.
  static func cell(_ text: String) -> String {
    let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  private static func csv(_ rows: [[String]]) -> String {
    "\u{FEFF}" + rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }
}
