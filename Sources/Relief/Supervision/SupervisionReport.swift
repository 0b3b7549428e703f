// 督促调度 (R64, R65, R40): what the townships and villages of a county came to in some days, the three phases side by side: 摸排, 监测, 救助帮扶;
// and how long it took from 发现 to 调查 to 施救. docs/supervision.md.

public struct SupervisionFigures: Equatable, Sendable {
  /// 摸排: 应走访, 已走访, 未遇, 拒访, 发现, 建议纳入, 急难, 转办, 清零.
  public var sweep = DayTotals()
  /// 监测: cases that came into 监测.
  public var monitored = 0
  /// Warnings raised in these days, and of those the ones that are over.
  public var warnings = 0
  public var warningsOver = 0
  /// 纳入: cases that came into 救助 or 先行救助.
  public var included = 0
  /// 帮扶: things given.
  public var assisted = 0
  /// 逾期 on the last of the days, or today where that has not come yet, whatever it is that waits.
  public var overdue = 0

  public static func + (left: SupervisionFigures, right: SupervisionFigures) -> SupervisionFigures {
    var sum = left
    sum.sweep = left.sweep + right.sweep
    sum.monitored += right.monitored
    sum.warnings += right.warnings
    sum.warningsOver += right.warningsOver
    sum.included += right.included
    sum.assisted += right.assisted
    sum.overdue += right.overdue
    return sum
  }
}

/// Days between two moments of the cases found in these days, of those that came to the second one.
public struct DayMedian: Equatable, Sendable {
  /// Nil where no case did. Of an even number the lower one of the two in the middle.
  public var days: Int?
  public var count: Int

  init(_ days: [Int]) {
    count = days.count
    self.days = days.isEmpty ? nil : days.sorted()[(days.count - 1) / 2]
  }
}

public struct SupervisionReport: Equatable, Sendable {
  public struct Row: Equatable, Sendable {
    /// A village, or a township by its nine digits.
    public var division: Division
    public var figures: SupervisionFigures
    /// Of a township, by code.
    public var villages: [Row] = []
  }

  public var from: CivilDate
  public var to: CivilDate
  public var townships: [Row]
  public var all: SupervisionFigures
  /// 主动发现 → 主动调查 → 主动施救 (R40).
  public var foundToChecked: DayMedian
  public var foundToHelped: DayMedian
}

extension Register {
  /// - Parameters:
  ///   - division: a county, a township or a village.
  ///   - today: nothing is late by a day that has not come; nil: `to` has.
  ///   - book: the cases of the division or of a wider one, where they are folded already.
  public func supervision(
    from: CivilDate, to: CivilDate, today: CivilDate? = nil, in division: Division, _ rules: CaseRules, cases book: CaseBook? = nil
  ) -> SupervisionReport {
    let book = book ?? caseBook(in: division)
    var villages: [String: SupervisionFigures] = [:]
    func add(_ village: Division?, _ change: (inout SupervisionFigures) -> Void) {
      guard let village, division.contains(village) else { return }
      change(&villages[village.code, default: SupervisionFigures()])
    }
    for row in totals(from: from, to: to, in: division, cases: book).villages {
      add(Division(row.key)) { $0.sweep = $0.sweep + row.totals }
    }
    func isWithin(_ day: CivilDate?) -> Bool { day.map { from <= $0 && $0 <= to } ?? false }
    let ways = CaseWays(book.entries(in: division), of: self, isWithin: isWithin)
    for way in ways.all {
      add(way.village) {
        $0.monitored += way.monitored
        $0.included += way.included
      }
    }
    let warnings = allWarnings(in: division)
    for warning in warnings where isWithin(warning.raised) {
      add(warning.division) {
        $0.warnings += 1
        $0.warningsOver += warning.state.isOver ? 1 : 0
      }
    }
    for household in helped(isWithin) { add(household.flatMap { self.division(ofNumber: $0) }) { $0.assisted += 1 } }
    for place in late(on: min(to, today ?? to), in: division, rules, book, warnings) { add(place) { $0.overdue += 1 } }
    return SupervisionReport(
      from: from, to: to, townships: Self.townships(villages), all: villages.values.reduce(SupervisionFigures(), +),
      foundToChecked: DayMedian(ways.all.flatMap(\.daysToCheck)), foundToHelped: DayMedian(ways.all.flatMap(\.daysToHelp)))
  }

