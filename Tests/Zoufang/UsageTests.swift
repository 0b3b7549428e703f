import ArgumentParser
import Commands
import Testing

/// What the argument parser says becomes Chinese: each kind of sentence it has, out of the parser itself.
@Suite struct UsageTests {
  private enum Colour: String, ExpressibleByArgument, CaseIterable { case red, green, blue }

  private struct Sample: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sample", subcommands: [Paint.self, Count.self])
    static let _errorLabel = "zoufang"

    struct Paint: ParsableCommand {
      @Argument(help: ArgumentHelp("画什么", valueName: "东西")) var what: String
      @Option(name: .shortAndLong, help: ArgumentHelp("颜色", valueName: "颜色")) var colour: Colour = .red
      @Option(help: ArgumentHelp("几遍", valueName: "遍")) var times: Int
      @Flag(name: .shortAndLong, help: "亮") var bright = false
      @Flag(help: "大小") var size: Size = .small
      enum Size: String, EnumerableFlag { case small, large }
    }

    struct Count: ParsableCommand {
      @Argument(help: ArgumentHelp("数", valueName: "数")) var number: Int
      func validate() throws { if number > 9 { throw ValidationError("数太大：最多 9") } }
    }
  }

  private static func said(_ words: [String]) -> String {
    do {
      var command = try Sample.parseAsRoot(words)
      try command.run()
      return "taken"
    } catch { return UsageSentence.chinese(Sample.fullMessage(for: error)) }
  }

  @Test(arguments: [
    (["paint", "x", "--times", "3", "--bogus"], "没有 --bogus 这个选项"),
    (["paint", "x", "--times", "3", "--brigt"], "没有 --brigt 这个选项，是不是 --bright"),
    (["paint", "x", "--times", "3", "-z"], "没有 -z 这个选项"),
    (["paint", "--times", "3"], "没有写 <东西>"),
    (["paint", "x"], "没有写 --times <遍>"),
    (["paint", "x", "--times"], "--times <遍> 没有写完：后面还要写内容"),
    (["paint", "x", "--times", "three"], "--times <遍> 不能写“three”"),
    (["paint", "x", "--times", "3", "--colour", "pink"], "--colour <颜色> 不能写“pink”，只能是：red、green、blue"),
    (["paint", "x", "--times", "3", "y"], "不认识“y”：没有这个命令，或者多写了"),
    (["paint", "x", "--times", "3", "y", "z"], "不认识这 2 项：y、z"),
    (["paint", "x", "--times", "3", "--bright=yes"], "--bright 后面不能写内容，却写了“yes”"),
    (["paint", "x", "--times", "3", "--small", "--large"], "--large 和 --small 不能一起写"),
    (["count", "x"], "<数> 不能写“x”"),
    (["count", "10"], "数太大：最多 9"),
  ])
  func everySentenceIsChinese(_ words: [String], _ sentence: String) {
    let said = Self.said(words)
    #expect(said.hasPrefix("zoufang: " + sentence), "\(said)")
    #expect(said.contains("用法：sample \(words[0])"), "\(said)")
    #expect(said.hasSuffix("请照上面的用法改好再运行；每一项怎么写：sample \(words[0]) --help"), "\(said)")
  }

  @Test func aPageOfHelpHasChineseHeadings() {
    for words in [["--help"], ["paint", "--help"]] {
      let said = Self.said(words)
      #expect(said.contains("用法：sample") && said.contains("选项：") && said.contains("显示这个说明。"), "\(said)")
      for english in ["USAGE", "OPTIONS", "SUBCOMMANDS", "ARGUMENTS", "Show help", "(default", "See '", "<subcommand>"] {
        #expect(!said.contains(english), "\(said)")
      }
    }
    #expect(Self.said(["paint", "--help"]).contains("（可以写：red、green、blue；不写时：red）"))
  }

  @Test func whatIsNotKnownStandsAsItIs() {
    #expect(UsageSentence.chinese("zoufang: Something new happened") == "zoufang: Something new happened")
    #expect(UsageSentence.chinese("zoufang: 读不了 /x：请检查文件名和权限") == "zoufang: 读不了 /x：请检查文件名和权限")
    #expect(UsageSentence.chinese("") == "")
  }
}
