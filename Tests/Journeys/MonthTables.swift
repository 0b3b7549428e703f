// What comes out of the month: the tables of the county, read back cell by cell, and the same figures on the bureau's page, on the
// screen and in `zoufangd figures`. And how a month is lived: sittings at a laptop, with a network or without, and what the office does on its screens.

import Glibc
import Laptop
import Relief
import Support
import Tables
import Testing

extension Journeys.Month {
  /// A folder of exported tables.
  struct Exported {
    let folder: String

    func table(_ title: String) throws -> MonthTable { try MonthTable("\(folder)/\(title)_2026-11.xlsx") }
  }

  /// The statistical month ends on the 27th. Where MONTH_TABLES names a folder, the tables are kept there, for another reader.
  func exportTables(_ people: People) throws -> Exported {
    let folder = unsafe getenv("MONTH_TABLES").map { unsafe String(cString: $0) } ?? people.county.directory.path + "/十一月"
    let said = try Command.run(
      "zoufangd",
      ["papers", people.county.path, folder, "--month", "2026-11", "--settle-day", "27", "--codes", Tree.root + "/seeds/codes.csv"])
    #expect(said.contains("预警处置台账_2026-11.xlsx：4 行"), "\(said)")
    return Exported(folder: folder)
  }

  // MARK: The tables

  /// Each of the four on its line, with its days and its end; the forgotten one is red and late.
  func readWarnings(_ tables: Exported) throws {
    let table = try tables.table("预警处置台账")
    #expect(table.title.hasSuffix("预警处置台账（2026-10-28 至 2026-11-27）"), "\(table.title)")
    #expect(table.rows.count == 4)
    func line(_ head: String) throws -> [String] {
      let row = try table.row("户主", head)
      return ["级别", "比对", "预警日期", "派发日期", "反馈日期", "处置", "状态", "了结日期", "理由", "逾期"].map { row[$0] ?? "" }
    }
    #expect(try line("李文海") == ["橙", "命中", "2026-11-02", "2026-11-03", "2026-11-03", "转办", "已结案", "2026-11-06", "", ""])
    #expect(try line("吕长河") == ["橙", "命中", "2026-11-02", "2026-11-03", "2026-11-04", "已有保障", "已结案", "2026-11-06", "", ""])
    #expect(try line("潘长生") == ["橙", "疑似", "2026-11-02", "", "", "", "已忽略", "2026-11-03", "同名同村不同人，已核对户口簿", ""])
    #expect(try line("姜老根") == ["红", "命中", "2026-11-02", "", "", "", "新建", "", "", "逾期"])
  }

  /// Slips with their answers; the fund, whose lines add up to nothing left; who came into 低保; what the fund gave.
  func readMoney(_ tables: Exported) throws {
    let slips = try tables.table("转办台账")
    #expect(slips.rows.count == 2)
    let (helped, refused) = (try slips.row("单号", "YB-7"), try slips.row("单号", "ZJ-3"))
    #expect(helped["户主"] == "李文海" && helped["结果"] == "已救助" && helped["金额（元）"] == "3200" && helped["反馈日期"] == "2026-11-18", "\(helped)")
    #expect(refused["户主"] == "吕长河" && refused["结果"] == "不符合" && refused["理由"] == "房屋鉴定为乙级", "\(refused)")
    let fund = try tables.table("临时救助备用金台账")
    #expect(fund.rows.map { $0["摘要"] } == ["上期结余", "拨入", "支出", "支出", "收回", "本期结余"])
    #expect(fund.rows.map { $0["结余（元）"] } == ["0", "10000", "8500", "7639.5", "0", "0"])
    #expect(fund.kinds.allSatisfy { $0["结余（元）"] == .number }, "amounts can be summed")
    let granted = try tables.table("新增救助明细（低保）")
    #expect(granted.rows.first?["对象姓名"] == "吴德顺", "\(granted.rows)")
    #expect(try tables.table("临时救助新增汇总表").rows.count >= 2)
  }

  // MARK: The figures

