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

  /// From the identity number; from the field only where there is no number.
  public var birth: CivilDate? { identity?.birth ?? entity.value("birth").flatMap { CivilDate($0) } }

  public var sex: IdentityNumber.Sex? { identity?.sex ?? entity.value("sex").flatMap { .init(rawValue: $0) } }

  /// Completed years on a day; nil where the birth date is not known to the day.
  public func age(on date: CivilDate) -> Int? { birth?.age(on: date) }
}

extension Register {
  public func household(_ id: String) -> Household? {
    let about = aboutHousehold[id] ?? []
    guard let entity = entity(FactList.household, id) ?? emptyHousehold(id, about) else { return nil }
    return Household(id: id, division: division(of: id, entity.value("division")), entity: entity)
  }

  /// Households in a division, sorted by division, then by id.
  public func households(in division: Division? = nil) -> [Household] {
    householdIDs.compactMap { household($0) }.filter { household in
      guard let division else { return true }
      return household.division.map { division.contains($0) } ?? false
    }.sorted { ($0.division?.code ?? "", $0.id) < ($1.division?.code ?? "", $1.id) }
  }

  /// Every household that a record that holds is about, unsorted.
  var householdIDs: Set<String> {
    var ids = Set(aboutHousehold.filter { $0.value.contains { entries[$0].holds } }.keys)
    ids.formUnion(entities(of: FactList.household))
    return ids
  }

  /// Members of a household today: who was placed in it and is not said to have left. In the order of the relation code,
  /// the head first, then by age, then by id.
  public func persons(of household: String) -> [Person] {
    let persons = (personsNear[household] ?? []).compactMap { person($0) }.filter {
      isMember($0.entity, of: household)
    }
    return persons.sorted { left, right in
      let one = (relationOrder(left), left.birth?.dayNumber ?? .max, left.id)
      let other = (relationOrder(right), right.birth?.dayNumber ?? .max, right.id)
      return one < other
    }
  }

  public func person(_ id: String) -> Person? {
    entity(FactList.person, id).map { Person(id: id, entity: $0) }
  }

  /// Households a person is counted in now, sorted. More than one is a conflict of the field `household`.
  public func households(ofPerson id: String) -> [String] {
    let stated = field("household", of: FactList.person, id)?.candidates.map(\.value).filter { !$0.isEmpty } ?? []
    if !stated.isEmpty { return stated }
    return Set(liveSources(FactList.person, id).compactMap { entries[$0.entry].record.household }).sorted()
  }

  private func isMember(_ person: Entity, of household: String) -> Bool {
    // A contested membership shows the person: nobody disappears because two people wrote different things.
    if person.value("membership") == "left" { return false }
    return households(ofPerson: person.id).contains(household)
  }

  private func relationOrder(_ person: Person) -> String {
    // GB/T 4761: 01 oneself, 02 head. No relation sorts last.
    person.relation ?? "~"
  }

  private func emptyHousehold(_ id: String, _ about: [Int]) -> Entity? {
    guard about.contains(where: { entries[$0].holds }) else { return nil }
    return Entity(list: FactList.household, id: id, label: nil, fields: [:])
  }

  func division(of household: String, _ stated: String?) -> Division? {
    if let stated, let division = Division(stated) { return division }
    let codes = (aboutHousehold[household] ?? []).filter { entries[$0].holds }.map { entries[$0].record.division }
    let best = Set(codes).max { ($0.utf8.count, $1) < ($1.utf8.count, $0) }
    return best.flatMap { Division($0) }
  }
}
