// zoufangd certificate

internal import ArgumentParser
internal import County

struct Certificate: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "按 county.yaml 里的域名和地址换一张服务端证书。",
    discussion: """
      根证书不变，各村电脑不用动。下次启动 zoufangd serve 生效。到期前 30 天启动时会自动换。

      例：zoufangd certificate /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    try await County.open(place.county).renewCertificate()
    Say.line("已换证书，重新启动 zoufangd serve 后生效。")
  }
}
