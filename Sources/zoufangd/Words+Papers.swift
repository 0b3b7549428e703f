// The sentences of papers and exports.

internal import County
internal import Papers
internal import Yaml

extension Words {
  static func days(_ days: PaperDays, _ month: String) -> String { "统计月 \(month)：\(days.from) 至 \(days.to)（结算日用 --settle-day 改）" }

  static func wrote(_ file: PaperFile) -> String { "\(file.name)：\(file.rows) 行" }

  static let noLabels = "没有 codes.csv，代码没有换成名称。把 seeds/codes.csv 放进数据目录，或用 --codes 指明。"

  static func entered(_ count: Int) -> String { "已记下 \(count) 户录入了省系统；下次只导出没有录入的。" }

  static let nothingNew = "没有还没录入的户。全部导出用 --all。"

  static func exportProfile(_ fault: ExportProfileFault) -> String {
    let place = "\(fault.file) 第 \(fault.line) 行" + (fault.key.isEmpty ? "" : " \(fault.key)")
    let why =
      switch fault.kind {
      case .yaml: "YAML 写法不对，检查缩进和引号"
      case .unknownKey(let allowed): "没有这个键，可写 \(allowed.joined(separator: "、"))"
      case .missingKey: "缺少这个键，或同时写了 value 和 constant"
      case .wrongShape(let wanted): "写法不对，要 \(wanted)"
      case .badValue(let text, let allowed): "“\(text)”不行，可写 \(allowed.joined(separator: "、"))"
      case .tooMany(let max): "太多，最多 \(max)"
      case .repeated(let header): "列名“\(header)”有两列，留一列"
      }
    return "\(place)：\(why)。什么都没有写。"
  }
}
