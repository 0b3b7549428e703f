// What is left of a field. Between records that hold, a value falls to another one of the same field when the other's
// record had seen it: it supersedes it, directly or through records it supersedes. An amendment that repeats what the
// amended record said is superseded by whoever superseded that, so correcting one field of an old visit does not revive
// its others against a newer visit. Values nobody had seen when writing another stand beside it: a conflict.
//
// If every value falls (records that supersede each other in a circle), all are kept.

extension Register {
  /// An entity with all its fields, nil if no record that holds speaks of it.
  public func entity(_ list: String, _ id: String) -> Entity? {
    let live = liveSources(list, id)
    guard !live.isEmpty else { return nil }
    var stated: [String: [Int: String]] = [:]
    var labels: [Int: String] = [:]
    for source in live {
      let fact = fact(source)
      if let label = fact.label { labels[source.entry] = label }
      for property in fact.properties { stated[property.name, default: [:]][source.entry] = property.value }
    }
    var memory = Ancestry()
    var entity = Entity(list: list, id: id, label: nil, fields: [:])
    for (name, values) in stated { entity.fields[name] = surviving(values, among: live, { $0.value(name) }, &memory) }
    if !labels.isEmpty {
      entity.label = surviving(labels, among: live, { $0.label }, &memory).candidates.first?.value
    }
    return entity
  }

  /// One field alone, for lists over many entities.
  public func field(_ name: String, of list: String, _ id: String) -> Field? {
    var memory = Ancestry()
    return field(name, of: liveSources(list, id), &memory)
  }

