// Entities about one household, of any list.

extension Register {
  /// Entities of a list that records about a household speak of, and whose own word does not place them elsewhere. Sorted by id.
  public func entities(of list: String, household: String) -> [Entity] {
    let found = entityNumbers(of: list, about: household).compactMap { entity(at: $0) }.sorted { $0.id < $1.id }
    return found.filter { entity in
      guard let stated = entity.fields["household"] else { return true }
      return stated.candidates.contains { $0.value == household }
    }
  }

  /// Entities of a list that records that hold about a household speak of.
  func entityNumbers(of list: String, about household: String) -> Set<Int> {
    guard let list = store.texts.find(list) else { return [] }
    var found: Set<Int> = []
    for index in records(about: household) where store.holds(index) {
      for fact in store.facts(of: index) where store.list(of: fact) == list { found.insert(Int(store.facts[fact].entity)) }
    }
    return found
  }
}

extension Register {
  /// The household that an entity belongs to: as it says, else as the records that state it are filed.
  public func household(of list: String, _ entity: String) -> String? {
    if let stated = value("household", of: list, entity), !stated.isEmpty { return stated }
    return statements(of: list, entity).compactMap(\.record.household).min()
  }
}
