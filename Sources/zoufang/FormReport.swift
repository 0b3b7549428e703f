// FormReport: what `zoufang form check` prints, from the facts of FormCheck.

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
    for problem in check.problems { lines.append("  \(fault(problem))") }
    return lines
  }

  /// File, line, node and reason: `visit.xml:12 /data/age：…`.
  static func fault(_ fault: FormFault) -> String {
    "\(fault.file):\(fault.line) \(fault.node)：\(sentence(fault.reason))"
  }

  /// What is wrong, in words for whoever writes the form; most end with what to do by naming it.
  private static func sentence(_ reason: FormFault.Reason) -> String {
    switch reason {
    case .notXML(let word): "不是完整的 XML（\(word)）"
    case .documentTypeRefused: "不接受文档类型声明（DOCTYPE）：请删掉"
    case .tooLarge(let limit): "文件太大，最多 \(limit) 字节"
    case .tooDeep(let limit): "嵌套太深，最多 \(limit) 层"
    case .missingElement(let name): "缺少元素 \(name)"
    case .missingAttribute(let name): "缺少属性 \(name)"
    case .badAttribute(let name, let value): "属性 \(name) 的值“\(value)”不对"
    case .badReference(let text): "“\(text)”不是节点路径"
    case .noSuchNode(let path): "实例里没有节点 \(path)"
    case .noSuchInstance(let id): "没有名为 \(id) 的次级实例"
    case .missingAttachment(let name): "缺少附件 \(name)：请放在表单旁边"
    case .badAttachment(let name): "附件 \(name) 读不懂"
    case .duplicateBind(let path): "\(path) 有两个 bind"
    case .duplicateInstance(let id): "次级实例 \(id) 重复"
    case .duplicateTranslation(let language, let id): "译文 \(language) 的 \(id) 重复"
    case .missingTranslation(let id): "没有译文 \(id)"
    case .badExpression(let attribute, let expression, let detail): "\(attribute) 的表达式 \(expression) 读不懂（\(detail)）"
    case .cycle(let paths): "计算互相依赖：" + paths.joined(separator: " → ")
    case .unsupportedEntitiesVersion(let version): "实体规范版本 \(version) 太新"
    case .encryptedForm: "加密表单不支持：请去掉公钥"
    case .wrongForm(let expected, let found): "是表 \(found) 的实例，不是 \(expected) 的"
    case .instanceTooLarge(let limit): "实例太大，最多 \(limit) 个节点"
    case .unknownElement(let name): "不认识的元素 \(name)，照原样保留"
    case .unknownAttribute(let name): "不认识的属性 \(name)，照原样保留"
    case .unknownDataType(let name): "不认识的数据类型 \(name)，当作文字"
    case .unsupported(let what): "不支持 \(what)"
    case .secondModelIgnored: "有两个 model，只用第一个"
    case .questionWithoutNode(let path): "问题没有对应的节点 \(path)"
    }
  }
}
