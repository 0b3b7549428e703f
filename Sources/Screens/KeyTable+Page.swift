// KeyTable+Page: docs/keys.md, made from the table (a test says when the file is stale).

extension KeyTable {
  /// The whole page as Markdown.
  public static var page: String {
    var text = """
      # 按键 Keys

      本页由按键表生成（`Sources/Screens/KeyTable.swift`），不要手改：`UPDATE_GOLDEN=1 script/test` 重写。

      Every F-key has a Ctrl twin. Letters, digits and punctuation are never commands: under a Chinese input method a letter opens a
      preedit, so digits only ever pick from what is on the screen. Nothing is bound to Ctrl-C, and nothing to what fcitx or ibus take.

      | 键 | 作用 | 说明 | 何处 |
      |---|---|---|---|

      """
    for binding in bindings {
      let keys = binding.keys.map { "`\(name(of: $0))`" }.joined(separator: " ")
      let places = KeyContext.allCases.filter(binding.contexts.contains)
      let wherever =
        places.count == KeyContext.allCases.count ? "各处" : places.map(Words.Keys.context).joined(separator: "、")
      text += "| \(keys) | \(binding.label) | \(binding.note) | \(wherever) |\n"
    }
    text += """
      | `0`–`9` | 选择 | 选项代码；单号代码立即前进，可能还有第二位时等下一位或 Enter；多选按一次选中、再按一次取消 | 走访表：选择 |
      | 文字 | 缩小 | 选择栏里输拼音首字母、全拼或汉字，选项随之减少，剩一项时 Enter 选中 | 走访表：选择 |
      | 文字 | 新增 | 在新增行上直接输入，就新增一行 | 走访表：成员行 |
      | `0`–`9` | 序号 | 名单上输序号，Enter 打开 | 名单 |

      """
    return text
  }
}
