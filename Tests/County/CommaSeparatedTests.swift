import Tables
import Testing

@testable import County

@Suite("CSV")
struct CommaSeparatedTests {
  private func rows(_ text: String) throws -> [CommaSeparatedRow] { try CommaSeparated.rows(of: Array(text.utf8)) }

  @Test("fields, quotes, doubled quotes, commas and line breaks inside quotes")
  func fields() throws {
    #expect(
      try rows("a,b\n\"x,1\",\"say \"\"no\"\"\"\n\"two\nlines\",z") == [
        .init(line: 1, fields: ["a", "b"]), .init(line: 2, fields: ["x,1", "say \"no\""]),
        .init(line: 3, fields: ["two\nlines", "z"]),
      ])
  }

  @Test("LF, CR LF and CR end a line; line numbers count them as an editor does", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    #expect(
      try rows(["a", "", "b", "c"].joined(separator: end) + end).map { "\($0.line) \($0.fields[0])" } == [
        "1 a", "3 b", "4 c",
      ])
  }

  @Test("a row after a field of two lines has the right number")
  func numbersAfterLongFields() throws {
    #expect(try rows("\"1\n2\n3\",x\nlast,y").map(\.line) == [1, 4])
  }

  @Test("a byte order mark is no text, and empty rows are no rows")
  func markAndEmpty() throws {
    #expect(try rows("\u{FEFF}户编号,姓名\n,\n\nA,张三\n").map(\.fields) == [["户编号", "姓名"], ["A", "张三"]])
  }

  @Test("an empty field in quotes at the end is a field")
  func emptyQuoted() throws { #expect(try rows("a,\"\"").map(\.fields) == [["a", ""]]) }

  @Test("an open quote is found where it was opened")
  func openQuote() {
    #expect(throws: TableFault.openQuote(line: 2)) { try rows("a\n\"b\nc\nd") }
  }

  @Test("text after a closing quote is refused with its line")
  func textAfterQuote() {
    #expect(throws: TableFault.textAfterQuote(line: 2)) { try rows("a\n\"b\"c") }
  }

  @Test("GBK is told from UTF-8, with its line")
  func notUTF8() {
    // 张三 in GBK.
    #expect(throws: TableFault.notUTF8(line: 2)) {
      try CommaSeparated.rows(of: Array("姓名\n".utf8) + [0xD5, 0xC5, 0xC8, 0xFD, 0x0A])
    }
  }

  @Test("a zero byte, too many columns and a cell that never ends are said with their line")
  func bounds() {
    #expect(throws: TableFault.nulByte(line: 2)) { try rows("a\nb\0") }
    #expect(throws: TableFault.tooManyColumns(line: 2, max: TablesLimits.columns)) {
      try rows("a\n" + String(repeating: "x,", count: TablesLimits.columns) + "x")
    }
    #expect(throws: TableFault.cellTooLong(line: 2, bytesMax: TablesLimits.cellBytes)) {
      try rows("a\n" + String(repeating: "x", count: TablesLimits.cellBytes + 1))
    }
  }

  @Test("columns are found by any of their names, in any order; values lose the blanks around them")
  func columns() throws {
    let table = try Table(
      file: Array(" 姓 名 ,多余,Household\n\u{3000}张三 ,x, H1 \n".utf8),
      columns: [.init("household", ["户编号"], required: true), .init("name", ["姓名"])])
    #expect(table.rows.map { [$0["household"], $0["name"], $0["none"]] } == [["H1", "张三", ""]])
    #expect(table.unknownHeaders == ["多余"])
  }

  @Test("a missing column, a doubled column and an empty file are said")
  func badHeaders() {
    let columns = [Table.Column("name", ["姓名"], required: true)]
    #expect(throws: TableFault.noColumn(name: "name", anyOf: ["姓名"])) {
      try Table(file: Array("a,b".utf8), columns: columns)
    }
    #expect(throws: TableFault.twoColumns(name: "name")) { try Table(file: Array("姓名,name".utf8), columns: columns) }
    #expect(throws: TableFault.empty) { try Table(file: [], columns: columns) }
  }

  @Test("no bytes make the reader trap")
  func anything() {
    var generator = SystemRandomNumberGenerator()
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xE5, 0xBC, 0xA0, 0xEF, 0xBB, 0xBF, 0xFF]
    for _ in 0..<2_000 {
      let file = (0..<Int.random(in: 0...24)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      _ = try? CommaSeparated.rows(of: file)
    }
  }
}
