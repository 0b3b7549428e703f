// T-TK, T-SC: 特困人员 and how much somebody can look after themselves (2.6).
//
// Decisions, each with cases under Tests/Policy/cases:
//  * 听力 and 言语 of any grade are no loss of 劳动能力; 多重残疾 is not named and waits for a person's judgement.
//  * 无生活来源 takes exclusions only, no deductions (2.11 decision 5). Its own list of exclusions is a parameter.
//  * An income of the household that says nobody's name may be this person's, unless they live alone.
//  * Whoever is known to be able to support settles it, also where more obligors may exist.

extension Worksheet {
  func noLabourResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.noLabour, of: member.key, self)
    let age = Figure(.age, member.born.years(on: input.visitDate, MissingInput(.birth, of: member.key)), .years)
    draft.figure(age)
    let old = Figure(.limit, draft.count(.tkOldAge), .years)
    let minor = Figure(.limit, draft.count(.tkMinorAge), .years)
    return draft.finish(
      .any([
        draft.part(.old, age, .reaches, old),
        draft.part(.minor, age, .below, minor),
        draft.part(.disability, disabledFromWork(member, &draft)),
        draft.part(.otherCircumstance, draft.anyOf(member.noLabourOther, in: .tkNoLabourOther)),
      ]))
  }

  /// 智力、精神 1–3, 肢体 1–2, 视力 1.
  private func disabledFromWork(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    let disability = member.disability
    lookAt(disability, member.key, &draft)
    if disability.has == .no { return .notMet }
    guard let kind = disability.kind else {
      let isKnown = disability.has == .yes || disability.grade != nil || disability.severe != nil
      return .missing(isKnown ? .disabilityKind : .disability, of: member.key)
    }
    let gravest: Int
    switch kind {
    case 5, 6: gravest = 3
    case 4: gravest = 2
    case 1: gravest = 1
    case 2, 3: return .notMet
    default: return .missing(.manualJudgement, of: member.key)
    }
    return disability.grade.map { .of($0 <= gravest) } ?? .missing(.disabilityGrade, of: member.key)
  }

  func noSourceResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.noSource, of: member.key, self)
    let isAlone = members.count == 1
    let own = total(of: .tk, .ownIncome, &draft) { item in
      if let owner = item.member { return .of(owner == member.key) }
      return isAlone ? .met : .missing(.incomeOwner)
    }
    let standard = standardYear(input.household.hukou, &draft)
    draft.figure(Figure(.ownIncome, own, .fen))
    return draft.finish(
      .all([
        draft.part(.income, Figure(.ownIncome, own, .fen), .below, Figure(.standardYear, standard, .fen)),
        draft.part(.property, property(.tk, &draft)),
      ]))
  }

  func noSupportResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.noSupport, of: member.key, self)
    guard let obligors = member.obligors else {
      draft.look(at: .obligors, of: member.key, nil)
      return draft.finish(draft.part(.othersUnknown, .missing(.obligors, of: member.key)))
    }
    draft.look(at: .obligors, of: member.key, String(obligors.list.count))
    var parts = obligors.list.map { draft.part(.obligor, unable($0, of: member, &draft)) }
    if obligors.isComplete != .yes { parts.append(draft.part(.othersUnknown, .missing(.obligors, of: member.key))) }
    return draft.finish(.all(parts))
  }

  /// 义务人无履行义务能力: any of six.
  private func unable(_ obligor: ObligorInput, of member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    func missing(_ field: InputField) -> MissingInput { MissingInput(field, of: obligor.key) }
    func holds(_ category: ReliefCategory) -> Judgement {
      obligor.holds.map { .of($0.contains(category)) } ?? Judgement(outcome: .toCheck, missing: [missing(.obligorHolds)])
    }
    let age = obligor.born.years(on: input.visitDate, missing(.birth))
    func reaches(_ years: Int64) -> Judgement { age.compared(.reaches, to: Span(whole: years)) }
    let income = yearly(obligor.incomeFen, .year, missing(.obligorIncome))
    draft.look(at: .obligorIncome, of: obligor.key, obligor.incomeFen.map(String.init))
    let disposable = disposable(obligor.hukou ?? input.household.hukou, &draft)
    let poor = income.compared(.below, to: disposable)
    let property: Judgement =
      switch obligor.property {
      case .pass: .met
      case .fail: .notMet
      case .pending, nil: Judgement(outcome: .toCheck, missing: [missing(.obligorProperty)])
      }
    let incapable = Judgement.of(obligor.incapable, .obligorIncapable, of: obligor.key)
    let severe = severe(obligor.disability, obligor.key, &draft)
    return .any([
      holds(.tk),
      .all([reaches(60), holds(.lb)]),
      .all([reaches(70), poor, property]),
      .all([severe, poor, property]),
      .all([incapable, property]),
      draft.anyOf(obligor.other, in: .obligorOther),
    ])
  }

  func notOrphanSchemeResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.notOrphanScheme, of: member.key, self)
    draft.look(at: .orphanScheme, of: member.key, member.orphanScheme?.rawValue)
    return draft.finish(draft.part(.notOrphanScheme, !Judgement.of(member.orphanScheme, .orphanScheme, of: member.key)))
  }

  func tkResult(_ member: MemberInput, _ results: [ScreeningResult]) -> ScreeningResult {
    var draft = ResultDraft(.tk, of: member.key, self)
    func part(_ name: PartName, _ rule: ScreeningRule) -> Judgement {
      guard let result = results.first(where: { $0.rule == rule && $0.subject == member.key }) else { return .notMet }
      return draft.part(name, result.judgement)
    }
    return draft.finish(
      .all([
        part(.noLabour, .noLabour), part(.noSource, .noSource), part(.noSupport, .noSupport),
        part(.notOrphanScheme, .notOrphanScheme),
      ]))
  }

  /// T-TK-5: who became 特困 as a minor keeps it to 18, and after that while in 义务教育, 普通高中 or 中职.
  func keepsAsMinorResult(_ member: MemberInput) -> ScreeningResult {
    var draft = ResultDraft(.keepsAsMinor, of: member.key, self)
    let age = Figure(.age, member.born.years(on: input.visitDate, MissingInput(.birth, of: member.key)), .years)
    draft.figure(age)
    let keep = Figure(.limit, draft.count(.tkKeepAge), .years)
    draft.look(at: .schooling, of: member.key, member.schooling)
    let schools = ["primary", "g7", "g8", "g9"] + (1...3).flatMap { ["senior\($0)", "vocational\($0)"] }
    let inSchool: Judgement = member.schooling.map { .of(schools.contains($0)) } ?? .missing(.schooling, of: member.key)
    return draft.finish(.any([draft.part(.minor, age, .below, keep), draft.part(.inSchool, inSchool)]))
  }

  /// T-SC-1. 疑似符合: needs care, 部分丧失 or 完全丧失; 不符合: 具备.
  func selfCareResult(_ member: MemberInput, _ answers: [SelfCareItem: SelfCare]) -> ScreeningResult {
    var draft = ResultDraft(.selfCare, of: member.key, self)
    for item in SelfCareItem.allCases { draft.look(at: .selfCare, of: item.rawValue, answers[item]?.rawValue) }
    let fails = answers.values.count { $0 != .able }
    let open = SelfCareItem.allCases.count - answers.count
    let missing = MissingInput(.selfCare, of: member.key)
    let span =
      open == 0
      ? Span(whole: Int64(fails))
      : Span(low: Int128(fails) * Span.scale, high: Int128(fails + open) * Span.scale, missing: [missing])
    draft.figure(Figure(.fails, span, .items))
    guard let grade = SelfCareGrade(fails: fails), grade == SelfCareGrade(fails: fails + open) else {
      return draft.finish(draft.part(.needsCare, Judgement(outcome: .toCheck, missing: [missing])))
    }
    draft.look(at: .selfCare, of: member.key, grade.rawValue)
    return draft.finish(draft.part(.needsCare, .of(grade != .full)))
  }
}

/// 生活自理能力: of six items none failed 具备, up to three 部分丧失, four or more 完全丧失. Codes of `category.self_care_grade`.
public enum SelfCareGrade: String, CaseIterable, Sendable {
  /// 具备 (全自理)
  case full
  /// 部分丧失 (半护理)
  case partial
  /// 完全丧失 (全护理)
  case none

  /// Nil for a number of items that there is not.
  public init?(fails: Int) {
    switch fails {
    case 0: self = .full
    case 1...3: self = .partial
    case 4...6: self = .none
    default: return nil
    }
  }
}

extension ScreeningResult {
  /// The outcome as a part of another rule's.
  var judgement: Judgement { Judgement(outcome: outcome, missing: Set(missing), unset: Set(unset)) }

  /// The grade that T-SC-1 found; nil where it is open.
  public var selfCareGrade: SelfCareGrade? {
    figure(.fails)?.value.exact.flatMap { SelfCareGrade(fails: Int($0 / Span.scale)) }
      ?? inputs.last { $0.field == .selfCare && $0.member == subject }?.value.flatMap(SelfCareGrade.init)
  }
}
