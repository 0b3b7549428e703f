import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// Every form that is shipped beside the visit: it opens, can be typed with the keys of any form, survives a restart, and becomes the
/// record it says, with facts that the register reads back.
@Suite struct OtherFormTests {
  static let ids = [
    "quick-capture", "emergency", "emergency-followup", "application", "household-change", "case-step", "referral", "referral-answer",
    "assistance", "plan", "care-plan", "care-visit", "charity-match", "fund", "publicity", "training", "team",
    "risk-cleared", "application-notified",
  ]

  /// All of them; a form that does not parse is missing here and fails a test of its own.
  static var shipped: [VisitForm] { ids.compactMap { try? form($0) }.sorted { ($0.order ?? .max, $0.key.id) < ($1.order ?? .max, $1.key.id) } }

  static func form(_ id: String) throws -> VisitForm {
    try VisitForm(parsing: Array((Page.read(Forms.root + "/forms/\(id).xml") ?? "").utf8), name: id + ".xml")
  }

  /// Parsed once: most tests of the relief work stand on them.
  private static let parsed = Result {
    try ids.map(form).sorted { ($0.order ?? .max, $0.key.id) < ($1.order ?? .max, $1.key.id) }
  }

  static func workspace(role: Role = .supervisor) throws -> Workspace {
    var workspace = Village.workspace(try Forms.shipped())
    workspace.identity.role = role
    workspace.otherForms = try parsed.get()
    return workspace
  }

  @Test(arguments: ids) func saysWhichRecordItBecomes(_ id: String) throws {
    let form = try Self.form(id)
    #expect(form.key.id == id)
    #expect(RecordType.known.contains(form.recordType), "\(form.recordType.rawValue)")
    #expect(form.recordType != .visit)
    #expect(form.definition.warnings.isEmpty)
    #expect(FormCheck(form.definition).problems.isEmpty)
  }

