// Entities about one household, of any list.

extension Register {
  /// Entities of a list that records about a household speak of, and whose own word does not place them elsewhere. Sorted by id.
  public func entities(of list: String, household: String) -> [Entity] {
    var ids: Set<String> = []
    for index in aboutHousehold[household] ?? [] where entries[index].holds {
      for fact in entries[index].record.facts where fact.list == list { ids.insert(fact.entity) }
    }
    return ids.sorted().compactMap { entity(list, $0) }.filter { entity in
      guard let stated = entity.fields["household"] else { return true }
      return stated.candidates.contains { $0.value == household }
    }
  }
}
