// Chrome: what lists share: the title with its practice mark, the header row, a row with its selection, a village's
// short name.

import Relief
import Terminal

enum Chrome {
  static func title(_ title: String, _ workspace: Workspace?) -> String {
    guard let identity = workspace?.identity else { return title }
    let mark = identity.isPractice ? "[" + Words.practice + "] " : ""
    let clock = workspace?.clockAhead == nil ? "" : "[" + Words.Sync.clockMark + "] "
    return "\(mark)\(clock)\(title)  \(workspace?.today ?? "")  \(identity.name)"
  }

  static func header(_ cells: [(column: Int, title: String)], on canvas: inout Canvas) {
    let row = canvas.body.lowerBound
    for cell in cells { canvas.put(cell.title, row: row, column: cell.column, style: .label) }
  }

  /// One row; the selected one is a whole reversed line with the cursor at its beginning.
  static func row(
    _ cells: [(column: Int, width: Int, text: String)], row: Int, isSelected: Bool, on canvas: inout Canvas
  ) {
    if isSelected {
      canvas.frame.fill(row: row, style: .selected)
      canvas.frame.cursor = Position(row: row, column: 0)
    }
    for cell in cells where cell.width > 0 {
      canvas.put(
        cell.text, row: row, column: cell.column, columnsMax: cell.width, style: isSelected ? .selected : .plain)
    }
  }

  /// Village and group, without the township: everybody here knows it.
  static func village(of household: Household, _ workspace: Workspace) -> String {
    let village = household.division.flatMap { workspace.register.name(of: $0) } ?? household.division?.code ?? ""
    return village + (household.group ?? "")
  }

  /// The same from a household's line, for lists of many.
  static func village(of line: HouseholdSummary, _ workspace: Workspace) -> String {
    let village = line.division.flatMap { workspace.register.name(of: $0) } ?? line.division?.code ?? ""
    return village + (workspace.register.field("group", of: FactList.household, line.id)?.shown ?? "")
  }

  /// 张*三, 张*: for lists that others look at.
  static func masked(name: String) -> String {
    guard let first = name.first, name.count > 1 else { return name }
    return name.count == 2 ? "\(first)*" : "\(first)*\(name.suffix(1))"
  }

  /// Of a number only the last four, of a birth date only the year, nil of everything else: for a screen that stands on an open desk. The
  /// stars of a number hide just that date (policy P2).
  static func masked(_ value: String, property: String) -> String? {
    switch property {
    case "id_number", "head_id_number", "phone", "disability_certificate": masked(number: value)
    case "birth": masked(birth: value)
    default: nil
    }
  }

  /// `1966-**-**`; of what is no date nothing.
  static func masked(birth: String) -> String {
    let parts = birth.split(separator: "-", omittingEmptySubsequences: false)
    guard CivilDate(birth) != nil, let year = parts.first else { return String(repeating: "*", count: birth.count) }
    return ([String(year)] + parts.dropFirst().map { _ in "**" }).joined(separator: "-")
  }

  /// Stars and the last four.
  static func masked(number: String) -> String {
    String(repeating: "*", count: max(0, number.count - 4)) + number.suffix(4)
  }
}
