// The same in tmux: a second opinion on width and cursor from a terminal that shares no code with libvterm or us.

import Support
@testable import Terminal
@testable import TerminalProbe
import Testing

@Suite struct TmuxTests {
  @Test func chineseBackspaceResizeAndPaste() async throws {
    try await Tmux.run(Program.path("TerminalProbe")) { tmux in
      try await tmux.wait(for: "ready")
      try await tmux.type("阿卜杜拉·张三𠀀")
      try await tmux.wait(for: "[阿卜杜拉·张三𠀀     ] 末")
      try await tmux.wait("the cursor") { _ in try await tmux.cursor() == (2, 28) }
      try await tmux.press(.backspace, .backspace)
      try await tmux.wait(for: "[阿卜杜拉·张         ] 末")
      try await tmux.wait("the cursor") { _ in try await tmux.cursor() == (2, 24) }
      try await tmux.press(.home, .delete)
      try await tmux.wait(for: "[卜杜拉·张           ] 末")
      try await tmux.wait("the cursor") { _ in try await tmux.cursor() == (2, 13) }
      try await tmux.resize(rows: 20, columns: 60)
      try await tmux.wait(for: "size 20x60")
      try await tmux.wait("the last row") { _ in try await tmux.lines()[19].contains("帮助") }
      try await tmux.press(.enter)
      try await tmux.paste("1305\n99")
      try await tmux.wait(for: "[1305 99")
      try await tmux.wait("the cursor") { _ in try await tmux.cursor() == (3, 20) }
    }
  }

  @Test func everyRowOfRandomFrames() async throws {
    try await Tmux.run(Program.path("TerminalProbe"), ["frames"], rows: 20, columns: 61) { tmux in
      for number in 0..<25 {
        var frame = RandomFrame.make(number, size: Size(rows: 20, columns: 61))
        frame.put("#\(number)# ", row: 0, column: 0)
        let wanted = (0..<20).map { frame.line($0) }
        try await tmux.wait("frame \(number)") { screen in
          let rows = screen.split(separator: "\n", omittingEmptySubsequences: false).prefix(20)
          return rows.count == 20 && zip(rows, wanted).allSatisfy { trimmed($0) == $1 }
        }
        if let cursor = frame.cursor {
          try await tmux.wait("cursor at \(cursor)") { _ in try await tmux.cursor() == (cursor.row, cursor.column) }
        }
        try await tmux.type("n")
      }
    }
  }

  private func trimmed(_ row: Substring) -> String {
    var row = row
    while row.last == " " { row.removeLast() }
    return String(row)
  }

  @Test func crashGivesTheScreenBack() async throws {
    try await Tmux.run(Program.path("TerminalProbe")) { tmux in
      try await tmux.wait(for: "ready")
      #expect(try await tmux.isAlternateScreen())
      try await tmux.press(.function(5))
      try await tmux.wait("the end") { _ in try await tmux.display("#{pane_dead}") == "1" }
      #expect(try await !tmux.isAlternateScreen())
    }
  }
}
