// Members of a case, and the people who must support them.

internal import Relief
internal import Yaml

struct MemberReader {
  let file: String
  let number: Int
  let visitDate: CivilDate

  init(_ file: String, number: Int, on visitDate: CivilDate) {
    (self.file, self.number, self.visitDate) = (file, number, visitDate)
  }

  private static let names: [String: [String]] = [
    "name": ["id", "key", "姓名", "person", "who"], "relation": ["关系", "与户主关系", "rel"], "birth": ["出生", "出生日期", "born", "birth_date"],
    "age": ["年龄", "周岁"], "sex": ["性别"], "id_number": ["身份证号", "证件号码"], "status": ["statuses", "身份", "不计入身份"],
    "presence": ["在家情况", "居住"], "coresident": ["共同居住", "长期共同居住", "long_term_coresident", "lives_here"],
    "coresident_months": ["共同居住月数"], "legal_duty": ["法定义务", "has_legal_duty"], "independent": ["能独立生活", "lives_independently"],
    "cannot_live_independently": ["不能独立生活"], "schooling": ["在校状况", "school", "在校生状况", "in_school", "school_level"],
    "counted": ["计入", "counts"], "elsewhere": ["另一户", "also_in"], "labour": ["劳动能力", "劳动技能", "labor"],
    "disability": ["残疾"], "disability_kind": ["残疾类别", "disability_type"], "disability_grade": ["残疾等级"],
    "severe": ["重残", "severe_disability"], "illness": ["疾病", "大病", "health", "健康状况"], "major_disease": ["重病", "重大疾病", "重特大疾病"],
    "diseases": ["病种", "disease"], "no_labour_other": ["其他无劳动能力"], "holds": ["categories", "category", "类别", "现享受", "已纳入"],
    "held_as_minor": ["未成年特困", "tk_minor"], "orphan_scheme": ["孤儿保障", "事实无人抚养"], "self_care": ["自理", "自理六项"],
    "obligors": ["义务人", "法定义务人"], "income": ["收入"], "wage": ["工资", "工资性收入"], "spending": ["支出"],
  ]

  typealias Found = (member: MemberInput, income: [IncomeItem]?, spending: [SpendingItem]?)

  func read(_ node: YamlNode) throws(CaseFault) -> Found {
    let fields = try Fields(node, file, key: "members", Self.names)
    var member = MemberInput(key: try fields.text("name") ?? "\(number)")
    try relation(fields, into: &member)
    member.born = try Self.born(fields, idNumber: "id_number", on: visitDate, sex: &member.sex)
    // The number says it better than whoever typed it.
    let typed = try fields.word("sex", Vocabulary.sexes)
    member.sex = member.sex ?? typed
    try statuses(fields, into: &member)
    try living(fields, into: &member)
    member.labour = try fields.word("labour", Vocabulary.labour)
    member.disability = try Self.disability(fields)
    try health(fields, into: &member)
    member.holds = try holds(fields)
    member.heldAsMinor = try fields.answer("held_as_minor") == .yes
    member.orphanScheme = try fields.answer("orphan_scheme", absent: .no)
    member.selfCare = try SelfCareReader.read(fields)
    member.obligors = try fields["obligors"].flatMap { entry throws(CaseFault) -> ObligorsInput? in
      try ObligorReader(file, on: visitDate).read(entry)
    }
    let money = MoneyReader(file, owner: member.key)
    var income: [IncomeItem]?
    if let entry = fields["income"] { income = try money.income(entry) ?? [IncomeItem(.other, fen: nil, member: member.key)] }
    if let entry = fields["wage"] { income = (income ?? []) + [try money.one(.wage, item: nil, entry)] }
    var spending: [SpendingItem]?
    if let entry = fields["spending"] { spending = try money.spending(entry) ?? [SpendingItem("other", fen: nil, member: member.key)] }
    return (member, income, spending)
  }

  private func relation(_ fields: Fields, into member: inout MemberInput) throws(CaseFault) {
    guard let entry = fields["relation"], let text = try fields.text("relation"), !Spelling.isUnknown(text) else { return }
    guard let kin = Vocabulary.kin(text) else {
      throw fields.fault(entry, .badValue(text, allowed: Kin.allCases.map(\.rawValue)))
    }
    member.kin = kin
  }

  static func born(
    _ fields: Fields, idNumber: String?, on date: CivilDate, sex: inout IdentityNumber.Sex?
  ) throws(CaseFault) -> Born {
    var born = Born(date: try fields.date("birth"), age: try fields.count("age"))
    if let idNumber, let entry = fields[idNumber], let text = try fields.text(idNumber) {
      guard let number = try? IdentityNumber(text, on: date) else {
        // The number itself is never repeated.
        throw fields.fault(entry, .badValue("***", allowed: []))
      }
      born.date = born.date ?? number.birth
      sex = number.sex
    }
    return born
  }

