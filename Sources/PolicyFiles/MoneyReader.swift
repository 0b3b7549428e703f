// Income and spending of a case: one amount, a map from kinds to amounts, or a list of items.

internal import Relief
internal import Yaml

struct MoneyReader {
  let file: String
  /// Keys of the members an item may belong to; nil: not checked.
  private let members: Set<String>?
  private let owner: String?

  init(_ file: String, members: [MemberInput]? = nil, owner: String? = nil) {
    self.file = file
    self.members = members.map { Set($0.map(\.key)) }
    self.owner = owner
  }

  private static let names: [String: [String]] = [
    "person": ["member", "谁", "成员", "人员", "name", "who"], "kind": ["类别", "type", "种类"], "item": ["项目", "what", "名目"],
    "amount": ["金额", "元", "yuan", "value"], "amount_fen": ["分", "fen"], "period": ["期间", "周期", "per"],
    "source": ["来源"], "gross": ["总额", "总费用"], "reimbursed": ["报销", "已报销"], "note": ["说明"],
  ]

  /// Nil where the income is said to be unknown.
  func income(_ entry: YamlNode.Entry) throws(CaseFault) -> [IncomeItem]? {
    if entry.value.isNull { return nil }
    if let text = entry.value.text {
      if Spelling.isUnknown(text) { return nil }
      if Spelling.isNothing(text) { return [] }
      return [try one(.other, item: nil, entry)]
    }
    if let entries = entry.value.entries {
      if Self.isItem(entries) { return [try incomeItem(entry.value)] }
      var items: [IncomeItem] = []
      for one in entries {
        let (kind, item) = try incomeKind(one.key, one)
        items.append(try self.one(kind, item: item, one))
      }
      return items
    }
    var items: [IncomeItem] = []
    for node in entry.value.list ?? [] { items.append(try incomeItem(node)) }
    return items
  }

  /// A map is one item where it says its amount or kind.
  private static func isItem(_ entries: [YamlNode.Entry]) -> Bool {
    entries.contains { ["amount", "amount_fen", "kind", "金额", "类别"].contains(Spelling.key($0.key)) }
  }

  private func incomeKind(_ text: String, _ entry: YamlNode.Entry) throws(CaseFault) -> (IncomeItem.Kind, String?) {
    if let kind = Vocabulary.incomeKinds[text] { return (kind, nil) }
    if let (code, kind) = Vocabulary.incomeItems[text] { return (kind, code) }
    throw CaseFault(
      file: file, line: entry.line, key: entry.key,
      kind: .badValue(text, allowed: Vocabulary.incomeKinds.shown + Vocabulary.incomeItems.shown))
  }

  private func incomeItem(_ node: YamlNode) throws(CaseFault) -> IncomeItem {
    let fields = try Fields(node, file, key: "income", Self.names)
    var kind = IncomeItem.Kind.other
    var item: String?
    if let entry = fields["item"], let text = try fields.text("item") {
      // A word this program does not know is a code of the county's own list.
      item = Vocabulary.incomeItems[text]?.code ?? Spelling.key(text)
      kind = Vocabulary.incomeItems[text]?.kind ?? .other
      _ = entry
    }
    if let entry = fields["kind"], let text = try fields.text("kind") {
      let (stated, code) = try incomeKind(text, entry)
      kind = stated
      item = item ?? code
    }
    let (fen, period) = try amount(fields)
    var made = IncomeItem(kind, fen: fen, item: item, member: try person(fields), period: period)
    made.isEstimate = try fields.text("source").map { ["estimate", "推算"].contains($0) } ?? false
    return made
  }

  /// An amount that stands by itself under a key.
  func one(_ kind: IncomeItem.Kind, item: String?, _ entry: YamlNode.Entry) throws(CaseFault) -> IncomeItem {
    let (fen, period) = try bare(entry)
    return IncomeItem(kind, fen: fen, item: item, member: owner, period: period)
  }

  func spending(_ entry: YamlNode.Entry) throws(CaseFault) -> [SpendingItem]? {
    if entry.value.isNull { return nil }
    if let text = entry.value.text {
      if Spelling.isUnknown(text) { return nil }
      if Spelling.isNothing(text) { return [] }
      let (fen, period) = try bare(entry)
      return [SpendingItem("other", fen: fen, member: owner, period: period)]
    }
    var items: [SpendingItem] = []
    if let entries = entry.value.entries {
      if Self.isItem(entries) { return [try spendingItem(entry.value)] }
      for one in entries {
        guard let kind = Vocabulary.spendingKinds[one.key] else {
          throw CaseFault(
            file: file, line: one.line, key: one.key, kind: .badValue(one.key, allowed: Vocabulary.spendingKinds.shown))
        }
        let (fen, period) = try bare(one)
        items.append(SpendingItem(kind, fen: fen, member: owner, period: period))
      }
      return items
    }
    for node in entry.value.list ?? [] { items.append(try spendingItem(node)) }
    return items
  }

