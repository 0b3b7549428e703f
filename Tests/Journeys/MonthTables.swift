// MonthTables: what the month came to, three times: the monthly tables (.xlsx), `zoufangd figures`, and the bureau's page as a browser
// gets it. The figures must be the same. What was read is left below .build/month, where script/interop reads the tables again with
// openpyxl and compares them with the page.

import FoundationEssentials
import Support
import Tables
import Testing

struct MonthTables {
  private static let columns = ["应走访", "已走访", "未遇", "发现", "建议纳入", "纳入救助", "急难", "转办", "清零", "逾期"]
  private let month: MonthCounty
  private let place: String
  private let curl = "/usr/bin/curl"

  init(_ month: MonthCounty) throws {
    self.month = month
    place = Tree.root + "/.build/month"
    try Command.run("/bin/rm", ["-rf", place])
    try Command.run("/bin/mkdir", ["-p", place])
  }

  func judge() throws {
    let own = try figures()
    // 20 households stand on the lists; 9 were met, 13 only gone to; one was found, proposed and taken in; one slip; one warning is late.
    #expect(own["合计"] == [20, 9, 13, 1, 1, 1, 0, 1, 0, 1], "\(own)")
    #expect(own["130599100201"] == [10, 5, 6, 1, 1, 1, 0, 1, 0, 0] && own["130599100202"] == [10, 4, 7, 0, 0, 0, 0, 0, 0, 1], "\(own)")
    try Command.run(
      "zoufangd",
      [
        "papers", month.county.path, place + "/tables", "--month", "2026-11", "--settle-day", "27", "--codes", Tree.root + "/seeds/codes.csv",
        "--full-numbers", "--clock", Self.evening,
      ])
    let table = try rows("督促调度表")
    for (key, place) in [("130599100201", "东庄村"), ("130599100202", "西坡村"), ("130599100", "小计"), ("合计", "合计")] {
      let row = try #require(table.first { $0.values.contains(place) }, "\(place)")
      #expect(Self.columns.map { row[$0] ?? "" } == own[key]?.map(String.init), "\(place): \(row)")
    }
    // 吴德顺 was found by going there (R17).
    let channels = ["发现", "个人申请", "主动发现", "监测预警"].map { table.last { $0["乡镇"] == "合计" }?[$0] }
    #expect(channels == ["1", "0", "1", "0"], "\(channels)")
    try warnings()
    try money()
    let page = try page()
    #expect(page["130599100"] == own["130599100"] && page["合计"] == own["合计"], "\(page) \(own)")
    // Of the four warnings one is not over; it is late, and as urgent as the table says.
    let open = try get("/page/warnings")
    #expect(Self.numbers(open.split(separator: "data-key=\"orange\"").dropFirst().first).suffix(2) == [1, 1], "\(open)")
    #expect(Self.numbers(open.split(separator: "<tfoot").dropFirst().first).suffix(2) == [1, 1], "\(open)")
  }

