// The register (台账): a fold over facts, one piece of code on a laptop (in memory) and at the county.
//
// It never reads a form. It does not depend on the order of records, nor on how often one comes: what is kept is the set
// of records (packed, `RecordStore`) and its indexes, and every view is computed from them when it is asked for. One line a
// household (`HouseholdSummary`) is kept up to date, because lists over a township must not compute twelve thousand views.
//
// Rules:
//  * A record that is withdrawn or amended as a whole is void: it states nothing any more (`Register+Standing`).
//  * A field keeps every value that no record supersedes; two left are a conflict (`Register+Fields`).
//  * Two records of one id with different content: the one whose content sorts first is kept, and the id is flagged.
//  * Submissions are not held in memory: `place` says where to read them again.

public struct Register: Sendable {
  /// Where one entity is spoken of: numbers of the record and of the fact.
  struct Source: Hashable, Sendable {
    var entry: Int
    var fact: Int
  }

  var store = RecordStore()
  var names: Names
  /// Ids of records with more than one content. Texts by their number from here on.
  var clashing: Set<UInt32> = []
  /// By id: the records that void it.
  var voiders: [UInt32: [Int]] = [:]
  /// By identity number: facts that state it of a person.
  var numbered: [UInt32: [Int]] = [:]
  /// By the id of the reviewed record.
  var reviews: [UInt32: [Int]] = [:]
  /// By the id of the red record: who acknowledged it.
  var acknowledgements: [UInt32: [Int]] = [:]
  /// By the id of the visit's record: who typed it a second time.
  var verifications: [UInt32: [Int]] = [:]
  /// Records that name a deputy, records that say red, ids of records that a review sent back.
  var deputies: [Int] = []
  var reds: [Int] = []
  var returns: Set<UInt32> = []
  /// By household: entities of the sweep list.
  var sweeps: [UInt32: Set<Int>] = [:]
  /// By day number: records of visits, also void ones.
  var visitsByDay: [Int32: [Int]] = [:]
  /// By household or person: facts that name it, of records that are not about it.
  var mentions: [UInt32: [Int]] = [:]
  /// By household number.
  var summaries = Column<HouseholdSummary?>()
  var changes = LineChanges()
  /// Records that came, and those that hold since or hold no more.
  var news = LineChanges()
  /// Of this register and its copies alone: a revision says nothing of another one.
  let lineage = Lineage()

  /// Told from every other by what it is.
  final class Lineage: Sendable {}

  public init() { names = Names(&store.texts) }

  /// With a text table whose numbers and slots are the same in every process.
  init(textSeed: UInt64) {
    store.texts = TextTable(seed: textSeed)
    names = Names(&store.texts)
  }

  /// Number of records held.
  public var count: Int { store.rows.count - replacedCount }
  var replacedCount = 0

  /// Takes a record in. Any order and any duplication gives the same register.
  public mutating func apply(_ record: Record, at place: Place? = nil) {
    apply(contentsOf: CollectionOfOne((record: record, place: place)))
  }

  /// Takes many in; what voids what is settled once at the end. Lazy sequences are never held as a whole.
  public mutating func apply(contentsOf records: some Sequence<(record: Record, place: Place?)>) {
    var touched = Touched()
    for (record, place) in records { insert(record, place, &touched) }
    finish(&touched)
  }

  /// Takes in whatever `body` hands to `take`, one by one, so that nobody has to hold them all; what voids what is settled once
  /// at the end, also when `body` throws.
  public mutating func apply<Fault: Error>(
    each body: (_ take: (_ record: Record, _ place: Place?) -> Void) throws(Fault) -> Void
  ) throws(Fault) {
    var touched = Touched()
    defer { finish(&touched) }
    try body { record, place in insert(record, place, &touched) }
  }

  private mutating func finish(_ touched: inout Touched) {
    if touched.standing { settle(&touched) }
    if touched.isOutOfOrder { news.forget() } else { news.note(touched.records) }
    summarize(touched)
  }

  /// What records that were taken in may have changed.
  struct Touched {
    /// What voids what.
    var standing = false
    /// A record came after one that speaks of it, or another content under an id that was known: what has been seen, and what rests on
    /// what, may be otherwise for households that the record says nothing of.
    var isOutOfOrder = false
    var records: [Int] = []
  }

  /// A record by its id, without its submission.
  public func record(_ id: String) -> Record? { store.record(named: id).map { store.record(at: $0) } }

  public func contains(_ id: String) -> Bool { store.record(named: id) != nil }

  /// Where to read the record's bytes again.
  public func place(of id: String) -> Place? { store.record(named: id).flatMap { store.rows[$0].place } }

  /// Whether a record still states what it says: known, and neither withdrawn nor amended.
  public func holds(_ id: String) -> Bool { store.record(named: id).map { store.holds($0) } ?? false }

  /// Whether the record is one of a form, whose answers can be read again.
  public func hasSubmission(_ id: String) -> Bool {
    store.record(named: id).map { store.rows[$0].marks.contains(.hasSubmission) } ?? false
  }

