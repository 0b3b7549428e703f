// zoufangd import roster

internal import ArgumentParser
internal import County
internal import Foundation

struct ImportRoster: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster", abstract: "导入台账（户和成员），一行一人。",
    discussion: """
      必有的列：户编号、村代码、姓名、证件号码。其余列见操作手册。户的各列写在该户第一行即可。空格子表示“没说”，不会清掉已有的内容。
      写中文名称的格子（如 与户主关系 写“之子”）要有代码表：--codes，或数据目录里的 codes.csv。

      例：zoufangd import roster /srv/zoufang 台账.csv --codes seeds/codes.csv
      """)

  @OptionGroup var arguments: ImportArguments

  @Option(help: ArgumentHelp("代码表 codes.csv。", valueName: "文件"), completion: .file(extensions: ["csv"]))
  var codes: String?

  func work() async throws(CountyFault) {
    let county = try await County.open(arguments.place.county)
    let beside = arguments.place.directory + "/codes.csv"
    let path = codes ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil)
    var lists: [UInt8]?
    if let path { lists = try Files.read(path) }
    let report = try await county.importRoster(
      try Files.read(arguments.file), source: Files.name(arguments.file), codes: lists)
    arguments.say(report, "户")
  }
}
