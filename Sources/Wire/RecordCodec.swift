// A record as JSON text: the form in which it is sealed in a journal line and carried by the feed.
//
// One object, keys sorted, nothing written that is absent or empty, so one record has one text. Facts keep the order of
// their properties (an array of pairs). Keys of a newer program are kept and written back. The text is never hashed:
// journals hash the line's bytes. Limits are those of `Limits`; a record beyond one is refused where it is made.

public import Relief

/// Why bytes are no record, or why a record cannot be written. Carries no text of the record.
public enum RecordFault: Error, Equatable, Sendable {
  /// Not JSON of a record; the byte where reading stopped.
  case malformed(offset: Int)
  /// A key that every record has is missing or has another kind of value.
  case badField(String)
  /// A limit of `Limits`, by name.
  case overLimit(String)
}

public enum RecordCodec {
  /// Value of the key `v`. A reader takes any version: keys are only ever added.
  static let version = 1

  public static func encode(_ record: Record) throws(RecordFault) -> [UInt8] {
    try check(record)
    var fields: [(key: String, write: (inout JSONWriter) -> Void)] = [
      ("author", { author(record.author, &$0) }),
      ("clock_ok", { $0.literal(record.clockTrusted ? "true" : "false") }),
      ("device", { $0.string(record.device) }),
      ("division", { $0.string(record.division) }),
      ("id", { $0.string(record.id) }),
      ("type", { $0.string(record.type.rawValue) }),
      ("tz", { $0.string(record.timeZone) }),
      ("v", { $0.literal(String(version)) }),
      ("wall", { $0.string(record.wall) }),
    ]
    if !record.body.isEmpty { fields.append(("body", { strings(record.body, &$0) })) }
    if !record.facts.isEmpty { fields.append(("facts", { facts(record.facts, &$0) })) }
    if let form = record.form { fields.append(("form", { stamp(form, &$0) })) }
    if let household = record.household { fields.append(("household", { $0.string(household) })) }
    if let submission = record.submission { fields.append(("submission", { $0.string(submission) })) }
    if !record.supersedes.isEmpty {
      fields.append(("supersedes", { $0.array(record.supersedes) { writer, id in writer.string(id) } }))
    }
    for (key, text) in record.unknown where !known.contains(key) { fields.append((key, { $0.literal(text) })) }
    var writer = JSONWriter()
    writer.object(fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    guard writer.bytes.count <= Limits.recordBytes else { throw .overLimit("recordBytes") }
    return writer.bytes
  }

  /// The record that bytes stand for.
  /// - Parameter keepingSubmission: where this is false the submission is checked like everything else, and the empty text
  ///   stands in its place: a fold needs no more, and it is most of a visit's bytes.
  public static func decode(_ bytes: some Collection<UInt8>, keepingSubmission: Bool = true) throws(RecordFault) -> Record {
    guard bytes.count <= Limits.recordBytes else { throw .overLimit("recordBytes") }
    var scanner = try JSONScanner(Array(bytes))
    var record = Record(
      id: "", type: RecordType(rawValue: ""), division: "",
      author: Author(person: "", name: "", role: Role(rawValue: "")),
      device: "", wall: "", timeZone: "")
    var missing: Set<String> = ["author", "device", "division", "id", "type", "tz", "wall"]
    try scanner.object { scanner, key throws(RecordFault) in
      missing.remove(key)
      if key == "submission", !keepingSubmission {
        let before = scanner.nulCount
        try scanner.skipString()
        guard scanner.nulCount == before else { throw .badField("submission") }
        record.submission = ""
      } else {
        try read(key, into: &record, &scanner)
      }
    }
    try scanner.end()
    if let key = missing.min() { throw .badField(key) }
    try check(record, mayHoldNUL: scanner.nulCount > 0)
    return record
  }

  private static let known: Set<String> = [
    "author", "body", "clock_ok", "device", "division", "facts", "form", "household", "id", "submission", "supersedes",
    "type", "tz", "v", "wall",
  ]

  private static func check(_ record: Record, mayHoldNUL: Bool = true) throws(RecordFault) {
    guard isUUID(record.id) else { throw .badField("id") }
    guard !record.type.rawValue.isEmpty, record.type.rawValue.utf8.count <= 40 else { throw .badField("type") }
    guard record.division.utf8.count <= 12, record.division.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw .badField("division")
    }
    guard record.facts.count <= Limits.factsOfRecord else { throw .overLimit("factsOfRecord") }
    guard record.facts.allSatisfy({ $0.properties.count <= Limits.propertiesOfFact }) else {
      throw .overLimit("propertiesOfFact")
    }
    guard record.supersedes.count <= Limits.supersededByRecord else { throw .overLimit("supersededByRecord") }
    try checkTexts(record, mayHoldNUL)
    for text in record.unknown.values {
      var scanner = try JSONScanner(Array(text.utf8))
      _ = try scanner.raw()
      try scanner.end()
    }
  }

