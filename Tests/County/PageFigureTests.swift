import Departments
import Foundation
import HTTPTypes
import Relief
import Testing
import struct Relief.Record

@testable import County

extension PageTests {
  /// Four villages in two townships: households on the roster, one that nobody follows, a list of the month, visits, a warning and
  /// a case.
  static func fill(_ at: TestCounty, village name: String = "东庄村") async throws {
    let villages = [TestCounty.village, TestCounty.otherVillage, TestCounty.elsewhere]
    _ = try await at.county.importDivisions(
      Array(("代码,名称,类型\n130599100,示范镇,镇\n130599200,远山乡,乡\n" + "130599100202,西坡村,村\n130599200201,远庄村,村\n").utf8), source: "d.csv")
    let county = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
    func fact(_ list: String, _ entity: String, _ properties: [String: String]) -> Fact {
      Fact(list: list, entity: entity, properties: properties.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    }
    try county.write(
      county.record(
        .division, household: nil, division: TestCounty.village,
        facts: [fact(FactList.division, TestCounty.village, ["name": name, "kind": "village"])]))
    for (number, village) in villages.enumerated() {
      for household in ["h\(number)a", "h\(number)b"] {
        var said = ["division": village]
        if household.hasSuffix("b") { said["category"] = "lb" }
        try county.write(
          county.record(.roster, household: household, division: village, facts: [fact(FactList.household, household, said)]),
          county.record(
            .sweep, household: household, division: village,
            facts: [
              fact(
                FactList.sweep, "s-" + household,
                ["household": household, "from": "2026-11-01", "to": "2026-11-30", "reason": "period"])
            ]))
      }
    }
    try county.write(
      county.record(
        .warning, household: "h0a", division: TestCounty.village,
        facts: [
          fact(FactList.warning, "w-1", ["household": "h0a", "raised": "2026-11-14"]),
          fact(
            FactList.finding, "f-1",
            ["warning": "w-1", "model": "medical_cost", "department": "medical_insurance", "evidence": "自付 32000 元", "level": "orange"]),
        ]))
    #expect(try await county.push(at).status == 200)
    let clerk = try await TestDevice.enrol(at, person: "K", role: .clerk, scopes: [TestCounty.township, "130599200"])
    for (number, village) in villages.enumerated() {
      let household = "h\(number)a"
      let visit = clerk.record(
        household: household, division: village,
        facts: [
          fact(
            FactList.visit, "v-\(number)",
            ["household": household, "date": "2026-11-2\(number)", "method": "home", "result": number == 0 ? "suspected" : "none", "emergency": "no"])
        ])
      let step = CaseStep(
        CaseKey(household: household, track: CaseTrack(rawValue: "unstable")), from: .found, to: .monitored, date: CivilDate("2026-11-22"),
        basis: visit.id)
      try clerk.write(visit)
      if number == 0 {
        try clerk.write(
          clerk.record(.caseStep, household: household, division: village, supersedes: [visit.id], facts: [step.fact(entity: "c-1")]))
      }
    }
    #expect(try await clerk.push(at).status == 200)
    #expect(try await at.county.parked().isEmpty)
  }

  /// The register, folded without the page.
  static func register(_ at: TestCounty) throws -> Register {
    var register = Register()
    register.apply(contentsOf: try at.county.store.records(after: 0, limit: 10_000).records.map { ($0, nil) })
    return register
  }

  @Test("the tables are the figures of Register.supervision, by township and by village")
  func progress() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    let register = try Self.register(at)
    let day = try #require(CivilDate("2026-11-24"))
    let rules = CaseRules(register.policyParameters, on: day)
    for (from, to) in [("2026-11-01", "2026-11-24"), ("2026-11-21", "2026-11-21"), ("2026-10-01", "2026-10-31")] {
      let county = try #require(Division("130599"))
      let report = register.supervision(from: try #require(CivilDate(from)), to: try #require(CivilDate(to)), in: county, rules)
      let page = try await browser.get(PagePath.progress + "?from=\(from)&to=\(to)")
      let expected = Dictionary(uniqueKeysWithValues: report.townships.map { ($0.division.code, Self.cells($0.figures)) })
      #expect(page.table("progress") == expected)
      let town = try #require(Division(TestCounty.township))
      let own = register.supervision(from: try #require(CivilDate(from)), to: try #require(CivilDate(to)), in: town, rules)
      let villages = own.townships.flatMap(\.villages).map { ($0.division.code, Self.cells($0.figures)) }
      let table = try await browser.get(PagePath.progress + "?division=130599100&from=\(from)&to=\(to)").table("progress")
      #expect(table == Dictionary(uniqueKeysWithValues: villages))
    }
    // Said anew: two households of a village on the list, one met, one suspected, one case in 监测.
    let page = try await browser.get(PagePath.progress + "?division=130599100")
    #expect(page.table("progress")[TestCounty.village]?.prefix(5) == ["2", "1", "0", "1", "1"])
    #expect(page.text.contains("数据截至 2026-11-24 10:00") && page.text.contains("东庄村"))
  }

  /// Written down anew: the order of the columns on the page.
  private static func cells(_ one: SupervisionFigures) -> [String] {
    [
      one.sweep.planned, one.sweep.visited, one.sweep.notMet, one.sweep.found, one.sweep.suspected, one.included,
      one.sweep.emergencies, one.sweep.referred, one.sweep.cleared, one.overdue,
    ].map(String.init)
  }

  @Test("warnings by level and age, coverage, and cases by state and age")
  func standing() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    let warnings = try await browser.get(PagePath.warnings)
    #expect(warnings.table("warnings")["orange"] == ["0", "0", "1", "0", "0", "0", "0", "1", "0"], "ten days old")
    #expect(warnings.table("places") == ["130599100": ["1", "0"]])
    let register = try Self.register(at)
    let county = try #require(Division("130599"))
    let coverage = try await browser.get(PagePath.coverage)
    let found = Dictionary(grouping: register.uncovered(in: county)) { String($0.division.code.prefix(9)) }.mapValues { String($0.count) }
    #expect(coverage.table("coverage").compactMapValues(\.first) == found)
    #expect(found == ["130599100": "2", "130599200": "1"])
    let cases = try await browser.get(PagePath.cases)
    #expect(cases.table("cases")["monitored"] == ["1", "0", "0", "0", "0", "0", "0", "1"], "two days old")
    #expect(cases.table("medians") == ["checked": ["0 天", "1 件"], "helped": ["—", "0 件"]])
  }

  /// Two campaigns that run, one in one township alone, and one that is over. A name is typed by people.
  private static func sweep(_ at: TestCounty) async throws {
    let bureau = try await TestDevice.enrol(at, person: "B", role: .county, scopes: [])
    func plan(_ entity: String, _ name: String, _ from: String, _ to: String, _ place: String) throws -> Record {
      let plan = CampaignPlan(
        name: name, from: try #require(CivilDate(from)), to: try #require(CivilDate(to)), places: [try #require(Division(place))])
      return bureau.record(.campaign, household: nil, division: place, facts: [plan.fact(entity: entity)])
    }
    func listed(_ household: String, _ village: String, _ name: String, _ from: String) -> Record {
      let said = ["household": household, "campaign": name, "from": from, "to": "2026-11-30", "reason": "period"]
      return bureau.record(
        .sweep, household: household, division: village,
        facts: [
          Fact(list: FactList.sweep, entity: name + household, properties: said.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
        ])
    }
    try bureau.write(
      try plan("c-1", "冬季<1>", "2026-11-20", "2026-11-30", "130599"), try plan("c-2", "秋季", "2026-10-01", "2026-10-31", "130599"),
      try plan("c-3", "远山", "2026-11-23", "2026-11-30", "130599200"), listed("h0a", TestCounty.village, "冬季<1>", "2026-11-20"),
      listed("h0b", TestCounty.village, "冬季<1>", "2026-11-20"), listed("h1a", TestCounty.otherVillage, "冬季<1>", "2026-11-20"),
      listed("h2a", TestCounty.elsewhere, "冬季<1>", "2026-11-20"), listed("h2b", TestCounty.elsewhere, "远山", "2026-11-23"),
      bureau.record(
        household: "h0b", division: TestCounty.village,
        facts: [
          Fact(
            list: FactList.visit, entity: "v-away",
            properties: [
              Property("date", "2026-11-22"), Property("household", "h0b"), Property("method", "not_met"), Property("not_met_reason", "away"),
            ])
        ]))
    #expect(try await bureau.push(at).status == 200)
    #expect(try await at.county.parked().isEmpty)
  }

  @Test("campaigns that run stand on the page with their days, a line a township, of a township a line a village")
  func campaigns() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    #expect(try await !browser.get(PagePath.progress).text.contains("专项排查"))
    try await Self.sweep(at)
    try await at.county.board.refresh()
    let running = try #require(at.county.board.snapshot).campaigns
    #expect(Set(running.map(\.name)) == ["冬季<1>", "远山"])
    let winter = "campaign-\(try #require(running.firstIndex { $0.name == "冬季<1>" }) + 1)"
    let far = "campaign-\(try #require(running.firstIndex { $0.name == "远山" }) + 1)"
    let all = try await browser.get(PagePath.progress)
    #expect(all.text.contains("专项排查：冬季&lt;1&gt;（2026-11-20 至 2026-11-30）"))
    #expect(all.table(winter) == ["130599100": ["3", "2", "1", "0", "1"], "130599200": ["1", "1", "0", "0", "0"]])
    #expect(all.table(far) == ["130599200": ["1", "0", "0", "1", "0"]])
    let printed = try await at.county.campaigns(division: nil).filter { $0.campaign == "冬季<1>" && $0.division?.count == 9 }
    for line in printed { #expect(all.table(winter)[line.division ?? ""] == line.counts.prefix(5).map(String.init)) }
    let town = try await browser.get(PagePath.progress + "?division=130599100")
    #expect(town.table(winter) == [TestCounty.village: ["2", "1", "1", "0", "1"], TestCounty.otherVillage: ["1", "1", "0", "0", "0"]])
    #expect(!town.text.contains("远山（"), "it goes nowhere in this township")
    // Whose scope is a township reads of that township alone.
    let own = try await TestBrowser.inside(at, role: "auditor", scope: TestCounty.township, person: "P2")
    let scoped = try await own.get(PagePath.progress)
    #expect(scoped.table(winter) == town.table(winter) && !scoped.text.contains("远山（"))
  }

  @Test("departments' lists that should have come stand on the whole county's page, and on no township's")
  func listsDue() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at)
    let town = try await TestBrowser.inside(at, role: "auditor", scope: TestCounty.township, person: "P2")
    try await at.county.board.refresh()
    #expect(try await !browser.get(PagePath.progress).text.contains("部门数据应更新"))
    var profile = try at.county.profile("police/deaths", in: ListImportTests.profiles)
    profile.period = .months(1)
    try await at.county.follow([profile])
    at.clock.pass(seconds: 3 * 86_400)
    try await at.county.board.refresh()
    // Sessions of three days ago are over.
    try await browser.login("P1", PageTests.password)
    try await town.login("P2", PageTests.password)
    let page = try await browser.get(PagePath.progress)
    #expect(page.table("lists") == ["police/deaths": ["从未收到", "2026-11-24", "3"]])
    #expect(page.text.contains("部门数据应更新 1 份，其中逾期 1 份"))
    #expect(try await !browser.get(PagePath.progress + "?division=130599100").text.contains("部门数据应更新"))
    let own = try await town.get(PagePath.progress)
    #expect(own.status == 200 && !own.text.contains("部门数据应更新"))
  }

  @Test("a snapshot stays as it is until it is made anew, and says of when it is")
  func snapshot() async throws {
    let at = try await TestCounty()
    let browser = try await TestBrowser.inside(at)
    #expect(try await browser.get(PagePath.progress).status == 503)
    try await at.county.board.refresh()
    let before = try await browser.get(PagePath.progress)
    #expect(before.table("progress").isEmpty && before.text.contains("共 0 条记录"))
    try await Self.fill(at)
    at.clock.pass(seconds: 120)
    #expect(try await browser.get(PagePath.progress).text.contains("数据截至 2026-11-24 10:00"))
    try await at.county.board.refresh()
    let after = try await browser.get(PagePath.progress)
    #expect(after.text.contains("数据截至 2026-11-24 10:02") || after.text.contains("数据截至 2026-11-24 10:03"))
    #expect(after.table("progress").count == 2)
  }

  @Test("what is asked of other days is computed once and gone with the snapshot; none of it holds a household")
  func noPersonalData() async throws {
    let at = try await TestCounty()
    try await Self.fill(at)
    let browser = try await TestBrowser.inside(at)
    try await at.county.board.refresh()
    for (path, _) in PagePath.pages {
      let text = try await browser.get(path).text
      for household in ["h0a", "h1b", "自付", "medical_cost", "w-1"] { #expect(!text.contains(household)) }
    }
  }
}
