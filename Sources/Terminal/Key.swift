// Key: one key as the keyboard (or the input method) delivered it.
//
// Rules: Ctrl-H, Ctrl-I, Ctrl-J and Ctrl-M are the same bytes as Backspace, Tab and Enter, and are reported as
// those. Characters committed by an input method arrive as one `.character` a scalar, in order. A sequence that
// no table knows is swallowed whole and reported once as `.unknown`, so that it never appears as text in a field.

/// One key press.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case enter
  case tab
  case backTab
  case backspace
  case delete
  case insert
  case escape
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// F1 … F12.
  case function(Int)
  /// Ctrl with a letter, "a" … "z"; never "h", "i", "j" or "m".
  case control(Character)
  /// A key this program has no name for.
  case unknown
}
