// A clue (线索): a record that says by itself that somebody may need help. It stands for 10 发现 until a step takes it up. Lists over a
// township ask this of a hundred thousand records, so it is asked of packed ones, without reading more than it must.

/// 发现: a visit that found something, an application, a capture, an emergency.
private struct ClueSign {
  /// What a visit concludes that makes it one.
  private static let visitResults = ["suspected", "emergency", "recheck"]

  let papers: Set<UInt32>
  let results: Set<UInt32>
  let result: UInt32?
  let visit: UInt32

  init(_ register: Register) {
    let texts = register.store.texts
    papers = Set([RecordType.application, .capture, .emergency].compactMap { texts.find($0.rawValue) })
    results = Set(Self.visitResults.compactMap { texts.find($0) })
    result = texts.find("result")
    visit = register.names.visit
  }

  func isClue(_ index: Int, in store: RecordStore) -> Bool {
    let row = store.rows[index]
    if papers.contains(row.type) { return true }
    guard row.marks.contains(.isVisit), let result else { return false }
    return store.facts(of: index).contains { fact in
      store.list(of: fact) == visit && store.value(result, of: fact).map { results.contains($0) } ?? false
    }
  }
}

extension Register {
  /// Households with any clue that holds, in a division, sorted.
  func householdsWithClues(in division: Division) -> [String] {
    let sign = ClueSign(self)
    var found: Set<UInt32> = []
    for index in 0..<store.rows.count where store.holds(index) {
      let household = store.rows[index].household
      guard household != TextTable.empty, !found.contains(household), sign.isClue(index, in: store) else { continue }
      found.insert(household)
    }
    return found.filter { id in
      store.household(numbered: id).flatMap { self.division(ofNumber: $0) }.map { division.contains($0) } ?? false
    }.map { store.texts.text($0) }.sorted()
  }

  /// Records about a household that are a clue and hold, sorted.
  public func clues(about household: String) -> [String] { ids(clueNumbers(about: household)) }

  /// Also those that were corrected or taken back since: a step that rested on one was taken all the same.
  func everyClue(about household: String) -> [Int] {
    let sign = ClueSign(self)
    return records(about: household).filter { !store.rows[$0].marks.contains(.replaced) && sign.isClue($0, in: store) }
  }

  /// Clues that no step has taken up, in this version or an earlier one: nobody who took one had seen them, nor named them as what it
  /// rests on. Sorted.
  public func openClues(about household: String) -> [String] { ids(openClueNumbers(about: household)) }

  /// The one that came first.
  func oldestOpenClue(about household: String) -> Int? {
    func order(_ clue: Int) -> (Int, String) { (clueDay(clue)?.dayNumber ?? .max, store.texts.text(store.rows[clue].id)) }
    return openClueNumbers(about: household).min { order($0) < order($1) }
  }

  /// When a clue came: as its form says, else as the clock did.
  func clueDay(_ clue: Int) -> CivilDate? {
    let dated = [FactList.visit, FactList.application, FactList.emergency].compactMap { store.texts.find($0) }
    let fact = store.facts(of: clue).first { dated.contains(store.list(of: $0)) }
    let stated = fact.flatMap { store.text(names.date, of: $0) }
    return stated.flatMap { CivilDate($0) } ?? CivilDate(startOf: store.wall(of: clue))
  }

  private func ids(_ numbers: [Int]) -> [String] { numbers.map { store.texts.text(store.rows[$0].id) }.sorted() }

  private func clueNumbers(about household: String) -> [Int] {
    let sign = ClueSign(self)
    return records(about: household).filter { store.holds($0) && sign.isClue($0, in: store) }
  }

  private func openClueNumbers(about household: String) -> [Int] {
    let clues = clueNumbers(about: household)
    guard !clues.isEmpty else { return [] }
    let steps = stepNumbers(about: household)
    guard !steps.isEmpty else { return clues }
    let sign = ClueSign(self)
    let versions = clues.map { clue in Set([clue] + versionNumbers(before: clue).filter { sign.isClue($0, in: store) }) }
    let taken = seen(among: Set(versions.joined()).union(steps.map(\.record)))
    return zip(clues, versions).filter { _, own in
      !steps.contains { step in step.basis.map { own.contains($0) } ?? false || !own.isDisjoint(with: taken[step.record] ?? []) }
    }.map(\.0)
  }

  /// Records that hold and state a step, each with the record it rests on.
  private func stepNumbers(about household: String) -> [(record: Int, basis: Int?)] {
    guard let list = store.texts.find(FactList.caseStep) else { return [] }
    let basis = store.texts.find("basis")
    return records(about: household).filter { store.holds($0) }.flatMap { record in
      store.facts(of: record).filter { store.list(of: $0) == list }.map { fact in
        (record, basis.flatMap { store.value($0, of: fact) }.flatMap { store.record(numbered: $0) })
      }
    }
  }
}
