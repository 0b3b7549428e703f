import Relief
import Terminal
import Testing
import XForm

@testable import Screens

/// 排名单: the list of the coming days is made at the screen, by key, and is a record like everything else.
@Suite struct SweepScreenTests {
  let form: VisitForm

  init() throws { form = try Forms.shipped() }

  /// Two households nobody has listed: a disabled member, and one that was promised a visit.
  func workspace(role: Role = .cadre) -> Workspace {
    var workspace = Village.workspace(form, role: role)
    var register = Register()
    let records = [
      Village.record(
        "division", .division,
        facts: [
          Fact(
            list: FactList.division, entity: Village.code,
            properties: [Property("name", "东庄村"), Property("kind", "village")])
        ]),
      Village.household("h-a", head: "周大山", group: "一组", members: [("m-a", "周大山", "130599196202280027", "02")]),
      Village.household("h-b", head: "吴秀兰", group: "二组", members: [("m-b", "吴秀兰", "130599196301010014", "02")]),
      Village.household("h-c", head: "郑卫国", group: "三组", members: [("m-c", "郑卫国", "130599195003070030", "02")]),
      Village.record(
        "roster-a", .roster, household: "h-a", wall: "2026-11-01T09:00:00+08:00",
        facts: [Fact(list: FactList.person, entity: "m-a", properties: [Property("disability", "yes")])]),
      Village.record(
        "visit-b", .visit, household: "h-b", wall: "2026-11-10T09:00:00+08:00",
        facts: [
          Fact(
            list: FactList.visit, entity: "v-b",
            properties: [
              Property("household", "h-b"), Property("date", "2026-11-10"), Property("method", "home"),
              Property("next_visit", "2026-12-05"),
            ])
        ]),
    ]
    for record in records { register.apply(record) }
    workspace.register = register
    return workspace
  }

  func script(role: Role = .cadre) -> KeyScript { KeyScript(workspace(role: role)) }

  @Test func theListIsWrittenAndStandsOnTheDay() throws {
    var script = script()
    #expect(!script.text.contains("周大山"), "nobody is on a list yet")
    script.press(.function(6))
    #expect(script.title.contains("排名单") && script.title.contains("东庄村"), "\(script.text)")
    #expect(script.text.contains("周大山") && script.text.contains("残疾人家庭"), "\(script.text)")
    #expect(!script.text.contains("郑卫国"), "there is no reason to go there")
    script.press(.function(10))
    #expect(script.message.contains("已列入 1 户"), "\(script.text)")
    #expect(script.laptop.written.map(\.type) == [.sweep])
    #expect(script.text.contains("已列"))
    script.press(.function(10))
    #expect(script.laptop.written.count == 1, "what is listed is not written twice")
    script.press(.escape)
    #expect(script.lines.contains { $0.contains("周大山") && $0.contains("未访") }, "\(script.text)")
  }

  /// R23: who holds 低保 or 特困 is not gone to for any of the four kinds; who holds something else is.
  @Test(arguments: [("lb", false), ("tk", false), ("by", true)]) func whoHoldsItIsNotListed(_ kind: String, _ isListed: Bool) throws {
    var workspace = workspace()
    workspace.register.apply(
      Village.record(
        "g-a", .category, household: "h-a",
        facts: [
          Fact(
            list: FactList.category, entity: "g-a",
            properties: [Property("household", "h-a"), Property("kind", kind), Property("from", "2026-01-01")])
        ]))
    var script = KeyScript(workspace)
    script.press(.function(6), .function(10))
    #expect(script.text.contains("周大山") == isListed, "\(script.text)")
    #expect(script.laptop.written.compactMap(\.household) == (isListed ? ["h-a"] : []), "\(script.text)")
  }

  /// R22: whoever was met is left alone until the county's period is over, and then stands on the list again.
  @Test(arguments: [("2026-10-24", true), ("2026-10-25", false)]) func whoWasMetComesBackAfterThePeriod(_ met: String, _ isListed: Bool) {
    var workspace = workspace()
    workspace.rules.clocks.sweepPeriodMonths = 1
    workspace.register.apply(Village.visit("v-met", household: "h-a", on: met))
    var script = KeyScript(workspace)
    script.press(.function(6))
    #expect(script.text.contains("周大山") == isListed, "\(script.text)")
  }

  @Test func moreDaysBringWhatIsPromisedForThem() {
    var script = script()
    script.press(.function(6))
    #expect(!script.text.contains("吴秀兰"))
    script.press(.right)
    #expect(script.text.contains("15 天") && script.text.contains("吴秀兰") && script.text.contains("约定回访"), "\(script.text)")
    script.press(.left)
    #expect(!script.text.contains("吴秀兰"))
  }

  /// What the county and the township wrote of 郑卫国's household, for which there was no reason before.
  private func workspace(with records: [Record]) -> Workspace {
    var workspace = workspace()
    workspace.rules.clocks[.recheckMonthsUnstable] = 6
    for record in records { workspace.register.apply(record) }
    return workspace
  }

