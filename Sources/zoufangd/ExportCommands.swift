// zoufangd export and mark-entered: the columns another system wants, and that they were typed there

internal import ArgumentParser
internal import County
internal import Papers

struct Export: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "按导出配置（.yaml）写出别的系统要的列，例如省系统录入。",
    discussion: """
      配置里写明列名、顺序、取什么、代码怎么换；省系统的模板变了，改配置就行，例子在 seeds/exports。
      已经记为录入的不再导出，新认定的还会出来；要全部再导出用 --all。每次导出记一笔，没有要导出的就不写文件。
      每次导出有一个编号，在文件名最后，也在打印页脚。照着录完以后，用 zoufangd mark-entered 写上这个文件。

      例：zoufangd export /srv/zoufang 录入 --month 2026-11 --profile seeds/exports/provincial.yaml
      """)

  @OptionGroup var arguments: PaperArguments
  @OptionGroup var time: CountyClock

  @Option(help: ArgumentHelp("导出配置。", valueName: "文件"), completion: .file(extensions: ["yaml"]))
  var profile: String

  @Flag(help: "已经录入的也导出。")
  var all = false

  func work() async throws(CountyFault) {
    let bytes = try Files.read(self.profile)
    let profile: ExportProfile
    do throws(ExportProfileFault) {
      profile = try ExportProfile.read(bytes, file: Files.name(self.profile))
    } catch { throw .exportProfile(error) }
    let county = try await County.open(arguments.place.county, surroundings: time.surroundings)
    let labels = try arguments.place.labels(arguments.codes)
    let request = arguments.request
    let made = try await county.export(profile, request, includesEntered: all, codes: labels)
    if let days = PaperDays(month: request.month, settleDay: request.settleDay) {
      Say.line(Words.days(days, request.month, county.today))
    }
    guard let export = made else {
      return Say.line(profile.tracksEntered && !all ? Words.nothingNew : Words.nobody)
    }
    try Files.write(export.file.bytes, export.file.name, in: arguments.out, replaces: false)
    Say.line(Words.wrote(export.file))
    if export.number != nil { Say.line(Words.markLater(arguments.place.directory, arguments.out + "/" + export.file.name)) }
  }
}

struct MarkEntered: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark-entered", abstract: "记下一次导出的已经录入省系统，下次不再导出。",
    discussion: """
      写导出的那个文件，或它的编号（文件名最后八位，打印页脚也有）。文件改过、拷走过都行，名字里有编号就行。
      记下的是那个文件里的人和类别：导出以后才认定的不算录过，下次还会导出。

      例：zoufangd mark-entered /srv/zoufang 录入/低收入人口录入_示范县_2026-11_3f9a02c1.xlsx
      """)

  @OptionGroup var place: DirectoryArgument
  @OptionGroup var time: CountyClock

  @Argument(help: ArgumentHelp("导出的文件，或导出编号。", valueName: "文件或编号"), completion: .file(extensions: ["xlsx"]))
  var export: String

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county, surroundings: time.surroundings)
    Say.line(Words.entered(try await county.markEntered(export)))
  }
}
