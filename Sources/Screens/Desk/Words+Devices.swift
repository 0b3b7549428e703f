// The words of 电脑和登记.

extension Words {
  enum Devices {
    static let title = "电脑和登记"
    static let working = "在用"
    static let revoked = "已停用"
    static let none = "没有电脑"
    static let nothing = "还没有记录"
    static let directory = "数据目录"
    static let number = "编号"
    static let name = "姓名"
    static let atServer = "登记码只在县服务端发，不在电脑上发。请管服务端的人运行："
    static let fill = "编号用工号一类不会变的，不用身份证号；姓名写本人。"
    static let slip = "登记条当面交给本人，72 小时内有效，只用一次。"
    static let lost = "电脑丢了、坏了或换人，请管服务端的人先停用，再另发登记条："

    static func village(_ name: String, _ code: String) -> String { "\(name)（\(code)）没有在用的村干部电脑" }
    static func without(_ name: String, _ person: String) -> String { "\(name)（\(person)）的电脑都已停用" }
    static func holds(_ name: String, _ person: String) -> String { "\(name)（\(person)）" }
    static func number(of device: String) -> String { "设备编号 \(device)" }
  }
}
