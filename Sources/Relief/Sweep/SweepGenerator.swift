// The list, generated (R22, R23): for a village and some days, every household somebody should go to, each once, with all
// its reasons. What it proposes becomes records (`drafts`), so that a list syncs like everything else; a household that a
// row of the same days has already is written again only if there is a reason more.

public struct SweepGenerator: Sendable {
  public var rules: CaseRules

  public init(_ rules: CaseRules) { self.rules = rules }

  /// The list, in its order: by the most urgent reason, then by 村, 组, and id, so that neighbours stand together.
  public func proposals(_ request: SweepRequest, in register: Register) -> [SweepProposal] {
    var found: [(proposal: SweepProposal, group: String)] = []
    let warned = register.warnedHouseholds(in: request.division)
    for (id, division) in register.standing(in: request.division) {
      let reasons = self.reasons(id, request, register, isWarned: warned.contains(id))
      guard !reasons.isEmpty else { continue }
      found.append(
        (
          SweepProposal(
            household: id, division: division, reasons: reasons, order: 0, cadre: request.cadres[division.code],
            existing: register.row(for: id, request, reasons: reasons)),
          register.value("group", of: FactList.household, id) ?? "~"
        ))
    }
    found.sort { left, right in
      let one = (left.proposal.reasons[0].order, left.proposal.division.code, left.group, left.proposal.household)
      let other = (right.proposal.reasons[0].order, right.proposal.division.code, right.group, right.proposal.household)
      return one < other
    }
    return found.enumerated().map { offset, one in
      var proposal = one.proposal
      proposal.order = offset + 1
      return proposal
    }
  }

  /// The rows to write for these proposals.
  /// - Parameters:
  ///   - entity: the UUID of a row, made from household, campaign and first day, so that two people who generate one list
  ///     make one list.
  ///   - label: the reasons as the list shows them.
  public func drafts(
    _ proposals: [SweepProposal], _ request: SweepRequest, in register: Register,
    entity: (_ household: String, _ campaign: String, _ from: CivilDate) -> String, label: ([SweepReason]) -> String
  ) -> [SweepDraft] {
    proposals.filter { !$0.isListed }.map { proposal in
      let all = SweepReason.allCases.filter {
        proposal.reasons.contains($0) || proposal.existing?.reasons.contains($0) == true
      }
      let fact = Fact(
        list: FactList.sweep,
        entity: proposal.existing?.entity ?? entity(proposal.household, request.campaign, request.from),
        properties: [
          Property("household", proposal.household), Property("campaign", request.campaign),
          Property("from", request.from.description), Property("to", request.to.description),
          Property("reason", label(all)), Property("reasons", all.map(\.rawValue).joined(separator: " ")),
          Property("order", String(proposal.order)),
        ] + (proposal.cadre.map { [Property("cadre", $0)] } ?? []))
      return SweepDraft(
        household: proposal.household, division: proposal.division, fact: fact,
        supersedes: register.recordsSeen(household: nil, facts: [fact]))
    }
  }

  // MARK: The reasons of one household

  private func reasons(_ id: String, _ request: SweepRequest, _ register: Register, isWarned: Bool) -> [SweepReason] {
    let visits = register.visitsAlone(of: id)
    let met = visits.first(where: \.isMet)?.date
    let isMetNow = met.map { request.from <= $0 && $0 <= request.to } ?? false
    var found: Set<SweepReason> = []
    // What came back waits for its amendment, whatever came after it; a 复访 for the next visit that meets somebody.
    if visits.contains(where: { $0.review?.verdict == .returned }) { found.insert(.returned) }
    if sinceLastMet(visits).contains(where: { $0.review?.verdict == .revisit }) { found.insert(.revisit) }
    if request.added.contains(id) { found.insert(.added) }
    // Who met somebody may still owe the answer: a warning stays until it has one.
    if isWarned { found.insert(.warning) }
    // Whoever was met in these days has been visited; only what came back, or was asked for, brings anybody there again.
    if !isMetNow {
      if isPromised(visits, by: request.to) { found.insert(.promised) }
      if register.isCarried(id, before: request.from, met: met) { found.insert(.carried) }
      found.formUnion(caseReasons(id, request, register))
      found.formUnion(kinds(id, visits, request, register))
    }
    if !register.careDue(on: request.to, at: id).isEmpty { found.insert(.care) }
    return SweepReason.allCases.filter { found.contains($0) && request.reasons.contains($0) }
  }

