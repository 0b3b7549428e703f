// Style: what a piece of text is for. Screens name the purpose; this file alone decides how it looks.
//
// Rules: meaning is never carried by colour alone, so each style has attributes that differ without colour, and
// colour is added where the terminal has it and NO_COLOR is unset. The background is always the user's own.
// `plain`, `label` and `value` have no attributes at all. That is on purpose: curses leaves the screen in normal
// attributes after each update, so a character typed into normal text costs its own bytes (1 for ASCII, 3 for
// Chinese) while one typed into underlined or reversed text costs about 10 more. Focus is therefore shown on a
// field's label or number (`focus`), and the text being typed is drawn as `value`.

/// The purpose of a piece of text on the screen.
public enum Style: UInt8, CaseIterable, Sendable {
  case plain, title, label, value, focus, error, warning, muted, hint, hintKey, selected
}

/// How a style is drawn: attributes, and a colour of the basic eight where colours are in use.
struct Rendering: Equatable {
  var bold = false
  var underline = false
  var reverse = false
  var dim = false
  /// 0 … 7 in the order of ECMA-48 (black, red, green, yellow, blue, magenta, cyan, white), or the default.
  var colour: Int8 = -1
}

extension Style {
  var rendering: Rendering {
    switch self {
    case .plain, .label, .value, .hint: Rendering()
    case .title: Rendering(bold: true, reverse: true)
    case .focus: Rendering(reverse: true)
    case .error: Rendering(bold: true, colour: 1)
    case .warning: Rendering(bold: true, underline: true, colour: 5)
    case .muted: Rendering(dim: true)
    case .hintKey: Rendering(bold: true)
    case .selected: Rendering(reverse: true)
    }
  }

  /// The letter of this style in the second plane of `Frame.golden`.
  var letter: Character {
    switch self {
    case .plain: " "
    case .title: "T"
    case .label: "l"
    case .value: "v"
    case .focus: "F"
    case .error: "E"
    case .warning: "W"
    case .muted: "m"
    case .hint: "h"
    case .hintKey: "K"
    case .selected: "S"
    }
  }
}
