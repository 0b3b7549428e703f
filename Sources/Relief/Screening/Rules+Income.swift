// T-INC: countable income, exclusions, deductions (2.2), always for a household and a year.
//
// Decisions, each with cases under Tests/Policy/cases:
//  * An item is left out only where it says what it is; an item that only says its kind counts.
//  * An unknown amount lies anywhere from zero up, and a deduction whose parameter is not set anywhere from nothing to all
//    that was spent. A comparison that comes out the same over all of that is settled; else it is 待核 or 未设定.
//  * Income and spending of a person who does not count do not count.
//  * `k × standard` caps at k × 12 × the monthly standard, for the household and year (2.11 decision 6).
//  * 基础养老金 is left out as the dated parameter says: through 2025-12-31, after that 未设定 (decision 7).

extension Worksheet {
  /// 国家规定的优待抚恤金、计划生育奖励与扶助金、奖学金、见义勇为等奖励性补助; 政府发放的各类社会救助款物.
  static let itemsLeftOut = ["veteran_benefit", "family_planning", "scholarship", "bravery", "relief"]
  /// What an item may be that no rule leaves out.
  static let ordinaryItems = [
    "farming", "self_employed", "rent", "land", "interest", "pension", "support", "remittance", "subsidy_farming",
    "other",
  ]

  enum Purpose { case household, tk }

  /// Whether an item is left out.
  func leftOut(_ item: IncomeItem, for purpose: Purpose, _ draft: inout ResultDraft) -> Judgement {
    guard let code = item.item else { return .notMet }
    if Self.itemsLeftOut.contains(code) { return .met }
    if Self.ordinaryItems.contains(code) { return .notMet }
    if purpose == .tk, case .codes(let listed)? = draft.use(.tkIncomeExcluded), listed.contains(code) { return .met }
    if code == "base_pension" {
      guard case .flag(let isLeftOut)? = draft.use(.basePensionExcluded) else { return .unset(.basePensionExcluded) }
      return .of(isLeftOut)
    }
    return draft.anyOf([code], in: .incomeExcludedLocal)
  }

  /// What of an item counts.
  private func counting(_ item: IncomeItem, for purpose: Purpose, _ draft: inout ResultDraft) -> Span {
    let amount = yearly(item.amountFen, item.period, MissingInput(.incomeAmount, of: item.member))
    let leftOut = leftOut(item, for: purpose, &draft)
    let figure = Figure(.incomeItem, amount, .fen, detail: item.item ?? item.kind.rawValue, member: item.member)
    switch leftOut.outcome {
    case .notMet: return amount
    case .met:
      draft.step(Figure(.excluded, amount, .fen), .excluded, [figure])
      return .zero
    case .toCheck, .unset:
      let perhaps = amount.perhaps(missing: leftOut.missing, unset: leftOut.unset)
      draft.step(Figure(.incomeItem, perhaps, .fen, detail: figure.detail, member: item.member), .perhaps, [figure])
      return perhaps
    }
  }

  /// Sum of the items that `owned` says belong to it, with what each adds.
  func total(
    of purpose: Purpose, _ name: Figure.Name, _ draft: inout ResultDraft, owned: (IncomeItem) -> Judgement
  ) -> Span {
    guard let items = input.income, items.count <= ScreeningLimits.rowsMax else {
      draft.look(at: .income, nil)
      return .unknown(MissingInput(.income))
    }
    var sum = Span.zero
    var operands: [Figure] = []
    for item in items {
      let belongs = owned(item)
      if belongs.outcome == .notMet { continue }
      var amount = counting(item, for: purpose, &draft)
      if !belongs.isSettled { amount = amount.perhaps(missing: belongs.missing, unset: belongs.unset) }
      if amount == .zero, item.amountFen != 0 { continue }
      operands.append(Figure(.incomeItem, amount, .fen, detail: item.item ?? item.kind.rawValue, member: item.member))
      sum += amount
    }
    draft.step(Figure(name, sum, .fen), .sum, operands)
    return sum
  }

