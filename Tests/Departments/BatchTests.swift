import Relief
import Tables
import Testing

@testable import Departments

@Suite("Batches")
struct BatchTests {
  static let yaml = """
    department: medical_insurance
    title: 医保
    columns:
      - {name: id_number, headers: [身份证号, 证件号码], type: id_number}
      - {name: name, headers: [姓名], type: name, required: yes}
      - {name: birth, headers: [出生日期], type: date, partial: yes}
      - {name: village, headers: [村], type: division}
    lists:
      - list: expense
        title: 自付
        row: 一人一年
        asserts: expense
        set: {kind: medical}
        columns:
          - {name: amount, headers: [自付金额], type: amount, required: yes, property: expense.amount_fen}
          - {name: kind, headers: [险种], type: code, codes: {居民: resident, 职工: employee}}
          - {name: note, headers: [备注], type: text}
    """

  static func profile(_ change: (String) -> String = { $0 }) throws -> DepartmentProfile {
    try DepartmentProfile.read(Array(change(yaml).utf8), file: "a.yaml")[0]
  }

  static func read(_ text: String, _ profile: DepartmentProfile? = nil, date: DateNumber? = nil) throws -> DepartmentBatch {
    try DepartmentBatch.read(Array(text.utf8), by: profile ?? Self.profile(), from: BatchSource(name: "a.csv", sha256: "00", date: date))
  }

  static func fault(_ text: String, _ profile: DepartmentProfile? = nil) -> BatchFault? {
    do { _ = try read(text, profile) } catch { return error as? BatchFault }
    return nil
  }

  private func texts(_ batch: DepartmentBatch, _ row: Int) -> [String] { batch.columns.indices.map { batch.text(row: row, column: $0) } }

  @Test("a plain row: number as a key, values as the vocabulary writes them")
  func plain() throws {
    let batch = try Self.read(
      "2026年医保名单,,,\n\n序号,姓名,身份证号,出生日期,自付金额(万元),险种,村\n1,张三,130599195003070030,1950-03-07,1.5,居民,130599100200\n",
      date: DateNumber(year: 2026, month: 10, day: 31))
    #expect(batch.headerRow == 3)
    #expect(batch.columns.map(\.column.name) == ["id_number", "name", "birth", "village", "amount", "kind"])
    #expect(texts(batch, 0) == ["130599195003070030", "张三", "1950-03-07", "130599100200", "1500000", "resident"])
    #expect(batch.rows[0].number == 4 && batch.rows[0].identity.text == "130599195003070030" && batch.rows[0].findings == .init())
    #expect(batch.integer(row: 0, column: 4) == 1_500_000)
    #expect(batch.defaultDate?.text == "2026-10-31")
    #expect(batch.counts == BatchCounts(read: 1, taken: 1))
    #expect(batch.withBytes(row: 0, column: 1) { $0.count } == 6)
  }

  @Test("what spreadsheets and people do to an identity number is named; the number is the same", arguments: [
    ("'13059919491003002X", ValueFindings.leadingApostrophe), ("=\"13059919491003002X\"", .textFormula), (" 130599 19491003 002X", .blanks),
    ("１３０５９９１９４９１００３００２Ｘ", .wideCharacters), ("13059919491003002x", .smallX), ("\t13059919491003002X", .blanks), ("\u{3000}‘13059919491003002x", ValueFindings([.blanks, .leadingApostrophe, .smallX])),
  ])
  func numberHabits(_ cell: String, _ findings: ValueFindings) throws {
    let quoted = "\"" + cell.replacing("\"", with: "\"\"") + "\""
    let batch = try Self.read("姓名,身份证号,自付金额\n张三,\(quoted),1\n")
    #expect(batch.rows.map(\.identity.text) == ["13059919491003002X"])
    #expect(batch.rows[0].findings == findings)
    #expect(batch.text(row: 0, column: 0) == "13059919491003002X")
  }

