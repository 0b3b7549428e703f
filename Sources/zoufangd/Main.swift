// zoufangd: the county server and what an operator does beside it. One file a subcommand; what they do is County's.

internal import ArgumentParser
internal import Commands
internal import Glibc
internal import Journal

@main
struct Zoufangd: AsyncParsableCommand {
  /// What stands before a sentence about a command written wrongly.
  static let _errorLabel = "zoufangd"

  static let configuration = CommandConfiguration(
    commandName: "zoufangd",
    abstract: "走访县级服务端：接收各村电脑的走访记录，汇成台账，按辖区下发名单。",
    discussion: """
      第一次使用：
        zoufangd init 目录 --name 示范县 --division 130599 --host county.example
        zoufangd import divisions 目录 区划.csv
        zoufangd import roster 目录 台账.csv
        zoufangd import sweep 目录 名单.csv
        zoufangd import parameters 目录 标准.yaml
        cp -r seeds/profiles 目录/profiles           部门名单怎么读（import list、profiles 要用）
        zoufangd publish-form 目录 household-visit.xml
        zoufangd serve 目录            一直运行；其余命令另开一个窗口
        zoufangd enrol-code 目录 …     给每人发登记条，见 zoufangd enrol-code --help

      目录是县级数据目录，由 init 建立，以后每个命令都写它。

      退出码：0 成功；1 没有做成，原因见提示；2 文件内容有问题，什么都没有导入；64 命令写法不对。
      """,
    subcommands: [
      Init.self, Serve.self, EnrolCode.self, Devices.self, Revoke.self, PageUser.self, Figures.self, Campaigns.self,
      Import.self, DivisionTable.self, Profiles.self, Compare.self, Withdraw.self, Parameters.self, PublishForm.self,
      MakePapers.self, Export.self, MarkEntered.self,
      PaperFormCommand.self, PolicyNoticeCommand.self,
      Status.self, Parked.self, Refold.self, Certificate.self, Restored.self,
    ])

  static func main() async {
    CoreDump.refuse()
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand { try await waiting.run() } else { try command.run() }
    } catch { leave(error) }
  }

  /// The parser's own words are English; whoever reads them is not.
  private static func leave(_ error: any Error) -> Never {
    let text = UsageSentence.chinese(fullMessage(for: error))
    let code = exitCode(for: error)
    if !text.isEmpty { if code.isSuccess { Say.line(text) } else { Say.error([text]) } }
    Glibc.exit(code.rawValue)
  }
}
