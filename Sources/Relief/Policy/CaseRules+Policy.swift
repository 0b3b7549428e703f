// The one place where the clocks of the cases are filled from the policy parameters: every `CaseClock` is a parameter by its raw
// value, a test sees that none is missing. Cases know nothing of parameters; they take the figures as a value.

extension CaseClock {
  /// Nil for none, which a test rules out.
  public var parameter: PolicyParameter? { PolicyParameter(rawValue: rawValue) }
}

extension CaseClocks {
  /// The figures that hold on a day; what is 未设定 stays out.
  public init(_ parameters: PolicyParameters, on date: CivilDate) {
    var amounts: [CaseClock: Int] = [:]
    for clock in CaseClock.allCases {
      if let parameter = clock.parameter, case .count(let amount)? = parameters[parameter, on: date] { amounts[clock] = amount }
    }
    self.init(
      amounts: amounts, quorumPresent: parameters.share(.assemblyPresentShare, on: date),
      quorumAgree: parameters.share(.assemblyAgreeShare, on: date), votedTracks: parameters.tracks(.assemblyTracks, on: date),
      delegatedTracks: parameters.tracks(.delegatedTracks, on: date))
    if case .money(let ceiling)? = parameters[.firstAidCeiling, on: date] { firstAidCeilingFen = ceiling.fen }
    if case .money(let ceiling)? = parameters[.reserveCeiling, on: date] { reserveCeilingFen = ceiling.fen }
    if case .count(let months)? = parameters[.sweepPeriodMonths, on: date] { sweepPeriodMonths = months }
    importPeriodMonths = parameters.importPeriodMonths(on: date)
  }
}

extension WorkCalendar {
  /// Every year that the county has stated a table for. A year with two tables that differ is left out, so that a deadline
  /// through it says that it is not exact.
  public init(_ parameters: PolicyParameters) {
    self.init()
    let years = Set(parameters.stated(of: .holidays).compactMap { $0.from?.year })
    for year in years {
      guard let end = CivilDate(year: year, month: 12, day: 31),
        case .holidays(let line)? = parameters[.holidays, on: end]
      else { continue }
      _ = take(line: line, of: year)
    }
  }
}

extension CaseRules {
  public init(_ parameters: PolicyParameters, on date: CivilDate) {
    self.init(clocks: CaseClocks(parameters, on: date), calendar: WorkCalendar(parameters))
  }
}

extension PolicyParameters {
  fileprivate func share(_ parameter: PolicyParameter, on date: CivilDate) -> CaseClocks.Share? {
    guard case .fraction(let fraction)? = self[parameter, on: date] else { return nil }
    return CaseClocks.Share(fraction.numerator, of: fraction.denominator)
  }

  fileprivate func tracks(_ parameter: PolicyParameter, on date: CivilDate) -> Set<CaseTrack> {
    guard case .codes(let codes)? = self[parameter, on: date] else { return [] }
    return Set(codes.map { CaseTrack(rawValue: $0) })
  }
}
