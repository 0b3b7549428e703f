// Commands that are given the wrong thing: a sentence in Chinese that says what is wrong and where, and an exit code of its kind.

import Support
import Testing

extension Journeys {
  @Suite struct Commands {
    private let place: TemporaryDirectory
    private let noise: String

    init() throws {
      place = try TemporaryDirectory()
      noise = place.path + "/noise"
      try Files.write("\u{0}\u{1}\u{7}<<<&&&: {\n\"\u{FFFD}", to: noise)
    }

    /// A county of its own, empty, without a server.
    private func county() throws -> String {
      let path = place.path + "/county"
      try Command.run(
        "zoufangd",
        ["init", path, "--name", "示范县", "--division", "130599", "--host", "localhost", "--recovery-file", place.path + "/key"])
      return path
    }

    /// The household-visit form with its first `text` replaced.
    private func spoilt(_ text: String, _ other: String) throws -> String {
      let parts = try Tree.text("forms/household-visit.xml").split(separator: text, maxSplits: 1, omittingEmptySubsequences: false)
      try #require(parts.count == 2)
      let path = place.path + "/spoilt.xml"
      try Files.write(parts[0] + other + parts[1], to: path)
      return path
    }

    @Test("The command screens every case of every rule as the clauses say, and says so where a case expects something else")
    func theCommandScreensEveryCase() throws {
      let cases = Tree.root + "/Tests/Policy/cases"
      let names = try Command.run("/bin/ls", ["-1", cases]).split(separator: "\n").map(String.init)
      #expect(names.count > 30)
      for name in names { try Command.run("zoufang", ["screen", "--case", cases + "/" + name]) }
      let wrong = try Tree.text("Tests/Policy/cases/T-BY-1.yaml").replacing("{T-BY-1: 疑似符合, T-LB-1: 不符合}", with: "{T-BY-1: 不符合}")
      try Files.write(wrong, to: place.path + "/wrong.yaml")
      try Command.run("zoufang", ["screen", "--case", place.path + "/wrong.yaml"], exit: .code(1))
    }

    @Test("A form that cannot be read: file, line, node and reason, the same words on the laptop and at the county")
    func unreadableForm() throws {
      let form = try spoilt("relevant=\"", "relevant=\"((")
      let checked = try Command.run("zoufang", ["form", "check", form], exit: .code(1))
      let published = try Command.run("zoufangd", ["publish-form", try county(), form], exit: .code(2))
      for said in [checked, published] {
        #expect(said.contains(/spoilt\.xml:\d+ bind \/household-visit\/\S+：relevant 的表达式 .* 读不懂/), "\(said)")
      }
      #expect(published.contains("没有发布"))
    }

    @Test("A form that opens with a mistake in it is published, and the mistake is named")
    func mistakenForm() throws {
      let form = try spoilt("nodeset=\"/household-visit/heading/", "nodeset=\"/household-visit/headin/")
      let said = try Command.run("zoufangd", ["publish-form", try county(), form])
      #expect(said.contains("已发布") && said.contains("1 处毛病") && said.contains("实例里没有节点 /household-visit/headin/"), "\(said)")
    }

    @Test("An expression that cannot be computed ends with 1, one that can with 0")
    func expression() throws {
      #expect(try Command.run("zoufang", ["form", "eval", "1 + 1"]).contains("2"))
      #expect(try Command.run("zoufang", ["form", "eval", "1 +"], exit: .code(1)).contains("ERR"))
    }

    @Test("A role that does not exist and a county's code that is none are named before anything else is asked")
    func words() throws {
      let order = ["enrol-code", try county(), "--person", "P1", "--name", "张三", "--role", "boss"]
      #expect(try Command.run("zoufangd", order, exit: .code(64)).contains("没有“boss”这个角色"))
      let other = ["init", place.path + "/other", "--name", "示范县", "--division", "13", "--host", "localhost"]
      #expect(try Command.run("zoufangd", other, exit: .code(1)).contains("县区划代码“13”不对"))
      let clock = ["compare", order[1], "--clock", "昨天"]
      #expect(try Command.run("zoufangd", clock, exit: .code(64)).contains("--clock 要写成 2026-11-24T09:30:00+08:00 这样"))
      let month = try Command.run("zoufangd", ["papers", place.path + "/d", place.path + "/out", "--month", "2026.1"], exit: .code(64))
      #expect(month.contains("“2026.1”不是月份，写成 2026-11") && month.contains("什么都没有写"))
    }

