import Tables
import Testing

@testable import Departments

/// Files that nearly fit: what would be read wrongly in silence is set aside or refused, and says why.
@Suite("Odd files")
struct OddFileTests {
  private static let people = [["姓名", "身份证号", "自付金额"], ["张三", "130599195003070030", "1"]]

  private static func workbook(_ sheets: [(name: String, rows: [[String]])]) throws -> [UInt8] {
    let made = sheets.map { sheet in
      Sheet(
        SheetHead(name: sheet.name, columns: sheet.rows[0].map { TableColumn($0) }),
        rows: sheet.rows.dropFirst().map { $0.map { $0.isEmpty ? .empty : .text($0) } })
    }
    return try TableDocument(made).xlsx(created: 0)
  }

  private static func read(_ file: [UInt8], _ choices: BatchChoices = BatchChoices()) throws -> DepartmentBatch {
    try DepartmentBatch.read(file, by: BatchTests.profile(), from: BatchSource(name: "a.xlsx", sha256: "00"), choices)
  }

  private static func fault(_ file: [UInt8], _ choices: BatchChoices = BatchChoices()) -> BatchFault.Kind? {
    do { _ = try read(file, choices) } catch { return (error as? BatchFault)?.kind }
    return nil
  }

  // MARK: To the right of the header

  @Test("thousands without quotes: 25,000 is not 25, the row is set aside with the column that has no name", arguments: [
    "李文海,130599195003070030,25,000\n", "李文海,130599195003070030,,000\n", "李文海,130599195003070030,1,250,000\n",
  ])
  func unquotedThousands(_ row: String) throws {
    let batch = try BatchTests.read("姓名,身份证号,自付金额\n张三,,7\n" + row)
    #expect(batch.rows.map(\.number) == [2])
    let beyond = RowFinding(column: 4, header: "", reason: .beyondHeader(column: 4))
    #expect(batch.rejected.map(\.number) == [3] && batch.rejected[0].problems.last == beyond, "\(batch.rejected)")
    let table = batch.rejectedTable(name: "退回", title: nil, titles: ("行", "列", "原因"), cut: "…") { _ in "空着" }
    #expect(table.rows[0][1] == .text(row.contains(",,") ? "自付金额\n4" : "4"))
  }

  @Test("empty cells and blanks to the right of the header are nothing; sums and notes there set nobody aside")
  func nothingBeyond() throws {
    let batch = try BatchTests.read("姓名,自付金额,,\n张三,7,,\n李四,8,\u{3000}, \n合计,15,,2\n,,,说明\n")
    #expect(batch.counts.taken == 2 && batch.counts.rejected == 0 && batch.counts.totals == 1 && batch.counts.read == 3)
  }

  @Test("in a workbook too: what stands beside the table belongs to no column, but what stands below a merged name does")
  func beyondInAWorkbook() throws {
    var rows = Self.people
    rows[1].append("备注")
    #expect(Self.fault(try Self.workbook([("一", [["姓名", "身份证号", "自付金额", ""], rows[1]])])) == .everyRowRejected(count: 1, first: .beyondHeader(column: 4)))
    var search = HeaderSearch(try BatchTests.profile(), sheet: nil, merges: [CellSpan(rows: 1...1, columns: 3...5)])
    let wide = try search.look(at: 1, ["姓名", "自付金额", "联系方式", "", ""])
    #expect(wide?.width == 5)
    var plain = HeaderSearch(try BatchTests.profile(), sheet: nil, merges: [])
    let narrow = try plain.look(at: 1, ["姓名", "自付金额", "", ""])
    #expect(narrow?.width == 2)
  }

  // MARK: Merged cells

  /// A table whose cells say what a reader of workbooks says of merged ranges.
  private struct MergedTable: RowSource {
    var bytes: [UInt8] = []
    var row = TableRow()
    var sheet: String? { "一" }
    private var rows: [[String]]

    /// `^`: covered by the cell above.
    init(_ rows: [[String]]) { self.rows = rows }

    mutating func next() throws(TableFileFault) -> Bool {
      guard !rows.isEmpty else { return false }
      (bytes, row.isEmpty) = ([], false)
      row.number += 1
      row.cells = rows.removeFirst().map { text in
        guard text != "^" else { return TableCell(start: 0, count: 0, kind: .empty, findings: .covered) }
        defer { bytes += Array(text.utf8) }
        return TableCell(start: bytes.count, count: text.utf8.count, kind: text.isEmpty ? .empty : .text)
      }
      return true
    }
  }

