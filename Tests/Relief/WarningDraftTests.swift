import Testing

@testable import Relief

/// From findings to records: merged by household, joined to the open warning, said once.
@Suite struct WarningDraftTests {
  static let day = CivilDate("2026-11-24") ?? .today

  static func risk(_ model: String, household: String = Village.household, person: String = Village.head, _ substance: String = "a") -> FoundRisk {
    FoundRisk(
      model: model, household: household, person: person, level: .orange, isSimilar: false, evidence: "第 3 行", line: 3, substance: substance)
  }

  /// The village, with these warnings' records in it.
  static func register(_ records: [Record] = [], households: [String] = [Village.household]) -> Register {
    Register(
      households.enumerated().map { number, id in
        Village.record(
          number + 1, .roster, household: id, facts: [Village.fact(FactList.household, id, ["division": Village.code])])
      } + records)
  }

  static func drafts(_ risks: [FoundRisk], in register: Register, asOf: String = "2026-11-20") -> [WarningDraft] {
    register.warningDrafts(for: risks, from: ("medical_insurance", "b-1", CivilDate(asOf)), raised: day) {
      ([$0] + $1).joined(separator: "/")
    }
  }

  static func written(_ draft: WarningDraft, _ number: Int) -> Record {
    var record = Village.record(number, .warning, household: draft.household, wall: "2026-11-24T09:00:00+08:00", facts: draft.facts)
    record.author = Way.author(.county)
    record.supersedes = draft.supersedes
    return record
  }

  @Test func whatIsFoundAtOneHouseholdIsOneWarning() throws {
    let register = Self.register(households: [Village.household, "h-2"])
    let drafts = Self.drafts([Self.risk("unemployed"), Self.risk("medical_cost"), Self.risk("disaster", household: "h-2")], in: register)
    #expect(drafts.map(\.household) == [Village.household, "h-2"].sorted())
    var after = register
    for (number, draft) in drafts.enumerated() { after.apply(Self.written(draft, 50 + number)) }
    let warning = try #require(after.warnings(of: Village.household).first)
    #expect(warning.findings.map(\.model) == ["medical_cost", "unemployed"] && warning.raised == Self.day && warning.state == .new)
    #expect(warning.findings.allSatisfy { $0.batch == "b-1" && $0.line == 3 && $0.department == "medical_insurance" && $0.level == .orange })
  }

  @Test func comparingTwiceAddsNothing() {
    let risks = [Self.risk("unemployed"), Self.risk("medical_cost")]
    var register = Self.register()
    for draft in Self.drafts(risks, in: register) { register.apply(Self.written(draft, 50)) }
    #expect(Self.drafts(risks, in: register).isEmpty)
    #expect(Self.drafts(risks + risks, in: Self.register()).first?.facts.count == 3, "one row twice in the file")
  }

  /// The worse row may stand second in the file, or come in the next one while the household is being looked into.
  @Test func everyRowIsEvidenceOfTheOpenWarning() throws {
    let rows = [Self.risk("medical_cost", "amount_fen=3200000"), Self.risk("medical_cost", "amount_fen=9900000")]
    var register = Self.register()
    for draft in Self.drafts(rows, in: register) { register.apply(Self.written(draft, 50)) }
    #expect(register.openWarning(of: Village.household)?.findings.count == 2)
    let next = try #require(Self.drafts(rows + [Self.risk("medical_cost", "amount_fen=100")], in: register).first)
    #expect(!next.isNew && next.facts.count == 1)
    register.apply(Self.written(next, 51))
    #expect(register.openWarning(of: Village.household)?.findings.count == 3)
    #expect(Self.drafts(rows, in: register).isEmpty)
  }

  /// The same row in a later list, after 结案 on the 25th: what contradicts the register at once, what lasts after a year, whatever days the
  /// row has; an event of a day never.
  @Test(arguments: [
    (WarningModel.Repeats.nextList, false, "2026-11-26"), (.year, false, "2027-11-26"), (.nextList, true, "2026-11-26"), (.year, true, "2027-11-26"),
    (.event, false, "2027-11-26"), (.event, true, nil),
  ] as [(WarningModel.Repeats, Bool, String?)])
  func aRowThatComesAgainAfterwards(_ repeats: WarningModel.Repeats, _ hasDay: Bool, _ again: String?) throws {
    var risk = Self.risk("uninsured")
    (risk.repeats, risk.hasDay) = (repeats, hasDay)
    var register = Self.register()
    for draft in Self.drafts([risk], in: register) { register.apply(Self.written(draft, 50)) }
    for (number, to) in [(61, WarningState.answered), (62, .closed)] {
      let now = try #require(register.openWarning(of: Village.household))
      let step = WarningStep(now.id, from: now.state, to: to, date: CivilDate("2026-11-25"), reason: "电话核实", result: .covered)
      var record = Village.record(number, .warningStep, household: Village.household, facts: [step.fact(entity: "s-\(number)")])
      record.author = Way.author(.county)
      record.supersedes = WarningDesk.supersedes(step, in: register)
      register.apply(record)
    }
    let days = ["2026-11-25", "2026-11-26", "2027-11-25", "2027-11-26", "2036-01-01"]
    #expect(days.first { !Self.drafts([risk], in: register, asOf: $0).isEmpty } == again)
  }

