// zoufangd withdraw: takes back what should not have come in

internal import ArgumentParser
internal import County

struct Withdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "撤回收错了的部门名单。", subcommands: [WithdrawList.self])
}

struct WithdrawList: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "撤回一批部门名单：日期、配置或文件选错了。",
    discussion: """
      撤回以后这一批不再算数：不当最新的名单，不算收过，也不再参加比对。它比出来、还没有人动过的预警和记下的帮扶一起撤回；
      已经有人办理的不动，逐户列出来，请到工作台上处理。撤回和理由都记在县日志里，什么都不会删掉。
      接着把其余各批名单重新比对，别的部门的也比：它们也说到的，改由它们说。批次用 zoufangd compare 看。

      例：zoufangd withdraw list /srv/zoufang 批次 --reason 日期写成了明年
      """)

  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("批次，见 zoufangd compare。", valueName: "批次"))
  var batch: String

  @Option(help: ArgumentHelp("为什么撤回，一句话。", valueName: "理由"))
  var reason: String

  @OptionGroup var time: CountyClock

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county, surroundings: time.surroundings)
    let report = try await county.withdraw(batch: batch, reason: reason)
    for line in Words.withdrawal(report) { Say.line(line) }
    for line in Words.again(try await county.compareAgain(unnamed: Words.unnamed), after: report) { Say.line(line) }
  }
}
