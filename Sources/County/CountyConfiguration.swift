// county.yaml: what a person may want to read or change. Secrets are never in it.

internal import Foundation
internal import Yams

public struct CountyConfiguration: Codable, Equatable, Sendable {
  /// Name of the county, `隆尧县`.
  public var name: String
  /// Random id, made once.
  public var id: String
  /// Division code of the county, 6 digits; empty when it was not given.
  public var division: String
  /// Names under which laptops reach the server; the first is the one on the paper slips.
  public var hosts: [String]
  /// IP addresses in the server's certificate.
  public var addresses: [String]
  public var port: Int
  /// Address the server binds.
  public var listen: String

  public init(
    name: String, id: String, division: String, hosts: [String], addresses: [String], port: Int = 8443,
    listen: String = "0.0.0.0"
  ) {
    self.name = name
    self.id = id
    self.division = division
    self.hosts = hosts
    self.addresses = addresses
    self.port = port
    self.listen = listen
  }

  /// What laptops are told to connect to.
  public var url: String {
    let host = hosts.first ?? addresses.first ?? "localhost"
    return "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  public init(reading directory: CountyDirectory) throws(CountyFault) {
    guard directory.exists else { throw .noCounty(path: directory.path) }
    let text = String(decoding: try CountyDirectory.read(directory.configuration), as: UTF8.self)
    do {
      self = try YAMLDecoder().decode(Self.self, from: text)
    } catch {
      throw .badConfiguration(path: directory.configuration, detail: Self.brief(error))
    }
    guard (0...65_535).contains(port), !name.isEmpty, !id.isEmpty else {
      throw .badConfiguration(path: directory.configuration, detail: "name, id or port")
    }
  }

  /// YAML with a word to the reader above each part; written by hand because an encoder drops comments.
  public var yaml: String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    func list(_ items: [String]) -> String {
      items.isEmpty ? " []" : items.map { "\n  - " + quoted($0) }.joined()
    }
    return """
      # 县级服务端的设置。改动后重新启动 zoufangd 生效。密钥不在这里，在 keys/。
      # 县名；印在登记条上。
      name: \(quoted(name))
      # 初始化时生成，不要改。
      id: \(quoted(id))
      # 县区划代码（6 位）。
      division: \(quoted(division))
      # 电脑访问服务端用的名字；第一个印在登记条上。改动后要用 zoufangd certificate 换证书。
      hosts:\(list(hosts))
      # 证书里的 IP 地址。
      addresses:\(list(addresses))
      # 监听的地址和端口。
      listen: \(quoted(listen))
      port: \(port)

      """
  }

  private static func brief(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "missing \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "wrong kind of value at \(context.codingPath.map(\.stringValue).joined(separator: "."))"
    default: String(String(describing: error).prefix(300))
    }
  }
}
