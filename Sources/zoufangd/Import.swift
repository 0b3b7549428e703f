// zoufangd import, and what its kinds share

internal import ArgumentParser
internal import County

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "导入区划、台账、排查名单（.csv）、政策参数（.yaml）和部门名单（.csv、.xlsx）。",
    discussion: """
      .csv 文件用 UTF-8（在表格软件里另存为“CSV UTF-8”），第一行是列名，列的先后不限。先查完整个文件：有一行不对就一行也不导入，
      并逐行说明。同一个文件导入两次，第二次什么都不变。
      """,
    subcommands: [ImportDivisions.self, ImportRoster.self, ImportSweep.self, ImportParameters.self, ImportList.self])
}

struct ImportArguments: ParsableArguments {
  @OptionGroup var place: DirectoryArgument

  @Argument(help: ArgumentHelp("要导入的 .csv 文件。", valueName: "文件"), completion: .file(extensions: ["csv"]))
  var file: String

  func say(_ report: ImportReport, _ what: String) {
    Say.line("\(Files.name(file))：\(report.rows) 行，新写入 \(report.written) \(what)，没有变化 \(report.unchanged) \(what)。")
    if !report.unknownHeaders.isEmpty {
      Say.line("这些列不认识，没有读：\(report.unknownHeaders.joined(separator: "、"))")
    }
    for line in Words.notes(report.notes) { Say.line(line) }
  }
}
