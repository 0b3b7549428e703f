import Terminal
import Testing

@testable import Relief
@testable import Screens

/// 工作台: where a clerk's and the county's day begins, and 督促调度.
@Suite struct DeskScreenTests {
  static func workspace(_ role: Role) throws -> Workspace {
    var workspace = try OpenMatterTests.workspace(role)
    workspace.identity.scopes = [role == .county ? "130599" : "130599100"]
    workspace.register.apply(WarningScreenTests.raising)
    return workspace
  }

  static func count(_ ledger: Ledger, _ workspace: Workspace) -> Int? {
    DeskScreen.rows(workspace).first { $0.opens == .ledger(ledger) }?.count
  }

  @Test(arguments: [Role.county, .clerk]) func theDayBeginsAtTheDesk(_ role: Role) throws {
    let script = KeyScript(try Self.workspace(role))
    #expect(script.title.contains("工作台"), "\(script.text)")
    #expect(script.text.contains("预警待研判") && script.text.contains("督促调度"), "\(script.text)")
    #expect(script.text.contains("未设定的政策参数") == (role == .county), "only the county sets them")
  }

  @Test(arguments: [Role.cadre, .supervisor]) func whoHasNoDeskBeginsAtTheirList(_ role: Role) throws {
    #expect(!KeyScript(try Self.workspace(role)).title.contains("工作台"))
  }

  /// What a line counts is what its ledger lists.
  @Test func everyLineOpensAsManyAsItSays() throws {
    let workspace = try Self.workspace(.county)
    for row in DeskScreen.rows(workspace) {
      guard case .ledger(let ledger) = row.opens, let count = row.count else { continue }
      #expect(ledger.lines(workspace).count == count, "\(Words.Cases.ledger(ledger))")
    }
    #expect(Self.count(.judging, workspace) == 1)
  }

