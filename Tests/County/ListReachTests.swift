import Relief
import Testing

@testable import County

/// Which of several lists says who is missing: the newest that speaks of the township.
@Suite("where a list speaks") struct ListReachTests {
  static let far = "130599200201"

  /// Two townships. In the far one 孙远山 and 孙远水 are in 低保, 孙远山 severely disabled.
  static func county() async throws -> TestCounty {
    let at = try await ListImportTests.county()
    let device = try await TestDevice.enrol(at, person: "B2", role: .county, scopes: ["130599"])
    var record = device.record(household: "h3")
    record.division = far
    record.facts = [Fact(list: FactList.household, entity: "h3", properties: [Property("division", far), Property("category", "lb")])]
    for (person, name, number, grade) in [("p3", "孙远山", "130599197001010017", "1"), ("p5", "孙远水", "130599197002020014", "")] {
      let properties = [Property("household", "h3"), Property("name", name), Property("id_number", number), Property("disability_grade", grade)]
      record.facts.append(Fact(list: FactList.person, entity: person, properties: properties.filter { !$0.value.isEmpty }))
    }
    try device.write(record)
    #expect(try await device.push(at).status == 200)
    return at
  }

  /// Says something more of a person of the far township.
  static func mark(_ person: String, _ said: [Property], in at: TestCounty) async throws {
    let device = try await TestDevice.enrol(at, person: "B4", role: .county, scopes: ["130599"])
    var record = device.record(household: "h3")
    record.division = far
    record.facts = [Fact(list: FactList.person, entity: person, properties: said)]
    try device.write(record)
    #expect(try await device.push(at).status == 200)
  }

  static func compare(_ rows: String, _ profile: String = "medical_insurance/insured", asOf: String, in at: TestCounty) async throws -> ComparisonReport {
    let head = profile.hasSuffix("insured") ? "姓名,身份证号,参保险种\n" : "姓名,身份证号,救助类别\n"
    return try await at.county.compare(
      batch: try await ListImportTests.take(head + rows, profile, in: at, name: asOf + rows, asOf: asOf).batch, unnamed: "没有")
  }

  private static let near = "钱二妹,130599198505050025,居民医保\n"
  private static let water = "孙远水,130599197002020014,居民医保\n"
  private static let mountain = "孙远山,130599197001010017,居民医保\n"

  @Test("a newer list of one township leaves it to the older one who is missing in another")
  func elsewhere() async throws {
    let at = try await Self.county()
    let old = try await ListImportTests.take("姓名,身份证号,参保险种\n" + Self.water, "medical_insurance/insured", in: at)
    #expect(try await Self.compare(Self.near, asOf: "2026-11-10", in: at).raised == 1)
    let compared = try await at.county.compare(batch: old.batch, unnamed: "没有")
    #expect(compared.raised == 1 && compared.newerStanding == nil)
    #expect(compared.newerMissing == ["uninsured": NewerLists([TestCounty.township], asOf: "2026-11-10")])
    #expect(compared.townshipsUncovered.isEmpty, "of the near township the newer list says it")
    #expect(try await ListImportTests.warnings(at, "h3").flatMap(\.findings).map(\.person) == ["p3"])
  }

  @Test("where a newer list covers the township, also only by what is similar, the older one is silent, whatever lists came in between")
  func sameTownship() async throws {
    let at = try await Self.county()
    let old = try await ListImportTests.take("姓名,身份证号,参保险种\n" + Self.water, "medical_insurance/insured", in: at)
    // A wrong check character: 疑似.
    #expect(try await Self.compare("孙远山,130599197001010018,居民医保\n" + Self.water, asOf: "2026-11-10", in: at).raised == 0)
    #expect(try await Self.compare(Self.near, asOf: "2026-11-15", in: at).raised == 1)
    let compared = try await at.county.compare(batch: old.batch, unnamed: "没有")
    #expect(compared.raised == 0 && compared.newerStanding == NewerLists(["130599200"], asOf: "2026-11-10"))
    #expect(compared.newerMissing == ["uninsured": NewerLists([TestCounty.township, "130599200"], asOf: "2026-11-15")])
    #expect(try await ListImportTests.warnings(at, "h3").isEmpty)
  }

