// TerminalProbe: a small program that tests run in a real terminal to see what Terminal does there.
//
//     TerminalProbe edit       a form of three fields and a status row (what tests type into)
//     TerminalProbe keys       the name of each event, one a row
//     TerminalProbe frames     random frames, the next one at each key: row 0 begins with its number
//     TerminalProbe watch      as keys, but waiting on a child's pipe and a wake from another thread as well
//
// In every mode Ctrl-Q ends it with status 0, F5 traps as a program error would, F6 is a wild read and F7 an abort.
// After the terminal is closed it prints what was typed, for tests of data that the screen cannot show.

import Glibc
import Terminal

@main
enum TerminalProbe {
  static func main() {
    let mode = CommandLine.arguments.dropFirst().first ?? "edit"
    let code: Int32
    switch mode {
    case "edit": code = edit()
    case "keys": code = showKeys(watching: false)
    case "frames": code = showFrames()
    case "watch": code = showKeys(watching: true)
    default: code = 64
    }
    exit(code)
  }

  static func open() -> Terminal? {
    do {
      return try Terminal()
    } catch {
      say("fault: \(error)\n")
      return nil
    }
  }

  /// Ends the process the way program errors do.
  static func crash(_ number: Int) {
    switch number {
    case 5:
      let none: [Int] = []
      say("\(none[number])")
    case 6: unsafe UnsafeMutablePointer<Int>(bitPattern: 16)?.pointee = 1
    default: abort()
    }
  }

  static func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }
}
