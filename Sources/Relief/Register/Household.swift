// A household (户) and its members as the register sees them. Both are entities with names for the fields the program
// itself needs; every other field stays reachable by its name.

public struct Household: Equatable, Sendable {
  public var id: String
  /// The village, as a field says it, else as the records about it are filed.
  public var division: Division?
  public var entity: Entity

  public var headName: String? { entity.shown("head_name") }
  public var address: String? { entity.shown("address") }
  public var group: String? { entity.shown("group") }
  public var phone: String? { entity.shown("phone") }
  /// Codes of 享受政策.
  public var schemes: [String] { entity.codes("schemes") }
  /// Code of the low-income category already granted.
  public var category: String? { entity.value("category") }
}

/// A member (成员).
public struct Person: Equatable, Sendable {
  public var id: String
  public var entity: Entity

  public var name: String? { entity.shown("name") }
  public var relation: String? { entity.value("relation") }
  public var phone: String? { entity.shown("phone") }

  /// The identity number, where one is stated and good.
  public var identity: IdentityNumber? {
    guard let text = entity.value("id_number") else { return nil }
    return try? IdentityNumber(text)
  }

  /// Where the person lives; of several that the register names and nobody has settled, the one that sorts first, so that whoever looks
  /// for the person looks in one place.
  public var household: String? { entity.fields["household"]?.candidates.map(\.value).first { !$0.isEmpty } }

  /// From the identity number; from the field only where there is no number.
  public var birth: CivilDate? { identity?.birth ?? entity.value("birth").flatMap { CivilDate($0) } }

  public var sex: IdentityNumber.Sex? { identity?.sex ?? entity.value("sex").flatMap { .init(rawValue: $0) } }

  /// Completed years on a day; nil where the birth date is not known to the day.
  public func age(on date: CivilDate) -> Int? { birth?.age(on: date) }
}

extension Register {
  public func household(_ id: String) -> Household? {
    guard let entity = entity(FactList.household, id) ?? emptyHousehold(id) else { return nil }
    return Household(id: id, division: division(of: id, entity.value("division")), entity: entity)
  }

  /// Households in a division, sorted by division, then by id. Each with every field: for a list over a township,
  /// `summaries(in:)` has one line a household at a hundredth of the cost.
  public func households(in division: Division? = nil) -> [Household] {
    summaries(in: division).compactMap { household($0.id) }
  }

  /// Members of a household today: who was placed in it and is not said to have left. In the order of the relation code,
  /// the head first, then by age, then by id. Somebody who was entered twice stands once (`same_as`).
  public func persons(of household: String) -> [Person] {
    let persons = personsNear(household).filter { isMember($0, of: household) }.compactMap { entity(at: $0) }
      .map { Person(id: $0.id, entity: $0) }
    return persons.sorted { left, right in
      let one = (relationOrder(left), left.birth?.dayNumber ?? .max, left.id)
      let other = (relationOrder(right), right.birth?.dayNumber ?? .max, right.id)
      return one < other
    }
  }

  /// Completed years of each member on a day, nil where the birth date is not known to the day: `persons(of:)` and `Person.age` for
  /// lists that need no more of them.
  func ages(of household: String, on day: CivilDate) -> [Int?] {
    let birth = store.texts.find("birth")
    return personsNear(household).filter { isMember($0, of: household) }.map { person in
      func said(_ name: UInt32) -> String? { value(name, of: person).map { store.texts.text($0) } }
      let number = said(names.idNumber).flatMap { try? IdentityNumber($0) }
      return (number?.birth ?? birth.flatMap { said($0) }.flatMap { CivilDate($0) })?.age(on: day)
    }
  }

  public func person(_ id: String) -> Person? {
    entity(FactList.person, id).map { Person(id: id, entity: $0) }
  }

  /// Households a person is counted in now, sorted. More than one is a conflict of the field `household`.
  public func households(ofPerson id: String) -> [String] {
    guard let entity = store.entity(FactList.person, id) else { return [] }
    return households(ofPerson: entity).map { store.texts.text($0) }.sorted()
  }

  func households(ofPerson entity: Int) -> [UInt32] {
    let stated = candidates(names.household, of: entity).map(\.value).filter { $0 != TextTable.empty }
    if !stated.isEmpty { return stated }
    let about = store.liveFacts(of: entity).map { store.rows[Int(store.facts[$0].record)].household }
    return Array(Set(about.filter { $0 != TextTable.empty }))
  }

  /// Persons that any record ever placed in a household, also those who left, each once.
  func personsNear(_ household: String) -> [Int] {
    store.texts.find(household).map { personsNear($0) } ?? []
  }

  func personsNear(_ household: UInt32) -> [Int] {
    var found: [Int] = []
    var seen: Set<Int> = []
    func take(_ fact: Int) {
      let entity = Int(store.facts[fact].entity)
      guard store.entities[entity].list == names.person, seen.insert(entity).inserted else { return }
      found.append(entity)
    }
    if let number = store.household(numbered: household) {
      for record in store.records(about: number) { for fact in store.facts(of: record) { take(fact) } }
    }
    for fact in mentions[household] ?? [] { take(fact) }
    return found
  }

  func isMember(_ person: Int, of household: String) -> Bool {
    store.texts.find(household).map { isMember(person, of: $0) } ?? false
  }

  func isMember(_ person: Int, of household: UInt32) -> Bool {
    // A contested membership shows the person: nobody disappears because two people wrote different things.
    guard store.isAlive(person), value(names.membership, of: person) != names.left,
      !isDuplicate(person)
    else { return false }
    return households(ofPerson: person).contains(household)
  }

  /// Whether somebody said that this entry is another one's person (`same_as`), so that the other one stands for both. Entries that are
  /// said to be each other in a circle all stay, and so does one whose other entry was taken back: nobody disappears because two
  /// laptops each kept another entry.
  func isDuplicate(_ person: Int) -> Bool {
    var walked: Set<Int> = [person]
    var last = person
    while let name = value(names.sameAs, of: last) {
      // An entry that is not here stands where it is.
      guard let next = store.entity(names.person, name) else { return true }
      guard walked.insert(next).inserted else { return next != person }
      guard walked.count <= Self.sameStepsMax else { return false }
      last = next
    }
    return last != person && store.isAlive(last)
  }

  /// How far a chain of `same_as` or `merged_into` is followed: no honest one is as long. Beyond it nobody is left out.
  static let sameStepsMax = 64

  private func relationOrder(_ person: Person) -> String {
    // GB/T 4761: 01 oneself, 02 head. No relation sorts last.
    person.relation ?? "~"
  }

  private func emptyHousehold(_ id: String) -> Entity? {
    guard records(about: id).contains(where: { store.holds($0) }) else { return nil }
    return Entity(list: FactList.household, id: id, label: nil, fields: [:])
  }

  /// The village that a household is counted in; nil where nothing says it. Its line has it.
  public func division(ofHousehold household: String) -> Division? { store.household(named: household).flatMap { division(ofNumber: $0) } }

  func division(ofNumber household: Int) -> Division? { household < summaries.count ? summaries[household]?.division : nil }

  func division(of household: String, _ stated: String?) -> Division? {
    if let stated, let division = Division(stated) { return division }
    let codes = Set(records(about: household).filter { store.holds($0) }.map { store.rows[$0].division })
      .map { store.texts.text($0) }
    let best = codes.max { ($0.utf8.count, $1) < ($1.utf8.count, $0) }
    return best.flatMap { Division($0) }
  }
}
