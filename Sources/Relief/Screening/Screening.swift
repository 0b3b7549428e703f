// Screening (初筛): every rule of the policy reference 2.1–2.9 on one household, and the decision table 2.10. Pure: the same input
// and the same parameters give the same answer on a laptop and at the county. It suggests; it never decides.

public struct Screening: Equatable, Sendable {
  public let input: ScreeningInput
  /// In the order of `ScreeningRule`; of one rule in the order of the members, emergencies.
  public let results: [ScreeningResult]
  /// Everything that can be suggested, in the order of the table.
  public let suggestions: [Suggestion]
  /// Rows of the table that could not be settled.
  public let open: [OpenRow]

  /// The first that matches; nil where nothing matches and something is still open.
  public var lead: Suggestion? { suggestions.first }

  /// - Parameter date: the day whose parameters hold; nil: the visit's. Ages and terms are always those of the visit's day.
  public init(_ input: ScreeningInput, parameters: PolicyParameters, on date: CivilDate? = nil) {
    var run = ScreeningRun(Worksheet(input, parameters, on: date ?? input.visitDate))
    run.household()
    run.persons()
    run.categories()
    run.events()
    self.input = input
    let order = Dictionary(uniqueKeysWithValues: ScreeningRule.allCases.enumerated().map { ($1, $0) })
    results = run.results.enumerated().sorted {
      (order[$0.element.rule] ?? 0, $0.offset) < (order[$1.element.rule] ?? 0, $1.offset)
    }.map(\.element)
    (suggestions, open) = DecisionTable(run.worksheet, results).answer()
  }

  /// T-FP-1 alone, by the line of the visit's own day.
  static func within(_ input: ScreeningInput, _ parameters: PolicyParameters) -> Outcome {
    var run = ScreeningRun(Worksheet(input, parameters, on: input.visitDate))
    run.household()
    return run.worksheet.withinResult().outcome
  }

  public func results(of rule: ScreeningRule) -> [ScreeningResult] { results.filter { $0.rule == rule } }
}

/// The rules in the order they build on each other.
private struct ScreeningRun {
  var worksheet: Worksheet
  var results: [ScreeningResult] = []

  init(_ worksheet: Worksheet) { self.worksheet = worksheet }

  private func judgement(_ rule: ScreeningRule) -> Judgement { results.first { $0.rule == rule }?.judgement ?? .notMet }

  mutating func household() {
    for index in worksheet.members.indices {
      let result = worksheet.memberResult(index)
      worksheet.membership.append(result.judgement)
      results.append(result)
    }
    worksheet.people = worksheet.counted()
    results += [worksheet.countResult(), worksheet.oneHeadResult(), worksheet.oneHouseholdResult()]
    let (countable, income) = worksheet.countableResult()
    worksheet.countable = income
    let (assessed, rest) = worksheet.assessedResult()
    worksheet.assessed = rest
    results += [countable, assessed, worksheet.amountsResult()]
    results += worksheet.members.map { worksheet.wageWithoutLabourResult($0) }
    results += [worksheet.propertyResult(), worksheet.propertyItemsResult()]
  }

  mutating func persons() {
    for member in worksheet.members {
      let parts = [
        worksheet.noLabourResult(member), worksheet.noSourceResult(member), worksheet.noSupportResult(member),
        worksheet.notOrphanSchemeResult(member),
      ]
      results += parts
      results.append(worksheet.tkResult(member, parts))
      if member.heldAsMinor, member.holds?.contains(.tk) ?? false { results.append(worksheet.keepsAsMinorResult(member)) }
      if let answers = member.selfCare { results.append(worksheet.selfCareResult(member, answers)) }
    }
  }

  mutating func categories() {
    let tk = results.filter { $0.rule == .tk }.map(\.judgement)
    results.append(worksheet.lbResult())
    let lb = judgement(.lb)
    results.append(worksheet.byResult(lb: lb, tk: tk))
    let by = judgement(.by)
    for (member, counts) in zip(worksheet.members, worksheet.membership) where counts.outcome != .notMet {
      results.append(worksheet.singlePersonResult(member, lb: lb, by: by))
    }
    results.append(worksheet.zcxResult(lb: lb, tk: tk, by: by))
    if worksheet.input.lastCheck != nil || worksheet.input.household.holds?.contains(.lb) ?? false {
      results.append(worksheet.recheckResult())
    }
    results.append(worksheet.withinResult())
    let within = judgement(.withinLine)
    results += [
      worksheet.atRiskResult(.tpbw, .outOfPoverty, .outOfPoverty, within: within),
      worksheet.atRiskResult(.byyz, .ordinary, .ordinary, within: within), worksheet.suddenResult(within: within),
    ]
  }

  mutating func events() {
    for emergency in worksheet.input.emergencies ?? [] {
      results += [worksheet.emergencyResult(emergency), worksheet.anywhereResult(emergency)]
      if emergency.firstAid == .yes { results.append(worksheet.firstAidResult(emergency)) }
    }
    if !(worksheet.input.spending?.isEmpty ?? true) || worksheet.input.suddenSpending != nil {
      results.append(worksheet.suddenSpendingResult())
    }
    guard let monitoring = worksheet.input.monitoring else { return }
    results += [
      worksheet.clearableResult(monitoring), worksheet.clearedAtOnceResult(monitoring),
      worksheet.noMeasureResult(monitoring), worksheet.notCoveredResult(),
    ]
  }
}
