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
    #expect(export.households == ["h-1", "h-2"])
    let first = export.sheet.rows.first { $0[1] == .text("=张三") }
    #expect(first?.dropFirst(2).map(\.shown) == ["130599196001010039", "农村", "低保对象", "66", "1234.56", "基础"])
    #expect(export.sheet.rows.map { $0[0].shown } == ["1", "2", "3", "4", "5"])
    // Of the household where one person holds it, the other does not.
    #expect(export.sheet.rows.filter { $0[4] == .empty }.count == 1)
  }

  @Test func whatWasEnteredIsLeftOut() throws {
    var town = Self.township()
    town.write(.householdChange, FactList.household, "h-1", of: nil, ["entered": "yes", "entered_date": "2026-11-20"])
    let profile = try Self.read(Self.small)
    #expect(profile.export(town.context()).households == ["h-2"])
    #expect(profile.export(town.context(), includesEntered: true).households == ["h-1", "h-2"])
    let untracked = try Self.read(Self.small.replacingOccurrences(of: "entered: yes", with: "entered: no"))
    #expect(untracked.export(town.context()).households == ["h-1", "h-2"])
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
