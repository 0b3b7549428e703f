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
    CaseBook(
      householdsWithCases(in: division).compactMap { household in
        self.division(ofHousehold: household).map { CaseBook.Entry(household: household, division: $0, cases: cases(of: household)) }
      })
  }
}
