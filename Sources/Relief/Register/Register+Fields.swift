// What is left of a field. Between records that hold, a value falls to another one of the same field when the other's
// record had seen it: it supersedes it, directly or through records it supersedes. An amendment that repeats what the
// amended record said is superseded by whoever superseded that, so correcting one field of an old visit does not revive
// its others against a newer visit. Values nobody had seen when writing another stand beside it: a conflict.
//
// If every value falls (records that supersede each other in a circle), all are kept.

extension Register {
  /// An entity with all its fields, nil if no record that holds speaks of it.
  public func entity(_ list: String, _ id: String) -> Entity? {
    store.entity(list, id).flatMap { entity(at: $0) }
  }

  func entity(at index: Int) -> Entity? {
    let live = store.liveFacts(of: index)
    guard !live.isEmpty else { return nil }
    let row = store.entities[index]
    var entity = Entity(list: store.texts.text(row.list), id: store.texts.text(row.id), label: nil, fields: [:])
    var weighing = Weighing(live)
    var ids: [Int: String] = [:]
    if let table = StatementTable(live, store) {
      fill(&entity, table, &weighing, &ids)
      return entity
    }
    let statements = statements(live)
    entity.fields.reserveCapacity(32)
    for run in runs(of: statements.properties) {
      let stated = lastOfEach(statements.properties[run])
      let candidates = surviving(stated, .property(statements.properties[run.lowerBound].name), &weighing)
      entity.fields[store.texts.text(statements.properties[run.lowerBound].name)] = field(candidates, &ids)
    }
    if !statements.labels.isEmpty {
      let stated = lastOfEach(statements.labels[...])
      entity.label = field(surviving(stated, .label, &weighing), &ids).candidates.first?.value
    }
    return entity
  }

  /// The fields of an entity of which every record speaks once: nearly all. The same as the general way, without sorting.
  private func fill(_ entity: inout Entity, _ table: StatementTable, _ weighing: inout Weighing, _ ids: inout [Int: String]) {
    entity.fields.reserveCapacity(table.names.count)
    var known: [UInt64: [String]] = [:]
    for column in table.names.indices {
      let name = store.texts.text(table.names[column])
      guard let (value, rows) = table.agreed(column) else {
        entity.fields[name] = field(surviving(table.stated(column), .property(table.names[column]), &weighing), &ids)
        continue
      }
      let records = known[rows] ?? table.records.indices.filter { rows >> UInt64($0) & 1 == 1 }.map { row in
        let id = ids[table.records[row]] ?? store.texts.text(store.rows[table.records[row]].id)
        ids[table.records[row]] = id
        return id
      }.sorted()
      known[rows] = records
      entity.fields[name] = Field(candidates: [Field.Candidate(value: store.texts.text(value), records: records)])
    }
    if !table.labels.isEmpty {
      entity.label = field(surviving(table.labels, .label, &weighing), &ids).candidates.first?.value
    }
  }

  /// One field alone, for lists over many entities.
  public func field(_ name: String, of list: String, _ id: String) -> Field? {
    guard let entity = store.entity(list, id), let name = store.texts.find(name) else { return nil }
    let candidates = candidates(name, of: entity)
    var ids: [Int: String] = [:]
    return candidates.isEmpty ? nil : field(candidates, &ids)
  }

  /// Value of one field, nil where it is not stated, in a conflict, or emptied.
  public func value(_ name: String, of list: String, _ id: String) -> String? {
    guard let entity = store.entity(list, id), let name = store.texts.find(name) else { return nil }
    return value(name, of: entity).map { store.texts.text($0) }
  }

  func value(_ name: UInt32, of entity: Int) -> UInt32? {
    // The usual case, over tens of thousands of people: everybody who speaks of it says the same.
    var only: UInt32?
    var next = store.entities[entity].last
    while next != 0 {
      let row = store.facts[Int(next) - 1]
      if store.holds(Int(row.record)), let value = store.value(name, of: Int(next) - 1) {
        if let only, only != value { return settledValue(name, of: entity) }
        only = value
      }
      next = row.earlier
    }
    return only == TextTable.empty ? nil : only
  }

  private func settledValue(_ name: UInt32, of entity: Int) -> UInt32? {
    let candidates = candidates(name, of: entity)
    guard candidates.count == 1, candidates[0].value != TextTable.empty else { return nil }
    return candidates[0].value
  }

  /// Entities of a list that some record that holds speaks of, sorted.
  public func entities(of list: String) -> [String] {
    guard let list = store.texts.find(list) else { return [] }
    return entityNumbers(of: list).map { store.texts.text(store.entities[$0].id) }.sorted()
  }

  func entityNumbers(of list: UInt32) -> [Int] {
    (store.entitiesOfList[list]?.all ?? []).map { Int($0) }.filter { store.isAlive($0) }
  }

