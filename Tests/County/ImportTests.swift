import Foundation
import Relief
import Testing
import Wire

@testable import County

@Suite("Imports")
struct ImportTests {
  private let divisions = "代码,名称,类型\n130599100,示范镇,镇\n130599100201,东庄村,村\n130599100202,西坡村,村\n"
  private let codes = """
    列表,代码,名称
    relation,02,户主
    relation,10,配偶
    relation,20,之子
    disability_kind,4,肢体残疾
    disability_grade,2,二级
    scheme,lb,低保
    scheme,old_age,高龄津贴
    id_kind,id,居民身份证
    id_kind,none,无证件
    """
  private let roster = """
    户编号,村代码,联系电话,现享受政策,人员编号,姓名,证件号码,性别,出生日期,与户主关系,残疾类别,残疾等级
    A1,130599100201,13900000001,低保、高龄津贴,A1-1,张广田,130599196803127853,,,户主,,
    A1,,,,A1-2,王秀兰,130599197008258402,,,配偶,肢体残疾,二级
    A2,130599100202,,,A2-1,李四,,男,1950-03,户主,,
    """

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func county() async throws -> TestCounty {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(bytes(divisions), source: "divisions.csv")
    return at
  }

  private func importRoster(_ at: TestCounty, _ text: String) async throws -> ImportReport {
    try await at.county.importRoster(bytes(text), source: "roster.csv", codes: bytes(codes))
  }

  private func problems(_ body: () async throws -> ImportReport) async throws -> [RowProblem] {
    do {
      _ = try await body()
      return []
    } catch CountyFault.rows(let problems) {
      return problems
    }
  }

