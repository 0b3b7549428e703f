import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// 预警 on the screen: found in the ledger, given to the village, answered by who went there, closed by the county.
@Suite struct WarningScreenTests {
  static let id = "w-liu"

  static let raising: Record = {
    var record = Village.record(
      "r-warning", .warning, household: "h-liu", wall: "2026-11-20T09:00:00+08:00",
      facts: [
        Fact(
          list: FactList.warning, entity: id, properties: [Property("household", "h-liu"), Property("raised", "2026-11-20")]),
        Fact(
          list: FactList.finding, entity: "f-liu",
          properties: [
            Property("warning", id), Property("household", "h-liu"), Property("model", "medical_cost"), Property("level", "orange"),
            Property("department", "medical_insurance"), Property("evidence", "近12个月自付 32000 元"), Property("match", "similar"),
          ]),
      ])
    record.author = Author(person: "county", name: "县民政局", role: .county)
    return record
  }()

  static func script(_ role: Role, steps: [WarningStep] = []) throws -> KeyScript {
    var workspace = try CaseScreenTests.workspace(role)
    workspace.register.apply(raising)
    for (number, step) in steps.enumerated() {
      var record = Village.record(
        "r-step-\(number)", .warningStep, household: "h-liu", wall: "2026-11-2\(number + 1)T09:00:00+08:00",
        facts: [step.fact(entity: "s-\(number)")], supersedes: workspace.register.warning(id)?.heads ?? [])
      record.author = Author(person: "c", name: "某文员", role: .county)
      workspace.register.apply(record)
    }
    return KeyScript(workspace)
  }

  static let dispatched = WarningStep(id, from: .new, to: .dispatched, date: CivilDate("2026-11-21"))

  static func openLedger(_ script: inout KeyScript) {
    script.press(.control("d"))
    script.type("0")
    script.press(.enter)
  }

  @Test func theTownshipGivesAWarningToTheVillage() throws {
    var script = try Self.script(.clerk)
    script.press(.control("d"))
    script.type("0")
    #expect(script.title.contains("预警台账"), "\(script.text)")
    #expect(script.text.contains("橙 新建") && script.text.contains("自付医疗费高"), "\(script.text)")
    script.press(.enter)
    #expect(script.text.contains("近12个月自付 32000 元（疑似同一人，先核对身份）"), "\(script.text)")
    script.type("1")
    script.press(.enter)
    #expect(script.laptop.written.map(\.type) == [.warningStep, .sweep], "\(script.text)")
    #expect(script.laptop.written.last?.facts.first?.value("reasons") == "warning")
    #expect(script.laptop.workspace.register.warning(Self.id)?.state == .dispatched)
    #expect(script.text.contains("刘*强 已派发；还有 1 件预警"), "\(script.text)")
  }

  @Test func whoIgnoresItSaysWhy() throws {
    var script = try Self.script(.clerk)
    Self.openLedger(&script)
    script.type("2")
    script.press(.enter)
    #expect(script.text.contains("为什么忽略"), "\(script.text)")
    script.press(.enter)
    #expect(script.laptop.written.isEmpty && script.message == Message.reasonNeeded.sentence, "\(script.text)")
    script.type("同名不同人")
    script.press(.enter)
    let warning = try #require(script.laptop.workspace.register.warning(Self.id))
    #expect(warning.state == .ignored && warning.history.last?.step.reason == "同名不同人")
  }

