// Random frames: made from a number, so that the program under test and the test make the same ones.

import Terminal

/// A small generator of random numbers with a seed (SplitMix64).
struct Chance {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 … bound - 1.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

enum RandomFrame {
  /// Narrow, wide, combining, extension B, ambiguous, unknown to the C library, and control characters.
  private static let pieces = [
    "a", "Z", "7", " ", "(", "中", "张", "三", "〇", "。", "·", "é", "e\u{301}", "\u{20000}", "\u{2F81A}",
    "\u{31350}", "Ａ", "\u{200D}", "\t", "\u{7}", "\u{301}", "한",
  ]

  static func text(_ chance: inout Chance, upTo count: Int) -> String {
    (0..<chance.below(count + 1)).map { _ in pieces[chance.below(pieces.count)] }.joined()
  }

  /// A frame with text put over text in any place, inside and outside.
  static func make(_ seed: Int, size: Size, columns: Columns = .locale) -> Frame {
    var chance = Chance(seed)
    var frame = Frame(size: size, columns: columns)
    for _ in 0..<chance.below(3 * max(1, size.rows)) {
      let style = Style.allCases[chance.below(Style.allCases.count)]
      let row = chance.below(size.rows + 2) - 1
      let column = chance.below(size.columns + 2) - 1
      switch chance.below(8) {
      case 0: frame.fill(row: row, style: style)
      case 1: frame.restyle(row: row, column: column, columnsMax: chance.below(9), style: style)
      case 2: frame.put(text(&chance, upTo: 60), row: row, column: column, columnsMax: chance.below(20), style: style)
      default: frame.put(text(&chance, upTo: 60), row: row, column: column, style: style)
      }
    }
    if chance.below(8) > 0 {
      frame.cursor = Position(row: chance.below(size.rows + 2) - 1, column: chance.below(size.columns + 2) - 1)
    }
    return frame
  }
}

extension TerminalProbe {
  static func showFrames() -> Int32 {
    guard var terminal = open() else { return 1 }
    var number = 0
    while true {
      var frame = RandomFrame.make(number, size: terminal.size)
      frame.put("#\(number)# ", row: 0, column: 0)
      terminal.show(frame)
      switch terminal.wait() {
      case .key(.control("q")), .hangup: return 0
      case .key: number += 1
      default: break
      }
    }
  }
}
