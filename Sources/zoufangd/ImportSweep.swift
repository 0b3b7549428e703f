// zoufangd import sweep

internal import ArgumentParser
internal import County

struct ImportSweep: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "导入排查名单，一行一户。",
    discussion: """
      必有的列：户编号、起始日期、列入原因。可有：截止日期、走访批次、顺序、走访人、上次走访。先导入台账，名单里的户必须在台账里。
      日期写 2026-11-24；写 +0、+7 表示今天、七天后。

      例：zoufangd import sweep /srv/zoufang 名单.csv
      """)

  @OptionGroup var arguments: ImportArguments

  func work() async throws(CountyFault) {
    let county = try await County.open(arguments.place.county)
    let report = try await county.importSweep(try Files.read(arguments.file), source: Files.name(arguments.file))
    arguments.say(report, "条")
  }
}
