// T-LS: 临时救助, 急难型 and 支出型 (2.7). Where somebody is registered never stands in the way (R52).
//
// Decisions, each with cases under Tests/Policy/cases:
//  * A confirmation answered 不清楚 never blocks; the answer is 待核 (2.11 decision 13).
//  * A day that is only known as a month is open while the visit may lie before it.
//  * What 支出型 compares is countable income, against the last year's disposable income of one person here.

extension Worksheet {
  func emergencyResult(_ emergency: EmergencyInput) -> ScreeningResult {
    var draft = ResultDraft(.emergency, of: emergency.key, self)
    let key = emergency.key
    func stated(_ text: String?, _ field: InputField) -> Judgement {
      draft.look(at: field, of: key, text == nil ? nil : "stated")
      return text == nil ? .missing(field, of: key) : .met
    }
    draft.look(at: .cannotSelfHelp, of: key, emergency.cannotSelfHelp?.rawValue)
    draft.look(at: .notCovered, of: key, emergency.notCovered?.rawValue)
    return draft.finish(
      .all([
        draft.part(.kind, stated(emergency.kind, .emergencyKind)),
        draft.part(.date, happened(emergency, &draft)),
        draft.part(.place, stated(emergency.place, .emergencyPlace)),
        draft.part(.cannotSelfHelp, .of(emergency.cannotSelfHelp, .cannotSelfHelp, of: key)),
        draft.part(.notCovered, .of(emergency.notCovered, .notCovered, of: key)),
      ]))
  }

  private func happened(_ emergency: EmergencyInput, _ draft: inout ResultDraft) -> Judgement {
    draft.look(at: .emergencyDate, of: emergency.key, emergency.date?.description)
    let missing = Judgement.missing(.emergencyDate, of: emergency.key)
    guard let date = emergency.date else { return missing }
    let last = CivilDate(
      year: date.year, month: date.month ?? 12, day: date.day ?? CivilDate.days(inMonth: date.month ?? 12, of: date.year))
    if let last, last.dayNumber <= input.visitDate.dayNumber { return .met }
    return date.dayNumber > input.visitDate.dayNumber ? .notMet : missing
  }

  /// T-LS-2: within the ceiling the township may pay at once; above it, 需报县级.
  func firstAidResult(_ emergency: EmergencyInput) -> ScreeningResult {
    var draft = ResultDraft(.firstAid, of: emergency.key, self)
    draft.look(at: .firstAid, of: emergency.key, emergency.firstAid?.rawValue)
    let paid = yearly(emergency.firstAidFen, .year, MissingInput(.firstAidAmount, of: emergency.key))
    let amount = Figure(.amount, paid, .fen)
    let ceiling = Figure(.ceiling, draft.money(.firstAidCeiling), .fen)
    draft.figure(amount)
    draft.figure(ceiling)
    draft.figure(Figure(.supplementWorkdays, draft.count(.firstAidSupplementWorkdays), .days))
    return draft.finish(draft.part(.withinCeiling, amount, .within, ceiling))
  }

  func anywhereResult(_ emergency: EmergencyInput) -> ScreeningResult {
    var draft = ResultDraft(.anywhere, of: emergency.key, self)
    draft.look(at: .hukouPlace, of: emergency.key, emergency.hukouPlace)
    return draft.finish(draft.part(.anyPlace, .met))
  }

  func suddenSpendingResult() -> ScreeningResult {
    var draft = ResultDraft(.suddenSpending, self)
    draft.look(at: .suddenSpending, input.suddenSpending?.rawValue)
    let disposable = disposable(input.household.hukou, &draft)
    let limit = Figure(.limit, disposable.times(people), .fen)
    draft.step(limit, .product, [Figure(.disposable, disposable, .fen), Figure(.people, people, .people)])
    return draft.finish(
      .all([
        draft.part(.suddenSpending, .of(input.suddenSpending, .suddenSpending)),
        draft.part(.income, Figure(.countable, countable, .fen), .below, limit),
        draft.part(.property, property(.zcx, &draft)),
      ]))
  }
}
