// zoufangd revoke

internal import ArgumentParser
internal import County

struct Revoke: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "停用一台电脑（丢失、被盗、人员调离）。", discussion: """
      立即生效。它已经交上来的记录都保留。

      例：zoufangd revoke /srv/zoufang 电脑编号
      """)

  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("电脑的编号，见 zoufangd devices。", valueName: "编号"))
  var device: String

  func work() async throws(CountyFault) {
    try await County.open(place.county).revoke(device: device)
    Say.line("已停用 \(device)。")
  }
}