  func countableResult() -> (ScreeningResult, Span) {
    var draft = ResultDraft(.countableIncome, self)
    let countable = total(of: .household, .countable, &draft) { counts(owner: $0.member) }
    draft.figure(Figure(.countable, countable, .fen))
    return (draft.finish(draft.part(.figureKnown, countable.judgement)), countable)
  }

  // MARK: Deductions

  func assessedResult() -> (ScreeningResult, Span) {
    var draft = ResultDraft(.assessedIncome, self)
    let rigid = rigidDeduction(&draft)
    let cost = employmentDeduction(&draft)
    let assessed = countable.lessened(by: rigid + cost)
    let figures = [
      Figure(.countable, countable, .fen), Figure(.rigid, rigid, .fen), Figure(.employmentDeduction, cost, .fen),
    ]
    draft.step(Figure(.assessed, assessed, .fen), .lessened, figures)
    draft.figure(Figure(.assessed, assessed, .fen))
    for figure in figures { draft.figure(figure) }
    return (draft.finish(draft.part(.figureKnown, assessed.judgement)), assessed)
  }

  /// What was spent on a kind in a year by the members who count; unknown where nothing is known.
  func spent(_ kind: String) -> Span {
    guard let items = input.spending, items.count <= ScreeningLimits.rowsMax else { return .unknown(MissingInput(.spending)) }
    return items.reduce(into: .zero) { sum, item in
      guard item.kind == kind else { return }
      let owner = counts(owner: item.member)
      if owner.outcome == .notMet { return }
      let amount = yearly(item.amountFen, item.period, MissingInput(.spendingAmount, of: item.member))
      sum += (owner.isSettled ? amount : amount.perhaps(missing: owner.missing, unset: owner.unset))
    }
  }

  private func rigidDeduction(_ draft: inout ResultDraft) -> Span {
    let spent = SpendingTable.kinds.map { ($0, self.spent($0)) }.filter { $0.1 != .zero }
    guard !spent.isEmpty else { return .zero }
    guard case .spending(let table)? = draft.use(.rigidSpending) else {
      let all = spent.reduce(Span.zero) { $0 + $1.1 }.perhaps(unset: [.rigidSpending])
      draft.step(
        Figure(.rigid, all, .fen), .perhaps, spent.map { Figure(.spendingItem, $0.1, .fen, detail: $0.0) })
      return all
    }
    var sum = Span.zero
    var operands: [Figure] = []
    for (kind, amount) in spent {
      guard let cap = table.cap(of: kind) else {
        draft.step(Figure(.excluded, amount, .fen), .excluded, [Figure(.spendingItem, amount, .fen, detail: kind)])
        continue
      }
      let figure = Figure(.spendingItem, amount, .fen, detail: kind)
      let counted = capped(figure, cap, of: countable, Figure(.spending, .zero, .fen, detail: kind), &draft)
      operands.append(Figure(.spending, counted, .fen, detail: kind))
      sum = sum + counted
    }
    draft.step(Figure(.spending, sum, .fen), .sum, operands)
    return capped(Figure(.spending, sum, .fen), table.total, of: countable, Figure(.rigid, .zero, .fen), &draft)
  }

  private func employmentDeduction(_ draft: inout ResultDraft) -> Span {
    let spent = spent(SpendingItem.employmentCost)
    let figure = Figure(.employmentCost, spent, .fen)
    let result = Figure(.employmentDeduction, .zero, .fen)
    guard case .cost(let rule)? = draft.use(.employmentCost) else {
      // Nothing claimed, nothing to deduct, whatever the method will be.
      return spent == .zero ? .zero : spent.perhaps(unset: [.employmentCost])
    }
    switch rule {
    case .off: return .zero
    case .actual(let cap): return capped(figure, cap, of: allWages(), result, &draft)
    case .share(let share):
      let wages = allWages()
      let part = wages.times(share)
      draft.step(
        Figure(.employmentDeduction, part, .fen), .product,
        [Figure(.wages, wages, .fen), Figure(.factor, Span(exact: share.tenThousandths), .share)])
      return part
    case .fixed(let amount):
      let workers = workers()
      let all = Span(whole: amount.fen).times(workers)
      draft.step(
        Figure(.employmentDeduction, all, .fen), .product,
        [Figure(.amount, Span(whole: amount.fen), .fen), Figure(.people, workers, .people)])
      return all
    }
  }

