// What a roster says that does not fit what the county knows: a household without a head, or with two; one that moves; a head who heads two
// households. All of it is taken in and said with its line: a county's list is never kept out because a household is between two heads.

internal import Relief

extension County {
  /// 与户主关系 of the head, GB/T 4761.
  static let headRelation = "02"

  /// - Parameter before: what earlier rosters say.
  func notes(of households: [RosterHousehold], beside before: Register) async throws(CountyFault) -> [ImportNote] {
    let named = Dictionary(
      households.flatMap { one in one.persons.map { ($0.entity, one) } }, uniquingKeysWith: { first, _ in first })
    let doubtful = households.filter { Self.isDoubtful($0, before, named) }
    // What laptops wrote of these since is asked of the whole register; of all others the rosters' own word is enough.
    let ids = Set(doubtful.map(\.household.entity))
    let register = ids.isEmpty ? Register() : try await guarded { try await store.register(about: ids) }
    var notes = doubtful.compactMap { Self.note($0, register, named) }
    for household in households {
      let known = before.value("division", of: FactList.household, household.household.entity)
      if let known, known != household.division {
        notes.append(ImportNote(line: household.line, what: .moved(from: known, to: household.division)))
      }
    }
    notes += Self.leftWithoutHead(named, households, before) + Self.headsOfTwo(households, before)
    return notes.sorted { $0.line < $1.line }
  }

  /// Whether the file changes who is head, or says of none.
  private static func isDoubtful(_ household: RosterHousehold, _ before: Register, _ named: [String: RosterHousehold]) -> Bool {
    let known = heads(household, before, named).map(\.id)
    guard let head = household.head else { return known.isEmpty }
    return before.entity(FactList.household, household.household.entity) != nil && known != [head.entity]
  }

  /// The heads a register has of a household, without those whom the file places in another one or says to be none.
  private static func heads(_ household: RosterHousehold, _ register: Register, _ named: [String: RosterHousehold]) -> [Person] {
    let others = Set(household.persons.filter { !($0.value("relation") ?? "").isEmpty }.map(\.entity))
    let own = household.head?.entity
    return register.persons(of: household.household.entity).filter { person in
      let place = named[person.id]?.household.entity
      return person.relation == headRelation && (place == nil || place == household.household.entity)
        && (person.id == own || !others.contains(person.id))
    }
  }

  private static func note(_ household: RosterHousehold, _ register: Register, _ named: [String: RosterHousehold]) -> ImportNote? {
    let known = heads(household, register, named)
    guard let head = household.head, let line = household.headLine else {
      return known.isEmpty ? ImportNote(line: household.line, what: .noHead) : nil
    }
    let others = known.filter { $0.id != head.entity }
    guard !others.isEmpty else { return nil }
    // The same human being under another number of the county's, or somebody else.
    return ImportNote(line: line, what: others.allSatisfy { isSame($0, head) } ? .sameHead : .secondHead)
  }

  private static func isSame(_ person: Person, _ fact: Fact) -> Bool {
    func folded(_ name: String?) -> String { (name ?? "").filter { !$0.isWhitespace } }
    let (one, other) = (person.entity.value("id_number") ?? "", fact.value("id_number") ?? "")
    return (!one.isEmpty && one == other) || folded(person.name) == folded(fact.value("name"))
  }

  /// Households that the file does not speak of, and whose head it places in another one.
  private static func leftWithoutHead(
    _ named: [String: RosterHousehold], _ households: [RosterHousehold], _ before: Register
  ) -> [ImportNote] {
    let spoken = Set(households.map(\.household.entity))
    return named.sorted { $0.key < $1.key }.compactMap { id, household -> ImportNote? in
      guard let person = before.person(id), person.relation == headRelation, let left = person.household, !spoken.contains(left)
      else { return nil }
      return ImportNote(line: household.line, what: .leftWithoutHead(village: before.value("division", of: FactList.household, left) ?? ""))
    }
  }

  /// Heads whose number is the head's of another household too, of the file or of earlier rosters.
  private static func headsOfTwo(_ households: [RosterHousehold], _ before: Register) -> [ImportNote] {
    var lines: [String: [(household: String, line: Int)]] = [:]
    for one in households {
      guard let number = one.head?.value("id_number"), !number.isEmpty, let line = one.headLine else { continue }
      lines[number, default: []].append((one.household.entity, line))
    }
    guard !lines.isEmpty else { return [] }
    let own = Set(households.filter { $0.head != nil }.map(\.household.entity))
    var villages: [String: String] = [:]
    for line in before.summaries() where !own.contains(line.id) {
      if let number = line.headIDNumber, lines[number] != nil { villages[number] = line.division?.code ?? "" }
    }
    return lines.flatMap { number, places in
      places.enumerated().compactMap { index, place -> ImportNote? in
        let other = index > 0 ? places[0].line : nil
        guard other != nil || villages[number] != nil else { return nil }
        return ImportNote(line: place.line, what: .headOfAnother(line: other, village: other == nil ? villages[number] : nil))
      }
    }
  }
}
