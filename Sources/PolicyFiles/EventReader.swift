// Emergencies, the four cards, and monitoring of a case.

internal import Relief
internal import Yaml

struct EventReader {
  let file: String

  init(_ file: String) { self.file = file }

  private static let emergencyNames: [String: [String]] = [
    "name": ["id", "key"], "kind": ["种类", "type", "事项"], "date": ["日期", "occurred_on", "occurred", "发生日期"], "place": ["地点", "发生地点"],
    "cannot_self_help": ["自救不能", "无力解决"], "not_covered": ["其他制度未覆盖", "救后仍困难"], "urgency": ["紧急程度"],
    "open": ["未了结"], "closed": ["了结", "已了结"], "hukou_place": ["户籍地"], "first_aid": ["先行救助"],
    "first_aid_amount": ["先行救助金额", "amount", "金额"], "first_aid_date": ["先行救助日期"],
  ]

  func emergencies(_ entry: YamlNode.Entry) throws(CaseFault) -> [EmergencyInput]? {
    if entry.value.isNull { return nil }
    if let text = entry.value.text {
      if Spelling.isUnknown(text) { return nil }
      guard Spelling.isNothing(text) || Vocabulary.answers[text] == .no else {
        throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .wrongShape(.listOrMap))
      }
      return []
    }
    var emergencies: [EmergencyInput] = []
    for node in entry.value.list ?? [entry.value] { emergencies.append(try emergency(node, number: emergencies.count + 1)) }
    return emergencies
  }

  private func emergency(_ node: YamlNode, number: Int) throws(CaseFault) -> EmergencyInput {
    let fields = try Fields(node, file, key: "emergencies", Self.emergencyNames)
    var emergency = EmergencyInput(key: try fields.text("name") ?? "emergency \(number)")
    func stated(_ name: String) throws(CaseFault) -> String? { try fields.text(name).flatMap { Spelling.isUnknown($0) ? nil : $0 } }
    emergency.kind = try stated("kind")
    emergency.date = try fields.date("date")
    emergency.place = try stated("place")
    emergency.cannotSelfHelp = try fields.answer("cannot_self_help")
    emergency.notCovered = try fields.answer("not_covered")
    emergency.urgency = try fields.word("urgency", Vocabulary.urgencies)
    emergency.isClosed = try fields.answer("open") == .no
    // A date says it too.
    if let text = try fields.text("closed") { emergency.isClosed = Vocabulary.answers[text] != .no }
    emergency.hukouPlace = try stated("hukou_place")
    emergency.firstAid = try fields.answer("first_aid")
    if let entry = fields["first_aid_amount"] {
      let item = try MoneyReader(file).one(.other, item: nil, entry)
      emergency.firstAidFen = item.amountFen
      emergency.firstAid = emergency.firstAid ?? .yes
    }
    emergency.firstAidDate = try fields.date("first_aid_date")
    return emergency
  }

  /// A map from cards to answers, or a list of those that are ticked. Not named: 无; `unknown` for all: 不清楚.
  func marks(_ entry: YamlNode.Entry?, _ fields: Fields) throws(CaseFault) -> [Visit.Mark: Answer] {
    var marks = Dictionary(uniqueKeysWithValues: Visit.Mark.allCases.map { ($0, Answer.no) })
    guard let entry else { return marks }
    if entry.value.isNull || entry.value.text.map(Spelling.isUnknown) ?? false { return [:] }
    if let entries = entry.value.entries {
      for one in entries {
        guard let mark = Vocabulary.marks[one.key] else {
          throw CaseFault(file: file, line: one.line, key: one.key, kind: .unknownKey(allowed: Vocabulary.marks.shown))
        }
        let text = one.value.text ?? ""
        guard let answer = one.value.isNull || Spelling.isUnknown(text) ? .unknown : Vocabulary.answers[text] else {
          throw fields.fault(one, .badValue(text, allowed: Vocabulary.answers.shown))
        }
        marks[mark] = answer
      }
      return marks
    }
    for text in try Fields.texts(of: entry, file) where !Spelling.isNothing(text) {
      guard let mark = Vocabulary.marks[text] else { throw fields.fault(entry, .badValue(text, allowed: Vocabulary.marks.shown)) }
      marks[mark] = .yes
    }
    return marks
  }

  private static let monitoringNames: [String: [String]] = [
    "identified": ["识别日期", "认定日期"], "above_since": ["收入达标自", "income_above_since"],
    "above_months": ["收入达标月数", "months_above"], "open_risk": ["风险未消", "open_risks"], "secured": ["三保障", "三保障和饮水"],
    "cleared": ["消除日期"], "clear_mode": ["消除方式"], "measure": ["帮扶措施", "has_measure", "measures"],
    "development": ["开发式帮扶", "has_development"],
  ]

  func monitoring(_ entry: YamlNode.Entry) throws(CaseFault) -> MonitoringInput? {
    if entry.value.isNull { return nil }
    let fields = try Fields(entry.value, file, key: entry.key, Self.monitoringNames)
    var monitoring = MonitoringInput()
    monitoring.identified = try fields.date("identified")
    monitoring.aboveSince = try fields.date("above_since")
    monitoring.aboveMonths = try fields.count("above_months")
    monitoring.openRisk = try fields.answer("open_risk")
    monitoring.cleared = try fields.date("cleared")
    monitoring.clearMode = try fields.word("clear_mode", Vocabulary.clearModes)
    monitoring.hasMeasure = try fields.answer("measure")
    monitoring.hasDevelopment = try fields.answer("development")
    if let secured = fields["secured"] { monitoring.secured = try self.secured(secured, fields) }
    return monitoring
  }

  /// One answer for all four, or one each.
  private func secured(_ entry: YamlNode.Entry, _ fields: Fields) throws(CaseFault) -> [MonitoringInput.Secured: Answer] {
    if entry.value.text != nil {
      let answer = try fields.answer("secured")
      return Dictionary(uniqueKeysWithValues: MonitoringInput.Secured.allCases.compactMap { item in answer.map { (item, $0) } })
    }
    var secured: [MonitoringInput.Secured: Answer] = [:]
    for one in entry.value.entries ?? [] {
      guard let item = Vocabulary.secured[one.key] else {
        throw CaseFault(file: file, line: one.line, key: one.key, kind: .unknownKey(allowed: Vocabulary.secured.shown))
      }
      let text = one.value.text ?? ""
      guard let answer = one.value.isNull || Spelling.isUnknown(text) ? .unknown : Vocabulary.answers[text] else {
        throw fields.fault(one, .badValue(text, allowed: Vocabulary.answers.shown))
      }
      secured[item] = answer
    }
    return secured
  }
}
