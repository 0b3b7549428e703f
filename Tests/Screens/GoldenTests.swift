// Every screen as it looks, at the usual size and at the smallest sensible one; and the laws all frames keep.

import Support
import Terminal
import Testing

@testable import Screens

@Suite struct GoldenTests {
  static let sizes = [Size(rows: 24, columns: 80), Size(rows: 20, columns: 60)]

  @Test(arguments: Scene.allCases, sizes) func looks(_ scene: Scene, _ size: Size) throws {
    let frame = scene.script(try Forms.shipped(), size: size).frame
    try Golden.check(frame.golden, "\(scene.rawValue)-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: Scene.allCases, sizes + [Size(rows: 18, columns: 60), Size(rows: 50, columns: 200)])
  func keepsTheLaws(_ scene: Scene, _ size: Size) throws {
    let frame = scene.script(try Forms.shipped(), size: size).frame
    // The cursor is on the screen, and never where a candidate window would cover what is typed.
    let cursor = try #require(frame.cursor, "no cursor")
    #expect(cursor.column < size.columns && cursor.row < size.rows - 3)
    for row in 0..<size.rows {
      #expect(Columns.locale.width(of: frame.line(row)) <= size.columns, "row \(row) is too wide")
    }
    // The chrome stands still: a title above, keys below.
    #expect(!frame.line(0).trimmed.isEmpty)
    #expect(frame.line(size.rows - 2).contains("Esc") || frame.line(size.rows - 1).contains("Esc"))
  }

  /// Everything drawn that is not somebody's data has one width in every Chinese locale: no boxes, no quotation
  /// marks, no dots.
  @Test(arguments: Scene.allCases) func drawsNothingOfAmbiguousWidth(_ scene: Scene) throws {
    let script = scene.script(try Forms.shipped(), size: Size(rows: 24, columns: 80))
    for scalar in script.text.unicodeScalars where scalar != "\n" && scalar != "·" {
      #expect(WordsTests.hasOneWidth(scalar), "\(scalar) in \(scene)")
    }
  }

  @Test func noIdentityNumberIsEverInAList() throws {
    for scene in [Scene.today, .household, .find, .dayList, .receipt, .visitRows] {
      let text = scene.script(try Forms.shipped(), size: Size(rows: 24, columns: 80)).text
      #expect(!text.contains("130599"), "\(scene)")
    }
  }
}
