// What the rules share while one household is screened: who counts, how many, the incomes. Worked out once, in the order the
// rules build on each other, and never changed after.

struct Worksheet {
  let input: ScreeningInput
  let parameters: PolicyParameters
  let parameterDate: CivilDate
  /// Of each member in order: whether they count.
  var membership: [Judgement] = []
  var people = Span.zero
  var countable = Span.zero
  var assessed = Span.zero
  /// Of each member by key, the first of a key: where it stands among them.
  private let places: [String: Int]
  /// 工资性收入 by member: what every member is asked about.
  let wages: [String: [IncomeItem]]

  init(_ input: ScreeningInput, _ parameters: PolicyParameters, on date: CivilDate) {
    (self.input, self.parameters, parameterDate) = (input, parameters, date)
    places = Dictionary((input.members ?? []).enumerated().map { ($1.key, $0) }) { first, _ in first }
    wages = Dictionary(grouping: (input.income ?? []).filter { $0.kind == .wage && $0.member != nil }) { $0.member ?? "" }
  }

  var members: [MemberInput] { input.members ?? [] }

  func state(_ parameter: PolicyParameter) -> ParameterState { parameters.state(of: parameter, on: parameterDate) }

  /// Whether the owner of an item counts; the household's own items, and those of nobody who is listed, do.
  func counts(owner: String?) -> Judgement {
    guard let owner, let index = places[owner] else { return .met }
    return membership[index]
  }

  /// An amount for a year; open where it is not known or below zero.
  func yearly(_ fen: Int64?, _ period: Period, _ missing: MissingInput) -> Span {
    guard let fen, fen >= 0 else { return .unknown(missing) }
    return Span(whole: fen).times(period.timesAYear)
  }

  /// A year's standard of one person; where 城/乡 is not known, anything between the two.
  func standardYear(_ hukou: Hukou?, _ draft: inout ResultDraft) -> Span {
    func of(_ parameter: PolicyParameter) -> Span {
      guard case .standard(let fen)? = draft.use(parameter) else { return .unset(parameter) }
      return Span(whole: fen)
    }
    draft.look(at: .hukou, hukou?.rawValue)
    switch hukou {
    case .rural: return of(.lbStandardRural)
    case .urban: return of(.lbStandardUrban)
    case nil: return of(.lbStandardRural).or(of(.lbStandardUrban), missing: [MissingInput(.hukou)])
    }
  }

  /// 当地上年人均可支配收入
  func disposable(_ hukou: Hukou?, _ draft: inout ResultDraft) -> Span {
    switch hukou {
    case .rural: return draft.money(.disposableIncomeRural)
    case .urban: return draft.money(.disposableIncomeUrban)
    case nil:
      let rural = draft.money(.disposableIncomeRural)
      return rural.or(draft.money(.disposableIncomeUrban), missing: [MissingInput(.hukou)])
    }
  }

  func property(_ standard: PropertyInput.Standard, _ draft: inout ResultDraft) -> Judgement {
    draft.look(at: .property, input.property.results[standard]?.rawValue)
    return input.property.judgement(standard)
  }
}

extension CivilDate {
  /// The same day so many months later, or the last day of a shorter month (2.11 decision 12). Nil where it is not whole.
  func monthsLater(_ months: Int) -> CivilDate? {
    guard let month, let day else { return nil }
    let (years, rest) = (month - 1 + months).quotientAndRemainder(dividingBy: 12)
    let (year, month0) = (year + years, rest + 1)
    guard (1000...9999).contains(year), (1...12).contains(month0) else { return nil }
    return CivilDate(year: year, month: month0, day: min(day, CivilDate.days(inMonth: month0, of: year)))
  }
}
