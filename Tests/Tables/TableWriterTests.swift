import Testing

@testable import Tables

@Suite("Tables written")
struct TableWriterTests {
  static let head = SheetHead(
    name: "名单", title: "隆尧县 11 月名单", columns: [TableColumn("证件号码", width: 20), TableColumn("姓名"), TableColumn("金额"), TableColumn("日期")],
    footer: "第 &P 页，共 &N 页")
  static let sheet = Sheet(
    head,
    rows: [
      [.text("130599195003070030"), .text("张三"), .amountFen(123_456), .date(year: 2026, month: 11, day: 26)],
      [.text("=1+1"), .text("a,\"b\"\n"), .integer(-7), .empty], [.text("_x0041_"), .text(" 前 后 "), .amountFen(-5)],
    ])

  @Test("a workbook is read back as it was written: texts as texts, amounts in 元, dates as dates")
  func roundTrip() throws {
    let rows = try Reading.xlsx(TableDocument([Self.sheet]).xlsx(created: 0))
    #expect(rows.map(\.number) == [1, 2, 3, 4, 5])
    #expect(rows.map(\.texts) == [
      ["隆尧县 11 月名单", "", "", ""], ["证件号码", "姓名", "金额", "日期"], ["130599195003070030", "张三", "1234.56", "2026-11-26"],
      ["=1+1", "a,\"b\"\n", "-7"], ["_x0041_", " 前 后 ", "-0.05"],
    ])
    #expect(rows[2].kinds == [.text, .text, .number, .date])
    #expect(rows[3].kinds == [.text, .text, .number] && rows[3].findings == [[], [], []])
    #expect(rows[0].findings == [.merged, .covered, .covered, .covered])
  }

  @Test("the same document and time are the same bytes; another time is not")
  func sameBytes() throws {
    let document = TableDocument([Self.sheet])
    #expect(try document.xlsx(created: 1_000_000_000) == document.xlsx(created: 1_000_000_000))
    #expect(try document.xlsx(created: 1_000_000_000) != document.xlsx(created: 1_100_000_000))
  }

  @Test("what begins like a formula gets an apostrophe in a .csv file, wide forms and blanks before it too", arguments: [
    "=1+1", "+86", "-x", "@SUM(A1)", "\tx", "\rx", "＝1", "  =1", "\u{3000}＠a", "\n=1",
  ])
  func formulas(_ text: String) throws {
    let bytes = try Sheet(SheetHead(name: "a", columns: [TableColumn("x")]), rows: [[.text(text)]]).csv()
    #expect(try Reading.csv(bytes, delimiter: .comma)[1].texts == ["'" + text])
    // In a workbook it is a text, and unchanged.
    let row = try Reading.xlsx(TableDocument([Sheet(SheetHead(name: "a", columns: [TableColumn("x")]), rows: [[.text(text)]])]).xlsx(created: 0))[1]
    #expect(row.texts == [text] && row.kinds == [.text] && row.findings == [[]])
  }

  @Test("no other text is touched", arguments: ["a=1", "", "-", "张三", "1-2"])
  func noFormulas(_ text: String) throws {
    let bytes = try Sheet(SheetHead(name: "a", columns: [TableColumn("x"), TableColumn("y")]), rows: [[.text(text), .integer(-1)]]).csv()
    let wanted = text == "-" ? "'-" : text
    #expect(try Reading.csv(bytes)[1].texts == [wanted, "-1"])
  }

  @Test("csv: a mark, CR LF, quotes only where they are needed")
  func csv() throws {
    let bytes = try Self.sheet.csv()
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "\u{FEFF}证件号码,姓名,金额,日期\r\n130599195003070030,张三,1234.56,2026-11-26\r\n'=1+1,\"a,\"\"b\"\"\n\",-7,\r\n_x0041_,\" 前 后 \",-0.05,\r\n")
  }

  /// What stands in a workbook's only cell once it was written and read.
  private func written(_ text: String) throws -> String? {
    let sheet = Sheet(SheetHead(name: "a", columns: [TableColumn("x"), TableColumn("y")]), rows: [[.text(text), .text("后面")]])
    let row = try Reading.xlsx(TableDocument([sheet]).xlsx(created: 0)).last
    return row?.texts.last == "后面" ? row?.texts.first : nil
  }

  @Test("a text longer than a cell is cut and says so; the longest that fits is whole", arguments: ["长", "𠮷", "a"])
  func tooLong(_ character: String) throws {
    let max = TablesLimits.writtenCharacters
    let whole = String(repeating: character, count: max / character.utf16.count)
    #expect(try written(whole) == whole)
    for more in [1, 8_000] {
      let cut = try #require(try written(whole + String(repeating: character, count: more)))
      #expect(cut.hasSuffix(WrittenText.cutMark))
      #expect(cut.dropLast(WrittenText.cutMark.count).allSatisfy { String($0) == character })
      #expect(cut.utf16.count <= max && cut.utf16.count > max - 3, "\(cut.utf16.count)")
    }
  }

  @Test("a text that is too long only with its escapes is cut too, and no escape is torn")
  func tooLongEscaped() throws {
    let cut = try #require(try written(String(repeating: "_x0041_", count: 4_000)))
    let kept = cut.dropLast(WrittenText.cutMark.count)
    #expect(cut.hasSuffix(WrittenText.cutMark) && kept.count > 7 * 2_500, "\(kept.count)")
    #expect(String(repeating: "_x0041_", count: 4_000).hasPrefix(kept))
  }

  @Test("a character that XML cannot hold becomes the sign for it, and the file is whole", arguments: ["\u{0}", "\u{FFFE}", "\u{FFFF}"])
  func unwritable(_ character: String) throws { #expect(try written("前" + character + "后") == "前\u{FFFD}后") }

  @Test("what cannot be written is refused where it stands")
  func refused() throws {
    let column = SheetHead(name: "a", columns: [TableColumn("x")])
    func fault(_ sheet: Sheet...) -> TableFileFault? { Reading.fault { _ = try TableDocument(sheet).xlsx(created: 0) } }
    #expect(fault(Sheet(column, rows: [[.empty, .empty]])) == TableFileFault(.tooManyCells(columns: 1), row: 2))
    for name in ["", "a/b", "a[", String(repeating: "x", count: 32), "'a"] {
      #expect(fault(Sheet(SheetHead(name: name, columns: [TableColumn("x")]), rows: [])) == TableFileFault(.badSheetName(name)))
    }
    #expect(fault(Sheet(column, rows: []), Sheet(column, rows: [])) == TableFileFault(.badSheetName("a")))
    #expect(Reading.fault { _ = try Sheet(column, rows: [[.empty, .empty]]).csv() }?.kind == .tooManyCells(columns: 1))
  }

  @Test("a file that cannot be made is said")
  func noFile() throws {
    guard case .cannotWrite? = Reading.fault({ try TableDocument([Self.sheet]).write(to: "/nowhere/at/all.xlsx", created: 0) })?.kind else {
      Issue.record("no fault")
      return
    }
  }
}
