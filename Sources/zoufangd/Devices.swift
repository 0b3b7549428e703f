// zoufangd devices

internal import ArgumentParser
internal import County

struct Devices: CountyCommand {
  static let configuration = CommandConfiguration(
    abstract: "列出已登记的电脑。",
    discussion: """
      编号用来停用：zoufangd revoke 目录 编号。

      例：zoufangd devices /srv/zoufang
      """)

  @OptionGroup var place: DirectoryArgument

  func work() async throws(CountyFault) {
    let devices = try await County.open(place.county).devices()
    if devices.isEmpty {
      Say.line("还没有电脑登记。用 zoufangd enrol-code 发登记码。")
      return
    }
    for device in devices {
      Say.line(
        [
          device.id, Words.role(device.role), device.person, device.name, device.scopes.joined(separator: " "),
          String(device.enrolled.prefix(10)), device.isRevoked ? "已停用" : "在用",
        ].joined(separator: "  "))
    }
  }
}
