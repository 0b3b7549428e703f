// How the relief work reads the register: by list, by household, by day, and by what a record had seen. Everything in Case,
// Sweep and Evening goes through these; nothing else of it knows how the register keeps its records.

/// One fact with the record that states it.
struct Statement: Sendable {
  var record: Record
  /// The record's place in the store.
  var number: Int
  var fact: Fact
}

extension Register {
  /// What records that hold state in a list, about one household.
  /// - Parameter alone: the records without their other facts, for lists over many households.
  func statements(in list: String, about household: String, alone: Bool = false) -> [Statement] {
    var found: [Statement] = []
    guard let list = store.texts.find(list) else { return [] }
    for index in records(about: household) where store.holds(index) {
      var record: Record?
      for fact in store.facts(of: index) where store.list(of: fact) == list {
        let own = record ?? (alone ? store.head(at: index) : store.record(at: index))
        record = own
        found.append(Statement(record: own, number: index, fact: store.fact(at: fact)))
      }
    }
    return found
  }

  /// What records that hold state about one entity.
  func statements(of list: String, _ entity: String) -> [Statement] {
    liveSources(list, entity).map { Statement(record: store.record(at: $0.entry), number: $0.entry, fact: fact($0)) }
  }

  /// Entities of a list that records about a household speak of, sorted.
  func entityIDs(of list: String, about household: String) -> [String] {
    Set(entityNumbers(of: list, about: household).map { store.texts.text(store.entities[$0].id) }).sorted()
  }

  /// Entities of a list as the register sees them, of one household or of all, sorted by id.
  func rows(of list: String, about household: String? = nil) -> [Entity] {
    (household.map { entityIDs(of: list, about: $0) } ?? entities(of: list)).compactMap { entity(list, $0) }
  }

  /// Households that any record that holds states something in this list about, unsorted.
  /// - Parameter isWanted: asked of each entity.
  func households(withAnyOf list: String, where isWanted: (Int) -> Bool = { _ in true }) -> Set<String> {
    var found: Set<UInt32> = []
    guard let list = store.texts.find(list) else { return [] }
    for entity in store.entitiesOfList[list]?.all ?? [] where isWanted(Int(entity)) {
      for fact in store.liveFacts(of: Int(entity)) { found.insert(store.rows[Int(store.facts[fact].record)].household) }
    }
    found.remove(TextTable.empty)
    return Set(found.map { store.texts.text($0) })
  }

  /// The widest division that the records about an entity were filed under.
  func division(of list: String, _ entity: String) -> Division? {
    store.entity(list, entity).flatMap { division(of: $0) }
  }

  func division(of entity: Int) -> Division? {
    store.liveFacts(of: entity).map { store.texts.text(store.rows[Int(store.facts[$0].record)].division) }.max().flatMap { Division($0) }
  }

  /// Which of these records each of them had seen, directly or through others; never itself.
  func seen(among records: Set<String>) -> [String: Set<String>] {
    let numbers = seen(among: Set(records.compactMap { store.record(named: $0) }))
    func id(_ record: Int) -> String { store.texts.text(store.rows[record].id) }
    return Dictionary(uniqueKeysWithValues: numbers.map { (id($0.key), Set($0.value.map(id))) })
  }

  func seen(among records: Set<Int>) -> [Int: Set<Int>] {
    var result: [Int: Set<Int>] = [:]
    // What each names, read once: thousands of records may go the same way.
    var named: [Int: [Int]] = [:]
    for start in records {
      var walked: Set<Int> = [start]
      var found: Set<Int> = []
      var open = [start]
      while let next = open.popLast() {
        let older = named[next] ?? store.supersedes(next).compactMap { store.record(numbered: $0) }
        named[next] = older
        for record in older where walked.insert(record).inserted {
          open.append(record)
          if records.contains(record) { found.insert(record) }
        }
      }
      result[start] = found
    }
    return result
  }
}

// MARK: Households and days

