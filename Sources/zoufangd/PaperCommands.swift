// zoufangd papers and export: 台账、报表, and the columns another system wants

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
    guard PaperDays(month: month, settleDay: settleDay) != nil else {
      throw ValidationError(Words.sentences(for: .badMonth(month)).joined())
    }
  }

  var request: PaperRequest {
    var request = PaperRequest(month: month)
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

      例：zoufangd papers /srv/zoufang 十一月 --month 2026-11 --township 130599100 --only new-lb stopped-lb
      """)

  @OptionGroup var arguments: PaperArguments
  @OptionGroup var time: CountyClock

  @Option(parsing: .upToNextOption, help: ArgumentHelp("只做这些表，见 docs/papers.md。", valueName: "名字"))
  var only: [String] = []

  @Flag(help: "内部的表里写全部证件号码。")
  var fullNumbers = false

  func work() async throws(CountyFault) {
    let labels = try arguments.place.labels(arguments.codes)
    var request = arguments.request
    request.names = only
    request.showsNumbers = fullNumbers
    let files = try await County.open(arguments.place.county, surroundings: time.surroundings).papers(request, codes: labels)
    if let days = PaperDays(month: request.month, settleDay: request.settleDay) { Say.line(Words.days(days, request.month)) }
    for file in files {
      try Files.write(file.bytes, file.name, in: arguments.out)
      Say.line(Words.wrote(file))
    }
  }
}

struct Export: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "按导出配置（.yaml）写出别的系统要的列，例如省系统录入。",
    discussion: """
      配置里写明列名、顺序、取什么、代码怎么换；省系统的模板变了，改配置就行，例子在 seeds/exports。
      --mark-entered 把导出的户记为“已录入省系统”，下次不再导出；要全部再导出用 --all。每次导出记一笔。

      例：zoufangd export /srv/zoufang 录入 --month 2026-11 --profile seeds/exports/provincial.yaml --mark-entered
      """)

  @OptionGroup var arguments: PaperArguments

  @Option(help: ArgumentHelp("导出配置。", valueName: "文件"), completion: .file(extensions: ["yaml"]))
  var profile: String

  @Flag(help: "导出后把这些户记为已录入省系统。")
  var markEntered = false

  @Flag(help: "已经录入的户也导出。")
  var all = false

  func work() async throws(CountyFault) {
    let bytes = try Files.read(self.profile)
    let profile: ExportProfile
    do throws(ExportProfileFault) {
      profile = try ExportProfile.read(bytes, file: Files.name(self.profile))
    } catch { throw .exportProfile(error) }
    let county = try await County.open(arguments.place.county)
    let labels = try arguments.place.labels(arguments.codes)
    let export = try await county.export(profile, arguments.request, includesEntered: all, codes: labels)
    try Files.write(export.file.bytes, export.file.name, in: arguments.out)
    Say.line(Words.wrote(export.file))
    if export.households.isEmpty, profile.tracksEntered, !all { Say.line(Words.nothingNew) }
    guard markEntered else { return }
    // After the file stands: what was not written is not marked.
    Say.line(Words.entered(try await county.markEntered(export.households)))
  }
}
