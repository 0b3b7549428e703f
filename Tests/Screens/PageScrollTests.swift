import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// Pages of text turn by what their window shows, whatever its size, and stop with their last row at its foot.
@Suite struct PageScrollTests {
  private func scroll(rows: Int, in window: Int) -> PageScroll {
    var scroll = PageScroll()
    scroll.lay(rows: rows, in: window)
    return scroll
  }

  private func top(after commands: Command..., of scroll: PageScroll) -> Int {
    var scroll = scroll
    for command in commands { _ = scroll.take(command) }
    return scroll.top
  }

  @Test func aPageOnKeepsOneRow() {
    let scroll = scroll(rows: 50, in: 20)
    #expect(top(after: .pageDown, of: scroll) == 19)
    #expect(top(after: .pageDown, .pageDown, of: scroll) == 30, "the last row stands at the foot")
    #expect(top(after: .pageDown, .pageDown, .pageUp, of: scroll) == 11)
  }

  /// End, then Up: the page moves at the first key.
  @Test func theEndIsTheEnd() {
    let scroll = scroll(rows: 50, in: 20)
    #expect(top(after: .last, of: scroll) == 30)
    #expect(top(after: .last, .up, of: scroll) == 29)
    #expect(top(after: .last, .first, .up, of: scroll) == 0)
  }

  @Test func aPageThatFitsDoesNotMoveAndAHigherWindowTakesItBack() {
    #expect(top(after: .pageDown, .last, of: scroll(rows: 5, in: 20)) == 0)
    var long = scroll(rows: 30, in: 10)
    let isTaken = long.take(.last)
    #expect(isTaken && long.top == 20)
    long.lay(rows: 30, in: 25)
    #expect(long.top == 5)
    let isRefused = !long.take(.accept)
    #expect(isRefused)
  }

  @Test func theHelpPageEndsWithTheLastKey() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.function(1))
    let last = try #require(KeyTable.bindings.last { $0.contexts.contains(.list) })
    #expect(!script.text.contains(last.label))
    script.press(.end)
    #expect(script.text.contains(last.label), "\(script.text)")
    let ended = script.text
    script.press(.up)
    #expect(script.text != ended)
  }
}
