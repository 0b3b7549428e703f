// A list as plain text for a printer (`lp`): columns of fixed width, long cells on lines of their own below. How wide a
// text is on paper is not known here: it is passed in.

public struct PlainTable: Equatable, Sendable {
  public struct Column: Equatable, Sendable {
    public var title: String
    /// Width in cells of one Latin letter.
    public var width: Int
    public var isRight: Bool

    public init(_ title: String, width: Int, isRight: Bool = false) {
      self.title = title
      self.width = max(1, width)
      self.isRight = isRight
    }
  }

  public var heading: [String]
  public var columns: [Column]
  /// As many cells as columns; what is missing is empty.
  public var rows: [[String]]
  public var footing: [String]

  public init(heading: [String] = [], columns: [Column], rows: [[String]], footing: [String] = []) {
    self.heading = heading
    self.columns = columns
    self.rows = rows
    self.footing = footing
  }

  /// Lines of one page after another, each page with its heading and titles again, a form feed between them.
  /// - Parameters:
  ///   - linesMax: lines of a page; at least a heading, the titles and one row are put on each.
  ///   - width: width of one character.
  public func lines(linesMax: Int, width: (Character) -> Int) -> [String] {
    let titles = line(columns.map(\.title), width)
    let rule = String(repeating: "-", count: columns.map(\.width).reduce(0, +) + max(0, columns.count - 1))
    let top = heading + [titles, rule]
    var pages: [[String]] = [top]
    for row in rows {
      let block = lines(of: row, width)
      let isFull = pages[pages.count - 1].count + block.count > max(linesMax, top.count + block.count)
      if isFull { pages.append(top) }
      pages[pages.count - 1] += block
    }
    pages[pages.count - 1] += footing
    return pages.enumerated().flatMap { offset, page in
      offset == 0 ? page : ["\u{0C}" + page[0]] + page.dropFirst()
    }
  }

  /// One row: as many lines as its longest cell needs. Nothing is cut off.
  private func lines(of row: [String], _ width: (Character) -> Int) -> [String] {
    let wrapped = columns.indices.map { index in
      Self.wrap(index < row.count ? row[index] : "", to: columns[index].width, width)
    }
    let height = wrapped.map(\.count).max() ?? 1
    return (0..<height).map { number in line(wrapped.map { number < $0.count ? $0[number] : "" }, width) }
  }

  private func line(_ cells: [String], _ width: (Character) -> Int) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      let cell = index < cells.count ? cells[index] : ""
      let gap = String(repeating: " ", count: max(0, column.width - Self.measure(cell, width)))
      text += (index == 0 ? "" : " ") + (column.isRight ? gap + cell : cell + gap)
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  static func wrap(_ text: String, to limit: Int, _ width: (Character) -> Int) -> [String] {
    var lines = [""]
    var used = 0
    for character in text {
      let wide = width(character)
      if character.isNewline || (used + wide > limit && used > 0) {
        lines.append("")
        used = 0
        if character.isNewline { continue }
      }
      lines[lines.count - 1].append(character)
      used += wide
    }
    return lines
  }

  private static func measure(_ text: String, _ width: (Character) -> Int) -> Int {
    text.reduce(0) { $0 + width($1) }
  }
}
