// EntityLists: the rows of a form's entity lists (`EntityListFile`) for one household: its persons, risks, needs, emergencies, referrals,
// care plans, and the other households of its village.

public import Relief

public struct EntityLists {
  private let household: String
  private let register: Register
  private let unnamed: String
  private let neighboursMax: Int

  /// - Parameters:
  ///   - unnamed: what stands for a person without a name.
  ///   - neighboursMax: how many other households of the village are offered.
  public init(_ household: String, _ register: Register, unnamed: String, neighboursMax: Int) {
    (self.household, self.register, self.unnamed, self.neighboursMax) = (household, register, unnamed, neighboursMax)
  }

  public func csv(_ file: String) -> [UInt8] {
    guard let list = EntityListFile.list(of: file) else { return EntityListFile.empty }
    let rows =
      switch list {
      case FactList.person: persons
      case FactList.household: neighbours
      default: others(list)
      }
    let lines = rows.map { "\(Self.quoted($0.id)),\(Self.quoted($0.label)),\(Self.quoted(household))\n" }
    return EntityListFile.empty + Array(lines.joined().utf8)
  }

  private typealias Row = (id: String, label: String)

  private var persons: [Row] {
    register.persons(of: household).map { person in
      let birth = person.birth.map { String($0.year) } ?? ""
      return (person.id, [person.name ?? unnamed, birth].filter { !$0.isEmpty }.joined(separator: " "))
    }
  }

  private var neighbours: [Row] {
    guard let division = register.household(household)?.division else { return [] }
    return register.summaries(in: division).filter { $0.id != household }.prefix(neighboursMax).map { other in
      let group = register.value("group", of: FactList.household, other.id) ?? ""
      return (other.id, [other.headName ?? unnamed, group].filter { !$0.isEmpty }.joined(separator: " "))
    }
  }

  /// Newest first, by the day the entity names.
  private func others(_ list: String) -> [Row] {
    let entities = register.entities(of: list, household: household)
    let dated = entities.map { entity in
      let day = ["date", "found", "from"].compactMap { entity.value($0) }.first ?? ""
      let name = [entity.value("number"), entity.label, entity.value("detail"), entity.value("kind")].compactMap { $0 }.first ?? ""
      return (day: day, row: (id: entity.id, label: [name, day].filter { !$0.isEmpty }.joined(separator: " ")))
    }
    return dated.sorted { ($1.day, $0.row.id) < ($0.day, $1.row.id) }.map(\.row)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" ? "\"\"" : $0.isNewline ? " " : String($0) }.joined() + "\""
  }
}
