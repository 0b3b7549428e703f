// MonthCounty: the county of the month's journey: its laptops, the two departments' lists, and what is done on these screens there.

import Laptop
import Relief
import Support
import Testing

final class MonthCounty {
  static let campaign = "十一月专项排查"
  static let township = "130599100"
  /// The statistical month of November with the 27th as its settle day.
  static let (first, last) = ("2026-10-28", "2026-11-27")

  let county: TestCounty
  /// Two village cadres and one of the township; `west` has no network.
  let east, west, third, clerk, bureau, supervisor: Desk
  private let sticks: TemporaryDirectory
  var stick: String { sticks.path }

  init() throws {
    sticks = try TemporaryDirectory()
    county = try TestCounty()
    try county.takeParameters(also: Self.parameters)
    east = try county.cadre()
    west = try county.laptop(of: "p-west", "张小兰", role: "cadre", scope: "130599100202")
    third = try county.laptop(of: "p-third", "赵干事", role: "cadre", scope: Self.township)
    clerk = try county.clerk()
    bureau = try county.bureau()
    supervisor = try county.supervisor()
  }

  // MARK: Lists

  private static let parameters = """
    warning_dispatch_workdays:
      - {value: 3, from: 2024-01-01, source: "示范县练习用"}
    warning_check_workdays:
      - {value: 5, from: 2024-01-01, source: "示范县练习用"}
    warning_medical:
      - {value: 20000, from: 2024-01-01, source: "示范县练习用"}
    inclusion_due_days:
      - {value: 20, from: 2024-01-01, source: "示范县练习用"}
    import_period_months:
      - {value: 1, from: 2024-01-01, source: "示范县练习用"}
    warning_levels:
      - {value: "medical_cost=orange disability_new=yellow", from: 2024-01-01, source: "示范县练习用"}

    """

  /// 医保 in the encoding of an old Excel, 残联 as another office saves it. 张广田 stays below the line; one number was eaten by Excel.
  private static let medical = """
    姓名,身份证号,村代码,个人自付
    李文海,130599195901302817,130599100201,32000
    吕长河,130599195706024057,130599100202,45000.50
    张广田,130599196803127853,130599100201,3000
    金海波,1.30599E+17,130599100202,26000

    """
  private static let disabled = """
    姓名,身份证号,残疾类别,残疾等级
    戚刚,130599199706131299,智力,一级
    章素琴,130599195506264822,多重,一级

    """

  /// What 医保 gave, to whom (R37): in October, before this month.
  private static let given = """
    姓名,身份证号,救助项目,金额,发放日期
    李文海,130599195901302817,医疗救助,1200.50,2026-10-20

    """

  func takeLists() throws {
    let place = try TemporaryDirectory()
    try Files.write(Self.medical, to: place.path + "/utf8.csv")
    let (first, second) = (place.path + "/医保自付.csv", place.path + "/残联持证.csv")
    try Command.run("/usr/bin/iconv", ["-f", "UTF-8", "-t", "GB18030", "-o", first, place.path + "/utf8.csv"])
    try Files.write("\u{FEFF}" + Self.disabled, to: second)
    let said = try list(first, "medical_insurance/expense", asOf: "2026-09-30", rejected: place.path + "/退回.xlsx")
    #expect(said.contains("4 行，收下 3 行，放在一边 1 行") && Files.exists(place.path + "/退回.xlsx"), "\(said)")
    #expect(try list(second, "disabled/certificates").contains("新预警 2 户"))
    try Files.write(Self.given, to: place.path + "/医保救助.csv")
    #expect(try list(place.path + "/医保救助.csv", "medical_insurance/assistance").contains("记下部门帮扶 1 件"))
  }

  private func list(_ file: String, _ profile: String, asOf: String = "2026-11-01", rejected: String? = nil) throws -> String {
    try Command.run(
      "zoufangd",
      ["import", "list", county.path, file, "--profile", profile, "--profiles", Tree.root + "/seeds/profiles", "--as-of", asOf]
        + (rejected.map { ["--rejected", $0] } ?? []) + ["--clock", "2026-11-02T09:00:00+08:00"])
  }

