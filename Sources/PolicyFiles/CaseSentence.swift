// What is wrong with a case or parameter file, in words for whoever wrote it: file, line, key, then what to do. Both programs read such
// files, so the sentences stand beside the faults.

internal import Yaml

public enum CaseSentence {
  public static func of(_ fault: CaseFault) -> String {
    let place = "\(fault.file):\(fault.line)" + (fault.key.isEmpty ? "" : " \(fault.key)")
    return place + "：" + sentence(fault.kind)
  }

  private static func sentence(_ kind: CaseFault.Kind) -> String {
    switch kind {
    case .yaml(let kind): yaml(kind)
    case .unknownKey(let allowed): "不认识这个键，请改成其中之一：" + list(allowed)
    case .repeatedKey: "这个键写了两次（或用了两个名字），请只留一个"
    case .missingKey: "缺这个键，请补上"
    case .wrongShape(let shape): "这里要写" + word(shape)
    case .badValue(let value, let allowed): "值“\(value)”不对" + (allowed.isEmpty ? "，请改正" : "，可以写：" + list(allowed))
    case .unknownMember(let name): "成员里没有“\(name)”，请与 members 里的 name 一致"
    case .empty: "没有用例，请至少写一个"
    case .tooMany(let max): "太多了，最多 \(max) 个，请分成几个文件"
    }
  }

  private static func word(_ shape: CaseFault.Shape) -> String {
    switch shape {
    case .text: "一个值"
    case .list: "列表（每行以 - 开头）"
    case .map: "键: 值"
    case .listOrMap: "列表或者键: 值"
    }
  }

  private static func yaml(_ kind: YamlFault.Kind) -> String {
    switch kind {
    case .syntax(let problem): "不是正确的 YAML（\(problem)），请检查缩进、冒号和引号"
    case .notUTF8: "不是 UTF-8，请另存为 UTF-8"
    case .tooLarge(let max): "文件太大，最多 \(max) 字节"
    case .tooDeep(let max): "嵌套太深，最多 \(max) 层"
    case .tooManyNodes(let max): "内容太多，最多 \(max) 项"
    case .unknownAlias(let name): "引用 *\(name) 没有定义，请先用 &\(name) 定义"
    case .duplicateKey(let key): "键“\(key)”写了两次，请只留一个"
    case .keyIsNoText: "键要写成文字"
    case .badMerge: "<< 后面要写键: 值的引用"
    case .unavailable: "内存不够，请关掉别的程序再试"
    }
  }

  private static func list(_ words: [String]) -> String {
    words.prefix(40).joined(separator: "、") + (words.count > 40 ? " 等 \(words.count) 个" : "")
  }
}
