// zoufangd divisions

internal import ArgumentParser
internal import County

struct DivisionTable: CountyCommand {
  static let configuration = CommandConfiguration(
    commandName: "divisions",
    abstract: "列出区划表：代码和名称。",
    discussion: """
      代码用在 --division、--township、--scope 后面。区划表用 zoufangd import divisions 导入。

      例：zoufangd divisions /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    let lines = try await County.open(place.county).divisions()
    if lines.isEmpty { Say.line("还没有区划表。用 zoufangd import divisions 导入。") }
    for line in lines { Say.line("\(line.code)  \(line.name)") }
  }
}
