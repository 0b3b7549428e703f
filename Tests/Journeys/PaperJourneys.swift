// Paper: what the county writes for a pen, for a signature and to hand out, and what a laptop sends to its printer.

import Support
import Testing

extension Journeys {
  @Suite struct Papers {
    private static let font = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
    private let place: TemporaryDirectory

    init() throws { place = try TemporaryDirectory() }

    private func names(_ folder: String) throws -> [String] {
      try Command.run("/bin/ls", ["-1", folder]).split(separator: "\n").map(String.init)
    }

    @Test("The laptop writes a blank form as text: every question, boxes to tick, lines to sign on")
    func blankAtTheLaptop() throws {
      let text = try Command.run("zoufang", ["form", "paper", Tree.root + "/forms/household-visit.xml"])
      for wanted in ["入户走访", "走访方式", "□入户", "身份证号", "受访人签字（按印）：____", "走访人签字：____"] {
        #expect(text.contains(wanted), "\(wanted)")
      }
      #expect(!text.contains("■"))
    }

    @Test("A visit typed in the village is a paper to sign at the county, its owner's alone and written down; blank forms and leaflets beside it")
    func signing() throws {
      try #require(Files.exists(Self.font), "fonts-wqy-zenhei is not installed")
      let county = try TestCounty()
      let nothing = try Command.run(
        "zoufangd", ["paper-form", "filled", county.path, place.path + "/none", "--household", "SF0003"], exit: .code(1))
      #expect(nothing.contains("“SF0003”没有填好的表") && !Files.exists(place.path + "/none"))
      let tty = try county.cadre().unlocked()
      try tty.openHousehold("刘凤芹")
      try tty.finishAtHome(words: "灶房昨晚烧了", result: "急难需立即救助")
      tty.press(.enter)
      try tty.sync(pushed: 1)
      #expect(try tty.quit() == .code(0))

      let out = place.path + "/签字"
      let said = try Command.run("zoufangd", ["paper-form", "filled", county.path, out, "--household", "SF0003"])
      let files = try names(out)
      #expect(files.count == 2 && files.allSatisfy { $0.hasPrefix("入户走访_") && said.contains($0) }, "\(files) \(said)")
      #expect(try Command.run("/usr/bin/find", [out, "-perm", "/077"]).isEmpty, "somebody else may read it")
      let pdf = try #require(files.first { $0.hasSuffix(".pdf") })
      let text = try Command.run("/usr/bin/pdftotext", [out + "/" + pdf, "-"]).filter { !$0.isWhitespace }
      for wanted in ["示范镇东庄村", "户主：刘凤芹", "灶房昨晚烧了", "■急难需立即救助", "受访人签字（按印）"] {
        #expect(text.contains(wanted), "\(wanted)")
      }

      _ = try Command.run("zoufangd", ["paper-form", "blank", county.path, place.path + "/空白"])
      #expect(try names(place.path + "/空白") == ["入户走访_空白.pdf", "入户走访_空白.xlsx"])
      _ = try Command.run("zoufangd", ["policy-notice", county.path, place.path + "/明白纸"])
      let leaflets = try names(place.path + "/明白纸")
      #expect(leaflets.count == 18 && leaflets.contains("最低生活保障明白纸.pdf"), "\(leaflets)")
      // Without a font that can be embedded the workbook stands, and the sentence says what to do.
      let poor = try Command.run(
        "zoufangd", ["paper-form", "blank", county.path, place.path + "/无字体", "--font", Tree.root + "/README.md"], exit: .code(1))
      #expect(poor.contains("fonts-wqy-zenhei"))
      #expect(try names(place.path + "/无字体") == ["入户走访_空白.xlsx"])
    }

    @Test("What is typed into the provincial system is marked by its workbook, a day later and under another name; nothing is written over")
    func entered() throws {
      let county = try TestCounty()
      let out = place.path + "/录入"
      let export = [
        "export", county.path, out, "--month", "2026-11", "--profile", Tree.root + "/seeds/exports/provincial.yaml", "--codes",
        Tree.root + "/seeds/codes.csv",
      ]
      let said = try Command.run("zoufangd", export)
      let file = try #require(try names(out).first)
      #expect(file.hasPrefix("低收入人口录入_示范县_2026-11_") && said.contains("mark-entered \(county.path) \(out)/\(file)"), "\(said)")
      #expect(try Command.run("/usr/bin/find", [out, "-perm", "/077"]).isEmpty, "somebody else may read it")
      let unknown = try Command.run("zoufangd", ["mark-entered", county.path, "录入.xlsx"], exit: .code(1))
      #expect(unknown.contains("不是哪次导出的文件或编号") && unknown.contains(file), "\(unknown)")
      let copy = place.path + "/" + file.replacing(".xlsx", with: " - 副本.xlsx")
      try Command.run("/bin/cp", [out + "/" + file, copy])
      #expect(try Command.run("zoufangd", ["mark-entered", county.path, copy]).contains("已记下 3 户录入了省系统；"))
      #expect(try Command.run("zoufangd", export).contains("没有写文件"))
      #expect(try names(out) == [file])
      #expect(try Command.run("zoufangd", export + ["--all"]).contains("低收入人口录入_示范县_2026-11_"))
      #expect(try names(out).count == 2)

      let papers = ["papers", county.path, out, "--month", "2026-11", "--only", "register", "new-lb"]
      _ = try Command.run("zoufangd", papers)
      let taken = try Command.run("zoufangd", papers, exit: .code(1))
      #expect(taken.contains("目录里已有同名文件：低收入人口数据库台账_示范县_2026-11.xlsx"), "\(taken)")
      #expect(try names(out).count == 4)
    }
  }
}
