import Departments
import Foundation
import Relief
import Testing
import Wire

@testable import County

/// A list that should not have come is taken back by records: what nobody touched goes, what somebody works on stays.
@Suite("withdrawal of lists") struct ListWithdrawalTests {
  private static let deaths = "姓名,身份证号,死亡日期\n赵大海,130599196001010012,2026-10-20\n"
  private static let unemployed = "姓名,身份证号,失业日期\n赵大海,130599196001010012,2026-10-01\n钱二妹,130599198505050025,2026-10-01\n"

  private static func take(
    _ csv: String, _ profile: String, in at: TestCounty, name: String = "名单.csv", asOf: String = "2026-11-01"
  ) async throws -> String {
    let report = try await ListImportTests.take(csv, profile, in: at, name: name, asOf: asOf)
    _ = try await at.county.compare(batch: report.batch, unnamed: "没有")
    return report.batch
  }

  private static func models(_ at: TestCounty, _ household: String = "h1") async throws -> [[String]] {
    try await ListImportTests.warnings(at, household).map { $0.findings.map(\.model).sorted() }
  }

  @Test("what nobody touched goes, on the county's side and on laptops that had it; the list counts no more, and may come again")
  func untouched() async throws {
    let at = try await ListImportTests.county()
    let cadre = try await TestDevice.enrol(at, person: "P1", role: .cadre, scopes: [TestCounty.village])
    let batch = try await Self.take(Self.deaths, "police/deaths", in: at)
    #expect(try await Self.models(at) == [["deceased_paid"]])
    var laptop = Register()
    for record in try await cadre.pulled(at) { laptop.apply(record) }
    #expect(laptop.warnings(of: "h1").count == 1)

    let report = try await at.county.withdraw(batch: batch, reason: " 日期写错了 ")
    #expect(report.warnings == 1 && report.lessened == 0 && report.kept.isEmpty && !report.isAgain)
    #expect(report.profile == "police/deaths" && report.file == "名单.csv" && report.asOf == "2026-11-01")
    #expect(try await Self.models(at).isEmpty)
    #expect(try await at.county.batches().isEmpty)
    #expect(try await at.county.listStanding().lists.map { $0.last == nil } == [true])
    for record in try await cadre.pulled(at) { laptop.apply(record) }
    #expect(laptop.warnings(of: "h1").isEmpty)
    await #expect(throws: CountyFault.noSuchBatch(batch)) { try await at.county.compare(batch: batch, unnamed: "没有") }
    // Why, by whom and what: it is written down, and nothing is gone.
    let own = try await at.county.own(.batch)
    #expect(own.value("reason", of: FactList.batch, batch) == "日期写错了" && own.value("hash", of: FactList.batch, batch) != nil)
    let audits = try await at.county.store.records(.audit).map(\.body)
    #expect(audits == [["act": "withdraw", "subject": "list \(batch)", "rows": "1"]])

    let lines = try await at.county.status().lines
    let twice = try await at.county.withdraw(batch: batch, reason: "再一次")
    #expect(twice.isAgain && twice.warnings == 0)
    #expect(try await at.county.status().lines == lines, "once more writes nothing")
    _ = try await at.county.refold()
    #expect(try await at.county.batches().isEmpty)

    let anew = try await Self.take(Self.deaths, "police/deaths", in: at)
    #expect(anew != batch)
    #expect(try await Self.models(at) == [["deceased_paid"]])
    #expect(try await Self.take(Self.deaths, "police/deaths", in: at) == anew)
    #expect(try await at.county.withdraw(batch: anew, reason: "又错了").warnings == 1)
    #expect(try await Self.take(Self.deaths, "police/deaths", in: at) != anew)
  }

  @Test("a batch that is none, and a reason that says nothing, withdraw nothing")
  func refused() async throws {
    let at = try await ListImportTests.county()
    let batch = try await Self.take(Self.deaths, "police/deaths", in: at)
    for reason in ["", "  ", "甲\u{1B}[2J", String(repeating: "长", count: 501)] {
      await #expect(throws: CountyFault.badReason) { try await at.county.withdraw(batch: batch, reason: reason) }
    }
    let followed = try #require(try await at.county.own(.batch).entities(of: FactList.batch).first { $0 != batch })
    for other in ["x", followed] {
      await #expect(throws: CountyFault.noSuchBatch(other)) { try await at.county.withdraw(batch: other, reason: "错") }
    }
    #expect(try await at.county.batches().count == 1)
  }