  private func statuses(_ fields: Fields, into member: inout MemberInput) throws(CaseFault) {
    member.statuses = []
    if fields["status"] != nil {
      let texts = try fields.texts("status")
      if texts == nil || texts?.count == 1 && Spelling.isUnknown(texts?.first ?? "") {
        member.statuses = nil
      } else {
        // Another word is a code of the county's own list.
        member.statuses = Set((texts ?? []).filter { !Spelling.isNothing($0) }.map { Vocabulary.statuses[$0] ?? Spelling.key($0) })
      }
    }
    switch try fields.word("presence", Vocabulary.presence) {
    case .resident: member.coresident = .yes
    case .prison: member.statuses = (member.statuses ?? []).union(["serving"])
    case .away, .missing, nil: break
    }
  }

  private func living(_ fields: Fields, into member: inout MemberInput) throws(CaseFault) {
    member.coresident = try fields.answer("coresident") ?? member.coresident
    member.coresidentMonths = try fields.count("coresident_months")
    member.legalDuty = try fields.answer("legal_duty")
    member.independent = try fields.answer("independent")
    switch try fields.answer("cannot_live_independently") {
    case .yes: member.independent = .no
    case .no: member.independent = .yes
    case .unknown, nil: break
    }
    member.schooling = try fields.word("schooling", Vocabulary.schooling)
    switch try fields.answer("counted") {
    case .yes: member.counted = true
    case .no: member.counted = false
    case .unknown, nil: break
    }
    member.alsoElsewhere = try fields.answer("elsewhere", absent: .no)
  }

  /// `disability: no`, `disability: {kind: 智力, grade: 3}`, or its two fields beside it.
  static func disability(_ fields: Fields) throws(CaseFault) -> DisabilityInput {
    var disability = DisabilityInput()
    var nested: Fields?
    if let entry = fields["disability"], entry.value.entries != nil {
      nested = try Fields(
        entry.value, fields.file, key: entry.key,
        ["kind": ["type", "类别", "残疾类别"], "grade": ["等级", "残疾等级", "level"], "severe": ["重残"], "has": ["有"]])
    }
    let kindName = nested == nil ? "disability_kind" : "kind"
    let gradeName = nested == nil ? "disability_grade" : "grade"
    let from = nested ?? fields
    disability.kind = try from.word(kindName, Vocabulary.disabilityKinds)
    disability.grade = try from.word(gradeName, Vocabulary.disabilityGrades)
    disability.severe = try from.answer("severe")
    if disability.severe == nil { disability.severe = try fields.answer("severe") }
    let isStated = from[kindName] != nil || from[gradeName] != nil || disability.severe == .yes
    if let nested { disability.has = try nested.answer("has") } else { disability.has = try fields.answer("disability") }
    if disability.has == nil { disability.has = isStated || nested != nil ? .yes : .no }
    return disability
  }

  private func health(_ fields: Fields, into member: inout MemberInput) throws(CaseFault) {
    member.majorDisease = try fields.answer("major_disease")
    member.diseases = try (fields.texts("diseases") ?? []).filter { !Spelling.isNothing($0) }.map(Spelling.key)
    member.noLabourOther = try (fields.texts("no_labour_other") ?? []).filter { !Spelling.isNothing($0) }.map(Spelling.key)
    if let texts = try fields.texts("illness"), !texts.isEmpty {
      let serious = Words<Answer>([
        "serious 患有大病 chronic 长期慢性病 重病 慢性病": .yes, "healthy 健康 disabled": .no,
      ])
      let answers = texts.map { serious[$0] ?? Vocabulary.answers[$0] ?? (Spelling.isUnknown($0) ? .unknown : nil) }
      if answers.contains(nil), let entry = fields["illness"] {
        throw fields.fault(entry, .badValue(texts.joined(separator: " "), allowed: ["yes", "no", "unknown"]))
      }
      member.illness = answers.contains(.yes) ? .yes : answers.contains(.unknown) ? .unknown : .no
    } else {
      member.illness = fields["illness"] == nil ? .no : .unknown
    }
    if member.majorDisease == nil, fields["major_disease"] == nil, member.diseases.isEmpty == false { member.illness = .yes }
  }

  private func holds(_ fields: Fields) throws(CaseFault) -> Set<ReliefCategory>? {
    guard fields["holds"] != nil else { return [] }
    return try fields.words("holds", Vocabulary.categories).map { Set($0) }
  }
}