  /// 预警处置台账: how each of the four ended.
  private func warnings() throws {
    let rows = try rows("预警处置台账")
    let ways = Dictionary(uniqueKeysWithValues: rows.map { ($0["户主"] ?? "", [$0["级别"], $0["状态"], $0["处置"], $0["理由"], $0["逾期"]].map { $0 ?? "" }) })
    #expect(
      ways == [
        "李文海": ["橙", "已结案", "转办", "", ""], "吕长河": ["橙", "已忽略", "", "已由大病保险全额报销", ""],
        "窦振国": ["黄", "已结案", "已有保障", "护理补贴每月五十元，已核存折", ""], "戚永福": ["橙", "新建", "", "", "逾期"],
      ], "\(ways)")
  }

  /// The slip was answered with money, the fund is even, and who was granted 低保 stands there with the sum.
  private func money() throws {
    #expect(try rows("转办台账").map { [$0["单号"], $0["结果"], $0["金额（元）"]] } == [["YB-1", "已救助", "860"]])
    let fund = try rows("临时救助备用金台账")
    #expect(fund.map { $0["结余（元）"] } == ["0", "10000", "8000", "0", "0"], "\(fund)")
    let granted = try rows("新增救助明细（低保）")
    #expect(granted.map { [$0["户主"], $0["保障金额（元）"]] } == [["吴德顺", "420"], ["1 户", "420"]], "\(granted)")
  }

  /// The rows of a monthly table, by the names of its columns.
  private func rows(_ name: String) throws -> [[String: String]] {
    let file = try Array(Data(contentsOf: URL(filePath: place + "/tables/\(name)_示范县_2026-11.xlsx")))
    let workbook = try Workbook(file)
    let reader = try SheetReader(workbook.sheet(), of: workbook)
    var texts: [[String]] = []
    while try reader.next() { texts.append(reader.texts()) }
    try #require(texts.count > 1, "\(name)")
    return texts.dropFirst(2).map { Dictionary(zip(texts[1], $0)) { first, _ in first } }
  }

  // MARK: zoufangd figures

  private func figures() throws -> [String: [Int]] {
    let said = try Command.run("zoufangd", ["figures", month.county.path, "--from", MonthCounty.first, "--to", MonthCounty.last])
    try Files.write(said, to: place + "/figures.tsv")
    var found: [String: [Int]] = [:]
    for line in said.split(separator: "\n") {
      let cells = line.split(separator: "\t").map(String.init)
      found[cells[0]] = cells.dropFirst().compactMap { Int($0) }
    }
    return found
  }

  // MARK: The page

  /// Logs in as an auditor does, changes the printed password, and gets the days' page.
  private func page() throws -> [String: [Int]] {
    let county = month.county
    let said = try Command.run(
      "zoufangd",
      ["page-user", "add", county.path, "--person", "P1", "--name", "李审", "--role", "auditor", "--scope", "130599", "--clock", Self.evening])
    let once = try #require(said.split(whereSeparator: \.isWhitespace).last.map(String.init), "\(said)")
    _ = try county.stop()
    try county.restart(clock: Self.evening)
    let login = try get("/page/login")
    _ = try post("/page/login", ["person": "P1", "password": once, "token": Self.token(login)])
    let change = try get("/page/password")
    _ = try post("/page/password", ["old": once, "new": Self.password, "again": Self.password, "token": Self.token(change)])
    // The first snapshot takes a moment, and the page lets nobody ask without end: once a second.
    for _ in 0..<60 {
      let shown = try get("/page?from=\(MonthCounty.first)&to=\(MonthCounty.last)")
      if shown.contains("data-key") {
        try Files.write(shown, to: place + "/page.html")
        #expect(shown.contains("发现渠道（户）") && shown.contains("主动发现"), "\(shown)")
        // As many as the desk says belong into the watch and nobody follows (R02): by their category, none by a risk.
        let coverage = try get("/page/coverage")
        #expect(coverage.contains("合计</th><td>3</td><td>3</td><td>0</td>"), "\(coverage)")
        return Self.table(shown)
      }
      try Command.run("/bin/sleep", ["1"])
    }
    throw SupportFault.notSeen("the page's figures", screen: try get("/page"))
  }

  /// By division and 合计, the cells of the page's table.
  private static func table(_ page: String) -> [String: [Int]] {
    var found: [String: [Int]] = [:]
    for row in page.split(separator: "<tr").dropFirst() {
      let cells = row.matches(of: /<td>(\d+)<\/td>/).compactMap { Int($0.output.1) }
      guard cells.count == columns.count else { continue }
      found[row.firstMatch(of: /data-key="(\d+)"/).map { String($0.output.1) } ?? "合计"] = cells
    }
    return found
  }

  /// The cells of a row's rest, down to its end.
  private static func numbers(_ rest: Substring?) -> [Int] {
    (rest?.split(separator: "</tr>").first ?? "").matches(of: /<td>(\d+)<\/td>/).compactMap { Int($0.output.1) }
  }

  private static let evening = "2026-11-27T18:00:00+08:00"
  private static let password = "made up and long enough"

  private static func token(_ page: String) throws -> String {
    String(try #require(page.firstMatch(of: /name="token" value="([^"]+)"/), "\(page)").output.1)
  }

  private func get(_ path: String) throws -> String { try ask([], path) }

  private func post(_ path: String, _ fields: [String: String]) throws -> String {
    try ask(fields.sorted { $0.key < $1.key }.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }, path)
  }

  /// Over TLS that the county's own authority alone vouches for.
  private func ask(_ arguments: [String], _ path: String) throws -> String {
    let (jar, out) = (month.stick + "/cookies", month.stick + "/page.html")
    try Command.run(curl, ["-s", "--cacert", month.county.path + "/keys/ca.pem", "-b", jar, "-c", jar, "-o", out] + arguments + [month.county.address + path])
    return try #require(TextFile.read(out), "\(path)")
  }
}