  /// One month, four places: the table 督促调度表, the page of the bureau, `zoufangd figures`, and the county's screen.
  func sameFiguresEverywhere(_ people: People, _ tables: Exported) throws {
    let names = ["应走访", "已走访", "未遇", "发现", "建议纳入", "纳入救助", "急难", "转办", "清零", "逾期"]
    let table = try tables.table("督促调度表")
    func cells(_ village: String) throws -> [String] {
      let row = try table.row("村（社区）", village)
      return names.map { row[$0] ?? "" }
    }
    let all = try table.row("乡镇", "合计")
    #expect(try cells("东庄村") == ["9", "9", "3", "1", "1", "1", "0", "1", "0", "0"])
    #expect(try cells("西坡村") == ["8", "7", "4", "0", "0", "0", "0", "1", "0", "1"], "姜老根's warning is late")
    #expect(names.map { all[$0] } == ["17", "16", "7", "1", "1", "1", "0", "2", "0", "1"])
    #expect(["预警", "预警已了", "新进监测", "帮扶"].map { all[$0] } == ["4", "3", "1", "2"])

    let printed = try Command.run("zoufangd", ["figures", people.county.path, "--from", "2026-10-28", "--to", "2026-11-27"])
    let lines = printed.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    let figures = Dictionary(lines.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
    #expect(try figures["130599100201"] == cells("东庄村"), "\(printed)")
    #expect(try figures["130599100202"] == cells("西坡村"), "\(printed)")
    #expect(figures["合计"] == names.map { all[$0] ?? "" }, "\(printed)")
    try readThePage(people, figures)
    try readTheScreen(people, all)
  }

  private func readThePage(_ people: People, _ figures: [String: [String]]) throws {
    let county = people.county
    let once = try Command.run(
      "zoufangd",
      [
        "page-user", "add", county.path, "--person", "P009", "--name", "李审", "--role", "auditor", "--scope", "130599", "--clock",
        TestCounty.morning("2026-11-27"),
      ])
    try county.turn(to: "2026-11-27")
    let reader = try PageReader(county, person: "P009", password: once.filter { !$0.isWhitespace })
    let days = "from=2026-10-28&to=2026-11-27"
    let progress = try reader.page("/page?\(days)").table("progress")
    #expect(progress == figures.filter { $0.key == "合计" || $0.key.count == 9 }, "\(progress)")
    let villages = try reader.page("/page?division=130599100&\(days)").table("progress")
    #expect(villages == figures.filter { $0.key == "合计" || $0.key.count == 12 }, "\(villages)")
    // The last two columns: how many are not over, how many of them late.
    let open = try reader.page("/page/warnings").table("warnings").mapValues { $0.suffix(2) }
    #expect(open["red"] == ["1", "1"] && open["合计"] == ["1", "1"], "\(open)")
  }

  private func readTheScreen(_ people: People, _ all: [String: String]) throws {
    func figure(_ name: String) -> String { all[name] ?? "" }
    try sitting(people.bureau, on: "2026-11-27") { tty in
      try tty.openDesk("督促调度")
      #expect(tty.title.contains("2026-11-01至2026-11-27"), "\(tty.title)")
      for (screen, table) in [
        ("应走访", "应走访"), ("已走访", "已走访"), ("发现", "发现"), ("建议纳入", "建议纳入"), ("急难", "急难"), ("监测", "新进监测"), ("预警", "预警"), ("纳入", "纳入救助"),
        ("帮扶", "帮扶"), ("转办", "转办"), ("清零", "清零"), ("逾期", "逾期"),
      ] {
        #expect(tty.text.contains(" \(screen) \(figure(table))"), "\(screen) \(figure(table))\n\(tty.text)")
      }
      #expect(tty.text.contains("（了结 \(figure("预警已了"))）"), "\(tty.text)")
      try tty.home()
    }
  }

  // MARK: Sittings

  /// Opens a laptop on a day, takes what came, works, sends it, and closes it.
  func sitting(_ desk: Desk, on day: String, _ work: (Tty) throws -> Void) throws {
    desk.clock = day + "T09:30:00+08:00"
    let tty = try desk.unlocked()
    try tty.syncAll()
    try work(tty)
    try tty.syncAll()
    #expect(try tty.quit() == .code(0))
  }

  /// The same where there is no network: what was written goes onto the stick.
  func offline(_ desk: Desk, on day: String, _ stick: TemporaryDirectory, _ work: (Tty) throws -> Void) throws {
    desk.clock = day + "T09:30:00+08:00"
    let tty = try desk.unlocked()
    try work(tty)
    #expect(try tty.quit() == .code(0))
    #expect(try desk.exchange(over: stick.path).contains("U 盘交换完了"))
  }
}

/// What a line of 工作台 says.
struct DeskCount: Equatable {
  var count: Int
  var late: Int
}

/// How a household was met.
enum Call {
  case nobody, met, suspected
  /// The visit checks a warning: what came of it.
  case checked(String)
}

extension Tty {
  // MARK: The desk

