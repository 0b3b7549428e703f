// A made-up township of two villages to make papers of. Region 130599 is assigned to nobody; people and numbers are made up.

import Papers
import Relief
import Tables

struct Township {
  static let code = "130599100"
  static let east = "130599100201"
  static let west = "130599100202"
  static var division: Division {
    guard let division = Division(code) else { fatalError("no division \(code)") }
    return division
  }

  /// What must never leave with an extract: of each person a number, a telephone, an illness, a birth.
  static let numbers = ["130599195203070012", "130599201901010029"]
  static let phones = ["13800000001", "13900000002"]
  static let secrets =
    numbers + phones + [
      "尿毒症", "1952-03-07", "19520307", "2019-01-01", "20190101", "13052319520307", "6228480000000001", "130599620301011234", "王秘密", "患",
      "残疾",
    ]

  var register = Register()
  var rules: CaseRules
  private var number = 1_000

  init() {
    var clocks = CaseClocks()
    clocks[.supplementWorkdays] = 10
    clocks[.referralWorkdays] = 5
    rules = CaseRules(clocks: clocks)
    place(Self.code, "示范镇")
    place(Self.east, "东庄村")
    place(Self.west, "西庄村")
  }

  mutating func place(_ code: String, _ name: String) {
    write(.division, household: nil, in: code, Fact(list: FactList.division, entity: code, properties: [Property("name", name)]))
  }

  /// A record of one fact, which has seen what there was.
  mutating func write(
    _ type: RecordType, household: String?, in division: String = Township.east, _ fact: Fact, on day: String = "2026-01-01",
    by role: Role = .county
  ) {
    number += 1
    let digits = String(number)
    register.apply(
      Record(
        id: "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits, type: type, household: household,
        division: division,
        author: Author(person: "p-" + role.rawValue, name: "经办", role: role), device: "d1", wall: day + "T10:00:00+08:00",
        supersedes: register.recordsSeen(household: household, facts: [fact]), facts: [fact]))
  }

  mutating func write(
    _ type: RecordType, _ list: String, _ entity: String, of household: String?, in division: String = Township.east,
    on day: String = "2026-01-01",
    by role: Role = .county, _ properties: [String: String]
  ) {
    let stated = (household.map { ["household": $0] } ?? [:]).merging(properties) { $1 }
    let fact = Fact(list: list, entity: entity, properties: stated.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    write(type, household: household, in: division, fact, on: day, by: role)
  }

  /// Writes down that a kind of a person, or of a household as a whole, was typed into the provincial system.
  mutating func enter(_ household: String, person: String?, _ kind: String, through: String, on day: String = "2026-11-20") {
    write(
      .householdChange, FactList.provincialEntry, "e-\(person ?? household)-\(kind)", of: household,
      ["kind": kind, "through": through, "date": day].merging(person.map { ["person": $0] } ?? [:]) { $1 })
  }

  /// A household with its head and so many members in all.
  mutating func household(_ id: String, _ head: String, members: Int, in village: String = Township.east, _ more: [String: String] = [:])
  {
    let stated = ["division": village, "head_name": head, "head_id_number": "130599196001010012", "hukou": "rural"].merging(more) { $1 }
    let fact = Fact(
      list: FactList.household, entity: id, properties: stated.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
    write(.roster, household: id, in: village, fact)
    for member in 1...members {
      write(
        .roster, FactList.person, "\(id)-\(member)", of: id, in: village,
        ["name": member == 1 ? head : "\(head.prefix(1))成员\(member)", "relation": member == 1 ? "02" : "20"])
    }
  }

  /// - Parameter month: November 2026 runs from 16 October to 15 November.
  func context(_ month: String = "2026-11", settleDay: Int = 15, in division: Division = Township.division, today: CivilDate? = nil)
    -> PaperContext
  {
    guard let days = PaperDays(month: month, settleDay: settleDay) else { fatalError("no month \(month)") }
    return PaperContext(register, in: division, days, rules, today: today, labels: Self.labels, seed: 7)
  }

  static var labels: CodeLabels {
    var labels = CodeLabels()
    for (list, code, label) in [
      ("category", "lb", "低保对象"), ("category", "by", "低保边缘家庭"), ("end_reason", "income", "收入超过标准"), ("hukou", "rural", "农村"),
      ("left_reason", "dead", "去世"), ("relation", "20", "子"), ("department", "health", "卫健局"), ("department", "housing", "住建局"),
      ("need", "medical", "医疗"),
      ("need", "housing", "住房"), ("funding", "reserve", "乡镇备用金"), ("form", "money", "资金"), ("publicity_channel", "leaflet", "政策明白纸"),
    ] { labels.name(code, in: list, label) }
    return labels
  }

  func sheets(_ name: String, _ month: String = "2026-11", settleDay: Int = 15) -> [Sheet] {
    Paper.named(name)?.sheets(context(month, settleDay: settleDay)) ?? []
  }

  /// The rows of a paper's only sheet as texts, as somebody reads them.
  func rows(_ name: String, _ month: String = "2026-11", settleDay: Int = 15) -> [[String]] {
    let sheets = sheets(name, month, settleDay: settleDay)
    return sheets.count == 1 ? sheets[0].rows.map { $0.map(\.shown) } : []
  }
}

extension TableValue {
  var shown: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .integer(let number): String(number)
    case .amountFen(let fen): Money(fen: fen).yuan
    case .date(let year, let month, let day): CivilDate(year: year, month: month, day: day)?.description ?? "?"
    }
  }
}
