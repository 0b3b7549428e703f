import Departments
import Foundation
import Journal
import Relief
import Tables
import Testing

@testable import County

/// 部门数据 end to end at the county: a file, a batch, warnings that every laptop in scope gets, and nothing the second time.
@Suite("departments' lists") struct ListImportTests {
  static let profiles: String = {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return here.appendingPathComponent("seeds/profiles").path
  }()

  static let words = RejectWords(sheet: "没有收下的行", titles: ("行号", "列", "原因"), reason: { "\($0)" })

  /// Two households of a village: 赵大海 in 低保, 钱二妹 in nothing.
  static func county() async throws -> TestCounty {
    let at = try await TestCounty()
    let device = try await TestDevice.enrol(at, person: "C1", role: .clerk, scopes: [TestCounty.township])
    func facts(_ household: String, _ person: String, _ name: String, _ number: String, _ more: [Property]) -> [Fact] {
      [
        Fact(list: FactList.household, entity: household, properties: [Property("division", TestCounty.village)] + more),
        Fact(
          list: FactList.person, entity: person,
          properties: [Property("household", household), Property("name", name), Property("id_number", number)]),
      ]
    }
    var one = device.record(household: "h1")
    one.facts = facts("h1", "p1", "赵大海", "130599196001010012", [Property("category", "lb")])
    var other = device.record(household: "h2")
    other.facts = facts("h2", "p2", "钱二妹", "130599198505050025", [])
    try device.write(one, other)
    #expect(try await device.push(at).status == 200)
    return at
  }

  static func take(
    _ csv: String, _ profile: String, in at: TestCounty, name: String = "名单.csv", asOf: String = "2026-11-01"
  ) async throws -> ListReport {
    try await at.county.importList(
      Array(csv.utf8), name: name, by: try at.county.profile(profile, in: profiles), asOf: asOf, words: words)
  }

  static func warnings(_ at: TestCounty, _ household: String) async throws -> [RiskWarning] {
    try await at.county.store.register(about: [household]).warnings(of: household)
  }

  @Test("who died is still paid: a warning for the household, once")
  func deceased() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n孙无人,130599197001010017,2026-10-21\n"
    let report = try await Self.take(csv, "police/deaths", in: at)
    #expect(!report.isKnown && report.counts.taken == 2 && report.rejected == nil)
    let compared = try await at.county.compare(batch: report.batch, unnamed: "没有")
    #expect([compared.rows, compared.exact, compared.unmatched, compared.raised] == [2, 1, 1, 1] as [Int])
    let warning = try #require(try await Self.warnings(at, "h1").first)
    #expect(warning.state == .new && warning.findings.map(\.model) == ["deceased_paid"])
    #expect(warning.findings.first?.evidence.contains("2026-10-20") == true && warning.findings.first?.line == 2)
    #expect(warning.findings.first?.batch == report.batch && warning.division?.code == TestCounty.village)

