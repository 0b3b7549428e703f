import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// 办理 on the screen: what may be done next, what is refused and why, and the ledgers.
@Suite struct CaseScreenTests {
  /// 刘志强's household was visited today and is suspected of something.
  static func workspace(_ role: Role = .clerk) throws -> Workspace {
    var workspace = try OtherFormTests.workspace(role: role)
    workspace.identity.scopes = ["130599100"]
    return workspace
  }

  static func open(_ role: Role = .clerk) throws -> KeyScript {
    var script = KeyScript(try workspace(role))
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(script.laptop.workspace)
    script.type(String(try #require(acts.firstIndex(of: .cases)) + 1))
    return script
  }

  static func pick(_ to: CaseState, _ script: inout KeyScript) throws {
    let rows = CaseScreen("h-liu", script.laptop.workspace).rows
    let place = try #require(rows.firstIndex { $0.to == to }, "\(rows.map(\.to))")
    script.press(.home)
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
  }

  @Test func theTownshipTakesASuspectedHouseholdIntoWatch() throws {
    var script = try Self.open()
    #expect(script.text.contains("还没有办理记录"))
    try Self.pick(.monitored, &script)
    #expect(script.title.contains("办理一步"), "\(script.text)")
    #expect(script.text.contains("监测"))
    script.press(.down)
    script.type("1")
    script.press(.control("s"))
    let register = script.laptop.workspace.register
    let one = try #require(register.cases(of: "h-liu").first, "\(script.text)")
    #expect(one.state == .monitored)
    #expect(one.key.track == .lowIncome)
    #expect(one.flagged.isEmpty)
  }

  @Test func withoutAnApplicationThereIsNoPublicity() throws {
    var script = try Self.open()
    try Self.pick(.monitored, &script)
    script.press(.down)
    script.type("1")
    script.press(.control("s"), .enter)
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(script.laptop.workspace)
    script.type(String(try #require(acts.firstIndex(of: .cases)) + 1))
    try Self.pick(.publicity, &script)
    #expect(script.message == "没有低保申请：请先受理申请", "\(script.text)")
    #expect(script.title.contains("办理") && !script.title.contains("办理一步"))
  }

  @Test func theVillageProposesAndDoesNotConfirm() throws {
    let rows = CaseScreen("h-liu", try Self.workspace(.cadre)).rows
    let monitored = try #require(rows.first { $0.to == .monitored })
    #expect(monitored.isProposal)
    #expect(!rows.contains { $0.to == .excluded })
  }

  /// Beyond the ceiling the form is not written; it says so and stays open.
  @Test func firstAidBeyondTheCeilingIsRefused() throws {
    var workspace = try Self.workspace()
    workspace.rules.clocks.firstAidCeilingFen = 100_000
    let household = "h-zhang"
    var script = KeyScript(workspace)
    script.press(.control("f"))
    script.type("zjg")
    script.press(.enter)
    let acts = HouseholdScreen(household).acts(workspace)
    script.type(String(try #require(acts.firstIndex(of: .forms)) + 1))
    let forms = FormsScreen(household: household, workspace).rows.map(\.id)
    script.type(String(try #require(forms.firstIndex(of: "emergency")) + 1))
    script.press(.enter)
    script.type("4")
    script.type("20261123")
    script.type("一组")
    script.press(.enter)
    script.type("着火")
    script.press(.enter)
    script.type("1")
    script.type("1")
    script.type("1")
    script.press(.pageDown)
    script.type("1")
    script.press(.pageDown)
    script.type("1")
    script.type("2000")
    script.press(.enter)
    script.press(.control("s"))
    #expect(script.laptop.finished.isEmpty, "\(script.text)")
    #expect(script.message == "超过上限 1000 元：需报县级", "\(script.text)")
  }

  @Test func theFundsLedgerShowsEveryPaymentAndWhatIsLeft() throws {
    var workspace = try Self.workspace(.supervisor)
    workspace.register.apply(
      Village.record(
        "fund-1", .fund,
        facts: [
          Fact(
            list: FactList.fund, entity: "f-1",
            properties: [
              Property("division", "130599100"), Property("kind", "allocation"), Property("amount_fen", "500000"),
              Property("date", "2026-11-01"),
            ])
        ]))
    workspace.register.apply(
      Village.record(
        "aid-1", .assistance, household: "h-zhang",
        facts: [
          Fact(
            list: FactList.assistance, entity: "a-1",
            properties: [
              Property("household", "h-zhang"), Property("funding", "reserve"), Property("amount_fen", "200000"),
              Property("date", "2026-11-20"),
            ])
        ]))
    var script = KeyScript(workspace)
    script.press(.control("d"))
    script.type("3")
    #expect(script.title.contains("备用金台账"))
    #expect(script.text.contains("-2000") && script.text.contains("3000"), "\(script.text)")
    script.press(.control("p"))
    #expect(script.laptop.printed.last?.text.contains("3000") == true)
  }

  @Test func everyRefusalIsOneShortLine() {
    let samples: [CaseRefusal] = [
      .needsTrack, .needsDate, .needsBasis, .needsVisit, .needsApplication(.sudden), .needsEmergency, .needsReason, .needsVotes,
      .needsPublicityDates, .needsObjectionAnswer, .objection("x"), .needsDecider, .noLabour, .labourUnknown, .unset(.clearMonths),
      .openRisks(["a"]), .openReferrals(["a"]), .openSupplements(["a"]), .notStable(months: 1, needed: 6),
      .noSuchStep(from: .found, to: .tapering), .securedUnknown([]), .notSecured([]),
    ]
    for sample in samples { #expect(Message.stepRefused(sample).sentence.columns <= 36, "\(sample)") }
  }
}

extension String {
  /// Columns of a sentence: two for everything that is not ASCII.
  fileprivate var columns: Int { unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }
}
