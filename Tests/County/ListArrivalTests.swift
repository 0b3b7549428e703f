import Departments
import Foundation
import Relief
import Tables
import Testing
import Wire

@testable import County

/// How a department's list arrives: for which day, out of which sheet, and as which of its lists.
@Suite("arrival of lists") struct ListArrivalTests {
  private static func fault(_ work: () async throws -> ListReport) async -> CountyFault? {
    do { _ = try await work() } catch { return error as? CountyFault }
    return nil
  }

  @Test("a list of a day to come is refused, one of today is not")
  func tomorrow() async throws {
    let at = try await ListImportTests.county()
    let csv = "姓名,身份证号,死亡日期\n孙无人,130599197001010017,2026-10-21\n"
    func take(_ asOf: String) async throws -> ListReport { try await ListImportTests.take(csv, "police/deaths", in: at, asOf: asOf) }
    for day in ["2026-11-25", "2062-11-01"] {
      #expect(await Self.fault { try await take(day) } == .futureDate(day, today: "2026-11-24"))
    }
    #expect(try await at.county.batches().isEmpty)
    #expect(try await at.county.listStanding().lists.isEmpty)
    #expect(try await take("2026-11-24").isKnown == false)
  }

  @Test("the same bytes for the next month are the next month's list: its gifts are written; for the same day they change nothing")
  func theSameEveryMonth() async throws {
    let at = try await ListImportTests.county()
    let csv = "姓名,身份证号,救助项目,金额\n赵大海,130599196001010012,医疗救助,100\n"
    func take(_ asOf: String) async throws -> (report: ListReport, given: Int) {
      let report = try await ListImportTests.take(csv, "medical_insurance/assistance", in: at, asOf: asOf)
      return (report, try await at.county.compare(batch: report.batch, unnamed: "").assistance)
    }
    let october = try await take("2026-10-31"), november = try await take("2026-11-20")
    #expect(!october.report.isKnown && october.report.otherDays.isEmpty && october.given == 1)
    #expect(!november.report.isKnown && november.report.otherDays == ["2026-10-31"] && november.given == 1)
    #expect(october.report.batch != november.report.batch)
    let again = try await take("2026-10-31")
    #expect(again.report.isKnown && again.report.batch == october.report.batch && again.given == 0)
    #expect(again.report.otherDays == ["2026-11-20"])
    let late = try await take("2026-09-30")
    #expect(!late.report.isKnown && late.given == 1 && late.report.otherDays == ["2026-10-31", "2026-11-20"])
    #expect(try await at.county.batches().map(\.asOf) == ["2026-10-31", "2026-11-20", "2026-09-30"])
    #expect(try await at.county.listStanding().lists.map { $0.last?.asOf.description } == ["2026-11-20"])
    let register = try await at.county.store.register(about: ["h1"])
    #expect(register.entities(of: FactList.assistance, household: "h1").compactMap { $0.value("amount_fen") } == ["10000", "10000", "10000"])
  }

  @Test("two sheets of one workbook are two lists, each known by itself")
  func sheets() async throws {
    let at = try await ListImportTests.county()
    func sheet(_ name: String, _ row: [String]) -> Sheet {
      Sheet(SheetHead(name: name, columns: ["姓名", "身份证号", "死亡日期"].map { TableColumn($0) }), rows: [row.map { .text($0) }])
    }
    let file = try TableDocument([
      sheet("东镇", ["赵大海", "130599196001010012", "2026-10-20"]), sheet("西镇", ["钱二妹", "130599198505050025", "2026-10-21"]),
    ]).xlsx(created: 0)
    let deaths = try at.county.profile("police/deaths", in: ListImportTests.profiles)
    func take(_ sheet: String?) async throws -> ListReport {
      try await at.county.importList(
        file, name: "死亡.xlsx", by: deaths, asOf: "2026-11-01", BatchChoices(sheet: sheet), words: ListImportTests.words)
    }
    #expect(await Self.fault { try await take(nil) } == .list(BatchFault(.severalSheets(["东镇", "西镇"]))))
    // As a store of before sheets were kept has it: the first one.
    let old = ListBatch(
      id: "00000000-0000-8000-8000-000000000001", profile: "police/deaths", department: "police", kind: "person", file: "死亡.xlsx",
      hash: Digest.sha256(file).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), asOf: "2026-11-01", rows: 1, accepted: 1, rejected: 0)
    try await at.county.store.keep(old, rejects: [], next: { [] })
    let (first, second) = (try await take("东镇"), try await take("西镇"))
    #expect(first.isKnown && first.batch == old.id && !second.isKnown)
    for batch in [old.id, second.batch] { _ = try await at.county.withdraw(batch: batch, reason: "错") }
    let east = try await take("东镇"), west = try await take("西镇")
    #expect(!east.isKnown && !west.isKnown && east.batch != west.batch && east.unreadSheets == ["西镇"])
    #expect(try await take("东镇").batch == east.batch)
    #expect(try await take("东镇").isKnown)
    #expect(try await at.county.compare(batch: west.batch, unnamed: "").exact == 1)
    #expect(try await at.county.own(.batch).entities(of: FactList.batch).count == 5)
  }

  @Test("the list of who is insured is not taken for that of who is not")
  func theOtherList() async throws {
    let at = try await ListImportTests.county()
    let profiles = try at.county.profiles(in: ListImportTests.profiles)
    let mental = try at.county.profile("health/mental", in: ListImportTests.profiles)
    func take(_ others: [DepartmentProfile]) async throws -> ListReport {
      try await at.county.importList(
        Array("姓名,身份证号,确诊日期,病种\n钱二妹,130599198505050025,2026-01-01,胃癌\n".utf8), name: "a.csv", by: mental, asOf: "2026-11-01",
        BatchChoices(others: others), words: ListImportTests.words)
    }
    guard case .list(let fault)? = await Self.fault({ try await take(profiles) }), case .fitsAnother(let meant, _, _) = fault.kind else {
      Issue.record("taken")
      return
    }
    #expect(meant == "health/illness")
    #expect(try await take([]).counts.taken == 1, "whoever is sure")
    let insured = "姓名,身份证号,参保险种,年度\n钱二妹,130599198505050025,居民医保,2026\n"
    await #expect(throws: CountyFault.self) { try await ListImportTests.take(insured, "medical_insurance/uninsured", in: at) }
    let state = "姓名,身份证号,参保状态\n赵大海,130599196001010012,未缴费\n钱二妹,130599198505050025,已参保\n"
    let report = try await ListImportTests.take(state, "medical_insurance/uninsured", in: at)
    #expect(report.counts.taken == 1 && report.counts.rejected == 1)
    #expect(try await at.county.compare(batch: report.batch, unnamed: "").raised == 1)
  }
}
