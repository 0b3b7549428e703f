// Checks of what one visit found: income beside schemes and monitoring.

struct VisitQuality {
  let visit: Visit
  let date: CivilDate
  let screening: Screening
  /// The household as the visit's writer knew it.
  let register: Register

  /// 监测对象
  private static let monitored: Set<ReliefCategory> = [.tpbw, .byyz, .tfyz]
  /// 转移性收入 comes with each of these: 低保, 特困, the two subsidies of 残疾人.
  private static let paying: Set<String> = ["lb", "tk", "disabled_living", "disabled_care"]

  private var input: ScreeningInput { screening.input }
  private var isMonitored: Bool { !(input.household.holds ?? []).isDisjoint(with: Self.monitored) }
  private var within: Outcome? { screening.results(of: .withinLine).first?.outcome }

  func findings() -> [QualityFinding] {
    var found = gaps() + income() + cleared()
    if screening.results(of: .noMeasure).contains(where: { $0.outcome == .notMet }) {
      found.append(QualityFinding(.noMeasure, "assistance.kind"))
    }
    let isCovered = isMonitored || !(input.household.holds ?? []).isDisjoint(with: [.lb, .tk])
    if input.household.kind == .outOfPoverty, within == .met, !isCovered {
      found.append(QualityFinding(.belowLineNotMonitored, "household.category"))
    }
    return found
  }

  private func gaps() -> [QualityFinding] {
    var found: [QualityFinding] = []
    if visit.value("water_secured") == nil { found.append(QualityFinding(.waterEmpty, "visit.water_secured")) }
    if isMonitored, visit.value("visitors") == nil { found.append(QualityFinding(.visitorEmpty, "visit.visitors")) }
    return found
  }

  // MARK: 收入

  private func income() -> [QualityFinding] {
    var found = screening.results(of: .wageWithoutLabour).filter { $0.outcome == .notMet }
      .map { QualityFinding(.wageWithoutLabour, of: $0.subject, "person.labour") }
    guard let items = input.income else { return found }
    // 0 < x < 100 元 a year, and only where it is a year's: 99 元 a month is little and not absurd.
    for item in items where item.kind == .wage && item.period == .year {
      if let fen = item.amountFen, (1..<10_000).contains(fen) {
        found.append(QualityFinding(.tinyWage, of: item.member, "income.amount_fen"))
      }
    }
    let transfers = items.filter { $0.kind == .transfer }
    if !schemes.isDisjoint(with: Self.paying), transfers.allSatisfy({ $0.amountFen == 0 }) {
      found.append(QualityFinding(.schemeWithoutTransfer, "income.kind"))
    }
    if isMonitored, isAbove20000AHead { found.append(QualityFinding(.highIncomeMonitored, "income.amount_fen")) }
    return found
  }

  private var schemes: Set<String> {
    var held = Set(register.household(visit.household)?.schemes ?? [])
    held.formUnion((input.household.holds ?? []).map(\.rawValue))
    held.formUnion((input.members ?? []).flatMap { ($0.holds ?? []).map(\.rawValue) })
    return held
  }

  /// Countable income above 20,000 元 times the people, by as much as is known for certain.
  private var isAbove20000AHead: Bool {
    guard let countable = screening.results(of: .countableIncome).first?.figure(.countable)?.value,
      let people = screening.results(of: .count).first?.figure(.people)?.value.high
    else { return false }
    return countable.low > people * 2_000_000
  }

  // MARK: 消除

  /// Rows of 身份认定 that ended because the risk was cleared.
  private func cleared() -> [QualityFinding] {
    let rows = register.rows(of: FactList.category, about: visit.household).filter { row in
      guard row.value("end_reason") == "cleared", let kind = row.value("kind").flatMap(ReliefCategory.init) else { return false }
      return Self.monitored.contains(kind)
    }
    let ended = rows.filter { row in row.value("to").flatMap { CivilDate($0) }.map { $0 <= date } ?? false }
    guard !ended.isEmpty else { return [] }
    var found: [QualityFinding] = []
    let atOnce = ended.contains { row in
      guard let from = row.value("from").flatMap({ CivilDate($0) }), let to = row.value("to").flatMap({ CivilDate($0) }),
        let start = from.month, let end = to.month
      else { return false }
      return (to.year - from.year) * 12 + end - start <= 1
    }
    if atOnce { found.append(QualityFinding(.clearedAtOnce, "category.to")) }
    guard !isMonitored else { return found }
    if within == .met { found.append(QualityFinding(.clearedBelowLine, "category.end_reason")) }
    for person in register.persons(of: visit.household) {
      guard let years = person.age(on: date), (6..<16).contains(years) else { continue }
      let isOut = person.entity.value("schooling") == "none" || person.entity.value("dropout_reason") != nil
      if isOut { found.append(QualityFinding(.clearedOutOfSchool, of: person.id, "person.schooling")) }
    }
    return found
  }
}
