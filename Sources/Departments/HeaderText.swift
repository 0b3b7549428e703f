// Names of columns as departments write them, and what stands in brackets behind them: a unit or a remark, which the column has
// whatever it is, or something else, and then it is another column (身份证号（户主） is not the person's own).

/// Names of columns, and labels, compare without blanks, without regard to case, and with narrow brackets and digits.
enum HeaderText {
  static func folded(_ text: String) -> String {
    var folded = ""
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && scalar != "\u{FEFF}" && scalar != "\u{200B}" {
      // The wide forms of ASCII.
      let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      folded.unicodeScalars.append(narrow)
    }
    while folded.first == "*" { folded.removeFirst() }
    while folded.last == "*" || folded.last == ":" { folded.removeLast() }
    return folded.lowercased()
  }

  /// A name with what stands in brackets behind it: `金额(万元)`.
  static func parted(_ folded: String) -> (name: String, bracket: String)? {
    guard folded.last == ")", let open = folded.lastIndex(of: "("), open != folded.startIndex else { return nil }
    return (String(folded[..<open]), String(folded[folded.index(after: open)...].dropLast()))
  }

  /// 分 in one unit of an amount: 元, 万元, 单位:元, 元/月.
  static func fen(_ bracket: String) -> Int64? {
    var unit = Substring(bracket)
    for lead in ["单位:", "单位"] where unit.hasPrefix(lead) {
      unit = unit.dropFirst(lead.count)
      break
    }
    switch unit.prefix(while: { $0 != "/" }) {
    case "元", "人民币元", "人民币": return 100
    case "万元", "万": return 1_000_000
    case "千元": return 100_000
    case "百元": return 10_000
    case "分": return 1
    default: return nil
    }
  }

  private static let remarks: Set<String> = [
    "", "必填", "选填", "必录", "必须", "非必填", "可空", "可不填", "文本", "文本格式", "文本型", "数字", "数值", "日期", "日期格式", "公历", "阳历", "全称", "下拉", "下拉选择",
    "二代", "二代证", "居民", "岁", "周岁", "年", "年度", "年月", "年月日", "级", "天", "平方米", "亩", "填写", "填全称", "填数字", "填代码", "填写全称", "填写数字", "填写代码",
    "填写汉字", "填个人", "请填个人", "填是或否", "填有或无", "按年", "按月", "按季",
  ]
  /// Behind 单位:, where it is no amount. 单位 alone is somebody: 单位联系人.
  private static let units: Set<String> = ["岁", "周岁", "年", "月", "天", "人", "户", "平方米", "亩"]
  /// Whatever stands behind one of these says how a cell is written.
  private static let remarkLeads = ["如", "例", "格式", "精确", "必填", "选填"]
  /// Somebody is told something where one of the words behind says what to do. 按, 需 and the like alone may say whose it is: 需单位缴纳.
  private static let instructionLeads = ["请", "填", "按", "须", "需", "应", "保留"]
  private static let instructions = [
    "填", "写", "录入", "输入", "选择", "勾选", "核对", "一致", "为准", "格式", "文本", "准确", "完整", "小数", "整数", "位", "二代证", "身份证", "户口", "证件", "真实",
  ]
  /// Who does it, not how: 填写人, 核对单位.
  private static let doers = ["人", "员", "者", "单位", "部门", "机构"]

  /// Whether what stands in brackets says how the column is to be filled in, and not whose or which it is: 必填, 18位, yyyy-mm-dd, 元.
  static func isRemark(_ bracket: String) -> Bool {
    if remarks.contains(bracket) || fen(bracket) != nil { return true }
    if bracket.hasPrefix("单位:"), units.contains(String(bracket.dropFirst("单位:".count))) { return true }
    if doers.contains(where: bracket.hasSuffix) { return false }
    if remarkLeads.contains(where: bracket.hasPrefix) { return true }
    // 单位 is somebody, and 填报, 填表 is what somebody does: 填报单位名称.
    let told = bracket.replacing("单位", with: "")
    if instructionLeads.contains(where: told.hasPrefix), !["填报", "填表"].contains(where: told.hasPrefix),
      instructions.contains(where: told.contains)
    {
      return true
    }
    if bracket.allSatisfy({ "ymd0123456789-/.年月日".contains($0) }), bracket.contains(where: { "y年月日-/".contains($0) }) { return true }
    // 18位, 15或18位, 18位数字
    let digits = bracket.hasSuffix("数字") ? bracket.dropLast(2) : Substring(bracket)
    return digits.last == "位" && digits.first?.isWholeNumber == true
      && digits.dropLast().allSatisfy { $0.isWholeNumber || "或、-".contains($0) }
  }

  /// 合计 and the like, and what may stand behind it: `合计：`, `合计3人`, `本页小计(元)`.
  static func isTotal(_ text: String) -> Bool {
    var rest = Substring(folded(text))
    if rest.hasPrefix("本页") { rest = rest.dropFirst(2) }
    guard let word = ["合计", "总计", "小计", "共计"].first(where: rest.hasPrefix) else { return false }
    return rest.dropFirst(word.count).allSatisfy { $0.isWholeNumber || ":,.()人户元万名笔份次条".contains($0) }
  }
}
