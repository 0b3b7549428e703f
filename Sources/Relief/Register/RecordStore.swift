// The records of a register, packed. A township's hundred thousand visits of about two hundred properties each would be
// gigabytes as Swift values; here a text is kept once (`TextTable`), the property names of a fact once for all facts of
// their kind (`Shape`), and a record is a run of small numbers in an arena. Records and facts are given out as values.
//
// A record's bytes: what it supersedes; who, when, where; form; body; then its facts, each a shape, a label and one text
// number a property. Texts have one number, so two records of one content have the same bytes.

struct RecordStore: Sendable {
  /// What is needed of a record without reading its bytes.
  struct Row: BitwiseCopyable, Sendable {
    var id: UInt32
    var type: UInt32
    /// 0 where it is about none.
    var household: UInt32
    var division: UInt32
    var address: UInt32
    var firstFact: UInt32
    var factCount: UInt32
    /// The record about the same household that came before, + 1.
    var earlier: UInt32 = 0
    /// Day number of the visit, of the clock where the record is no visit or does not say; `Int32.min` where nothing does.
    var day: Int32
    /// Day number of the clock when it was written; `Int32.min` where it is none.
    var written: Int32
    var marks: Marks
    /// So that there is no gap between the numbers.
    private let unused: UInt32 = 0
    /// The number, and in the two low bits the source, + 1; 0 where no place is known. Whole numbers alone: a snapshot holds rows
    /// as they stand in memory, and any bits are a row.
    private var placeBits: UInt64

    var place: Place? {
      get {
        guard placeBits != 0, let source = Place.Source(rawValue: Int(placeBits & 3) - 1) else { return nil }
        return Place(source, placeBits >> 2)
      }
      set { placeBits = newValue.map { $0.number << 2 | UInt64($0.source.rawValue + 1) } ?? 0 }
    }

    init(_ packed: PackedRecord, address: Int, firstFact: Int, days: (Int32, written: Int32), place: Place?, marks: Marks) {
      id = packed.id
      type = packed.type
      household = packed.household
      division = packed.division
      self.address = UInt32(address)
      self.firstFact = UInt32(firstFact)
      factCount = UInt32(packed.facts.count)
      day = days.0
      written = days.written
      self.marks = marks
      placeBits = 0
      self.place = place
    }
  }