extension Register {
  /// Rows of sweep lists that name a household, sorted.
  func sweepRows(of household: String) -> [String] {
    let rows = store.texts.find(household).flatMap { sweeps[$0] } ?? []
    return rows.map { store.texts.text(store.entities[$0].id) }.sorted()
  }

  /// Households of a division that stand on a list of these days, each with who was given it; of several the first.
  func planned(from: CivilDate, to: CivilDate, in division: Division) -> [(village: Division, cadre: UInt32?)] {
    let (cancelled, yes, cadre) = (store.texts.find("cancelled"), store.texts.find("yes"), store.texts.find("cadre"))
    return sweeps.compactMap { household, rows in
      guard let place = store.household(numbered: household).flatMap({ self.division(ofNumber: $0) }), division.contains(place)
      else { return nil }
      let due = rows.filter { row in
        mayMeet(row, from, to) && !(yes != nil && cancelled.flatMap { value($0, of: row) } == yes)
      }
      guard !due.isEmpty else { return nil }
      let cadres = due.compactMap { row in cadre.flatMap { value($0, of: row) } }
      return (place, cadres.min { store.texts.text($0) < store.texts.text($1) })
    }
  }

  /// Those of them that may have to be visited in a division on any of these days: without computing a household or a row, which a
  /// list over a township cannot afford. Whose division is not known stays in. Sorted.
  func sweptHouseholds(in division: Division, from: CivilDate, to: CivilDate) -> [String] {
    sweeps.compactMap { household, rows in
      let line = store.household(numbered: household).flatMap { $0 < summaries.count ? summaries[$0] : nil }
      if let place = line?.division, !division.contains(place) { return nil }
      guard rows.contains(where: { mayMeet($0, from, to) }) else { return nil }
      return store.texts.text(household)
    }.sorted()
  }

  /// Whether the days of a sweep row may be some of these.
  private func mayMeet(_ row: Int, _ from: CivilDate, _ to: CivilDate) -> Bool {
    func date(_ name: UInt32) -> CivilDate? { value(name, of: row).flatMap { CivilDate(store.texts.text($0)) } }
    guard let first = date(names.from), let last = date(names.to) else { return false }
    return first <= to && from <= last
  }

  /// Visits that hold, filed under a division, on which nobody has spoken: of these days or written down on them, none on a later one. By
  /// record.
  func visitsWithoutReview(from: CivilDate, before day: CivilDate, in division: Division) -> [String] {
    let (first, end) = (Int32(from.dayNumber), Int32(day.dayNumber))
    return (0..<store.rows.count).filter { index in
      let row = store.rows[index]
      let last = max(row.day, row.written)
      return row.marks.contains(.isVisit) && first <= last && last < end && store.holds(index) && row.household != TextTable.empty
        && store.texts.text(row.division).utf8.starts(with: division.code.utf8)
    }.map { store.texts.text(store.rows[$0].id) }.filter { review(of: $0) == nil }.sorted()
  }

  /// Visits that hold, filed under a division: of these days, or written down on the last of them. By record.
  func visitRecords(from: CivilDate, to day: CivilDate, in division: Division) -> [String] {
    var found: Set<String> = []
    let (first, last) = (from.description, day.description)
    let (firstDay, lastDay) = (Int32(from.dayNumber), Int32(day.dayNumber))
    func mayCount(_ row: RecordStore.Row) -> Bool {
      (firstDay <= row.day && row.day <= lastDay) || row.written == lastDay || row.written == .min || row.marks.contains(.severalDays)
    }
    // What a row says is enough for nearly all of them; the rest are read.
    for index in 0..<store.rows.count {
      let row = store.rows[index]
      guard row.marks.contains(.isVisit), mayCount(row), store.holds(index), row.household != TextTable.empty,
        store.texts.text(row.division).utf8.starts(with: division.code.utf8)
      else { continue }
      let wall = store.wall(of: index)
      for fact in store.facts(of: index) where store.list(of: fact) == names.visit {
        let date = store.value(names.date, of: fact).map { store.texts.text($0) } ?? String(wall.prefix(10))
        if (first <= date && date <= last) || wall.hasPrefix(last) { found.insert(store.texts.text(row.id)) }
      }
    }
    return found.sorted()
  }