  /// Ids and names are one line of text: a control character in one is no typing of anybody's, and would be cut or read
  /// otherwise by a database, a log or a terminal. In what people say at length, and in a submission, only NUL is refused.
  private static func checkTexts(_ record: Record, _ mayHoldNUL: Bool) throws(RecordFault) {
    func holdsNUL(_ text: String) -> Bool { mayHoldNUL && text.utf8.contains(0) }
    let author = [record.author.person, record.author.name, record.author.role.rawValue]
    guard author.allSatisfy(isOneLine) else { throw .badField("author") }
    guard isOneLine(record.type.rawValue) else { throw .badField("type") }
    for (key, text) in [
      ("device", record.device), ("wall", record.wall), ("tz", record.timeZone), ("household", record.household ?? ""),
    ] where !isOneLine(text) { throw .badField(key) }
    guard record.supersedes.allSatisfy(isOneLine) else { throw .badField("supersedes") }
    if let form = record.form, ![form.id, form.version ?? "", form.hash].allSatisfy(isOneLine) { throw .badField("form") }
    for fact in record.facts {
      guard isOneLine(fact.list), isOneLine(fact.entity), isOneLine(fact.label ?? ""),
        fact.properties.allSatisfy({ isOneLine($0.name) && !holdsNUL($0.value) })
      else { throw .badField("facts") }
    }
    guard record.body.allSatisfy({ isOneLine($0.key) && !holdsNUL($0.value) }) else { throw .badField("body") }
    guard !(record.submission.map(holdsNUL) ?? false) else { throw .badField("submission") }
  }

  /// No C0 control, no DEL; and no C1 control, which UTF-8 writes as C2 80…C2 9F.
  private static func isOneLine(_ text: String) -> Bool {
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || (before == 0xC2 && byte < 0xA0) { return false }
      before = byte
    }
    return true
  }

  /// Lower-case hex with hyphens at 8, 13, 18 and 23; the version is not checked.
  static func isUUID(_ text: String) -> Bool {
    var index = 0
    for byte in text.utf8 {
      let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
      guard isHyphen ? byte == 45 : (48...57).contains(byte) || (97...102).contains(byte) else { return false }
      index += 1
    }
    return index == 36
  }
}

// MARK: Writing

extension RecordCodec {
  private static func author(_ author: Author, _ writer: inout JSONWriter) {
    writer.object([
      ("name", { $0.string(author.name) }), ("person", { $0.string(author.person) }),
      ("role", { $0.string(author.role.rawValue) }),
    ])
  }

  private static func stamp(_ form: FormStamp, _ writer: inout JSONWriter) {
    var fields: [(key: String, write: (inout JSONWriter) -> Void)] = [
      ("hash", { $0.string(form.hash) }), ("id", { $0.string(form.id) }),
    ]
    if let version = form.version { fields.append(("version", { $0.string(version) })) }
    writer.object(fields)
  }

  private static func facts(_ facts: [Fact], _ writer: inout JSONWriter) {
    writer.array(facts) { writer, fact in
      var fields: [(key: String, write: (inout JSONWriter) -> Void)] = [("entity", { $0.string(fact.entity) })]
      if let label = fact.label { fields.append(("label", { $0.string(label) })) }
      fields.append(("list", { $0.string(fact.list) }))
      fields.append(
        (
          "properties",
          {
            $0.array(fact.properties) { writer, property in
              writer.array([property.name, property.value]) { $0.string($1) }
            }
          }
        ))
      writer.object(fields)
    }
  }