  /// R44: a household in 救助 is looked at again after so many months, and stands on the list and in the ledger for the day.
  @Test(arguments: [("2026-05-28", true), ("2026-06-28", false)])
  func whoIsToBeRecheckedStandsOnTheList(_ day: String, _ isDue: Bool) throws {
    var step = CaseStep(CaseKey(household: "h-c", track: .edge), from: nil, to: .helped, date: CivilDate(day), reason: "接续")
    step.publicFrom = step.date
    var record = Village.record("r-step", .caseStep, household: "h-c", wall: day + "T09:00:00+08:00", facts: [step.fact(entity: "c-1")])
    record.author = Author(person: "c", name: "某县", role: .county)
    let workspace = workspace(with: [record])
    var script = KeyScript(workspace)
    script.press(.function(6))
    #expect(script.lines.contains { $0.contains("郑卫国") && $0.contains("定期核查到期") } == isDue, "\(script.text)")
    script.press(.escape, .control("d"))
    #expect(script.title.contains("待办台账"), "\(script.text)")
    let due = isDue ? "2026-11-28" : "2026-12-28"
    #expect(script.lines.contains { $0.contains("定期核查") && $0.contains("郑*国") && $0.contains(due) }, "\(script.text)")
  }

  /// R57: by the plan somebody comes every week; who has been there this week is not due.
  @Test(arguments: [(nil, true), ("2026-11-24", false), ("2026-11-22", true)] as [(String?, Bool)])
  func aCareVisitIsListedWhenItIsDueByThePlan(_ visited: String?, _ isDue: Bool) throws {
    func record(_ id: String, _ type: RecordType, _ list: String, _ stated: [(String, String)]) -> Record {
      let properties = [Property("household", "h-c"), Property("person", "m-c")] + stated.map { Property($0.0, $0.1) }
      return Village.record("r-" + id, type, household: "h-c", facts: [Fact(list: list, entity: id, properties: properties)])
    }
    var records = [record("plan", .carePlan, FactList.carePlan, [("from", "2026-11-01"), ("every_days", "7")])]
    if let visited { records.append(record("care", .careVisit, FactList.careVisit, [("plan", "plan"), ("date", visited)])) }
    var script = KeyScript(workspace(with: records))
    script.press(.function(6))
    #expect(script.lines.contains { $0.contains("郑卫国") && $0.contains("照料到期") } == isDue, "\(script.text)")
  }

  @Test func aHouseholdThatIsTakenOffIsNotWritten() {
    var script = script()
    script.press(.function(6), .right, .enter)
    #expect(script.text.contains("不列"), "\(script.text)")
    script.press(.function(10))
    #expect(script.laptop.written.count == 1)
    #expect(script.laptop.written.first?.household == "h-a", "the promised visit stands first, and was taken off")
  }

  @Test func twoPeopleWhoMakeOneListMakeOneRow() throws {
    let workspace = workspace()
    let division = try #require(Division(Village.code))
    let plan = try #require(SweepPlan(division, days: 7, workspace))
    let first = try #require(plan.records(workspace).first?.facts.first?.entity)
    let second = try #require(SweepPlan(division, days: 7, workspace)?.records(workspace).first?.facts.first?.entity)
    #expect(first == second)
    let longer = try #require(SweepPlan(division, days: 15, workspace)?.records(workspace).compactMap { $0.facts.first?.entity })
    #expect(Set(longer).count == 2 && longer.contains(first))
  }

  @Test func aHouseholdIsListedByHandWithItsReason() {
    var script = script()
    script.press(.function(3))
    script.type("zwg")
    script.press(.enter)
    let acts = HouseholdScreen("h-c").acts(script.laptop.workspace)
    script.type(String((acts.firstIndex(of: .list) ?? -1) + 1))
    #expect(script.title.contains("列入今天的名单"), "\(script.text)")
    script.press(.enter)
    #expect(script.message.contains("请写明理由"))
    script.type("邻居说他病了")
    script.press(.enter)
    #expect(script.message.contains("已列入 1 户"), "\(script.text)")
    script.press(.escape, .escape)
    #expect(script.lines.contains { $0.contains("郑卫国") && $0.contains("邻居说他病了") }, "\(script.text)")
    let again = HouseholdScreen("h-c").acts(script.laptop.workspace)
    #expect(!again.contains(.list), "who is on today's list is not listed again")
  }

  @Test func aDiskThatIsFullLosesNoChoice() {
    var script = script()
    script.press(.function(6), .right, .enter)
    script.laptop.writeFault = .diskFull
    script.press(.function(10))
    #expect(script.message == "未保存：磁盘满了，请先腾出空间")
    #expect(script.text.contains("不列"), "the choice is still there")
    script.laptop.writeFault = nil
    script.press(.function(10))
    #expect(script.laptop.written.count == 1)
  }

  @Test func theListsArePrintedWithMaskedNames() {
    var script = script()
    script.press(.function(6), .function(12))
    #expect(script.message == "已送打印机")
    let paper = script.laptop.printed.first?.text ?? ""
    #expect(paper.contains("周*山") && paper.contains("残疾人家庭") && !paper.contains("周大山"), "\(paper)")
    script.press(.function(10), .escape, .function(12))
    #expect(script.laptop.printed.last?.title == "今日走访")
    #expect(script.laptop.printed.last?.text.contains("周*山") == true)
  }

  @Test func aTownshipChoosesTheVillageFirst() {
    var workspace = workspace(role: .supervisor)
    workspace.identity.scopes = ["130599100"]
    var script = KeyScript(workspace)
    if !script.title.contains("今日走访") { script.press(.function(7)) }
    script.press(.function(6))
    #expect(script.lines.contains { $0.contains("东庄村") && $0.contains("1") }, "\(script.text)")
    script.press(.enter)
    #expect(script.title.contains("东庄村") && script.text.contains("周大山"))
  }

  @Test func whoMayNotWriteListsIsNotOffered() {
    var script = script(role: .visitor)
    script.press(.function(6))
    #expect(!script.title.contains("排名单"))
  }
}
