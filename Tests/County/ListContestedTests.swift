import Departments
import Foundation
import Relief
import Testing
import Wire

@testable import County

/// People of whom the register says two things at once are compared under each, and spoken of once.
@Suite("contested people in lists") struct ListContestedTests {
  private static let number = "130599196001010012"
  private static let other = "130599196001010039"

  /// 赵大海 of household h1, in 低保, of whom another laptop says something else, unseen.
  private static func county(_ said: [Property], household: String = "h1") async throws -> TestCounty {
    let at = try await ListImportTests.county()
    let clerk = try await TestDevice.enrol(at, person: "K2", role: .clerk, scopes: [TestCounty.township])
    var record = clerk.record(household: household)
    record.facts = [Fact(list: FactList.person, entity: "p1", properties: said)]
    #expect(try await clerk.pushAlone(record, at).state == .applied)
    return at
  }

  private static func compared(_ csv: String, _ profile: String, _ at: TestCounty) async throws -> ComparisonReport {
    try await at.county.compare(batch: try await ListImportTests.take(csv, profile, in: at).batch, unnamed: "没有")
  }

  @Test("either number finds the person, and the warning says that the number is contested", arguments: [number, other])
  func numbers(_ listed: String) async throws {
    let at = try await Self.county([Property("id_number", Self.other)])
    let report = try await Self.compared("姓名,身份证号,死亡日期\n赵大海,\(listed),2026-10-20\n", "police/deaths", at)
    #expect(report.exact == 1 && report.otherName == 0 && report.raised == 1 && report.contested == 1 && report.similar == 0)
    let findings = try await ListImportTests.warnings(at, "h1").flatMap(\.findings)
    #expect(findings.map(\.model) == ["deceased_paid"] && findings[0].isSimilar == false)
    #expect(findings[0].evidence.hasSuffix("（台账里这个人的证号说法不一）"), "\(findings[0].evidence)")
  }

  @Test("who stands on the list under one of the numbers is not missing from it; who stands there under none is missing once")
  func absence() async throws {
    let at = try await Self.county([Property("id_number", Self.other)])
    let head = "姓名,身份证号,参保险种\n钱二妹,130599198505050025,居民医保\n"
    let there = try await Self.compared(head + "赵大海,\(Self.other),居民医保\n", "medical_insurance/insured", at)
    #expect(there.raised == 0 && there.exact == 2)
    let missing = try await Self.compared(head, "medical_insurance/insured", at)
    #expect(missing.raised == 1)
    #expect(try await ListImportTests.warnings(at, "h1").flatMap(\.findings).map(\.model) == ["uninsured"])
  }

  @Test("a row that is similar to both of one person's faces means one person")
  func similar() async throws {
    let at = try await Self.county([Property("id_number", Self.other)])
    let row = "赵大海,,1960-01-01,\(TestCounty.village),2026-10-20\n"
    let report = try await Self.compared("姓名,身份证号,出生日期,村代码,死亡日期\n" + row, "police/deaths", at)
    #expect(report.similar == 1 && report.ambiguous == 0 && report.raised == 1)
    #expect(try await ListImportTests.warnings(at, "h1").flatMap(\.findings).map(\.isSimilar) == [true])
  }

  @Test("either name agrees; a third one does not")
  func names() async throws {
    let at = try await Self.county([Property("name", "赵小河")])
    for (name, isOther) in [("赵大海", false), ("赵小河", false), ("孙三", true)] {
      let report = try await Self.compared("姓名,身份证号,死亡日期\n\(name),\(Self.number),2026-10-2\(name.count)\n", "police/deaths", at)
      #expect(report.exact == 1 && (report.otherName == 1) == isOther, "\(name)")
    }
  }

  @Test("who stands in two households is compared in the first of them, and no gift is written down for a number or household in dispute")
  func households() async throws {
    let at = try await Self.county([Property("household", "h2")], household: "h2")
    let deaths = "姓名,身份证号,死亡日期\n赵大海,\(Self.number),2026-10-20\n"
    #expect(try await Self.compared(deaths, "police/deaths", at).raised == 1)
    let findings = try await ListImportTests.warnings(at, "h1").flatMap(\.findings)
    #expect(findings.map(\.model) == ["deceased_paid"] && findings[0].evidence.contains("所在户说法不一"))
    #expect(try await ListImportTests.warnings(at, "h2").isEmpty)
    let gift = "姓名,身份证号,救助项目,金额,发放日期\n赵大海,\(Self.number),医疗救助,1200.50,2026-09-01\n"
    #expect(try await Self.compared(gift, "medical_insurance/assistance", at).assistance == 0)
    let numbers = try await Self.county([Property("id_number", Self.other)])
    #expect(try await Self.compared(gift, "medical_insurance/assistance", numbers).assistance == 0)
  }

  @Test("of many things said each stands once before two of them stand together again; a household is needed for any")
  func many() {
    let said = ["household": ["h1", "h2"], "id_number": ["1", "2", "3"], "name": ["甲", "乙", "丙", "丁"], "birth": ["1960", "1961"]]
    let found = RegisteredPerson.variants(of: "p", said) { "village of \($0)" }
    #expect(found.count == CountyLimits.comparedVariants && found.allSatisfy { $0.variants == found.count && $0.village == "village of h1" })
    #expect(found[0].contested == [.number, .name, .birth, .household] && found.allSatisfy(\.isCut))
    #expect(Set(found.prefix(4).map(\.name)).count == 4 && Set(found.prefix(3).map(\.number)).count == 3 && Set(found.prefix(2).map(\.birth)).count == 2)
    #expect(Set(found.map { [$0.number, $0.name, $0.birth] }).count == found.count)
    #expect(found.once.count == 1)
    let few = RegisteredPerson.variants(of: "p", ["household": ["h1"], "id_number": ["1", "2"], "name": ["甲", "乙"]]) { $0 }
    #expect(few.map { $0.number + $0.name } == ["1甲", "2乙", "1乙", "2甲"] && !few.contains(where: \.isCut))
    #expect(RegisteredPerson.variants(of: "p", ["name": ["甲"]]) { $0 }.isEmpty)
  }

  @Test("the second number finds the person also where eight names and births stand beside the first, and the report does not claim them all")
  func cut() async throws {
    let at = try await Self.county([Property("id_number", Self.other), Property("name", "赵小河"), Property("birth", "1960-01-02")])
    for (number, name) in ["赵大河", "赵大江", "赵大湖"].enumerated() {
      let clerk = try await TestDevice.enrol(at, person: "K\(number + 3)", role: .clerk, scopes: [TestCounty.township])
      var record = clerk.record(household: "h1")
      record.facts = [Fact(list: FactList.person, entity: "p1", properties: [Property("name", name), Property("birth", "1960-01-0\(number + 3)")])]
      #expect(try await clerk.pushAlone(record, at).state == .applied)
    }
    let report = try await Self.compared("姓名,身份证号,死亡日期\n赵大海,\(Self.number),2026-10-20\n赵大海,\(Self.other),2026-10-21\n", "police/deaths", at)
    #expect(report.exact == 2 && report.contested == 1 && report.contestedCut == 1, "\(report)")
  }
}
