// Slips at the county's keyboard, as the program answers them: what would be lost or misread is refused before anything is done, and what
// was done and may be wrong is said last.

import Support
import Testing

extension Journeys {
  @Suite struct Slips {
    private let place: TemporaryDirectory
    private let county: String
    private static let village = "130599100201"

    init() throws {
      place = try TemporaryDirectory()
      county = place.path + "/county"
      try Command.run(
        "zoufangd",
        ["init", county, "--name", "示范县", "--division", "130599", "--host", "localhost", "--recovery-file", place.path + "/key"])
      try Files.write("代码,名称,类型\n130599100,示范镇,镇\n\(Self.village),东庄村,村\n", to: place.path + "/divisions.csv")
      try run("import", "divisions", county, place.path + "/divisions.csv")
    }

    @discardableResult
    private func run(_ words: String..., exit: Int32 = 0) throws -> String { try Command.run("zoufangd", words, exit: .code(exit)) }

    private func take(_ list: String, _ more: String..., exit: Int32 = 0) throws -> String {
      let order = ["import", "list", county, list, "--profile", "police/deaths", "--profiles", Tree.root + "/seeds/profiles"]
      return try Command.run("zoufangd", order + more, exit: .code(exit))
    }

    private func isThere(_ path: String) throws -> Bool {
      try Command.run("/bin/sh", ["-c", "test -e \"$1\" && echo yes || echo no", "sh", path]).contains("yes")
    }

    @Test("--rejected writes over nothing, not the list itself, and is a workbook; nothing is taken in where it cannot be")
    func rejected() throws {
      let list = place.path + "/deaths.csv"
      let text = "姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n钱二妹,1,2026-10-21\n"
      try Files.write(text, to: list)
      try Files.write("旧的", to: place.path + "/old.xlsx")
      #expect(try take(list, "--as-of", "2026-11-01", "--rejected", place.path + "/old.xlsx", exit: 1).contains("已经有了"))
      #expect(try take(list, "--as-of", "2026-11-01", "--rejected", place.path + "/back.csv", exit: 64).contains("要以 .xlsx 结尾"))
      try Command.run("/bin/cp", [list, place.path + "/deaths.xlsx"])
      let own = place.path + "/./deaths.xlsx"
      #expect(try take(place.path + "/deaths.xlsx", "--as-of", "2026-11-01", "--rejected", own, exit: 1).contains("就是要导入的名单"))
      #expect(try Command.run("/bin/cat", [list]).contains("钱二妹") && Command.run("/bin/cat", [place.path + "/old.xlsx"]).contains("旧的"))
      #expect(try run("compare", county).contains("还没有收过部门名单"))
      #expect(try take(list, "--as-of", "2026-11-01", "--rejected", place.path + "/new.xlsx").contains("没有收下的行在"))
      #expect(try isThere(place.path + "/new.xlsx"))
    }

    @Test("A list of which no row can be read is refused, and the rows with their reasons are handed back all the same")
    func everyRow() throws {
      let list = place.path + "/deaths.csv"
      try Files.write("姓名,身份证号,死亡日期\n赵大海,12,2026-10-20\n钱二妹,1,2026-10-21\n", to: list)
      #expect(try take(list, "--as-of", "2026-11-01", exit: 2).contains("用 --rejected 写成表看"))
      let said = try take(list, "--as-of", "2026-11-01", "--rejected", place.path + "/back.xlsx", exit: 2)
      #expect(said.contains("2 行都读不了") && said.contains("没有收下的行在"), "\(said)")
      #expect(try isThere(place.path + "/back.xlsx"))
    }

    @Test("A list of which most rows were set aside, and one of long ago, are doubted in the last line, with the way back")
    func doubted() throws {
      let list = place.path + "/deaths.csv"
      try Files.write("姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n钱二妹,1,2026-10-21\n孙三,2,2026-10-21\n", to: list)
      let said = try take(list, "--as-of", "2024-11-01")
      let last = try #require(said.split(separator: "\n").last)
      #expect(last.contains("3 行里有 2 行没有收下") && last.contains("2024-11-01") && last.contains("zoufangd withdraw list \(county) "), "\(said)")
    }

