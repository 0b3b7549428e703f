// What somebody at the county's keyboard gets wrong: a place, a month, a row, a code for the wrong person. Each is refused, or said.

import Foundation
import Journal
import Papers
import Relief
import Testing
import Wire

@testable import County

@Suite("Slips at the county's keyboard")
struct KeyboardTests {
  private static let divisions = "代码,名称,类型\n130599100,示范镇,镇\n130599100201,东庄村,村\n130599100202,西坡村,村\n"
  private static let roster = """
    户编号,村代码,低收入类别,人员编号,姓名,证件号码,与户主关系
    H1,130599100201,lb,H1-1,张三,130599196001010012,02
    H1,,,H1-2,王秀兰,130599197008258402,10
    H2,130599100201,,H2-1,李四,130599196001020018,02
    """

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func county() async throws -> TestCounty {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(bytes(Self.divisions), source: "区划.csv")
    _ = try await take(at, Self.roster)
    return at
  }

  private func take(_ at: TestCounty, _ roster: String) async throws -> ImportReport {
    try await at.county.importRoster(bytes(roster), source: "台账.csv")
  }

  private func problems(_ body: () async throws -> Void) async throws -> [RowProblem] {
    do { try await body() } catch CountyFault.rows(let problems) { return problems }
    return []
  }

  private func household(_ at: TestCounty, _ number: String) -> String {
    NamedID.make(county: at.county.configuration.id, kind: "household", [number])
  }

  // MARK: Places and days

  @Test("a place that the table does not have is refused with some that it has; where there is no table every place may be one")
  func unknownPlace() async throws {
    let at = try await county()
    let near = ["130599100 示范镇", "130599100201 东庄村", "130599100202 西坡村"]
    let fault = CountyFault.noPlace("130599999", near: near)
    var request = PaperRequest(month: "2026-11")
    request.division = "130599999"
    await #expect(throws: fault) { try await at.county.papers(request) }
    await #expect(throws: fault) { try await at.county.export(PaperExportTests.profile, request) }
    await #expect(throws: fault) { try await at.county.figures(from: "2026-11-01", to: "2026-11-24", division: "130599999") }
    await #expect(throws: fault) { try await at.county.campaigns(division: "130599999") }
    await #expect(throws: fault) { try await at.county.addPageUser(person: "P1", name: "甲", role: "auditor", scope: "130599999") }
    await #expect(throws: fault) { try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: ["130599999"]) }
    let village = CountyFault.noPlace("130599100209", near: ["130599100201 东庄村", "130599100202 西坡村", "130599100 示范镇"])
    await #expect(throws: village) { try await at.county.enrolmentCode(person: "P1", name: "甲", role: "cadre", scopes: ["130599100209"]) }
    _ = try await at.county.importSweep(bytes("户编号,起始日期,列入原因\nH1,2026-11-20,x\n"), source: "名单.csv")
    #expect(try await at.county.figures(from: "2026-11-01", to: "2026-11-24", division: "130599100").map(\.name) == ["示范镇", "东庄村", "示范县"])
    let empty = try await TestCounty()
    #expect(try await empty.county.campaigns(division: "130599999").isEmpty)
  }

  @Test("a township is known by its villages")
  func townshipOfVillages() {
    let table = PlaceTable(county: "130599", ["130599100201": "东庄村", "130599": "示范县"])
    #expect(table.knows("130599") && table.knows("130599100") && table.knows("130599100201"))
    #expect(!table.knows("130599200") && !table.knows("130599100202"))
    #expect(PlaceTable(county: "130599", ["130599": "示范县"]).knows("130599200"))
  }

