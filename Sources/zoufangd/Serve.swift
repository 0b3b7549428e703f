// zoufangd serve

internal import ArgumentParser
internal import County
internal import Logging

struct Serve: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "启动服务端。",
    discussion: """
      准备好后在标准输出打印一行地址，然后一直运行。收到 SIGTERM 或 Ctrl-C 时做完手上的请求再退出。
      日志写到标准错误，其中没有姓名和证件号码。

      例：zoufangd serve /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  @Option(help: ArgumentHelp("端口；不写用 county.yaml 里的，0 由系统选。", valueName: "端口"))
  var port: Int?

  @Option(help: ArgumentHelp("监听的本机地址；不写用 county.yaml 里的。", valueName: "地址"))
  var listen: String?

  @Option(help: ArgumentHelp("日志级别：debug、info、notice、warning、error。", valueName: "级别"))
  var logLevel = "info"

  @OptionGroup var time: CountyClock

  func validate() throws {
    if let port, !(0...65_535).contains(port) { throw ValidationError("--port 要在 0 到 65535 之间。") }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError("--log-level 只能是 debug、info、notice、warning、error。")
    }
  }

  func work() async throws(CountyFault) {
    var log = Logger(label: "zoufangd") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = Logger.Level(rawValue: logLevel) ?? .info
    let county = try await County.open(place.county, log: log, surroundings: time.surroundings)
    let host = county.configuration.hosts.first ?? "localhost"
    try await county.serve(port: port, listen: listen) { port in
      Say.line("https://\(host):\(port) 就绪")
    }
  }
}
