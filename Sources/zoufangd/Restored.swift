// zoufangd restored

internal import ArgumentParser
internal import County

struct Restored: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "从备份恢复数据目录之后执行一次。", discussion: """
      让各村电脑知道服务端退回过，把备份之后的记录再交一遍。不会重复入账。

      例：zoufangd restored /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    let epoch = try await County.open(place.county).raiseEpoch()
    Say.line("已记下（第 \(epoch) 代）。现在可以启动 zoufangd serve。")
  }
}
