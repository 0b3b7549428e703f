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
    #expect(script.cursorLine.contains("办理事项"), "which step was chosen in 办理: \(script.text)")
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

  /// What 办理 said is answered: the form opens on what it did not say, and the way back leads to it. From the menu nothing was said.
  @Test func theFormOpensOnTheFirstQuestionThatHasNoAnswer() throws {
    var script = try Self.open()
    try Self.pick(.excluded, &script)
    #expect(script.cursorLine.contains("办理事项"), "\(script.text)")
    script.type("1")
    script.press(.backTab)
    #expect(script.cursorLine.contains("办理事项"), "\(script.text)")
    for _ in 0..<3 where !script.cursorLine.contains("到哪一步") { script.press(.up) }
    #expect(script.cursorLine.contains("到哪一步"), "\(script.text)")
    // A case of a track: nothing is left to ask before the reason.
    var workspace = try Self.workspace()
    let step = CaseStep(CaseKey(household: "h-liu", track: .lowIncome), from: .found, to: .monitored, date: CivilDate("2026-11-24"), basis: "visit-liu")
    workspace.register.apply(
      Village.record(
        "step-1", .caseStep, household: "h-liu", author: Author(person: "p-clerk", name: "周办", role: .clerk),
        facts: [step.fact(entity: "s-1")], supersedes: ["visit-liu"]))
    var tracked = KeyScript(workspace)
    tracked.press(.control("f"))
    tracked.type("lzq")
    tracked.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(workspace)
    tracked.type(String(try #require(acts.firstIndex(of: .cases)) + 1))
    let screen = CaseScreen("h-liu", workspace)
    let place = try #require(screen.rows.firstIndex { $0.from == .monitored && $0.refusals.isEmpty }, "\(screen.rows)")
    tracked.type(String(screen.open.count + place + 1))
    tracked.press(.enter)
    #expect(tracked.title.contains("办理一步") && tracked.cursorLine.contains("理由"), "\(tracked.text)")
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

/// 台账 beyond what waits: who was not visited for long, the six groups, the team; and the ceiling of the reserve.
@Suite struct LedgerTests {
  /// R34: nobody met since the period began, never met first.
  @Test func theLongestUnvisitedComeFirst() throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    let all = Ledger.stale.lines(workspace)
    #expect(all.map(\.household) == ["h-wang", "h-zhang", "h-liu", "h-zhao"])
    #expect(all.first?.cells.first == "从未走访")
    #expect(all[1].cells.first == "2026-08-20" && all[1].cells.last == "96 天")
    workspace.rules.clocks.sweepPeriodMonths = 1
    #expect(Ledger.stale.lines(workspace).map(\.household) == ["h-wang", "h-zhang"])
    workspace.rules.clocks.sweepPeriodMonths = 4
    #expect(Ledger.stale.lines(workspace).map(\.household) == ["h-wang"])
  }

  /// R35: exactly the six groups; the three kinds under watch are one.
  @Test func theSixGroupsAreCounted() throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    func grant(_ household: String, _ kind: String, person: String? = nil, to: String? = nil) {
      workspace.register.apply(
        Village.record(
          "g-\(household)-\(kind)", .category, household: household,
          facts: [
            Fact(
              list: FactList.category, entity: "g-\(household)-\(kind)",
              properties: [Property("household", household), Property("kind", kind), Property("from", "2026-01-01")]
                + (person.map { [Property("person", $0)] } ?? []) + (to.map { [Property("to", $0)] } ?? []))
          ]))
    }
    grant("h-zhang", "lb")
    grant("h-wang", "tk", person: "m-3")
    grant("h-liu", "tpbw")
    grant("h-zhao", "byyz", to: "2026-11-01")
    let lines = Ledger.groups.lines(workspace).map { Array($0.cells.prefix(3)) }
    #expect(
      lines == [
        ["低保对象", "1", "2"], ["特困人员", "1", "1"], ["低保边缘", "0", "0"], ["易返贫致贫", "1", "0"], ["支出型困难", "0", "0"],
        ["其他低收入", "0", "0"],
      ])
  }

  /// R08: 低保 is a household's, with everybody in it, or one person's alone (单人保).
  @Test(arguments: [(nil, "2"), ("m-2", "1")] as [(String?, String)]) func lowIncomeIsAHouseholdsOrOnePersons(
    _ person: String?, _ counted: String
  ) throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    workspace.register.apply(
      Village.record(
        "g-lb", .category, household: "h-zhang",
        facts: [
          Fact(
            list: FactList.category, entity: "g-lb",
            properties: [Property("household", "h-zhang"), Property("kind", "lb"), Property("from", "2026-01-01")]
              + (person.map { [Property("person", $0)] } ?? []))
        ]))
    #expect(Ledger.groups.lines(workspace).first.map { Array($0.cells.prefix(3)) } == ["低保对象", "1", counted])
  }

  /// R32: 城 and 乡 are counted apart.
  @Test func townAndCountryAreCountedApart() throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    for (household, hukou) in [("h-zhang", "rural"), ("h-wang", "urban"), ("h-liu", "rural"), ("h-zhao", "")] {
      workspace.register.apply(
        Village.record(
          "hukou-" + household, .roster, household: household,
          facts: [
            Fact(list: FactList.household, entity: household, properties: [Property("category", "lb"), Property("hukou", hukou)])
          ]))
    }
    #expect(Ledger.groups.lines(workspace).first.map { Array($0.cells.suffix(2)) } == ["2", "1"])
  }

  /// R29: what a visit found waits for its 研判, with the day it is due; a step that takes it up ends the wait.
  @Test func whatWasFoundWaitsForItsStepAndIsLate() throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    workspace.rules.clocks.amounts[.inclusionDueDays] = 3
    workspace.register.apply(Village.visit("v-wang", household: "h-wang", on: "2026-11-10", result: "suspected"))
    var script = KeyScript(workspace)
    script.press(.control("d"))
    let line = try #require(Ledger.waiting.lines(workspace).first { $0.household == "h-wang" })
    #expect(line.cells == ["研判", "王*梅 东庄村", "", "2026-11-13", "逾期 11 天"] && line.isLate)
    #expect(script.lines.contains { $0.contains("研判") && $0.contains("2026-11-13") && $0.contains("逾期 11 天") }, "\(script.text)")
    let step = CaseStep(
      CaseKey(household: "h-wang", track: .lowIncome), from: .found, to: .monitored, date: CivilDate("2026-11-12"), basis: "v-wang")
    workspace.register.apply(
      Village.record(
        "r-taken", .caseStep, household: "h-wang", author: CaseScreenTests.county, facts: [step.fact(entity: "s-taken")],
        supersedes: ["v-wang"]))
    #expect(!Ledger.waiting.lines(workspace).contains { $0.household == "h-wang" && $0.cells[0] == "研判" })
  }

  /// R34: whatever order the records come in, and however often each, every list shows the same.
  @Test func theOrderInWhichRecordsCameIsSeenNowhere() throws {
    var records = Village.records
    // A visit taken back, and a member whom two laptops name differently.
    records += [
      Village.record("back-1", .withdrawal, household: "h-zhang", facts: [], supersedes: ["visit-old"], body: ["reason": "录错户"]),
      Village.visit("visit-wang", household: "h-wang", on: "2026-10-01", result: "suspected"),
    ]
    records += ["王春美", "王春妹"].map { name in
      Village.record(
        "change-" + name, .householdChange, household: "h-wang",
        facts: [Fact(list: FactList.person, entity: "m-3", properties: [Property("name", name)])], supersedes: ["roster-h-wang"])
    }
    func shown(_ records: [Record]) throws -> [String] {
      var workspace = try CaseScreenTests.workspace(.supervisor)
      workspace.register = Register()
      for record in records { workspace.register.apply(record) }
      var pages = Ledger.allCases.filter { $0 != .needs }.map { ledger in
        ledger.lines(workspace).map { $0.cells.joined(separator: "|") }.joined(separator: "\n")
      }
      let way = HistoryScreen("h-wang", workspace).lines.map { [$0.date, $0.text, $0.author].joined(separator: "|") }
      pages.append(way.joined(separator: "\n"))
      return pages + [KeyScript(workspace).text]
    }
    let once = try shown(records)
    #expect(once.contains { $0.contains("从未走访|张*国") }, "\(once)")
    #expect(once.contains { $0.contains("王春美") && $0.contains("王春妹") }, "\(once)")
    #expect(try shown(records.reversed()) == once)
    #expect(try shown(records.reversed() + records + records.prefix(9)) == once)
    for turn in stride(from: 5, to: records.count, by: 5) {
      #expect(try shown(Array(records[turn...] + records[..<turn])) == once, "\(turn)")
    }
  }

  /// R63.
  @Test func theTeamIsWhoIsInItToday() throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    for (name, to) in [("钱站长", nil), ("老主任", "2026-10-01")] as [(String, String?)] {
      workspace.register.apply(
        Village.record(
          "team-" + name, .team,
          facts: [
            Fact(
              list: FactList.team, entity: "t-" + name,
              properties: [
                Property("name", name), Property("post", "站长"), Property("phone", "0599-1234567"), Property("division", "130599100"),
                Property("from", "2026-01-01"),
              ] + (to.map { [Property("to", $0)] } ?? []))
          ]))
    }
    let lines = Ledger.team.lines(workspace)
    #expect(lines.map { $0.cells[1] } == ["钱站长"])
    #expect(lines[0].cells[3] == "0599-1234567")
  }

  /// One human being in the register twice is found, and shown without anybody's name or number.
  @Test func whoStandsTwiceIsFound() throws {
    var workspace = try CaseScreenTests.workspace(.supervisor)
    #expect(Ledger.clashes.lines(workspace).isEmpty)
    let number = "130599196604185655"
    for (person, household) in [("m-twin-1", "h-zhang"), ("m-twin-2", "h-wang")] {
      var record = Village.record(
        "clash-" + person, .roster,
        facts: [
          Fact(
            list: FactList.person, entity: person,
            properties: [Property("household", household), Property("name", "周建民"), Property("id_number", number)])
        ])
      record.household = household
      workspace.register.apply(record)
    }
    let lines = Ledger.clashes.lines(workspace)
    #expect(lines.map { $0.cells[0] } == ["证号相同"])
    #expect(lines[0].cells[2] == "周*民" && lines[0].cells[3] == "**************5655")
    #expect(lines[0].cells[1].split(separator: " ").count == 2)
    #expect(["h-wang", "h-zhang"].contains(lines[0].household))
  }

  /// R51: a payout above the county's ceiling is refused while the form is open.
  @Test(arguments: [("200000", true), ("200001", false)]) func aPayoutStaysWithinTheReservesCeiling(_ fen: String, _ isAllowed: Bool) throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    workspace.rules.clocks.reserveCeilingFen = 200_000
    let paid = EntityDeclaration(
      list: FactList.assistance, id: "a-1",
      properties: [EntityProperty(name: "funding", value: "reserve"), EntityProperty(name: "amount_fen", value: fen)],
      path: try #require(InstancePath("/assistance")))
    #expect((DeskCheck.refusal([paid], household: "h-zhang", in: workspace) == nil) == isAllowed)
  }

  /// R60: a charity gets needs and no identity; the key to the numbers is another file. A text that a spreadsheet would run is none.
  @Test func needsLeaveAsAFileWithoutIdentity() throws {
    var workspace = try CaseScreenTests.workspace(.clerk)
    workspace.register.apply(
      Village.record(
        "need-1", .visit, household: "h-zhang",
        facts: [
          Fact(
            list: FactList.need, entity: "n-1",
            properties: [Property("household", "h-zhang"), Property("kind", "medical"), Property("detail", "=缺药")])
        ]))
    var script = KeyScript(workspace)
    script.press(.control("d"))
    script.type("5")
    script.laptop.writeFault = .diskFull
    script.press(.control("s"))
    #expect(script.laptop.exported.isEmpty)
    script.laptop.writeFault = nil
    script.press(.control("s"))
    #expect(script.message == "已存到数据目录的 导出 文件夹", "\(script.text)")
    try #require(script.laptop.exported.map(\.name) == ["慈善需求-2026-11-24.csv", "慈善需求对照表-不外传-2026-11-24.csv"])
    let list = script.laptop.exported[0].text
    #expect(list.hasPrefix("\u{FEFF}\"序号\",") && list.contains("\"医疗\""), "\(list)")
    for secret in ["张建国", "h-zhang", "n-1", "一组", "缺药", "1305990"] { #expect(!list.contains(secret), "\(secret)") }
    let key = script.laptop.exported[1].text
    #expect(key.contains("\"张建国\"") && key.contains("\"'=缺药\""), "\(key)")
  }
}
