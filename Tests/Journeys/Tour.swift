// Tour: docs/tour.md, a day as the terminal shows it, one sentence before each screen. Written by script/tour, compared by every run
// of the journeys, so that it is never older than the screens.

import Glibc
import Support

struct Tour {
  private static let path = Tree.root + "/docs/tour.md"
  private var text: String

  init(_ introduction: String) { text = introduction }

  mutating func chapter(_ title: String) { text += "\n## \(title)\n" }

  /// A sentence and the screen it is about.
  mutating func show(_ sentence: String, _ tty: Tty) {
    fence(sentence, (0..<tty.rows).map(tty.line).joined(separator: "\n"))
  }

  /// A sentence, a command typed into a shell, and what it printed.
  mutating func show(_ sentence: String, command: String, printed: String) {
    fence(sentence, "$ \(command)\n\(printed)")
  }

  private mutating func fence(_ sentence: String, _ shown: String) {
    var lines = Self.settled(shown).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    text += "\n\(sentence)\n\n```text\n\(lines.joined(separator: "\n"))\n```\n"
  }

  /// The same on every run: what two laptops never have in common, and the seconds that this machine took.
  private static func settled(_ text: String) -> String {
    text.replacing(/(20261124-)\d{4}(-\d{4})/) { "\($0.output.1)0000\($0.output.2)" }.replacing(/10:0\d/) { _ in "10:05" }
  }

  /// Compares with the file; UPDATE_TOUR in the environment writes it instead.
  func check() throws {
    if unsafe getenv("UPDATE_TOUR") != nil { return try Files.write(text, to: Self.path) }
    let kept = TextFile.read(Self.path) ?? ""
    if kept == text { return }
    let (old, new) = (kept.split(separator: "\n"), text.split(separator: "\n"))
    let row = zip(old, new).prefix { $0 == $1 }.count
    throw SupportFault.golden(
      """
      docs/tour.md is older than the screens: run script/tour, and read the difference
      -\(old.indices.contains(row) ? old[row] : "(ends)")
      +\(new.indices.contains(row) ? new[row] : "(ends)")
      """)
  }
}