/// `self_care`: the six items by name, or `{fails: 3}`.
enum SelfCareReader {
  static func read(_ fields: Fields) throws(CaseFault) -> [SelfCareItem: SelfCare]? {
    guard let entry = fields["self_care"] else { return nil }
    if entry.value.isNull || entry.value.text.map(Spelling.isUnknown) ?? false { return [:] }
    guard let entries = entry.value.entries else { throw fields.fault(entry, .wrongShape(.map)) }
    var answers: [SelfCareItem: SelfCare] = [:]
    for one in entries {
      let text = one.value.text ?? ""
      if ["fails", "不能几项", "failed"].contains(Spelling.key(one.key)) {
        guard let fails = Int(text), (0...6).contains(fails) else { throw fields.fault(one, .badValue(text, allowed: ["0…6"])) }
        for (index, item) in SelfCareItem.allCases.enumerated() { answers[item] = index < fails ? .unable : .able }
        continue
      }
      guard let item = Vocabulary.selfCareItems[one.key] else {
        throw CaseFault(
          file: fields.file, line: one.line, key: one.key, kind: .unknownKey(allowed: SelfCareItem.allCases.map(\.rawValue)))
      }
      if Spelling.isUnknown(text) || one.value.isNull { continue }
      guard let answer = Vocabulary.selfCare[text] else {
        throw fields.fault(one, .badValue(text, allowed: Vocabulary.selfCare.shown))
      }
      answers[item] = answer
    }
    return answers
  }
}

/// `obligors`: `none`, `unknown`, or a list; `{known: [...], complete: no}` where there may be more.
struct ObligorReader {
  let file: String
  let visitDate: CivilDate

  init(_ file: String, on visitDate: CivilDate) { (self.file, self.visitDate) = (file, visitDate) }

  private static let names: [String: [String]] = [
    "name": ["id", "key", "姓名", "who"], "relation": ["关系", "rel"], "birth": ["出生", "出生日期", "born"], "age": ["年龄", "周岁"],
    "sex": ["性别"], "hukou": ["户籍"], "holds": ["categories", "category", "类别", "已纳入", "现享受"],
    "disability": ["残疾"], "disability_kind": ["残疾类别", "disability_type"], "disability_grade": ["残疾等级"],
    "severe": ["重残", "severe_disability"],
    "incapable": ["无民事行为能力", "宣告失踪", "服刑", "missing", "serving", "no_civil_capacity", "in_prison"],
    "income": ["收入", "年收入"], "property": ["财产"], "other": ["其他情形"],
  ]

  func read(_ entry: YamlNode.Entry) throws(CaseFault) -> ObligorsInput? {
    if entry.value.isNull { return nil }
    if let text = entry.value.text {
      if Spelling.isUnknown(text) { return nil }
      guard Spelling.isNothing(text) || Vocabulary.answers[text] == .no else {
        throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .badValue(text, allowed: ["none", "unknown"]))
      }
      return ObligorsInput([])
    }
    if let list = entry.value.list { return ObligorsInput(try obligors(list)) }
    let fields = try Fields(entry.value, file, key: entry.key, ["known": ["list", "已知"], "complete": ["完整", "没有别人"]])
    return ObligorsInput(try obligors(fields["known"]?.value.list ?? []), isComplete: try fields.answer("complete"))
  }

  private func obligors(_ nodes: [YamlNode]) throws(CaseFault) -> [ObligorInput] {
    var obligors: [ObligorInput] = []
    for node in nodes {
      let fields = try Fields(node, file, key: "obligors", Self.names)
      var obligor = ObligorInput(key: try fields.text("name") ?? "obligor \(obligors.count + 1)")
      var sex: IdentityNumber.Sex?
      obligor.born = try MemberReader.born(fields, idNumber: nil, on: visitDate, sex: &sex)
      obligor.hukou = try fields.word("hukou", Vocabulary.hukou)
      obligor.holds = fields["holds"] == nil ? [] : try fields.words("holds", Vocabulary.categories).map { Set($0) }
      obligor.disability = try MemberReader.disability(fields)
      obligor.incapable = try fields.answer("incapable", absent: .no)
      if let entry = fields["income"] {
        let items = try MoneyReader(file).income(entry)
        let amounts = (items ?? []).map { item in item.amountFen.map { Int128($0) * (item.period == .month ? 12 : 1) } }
        // One that is not known leaves the whole unknown, and so does a sum that nobody has.
        if items != nil, !amounts.contains(nil) { obligor.incomeFen = Int64(exactly: amounts.reduce(0) { $0 + ($1 ?? 0) }) }
      }
      obligor.property = try fields.word("property", Vocabulary.propertyResults)
      obligor.other = try (fields.texts("other") ?? []).filter { !Spelling.isNothing($0) }.map(Spelling.key)
      obligors.append(obligor)
    }
    return obligors
  }
}
