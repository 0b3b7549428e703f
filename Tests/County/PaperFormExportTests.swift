// Paper forms and 明白纸 out of a county: what anybody may have, and what is written down.

import Derivation
import Foundation
import Papers
import Relief
import Tables
import Testing

@testable import County

extension TableValue {
  fileprivate var shown: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    default: ""
    }
  }
}

@Suite("Paper forms of a county")
struct PaperFormExportTests {
  /// A form that chooses a person of the household, and asks a name.
  static func form(_ version: String, extra: String = "") -> [UInt8] {
    Array(
      """
      <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>签字/登记表</h:title><model>
      <instance><data id="sign" version="\(version)"><who/><words/><extra/></data></instance>
      <instance id="person" src="jr://file-csv/person.csv"/>
      <bind nodeset="/data/who" type="string"/><bind nodeset="/data/words" type="string"/><bind nodeset="/data/extra" type="string"/>
      </model></h:head><h:body>
      <select1 ref="/data/who"><label>是谁</label>
      <itemset nodeset="instance('person')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
      <input ref="/data/words"><label>原话</label><hint>照他说的写</hint></input>\(extra)
      </h:body></h:html>
      """.utf8)
  }

  static let later = "<input ref=\"/data/extra\"><label>补问</label></input>"

  private func county() async throws -> TestCounty {
    let at = try await TestCounty()
    _ = try await at.county.importDivisions(Array(PaperExportTests.divisions.utf8), source: "区划.csv")
    _ = try await at.county.importRoster(Array(PaperExportTests.roster.utf8), source: "台账.csv")
    _ = try await at.county.publishForm(Self.form("1"), name: "sign.xml")
    return at
  }

  private func audits(_ at: TestCounty) async throws -> [Relief.Record] {
    try await at.county.store.records(.audit, of: at.county.configuration.id)
  }

  /// What a laptop would have written: a record of the form about 张三.
  @discardableResult private func visited(
    _ at: TestCounty, words: String, wall: String = "2026-11-24T09:00:00+08:00", supersedes: [String] = [], type: RecordType = .visit
  ) async throws -> String {
    let register = try await at.county.store.register()
    let household = try #require(register.summaries(in: Division(TestCounty.village)).first { $0.headName == "张三" }?.id)
    let person = try #require(register.persons(of: household).first?.id)
    let hash = try #require(try await at.county.own(.form).forms().first { $0.version == "1" }?.hash)
    let county = at.county
    return try await county.writing { () async throws(CountyFault) in
      var scribe = County.Scribe(county)
      var record = scribe.record(
        type, household: household, division: TestCounty.village, supersedes: supersedes,
        facts: [Fact(list: FactList.visit, entity: "v-1", properties: [Property("household", household), Property("date", "2026-11-24")])],
        form: FormStamp(id: "sign", version: "1", hash: hash), body: [:])
      record.wall = wall
      record.submission = type == .withdrawal
        ? nil : "<data id=\"sign\" version=\"1\"><who>\(person)</who><words>\(words)</words><extra/></data>"
      return ([record], record.id)
    }
  }

  private func answers(_ form: FilledForm) -> [String] { form.paper.sheet.rows.map { $0.last?.shown ?? "" } }

  @Test("a blank form is the newest that is published, holds nobody's data and leaves no line in the trail")
  func blank() async throws {
    let at = try await county()
    let first = try #require(try await at.county.blankForms().first)
    #expect(first.title == "签字/登记表" && first.sheet.rows.map { $0[1].shown }.prefix(2) == ["是谁", "原话（照他说的写）"])
    #expect(first.about.isEmpty && !first.sheet.rows.joined().contains(where: { $0.shown.contains("张三") }))
    _ = try await at.county.publishForm(Self.form("2", extra: Self.later), name: "sign.xml")
    let second = try #require(try await at.county.blankForms(["sign"]).first)
    #expect(second.stamp == "sign 2" && second.sheet.rows.contains { $0[1].shown == "补问" })
    #expect(try await audits(at).isEmpty)
    await #expect(throws: CountyFault.noForm("nonsense", known: ["sign"])) { try await at.county.blankForms(["nonsense"]) }
  }

  @Test("a filled form shows what was answered, in the form it was typed into, and is written down as this household's")
  func filled() async throws {
    let at = try await county()
    let record = try await visited(at, words: "屋顶漏雨")
    _ = try await at.county.publishForm(Self.form("2", extra: Self.later), name: "sign.xml")
    let form = try await at.county.filledForm(record: record)
    #expect(form.paper.stamp == "sign 1 \(record)" && form.day == "2026-11-24")
    #expect(answers(form).contains("屋顶漏雨") && answers(form).contains { $0.hasPrefix("■张三") }, "\(answers(form))")
    #expect(form.paper.about.first == "示范镇 东庄村　户主：张三")
    let audits = try await audits(at)
    #expect(audits.count == 1 && audits.allSatisfy { $0.household != nil && $0.division == TestCounty.village })
    #expect(audits.first?.body == ["act": "export", "subject": "paper-form \(record)", "rows": "1", "numbers": "full"])
  }

  @Test("a household is named by its number in the roster; the newest that holds is taken")
  func newest() async throws {
    let at = try await county()
    _ = try await visited(at, words: "早的", wall: "2026-11-20T09:00:00+08:00")
    let second = try await visited(at, words: "晚的", wall: "2026-11-21T09:00:00+08:00")
    #expect(answers(try #require(try await at.county.filledForms(household: "H1").first)).contains("晚的"))
    let amended = try await visited(at, words: "更正", wall: "2026-11-21T10:00:00+08:00", supersedes: [second], type: .amendment)
    let forms = try await at.county.filledForms(household: "H1", ["sign"])
    #expect(forms.map(\.record) == [amended])
    try await visited(at, words: "", supersedes: [amended], type: .withdrawal)
    #expect(answers(try #require(try await at.county.filledForms(household: "H1").first)).contains("早的"))
    #expect(try await audits(at).count == 3)
  }

  @Test("what has no filled form says so and is not written down")
  func nothing() async throws {
    let at = try await county()
    for household in ["H2", "H9"] {
      await #expect(throws: CountyFault.noSubmission(household)) { try await at.county.filledForms(household: household) }
    }
    await #expect(throws: CountyFault.noSubmission("r-9")) { try await at.county.filledForm(record: "r-9") }
    try await visited(at, words: "有")
    await #expect(throws: CountyFault.noSubmission("H1")) { try await at.county.filledForms(household: "H1", ["other"]) }
    #expect(try await audits(at).isEmpty)
  }

  @Test("a leaflet has the county's own figures of its day")
  func notices() async throws {
    let at = try await county()
    let notices = try await at.county.notices(telephone: "0319-0000000")
    #expect(notices.map(\.title).count == PolicyNotice.Scheme.allCases.count)
    #expect(notices.allSatisfy { $0.text.contains("0319-0000000") } && notices[0].text.contains("农村：未设定"))
    let parameters = "lb_standard_rural:\n  - {value: 650/month, from: 2026-12-01, source: 县文件}"
    _ = try await at.county.publishParameters(Array(parameters.utf8), source: "标准.yaml")
    #expect(try await at.county.notices()[0].text.contains("农村：未设定"))
    #expect(try await at.county.notices(on: CivilDate("2026-12-01"))[0].text.contains("农村：650 元/人·月"))
    #expect(try await audits(at).isEmpty)
  }
}
