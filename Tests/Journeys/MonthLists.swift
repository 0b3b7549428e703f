// What comes into the month from outside the laptops: the parameters of warnings, and the lists of two departments with the mistakes such
// lists have. Everybody is made up; who is named lives in seeds/practice/roster.csv, but for the stranger.

import Support
import Tables
import Testing

enum MonthLists {
  /// Medical costs from 20,000 yuan on are orange; three workdays to dispatch, two to receive, five for every further step.
  static func parameters() throws -> String {
    let counts = [
      ("warning_dispatch_workdays", "3"), ("warning_receive_workdays", "2"), ("warning_check_workdays", "5"),
      ("warning_answer_workdays", "5"),
      ("warning_close_workdays", "5"), ("warning_medical", "20000"), ("warning_levels", "\"medical_cost=orange deceased_paid=orange\""),
    ]
    return try Tree.text("seeds/practice/parameters.yaml")
      + counts.map { "\n\($0.0):\n  - value: \($0.1)\n    from: 2024-01-01\n    source: \"示范县练习用\"\n" }.joined()
  }

  /// 医保: six rows. Two people by their number, one who has none (疑似), one below the line, a stranger, and a number that a spreadsheet
  /// has spoilt.
  static let medical = """
    身份证号,姓名,出生日期,所在村,个人自付
    130599195901302817,李文海,1959-01-30,东庄村,32000
    130599195706024057,吕长河,1957-06-02,西坡村,45000.50
    ,葛兰芳,1963-08-31,西坡村,28000
    130599196803127853,张广田,1968-03-12,东庄村,3000
    130599197001010017,于得水,1970-01-01,,61000
    1.30599E+17,金海波,1983-01-17,西坡村,52000

    """

  /// 公安: 姜老根, who is in 特困供养, has died. A workbook, its numbers as text.
  static func deaths(to path: String) throws {
    let head = SheetHead(name: "死亡注销", columns: [TableColumn("身份证号"), TableColumn("姓名"), TableColumn("死亡日期")])
    let row: [TableValue] = [.text("130599195203082079"), .text("姜老根"), .date(year: 2026, month: 10, day: 19)]
    try TableDocument([Sheet(head, rows: [row])]).write(to: path, created: 0)
  }
}

/// A monthly table as it was exported: its title, the names of its columns, and its rows by those names.
struct MonthTable {
  let title: String
  let columns: [String]
  let rows: [[String: String]]
  /// Kinds of the cells, beside `rows`.
  let kinds: [[String: CellKind]]

  init(_ path: String) throws {
    let workbook = try Workbook(try Files.bytes(path))
    let reader = try SheetReader(try workbook.sheet(), of: workbook)
    var lines: [(texts: [String], kinds: [CellKind])] = []
    while try reader.next() { lines.append((reader.texts(), reader.row.cells.map(\.kind))) }
    try #require(lines.count >= 2, "\(path) has no header")
    title = lines[0].texts.first ?? ""
    columns = lines[1].texts
    let names = columns
    rows = lines[2...].map { line in Dictionary(zip(names, line.texts)) { first, _ in first } }
    kinds = lines[2...].map { line in Dictionary(zip(names, line.kinds)) { first, _ in first } }
  }

  /// The row in which this column says this.
  func row(_ column: String, _ text: String) throws -> [String: String] {
    try #require(rows.first { $0[column] == text }, "no row \(column) = \(text) in \(title): \(rows)")
  }
}

/// The bureau's page, over TLS, with the county's own authority: openssl is the browser.
struct PageReader {
  private let county: TestCounty
  private var cookie = ""

  /// Logs in with the printed password, and changes it as the page demands.
  init(_ county: TestCounty, person: String, password once: String) throws {
    self.county = county
    let password = "练习用的一个长口令"
    let form = try get("/page/login")
    cookie = form.cookie
    let entered = try post("/page/login", [("person", person), ("password", once), ("token", form.token)])
    cookie = entered.cookie
    let change = try get("/page/password")
    let changed = try post("/page/password", [("old", once), ("new", password), ("again", password), ("token", change.token)])
    try #require(changed.text.hasPrefix("HTTP/1.1 303"), "\(changed.text)")
    cookie = changed.cookie
  }

  struct Answer {
    var text: String

    /// The last cookie that is set and holds something.
    var cookie: String {
      let set = text.matches(of: /(?i)set-cookie: ([^;\n]+)/).map { String($0.output.1) }
      return set.first { $0.last != "=" } ?? ""
    }

    var token: String { text.firstMatch(of: /name="token" value="([^"]+)"/).map { String($0.output.1) } ?? "" }

    /// The rows of a table by their key, the foot under 合计.
    func table(_ id: String) throws -> [String: [String]] {
      let start = try #require(text.firstRange(of: "<table id=\"\(id)\">"), "\(text)")
      let own = text[start.upperBound...]
      let end = own.firstRange(of: "</table>")?.lowerBound ?? own.endIndex
      var rows: [String: [String]] = [:]
      for row in own[..<end].split(separator: "<tr").dropFirst(2) {
        let key = row.firstMatch(of: /data-key="([^"]+)"/).map { String($0.output.1) } ?? "合计"
        rows[key] = row.matches(of: /<td>([^<]*)<\/td>/).map { String($0.output.1) }
      }
      return rows
    }
  }

  /// A page of figures. The first snapshot of a server that has just started may be a moment away.
  func page(_ path: String) throws -> Answer {
    let end = ContinuousClock.now.advanced(by: Tty.patience)
    while true {
      let answer = try get(path)
      if answer.text.hasPrefix("HTTP/1.1 200") { return answer }
      try #require(answer.text.hasPrefix("HTTP/1.1 503") && ContinuousClock.now < end, "\(answer.text)")
    }
  }

  private func get(_ path: String) throws -> Answer { try ask("GET \(path) HTTP/1.1", body: "") }

  private func post(_ path: String, _ fields: [(String, String)]) throws -> Answer {
    func escaped(_ text: String) -> String {
      text.utf8.map { byte in
        let hex = String(byte, radix: 16, uppercase: true)
        return (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" + hex : hex)
      }.joined()
    }
    return try ask("POST \(path) HTTP/1.1", body: fields.map { $0.0 + "=" + escaped($0.1) }.joined(separator: "&"))
  }

  private func ask(_ line: String, body: String) throws -> Answer {
    let request = [
      line, "Host: localhost", "Cookie: \(cookie)", "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)",
      "Connection: close",
    ]
    let file = county.directory.path + "/request"
    try Files.write(request.joined(separator: "\r\n") + "\r\n\r\n" + body, to: file)
    let client =
      "exec openssl s_client -quiet -connect localhost:\(county.port) -servername localhost -verify_return_error"
      + " -CAfile '\(county.path)/keys/ca.pem' < '\(file)' 2> '\(file).errors'"
    return Answer(text: try Command.run("/bin/sh", ["-c", client]))
  }
}