  struct Marks: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt32
    static let hasSubmission = Marks(rawValue: 1)
    /// Withdrawn or amended as a whole by a record that holds.
    static let void = Marks(rawValue: 2)
    /// In a circle of records that void each other: kept, and flagged.
    static let contested = Marks(rawValue: 4)
    /// Another content of the same id took its place.
    static let replaced = Marks(rawValue: 8)
    static let isVisit = Marks(rawValue: 16)
    static let replacesWhole = Marks(rawValue: 32)
    /// A visit of several days, or of one that is not told to the day: `day` does not say all of it.
    static let severalDays = Marks(rawValue: 64)
  }

  struct FactRow: BitwiseCopyable, Sendable {
    var record: UInt32
    /// From the beginning of the record's bytes.
    var offset: UInt32
    var entity: UInt32
    /// The fact about the same entity that came before, + 1.
    var earlier: UInt32
  }

  struct EntityRow: BitwiseCopyable, Sendable {
    var id: UInt32
    var list: UInt32
    /// The last fact about it, + 1.
    var last: UInt32 = 0
    /// Another list's entity of the same id, + 1.
    var namesake: UInt32
  }

  /// What a text is besides a text, each + 1.
  struct Use: BitwiseCopyable, Sendable {
    var record: UInt32 = 0
    var entity: UInt32 = 0
    var household: UInt32 = 0
  }

  struct HouseholdRow: BitwiseCopyable, Sendable {
    var id: UInt32
    /// The last record about it, + 1.
    var last: UInt32 = 0
  }

  var texts = TextTable()
  private(set) var shapes = ShapeTable()
  private(set) var authors: [Author] = []
  private var authorNumbers: [Author: Int] = [:]
  private(set) var forms: [FormStamp] = []
  private var formNumbers: [FormStamp: Int] = [:]
  private(set) var arena = Arena()
  private(set) var rows = Column<Row>()
  private(set) var facts = Column<FactRow>()
  private(set) var entities = Column<EntityRow>()
  private(set) var households = Column<HouseholdRow>()
  private var uses = Column<Use>()
  /// By list: its entities.
  private(set) var entitiesOfList: [UInt32: Column<UInt32>] = [:]

  // MARK: Looking up

  func record(named id: String) -> Int? { texts.find(id).flatMap { record(numbered: $0) } }
  func record(numbered id: UInt32) -> Int? { use(id).record == 0 ? nil : Int(use(id).record) - 1 }
  func household(named id: String) -> Int? { texts.find(id).flatMap { household(numbered: $0) } }
  func household(numbered id: UInt32) -> Int? { use(id).household == 0 ? nil : Int(use(id).household) - 1 }

  func entity(_ list: String, _ id: String) -> Int? {
    guard let list = texts.find(list), let id = texts.find(id) else { return nil }
    return entity(list, id)
  }

  func entity(_ list: UInt32, _ id: UInt32) -> Int? {
    var next = use(id).entity
    while next != 0 {
      let row = entities[Int(next) - 1]
      if row.list == list { return Int(next) - 1 }
      next = row.namesake
    }
    return nil
  }

  func holds(_ record: Int) -> Bool { rows[record].marks.isDisjoint(with: [.void, .replaced]) }

  /// Facts about an entity that records that hold state, in the order they came.
  func liveFacts(of entity: Int) -> [Int] {
    var found: [Int] = []
    var next = entities[entity].last
    while next != 0 {
      let row = facts[Int(next) - 1]
      if holds(Int(row.record)) { found.append(Int(next) - 1) }
      next = row.earlier
    }
    found.reverse()
    return found
  }

  /// Facts about an entity that any record states.
  func allFacts(of entity: Int) -> [Int] {
    var found: [Int] = []
    var next = entities[entity].last
    while next != 0 {
      found.append(Int(next) - 1)
      next = facts[Int(next) - 1].earlier
    }
    return found
  }

  /// Text number of a fact's list.
  func list(of fact: Int) -> UInt32 { entities[Int(facts[fact].entity)].list }

  func isAlive(_ entity: Int) -> Bool {
    var next = entities[entity].last
    while next != 0 {
      let row = facts[Int(next) - 1]
      if holds(Int(row.record)) { return true }
      next = row.earlier
    }
    return false
  }

  /// Records about a household, also void ones, in the order they came.
  func records(about household: Int) -> [Int] {
    var found: [Int] = []
    var next = households[household].last
    while next != 0 {
      found.append(Int(next) - 1)
      next = rows[Int(next) - 1].earlier
    }
    found.reverse()
    return found
  }

  /// Whether any record about a household holds.
  func isHeld(household: Int) -> Bool {
    var next = households[household].last
    while next != 0 {
      if holds(Int(next) - 1) { return true }
      next = rows[Int(next) - 1].earlier
    }
    return false
  }

  func facts(of record: Int) -> Range<Int> {
    let row = rows[record]
    return Int(row.firstFact)..<Int(row.firstFact) + Int(row.factCount)
  }

  /// Text numbers of the ids a record supersedes.
  func supersedes(_ record: Int) -> [UInt32] {
    var reader = arena.reader(at: Int(rows[record].address))
    return (0..<reader.number()).map { _ in UInt32(reader.number()) }
  }

  /// What a fact says of a property, as a text number; nil where it says nothing.
  func value(_ name: UInt32, of fact: Int) -> UInt32? {
    let row = facts[fact]
    var reader = arena.reader(at: Int(rows[Int(row.record)].address), offset: Int(row.offset))
    guard let position = shapes[reader.number()].position(of: name) else { return nil }
    reader.skipNumbers(position + 1)
    return UInt32(reader.number())
  }

  func text(_ name: UInt32, of fact: Int) -> String? {
    guard let value = value(name, of: fact), value != TextTable.empty else { return nil }
    return texts.text(value)
  }

  func shapeNumber(of fact: Int) -> Int {
    let row = facts[fact]
    var reader = arena.reader(at: Int(rows[Int(row.record)].address), offset: Int(row.offset))
    return reader.number()
  }

  /// Calls `each` with the name and value of every property of a fact.
  /// - Returns: the label's text number + 1, 0 where there is none.
  @discardableResult
  func properties(of fact: Int, _ each: (_ name: UInt32, _ value: UInt32) -> Void) -> Int {
    let row = facts[fact]
    var reader = arena.reader(at: Int(rows[Int(row.record)].address), offset: Int(row.offset))
    let shape = shapes[reader.number()]
    let label = reader.number()
    for name in shape.names { each(name, UInt32(reader.number())) }
    return label
  }

  private func use(_ text: UInt32) -> Use { Int(text) < uses.count ? uses[Int(text)] : Use() }

  // MARK: Marks

  mutating func setMark(_ mark: Marks, _ isSet: Bool, of record: Int) {
    if isSet { rows[record].marks.insert(mark) } else { rows[record].marks.remove(mark) }
  }

  mutating func setPlace(_ place: Place?, of record: Int) { rows[record].place = place }

  // MARK: Taking in

  /// Files a record packed by `pack`.
  mutating func append(_ packed: PackedRecord, place: Place?, marks: Marks, days: (Int32, written: Int32)) -> Int {
    let index = rows.count
    let address = arena.append(packed.bytes)
    let first = facts.count
    for fact in packed.facts {
      let entity = entityNumber(fact.list, fact.entity)
      facts.append(
        FactRow(
          record: UInt32(index), offset: UInt32(fact.offset), entity: UInt32(entity), earlier: entities[entity].last))
      entities[entity].last = UInt32(facts.count)
    }
    var row = Row(packed, address: address, firstFact: first, days: days, place: place, marks: marks)
    if packed.household != TextTable.empty {
      let household = householdNumber(packed.household)
      row.earlier = households[household].last
      households[household].last = UInt32(index + 1)
    }
    rows.append(row)
    uses.extend(to: Int(packed.id) + 1, with: Use())
    uses[Int(packed.id)].record = UInt32(index + 1)
    return index
  }

  private mutating func entityNumber(_ list: UInt32, _ id: UInt32) -> Int {
    if let known = entity(list, id) { return known }
    uses.extend(to: Int(id) + 1, with: Use())
    entities.append(EntityRow(id: id, list: list, namesake: uses[Int(id)].entity))
    uses[Int(id)].entity = UInt32(entities.count)
    entitiesOfList[list, default: Column()].append(UInt32(entities.count - 1))
    return entities.count - 1
  }

  /// The household's number, a new one where it was never spoken of.
  mutating func householdNumber(_ id: UInt32) -> Int {
    if let known = household(numbered: id) { return known }
    uses.extend(to: Int(id) + 1, with: Use())
    households.append(HouseholdRow(id: id))
    uses[Int(id)].household = UInt32(households.count)
    return households.count - 1
  }

  /// Whether a record held has exactly these bytes.
  func isSame(_ packed: PackedRecord, as record: Int) -> Bool {
    let reader = arena.reader(at: Int(rows[record].address))
    return reader.bytes[reader.place...].starts(with: packed.bytes)
  }

  mutating func authorNumber(_ author: Author) -> Int {
    if let known = authorNumbers[author] { return known }
    authors.append(author)
    authorNumbers[author] = authors.count - 1
    return authors.count - 1
  }

  mutating func formNumber(_ form: FormStamp) -> Int {
    if let known = formNumbers[form] { return known }
    forms.append(form)
    formNumbers[form] = forms.count - 1
    return forms.count - 1
  }

  // MARK: Snapshot

  func write(to snapshot: inout SnapshotWriter) {
    texts.write(to: &snapshot)
    shapes.write(to: &snapshot)
    snapshot.list(authors) { snapshot, author in
      for text in [author.person, author.name, author.role.rawValue] { snapshot.text(text) }
    }
    snapshot.list(forms) { snapshot, form in
      snapshot.text(form.id)
      snapshot.optional(form.version)
      snapshot.text(form.hash)
    }
    snapshot.arena(arena)
    snapshot.column(rows)
    snapshot.column(facts)
    snapshot.column(entities)
    snapshot.column(households)
    snapshot.column(uses)
  }

  init(from snapshot: inout SnapshotReader) throws(SnapshotFault) {
    texts = try TextTable(from: &snapshot)
    shapes = try ShapeTable(from: &snapshot, texts)
    for _ in 0..<(try snapshot.count()) {
      _ = authorNumber(Author(person: try snapshot.text(), name: try snapshot.text(), role: Role(rawValue: try snapshot.text())))
    }
    for _ in 0..<(try snapshot.count()) {
      _ = formNumber(FormStamp(id: try snapshot.text(), version: try snapshot.optional(), hash: try snapshot.text()))
    }
    arena = try snapshot.arena()
    rows = try snapshot.column()
    facts = try snapshot.column()
    entities = try snapshot.column()
    households = try snapshot.column()
    uses = try snapshot.column()
    for index in 0..<entities.count { entitiesOfList[entities[index].list, default: Column()].append(UInt32(index)) }
  }

  init() {}

  mutating func shapeNumber(_ list: UInt32, _ names: [UInt32]) -> Int { shapes.number(list, names, texts) }
}
