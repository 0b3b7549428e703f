// zoufangd init

internal import ArgumentParser
internal import County

struct Init: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "建一个新的县：证书、密钥、数据库、设置，都在一个目录里。",
    discussion: """
      目录必须不存在或是空的；已有内容时什么都不做。做完后请按提示把恢复私钥拿走。

      例：zoufangd init /srv/zoufang --name 示范县 --division 130599 --host county.example --recovery-file /media/usb/恢复私钥
      """)

  @Argument(help: ArgumentHelp("要建的目录，不存在或是空的。", valueName: "目录"), completion: .directory)
  var directory: String

  @Option(help: ArgumentHelp("县名，如 隆尧县。", valueName: "县名"))
  var name: String

  @Option(help: ArgumentHelp("县区划代码，6 位；发放的范围和导入的代码都必须在它之内。", valueName: "代码"))
  var division = ""

  @Option(help: ArgumentHelp("各村电脑访问服务端用的域名，可写多个；第一个印在登记条上。", valueName: "域名"))
  var host: [String]

  @Option(help: ArgumentHelp("服务端的 IP 地址，可写多个；写进证书。", valueName: "地址"))
  var address: [String] = []

  @Option(help: ArgumentHelp("监听的端口。", valueName: "端口"))
  var port = 8443

  @Option(help: ArgumentHelp("监听的本机地址。", valueName: "地址"))
  var listen = "0.0.0.0"

  @Option(help: ArgumentHelp("恢复私钥写到哪里；不写就放在目录里，文件名提醒拿走。", valueName: "文件"))
  var recoveryFile: String?

  func validate() throws {
    guard !host.isEmpty else { throw ValidationError("至少写一个 --host。") }
    guard !name.isEmpty else { throw ValidationError("--name 不能空。") }
    guard (0...65_535).contains(port) else { throw ValidationError("--port 要在 0 到 65535 之间。") }
  }

  func work() async throws(CountyFault) {
    let made = try await County.found(
      CountyDirectory(directory),
      FoundingOrder(
        name: name, division: division, hosts: host, addresses: address, port: port, listen: listen,
        recoveryFile: recoveryFile))
    Say.line(
      """
      已建立：\(made.configuration.name)
        目录      \(directory)
        地址      \(made.configuration.url)
        证书指纹  \(PaperSlip.grouped(made.fingerprint))

      现在请做一件事：把恢复私钥拿走
        \(made.recoveryFile)
      拷到两个 U 盘（或打印），由两名保管人分开锁好，然后在服务器上执行
        shred -u \(made.recoveryFile)
      服务端运行不需要它；忘记口令的电脑靠它找回记录。

      下一步：zoufangd import divisions \(directory) 区划.csv
      """)
  }
}
