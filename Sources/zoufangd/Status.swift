// zoufangd status

internal import ArgumentParser
internal import County

struct Status: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "看一眼服务端的情况。",
    discussion: """
      只有数目和编号，没有人的资料。服务端运行时也能看。

      例：zoufangd status /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    Say.line(Words.status(try await County.open(place.county).status()))
  }
}
