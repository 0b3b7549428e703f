// Widths, clipping, padding and wrapping.

@testable import Terminal
@testable import TerminalProbe
import Testing

@Suite struct ColumnsTests {
  @Test(
    arguments: [
      ("a", 1), ("张", 2), ("。", 2), ("Ａ", 2), ("\u{20000}", 2), ("\u{301}", 0), ("\n", 1), ("\u{7}", 0),
      ("\u{200D}", 0), ("\u{202E}", 0), ("\u{FE0F}", 0),
    ] as [(Unicode.Scalar, Int)])
  func widthOfAScalar(_ scalar: Unicode.Scalar, _ width: Int) {
    #expect(Columns.locale.width(of: scalar) == width)
  }

  @Test func unknownCharacterIsMeasuredAsItsMark() {
    let columns = Columns { $0 == "㐀" ? -1 : 1 }
    #expect(columns.width(of: "㐀" as Unicode.Scalar) == -1)
    #expect(columns.width(of: "a㐀b") == 4)
  }

  @Test func clipsAtWholeCharacters() {
    #expect(Columns.locale.clip("张三丰", to: 5) == "张三")
    #expect(Columns.locale.clip("张三丰", to: 6) == "张三丰")
    #expect(Columns.locale.clip("e\u{301}x", to: 1) == "e\u{301}")
    #expect(Columns.locale.clip("张", to: 0) == "")
    #expect(Columns.locale.clip("张", to: -3) == "")
  }

  @Test func padsToExactlySoMany() {
    #expect(Columns.locale.pad("张三", to: 6) == "张三  ")
    #expect(Columns.locale.pad("张三丰", to: 5) == "张三 ")
    #expect(Columns.locale.pad("张", to: -1) == "")
  }

  @Test func wrapsChineseAnywhereButNotBeforeClosingMarks() {
    #expect(Columns.locale.wrap("户主外出务工，家中两位老人。", to: 12) == ["户主外出务", "工，家中两位", "老人。"])
    #expect(Columns.locale.wrap("一二三四五。", to: 10) == ["一二三四", "五。"])
  }

  @Test func wrapsLatinAtSpaces() {
    #expect(Columns.locale.wrap("one two three", to: 8) == ["one two", "three"])
    #expect(Columns.locale.wrap("incomprehensible", to: 6) == ["incomp", "rehens", "ible"])
  }

  @Test func wrapsAtLineEndsAndKeepsEmptyRows() {
    #expect(Columns.locale.wrap("甲\n\n乙", to: 10) == ["甲", "", "乙"])
    #expect(Columns.locale.wrap("", to: 10) == [""])
  }

  @Test func wrappedRowsFitAndLoseNothingButSpaces() {
    var chance = Chance(11)
    for _ in 0..<1000 {
      let text = RandomFrame.text(&chance, upTo: 80)
      let limit = 2 + chance.below(30)
      let rows = Columns.locale.wrap(text, to: limit)
      for row in rows { #expect(Columns.locale.width(of: row) <= limit) }
      let visible = { (text: String) in Array(text.unicodeScalars).filter { $0 != " " } }
      #expect(visible(rows.joined()) == visible(text))
    }
  }
}