  @Test("a covered cell is no empty one where it says who, when or how much", arguments: [
    ("身份证号", true), ("出生日期", true), ("自付金额", true), ("姓名", true), ("险种", false), ("备注", false), ("村", false),
  ])
  func coveredCells(_ title: String, _ isSetAside: Bool) throws {
    // Every column but the names may be left out of a row.
    let profile = try BatchTests.profile { $0.replacing("type: amount, required: yes", with: "type: amount") }
    let titles = ["姓名", "身份证号", "出生日期", "村", "自付金额", "险种", "备注"]
    var table = MergedTable([
      titles, ["张三", "130599195003070030", "1950-03-07", "东庄", "20000", "居民", "无"],
      titles.map { $0 == title ? "^" : ["姓名": "李四", "险种": "居民"][$0] ?? "" },
    ])
    var collector = BatchCollector(profile, BatchSource(name: "", sha256: ""), keepsBytes: false, merges: [], sheet: "一")
    try collector.collect(&table, [])
    let batch = try collector.batch(file: [], encoding: nil, sheets: BatchSheets())
    #expect(batch.counts.taken == (isSetAside ? 1 : 2), "\(batch.rejected)")
    #expect(batch.rejected.map { $0.problems.map(\.reason) } == (isSetAside ? [[.coveredByMerge]] : []))
  }

  // MARK: Sheets

  @Test("several sheets that fit are refused by name, one that is named is read, and the others are said not to have been")
  func severalSheets() throws {
    let other = [["姓名", "身份证号", "自付金额"], ["李四", "130599195003070030", "2"]]
    let note = [["填表说明"], ["每月报一次"]]
    let towns = try Self.workbook([("东镇", Self.people), ("说明", note), ("西镇", other)])
    #expect(Self.fault(towns) == .severalSheets(["东镇", "西镇"]))
    let west = try Self.read(towns, BatchChoices(sheet: "西镇"))
    #expect(west.sheet == "西镇" && west.text(row: 0, column: 1) == "李四" && west.unreadSheets == ["东镇", "说明"])
    #expect(Self.fault(towns, BatchChoices(sheet: "南镇")) == .table(.noSuchSheet("南镇", available: ["东镇", "说明", "西镇"])))
    let single = try Self.read(try Self.workbook([("名单", Self.people), ("说明", note)]))
    #expect(single.sheet == "名单" && single.unreadSheets == ["说明"] && single.counts.taken == 1)
    // The first sheet is a page of words: which of the others is meant, somebody says.
    #expect(Self.fault(try Self.workbook([("说明", note), ("名单", Self.people)])) == .severalSheets(["名单"]))
    // A header that is wrong is a header.
    let doubled = [["姓名", "身份证号", "证件号码", "自付金额"], ["李四", "", "", "2"]]
    #expect(Self.fault(try Self.workbook([("东镇", Self.people), ("西镇", doubled)])) == .severalSheets(["东镇", "西镇"]))
    // Where the profile says which sheet, it is the one.
    let named = try BatchTests.profile { $0.replacing("title: 自付", with: "title: 自付\n    sheet: 东镇") }
    let east = try DepartmentBatch.read(towns, by: named, from: BatchSource(name: "", sha256: ""))
    #expect(east.sheet == "东镇" && east.unreadSheets == ["说明", "西镇"])
    #expect(BatchTests.fault("姓名,自付金额\n张三,1\n") == nil)
    #expect(Self.fault(Array("姓名,自付金额\n张三,1\n".utf8), BatchChoices(sheet: "东镇")) == .table(.noSuchSheet("东镇", available: [])))
  }

  // MARK: Which list it is

  private static func shipped(_ id: String) throws -> DepartmentProfile {
    try #require(try ProfileTests.shipped().first { $0.id == id })
  }

  private static func fault(_ header: String, as id: String, among others: [DepartmentProfile]) throws -> BatchFault.Kind? {
    let file = Array((header + "\n" + header.split(separator: ",").map { _ in "1" }.joined(separator: ",") + "\n").utf8)
    do {
      _ = try DepartmentBatch.read(file, by: try shipped(id), from: BatchSource(name: "", sha256: ""), BatchChoices(others: others))
    } catch { return (error as? BatchFault)?.kind }
    return nil
  }

