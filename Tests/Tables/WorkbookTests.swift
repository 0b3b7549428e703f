import Testing

@testable import Tables

@Suite("Workbook read")
struct WorkbookTests {
  @Test("shared, inline and rich texts; readings above characters are no text")
  func texts() throws {
    let strings = "<si><t>张三</t></si><si><r><t>李</t></r><r><t xml:space=\"preserve\"> 四</t></r><rPh sb=\"0\" eb=\"1\"><t>LI</t></rPh></si>"
    let file = try ZipFixture.workbook(
      rows: """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>王&lt;五</t></is></c><c r="C3" t="str"><f>A1</f><v>张三</v></c></row>
        """, strings: strings)
    #expect(
      try Reading.xlsx(file) == [
        ReadRow(number: 1, texts: ["张三", "李 四"], kinds: [.text, .text], findings: [[], []]),
        ReadRow(number: 3, texts: ["王<五", "", "张三"], kinds: [.text, .empty, .text], findings: [[], [], .formula]),
      ])
  }

  @Test("escapes of characters that XML cannot hold; what is none stays")
  func escapes() throws {
    let cell = { (text: String) in "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
    let file = try ZipFixture.workbook(rows: "<row>\(cell("a_x000A_b"))\(cell("_x005F_x0041_"))\(cell("_xZZZZ_"))\(cell("_x0000_"))</row>")
    #expect(try Reading.xlsx(file)[0].texts == ["a\nb", "_x0041_", "_xZZZZ_", "_x0000_"])
  }

  @Test("numbers are the text that people see")
  func numbers() throws {
    let cases = [
      ("42", "42"), ("1234.5600000000001", "1234.56"), ("0.30000000000000004", "0.3"), ("1E3", "1000"), ("-2.5E-2", "-0.025"),
      ("999999999999999.99", "1000000000000000"), ("00012", "12"), ("-0", "0"), ("1.10", "1.1"),
    ]
    let file = try ZipFixture.workbook(rows: "<row>" + cases.map { "<c><v>\($0.0)</v></c>" }.joined() + "</row>")
    let row = try Reading.xlsx(file)[0]
    #expect(row.texts == cases.map(\.1))
    #expect(row.kinds.allSatisfy { $0 == .number })
  }

  @Test("an identity number as a number: what is lost is named, never made up", arguments: [
    ("1.30599198001011E+17", CellFindings.lostDigits), ("130599198001011000", .lostDigits), ("130599198001011234", .longNumber),
    ("1.3059919800101123E+17", .lostDigits), ("130599800101123", CellFindings()),
  ])
  func longNumbers(_ text: String, _ finding: CellFindings) throws {
    let row = try Reading.xlsx(ZipFixture.workbook(rows: "<row><c><v>\(text)</v></c></row>"))[0]
    #expect(row.texts == [text])
    #expect(row.findings == [finding])
  }

  @Test("dates of both systems, by number format; the day that never was is named")
  func dates() throws {
    let formats = ["yyyy-mm-dd", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "0.00", "[Red]0&quot;day&quot;", "[h]:mm", "h:mm:ss", "General"]
    let cells = [("45987", 1), ("45987.5", 2), ("45987", 3), ("45987", 4), ("1.5", 5), ("0.75", 6), ("45987", 7), ("60", 1), ("59", 1), ("61", 1), ("-1", 1)]
    let rows = "<row>" + cells.map { "<c s=\"\($0.1)\"><v>\($0.0)</v></c>" }.joined() + "</row>"
    let row = try Reading.xlsx(ZipFixture.workbook(rows: rows, formats: formats))[0]
    #expect(
      row.texts == [
        "2025-11-26", "2025-11-26T12:00:00", "45987", "45987", "1.5", "18:00:00", "45987", "60", "1900-02-28", "1900-03-01", "-1",
      ])
    #expect(row.findings[7] == .impossibleDate && row.findings[10] == .impossibleDate)
    let since1904 = try Reading.xlsx(
      ZipFixture.workbook(rows: "<row><c s=\"1\"><v>44525</v></c><c s=\"1\"><v>0</v></c></row>", formats: formats, workbookPr: "<workbookPr date1904=\"1\"/>"))
    #expect(since1904[0].texts == ["2025-11-26", "1904-01-01"])
  }

  @Test("booleans, errors, dates in text, formulas with and without a value")
  func otherTypes() throws {
    let row = try Reading.xlsx(
      ZipFixture.workbook(
        rows: """
          <row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-26</v></c><c><f>SUM(A1)</f><v>7</v></c><c><f>SUM(A1)</f></c>\
          <c><v>abc</v></c></row>
          """))[0]
    #expect(row.texts == ["true", "#N/A", "2026-11-26", "7", "", "abc"])
    #expect(row.kinds == [.boolean, .error, .date, .number, .empty, .text])
    #expect(row.findings == [[], [], [], .formula, .formulaWithoutValue, .notANumber])
  }

  @Test("merged ranges: the first cell and what it covers, in every row they reach")
  func merges() throws {
    let rows = (1...4).map { "<row r=\"\($0)\"><c r=\"A\($0)\" t=\"inlineStr\"><is><t>r\($0)</t></is></c></row>" }.joined()
    let file = try ZipFixture.workbook(rows: rows, tail: "<x:mergeCells count=\"2\"><x:mergeCell ref=\"B2:C3\"/><mergeCell ref='A1:B1'/></x:mergeCells>".replacing("<x:", with: "<").replacing("</x:", with: "</"))
    let read = try Reading.xlsx(file)
    #expect(read.map(\.findings) == [[.merged, .covered], [[], .merged, .covered], [[], .covered, .covered], [[]]])
  }

  @Test("sheets by name; without one the first that is not hidden; a name that is not there says which are")
  func sheets() throws {
    let xml = { (text: String) in "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>\(text)</t></is></c></row></sheetData></worksheet>" }
    let file = try ZipFixture.zip(
      ZipFixture.parts([
        .init(name: "字典", state: "state=\"hidden\"", xml: xml("a")), .init(name: "名单 ", xml: xml("b")),
        .init(name: "旧", state: "state=\"veryHidden\"", xml: xml("c")),
      ]))
    #expect(try Workbook(file).sheets.map(\.isHidden) == [true, false, true])
    #expect(try Reading.xlsx(file)[0].texts == ["b"])
    #expect(try Reading.xlsx(file, sheet: "字典")[0].texts == ["a"])
    #expect(try Reading.xlsx(file, sheet: "名单")[0].texts == ["b"])
    #expect(Reading.fault { _ = try Reading.xlsx(file, sheet: "没有") } == TableFileFault(.noSuchSheet("没有", available: ["字典", "名单 ", "旧"])))
  }

  @Test("prefixes before element names, and cells without references")
  func prefixes() throws {
    let sheet = """
      <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c>\
      <x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>
      """
    #expect(try Reading.xlsx(ZipFixture.zip(ZipFixture.parts([.init(name: "一", xml: sheet)])))[0].texts == ["甲", "1"])
  }

  @Test("a row is in no memory but its own: a text of one row is gone in the next")
  func memory() throws {
    let rows = (1...2_000).map { _ in "<row><c t=\"inlineStr\"><is><t>\(String(repeating: "长", count: 200))</t></is></c></row>" }.joined()
    let workbook = try Workbook(ZipFixture.workbook(rows: rows))
    let reader = try SheetReader(workbook.sheet(), of: workbook)
    var largest = 0
    while try reader.next() { largest = max(largest, reader.bytes.count) }
    #expect(largest == 600)
  }
}
