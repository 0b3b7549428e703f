// FormSentence: what is wrong with a form, said to whoever writes it, at `zoufang form check` and at `zoufangd publish-form` in the same
// words.

public import XForm

public enum FormSentence {
  /// File, line, node and reason: `visit.xml:12 /data/age：…`.
  public static func of(_ fault: FormFault) -> String {
    let node = fault.node.isEmpty ? "" : " " + fault.node
    return "\(fault.file):\(fault.line)\(node)：\(sentence(fault.reason))"
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
