// 监测全覆盖 (R02): who belongs into the watch and is not in it. The list must be empty.

public struct UncoveredHousehold: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// The roster or a visit names a category, and neither a granted row nor a case says it.
    case categoryWithoutEntry(String)
    /// A risk is open, and no case, clue or warning has the household in hand.
    case riskWithoutEntry(count: Int)
  }

  public var household: String
  public var division: Division
  public var reasons: [Reason]
}

extension Register {
  /// Households of a division that hold a low-income category or have an open risk, and nobody follows: by village and id.
  /// - Parameter book: the cases of the division or of a wider one, where they are folded already.
  public func uncovered(in division: Division, cases book: CaseBook? = nil) -> [UncoveredHousehold] {
    let book = book ?? caseBook(in: division)
    let granted = households(withAnyOf: FactList.category)
    let risky = households(withAnyOf: FactList.risk)
    let found = standing(in: division).compactMap { id, place -> UncoveredHousehold? in
      let category = value("category", of: FactList.household, id)
      guard category?.isEmpty == false || risky.contains(id) else { return nil }
      guard !isFollowed(id, book) else { return nil }
      var reasons: [UncoveredHousehold.Reason] = []
      if let category, !category.isEmpty, !granted.contains(id) { reasons.append(.categoryWithoutEntry(category)) }
      let risks = risky.contains(id) ? openMatters(of: id).risks.count : 0
      if risks > 0 { reasons.append(.riskWithoutEntry(count: risks)) }
      return reasons.isEmpty ? nil : UncoveredHousehold(household: id, division: place, reasons: reasons)
    }
    return found.sorted { ($0.division.code, $0.household) < ($1.division.code, $1.household) }
  }

  /// A case that is not closed, a clue that waits for its step, or a warning that is not over.
  private func isFollowed(_ household: String, _ book: CaseBook) -> Bool {
    book.hasOpenCase(household) || oldestOpenClue(about: household) != nil || openWarning(of: household) != nil
  }
}
