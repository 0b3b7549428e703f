import Testing

@testable import Tables

@Suite("CSV read")
struct CSVReaderTests {
  private func row(_ number: Int, _ texts: String...) -> ReadRow { ReadRow(number: number, texts: texts) }

  @Test("fields, quotes, doubled quotes, commas and line breaks inside quotes")
  func fields() throws {
    #expect(
      try Reading.csv("a,b\n\"x,1\",\"say \"\"no\"\"\"\n\"two\nlines\",z") == [row(1, "a", "b"), row(2, "x,1", "say \"no\""), row(3, "two\nlines", "z")])
  }

  @Test("LF, CR LF and CR end a line; line numbers count them as an editor does", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    #expect(try Reading.csv(["a", "", "b", "\"c\(end)d\"", "e"].joined(separator: end) + end).map(\.number) == [1, 3, 4, 6])
  }

  @Test("empty rows are no rows; an empty field at the end is a field")
  func emptiness() throws {
    #expect(try Reading.csv("a,\n,,\n\n\"\",\nb,\"\"") == [row(1, "a", ""), row(5, "b", "")])
    #expect(try Reading.csv("") == [])
  }

  @Test("a quote within a field is a character, not a quote")
  func quoteWithin() throws { #expect(try Reading.csv("5\" pipe,b\n") == [row(1, "5\" pipe", "b")]) }

  @Test("a byte order mark is no text")
  func mark() throws { #expect(try Reading.csv("\u{FEFF}姓名,村\n") == [row(1, "姓名", "村")]) }

  @Test("a quote never closed is found where it was opened; text behind a closing quote, where it stands")
  func quoteFaults() {
    #expect(Reading.fault { _ = try Reading.csv("a,b\nc,\"d\ne\nf") } == TableFileFault(.openQuote, row: 2, column: 2))
    #expect(Reading.fault { _ = try Reading.csv("a,b\nc,\"d\"e") } == TableFileFault(.textAfterQuote, row: 2, column: 2))
  }

  @Test("GB18030 is read as what it is, two and four bytes, and UTF-8 wins")
  func gb18030() throws {
    // 张三,村 and 㐀 (four bytes in GB18030: 81 39 EE 39).
    let bytes: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xB4, 0xE5, 0x0A, 0x81, 0x39, 0xEE, 0x39, 0x2C, 0x31]
    #expect(try Reading.csv(bytes) == [row(1, "张三", "村"), row(2, "㐀", "1")])
    #expect(try CSVReader(bytes).encoding == .gb18030)
    #expect(try CSVReader(Array("张三,村".utf8)).encoding == .utf8)
  }

  @Test("what is neither UTF-8 nor GB18030 is refused with line and column; so is GB18030 where only UTF-8 is taken")
  func wrongEncoding() {
    let mixed = Array("姓名,村\n".utf8) + [0x61, 0x2C, 0xFF, 0x0A]
    #expect(Reading.fault { _ = try Reading.csv(mixed) } == TableFileFault(.wrongEncoding, row: 2, column: 2))
    #expect(
      Reading.fault { _ = try Reading.csv([0x61, 0x0A, 0xD5, 0xC5], accepting: [.utf8]) } == TableFileFault(.wrongEncoding, row: 2, column: 1))
    // A mark says UTF-8, so nothing else is tried.
    #expect(Reading.fault { _ = try Reading.csv([0xEF, 0xBB, 0xBF, 0xD5, 0xC5]) }?.kind == .wrongEncoding)
  }

  @Test("UTF-16 with its mark is read, either way round; half a character is refused")
  func utf16() throws {
    #expect(try Reading.csv([0xFF, 0xFE, 0x20, 0x5F, 0x09, 0x00, 0x31, 0x00]) == [row(1, "张", "1")])
    #expect(try Reading.csv([0xFE, 0xFF, 0x5F, 0x20, 0x00, 0x09, 0x00, 0x31]) == [row(1, "张", "1")])
    #expect(Reading.fault { _ = try Reading.csv([0xFF, 0xFE, 0x20, 0x5F, 0x09]) }?.kind == .wrongEncoding)
  }

  @Test("a NUL byte is refused where it stands")
  func nul() {
    #expect(Reading.fault { _ = try Reading.csv("a,b\r\nlong enough to be looked at by words,\0") } == TableFileFault(.nulByte, row: 2, column: 2))
  }

  @Test("the separator is the one of the first line that has any; two kinds are no guess", arguments: [",", "\t", ";"])
  func delimiters(_ delimiter: String) throws {
    #expect(try Reading.csv("名单\n\na\(delimiter)b\n").last?.texts == ["a", "b"])
  }

  @Test func ambiguousDelimiters() throws {
    #expect(Reading.fault { _ = try Reading.csv("a;b,c\n") } == TableFileFault(.ambiguousDelimiter([.semicolon, .comma]), row: 1))
    #expect(try Reading.csv("a;b,c\n", delimiter: .comma) == [row(1, "a;b", "c")])
    #expect(try Reading.csv("\"a;b\",c\n") == [row(1, "a;b", "c")])
  }

  @Test("columns: as many as the limit, and one more only if it is empty")
  func columns() throws {
    let max = TablesLimits.columns
    let full = Array(repeating: "x", count: max).joined(separator: ",")
    #expect(try Reading.csv(full + ",,\n")[0].texts.count == max)
    #expect(Reading.fault { _ = try Reading.csv("a\n" + full + ",x\n") } == TableFileFault(.tooManyColumns(max: max), row: 2, column: max + 1))
  }

  @Test("rows: as many as the limit, empty ones not counted; the one beyond is refused where it stands")
  func rows() throws {
    let max = TablesLimits.csvRows
    var reader = try CSVReader(Array((String(repeating: "a\n", count: max) + "\n\nb\n").utf8))
    var count = 0
    let fault = Reading.fault { while try reader.next() { count += 1 } }
    #expect(count == max && fault == TableFileFault(.tooManyRows(max: max), row: max + 3))
  }

  @Test("a cell: as many bytes as the limit, not one more")
  func cellBytes() throws {
    let max = TablesLimits.cellBytes
    #expect(try Reading.csv(String(repeating: "x", count: max))[0].texts[0].utf8.count == max)
    #expect(
      Reading.fault { _ = try Reading.csv("a,\"" + String(repeating: "x", count: max + 1) + "\"") }
        == TableFileFault(.cellTooLong(bytesMax: max), row: 1, column: 2))
  }

  @Test("ranges of earlier rows stay valid, whatever was shortened in place")
  func rangesStay() throws {
    var reader = try CSVReader(Array("\"a\"\"1\",b\n\"c\"\"2\",d\n".utf8))
    var ranges: [Range<Int>] = []
    while try reader.next() { ranges += reader.row.cells.map(\.range) }
    let bytes = reader.takeBytes()
    #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == ["a\"1", "b", "c\"2", "d"])
  }

  @Test("no bytes make the reader trap, and every row it hands out is UTF-8")
  func anything() {
    var generator = SystemRandomNumberGenerator()
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x3B, 0x09, 0x00, 0x81, 0x39, 0xE5, 0xBC, 0xA0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE]
    var read = 0
    for _ in 0..<20_000 {
      let file = (0..<Int.random(in: 0...24)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
      guard let rows = try? Reading.csv(file) else { continue }
      read += 1
      for text in rows.flatMap(\.texts) where text.contains("\u{FFFD}") { Issue.record("\(file)") }
    }
    #expect(read > 1_000)
  }
}
