// From a record to its packed bytes and back. The submission and the place are not packed: the first is read again from
// the journal, the second is where.

/// A record as `RecordStore` keeps it, and what it is filed under.
struct PackedRecord {
  struct PackedFact {
    var list: UInt32
    var entity: UInt32
    /// In `bytes`.
    var offset: Int
  }

  var id: UInt32
  var type: UInt32
  var household: UInt32
  var division: UInt32
  var bytes: [UInt8] = []
  var facts: [PackedFact] = []
}

extension RecordStore {
  mutating func pack(_ record: Record) -> PackedRecord {
    var packed = PackedRecord(
      id: texts.number(of: record.id), type: texts.number(of: record.type.rawValue),
      household: texts.number(of: record.household ?? ""), division: texts.number(of: record.division))
    packed.facts.reserveCapacity(record.facts.count)
    packed.bytes.reserveCapacity(64 + record.facts.count * 48)
    packed.bytes.appendNumber(record.supersedes.count)
    for id in record.supersedes { packed.bytes.appendNumber(Int(texts.number(of: id))) }
    for number in [packed.id, packed.type, packed.household, packed.division] { packed.bytes.appendNumber(Int(number)) }
    // A household that is the empty text is not the same as none.
    packed.bytes.append((record.household == nil ? 0 : 1) | (record.clockTrusted ? 2 : 0))
    packed.bytes.appendNumber(authorNumber(record.author))
    for text in [record.device, record.wall, record.timeZone] {
      packed.bytes.appendNumber(Int(texts.number(of: text)))
    }
    packed.bytes.appendNumber(record.form.map { formNumber($0) + 1 } ?? 0)
    pack(record.body, into: &packed.bytes)
    pack(record.unknown, into: &packed.bytes)
    packed.bytes.appendNumber(record.facts.count)
    for fact in record.facts { pack(fact, into: &packed) }
    return packed
  }

  private mutating func pack(_ fact: Fact, into packed: inout PackedRecord) {
    let list = texts.number(of: fact.list)
    let entity = texts.number(of: fact.entity)
    packed.bytes.appendNumber(Int(entity))
    packed.facts.append(.init(list: list, entity: entity, offset: packed.bytes.count))
    packed.bytes.appendNumber(shapeNumber(list, fact.properties.map { texts.number(of: $0.name) }))
    packed.bytes.appendNumber(fact.label.map { Int(texts.number(of: $0)) + 1 } ?? 0)
    for property in fact.properties { packed.bytes.appendNumber(Int(texts.number(of: property.value))) }
  }

  private mutating func pack(_ named: [String: String], into bytes: inout [UInt8]) {
    bytes.appendNumber(named.count)
    for (name, text) in named.sorted(by: { $0.key < $1.key }) {
      bytes.appendNumber(Int(texts.number(of: name)))
      bytes.appendNumber(Int(texts.number(of: text)))
    }
  }

  /// The record as it was, without its submission.
  func record(at index: Int) -> Record {
    var reader = arena.reader(at: Int(rows[index].address))
    var record = head(&reader)
    record.body = named(&reader)
    record.unknown = named(&reader)
    record.facts = facts(of: index).map { fact(at: $0) }
    return record
  }

  /// Who, when and where; the reader then stands before the body.
  func head(_ reader: inout ByteReader) -> Record {
    let supersedes = (0..<reader.number()).map { _ in text(&reader) }
    let id = text(&reader)
    let type = text(&reader)
    let household = text(&reader)
    let division = text(&reader)
    let flags = reader.number()
    let author = authors[reader.number()]
    let device = text(&reader)
    let wall = text(&reader)
    let timeZone = text(&reader)
    let form = reader.number()
    return Record(
      id: id, type: RecordType(rawValue: type), household: flags & 1 == 1 ? household : nil, division: division,
      author: author, device: device, wall: wall, timeZone: timeZone, clockTrusted: flags & 2 == 2,
      supersedes: supersedes, form: form == 0 ? nil : forms[form - 1])
  }

  /// The clock's time of a record.
  func wall(of index: Int) -> String {
    var reader = arena.reader(at: Int(rows[index].address))
    reader.skipNumbers(reader.number())
    reader.skipNumbers(Self.numbersBeforeAuthor + 2)
    return text(&reader)
  }

  /// Whose record it is, as a place in `authors`.
  func author(of index: Int) -> Int {
    var reader = arena.reader(at: Int(rows[index].address))
    reader.skipNumbers(reader.number())
    reader.skipNumbers(Self.numbersBeforeAuthor)
    return reader.number()
  }

  /// Between what a record supersedes and its author: id, type, household, division, flags. The device and the clock follow.
  private static let numbersBeforeAuthor = 5

  /// Everything but the facts, for questions that need no facts.
  func head(at index: Int) -> Record {
    var reader = arena.reader(at: Int(rows[index].address))
    var record = head(&reader)
    record.body = named(&reader)
    return record
  }

  func fact(at index: Int) -> Fact {
    let row = facts[index]
    let entity = entities[Int(row.entity)]
    var reader = arena.reader(at: Int(rows[Int(row.record)].address), offset: Int(row.offset))
    let shape = shapes[reader.number()]
    let label = reader.number()
    var properties: [Property] = []
    properties.reserveCapacity(shape.names.count)
    for name in shape.texts { properties.append(Property(name, texts.text(UInt32(reader.number())))) }
    return Fact(
      list: texts.text(entity.list), entity: texts.text(entity.id),
      label: label == 0 ? nil : texts.text(UInt32(label - 1)), properties: properties)
  }

  private func text(_ reader: inout ByteReader) -> String { texts.text(UInt32(reader.number())) }

  private func named(_ reader: inout ByteReader) -> [String: String] {
    var found: [String: String] = [:]
    for _ in 0..<reader.number() {
      let name = text(&reader)
      found[name] = text(&reader)
    }
    return found
  }
}
