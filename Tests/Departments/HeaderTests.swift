import Tables
import Testing

@testable import Departments

@Suite("Headers")
struct HeaderTests {
  private func search(_ rows: [[String]], merges: [CellSpan] = []) throws -> (row: Int, columns: [String: Int])? {
    var search = HeaderSearch(try BatchTests.profile(), sheet: "一", merges: merges)
    for (index, texts) in rows.enumerated() {
      if let found = try search.look(at: index + 1, texts) {
        return (found.row, Dictionary(uniqueKeysWithValues: found.columns.map { ($0.column.name, $0.position) }))
      }
    }
    return nil
  }

  private func merge(_ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>) -> CellSpan { CellSpan(rows: rows, columns: columns) }

  @Test("names are found without regard to blanks, case, wide letters and stars, and with a unit behind them")
  func spelling() throws {
    let found = try #require(try search([["* 姓 名", "证件号码：", "自付金额（万元）"]]))
    #expect(found.columns == ["name": 1, "id_number": 2, "amount": 3])
  }

  @Test("a header of two rows: names merged downwards count, and the second row is the header")
  func twoRows() throws {
    let rows = [["医保名单"], ["姓名", "身份证号", "自付金额", ""], ["", "", "自付金额", "险种"]]
    let found = try #require(try search(rows, merges: [merge(1...1, 1...4), merge(2...3, 1...1), merge(2...3, 2...2), merge(2...2, 3...4)]))
    #expect(found.row == 3)
    #expect(found.columns == ["name": 1, "id_number": 2, "amount": 3, "kind": 4])
  }

  @Test("a name merged over several columns means none of them")
  func mergedName() throws {
    #expect(throws: BatchFault(.mergedHeader(header: "自付金额", columns: 2...3), sheet: "一", row: 1, column: 2)) {
      try search([["姓名", "自付金额", ""]], merges: [merge(1...1, 2...3)])
    }
  }
}
