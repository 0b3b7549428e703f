import Foundation
import Papers
import Relief
import Tables
import Testing
import Yaml

/// Export profiles: data that says which columns another system wants.
@Suite struct ExportProfileTests {
  static func read(_ text: String) throws(ExportProfileFault) -> ExportProfile {
    try ExportProfile.read(Array(text.utf8), file: "p.yaml")
  }

  static let small = """
    name: p
    title: 录入
    rows: person
    entered: yes
    columns:
      - {header: 序号, value: computed.number}
      - {header: 姓名, value: person.name, width: 10}
      - {header: 证件号码, value: person.id_number}
      - {header: 城乡, value: household.hukou, codes: {rural: 农村}}
      - {header: 类别, value: computed.category}
      - {header: 年龄, value: computed.age, type: integer}
      - {header: 自付, value: person.illness_out_of_pocket_fen, type: amount}
      - {header: 表种, constant: 基础}
    """

  static func township() -> Township {
    var town = MonthlyPaperTests.township()
    town.write(
      .roster, FactList.person, "h-1-1", of: "h-1",
      ["id_number": "130599196001010039", "illness_out_of_pocket_fen": "123456", "name": "=张三"])
    return town
  }

  @Test func columnsComeInOrderWithTheOtherSystemsWords() throws {
    let export = try Self.read(Self.small).export(Self.township().context())
    #expect(export.sheet.head.columns.map(\.header) == ["序号", "姓名", "证件号码", "城乡", "类别", "年龄", "自付", "表种"])
    let first = export.sheet.rows.first { $0[1] == .text("=张三") }
    #expect(first?.dropFirst(2).map(\.shown) == ["130599196001010039", "农村", "低保对象", "66", "1234.56", "基础"])
    #expect(export.sheet.rows.map { $0[0].shown } == ["1", "2", "3", "4"])
    #expect(export.entries.map(\.household) == ["h-1", "h-1", "h-1", "h-2"])
  }

  /// Of a household in which one person holds something, the others hold nothing, and their numbers are nobody's business.
  @Test func whoHoldsNothingIsNoRow() throws {
    let export = try Self.read(Self.small).export(Self.township().context())
    #expect(export.sheet.rows.filter { $0[1].shown.hasPrefix("李") }.map { $0[1].shown } == ["李成员2"])
    #expect(export.sheet.rows.allSatisfy { $0[4] != .empty })
    let households = try Self.read(Self.byHousehold).export(Self.township().context())
    #expect(households.sheet.rows.map { $0[0].shown } == ["张三", "李四光"])
    #expect(households.entries.map { [$0.household, $0.person ?? "", $0.kind] } == [["h-1", "", "lb"], ["h-2", "h-2-2", "lb"]])
  }

  static let byHousehold = """
    name: p
    title: 户
    rows: household
    entered: yes
    columns:
      - {header: 户主, value: household.head_name}
    """

  private func rows(_ town: Township, _ month: String = "2026-11", of profile: String = Self.small, all: Bool = false) throws -> [String] {
    try Self.read(profile).export(town.context(month), includesEntered: all).sheet.rows.map { $0[profile == Self.small ? 1 : 0].shown }
  }

  @Test func whatWasEnteredIsLeftOut() throws {
    var town = Self.township()
    for person in ["h-1-1", "h-1-2", "h-1-3"] { town.enter("h-1", person: person, "lb", through: "2026-11-15") }
    #expect(try rows(town) == ["李成员2"])
    #expect(try rows(town, of: Self.byHousehold) == ["李四光"], "every member was entered: so was the household")
    #expect(try rows(town, all: true).count == 4)
    let untracked = Self.small.replacingOccurrences(of: "entered: yes", with: "entered: no")
    #expect(try Self.read(untracked).export(town.context()).sheet.rows.count == 4)
  }

