// zoufangd parked

internal import ArgumentParser
internal import County

struct Parked: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "列出暂存的记录和原因。", discussion: """
      收到了但还不能入账的记录，一条都没有丢。原因解决后用 zoufangd refold 重试。

      例：zoufangd parked /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    let lines = try await County.open(place.county).parked()
    if lines.isEmpty { Say.line("没有暂存的记录。") }
    for line in lines { Say.line("\(line.journal) 第 \(line.seq) 条：\(Words.parked(line.code))") }
  }
}