  /// Whom a list leaves out: after it was put right, the next list says whether it was; what somebody looked at and ignored is quiet for a
  /// year. What a row says is said once.
  @Test(arguments: [(WarningState.closed, "2026-11-25", "2026-11-26"), (.ignored, "2027-11-25", "2027-11-26")])
  func whomALaterListStillLeavesOutIsSaidAgain(_ end: WarningState, _ quiet: String, _ again: String) throws {
    var absent = Self.risk("uninsured", "")
    absent.line = nil
    absent.repeats = .nextList
    var named = Self.risk("mental_illness")
    (named.repeats, named.hasDay) = (.event, true)
    var register = Self.register()
    for draft in Self.drafts([absent, named], in: register) { register.apply(Self.written(draft, 50)) }
    let warning = try #require(register.openWarning(of: Village.household))
    var number = 60
    func take(_ to: WarningState, _ result: WarningResult? = nil) throws {
      let now = try #require(register.openWarning(of: Village.household))
      let step = WarningStep(now.id, from: now.state, to: to, date: CivilDate("2026-11-25"), reason: "已核实", result: result)
      number += 1
      var record = Village.record(number, .warningStep, household: Village.household, facts: [step.fact(entity: "s-\(number)")])
      record.author = Way.author(.county)
      record.supersedes = WarningDesk.supersedes(step, in: register)
      register.apply(record)
    }
    if end == .closed { try take(.answered, .covered) }
    try take(end)
    #expect(register.openWarning(of: Village.household) == nil)
    #expect(Self.drafts([absent, named], in: register, asOf: quiet).isEmpty)
    let draft = try #require(Self.drafts([absent, named], in: register, asOf: again).first)
    #expect(draft.isNew && draft.warning != warning.id && draft.facts.compactMap { $0.value("model") } == ["uninsured"])
    register.apply(Self.written(draft, 70))
    #expect(Self.drafts([absent, named], in: register, asOf: again).isEmpty, "once")
  }

  /// A car has the day it was registered on, and is owned a year later; a flood is over.
  @Test(arguments: [
    ("police/vehicles", ["date": "2025-01-01"], WarningModel.Repeats.year, true), ("housing/appraisal", ["date": "2025-01-01", "housing_grade": "d"], .year, true),
    ("labour/unemployed", ["date": "2025-01-01"], .year, true), ("emergency/disaster", ["date": "2026-07-01"], .event, true),
    ("emergency/disaster", [:], .event, false), ("education/freshmen", ["year": "2026"], .event, true), ("own/appeals", ["date": "2026-07-01"], .event, true),
  ] as [(String, [String: String], WarningModel.Repeats, Bool)])
  func whatLastsIsNoEvent(_ list: String, _ values: [String: String], _ repeats: WarningModel.Repeats, _ hasDay: Bool) {
    var judge = WarningJudgeTests.judge(household: ["category": "lb"])
    let found = judge.findings(of: WarningJudgeTests.row(list, values))
    #expect(found.map(\.repeats) == [repeats] && found.map(\.hasDay) == [hasDay])
  }

  @Test func whatIsNewJoinsTheOpenWarning() throws {
    var register = Self.register()
    for draft in Self.drafts([Self.risk("unemployed")], in: register) { register.apply(Self.written(draft, 50)) }
    let draft = try #require(Self.drafts([Self.risk("medical_cost")], in: register).first)
    #expect(!draft.isNew && draft.facts.map(\.list) == [FactList.finding])
    register.apply(Self.written(draft, 51))
    #expect(register.warnings(of: Village.household).map(\.findings.count) == [2])
  }

  /// Over is over: only another word raises it again.
  @Test func afterItIsOverOnlySomethingElseRaisesAgain() throws {
    var register = Self.register()
    for draft in Self.drafts([Self.risk("unemployed")], in: register) { register.apply(Self.written(draft, 50)) }
    let first = try #require(register.openWarning(of: Village.household))
    let step = WarningStep(first.id, from: .new, to: .ignored, date: Self.day, reason: "已就业")
    var record = Village.record(60, .warningStep, facts: [step.fact(entity: "s-1")])
    record.author = Way.author(.clerk)
    record.supersedes = first.heads
    register.apply(record)
    #expect(Self.drafts([Self.risk("unemployed")], in: register).isEmpty, "the same row again")
    let again = try #require(Self.drafts([Self.risk("unemployed", "date=2027-01")], in: register).first)
    #expect(again.isNew && again.warning != first.id)
  }

  @Test func whoHasNoVillageIsNotWarnedOf() {
    #expect(Self.drafts([Self.risk("unemployed", household: "nowhere")], in: Self.register()).isEmpty)
  }
}
