import Foundation
import Relief
import Testing

/// docs/case.md: the page that people read and the table that the program obeys say the same.
@Suite struct CasePageTests {
  struct Row: Equatable, Sendable {
    var from: String
    var to: String
    var way: String
    var proposes: String
    var takes: String
    var needs: String
  }

  static let page = lines(of: "docs/case.md")

  static func lines(of document: String) -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = FileManager.default.contents(atPath: root.appendingPathComponent(document).path) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Cells of the table under a heading, without its titles.
  static func table(under heading: String, of page: [String] = page) -> [[String]] {
    let start = page.firstIndex { $0 == "## " + heading } ?? page.count
    let lines = page[start...].dropFirst().prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("|") }
    return lines.dropFirst(2).map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What stands between back quotes, else the whole.
  static func code(_ cell: String) -> String {
    let parts = cell.split(separator: "`", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[1]) : cell
  }

  static let rows: [Row] = table(under: "Steps").filter { $0.count == 6 }.map {
    Row(from: code($0[0]), to: code($0[1]), way: $0[2], proposes: $0[3], takes: $0[4], needs: $0[5])
  }

  static func words(_ roles: Set<Role>) -> String {
    if roles == [.cadre, .clerk, .supervisor, .county] { return "everybody" }
    if roles == [.clerk, .supervisor, .county] { return "town" }
    return Role.known.filter { roles.contains($0) }.map(\.rawValue).joined(separator: ", ")
  }

  @Test func theTableOfStepsIsThePage() {
    let own = CaseTable.rows.map { row in
      Row(
        from: row.from?.rawValue ?? "–", to: row.to.rawValue, way: row.way == .either ? "" : row.way == .inward ? "in" : "out",
        proposes: Self.words(row.proposes), takes: Self.words(row.takes) + (row.isDelegable ? " (delegable)" : ""),
        needs: row.needs.map(\.rawValue).joined(separator: ", "))
    }
    #expect(Self.rows.count == own.count)
    for row in own { #expect(Self.rows.contains(row), "docs/case.md lacks \(row)") }
    for row in Self.rows { #expect(own.contains(row), "the program has no \(row)") }
  }

  @Test func everyStateStandsOnThePage() {
    let stated = Self.table(under: "States").map { [$0[0], Self.code($0[1])] }
    #expect(stated == CaseState.allCases.map { [String($0.number), $0.rawValue] })
  }

  @Test func everyClockStandsOnThePageWithItsUnitAndWhatShips() {
    let stated = Self.table(under: "Clocks").map { [Self.code($0[0]), $0[1], $0[2]] }
    let own = CaseClock.allCases.map { clock in
      [clock.rawValue, "\(clock.unit)", CaseClock.shipped[clock].map(String.init) ?? "未设定"]
    }
    #expect(Set(stated) == Set(own), "missing: \(Set(own).subtracting(stated)); stale: \(Set(stated).subtracting(own))")
  }

  @Test func everyAgeingKindStandsOnThePage() {
    let stated = Self.table(under: "What waits").map { Self.code($0[0]) }
    #expect(Set(stated) == Set(AgeingKind.allCases.map(\.rawValue)))
  }
}
