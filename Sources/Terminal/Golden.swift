// The golden text of a frame: what tests compare and people read in a diff.
//
// Two planes. The first is the text: each row with its number, the cursor as ‸ before its cell, and a · for the
// second cell of each wide character, so that one printed character stands for one cell (and a bug in widths
// shows). The second is the styles: one letter a cell (`Style.letter`), rows without style left out.

extension Frame {
  public var golden: String {
    var text = "\(size.rows)x\(size.columns)\n"
    for row in 0..<size.rows { text += Self.number(row) + trimmed(textPlane(row)) + "\n" }
    text += "--\n"
    for row in 0..<size.rows {
      let styles = trimmed((0..<size.columns).map { cells[row * size.columns + $0].style.letter })
      if !styles.isEmpty { text += Self.number(row) + styles + "\n" }
    }
    return text
  }

  private func textPlane(_ row: Int) -> [Character] {
    var plane: [Character] = []
    for column in 0..<size.columns {
      if cursor == Position(row: row, column: column) { plane.append("‸") }
      let index = row * size.columns + column
      if cells[index].part == .continuation {
        plane.append("·")
      } else {
        plane += glyphs(at: index).reduce(into: "") { $0.unicodeScalars.append($1) }
      }
    }
    return plane
  }

  private func trimmed(_ plane: [Character]) -> String {
    let end = plane.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
    return String(plane[..<end])
  }

  private static func number(_ row: Int) -> String { row < 10 ? "0\(row)|" : "\(row)|" }
}