  /// Every field with more than one value left, sorted by list, entity, property; of one household, those its records
  /// speak of.
  public func conflicts(household: String? = nil) -> [Conflict] {
    let spoken = household.map { Array(spokenOf(in: $0)) } ?? Array(0..<store.entities.count)
    var found: [Conflict] = []
    for index in spoken where mayContradict(index) {
      guard let entity = entity(at: index) else { continue }
      for name in entity.conflicts {
        guard let field = entity.fields[name] else { continue }
        found.append(Conflict(list: entity.list, entity: entity.id, property: name, candidates: field.candidates))
      }
    }
    return found.sorted { ($0.list, $0.entity, $0.property) < ($1.list, $1.entity, $1.property) }
  }

  private func spokenOf(in household: String) -> Set<Int> {
    var spoken: Set<Int> = []
    for record in records(about: household) where store.holds(record) {
      for fact in store.facts(of: record) { spoken.insert(Int(store.facts[fact].entity)) }
    }
    return spoken
  }

  /// Where two records say different things of one property; else nobody's word has to be weighed.
  private func mayContradict(_ entity: Int) -> Bool {
    let live = store.liveFacts(of: entity)
    guard let first = live.first, live.contains(where: { store.facts[$0].record != store.facts[first].record }) else {
      return false
    }
    let stated = statements(live).properties
    return runs(of: stated).contains { run in stated[run].contains { $0.value != stated[run.lowerBound].value } }
  }

  /// The records a new record must name as superseded so that what it states takes the place of what its writer saw:
  /// those that hold and speak of the household or of an entity the new facts state, without those that another of them
  /// has superseded already. Sorted.
  public func recordsSeen(household: String?, facts: [Fact]) -> [String] {
    var speaking: Set<Int> = []
    if let household {
      for index in records(about: household) where store.rows[index].factCount > 0 { speaking.insert(index) }
    }
    for fact in facts { for source in liveSources(fact.list, fact.entity) { speaking.insert(source.entry) } }
    speaking = speaking.filter { store.holds($0) }
    // Records that supersede each other in a circle cover each other: then name them all.
    let heads = speaking.subtracting(reached(from: speaking))
    return (heads.isEmpty ? speaking : heads).map { store.texts.text(store.rows[$0].id) }.sorted()
  }

  func liveSources(_ list: String, _ id: String) -> [Source] {
    guard let entity = store.entity(list, id) else { return [] }
    return store.liveFacts(of: entity).map { Source(entry: Int(store.facts[$0].record), fact: $0) }
  }

  func fact(_ source: Source) -> Fact { store.fact(at: source.fact) }

  /// Records about a household, also void ones, in the order they came.
  func records(about household: String) -> [Int] {
    store.household(named: household).map { store.records(about: $0) } ?? []
  }
}

// MARK: How it is computed

extension Register {
  /// One value a record states.
  struct Stated {
    var name: UInt32
    var record: Int
    var value: UInt32
    /// Place among everything stated: the later of two of one record holds.
    var place: Int
  }

  /// What is left of a field, and the records that say so.
  struct Left {
    var value: UInt32
    var records: [Int]
  }

  enum Reading {
    case property(UInt32)
    case label
  }

  /// What is remembered while the fields of one entity are weighed.
  struct Weighing {
    let live: [Int]
    var ancestors: [Int: Set<Int>] = [:]
    /// By the records that state a field: those of them that another one had seen. Fields of one fact share it.
    var below: [[Int]: Set<Int>] = [:]

    init(_ live: [Int]) { self.live = live }
  }

  func candidates(_ name: UInt32, of entity: Int) -> [Left] {
    let live = store.liveFacts(of: entity)
    var stated: [Stated] = []
    for fact in live {
      guard let value = store.value(name, of: fact) else { continue }
      stated.append(Stated(name: name, record: Int(store.facts[fact].record), value: value, place: stated.count))
    }
    var weighing = Weighing(live)
    return surviving(lastOfEach(stated[...]), .property(name), &weighing)
  }

  /// Everything facts state, sorted by property, then by record.
  private func statements(_ facts: [Int]) -> (properties: [Stated], labels: [Stated]) {
    var properties: [Stated] = []
    var labels: [Stated] = []
    for fact in facts {
      let record = Int(store.facts[fact].record)
      let label = store.properties(of: fact) { name, value in
        properties.append(Stated(name: name, record: record, value: value, place: properties.count))
      }
      if label > 0 {
        labels.append(Stated(name: 0, record: record, value: UInt32(label - 1), place: labels.count))
      }
    }
    properties.sort { ($0.name, $0.record, $0.place) < ($1.name, $1.record, $1.place) }
    labels.sort { ($0.record, $0.place) < ($1.record, $1.place) }
    return (properties, labels)
  }

