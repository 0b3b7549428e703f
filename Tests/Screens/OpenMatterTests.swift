import Derivation
import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// What is not over at a household, and the forms that end it: opened from 办理 and from the ledgers.
@Suite struct OpenMatterTests {
  static func workspace(_ role: Role = .clerk) throws -> Workspace {
    var workspace = try CaseScreenTests.workspace(role)
    workspace.register.apply(contentsOf: [risk, emergency, slip].map { (record: $0, place: nil) })
    return workspace
  }

  static let risk = Village.record(
    "r-risk", .visit, household: "h-liu", wall: "2026-10-10T10:00:00+08:00",
    facts: [
      Fact(
        list: FactList.risk, entity: "k-1", label: "疾病",
        properties: [Property("household", "h-liu"), Property("kind", "illness"), Property("found", "2026-10-10")])
    ])

  static let emergency = Village.record(
    "r-emergency", .emergency, household: "h-liu", wall: "2026-11-20T10:00:00+08:00",
    facts: [
      Fact(
        list: FactList.emergency, entity: "e-1", label: "火灾 一组",
        properties: [
          Property("household", "h-liu"), Property("kind", "fire"), Property("date", "2026-11-19"), Property("urgency", "red"),
          Property("first_aid", "yes"), Property("first_aid_fen", "50000"), Property("first_aid_date", "2026-11-20"),
        ])
    ])

  static let slip = Village.record(
    "r-slip", .referral, household: "h-liu", wall: "2026-11-10T10:00:00+08:00",
    facts: [
      Fact(
        list: FactList.referral, entity: "z-1", label: "医疗 医保局",
        properties: [
          Property("household", "h-liu"), Property("number", "Z-7"), Property("need", "medical"), Property("department", "medical_insurance"),
          Property("date", "2026-11-10"), Property("due", "2026-11-18"),
        ])
    ])

