// PageScroll: where a page of lines stands in its window. What is on the screen is what a key moves, so the screen says at every frame how
// many rows there are and how many it showed.

import Terminal

struct PageScroll: Equatable, Sendable {
  /// The first row shown, from 0.
  private(set) var top = 0
  /// Rows of the page, and rows of it that the window shows.
  private var rows = 0
  private var window = 20

  /// Told at every frame; the last row never leaves the foot of the window.
  mutating func lay(rows: Int, in window: Int) {
    self.rows = rows
    self.window = max(1, window)
    top = min(top, topMax)
  }

  /// - Returns: false where the command does not scroll.
  mutating func take(_ command: Command) -> Bool {
    switch command {
    case .down: top += 1
    case .up: top -= 1
    // One row stays, so that the eye finds its place again.
    case .pageDown: top += max(1, window - 1)
    case .pageUp: top -= max(1, window - 1)
    case .first: top = 0
    case .last: top = topMax
    default: return false
    }
    top = max(0, min(top, topMax))
    return true
  }

  private var topMax: Int { max(0, rows - window) }
}
