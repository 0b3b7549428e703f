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