  @Test("an old number is compared by the new one; a number that fails its check is text only, or rejected where the profile says so")
  func oldAndDoubtful() throws {
    let batch = try Self.read("姓名,身份证号,自付金额\n张三,130599500307003,1\n李四,130599195003070031,1\n王五,,1\n")
    #expect(batch.rows.map(\.identity.text) == ["130599195003070030", "", ""])
    #expect(batch.rows.map(\.findings) == [.oldNumber, .doubtfulNumber, []])
    #expect(batch.text(row: 1, column: 0) == "130599195003070031")
    #expect(batch.counts.withoutNumber == 2 && batch.counts.findings == ["old_number": 1, "doubtful_number": 1])
    let strict = try Self.profile { $0.replacing("type: id_number}", with: "type: id_number, wrong_check: reject}") }
    #expect(try Self.read("姓名,身份证号,自付金额\n张三,130599195003070030,1\n李四,130599195003070031,1\n", strict).rejected.map(\.problems[0].reason) == [.numberCheck])
  }

  @Test("lost digits are never guessed: not as a power of ten, not as zeros, and not where zeros pass the check by luck")
  func lostDigits() throws {
    // One number in eleven that ends in three zeros has a right check character.
    let ending = (1...9).flatMap { order in (10...28).map { day in "130599195003\(day)\(order)000" } }
    let lucky = try #require(ending.first { text in (try? IdentityNumber(text)) != nil })
    let fine = "张三,130599195003070030,1\n", zeros = "李四,\(lucky),1\n"
    #expect(try Self.read("姓名,身份证号,自付金额\n" + fine + zeros).rejected.isEmpty)
    for lost in ["1.30599E+17", "1.30599195003070E+17", "130599195003071000"] {
      let batch = try Self.read("姓名,身份证号,自付金额\n" + fine + zeros + "王五,\(lost),1\n" + fine)
      #expect(batch.rejected.map(\.number) == [3, 4], "\(lost)")
      #expect(batch.rejected.allSatisfy { $0.problems == [RowFinding(column: 2, header: "身份证号", reason: .lostDigits)] })
      #expect(batch.rows.map(\.number) == [2, 5])
      #expect(batch.text(row: 1, column: 1) == "张三" && batch.text(row: 1, column: 2) == "100")
    }
  }

