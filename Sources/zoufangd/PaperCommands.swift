// zoufangd papers: 台账、报表. What exports share with it: where to, which month, which part of the county.

internal import ArgumentParser
internal import County
internal import Papers
internal import Relief

struct PaperArguments: ParsableArguments {
  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("写到哪个目录；没有就建。", valueName: "目录"), completion: .directory)
  var out: String

  @Option(help: ArgumentHelp("统计月：上月结算日的次日到本月结算日。", valueName: "年-月"))
  var month: String

  @Option(help: ArgumentHelp("结算日，1 到 27。", valueName: "日"))
  var settleDay = PaperDays.settleDayDefault

  @Option(help: ArgumentHelp("只做这个乡镇（9 位）或村（12 位）。", valueName: "代码"))
  var township: String?

  @Option(help: ArgumentHelp("代码表 codes.csv；不写用数据目录里的。", valueName: "文件"), completion: .file(extensions: ["csv"]))
  var codes: String?

  func validate() throws {
    guard PaperDays.settleDays.contains(settleDay) else { throw ValidationError(Words.badSettleDay) }
    guard PaperDays(month: month, settleDay: settleDay) != nil else {
      throw ValidationError(Words.sentences(for: .badMonth(month)).joined())
    }
  }

  /// With the names that stand in the folder, so that none is written over.
  var request: PaperRequest {
    var request = PaperRequest(month: month)
    request.taken = Files.names(in: out)
    request.settleDay = settleDay
    request.division = township
    return request
  }
}

struct MakePapers: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "papers", abstract: "做月报表、台账和对外名单（.xlsx）。",
    discussion: """
      不写 --only 就做全部；对外的（公示、部门转办、慈善、督查）只有规定的几列，从来没有证件号码、电话和病情。
      内部的表里证件号码只有后四位，要全号用 --full-numbers。每写一个文件记一笔：什么表、多少行、是不是全号。
      文件名里有地方和月份；目录里已有同名文件就一个也不写。

      例：zoufangd papers /srv/zoufang 十一月 --month 2026-11 --township 130599100 --only new-lb stopped-lb
      """)

  @OptionGroup var arguments: PaperArguments
  @OptionGroup var time: CountyClock

  @Option(parsing: .upToNextOption, help: ArgumentHelp("只做这些表：写英文名或中文表名，见 docs/papers.md。", valueName: "名字"))
  var only: [String] = []

  @Flag(help: "内部的表里写全部证件号码。")
  var fullNumbers = false

  func work() async throws(CountyFault) {
    let labels = try arguments.place.labels(arguments.codes)
    var request = arguments.request
    request.names = only
    request.showsNumbers = fullNumbers
    let county = try await County.open(arguments.place.county, surroundings: time.surroundings)
    let files = try await county.papers(request, codes: labels)
    if let days = PaperDays(month: request.month, settleDay: request.settleDay) {
      Say.line(Words.days(days, request.month, county.today))
    }
    for file in files {
      try Files.write(file.bytes, file.name, in: arguments.out, replaces: false)
      Say.line(Words.wrote(file))
    }
  }
}
