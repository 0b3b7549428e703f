// zoufangd import divisions

internal import ArgumentParser
internal import County

struct ImportDivisions: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "divisions", abstract: "导入行政区划。", discussion: """
      列：代码、名称（必有）、类型、起始日期、截止日期、来源。

      例：zoufangd import divisions /srv/zoufang 区划.csv
      """)

  @OptionGroup var arguments: ImportArguments

  func work() async throws(CountyFault) {
    let county = try await County.open(arguments.place.county)
    let report = try await county.importDivisions(try Files.read(arguments.file), source: Files.name(arguments.file))
    arguments.say(report, "个区划")
  }
}
