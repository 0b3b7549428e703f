// What the county publishes: the division table and the forms.

/// A published form. `hash` pins its meaning: a visit's form stamp names it.
public struct PublishedForm: Equatable, Sendable {
  public var record: String
  public var id: String
  public var version: String?
  public var hash: String
  public var title: String?
  public var from: CivilDate?
  /// The XForm.
  public var xform: String
  /// By file name.
  public var media: [String: String]
}

extension Register {
  /// Name of a division as the table says, nil where the table does not have it.
  public func name(of division: Division) -> String? {
    value("name", of: FactList.division, division.code)
  }

  /// 乡镇、村 under one name, as far as the table has them: `示范镇 东庄村`.
  public func fullName(of division: Division) -> String {
    var names: [String] = []
    var next: Division? = division
    while let one = next, one.level > .county {
      names.insert(name(of: one) ?? one.code, at: 0)
      next = one.parent
    }
    return names.joined(separator: " ")
  }

  /// Divisions of the table inside one, sorted by code.
  public func divisions(in division: Division? = nil) -> [(code: Division, name: String)] {
    entities(of: FactList.division).compactMap { Division($0) }
      .filter { division?.contains($0) ?? true }
      .map { ($0, name(of: $0) ?? $0.code) }
  }

  /// Every published form that holds, sorted by id, then by version, then by record.
  public func forms() -> [PublishedForm] {
    guard let list = store.texts.find(FactList.form) else { return [] }
    return entityNumbers(of: list).flatMap { entity in
      store.liveFacts(of: entity).compactMap { published(store.texts.text(store.entities[entity].id), fact: $0) }
    }.sorted { ($0.id, versionKey($0.version), $0.record) < ($1.id, versionKey($1.version), $1.record) }
  }

  /// The form to type into on a day: of those with this id that are to be used by then, the newest version.
  public func form(_ id: String, on day: CivilDate) -> PublishedForm? {
    forms().last { $0.id == id && ($0.from.map { $0 <= day } ?? true) }
  }

  /// The form a visit was typed into.
  public func form(_ stamp: FormStamp) -> PublishedForm? {
    forms().first { $0.id == stamp.id && $0.hash == stamp.hash }
  }

  private func published(_ id: String, fact index: Int) -> PublishedForm? {
    let record = store.head(at: Int(store.facts[index].record))
    let fact = store.fact(at: index)
    guard record.type == .form, let xform = record.body["xform"], let hash = fact.value("hash") else { return nil }
    var media: [String: String] = [:]
    for (key, text) in record.body where key.hasPrefix("media/") { media[String(key.dropFirst(6))] = text }
    return PublishedForm(
      record: record.id, id: id, version: fact.value("version"), hash: hash, title: fact.value("title"),
      from: fact.value("from").flatMap { CivilDate($0) }, xform: xform, media: media)
  }

  /// Versions are numbers as a rule (`2026112401`): the longer one is the greater, whatever zeros lead.
  private func versionKey(_ version: String?) -> String {
    let digits = (version ?? "").drop { $0 == "0" }
    return String(repeating: "~", count: min(40, digits.utf8.count)) + digits
  }
}
