// A made-up village to fold: short ways to write records. Region 130599 is assigned to nobody.

import Relief

enum Village {
  static let code = "130599100201"
  static let household = "10000000-0000-4000-8000-000000000001"
  static let head = "20000000-0000-4000-8000-000000000001"
  static let visitEntity = "30000000-0000-4000-8000-000000000001"

  static let cadre = Author(person: "p1", name: "赵试用", role: .cadre)
  static let supervisor = Author(person: "p2", name: "钱审核", role: .supervisor)

  /// Record ids that differ in their last digits.
  static func id(_ number: Int) -> String {
    let digits = String(number)
    return "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static func record(
    _ number: Int, _ type: RecordType, supersedes: [Int] = [], household: String? = Village.household,
    wall: String = "2026-11-24T09:30:05+08:00", facts: [Fact] = [], body: [String: String] = [:]
  ) -> Record {
    Record(
      id: id(number), type: type, household: household, division: code,
      author: type == .review ? supervisor : cadre, device: "d1", wall: wall,
      supersedes: supersedes.map { id($0) }, facts: facts, body: body)
  }

  static func householdFact(_ properties: [String: String]) -> Fact {
    fact(FactList.household, household, properties)
  }

  static func fact(_ list: String, _ entity: String, _ properties: [String: String]) -> Fact {
    Fact(
      list: list, entity: entity,
      properties: properties.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) })
  }

  static func visit(
    _ number: Int, _ type: RecordType = .visit, on date: String, supersedes: [Int] = [], entity: String = visitEntity,
    _ household: [String: String] = [:], more: [Fact] = []
  ) -> Record {
    var facts = [fact(FactList.visit, entity, ["date": date, "result": "none"])]
    if !household.isEmpty { facts.append(householdFact(household)) }
    return record(number, type, supersedes: supersedes, wall: date + "T10:00:00+08:00", facts: facts + more)
  }
}

extension Register {
  init(_ records: [Record]) {
    self.init()
    for record in records { apply(record) }
  }

  func phone() -> [String] {
    field("phone", of: FactList.household, Village.household)?.candidates.map(\.value) ?? []
  }

  /// Everything a register says, as text: two registers are the same if these are.
  var portrait: [String] {
    var lines: [String] = []
    for household in households() {
      lines.append("household \(household)")
      lines += persons(of: household.id).map { "person \($0)" }
      lines += visits(of: household.id).map { "visit \($0)" }
      lines.append("seen \(recordsSeen(household: household.id, facts: []))")
    }
    lines += sweep(on: .today, in: .everywhere).map { "sweep \($0)" }
    lines += forms().map { "form \($0)" }
    lines += divisions().map { "division \($0)" }
    lines += conflicts().map { "conflict \($0)" }
    lines += flags.map { "flag \($0)" }
    // Dictionaries print in any order: what they hold is compared by sorting the letters of each line.
    return lines.map { String($0.sorted()) }
  }
}
