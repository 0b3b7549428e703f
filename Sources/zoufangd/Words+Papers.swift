// The sentences of papers and exports.

internal import County
internal import Papers
internal import Yaml

extension Words {
  static func days(_ days: PaperDays, _ month: String) -> String { "统计月 \(month)：\(days.from) 至 \(days.to)（结算日用 --settle-day 改）" }

  static func wrote(_ file: PaperFile) -> String { "\(file.name)：\(file.rows) 行" }

  static func wrote(_ name: String) -> String { "已写 \(name)" }

  static let householdOrRecord = "写 --household 户编号，或 --record 记录编号，只写一个。"

  static func missing(_ characters: [Character], in name: String) -> String {
    "\(name)：字体里没有这些字，印成了“〓”，请用笔补上，或用 --font 换字体：\(characters.map(String.init).joined(separator: " "))"
  }

  static func noForm(_ id: String, _ known: [String]) -> String {
    known.isEmpty
      ? "还没有发布任何表。先用 zoufangd publish-form 发布。什么都没有写。"
      : "没有已发布、今天能用的“\(id)”。有：\(known.joined(separator: "、"))。什么都没有写。"
  }

  static func noSubmission(_ id: String) -> String {
    "“\(id)”没有填好的表。核对户编号或记录编号，看 zoufangd parked 里有没有。什么都没有写。"
  }

  static func noFont(_ path: String?) -> String {
    (path.map { "\($0) 不是能放进 PDF 的字体" } ?? "系统里没有能放进 PDF 的中文字体")
      + "，只写了 .xlsx，没有写 PDF。装上 fonts-wqy-zenhei，或用 --font 指明一个 .ttf、.ttc。"
  }

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
