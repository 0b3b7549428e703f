// The register (台账): a fold over facts, one piece of code on a laptop (in memory) and at the county.
//
// It never reads a form. It does not depend on the order of records, nor on how often one comes: what is kept is the set
// of records and its indexes, and every view is computed from them when it is asked for.
//
// Rules:
//  * A record that is withdrawn or amended as a whole is void: it states nothing any more (`Register+Standing`).
//  * A field keeps every value that no record supersedes; two left are a conflict (`Register+Fields`).
//  * Two records of one id with different content: the one whose content sorts first is kept, and the id is flagged.
//  * Submissions are not held in memory: `place` says where to read them again.

public struct Register: Sendable {
  /// One record as the fold holds it.
  struct Entry: Sendable {
    /// Without its submission.
    var record: Record
    var place: Place?
    var hasSubmission: Bool
    /// Withdrawn or amended as a whole by a record that holds.
    var isVoid = false
    /// In a circle of records that void each other: kept, and flagged.
    var isContested = false
    /// Another content of the same id took its place.
    var isReplaced = false

    var holds: Bool { !isVoid && !isReplaced }
  }

  /// Where one entity is spoken of.
  struct Source: Hashable, Sendable {
    var entry: Int
    var fact: Int
  }

  var entries: [Entry] = []
  var indexes: [String: Int] = [:]
  /// Ids of records with more than one content.
  var clashing: Set<String> = []
  /// By id: the records that void it.
  var voiders: [String: [Int]] = [:]
  /// By list, by entity.
  var sources: [String: [String: [Source]]] = [:]
  /// By household: records about it.
  var aboutHousehold: [String: [Int]] = [:]
  /// By household: persons that any record ever placed in it.
  var personsNear: [String: Set<String>] = [:]
  /// By household: others that ever said to have come out of it or to be merged into it.
  var relatives: [String: Set<String>] = [:]
  /// By identity number: persons of whom any record ever stated it.
  var numbered: [String: Set<String>] = [:]
  /// By the id of the reviewed record.
  var reviews: [String: [Int]] = [:]
  /// By the id of the red record: who acknowledged it.
  var acknowledgements: [String: [Int]] = [:]
  /// Records that name a deputy, records that say red, records that a review sent back.
  var deputies: [Int] = []
  var reds: [Int] = []
  var returns: Set<String> = []
  /// By household: entities of the sweep list.
  var sweepsOf: [String: Set<String>] = [:]

  public init() {}

  /// Number of records held.
  public var count: Int { indexes.count }

  /// Takes a record in. Any order and any duplication gives the same register.
  public mutating func apply(_ record: Record, at place: Place? = nil) {
    if insert(record, place) { settle() }
  }

  /// Takes many in; what voids what is settled once at the end.
  public mutating func apply(contentsOf records: some Sequence<(record: Record, place: Place?)>) {
    var touched = false
    for (record, place) in records where insert(record, place) { touched = true }
    if touched { settle() }
  }

  /// A record by its id, without its submission.
  public func record(_ id: String) -> Record? { indexes[id].map { entries[$0].record } }

  public func contains(_ id: String) -> Bool { indexes[id] != nil }

  /// Where to read the record's bytes again.
  public func place(of id: String) -> Place? { indexes[id].flatMap { entries[$0].place } }

  /// Whether a record still states what it says: known, and neither withdrawn nor amended.
  public func holds(_ id: String) -> Bool { indexes[id].map { entries[$0].holds } ?? false }

  /// - Returns: whether what voids what may have changed.
  private mutating func insert(_ record: Record, _ place: Place?) -> Bool {
    var lean = record
    lean.submission = nil
    var entry = Entry(record: lean, place: place, hasSubmission: record.submission != nil)
    if let index = indexes[record.id] {
      if entries[index].record == lean {
        entries[index].place = [entries[index].place, place].compactMap { $0 }.min()
        entries[index].hasSubmission = entries[index].hasSubmission || entry.hasSubmission
        return false
      }
      clashing.insert(record.id)
      guard lean.sortsBefore(entries[index].record) else { return false }
      entry.place = [entry.place, entries[index].place].compactMap { $0 }.min()
      entries[index].isReplaced = true
    }
    let index = entries.count
    entries.append(entry)
    indexes[record.id] = index
    file(lean, at: index)
    let voidsOthers = record.type.replacesWhole && !record.supersedes.isEmpty
    return voidsOthers || voiders[record.id] != nil || clashing.contains(record.id)
  }

  private mutating func file(_ record: Record, at index: Int) {
    if let household = record.household { aboutHousehold[household, default: []].append(index) }
    if record.type.replacesWhole {
      for target in Set(record.supersedes) { voiders[target, default: []].append(index) }
    }
    fileReview(record, at: index)
    if record.isRed { reds.append(index) }
    for (position, fact) in record.facts.enumerated() {
      sources[fact.list, default: [:]][fact.entity, default: []].append(Source(entry: index, fact: position))
      if fact.list == FactList.person {
        if let household = record.household { personsNear[household, default: []].insert(fact.entity) }
        if let household = fact.value("household") { personsNear[household, default: []].insert(fact.entity) }
        if let number = fact.value("id_number"), !number.isEmpty { numbered[number, default: []].insert(fact.entity) }
      }
      if fact.list == FactList.household {
        for name in ["formed_from", "merged_into"] {
          if let other = fact.value(name), !other.isEmpty { relatives[other, default: []].insert(fact.entity) }
        }
      }
      if fact.list == FactList.sweep, let household = fact.value("household") ?? record.household {
        sweepsOf[household, default: []].insert(fact.entity)
      }
    }
  }

  /// What supervisors wrote.
  private mutating func fileReview(_ record: Record, at index: Int) {
    if record.type == .deputy { deputies.append(index) }
    guard let about = record.body["record"] else { return }
    if record.type == .acknowledgement { acknowledgements[about, default: []].append(index) }
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