  @Test("a list of the department that has more of the header's columns is the one that is meant", arguments: [
    ("姓名,身份证号,参保险种", "medical_insurance/uninsured", "medical_insurance/insured"),
    ("姓名,身份证号,确诊日期,大病病种", "health/mental", "health/illness"),
    ("姓名,身份证号,死亡日期,诊断日期,病种", "health/deaths", "health/illness"),
    ("姓名,身份证号,录取层次,录取学校,学校名称,入学日期,原因", "education/dropout", "education/freshmen"),
    ("姓名,身份证号,监测类别,识别日期,风险类型,脱贫年度", "rural/lifted", "rural/monitored"),
  ])
  func fitsAnother(_ header: String, _ asked: String, _ meant: String) throws {
    let others = try ProfileTests.shipped()
    switch try Self.fault(header, as: asked, among: others) {
    case .fitsAnother(let profile, let title, let headers):
      #expect(profile == meant && !title.isEmpty && headers.allSatisfy { header.contains($0) } && !headers.isEmpty)
    case .missingAnyOf, .doubledColumn: #expect(asked == "medical_insurance/uninsured" || asked == "education/dropout")
    case let other: Issue.record("\(asked) takes \(header): \(String(describing: other))")
    }
    // The right one takes it, or has another quarrel with the made-up row.
    if case .fitsAnother? = try Self.fault(header, as: meant, among: others) { Issue.record("\(meant)") }
    // Whoever is sure asks no other.
    if case .fitsAnother? = try Self.fault(header, as: asked, among: []) { Issue.record("\(asked)") }
  }

  @Test("a list that only names people is none of those that say something bad of them", arguments: [
    "medical_insurance/uninsured", "education/dropout", "health/mental", "rural/lifted",
  ])
  func needsATellingColumn(_ id: String) throws {
    guard case .missingAnyOf(let columns)? = try Self.fault("姓名,身份证号,村名,年度,参保险种", as: id, among: []) else {
      Issue.record("\(id) takes any list of names")
      return
    }
    let profile = try Self.shipped(id)
    #expect(Set(columns.map(\.name)) == Set(profile.needsAny) && !columns.isEmpty)
    for column in columns {
      let fault = try Self.fault("姓名,身份证号,\(column.headers[0])", as: id, among: try ProfileTests.shipped())
      switch fault {
      case nil, .everyRowRejected: break
      default: Issue.record("\(id) with \(column.headers[0]): \(String(describing: fault))")
      }
    }
  }

  @Test("in every profile that ships, each name of each column is found, also with a remark behind it")
  func shippedNames() throws {
    for profile in try ProfileTests.shipped() {
      let names = HeaderNames(profile)
      for (index, column) in profile.columns.enumerated() {
        for header in column.headers {
          #expect(names.places(in: [header]).positions == [index: [0]], "\(profile.id) \(header)")
          #expect(names.places(in: [header + "（必填）"]).positions == [index: [0]], "\(profile.id) \(header)")
        }
      }
    }
  }

  // MARK: Names of columns