  /// Value of one field, nil where it is not stated, in a conflict, or emptied.
  public func value(_ name: String, of list: String, _ id: String) -> String? {
    let live = liveSources(list, id)
    // The usual case, over tens of thousands of people: everybody who speaks of it says the same.
    var only: String?
    var differs = false
    for source in live {
      guard let value = fact(source).value(name) else { continue }
      if let only, only != value { differs = true }
      only = value
    }
    if differs {
      var memory = Ancestry()
      only = field(name, of: live, &memory)?.value
    }
    return only.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Entities of a list that some record that holds speaks of, sorted.
  public func entities(of list: String) -> [String] {
    (sources[list] ?? [:]).filter { $0.value.contains { entries[$0.entry].holds } }.keys.sorted()
  }

  /// Every field with more than one value left, sorted by list, entity, property; of one household, those its records
  /// speak of.
  public func conflicts(household: String? = nil) -> [Conflict] {
    var found: [Conflict] = []
    for (list, ids) in household.map({ spokenOf(in: $0) }) ?? sources.mapValues({ Set($0.keys) }) {
      for id in ids where mayContradict(list, id) {
        guard let entity = entity(list, id) else { continue }
        for name in entity.conflicts {
          guard let field = entity.fields[name] else { continue }
          found.append(Conflict(list: list, entity: id, property: name, candidates: field.candidates))
        }
      }
    }
    return found.sorted { ($0.list, $0.entity, $0.property) < ($1.list, $1.entity, $1.property) }
  }

  private func spokenOf(in household: String) -> [String: Set<String>] {
    var spoken: [String: Set<String>] = [:]
    for index in aboutHousehold[household] ?? [] where entries[index].holds {
      for fact in entries[index].record.facts { spoken[fact.list, default: []].insert(fact.entity) }
    }
    return spoken
  }

  /// Where only one record speaks there is nothing to contradict.
  private func mayContradict(_ list: String, _ id: String) -> Bool {
    let live = liveSources(list, id)
    return live.contains { $0.entry != live[0].entry }
  }

  /// The records a new record must name as superseded so that what it states takes the place of what its writer saw:
  /// those that hold and speak of the household or of an entity the new facts state, without those that another of them
  /// has superseded already. Sorted.
  public func recordsSeen(household: String?, facts: [Fact]) -> [String] {
    var speaking: Set<Int> = []
    if let household {
      for index in aboutHousehold[household] ?? [] where !entries[index].record.facts.isEmpty { speaking.insert(index) }
    }
    for fact in facts { for source in liveSources(fact.list, fact.entity) { speaking.insert(source.entry) } }
    speaking = speaking.filter { entries[$0].holds }
    // Records that supersede each other in a circle cover each other: then name them all.
    let heads = speaking.subtracting(reached(from: speaking))
    return (heads.isEmpty ? speaking : heads).map { entries[$0].record.id }.sorted()
  }

  // MARK: How it is computed

  /// Remembers, during one question, what each record had seen.
  struct Ancestry {
    var known: [Int: Set<Int>] = [:]
  }

  func liveSources(_ list: String, _ id: String) -> [Source] {
    (sources[list]?[id] ?? []).filter { entries[$0.entry].holds }
  }

  func fact(_ source: Source) -> Fact { entries[source.entry].record.facts[source.fact] }

  func field(_ name: String, of live: [Source], _ memory: inout Ancestry) -> Field? {
    let all = candidates(of: live) { $0.value(name) }
    return all.isEmpty ? nil : surviving(all, among: live, { $0.value(name) }, &memory)
  }

  /// By record: what it says last about the field.
  private func candidates(of live: [Source], _ read: (Fact) -> String?) -> [Int: String] {
    var found: [Int: String] = [:]
    for source in live { if let value = read(fact(source)) { found[source.entry] = value } }
    return found
  }

  private func surviving(
    _ all: [Int: String], among live: [Source], _ read: (Fact) -> String?, _ memory: inout Ancestry
  ) -> Field {
    var left = all
    // Almost always there is one value, and then nobody's word has to be weighed.
    if let one = all.values.first, all.values.allSatisfy({ $0 == one }) {
      return Field(candidates: [.init(value: one, records: all.keys.map { entries[$0].record.id }.sorted())])
    }
    let below = reached(from: Set(all.keys))
    let fallen = all.filter { index, value in
      if below.contains(index) { return true }
      // What it amends is below itself; it falls only with what another one had seen.
      guard entries[index].record.type == .amendment else { return false }
      let amended = identities(of: index, saying: value, live, read).subtracting([index])
      return all.keys.contains { $0 != index && !ancestors(of: $0, &memory).isDisjoint(with: amended) }
    }
    if fallen.count < all.count { left = all.filter { fallen[$0.key] == nil } }
    let grouped = Dictionary(grouping: left.keys) { left[$0] ?? "" }
    return Field(
      candidates: grouped.keys.sorted().map { value in
        .init(value: value, records: (grouped[value] ?? []).map { entries[$0].record.id }.sorted())
      })
  }

  /// The record itself, and the records it amends that said the same of this field.
  private func identities(of index: Int, saying value: String, _ live: [Source], _ read: (Fact) -> String?) -> Set<Int>
  {
    var selves: Set<Int> = [index]
    guard let first = live.first(where: { $0.entry == index }) else { return selves }
    let entity = fact(first)
    var open = [index]
    while let next = open.popLast() {
      guard entries[next].record.type == .amendment else { continue }
      for id in entries[next].record.supersedes {
        guard let amended = indexes[id], !selves.contains(amended) else { continue }
        let facts = entries[amended].record.facts.filter { $0.list == entity.list && $0.entity == entity.entity }
        guard facts.compactMap(read).last == value else { continue }
        selves.insert(amended)
        open.append(amended)
      }
    }
    return selves
  }

  /// Every record that one of these had seen, directly or through others; a starting one only where another (or a circle)
  /// leads to it. One walk, however many there are.
  private func reached(from start: Set<Int>) -> Set<Int> {
    var reached: Set<Int> = []
    var walked = start
    var open = Array(start)
    while let next = open.popLast() {
      for id in entries[next].record.supersedes {
        guard let older = indexes[id] else { continue }
        reached.insert(older)
        if walked.insert(older).inserted { open.append(older) }
      }
    }
    return reached
  }

  /// Every record this one had seen: itself, what it supersedes, what those supersede.
  private func ancestors(of index: Int, _ memory: inout Ancestry) -> Set<Int> {
    if let known = memory.known[index] { return known }
    var seen: Set<Int> = [index]
    var open = [index]
    while let next = open.popLast() {
      for id in entries[next].record.supersedes {
        guard let older = indexes[id], seen.insert(older).inserted else { continue }
        open.append(older)
      }
    }
    memory.known[index] = seen
    return seen
  }
}