  @Test("what somebody works on stays and is named; a finding that came to it unseen by whoever ended it goes")
  func touched() async throws {
    let at = try await ListImportTests.county()
    let clerk = try await TestDevice.enrol(at, person: "K1", role: .clerk, scopes: [TestCounty.township])
    let batch = try await Self.take(Self.deaths, "police/deaths", in: at)
    let warning = try #require(try await ListImportTests.warnings(at, "h1").first)
    let stated = ["warning": warning.id, "from": "new", "to": "ignored", "date": "2026-11-24", "reason": "电话问过，人健在"]
    let fact = Fact(
      list: FactList.warningStep, entity: UUID().uuidString.lowercased(), properties: stated.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    let step = clerk.record(.warningStep, supersedes: warning.heads, facts: [fact])
    let joined = try await Self.take(Self.unemployed, "labour/unemployed", in: at)
    #expect(try await clerk.pushAlone(step, at).state == .applied)
    #expect(try await ListImportTests.warnings(at, "h1").map(\.state) == [.new], "a finding more, judged again")
    let second = try await at.county.withdraw(batch: joined, reason: "配置选错了")
    #expect(second.kept.isEmpty && second.warnings == 1 && second.lessened == 1, "\(second)")
    #expect(try await Self.models(at) == [["deceased_paid"]])
    #expect(try await Self.models(at, "h2").isEmpty)

    let report = try await at.county.withdraw(batch: batch, reason: "名单发错了")
    #expect(report.warnings == 0 && report.kept.count == 1)
    let kept = try #require(report.kept.first)
    #expect(kept.household == "h1" && kept.division == TestCounty.village && kept.state == .ignored)
    #expect(try await Self.models(at) == [["deceased_paid"]])
    #expect(try await at.county.batches().isEmpty)
  }

  @Test("a warning that two lists speak of keeps the other's, from the day it was raised on")
  func twoLists() async throws {
    let at = try await ListImportTests.county()
    let first = try await Self.take(Self.deaths, "police/deaths", in: at)
    at.clock.pass(seconds: 3 * 86_400)
    let second = try await Self.take(Self.unemployed, "labour/unemployed", in: at)
    #expect(try await Self.models(at) == [["deceased_paid", "unemployed"]])
    let before = try #require(try await ListImportTests.warnings(at, "h1").first)
    #expect(try await at.county.withdraw(batch: first, reason: "错").lessened == 1)
    let after = try #require(try await ListImportTests.warnings(at, "h1").first)
    #expect(after.id == before.id && after.raised == CivilDate("2026-11-24") && after.findings.map(\.model) == ["unemployed"])
    #expect(after.state == .new)
    let report = try await at.county.withdraw(batch: second, reason: "错")
    #expect(report.warnings == 2, "this one's and that of the second household")
    #expect(try await Self.models(at).isEmpty)
    #expect(try await Self.models(at, "h2").isEmpty)
  }

  @Test("gifts go with their list, and come back with another list that names them; the newest list is the newest of those that count")
  func giftsAndTheNewest() async throws {
    let at = try await ListImportTests.county()
    let gift = "姓名,身份证号,救助项目,金额,发放日期\n赵大海,130599196001010012,医疗救助,100,2026-10-20\n"
    func given() async throws -> [String] {
      try await at.county.store.register(about: ["h1"]).entities(of: FactList.assistance, household: "h1").compactMap { $0.value("amount_fen") }
    }
    let first = try await Self.take(gift, "medical_insurance/assistance", in: at)
    let longer = try await Self.take(gift + "赵大海,130599196001010012,医疗救助,200,2026-11-02\n", "medical_insurance/assistance", in: at)
    #expect(Set(try await given()) == ["10000", "20000"])
    #expect(try await at.county.withdraw(batch: first, reason: "错").assistance == 1)
    #expect(try await given() == ["20000"])
    #expect(try await at.county.compare(batch: longer, unnamed: "").assistance == 1)
    #expect(Set(try await given()) == ["10000", "20000"])

    let head = "姓名,身份证号,参保险种\n"
    let half = try await Self.take(head + "钱二妹,130599198505050025,居民医保\n", "medical_insurance/insured", in: at, asOf: "2026-10-31")
    let warned = try await Self.models(at)
    #expect(warned == [["uninsured"]])
    let wrong = try await Self.take(head + "赵大海,130599196001010012,居民医保\n", "medical_insurance/insured", in: at, asOf: "2026-11-20")
    #expect(try await at.county.compare(batch: half, unnamed: "没有").newerStanding?.asOf == "2026-11-20")
    _ = try await at.county.withdraw(batch: wrong, reason: "日期错了")
    #expect(try await at.county.compare(batch: half, unnamed: "没有").newerStanding == nil)
    #expect(try await Self.models(at) == [["uninsured"]])
  }

  @Test("what another department's list says too is said by it once the first is withdrawn")
  func twoDepartments() async throws {
    let at = try await ListImportTests.county()
    let rows = "姓名,身份证号,死亡日期\n赵小海,130599196001010012,2026-10-20\n"
    let police = try await Self.take(rows, "police/deaths", in: at)
    let health = try await Self.take(rows, "health/deaths", in: at)
    let labour = try await Self.take(Self.unemployed, "labour/unemployed", in: at)
    func said() async throws -> [String] {
      try await ListImportTests.warnings(at, "h1").flatMap(\.findings).map { "\($0.model) \($0.department)" }.sorted()
    }
    #expect(try await said() == ["deceased_paid police", "name_differs police", "unemployed labour"])
    #expect(try await at.county.withdraw(batch: police, reason: "错").lessened == 1)
    let again = try await at.county.compareAgain(unnamed: "没有")
    #expect(again.map(\.batch) == [health, labour] && again.map { $0.report.raised + $0.report.joined } == [1, 0])
    #expect(try await said() == ["deceased_paid health", "name_differs health", "unemployed labour"])
  }
}
