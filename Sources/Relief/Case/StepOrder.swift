// The order of steps that several people wrote without asking each other: a step stands after every step its record had seen, directly or
// through other records; steps that had not seen each other stand side by side, and date and record id only decide which of those is
// shown first. The ways of a case and of a warning are folded on it.

struct StepOrder {
  /// By step, the places of the steps it had seen.
  private(set) var seen: [PlaceSet]
  /// By step, the places of the steps that had seen it.
  private let seenBy: [PlaceSet]
  /// By step, whether it had seen any of the records it was asked about besides.
  private(set) var sawBesides: [Bool]
  /// Places of all steps, each after all it had seen.
  private(set) var places: [Int] = []

  /// - Parameters:
  ///   - steps: what states each step, and its day.
  ///   - records: other records of which it matters whether a step had seen one.
  init(of steps: [(statement: Statement, date: CivilDate?)], besides records: Set<Int> = [], in register: Register) {
    let count = steps.count
    seen = Array(repeating: PlaceSet(count: count), count: count)
    sawBesides = Array(repeating: false, count: count)
    let ids = steps.map(\.statement.number)
    let saw = count == 0 ? [:] : register.seen(among: Set(ids).union(records))
    let placesOfRecord = Dictionary(grouping: steps.indices) { ids[$0] }
    for (record, own) in placesOfRecord {
      let others = saw[record] ?? []
      var before = PlaceSet(count: count)
      for other in others { for place in placesOfRecord[other] ?? [] { before.insert(place) } }
      // Two steps of one record: the later fact follows the earlier.
      for place in own {
        seen[place] = before
        sawBesides[place] = !others.isDisjoint(with: records)
        before.insert(place)
      }
    }
    var seenBy = Array(repeating: PlaceSet(count: count), count: count)
    for place in seen.indices { seen[place].forEach { seenBy[$0].insert(place) } }
    self.seenBy = seenBy
    sort(steps)
  }

  private mutating func sort(_ steps: [(statement: Statement, date: CivilDate?)]) {
    func key(_ place: Int) -> [String] {
      let step = steps[place]
      return [step.date?.description ?? "", step.statement.record.id, step.statement.fact.entity]
    }
    guard steps.count > 1 else {
      places = Array(steps.indices)
      return
    }
    var waiting = steps.indices.map { (place: $0, key: key($0)) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.place)
    var missing = seen.map(\.count)
    while !waiting.isEmpty {
      // Records that had seen each other, in a circle: no honest program writes that; they stand by date.
      let index = waiting.firstIndex { missing[$0] == 0 } ?? 0
      let next = waiting.remove(at: index)
      places.append(next)
      for place in waiting where seen[place].contains(next) { missing[place] -= 1 }
    }
  }

  /// Of these steps those that no other of them had seen. Who had seen each other, in a circle, stand side by side.
  func heads(_ steps: [Int]) -> [Int] {
    var all = PlaceSet(count: seen.count)
    for place in steps { all.insert(place) }
    return steps.filter { !seenBy[$0].meets(all, outside: seen[$0]) }
  }
}