    /// What is missing or strange is named, and where to read more; nothing of it in English.
    @Test(
      "A command that is written wrongly is answered in Chinese, with what to run next",
      arguments: [
        (["zoufang", "--bogus"], "没有 --bogus 这个选项", "zoufang open --help"),
        (["zoufang", "sync", "--dta", "x"], "没有 --dta 这个选项，是不是 --data", "zoufang sync --help"),
        (["zoufang", "form", "check"], "没有写 <文件>", "zoufang form check --help"),
        (["zoufang", "--data"], "--data <目录> 没有写完", "zoufang open --help"),
        (["zoufangd", "nosuch"], "不认识“nosuch”：没有这个命令，或者多写了", "zoufangd --help"),
        (["zoufangd", "--bogus"], "没有 --bogus 这个选项", "zoufangd --help"),
        (["zoufangd", "enrol-code", "/x", "--person", "P1", "--role", "cadre"], "没有写 --name <姓名>", "zoufangd enrol-code --help"),
        (["zoufangd", "papers", "/x", "y", "--month", "2026-11", "--settle-day", "abc"], "--settle-day <日> 不能写“abc”", "zoufangd papers --help"),
        (["zoufangd", "figures"], "没有写 <目录>", "zoufangd figures --help"),
        (["zoufangd", "figures", "/x"], "写 --month 2026-11", "zoufangd figures --help"),
        (["zoufangd", "figures", "/x", "--month", "2026-11", "--to", "2026-11-30"], "写 --month 2026-11", "zoufangd figures --help"),
        (["zoufangd", "figures", "/x", "--month", "2026-13"], "“2026-13”不是月份", "zoufangd figures --help"),
        (["zoufangd", "figures", "/x", "--from", "2026-11-01"], "写 --month 2026-11", "zoufangd figures --help"),
      ])
    func writtenWrongly(_ words: [String], _ said: String, _ more: String) throws {
      let answer = try Command.run(words[0], Array(words.dropFirst()), exit: .code(64))
      #expect(answer.contains(said), "\(answer)")
      #expect(answer.contains("每一项怎么写：" + more), "\(answer)")
      for english in ["Unknown", "Missing", "Unexpected", "invalid", "Usage", "Help:", "See "] { #expect(!answer.contains(english), "\(answer)") }
    }

    @Test("A department's list that is due is named by profiles, counted by status, and taken off by the next one (R36)")
    func listsDue() throws {
      let county = try county()
      let profiles = place.path + "/profiles"
      let text = """
        department: own
        title: 本县
        lists:
          - list: jobs
            title: 就业名单
            row: 一行是一个人
            asserts: person
            every_months: 1
            columns:
              - {name: name, headers: [姓名], type: name, required: yes}
              - {name: id_number, headers: [身份证号], type: id_number}

        """
      try Command.run("/bin/mkdir", [profiles])
      try Files.write(text, to: profiles + "/own.yaml")
      #expect(try Command.run("zoufangd", ["status", county]).contains("部门数据  收过 0 种"))
      let waiting = try Command.run("zoufangd", ["profiles", county, "--profiles", profiles])
      #expect(waiting.contains("每 1 个月；还没有收过；应在") || waiting.contains("今天应更新"), "\(waiting)")

      let list = place.path + "/jobs.csv"
      func take(_ asOf: String, _ name: String) throws -> String {
        try Files.write("姓名,身份证号\n\(name),130599196001010012\n", to: list)
        return try Command.run(
          "zoufangd", ["import", "list", county, list, "--profile", "own/jobs", "--profiles", profiles, "--as-of", asOf])
      }
      _ = try take("2020-01-31", "赵大海")
      let late = try Command.run("zoufangd", ["profiles", county, "--profiles", profiles, "--due"])
      #expect(late.contains(/应在 2020-02-29 更新，已逾期 \d+ 天/) && late.contains("1 行收下 1 行"), "\(late)")
      #expect(try Command.run("zoufangd", ["status", county]).contains(/应更新 1 种，其中逾期 1 种、最久 \d+ 天/))
      // A list of today: nothing is due any more.
      _ = try take(String(try Command.run("/bin/date", ["+%Y-%m-%d"]).prefix(10)), "钱二妹")
      #expect(try Command.run("zoufangd", ["profiles", county, "--profiles", profiles, "--due"]).contains("没有应更新的部门名单"))
      #expect(try !Command.run("zoufangd", ["status", county]).contains("应更新"))
    }

    @Test("A list whose rows cannot be handed back is in and compared, and what was not done is said; no word of a file moves the cursor")
    func whatWasDone() throws {
      let county = try county()
      let list = place.path + "/deaths.csv"
      try Files.write("姓名,身份证号,死亡日期,\u{1B}[2J备注\u{7}\n赵大海,130599196001010012,2026-10-20,\n钱二妹,1,2026-10-21,\n", to: list)
      func take(_ more: String..., exit: Tty.Exit = .code(0)) throws -> String {
        let order = ["import", "list", county, list, "--profile", "police/deaths", "--profiles", Tree.root + "/seeds/profiles"]
        return try Command.run("zoufangd", order + more, exit: exit)
      }
      // A file stands where a folder would have to be.
      let said = try take("--as-of", "2026-11-01", "--rejected", list + "/退回.xlsx", exit: .code(1))
      #expect(said.contains("收下 1 行，放在一边 1 行") && said.contains("比对 1 行：命中 0"), "\(said)")
      #expect(said.contains("名单已经收下，也比对过了；只有没有收下的行还没有写成表") && said.contains("写不了"), "\(said)")
      #expect(said.contains("没有读：[2J备注。") && !said.contains("\u{1B}") && !said.contains("\u{7}"))
      let again = try take("--as-of", "2026-11-01", "--rejected", place.path + "/退回.xlsx")
      #expect(again.contains("这个文件按这个日期收过了，什么都没有变") && again.contains("没有收下的行在"), "\(again)")
      #expect(try take("--as-of", "2999-01-31", exit: .code(1)).contains("“2999-01-31”在今天"))
    }

    @Test("What a comparison did not look at is said with figures, by import list and by compare")
    func limitsOfAComparison() throws {
      let county = try county()
      let roster = place.path + "/roster.csv"
      let village = "130599100201"
      try Files.write("代码,名称,类型\n130599100,示范镇,镇\n\(village),东庄村,村\n", to: place.path + "/divisions.csv")
      try Command.run("zoufangd", ["import", "divisions", county, place.path + "/divisions.csv"])
      let people = (1...20).map { "H\($0),\(village),H\($0)-1,李秀英,130599195003070030,户主\n" }.joined()
      try Files.write("户编号,村代码,人员编号,姓名,证件号码,与户主关系\n" + people, to: roster)
      try Command.run("zoufangd", ["import", "roster", county, roster, "--codes", Tree.root + "/seeds/codes.csv"])
      try Files.write("姓名,身份证号,死亡日期\n李秀英,130599195003070030,2026-10-20\n", to: place.path + "/deaths.csv")
      let said = try Command.run(
        "zoufangd",
        [
          "import", "list", county, place.path + "/deaths.csv", "--profile", "police/deaths", "--profiles", Tree.root + "/seeds/profiles",
          "--as-of", "2026-11-01",
        ])
      #expect(said.contains("1 行可比的人太多，只比了一部分（同一证号 16 人") && said.contains("第 2 行，请按姓名和证号人工核对"), "\(said)")
      #expect(try Command.run("zoufangd", ["compare", county]).contains("1 行可比的人太多"))
    }

    @Test("Noise in place of a file is refused everywhere, in a sentence, with nothing of the program's inside in it")
    func noiseEverywhere() throws {
      let county = try county()
      let form = Tree.root + "/forms/household-visit.xml"
      let laptop: [([String], Int32)] = [
        (["form", "check", noise], 1), (["form", "replay", noise, noise], 1), (["form", "replay", form, noise], 1),
        (["form", "eval", "--form", noise, "1"], 1), (["screen", "--case", noise], 2), (["parameters", "--file", noise], 2),
        (["journal", "verify", noise], 2), (["journal", "verify", place.path + "/nothing"], 2),
        (["sync", "--data", noise], 1), (["open", "--data", noise, "--passphrase-file", noise], 1),
      ]
      let server: [([String], Int32)] = [
        (["import", "divisions", county, noise], 2), (["import", "roster", county, noise], 2), (["import", "sweep", county, noise], 2),
        (["import", "roster", county, Tree.root + "/seeds/practice/roster.csv", "--codes", noise], 2),
        (["import", "parameters", county, noise], 2), (["publish-form", county, noise], 2), (["status", noise], 1), (["serve", noise], 1),
      ]
      for (program, orders) in [("zoufang", laptop), ("zoufangd", server)] {
        for (order, code) in orders {
          let said = try Command.run(program, order, exit: .code(code))
          #expect(said.contains { $0 >= "\u{4E00}" }, "\(order): \(said)")
          #expect(!said.contains("Error:") && !said.contains(/[a-z][A-Za-z]+\((\"|[a-z]+:)/), "\(order): \(said)")
        }
      }
    }
  }
}
