// Press: the keys a test presses, by their names on the keyboard. The bytes are the terminal's business (libvterm
// sends what an xterm would, in the mode the program has asked for).

internal import CVTerm

/// A key of the keyboard.
public enum Press: Hashable, Sendable {
  case enter, tab, backTab, backspace, delete, insert, escape
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 … F12.
  case function(Int)
  /// Ctrl with a letter.
  case control(Character)
  /// Any other key, by its bytes.
  case bytes([UInt8])

  var code: VTermKey {
    switch self {
    case .enter: VTERM_KEY_ENTER
    case .tab: VTERM_KEY_TAB
    case .backspace: VTERM_KEY_BACKSPACE
    case .delete: VTERM_KEY_DEL
    case .insert: VTERM_KEY_INS
    case .escape: VTERM_KEY_ESCAPE
    case .up: VTERM_KEY_UP
    case .down: VTERM_KEY_DOWN
    case .left: VTERM_KEY_LEFT
    case .right: VTERM_KEY_RIGHT
    case .home: VTERM_KEY_HOME
    case .end: VTERM_KEY_END
    case .pageUp: VTERM_KEY_PAGEUP
    case .pageDown: VTERM_KEY_PAGEDOWN
    case .function(let number): VTermKey(rawValue: VTERM_KEY_FUNCTION_0.rawValue + UInt32(max(1, min(12, number))))
    case .backTab, .control, .bytes: VTERM_KEY_NONE
    }
  }

  /// The name `tmux send-keys` has for it.
  var tmuxName: String? {
    switch self {
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "BTab"
    case .backspace: "BSpace"
    case .delete: "DC"
    case .insert: "IC"
    case .escape: "Escape"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PPage"
    case .pageDown: "NPage"
    case .function(let number): "F\(number)"
    case .control(let letter): "C-\(letter)"
    case .bytes: nil
    }
  }
}

/// Modes of a terminal, as the kernel has them.
public struct TtyModes: OptionSet, Sendable {
  public let rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }

  public static let echo = TtyModes(rawValue: 1)
  public static let lines = TtyModes(rawValue: 2)
  public static let signals = TtyModes(rawValue: 4)
  public static let outputProcessing = TtyModes(rawValue: 8)
  /// What a shell expects to find when a program has ended.
  public static let sane: TtyModes = [.echo, .lines, .signals, .outputProcessing]
}
