// Event: everything that can end a wait. One event is returned a call, oldest first within its kind; between
// kinds the order is: hangup, resumed, resized, keys and pastes, wake, readable, timeout.

/// What happened while the program waited.
public enum Event: Equatable, Sendable {
  case key(Key)
  /// Bracketed paste: at most `Terminal.pasteBytesMax` bytes of UTF-8. Line ends and controls are still in it;
  /// `LineEditor.insert` cleans them.
  case paste(String)
  /// The screen has a new size and its content is gone: show a frame of this size.
  case resized(Size)
  /// Somebody called `WakeHandle.wake()`, once or often, since the last wait.
  case wake
  /// The program was stopped and goes on; the last frame is already on the screen again.
  case resumed
  /// The program is to end: SIGTERM, SIGINT or SIGQUIT came from outside, or the terminal is gone (SIGHUP).
  /// It is reported again by each further wait only where the terminal is gone.
  case hangup(signal: Int32)
  /// The given number of milliseconds passed.
  case timeout
  /// A watched file descriptor can be read, or its other end is closed.
  case readable(Int32)
}
