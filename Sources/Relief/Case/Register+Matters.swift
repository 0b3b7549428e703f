// How the relief work reads the register: by list, by household, by day, and by what a record had seen. Everything in Case,
// Sweep and Evening goes through these; nothing else of it knows how the register keeps its records.

/// One fact with the record that states it.
struct Statement: Sendable {
  var record: Record
  var fact: Fact
}

extension Register {
  /// Records that hold and are about a household, in the order they came.
  func holding(about household: String) -> [Record] {
    (aboutHousehold[household] ?? []).filter { entries[$0].holds }.map { entries[$0].record }
  }

  /// What records that hold state in a list, about one household.
  func statements(in list: String, about household: String) -> [Statement] {
    var found: [Statement] = []
    for index in aboutHousehold[household] ?? [] where entries[index].holds {
      for fact in entries[index].record.facts where fact.list == list {
        found.append(Statement(record: entries[index].record, fact: fact))
      }
    }
    return found
  }

  /// What records that hold state about one entity.
  func statements(of list: String, _ entity: String) -> [Statement] {
    liveSources(list, entity).map { Statement(record: entries[$0.entry].record, fact: fact($0)) }
  }

  /// Entities of a list that records about a household speak of, sorted.
  func entityIDs(of list: String, about household: String) -> [String] {
    Set(statements(in: list, about: household).map(\.fact.entity)).sorted()
  }

  /// Entities of a list as the register sees them, of one household or of all, sorted by id.
  func rows(of list: String, about household: String? = nil) -> [Entity] {
    (household.map { entityIDs(of: list, about: $0) } ?? entities(of: list)).compactMap { entity(list, $0) }
  }

  /// Households that any record that holds states something in this list about, unsorted.
  func households(withAnyOf list: String) -> Set<String> {
    var found: Set<String> = []
    for sources in (self.sources[list] ?? [:]).values {
      for source in sources where entries[source.entry].holds {
        if let household = entries[source.entry].record.household { found.insert(household) }
      }
    }
    return found
  }

  /// The widest division that the records about an entity were filed under.
  func division(of list: String, _ entity: String) -> Division? {
    statements(of: list, entity).map(\.record.division).max().flatMap { Division($0) }
  }

  /// Which of these records each of them had seen, directly or through others; never itself.
  func seen(among records: Set<String>) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for record in records {
      var walked: Set<String> = []
      var open = self.record(record)?.supersedes ?? []
      while let next = open.popLast() {
        guard next != record, walked.insert(next).inserted else { continue }
        open += self.record(next)?.supersedes ?? []
      }
      result[record] = walked.intersection(records)
    }
    return result
  }
}

// MARK: Households and days

extension Register {
  /// Households that records that hold are about, in a division, unsorted.
  func placedHouseholds(in division: Division) -> [(id: String, division: Division)] {
    aboutHousehold.compactMap { id, records in
      guard records.contains(where: { entries[$0].holds }),
        let place = self.division(of: id, value("division", of: FactList.household, id)), division.contains(place)
      else { return nil }
      return (id, place)
    }
  }

  /// Rows of sweep lists that name a household, sorted.
  func sweepRows(of household: String) -> [String] { (sweepsOf[household] ?? []).sorted() }

  /// Households that any sweep list names, sorted.
  func sweptHouseholds() -> [String] { sweepsOf.keys.sorted() }

  /// Visits that hold, filed under a division: of these days, or written down on the last of them. By record.
  func visitRecords(from: CivilDate, to day: CivilDate, in division: Division) -> [String] {
    var found: Set<String> = []
    let (first, last) = (from.description, day.description)
    for sources in (self.sources[FactList.visit] ?? [:]).values {
      for source in sources where entries[source.entry].holds {
        let record = entries[source.entry].record
        guard record.division.utf8.starts(with: division.code.utf8), record.household != nil,
          record.type == .visit || record.type == .amendment
        else { continue }
        let date = record.facts[source.fact].value("date") ?? String(record.wall.prefix(10))
        if (first <= date && date <= last) || record.wall.hasPrefix(last) { found.insert(record.id) }
      }
    }
    return found.sorted()
  }
}

// MARK: What supervisors wrote

extension Register {
  /// Records that say red and hold, filed under a division; sorted by id.
  func redRecords(in division: Division) -> [Record] {
    Set(reds).filter { entries[$0].holds }.map { entries[$0].record }
      .filter { $0.division.utf8.starts(with: division.code.utf8) }.sorted { $0.id < $1.id }
  }

  /// Acknowledgements of a record that hold.
  func acknowledging(_ record: String) -> [Record] {
    (acknowledgements[record] ?? []).filter { entries[$0].holds }.map { entries[$0].record }
  }

  /// Records that name a deputy and hold.
  func deputyRecords() -> [Record] { deputies.filter { entries[$0].holds }.map { entries[$0].record } }

  /// Reviews of a record that hold, sorted.
  func reviewRecords(of record: String) -> [String] {
    (reviews[record] ?? []).filter { entries[$0].holds }.map { entries[$0].record.id }.sorted()
  }

  /// Ids of records that any review sent back, sorted.
  func returnedRecords() -> [String] { returns.sorted() }
}

// MARK: What a household's history reads

extension Register {
  /// Ids of records about a household, also void ones.
  func allRecords(about household: String) -> [String] {
    (aboutHousehold[household] ?? []).filter { !entries[$0].isReplaced }.map { entries[$0].record.id }
  }

  /// Ids of records that speak of an entity, also void ones.
  func allRecords(speakingOf list: String, _ entity: String) -> [String] {
    (sources[list]?[entity] ?? []).filter { !entries[$0.entry].isReplaced }.map { entries[$0.entry].record.id }
  }

  /// Ids of records that void one.
  func voiders(of record: String) -> [String] {
    (voiders[record] ?? []).filter { !entries[$0].isReplaced }.map { entries[$0].record.id }
  }

  /// Persons that any record ever placed in a household.
  func personsNear(_ household: String) -> Set<String> { personsNear[household] ?? [] }

  /// Households that ever said to have come out of this one or to be merged into it.
  func related(to household: String) -> Set<String> { relatives[household] ?? [] }

  /// Persons of whom any record ever said that this is their number.
  func personsNumbered(_ number: String) -> Set<String> { numbered[number] ?? [] }
}