  @Test("what stands in brackets behind a name is a unit or a remark, or makes it another column", arguments: [
    ("身份证号（18位）", true), ("身份证号(15或18位数字)", true), ("身份证号（必填）", true), ("身份证号（文本格式）", true), ("身份证号（如130599…）", true),
    ("身份证号（户主）", false), ("身份证号（监护人）", false), ("身份证号（村）", false), ("出生日期（yyyy-mm-dd）", true), ("出生日期（年/月/日）", true),
    ("出生日期（农历）", false), ("自付金额（元）", true), ("自付金额（单位：万元）", true), ("自付金额（元/年）", true), ("自付金额（户）", false), ("自付金额（港币）", false),
    ("姓名（户主）", false), ("姓名（2）", false), ("姓名()", true),
    ("身份证号（单位负责人）", false), ("身份证号（填报人）", false), ("身份证号（填表人）", false), ("姓名（单位联系人）", false), ("自付金额（单位缴纳）", false),
    ("姓名（按手印人）", false), ("姓名（请托人）", false), ("自付金额（需单位缴纳）", false), ("自付金额（保留账户）", false), ("姓名（须监护人）", false),
    ("自付金额（单位 元）", true), ("自付金额（单位:元/年）", true), ("身份证号（请填18位）", true), ("姓名（请按身份证填写）", true), ("姓名（按户口本填写）", true),
    ("身份证号（必填项）", true), ("姓名（填写全称）", true), ("姓名（须与身份证一致）", true), ("自付金额（保留两位小数）", true), ("自付金额（精确到分）", true),
    ("身份证号（填18位）", true), ("身份证号（请写18位）", true), ("身份证号（按二代证）", true), ("姓名（按户口本）", true), ("姓名（填真实姓名）", true),
    ("自付金额（保留两位）", true), ("自付金额（请填个人）", true), ("姓名（填报单位名称）", false), ("姓名（需单位盖章）", false),
    ("姓名（单位）", false), ("姓名（请填报人）", false), ("险种（单位：人）", true), ("姓名（单位：张村）", false), ("出生日期（按格式填）", true),
  ])
  func brackets(_ header: String, _ isSame: Bool) throws {
    let names = HeaderNames(try BatchTests.profile())
    #expect(names.places(in: [header]).positions.isEmpty != isSame)
  }

  @Test("the number of the head of the household is nobody else's: the column is not read, and said to be unknown")
  func headsNumber() throws {
    let batch = try BatchTests.read("姓名,身份证号（户主）,自付金额（千元）\n张三,130599195003070030,1.5\n")
    #expect(batch.columns.map(\.header) == ["姓名", "自付金额（千元）"] && batch.rows[0].identity.isNone)
    #expect(batch.integer(row: 0, column: 1) == 150_000)
    #expect(BatchTests.fault("姓名（户主）,自付金额\n张三,1\n") == BatchFault(.missingColumns([.init(name: "name", headers: ["姓名"])]), row: 1))
  }

  @Test("names of columns are shown on one line, without what moves a terminal's cursor")
  func shownNames() throws {
    let batch = try BatchTests.read("姓名,自付金额,\u{1B}[31m备\u{7}注\u{1B}[0m,\"甲\r\n乙\u{202E}\"\n张三,1,2,3\n")
    #expect(batch.headers == ["姓名", "自付金额", "[31m备注[0m", "甲 乙"])
    #expect(ShownText.lines("甲\u{1B}]0;x\u{7}\n乙\t丙\u{9B}\u{2066}") == "甲]0;x\n乙\t丙")
    #expect(ShownText.line("张三·é（元）㐀\u{20000}") == "张三·é（元）㐀\u{20000}")
  }

  @Test("sums are known by whatever stands behind the word; a name that begins like one is a name", arguments: [
    ("合计：", true), ("合 计", true), ("合计3人", true), ("总计（元）：", true), ("本页小计", true), ("共计：12 户", true), ("合计福", false), ("小计生", false),
  ])
  func sums(_ word: String, _ isTotal: Bool) throws {
    let batch = try BatchTests.read("姓名,自付金额\n张三,1\n\(word),25000\n")
    #expect(batch.counts.totals == (isTotal ? 1 : 0) && batch.counts.taken == (isTotal ? 1 : 2))
  }

  // MARK: Handing back

  @Test("a row that no table could hold is handed back all the same, cut and marked")
  func longCells() throws {
    let long = String(repeating: "长", count: 33_000)
    let wide = Array(repeating: "甲", count: TablesLimits.columns - 3).joined(separator: ",")
    let batch = try BatchTests.read("姓名,自付金额,备注\n张三,1,\n李四,\(long),\n王五,x,\(wide)\n")
    #expect(batch.rejected.map(\.number) == [3, 4])
    let table = batch.rejectedTable(name: "退回", title: "甲", titles: ("行", "列", "原因"), cut: "…（截短）") { _ in long }
    #expect(table.rows.allSatisfy { $0.count <= TablesLimits.columns } && table.head.columns.count == TablesLimits.columns)
    #expect(table.rows[1].last == .text("…（截短）"))
    let workbook = try Workbook(TableDocument([table]).xlsx(created: 0))
    let reader = try SheetReader(workbook.sheet(), of: workbook)
    var rows = 0
    while try reader.next() { rows += 1 }
    #expect(rows == 4)
  }
}
