// ListCursor: the selected row of a list, what part of it is shown, and digits that choose a row by its number.

import Terminal

struct ListCursor: Equatable, Sendable {
  var selected = 0
  /// Digits of a row number typed so far.
  private(set) var digits = ""
  /// The number typed last is of no row: who goes on with Enter means another one than the cursor stands on.
  private(set) var isAstray = false
  /// Rows of the last page drawn or assumed.
  var page = 15

  mutating func move(_ command: Command, count: Int) -> Bool {
    digits = ""
    isAstray = false
    switch command {
    case .up: selected -= 1
    case .down: selected += 1
    case .pageUp: selected -= page
    case .pageDown: selected += page
    case .first: selected = 0
    case .last: selected = count - 1
    default: return false
    }
    selected = max(0, min(selected, count - 1))
    return true
  }

  /// The number typed so far has done its work.
  mutating func forgetDigits() {
    digits = ""
    isAstray = false
  }

  /// A digit goes on with the number of a row; false where there is no such row.
  mutating func type(_ digit: Character, count: Int) -> Bool {
    for text in [digits + String(digit), String(digit)] {
      if let number = Int(text), 1...max(1, count) ~= number, count > 0 {
        digits = text
        isAstray = false
        selected = number - 1
        return true
      }
    }
    digits = ""
    isAstray = true
    return false
  }

  /// The rows to show in so many lines.
  func window(count: Int, lines: Int) -> Range<Int> {
    guard count > lines else { return 0..<count }
    let half = lines / 2
    let first = max(0, min(selected - half, count - lines))
    return first..<(first + lines)
  }
}
