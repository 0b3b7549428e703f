// One line a household, kept up to date as records come: what lists over a township show and choose by. Everything in it
// is what the views say; it never says more.

public struct HouseholdSummary: Equatable, Sendable {
  public var id: String
  public var division: Division?
  /// 户主, or every contending name.
  public var headName: String?
  public var headIDNumber: String?
  public var phone: String?
  public var members: [Member]
  /// A member as a list and a search need them.
  public struct Member: Equatable, Sendable {
    public var person: String
    public var name: String?
    public var idNumber: String?
    public var phone: String?
  }
}

extension Register {
  public func summary(of household: String) -> HouseholdSummary? {
    store.household(named: household).flatMap { summaries[$0] }
  }

  /// Households in a division, one line each, sorted by division, then by id.
  public func summaries(in division: Division? = nil) -> [HouseholdSummary] {
    let found = summaries.all.compactMap { summary -> HouseholdSummary? in
      guard let summary, let division else { return summary }
      return summary.division.map { division.contains($0) } ?? false ? summary : nil
    }
    return found.sorted { left, right in
      let (one, other) = (left.division?.code ?? "", right.division?.code ?? "")
      return one == other ? left.id < right.id : one < other
    }
  }

  /// Every household that a record that holds is about, unsorted.
  var householdIDs: Set<String> { Set(summaries.all.compactMap { $0?.id }) }

  /// A number that is another one whenever a line of a household was made anew; of one register and its copies.
  public var lineRevision: Int { changes.revision }

  /// Households whose lines were made anew since a revision; nil where too many were.
  public func households(changedSince revision: Int) -> Set<String>? {
    changes.since(revision).map { Set($0.map { store.texts.text(store.households[Int($0)].id) }) }
  }

  /// Where this register stands.
  var mark: RegisterMark { RegisterMark(lineage: lineage, revision: news.revision) }

  /// Households of which what is told may be otherwise since a revision: those that a record is about or names that came, holds since or
  /// holds no more, and those that any record about the same persons and things is about. Nil where nobody can say: too many records came,
  /// or one after another that speaks of it.
  /// - Parameter mark: where a register stood; of another register nobody can say anything.
  func households(spokenOfSince mark: RegisterMark) -> Set<String>? {
    guard mark.lineage === lineage, let records = news.since(mark.revision) else { return nil }
    var walked: Set<Int> = []
    var found: Set<Int> = []
    for record in records.map({ Int($0) }) {
      found.formUnion(households(touchedBy: record, &walked))
      // A line says nothing of visits; one that two households were told of is told otherwise at both.
      var visited: Set<UInt32> = []
      for fact in store.facts(of: record) where store.list(of: fact) == names.visit { place(Int(store.facts[fact].entity), in: &visited) }
      found.formUnion(visited.compactMap { $0 == TextTable.empty ? nil : store.household(numbered: $0) })
    }
    return Set(found.map { store.texts.text(store.households[$0].id) })
  }

  // MARK: Keeping them

  mutating func summarize(_ touched: Touched) {
    summaries.extend(to: store.households.count, with: nil)
    var households: Set<Int> = []
    // After a whole journal nearly every line is another one, and asking which costs more than making them all.
    guard touched.records.count <= store.households.count else {
      for household in 0..<store.households.count { summaries[household] = summarized(household) }
      changes.forget()
      return
    }
    var walked: Set<Int> = []
    for record in touched.records { households.formUnion(self.households(touchedBy: record, &walked)) }
    for household in households {
      summaries[household] = summarized(household)
      changes.note(UInt32(household))
    }
  }

  /// Whose line may be another one now: the record's own household, and those that any of its entities is placed in, was
  /// placed in, or names.
  /// - Parameter walked: persons whose households another record of the same arrival has found already.
  private func households(touchedBy record: Int, _ walked: inout Set<Int>) -> Set<Int> {
    var found: Set<UInt32> = [store.rows[record].household]
    for fact in store.facts(of: record) {
      let entity = Int(store.facts[fact].entity)
      let row = store.entities[entity]
      if row.list == names.householdList { found.insert(row.id) }
      for name in [names.household, names.mergedInto, names.formedFrom] {
        if let household = store.value(name, of: fact) { found.insert(household) }
      }
      // A person or a risk may be placed elsewhere by other records.
      guard row.list != names.householdList, row.list != names.visit else { continue }
      if row.list == names.person { place(entriesOf: entity, &walked, in: &found) } else { place(entity, in: &found) }
    }
    return Set(found.compactMap { $0 == TextTable.empty ? nil : store.household(numbered: $0) })
  }

