// 比对: rows of a department's list beside the persons of the register. The whole number first; what it does not find is
// compared by what is similar. Nothing is guessed: 疑似 is a list of candidates with the reasons of each.

public struct Comparer: Sendable {
  public let population: Population
  let index: SimilarIndex?

  /// - Parameters:
  ///   - similar: whether 疑似 is looked for too; without it a row is 命中 or 未命中.
  ///   - repairedPersonsMax: persons with a wrong number that are found by what it may have been.
  public init(_ population: Population, similar: Bool = true, repairedPersonsMax: Int = ComparisonLimits.repairedPersonsMax) {
    self.population = population
    index = similar ? SimilarIndex(population, repairedPersonsMax: repairedPersonsMax) : nil
  }

  /// Persons of the register whose own number is wrong and who were too many to be found by what it may have been.
  public var unrepairedPersons: Int { index?.unrepaired ?? 0 }

  /// Compares rows, whose cells stand in `bytes`, and appends to the answer.
  public func compare(_ rows: [ListRow], in bytes: Span<UInt8>, into answer: inout Answer) {
    var keys = InlineArray<64, UInt64>(repeating: 0)
    var heads = InlineArray<64, UInt32>(repeating: 0)
    var bench = SimilarBench()
    var start = 0
    while start < rows.count {
      let part = min(keys.count, rows.count - start)
      for step in 0..<part { keys[step] = NumberKey(bytes.extracting(bytes.range(of: rows[start + step].number))).packed }
      population.heads(keys, part, into: &heads)
      for step in 0..<part {
        let row = rows[start + step]
        var outcome = Outcome.unmatched
        if heads[step] != 0 { outcome = exact(row, NumberKey(packed: keys[step]), heads[step], bytes, &bench, &answer) }
        if outcome == .unmatched, let index {
          outcome = index.similar(row, NumberKey(packed: keys[step]), bytes, population, &bench, &answer)
        }
        answer.outcomes.append(outcome)
      }
      start += part
    }
  }

  /// Every person of the row's number. The row agrees when the name of one of them does; then it is that person's, and the others who have
  /// the number are 疑似.
  private func exact(
    _ row: ListRow, _ key: NumberKey, _ head: UInt32, _ bytes: Span<UInt8>, _ bench: inout SimilarBench, _ answer: inout Answer
  ) -> Outcome {
    let name = bytes.extracting(bytes.range(of: row.name))
    let first = answer.findings.count
    var outcome = Outcome.unmatched
    var person = head
    var only = 0
    while person != 0 {
      let slot = Int(person) - 1
      person = population.next(after: person)
      guard population.persons[slot].number == key.packed else { continue }
      if answer.findings.count - first == ComparisonLimits.personsOfNumberMax {
        answer.cutLines.append(row.line)
        break
      }
      let relation = bench.relation(of: name, to: population.names.span.extracting(population.nameRange(of: slot)))
      let found: Outcome = relation == .same || relation == .variant || relation == .missing ? .matched : .matchedOtherName
      only = slot
      answer.findings.append(
        Finding(
          line: row.line, person: population.persons[slot].label, reasons: [.number, Reasons(relation)], outcome: found, score: 100,
          isAmbiguous: false))
      if outcome != .matched { outcome = found }
    }
    switch answer.findings.count - first {
    case 0: break
    case 1: answer.matched.insert(only)
    default: settle(first, head, key, &answer)
    }
    return outcome
  }

  /// Several persons under one number: of those whose name is the row's own, the row is theirs, and the others are 疑似; where there are
  /// none, it is everybody's.
  /// - Parameter first: where the row's findings begin, in the order of the chain that begins at `head`.
  private func settle(_ first: Int, _ head: UInt32, _ key: NumberKey, _ answer: inout Answer) {
    let own: Reasons = [.name, .nameVariant]
    let agreeing = answer.findings[first...].count { !$0.reasons.isDisjoint(with: own) }
    var place = first
    var at = head
    while at != 0, place < answer.findings.count {
      let slot = Int(at) - 1
      at = population.next(after: at)
      if population.persons[slot].number != key.packed { continue }
      answer.findings[place].isAmbiguous = agreeing != 1
      if agreeing > 0, answer.findings[place].reasons.isDisjoint(with: own) {
        answer.findings[place].outcome = .similar
        answer.findings[place].score = Score.otherOfNumber
        answer.similar.insert(slot)
      } else {
        answer.matched.insert(slot)
      }
      place += 1
    }
    answer.findings[first...].sort { ($1.score, $0.person) < ($0.score, $1.person) }
  }
}