  private func runs(of stated: [Stated]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in stated.indices where index + 1 == stated.count || stated[index + 1].name != stated[start].name {
      runs.append(start..<index + 1)
      start = index + 1
    }
    return runs
  }

  /// By record, what it says last; `stated` is sorted by record.
  private func lastOfEach(_ stated: ArraySlice<Stated>) -> [Stated] {
    var last: [Stated] = []
    for one in stated {
      if last.last?.record == one.record { last[last.count - 1] = one } else { last.append(one) }
    }
    return last
  }

  private func field(_ left: [Left], _ ids: inout [Int: String]) -> Field {
    var candidates: [Field.Candidate] = []
    for one in left {
      var records: [String] = []
      for record in one.records {
        let id = ids[record] ?? store.texts.text(store.rows[record].id)
        ids[record] = id
        records.append(id)
      }
      candidates.append(Field.Candidate(value: store.texts.text(one.value), records: records.sorted()))
    }
    return Field(candidates: candidates.sorted { $0.value < $1.value })
  }

  private func surviving(_ all: [Stated], _ reading: Reading, _ weighing: inout Weighing) -> [Left] {
    guard let first = all.first else { return [] }
    // Almost always there is one value, and then nobody's word has to be weighed.
    if all.allSatisfy({ $0.value == first.value }) { return [Left(value: first.value, records: all.map(\.record))] }
    let below = below(all.map(\.record), &weighing)
    let records = Set(all.map(\.record))
    var left: [Stated] = []
    for one in all where !below.contains(one.record) {
      // What an amendment amends is below itself; it falls only with what another one had seen.
      if isAmendment(one.record) {
        let amended = identities(of: one.record, saying: one.value, reading, weighing.live).subtracting([one.record])
        let fallen = records.contains { other in
          other != one.record && !ancestors(of: other, &weighing).isDisjoint(with: amended)
        }
        if fallen { continue }
      }
      left.append(one)
    }
    if left.isEmpty { left = all }
    var grouped: [UInt32: [Int]] = [:]
    for one in left { grouped[one.value, default: []].append(one.record) }
    return grouped.map { Left(value: $0.key, records: $0.value) }
  }

  private func below(_ records: [Int], _ weighing: inout Weighing) -> Set<Int> {
    if let known = weighing.below[records] { return known }
    let below = reached(from: Set(records))
    weighing.below[records] = below
    return below
  }

  private func isAmendment(_ record: Int) -> Bool {
    store.rows[record].marks.contains(.replacesWhole) && store.texts.text(store.rows[record].type) == RecordType.amendment.rawValue
  }

  /// The record itself, and the records it amends that said the same of this field.
  private func identities(of record: Int, saying value: UInt32, _ reading: Reading, _ live: [Int]) -> Set<Int> {
    var selves: Set<Int> = [record]
    guard let fact = live.first(where: { Int(store.facts[$0].record) == record }) else { return selves }
    let entity = store.facts[fact].entity
    var open = [record]
    while let next = open.popLast() {
      guard isAmendment(next) else { continue }
      for id in store.supersedes(next) {
        guard let amended = store.record(numbered: id), !selves.contains(amended) else { continue }
        let said = store.facts(of: amended).filter { store.facts[$0].entity == entity }
          .compactMap { read(reading, of: $0) }.last
        guard said == value else { continue }
        selves.insert(amended)
        open.append(amended)
      }
    }
    return selves
  }

  private func read(_ reading: Reading, of fact: Int) -> UInt32? {
    switch reading {
    case .property(let name): return store.value(name, of: fact)
    case .label:
      let label = store.properties(of: fact) { _, _ in }
      return label == 0 ? nil : UInt32(label - 1)
    }
  }

  /// Every record that one of these had seen, directly or through others; a starting one only where another (or a circle)
  /// leads to it. One walk, however many there are.
  func reached(from start: Set<Int>) -> Set<Int> {
    var reached: Set<Int> = []
    var walked = start
    var open = Array(start)
    while let next = open.popLast() {
      for id in store.supersedes(next) {
        guard let older = store.record(numbered: id) else { continue }
        reached.insert(older)
        if walked.insert(older).inserted { open.append(older) }
      }
    }
    return reached
  }

  /// Every record this one had seen: itself, what it supersedes, what those supersede.
  private func ancestors(of record: Int, _ weighing: inout Weighing) -> Set<Int> {
    if let known = weighing.ancestors[record] { return known }
    var seen: Set<Int> = [record]
    var open = [record]
    while let next = open.popLast() {
      for id in store.supersedes(next) {
        guard let older = store.record(numbered: id), seen.insert(older).inserted else { continue }
        open.append(older)
      }
    }
    weighing.ancestors[record] = seen
    return seen
  }
}
