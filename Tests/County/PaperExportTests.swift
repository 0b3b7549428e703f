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

  @Test("a household is exported once, and again when it is asked for")
  func entered() async throws {
    let at = try await county()
    let request = PaperRequest(month: "2026-11")
    let first = try await at.county.export(Self.profile, request)
    #expect(first.file.rows == 1 && first.households.count == 1, "who is in no scheme is not exported")
    #expect(try await at.county.export(Self.profile, request).file.rows == 1, "exporting marks nothing by itself")
    #expect(try await at.county.markEntered(first.households) == 1)
    #expect(try await at.county.markEntered(first.households) == 0)
    #expect(try await at.county.export(Self.profile, request).file.rows == 0)
    #expect(try await at.county.export(Self.profile, request, includesEntered: true).file.rows == 1)
    let register = try await at.county.store.register()
    #expect(register.value("entered_date", of: FactList.household, first.households[0]) == "2026-11-24")
  }

  @Test("every file is written down with its rows, and whether numbers stand in full")
  func audited() async throws {
    let at = try await county()
    var request = PaperRequest(month: "2026-11")
    request.names = ["register", "extract-public"]
    let files = try await at.county.papers(request)
    #expect(files.map(\.name) == ["低收入人口数据库台账_2026-11.xlsx", "公示名单_2026-11.xlsx"])
    _ = try await at.county.export(Self.profile, request)
    let audits = try await audits(at)
    #expect(audits.map { $0["subject"] } == files.map(\.name) + ["录入_2026-11.xlsx"])
    #expect(audits.map { $0["rows"] } == ["1", "0", "1"] && audits.map { $0["numbers"] } == ["masked", "masked", "full"])
    #expect(audits.allSatisfy { $0["act"] == "export" })
  }

  @Test("a paper, a month and a division that there are not write nothing")
  func refused() async throws {
    let at = try await county()
    var unknown = PaperRequest(month: "2026-11")
    unknown.names = ["nonsense"]
    await #expect(throws: CountyFault.noPaper("nonsense", known: Paper.all.map(\.name))) { try await at.county.papers(unknown) }
    await #expect(throws: CountyFault.badMonth("2026-13")) { try await at.county.papers(PaperRequest(month: "2026-13")) }
    var elsewhere = PaperRequest(month: "2026-11")
    elsewhere.division = "110101001"
    await #expect(throws: CountyFault.badScope("110101001")) { try await at.county.papers(elsewhere) }
    #expect(try await audits(at).isEmpty)
  }
}