  static func cases(_ workspace: Workspace) throws -> KeyScript {
    var script = KeyScript(workspace)
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(workspace)
    script.type(String(try #require(acts.firstIndex(of: .cases)) + 1))
    return script
  }

  /// Opens the row of 办理 that ends a matter.
  static func open(_ matter: OpenMatter.Matter, _ script: inout KeyScript) throws {
    let rows = CaseScreen("h-liu", script.laptop.workspace).open
    let place = try #require(rows.firstIndex { $0.matter == matter }, "\(rows.map(\.text))")
    script.press(.home)
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
  }

  @Test func aRiskIsSaidToBeGone() throws {
    var script = try Self.cases(Self.workspace(.cadre))
    #expect(script.text.contains("未了事项") && script.text.contains("风险点：因病"), "\(script.text)")
    try Self.open(.risk, &script)
    #expect(script.title.contains("风险消除"), "\(script.text)")
    script.type("1")
    script.press(.control("s"))
    let register = script.laptop.workspace.register
    let risk = try #require(register.entity(FactList.risk, "k-1"))
    #expect(risk.value("cleared") == Village.today)
    #expect(risk.value("cleared_how") == "helped")
    #expect(register.openMatters(of: "h-liu").risks.isEmpty)
    // What the risk is called is not overwritten by the record that ends it.
    #expect(risk.label == "疾病")
  }

  @Test func aRiskThatWentByItselfSaysWhatWasChecked() throws {
    var script = try Self.cases(Self.workspace(.cadre))
    try Self.open(.risk, &script)
    script.type("2")
    script.press(.control("s"))
    #expect(script.laptop.finished.isEmpty, "\(script.text)")
  }

  /// A cadre does not answer for a department.
  @Test func theVillageDoesNotAnswerASlip() throws {
    let cadre = CaseScreen("h-liu", try Self.workspace(.cadre)).open.map(\.matter)
    #expect(cadre == [.risk, .emergency])
    let clerk = CaseScreen("h-liu", try Self.workspace(.clerk)).open.map(\.matter)
    #expect(clerk == [.risk, .referral, .emergency])
  }

  @Test func aSlipIsAnsweredFromTheLedger() throws {
    var script = KeyScript(try Self.workspace(.clerk))
    script.press(.control("d"))
    script.type("2")
    #expect(script.text.contains("Z-7"), "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("转办回复"), "\(script.text)")
    script.type("刘医生")
    script.press(.enter, .down)
    script.type("1")
    script.press(.control("s"))
    let slip = try #require(script.laptop.workspace.register.referral("z-1"), "\(script.text)")
    #expect(slip.stage == .answered, "\(script.text)")
    #expect(slip.entity.label == "医疗 医保局")
    #expect(slip.household == "h-liu")
  }

  /// R48: what no department said it took stands in the ledger at once; what was taken stands there again when its answer is late.
  @Test func aSlipWithoutAReceiptStandsInTheLedger() throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    func write(_ id: String, _ type: RecordType, _ stated: [(String, String)], after: [String] = []) {
      workspace.register.apply(
        Village.record(
          id, type, household: "h-liu",
          facts: [
            Fact(
              list: FactList.referral, entity: "z-8", properties: [Property("household", "h-liu")] + stated.map { Property($0.0, $0.1) })
          ], supersedes: after))
    }
    func line() -> String? {
      var script = KeyScript(workspace)
      script.press(.control("d"))
      script.type("2")
      #expect(script.title.contains("转办催办"), "\(script.text)")
      return script.lines.first { $0.contains("Z-8") }
    }
    write(
      "r-sent", .referral,
      [("number", "Z-8"), ("need", "housing"), ("department", "housing"), ("date", Village.today), ("due", "2026-11-30")])
    #expect(line()?.contains("没有回执") == true, "sent today, and nobody said that it arrived")
    write("r-taken", .referralAnswer, [("received", Village.today), ("received_by", "赵科长")], after: ["r-sent"])
    #expect(line() == nil, "the department has it, and time to answer")
    workspace.today = "2026-12-01"
    #expect(line()?.contains("逾期 1 天") == true)
    write("r-answer", .referralAnswer, [("outcome", "helped"), ("answered", "2026-12-01")], after: ["r-taken"])
    #expect(line() == nil)
  }

  @Test func aFirstAidIsExplainedFromTheLedgerAndCloses() throws {
    var script = KeyScript(try Self.workspace(.clerk))
    script.press(.control("d"))
    let lines = Ledger.waiting.lines(script.laptop.workspace)
    let place = try #require(lines.firstIndex { $0.open?.matter == .emergency })
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    #expect(script.title.contains("急难续报"), "\(script.text)")
    script.type("已补齐入户核实")
    script.press(.enter, .control("s"))
    let emergency = try #require(script.laptop.workspace.register.emergency("e-1"), "\(script.text)")
    #expect(!emergency.owesSupplement)
    #expect(emergency.entity.value("supplement") == "已补齐入户核实")
    #expect(emergency.entity.label == "火灾 一组")
  }

  @Test func whoWasRefusedIsToldInWriting() throws {
    var workspace = try Self.workspace(.clerk)
    let application = Village.record(
      "r-application", .application, household: "h-liu", wall: "2026-11-01T10:00:00+08:00",
      facts: [
        Fact(
          list: FactList.application, entity: "a-1", label: "申请",
          properties: [Property("household", "h-liu"), Property("schemes", "lb"), Property("date", "2026-11-01"), Property("complete", "2026-11-01")])
      ])
    let refused = Village.record(
      "r-step", .caseStep, household: "h-liu", author: Author(person: "p-clerk", name: "周办", role: .clerk), wall: "2026-11-20T10:00:00+08:00",
      facts: [
        Fact(
          list: FactList.caseStep, entity: "c-1",
          properties: [
            Property("household", "h-liu"), Property("track", "lb"), Property("from", "found"), Property("to", "excluded"),
            Property("date", "2026-11-20"), Property("reason", "收入超标"),
          ])
      ], supersedes: ["r-application"])
    workspace.register.apply(contentsOf: [application, refused].map { (record: $0, place: nil) })
    var script = try Self.cases(workspace)
    try Self.open(.notification, &script)
    #expect(script.title.contains("书面告知"), "\(script.text)")
    script.type("3")
    script.press(.control("s"))
    let register = script.laptop.workspace.register
    #expect(register.entity(FactList.application, "a-1")?.value("notified") == Village.today, "\(script.text)")
    #expect(register.applicationsToNotify(of: "h-liu").isEmpty)
  }

  // MARK: Red

  @Test func aRedEmergencyIsAcknowledgedInTheLedgerThatTheEveningOpens() throws {
    var workspace = try Self.workspace(.supervisor)
    workspace.identity.scopes = ["130599100"]
    var script = KeyScript(workspace)
    #expect(script.title.contains("台账红 1"), "\(script.title)")
    script.press(.control("d"))
    #expect(script.title.contains("红色待知悉"), "\(script.title)")
    let lines = Ledger.red.lines(script.laptop.workspace)
    let place = try #require(lines.firstIndex { $0.red == "r-emergency" })
    for _ in 0..<place { script.press(.down) }
    script.press(.control("e"))
    let said = try #require(script.laptop.written.last, "\(script.text)")
    #expect(said.type == .acknowledgement)
    #expect(said.body["record"] == "r-emergency")
    #expect(said.household == "h-liu")
    #expect(!Ledger.red.lines(script.laptop.workspace).contains { $0.red == "r-emergency" })
    script.press(.escape)
    #expect(!script.title.contains("台账红"), "\(script.title)")
  }

  /// Taken back before anybody saw it: it says so, can be read, and is acknowledged as any other.
  @Test func aRedThatWasTakenBackIsStillAcknowledgedInTheLedger() throws {
    var workspace = try Self.workspace(.supervisor)
    workspace.identity.scopes = ["130599100"]
    workspace.register.apply(
      Village.record(
        "r-back", .withdrawal, household: "h-liu", wall: "2026-11-21T10:00:00+08:00", facts: [], supersedes: ["r-emergency"],
        body: ["reason": "录错户"]))
    var script = KeyScript(workspace)
    #expect(script.title.contains("台账红 1"), "\(script.title)")
    script.press(.control("d"))
    let line = try #require(Ledger.red.lines(script.laptop.workspace).first { $0.red == "r-emergency" })
    #expect(line.cells.last?.hasPrefix("已撤回（录错户）；") == true, "\(line.cells)")
    #expect(script.text.contains("已撤回（录错户"), "\(script.text)")
    script.press(.control("e"))
    #expect(script.laptop.written.last?.body["record"] == "r-emergency", "\(script.text)")
    #expect(!Ledger.red.lines(script.laptop.workspace).contains { $0.red == "r-emergency" })
  }

  /// R54: what was sent up stands in the ledger until its outcome is written down, which Enter on the line opens.
  @Test func whatAwaitsTheCountyStandsThereUntilItsOutcomeIsWrittenDown() throws {
    var workspace = try Self.workspace(.county)
    workspace.register.apply(
      Village.record(
        "r-up", .emergency, household: "h-liu", wall: "2026-11-21T10:00:00+08:00",
        facts: [
          Fact(
            list: FactList.emergency, entity: "e-1",
            properties: [Property("escalated", "yes"), Property("escalated_reason", "房屋倒损无处安置")])
        ], supersedes: ["r-emergency"]))
    var script = KeyScript(workspace)
    script.press(.control("d"))
    script.type("4")
    let lines = Ledger.red.lines(script.laptop.workspace)
    let place = try #require(lines.firstIndex { $0.cells.last == "等县级协调：房屋倒损无处安置" }, "\(lines.map(\.cells))")
    script.press(.home)
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    #expect(script.title.contains("急难续报"), "\(script.text)")
    for _ in 0..<8 where !script.cursorLine.contains("县级协调结果") { script.press(.down) }
    script.type("已安排周转房")
    script.press(.enter, .control("s"))
    let emergency = try #require(script.laptop.workspace.register.emergency("e-1"), "\(script.text)")
    #expect(emergency.countyOutcome == "已安排周转房" && !emergency.awaitsCounty)
    #expect(!Ledger.red.lines(script.laptop.workspace).contains { $0.cells.last?.hasPrefix("等县级协调") == true })
  }

  @Test func aCadreAcknowledgesNothing() throws {
    var script = KeyScript(try Self.workspace(.cadre))
    script.press(.control("d"))
    script.type("4")
    script.press(.control("e"))
    #expect(script.laptop.written.isEmpty)
    #expect(script.message == "您不能审核：请审核人或代理人来", "\(script.text)")
  }

  // MARK: 身份认定

  static func step(_ id: String, _ from: CaseState?, _ to: CaseState, after: [String], on date: String, track: String = "tk") -> Record {
    Village.record(
      id, .caseStep, household: "h-liu", author: Author(person: "p-county", name: "县局", role: .county), wall: date + "T10:00:00+08:00",
      facts: [
        Fact(
          list: FactList.caseStep, entity: "s-" + id,
          properties: [
            Property("household", "h-liu"), Property("track", track), Property("to", to.rawValue), Property("date", date),
            Property("reason", "县局建档"),
          ] + (from.map { [Property("from", $0.rawValue)] } ?? []))
      ], supersedes: after)
  }

  /// The county confirms 特困 of a household: what was granted stands with its subtype, and the step out of it ends it.
  @Test func whatIsGrantedIsWrittenByTheStepAndEndedByTheStepOut() throws {
    var workspace = try CaseScreenTests.workspace(.county)
    workspace.register.apply(
      contentsOf: [
        Self.step("1", .found, .monitored, after: ["visit-liu"], on: "2026-11-01"),
        Village.record(
          "r-application", .application, household: "h-liu", wall: "2026-11-01T10:00:00+08:00",
          facts: [
            Fact(list: FactList.application, entity: "a-1", properties: [Property("household", "h-liu"), Property("schemes", "tk"), Property("date", "2026-11-01")])
          ]),
        Self.step("2", .monitored, .publicity, after: ["1"], on: "2026-11-02"),
        Self.step("3", .publicity, .confirming, after: ["2"], on: "2026-11-12"),
      ].map { (record: $0, place: nil) })
    var script = try Self.cases(workspace)
    try Self.pick(.helped, from: .confirming, &script)
    script.press(.pageDown)
    #expect(script.text.contains("特困类型"), "\(script.text)")
    script.type("1")
    script.type("2")
    script.type("1")
    script.press(.control("s"))
    let register = script.laptop.workspace.register
    let row = try #require(register.entities(of: FactList.category, household: "h-liu").first, "\(script.text)")
    #expect(row.value("kind") == "tk")
    #expect(row.value("subtype") == "old")
    #expect(row.value("self_care_grade") == "partial")
    #expect(row.value("hukou") == "rural")
    #expect(row.value("from") == Village.today)
    #expect(row.value("source") == "decision")
    let key = try #require(register.cases(of: "h-liu").first { $0.state == .helped }?.key)
    #expect(register.openCategory(of: key) == row.id)

    var after = try Self.cases(script.laptop.workspace)
    try Self.pick(.left, from: .helped, &after)
    after.press(.pageDown)
    after.type("3")
    after.press(.pageUp)
    for _ in 0..<12 where !after.cursorLine.contains("理由") { after.press(.down) }
    after.type("老人去世")
    after.press(.enter, .control("s"))
    let ended = try #require(after.laptop.workspace.register.entity(FactList.category, row.id))
    #expect(ended.value("to") == Village.today, "\(after.text)")
    #expect(ended.value("end_reason") == "dead")
    #expect(ended.label == row.label)
    #expect(after.laptop.workspace.register.openCategory(of: key) == nil)
  }

  /// Only the county writes what is granted; a step of the township out of 救助 says nothing of it, and what was granted stands no more.
  @Test func theTownshipsStepOutLeavesTheRowToTheCounty() throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    workspace.register.apply(
      contentsOf: [
        Self.step("1", nil, .helped, after: [], on: "2026-11-01"),
        Village.record(
          "r-category", .category, household: "h-liu",
          facts: [
            Fact(list: FactList.category, entity: "g-1", properties: [Property("household", "h-liu"), Property("kind", "tk"), Property("from", "2026-11-01")])
          ]),
      ].map { (record: $0, place: nil) })
    let today = try #require(CivilDate(Village.today))
    #expect(workspace.register.grants(of: "h-liu", on: today).map(\.kind) == ["tk"])
    var script = try Self.cases(workspace)
    try Self.pick(.left, from: .helped, &script)
    for _ in 0..<12 where !script.cursorLine.contains("理由") { script.press(.down) }
    script.type("全户迁出")
    script.press(.enter, .control("s"))
    let step = try #require(script.laptop.finished.last, "\(script.text)")
    #expect(!step.entities.contains { $0.list == FactList.category })
    let register = script.laptop.workspace.register
    #expect(register.grants(of: "h-liu", on: today).isEmpty)
    #expect(register.grants(of: "h-liu", on: try #require(CivilDate("2026-11-20"))).map(\.kind) == ["tk"], "it stood until then")
  }