  @Test("days that have not begun are refused, days in the wrong order are called that; a month that runs is taken")
  func days() async throws {
    let at = try await county()
    let fault = CountyFault.notBegun(from: "2027-04-16", today: "2026-11-24")
    await #expect(throws: fault) { try await at.county.papers(PaperRequest(month: "2027-05")) }
    await #expect(throws: fault) { try await at.county.export(PaperExportTests.profile, PaperRequest(month: "2027-05")) }
    await #expect(throws: CountyFault.notBegun(from: "2026-11-25", today: "2026-11-24")) {
      try await at.county.figures(from: "2026-11-25", to: "2026-11-30", division: nil)
    }
    await #expect(throws: CountyFault.daysReversed(from: "2026-12-01", to: "2026-11-01")) {
      try await at.county.figures(from: "2026-12-01", to: "2026-11-01", division: nil)
    }
    #expect(try await !at.county.papers(PaperRequest(month: "2026-12")).isEmpty)
    #expect(try await !at.county.figures(from: "2026-11-01", to: "2026-11-30", division: nil).isEmpty)
  }

  @Test("an export of a month that runs speaks of the day it was made: what begins later is not entered by it, and comes next")
  func runningMonth() async throws {
    let at = try await county()
    let county = at.county
    func grant(_ kind: String, from: String) async throws {
      let id = household(at, "H2")
      try await county.writing { () async throws(CountyFault) in
        var scribe = County.Scribe(county)
        let said = [Property("household", id), Property("kind", kind), Property("from", from)]
        let fact = Fact(list: FactList.category, entity: "c-\(from)", properties: said)
        return ([scribe.record(.category, household: id, division: TestCounty.village, facts: [fact], body: [:])], ())
      }
    }
    try await grant("by", from: "2026-11-20")
    try await grant("lb", from: "2026-12-05")
    // December runs from 16 November to 15 December, and today is 24 November.
    let request = PaperRequest(month: "2026-12")
    let first = try #require(try await county.export(PaperExportTests.profile, request))
    #expect(first.file.rows == 3, "two of H1, one of H2 for what it holds today")
    let trail = try await county.store.records(.audit).compactMap { $0.body["through"] }
    #expect(trail == ["2026-11-24"], "what the trail says of the export")
    _ = try await county.markEntered(first.file.name)
    let register = try await county.store.register()
    let through = register.entities(of: FactList.provincialEntry).compactMap { register.value("through", of: FactList.provincialEntry, $0) }
    #expect(Set(through) == ["2026-11-24"])
    #expect(try await county.export(PaperExportTests.profile, request) == nil)
    at.clock.pass(seconds: 12 * 86_400)
    #expect(try await county.export(PaperExportTests.profile, request)?.file.rows == 1, "granted since")
  }

  @Test("what an older program marked through a month's last day hides nothing that began after it was marked")
  func markedThroughTheFuture() async throws {
    let at = try await county()
    let county = at.county
    let id = household(at, "H1")
    try await county.writing { () async throws(CountyFault) in
      var scribe = County.Scribe(county)
      let entered = [("household", id), ("kind", "by"), ("through", "2027-05-15"), ("date", "2026-11-24")].map { Property($0.0, $0.1) }
      let held = [("household", id), ("kind", "by"), ("from", "2026-12-01")].map { Property($0.0, $0.1) }
      let facts = [
        Fact(list: FactList.provincialEntry, entity: "e-1", properties: entered), Fact(list: FactList.category, entity: "c-1", properties: held),
      ]
      return ([scribe.record(.householdChange, household: id, division: TestCounty.village, facts: [facts[0]], body: [:]),
        scribe.record(.category, household: id, division: TestCounty.village, facts: [facts[1]], body: [:])], ())
    }
    let known = try await county.store.register().provincialEntries(of: id, on: try #require(CivilDate("2026-12-15")))
    #expect(!known.covers("by", of: nil))
  }

  // MARK: Lists

  @Test("a row of a sweep list that ends before it begins is refused; 走访人 whom nobody knows is taken and said")
  func sweepRows() async throws {
    let at = try await county()
    func sweep(_ rows: String) async throws -> ImportReport {
      try await at.county.importSweep(bytes("户编号,起始日期,截止日期,列入原因,走访人\n" + rows), source: "名单.csv")
    }
    let reversed = try await problems { _ = try await sweep("H1,2026-12-10,2026-12-01,x,\nH2,+0,+3,x,\n") }
    #expect(reversed == [RowProblem(line: 2, column: "截止日期", reason: .endsBeforeStart)])
    // Nobody has a laptop yet: what is written stands, and is said.
    #expect(try await sweep("H1,2026-12-01,2026-12-10,x,王小明\n").notes == [ImportNote(line: 2, what: .unknownCadre)])
    _ = try await at.county.enrolmentCode(person: "P7", name: "赵敏", role: "cadre", scopes: [TestCounty.village])
    let stranger = try await sweep("H1,2026-12-02,,x,赵 敏\nH2,2026-12-02,,x,赵敏、赵明\n")
    #expect(stranger.written == 2 && stranger.notes == [ImportNote(line: 3, what: .unknownCadre)])
    #expect(try await sweep("H1,2026-12-03,,x,赵敏\nH2,2026-12-03,,x,P7\n").notes.isEmpty)
  }

  /// Everybody who works gets a laptop by the code of a slip, also where the table of divisions has townships alone, and also somebody whose
  /// number is an identity number of old.
  @Test("the code of a slip is redeemed, of every role that has a laptop", arguments: Role.known.filter { Access.allows($0, .writeOwnJournal) })
  func redeemed(_ role: Role) async throws {
    let at = try await county()
    _ = try await TestDevice.enrol(at, person: "130599196001010012", role: .cadre, scopes: [TestCounty.village])
    let scopes = [Role.cadre: [TestCounty.village], .county: []][role] ?? (role == .visitor ? [] : [TestCounty.township])
    let slip = try await at.county.enrolmentCode(
      person: "130599196001010012", name: "赵敏", role: role.rawValue, scopes: scopes, households: role == .visitor ? ["H1"] : [])
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    let reply = try await at.post(Path.enrol, try TestDevice.request(slip.code, keys), peer: UUID().uuidString)
    let grant = try reply.decoded(EnrolGrant.self)
    #expect(grant.role == role.rawValue && grant.person == "130599196001010012" && !grant.scopes.isEmpty)
  }

  private static let header = "户编号,村代码,人员编号,姓名,证件号码,与户主关系\n"

  @Test("a household has one head: none at all and a second one are said with their line; heads who move or swap are nothing to say")
  func heads() async throws {
    let at = try await county()
    let none = Self.header + "H9,130599100201,H9-1,孙五,130599195203070019,20\n"
    for _ in 0..<2 { #expect(try await take(at, none).notes == [ImportNote(line: 2, what: .noHead)], "the same file again is taken again") }
    let another = Self.header + "H1,130599100201,H1-3,张小三,130599195203070019,02\n"
    #expect(try await take(at, another).notes == [ImportNote(line: 2, what: .secondHead)])
    #expect(try await take(at, another + "H1,130599100201,H1-1,张三,130599196001010012,51\n").notes.isEmpty)
    func heads(_ number: String) async throws -> [String?] {
      try await at.county.store.register().persons(of: household(at, number)).filter { $0.relation == "02" }.map(\.name)
    }
    #expect(try await heads("H1") == ["张小三"])
    let swapped = Self.header + "H1,130599100201,H2-1,李四,130599196001020018,02\nH2,130599100201,H1-3,张小三,130599195203070019,02\n"
    #expect(try await take(at, swapped).notes.isEmpty)
    let (first, second) = (try await heads("H1"), try await heads("H2"))
    #expect(first == ["李四"] && second == ["张小三"])
    let gone = Self.header + "H8,130599100201,H1-3,张小三,130599195203070019,02\n"
    let stale = ImportNote(line: 2, what: .headOfAnother(line: nil, village: "130599100201"))
    #expect(try await take(at, gone).notes == [ImportNote(line: 2, what: .leftWithoutHead(village: "130599100201")), stale])
    #expect(try await take(at, gone).notes == [stale], "until the household that was left has its new head")
    // A member alone of a household that is known needs no head in the file.
    #expect(try await take(at, Self.header + "H2,130599100201,H2-2,李小四,13059920190101002X,20\n").written == 1)
  }

  @Test("a household that moves, a head under another number and a head of two households are taken and said with their line")
  func notes() async throws {
    let at = try await county()
    let moved = Self.header + "H2,130599100202,H2-1,李四,130599196001020018,02\n"
    #expect(try await take(at, moved).notes == [ImportNote(line: 2, what: .moved(from: "130599100201", to: "130599100202"))])
    let same = Self.header + "H1,130599100201,H1-9,张三,130599196001010012,02\n"
    #expect(try await take(at, same).notes == [ImportNote(line: 2, what: .sameHead)])
    let two = Self.header + "H7,130599100201,H7-1,李四,130599196001020018,02\nH8,130599100201,H8-1,李四,130599196001020018,02\n"
    #expect(try await take(at, two).notes == [
      ImportNote(line: 2, what: .headOfAnother(line: nil, village: "130599100202")),
      ImportNote(line: 3, what: .headOfAnother(line: 2, village: nil)),
    ])
  }

  @Test("a roster takes the words that departments' lists take, names each of them once, and says where a spreadsheet lost digits")
  func words() async throws {
    let at = try await county()
    let codes = bytes("""
      列表,代码,名称
      disability_kind,4,肢体残疾
      disability_grade,1,一级(最重)
      disability_grade,2,二级
      disability_grade,3,三级
      disability_grade,1,一级
      """)
    func take(_ kind: String, _ grade: String, number: String = "130599195203070019") async throws -> ImportReport {
      let text = "户编号,村代码,人员编号,姓名,证件号码,与户主关系,残疾类型,残疾级别\nH5,130599100201,H5-1,孙五,\(number),02,\(kind),\(grade)\n"
      return try await at.county.importRoster(bytes(text), source: "台账.csv", codes: codes)
    }
    for (kind, grade) in [("肢体", "3级"), ("肢体残疾", "三级"), ("4", "3"), ("肢体", "叁级")] { _ = try await take(kind, grade) }
    let register = try await at.county.store.register()
    let person = try #require(register.persons(of: household(at, "H5")).first?.entity)
    #expect(person.value("disability_kind") == "4" && person.value("disability_grade") == "3")
    let wrong = try await problems { _ = try await take("肢体", "五级") }
    #expect(wrong == [RowProblem(line: 2, column: "残疾等级", reason: .notOneOf(["一级", "二级", "三级"]))])
    for number in ["1.30599E+17", "130599196001010000"] {
      let lost = try await problems { _ = try await take("肢体", "三级", number: number) }
      #expect(lost == [RowProblem(line: 2, column: "证件号码", reason: .lostDigits)])
    }
  }

  @Test("a parameter's value that stood and is another one now is said with both")
  func changedParameters() async throws {
    let at = try await TestCounty()
    func publish(_ value: String) async throws -> ImportReport {
      try await at.county.publishParameters(
        bytes("lb_standard_rural:\n  - {value: \(value), from: 2024-01-01, source: 县政府文件}\n"), source: "标准.yaml")
    }
    #expect(try await publish("7200/year").changes.isEmpty)
    #expect(try await publish("7200/year").changes.isEmpty)
    let change = ParameterChange(parameter: .lbStandardRural, from: "2024-01-01", old: "7200/year", new: "7560/year")
    #expect(try await publish("7560/year").changes == [change])
    #expect(try await publish("未设定").changes.map(\.new) == [""])
  }

  // MARK: Codes

  @Test("no code for who has no laptop, for an identity number, for nobody's household")
  func codes() async throws {
    let at = try await county()
    func make(_ person: String, _ role: String, _ households: [String] = [], _ scopes: [String] = [TestCounty.village]) async throws -> PaperSlip {
      try await at.county.enrolmentCode(person: person, name: "甲", role: role, scopes: scopes, households: households)
    }
    await #expect(throws: CountyFault.noLaptop("auditor")) { _ = try await make("P1", "auditor") }
    for number in ["130599196001010012", "13059919600101001X", "130599600101001"] {
      await #expect(throws: CountyFault.personIsNumber) { _ = try await make(number, "cadre") }
      await #expect(throws: CountyFault.personIsNumber) {
        try await at.county.addPageUser(person: number, name: "甲", role: "county", scope: "130599")
      }
    }
    await #expect(throws: CountyFault.noHouseholds) { _ = try await make("P1", "visitor") }
    await #expect(throws: CountyFault.noHousehold("NOSUCH")) { _ = try await make("P1", "visitor", ["H1", "NOSUCH"]) }
    await #expect(throws: CountyFault.householdOutside("H1", division: TestCounty.village)) {
      _ = try await make("P1", "visitor", ["H1"], [TestCounty.otherVillage])
    }
    let slip = try await make("P1", "visitor", ["H1", household(at, "H2")], [])
    #expect(slip.scopes == [TestCounty.village])
    #expect(slip.households.map(\.head) == ["张*", "李*"] && slip.households.map(\.number) == ["H1", household(at, "H2")])
  }

  @Test("a code for a household by its number is a device that sees this household")
  func visitor() async throws {
    let at = try await county()
    let slip = try await at.county.enrolmentCode(person: "P1", name: "甲", role: "visitor", scopes: [], households: ["H1"])
    let home = try TemporaryDirectory()
    let keys = try Vault.create(in: home.path, keyFile: home.path + "/secret").keys
    let reply = try await at.post(Path.enrol, try TestDevice.request(slip.code, keys))
    #expect(try reply.decoded(EnrolGrant.self).households == [household(at, "H1")])
  }
}
