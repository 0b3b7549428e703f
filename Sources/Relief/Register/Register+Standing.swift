// Which records hold. An amendment or a withdrawal voids what it supersedes, as long as it holds itself: taking a
// withdrawal back makes the record hold again. Where records void each other in a circle (no honest program writes that),
// nobody can say which was meant: they are all kept and flagged. The rule is the well-founded one, so it is the same in
// every order, and it is one pass over the records that take part.

extension Register {
  mutating func settle() {
    // Everything that voids, or is voided by, a record that is here.
    var taking: Set<Int> = []
    for (target, voiding) in voiders {
      guard let index = indexes[target] else { continue }
      taking.insert(index)
      for voider in voiding where !entries[voider].isReplaced { taking.insert(voider) }
    }
    var waiting: [Int: Int] = [:]
    for index in taking {
      let id = entries[index].record.id
      waiting[index] = (voiders[id] ?? []).count { !entries[$0].isReplaced }
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
      entries[index].isVoid = verdict[index] == false
      entries[index].isContested = verdict[index] == nil
    }
  }

  private func targets(of index: Int) -> [Int] {
    let record = entries[index].record
    guard record.type.replacesWhole else { return [] }
    return Set(record.supersedes).compactMap { indexes[$0] }
  }

  /// What the fold kept although it should not have come about. Sorted.
  public var flags: [RegisterFlag] {
    let contested = indexes.values.filter { entries[$0].isContested }.map { entries[$0].record.id }
    return clashing.sorted().map { .twoContents(record: $0) } + contested.sorted().map { .voidedInCircle(record: $0) }
  }
}

/// Something a person should look at; nothing was dropped because of it.
public enum RegisterFlag: Equatable, Sendable {
  /// Two contents came under one record id.
  case twoContents(record: String)
  /// Records that withdraw or amend each other.
  case voidedInCircle(record: String)
}
