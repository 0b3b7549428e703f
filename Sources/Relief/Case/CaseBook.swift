// The cases of a division, folded once for every list that goes through all of them: the desk, the report and the coverage of one evening
// ask the same question of the same register.

public struct CaseBook: Sendable {
  public struct Entry: Sendable {
    public var household: String
    public var division: Division
    public var cases: [Case]
  }

  /// Households with any step, sorted.
  public private(set) var entries: [Entry]
  private let places: [String: Int]

  init(_ entries: [Entry]) {
    self.entries = entries
    places = Dictionary(uniqueKeysWithValues: entries.indices.map { (entries[$0].household, $0) })
  }

  /// Those of a division inside that of the book.
  public func entries(in division: Division) -> [Entry] { entries.filter { division.contains($0.division) } }

  /// Cases of a household of the book's division; none where no step speaks of it.
  public func cases(of household: String) -> [Case] { places[household].map { entries[$0].cases } ?? [] }

  func hasOpenCase(_ household: String) -> Bool { cases(of: household).contains(where: \.isOpen) }
}

extension Case {
  /// Somebody has it in hand.
  public var isOpen: Bool { state.map { !$0.isClosed } ?? false }
}

extension Register {
  public func caseBook(in division: Division) -> CaseBook {
    // By the steps, not by the households: nearly nobody has one, and whoever has is met without reading their other records.
    var steps: [UInt32: [Int]] = [:]
    for entity in store.texts.find(FactList.caseStep).flatMap({ store.entitiesOfList[$0] })?.all ?? [] {
      for fact in store.liveFacts(of: Int(entity)) {
        steps[store.rows[Int(store.facts[fact].record)].household, default: []].append(fact)
      }
    }
    steps[TextTable.empty] = nil
    let entries = steps.compactMap { id, facts -> CaseBook.Entry? in
      guard let place = store.household(numbered: id).flatMap({ self.division(ofNumber: $0) }), division.contains(place) else { return nil }
      let household = store.texts.text(id)
      let fold = CaseFold(household, facts.sorted().map { statement($0) }, in: self)
      return CaseBook.Entry(household: household, division: place, cases: fold.cases().filter { !$0.isAbsorbed })
    }
    return CaseBook(entries.sorted { $0.household < $1.household })
  }

  private func statement(_ fact: Int) -> Statement {
    let record = Int(store.facts[fact].record)
    return Statement(record: store.head(at: record), number: record, fact: store.fact(at: fact))
  }
}
