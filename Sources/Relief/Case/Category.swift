// 身份认定: what was granted, as rows of the list `category` (docs/facts.md). A step into 救助 writes one, the step out of it ends it.

extension Register {
  /// The granted row of a case that nobody has ended: of its household or person, for its track; the newest where there are several.
  public func openCategory(of key: CaseKey) -> String? {
    guard let track = key.track else { return nil }
    return rows(of: FactList.category, about: key.household)
      .filter { $0.value("kind") == track.rawValue && $0.value("person") == key.person && $0.value("to") == nil }
      .max { ($0.value("from") ?? "", $0.id) < ($1.value("from") ?? "", $1.id) }?.id
  }
}
