// The sentences of papers and exports.

internal import County
internal import Papers
internal import Relief
internal import Yaml

extension Words {
  static func days(_ days: PaperDays, _ month: String, _ today: CivilDate?) -> String {
    self.days(days.from.description, days.to.description, month, today)
  }

  static func days(_ from: String, _ to: String, _ month: String, _ today: CivilDate?) -> String {
    "统计月 \(month)：\(from) 至 \(to)\(unfinished(to, today))（结算日用 --settle-day 改）"
  }

  /// Nil of days that are over: there is nothing to add to what somebody wrote.
  static func days(_ from: String, _ to: String, _ today: CivilDate?) -> String? {
    let unfinished = unfinished(to, today)
    return unfinished.isEmpty ? nil : "\(from) 至 \(to)\(unfinished)"
  }

  static let badSettleDay = "结算日要在 1 到 27 之间，写 --settle-day 15 这样。什么都没有写。"

  static let daysOrMonth = "日子没有写对：写 --month 2026-11（可加 --settle-day），或者 --from 和 --to 两个日期。什么都没有做。"

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

  /// What leaflets do not say yet.
  static func unset(_ count: Int) -> String {
    count == 0 ? "标准和期限都设定了。" : "明白纸里有 \(count) 处“未设定”：先用 zoufangd import parameters 设定（有哪些见 zoufangd parameters），再写一遍，然后发。"
  }

  static let noLabels = "没有 codes.csv，代码没有换成名称。把 seeds/codes.csv 放进数据目录，或用 --codes 指明。"

  static func entered(_ count: EnteredCount) -> String {
    let known = count.known == 0 ? "" : "，另有 \(count.known) 户以前记过"
    return "已记下 \(count.marked) 户录入了省系统\(known)；下次只导出没有录入的。"
  }

  static func markLater(_ county: String, _ path: String) -> String { "照它录完以后：zoufangd mark-entered \(county) \(path)" }

  static let nothingNew = "没有还没录入的。没有写文件；全部导出用 --all。"

  static let nobody = "这个月这里没有要导出的人。没有写文件。"

  static func filesTaken(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: "、") + (names.count > 3 ? "等 \(names.count) 个" : "")
    return "目录里已有同名文件：\(shown)。什么都没有写：换一个目录，或先把旧的移走。"
  }

  static func noExport(_ text: String, _ recent: [ExportMade]) -> [String] {
    ["“\(text)”不是哪次导出的文件或编号。编号是文件名最后八位，打印页脚也有。什么都没有记。"]
      + (recent.isEmpty ? ["还没有导出过要记录入的。"] : ["最近的导出："] + recent.map { "  \($0.number)  \($0.day)  \($0.rows) 行  \($0.file)" })
  }

  static func exportProfile(_ fault: ExportProfileFault) -> String { profile(fault) + "什么都没有写。" }
}
