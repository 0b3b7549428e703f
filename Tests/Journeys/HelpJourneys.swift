// Help: what a newcomer reads. Every subcommand of both programs says what it is for, what each of its words means, and how it is written.

import Support
import Testing

extension Journeys {
  @Suite struct Help {
    /// A page of help, and the command it is of: `zoufang form check`.
    private struct Page {
      var command: [String]
      var text: String

      init(_ command: [String]) throws {
        self.command = command
        text = try Journeys.Help.help(command)
      }

      /// The lines under a heading.
      func section(_ heading: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0 == heading + "：" }) else { return [] }
        return Array(lines[(start + 1)...].prefix { !$0.isEmpty })
      }

      var subcommands: [String] {
        section("命令").compactMap { $0.firstMatch(of: /^  ([a-z-]+)/).map { String($0.output.1) } }
      }

      /// What a line of example says after 例：.
      var example: String? {
        text.split(separator: "\n").first { $0.hasPrefix("例：") }.map { String($0.dropFirst(2)) }
      }
    }

    private static func help(_ command: [String]) throws -> String {
      try Command.run(command[0], Array(command.dropFirst()) + ["--help"])
    }

    /// The page of a command and those of all its subcommands.
    private func pages(of command: [String]) throws -> [Page] {
      let page = try Page(command)
      return try [page] + page.subcommands.flatMap { try pages(of: command + [$0]) }
    }

    @Test("Every subcommand has a page of help in Chinese with an example that is its own", arguments: ["zoufang", "zoufangd"])
    func pages(_ program: String) throws {
      let pages = try pages(of: [program])
      #expect(pages.count > 10)
      for page in pages {
        let name = page.command.joined(separator: " ")
        let overview = try #require(page.text.split(separator: "\n").first)
        #expect(overview.hasPrefix("概要：") && overview.contains { $0 >= "\u{4E00}" }, "\(name): \(overview)")
        for line in page.section("参数") + page.section("选项") where line.hasPrefix("  -") || line.hasPrefix("  <") {
          #expect(line.contains(/^  \S.*  +\S/), "\(name) does not explain: \(line)")
        }
        guard page.subcommands.isEmpty else { continue }
        let example = try #require(page.example, "\(name) has no example")
        #expect(example.hasPrefix(name + " ") || example == name, "\(name): \(example)")
        for option in example.matches(of: /\ (--[a-z-]+)/).map(\.output.1) {
          #expect(page.text.contains("  \(option)"), "\(name): the example has \(option), the page does not")
        }
      }
    }
  }
}