  /// Households that any record places an entity in.
  private func place(_ entity: Int, in found: inout Set<UInt32>) {
    var next = store.entities[entity].last
    while next != 0 {
      let fact = store.facts[Int(next) - 1]
      found.insert(store.rows[Int(fact.record)].household)
      if let household = store.value(names.household, of: Int(next) - 1) { found.insert(household) }
      next = fact.earlier
    }
  }

  /// Whether an entry stands depends on those it is said to be the same as (`isDuplicate`), also on whether they are here: so whatever
  /// touches one of them touches all.
  private func place(entriesOf person: Int, _ walked: inout Set<Int>, in found: inout Set<UInt32>) {
    var open = [person]
    while let next = open.popLast() {
      guard walked.insert(next).inserted else { continue }
      place(next, in: &found)
      for fact in store.allFacts(of: next) {
        if let other = store.value(names.sameAs, of: fact).flatMap({ store.entity(names.person, $0) }) { open.append(other) }
      }
      let id = store.entities[next].id
      for fact in mentions[id] ?? [] where store.value(names.sameAs, of: fact) == id { open.append(Int(store.facts[fact].entity)) }
    }
  }

  private func summarized(_ number: Int) -> HouseholdSummary? {
    let text = store.households[number].id
    let about = store.records(about: number).filter { store.holds($0) }
    let entity = store.entity(names.householdList, text).flatMap { store.isAlive($0) ? $0 : nil }
    guard entity != nil || !about.isEmpty else { return nil }
    let id = store.texts.text(text)
    func value(_ name: String) -> String? {
      guard let entity, let name = store.texts.find(name) else { return nil }
      return self.value(name, of: entity).map { store.texts.text($0) }
    }
    var summary = HouseholdSummary(
      id: id, division: division(of: id, value("division")), headName: nil, headIDNumber: value("head_id_number"), phone: value("phone"),
      members: [])
    if let entity, let name = store.texts.find("head_name") {
      summary.headName = shown(name, of: entity)
    }
    summary.members = members(near: text)
    return summary
  }

  private func members(near household: UInt32) -> [HouseholdSummary.Member] {
    personsNear(household).filter { isMember($0, of: household) }.map { person in
      HouseholdSummary.Member(
        person: store.texts.text(store.entities[person].id), name: shown(names.name, of: person),
        idNumber: value(names.idNumber, of: person).map { store.texts.text($0) },
        phone: value(names.phone, of: person).map { store.texts.text($0) })
    }.sorted { $0.person < $1.person }
  }

  /// The value, or every contending value; nil where it is not stated.
  private func shown(_ name: UInt32, of entity: Int) -> String? {
    if let value = value(name, of: entity) { return store.texts.text(value) }
    let shown = candidates(name, of: entity).map { store.texts.text($0.value) }.sorted().joined(separator: " / ")
    return shown.isEmpty ? nil : shown
  }
}

/// Where a register stood when something was found out from it.
struct RegisterMark: Sendable {
  let lineage: Register.Lineage
  let revision: Int
}

/// Which lines were made anew, or which records came: the last some of them, as numbers.
struct LineChanges: Sendable {
  private static let countMax = 2_000

  private var numbers: [UInt32] = []
  /// Revision before the first of them.
  private var first = 0

  var revision: Int { first + numbers.count }

  mutating func note(_ number: UInt32) {
    if numbers.count >= Self.countMax { forget() }
    numbers.append(number)
  }

  mutating func note(_ all: [Int]) {
    guard all.count <= Self.countMax else { return forget() }
    for number in all { note(UInt32(number)) }
  }

  /// Everything may be another one than at any revision before.
  mutating func forget() {
    first = revision + 1
    numbers = []
  }

  func since(_ revision: Int) -> ArraySlice<UInt32>? {
    (first...self.revision).contains(revision) ? numbers[(revision - first)...] : nil
  }
}
