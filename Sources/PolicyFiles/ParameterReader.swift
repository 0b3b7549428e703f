// Values of policy parameters in YAML: a file of seeds/policy, and `parameters:` of a case. A name stands for one value, or for a
// list of dated ones; 未设定 says that from that day there is none.

internal import Relief
internal import Yaml

struct ParameterReader {
  let file: String

  init(_ file: String) { self.file = file }

  private static let aliases: [String: [PolicyParameter]] = [
    "lb_standard": [.lbStandardRural, .lbStandardUrban], "低保标准": [.lbStandardRural, .lbStandardUrban],
    "农村低保标准": [.lbStandardRural], "城镇低保标准": [.lbStandardUrban], "城市低保标准": [.lbStandardUrban],
    "disposable_income": [.disposableIncomeRural, .disposableIncomeUrban],
    "上年人均可支配收入": [.disposableIncomeRural, .disposableIncomeUrban], "监测范围": [.fpLine], "监测线": [.fpLine],
    "防返贫监测范围": [.fpLine], "边缘倍数": [.byMultiplier], "刚性支出扣减": [.rigidSpending], "就业成本扣减": [.employmentCost],
    "先行救助上限": [.firstAidCeiling], "重特大疾病名录": [.majorDiseases],
  ]

  private static let valueNames: [String: [String]] = [
    "value": ["值", "数值"], "from": ["起", "自", "起始日期"], "source": ["来源", "依据"], "certainty": ["确定程度"], "note": ["说明"],
  ]

  func read(_ entry: YamlNode.Entry?, onto parameters: PolicyParameters) throws(CaseFault) -> PolicyParameters {
    guard let entry, !entry.value.isNull else { return parameters }
    guard let entries = entry.value.entries else {
      throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .wrongShape(.map))
    }
    return try read(entries, onto: parameters)
  }

  func read(_ entries: [YamlNode.Entry], onto parameters: PolicyParameters) throws(CaseFault) -> PolicyParameters {
    var parameters = parameters
    var named: Set<PolicyParameter> = []
    // What is named here takes the place of what held before, whole.
    func state(_ values: [DatedValue], of name: PolicyParameter) {
      if named.insert(name).inserted { parameters.forget(name) }
      for value in values { parameters.state(value, of: name) }
    }
    for entry in entries {
      let key = Spelling.key(entry.key)
      let names = PolicyParameter(rawValue: key).map { [$0] } ?? Self.aliases[key] ?? Self.aliases[entry.key]
      guard let names else {
        throw CaseFault(
          file: file, line: entry.line, key: entry.key, kind: .unknownKey(allowed: PolicyParameter.allCases.map(\.rawValue)))
      }
      if names.count == 2, let parts = entry.value.entries, parts.allSatisfy({ Vocabulary.hukou[$0.key] != nil }) {
        for part in parts {
          let name = Vocabulary.hukou[part.key] == .rural ? names[0] : names[1]
          state(try values(part, of: name), of: name)
        }
        continue
      }
      for name in names { state(try values(entry, of: name), of: name) }
    }
    return parameters
  }

  /// One value that always held, or a list of dated ones.
  private func values(_ entry: YamlNode.Entry, of parameter: PolicyParameter) throws(CaseFault) -> [DatedValue] {
    let isDated: (YamlNode) -> Bool = { $0.entries?.contains { ["value", "from", "值", "起"].contains(Spelling.key($0.key)) } ?? false }
    if isDated(entry.value) { return [try dated(entry.value, entry, parameter)] }
    if let list = entry.value.list, list.contains(where: isDated) {
      var values: [DatedValue] = []
      for node in list { values.append(try dated(node, entry, parameter)) }
      return values
    }
    return [DatedValue(from: nil, value: try text(entry.value, entry, parameter), source: file, certainty: .local)]
  }

  private func dated(
    _ node: YamlNode, _ entry: YamlNode.Entry, _ parameter: PolicyParameter
  ) throws(CaseFault) -> DatedValue {
    let fields = try Fields(node, file, key: entry.key, Self.valueNames)
    let words = Words<Certainty>(["stated 见原文": .stated, "recalled 待核实": .recalled, "local 本地设定": .local])
    let value = fields["value"]
    return DatedValue(
      from: try fields.date("from"), value: try value.map { value throws(CaseFault) in try text(value.value, value, parameter) } ?? "",
      source: try fields.text("source") ?? file, certainty: try fields.word("certainty", words) ?? .local,
      note: try fields.text("note") ?? "")
  }

  /// The value in the parameter's own shape; empty for 未设定. Checked here, so that a slip is an error with its line.
  private func text(
    _ node: YamlNode, _ entry: YamlNode.Entry, _ parameter: PolicyParameter
  ) throws(CaseFault) -> String {
    if node.isNull || node.text == "unset" || node.text == "未设定" { return "" }
    let text = try ParameterText(file, entry).text(node, of: parameter.definition.kind, parameter)
    guard parameter.definition.kind.value(text) != nil else {
      throw CaseFault(
        file: file, line: node.line, key: entry.key,
        kind: .badParameter(node.text ?? text, parameter.definition.kind))
    }
    return text
  }
}