  /// A proposal decides nothing, so it grants and ends nothing.
  @Test func aProposalEndsNothing() throws {
    var workspace = try CaseScreenTests.workspace(.cadre)
    workspace.register.apply(
      contentsOf: [
        Self.step("1", nil, .helped, after: [], on: "2026-11-01"),
        Village.record(
          "r-category", .category, household: "h-liu",
          facts: [
            Fact(list: FactList.category, entity: "g-1", properties: [Property("household", "h-liu"), Property("kind", "tk"), Property("from", "2026-11-01")])
          ]),
      ].map { (record: $0, place: nil) })
    var script = try Self.cases(workspace)
    try Self.pick(.left, from: .helped, &script)
    #expect(!script.text.contains("身份终止"), "\(script.text)")
    for _ in 0..<12 where !script.cursorLine.contains("理由") { script.press(.down) }
    script.type("听说搬走了")
    script.press(.enter, .control("s"))
    #expect(script.laptop.finished.count == 1, "\(script.text)")
    #expect(script.laptop.workspace.register.entity(FactList.category, "g-1")?.value("to") == nil)
  }

  static func pick(_ to: CaseState, from: CaseState, _ script: inout KeyScript) throws {
    let screen = CaseScreen("h-liu", script.laptop.workspace)
    let place = try #require(screen.rows.firstIndex { $0.to == to && $0.from == from }, "\(screen.rows.map(\.to))")
    script.press(.home)
    for _ in 0..<screen.open.count + place { script.press(.down) }
    script.press(.enter)
    #expect(script.title.contains("办理一步"), "\(script.text)")
  }
}
