// `zoufang journal verify`: the verdict of every segment, without a passphrase. Exit 0 clean, 1 damaged, 2 cannot read.
// `zoufang journal confirm`: a person says that they know what was lost; `verify` says 0 again.

import ArgumentParser
import Journal
import Laptop

struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "检查本机的记录文件。", subcommands: [Verify.self, Confirm.self], helpNames: [.short, .long])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "逐段检查记录文件是否完好，不需要口令，什么都不改动。",
      discussion: """
        退出码：0 完好，1 有损坏或者有还没确认的丢失，2 读不了。目录可以是数据目录，也可以是其中一个记录目录。

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

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "确认已经知道丢失了哪些记录，之后不再提示。",
      discussion: """
        先照 zoufang journal verify 列出的号核对纸质表，补录缺的走访，再运行它。丢失的号仍然留在检查结果里。

        例：zoufang journal confirm
        """, helpNames: [.short, .long])

    @OptionGroup var options: DataOptions

    func run() throws {
      let directory = DataDirectory(try Place.dataDirectory(options.data))
      guard directory.hasVault else { throw CommandFailure(.laptop(.empty)) }
      let passphrase = try options.passphraseOrAsked()
      do throws(LaptopFault) {
        let laptop = try Laptop.open(directory, passphrase: passphrase)
        defer { laptop.close() }
        let losses = laptop.losses
        try laptop.confirmLosses()
        Output.line(losses.isEmpty ? "没有要确认的丢失。" : losses.map(LossSentence.of).joined(separator: "\n") + "\n已确认。")
      } catch { throw CommandFailure(.laptop(error)) }
    }
  }
}
