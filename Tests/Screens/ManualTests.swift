// docs/操作手册.md is read by people who cannot look into the program: what it names must be there. Its marks:
//
//     `F9 同步`     a key and what it does: a row of KeyTable; `F9` alone: a key of it
//     「今日走访」   the title of a screen
//     “已保存”      what the screen or a form says; … stands for what differs

import Derivation
import Foundation
import Terminal
import Testing

@testable import Screens

@Suite struct ManualTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let text = (try? String(contentsOf: root.appendingPathComponent("docs/操作手册.md"), encoding: .utf8)) ?? ""

  /// Everything between two marks on one line of the manual.
  static func between(_ open: Character, _ close: Character, in text: String = text) -> [String] {
    var found: [String] = []
    for line in text.split(separator: "\n") {
      var rest = line[...]
      while let from = rest.firstIndex(of: open) {
        let after = rest.index(after: from)
        guard let to = rest[after...].firstIndex(of: close) else { break }
        found.append(String(rest[after..<to]))
        rest = rest[rest.index(after: to)...]
      }
    }
    return found
  }

  // MARK: Keys

  /// `F9 同步` of every binding.
  static let pairs: Set<String> = Set(
    KeyTable.bindings.flatMap { binding in binding.keys.map { KeyTable.name(of: $0) + " " + binding.label } })
  static let keys: Set<String> = Set(KeyTable.bindings.flatMap(\.keys).map(KeyTable.name(of:)))
  /// Code marks that are no keys: the mark of what is required or chosen, and commands.
  static func isOther(_ mark: String) -> Bool { mark == "*" || ["zoufang", "import ", "--"].contains { mark.hasPrefix($0) } }

  @Test func everyKeyIsInTheTableAndDoesWhatTheManualSays() {
    let marks = Self.between("`", "`").filter { !Self.isOther($0) }
    #expect(marks.count { $0.contains(" ") } > 40)
    for mark in marks { #expect(mark.contains(" ") ? Self.pairs.contains(mark) : Self.keys.contains(mark), "`\(mark)`") }
  }

  @Test func everyTwinIsTheSameKey() {
    let rows = Self.text.split(separator: "\n").filter { $0.hasPrefix("| `F") && $0.contains("`Ctrl-") }
    let cells = rows.flatMap { Self.between("`", "`", in: String($0)) }
    #expect(cells.count == 24)
    for index in stride(from: 0, to: cells.count - 1, by: 2) {
      let isTwin = KeyTable.bindings.contains { binding in
        Set([cells[index], cells[index + 1]]).isSubset(of: binding.keys.map(KeyTable.name(of:)))
      }
      #expect(isTwin, "\(cells[index]) and \(cells[index + 1])")
    }
  }

  /// 打 45 …到“本人残疾”: numbers move when the form gets a question, and a wrong one sends people to another field.
  @Test func theNumbersOfFieldsAreTheForms() throws {
    let form = try Forms.shipped()
    let rows = try #require(Page.read(Forms.root + "/forms/household-visit.md")).split(separator: "\n").map { row in
      row.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let named = Self.text.matches(of: /打 (\d+)[^“”\n]*到“([^”]+)”/).map { (Int($0.1), String($0.2)) }
    #expect(named.count >= 2)
    for (number, label) in named + [(6, "表号")] {
      let path = try #require(number.flatMap(form.numbers.path(of:)))
      let names = rows.filter { $0.count > 4 && $0[4] == label }.map { $0[3] }
      #expect(names.contains { path.hasSuffix("/" + $0) }, "\(label) is \(names), \(number ?? 0) is \(path)")
    }
  }

  // MARK: Titles

  static let titles: Set<String> = Set(
    [
      Words.Today.title, Words.Find.title, Words.Household.title, Words.DayList.title, Words.Receipt.title, Words.FirstRun.title,
      Words.Sync.title, Words.Evening.title, Words.Evening.totalsTitle, Words.Evening.deputyTitle, Words.Cases.title, Words.Loss.title,
      Words.History.title, Words.Sweep.title, Words.Screening.title, Words.Read.title, Words.Desk.title,
      Words.Desk.supervision, Words.Warnings.title, Words.Campaigns.title, Words.Stick.title,
    ] + Ledger.allCases.map(Words.Cases.ledger))

  @Test func everyTitleIsOfAScreen() {
    let named = Self.between("「", "」")
    #expect(Set(named).count > 15)
    for title in named { #expect(Self.titles.contains(title), "「\(title)」") }
  }

  // MARK: Sentences

  /// Where the words of the screens and of the forms stand.
  static let said: String = {
    var all = ""
    for folder in ["Sources/Screens", "Sources/zoufangd", "forms"] {
      guard let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else { continue }
      for case let name as String in walker where name.hasSuffix(".md") || name.hasSuffix(".swift") && name.contains("Words") {
        all += (try? String(contentsOf: root.appendingPathComponent(folder + "/" + name), encoding: .utf8)) ?? ""
      }
    }
    return all
  }()

  static func pieces(_ quote: String) -> [String] {
    quote.split(separator: "…").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// Quotes that are no words of the program: what a cadre says, examples with figures.
  static let own: Set<String> = [
    "批了", "我看到了，有人管", "谁看过", "出了毛病", "…", "已审 3/20", "已访 3/9", "待传 2",
    "红 1", "台账红 1", "序号 5：Enter 打开", "1/9 抬头",
    "收支：未采集", "发现 -> 待核查",
  ]

  @Test func everySentenceIsOfTheProgram() {
    let quotes = Self.between("“", "”").filter { !Self.own.contains($0) }
    #expect(quotes.count > 150)
    for quote in quotes {
      for piece in Self.pieces(quote) { #expect(Self.said.contains(piece), "“\(quote)”") }
    }
  }

  /// What the message line may say when something is wrong with the data, the disk or the line to the county: all of it is explained.
  @Test(
    arguments: (WordsTests.opens.map(Message.opened) + WordsTests.syncs.map(Message.sync) + WordsTests.saves.map(Message.saveFailed)
      + WordsTests.saves.flatMap { [Message.notFinished($0), .notDiscarded($0), .notUnmasked($0)] }).map(\.sentence))
  func whatNeedsAnActIsExplained(sentence: String) {
    let quotes = Self.between("“", "”").map(Self.pieces).filter { !$0.isEmpty }
    #expect(quotes.contains { pieces in sentence.hasPrefix(pieces[0]) && pieces.allSatisfy(sentence.contains) }, "\(sentence)")
  }
}
