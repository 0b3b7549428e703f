// T-HH: who counts as 共同生活的家庭成员, and how many they are (2.1).
//
// Decisions, each with cases under Tests/Policy/cases:
//  * The relation stands for 法定义务 where it makes one without further conditions: between parents and children; for a
//    spouse's parents, a child's spouse, and grandchildren under 18 where the one they belong to is a member here. Nothing
//    else is derived; then 法定义务 must be known.
//  * A graduate student is not counted as a dependant; one marked as living at home is 待核 (2.11 decision 8).
//  * 失联 is not 宣告失踪: only the latter keeps out.
//  * A person listed alone and without a relation is the head.
//  * Nobody left to count is 待核, never zero (decision 8).

extension Worksheet {
  static let statusesKeptOut = ["serving", "rehabilitation", "missing", "clergy"]
  static let minorYears: Int64 = 18

  func memberResult(_ index: Int) -> ScreeningResult {
    let member = members[index]
    var draft = ResultDraft(.member, of: member.key, self)
    if let counted = member.counted { return draft.finish(draft.part(.counted, .of(counted))) }
    let excluded = draft.part(.excluded, keptOut(member, &draft))
    let included = inclusion(member, &draft)
    return draft.finish(.all([!excluded, included]))
  }

  private func keptOut(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    guard let statuses = member.statuses else {
      draft.look(at: .status, of: member.key, nil)
      return .missing(.status, of: member.key)
    }
    draft.look(at: .status, of: member.key, statuses.sorted().joined(separator: " "))
    if statuses.contains(where: { Self.statusesKeptOut.contains($0) }) { return .met }
    return draft.anyOf(statuses.sorted(), in: .excludedStatusesLocal)
  }

  private func inclusion(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    let kin = member.kin ?? (members.count == 1 ? .head : nil)
    draft.look(at: .relation, of: member.key, kin?.rawValue)
    func isKin(_ wanted: Kin) -> Judgement {
      kin.map { .of($0 == wanted) } ?? .missing(.relation, of: member.key)
    }
    let age = member.born.years(on: input.visitDate, MissingInput(.birth, of: member.key))
    let child = isKin(.child)
    let isMinor = age.compared(.below, to: Span(whole: Self.minorYears))
    return .any([
      draft.part(.head, isKin(.head)),
      draft.part(.spouse, isKin(.spouse)),
      draft.part(.minorChild, .all([child, isMinor])),
      draft.part(.dependentChild, .all([child, dependent(member, &draft)])),
      draft.part(.dutyAndCoresidence, dutyAndCoresidence(member, kin, isMinor, &draft)),
    ])
  }

  /// A grown child who cannot live independently: as such, or because of school up to 全日制本科.
  private func dependent(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    draft.look(at: .schooling, of: member.key, member.schooling)
    draft.look(at: .independent, of: member.key, member.independent?.rawValue)
    if member.schooling == "postgraduate" { return .of(member.independent == .no) }
    let inSchool: Judgement =
      member.schooling.map { .of($0 != "none") } ?? .missing(.schooling, of: member.key)
    return .any([!Judgement.of(member.independent, .independent, of: member.key), inSchool])
  }

  private func dutyAndCoresidence(
    _ member: MemberInput, _ kin: Kin?, _ isMinor: Judgement, _ draft: inout ResultDraft
  ) -> Judgement {
    draft.look(at: .legalDuty, of: member.key, member.legalDuty?.rawValue)
    draft.look(at: .coresident, of: member.key, member.coresident?.rawValue)
    let coresident = coresidence(member, &draft)
    if member.schooling == "postgraduate", kin == .child, isMinor.outcome != .met {
      let atHome = Judgement.of(coresident.outcome == .met)
      return .all([atHome, .of(member.legalDuty, .legalDuty, of: member.key)])
    }
    return .all([duty(member, kin, isMinor), coresident])
  }

  private func duty(_ member: MemberInput, _ kin: Kin?, _ isMinor: Judgement) -> Judgement {
    if let stated = member.legalDuty { return .of(stated, .legalDuty, of: member.key) }
    let open = Judgement.missing(.legalDuty, of: member.key)
    func isHere(_ others: [Kin]) -> Bool { members.contains { $0.kin.map { others.contains($0) } ?? false } }
    switch kin {
    case .child, .parent: return .met
    case .parentInLaw: return isHere([.spouse]) ? .met : open
    case .childInLaw: return isHere([.child]) ? .met : open
    case .grandchild: return isHere([.child, .childInLaw]) ? .any([isMinor, open]) : open
    default: return open
    }
  }