  @Test("a line break inside a cell is a blank; a character nobody sees is said with its line, and nothing is imported")
  func cellsAreOneLine() async throws {
    let at = try await county()
    let broken = roster.replacing("张广田,", with: "\"张\r\n广田\",").replacing("李四,", with: "\"李\t四\",")
    #expect(try await importRoster(at, broken).written == 2)
    var register = Register()
    register.apply(contentsOf: try await at.county.store.records(.roster).map { ($0, nil) })
    #expect(register.households().compactMap(\.headName).sorted() == ["张 广田", "李 四"].sorted())

    let unseen = roster.replacing("王秀兰", with: "王秀\u{7}兰").replacing("李四", with: "李\u{1}四")
    #expect(
      try await problems { try await importRoster(at, unseen) } == [
        RowProblem(line: 3, column: "姓名", reason: .controlCharacter),
        RowProblem(line: 4, column: "姓名", reason: .controlCharacter),
      ])
    // A zero byte is in no text file: the file is damaged, not one row.
    await #expect(throws: CountyFault.table(.nulByte(line: 4))) { try await importRoster(at, roster.replacing("李四", with: "李\u{0}四")) }
    #expect(try await at.county.store.records(.roster).count == 2)
  }

  @Test("a roster becomes one record a household, its codes from labels, sex and birth from the identity number")
  func roster() async throws {
    let at = try await county()
    let report = try await importRoster(at, roster)
    #expect(report == ImportReport(rows: 3, written: 2, unchanged: 0, unknownHeaders: []))
    let records = try await at.county.store.records(.roster)
    var register = Register()
    register.apply(contentsOf: records.map { ($0, nil) })
    let household = try #require(register.households().first { $0.headName == "张广田" })
    #expect(household.division?.code == "130599100201")
    #expect(household.schemes == ["lb", "old_age"])
    let persons = register.persons(of: household.id)
    #expect(persons.map(\.name) == ["张广田", "王秀兰"])
    #expect(persons[0].birth?.description == "1968-03-12")
    #expect(persons[0].entity.value("sex") == nil, "what the number says is not stated a second time")
    #expect(persons[1].entity.value("disability") == "yes" && persons[1].entity.value("disability_kind") == "4")
    let old = try #require(register.households().first { $0.headName == "李四" })
    #expect(register.persons(of: old.id)[0].birth?.description == "1950-03")
  }

  @Test("the same file twice changes nothing, with or without byte order mark, also with its rows in another order")
  func twice() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let before = try await at.register()
    #expect(try await importRoster(at, "\u{FEFF}" + roster.replacing("\n", with: "\r\n")).written == 0)
    let lines = roster.split(separator: "\n").map(String.init)
    #expect(try await importRoster(at, [lines[0], lines[3], lines[1], lines[2]].joined(separator: "\n")).written == 0)
    #expect(try await at.county.importDivisions(bytes(divisions), source: "again.csv").written == 0)
    #expect(try await at.register() == before)
  }

  @Test("a changed cell is news of that cell only; an emptied one says nothing; what a visit found stays beside it")
  func changes() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let household = try #require(try await at.county.store.records(.roster).first?.household)
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let seen = try await cadre.pulled(at).filter { $0.household == household }.map(\.id)
    let fact = Fact(list: FactList.household, entity: household, properties: [Property("phone", "13911111111")])
    try cadre.write(cadre.record(household: household, supersedes: seen, facts: [fact]))
    _ = try await cadre.push(at)
    // The county's list comes again, with another address and the old telephone.
    let next = roster.replacing("张广田,130599196803127853", with: "张广天,130599196803127853")
      .replacing("低保、高龄津贴", with: "")
    #expect(try await importRoster(at, next).written == 1)
    let news = try #require(try await at.county.store.records(.roster).last)
    #expect(Set(news.facts.flatMap(\.properties).map(\.name)) == ["name", "head_name"])
    let rows = try await at.register()
    #expect(rows.contains { $0.contains("property=phone value=13911111111") && $0.contains("conflict=0") })
    #expect(rows.contains { $0.contains("property=schemes value=lb old_age") })
    #expect(rows.contains { $0.contains("property=head_name value=张广天") && $0.contains("conflict=0") })
  }

  @Test("divisions of another county are not imported, those above the own one are")
  func divisionsOfTheOwnCounty() async throws {
    let at = try await county()
    let found = try await problems {
      try await at.county.importDivisions(bytes("代码,名称\n1305,示范市\n130598,邻县\n130598001,邻镇\n"), source: "d.csv")
    }
    #expect(found == [3, 4].map { RowProblem(line: $0, column: "代码", reason: .notUnder("130599")) })
  }

  @Test("one bad row and nothing is imported; every problem is named by line and column")
  func nothingHalf() async throws {
    let at = try await county()
    let before = try await at.register()
    let bad =
      roster
      + "\nA3,130599100299,,,A3-1,赵五,130599196803127854,,,户主,,"
      + "\nA3,,,,A3-2,,,不明,1990-13-01,表兄,,"
      + "\nA1,130599100202,,,A1-2,王秀兰,,,,户主,,"
      + "\nA4,13059910020,,,A4-1,孙六,,,,户主,,\nA5,110101001001,,,A5-1,周七,,,,户主,,"
    let found = try await problems { try await importRoster(at, bad) }
    let said = found.map { "\($0.line) \($0.column)" }
    #expect(
      Set(said) == [
        "5 村代码", "5 证件号码", "6 姓名", "6 性别", "6 出生日期", "6 与户主关系", "7 村代码", "7 人员编号", "7 与户主关系", "8 村代码",
        "9 村代码",
      ])
    #expect(found.contains(RowProblem(line: 5, column: "村代码", reason: .unknownDivision)))
    #expect(found.contains(RowProblem(line: 5, column: "证件号码", reason: .notAnIdentityNumber)))
    #expect(found.contains(RowProblem(line: 7, column: "村代码", reason: .contradicts(line: 2))))
    #expect(found.contains(RowProblem(line: 9, column: "村代码", reason: .notUnder("130599"))))
    #expect(try await at.register() == before)
    #expect(try await at.county.store.records(.roster).isEmpty)
  }

  @Test("labels need the code lists; codes do not")
  func withoutCodes() async throws {
    let at = try await county()
    let labels = try await problems { try await at.county.importRoster(bytes(roster), source: "r.csv") }
    #expect(!labels.isEmpty && labels.allSatisfy { $0.reason == .notOneOf([]) })
    let coded = "户编号,村代码,姓名,证件号码,与户主关系\nB1,130599100201,钱八,,02\n"
    #expect(try await at.county.importRoster(bytes(coded), source: "r.csv").written == 1)
  }

  @Test("a sweep list: days from today, one record a row, the same row again nothing, another reason news")
  func sweep() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let list = "户编号,走访批次,起始日期,截止日期,列入原因,顺序,上次走访\nA1,冬季,+0,+6,残疾人家庭,1,2026年3月5日\nA2,冬季,2026/11/24,,独居,2,\n"
    let report = try await at.county.importSweep(bytes(list), source: "sweep.csv")
    #expect(report.written == 2)
    #expect(try await at.county.importSweep(bytes(list), source: "sweep.csv").written == 0)
    var register = Register()
    for type in [RecordType.roster, .sweep] {
      register.apply(contentsOf: try await at.county.store.records(type).map { ($0, nil) })
    }
    let day = try #require(CivilDate("2026-11-24"))
    let rows = register.sweep(on: day, in: try #require(Division(TestCounty.township)))
    #expect(rows.map(\.reasons) == [["残疾人家庭"], ["独居"]])
    #expect(rows[0].to.description == "2026-11-30" && rows[1].to == day)
    let other = list.replacing("独居", with: "独居，子女失联")
    #expect(try await at.county.importSweep(bytes(other), source: "sweep.csv").written == 1)
  }

  @Test("a sweep list under a campaign's name is the campaign's: its lists are made, its rows counted, and the county prints it")
  func sweepOfACampaign() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let bureau = try await TestDevice.enrol(at, person: "C", role: .county, scopes: [])
    let plan = CampaignPlan(
      name: "冬季", from: try #require(CivilDate("2026-11-20")), to: try #require(CivilDate("2026-11-29")),
      places: [try #require(Division(TestCounty.township))])
    let planned = bureau.record(.campaign, household: nil, division: TestCounty.township, facts: [plan.fact(entity: "c-1")])
    #expect(try await bureau.pushAlone(planned, at).state == .applied)
    let before = try await at.county.campaigns(division: nil)
    #expect(before.last?.counts.first == 0)
    let list = "户编号,走访批次,起始日期,截止日期,列入原因,责任人\nA1,冬季,2026-11-20,2026-11-29,残疾人家庭,王五\nA2,冬季,2026-11-21,2026-11-29,独居,王五\n"
    #expect(try await at.county.importSweep(bytes(list), source: "sweep.csv").written == 2)
    let lines = try await at.county.campaigns(division: nil)
    #expect(lines.last?.division == nil && lines.last?.campaign == "冬季" && lines.last?.counts == [2, 0, 0, 2, 0, lines.last?.counts[5] ?? -1, 0])
    #expect(lines.first?.division == TestCounty.township && lines.first?.from == "2026-11-20")
    await #expect(throws: CountyFault.badScope("130598")) { try await at.county.campaigns(division: "130598") }
  }

  @Test("a household that is not in the roster, a bad day and a doubled row are said")
  func badSweep() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let list = "户编号,起始日期,列入原因,顺序\nZ9,2026-11-24,x,1\nA1,昨天,x,一\nA2,2026-11-24,,\nA2,2026-11-24,y,\n"
    let found = try await problems { try await at.county.importSweep(bytes(list), source: "s.csv") }
    #expect(
      found.map { "\($0.line) \($0.column)" } == ["2 户编号", "3 起始日期", "3 顺序", "4 列入原因", "5 户编号"])
    #expect(try await at.county.store.records(.sweep).isEmpty)
  }

  @Test("a cadre gets roster, sweep list, divisions and forms of the own village, nothing of the next")
  func delivered() async throws {
    let at = try await county()
    _ = try await importRoster(at, roster)
    let list = "户编号,起始日期,列入原因\nA1,+0,x\nA2,+0,y\n"
    _ = try await at.county.importSweep(bytes(list), source: "s.csv")
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let got = try await cadre.pulled(at)
    #expect(
      got.map { "\($0.type.rawValue) \($0.division)" } == [
        "division 130599100", "division 130599100201", "roster 130599100201", "sweep 130599100201",
      ])
  }

  @Test("headers that nobody knows are reported, their cells not read")
  func unknownHeaders() async throws {
    let at = try await county()
    let report = try await at.county.importRoster(
      bytes("户编号,村代码,姓名,证件号码,与户主关系,血型\nB1,130599100201,钱八,,02,A\n"), source: "r.csv")
    #expect(report.unknownHeaders == ["血型"])
  }

  @Test("import is refused while another one writes, and goes on when that has ended")
  func oneAtATime() async throws {
    let at = try await county()
    let held = try at.county.holdJournal()
    await #expect(throws: CountyFault.journalBusy) { _ = try await importRoster(at, roster) }
    held.close()
    #expect(try await importRoster(at, roster).written == 2)
  }

  /// What a power cut between the county's journal and its store leaves: the records are in the one and not in the other.
  private func interrupted(_ at: TestCounty, _ body: () async throws -> ImportReport) async throws {
    try await at.county.store.refuseLines()
    do {
      _ = try await body()
      Issue.record("it was not interrupted")
    } catch CountyFault.importUnfinished(let kept, let of, _) {
      #expect(kept == of && of > 0)
    }
    try await at.county.store.refuseNothing()
  }

  @Test("an interrupted import, then the same file: everything once; then a corrected file: no conflict")
  func afterInterruption() async throws {
    let at = try await county()
    try await interrupted(at) { try await importRoster(at, roster) }
    #expect(try await at.county.store.records(.roster).isEmpty)
    let corrected = roster.replacing("13900000001", with: "13900000002")
    #expect(try await importRoster(at, corrected).written == 1)
    #expect(try await importRoster(at, corrected).written == 0)
    let list = "户编号,起始日期,列入原因\nA1,+0,x\nA2,+0,y\n"
    try await interrupted(at) { try await at.county.importSweep(bytes(list), source: "s.csv") }
    #expect(try await at.county.importSweep(bytes(list.replacing(",y", with: ",z")), source: "s.csv").written == 1)
    try await interrupted(at) {
      try await at.county.importDivisions(bytes("代码,名称\n130599100203,新村\n"), source: "d.csv")
    }
    let divisions = bytes("代码,名称\n130599100203,新庄村\n")
    #expect(try await at.county.importDivisions(divisions, source: "d.csv").written == 1)
    let values = try await at.county.store.values()
    #expect(!values.contains { $0.contains("=!") })
    #expect(values.contains { $0.hasSuffix("phone=13900000002") } && values.contains { $0.hasSuffix("name=新庄村") })
  }

  @Test("without room for the whole import nothing of it is written, and the fault says how much is missing")
  func noRoom() async throws {
    let at = try await county()
    let before = try await at.register()
    at.clock.leave(freeBytes: CountyLimits.importReserve)
    do {
      _ = try await importRoster(at, roster)
      Issue.record("it was written")
    } catch CountyFault.diskFull(let free?, let needed?) {
      #expect(free == CountyLimits.importReserve && needed > free)
    }
    #expect(try await at.register() == before)
    #expect(try await at.county.catchUp() == 0)
    at.clock.leave(freeBytes: 1 << 30)
    #expect(try await importRoster(at, roster).written == 2)
  }

  @Test("forms: read before they are published, a version once, the same file again nothing")
  func forms() async throws {
    let at = try await county()
    let form = """
      <h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><h:title>走访</h:title>
      <model><instance><data id="visit" version="1"><a/></data></instance>
      <bind nodeset="/data/a" type="string"/></model>
      </h:head><h:body><input ref="/data/a"><label>甲</label></input></h:body></h:html>
      """
    let report = try await at.county.publishForm(bytes(form), name: "visit.xml")
    #expect(report.id == "visit" && report.version == "1" && report.title == "走访" && report.isNew)
    #expect(try await at.county.publishForm(bytes(form), name: "visit.xml").isNew == false)
    await #expect(throws: CountyFault.formVersionTaken(id: "visit", version: "1")) {
      try await at.county.publishForm(bytes(form.replacing("甲", with: "乙")), name: "visit.xml")
    }
    let second = form.replacing("version=\"1\"", with: "version=\"2\"")
    #expect(try await at.county.publishForm(bytes(second), name: "visit.xml").isNew)
    await #expect(throws: CountyFault.self) { try await at.county.publishForm(bytes("<a>"), name: "a.xml") }
    let long = form.replacing("甲", with: String(repeating: "甲", count: Limits.recordBytes / 3 + 1)).replacing("\"1\"", with: "\"9\"")
    await #expect(throws: CountyFault.overLimit("recordBytes")) { try await at.county.publishForm(bytes(long), name: "v.xml") }
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let got = try await cadre.pulled(at).filter { $0.type == .form }
    #expect(got.map(\.form?.version) == ["1", "2"] && got[1].body["xform"] == second)
  }
}
