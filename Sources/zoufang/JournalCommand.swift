// `zoufang journal verify`: the verdict of every segment, without a passphrase. Exit 0 clean, 1 damaged, 2 cannot read.

import ArgumentParser
import Journal
import Laptop

struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "检查本机的记录文件。", subcommands: [Verify.self], helpNames: [.short, .long])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "逐段检查记录文件是否完好，不需要口令，什么都不改动。",
      discussion: """
        退出码：0 完好，1 有损坏，2 读不了。目录可以是数据目录，也可以是其中一个记录目录。

        例：zoufang journal verify ~/.local/share/zoufang
        """, helpNames: [.short, .long])

    @Argument(help: ArgumentHelp("目录；不写时是本机的数据目录", valueName: "目录")) var directory: String?
    @Flag(name: .long, help: "用 JSON 打印") var json = false

    func run() throws {
      let path: String
      do { path = try Place.dataDirectory(directory) } catch {
        Output.error("\(error)")
        throw ExitCode(2)
      }
      let survey = JournalSurvey(DataDirectory(path))
      Output.line(json ? survey.json : survey.text)
      if survey.code != 0 { throw ExitCode(survey.code) }
    }
  }
}
