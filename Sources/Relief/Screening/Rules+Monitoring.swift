// T-FP: the three kinds of 防止返贫监测对象, and when a risk is cleared (2.8). T-ZCX: 支出型困难 (2.9).
//
// Decisions, each with cases under Tests/Policy/cases:
//  * 年人均纯收入 is countable income without the two deductions; so is the income of 支出型 and of its ratio (2.11 decision 10).
//  * 低于 unless the county sets 以内; who is not within is above, for 突发严重困难 (decision 9).
//  * A risk is what somebody wrote down as one; without that, a ticked card is.
//  * Above the line since the first visit of an unbroken row that found it so, and only while this visit finds it too; or since the day a
//    step of the case states, until a visit finds the household within. A visit that could not say breaks no row.
//  * 三保障 that nobody asked about is open, not secured. Nobody under 16 has labour.
//  * No 开发式帮扶 for a household with labour: warned after six months (decision 11). "> 1 month" begins the day after.
//  * 支出型 without any 刚性支出 is no 支出型, also where there is no income.

extension Worksheet {
  func withinResult() -> ScreeningResult {
    var draft = ResultDraft(.withinLine, self)
    let line = draft.money(.fpLine)
    let limit = Figure(.limit, line.times(people), .fen)
    draft.step(limit, .product, [Figure(.line, line, .fen), Figure(.people, people, .people)])
    draft.figure(limit)
    draft.figure(Figure(.countable, countable, .fen))
    guard case .comparator(let order)? = draft.use(.fpComparator) else {
      return draft.finish(draft.part(.within, .unset(.fpComparator)))
    }
    return draft.finish(draft.part(.within, Figure(.countable, countable, .fen), order, limit))
  }

  var risk: Judgement {
    if let risk = input.risk { return .of(risk, .risk) }
    return .any(Visit.Mark.allCases.map { .of(input.marks[$0], .mark, of: $0.rawValue) })
  }

  private var suddenEvent: Judgement {
    if let sudden = input.suddenEvent { return .of(sudden, .suddenEvent) }
    let open: Judgement =
      input.emergencies.map { .of($0.contains { !$0.isClosed }) } ?? .missing(.emergency)
    return .any([open, .of(input.marks[.emergency], .mark, of: Visit.Mark.emergency.rawValue)])
  }

  /// 脱贫不稳定户, 边缘易致贫户.
  func atRiskResult(_ rule: ScreeningRule, _ kind: HouseholdKind, _ part: PartName, within: Judgement) -> ScreeningResult {
    var draft = ResultDraft(rule, self)
    draft.look(at: .kind, input.household.kind?.rawValue)
    draft.look(at: .risk, input.risk?.rawValue)
    return draft.finish(
      .all([
        draft.part(part, input.household.kind.map { .of($0 == kind) } ?? .missing(.kind)),
        draft.part(.within, within),
        draft.part(.risk, risk),
      ]))
  }

  func suddenResult(within: Judgement) -> ScreeningResult {
    var draft = ResultDraft(.tfyz, self)
    draft.look(at: .suddenEvent, input.suddenEvent?.rawValue)
    draft.look(at: .severeDifficulty, input.severeDifficulty?.rawValue)
    return draft.finish(
      .all([
        draft.part(.above, !within),
        draft.part(.suddenEvent, suddenEvent),
        draft.part(.severeDifficulty, .of(input.severeDifficulty, .severeDifficulty)),
      ]))
  }

  // MARK: Clearing a risk, and checks of the data

  func clearableResult(_ monitoring: MonitoringInput) -> ScreeningResult {
    var draft = ResultDraft(.clearable, self)
    let (since, isWithin) = aboveSince(monitoring)
    draft.look(at: .aboveSince, since?.description ?? monitoring.aboveMonths.map(String.init))
    let stable: Judgement
    if case .count(let months)? = draft.use(.clearMonths) {
      draft.figure(Figure(.monthsNeeded, Span(whole: Int64(months)), .months))
      stable =
        isWithin ? .notMet
        : passed(months, after: since).map { .of($0) }
        ?? monitoring.aboveMonths.map { .of($0 >= months) } ?? .missing(.aboveSince)
    } else {
      stable = .unset(.clearMonths)
    }
    var parts = [draft.part(.stable, stable)]
    let names: [MonitoringInput.Secured: PartName] = [
      .education: .education, .medical: .medical, .housing: .housing, .water: .water,
    ]
    for item in MonitoringInput.Secured.allCases {
      let secured = monitoring.secured[item]
      draft.look(at: .secured, of: item.rawValue, secured?.rawValue)
      parts.append(draft.part(names[item] ?? .education, .of(secured, .secured, of: item.rawValue)))
    }
    parts.append(draft.part(.noOpenRisk, !Judgement.of(monitoring.openRisk, .openRisk)))
    parts.append(draft.part(.someoneCanWork, !nobodyCanWork))
    return draft.finish(.all(parts))
  }

  /// Since when the income is above the line as far as anybody knows, and whether it is known not to be above it now.
  private func aboveSince(_ monitoring: MonitoringInput) -> (since: CivilDate?, isWithin: Bool) {
    let now = withinResult().outcome
    if now == .met { return (nil, true) }
    var stated = monitoring.aboveSince
    var first: CivilDate?
    for earlier in monitoring.earlier {
      switch Screening.within(earlier, parameters) {
      case .met:
        if stated.map({ $0 <= earlier.visitDate }) ?? false { stated = nil }
        first = nil
      case .notMet: first = first ?? earlier.visitDate
      case .toCheck, .unset: break
      }
    }
    let found = now == .notMet ? first ?? input.visitDate : nil
    return ([stated, found].compactMap { $0 }.min(), false)
  }