  /// A visit since the raising is what the answer rests on; without one it is asked how it was checked.
  @Test(arguments: [true, false]) func anAnswerRestsOnTheVisitThatWasMade(_ isVisited: Bool) throws {
    var script = try Self.script(.cadre, steps: [Self.dispatched])
    if !isVisited {
      for visit in script.laptop.workspace.register.visits(of: "h-liu") {
        script.laptop.workspace.register.apply(
          Village.record("r-back-\(visit.record)", .withdrawal, household: "h-liu", facts: [], supersedes: [visit.record]))
      }
      script = KeyScript(script.laptop.workspace)
    }
    script.press(.control("f"))
    script.type("lzq")
    script.press(.enter)
    let acts = HouseholdScreen("h-liu").acts(script.laptop.workspace)
    script.type(String(try #require(acts.firstIndex(of: .warning(Self.id))) + 1))
    let choices = WarningDesk().choices(for: try #require(script.laptop.workspace.register.warning(Self.id)), by: .cadre)
    script.type(String(try #require(choices.firstIndex { $0.to == .answered }) + 1))
    script.press(.enter)
    script.type("2")
    script.press(.enter)
    if isVisited {
      let step = try #require(script.laptop.workspace.register.warning(Self.id)?.answer, "\(script.text)")
      #expect(step.visit == script.laptop.workspace.register.visits(of: "h-liu").first { $0.isMet }?.record)
      #expect(step.result == .referred && step.reason == nil)
      #expect(script.message == Message.warningTaken.sentence, "\(script.text)")
    } else {
      #expect(script.text.contains("没有走访，怎样核实的"), "\(script.text)")
      script.type("已迁往外省，电话核实")
      script.press(.enter)
      let step = try #require(script.laptop.workspace.register.warning(Self.id)?.answer, "\(script.text)")
      #expect(step.visit == nil && step.reason == "已迁往外省，电话核实")
    }
  }

  /// What the village has in hand stands on its list, by whatever way it came there, with the words it was sent back with.
  @Test func whatTheVillageHasInHandStandsOnItsList() throws {
    func step(_ from: WarningState, _ to: WarningState, _ day: Int, reason: String? = nil, _ result: WarningResult? = nil) -> WarningStep {
      WarningStep(Self.id, from: from, to: to, date: CivilDate("2026-11-2\(day)"), reason: reason, result: result)
    }
    func row(_ steps: [WarningStep]) throws -> TodayRow? {
      TodayScreen.rows(try Self.script(.cadre, steps: steps).laptop.workspace).first { $0.household == "h-liu" }
    }
    let listed = try row([])
    let answered = step(.new, .answered, 1, reason: "电话核实", .covered)
    #expect(try row([answered])?.reason == listed?.reason, "the county has it in hand")
    let back = try #require(try row([answered, step(.answered, .returned, 2, reason: "请村里上门看")]))
    #expect(back.reason.hasPrefix("预警退回：请村里上门看") && back.state != .visited, "\(back)")
    #expect(try row([Self.dispatched])?.reason.hasPrefix("预警") == true)
    #expect(try row([Self.dispatched, step(.dispatched, .ignored, 2, reason: "重复")])?.reason == listed?.reason)
  }

  /// A village without a laptop sees nothing of it: whoever gives it out is told.
  @Test(arguments: [(Village.code, false), ("130599100202", true)]) func aVillageWithoutALaptopSeesNoWarning(_ scope: String, _ isSaid: Bool) throws {
    var workspace = try Self.script(.clerk).laptop.workspace
    workspace.devices = [KnownDevice(id: "d-1", person: "p-1", name: "测试", role: .cadre, scopes: [scope], isRevoked: false)]
    var script = KeyScript(workspace)
    Self.openLedger(&script)
    script.type("1")
    script.press(.enter)
    #expect(script.message.contains("村里没有电脑") == isSaid && script.message.contains("刘*强 已派发"), "\(script.text)")
  }

  /// A number of no row, and Enter by itself, take no step.
  @Test func nobodyTakesAStepByAccident() throws {
    var script = try Self.script(.clerk)
    Self.openLedger(&script)
    script.type("9")
    #expect(script.message == Message.noSuchRow("9").sentence, "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("预警") && script.laptop.written.isEmpty, "\(script.text)")
    script.press(.enter)
    #expect(script.laptop.written.isEmpty && !script.title.contains("预警"), "Enter shows the household: \(script.text)")
  }

  @Test func whatWasTypedIsThereAgainAndSaysSo() throws {
    var script = try Self.script(.clerk)
    Self.openLedger(&script)
    func again(_ choice: String) {
      script.type(choice)
      script.press(.enter)
    }
    again("2")
    script.type("村里说")
    script.press(.escape)
    again("2")
    #expect(script.cursorLine.contains("村里说") && script.message == Message.typedBefore.sentence, "\(script.text)")
    script.type("同名不同人")
    script.press(.enter)
    #expect(script.laptop.workspace.register.warning(Self.id)?.history.last?.step.reason == "同名不同人")
  }

  @Test func onlyTheCountyCloses() throws {
    let answered = WarningStep(Self.id, from: .dispatched, to: .answered, date: CivilDate("2026-11-22"), reason: "电话核实", result: .covered)
    for (role, closes) in [(Role.supervisor, false), (.county, true)] {
      var script = try Self.script(role, steps: [Self.dispatched, answered])
      Self.openLedger(&script)
      #expect(script.text.contains("结案") == closes, "\(role) \(script.text)")
    }
    var script = try Self.script(.county, steps: [Self.dispatched, answered])
    Self.openLedger(&script)
    script.type("1")
    script.press(.enter)
    #expect(script.laptop.workspace.register.warning(Self.id)?.state == .closed, "\(script.text)")
    #expect(script.text.contains("没有未了的预警了"), "\(script.text)")
  }

  /// R04: every step has its day: what is late says since when, is one level more urgent, and is counted on the desk.
  @Test func aWarningThatNobodyTakesUpIsLate() throws {
    var workspace = try Self.script(.clerk).laptop.workspace
    func cells() -> [String]? { Ledger.judging.lines(workspace).first?.cells }
    func late() -> Int? { DeskScreen.rows(workspace).first { $0.opens == .ledger(.judging) }?.late }
    #expect(cells() == ["橙 新建", "刘*强 东庄村", "自付医疗费高", "时限未设定", ""] && late() == 0)
    // Raised on a Friday.
    workspace.rules.clocks.amounts[.warningDispatchWorkdays] = 2
    #expect(cells()?.suffix(2) == ["2026-11-24", ""] && late() == 0)
    workspace.rules.clocks.amounts[.warningDispatchWorkdays] = 1
    #expect(cells() == ["红 新建", "刘*强 东庄村", "自付医疗费高", "2026-11-23", "逾期 1 天"] && late() == 1)
  }

  /// R16: an answer that rests on nothing, from wherever it comes, closes nothing: the warning stays with the village.
  @Test func anAnswerThatRestsOnNothingMovesNothing() throws {
    for reason in [nil, "电话核实"] {
      let answered = WarningStep(Self.id, from: .dispatched, to: .answered, date: CivilDate("2026-11-22"), reason: reason, result: .covered)
      var script = try Self.script(.county, steps: [Self.dispatched, answered])
      let state = reason == nil ? "橙 已派发" : "橙 已反馈"
      #expect(Ledger.warnings.lines(script.laptop.workspace).map { $0.cells[0] } == [state])
      Self.openLedger(&script)
      #expect(script.text.contains("结案") == (reason != nil), "\(script.text)")
    }
  }

  /// R16: the visit that checks a warning says what came of it: one question more, and only where the village has a warning in hand.
  @Test func theVisitItselfAnswersTheWarning() throws {
    func session(_ steps: [WarningStep]) throws -> Session {
      var workspace = try Self.script(.cadre, steps: steps).laptop.workspace
      workspace.visitForm = try Forms.shipped()
      return try VisitBeginning(workspace, household: "h-liu", lastVisit: nil).visit().get().session
    }
    let result = try #require(InstancePath("/household-visit/conclusion/warning_check/warning_result"))
    var asked = try session([Self.dispatched])
    let question = try #require(asked.question(at: result))
    #expect(question.isRequired && question.hint?.contains("近12个月自付 32000 元") == true, "\(question)")
    #expect(asked.answer(result, "referred") == .accepted)
    let step = try #require(asked.entities().first { $0.list == FactList.warningStep })
    #expect(step.property("warning") == Self.id && step.property("to") == "answered" && step.property("result") == "referred")
    #expect(step.property("date") == "2026-11-24")
    let method = try #require(InstancePath("/household-visit/heading/method"))
    let why = try #require(InstancePath("/household-visit/conclusion/warning_check/warning_reason"))
    #expect(!asked.outline.contains { $0.path == why })
    #expect(asked.answer(method, "phone") == .accepted)
    #expect(asked.question(at: why)?.isRequired == true, "R16: a telephone call is no check on the spot")
    #expect(asked.answer(why, "全家在外地务工") == .accepted)
    #expect(asked.entities().first { $0.list == FactList.warningStep }?.property("reason") == "全家在外地务工")
    #expect(asked.answer(method, "not_met") == .accepted)
    #expect(!asked.entities().contains { $0.list == FactList.warningStep }, "nobody was met")
    let answered = WarningStep(Self.id, from: .dispatched, to: .answered, date: CivilDate("2026-11-22"), reason: "电话", result: .covered)
    #expect(try session([Self.dispatched]).outline.contains { $0.path == result })
    // R17: what is found there was found by 监测预警, unless whoever types says otherwise.
    let channel = try #require(InstancePath("/household-visit/heading/channel"))
    #expect(asked.value(at: channel) == "warning")
    for steps in [[], [Self.dispatched, answered]] {
      let other = try session(steps)
      #expect(other.value(at: channel) == "active")
      #expect(!other.outline.contains { $0.path == result } && !other.entities().contains { $0.list == FactList.warningStep })
    }
  }
}
