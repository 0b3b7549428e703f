// A visit beside the one before it (与上次相比): field by field, what came, what went, what changed. Labels are the form's
// business.

public struct VisitDifference: Equatable, Sendable {
  public enum Kind: String, Sendable { case added, removed, changed }

  public var kind: Kind
  public var list: String
  /// As the newer visit names it; the older one's where it is gone.
  public var entity: String
  public var label: String?
  public var property: String
  public var before: String?
  public var now: String?
}

public enum VisitComparison {
  /// Asked anew at every visit: a difference there says nothing.
  private static let passing: Set<String> = [
    "date", "started", "ended", "campaign", "form_number", "next_visit", "signature_form", "found",
  ]

  /// In the order the newer visit states things, then what is gone. A property that one visit does not speak of is no
  /// change: not asked is not emptied. Emptied is. Beside none, everything is added.
  public static func differences(_ now: Visit, beside before: Visit?) -> [VisitDifference] {
    let older = merged(before?.facts ?? [])
    let newer = merged(now.facts)
    var pairs: [(new: Fact, old: Fact?)] = []
    var matched: Set<String> = []
    for fact in newer {
      let same = older.first { old in old.list == fact.list && old.entity == fact.entity }
      // What belongs to one visit may come under a new id: the same kind for the same person is the same thing.
      let twin =
        same
        ?? older.first { old in
          old.list == fact.list && !matched.contains(key(old)) && isTwin(old, fact)
            && !newer.contains { $0.list == old.list && $0.entity == old.entity }
        }
      if let twin { matched.insert(key(twin)) }
      pairs.append((fact, twin))
    }
    var found = pairs.flatMap { differences($0.new, $0.old) }
    // Only what the newer visit speaks of at all can be gone from it.
    let spoken = Set(newer.map(\.list))
    for fact in older where spoken.contains(fact.list) && !matched.contains(key(fact)) {
      found += fact.properties.filter { !$0.value.isEmpty && !passing.contains($0.name) }.map {
        VisitDifference(
          kind: .removed, list: fact.list, entity: fact.entity, label: fact.label, property: $0.name, before: $0.value,
          now: nil)
      }
    }
    return found
  }

  private static func differences(_ new: Fact, _ old: Fact?) -> [VisitDifference] {
    new.properties.compactMap { property in
      if passing.contains(property.name) { return nil }
      let before = old?.value(property.name).flatMap { $0.isEmpty ? nil : $0 }
      let now = property.value.isEmpty ? nil : property.value
      if before == now { return nil }
      let kind: VisitDifference.Kind = before == nil ? .added : now == nil ? .removed : .changed
      return VisitDifference(
        kind: kind, list: new.list, entity: new.entity, label: new.label ?? old?.label, property: property.name,
        before: before, now: now)
    }
  }

  /// A visit is the visit, whatever its id. Risks, income… are the same where kind, person and section are.
  private static func isTwin(_ old: Fact, _ new: Fact) -> Bool {
    if new.list == FactList.visit { return true }
    if new.list == FactList.household || new.list == FactList.person { return false }
    return ["kind", "person", "section", "period"].allSatisfy { old.value($0) == new.value($0) }
  }

  /// One fact an entity, its last word for each property, in the order first said.
  private static func merged(_ facts: [Fact]) -> [Fact] {
    var order: [String] = []
    var byKey: [String: Fact] = [:]
    for fact in facts {
      let key = key(fact)
      guard var known = byKey[key] else {
        order.append(key)
        var first = fact
        first.properties = []
        for property in fact.properties { set(property, in: &first) }
        byKey[key] = first
        continue
      }
      known.label = fact.label ?? known.label
      for property in fact.properties { set(property, in: &known) }
      byKey[key] = known
    }
    return order.compactMap { byKey[$0] }
  }

  private static func set(_ property: Property, in fact: inout Fact) {
    if let place = fact.properties.firstIndex(where: { $0.name == property.name }) {
      fact.properties[place] = property
    } else {
      fact.properties.append(property)
    }
  }

  private static func key(_ fact: Fact) -> String { fact.list + " " + fact.entity }
}
