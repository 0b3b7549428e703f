// Paste: pasted text goes in whole or not at all: nobody notices what was left out of an address.

import Terminal

extension LineEditor {
  /// Inserts pasted text; spaces and line ends around it are not part of it. What does not fit leaves the line as it was, and says so.
  mutating func paste(_ text: String) -> Message? {
    var piece = Substring(text)
    while piece.first?.isWhitespace == true { piece.removeFirst() }
    while piece.last?.isWhitespace == true { piece.removeLast() }
    var trial = self
    guard trial.insert(String(piece)) else { return .pasteTooLong }
    self = trial
    return nil
  }
}