  /// 工资性收入 of those who count.
  private func allWages() -> Span {
    guard let items = input.income else { return .unknown(MissingInput(.income)) }
    return items.reduce(into: .zero) { sum, item in
      guard item.kind == .wage else { return }
      let owner = counts(owner: item.member)
      if owner.outcome == .notMet { return }
      let amount = yearly(item.amountFen, item.period, MissingInput(.incomeAmount, of: item.member))
      sum += (owner.isSettled ? amount : amount.perhaps(missing: owner.missing, unset: owner.unset))
    }
  }

  /// How many members have wages.
  private func workers() -> Span {
    guard let items = input.income else { return .unknown(MissingInput(.income)) }
    let owners = Dictionary(grouping: items.filter { $0.kind == .wage && $0.amountFen != 0 }) { $0.member ?? "" }
    return owners.reduce(into: .zero) { sum, entry in
      let owner = counts(owner: entry.key.isEmpty ? nil : entry.key)
      let isKnown = entry.value.contains { ($0.amountFen ?? 0) > 0 }
      switch owner.outcome {
      case .notMet: break
      case .met where isKnown: sum += Span(whole: 1)
      default:
        let missing = owner.missing.union(isKnown ? [] : [MissingInput(.incomeAmount, of: entry.value[0].member)])
        sum += Span(low: 0, high: Span.scale, missing: missing, unset: owner.unset)
      }
    }
  }

  /// An amount up to its cap.
  private func capped(
    _ amount: Figure, _ cap: Cap, of income: Span, _ result: Figure, _ draft: inout ResultDraft
  ) -> Span {
    let most: Span
    switch cap {
    case .none: return amount.value
    case .amount(let money): most = Span(whole: money.fen)
    case .ofIncome(let share): most = income.times(share)
    case .timesStandard(let times): most = standardYear(input.household.hukou, &draft).times(times)
    }
    var figure = result
    figure.value = amount.value.smaller(most)
    draft.step(figure, .smallest, [amount, Figure(.cap, most, .fen)])
    return figure.value
  }

  // MARK: Checks of the data (T-INC-3, T-INC-4)

  func amountsResult() -> ScreeningResult {
    var draft = ResultDraft(.amountsKnown, self)
    func check(_ fen: Int64?, _ field: InputField, _ member: String?) -> Judgement {
      draft.look(at: field, of: member, fen.map(String.init))
      guard let fen, fen <= ScreeningLimits.amountFenMax else { return draft.part(.amountKnown, .missing(field, of: member)) }
      return draft.part(.amountKnown, .of(fen >= 0))
    }
    var parts = (input.income ?? []).map { check($0.amountFen, .incomeAmount, $0.member) }
    parts += (input.spending ?? []).map { check($0.amountFen, .spendingAmount, $0.member) }
    if input.income == nil { parts.append(draft.part(.income, .missing(.income))) }
    if input.spending == nil { parts.append(draft.part(.spending, .missing(.spending))) }
    return draft.finish(.all(parts))
  }

  func wageWithoutLabourResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.wageWithoutLabour, of: member.key, self)
    draft.look(at: .labour, of: member.key, member.labour?.rawValue)
    let wages = self.wages[member.key] ?? []
    let hasWage: Judgement =
      if wages.contains(where: { ($0.amountFen ?? 0) > 0 }) {
        .met
      } else if input.income == nil {
        .missing(.income)
      } else if wages.contains(where: { $0.amountFen == nil }) {
        .missing(.incomeAmount, of: member.key)
      } else {
        .notMet
      }
    let noLabour: Judgement =
      member.labour.map { .of($0 == .none || $0 == .lost) } ?? .missing(.labour, of: member.key)
    return draft.finish(!.all([draft.part(.wage, hasWage), draft.part(.labour, noLabour)]))
  }
}
