// Frame: one whole screen as a value. A screen makes a frame from its state; `Terminal` shows it.
//
// It is a buffer of cells of our own, and what goes to the terminal begins and ends between characters of the old frame
// and of the new, because curses corrupts a row where half a wide character is overwritten (measured with ncurses 6.4
// and 6.6: everything to the right shifts). The laws,
// tested with random input: a row is exactly as wide as the screen; no half of a wide character stands alone; the
// cursor is inside. Nothing here traps: what lies outside is clipped.

internal import Glibc

/// A screen full of text, with its styles and the place of the cursor.
public struct Frame: Equatable, Sendable {
  public let size: Size
  let columns: Columns
  var cells: [Cell]
  /// Characters with combining marks; a cell's glyph at or above `clusterBase` is an index into it.
  var clusters: [[Unicode.Scalar]] = []
  private var point: Position?

  /// One cell, in 32 bits, so that a row is compared as memory: the glyph in the lower 21, its style, its part. A wide
  /// character is a `lead` and, right of it, its `continuation`.
  struct Cell: Equatable, Sendable {
    enum Part: UInt32, Sendable { case narrow, lead, continuation }
    let bits: UInt32

    init(glyph: UInt32, style: Style, part: Part) {
      bits = glyph & 0x1F_FFFF | UInt32(style.rawValue) << 21 | part.rawValue << 29
    }

    var glyph: UInt32 { bits & 0x1F_FFFF }
    var styleNumber: UInt8 { UInt8(truncatingIfNeeded: bits >> 21) }
    var style: Style { Style(rawValue: styleNumber) ?? .plain }
    var part: Part { Part(rawValue: bits >> 29) ?? .narrow }
    var isNarrow: Bool { bits >> 29 == Part.narrow.rawValue }

    func with(style: Style) -> Cell { Cell(glyph: glyph, style: style, part: part) }
    static func blank(_ style: Style) -> Cell { Cell(glyph: 0x20, style: style, part: .narrow) }
  }

  static let clusterBase: UInt32 = 0x11_0000
  /// Combining marks kept for one cell: curses holds five wide characters a cell (CCHARW_MAX), one is the base.
  static let marksMax = 4

  /// An empty frame. A size outside 0 … `Size.largest` is clamped.
  public init(size: Size, columns: Columns = .locale) {
    let rows = max(0, min(size.rows, Size.largest.rows))
    let width = max(0, min(size.columns, Size.largest.columns))
    self.size = Size(rows: rows, columns: width)
    self.columns = columns
    cells = Array(repeating: .blank(.plain), count: rows * width)
  }

  /// Where the hardware cursor stands, always inside the frame; `nil` hides it. In a text field it must stand at
  /// the edit point: input methods and screen readers follow it.
  public var cursor: Position? {
    get { point }
    set {
      guard let newValue, size.rows > 0, size.columns > 0 else {
        point = nil
        return
      }
      point = Position(
        row: max(0, min(newValue.row, size.rows - 1)), column: max(0, min(newValue.column, size.columns - 1)))
    }
  }

  /// Writes text from a cell on and gives the columns used. It is clipped at the end of the row, at `columnsMax`
  /// columns, and at whole characters; a position outside writes nothing.
  @discardableResult
  public mutating func put(
    _ text: String, row: Int, column: Int, columnsMax: Int = .max, style: Style = .plain
  ) -> Int {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return 0 }
    let limit = min(columnsMax, size.columns - column)
    let start = row * size.columns + column
    var used = 0
    var last: Int?
    for scalar in text.unicodeScalars {
      let width = columns.width(of: scalar)
      if width == 0 {
        if let last, Self.isMark(scalar) { addMark(scalar, at: last) }
        continue
      }
      let cellWidth = width < 0 ? 2 : width
      guard used + cellWidth <= limit else { break }
      let glyph = width < 0 ? Columns.unknownMark.value : scalar.value < 0x20 ? 0x20 : scalar.value
      write(glyph, width: cellWidth, at: start + used, style: style)
      last = start + used
      used += cellWidth
    }
    return used
  }

  /// Makes a whole row blank in one style.
  public mutating func fill(row: Int, style: Style) {
    guard row >= 0, row < size.rows else { return }
    for index in row * size.columns..<(row + 1) * size.columns { cells[index] = .blank(style) }
  }

  /// Makes cells blank; a wide character that is met is blanked whole.
  public mutating func blank(row: Int, column: Int, columns count: Int, style: Style) {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns, count > 0 else { return }
    let start = row * size.columns
    for index in start + column..<start + column + min(count, size.columns - column) {
      if !cells[index].isNarrow { blankHalves(at: index) }
      cells[index] = .blank(style)
    }
  }

  /// Changes the style of cells and keeps their text; a wide character is taken whole.
  public mutating func restyle(row: Int, column: Int = 0, columnsMax: Int = .max, style: Style) {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns, columnsMax > 0 else { return }
    var first = column
    var last = column + min(columnsMax, size.columns - column) - 1
    let start = row * size.columns
    if cells[start + first].part == .continuation { first -= 1 }
    if cells[start + last].part == .lead { last += 1 }
    for index in first...last { cells[start + index] = cells[start + index].with(style: style) }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0xA0 && !Columns.isInvisible(scalar.value)
  }

  private mutating func write(_ glyph: UInt32, width: Int, at index: Int, style: Style) {
    if !cells[index].isNarrow { blankHalves(at: index) }
    if width < 2 {
      cells[index] = Cell(glyph: glyph, style: style, part: .narrow)
      return
    }
    if !cells[index + 1].isNarrow { blankHalves(at: index + 1) }
    cells[index] = Cell(glyph: glyph, style: style, part: .lead)
    cells[index + 1] = Cell(glyph: 0x20, style: style, part: .continuation)
  }

  /// Blanks the other half of a wide character whose one half is about to be overwritten.
  private mutating func blankHalves(at index: Int) {
    switch cells[index].part {
    case .narrow: break
    case .lead: if index + 1 < cells.count { cells[index + 1] = .blank(cells[index + 1].style) }
    case .continuation: if index > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
    }
  }

  /// A mark on a wide character is not drawn, because curses loses it; nor one in the last column, where it may land on
  /// the next row.
  private mutating func addMark(_ mark: Unicode.Scalar, at index: Int) {
    guard cells[index].part == .narrow, (index + 1) % size.columns != 0 else { return }
    let glyph = cells[index].glyph
    if glyph >= Self.clusterBase {
      let cluster = Int(glyph - Self.clusterBase)
      if clusters[cluster].count <= Self.marksMax { clusters[cluster].append(mark) }
    } else if let base = Unicode.Scalar(glyph) {
      let number = Self.clusterBase + UInt32(clusters.count)
      cells[index] = Cell(glyph: number, style: cells[index].style, part: .narrow)
      clusters.append([base, mark])
    }
  }
}