  @Test(arguments: ids) func savesToKnownListsOnly(_ id: String) throws {
    let known: Set<String> = [
      "household", "person", "risk", "need", "case_step", "application", "emergency", "referral", "assistance", "fund", "plan", "care_plan",
      "care_visit", "match", "category", "publicity", "training", "team",
    ]
    let session = try Session(Self.form(id).definition, surroundings: Village.surroundings)
    for entity in session.entities() { #expect(known.contains(entity.list), "\(entity.list)") }
  }

  @Test func theMenuFollowsTheRoleAndTheSubject() throws {
    let cadre = try Self.workspace(role: .cadre)
    let alone = FormsScreen(household: nil, cadre).rows.map(\.id)
    #expect(alone == ["quick-capture", "emergency", "publicity", "training"])
    let atHome = FormsScreen(household: "h-zhang", cadre).rows.map(\.id)
    #expect(atHome == ["quick-capture", "emergency", "application", "household-change", "assistance", "care-visit"])
    let township = try FormsScreen(household: "h-zhang", Self.workspace()).rows.map(\.id)
    #expect(township.contains("referral") && township.contains("plan"))
    // A step of a case is opened by the screen that knows which steps are allowed.
    #expect(!township.contains("case-step"))
  }

  /// A mobile number ends itself; a landline of any length can be typed everywhere.
  @Test(arguments: ids + ["household-visit"]) func aTelephoneFieldHoldsALandline(_ id: String) throws {
    let form = try Self.form(id)
    let check = FormCheck(form.definition)
    var session = try Session(form.definition, surroundings: Village.surroundings)
    for item in session.outline where item.kind == .addRepeat { _ = session.addRepeat(item.path) }
    for item in check.items {
      guard let path = InstancePath(item.path), session.attributes(at: path)["kind"] == "phone" else { continue }
      #expect(session.attributes(at: path)["length"] == "13", "\(item.path)")
    }
  }

  @Test func aLandlineIsTyped() throws {
    var script = KeyScript(try Self.workspace(role: .cadre))
    script.press(.control("k"), .enter)
    script.type("孙长河")
    script.press(.enter)
    script.type("0599-12345678")
    #expect(script.cursorLine.contains("0599-12345678"), "\(script.text)")
    script.press(.enter)
    #expect(!script.cursorLine.contains("手机"), "\(script.text)")
  }

  /// 快速登记: four typed fields and two choices, and the household is there for the next visit.
  /// What must not wait for the evening says so beside its receipt.
  @Test(arguments: [("1", true), ("2", false)]) func aRedReceiptSaysToSyncAndToCall(_ urgency: String, _ isRed: Bool) throws {
    var script = KeyScript(try Self.workspace(role: .cadre))
    script.press(.control("k"), .enter)
    script.type("孙长河")
    script.press(.enter, .enter, .enter)
    script.type("掉进冰窟窿")
    script.press(.enter)
    script.type("9")
    script.type(urgency)
    script.press(.control("s"))
    #expect(script.text.contains("回执号"), "\(script.text)")
    #expect(script.text.contains("马上同步，并打电话给乡镇") == isRed, "\(script.text)")
  }

  @Test func quickCaptureMakesAHousehold() throws {
    var script = KeyScript(try Self.workspace(role: .cadre))
    script.press(.control("k"), .enter)
    script.type("孙长河")
    script.press(.enter)
    script.type("13900000123")
    script.type("130599195003070030")
    script.type("屋顶塌了一角，老人住在厨房")
    script.press(.enter)
    script.type("9")
    script.type("2")
    script.press(.control("s"))
    let done = try #require(script.laptop.finished.last, "\(script.text)")
    #expect(done.purpose == .record(type: "capture"))
    let register = script.laptop.workspace.register
    let household = try #require(register.household(done.household))
    #expect(household.headName == "孙长河")
    #expect(household.entity.value("head_id_number") == "130599195003070030")
    let risk = try #require(register.entities(of: "risk", household: done.household).first)
    #expect(risk.value("kind") == "housing")
    #expect(risk.value("urgency") == "orange")
    #expect(risk.value("household") == done.household)
  }

  /// 急难 with 先行救助: the payout stands in the same record, for the person of the household who was chosen.
  @Test func emergencyWithFirstAid() throws {
    let workspace = try Self.workspace()
    let form = try Self.form("emergency").filled(for: "h-zhang", workspace.register)
    var session = try Session(form.definition, surroundings: Village.surroundings)
    func set(_ path: String, _ value: String) throws {
      let outcome = session.answer(try #require(InstancePath("/emergency/" + path)), value)
      #expect(outcome == .accepted, "\(path): \(outcome)")
    }
    _ = session.preset(try #require(InstancePath("/emergency/household_id")), "h-zhang")
    _ = session.preset(try #require(InstancePath("/emergency/household_known")), "yes")
    try set("event/kind", "fire")
    try set("event/date", "2026-11-23")
    try set("event/place", "东庄村一组")
    try set("event/detail", "厨房起火")
    try set("event/urgency", "red")
    try set("event/cannot_self_help", "yes")
    try set("event/not_covered", "yes")
    try set("event/nature", "sudden disastrous")
    try set("who/person", "m-2")
    try set("first/first_aid", "yes")
    try set("first/first_aid_yuan", "2000")
    try set("first/first_aid_date", "2026-11-24")
    session.finish()
    let facts = Derivation.facts(from: session.entities(), knowing: workspace.register)
    let emergency = try #require(facts.first { $0.list == "emergency" })
    #expect(emergency.value("household") == "h-zhang")
    #expect(emergency.value("person") == "m-2")
    #expect(emergency.value("first_aid_fen") == "200000")
    // 突发性、紧迫性、灾难性 are asked as such (R49).
    #expect(emergency.value("nature") == "sudden disastrous")
    let aid = try #require(facts.first { $0.list == "assistance" })
    #expect(aid.value("funding") == "reserve")
    #expect(aid.value("amount_fen") == "200000")
    #expect(aid.value("emergency") == emergency.entity)
    #expect(aid.value("date") == "2026-11-24")
  }

  /// Answers of a form about 张建国's household, and the facts they become.
  static func facts(_ id: String, _ answers: [(String, String)]) throws -> [Fact] {
    let workspace = try workspace()
    let form = try form(id).filled(for: "h-zhang", workspace.register)
    var session = try Session(form.definition, surroundings: Village.surroundings)
    _ = session.preset(try #require(InstancePath("/\(id)/household_id")), "h-zhang")
    for (path, value) in answers {
      let outcome = session.answer(try #require(InstancePath("/\(id)/" + path)), value)
      try #require(outcome == .accepted, "\(path): \(outcome)")
    }
    session.finish()
    return Derivation.facts(from: session.entities(), knowing: workspace.register)
  }

  /// R18: an application says by which door it came, who took it and on which day.
  @Test(arguments: ["window", "one_door", "station"]) func anApplicationSaysWhereWhenAndByWhomItWasTaken(_ channel: String) throws {
    let paper = try #require(
      try Self.facts(
        "application",
        [
          ("apply/person", "m-1"), ("apply/schemes", "lb"), ("apply/date", "2026-11-20"), ("apply/channel", channel),
          ("apply/receiver", "周办"), ("apply/reason", "illness"), ("papers_group/near_relative", "no"),
        ]
      ).first { $0.list == FactList.application })
    #expect(paper.value("channel") == channel && paper.value("receiver") == "周办" && paper.value("date") == "2026-11-20")
  }

  /// R19: who applies through somebody says through whom, and whether they were asked to.
  @Test func anApplicationByProxyNamesTheProxy() throws {
    let paper = try #require(
      try Self.facts(
        "application",
        [
          ("apply/person", "m-2"), ("apply/schemes", "lb"), ("apply/channel", "station"), ("apply/receiver", "王小明"),
          ("apply/reason", "illness"), ("apply/proxy", "yes"), ("apply/agent_name", "张志强"), ("apply/agent_relation", "之子"),
          ("apply/agent_authorised", "yes"), ("papers_group/near_relative", "no"),
        ]
      ).first { $0.list == FactList.application })
    #expect(paper.value("person") == "m-2" && paper.value("channel") == "station" && paper.value("receiver") == "王小明")
    #expect(paper.value("proxy") == "yes" && paper.value("agent_name") == "张志强" && paper.value("agent_relation") == "之子")
    #expect(paper.value("agent_authorised") == "yes")
  }

  /// R20: 一次性告知. What is missing is told once, on a day; what was handed in is not missing; complete is only what lacks nothing.
  @Test func anApplicationSaysWhatIsMissingAndWhenItWasTold() throws {
    let answers = [
      ("apply/person", "m-1"), ("apply/schemes", "lb"), ("apply/channel", "window"), ("apply/receiver", "周办"), ("apply/reason", "illness"),
      ("papers_group/papers", "booklet id_card"), ("papers_group/missing", "medical"), ("papers_group/missing_told", "2026-11-24"),
      ("papers_group/near_relative", "no"),
    ]
    let paper = try #require(try Self.facts("application", answers).first { $0.list == FactList.application })
    #expect(paper.value("papers") == "booklet id_card" && paper.value("missing") == "medical")
    #expect(paper.value("missing_told") == "2026-11-24" && paper.value("complete") == nil)
    let form = try Self.form("application").filled(for: "h-zhang", Self.workspace().register)
    var session = try Session(form.definition, surroundings: Village.surroundings)
    let papers = try #require(InstancePath("/application/papers_group/papers"))
    let missing = try #require(InstancePath("/application/papers_group/missing"))
    #expect(session.answer(papers, "booklet") == .accepted)
    guard case .constraintViolated = session.answer(missing, "booklet") else {
      Issue.record("what was handed in is missing")
      return
    }
  }

  /// R56: 资金, 实物 or 服务, and who pays (R61).
  @Test(arguments: [("money", "amount_yuan", "300", "amount_fen", "30000"), ("goods", "thing", "棉被", "thing", "棉被"), ("service", "thing", "理发", "thing", "理发")])
  func helpIsMoneyGoodsOrAService(_ form: String, _ field: String, _ typed: String, _ property: String, _ value: String) throws {
    let help = try #require(
      try Self.facts(
        "assistance",
        [
          ("help/form", form), ("help/" + field, typed), ("help/kind", "temporary"), ("help/funding", "charity"), ("help/department", "charity"),
          ("help/date", "2026-11-24"),
        ]
      ).first { $0.list == FactList.assistance })
    #expect(help.value("form") == form && help.value(property) == value && help.value("funding") == "charity")
    #expect(help.value("household") == "h-zhang")
  }

  /// A draft of another form reopens with its lists filled and stands on the day's list under its own name.
  @Test func aDraftOfAnotherFormReopens() throws {
    var script = KeyScript(try Self.workspace())
    script.press(.control("f"))
    script.type("zjg")
    script.press(.enter)
    let acts = HouseholdScreen("h-zhang").acts(script.laptop.workspace)
    script.type(String(try #require(acts.firstIndex(of: .forms)) + 1))
    let rows = FormsScreen(household: "h-zhang", script.laptop.workspace).rows.map(\.id)
    script.type(String(try #require(rows.firstIndex(of: "application")) + 1))
    script.press(.enter)
    #expect(script.title.contains("救助申请"), "\(script.text)")
    #expect(script.text.contains("李秀英"))
    script.type("2")
    script.restart()
    let today = TodayScreen(script.laptop.current)
    let row = try #require(today.rows.first { $0.draft?.beginning.form.id == "application" })
    #expect(row.reason == "救助申请")
    #expect(today.rows.filter { $0.household == "h-zhang" }.count == 2)
  }
}