  /// A next visit was promised for a day that has come. The newest word counts (a neighbour may say when they are back); a call that
  /// met nobody and says nothing keeps no promise.
  private func isPromised(_ visits: [Visit], by day: CivilDate) -> Bool {
    guard let last = sinceLastMet(visits).first(where: { $0.value("next_visit") != nil }),
      let next = last.value("next_visit").flatMap({ CivilDate($0) })
    else { return false }
    return next <= day && last.date.map { $0 < next } ?? true
  }

  /// The last visit that met somebody, and the calls since, newest first.
  private func sinceLastMet(_ visits: [Visit]) -> ArraySlice<Visit> {
    visits.prefix { !$0.isMet } + visits.drop { !$0.isMet }.prefix(1)
  }

  private func caseReasons(_ id: String, _ request: SweepRequest, _ register: Register) -> Set<SweepReason> {
    var found: Set<SweepReason> = []
    for one in register.cases(of: id) {
      if one.state == .toCheck { found.insert(.check) }
      if one.state == .helped, let due = register.recheck(of: one, rules).due, due <= request.to {
        found.insert(.recheck)
      }
    }
    return found
  }

  /// R23: the four kinds, by what the register knows of the household and what its last visit found. Who holds 低保 or 特困
  /// as a person is no reason; a household that holds it stands on the list for none of the four.
  private func kinds(_ id: String, _ visits: [Visit], _ request: SweepRequest, _ register: Register)
    -> Set<SweepReason>
  {
    guard !request.reasons.isDisjoint(with: SweepReason.kinds) else { return [] }
    let holders = register.holders(in: id, on: request.from)
    if holders.isHousehold { return [] }
    // 定期: whoever was met within the period is left alone, but for an emergency that is not over.
    if !request.standsAlone, let months = rules.clocks.sweepPeriodMonths, let met = visits.first(where: \.isMet)?.date, met.isWhole,
      let next = met.adding(months: months), request.from < next
    {
      return hasOpenEmergency(id, register) ? [.emergency] : []
    }
    var found: Set<SweepReason> = []
    let members = register.sweptMembers(of: id)
    for person in members where !holders.persons.contains(person.id) {
      if person.isDisabled { found.insert(.disability) }
      if person.isIll { found.insert(.illness) }
    }
    let answers = visits.first(where: \.isMet)
    // Marks of the household count where no member is known to be meant: then all who could be meant hold nothing.
    if holders.persons.isEmpty {
      if answers?.value("disability") == "yes" { found.insert(.disability) }
      if answers?.value("illness") == "yes" { found.insert(.illness) }
    }
    if answers?.value("labour") == "yes" || ["weak", "none"].contains(answers?.value("labour_household") ?? "")
      || lacksLabour(members)
    {
      found.insert(.labour)
    }
    if answers?.value("emergency") == "yes" || hasOpenEmergency(id, register) { found.insert(.emergency) }
    return found
  }

  /// 无劳动力或弱劳动力: nobody of them is of ordinary labour, and of everybody it is known.
  private func lacksLabour(_ members: [SweptMember]) -> Bool {
    !members.isEmpty && members.allSatisfy { ["weak", "lost", "none"].contains($0.labour ?? "") }
  }

  private func hasOpenEmergency(_ id: String, _ register: Register) -> Bool {
    register.rows(of: FactList.emergency, about: id).contains { $0.value("closed") == nil }
  }
}

/// What a sweep list asks of a member: a list of a village reads this of everybody, and no more.
struct SweptMember {
  var id: String
  var isDisabled: Bool
  var isIll: Bool
  var labour: String?
}

extension Register {
  /// Members of a household (`persons(of:)`), in no order.
  fileprivate func sweptMembers(of household: String) -> [SweptMember] {
    personsNear(household).filter { isMember($0, of: household) }.map { person in
      func said(_ name: String) -> String? {
        store.texts.find(name).flatMap { value($0, of: person) }.map { store.texts.text($0) }
      }
      let health = (said("health") ?? "").split(separator: " ")
      return SweptMember(
        id: store.texts.text(store.entities[person].id),
        isDisabled: said("disability") == "yes" || said("disability_kind") != nil || health.contains("disabled"),
        isIll: said("illness") == "yes" || health.contains { $0 == "chronic" || $0 == "serious" }, labour: said("labour"))
    }
  }
}

extension Visit {
  /// Somebody was spoken to: at home, by telephone, or a neighbour.
  public var isMet: Bool { value("method") != "not_met" }
}
