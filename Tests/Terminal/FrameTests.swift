// The laws of a frame, on random frames, and what single calls do.

import Support
@testable import Terminal
@testable import TerminalProbe
import Testing

@Suite struct FrameTests {
  static let sizes = [
    Size(rows: 24, columns: 80), Size(rows: 20, columns: 60), Size(rows: 1, columns: 1), Size(rows: 3, columns: 2),
    Size(rows: 0, columns: 0), Size(rows: 7, columns: 0),
  ]

  @Test(arguments: sizes) func randomFramesKeepTheLaws(_ size: Size) throws {
    for seed in 0..<200 {
      let frame = RandomFrame.make(seed, size: size)
      for row in 0..<size.rows { try #require(brokenLaw(frame, row) == nil, "frame \(seed), row \(row)") }
      if let cursor = frame.cursor {
        #expect((0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column))
      }
    }
  }

  /// The first law that a row breaks.
  private func brokenLaw(_ frame: Frame, _ row: Int) -> String? {
    let start = row * frame.size.columns
    let cells = Array(frame.cells[start..<start + frame.size.columns])
    var width = 0
    for (column, cell) in cells.enumerated() {
      switch cell.part {
      case .narrow: width += 1
      case .lead:
        width += 2
        guard column + 1 < cells.count, cells[column + 1].part == .continuation else { return "lead without its half" }
      case .continuation:
        guard column > 0, cells[column - 1].part == .lead else { return "half without its lead" }
      }
      for scalar in frame.glyphs(at: start + column) where Columns.isInvisible(scalar.value) || scalar.value < 0x20 {
        return "an invisible character"
      }
    }
    if width != frame.size.columns { return "\(width) columns" }
    return Columns.locale.width(of: frame.line(row)) <= width ? nil : "text wider than its row"
  }

  /// What is sent of a row makes the old row the new one, and cuts no wide character of either.
  @Test func changedColumnsTurnOneRowIntoAnother() throws {
    let size = Size(rows: 24, columns: 80)
    var parts = 0
    for seed in 0..<200 {
      let (old, new) = (RandomFrame.make(seed, size: size), RandomFrame.make(seed + 1, size: size))
      for row in 0..<size.rows {
        let range = new.changedColumns(ofRow: row, since: old)
        let (drawn, wanted) = (cells(of: old, row), cells(of: new, row))
        guard let range else {
          #expect(drawn == wanted)
          continue
        }
        let result = Array(drawn[..<range.lowerBound] + wanted[range] + drawn[range.upperBound...])
        try #require(result == wanted, "frame \(seed), row \(row)")
        for column in [range.lowerBound, range.upperBound] where column < size.columns {
          try #require(!drawn[column].hasPrefix("half") && !wanted[column].hasPrefix("half"), "frame \(seed), row \(row)")
        }
        if range.count < size.columns { parts += 1 }
      }
    }
    #expect(parts > 100, "most rows must have been sent in part, else nothing was tested")
  }

  @Test func oneTypedCharacterIsOneCell() {
    var old = Frame(size: Size(rows: 2, columns: 20))
    old.put("住址 河东村", row: 1, column: 0)
    var new = old
    new.put("x", row: 1, column: 11)
    #expect(new.changedColumns(ofRow: 0, since: old) == nil)
    #expect(new.changedColumns(ofRow: 1, since: old) == 11..<12)
    // Over a wide character: all of it, from either side.
    new = old
    new.put("x", row: 1, column: 6)
    #expect(new.changedColumns(ofRow: 1, since: old) == 5..<7)
    #expect(old.changedColumns(ofRow: 1, since: new) == 5..<7)
  }

  private func cells(of frame: Frame, _ row: Int) -> [String] {
    (row * frame.size.columns..<(row + 1) * frame.size.columns).map { index in
      let cell = frame.cells[index]
      let text = frame.glyphs(at: index).map { String($0.value, radix: 16) }.joined(separator: "+")
      return "\(cell.part == .continuation ? "half" : "cell") \(text) \(cell.styleNumber)"
    }
  }

  @Test func blankTakesWideCharactersWhole() {
    var frame = Frame(size: Size(rows: 1, columns: 10))
    frame.put("a张三丰b", row: 0, column: 0)
    frame.blank(row: 0, column: 2, columns: 2, style: .plain)
    #expect(frame.line(0) == "a    丰b")
    frame.blank(row: 0, column: 6, columns: .max, style: .plain)
    frame.blank(row: 1, column: 0, columns: 1, style: .plain)
    frame.blank(row: 0, column: -1, columns: 1, style: .plain)
    frame.blank(row: 0, column: 0, columns: -1, style: .plain)
    #expect(frame.line(0) == "a")
  }

  @Test func putGivesTheColumnsUsed() {
    var frame = Frame(size: Size(rows: 2, columns: 10))
    #expect(frame.put("张三", row: 0, column: 0) == 4)
    #expect(frame.put("张三丰", row: 0, column: 5) == 4)
    #expect(frame.put("张三丰", row: 1, column: 0, columnsMax: 3) == 2)
    #expect(frame.put("x", row: 2, column: 0) == 0)
    #expect(frame.put("x", row: -1, column: 0) == 0)
    #expect(frame.put("x", row: 0, column: 10) == 0)
    #expect(frame.put("x", row: 0, column: -1) == 0)
    #expect(frame.put("x", row: 0, column: 0, columnsMax: -4) == 0)
    #expect(frame.line(0) == "张三 张三")
    #expect(frame.line(1) == "张")
  }

  @Test func cutWideCharactersBecomeBlanks() {
    var frame = Frame(size: Size(rows: 1, columns: 8))
    frame.put("张三李四", row: 0, column: 0)
    frame.put("x", row: 0, column: 1)
    #expect(frame.line(0) == " x三李四")
    frame.put("y", row: 0, column: 4)
    #expect(frame.line(0) == " x三y 四")
    frame.put("王", row: 0, column: 3)
    #expect(frame.line(0) == " x 王 四")
  }

  @Test func unknownCharacterIsDrawnAsAMark() {
    var frame = Frame(size: Size(rows: 1, columns: 8), columns: Columns { $0 == "𰻞" ? -1 : 1 })
    #expect(frame.put("a𰻞b", row: 0, column: 0) == 4)
    #expect(frame.line(0) == "a〓b")
  }

  @Test func marksStayWithTheirCharacterUpToALimit() {
    var frame = Frame(size: Size(rows: 1, columns: 8))
    frame.put("e" + String(repeating: "\u{301}", count: 50) + "x", row: 0, column: 0)
    #expect(Array(frame.line(0).unicodeScalars) == ["e", "\u{301}", "\u{301}", "\u{301}", "\u{301}", "x"])
  }

  @Test func equalIfTheScreenIsEqual() {
    var one = Frame(size: Size(rows: 1, columns: 8))
    var other = one
    one.put("e\u{301}", row: 0, column: 0)
    one.put("a\u{300}", row: 0, column: 1)
    other.put("a\u{300}", row: 0, column: 1)
    other.put("e\u{301}", row: 0, column: 0)
    #expect(one == other)
    other.put("e\u{302}", row: 0, column: 0)
    #expect(one != other)
    other = one
    other.restyle(row: 0, columnsMax: 1, style: .focus)
    #expect(one != other)
    other = one
    other.cursor = Position(row: 0, column: 3)
    #expect(one != other)
  }

  @Test func restyleTakesWideCharactersWhole() {
    var frame = Frame(size: Size(rows: 1, columns: 6))
    frame.put("张三李", row: 0, column: 0)
    frame.restyle(row: 0, column: 1, columnsMax: 2, style: .selected)
    #expect(
      (0..<6).map { frame.style(row: 0, column: $0) } == [.selected, .selected, .selected, .selected, .plain, .plain])
    #expect(frame.line(0) == "张三李")
  }

