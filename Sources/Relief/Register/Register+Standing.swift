// Which records hold. An amendment or a withdrawal voids what it supersedes, as long as it holds itself: taking a
// withdrawal back makes the record hold again. An amendment of an amendment voids what that one voided as well: whoever
// corrects twice does not bring the first version back. Where records void each other in a circle (no honest program writes that),
// nobody can say which was meant: they are all kept and flagged. The rule is the well-founded one, so it is the same in
// every order, and it is one pass over the records that take part.

extension Register {
  mutating func settle(_ touched: inout Touched) {
    // Everything that voids, or is voided by, a record that is here.
    var targets: [Int: Set<Int>] = [:]
    // A record is looked at again although what voided it has another content now.
    var waiting: [Int: Int] = Dictionary(
      uniqueKeysWithValues: voiders.keys.compactMap { id in store.record(numbered: id).map { ($0, 0) } })
    for voider in Set(voiders.values.joined()) where !isReplaced(voider) {
      let own = self.targets(of: voider)
      guard !own.isEmpty else { continue }
      targets[voider] = own
      waiting[voider] = waiting[voider] ?? 0
      for target in own { waiting[target, default: 0] += 1 }
    }
    let taking = Set(waiting.keys)
    var verdict: [Int: Bool] = [:]
    var ready = taking.filter { waiting[$0] == 0 }
    while let voider = ready.popFirst() {
      guard verdict[voider] == nil else { continue }
      verdict[voider] = true
      for target in targets[voider] ?? [] where verdict[target] == nil {
        verdict[target] = false
        // A void record voids nothing, so whoever only it could void waits for one less.
        for freed in targets[target] ?? [] where verdict[freed] == nil {
          waiting[freed, default: 1] -= 1
          if waiting[freed] == 0 { ready.insert(freed) }
        }
      }
    }
    for index in taking {
      let before = store.rows[index].marks
      store.setMark(.void, verdict[index] == false, of: index)
      store.setMark(.contested, verdict[index] == nil, of: index)
      if store.rows[index].marks != before { touched.records.append(index) }
    }
  }

  private func isReplaced(_ index: Int) -> Bool { store.rows[index].marks.contains(.replaced) }

  /// What a record voids while it holds: what it names, and through an amendment it amends what that one voids.
  private func targets(of index: Int) -> Set<Int> {
    guard store.rows[index].marks.contains(.replacesWhole) else { return [] }
    let amendment = store.texts.find(RecordType.amendment.rawValue)
    func amends(_ record: Int) -> Bool { store.rows[record].type == amendment }
    var found: Set<Int> = []
    var open = store.supersedes(index)
    while let id = open.popLast() {
      guard let target = store.record(numbered: id), target != index, found.insert(target).inserted else { continue }
      if amends(index), amends(target) { open += store.supersedes(target) }
    }
    return found
  }

  /// The versions of a record that it took the place of, through every amendment between.
  func versions(before record: Record) -> [Record] {
    guard let index = store.record(named: record.id) else { return [] }
    return versionNumbers(before: index).map { store.record(at: $0) }.sorted { $0.id < $1.id }
  }

  /// The same as numbers.
  func versionNumbers(before index: Int) -> Set<Int> {
    store.rows[index].type == store.texts.find(RecordType.amendment.rawValue) ? targets(of: index) : []
  }

  /// What the fold kept although it should not have come about. Sorted.
  public var flags: [RegisterFlag] {
    let circled = voiders.keys.compactMap { store.record(numbered: $0) }.filter { isContested($0) }
    let contested = Set(circled.map { store.texts.text(store.rows[$0].id) }).sorted()
    return clashing.map { store.texts.text($0) }.sorted().map { .twoContents(record: $0) }
      + contested.map { .voidedInCircle(record: $0) }
  }

  func isContested(_ index: Int) -> Bool { store.rows[index].marks.contains(.contested) }
}

/// Something a person should look at; nothing was dropped because of it.
public enum RegisterFlag: Equatable, Sendable {
  /// Two contents came under one record id.
  case twoContents(record: String)
  /// Records that withdraw or amend each other.
  case voidedInCircle(record: String)
}
