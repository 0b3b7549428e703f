// What is wrong with a case or parameter file, in words for whoever wrote it: file, line, key, then what to do. Both programs read such
// files, so the sentences stand beside the faults.

internal import Relief
internal import Yaml

public enum CaseSentence {
  public static func of(_ fault: CaseFault) -> String {
    let place = "\(fault.file):\(fault.line)" + (fault.key.isEmpty ? "" : " \(fault.key)")
    if case .unknownKey(let allowed) = fault.kind, allowed.count > shownWords {
      let near = nearest(to: fault.key, allowed).joined(separator: "、")
      return place + "：不认识这个键，最像的有：\(near)（全部 \(allowed.count) 个见 zoufangd parameters）"
    }
    return place + "：" + sentence(fault.kind)
  }

  private static let shownWords = 40
  private static let nearestWords = 5

  /// The words that take fewest changes of a character to become this one.
  private static func nearest(to key: String, _ words: [String]) -> [String] {
    words.map { ($0, distance(Array(key.lowercased().utf8), Array($0.utf8))) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
      .prefix(nearestWords).map(\.0)
  }

  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (index, byte) in one.prefix(nearestBytes).enumerated() {
      var corner = row[0]
      row[0] = index + 1
      for (column, otherByte) in other.enumerated() {
        let changed = corner + (byte == otherByte ? 0 : 1)
        corner = row[column + 1]
        row[column + 1] = min(changed, corner + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }

  /// A key may be as long as a file; no name is.
  private static let nearestBytes = 100

  private static func sentence(_ kind: CaseFault.Kind) -> String {
    switch kind {
    case .yaml(let kind): yaml(kind)
    case .unknownKey(let allowed): "不认识这个键，请改成其中之一：" + list(allowed)
    case .repeatedKey: "这个键写了两次（或用了两个名字），请只留一个"
    case .missingKey: "缺这个键，请补上"
    case .wrongShape(let shape): "这里要写" + word(shape)
    case .badValue(let value, let allowed): "值“\(value)”不对" + (allowed.isEmpty ? "，请改正" : "，可以写：" + list(allowed))
    case .badParameter(let value, let kind): "值“\(value)”不对，要写" + shape(kind)
    case .unknownMember(let name): "成员里没有“\(name)”，请与 members 里的 name 一致"
    case .empty: "没有用例，请至少写一个"
    case .tooMany(let max): "太多了，最多 \(max) 个，请分成几个文件"
    }
  }

  private static func shape(_ kind: PolicyValueKind) -> String {
    switch kind {
    case .money: "金额（元），如 20000 或 2000.50"
    case .standard: "每人的标准（元），如 650/month 或 7800/year"
    case .count: "整数，如 6"
    case .multiplier: "倍数，如 1.5"
    case .percent: "百分数，如 30%"
    case .fraction: "分数或百分数，如 2/3 或 60%"
    case .flag: "yes（是）或 no（否）"
    case .codes: "代码，用空格隔开，如 lb tk；一个也没有写 none"
    case .comparator: "below（低于）或 within（以内）"
    case .spending: "刚性支出怎么扣，写法见 docs/policy-parameters.md"
    case .cost: "务工成本怎么扣，写法见 docs/policy-parameters.md"
    case .limit: "每人每年的收入上限，如 12000（元），或 1.5x（低保标准的倍数）"
    case .holidays: "一年的放假和调休，如 01-01 01-02 02-14+（+ 是周末上班）"
    case .levels: "各种预警的级别，如 deceased_paid=red medical_cost=orange；级别有 red、orange、yellow、blue"
    case .text: "文字"
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
