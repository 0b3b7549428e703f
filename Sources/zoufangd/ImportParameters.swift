// zoufangd import parameters

internal import ArgumentParser
internal import County

struct ImportParameters: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters", abstract: "导入政策参数（YAML）：标准、上限、时限。",
    discussion: """
      每个参数写明从哪天起、依据什么，格式见 seeds/policy。改标准就加一个新的起始日期，不要改旧的：旧走访当时的结论不变。
      写“未设定”就是从那天起没有。同一个文件导入两次，第二次什么都不变。

      例：zoufangd import parameters /srv/zoufang 2026年标准.yaml
      """)

  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("要导入的 YAML 文件。", valueName: "文件"), completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    let report = try await county.publishParameters(try Files.read(file), source: Files.name(file))
    Say.line("\(Files.name(file))：\(report.rows) 个值，新写入 \(report.written) 个，没有变化 \(report.unchanged) 个。")
    for line in Words.changes(report.changes) { Say.line(line) }
  }
}