  /// Where each matter waits that was late at the end of a day, as it stood then.
  private func late(
    on day: CivilDate, in division: Division, _ rules: CaseRules, _ book: CaseBook, _ warnings: [RiskWarning]
  ) -> [Division?] {
    let waiting = ageing(on: day, in: division, rules, cases: book)
    let past = past(at: day, of: householdsThatMayWait(in: division, book, warnings))
    func places(_ warnings: [RiskWarning], _ waiting: [AgeingRow], isPast: Bool) -> [Division?] {
      func isAsked(_ household: String?) -> Bool { (past?.speaks(of: household) ?? false) == isPast }
      return warnings.filter { isAsked($0.household) && $0.isOverdue(on: day, rules) }.map(\.division)
        + waiting.filter { isAsked($0.household) && $0.deadline.isOverdue(on: day) }
        .map { $0.household.flatMap(self.division(ofHousehold:)) ?? $0.place }
    }
    let today = places(warnings, waiting, isPast: false)
    guard let past else { return today }
    let then = past.register
    return today + places(then.allWarnings(in: division), then.ageing(on: day, in: division, rules), isPast: true)
  }

  /// Households that have a case, a clue, a warning, an emergency or a slip, whatever became of it.
  private func householdsThatMayWait(in division: Division, _ book: CaseBook, _ warnings: [RiskWarning]) -> Set<String> {
    Set(book.entries(in: division).map(\.household) + householdsWithClues(in: division) + warnings.map(\.household))
      .union(emergencies(in: division).compactMap(\.household)).union(referrals(in: division).compactMap(\.household))
  }

  /// By thing given on such a day: the household it names, by number.
  private func helped(_ isWithin: (CivilDate?) -> Bool) -> [Int?] {
    guard let list = store.texts.find(FactList.assistance) else { return [] }
    return entityNumbers(of: list).filter { help in
      isWithin(value(names.date, of: help).flatMap { CivilDate(store.texts.text($0)) })
    }.map { help in value(names.household, of: help).flatMap { store.household(numbered: $0) } }
  }

  private static func townships(_ villages: [String: SupervisionFigures]) -> [SupervisionReport.Row] {
    Dictionary(grouping: villages.keys) { String($0.prefix(9)) }.sorted { $0.key < $1.key }.compactMap { code, own in
      guard let division = Division(code) else { return nil }
      let rows = own.sorted().compactMap { village in
        Division(village).map { SupervisionReport.Row(division: $0, figures: villages[village] ?? SupervisionFigures()) }
      }
      // What was filed under the township itself is its own, and no village.
      return SupervisionReport.Row(
        division: division, figures: rows.map(\.figures).reduce(SupervisionFigures(), +), villages: rows.filter { $0.division != division })
    }
  }
}

/// What the cases of a household came to in some days.
private struct CaseWays {
  struct Way {
    var village: Division?
    var monitored = 0
    var included = 0
    var daysToCheck: [Int] = []
    var daysToHelp: [Int] = []
  }

  var all: [Way] = []

  init(_ entries: [CaseBook.Entry], of register: Register, isWithin: (CivilDate?) -> Bool) {
    for entry in entries {
      var way = Way(village: entry.division)
      var met: [CivilDate]?
      for one in entry.cases {
        let moves = one.history.filter(\.isMoving)
        let entries = { (states: [CaseState]) in moves.filter { states.contains($0.step.to) && $0.step.from != $0.step.to } }
        way.monitored += entries([.monitored]).contains { isWithin($0.step.date) } ? 1 : 0
        way.included += entries([.helped, .firstAid]).contains { isWithin($0.step.date) } ? 1 : 0
        guard let found = Self.found(one, moves, register), isWithin(found) else { continue }
        let days = met ?? register.metDays(of: entry.household)
        met = days
        if let checked = days.filter({ $0 >= found }).min() { way.daysToCheck.append(checked.dayNumber - found.dayNumber) }
        let helped = entries([.helped, .firstAid]).compactMap(\.step.date).filter { $0 >= found }.min()
        if let helped { way.daysToHelp.append(helped.dayNumber - found.dayNumber) }
      }
      all.append(way)
    }
  }

  /// The day of the clue that the first step rests on, else of that step. Nil of who was helped without any clue: nobody was found then.
  private static func found(_ one: Case, _ moves: [CaseEvent], _ register: Register) -> CivilDate? {
    guard let first = moves.first else { return nil }
    let clue = first.step.basis.flatMap { register.store.record(named: $0) }.flatMap { register.clueDay($0) }
    if clue == nil, first.step.to == .helped || first.step.to == .firstAid { return nil }
    return [clue, first.step.date].compactMap { $0 }.min()
  }
}
