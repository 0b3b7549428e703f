// HouseholdScript: the table of Tests/Journeys/household-of-four.md, and the keys that type it into the form: what a
// person with the paper in front of them presses.

import Terminal
import XForm

@testable import Screens

/// One line of the script.
struct ScriptLine: Sendable {
  var path: String
  var typed: String
  var kind: String
  var information: Int
  var value: String

  static func read() -> [ScriptLine] {
    let text = Page.read(Forms.root + "/Tests/Journeys/household-of-four.md") ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| /") else { return nil }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
      guard cells.count == 7, let information = Int(cells[4]) else { return nil }
      return ScriptLine(path: cells[1], typed: cells[2], kind: cells[3], information: information, value: cells[5])
    }
  }
}

/// Types script lines into the visit on the screen and says what went wrong, if something did.
struct Typist {
  var script: KeyScript
  var faults: [String] = []
  /// Keys above the information of a line, for the lines that have some.
  var surplus: [String] = []

  mutating func type(_ line: ScriptLine) {
    guard line.kind != "row" else { return }
    let before = script.keys
    defer {
      let more = script.keys - before - line.information
      if more != 0 { surplus.append("\(more)  \(line.path)") }
    }
    guard let path = target(line), go(to: path) else {
      faults.append("\(line.path) not reached: at \(script.program.visit?.place?.text ?? "nowhere"), \(script.message)")
      return
    }
    switch line.kind {
    case "choice", "several": choose(line, at: path)
    default:
      script.type(line.typed)
      if isAt(path) { script.press(.enter) }
    }
    if isAt(path), script.program.visit?.editor?.isWarned == true { script.press(.enter) }
    if isAt(path), script.program.visit?.message != .endOfForm {
      faults.append("\(line.path) kept the cursor: \(script.message)")
    }
    let stored = script.program.visit?.session.value(at: path) ?? ""
    if stored != line.value, stored != line.value + ".0" {
      faults.append("\(line.path) holds \(stored), not \(line.value)")
    }
  }

  private func isAt(_ path: InstancePath) -> Bool { script.program.visit?.place == .field(path) }

  /// The script writes `relation` where the form asks `relation_asked`.
  private func target(_ line: ScriptLine) -> InstancePath? { InstancePath(line.path) }

  /// Moves as a person does: Enter over what is not on the paper, PgDn where the rest of the row or section is not.
  private mutating func go(to path: InstancePath) -> Bool {
    for _ in 0..<40 {
      guard let visit = script.program.visit, let place = visit.place else { return false }
      switch place {
      case .field(let here):
        if here == path { return true }
        let row = visit.enclosingRow(of: here)
        let isInRow = row.map { $0.contains(path) } ?? true
        let isInSection = visit.sectionPath.map { $0.contains(path) } ?? false
        script.press(isInRow && isInSection ? .enter : .pageDown)
      case .row(let row):
        script.press(row.contains(path) ? .enter : .down)
      case .add(let repeatPath):
        // Typing begins the row: the field is its first.
        if path.generic.hasPrefix(repeatPath.generic + "/"), visit.session.value(at: path) == nil { return true }
        script.press(.enter)
      }
    }
    return false
  }

  private mutating func choose(_ line: ScriptLine, at path: InstancePath) {
    let values = line.value.split(separator: " ").map(String.init)
    for value in values {
      guard let code = code(of: value, at: path) else {
        faults.append("\(line.path) has no choice \(value)")
        return
      }
      script.type(code)
    }
    if isAt(path) { script.press(.enter) }
  }

  private func code(of value: String, at path: InstancePath) -> String? {
    guard let visit = script.program.visit else { return nil }
    if let editor = visit.editor { return editor.choices.entry(value: value)?.code }
    // At the add line there is no field yet: the choices are those of the row before, or of the row to come.
    var trial = visit
    guard case .add(let repeatPath)? = trial.place, trial.addRow(repeatPath) else { return nil }
    return trial.editor?.choices.entry(value: value)?.code
  }
}
