// Papers and exports out of a county: what is written, what is marked, what is written down.

import Foundation
import Papers
import Relief
import Tables
import Testing

@testable import County

@Suite("Papers and exports of a county")
struct PaperExportTests {
  static let divisions = "代码,名称,种类\n130599100,示范镇,town\n130599100201,东庄村,village\n"
  static let roster = """
    户编号,村代码,户主,低收入人口类别,姓名,证件号码,与户主关系
    H1,130599100201,张三,lb,张三,130599196001010012,02
    H2,130599100201,李四,,李四,130599196001020018,02
    """

  static let profile = ExportProfile(
    name: "p", title: "录入", rows: .person, tracksEntered: true,
    columns: [.init("姓名", .person("name")), .init("证件号码", .person("id_number")), .init("类别", .computed(.category))])

  private func county() async throws -> TestCounty {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(Array(Self.divisions.utf8), source: "区划.csv")
    _ = try await at.county.importRoster(Array(Self.roster.utf8), source: "台账.csv")
    return at
  }

  private func audits(_ at: TestCounty) async throws -> [[String: String]] {
    try await at.county.store.records(.audit, of: at.county.configuration.id).map(\.body)
  }

  /// What the workbook of an export shows, its head left out.
  private func shown(_ export: ExportedFile?) throws -> [[String]] {
    let workbook = try Workbook(try #require(export).file.bytes)
    let reader = try SheetReader(workbook.sheet(named: nil), of: workbook)
    var rows: [[String]] = []
    while try reader.next() { rows.append(reader.texts()) }
    return Array(rows.dropFirst())
  }

  /// Grants a kind as the county does.
  private func grant(_ at: TestCounty, _ name: String, _ kind: String, from: String) async throws {
    let register = try await at.county.store.register()
    let village = try #require(Division(TestCounty.village))
    let line = try #require(register.summaries(in: village).first { $0.headName == name })
    let county = at.county
    let household = line.id
    try await county.writing { () async throws(CountyFault) in
      var scribe = County.Scribe(county)
      let fact = Fact(
        list: FactList.category, entity: "c-\(name)-\(kind)",
        properties: [Property("household", household), Property("kind", kind), Property("from", from)])
      return ([scribe.record(.category, household: household, division: TestCounty.village, facts: [fact], body: [:])], ())
    }
  }

  @Test("what was typed is marked by its workbook, and not exported again until it is asked for")
  func entered() async throws {
    let at = try await county()
    let request = PaperRequest(month: "2026-11")
    let first = try #require(try await at.county.export(Self.profile, request))
    #expect(try shown(first).map { $0[0] } == ["张三"], "who is in no scheme is not exported")
    let second = try await at.county.export(Self.profile, request)
    #expect(second?.file.rows == 1, "exporting marks nothing by itself")
    #expect(second?.file.name != first.file.name, "an export writes over no other")
    #expect(try await at.county.markEntered("录入/" + first.file.name.replacing(".xlsx", with: " (1).XLSX")) == EnteredCount(marked: 1, known: 0))
    #expect(try await at.county.markEntered(try #require(first.number)) == EnteredCount(marked: 0, known: 1))
    let made = try await audits(at).count
    #expect(try await at.county.export(Self.profile, request) == nil, "no file where there is nothing to export")
    #expect(try await audits(at).count == made)
    #expect(try await at.county.export(Self.profile, request, includesEntered: true)?.file.rows == 1)
    let register = try await at.county.store.register()
    let household = try #require(register.entities(of: FactList.provincialEntry).compactMap {
      register.household(of: FactList.provincialEntry, $0)
    }.first)
    #expect(register.value("entered_date", of: FactList.household, household) == "2026-11-24")
    #expect(register.provincialEntries(of: household, on: try #require(CivilDate("2026-11-15"))).lastDate == CivilDate("2026-11-24"))
  }

  @Test("who was granted something while the workbook was typed is not marked, and comes next")
  func grantedMeanwhile() async throws {
    let at = try await county()
    let request = PaperRequest(month: "2026-11")
    let first = try #require(try await at.county.export(Self.profile, request))
    try await grant(at, "李四", "by", from: "2026-11-10")
    #expect(try await at.county.markEntered(first.file.name) == EnteredCount(marked: 1, known: 0))
    let next = try await at.county.export(Self.profile, request)
    #expect(try shown(next).map { $0[0] } == ["李四"])
    // And the earlier workbook marks nothing of the later one.
    #expect(try await at.county.markEntered(first.file.name) == EnteredCount(marked: 0, known: 1))
    #expect(try shown(try await at.county.export(Self.profile, request)).map { $0[0] } == ["李四"])
  }

  @Test("a text that names no export marks nothing and says which there are")
  func unknownExport() async throws {
    let at = try await county()
    await #expect(throws: CountyFault.noExport("00000000", recent: [])) { try await at.county.markEntered("00000000") }
    let made = try #require(try await at.county.export(Self.profile, PaperRequest(month: "2026-11")))
    let recent = [ExportMade(number: try #require(made.number), day: "2026-11-24", file: made.file.name, rows: "1")]
    for text in ["录入.xlsx", "", "0000000", "台账_20261124.xlsx"] {
      await #expect(throws: CountyFault.noExport(text, recent: recent)) { try await at.county.markEntered(text) }
    }
    var untracked = Self.profile
    untracked.tracksEntered = false
    let free = try #require(try await at.county.export(untracked, PaperRequest(month: "2026-11")))
    #expect(free.number == nil)
    await #expect(throws: CountyFault.noExport(free.file.name, recent: recent)) { try await at.county.markEntered(free.file.name) }
    let register = try await at.county.store.register()
    #expect(register.entities(of: FactList.provincialEntry).isEmpty)
  }

  @Test("what one record of the trail cannot hold stands in the next")
  func parts() {
    let entries = (0..<20_000).map { number in
      ExportProfile.Entry(household: "h-\(number / 4)", person: number % 2 == 0 ? "p-\(number)" : nil, kind: "lb")
    }
    let texts = ExportNumber.texts(of: entries)
    #expect(texts.count > 1 && texts.allSatisfy { $0.utf8.count <= CountyLimits.exportTextBytes })
    #expect(texts.flatMap { ExportNumber.entries(in: $0) } == entries)
    let odd = [ExportProfile.Entry(household: "h", person: nil, kind: "a\tb"), ExportProfile.Entry(household: "h", person: nil, kind: "lb")]
    #expect(ExportNumber.texts(of: odd).flatMap { ExportNumber.entries(in: $0) } == [odd[1]])
  }

  @Test("every file is written down with its rows, and whether numbers stand in full")
  func audited() async throws {
    let at = try await county()
    try await grant(at, "李四", "lb", from: "2026-11-10")
    var request = PaperRequest(month: "2026-11")
    request.names = ["register", "extract-public", "new-lb"]
    let files = try await at.county.papers(request)
    #expect(files.map(\.name) == ["低收入人口数据库台账", "公示名单", "新增救助明细（低保）"].map { $0 + "_示范县_2026-11.xlsx" })
    let export = try #require(try await at.county.export(Self.profile, request))
    #expect(export.file.name == "录入_示范县_2026-11_\(try #require(export.number)).xlsx")
    let audits = try await audits(at)
    #expect(audits.map { $0["subject"] } == files.map(\.name) + [export.file.name])
    #expect(audits.map { $0["rows"] } == ["2", "1", "1", "2"], "a sum is nobody's row")
    #expect(audits.map { $0["numbers"] } == ["masked", "masked", "masked", "full"])
    #expect(audits.allSatisfy { $0["act"] == "export" })
  }

  @Test("papers of two places have two names; where two places share one, the code tells them apart")
  func places() async throws {
    let at = try await TestCounty()
    let divisions = Self.divisions + "130599100202,西庄村,village\n130599200,远山镇,town\n130599200201,东庄村,village\n"
    _ = try await at.county.importDivisions(Array(divisions.utf8), source: "区划.csv")
    func name(_ division: String?) async throws -> String {
      var request = PaperRequest(month: "2026-11")
      (request.names, request.division) = (["register"], division)
      return try #require(try await at.county.papers(request).first).name.replacing("低收入人口数据库台账_", with: "")
    }
    #expect(try await name(nil) == "示范县_2026-11.xlsx")
    #expect(try await name("130599100") == "示范镇_2026-11.xlsx")
    #expect(try await name("130599100202") == "西庄村_2026-11.xlsx")
    #expect(try await name("130599100201") == "东庄村130599100201_2026-11.xlsx")
    #expect(try await name("130599200201") == "东庄村130599200201_2026-11.xlsx")
  }

  @Test("a file that stands there is not written over: nothing is made, and nothing written down")
  func taken() async throws {
    let at = try await county()
    var request = PaperRequest(month: "2026-11")
    request.taken = ["公示名单_示范县_2026-11.xlsx", "别的.xlsx"]
    await #expect(throws: CountyFault.filesTaken(["公示名单_示范县_2026-11.xlsx"])) { try await at.county.papers(request) }
    #expect(try await audits(at).isEmpty)
    request.names = ["register"]
    #expect(try await at.county.papers(request).count == 1)
  }

  @Test("a file's name is no path, has nothing in it that a name may not have, and is short enough", arguments: [
    ("../../etc", "-..-etc.xlsx"), ("a/b\\c:d", "a-b-c-d.xlsx"), ("..", ".xlsx"), ("a\nb\u{7F}", "ab.xlsx"), (" 甲<乙>", "甲-乙-.xlsx"),
  ])
  func fileNames(_ text: String, _ name: String) {
    #expect(FileName.make([text]) == name)
    let long = FileName.make([String(repeating: "长", count: 300), String(repeating: "𠮷", count: 300), "2026-11", "3f9a02c1"])
    #expect(long.utf8.count <= 255 && long.hasSuffix("_2026-11_3f9a02c1.xlsx"))
  }

  @Test("a text longer than a cell holds is cut, and stops no paper")
  func longText() async throws {
    let at = try await county()
    let register = try await at.county.store.register()
    let village = try #require(Division(TestCounty.village))
    let household = try #require(register.summaries(in: village).first?.id)
    let county = at.county
    try await county.writing { () async throws(CountyFault) in
      var scribe = County.Scribe(county)
      let said = [
        ("household", household), ("need", "medical"), ("department", "health"), ("date", "2026-11-02"), ("outcome", "not_eligible"),
        ("outcome_reason", String(repeating: "长", count: 40_000)), ("answered", "2026-11-03"),
      ].map { Property($0.0, $0.1) }
      let fact = Fact(list: FactList.referral, entity: "s-1", properties: said)
      return ([scribe.record(.referral, household: household, division: TestCounty.village, facts: [fact], body: [:])], ())
    }
    let files = try await at.county.papers(PaperRequest(month: "2026-11"))
    #expect(files.count >= Paper.all.count - 1, "\(files.count)")
    #expect(files.first { $0.name.hasPrefix("转办台账") }?.rows == 1)
  }

  @Test("a paper, a month and a division that there are not write nothing")
  func refused() async throws {
    let at = try await county()
    var unknown = PaperRequest(month: "2026-11")
    unknown.names = ["nonsense"]
    await #expect(throws: CountyFault.noPaper("nonsense", known: Paper.all.map { "\($0.name) \($0.title)" })) { try await at.county.papers(unknown) }
    for month in ["2026-13", "2026.1", "2026-1", "2026/11", "2026年1月"] {
      await #expect(throws: CountyFault.badMonth(month)) { try await at.county.papers(PaperRequest(month: month)) }
    }
    var elsewhere = PaperRequest(month: "2026-11")
    elsewhere.division = "110101001"
    await #expect(throws: CountyFault.badScope("110101001")) { try await at.county.papers(elsewhere) }
    #expect(try await audits(at).isEmpty)
  }
}