    let again = try await Self.take(csv, "police/deaths", in: at)
    #expect(again.isKnown && again.batch == report.batch)
    let second = try await at.county.compare(batch: again.batch, unnamed: "没有")
    #expect(second.raised == 0 && second.joined == 0 && second.exact == 1)
    #expect(try await at.county.batches().count == 1)
    #expect(try await Self.warnings(at, "h1").count == 1)
  }

  @Test("a cadre's laptop gets the warning of the own village, not the batch")
  func feed() async throws {
    let at = try await Self.county()
    let report = try await Self.take("姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n", "police/deaths", in: at)
    _ = try await at.county.compare(batch: report.batch, unnamed: "没有")
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let elsewhere = try await TestDevice.enrol(at, person: "P2", role: .cadre, scopes: [TestCounty.otherVillage])
    let desk = try await TestDevice.enrol(at, person: "B1", role: .county, scopes: ["130599"])
    #expect(try await cadre.pulled(at).map(\.type).filter { [.warning, .batch].contains($0) } == [.warning])
    #expect(try await elsewhere.pulled(at).filter { $0.type == .warning }.isEmpty)
    #expect(Set(try await desk.pulled(at).map(\.type)).isSuperset(of: [.warning, .batch]))
  }

  @Test("another number, the same name, birth and village is 疑似; the number alone with another name is said")
  func similar() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,失业日期,村代码\n钱二妹,130599198505050033,2026-10-01,\(TestCounty.village)\n赵小海,130599196001010012,2026-10-02,\(TestCounty.village)\n"
    let report = try await Self.take(csv, "labour/unemployed", in: at)
    let compared = try await at.county.compare(batch: report.batch, unnamed: "没有")
    #expect(compared.exact == 1 && compared.otherName == 1)
    let named = try await Self.warnings(at, "h1").flatMap(\.findings).map(\.model)
    #expect(Set(named) == ["unemployed", "name_differs"])
    let found = try await Self.warnings(at, "h2").flatMap(\.findings)
    #expect(compared.similar == found.count && found.allSatisfy(\.isSimilar))
  }

  @Test("a threshold nobody has set raises nothing and is named; what a list leaves out is found")
  func thresholds() async throws {
    let at = try await Self.county()
    let cost = try await Self.take("姓名,身份证号,个人自付\n钱二妹,130599198505050025,50000\n", "medical_insurance/expense", in: at)
    let unset = try await at.county.compare(batch: cost.batch, unnamed: "没有")
    #expect(unset.raised == 0 && unset.unset == [.warningMedical])
    let insured = try await Self.take("姓名,身份证号,参保险种\n钱二妹,130599198505050025,居民医保\n", "medical_insurance/insured", in: at)
    let compared = try await at.county.compare(batch: insured.batch, unnamed: "名单里没有这个人")
    #expect(compared.raised == 1)
    let finding = try #require(try await Self.warnings(at, "h1").first?.findings.first)
    #expect(finding.model == "uninsured" && finding.evidence.hasSuffix("名单里没有这个人") && finding.line == nil)
  }

  @Test("who is in no scheme and may be entitled is named; who is in one already is not (R39)")
  func entitled() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,残疾证号,残疾类别,残疾等级\n赵大海,130599196001010012,1,肢体,一级\n钱二妹,130599198505050025,2,肢体,二级\n"
    let report = try await Self.take(csv, "disabled/certificates", in: at)
    #expect(report.counts.taken == 2)
    #expect(try await at.county.compare(batch: report.batch, unnamed: "没有").raised == 1)
    #expect(try await Self.warnings(at, "h2").flatMap(\.findings).map(\.model) == ["disability_new"])
    #expect(try await Self.warnings(at, "h1").isEmpty, "赵大海 holds 低保")
  }

  @Test("rows that were set aside may name who seems to be missing: nobody is said to be")
  func setAside() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,参保险种\n钱二妹,130599198505050025,居民医保\n赵大海,1.30599E+17,居民医保\n"
    let report = try await Self.take(csv, "medical_insurance/insured", in: at)
    let compared = try await at.county.compare(batch: report.batch, unnamed: "名单里没有这个人")
    #expect(report.counts.rejected == 1 && compared.rejectedUnlooked == 1)
    #expect(compared.raised == 0)
    #expect(try await Self.warnings(at, "h1").isEmpty)
  }

  @Test("an older list no longer says who is missing; a newer one does")
  func outdated() async throws {
    let at = try await Self.county()
    let head = "姓名,身份证号,参保险种\n钱二妹,130599198505050025,居民医保\n"
    let old = try await Self.take(head, "medical_insurance/insured", in: at)
    let whole = head + "赵大海,130599196001010012,居民医保\n"
    let new = try await Self.take(whole, "medical_insurance/insured", in: at, name: "十一月下旬.csv", asOf: "2026-11-20")
    let compared = try await at.county.compare(batch: old.batch, unnamed: "没有")
    let newer = NewerLists([TestCounty.township], asOf: "2026-11-20")
    #expect(compared.raised == 0 && compared.newerStanding == newer && compared.newerMissing == ["uninsured": newer] && compared.exact == 1)
    let last = try await at.county.compare(batch: new.batch, unnamed: "没有")
    #expect(last.newerStanding == nil && last.newerMissing.isEmpty)
  }

  @Test("a part of a list, one file a township, leaves out nobody of the other townships")
  func partOfTheList() async throws {
    let at = try await Self.county()
    let device = try await TestDevice.enrol(at, person: "B2", role: .county, scopes: ["130599"])
    var record = device.record(household: "h3")
    record.division = "130599200201"
    record.facts = [
      Fact(
        list: FactList.household, entity: "h3", properties: [Property("division", "130599200201"), Property("category", "lb")]),
      Fact(
        list: FactList.person, entity: "p3",
        properties: [Property("household", "h3"), Property("name", "孙远山"), Property("id_number", "130599197001010017")]),
    ]
    try device.write(record)
    #expect(try await device.push(at).status == 200)
    let csv = "姓名,身份证号,参保险种\n钱二妹,130599198505050025,居民医保\n"
    let compared = try await at.county.compare(
      batch: try await Self.take(csv, "medical_insurance/insured", in: at).batch, unnamed: "没有")
    #expect(compared.raised == 1 && compared.townshipsUncovered.map(\.township) == ["130599200"])
    #expect(try await Self.warnings(at, "h3").isEmpty)
    let theirs = "姓名,身份证号,参保险种\n孙远水,130599197002020019,居民医保\n孙远山,130599197001010017,居民医保\n"
    let second = try await at.county.compare(
      batch: try await Self.take(theirs, "medical_insurance/insured", in: at, name: "远山.csv").batch, unnamed: "没有")
    #expect(second.raised == 0 && second.townshipsUncovered.map(\.township) == ["130599100"], "\(second)")
  }

  @Test("a list that comes again, longer, gives nothing twice; two equal gifts in one list are two")
  func cumulative() async throws {
    let at = try await Self.county()
    let head = "姓名,身份证号,救助项目,金额,发放日期\n", gift = "赵大海,130599196001010012,医疗救助,1200.50,2026-09-01\n"
    let first = try await Self.take(head + gift, "medical_insurance/assistance", in: at)
    #expect(try await at.county.compare(batch: first.batch, unnamed: "").assistance == 1)
    let longer = head + "赵大海,130599196001010012,医疗救助,300,2026-10-01\n" + gift + gift
    let second = try await Self.take(longer, "medical_insurance/assistance", in: at)
    #expect(try await at.county.compare(batch: second.batch, unnamed: "").assistance == 2)
    let register = try await at.county.store.register(about: ["h1"])
    let given = register.entities(of: FactList.assistance, household: "h1").compactMap { $0.value("amount_fen") }.sorted()
    #expect(given == ["120050", "120050", "30000"])
  }

  @Test("what a department gave is written down once, and only of whom the number and the name find")
  func assistance() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,救助项目,金额,发放日期\n赵大海,130599196001010012,医疗救助,1200.50,2026-09-01\n钱三妹,130599198505050025,医疗救助,300,2026-09-02\n"
    let report = try await Self.take(csv, "medical_insurance/assistance", in: at)
    #expect(try await at.county.compare(batch: report.batch, unnamed: "").assistance == 1)
    #expect(try await at.county.compare(batch: report.batch, unnamed: "").assistance == 0)
    let register = try await at.county.store.register(about: ["h1", "h2"])
    let help = register.entities(of: FactList.assistance, household: "h1")
    #expect(help.map { $0.value("amount_fen") } == ["120050"] && help.first?.value("department") == "medical_insurance")
    #expect(register.entities(of: FactList.assistance, household: "h2").isEmpty, "another name stands under the number")
  }

  @Test("a row that cannot be read is handed back; a file that cannot be read is refused whole")
  func refused() async throws {
    let at = try await Self.county()
    let report = try await Self.take(
      "姓名,身份证号,死亡日期\n赵大海,1.30599E+17,2026-10-20\n钱二妹,130599198505050025,2026-10-20\n", "police/deaths", in: at)
    #expect(report.counts.taken == 1 && report.counts.rejected == 1)
    let table = try #require(report.rejected)
    #expect(table.rows.count == 1 && table.rows[0][0] == .integer(2))
    await #expect(throws: CountyFault.self) { try await Self.take("甲,乙\n1,2\n", "police/deaths", in: at) }
    await #expect(throws: CountyFault.self) { try await Self.take("", "police/deaths", in: at) }
    #expect(try await at.county.batches().count == 1)
    let known = try at.county.profiles(in: Self.profiles).map { "\($0.id)  \($0.departmentTitle)：\($0.title)" }
    #expect(throws: CountyFault.noProfile("no/such", known: known)) { try at.county.profile("no/such", in: Self.profiles) }
    #expect(try at.county.profile("未参保人员", in: Self.profiles).id == "medical_insurance/uninsured")
    #expect(try at.county.profile("医疗保障：医疗救助", in: Self.profiles).id == "medical_insurance/assistance")
  }

  @Test("a row of which not everybody was looked at is counted, with its line")
  func limitsAreSaid() async throws {
    let at = try await Self.county()
    let device = try await TestDevice.enrol(at, person: "C2", role: .clerk, scopes: [TestCounty.township])
    var crowd = device.record(household: "h3")
    crowd.facts = [Fact(list: FactList.household, entity: "h3", properties: [Property("division", TestCounty.village)])]
    crowd.facts += (1...20).map { number in
      Fact(
        list: FactList.person, entity: "q\(number)",
        properties: [Property("household", "h3"), Property("name", "李秀英"), Property("id_number", "130599195003070030")])
    }
    try device.write(crowd)
    #expect(try await device.push(at).status == 200)
    let csv = "姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n李秀英,130599195003070030,2026-10-20\n"
    let report = try await Self.take(csv, "police/deaths", in: at)
    let compared = try await at.county.compare(batch: report.batch, unnamed: "没有")
    #expect(compared.cut == 1 && compared.cutLines == [3] && compared.unrepaired == 0)
  }

  @Test("two people of one number: the one of the name is found and given, of the other it is 疑似 and not said as of somebody found")
  func oneNumberTwice() async throws {
    let at = try await Self.county()
    let device = try await TestDevice.enrol(at, person: "C2", role: .clerk, scopes: [TestCounty.township])
    var record = device.record(household: "h4")
    record.facts = [
      Fact(list: FactList.household, entity: "h4", properties: [Property("division", TestCounty.village)]),
      Fact(
        list: FactList.person, entity: "p9",
        properties: [Property("household", "h4"), Property("name", "孙三"), Property("id_number", "130599196001010012")]),
    ]
    try device.write(record)
    #expect(try await device.push(at).status == 200)
    let report = try await Self.take("姓名,身份证号,失业日期\n赵大海,130599196001010012,2026-10-01\n", "labour/unemployed", in: at)
    let compared = try await at.county.compare(batch: report.batch, unnamed: "")
    #expect(compared.exact == 1 && compared.otherName == 0 && compared.ambiguous == 0 && compared.raised == 2)
    let found = try await Self.warnings(at, "h1").flatMap(\.findings), other = try await Self.warnings(at, "h4").flatMap(\.findings)
    #expect(found.map(\.model) == ["unemployed"] && found.allSatisfy { !$0.isSimilar })
    #expect(other.map(\.model) == ["unemployed"] && other.allSatisfy { $0.isSimilar })
    let gift = try await Self.take("姓名,身份证号,救助项目,金额\n赵大海,130599196001010012,医疗救助,100\n", "medical_insurance/assistance", in: at)
    #expect(try await at.county.compare(batch: gift.batch, unnamed: "").assistance == 1)
    let register = try await at.county.store.register(about: ["h1", "h4"])
    #expect(register.entities(of: FactList.assistance, household: "h1").count == 1)
  }

  // MARK: When a list is due (R36)

  private static func profile(_ id: String, every: DepartmentList.Period, in at: TestCounty) throws -> DepartmentProfile {
    var profile = try at.county.profile(id, in: profiles)
    profile.period = every
    return profile
  }

  @Test("a list that is to come every month is due a month after the day the last one spoke of; the county's laptop knows it, no other")
  func due() async throws {
    let at = try await Self.county()
    let monthly = try Self.profile("police/deaths", every: .months(1), in: at)
    let quarterly = try Self.profile("labour/unemployed", every: .months(3), in: at)
    try await at.county.follow([monthly, quarterly, try at.county.profile("own/appeals", in: Self.profiles)])
    _ = try await Self.take("姓名,身份证号,死亡日期\n孙无人,130599197001010017,2026-10-21\n", "police/deaths", in: at)
    // The import itself went by the file that names no period: the file at hand is what holds.
    #expect(try await at.county.listStanding().lists.first { $0.profile == "police/deaths" }?.period == .unset)
    try await at.county.follow([monthly])
    let lines = try await at.county.status().lines
    try await at.county.follow([monthly, quarterly])
    #expect(try await at.county.status().lines == lines, "what is said already is not said again")

    let today = try await at.county.listStanding()
    #expect(today.day == CivilDate("2026-11-24") && today.due.map(\.profile) == ["labour/unemployed"] && today.overdue == 0)
    at.clock.pass(seconds: 10 * 86_400)
    let later = try await at.county.listStanding()
    #expect(later.due.map { "\($0.profile) \($0.overdueDays(on: later.day))" } == ["labour/unemployed 10", "police/deaths 3"])
    #expect(later.due.map(\.title) == [quarterly.title, monthly.title] && later.overdue == 2)
    #expect(try await at.county.status().lists == later)

    let desk = try await TestDevice.enrol(at, person: "B1", role: .county, scopes: ["130599"])
    var register = Register()
    for record in try await desk.pulled(at) { register.apply(record) }
    #expect(register.departmentListsDue(on: later.day, everyMonths: nil) == later.due)
    for (person, role) in [("P1", Role.cadre), ("K1", .clerk)] {
      let other = try await TestDevice.enrol(at, person: person, role: role, scopes: [TestCounty.township])
      #expect(try await other.pulled(at).allSatisfy { $0.type != .batch })
    }
  }

  @Test("profiles in the data directory are followed from the start; one that cannot be read keeps nobody from starting")
  func ownProfiles() async throws {
    let at = try await TestCounty()
    await at.county.followOwnProfiles()
    #expect(try await at.county.listStanding().lists.isEmpty)
    let folder = at.directory.path + "/county/profiles"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = "department: own\ntitle: 本县\nlists:\n  - {list: a, title: 甲, row: 一行, asserts: person, every_months: 1, columns: [{name: name, headers: [姓名], type: name}]}\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    await at.county.followOwnProfiles()
    #expect(try await at.county.listStanding().due.map(\.profile) == ["own/a"])
    // Given up: by the file, not by its going away.
    try Data(text.replacing("every_months: 1", with: "every_months: none").utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    await at.county.followOwnProfiles()
    #expect(try await at.county.listStanding().lists.map(\.period) == [.never])
    try Data("department: [".utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    await at.county.followOwnProfiles()
    #expect(try await at.county.listStanding().lists.count == 1)
  }

  @Test("rows that were kept before the power went are said to have come at the next import")
  func saidLater() async throws {
    let at = try await Self.county()
    let csv = "姓名,身份证号,死亡日期\n孙无人,130599197001010017,2026-10-21\n"
    let kept = ListBatch(
      id: "00000000-0000-8000-8000-000000000001", profile: "police/deaths", department: "police", kind: "police/deaths", file: "a.csv",
      hash: Digest.sha256(Array(csv.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), asOf: "2026-11-01", rows: 1,
      accepted: 1, rejected: 0)
    try await at.county.store.keep(kept, rejects: [], next: { [] })
    for _ in 0..<2 { #expect(try await Self.take(csv, "police/deaths", in: at).isKnown) }
    let list = try #require(try await at.county.listStanding().lists.first)
    #expect(list.last?.asOf == CivilDate("2026-11-01") && list.title.isEmpty == false)
    let batches = try await at.county.own(.batch).entities(of: FactList.batch)
    #expect(batches.count == 2 && batches.contains(kept.id))
  }
}