  /// 整户无劳动力, of the members who count.
  var nobodyCanWork: Judgement {
    guard input.members != nil else { return .missing(.members) }
    let parts = zip(members, membership).filter { $0.1.outcome != .notMet }.map { member, counts -> Judgement in
      let age = member.born.years(on: input.visitDate, MissingInput(.birth, of: member.key))
      let labour: Judgement = member.labour.map { .of(!$0.canWork) } ?? .missing(.labour, of: member.key)
      return .any([age.compared(.below, to: Span(whole: 16)), labour, !counts])
    }
    return parts.isEmpty ? .missing(.countedMembers) : .all(parts)
  }

  /// Whether so many months have passed on the visit date; nil where that is not known to the day.
  private func passed(_ months: Int, after date: CivilDate?) -> Bool? {
    date?.monthsLater(months).map { $0 <= input.visitDate }
  }

  /// T-FP-3: 帮扶消除 in the month of identification or the next.
  func clearedAtOnceResult(_ monitoring: MonitoringInput) -> ScreeningResult {
    var draft = ResultDraft(.clearedAtOnce, self)
    draft.look(at: .identified, monitoring.identified?.description)
    draft.look(at: .cleared, monitoring.cleared?.description)
    draft.look(at: .clearMode, monitoring.clearMode?.rawValue)
    guard let cleared = monitoring.cleared else { return draft.finish(draft.part(.clearedLater, .met)) }
    let byHelp: Judgement = monitoring.clearMode.map { .of($0 == .help) } ?? .missing(.clearMode)
    var atOnce = Judgement.missing(.identified)
    if let from = monitoring.identified, let month = from.month, let until = cleared.month {
      atOnce = .of((cleared.year - from.year) * 12 + until - month <= 1)
    }
    return draft.finish(draft.part(.clearedLater, !.all([byHelp, atOnce])))
  }

  /// T-FP-4: no 帮扶措施 a month after identification, no 开发式帮扶 for somebody who can work after six.
  func noMeasureResult(_ monitoring: MonitoringInput) -> ScreeningResult {
    var draft = ResultDraft(.noMeasure, self)
    draft.look(at: .identified, monitoring.identified?.description)
    func late(_ parameter: PolicyParameter) -> Judgement {
      guard case .count(let months)? = draft.use(parameter) else { return .unset(parameter) }
      guard let end = monitoring.identified?.monthsLater(months) else { return .missing(.identified) }
      return .of(input.visitDate > end)
    }
    let measure = Judgement.all([late(.measureMonths), !.of(monitoring.hasMeasure, .measure)])
    let development = Judgement.all([
      late(.developmentMonths), !.of(monitoring.hasDevelopment, .development), !nobodyCanWork,
    ])
    return draft.finish(.all([draft.part(.measure, !measure), draft.part(.development, !development)]))
  }

  /// T-FP-5: nobody can work, and the household is not marked as covered by the safety net.
  func notCoveredResult() -> ScreeningResult {
    var draft = ResultDraft(.noLabourNotCovered, self)
    draft.look(at: .noLabourCovered, input.household.noLabourCovered?.rawValue)
    let notMarked = !Judgement.of(input.household.noLabourCovered, .noLabourCovered)
    return draft.finish(draft.part(.covered, !.all([nobodyCanWork, notMarked])))
  }

  // MARK: 支出型

  func zcxResult(lb: Judgement, tk: [Judgement], by: Judgement) -> ScreeningResult {
    var draft = ResultDraft(.zcx, self)
    let limit = zcxLimit(&draft)
    let spending = SpendingTable.kinds.filter { $0 != "debt" }.reduce(Span.zero) { $0 + spent($1) }
    let floor: Figure
    if case .percent(let share)? = draft.use(.zcxRatio) {
      floor = Figure(.spendingFloor, countable.times(share), .fen)
      draft.step(
        floor, .product,
        [Figure(.countable, countable, .fen), Figure(.ratio, Span(exact: share.tenThousandths), .share)])
    } else {
      floor = Figure(.spendingFloor, .unset(.zcxRatio), .fen)
    }
    let rigid = Figure(.rigidSpending, spending, .fen)
    draft.figure(rigid)
    draft.figure(floor)
    draft.figure(limit)
    return draft.finish(
      .all([
        draft.part(.notLb, !lb), draft.part(.notTk, !householdIsTk(tk)), draft.part(.notBy, !by),
        draft.part(.income, Figure(.countable, countable, .fen), .below, limit),
        draft.part(.spending, rigid, .above, Figure(.spendingFloor, .zero, .fen)),
        draft.part(.ratio, rigid, .reaches, floor),
        draft.part(.property, property(.zcx, &draft)),
      ]))
  }

  private func zcxLimit(_ draft: inout ResultDraft) -> Figure {
    guard case .limit(let limit)? = draft.use(.zcxIncomeLimit) else { return Figure(.limit, .unset(.zcxIncomeLimit), .fen) }
    let each: Span
    switch limit {
    case .amount(let money): each = Span(whole: money.fen)
    case .timesStandard(let times): each = standardYear(input.household.hukou, &draft).times(times)
    }
    let figure = Figure(.limit, each.times(people), .fen)
    draft.step(figure, .product, [Figure(.amount, each, .fen), Figure(.people, people, .people)])
    return figure
  }
}