  private static func strings(_ texts: [String: String], _ writer: inout JSONWriter) {
    let sorted = texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    writer.object(sorted.map { pair in (pair.key, { $0.string(pair.value) }) })
  }
}

// MARK: Reading

extension RecordCodec {
  private static func read(
    _ key: String, into record: inout Record, _ scanner: inout JSONScanner
  ) throws(RecordFault) {
    switch key {
    case "author": record.author = try author(&scanner)
    case "body": record.body = try strings(&scanner)
    case "clock_ok": record.clockTrusted = try scanner.bool()
    case "device": record.device = try scanner.string()
    case "division": record.division = try scanner.string()
    case "facts": record.facts = try facts(&scanner)
    case "form": record.form = try stamp(&scanner)
    case "household": record.household = try scanner.string()
    case "id": record.id = try scanner.string()
    case "submission": record.submission = try scanner.string()
    case "supersedes":
      var ids: [String] = []
      try scanner.array { scanner throws(RecordFault) in ids.append(try scanner.string()) }
      record.supersedes = ids
    case "type": record.type = RecordType(rawValue: try scanner.string())
    case "tz": record.timeZone = try scanner.string()
    case "v": _ = try scanner.integer()
    case "wall": record.wall = try scanner.string()
    default: record.unknown[key] = try scanner.raw()
    }
  }

  private static func author(_ scanner: inout JSONScanner) throws(RecordFault) -> Author {
    var author = Author(person: "", name: "", role: Role(rawValue: ""))
    try scanner.object { scanner, key throws(RecordFault) in
      switch key {
      case "name": author.name = try scanner.string()
      case "person": author.person = try scanner.string()
      case "role": author.role = Role(rawValue: try scanner.string())
      default: _ = try scanner.raw()
      }
    }
    return author
  }

  private static func stamp(_ scanner: inout JSONScanner) throws(RecordFault) -> FormStamp {
    var stamp = FormStamp(id: "", version: nil, hash: "")
    try scanner.object { scanner, key throws(RecordFault) in
      switch key {
      case "id": stamp.id = try scanner.string()
      case "version": stamp.version = try scanner.string()
      case "hash": stamp.hash = try scanner.string()
      default: _ = try scanner.raw()
      }
    }
    guard !stamp.id.isEmpty else { throw .badField("form") }
    return stamp
  }

  private static func facts(_ scanner: inout JSONScanner) throws(RecordFault) -> [Fact] {
    var facts: [Fact] = []
    try scanner.array { scanner throws(RecordFault) in
      guard facts.count < Limits.factsOfRecord else { throw .overLimit("factsOfRecord") }
      var fact = Fact(list: "", entity: "")
      try scanner.object { scanner, key throws(RecordFault) in
        switch key {
        case "list": fact.list = try scanner.string()
        case "entity": fact.entity = try scanner.string()
        case "label": fact.label = try scanner.string()
        case "properties": fact.properties = try properties(&scanner)
        default: _ = try scanner.raw()
        }
      }
      guard !fact.list.isEmpty, !fact.entity.isEmpty else { throw .badField("facts") }
      facts.append(fact)
    }
    return facts
  }

  private static func properties(_ scanner: inout JSONScanner) throws(RecordFault) -> [Property] {
    var properties: [Property] = []
    try scanner.array { scanner throws(RecordFault) in
      guard properties.count < Limits.propertiesOfFact else { throw .overLimit("propertiesOfFact") }
      var name: String?
      var value: String?
      try scanner.array { scanner throws(RecordFault) in
        guard value == nil else { throw .badField("properties") }
        if name == nil { name = try scanner.string() } else { value = try scanner.string() }
      }
      guard let name, let value else { throw .badField("properties") }
      properties.append(Property(name, value))
    }
    return properties
  }

  private static func strings(_ scanner: inout JSONScanner) throws(RecordFault) -> [String: String] {
    var texts: [String: String] = [:]
    try scanner.object { scanner, key throws(RecordFault) in texts[key] = try scanner.string() }
    return texts
  }
}