  private func spendingItem(_ node: YamlNode) throws(CaseFault) -> SpendingItem {
    let fields = try Fields(node, file, key: "spending", Self.names)
    let kind = try fields.word("kind", Vocabulary.spendingKinds) ?? "other"
    var (fen, period) = try amount(fields)
    if fields["gross"] != nil {
      let gross = try amount(of: "gross", fields)?.fen
      let back = fields["reimbursed"] == nil ? 0 : try amount(of: "reimbursed", fields)?.fen
      // Only what the family itself paid is deducted.
      fen = gross.flatMap { gross in back.map { max(0, gross - $0) } }
    }
    period = try fields.word("period", Vocabulary.periods) ?? period
    return SpendingItem(kind, fen: fen, member: try person(fields), period: period)
  }

  // MARK: Parts

  private func person(_ fields: Fields) throws(CaseFault) -> String? {
    guard let entry = fields["person"], let name = try fields.text("person") else { return owner }
    if let members, !members.contains(name) { throw fields.fault(entry, .unknownMember(name)) }
    return name
  }

  private func amount(_ fields: Fields) throws(CaseFault) -> (Int64?, Period) {
    let stated = try fields.word("period", Vocabulary.periods)
    if fields["amount_fen"] != nil {
      guard let entry = fields["amount_fen"], let text = try fields.text("amount_fen"), !Spelling.isUnknown(text) else {
        return (nil, stated ?? .year)
      }
      guard let fen = Int64(text) else { throw fields.fault(entry, .badValue(text, allowed: ["1199999"])) }
      return (fen, stated ?? .year)
    }
    let found = try amount(of: "amount", fields)
    return (found?.fen, stated ?? found?.period ?? .year)
  }

  private func amount(of name: String, _ fields: Fields) throws(CaseFault) -> Amount? {
    guard let entry = fields[name] else { return nil }
    return try read(entry)
  }

  private func bare(_ entry: YamlNode.Entry) throws(CaseFault) -> (Int64?, Period) {
    if let entries = entry.value.entries, Self.isItem(entries) {
      return try amount(try Fields(entry.value, file, key: entry.key, Self.names))
    }
    let amount = try read(entry)
    return (amount?.fen, amount?.period ?? .year)
  }

  private func read(_ entry: YamlNode.Entry) throws(CaseFault) -> Amount? {
    if entry.value.isNull { return nil }
    guard let text = entry.value.text else {
      throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .wrongShape(.text))
    }
    if Spelling.isUnknown(text) { return nil }
    guard let amount = Amount(text) else {
      throw CaseFault(
        file: file, line: entry.value.line, key: entry.key, kind: .badValue(text, allowed: ["11999.99", "1000/month", "unknown"]))
    }
    return amount
  }
}

/// `property`: a result for all, a result for each standard, or a finding with its items.
struct PropertyReader {
  let file: String

  init(_ file: String) { self.file = file }

  private static let names: [String: [String]] = [
    "result": ["结果", "结论"], "by": ["finder", "谁", "来源", "source"], "items": ["项目", "财产项目"], "lb": ["低保"],
    "margin": ["边缘", "低保边缘"], "tk": ["特困"], "zcx": ["支出型", "支出型困难"],
  ]

  func read(_ entry: YamlNode.Entry) throws(CaseFault) -> PropertyInput {
    var property = PropertyInput()
    if entry.value.isNull { return property }
    if let text = entry.value.text {
      guard let result = Vocabulary.propertyResults[text] else {
        throw CaseFault(
          file: file, line: entry.value.line, key: entry.key, kind: .badValue(text, allowed: Vocabulary.propertyResults.shown))
      }
      for standard in PropertyInput.Standard.allCases { property.results[standard] = result }
      return property
    }
    let fields = try Fields(entry.value, file, key: entry.key, Self.names)
    if let by = fields["by"], let text = try fields.text("by") {
      // `by` is both 低保边缘 and "found by".
      if let result = Vocabulary.propertyResults[text] {
        property.results[.by] = result
      } else if let finder = Vocabulary.finders[text] {
        property.finder = finder
      } else {
        throw fields.fault(by, .badValue(text, allowed: Vocabulary.finders.shown + Vocabulary.propertyResults.shown))
      }
    }
    if let result = try fields.word("result", Vocabulary.propertyResults) {
      for standard in PropertyInput.Standard.allCases where property.results[standard] == nil { property.results[standard] = result }
    }
    for (name, standard) in [("lb", PropertyInput.Standard.lb), ("margin", .by), ("tk", .tk), ("zcx", .zcx)] {
      if let result = try fields.word(name, Vocabulary.propertyResults) { property.results[standard] = result }
    }
    for node in fields["items"]?.value.list ?? [] {
      let item = try Fields(node, file, key: "items", ["kind": ["类别", "种类", "what"], "exemption": ["豁免", "exempt"]])
      let exemption: String? =
        item["exemption"] == nil ? PropertyInput.Item.noExemption : try item.word("exemption", Vocabulary.exemptions)
      property.items.append(.init(try item.text("kind") ?? "", exemption: exemption))
    }
    return property
  }
}
