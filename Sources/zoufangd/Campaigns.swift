// zoufangd campaigns

internal import ArgumentParser
internal import County

struct Campaigns: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "把专项排查的进度打印成表（制表符分隔），与工作台同一算法。",
    discussion: """
      只列已经开始的专项，各取正在进行或最近的一轮。列：专项、起始、截止、代码、名称、应走访、已走访、未遇、未访、发现、落后、待排名单的村数。

      例：zoufangd campaigns /srv/zoufang --division 130599100
      """)

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("区划代码；不写是全县。", valueName: "代码"))
  var division: String?

  @OptionGroup var time: CountyClock

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county, surroundings: time.surroundings)
    let lines = try await county.campaigns(division: division)
    guard !lines.isEmpty else { return Say.line("没有已经开始的专项排查。在工作台“专项排查”里新建。") }
    Say.line((["专项", "起始", "截止", "代码", "名称"] + CampaignFigureLine.titles).joined(separator: "\t"))
    for line in lines {
      let head = [line.campaign, line.from, line.to, line.division ?? "合计", line.name]
      Say.line((head + line.counts.map(String.init)).joined(separator: "\t"))
    }
  }
}