  @Test("rows that are wrong are set aside with every reason, and kept as they stood; the others are taken")
  func rejected() throws {
    let batch = try Self.read(
      "姓名,身份证号,自付金额,险种,出生日期\n张三,1305991950030700,abc,商业,\n,130599195003070030,1,,昨天\n李四,,5,职工,1950\n王\u{1}五,,5,,\n合计,,11,,\n")
    #expect(batch.counts == BatchCounts(read: 5, taken: 1, rejected: 3, totals: 1, withoutNumber: 1, findings: ["partial_date": 1]))
    #expect(batch.rejected.map(\.number) == [2, 3, 5])
    #expect(batch.rejected[0].problems == [
      RowFinding(column: 2, header: "身份证号", reason: .numberLength(16)), RowFinding(column: 3, header: "自付金额", reason: .notAnAmount),
      RowFinding(column: 4, header: "险种", reason: .notOneOf(["职工", "居民"])),
    ])
    #expect(batch.rejected[1].problems.map(\.reason) == [.missing, .notADate])
    #expect(batch.rejected[2].problems.map(\.reason) == [.controlCharacter])
    #expect(batch.rejected[0].texts == ["张三", "1305991950030700", "abc", "商业", ""])
    let sheet = batch.rejectedTable(name: "退回", title: "退回的行", titles: ("行", "列", "原因"), cut: "…") { "\($0)" == "missing" ? "空着" : "改" }
    #expect(sheet.head.columns.map(\.header) == ["行", "列", "原因", "姓名", "身份证号", "自付金额", "险种", "出生日期"])
    #expect(sheet.rows[1][..<5] == [.integer(3), .text("姓名\n出生日期"), .text("空着\n改"), .empty, .text("130599195003070030")])
    #expect(try TableDocument([sheet]).xlsx(created: 0).count > 1_000)
  }

  @Test("names lose blanks and take the right dot; texts of several lines become one")
  func namesAndTexts() throws {
    let batch = try Self.read("姓名,自付金额,备注\n张　 三,1,\"a\nb\"\n阿卜杜拉•买买提,1,\nJohn  Smith,1,\n")
    #expect((0..<3).map { batch.text(row: $0, column: 0) } == ["张三", "阿卜杜拉·买买提", "John Smith"])
    #expect(batch.text(row: 0, column: 2) == "a b")
    #expect(batch.rows.map(\.findings) == [[.blanks, .lineBreaks], .middleDot, .blanks])
  }

  @Test("a file that is the wrong one is refused whole")
  func refused() throws {
    #expect(Self.fault("a,b\n1,2\n") == BatchFault(.noHeader(within: 15)))
    #expect(Self.fault("标题,\n姓名,身份证号\n张三,1\n") == BatchFault(.missingColumns([.init(name: "amount", headers: ["自付金额"])]), row: 2))
    #expect(
      Self.fault("姓名,自付金额,身份证号,证件号码\n") == BatchFault(.doubledColumn(name: "id_number", headers: ["身份证号", "证件号码"], columns: [3, 4]), row: 1, column: 4))
    #expect(Self.fault("姓名,自付金额\n") == BatchFault(.noRows, row: 1))
    #expect(Self.fault("姓名,自付金额\n张三,x\n李四,y\n") == BatchFault(.everyRowRejected(count: 2, first: .notAnAmount), row: 2, column: 2))
    #expect(Self.fault("") == BatchFault(.table(.empty)))
    // The last row decides too: nothing is handed out before it.
    #expect(Self.fault("姓名,自付金额\n张三,1\n李四,\"2\n") == BatchFault(.table(.openQuote), row: 3, column: 2))
    let many = "姓名,自付金额\n" + String(repeating: ",1\n", count: DepartmentsLimits.rejectedRows + 1)
    #expect(Self.fault(many) == BatchFault(.tooManyRejected(max: DepartmentsLimits.rejectedRows), row: DepartmentsLimits.rejectedRows + 2))
    // The header is looked for in the first rows only.
    #expect(Self.fault(String(repeating: "标题,\n", count: 15) + "姓名,自付金额\n张三,1\n") == BatchFault(.noHeader(within: 15)))
  }

  @Test("a workbook: the same rows as the .csv file, numbers and dates as a spreadsheet types them")
  func workbook() throws {
    let head = SheetHead(name: "名单", title: "医保名单", columns: ["姓名", "身份证号", "自付金额", "出生日期"].map { TableColumn($0) })
    let rows: [[TableValue]] = [
      [.text("张三"), .text("130599195003070030"), .amountFen(12_345), .date(year: 1950, month: 3, day: 7)], [.text("李四"), .integer(130_599_195_003_070_030), .integer(5), .empty],
    ]
    let batch = try DepartmentBatch.read(
      TableDocument([Sheet(head, rows: rows)]).xlsx(created: 0), by: Self.profile(), from: BatchSource(name: "a.xlsx", sha256: ""))
    #expect(batch.headerRow == 2 && batch.sheet == "名单")
    #expect(texts(batch, 0) == ["130599195003070030", "张三", "1950-03-07", "12345"])
    #expect(batch.rejected.map(\.problems) == [[RowFinding(column: 2, header: "身份证号", reason: .lostDigits)]])
    let other = try Self.profile { $0.replacing("title: 自付", with: "title: 自付\n    sheet: 人员") }
    #expect(throws: BatchFault(.table(.noSuchSheet("人员", available: ["名单"])))) {
      try DepartmentBatch.read(TableDocument([Sheet(head, rows: rows)]).xlsx(created: 0), by: other, from: BatchSource(name: "", sha256: ""))
    }
  }

  @Test("the short way and the long way answer the same for every cell that is plain")
  func shortAndLong() throws {
    let cells = [
      "130599195003070030", "13059919491003002X", "13059919491003002x", "130599195003070031", "130599195003071000", "1950-03-07", "1950-02-30", "1950/03/07", "张三", "张 三", "a.b",
      "'a", "=a", "\u{3000}张", "㐀", "·", "x\u{7F}", "130599100200", "2026年1月1日",
    ]
    var plain = 0
    for cell in cells {
      let bytes = Array(cell.utf8)
      let table = TableCell(start: 0, count: bytes.count, kind: .text)
      for type in [ColumnType.idNumber, .name, .date, .division, .text] {
        let column = ProfileColumn(name: "x", headers: ["x"], type: type)
        var short = ValueReader(keepsBytes: true), long = ValueReader(keepsBytes: true)
        guard let value = short.readPlain(table, of: bytes.span, type) else { continue }
        plain += 1
        guard case .value(value) = long.read(table, of: bytes, column, at: 0) else {
          Issue.record("\(cell) as \(type)")
          continue
        }
        #expect(short.identity == long.identity && long.findings.isEmpty, "\(cell) as \(type)")
      }
    }
    #expect(plain > 20)
  }
}
