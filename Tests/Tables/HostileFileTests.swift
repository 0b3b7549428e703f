// Files that are not what they say, or that want to eat the machine. Each is made here, and each has its own word.

import Testing

@testable import Tables

@Suite("Hostile files")
struct HostileFileTests {
  private func fault(_ file: [UInt8]) -> TableFileFault? {
    Reading.fault { if try TableFormat(of: file) == .csv { _ = try Reading.csv(file) } else { _ = try Reading.xlsx(file) } }
  }

  private func compound(_ name: String) -> [UInt8] {
    var file: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 1_528)
    for (index, unit) in name.utf16.enumerated() { file[1_024 + index * 2] = UInt8(unit) }
    return file
  }

  @Test func otherKindsOfFile() throws {
    #expect(fault(compound("Workbook"))?.kind == .oldWorkbook)
    #expect(fault(compound("EncryptedPackage"))?.kind == .encrypted)
    #expect(fault([0x09, 0x04, 0x06, 0x00, 0x00, 0x00])?.kind == .oldWorkbook)
    #expect(fault(Array("\u{FEFF} <html><table>".utf8))?.kind == .markupFile)
    #expect(fault(Array("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>".utf8))?.kind == .markupFile)
    #expect(fault(Array("%PDF-1.7".utf8))?.kind == .notATable)
    #expect(fault([])?.kind == .empty)
    // Less than, in a table, is no tag.
    #expect(try Reading.csv("<5万,姓名\n").count == 1)
  }

  @Test func packagesThatHoldNoWorkbook() throws {
    let parts = ZipFixture.parts([.init(name: "一", xml: "<worksheet/>")])
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    #expect(fault(try ZipFixture.zip(ZipFixture.parts([.init(name: "一", xml: "<a/>")], type: word)))?.kind == .wrongContentType(word))
    let binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    #expect(fault(try ZipFixture.zip(ZipFixture.parts([.init(name: "一", xml: "<a/>")], type: binary)))?.kind == .binaryWorkbook)
    #expect(fault(try ZipFixture.zip([("照片.jpg", [1, 2, 3])]))?.kind == .notATable)
    #expect(fault(try ZipFixture.zip([("mimetype", Array("x".utf8)), ("content.xml", Array("<a/>".utf8))]))?.kind == .openDocument)
    #expect(fault(try ZipFixture.zip(parts, password: "geheim"))?.kind == .encrypted)
    let noSheet = parts.filter { !$0.name.hasPrefix("xl/worksheets") }
    #expect(fault(try ZipFixture.zip(noSheet)) == TableFileFault(.missingPart("xl/worksheets/sheet1.xml"), sheet: "一"))
    let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    #expect(fault(try ZipFixture.zip(ZipFixture.parts([.init(name: "一", xml: "<worksheet/>")], type: macros))) == nil)
  }

  @Test("a part that unpacks to far more than it is packed to is refused while it unpacks")
  func bomb() throws {
    let blanks = String(repeating: " ", count: TablesLimits.unpackFreeBytes + 1_000_000)
    let file = try ZipFixture.workbook(rows: "<row><c><v>1</v></c></row>" + blanks)
    #expect(file.count < 50_000)
    #expect(fault(file)?.kind == .partTooDense("xl/worksheets/sheet1.xml", ratioMax: TablesLimits.unpackRatio))
    // The same in a part that is small in every real file: by its bytes.
    var parts = ZipFixture.parts([.init(name: "一", xml: "<worksheet/>")])
    var generator = SystemRandomNumberGenerator()
    // Repeats that pack to about a hundredth: too little for the ratio.
    var noise = (0..<1_024).map { _ in UInt8.random(in: 0x30...0x39, using: &generator) }
    while noise.count < TablesLimits.smallPartBytes { noise += noise }
    for index in parts.indices where parts[index].name == "xl/styles.xml" { parts[index].bytes = Array("<a>".utf8) + noise + Array("</a>".utf8) }
    #expect(fault(try ZipFixture.zip(parts))?.kind == .partTooLarge("xl/styles.xml", bytesMax: TablesLimits.smallPartBytes))
  }

  @Test("a document type declaration is refused, so no entity is ever expanded")
  func entities() throws {
    let xml = "<!DOCTYPE a [<!ENTITY b \"ccc\">]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>"
    let file = try ZipFixture.zip(ZipFixture.parts([.init(name: "一", xml: xml)]))
    #expect(fault(file)?.kind == .documentTypeRefused(part: "xl/worksheets/sheet1.xml"))
  }

  @Test("shared texts that repeat one long text cost their row nothing")
  func amplification() throws {
    let strings = "<si><t>\(String(repeating: "长", count: 30_000))</t></si>"
    let rows = "<row>" + String(repeating: "<c t=\"s\"><v>0</v></c>", count: 500) + "</row>"
    let workbook = try Workbook(ZipFixture.workbook(rows: rows, strings: strings))
    let reader = try SheetReader(workbook.sheet(), of: workbook)
    #expect(try reader.next())
    #expect(reader.bytes.count == 90_000)
    #expect(reader.row.cells.count == 500)
  }

  @Test("broken order, broken references, broken markup: row and column")
  func broken() throws {
    let cases: [(rows: String, fault: TableFileFault)] = [
      ("<row r=\"2\"/><row r=\"2\"/>", TableFileFault(.badReference("2"), sheet: "名单", row: 2)),
      ("<row r=\"1048577\"/>", TableFileFault(.tooManyRows(max: 1_048_576), sheet: "名单", row: 1_048_577)),
      ("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", TableFileFault(.badReference("A1"), sheet: "名单", row: 1, column: 3)),
      ("<row><c r=\"XFE1\"><v>1</v></c></row>", TableFileFault(.badReference("XFE1"), sheet: "名单", row: 1, column: 1)),
      ("<row r=\"7\"><c r=\"B7\" t=\"s\"><v>5</v></c></row>", TableFileFault(.noSuchString, sheet: "名单", row: 7, column: 2)),
      (
        "<row r=\"7\"><c r=\"SS7\"><v>5</v></c></row>",
        TableFileFault(.tooManyColumns(max: TablesLimits.columns), sheet: "名单", row: 7, column: 513)
      ),
      (
        "<row><c t=\"str\"><v>\(String(repeating: "x", count: TablesLimits.cellBytes + 1))</v></c></row>",
        TableFileFault(.cellTooLong(bytesMax: TablesLimits.cellBytes), sheet: "名单", row: 1, column: 1)
      ),
    ]
    for (rows, fault) in cases { #expect(self.fault(try ZipFixture.workbook(rows: rows)) == fault) }
    // Cells that only have a style reach to the last column of the format in real files.
    #expect(fault(try ZipFixture.workbook(rows: "<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>")) == nil)
    guard case .badMarkup(let part, 1, _)? = fault(try ZipFixture.workbook(rows: "<row></c>"))?.kind else {
      Issue.record("no markup fault")
      return
    }
    #expect(part == "xl/worksheets/sheet1.xml")
  }

  @Test("a file cut anywhere, or with a byte changed anywhere, is read or refused, and never traps")
  func damaged() throws {
    let file = try ZipFixture.workbook(
      rows: (1...50).map { "<row r=\"\($0)\"><c t=\"s\"><v>0</v></c><c s=\"1\"><v>\($0 * 900)</v></c></row>" }.joined(),
      tail: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>", strings: "<si><t>张三</t></si>", formats: ["yyyy-mm-dd"])
    var generator = SystemRandomNumberGenerator()
    var refused = 0
    for length in stride(from: 0, to: file.count, by: 7) where fault(Array(file[..<length])) != nil { refused += 1 }
    #expect(refused == (file.count + 6) / 7)
    for _ in 0..<3_000 {
      var changed = file
      for _ in 0..<Int.random(in: 1...3) { changed[Int.random(in: 0..<file.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
      _ = fault(changed)
    }
  }

  @Test("markup put together at random is read or refused, and never traps")
  func scrambled() throws {
    let pieces = [
      "<row>", "</row>", "<row r=\"3\">", "<c>", "</c>", "<c t=\"s\">", "<c t=\"b\" s=\"9\">", "<c r=\"C3\" t=\"inlineStr\">", "<v>", "</v>", "<is>", "</is>", "<t>", "</t>",
      "0", "-1", "9e9", "1e-400", "99999999999999999999", "_x0041_", "<f>", "</f>", "<rPh>", "</rPh>", "mergeCell ", "<mergeCell ref=\"A1:ZZZ9\"/>", "<c/>", "<row/>",
    ]
    var generator = SystemRandomNumberGenerator()
    var read = 0
    for _ in 0..<1_500 {
      let rows = (0..<Int.random(in: 1...14)).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
      if fault(try ZipFixture.workbook(rows: rows, strings: "<si><t>a</t></si>")) == nil { read += 1 }
    }
    #expect(read > 10)
  }
}