  @Test func cursorIsKeptInside() {
    var frame = Frame(size: Size(rows: 4, columns: 6))
    frame.cursor = Position(row: 9, column: -2)
    #expect(frame.cursor == Position(row: 3, column: 0))
    var none = Frame(size: Size(rows: 0, columns: 6))
    none.cursor = Position(row: 0, column: 0)
    #expect(none.cursor == nil)
  }

  @Test func sizeIsClamped() {
    #expect(Frame(size: Size(rows: 65_535, columns: 65_535)).size == Size.largest)
    #expect(Frame(size: Size(rows: -1, columns: -5)).size == Size(rows: 0, columns: 0))
  }

  @Test func goldenShowsCursorContinuationAndStyles() {
    var frame = Frame(size: Size(rows: 3, columns: 12))
    frame.fill(row: 0, style: .title)
    frame.put("走访", row: 0, column: 1, style: .title)
    frame.put("1 姓名 ", row: 1, column: 0, style: .label)
    frame.put("阿·e\u{301}", row: 1, column: 7, style: .value)
    frame.cursor = Position(row: 1, column: 11)
    let wanted = [
      "3x12", "00| 走·访·", "01|1 姓·名· 阿··e\u{301}‸", "02|", "--", "00|TTTTTTTTTTTT", "01|lllllllvvvv", "",
    ]
    #expect(frame.golden == wanted.joined(separator: "\n"))
  }

  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 20, columns: 60)])
  func aFormLooksAsReviewed(_ size: Size) throws {
    let fields = [LineEditor("阿卜杜拉·买买提"), LineEditor("130599199001011234"), LineEditor("\u{20000}家")]
    let frame = TerminalProbe.frame(size, fields, 0, "ready")
    try Golden.check(frame.golden, "form-\(size.rows)x\(size.columns)")
  }

  @Test func everyStyleHasALetterOfItsOwn() {
    #expect(Set(Style.allCases.map(\.letter)).count == Style.allCases.count)
  }

  @Test func whatMeansSomethingDiffersWithoutColour() {
    func grey(_ style: Style) -> Rendering {
      var rendering = style.rendering
      rendering.colour = -1
      return rendering
    }
    let meaningful: [Style] = [.plain, .focus, .error, .warning, .title, .muted]
    #expect(Set(meaningful.map { "\(grey($0))" }).count == meaningful.count)
  }

  @Test func typedTextHasNoAttributes() {
    #expect(Style.value.rendering == Rendering())
    #expect(Style.plain.rendering == Rendering())
  }
}
