// zoufangd figures

internal import ArgumentParser
internal import County

struct Figures: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "把督促调度的数字打印成表（制表符分隔），与网页同一算法。",
    discussion: """
      从全部记录重新汇总，百万条要几十秒。列：区划、应走访、已走访、未遇、发现、建议纳入、纳入、急难、转办、清零、逾期。

      例：zoufangd figures /srv/zoufang --from 2026-11-01 --to 2026-11-30
      """)

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("起始日期。", valueName: "日期"))
  var from: String

  @Option(help: ArgumentHelp("截止日期。", valueName: "日期"))
  var to: String

  @Option(help: ArgumentHelp("区划代码；不写是全县。", valueName: "代码"))
  var division: String?

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    for line in try await county.figures(from: from, to: to, division: division) {
      Say.line(([line.division ?? "合计"] + line.counts.map(String.init)).joined(separator: "\t"))
    }
  }
}
