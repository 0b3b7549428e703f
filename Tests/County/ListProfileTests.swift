import Departments
import Foundation
import Relief
import Tables
import Testing

@testable import County

/// What a profile's keys do to what comes of a list: 元 and 万元, a row without a date, a row that speaks of a household.
@Suite("keys of a list's profile") struct ListProfileTests {
  /// A list of what was given, with these keys of the list and of the amount.
  static func profile(_ keys: String = "", amount: String = "", columns: String = "") throws -> DepartmentProfile {
    let text = """
      department: own
      title: 本县
      lists:
        - list: gifts
          title: 发放
          row: 一行是一次
          asserts: assistance
          \(keys)
          columns:
            - {name: id_number, headers: [身份证号], type: id_number}
            - {name: name, headers: [姓名], type: name, required: yes}
            - {name: amount, headers: [金额], type: amount, property: assistance.amount_fen\(amount)}
            - {name: date, headers: [日期], type: date, property: assistance.date}

      """
    return try #require(try DepartmentProfile.read(Array(text.utf8), file: "own.yaml").first)
  }

  static func given(_ csv: String, _ profile: DepartmentProfile, asOf: String = "2026-11-01", name: String = "发放.csv", in at: TestCounty) async throws
    -> [Entity]
  {
    let report = try await at.county.importList(Array(csv.utf8), name: name, by: profile, asOf: asOf, words: ListImportTests.words)
    _ = try await at.county.compare(batch: report.batch, unnamed: "")
    return try await at.county.store.register(about: ["h1", "h2"]).entities(of: FactList.assistance, household: "h1")
  }

  @Test(
    "an amount is 分 to the last one, whatever the file counts in",
    arguments: [
      ("", "金额", "1234.56", "123456"), (", unit: yuan", "金额", "1234.56", "123456"), (", unit: wan", "金额", "0.123456", "123456"),
      (", unit: wan", "金额", "1.2", "1200000"), (", unit: fen", "金额", "123456", "123456"), (", unit: wan", "金额（元）", "1234.56", "123456"),
      ("", "金额（万元）", "0.123456", "123456"), (", unit: wan", "金额", "1234.56元", "123456"), (", unit: fen", "金额", "0.123456万元", "123456"),
    ])
  func amounts(_ unit: String, _ header: String, _ cell: String, _ fen: String) async throws {
    let at = try await ListImportTests.county()
    let gifts = try await Self.given("姓名,身份证号,\(header)\n赵大海,130599196001010012,\(cell)\n", try Self.profile(amount: unit), in: at)
    #expect(gifts.map { $0.value("amount_fen") } == [fen])
  }

  @Test(
    "a row without a date has the list's day, none, or the profile's; a row with one keeps it",
    arguments: [("", "2026-11-01"), ("default_date: given", "2026-11-01"), ("default_date: none", nil), ("default_date: 2026-10-15", "2026-10-15")])
  func dates(_ key: String, _ day: String?) async throws {
    let at = try await ListImportTests.county()
    let profile = try Self.profile(key)
    let missing = try await Self.given("姓名,身份证号,金额\n赵大海,130599196001010012,100\n", profile, in: at)
    #expect(missing.map { $0.value("date") } == [day])
    let csv = "姓名,身份证号,金额,日期\n赵大海,130599196001010012,200,\n赵大海,130599196001010012,300,2026-09-30\n"
    let both = try await Self.given(csv, profile, in: at)
    #expect(both.first { $0.value("amount_fen") == "20000" }?.value("date") == day)
    #expect(both.first { $0.value("amount_fen") == "30000" }?.value("date") == "2026-09-30")
  }

  @Test("a date that the list says for a row makes no other finding of it next month, and stands in the evidence")
  func evidence() async throws {
    let at = try await ListImportTests.county()
    let csv = "姓名,身份证号,坐落\n赵大海,130599196001010012,县城一号楼\n"
    let first = try await ListImportTests.take(csv, "housing/houses", in: at)
    #expect(try await at.county.compare(batch: first.batch, unnamed: "").raised == 1)
    let finding = try #require(try await ListImportTests.warnings(at, "h1").first?.findings.first)
    #expect(finding.evidence.hasSuffix("名单：坐落 县城一号楼；登记日期 2026-11-01（按名单）"))
    let rows = try await at.county.store.rows(of: first.batch, after: 0, limit: 9)
    #expect(rows.map { $0.values["date"] } == [nil])
  }

  /// 赵大海's wife, of his household.
  private static func wife(_ at: TestCounty) async throws {
    let device = try await TestDevice.enrol(at, person: "C2", role: .clerk, scopes: [TestCounty.township])
    var record = device.record(household: "h1")
    record.facts = [
      Fact(
        list: FactList.person, entity: "p4",
        properties: [Property("household", "h1"), Property("name", "周小云"), Property("id_number", "130599196202030028")])
    ]
    try device.write(record)
    #expect(try await device.push(at).status == 200)
  }

  @Test("what a list says of a household is said once, whichever member its rows name; of persons it is said of each")
  func household() async throws {
    let rows = "赵大海,130599196001010012,D级\n周小云,130599196202030028,D级\n"
    let at = try await ListImportTests.county()
    try await Self.wife(at)
    let houses = try await ListImportTests.take("户主姓名,户主身份证号,鉴定等级\n" + rows, "housing/appraisal", in: at)
    let compared = try await at.county.compare(batch: houses.batch, unnamed: "")
    #expect(compared.exact == 2 && compared.raised == 1 && compared.joined == 0)
    #expect(try await ListImportTests.warnings(at, "h1").flatMap(\.findings).map(\.model) == ["housing_danger"])
    // The wife alone, on the next list: the open warning says it already.
    let next = try await ListImportTests.take(
      "户主姓名,户主身份证号,鉴定等级\n周小云,130599196202030028,D级\n", "housing/appraisal", in: at, name: "二.csv", asOf: "2026-11-10")
    #expect(try await at.county.compare(batch: next.batch, unnamed: "").joined == 0)

    let jobs = try await ListImportTests.take(
      "姓名,身份证号,失业日期\n赵大海,130599196001010012,2026-10-01\n周小云,130599196202030028,2026-10-01\n", "labour/unemployed", in: at)
    #expect(try await at.county.compare(batch: jobs.batch, unnamed: "").joined == 1)
    #expect(try await ListImportTests.warnings(at, "h1").flatMap(\.findings).map(\.model).filter { $0 == "unemployed" }.count == 2)
  }

  @Test("what is given a household is no person's")
  func householdGift() async throws {
    let csv = "姓名,身份证号,金额\n赵大海,130599196001010012,100\n"
    let at = try await ListImportTests.county()
    #expect(try await Self.given(csv, try Self.profile("unit: household"), in: at).map { $0.value("person") } == [nil])
    let other = try await ListImportTests.county()
    #expect(try await Self.given(csv, try Self.profile(), in: other).map { $0.value("person") } == ["p1"])
  }
}