  private func coresidence(_ member: MemberInput, _ draft: inout ResultDraft) -> Judgement {
    let stated = Judgement.of(member.coresident, .coresident, of: member.key)
    guard let months = member.coresidentMonths else { return stated }
    guard case .count(let least)? = draft.use(.coresidenceMonths) else {
      // How many months are long is for the county to say; that they live together for long may be known without it.
      return member.coresident == nil ? .unset(.coresidenceMonths) : stated
    }
    return .of(months >= least)
  }

  /// How many count.
  func countResult() -> ScreeningResult {
    var draft = ResultDraft(.count, self)
    let people = counted()
    draft.look(at: .members, input.members.map { String($0.count) })
    draft.look(at: .size, input.household.size.map(String.init))
    draft.step(
      Figure(.people, people, .people), .count,
      zip(members, membership).filter { $0.1.outcome != .notMet }.map {
        Figure(.people, $0.1.outcome == .met ? Span(whole: 1) : Span(low: 0, high: Span.scale), .people, member: $0.0.key)
      })
    draft.figure(Figure(.people, people, .people))
    return draft.finish(draft.part(.figureKnown, people.judgement))
  }

  func counted() -> Span {
    guard let listed = input.members, !listed.isEmpty, listed.count <= ScreeningLimits.rowsMax else {
      guard let size = input.household.size, size > 0, size <= ScreeningLimits.rowsMax, input.members?.isEmpty ?? true
      else { return atLeastOne(.unknown(MissingInput(.members))) }
      return Span(whole: Int64(size))
    }
    let out = membership.count { $0.outcome == .notMet }
    let open = membership.filter { !$0.isSettled }
    guard let size = input.household.size else { return span(in: listed.count - out - open.count, open: open) }
    if listed.count > size {
      let inside = listed.count - out - open.count
      // The stated number has the others taken off already, or it contradicts the list.
      return inside == size && open.isEmpty ? Span(whole: Int64(size)) : atLeastOne(.unknown(MissingInput(.size)))
    }
    // Somebody counted: a listed member of whom no relation is said is one of them.
    let doubtful = zip(listed, membership).filter { !$0.1.isSettled && $0.0.kin != nil }.map(\.1)
    return span(in: size - out - doubtful.count, open: doubtful)
  }

  private func span(in inside: Int, open: [Judgement]) -> Span {
    guard inside + open.count > 0 else { return atLeastOne(.unknown(MissingInput(.countedMembers))) }
    if open.isEmpty { return Span(whole: Int64(inside)) }
    return Span(
      low: Int128(max(1, inside)) * Span.scale, high: Int128(inside + open.count) * Span.scale,
      missing: open.reduce(into: []) { $0.formUnion($1.missing) }, unset: open.reduce(into: []) { $0.formUnion($1.unset) })
  }

  private func atLeastOne(_ span: Span) -> Span {
    Span(low: Span.scale, high: nil, missing: span.missing, unset: span.unset)
  }

  // MARK: Checks of the data (2.1 T-HH-2, T-HH-3)

  func oneHeadResult() -> ScreeningResult {
    var draft = ResultDraft(.oneHead, self)
    guard input.members != nil else { return draft.finish(draft.part(.oneHead, .missing(.members))) }
    let relations = members.map { $0.kin ?? (members.count == 1 ? .head : nil) }
    let unknown = zip(members, relations).filter { $0.1 == nil }.map { Judgement.missing(.relation, of: $0.0.key) }
    let heads = relations.count { $0 == .head }
    let spouses = relations.count { $0 == .spouse }
    let sexes = zip(members, relations).filter { $0.1 == .head || $0.1 == .spouse }.map(\.0)
    return draft.finish(
      .all([
        draft.part(.oneHead, heads > 1 ? .notMet : .all([.of(heads == 1 || !unknown.isEmpty)] + unknown)),
        draft.part(.oneSpouse, spouses > 1 ? .notMet : .all(unknown)),
        draft.part(.oppositeSex, oppositeSex(sexes)),
      ]))
  }

  private func oppositeSex(_ couple: [MemberInput]) -> Judgement {
    guard couple.count == 2 else { return .met }
    let unknown = couple.filter { $0.sex == nil }.map { Judgement.missing(.sex, of: $0.key) }
    return unknown.isEmpty ? .of(couple[0].sex != couple[1].sex) : .all(unknown)
  }

  func oneHouseholdResult() -> ScreeningResult {
    var draft = ResultDraft(.oneHousehold, self)
    let parts = members.map { member in
      draft.look(at: .elsewhere, of: member.key, member.alsoElsewhere?.rawValue)
      return draft.part(.oneHousehold, !Judgement.of(member.alsoElsewhere, .elsewhere, of: member.key))
    }
    return draft.finish(input.members == nil ? .missing(.members) : .all(parts))
  }
}
