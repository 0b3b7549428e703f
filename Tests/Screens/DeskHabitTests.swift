import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// What tired hands do at a desk: a key too many loses nothing, and whoever has done with one household stands at the next.
@Suite struct DeskHabitTests {
  /// A form that its screen told nothing begins at its first question, also where that holds what it holds at first.
  @Test func whatNobodyToldIsAsked() throws {
    var workspace = try WarningScreenTests.script(.cadre).laptop.workspace
    workspace.visitForm = try Forms.shipped()
    var visit = try VisitBeginning(workspace, household: "h-liu", lastVisit: nil).visit().get()
    guard case .field(let first)? = visit.place else { throw Missing.field }
    #expect(visit.session.value(at: first)?.isEmpty == false, "走访方式 is 入户 at first")
    visit.beginBehind([])
    #expect(visit.place == .field(first))
    visit.beginBehind([first])
    #expect(visit.place != .field(first))
  }

  private enum Missing: Error { case field }

  /// Esc and again: what was typed as a reason is still there; of another step it is not.
  @Test func theReasonOfAWarningIsKept() throws {
    var script = try WarningScreenTests.script(.clerk)
    WarningScreenTests.openLedger(&script)
    script.type("2")
    script.press(.enter)
    script.type("同名不同人")
    script.press(.escape)
    #expect(script.title.contains("预警") && !script.text.contains("同名不同人"), "\(script.text)")
    script.type("2")
    script.press(.enter)
    #expect(script.text.contains("同名不同人"), "\(script.text)")
    script.press(.enter)
    #expect(script.laptop.workspace.register.warning(WarningScreenTests.id)?.history.last?.step.reason == "同名不同人")
  }

  /// Nobody judges a household by one line of a list: the household itself is one key away.
  @Test func theHouseholdOfAWarningCanBeLookedAt() throws {
    var script = try WarningScreenTests.script(.clerk)
    WarningScreenTests.openLedger(&script)
    script.press(.end, .enter)
    #expect(script.text.contains("一户一页"), "\(script.text)")
    script.press(.escape)
    #expect(script.text.contains("近12个月自付 32000 元"), "\(script.text)")
  }

  @Test func aPlanIsNotThrownAwayByOneKey() throws {
    var script = try CampaignScreenTests.opened(try CampaignScreenTests.workspace())
    script.press(.function(6))
    script.press(.enter)
    script.type("春季排查")
    script.press(.enter, .escape)
    #expect(script.message == Message.planUnsaved.sentence && script.text.contains("春季排查"), "\(script.text)")
    script.press(.down, .escape)
    #expect(script.text.contains("春季排查"), "a key between: asked again")
    script.press(.escape)
    #expect(!script.text.contains("春季排查"), "\(script.text)")
  }

  @Test func aPlanThatNobodyTouchedIsLeftAtOnce() throws {
    var script = try CampaignScreenTests.opened(try CampaignScreenTests.workspace())
    let list = script.title
    script.press(.function(6))
    #expect(script.title != list)
    script.press(.escape)
    #expect(script.title == list)
  }

  /// The county does not count a clerk's correction of a cadre's visit: it is not offered.
  @Test(arguments: [(Role.cadre, true), (.clerk, false), (.supervisor, true)]) func whoMayCorrectIsOfferedIt(_ role: Role, _ isOffered: Bool) throws {
    var workspace = try CaseScreenTests.workspace(role)
    workspace.register.apply(Village.visit("seen", household: "h-liu", on: "2026-11-25", submission: "<x/>"))
    let person = role == .cadre ? Village.cadre.person : "p-desk"
    workspace.identity = Identity(person: person, name: "某人", role: role, scopes: ["130599100"], county: "示范县")
    let acts = HouseholdScreen("h-liu").acts(workspace)
    #expect(acts.contains { if case .amend = $0 { true } else { false } } == isOffered)
  }

  /// Who leaves a step unfinished is back at 办理, not at the day's list.
  @Test func leavingAStepLeadsBackToTheCase() throws {
    var script = try CaseScreenTests.open()
    try CaseScreenTests.pick(.monitored, &script)
    #expect(script.title.contains("办理一步"))
    script.press(.escape)
    #expect(script.title.contains("办理") && !script.title.contains("办理一步"), "\(script.text)")
  }

  /// 收回: no more than is there.
  @Test(arguments: [("return", "300000", true), ("return", "300001", false), ("allocation", "99999900", true)])
  func noMoreIsTakenBackThanIsThere(_ kind: String, _ fen: String, _ isAllowed: Bool) throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    workspace.register.apply(
      Village.record(
        "fund-1", .fund,
        facts: [
          Fact(
            list: FactList.fund, entity: "f-1",
            properties: [
              Property("division", "130599100"), Property("kind", "allocation"), Property("amount_fen", "300000"), Property("date", "2026-11-01"),
            ])
        ]))
    let said = [("kind", kind), ("amount_fen", fen), ("division", "130599100"), ("date", "2026-11-24")]
    let taken = EntityDeclaration(
      list: FactList.fund, id: "f-2", properties: said.map { EntityProperty(name: $0, value: $1) }, path: try #require(InstancePath("/fund")))
    let refusal = DeskCheck.refusal([taken], household: "", in: workspace)
    #expect(refusal == (isAllowed ? nil : .beyondReserve(Money(fen: 300_000))))
  }

  /// From a ledger the cursor stands on a step of the case that the line is about, not on the first step of any.
  @Test func aLedgerOpensTheCaseItIsAbout() throws {
    var workspace = try CaseScreenTests.workspace(.county)
    let key = CaseKey(household: "h-liu", track: .lowIncome)
    var seen: [String] = []
    for (number, to) in [CaseState.monitored, .publicity, .confirming].enumerated() {
      let step = CaseStep(key, from: number == 0 ? nil : [.monitored, .publicity][number - 1], to: to, date: CivilDate("2026-11-0\(number + 1)"))
      var record = Village.record("step-\(number)", .caseStep, household: "h-liu", facts: [step.fact(entity: "cs-\(number)")], supersedes: seen)
      record.author = Author(person: "county", name: "县民政局", role: .county)
      workspace.register.apply(record)
      seen = [record.id]
    }
    let screen = CaseScreen("h-liu", about: key, workspace)
    let row = try #require(screen.rows.indices.contains(screen.cursor.selected - screen.open.count) ? screen.rows[screen.cursor.selected - screen.open.count] : nil)
    #expect(row.key == key && row.from != nil, "\(row)")
    #expect(screen.rows.last.map { $0.from == nil && $0.to == .helped } == true, "补录 stands last")
  }

  /// What a menu asks stays on the screen whatever key is pressed.
  @Test func aKeyThatIsNotHereDoesNotHideTheQuestion() throws {
    var script = KeyScript(Village.workspace(try Forms.shipped()))
    script.press(.escape)
    let asked = script.text
    script.press(.function(10))
    #expect(script.text == asked, "\(script.text)")
  }

  /// Yesterday's visit that came today stands on the list, with its day where the time stands.
  @Test func aVisitOfYesterdayWaitsOnTodaysList() throws {
    var workspace = try EveningTests.workspace(visits: 1)
    var late = EveningTests.visit(20)
    late.id = "visit-late"
    late.wall = "2026-11-23T21:10:00+08:00"
    late.facts[0].entity = "v-late"
    late.facts[0].properties = late.facts[0].properties.map { $0.name == "date" ? Property("date", "2026-11-23") : $0 }
    workspace.register.apply(late)
    let script = KeyScript(workspace)
    #expect(script.text.contains("11-23"), "\(script.text)")
  }
}