  func desk(_ name: String) throws -> DeskCount {
    try wait(title: "工作台")
    let shown = line(try #require(row(of: name), "\(text)"))
    let numbers = shown[try #require(shown.firstRange(of: name)).upperBound...].split(separator: " ").compactMap { Int($0) }
    return DeskCount(count: try #require(numbers.first, "\(shown)"), late: numbers.dropFirst().first ?? 0)
  }

  func openDesk(_ name: String) throws {
    try wait(title: "工作台")
    try select(name)
    press(.enter)
    try wait(title: name)
  }

  /// Goes down a ledger to the line of this household or slip; gives the line.
  func lineOf(_ text: String) throws -> String {
    for _ in 0..<rows where !cursorLine.contains(text) {
      let before = cursorLine
      press(.down)
      try wait("the line after \(before), to \(text)") { $0.cursorLine != before }
    }
    return cursorLine
  }

  /// Opens a household's warning from a ledger, and comes back to it: by itself when a step was taken.
  func warning(_ head: String, in ledger: String?, _ work: (Tty) throws -> Void) throws {
    _ = try lineOf(head)
    press(.enter)
    try wait("the warning of \(head)") { $0.title.contains("预警 ") && $0.text.contains("比对产生") }
    try work(self)
    if let ledger { try wait("back at \(ledger)") { $0.title.contains(ledger) } } else { press(.escape) }
  }

  /// Takes the step of this name on the page of a warning.
  func take(_ step: String) throws {
    try select(step)
    press(.enter)
  }

  // MARK: Visits and forms

  func visit(_ head: String, _ call: Call) throws {
    try household(head)
    try choose(text.contains("再走访一次") ? "再走访一次" : "开始走访")
    try wait(at: "走访方式")
    switch call {
    case .nobody: try finishNobodyAtHome()
    case .met: try finishAtHome(words: "家里都还好")
    case .suspected: try finishAtHome(words: "干不动重活了", result: "疑似符合", suspected: "低保对象")
    case .checked(let result): try finishAtHome(words: "医药费自己掏了不少", warning: result)
    }
    press(.enter)
    try home()
  }

  /// 备用金收支: money that comes from the county, or goes back to it.
  func fund(_ kind: String, yuan: String) throws {
    try home()
    press(.function(11))
    try wait(title: "办事")
    try wait(for: "备用金收支")
    type(try rowNumber(of: "备用金收支"))
    try wait("the form") { $0.title.contains("备用金收支") }
    try write([.choice("收还是退", kind), .text("金额（元）", yuan)])
  }

  /// From the ledger of slips: what the department says.
  func answerSlip(_ number: String, _ answers: [Answer]) throws {
    try openDesk("转办催办")
    _ = try lineOf(number)
    press(.enter)
    try write(answers)
  }
}

extension TestCounty {
  /// Takes a department's list in on a day, and compares it; gives what was said.
  func take(list file: String, as profile: String, on day: String, _ more: [String] = []) throws -> String {
    let profiles = ["--profiles", Tree.root + "/seeds/profiles"]
    return try Command.run(
      "zoufangd",
      ["import", "list", path, file, "--profile", profile, "--as-of", day, "--clock", Self.morning(day)] + profiles + more)
  }
}
