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
    var suspects = ClashSuspects()
    suspects.follow(self)
    return personClashes(in: division, among: suspects)
  }

  func personClashes(in division: Division, among suspects: ClashSuspects) -> [PersonClash] {
    func isHere(_ clash: PersonClash) -> Bool {
      clash.households.contains { summary(of: $0)?.division.map { division.contains($0) } ?? false }
    }
    func key(_ clash: PersonClash) -> [String] { clash.households + [""] + clash.persons + [clash.kind.rawValue] }
    let found = sameNumbers(suspects.numbers) + severalHouseholds(suspects.persons)
    return found.filter(isHere).sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  private func sameNumbers(_ suspects: Set<UInt32>) -> [PersonClash] {
    var owners: [String: Set<Int>] = [:]
    func take(_ number: UInt32, as text: String) {
      for fact in numbered[number] ?? [] {
        let person = Int(store.facts[fact].entity)
        if isCounted(person), value(names.idNumber, of: person) == number { owners[text, default: []].insert(person) }
      }
    }
    for number in suspects {
      let text = store.texts.text(number)
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

  private func severalHouseholds(_ suspects: Set<Int>) -> [PersonClash] {
    suspects.filter { isCounted($0) }.compactMap { person in
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
  fileprivate func isSpokenOfInSeveral(_ person: Int) -> Bool {
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

/// Whom to look at: numbers that are not written in their one form or that several people gave, and people whom records about more than
/// one household speak of. Records only add to them, so what came since is all that is ever read.
struct ClashSuspects: Sendable {
  private(set) var numbers: Set<UInt32> = []
  private(set) var persons: Set<Int> = []
  /// Facts that were read.
  private var factCount = 0

  /// - Parameter register: the one before, or a later state of it.
  mutating func follow(_ register: Register) {
    let store = register.store
    let isFirst = factCount == 0
    for fact in factCount..<store.facts.count where store.list(of: fact) == register.names.person {
      let person = Int(store.facts[fact].entity)
      if let number = store.value(register.names.idNumber, of: fact), number != TextTable.empty, isSuspect(number, in: register) {
        numbers.insert(number)
      }
      // A fact that names another household than its record's places the person there.
      let household = store.value(register.names.household, of: fact) ?? TextTable.empty
      let isElsewhere = household != TextTable.empty && household != store.rows[Int(store.facts[fact].record)].household
      if isElsewhere || (!isFirst && register.isSpokenOfInSeveral(person)) { persons.insert(person) }
    }
    // Each person once, instead of with each fact.
    if isFirst {
      let all = (store.entitiesOfList[register.names.person]?.all ?? []).lazy.map { Int($0) }
      persons.formUnion(all.filter { register.isSpokenOfInSeveral($0) })
    }
    factCount = store.facts.count
  }

  /// Nearly every number is written in its one form and has one owner.
  private func isSuspect(_ number: UInt32, in register: Register) -> Bool {
    let text = register.store.texts.text(number)
    guard text.utf8.count == 18, text.utf8.last != UInt8(ascii: "x") else { return true }
    let facts = register.numbered[number] ?? []
    return facts.contains { register.store.facts[$0].entity != register.store.facts[facts[0]].entity }
  }
}