  @Test("a newer list without a row of one code says who stands in it, and leaves it to the older one who is missing among those rows")
  func byCode() async throws {
    let at = try await Self.county()
    let care = "钱二妹,130599198505050025,重度残疾人护理补贴\n孙远水,130599197002020014,重度残疾人护理补贴\n"
    try await Self.mark("p5", [Property("disability_grade", "3"), Property("disability_kind", "5")], in: at)
    let old = try await ListImportTests.take("姓名,身份证号,救助类别\n" + care + "孙远,1.30599E+17,低保\n", "civil_affairs/in_scheme", in: at)
    let whole = try await ListImportTests.take("姓名,身份证号,救助类别\n" + care, "civil_affairs/in_scheme", in: at, name: "n")
    _ = try await Self.compare(
      "孙远水,130599197002020014,低保\n钱二妹,130599198505050025,低保\n", "civil_affairs/in_scheme", asOf: "2026-11-10", in: at)
    for (batch, unlooked) in [(old.batch, 1), (whole.batch, 0)] {
      let compared = try await at.county.compare(batch: batch, unnamed: "没有")
      #expect(compared.newerStanding == NewerLists([TestCounty.township, "130599200"], asOf: "2026-11-10"), "who stands in the list is said by the newest")
      #expect(compared.newerMissing.isEmpty && compared.rejectedUnlooked == unlooked, "who is missing is not")
    }
    #expect(try await ListImportTests.warnings(at, "h3").flatMap(\.findings).map(\.model) == ["not_delivered"])
  }

  @Test("somebody insured in another township makes no list of that township: it leaves out more of its people than it names")
  func oneRow() async throws {
    let at = try await Self.county()
    let device = try await TestDevice.enrol(at, person: "B3", role: .county, scopes: ["130599"])
    var record = device.record(household: "h3")
    record.division = Self.far
    record.facts = [
      Fact(
        list: FactList.person, entity: "p6",
        properties: [Property("household", "h3"), Property("name", "孙远林"), Property("id_number", "130599197003030011")])
    ]
    try device.write(record)
    #expect(try await device.push(at).status == 200)
    let one = try await Self.compare(Self.near + Self.water, asOf: "2026-11-10", in: at)
    #expect(one.townshipsUncovered == [TownshipShare("uninsured", township: "130599200", named: 1, missing: 2)] && one.raised == 1, "\(one)")
    #expect(try await ListImportTests.warnings(at, "h3").isEmpty)
    let two = try await Self.compare(Self.near + Self.water + Self.mountain, asOf: "2026-11-11", in: at)
    #expect(two.townshipsUncovered.isEmpty, "\(two)")
    #expect(try await ListImportTests.warnings(at, "h3").flatMap(\.findings).map(\.person) == ["p6"])
  }

  @Test("of a list that says how things stand only the newest says who stands in it; what happened stays true")
  func superseded() async throws {
    let at = try await Self.county()
    let rows = "姓名,身份证号,参保状态\n孙远水,130599197002020014,未参保\n"
    let old = try await ListImportTests.take(rows, "medical_insurance/uninsured", in: at)
    _ = try await at.county.compare(
      batch: try await ListImportTests.take("姓名,身份证号,参保状态\n孙远山,130599197001010017,未参保\n", "medical_insurance/uninsured", in: at, name: "n", asOf: "2026-11-10").batch,
      unnamed: "没有")
    #expect(try await ListImportTests.warnings(at, "h3").flatMap(\.findings).map(\.person) == ["p3"])
    let compared = try await at.county.compare(batch: old.batch, unnamed: "没有")
    #expect(compared.raised + compared.joined == 0 && compared.newerStanding?.townships == ["130599200"], "\(compared)")
    let dead = try await ListImportTests.take("姓名,身份证号,死亡日期\n孙远水,130599197002020014,2026-10-01\n", "police/deaths", in: at, name: "d1")
    _ = try await ListImportTests.take("姓名,身份证号,死亡日期\n孙远山,130599197001010017,2026-11-01\n", "police/deaths", in: at, name: "d2", asOf: "2026-11-10")
    #expect(try await at.county.compare(batch: dead.batch, unnamed: "没有").joined == 1)
  }

  @Test("townships are named as the table of divisions names them; one it does not know stands by its code")
  func names() async throws {
    let at = try await Self.county()
    _ = try await at.county.importDivisions(Array("代码,名称\n130599200,远山镇\n".utf8), source: "d.csv")
    let compared = try await Self.compare(Self.near, asOf: "2026-11-10", in: at)
    #expect(compared.townshipsUncovered == [TownshipShare("uninsured", township: "130599200", named: 0, missing: 2)] && compared.townshipNames == ["130599200": "远山镇"])
    let far = try await Self.compare(Self.water + Self.mountain, asOf: "2026-11-12", in: at)
    #expect(far.townshipsUncovered.map(\.township) == [TestCounty.township] && far.townshipNames.isEmpty)
  }
}
