// zoufangd publish-form

internal import ArgumentParser
internal import County

struct PublishForm: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish-form", abstract: "发布一张表（XForm）给所有电脑。",
    discussion: """
      先用表单引擎读一遍，打不开的表不会发出去；能打开但有毛病的照样发布，并逐处列出（先用 zoufang form check 看）。同一编号同一版本只能发布一次；改了内容要换版本号。

      例：zoufangd publish-form /srv/zoufang forms/household-visit.xml
      """)

  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("XForm 文件。", valueName: "文件"), completion: .file(extensions: ["xml"]))
  var file: String

  func work() async throws(CountyFault) {
    let county = try await County.open(place.county)
    let report = try await county.publishForm(try Files.read(file), name: Files.name(file))
    let title = "\(report.title)（\(report.id) \(report.version)）"
    Say.line(report.isNew ? "已发布 \(title)" : "\(title) 已经发布过，没有变化。")
    Say.line("SHA-256 \(report.hash)")
    if !report.warnings.isEmpty {
      Say.error(["表里有 \(report.warnings.count) 处毛病，电脑上会跳过。改好后换一个版本号再发布："] + report.warnings.map { "  " + $0 })
    }
  }
}
