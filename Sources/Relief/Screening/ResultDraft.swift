// A result while its rule works: every parameter read and every figure made through it leaves its trace.

struct ResultDraft {
  let rule: ScreeningRule
  let subject: String?
  let worksheet: Worksheet
  private var parts: [ScreeningResult.Part] = []
  private var steps: [ScreeningResult.Step] = []
  private var figures: [Figure] = []
  private var inputs: [ScreeningResult.InputUse] = []
  /// The same, to know which was looked at before: a household of hundreds is looked at member by member.
  private var known: Set<ScreeningResult.InputUse> = []
  private var parameters: [ParameterState] = []

  init(_ rule: ScreeningRule, of subject: String? = nil, _ worksheet: Worksheet) {
    (self.rule, self.subject, self.worksheet) = (rule, subject, worksheet)
  }

  // MARK: Parameters

  mutating func use(_ parameter: PolicyParameter) -> PolicyValue? {
    let state = worksheet.state(parameter)
    if !parameters.contains(where: { $0.parameter == parameter }) { parameters.append(state) }
    return state.value
  }

  mutating func use(_ parameters: [PolicyParameter]) { for parameter in parameters { _ = use(parameter) } }

  /// A count as a figure; open where it is not set.
  mutating func count(_ parameter: PolicyParameter) -> Span {
    guard case .count(let count)? = use(parameter) else { return .unset(parameter) }
    return Span(whole: Int64(count))
  }

  mutating func money(_ parameter: PolicyParameter) -> Span {
    guard case .money(let money)? = use(parameter) else { return .unset(parameter) }
    return Span(whole: money.fen)
  }

  /// Whether one of `codes` is on the list of the parameter. Of no codes: not met, and the parameter is not asked.
  mutating func anyOf(_ codes: [String], in parameter: PolicyParameter) -> Judgement {
    guard !codes.isEmpty else { return .notMet }
    guard case .codes(let listed)? = use(parameter) else { return .unset(parameter) }
    return .of(codes.contains { listed.contains($0) })
  }

  // MARK: Traces

  mutating func look(at field: InputField, of member: String? = nil, _ value: String?) {
    let use = ScreeningResult.InputUse(field: field, member: member, value: value)
    if known.insert(use).inserted { inputs.append(use) }
  }

  mutating func step(_ result: Figure, _ operation: ScreeningResult.Step.Operation, _ operands: [Figure]) {
    steps.append(.init(result: result, operation: operation, operands: operands))
  }

  mutating func take(_ steps: [ScreeningResult.Step]) { self.steps += steps }

  mutating func figure(_ figure: Figure) { figures.append(figure) }

  @discardableResult
  mutating func part(_ name: PartName, _ judgement: Judgement) -> Judgement {
    parts.append(.init(name: name, outcome: judgement.outcome, comparison: nil))
    return judgement
  }

  @discardableResult
  mutating func part(_ name: PartName, _ left: Figure, _ order: Span.Order, _ right: Figure) -> Judgement {
    let judgement = left.value.compared(order, to: right.value)
    parts.append(
      .init(name: name, outcome: judgement.outcome, comparison: .init(left: left, order: order, right: right)))
    return judgement
  }

  /// Mutating so that its argument, which makes the parts, is worked out before this draft is read.
  mutating func finish(_ judgement: Judgement) -> ScreeningResult {
    ScreeningResult(
      rule: rule, subject: subject, outcome: judgement.outcome, missing: judgement.missing.sorted(),
      unset: judgement.unset.sorted { $0.rawValue < $1.rawValue }, parts: parts, steps: steps, figures: figures,
      inputs: inputs, parameters: parameters)
  }
}
