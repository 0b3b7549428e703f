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
    #expect(script.message == Message.warningTaken.sentence, "\(script.text)")
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
