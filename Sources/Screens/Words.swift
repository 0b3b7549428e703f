// Words: every Chinese sentence of the screens, by the screen that says it (Words+….swift). Sentences are facts and
// what to do; at most 36 columns on the message line; no exclamation marks; no character of ambiguous width (no “ ” …
// — · in the chrome).

enum Words {
  static let program = "走访"
  static let practice = "练习"
  static let tooSmall = "窗口太小：请放大到 60x18 以上"

  enum Visit {
    static let seen = "已看"
    static let saved = "已保存"
    static let saving = "正在保存"
    static let notSaved = "未保存"
    static let typing = "本栏未确认"
    static let nothingSaved = "尚未录入"
    static let goTo = "跳到第几栏："
    static let reason = "强制通过的理由："
    static let remark = "备注："
    static let remarkMark = "(备注)"
    static let addHint = "直接输入即新增一行；Enter 往下"
    static let rowHint = "Enter 打开；Down 下一行；F8 删除"
    static func waits(_ code: String, _ label: String, mayGoOn: Bool) -> String {
      "\(code) \(label)：Enter 确认" + (mayGoOn ? "，或再打一位" : "")
    }
    static let severalHint = "可选几项：选完按 Enter"
    static let rareCharacter = "生僻字"
    static let male = "男"
    static let female = "女"
    static let badIdentity = "号码不对"
    static let amending = "更正"
    static let newHousehold = "新增住户"

    static func add(_ label: String) -> String { label.isEmpty ? "新增一行：" : "新增" + label + "：" }
    static func source(_ source: Prefill.Source) -> String {
      switch source {
      case .lastVisit: "上次"
      case .roster: "名册"
      case .search: "查找"
      }
    }
    static func choicePage(_ page: Int, of pages: Int) -> String { "第 \(page)/\(pages) 页：Right 翻页，或输拼音首字母缩小" }
    static func missingDigits(_ count: Int) -> String { "还差 \(count) 位" }
    static func age(_ years: Int) -> String { "\(years)岁" }
  }

  enum Disk {
    static let title = "磁盘空间不足"
    static let explain = "现在录入的内容可能存不下。"
    static let back = "1 返回"
    static let anyway = "2 仍要打开"
  }
}