  /// Visits that hold, filed under a division, of somebody's days. By record.
  /// - Parameter days: day numbers by person.
  func visitRecords(of days: [String: Set<Int>], in division: Division) -> [String] {
    guard !days.isEmpty else { return [] }
    let byAuthor = store.authors.map { days[$0.person] }
    let anybodys = days.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
    return (0..<store.rows.count).filter { index in
      let row = store.rows[index]
      guard row.marks.contains(.isVisit), anybodys.contains(Int(row.day)), row.household != TextTable.empty, store.holds(index),
        store.texts.text(row.division).utf8.starts(with: division.code.utf8)
      else { return false }
      return byAuthor[store.author(of: index)]?.contains(Int(row.day)) ?? false
    }.map { store.texts.text(store.rows[$0].id) }.sorted()
  }
}

// MARK: What supervisors wrote

extension Register {
  /// Records that say red and hold, filed under a division; sorted by id.
  func redRecords(in division: Division) -> [Record] {
    Set(reds).filter { store.holds($0) }.map { store.record(at: $0) }
      .filter { $0.division.utf8.starts(with: division.code.utf8) }.sorted { $0.id < $1.id }
  }

  /// Acknowledgements of a record that hold.
  func acknowledging(_ record: String) -> [Record] {
    let all = store.texts.find(record).flatMap { acknowledgements[$0] } ?? []
    return all.filter { store.holds($0) }.map { store.record(at: $0) }
  }

  /// Records that name a deputy and hold.
  func deputyRecords() -> [Record] { deputies.filter { store.holds($0) }.map { store.record(at: $0) } }

  /// Reviews of a record that hold, sorted.
  func reviewRecords(of record: String) -> [String] {
    let all = store.texts.find(record).flatMap { reviews[$0] } ?? []
    return all.filter { store.holds($0) }.map { store.texts.text(store.rows[$0].id) }.sorted()
  }

  /// Ids of records that any review sent back, sorted.
  func returnedRecords() -> [String] { returns.map { store.texts.text($0) }.sorted() }
}

// MARK: What a household's history reads

extension Register {
  /// Ids of records about a household, also void ones.
  func allRecords(about household: String) -> [String] {
    unreplaced(records(about: household))
  }

  /// Ids of records that speak of an entity, also void ones.
  func allRecords(speakingOf list: String, _ entity: String) -> [String] {
    guard let entity = store.entity(list, entity) else { return [] }
    return unreplaced(store.allFacts(of: entity).map { Int(store.facts[$0].record) })
  }

  /// Ids of records that void one.
  func voiders(of record: String) -> [String] {
    unreplaced(store.texts.find(record).flatMap { voiders[$0] } ?? [])
  }

  /// Persons that any record ever placed in a household.
  func peopleNear(_ household: String) -> Set<String> {
    Set(personsNear(household).map { store.texts.text(store.entities[$0].id) })
  }

  private func unreplaced(_ records: [Int]) -> [String] {
    records.filter { !store.rows[$0].marks.contains(.replaced) }.map { store.texts.text(store.rows[$0].id) }
  }

  /// Households that ever said to have come out of this one or to be merged into it.
  func related(to household: String) -> Set<String> {
    named(by: store.texts.find(household).flatMap { mentions[$0] } ?? [], in: names.householdList)
  }

  /// Persons of whom any record ever said that this is their number.
  func personsNumbered(_ number: String) -> Set<String> {
    named(by: store.texts.find(number).flatMap { numbered[$0] } ?? [], in: names.person)
  }

  /// Entities of a list that these facts are about.
  private func named(by facts: [Int], in list: UInt32) -> Set<String> {
    Set(facts.filter { store.list(of: $0) == list }.map { store.texts.text(store.entities[Int(store.facts[$0].entity)].id) })
  }
}
