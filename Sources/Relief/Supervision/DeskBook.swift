// What the desk of a division lists, kept from one word to the next. After a record only the households are looked at again that it, or
// any record about the same persons and things, is about (`Register.households(spokenOfSince:)`); of the others nothing that these lists
// say can have changed. Where nobody can say which those are, and when the rules are other ones, all of it is made anew.
//
// What no household has (who stands twice, slips and emergencies, what is red) is read anew each time; that is short, or read out of the
// few who come into question. `DeskBookTests` hold it against the lists made from nothing.

public struct DeskBook: Sendable {
  /// What the lists say of a household; only of those of whom they say anything.
  private struct Line: Sendable {
    /// Of a household outside the division only its warnings count, filed inside it.
    var division: Division?
    var cases: [Case] = []
    var waiting: [AgeingRow] = []
    /// Those that are not over, filed in the division.
    var warnings: [RiskWarning] = []
    var overlooked: [UncoveredHousehold.Reason] = []

    var isEmpty: Bool { cases.isEmpty && waiting.isEmpty && warnings.isEmpty && overlooked.isEmpty }
  }

  public let division: Division
  public private(set) var rules: CaseRules
  private var lines: [String: Line] = [:]
  private var suspects = ClashSuspects()
  private var mark: RegisterMark
  /// Households that were looked at again since the book was begun, and how often all were.
  public private(set) var againCount = 0
  public private(set) var fillCount = 0

  public init(_ register: Register, in division: Division, _ rules: CaseRules) {
    self.division = division
    self.rules = rules
    mark = register.mark
    fill(register)
  }

  /// Takes in what came since. Of another register than the one before all of it is made anew.
  public mutating func follow(_ register: Register, _ rules: CaseRules) {
    let changed = self.rules == rules ? register.households(spokenOfSince: mark) : nil
    self.rules = rules
    mark = register.mark
    guard let changed else {
      fill(register)
      return
    }
    for household in changed {
      let line = line(of: household, register)
      lines[household] = line.isEmpty ? nil : line
    }
    suspects.follow(register)
    againCount += changed.count
  }

  // MARK: Making it

  /// The same as `line(of:)` for everybody, by the lists: nearly nobody is on any.
  private mutating func fill(_ register: Register) {
    fillCount += 1
    lines = [:]
    suspects = ClashSuspects()
    suspects.follow(register)
    let book = register.caseBook(in: division)
    for entry in book.entries where !entry.cases.isEmpty {
      let waiting = entry.cases.flatMap { register.deadlines(of: $0, rules) }
      lines[entry.household] = Line(division: entry.division, cases: entry.cases, waiting: waiting)
    }
    for household in register.householdsWithClues(in: division) {
      guard let row = register.waitingClue(at: household, rules) else { continue }
      lines[household, default: Line(division: register.division(ofHousehold: household))].waiting.append(row)
    }
    for warning in register.allWarnings(in: division) where !warning.state.isOver {
      lines[warning.household, default: Line(division: register.division(ofHousehold: warning.household))].warnings.append(warning)
    }
    let granted = register.households(withAnyOf: FactList.category)
    let risky = register.households(withAnyOf: FactList.risk)
    for line in register.summaries(in: division) {
      let reasons = register.overlooked(line.id, isGranted: granted.contains(line.id), isRisky: risky.contains(line.id)) {
        book.hasOpenCase(line.id)
      }
      if !reasons.isEmpty { lines[line.id, default: Line(division: line.division)].overlooked = reasons }
    }
  }

  private func line(of household: String, _ register: Register) -> Line {
    var line = Line(division: register.division(ofHousehold: household))
    line.warnings = register.warnings(of: household).filter { warning in
      !warning.state.isOver && warning.division.map { division.contains($0) } ?? false
    }
    guard let place = line.division, division.contains(place) else { return line }
    line.cases = register.cases(of: household)
    line.waiting = line.cases.flatMap { register.deadlines(of: $0, rules) }
    if let clue = register.waitingClue(at: household, rules) { line.waiting.append(clue) }
    line.overlooked = register.overlooked(
      household, isGranted: !register.entityNumbers(of: FactList.category, about: household).isEmpty,
      isRisky: !register.entityNumbers(of: FactList.risk, about: household).isEmpty
    ) { line.cases.contains(where: \.isOpen) }
    return line
  }

  // MARK: Lists

  /// Cases of the division, by household.
  public var caseBook: CaseBook {
    let entries = lines.compactMap { household, line in
      line.division.flatMap { line.cases.isEmpty ? nil : CaseBook.Entry(household: household, division: $0, cases: line.cases) }
    }
    return CaseBook(entries.sorted { $0.household < $1.household })
  }

  /// As `Register.openWarnings`.
  public func openWarnings(on day: CivilDate) -> [RiskWarning] {
    RiskWarning.byUrgency(lines.values.flatMap(\.warnings), on: day, rules)
  }

  /// As `Register.ageing`.
  /// - Parameter matters: slips and emergencies of the division.
  public func ageing(_ matters: DeskMatters) -> [AgeingRow] {
    var rows = lines.values.flatMap(\.waiting)
    rows += matters.emergencies.compactMap { $0.waiting(rules) }
    rows += matters.slips.compactMap { $0.waiting(rules) }
    return rows.sorted(by: AgeingRow.isBefore)
  }

  /// As `Register.uncovered`. Who still stands is asked anew: a household may be merged by what is said of another one.
  public func uncovered(_ register: Register) -> [UncoveredHousehold] {
    lines.compactMap { household, line -> UncoveredHousehold? in
      guard !line.overlooked.isEmpty, let place = line.division, register.isStanding(household) else { return nil }
      return UncoveredHousehold(household: household, division: place, reasons: line.overlooked)
    }.sorted(by: UncoveredHousehold.isBefore)
  }

  /// As `Register.personClashes`.
  public func personClashes(_ register: Register) -> [PersonClash] { register.personClashes(in: division, among: suspects) }
}

/// What a division's lists read of matters that need no household: each read once for all of them.
public struct DeskMatters: Sendable {
  public let emergencies: [Emergency]
  public let slips: [Referral]

  public init(_ register: Register, in division: Division) {
    emergencies = register.emergencies(in: division)
    slips = register.referrals(in: division)
  }

  /// As `Register.referralsToChase`.
  public func slipsToChase(on day: CivilDate, _ rules: CaseRules) -> [Referral] { Referral.toChase(slips, on: day, rules) }
}
