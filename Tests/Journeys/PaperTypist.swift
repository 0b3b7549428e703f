// PaperTypist: a person with the paper of household-of-four.md in front of them and the screen of zoufang before them. What is
// typed and chosen is on the paper, the codes are on the printed form, and where the cursor stands is read from the screen:
// the number left of the field.

import Support
import Testing
import XForm

/// One line of the paper: what a field is told.
struct PaperLine {
  /// `/household-visit/members/member[2]/name`.
  var path: InstancePath
  var typed: String
  var kind: String
  /// Characters typed, choices made.
  var information: Int
  /// What the form holds afterwards.
  var value: String

  static let paper = "Tests/Journeys/household-of-four.md"

  static func read() throws -> [PaperLine] {
    try Tree.text(paper).split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0.trimmingPrefix(" ")) }
      guard line.hasPrefix("| /"), cells.count == 7 else { return nil }
      func text(_ index: Int) -> String { String(cells[index].reversed().drop { $0 == " " }.reversed()) }
      return PaperLine(
        path: try #require(InstancePath(text(1)), "\(text(1))"), typed: text(2), kind: text(3),
        information: try #require(Int(text(4)), "\(text(4))"), value: text(5))
    }
  }

  /// The path of the repeat's row around the field, without what is below it.
  var row: InstancePath? {
    let depth = path.steps.lastIndex { $0.position != nil }
    return depth.map { InstancePath(steps: Array(path.steps[...$0])) }
  }
}

/// Types the paper into the form on the screen. Another terminal may take its place in the middle, as long as it shows the same.
struct PaperTypist {
  var tty: Tty
  var form: PrintedForm
  /// The row of a repeat that is being typed.
  private var row: InstancePath?
  /// Lines that took more keys, or fewer, than their information, to see where keys go.
  private(set) var surplus: [String] = []

  init(_ tty: Tty) throws {
    self.tty = tty
    form = try PrintedForm()
  }

  /// Where the cursor stands, as the screen says it.
  private enum Place: Equatable {
    case field(Int)
    case row(String)
    case add(String)
    case elsewhere(String)
  }

  private var isSomewhere: Bool {
    if case .elsewhere = place { false } else { true }
  }

  private var place: Place {
    let line = tty.cursorLine
    if let number = line.prefixMatch(of: /\s{0,3}(\d{1,3})\s/).flatMap({ Int($0.output.1) }) { return .field(number) }
    if line.contains("新增") { return .add(line) }
    if line.prefixMatch(of: /\s+[>v]\s/) != nil { return .row(line) }
    return .elsewhere(line)
  }

  mutating func type(_ line: PaperLine) throws {
    form.takeDown(line)
    guard line.kind != "row" else { return }
    let before = tty.keys
    defer { if tty.keys - before != line.information { surplus.append("\(tty.keys - before - line.information) \(line.path)") } }
    try go(to: line)
    row = line.row
    let place = place
    switch line.kind {
    case "choice", "several": try choose(line, at: place)
    default: try write(line, at: place)
    }
  }

  /// Moves as a person does: Enter over what is not on the paper, PgDn where the rest of the row or the section is not.
  private func go(to line: PaperLine) throws {
    let generic = "/" + line.path.steps.map(\.name).joined(separator: "/")
    for _ in 0..<40 {
      switch place {
      case .field(let number):
        let here = try #require(form.path(number), "the screen shows a field \(number) the form does not have")
        if here == generic, line.row == row || line.row == nil { return }
        // The first field of a row that began with the last key.
        if here == generic, line.path.steps.count == (line.row?.steps.count ?? 0) + 1, isFirst(generic) { return }
        let isInRow = row.map { here.contains("/\($0.steps.last?.name ?? "")/") ? $0 == line.row : true } ?? true
        let isInSection = section(here) == section(generic)
        try move(isInRow && isInSection ? .enter : .pageDown)
      case .row: try move(.down)
      case .add:
        // Typing begins the row: the field is its first.
        if line.row != nil, line.row != row, isFirst(generic) { return }
        try move(.enter)
      case .elsewhere(let text): Issue.record("the cursor is at no field: \(text)\n\(tty.text)")
        return
      }
    }
    Issue.record("\(line.path) was not reached\n\(tty.text)")
  }

  private func isFirst(_ generic: String) -> Bool {
    ["/name", "/income_kind", "/expense_kind"].contains { generic.hasSuffix($0) }
  }

  private func section(_ path: String) -> Substring? { path.split(separator: "/").dropFirst().first }

  private func move(_ key: Press) throws {
    let before = (place, tty.title)
    tty.press(key)
    try tty.wait("the cursor elsewhere after \(key)") { _ in isSomewhere && (place != before.0 || tty.title != before.1) }
  }

  private func choose(_ line: PaperLine, at place: Place) throws {
    let (digits, endsItself) = try form.codes(of: line)
    for digit in digits { tty.type(digit) }
    if !endsItself {
      try tty.wait("the choice of \(line.path)") { tty in
        digits.allSatisfy { tty.text.contains("*\($0) ") || tty.text.contains("* \($0) ") || tty.cursorLine.contains("[\($0)") }
      }
      tty.press(.enter)
    }
    try leave(place, line)
  }

  private func write(_ line: PaperLine, at place: Place) throws {
    tty.type(line.typed)
    // It went on by itself, or holds the text (the end of it, where the field is shorter).
    try tty.wait("the text of \(line.path)") { tty in
      isElsewhere(place) || tty.cursorLine.contains(line.typed.suffix(8))
    }
    guard !isElsewhere(place) else { return }
    tty.press(.enter)
    try leave(place, line)
  }

  /// Another field than before. From the add line the new row's first field is still the field being typed.
  private func isElsewhere(_ before: Place) -> Bool {
    guard isSomewhere else { return false }
    guard case .field(let old) = before, case .field(let new) = place else {
      if case .add = before, case .field(let new) = place { return !isFirst(form.path(new) ?? "") }
      return place != before
    }
    return old != new
  }

  private func leave(_ place: Place, _ line: PaperLine) throws {
    try tty.wait("the cursor after \(line.path)") { tty in isElsewhere(place) || tty.message.contains("已到最后") }
  }
}
