// PassphrasePrompt: asks for the passphrase at a terminal without showing it. Where there is no terminal nothing is asked and
// nothing waits.

import Glibc

enum PassphrasePrompt {
  static let bytesMax = 1024

  /// The line somebody typed on `input`; nil where that is no terminal, or nobody typed anything (end of input, a signal).
  static func ask(_ prompt: String, from input: Int32 = STDIN_FILENO, to output: Int32 = STDERR_FILENO) -> String? {
    var before = termios()
    guard unsafe tcgetattr(input, &before) == 0 else { return nil }
    // Ctrl-C while the echo is off must not leave it off: for so long the signals only end the asking.
    let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    var ending = sigaction()
    unsafe ending.__sigaction_handler.sa_handler = { _ in }
    var kept: [sigaction] = []
    for signal in signals {
      var old = sigaction()
      _ = unsafe sigaction(signal, &ending, &old)
      kept.append(old)
    }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
    silent.c_lflag |= tcflag_t(ICANON | ISIG)
    _ = SmallFile.write(Array(prompt.utf8), to: output)
    _ = unsafe tcsetattr(input, TCSAFLUSH, &silent)
    let line = line(input)
    _ = unsafe tcsetattr(input, TCSAFLUSH, &before)
    _ = SmallFile.write([10], to: output)
    for (signal, old) in zip(signals, kept) {
      var old = old
      _ = unsafe sigaction(signal, &old, nil)
    }
    return line
  }

  /// Up to the line feed, without it; nil at the end of the input before one, after a signal, or past the limit.
  private static func line(_ input: Int32) -> String? {
    var bytes: [UInt8] = []
    while bytes.count <= bytesMax {
      var byte: UInt8 = 0
      guard unsafe read(input, &byte, 1) == 1 else { return nil }
      if byte == 10 || byte == 13 { return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }
}
