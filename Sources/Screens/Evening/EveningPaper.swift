// EveningPaper: the rows of the evening as text, the same for the screen and for the printer. Names are masked: the list lies on desks.

import Relief

enum EveningPaper {
  /// One text for each column of `Words.Evening.columns`.
  static func cells(_ row: EveningRow, _ workspace: Workspace?) -> [String] {
    let found = Set(row.visit.marks)
    let marks = Relief.Visit.Mark.allCases.map { found.contains($0) ? Words.DayList.mark($0) : Words.DayList.noMark }.joined()
    return [
      String(row.number),
      Division(row.visit.division).flatMap { workspace?.register.name(of: $0) } ?? row.visit.division,
      Chrome.masked(name: row.household?.headName ?? Words.Today.unknownHead), marks,
      row.visit.isMet ? Words.DayList.result(row.visit.result) : Words.Evening.notMet, Words.DayList.urgency(row.visit.urgency),
      row.visit.author.name, finished(row, workspace), state(row),
    ]
  }

  /// The time of today, of another day the month and the day.
  private static func finished(_ row: EveningRow, _ workspace: Workspace?) -> String {
    let isToday = workspace.map { row.finished.hasPrefix($0.today) } ?? true
    return String(isToday ? row.finished.dropFirst(11).prefix(5) : row.finished.dropFirst(5).prefix(5))
  }

  /// The last column: what was said of it, else what it waits for.
  static func state(_ row: EveningRow) -> String {
    if let review = row.visit.review { return Words.DayList.review(review.verdict) }
    if row.isWithCounty { return Words.Evening.withCounty }
    if row.isRed { return row.isAcknowledged ? Words.Evening.acknowledged : Words.Evening.waitsForYou }
    if row.answers != nil { return Words.Evening.answersReturn }
    if !row.flags.isEmpty { return Words.Evening.flags(row.flags.count) }
    return row.visit.verification == nil ? "" : Words.Verify.verified
  }

  /// What was noticed, a sentence each.
  static func noticed(_ row: EveningRow) -> [String] {
    var sentences = row.flags.map(\.sentence)
    if let review = row.answers { sentences.insert(Words.Evening.answered(review.reason ?? ""), at: 0) }
    return sentences + row.visit.notes.map(\.sentence)
  }

  /// The list for the printer, in pages of sixty lines.
  static func text(_ rows: [EveningRow], _ workspace: Workspace) -> String {
    let widths = [4, 16, 8, 8, 6, 4, 10, 5, 12]
    let table = PlainTable(
      heading: ["\(Words.Evening.title) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(Words.Evening.columns, widths).map { PlainTable.Column($0, width: $1) },
      rows: rows.map { cells($0, workspace) }, footing: [Words.Evening.footing(rows.count)])
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }
}

/// How many cells of a Latin letter a character takes on paper: Chinese two, everything else one. The printer's fonts decide, not the
/// terminal's locale.
enum PaperWidth {
  static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
