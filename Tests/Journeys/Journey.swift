// Journeys: the two real programs in a real terminal, from the first key to what is left on the disk and at the county.
//
// A journey reads like the day it tells of: it presses keys, waits until the screen shows something, and looks. Nothing
// sleeps; a wait polls the screen and gives up only after a time that a busy machine does not need. One journey runs at a
// time (`.serialized`), because each is several processes. Every journey has its own directory and, where it needs one,
// its own county on a port of its own.
//
// Files: Desk (a laptop), TestCounty (a county server), Networks (no network, somebody else's network), SmallDisk, Moves (what a
// person does on the screens), PrintedForm, PaperTypist (types household-of-four.md), Tour (docs/tour.md); the others are the journeys.

import Support
import Testing

@Suite(.serialized) enum Journeys {}

/// The day most journeys take place on. The programs are told so with `--clock`, so that a journey may run at midnight.
enum Day {
  static let visit = "2026-11-24T09:30:00+08:00"
  /// Half an hour on, when the power is back.
  static let afterCrash = "2026-11-24T10:05:00+08:00"
  /// The same day after supper, and the morning after it.
  static let evening = "2026-11-24T20:00:00+08:00"
  static let nextMorning = "2026-11-25T08:00:00+08:00"
  /// Two weeks later, for the second visit.
  static let later = "2026-12-08T09:30:00+08:00"
}

/// The source tree the tests were built from.
enum Tree {
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  static func text(_ path: String) throws -> String { try #require(TextFile.read(root + "/" + path), "\(path)") }
}

extension Tty {
  /// The row the cursor stands in: the active field, or the selected row of a list.
  var cursorLine: String { line(cursor.row) }
  var title: String { line(0) }
  /// The message line: the third row from below.
  var message: String { line(rows - 3) }

  /// Reads until the active field is the one with this label.
  func wait(at label: String) throws {
    try wait("the cursor at \(label)") { $0.cursorLine.contains(label) }
  }

  func wait(title: String) throws {
    try wait("title \(title)") { $0.title.contains(title) }
  }

  /// The list this person's day begins with: a cadre's households, a supervisor's evening, or the desk.
  func waitForList() throws { try wait("a list of the day") { $0.isAtList } }

  var isAtList: Bool { ["今日走访", "审核", "工作台"].contains { title.contains($0) } }

  /// Presses the key and reads until the program has ended, as Esc and "2 退出程序" do it.
  func quit() throws -> Exit {
    press(.escape)
    try wait(for: "2 退出程序")
    type("2")
    return try waitForExit()
  }

  /// Everything the program wrote, as text (for commands that print and end).
  var outputText: String { String(decoding: output, as: UTF8.self).replacing("\r\n", with: "\n") }
}

/// Runs a command in a terminal to its end and gives what it printed.
enum Command {
  @discardableResult
  static func run(_ program: String, _ arguments: [String], exit wanted: Tty.Exit = .code(0)) throws -> String {
    let path = program.hasPrefix("/") ? program : Program.path(program)
    let tty = try Tty(path, arguments, rows: 50, columns: 200)
    let exit = try tty.waitForExit(patience: .seconds(60))
    try #require(exit == wanted, "\(program) \(arguments.joined(separator: " ")): \(exit)\n\(tty.outputText)")
    return tty.outputText
  }
}
