// T-LB, T-BY, T-DRB: 低保, 低保边缘, 单人保 (2.4, 2.5). Nothing is divided: an income is compared with people × standard.
//
// Decisions, each with cases under Tests/Policy/cases:
//  * Both deductions count for these three (2.11 decision 5).
//  * "Not eligible for 特困" speaks of the household: only where every member who counts would be.
//  * 单人保: a known grade beats a tick 重残; 多重残疾 of grade 3, and a tick without a grade, are 待核 (decision 4).
//  * A household in the range of 低保 gets no 单人保: all of it would be 低保.

extension Worksheet {
  /// People × standard × multiplier: what a household's income is compared with.
  func incomeLimit(times multiplier: PolicyParameter?, _ draft: inout ResultDraft) -> Figure {
    let standard = standardYear(input.household.hukou, &draft)
    let base = standard.times(people)
    var operands = [
      Figure(.standardYear, standard, .fen, detail: input.household.hukou?.rawValue), Figure(.people, people, .people),
    ]
    guard let multiplier else {
      let limit = Figure(.limit, base, .fen)
      draft.step(limit, .product, operands)
      return limit
    }
    guard case .multiplier(let factor)? = draft.use(multiplier) else { return Figure(.limit, .unset(multiplier), .fen) }
    operands.append(Figure(.multiplier, Span(exact: factor.tenThousandths), .times))
    let limit = Figure(.limit, base.times(factor), .fen)
    draft.step(limit, .product, operands)
    return limit
  }

  func lbResult() -> ScreeningResult {
    var draft = ResultDraft(.lb, self)
    let limit = incomeLimit(times: nil, &draft)
    draft.figure(limit)
    draft.figure(Figure(.assessed, assessed, .fen))
    return draft.finish(
      .all([
        draft.part(.income, Figure(.assessed, assessed, .fen), .below, limit),
        draft.part(.property, property(.lb, &draft)),
      ]))
  }

  /// - Parameter tk: whether each member would be 特困, in order.
  func byResult(lb: Judgement, tk: [Judgement]) -> ScreeningResult {
    var draft = ResultDraft(.by, self)
    let limit = incomeLimit(times: .byMultiplier, &draft)
    draft.figure(limit)
    draft.figure(Figure(.assessed, assessed, .fen))
    return draft.finish(
      .all([
        draft.part(.notLb, !lb),
        draft.part(.notTk, !householdIsTk(tk)),
        draft.part(.income, Figure(.assessed, assessed, .fen), .below, limit),
        draft.part(.property, property(.by, &draft)),
      ]))
  }

  /// Every member who counts would be 特困. Of a household whose members are not listed nothing is known of that, and it is
  /// not taken for one. Where nobody knows whose an income is: if each were below the standard, all together would be below
  /// as many standards; income beyond that settles it.
  func householdIsTk(_ tk: [Judgement]) -> Judgement {
    let counted = zip(membership, tk).filter { $0.0.outcome != .notMet }.map(\.1)
    guard !counted.isEmpty else { return .notMet }
    var unseen = ResultDraft(.tk, self)
    let together = total(of: .tk, .ownIncome, &unseen) { counts(owner: $0.member) }
    let limit = standardYear(input.household.hukou, &unseen).times(people)
    if together.compared(.below, to: limit).outcome == .notMet { return .notMet }
    return .all(counted)
  }

  func singlePersonResult(_ member: MemberInput, lb: Judgement, by: Judgement) -> ScreeningResult {
    var draft = ResultDraft(.singlePerson, of: member.key, self)
    draft.look(at: .holds, input.household.holds.map { $0.map(\.rawValue).sorted().joined(separator: " ") })
    let holdsBy: Judgement = input.household.holds.map { .of($0.contains(.by)) } ?? .missing(.holds)
    let isBy = draft.part(.isBy, .all([!lb, .any([by, holdsBy])]))
    let hard = Judgement.any([
      draft.part(.severeDisability, severe(member.disability, member.key, &draft)),
      draft.part(.majorDisease, majorDisease(member, &draft)),
    ])
    return draft.finish(.all([isBy, hard]))
  }

  /// 重残: grade 1 or 2 of any kind, grade 3 of the kinds that the parameter names (智力, 精神).
  func severe(_ disability: DisabilityInput, _ key: String, _ draft: inout ResultDraft) -> Judgement {
    lookAt(disability, key, &draft)
    if let grade = disability.grade {
      if grade <= 2 { return .met }
      if grade >= 4 { return .notMet }
      guard let kind = disability.kind else { return .missing(.disabilityKind, of: key) }
      if kind == 7 { return .missing(.manualJudgement, of: key) }
      return draft.anyOf([String(kind)], in: .drbGrade3Kinds)
    }
    if disability.has == .no { return .notMet }
    return .missing(disability.has == .yes || disability.severe != nil ? .disabilityGrade : .disability, of: key)
  }

  func lookAt(_ disability: DisabilityInput, _ key: String, _ draft: inout ResultDraft) {
    draft.look(at: .disability, of: key, disability.has?.rawValue)
    guard disability.isStated, disability.has != .no else { return }
    draft.look(at: .disabilityKind, of: key, disability.kind.map(String.init))
    draft.look(at: .disabilityGrade, of: key, disability.grade.map(String.init))
  }

  /// 重病患者: a disease that the department in charge has recognised as such.
  private func majorDisease(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    draft.look(at: .majorDisease, of: member.key, member.majorDisease?.rawValue)
    draft.look(at: .illness, of: member.key, member.illness?.rawValue)
    if let recognised = member.majorDisease { return .of(recognised, .majorDisease, of: member.key) }
    let coded = member.diseases.filter { $0 != "other" }
    if !coded.isEmpty {
      let listed = draft.anyOf(coded, in: .majorDiseases)
      return coded.count == member.diseases.count ? listed : .any([listed, .missing(.diseases, of: member.key)])
    }
    guard member.illness == .yes else { return .of(member.illness, .illness, of: member.key) }
    guard case .codes? = draft.use(.majorDiseases) else { return .unset(.majorDiseases) }
    return .missing(.diseases, of: member.key)
  }

  /// T-LB-3: whether the next 复核 is due on the visit date. Labour that is not known takes the shorter interval (decision 12).
  func recheckResult() -> ScreeningResult {
    var draft = ResultDraft(.recheck, self)
    draft.look(at: .unstableIncome, input.unstableIncome?.rawValue)
    draft.look(at: .lastCheck, input.lastCheck?.description)
    let isStable = nobodyCanWork.outcome == .met && input.unstableIncome == .no
    let parameter: PolicyParameter = isStable ? .recheckMonthsStable : .recheckMonthsUnstable
    guard case .count(let months)? = draft.use(parameter) else { return draft.finish(draft.part(.due, .unset(parameter))) }
    draft.figure(Figure(.monthsNeeded, Span(whole: Int64(months)), .months))
    guard let due = input.lastCheck?.monthsLater(months) else {
      return draft.finish(draft.part(.due, .missing(.lastCheck)))
    }
    draft.look(at: .lastCheck, due.description)
    return draft.finish(draft.part(.due, .of(due <= input.visitDate)))
  }
}
