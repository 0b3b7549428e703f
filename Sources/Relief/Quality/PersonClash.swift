// 重号重户: one human being who stands in the register twice, found over a whole township. Either two persons have one identity number,
// or one person is counted in two households. Nothing is decided here: nobody disappears because two people wrote different things.

public struct PersonClash: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable {
    /// Different entities with one identity number, members of any household. Settled when one of them is said to have left, to be
    /// another (`same_as`), or gets another number.
    case sameNumber
    /// Two records place the person in two households and had not seen each other. Settled when one says that they left.
    case severalHouseholds
  }

  public var kind: Kind
  /// Entities, sorted.
  public var persons: [String]
  /// Households that they are counted in, sorted.
  public var households: [String]
  /// The identity number in its one form (18 characters, `X`); nil where it is not the matter.
  public var number: String?
}

extension Register {
  /// Those that touch a household of a division, sorted by household, then by person.
  ///
  /// A list over a township may not weigh sixty thousand people: only who shares a number, or whom records about more than one household
  /// speak of, is looked at.
  public func personClashes(in division: Division) -> [PersonClash] {
    func isHere(_ clash: PersonClash) -> Bool {
      clash.households.contains { summary(of: $0)?.division.map { division.contains($0) } ?? false }
    }
    func key(_ clash: PersonClash) -> [String] { clash.households + [""] + clash.persons + [clash.kind.rawValue] }
    return (sameNumbers() + severalHouseholds()).filter(isHere).sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  private func sameNumbers() -> [PersonClash] {
    var owners: [String: Set<Int>] = [:]
    func take(_ number: UInt32, as text: String) {
      for fact in numbered[number] ?? [] {
        let person = Int(store.facts[fact].entity)
        if isCounted(person), value(names.idNumber, of: person) == number { owners[text, default: []].insert(person) }
      }
    }
    for (number, facts) in numbered {
      let text = store.texts.text(number)
      let isWhole = text.utf8.count == 18 && text.utf8.last != UInt8(ascii: "x")
      // Nearly every number is written in its one form and has one owner.
      if isWhole, facts.allSatisfy({ store.facts[$0].entity == store.facts[facts[0]].entity }) { continue }
      guard let identity = try? IdentityNumber(text) else { continue }
      take(number, as: identity.text)
      if identity.text != text, let other = store.texts.find(identity.text) { take(other, as: identity.text) }
    }
    return owners.filter { $0.value.count > 1 }.map { number, persons in
      PersonClash(
        kind: .sameNumber, persons: persons.map { store.texts.text(store.entities[$0].id) }.sorted(),
        households: households(ofPersons: persons), number: number)
    }
  }

  private func severalHouseholds() -> [PersonClash] {
    // A fact that names another household than its record's is filed as a mention.
    var candidates = Set(mentions.values.joined().filter { store.list(of: $0) == names.person }.map { Int(store.facts[$0].entity) })
    candidates.formUnion((store.entitiesOfList[names.person]?.all ?? []).lazy.map { Int($0) }.filter { isSpokenOfInSeveral($0) })
    return candidates.filter { isCounted($0) }.compactMap { person in
      let households = households(ofPersons: [person])
      guard households.count > 1 else { return nil }
      return PersonClash(
        kind: .severalHouseholds, persons: [store.texts.text(store.entities[person].id)], households: households, number: nil)
    }
  }

  private func households(ofPersons persons: Set<Int>) -> [String] {
    Set(persons.flatMap { households(ofPerson: $0) }).map { store.texts.text($0) }.sorted()
  }

  /// Not said to have left, nor to be somebody else.
  private func isCounted(_ person: Int) -> Bool {
    store.isAlive(person) && value(names.membership, of: person) != names.left && !isDuplicate(person)
  }

  /// Whether the records that speak of them are about more than one household.
  private func isSpokenOfInSeveral(_ person: Int) -> Bool {
    var only = TextTable.empty
    var next = store.entities[person].last
    while next != 0 {
      let fact = store.facts[Int(next) - 1]
      let household = store.rows[Int(fact.record)].household
      if household != TextTable.empty, only != TextTable.empty, household != only { return true }
      if household != TextTable.empty { only = household }
      next = fact.earlier
    }
    return false
  }
}