  /// The same lists say nothing new, neither of what is open nor of what is over.
  func compareAgain() throws {
    let said = try Command.run("zoufangd", ["compare", county.path, "--clock", "2026-11-08T09:00:00+08:00"])
    #expect(said.matches(of: /新预警 0 户，并入旧预警 0 户/).count == 3, "\(said)")
  }
}

extension Tty {
  /// A line of the desk, opened; what it counts.
  func desk(_ line: String, _ count: Int? = nil) throws {
    try wait(title: "工作台")
    try select(line)
    // The first number behind the words: the row's own stands before them, and how many are late comes last.
    let behind = cursorLine.firstRange(of: line).map { cursorLine[$0.upperBound...].split(separator: " ") }
    if let count { #expect(behind?.first == "\(count)", "\(cursorLine)") }
    press(.enter)
    try wait("the list \(line)") { !$0.title.contains("工作台") }
  }

  /// The line of a ledger with this text, from its first.
  func line(of text: String) throws {
    try wait(for: text)
    press(.home)
    for _ in 0..<40 where !cursorLine.contains(text) {
      let before = cursorLine
      press(.down)
      try wait("another line than \(before)") { $0.cursorLine != before }
    }
    try #require(cursorLine.contains(text), "\(self.text)")
  }

  /// Opens the warning of the line and takes a step of it.
  func warning(_ step: String) throws {
    press(.enter)
    try wait(for: "比对产生")
    try select(step)
    press(.enter)
    try wait("the step \(step)") { !$0.cursorLine.contains(" \(step)") }
  }

  /// What came of a warning that somebody asked about by telephone.
  func telephoned(_ result: String, _ words: String) throws {
    try select(result)
    press(.enter)
    try say(words, to: "没有走访，怎样核实的：")
  }

  /// Types what a screen asks for in one line.
  func say(_ words: String, to prompt: String) throws {
    try wait(for: prompt)
    type(words)
    press(.enter)
    try wait("the prompt answered") { !$0.text.contains(prompt) }
  }

  /// 备用金收支, from the list of the day.
  func fund(_ kind: String, _ yuan: String, on day: String) throws {
    try form(
      "备用金收支", [.choice("收还是退", kind), .text("金额（元）", yuan), .date("日期", day), .code("乡镇代码", MonthCounty.township)])
  }

  /// A form about no household of the register, from the list of the day.
  func form(_ title: String, _ answers: [Answer]) throws {
    press(.function(11))
    try wait(title: "办事")
    try wait(for: title)
    type(try rowNumber(of: title))
    try wait("the form \(title)") { !$0.title.contains("办事") && $0.title.contains(title) }
    try write(answers)
  }

  /// Plans a campaign of all kinds in every village, from today, at its page.
  func planCampaign(_ name: String, to last: String) throws {
    try desk("专项排查")
    press(.function(6))
    try wait(for: "名称")
    press(.enter)
    type(name)
    try wait("the name") { $0.cursorLine.contains(name) }
    press(.enter)
    try wait("the next line") { !$0.cursorLine.contains(name) }
    press(.down)
    try wait(at: "截止")
    press(.enter)
    type(last.replacing("-", with: ""))
    try wait("the last day typed") { $0.cursorLine.contains(last.replacing("-", with: "")) }
    press(.enter)
    try wait("the next line") { !$0.cursorLine.contains("截止") && $0.text.contains(last) }
    press(.function(10))
    try wait("the campaign on the list") { $0.title.contains("专项排查") && $0.text.contains(name) }
  }

  /// What waits, with its due day: a line of 待办台账 about this household.
  func waits(_ matter: String, of head: String, until day: String) throws {
    press(.function(8))
    try wait(title: "待办台账")
    let line = text.split(separator: "\n").first { $0.contains(matter) && $0.contains(head) }
    #expect(line?.contains(day) == true, "\(text)")
    try home()
  }

  // MARK: Visits

  func nobodyMet(_ head: String) throws {
    try beginVisit(head)
    try finishNobodyAtHome()
    press(.enter)
    try waitForList()
  }

  func met(_ head: String, result: String = "未发现困难", suspected: String? = nil) throws {
    try beginVisit(head)
    try finishAtHome(words: "日子还过得去", result: result, suspected: suspected)
    press(.enter)
    try waitForList()
  }
}