  /// R02: who belongs into the watch and is not in it stands on the desk with why, until somebody has them in hand.
  @Test func whomNobodyFollowsStandsOnTheDesk() throws {
    var workspace = try Self.workspace(.county)
    #expect(Self.count(.uncovered, workspace) == 0)
    func say(_ type: RecordType, _ household: String, _ list: String, _ entity: String, _ stated: [(String, String)]) {
      let properties = [Property("household", household)] + stated.map { Property($0.0, $0.1) }
      workspace.register.apply(
        Village.record("r-" + entity, type, household: household, facts: [Fact(list: list, entity: entity, properties: properties)]))
    }
    say(.roster, "h-wang", FactList.household, "h-wang", [("category", "lb")])
    say(.roster, "h-zhang", FactList.risk, "k-zhang", [("kind", "illness"), ("found", "2026-11-01")])
    #expect(Self.count(.uncovered, workspace) == 2)
    var script = KeyScript(workspace)
    script.type(String(try #require(DeskScreen.rows(workspace).firstIndex { $0.opens == .ledger(.uncovered) }) + 1))
    script.press(.enter)
    #expect(script.title.contains("应纳入监测而未纳入"), "\(script.text)")
    #expect(script.lines.contains { $0.contains("王*梅") && $0.contains("低保未纳入监测") }, "\(script.text)")
    #expect(script.lines.contains { $0.contains("张*国") && $0.contains("1 个风险点无人跟进") }, "\(script.text)")
    say(.category, "h-wang", FactList.category, "g-wang", [("kind", "lb"), ("from", "2026-11-01")])
    #expect(Ledger.uncovered.lines(workspace).map(\.household) == ["h-zhang"])
  }

  /// R36: the county is reminded of lists that should have come; the figure for all comes with the parameters.
  @Test func departmentsListsThatShouldHaveCome() throws {
    var workspace = try Self.workspace(.county)
    #expect(Self.count(.lists, workspace) == 0)
    var record = Village.record("r-batch", .batch, household: nil, facts: [])
    record.facts = [
      Fact(
        list: FactList.batch, entity: "b-1",
        properties: [
          Property("profile", "health/severe_illness"), Property("department", "health"), Property("hash", "00"),
          Property("as_of", "2026-09-30"),
        ])
    ]
    workspace.register.apply(record)
    #expect(Self.count(.lists, workspace) == 0, "nobody waits for it: no period is set")
    workspace.rules.clocks.importPeriodMonths = 1
    let row = DeskScreen.rows(workspace).first { $0.opens == .ledger(.lists) }
    #expect(row?.count == 1 && row?.late == 1)
    #expect(Ledger.lists.lines(workspace).map(\.cells) == [["health/severe_illness", "卫健局", "2026-09-30", "2026-10-30", "逾期 25 天"]])
    workspace.identity.role = .clerk
    #expect(Self.count(.lists, workspace) == nil, "lists are the county's")
  }

  private static func device(_ id: String, _ role: Role, _ scope: String, revoked: Bool = false, person: String? = nil) -> KnownDevice {
    KnownDevice(id: id, person: person ?? "p-" + id, name: "测试" + id, role: role, scopes: [scope], isRevoked: revoked)
  }

  /// Who holds a laptop, who has none, and what is typed at the server: a slip is never made here.
  @Test func whoHasNoLaptopAndWhatIsTypedAtTheServer() throws {
    var workspace = try Self.workspace(.county)
    #expect(Self.count(.devices, workspace) == 0, "nothing was said of devices yet: nobody is said to lack one")
    let villages = workspace.register.divisions(in: workspace.division).filter { $0.code.level == .village }
    #expect(villages.map(\.code.code).contains(Village.code))
    workspace.devices = [
      Self.device("d-1", .supervisor, Village.code), Self.device("d-2", .cadre, Village.code, revoked: true, person: "P'7"),
    ]
    var rows = DeviceRow.rows(workspace)
    #expect(rows.contains { if case .village(let division, _) = $0 { division.code == Village.code } else { false } }, "a supervisor's is no cadre's")
    #expect(rows.last == .working(workspace.devices[0]) && rows.contains(.without(workspace.devices[1])))
    #expect(Self.count(.devices, workspace) == rows.count)
    #expect(DeskScreen.rows(workspace).first { $0.opens == .ledger(.devices) }?.late == villages.count + 1)
    let without = try #require(rows.first { $0 == .without(workspace.devices[1]) })
    #expect(
      without.command == "zoufangd enrol-code 数据目录 --person 'P7' --name '测试d-2' --role cadre --scope \(Village.code)",
      "no quote of a name gets into a shell")
    #expect(DeviceRow.working(workspace.devices[0]).command == "zoufangd revoke 数据目录 d-1")
    // A laptop for the township reaches its villages.
    workspace.devices.append(Self.device("d-3", .cadre, String(Village.code.prefix(9))))
    rows = DeviceRow.rows(workspace)
    #expect(!rows.contains { if case .village(let division, _) = $0 { division.code == Village.code } else { false } })
  }

  /// When a laptop wrote last, from the records that came.
  @Test func whenALaptopWroteLast() throws {
    var workspace = try Self.workspace(.county)
    workspace.devices = [Self.device("d-1", .cadre, Village.code), Self.device("d-9", .cadre, Village.code)]
    let lines = Ledger.devices.lines(workspace)
    #expect(lines.first { $0.cells[1] == "测试d-9" }?.cells[4] == "还没有记录", "\(lines.map(\.cells))")
    let last = try #require(workspace.register.lastWritten()["d-1"])
    #expect(lines.first { $0.cells[1] == "测试d-1" }?.cells[4] == last.description)
    #expect(last <= CivilDate(Village.today)!)
  }

  /// The page of somebody whose laptops were all taken back.
  static func devicePage(_ size: Size) throws -> KeyScript {
    var workspace = try workspace(.county)
    workspace.devices = [device("d-2", .cadre, "130599100", revoked: true)]
    var script = KeyScript(workspace, size: size)
    script.type(String(try #require(DeskScreen.rows(workspace).firstIndex { $0.opens == .ledger(.devices) }) + 1))
    script.press(.enter)
    #expect(script.title.contains("电脑和登记"), "\(script.text)")
    let place = try #require(Ledger.devices.lines(workspace).firstIndex { $0.cells[0] == "已停用" })
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    return script
  }

  @Test func aLineOfTheLaptopsOpensTheCommandAndPrintsIt() throws {
    var script = try Self.devicePage(Size(rows: 24, columns: 80))
    #expect(script.text.contains("登记码只在县服务端发") && script.text.contains("zoufangd enrol-code"), "\(script.text)")
    script.press(.control("p"))
    #expect(script.laptop.printed.last?.text.contains("--role cadre --scope 130599100") == true)
  }

  /// Versions of a form: which is typed into, until when, and which is to come.
  @Test func formsSayFromWhenUntilWhen() throws {
    var workspace = try Self.workspace(.county)
    for (version, from) in [("1", "2026-01-01"), ("2", "2026-11-01"), ("3", "2027-01-01")] {
      var record = Village.record("r-form-" + version, .form, facts: [], body: ["xform": "<h:html/>"])
      record.facts = [
        Fact(
          list: FactList.form, entity: "survey",
          properties: [Property("version", version), Property("hash", version), Property("title", "调查"), Property("from", from)])
      ]
      workspace.register.apply(record)
    }
    let lines = Ledger.forms.lines(workspace).filter { $0.cells[2] == "调查" }
    #expect(
      lines.map(\.cells) == [
        ["2026-01-01", "已换新", "调查", "1", "survey 到 2026-10-31"], ["2026-11-01", "在用", "调查", "2", "survey 到 2026-12-31"],
        ["2027-01-01", "将启用", "调查", "3", "survey"],
      ])
  }

  @Test func aWarningGoesFromLineToLine() throws {
    var workspace = try Self.workspace(.county)
    func take(_ from: WarningState, _ to: WarningState) {
      let step = WarningStep(WarningScreenTests.id, from: from, to: to, date: CivilDate("2026-11-21"), reason: "电话核实", result: .covered)
      var record = Village.record(
        "r-\(to.rawValue)", .warningStep, household: "h-liu", facts: [step.fact(entity: "s-\(to.rawValue)")],
        supersedes: workspace.register.warning(WarningScreenTests.id)?.heads ?? [])
      record.author = Author(person: "c", name: "某县", role: .county)
      workspace.register.apply(record)
    }
    func counts() -> [Int?] { [Ledger.judging, .checking, .closing].map { Self.count($0, workspace) } }
    #expect(counts() == [1, 0, 0])
    take(.new, .dispatched)
    #expect(counts() == [0, 1, 0])
    take(.dispatched, .answered)
    #expect(counts() == [0, 0, 1])
    take(.answered, .closed)
    #expect(counts() == [0, 0, 0])
  }

  /// What has left this list is not over: the village has it in hand.
  @Test func whatWasDispatchedFromTheDeskIsNotSaidToBeOver() throws {
    var script = KeyScript(try Self.workspace(.clerk))
    script.type(String(try #require(DeskScreen.rows(script.laptop.workspace).firstIndex { $0.opens == .ledger(.judging) }) + 1))
    script.press(.enter, .enter)
    script.type("1")
    script.press(.enter)
    #expect(script.laptop.workspace.register.warning(WarningScreenTests.id)?.state == .dispatched, "\(script.text)")
    #expect(script.message == "刘*强 已派发", "\(script.text)")
  }

  @Test func casesThatWaitForTheCountysWord() throws {
    var workspace = try Self.workspace(.county)
    func take(_ number: Int, _ from: CaseState?, _ to: CaseState) {
      var step = CaseStep(CaseKey(household: "h-liu", track: .lowIncome), from: from, to: to, date: CivilDate("2026-11-2\(number)"), reason: "接续")
      step.publicFrom = step.date
      var record = Village.record(
        "r-case-\(number)", .caseStep, household: "h-liu", facts: [step.fact(entity: "c-\(number)")],
        supersedes: CaseDesk.supersedes(step, in: workspace.register))
      record.author = Author(person: "c", name: "某县", role: .county)
      workspace.register.apply(record)
    }
    take(1, nil, .helped)
    #expect(Self.count(.clearing, workspace) == 0)
    take(2, .helped, .clearing)
    take(3, .clearing, .publicity)
    take(4, .publicity, .confirming)
    #expect(Self.count(.clearing, workspace) == 1 && Self.count(.confirming, workspace) == 0)
    var script = KeyScript(workspace)
    let place = try #require(DeskScreen.rows(workspace).firstIndex { $0.opens == .ledger(.clearing) })
    for _ in 0..<place { script.press(.down) }
    script.press(.enter)
    #expect(script.title.contains("清零待批"), "\(script.text)")
    script.press(.enter)
    #expect(script.text.contains("办理"), "\(script.text)")
  }

  // MARK: 督促调度

  @Test func theFiguresOfTheDaysByTownshipAndVillage() throws {
    var script = KeyScript(try Self.workspace(.county))
    script.press(.end, .enter)
    #expect(script.title.contains("督促调度") && script.title.contains("2026-11-01至2026-11-24"), "\(script.text)")
    let workspace = script.laptop.workspace
    let days = SupervisionScreen.days(.month, try #require(CivilDate(workspace.today)))
    let report = workspace.register.supervision(
      from: days.from, to: days.to, in: try #require(Division("130599")), workspace.rules)
    #expect(report.townships.map(\.division.code) == ["130599100"])
    #expect(script.text.contains("已走访 \(report.all.sweep.visited)"), "\(script.text)")
    script.press(.enter)
    for village in report.townships[0].villages {
      #expect(script.text.contains(workspace.register.name(of: village.division) ?? village.division.code), "\(script.text)")
    }
    script.press(.escape, .right)
    #expect(script.title.contains("2026-10-01至2026-10-31"), "\(script.text)")
    script.press(.right)
    #expect(script.title.contains("2026-01-01至2026-11-24"), "\(script.text)")
    script.press(.control("p"))
    #expect(script.laptop.printed.last?.text.contains("应走访") == true, "\(script.text)")
  }

  /// R17: each household where something was found is counted with the channel it was found by.
  @Test func whatWasFoundIsCountedByItsChannel() throws {
    var workspace = try Self.workspace(.county)
    func remark(_ workspace: Workspace) -> String? {
      var script = KeyScript(workspace)
      script.press(.end, .enter)
      return script.lines.first { $0.contains("发现渠道") }?.trimmed
    }
    #expect(remark(workspace) == "发现渠道 个人申请 0 主动发现 2 监测预警 0")
    for (household, channel) in [("h-wang", "application"), ("h-zhang", "warning")] {
      workspace.register.apply(
        Village.record(
          "v-" + household, .visit, household: household, wall: "2026-11-23T10:00:00+08:00",
          facts: [
            Fact(
              list: FactList.visit, entity: "v-" + household,
              properties: [
                Property("household", household), Property("date", "2026-11-23"), Property("result", "suspected"), Property("channel", channel),
              ])
          ]))
    }
    #expect(remark(workspace) == "发现渠道 个人申请 1 主动发现 2 监测预警 1")
  }

  @Test func theBarIsWhatWasVisitedOfWhatWasPlanned() {
    var totals = DayTotals()
    #expect(SupervisionScreen.bar(totals, columns: 10) == "")
    totals.planned = 4
    totals.visited = 1
    #expect(SupervisionScreen.bar(totals, columns: 10) == "##........")
    totals.visited = 6
    #expect(SupervisionScreen.bar(totals, columns: 10) == "##########", "more than were planned")
  }
}