/// A parameter's text as people write it in a file: Chinese words, lists and maps become the parameter's own shape.
struct ParameterText {
  let file: String
  let entry: YamlNode.Entry

  init(_ file: String, _ entry: YamlNode.Entry) { (self.file, self.entry) = (file, entry) }

  func text(_ node: YamlNode, of kind: PolicyValueKind, _ parameter: PolicyParameter) throws(CaseFault) -> String {
    switch kind {
    case .flag: return scalar(node).flatMap { Vocabulary.answers[$0]?.rawValue } ?? scalar(node) ?? ""
    case .comparator:
      let words = Words<String>(["below 低于 <": "below", "within 以内 <= ≤ 不超过": "within"])
      return scalar(node).flatMap { words[$0] } ?? scalar(node) ?? ""
    case .codes: return try codes(node, parameter)
    case .spending: return try spending(node)
    case .cost, .limit: return cap(scalar(node) ?? "")
    case .percent: return percent(scalar(node) ?? "")
    case .fraction: return (scalar(node) ?? "").replacing("／", with: "/")
    case .multiplier: return (scalar(node) ?? "").replacing("倍", with: "")
    case .money, .standard: return amount(scalar(node) ?? "")
    case .count, .holidays, .levels, .text: return scalar(node) ?? ""
    }
  }

  private func scalar(_ node: YamlNode) -> String? { node.text }

  private func amount(_ text: String) -> String {
    text.replacing("元", with: "").replacing(",", with: "").replacing("_", with: "")
  }

  /// `0.5` and `50%` say the same.
  private func percent(_ text: String) -> String {
    guard !text.hasSuffix("%"), let share = Decimal4(text), share.tenThousandths <= 10_000 else { return text }
    return Decimal4.text(share.tenThousandths * 100) + "%"
  }

  private func codes(_ node: YamlNode, _ parameter: PolicyParameter) throws(CaseFault) -> String {
    var words: [String] = []
    if node.list != nil || node.text != nil {
      words = try Fields.texts(of: .init(key: entry.key, line: entry.line, value: node), file)
    }
    let codes = words.filter { !Spelling.isNothing($0) }.map { word in
      Vocabulary.statuses[word] ?? Vocabulary.incomeItems[word]?.code
        ?? (parameter == .drbGrade3Kinds ? Vocabulary.disabilityKinds[word].map(String.init) : nil) ?? Spelling.key(word)
    }
    return codes.isEmpty ? "none" : codes.joined(separator: " ")
  }

  /// `none`, `5000`, `30%`, `30%ofIncome`, `2x`, `2xStandard`, `2倍`, `不封顶`.
  private func cap(_ text: String) -> String {
    let text = text.lowercased().replacing("ofincome", with: "").replacing(" of income", with: "").replacing("xstandard", with: "x")
      .replacing("×standard", with: "x").replacing("×", with: "x").replacing("倍", with: "x")
    let words = Words<String>(["none 不封顶 无上限 不限": "none", "off 不扣减 disabled": "off", "actual 据实": "actual"])
    return words[text] ?? amount(text)
  }

  /// One cap; a map from kinds to caps; or a list of rows kind, enabled, cap type, cap.
  private func spending(_ node: YamlNode) throws(CaseFault) -> String {
    if let text = node.text { return text.contains(":") ? text : cap(text) }
    var parts: [String] = []
    for one in node.entries ?? [] { parts.append(try kind(one.key, one.line) + ":" + cap(one.value.text ?? "")) }
    for row in node.list ?? [] {
      let fields = try Fields(
        row, file, key: entry.key,
        ["kind": ["类别"], "enabled": ["启用"], "cap_type": ["上限方式"], "cap": ["上限"]])
      guard let name = try fields.text("kind") else { throw CaseFault(file: file, line: row.line, key: "kind", kind: .missingKey) }
      let isOn = try fields.answer("enabled", absent: .yes) == .yes
      let value = try fields.text("cap") ?? "none"
      let type = try fields.text("cap_type").map { $0.lowercased() } ?? ""
      let suffix = type.contains("income") && !value.hasSuffix("%") ? "%" : type.contains("standard") && !value.hasSuffix("x") ? "x" : ""
      parts.append(try kind(name, row.line) + ":" + (isOn ? cap(type == "none" ? "none" : value + suffix) : "off"))
    }
    return parts.isEmpty ? "off" : parts.joined(separator: " ")
  }

  private func kind(_ word: String, _ line: Int) throws(CaseFault) -> String {
    let words = Words<String>(["total 合计": "total", "all 所有 其余 全部": "all"])
    guard let kind = words[word] ?? Vocabulary.spendingKinds[word] else {
      throw CaseFault(
        file: file, line: line, key: word, kind: .unknownKey(allowed: ["all", "total"] + Vocabulary.spendingKinds.shown))
    }
    return kind
  }
}