  private mutating func insert(_ record: Record, _ place: Place?, _ touched: inout Touched) {
    let isAwaited = store.texts.find(record.id) != nil
    let packed = store.pack(record)
    var place = place
    if let known = store.record(numbered: packed.id) {
      place = [store.rows[known].place, place].compactMap { $0 }.min()
      if store.isSame(packed, as: known) {
        store.setPlace(place, of: known)
        if record.submission != nil { store.setMark(.hasSubmission, true, of: known) }
        return
      }
      clashing.insert(packed.id)
      touched.standing = true
      touched.isOutOfOrder = true
      guard record.sortsBefore(store.record(at: known)) else { return }
      store.setMark(.replaced, true, of: known)
      replacedCount += 1
      touched.records.append(known)
    }
    if isAwaited { touched.isOutOfOrder = true }
    var marks: RecordStore.Marks = record.submission == nil ? [] : [.hasSubmission]
    if record.type.replacesWhole { marks.insert(.replacesWhole) }
    let written = CivilDate(startOf: record.wall)
    var day = written
    if record.type == .visit || record.type == .amendment {
      let visits = record.facts.filter { $0.list == FactList.visit }
      if let date = visits.first?.value("date"), let stated = CivilDate(date) { day = stated }
      if !visits.isEmpty { marks.insert(.isVisit) }
      let isOdd = visits.contains { visit in visit.value("date").map { !$0.isEmpty && CivilDate($0) == nil } ?? false }
      if visits.count > 1 || isOdd { marks.insert(.severalDays) }
    }
    func number(_ day: CivilDate?) -> Int32 { day.map { Int32($0.dayNumber) } ?? .min }
    let index = store.append(packed, place: place, marks: marks, days: (number(day), written: number(written)))
    file(record, packed, at: index)
    touched.records.append(index)
    let voidsOthers = record.type.replacesWhole && !record.supersedes.isEmpty
    if voidsOthers || voiders[packed.id] != nil { touched.standing = true }
  }

  private mutating func file(_ record: Record, _ packed: PackedRecord, at index: Int) {
    let row = store.rows[index]
    if row.marks.contains(.replacesWhole) {
      for target in Set(store.supersedes(index)) { voiders[target, default: []].append(index) }
    }
    fileReview(record, at: index)
    if record.isRed { reds.append(index) }
    if row.marks.contains(.isVisit), row.day != .min { visitsByDay[row.day, default: []].append(index) }
    for fact in store.facts(of: index) {
      let entity = Int(store.facts[fact].entity)
      let list = store.entities[entity].list
      if let household = store.value(names.household, of: fact), household != TextTable.empty, household != row.household {
        _ = store.householdNumber(household)
        mentions[household, default: []].append(fact)
      }
      if list == names.sweep {
        let household = store.value(names.household, of: fact) ?? row.household
        if household != TextTable.empty { sweeps[household, default: []].insert(entity) }
      }
      if list == names.person {
        mention(names.sameAs, of: fact)
        if let number = store.value(names.idNumber, of: fact), number != TextTable.empty { numbered[number, default: []].append(fact) }
      }
      if list == names.householdList {
        // A household that is only spoken of has its line as well.
        _ = store.householdNumber(store.entities[entity].id)
        mention(names.formedFrom, of: fact)
        mention(names.mergedInto, of: fact)
      }
    }
  }

  private mutating func mention(_ name: UInt32, of fact: Int) {
    guard let other = store.value(name, of: fact), other != TextTable.empty else { return }
    mentions[other, default: []].append(fact)
  }
}

extension Register {
  /// Numbers of the texts that the register itself asks for.
  struct Names: Sendable {
    let household: UInt32
    let person: UInt32
    let visit: UInt32
    let sweep: UInt32
    let membership: UInt32
    let sameAs: UInt32
    let formedFrom: UInt32
    let mergedInto: UInt32
    let name: UInt32
    let idNumber: UInt32
    let phone: UInt32
    let date: UInt32
    let from: UInt32
    let to: UInt32
    let left: UInt32
    /// The list and the property are one text.
    var householdList: UInt32 { household }

    init(_ texts: inout TextTable) {
      household = texts.number(of: FactList.household)
      person = texts.number(of: FactList.person)
      visit = texts.number(of: FactList.visit)
      sweep = texts.number(of: FactList.sweep)
      membership = texts.number(of: "membership")
      sameAs = texts.number(of: "same_as")
      formedFrom = texts.number(of: "formed_from")
      mergedInto = texts.number(of: "merged_into")
      name = texts.number(of: "name")
      idNumber = texts.number(of: "id_number")
      phone = texts.number(of: "phone")
      date = texts.number(of: "date")
      from = texts.number(of: "from")
      to = texts.number(of: "to")
      left = texts.number(of: "left")
    }
  }

  /// What was said about a record by its id: by supervisors, and by whoever typed it a second time.
  private mutating func fileReview(_ record: Record, at index: Int) {
    if record.type == .deputy { deputies.append(index) }
    guard let about = record.body["record"].map({ store.texts.number(of: $0) }) else { return }
    if record.type == .acknowledgement { acknowledgements[about, default: []].append(index) }
    if record.type == .verification { verifications[about, default: []].append(index) }
    guard record.type == .review else { return }
    reviews[about, default: []].append(index)
    if record.body["verdict"] == Review.Verdict.returned.rawValue { returns.insert(about) }
  }
}

extension Record {
  /// A total order over contents, for the choice between two contents of one id. Only ever computed for those.
  func sortsBefore(_ other: Record) -> Bool { contentKey.lexicographicallyPrecedes(other.contentKey) }

  private var contentKey: [String] {
    var key = [type.rawValue, household ?? "", division, author.person, author.name, author.role.rawValue, device]
    key += [wall, timeZone, clockTrusted ? "1" : "0", String(supersedes.count)] + supersedes
    key += [form?.id ?? "", form?.version ?? "", form?.hash ?? "", String(facts.count)]
    for fact in facts {
      key += [fact.list, fact.entity, fact.label ?? "", String(fact.properties.count)]
      for property in fact.properties { key += [property.name, property.value] }
    }
    for (name, text) in body.sorted(by: { $0.key < $1.key }) { key += ["body", name, text] }
    for (name, text) in unknown.sorted(by: { $0.key < $1.key }) { key += ["unknown", name, text] }
    return key
  }
}
