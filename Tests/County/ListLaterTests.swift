import Departments
import Relief
import Testing

@testable import County

/// What a list of a later day takes from an older one, and what it does not: nobody is silenced by a stray row.
@Suite("lists of a later day") struct ListLaterTests {
  static let insured = "medical_insurance/insured"
  static let scheme = "civil_affairs/in_scheme"
  static let uninsured = "medical_insurance/uninsured"
  private static let names = ["周一鸣", "吴长贵", "郑小兰", "冯德水", "陈玉珍", "褚国强", "卫秀英", "蒋有福", "沈桂花", "韩大勇"]

  /// A number of a person of their own year, with its check.
  static func number(_ person: Int) -> String {
    let first = "130599\(1950 + person * 3)0\(person % 9 + 1)1500\(person % 9 + 1)"
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(first, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    return first + String(Array("10X98765432")[sum % 11])
  }

  /// Besides the near township of 赵大海 (低保) and 钱二妹: so many households of one person in 低保 in the far one, the first of them
  /// severely disabled.
  static func county(_ count: Int = 5, disabled: Int = 0) async throws -> TestCounty {
    let at = try await ListImportTests.county()
    let device = try await TestDevice.enrol(at, person: "B2", role: .county, scopes: ["130599"])
    for person in 0..<count {
      var record = device.record(household: "f\(person)")
      record.division = ListReachTests.far
      let said = [("household", "f\(person)"), ("name", names[person]), ("id_number", number(person))] + (person < disabled ? [("disability_grade", "1")] : [])
      record.facts = [
        Fact(list: FactList.household, entity: "f\(person)", properties: [Property("division", ListReachTests.far), Property("category", "lb")]),
        Fact(list: FactList.person, entity: "x\(person)", properties: said.map { Property($0.0, $0.1) }),
      ]
      try device.write(record)
    }
    #expect(try await device.push(at).status == 200)
    return at
  }

  static func row(_ person: Int, _ last: String) -> String { "\(names[person]),\(number(person)),\(last)\n" }

  /// Takes a list in; nothing is compared yet.
  static func take(_ people: [Int], _ profile: String, asOf: String, more: String = "", kind: String = "低保", in at: TestCounty) async throws -> String {
    let (head, last) = profile == scheme ? ("救助类别", kind) : profile == uninsured ? ("参保状态", "未参保") : ("参保险种", "居民医保")
    let rows = people.map { row($0, last) }.joined() + more
    return try await ListImportTests.take("姓名,身份证号,\(head)\n" + rows, profile, in: at, name: asOf + rows, asOf: asOf).batch
  }

  static func compare(_ batch: String, _ at: TestCounty) async throws -> ComparisonReport { try await at.county.compare(batch: batch, unnamed: "没有") }

  /// Of the far township, the persons of whom a model says something.
  static func said(_ model: String, _ at: TestCounty) async throws -> [Int] {
    var found: [Int] = []
    for person in names.indices where try await ListImportTests.warnings(at, "f\(person)").flatMap(\.findings).contains(where: { $0.model == model }) {
      found.append(person)
    }
    return found
  }

  private static let near = "钱二妹,130599198505050025,居民医保\n"
  /// The fourth person of the far township under a wrong check: 疑似.
  private static var typo: String { "\(names[3]),\(number(3).dropLast())\(number(3).last == "0" ? "1" : "0"),居民医保\n" }

  @Test("one person, or one typo, in a later list of another township silences nobody but that person")
  func stray() async throws {
    let at = try await Self.county()
    let old = try await Self.take([0, 1, 2], Self.insured, asOf: "2026-11-01", in: at)
    _ = try await Self.take([], Self.insured, asOf: "2026-11-10", more: Self.near + Self.typo, in: at)
    let report = try await Self.compare(old, at)
    #expect(report.newerStanding == nil && report.newerMissing == ["uninsured": NewerLists([TestCounty.township], asOf: "2026-11-10")])
    #expect(try await Self.said("uninsured", at) == [4], "the fourth may stand in the later list, the fifth stands in none: \(report)")
  }

  @Test("each later list is judged alone, and one with rows set aside takes nobody's word: only whom it names is not missing")
  func alone() async throws {
    let at = try await Self.county()
    let old = try await Self.take([0, 1, 2], Self.insured, asOf: "2026-11-01", in: at)
    _ = try await Self.take([0, 1], Self.insured, asOf: "2026-11-10", in: at)
    _ = try await Self.take([2, 3], Self.insured, asOf: "2026-11-11", in: at)
    _ = try await Self.take([0, 1, 2], Self.insured, asOf: "2026-11-12", more: "赵大海,1.30599E+17,居民医保\n", in: at)
    _ = try await Self.compare(old, at)
    #expect(try await Self.said("uninsured", at) == [4])
    let settled = try await Self.county()
    let first = try await Self.take([0, 1, 2], Self.insured, asOf: "2026-11-01", in: settled)
    _ = try await Self.take([0, 1, 3], Self.insured, asOf: "2026-11-10", in: settled)
    _ = try await Self.compare(first, settled)
    #expect(try await Self.said("uninsured", settled).isEmpty, "it covers the township: it says who is missing")
  }

  @Test("who stands in a list is said by a later one only where that names half as many people", arguments: [
    ([4], [0, 1, 2, 3]), ([0, 4], []),
  ] as [([Int], [Int])])
  func half(_ later: [Int], _ said: [Int]) async throws {
    let at = try await Self.county()
    let old = try await Self.take([0, 1, 2, 3], Self.uninsured, asOf: "2026-11-01", in: at)
    _ = try await Self.take(later, Self.uninsured, asOf: "2026-11-10", in: at)
    let report = try await Self.compare(old, at)
    #expect(try await Self.said("uninsured", at) == said)
    #expect(report.newerStanding == (said.isEmpty ? NewerLists(["130599200"], asOf: "2026-11-10") : nil) && report.newerMissing.isEmpty)
  }

  // MARK: Whom a model asks about

  @Test("护理补贴 is measured by who is severely disabled, not by everybody in 低保")
  func carers() async throws {
    let at = try await Self.county(10, disabled: 4)
    _ = try await Self.compare(try await Self.take([0, 1, 2], Self.scheme, asOf: "2026-11-01", kind: "重度残疾人护理补贴", in: at), at)
    #expect(try await Self.said("not_delivered", at) == [3])
  }

  @Test("a list with 低保 of every township and 护理补贴 of one says nothing of 护理补贴 in the others")
  func oneSortOfRows() async throws {
    let at = try await Self.county(6, disabled: 4)
    let near = "赵大海,130599196001010012,低保\n钱二妹,130599198505050025,重度残疾人护理补贴\n"
    let report = try await Self.compare(try await Self.take(Array(0..<6), Self.scheme, asOf: "2026-11-01", more: near, in: at), at)
    #expect(try await Self.said("not_delivered", at).isEmpty)
    #expect(report.townshipsUncovered == [TownshipShare("not_delivered", township: "130599200", named: 0, missing: 4)])
    let without = try await Self.compare(try await Self.take(Array(0..<6), Self.scheme, asOf: "2026-11-02", in: at), at)
    #expect(without.townshipsUncovered.isEmpty, "a list without such a row is none of 护理补贴")
  }

  @Test("of a list that leaves out nobody nothing is said of who is not on it, whatever rows were set aside", arguments: [uninsured, "rural/monitored"])
  func leavesOutNobody(_ profile: String) async throws {
    let at = try await Self.county()
    let head = profile == Self.uninsured ? "参保状态" : "监测类别"
    let rows = profile == Self.uninsured ? Self.row(0, "未参保") : Self.row(0, "脱贫不稳定户")
    let batch = try await ListImportTests.take("姓名,身份证号,\(head)\n" + rows + "赵大海,1.30599E+17,未参保\n", profile, in: at)
    #expect(batch.counts.rejected == 1 && batch.counts.taken == 1)
    let report = try await Self.compare(batch.batch, at)
    #expect(report.rejectedUnlooked == 0 && report.townshipsUncovered.isEmpty && report.newerMissing.isEmpty)
  }
}
