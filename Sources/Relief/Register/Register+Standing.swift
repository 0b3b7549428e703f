// Which records hold. An amendment or a withdrawal voids what it supersedes, as long as it holds itself: taking a
// withdrawal back makes the record hold again. Where records void each other in a circle (no honest program writes that),
// nobody can say which was meant: they are all kept and flagged. The rule is the well-founded one, so it is the same in
// every order, and it is one pass over the records that take part.

extension Register {
  mutating func settle(_ touched: inout Touched) {
    // Everything that voids, or is voided by, a record that is here.
    var taking: Set<Int> = []
    for (target, voiding) in voiders {
      guard let index = store.record(numbered: target) else { continue }
      taking.insert(index)
      for voider in voiding where !isReplaced(voider) { taking.insert(voider) }
    }
    var waiting: [Int: Int] = [:]
    for index in taking {
      waiting[index] = (voiders[store.rows[index].id] ?? []).count { !isReplaced($0) }
    }
    var verdict: [Int: Bool] = [:]
    var ready = taking.filter { waiting[$0] == 0 }
    while let voider = ready.popFirst() {
      guard verdict[voider] == nil else { continue }
      verdict[voider] = true
      for target in targets(of: voider) where verdict[target] == nil {
        verdict[target] = false
        // A void record voids nothing, so whoever only it could void waits for one less.
        for freed in targets(of: target) where verdict[freed] == nil {
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

  private func targets(of index: Int) -> [Int] {
    guard store.rows[index].marks.contains(.replacesWhole) else { return [] }
    return Set(store.supersedes(index)).compactMap { store.record(numbered: $0) }
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