  @Test func whoIsGrantedSomethingLaterComesAgainAndTheOthersDoNot() throws {
    var town = Self.township()
    town.enter("h-1", person: nil, "lb", through: "2026-11-15")
    #expect(try rows(town) == ["李成员2"])
    town.write(
      .category, FactList.category, "c-5", of: "h-1", ["kind": "tk", "from": "2026-11-20", "amount_fen": "90000", "person": "h-1-3"])
    #expect(try rows(town, "2026-12") == ["张成员3", "李成员2"])
    #expect(try rows(town, "2026-12", of: Self.byHousehold) == ["张三", "李四光"])
    town.enter("h-1", person: "h-1-3", "tk", through: "2026-12-15")
    #expect(try rows(town, "2026-12") == ["李成员2"])
    // A member who came into a household that was entered person by person was never entered.
    town.enter("h-2", person: "h-2-2", "lb", through: "2026-12-15")
    #expect(try rows(town, "2026-12").isEmpty)
    town.household("h-6", "周六", members: 2, ["category": "lb"])
    for person in ["h-6-1", "h-6-2"] { town.enter("h-6", person: person, "lb", through: "2026-12-15") }
    #expect(try rows(town, "2026-12").isEmpty)
    town.write(.householdChange, FactList.person, "h-6-3", of: "h-6", ["name": "周新", "relation": "20"])
    #expect(try rows(town, "2026-12") == ["周新"])
  }

  @Test func whoLeavesAndIsGrantedTheSameAgainComesAgain() throws {
    var town = Self.township()
    town.enter("h-1", person: nil, "lb", through: "2026-11-15")
    town.write(.category, FactList.category, "c-1", of: "h-1", ["to": "2026-12-01", "end_reason": "income"])
    #expect(try rows(town, "2027-01") == ["李成员2"], "who holds nothing any more")
    town.write(.category, FactList.category, "c-6", of: "h-1", ["kind": "lb", "from": "2027-01-01"])
    #expect(try rows(town, "2027-01").count == 4)
  }

  /// The title names a sheet, and begins a file's name: it is no path.
  @Test(arguments: ["../x", "a/b", "a\\b", "a:b", "a?b", "a*b", "<a>", ".a", "a'b", "[a]", "\"a\"", String(repeating: "长", count: 32), "a\tb"])
  func aTitleIsNoPath(_ title: String) throws {
    let quoted = title.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    let text = Self.small.replacingOccurrences(of: "title: 录入", with: "title: \"\(quoted)\"")
    let fault = #expect(throws: ExportProfileFault.self) { try Self.read(text) }
    #expect(fault?.line == 2 && fault?.key == "title", "\(String(describing: fault))")
  }

  @Test(arguments: [
    ("value: person.name, width: 10", "value: persn.name", 7, "value"), ("computed.number", "computed.nothing", 6, "value"),
    ("rows: person", "rows: village", 3, "rows"), ("width: 10", "widht: 10", 7, "widht"), ("width: 10", "width: 0", 7, "width"),
    ("constant: 基础", "constant: 基础, value: computed.age", 13, "value"), ("header: 城乡", "header: 姓名", 9, "header"),
    ("entered: yes", "entered: perhaps", 4, "entered"),
    ("rows: person", "rows: household", 7, "value"),
  ])
  func aSlipNamesItsLine(_ right: String, _ wrong: String, _ line: Int, _ key: String) {
    let fault = #expect(throws: ExportProfileFault.self) { try Self.read(Self.small.replacingOccurrences(of: right, with: wrong)) }
    #expect(fault?.line == line && fault?.key == key, "\(String(describing: fault))")
  }

  /// The profile that ships is read, and knows only properties that the vocabulary has.
  @Test func theProfileThatShipsIsRead() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: root.appending(path: "seeds/exports/provincial.yaml"))
    let profile = try ExportProfile.read([UInt8](bytes), file: "provincial.yaml")
    let facts = try String(contentsOf: root.appending(path: "docs/facts.md"), encoding: .utf8)
    for column in profile.columns {
      switch column.value {
      case .household(let name), .person(let name): #expect(facts.contains("`\(name)`"), "\(column.header): \(name)")
      case .computed, .constant: break
      }
    }
    #expect(profile.tracksEntered && profile.columns.count > 20)
  }
}
