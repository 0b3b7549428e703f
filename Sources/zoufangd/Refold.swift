// zoufangd refold

internal import ArgumentParser
internal import County

struct Refold: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "删掉汇总出来的台账，从全部记录重新汇总。", discussion: """
      记录本身不动，结果应与原来一样。升级后也用它重试暂存的记录。

      例：zoufangd refold /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    let folded = try await county.refold()
    let parked = try await county.parked().count
    Say.line("重新汇总了 \(folded) 条记录。" + (parked > 0 ? "仍有 \(parked) 条暂存，见 zoufangd parked。" : ""))
  }
}
