// What a roster says that does not fit what the county knows. A household has one head: rows that would leave it with none, or with two,
// are refused. What may be meant (a household that moves, a head who heads two households) is taken in and said with its line.

internal import Relief

extension County {
  /// 与户主关系 of the head, GB/T 4761.
  static let headRelation = "02"

  /// - Parameter before: what earlier rosters say.
  func compare(
    _ households: [RosterHousehold], with before: Register, _ problems: inout Problems
  ) async throws(CountyFault) -> [ImportNote] {
    let doubtful = households.filter { Self.isDoubtful($0, before) }
    // What laptops wrote of these since is asked of the whole register; of all others the rosters' own word is enough.
    let ids = Set(doubtful.map(\.household.entity))
    let register = ids.isEmpty ? Register() : try await guarded { try await store.register(about: ids) }
    var notes = doubtful.compactMap { Self.head($0, register, &problems) }
    for household in households {
      let known = before.value("division", of: FactList.household, household.household.entity)
      if let known, known != household.division {
        notes.append(ImportNote(line: household.line, what: .moved(from: known, to: household.division)))
      }
    }
    notes += Self.headsOfTwo(households, before)
    return notes.sorted { $0.line < $1.line }
  }

  /// Whether the file changes who is head, or says of none.
  private static func isDoubtful(_ household: RosterHousehold, _ before: Register) -> Bool {
    guard let head = household.head else { return heads(household, before).isEmpty }
    return before.entity(FactList.household, household.household.entity) != nil && heads(household, before).map(\.id) != [head.entity]
  }

  /// The heads a register has of a household, without those of whom the file says that they are none.
  private static func heads(_ household: RosterHousehold, _ register: Register) -> [Person] {
    let others = Set(household.persons.filter { !($0.value("relation") ?? "").isEmpty }.map(\.entity))
    let own = household.head?.entity
    return register.persons(of: household.household.entity).filter { person in
      person.relation == headRelation && (person.id == own || !others.contains(person.id))
    }
  }

  private static func head(_ household: RosterHousehold, _ register: Register, _ problems: inout Problems) -> ImportNote? {
    let known = heads(household, register)
    guard let head = household.head, let line = household.headLine else {
      if known.isEmpty { problems.add(household.line, "与户主关系", .noHead) }
      return nil
    }
    let others = known.filter { $0.id != head.entity }
    guard !others.isEmpty else { return nil }
    // The same human being under another number of the county's is the register's matter; another one is a slip in the file.
    guard others.allSatisfy({ isSame($0, head) }) else {
      problems.add(line, "与户主关系", .secondHead)
      return nil
    }
    return ImportNote(line: line, what: .sameHead)
  }

  private static func isSame(_ person: Person, _ fact: Fact) -> Bool {
    let (one, other) = (person.entity.value("id_number") ?? "", fact.value("id_number") ?? "")
    return one.isEmpty || other.isEmpty ? person.name == fact.value("name") : one == other
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
