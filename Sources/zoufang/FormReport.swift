// FormReport: what `zoufang form check` prints, from the facts of FormCheck.

import Derivation
import XForm

enum FormReport {
  static func lines(_ check: FormCheck) -> [String] {
    var lines = [
      "问题 \(check.items.count { $0.control != nil }) 个，分组 \(check.groups)，可重复 \(check.repeats)，表达式 \(check.expressions)，"
        + "语言 \(check.languages.isEmpty ? "未写" : check.languages.joined(separator: "、"))"
    ]
    for list in check.lists { lines.append("选项表 \(list.id)：\(list.items) 项") }
    for item in check.items {
      let kind = item.control.map { "\($0) \(item.dataType)" } ?? "计算 \(item.dataType)"
      let rules = item.rules.isEmpty ? "" : "  规则 " + item.rules.joined(separator: "、")
      lines.append("\(item.path)  [\(kind)]  \(item.label)\(rules)")
      if !item.dependants.isEmpty { lines.append("    影响 " + item.dependants.joined(separator: " ")) }
    }
    lines.append(check.problems.isEmpty ? "没有发现毛病。" : "毛病 \(check.problems.count) 处：")
    for problem in check.problems { lines.append("  \(FormSentence.of(problem))") }
    return lines
  }
}
