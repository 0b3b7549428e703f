// One case: from nodes to a ScreeningInput. What a case leaves out is unknown where it is a figure or a date (income, birth,
// property…), and "none stated" where it is a claim (spending, disability, illness, statuses, categories, emergencies, cards);
// `unknown` says 不清楚 for every one of them. docs/screening.md has the table.

internal import Relief
internal import Yaml

struct CaseReader {
  let file: String
  let number: Int

  init(_ file: String, number: Int) { (self.file, self.number) = (file, number) }

  private static let names: [String: [String]] = [
    "name": ["case", "id", "用例", "名称", "title"], "clause": ["条款", "依据", "basis"],
    "about": ["note", "notes", "说明", "备注", "description", "why"],
    "visit_date": ["date", "走访日期", "日期", "reference_date", "on"], "household": ["户", "家庭"],
    "members": ["成员", "家庭成员", "persons", "people"], "income": ["收入", "incomes", "家庭收入"],
    "spending": ["支出", "expenses", "expense", "刚性支出"], "property": ["财产", "财产核对"],
    "emergencies": ["emergency", "急难", "急难事项"], "marks": ["四项", "sections", "cards"], "risk": ["风险", "风险点", "risks"],
    "sudden_event": ["突发事件"], "severe_difficulty": ["严重困难", "基本生活严重困难"],
    "sudden_spending": ["支出突增", "支出突然增加"], "unstable_income": ["收入不稳定", "收入不固定"],
    "last_check": ["上次复核", "last_recheck"], "monitoring": ["监测", "监测对象"], "parameters": ["参数", "政策参数", "params"],
    "expect": ["expected", "预期", "expects", "expectations"],
  ]

  func read(
    _ node: YamlNode, _ shared: PolicyParameters, clause: String, line: Int
  ) throws(CaseFault) -> ScreeningCase {
    let fields = try Fields(node, file, key: "", Self.names)
    guard let date = try fields.date("visit_date") else {
      throw CaseFault(file: file, line: line, key: "visit_date", kind: .missingKey)
    }
    guard date.isWhole else {
      let kind = CaseFault.Kind.badValue(date.description, allowed: ["yyyy-MM-dd"])
      throw CaseFault(file: file, line: line, key: "visit_date", kind: kind)
    }
    var input = ScreeningInput(visitDate: date)
    let household = try HouseholdReader(file).read(fields["household"], into: &input)
    try people(fields, household, into: &input)
    try money(fields, household, into: &input)
    try claims(fields, into: &input)
    let parameters = try ParameterReader(file).read(fields["parameters"], onto: shared)
    let expectations = try ExpectationReader(file).read(fields["expect"], input)
    return ScreeningCase(
      name: try fields.text("name") ?? "\(number)", clause: try fields.text("clause") ?? clause, line: line, input: input,
      parameters: parameters, expectations: expectations)
  }

  /// What stands at the top of the case, or inside its household.
  private func entry(_ name: String, _ fields: Fields, _ household: Fields?) throws(CaseFault) -> YamlNode.Entry? {
    guard let top = fields[name] else { return household?[name] }
    if let inner = household?[name] {
      throw CaseFault(file: file, line: inner.line, key: inner.key, kind: .repeatedKey)
    }
    return top
  }

  private func people(_ fields: Fields, _ household: Fields?, into input: inout ScreeningInput) throws(CaseFault) {
    guard let entry = try entry("members", fields, household) else { return }
    if let text = entry.value.text, Spelling.isUnknown(text) || entry.value.isNull { return }
    guard let list = entry.value.list else { throw fields.fault(entry, .wrongShape(.list)) }
    var members: [MemberInput] = []
    var keys: Set<String> = []
    for node in list {
      let reader = MemberReader(file, number: members.count + 1, on: input.visitDate)
      let (member, income, spending) = try reader.read(node)
      guard keys.insert(member.key).inserted else {
        throw CaseFault(file: file, line: node.line, key: "name", kind: .badValue(member.key, allowed: []))
      }
      members.append(member)
      if let income { input.income = (input.income ?? []) + income }
      if let spending { input.spending = (input.spending ?? []) + spending }
    }
    input.members = members
  }

  private func money(_ fields: Fields, _ household: Fields?, into input: inout ScreeningInput) throws(CaseFault) {
    let reader = MoneyReader(file, members: input.members)
    if let entry = try entry("income", fields, household) {
      let items = try reader.income(entry)
      // What members say of theirs does not make up for the household's not being known.
      input.income = items.map { $0 + (input.income ?? []) }
    }
    if let entry = try entry("spending", fields, household) {
      let items = try reader.spending(entry)
      input.spending = items.map { $0 + (input.spending ?? []) }
    } else if input.spending == nil {
      input.spending = []
    }
    if let entry = try entry("property", fields, household) { input.property = try PropertyReader(file).read(entry) }
  }

  private func claims(_ fields: Fields, into input: inout ScreeningInput) throws(CaseFault) {
    let events = EventReader(file)
    input.emergencies = try fields["emergencies"].map { entry throws(CaseFault) in try events.emergencies(entry) } ?? []
    input.marks = try events.marks(fields["marks"], fields)
    input.risk = try risk(fields)
    input.suddenEvent = try fields.answer("sudden_event")
    input.severeDifficulty = try fields.answer("severe_difficulty")
    input.suddenSpending = try fields.answer("sudden_spending")
    input.unstableIncome = try fields.answer("unstable_income")
    input.lastCheck = try fields.date("last_check")
    input.monitoring = try fields["monitoring"].flatMap { entry throws(CaseFault) in try events.monitoring(entry) }
  }

  /// An answer, or a list of risks.
  private func risk(_ fields: Fields) throws(CaseFault) -> Answer? {
    guard let entry = fields["risk"] else { return nil }
    if let list = entry.value.list { return list.isEmpty ? .no : .yes }
    return try fields.answer("risk")
  }
}

/// `household`
struct HouseholdReader {
  let file: String

  init(_ file: String) { self.file = file }

  private static let names: [String: [String]] = [
    "id": ["name", "head", "户主"], "hukou": ["户籍", "户口", "城乡", "residence"], "kind": ["type", "户类型", "household_type"],
    "holds": ["categories", "category", "类别", "现享受", "已纳入", "current"],
    "size": ["人口", "人数", "家庭人口", "n", "共同生活人数", "people"],
    "no_labour_covered": ["整户无劳动能力兜底保障户", "兜底保障户"], "members": ["成员", "家庭成员", "persons"],
    "income": ["收入", "家庭收入"], "spending": ["支出", "expenses"], "property": ["财产"],
  ]

  func read(_ entry: YamlNode.Entry?, into input: inout ScreeningInput) throws(CaseFault) -> Fields? {
    input.household.holds = []
    guard let entry, !entry.value.isNull else { return nil }
    let fields = try Fields(entry.value, file, key: entry.key, Self.names)
    input.household.hukou = try fields.word("hukou", Vocabulary.hukou)
    input.household.kind = try fields.word("kind", Vocabulary.householdKinds)
    if fields["holds"] != nil {
      input.household.holds = try fields.words("holds", Vocabulary.categories).map { Set($0) }
    }
    input.household.size = try fields.count("size")
    input.household.noLabourCovered = try fields.answer("no_labour_covered")
    return fields
  }
}