    @Test("Without profiles the command says where they come from; of parameters and roles it says what may be written, in Chinese")
    func sentences() throws {
      let list = place.path + "/deaths.csv"
      try Files.write("姓名\n", to: list)
      let none = try run("import", "list", county, list, "--profile", "x/y", "--as-of", "2026-11-01", exit: 1)
      #expect(none.contains("seeds/profiles") && none.contains("--profiles"), "\(none)")
      try Files.write("lb_asset_limit_rural: 两万\n", to: place.path + "/p.yaml")
      let unknown = try run("import", "parameters", county, place.path + "/p.yaml", exit: 2)
      #expect(unknown.contains("最像的有：") && unknown.split(separator: "、").count < 8, "\(unknown)")
      try Files.write("lb_standard_rural: 两万\n", to: place.path + "/p.yaml")
      #expect(try run("import", "parameters", county, place.path + "/p.yaml", exit: 2).contains("要写每人的标准（元），如"))
      #expect(try run("enrol-code", county, "--person", "P1", "--name", "李审", "--role", "审计", exit: 64).contains("zoufangd page-user add"))
      #expect(try run("enrol-code", county, "--person", "P1", "--name", "甲", "--role", "visitor", exit: 64).contains("--household"))
      let account = try run("page-user", "add", county, "--person", "P1", "--name", "李审", "--role", "审计", "--scope", "130599")
      #expect(account.contains("一次性密码") && account.contains("/page") && account.contains("有效到"), "\(account)")
      #expect(try run("page-user", "log", county).contains("还没有人看过网页"))
      #expect(try run("campaigns", county).contains("没有已经开始的专项排查"))
      #expect(try run("divisions", county).contains("\(Self.village)  东庄村"))
    }

    @Test("Figures have a head and names; a month that runs says so, a settle day and an order of days are named as what is wrong")
    func figures() throws {
      let clock = ["--clock", "2026-11-24T10:00:00+08:00"]
      let said = try Command.run("zoufangd", ["figures", county, "--month", "2026-12"] + clock)
      #expect(said.contains("未结束：截至今天（2026-11-24）") && said.contains("代码\t名称\t应走访"), "\(said)")
      #expect(try !Command.run("zoufangd", ["figures", county, "--month", "2026-11"] + clock).contains("未结束"))
      let reversed = try Command.run("zoufangd", ["figures", county, "--from", "2026-12-01", "--to", "2026-11-01"] + clock, exit: .code(1))
      #expect(reversed.contains("起始日期 2026-12-01 在截止日期 2026-11-01 之后"), "\(reversed)")
      #expect(try run("figures", county, "--month", "2026-11", "--settle-day", "31", exit: 64).contains("结算日要在 1 到 27 之间"))
      #expect(try run("papers", county, place.path + "/out", "--month", "2026-11", "--settle-day", "31", exit: 64).contains("结算日"))
      let place = try Command.run("zoufangd", ["figures", county, "--month", "2026-11", "--division", "130599999"] + clock, exit: .code(1))
      #expect(place.contains("区划表里没有“130599999”") && place.contains("130599100 示范镇") && place.contains("zoufangd divisions"), "\(place)")
    }

    @Test("A paper is asked for by its title too; leaflets count what is 未设定 and write over nothing")
    func papers() throws {
      let out = place.path + "/out"
      try run("papers", county, out, "--month", "2026-11", "--only", "预警处置台账", "--clock", "2026-11-24T10:00:00+08:00")
      #expect(try isThere(out + "/预警处置台账_示范县_2026-11.xlsx"))
      let unknown = try run("papers", county, out, "--month", "2026-11", "--only", "没有", exit: 1)
      #expect(unknown.contains("warnings 预警处置台账"), "\(unknown)")
      let notices = place.path + "/notices"
      try Command.run("/bin/mkdir", [notices])
      try Files.write("旧的", to: notices + "/最低生活保障明白纸.txt")
      #expect(try run("policy-notice", county, notices, exit: 1).contains("已有同名文件：最低生活保障明白纸.txt"))
      #expect(try Command.run("/bin/cat", [notices + "/最低生活保障明白纸.txt"]).contains("旧的"))
    }
  }
}
