// What stands open today, counted by village: warnings, households that nobody follows, cases by how long they stand where they
// stand. Pure; one pass over the register, of which every division's page is a part.

internal import Relief

/// How long something has stood, in days.
enum PageAge: Int, CaseIterable, Sendable {
  case days3, days7, days15, days30, days90, longer
  /// The day is not known.
  case unknown

  init(from start: CivilDate?, to day: CivilDate) {
    guard let start, start.isWhole else {
      self = .unknown
      return
    }
    let days = max(0, day.dayNumber - start.dayNumber)
    self = Self.allCases.first { $0.daysMax.map { days <= $0 } ?? false } ?? .longer
  }

  private var daysMax: Int? {
    switch self {
    case .days3: 3
    case .days7: 7
    case .days15: 15
    case .days30: 30
    case .days90: 90
    case .longer, .unknown: nil
    }
  }
}

struct PageStanding: Equatable, Sendable {
  struct Warnings: Hashable, Sendable {
    /// Nil: 未分级.
    var level: WarningLevel?
    var age: PageAge
    var isOverdue: Bool
  }

  struct Cases: Hashable, Sendable {
    var state: CaseState
    var age: PageAge
  }

  struct Uncovered: Equatable, Sendable {
    var households = 0
    /// Of those, whose category has no entry, and who have a risk that nobody has in hand; one may be both.
    var withCategory = 0
    var withRisk = 0

    static func + (left: Uncovered, right: Uncovered) -> Uncovered {
      Uncovered(
        households: left.households + right.households, withCategory: left.withCategory + right.withCategory,
        withRisk: left.withRisk + right.withRisk)
    }
  }

  /// By village.
  private(set) var warnings: [Division: [Warnings: Int]] = [:]
  private(set) var uncovered: [Division: Uncovered] = [:]
  private(set) var cases: [Division: [Cases: Int]] = [:]
  /// Departments' lists that should have come by the day: the county's, no village's.
  private(set) var listsDue: [DepartmentList] = []

  init() {}

  init(_ register: Register, in county: Division, on day: CivilDate, _ rules: CaseRules, _ book: CaseBook) {
    listsDue = register.departmentListsDue(on: day, everyMonths: rules.clocks.importPeriodMonths)
    for warning in register.openWarnings(in: county, on: day, rules) {
      guard let village = warning.division else { continue }
      let one = Warnings(
        level: warning.level(on: day, rules), age: PageAge(from: warning.raised, to: day), isOverdue: warning.isOverdue(on: day, rules))
      warnings[village, default: [:]][one, default: 0] += 1
    }
    for household in register.uncovered(in: county, cases: book) {
      var one = Uncovered(households: 1)
      for reason in household.reasons {
        switch reason {
        case .categoryWithoutEntry: one.withCategory = 1
        case .riskWithoutEntry: one.withRisk = 1
        }
      }
      uncovered[household.division] = uncovered[household.division, default: Uncovered()] + one
    }
    for entry in book.entries(in: county) {
      for one in entry.cases {
        guard let state = one.state, !state.isClosed else { continue }
        cases[entry.division, default: [:]][Cases(state: state, age: PageAge(from: one.since, to: day)), default: 0] += 1
      }
    }
  }

  // MARK: - of one division

  func warnings(in division: Division) -> [Warnings: Int] { Self.sum(warnings, in: division) }
  func cases(in division: Division) -> [Cases: Int] { Self.sum(cases, in: division) }
  func uncovered(in division: Division) -> Uncovered {
    uncovered.filter { division.contains($0.key) }.values.reduce(Uncovered(), +)
  }

  private static func sum<Key>(_ counts: [Division: [Key: Int]], in division: Division) -> [Key: Int] {
    counts.filter { division.contains($0.key) }.values.reduce(into: [:]) { sum, own in
      for (key, count) in own { sum[key, default: 0] += count }
    }
  }
}
