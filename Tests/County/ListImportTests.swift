import Departments
import Foundation
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

  static func take(_ csv: String, _ profile: String, in at: TestCounty, name: String = "名单.csv") async throws -> ListReport {
    try await at.county.importList(
      Array(csv.utf8), name: name, by: try at.county.profile(profile, in: profiles), asOf: "2026-11-01", words: words)
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
    #expect(finding.model == "uninsured" && finding.evidence == "名单里没有这个人" && finding.line == nil)
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
    #expect(throws: CountyFault.noProfile("no/such", known: try at.county.profiles(in: Self.profiles).map(\.id))) {
      try at.county.profile("no/such", in: Self.profiles)
    }
  }
}
