// Wrapping of Chinese and Latin text into rows: a row may break after any wide character and after a space, never
// inside a Latin word that fits a row, and no row begins with a closing mark (。，、）…): the character before it
// comes along.

extension Columns {
  /// Marks that may not begin a row.
  private static let closing: Set<Unicode.Scalar> = [
    "。", "，", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "”", "’", "%", "％",
    ",", ".", ";", ":", "!", "?", ")", "]",
  ]

  /// The text in rows of at most `columnsMax` columns (taken as 2 where it is less). Line ends in the text begin a
  /// new row. An empty text is one empty row.
  public func wrap(_ text: String, to columnsMax: Int) -> [String] {
    let limit = max(2, columnsMax)
    // Most labels fit: no scalar takes more columns than it has bytes, and a line end begins with one of these four.
    let isOneLine = !text.utf8.contains { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }
    if isOneLine, text.utf8.count <= limit || text.unicodeScalars.reduce(0, { $0 + drawnWidth(of: $1) }) <= limit {
      return [text]
    }
    var rows: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      wrapLine(Array(line.unicodeScalars), limit, into: &rows)
    }
    return rows
  }

  private func wrapLine(_ scalars: [Unicode.Scalar], _ limit: Int, into rows: inout [String]) {
    var start = 0
    while true {
      var end = start
      var used = 0
      while end < scalars.count {
        let width = drawnWidth(of: scalars[end])
        if used + width > limit { break }
        used += width
        end += 1
      }
      if end == scalars.count {
        rows.append(Self.text(scalars[start...]))
        return
      }
      let cut = breakPoint(scalars, start, end)
      var last = cut
      while last > start, scalars[last - 1] == " " { last -= 1 }
      rows.append(Self.text(scalars[start..<last]))
      start = cut
      while start < scalars.count, scalars[start] == " " { start += 1 }
      if start == scalars.count { return }
    }
  }

  /// The last place at or before `end` where a row may break; `end` itself where there is none.
  private func breakPoint(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Int {
    var cut = end
    while cut > start {
      let before = scalars[cut - 1]
      let after = scalars[cut]
      let isBoundary =
        before == " " || after == " " || drawnWidth(of: before) == 2 || drawnWidth(of: after) == 2
      if isBoundary, !Self.closing.contains(after), drawnWidth(of: after) > 0 { return cut }
      cut -= 1
    }
    return end
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