// MARK: - Reading a frame

extension Frame {
  public static func == (a: Frame, b: Frame) -> Bool {
    guard a.size == b.size, a.cursor == b.cursor else { return false }
    return (0..<a.size.rows).allSatisfy { a.hasSameRow($0, as: b) }
  }

  /// Whether one row shows the same in both; frames of different width never do.
  func hasSameRow(_ row: Int, as other: borrowing Frame) -> Bool {
    guard size.columns == other.size.columns, row < size.rows, row < other.size.rows else { return false }
    let range = row * size.columns..<(row + 1) * size.columns
    if clusters.isEmpty, other.clusters.isEmpty { return Self.isSame(cells, other.cells, range) }
    return range.allSatisfy { hasSameCell($0, as: other) }
  }

  /// Equal numbers may name different clusters, and different numbers equal ones.
  private func hasSameCell(_ index: Int, as other: borrowing Frame) -> Bool {
    let (one, two) = (cells[index], other.cells[index])
    if one.glyph < Self.clusterBase, two.glyph < Self.clusterBase { return one == two }
    return one.style == two.style && one.part == two.part && glyphs(at: index) == other.glyphs(at: index)
  }

  /// The columns of a row that must be written where `old` is shown; nil: none. They begin and end between characters in
  /// both frames, so that writing them never cuts a wide one in two. Empty where the frame has no such row.
  func changedColumns(ofRow row: Int, since old: borrowing Frame) -> Range<Int>? {
    if hasSameRow(row, as: old) { return nil }
    guard row < size.rows else { return 0..<0 }
    guard size.columns == old.size.columns, row < old.size.rows else { return 0..<size.columns }
    let start = row * size.columns
    var first = 0
    while hasSameCell(start + first, as: old) { first += 1 }
    var end = size.columns
    while hasSameCell(start + end - 1, as: old) { end -= 1 }
    if isInside(start + first) || old.isInside(start + first) { first -= 1 }
    if end < size.columns, isInside(start + end) || old.isInside(start + end) { end += 1 }
    return first..<end
  }

  /// Whether a cell is the second half of a wide character.
  private func isInside(_ index: Int) -> Bool { cells[index].part == .continuation }

  private static func isSame(_ one: [Cell], _ two: [Cell], _ range: Range<Int>) -> Bool {
    unsafe one.withUnsafeBytes { a in
      unsafe two.withUnsafeBytes { b in
        let stride = MemoryLayout<Cell>.stride
        guard let a = a.baseAddress, let b = b.baseAddress else { return true }
        let offset = range.lowerBound * stride
        return unsafe memcmp(a + offset, b + offset, range.count * stride) == 0
      }
    }
  }

  /// The scalars of a cell: its base and its marks.
  func glyphs(at index: Int) -> [Unicode.Scalar] {
    let glyph = cells[index].glyph
    if glyph >= Self.clusterBase { return clusters[Int(glyph - Self.clusterBase)] }
    return Unicode.Scalar(glyph).map { [$0] } ?? [" "]
  }

  /// The text of a row as drawn, without the blanks at its end; "" outside.
  public func line(_ row: Int) -> String {
    guard row >= 0, row < size.rows else { return "" }
    var text = String.UnicodeScalarView()
    for index in row * size.columns..<(row + 1) * size.columns where cells[index].part != .continuation {
      text.append(contentsOf: glyphs(at: index))
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The style of a cell; `nil` outside.
  public func style(row: Int, column: Int) -> Style? {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return nil }
    return cells[row * size.columns + column].style
  }
}
