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

  static func isBefore(_ left: UncoveredHousehold, _ right: UncoveredHousehold) -> Bool {
    (left.division.code, left.household) < (right.division.code, right.household)
  }
}

extension Register {
  /// Households of a division that hold a low-income category or have an open risk, and nobody follows: by village and id.
  /// - Parameter book: the cases of the division or of a wider one, where they are folded already.
  public func uncovered(in division: Division, cases book: CaseBook? = nil) -> [UncoveredHousehold] {
    let book = book ?? caseBook(in: division)
    let granted = households(withAnyOf: FactList.category)
    let risky = households(withAnyOf: FactList.risk)
    return standing(in: division).compactMap { id, place -> UncoveredHousehold? in
      let reasons = overlooked(id, isGranted: granted.contains(id), isRisky: risky.contains(id)) { book.hasOpenCase(id) }
      return reasons.isEmpty ? nil : UncoveredHousehold(household: id, division: place, reasons: reasons)
    }.sorted(by: UncoveredHousehold.isBefore)
  }

  /// Why a household belongs into the watch, where nobody follows it: no case that is not closed, no clue that waits for its step, no
  /// warning that is not over.
  /// - Parameters:
  ///   - isGranted: whether any row of a category stands for it; `isRisky`: whether any risk was told of it.
  func overlooked(_ household: String, isGranted: Bool, isRisky: Bool, hasOpenCase: () -> Bool) -> [UncoveredHousehold.Reason] {
    let category = value("category", of: FactList.household, household)
    guard category?.isEmpty == false || isRisky else { return [] }
    guard !hasOpenCase(), oldestOpenClue(about: household) == nil, openWarning(of: household) == nil else { return [] }
    var reasons: [UncoveredHousehold.Reason] = []
    if let category, !category.isEmpty, !isGranted { reasons.append(.categoryWithoutEntry(category)) }
    let risks = isRisky ? openMatters(of: household).risks.count : 0
    if risks > 0 { reasons.append(.riskWithoutEntry(count: risks)) }
    return reasons
  }
}
