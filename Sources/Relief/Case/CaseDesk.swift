// The desk: whether a step may be taken, asked when it is typed. It says everything that stands in the way at once, as
// facts; the clocks are those in force that day.

public struct CaseDesk: Sendable {
  public var rules: CaseRules

  public init(_ rules: CaseRules) { self.rules = rules }

  /// Whether somebody of this role may take the step now.
  public func allows(_ step: CaseStep, by role: Role, in register: Register) -> CaseVerdict {
    let standing = Standing(step, in: register)
    guard let from = standing.positions.first(where: { $0?.state == step.from }) else {
      return .refused([.notFrom(stated: step.from, standing: standing.positions.map { $0?.state })])
    }
    let power = StepPower(step, from: from, by: role, isDelegated: isDelegated(step.key.track))
    // A reason that is missing is one of the step's needs: the others are said with it.
    if case .refused(let why) = power.answer, why != .needsReason || power.row == nil { return .refused([why]) }
    var judgement = StepHearing(step, from, standing.case, rules, register)
    judgement.look(at: power.row?.needs ?? skipNeeds(step))
    if !judgement.refusals.isEmpty { return .refused(judgement.refusals) }
    if case .takes(let isSkip) = power.answer { return .takes(isSkip: isSkip, unjudged: judgement.unjudged) }
    return .proposes
  }

  /// What a case may come to next, for this role: what the table has from where it stands.
  public func choices(for key: CaseKey, by role: Role, in register: Register) -> [CaseTransition] {
    let standing = Standing(CaseStep(key, from: nil, to: .found, date: nil), in: register)
    return CaseTable.rows.filter { row in
      guard standing.positions.contains(where: { $0?.state == row.from && CaseTable.row(from: $0, to: row.to) == row })
      else { return false }
      let isDelegated = row.isDelegable && isDelegated(key.track) && role == .supervisor
      return row.takes.contains(role) || row.proposes.contains(role) || isDelegated
    }
  }

  /// Whether the step must say `delegated`: 临时救助, or a track the county gave to its townships.
  public func isDelegated(_ track: CaseTrack?) -> Bool {
    track.map { $0 == .temporary || rules.clocks.delegatedTracks.contains($0) } ?? false
  }

  /// What cannot be skipped whatever the reason: nobody comes in without having applied (57号) or without the days of a 公示 that is
  /// to run, 清零 needs everything closed, 突发严重困难户 is not ours to decide, help given first is explained.
  private func skipNeeds(_ step: CaseStep) -> [CaseNeed] {
    let own: [CaseNeed] =
      switch step.to {
      case .publicity: [.application, .votes, .publicityDates]
      case .confirming: [.application]
      case .helped: [.application, .decider]
      case .cleared, .clearing: [.clearable]
      case .firstAid: [.emergency]
      default: []
      }
    return step.from == .firstAid ? own + [.supplement] : own
  }

  /// The records a new step must supersede: what its author saw of the household, and the last steps of the case.
  public static func supersedes(_ step: CaseStep, in register: Register) -> [String] {
    let seen = register.recordsSeen(household: step.key.household, facts: [])
    let clue = CaseKey(household: step.key.household, person: step.key.person)
    let heads = [step.key, clue].flatMap { register.case($0)?.heads ?? [] }
    return Set(seen + heads).sorted()
  }

  /// Where a step may start.
  private struct Standing {
    var `case`: Case?
    var positions: [CasePosition?]

    init(_ step: CaseStep, in register: Register) {
      let all = CaseFold(step.key.household, in: register).cases()
      let own = all.first { $0.key == step.key }
      `case` = own
      let contested = own?.contested ?? []
      positions = contested.isEmpty ? [own?.position] : contested
      if own?.state.map(\.isClosed) ?? true {
        let clue = all.first { $0.key.track == nil && $0.key.person == step.key.person && !$0.isAbsorbed }
        if step.key.track != nil, let clue, clue.position != nil {
          positions.append(clue.position)
          if own == nil { `case` = clue }
        }
        let isBasis = step.basis.map { register.clues(about: step.key.household).contains($0) } ?? false
        if isBasis || !register.openClues(about: step.key.household).isEmpty { positions.append(CasePosition(.found)) }
      }
    }
  }
}

/// The needs of one step, looked at one by one.
private struct StepHearing {
  let step: CaseStep
  let from: CasePosition?
  let standing: Case?
  let rules: CaseRules
  let register: Register
  var refusals: [CaseRefusal] = []
  var unjudged: [UnsetFigure] = []

  init(_ step: CaseStep, _ from: CasePosition?, _ standing: Case?, _ rules: CaseRules, _ register: Register) {
    self.step = step
    self.from = from
    self.standing = standing
    self.rules = rules
    self.register = register
  }

  private var household: String { step.key.household }
  private var clocks: CaseClocks { rules.clocks }

  mutating func look(at needs: [CaseNeed]) {
    if let date = step.date, date.isWhole {
      if let since = standing?.since, date < since { refusals.append(.dateBefore(since)) }
    } else {
      refusals.append(.needsDate)
    }
    // Until 研判 nobody has to say what a clue may come to.
    if step.key.track == nil, ![.found, .toCheck, .excluded, .left].contains(step.to) { refusals.append(.needsTrack) }
    for need in needs { look(at: need) }
  }

  private mutating func look(at need: CaseNeed) {
    switch need {
    case .basis: if basis == nil { refusals.append(.needsBasis) }
    case .visit: if !restsOnVisit { refusals.append(.needsVisit) }
    case .application: application()
    case .emergency: if !emergencies.contains(where: isPresent) { refusals.append(.needsEmergency) }
    case .reason: if step.reason == nil { refusals.append(.needsReason) }
    case .votes: votes()
    case .publicityDates: if step.publicFrom?.isWhole != true { refusals.append(.needsPublicityDates) }
    case .publicityOver: publicityOver()
    case .supplement:
      let owing = emergencies.filter(\.owesSupplement).map(\.id)
      if !owing.isEmpty { refusals.append(.needsSupplement(emergencies: owing)) }
    case .decider: if step.key.track == .sudden, step.decidedBy == nil { refusals.append(.needsDecider) }
    case .clearable: clearable()
    }
  }

  private var basis: Record? {
    guard let id = step.basis, register.holds(id), let record = register.record(id) else { return nil }
    return record.household == nil || record.household == household ? record : nil
  }

  /// A visit at which somebody of the household, or a neighbour for it, was met; not older than the step before.
  private var restsOnVisit: Bool {
    guard let id = step.basis, register.holds(id), let visit = register.visit(id), visit.household == household else {
      return false
    }
    if visit.value("method") == "not_met" { return false }
    guard let date = visit.date, let taken = step.date else { return false }
    // A clue's own visit counts for 研判, unless the case was closed since; later steps need one of their own.
    let since = from?.state == .found ? closed : standing?.since
    return date <= taken && since.map { date >= $0 } ?? true
  }

  /// The day this case was last closed. What was asked for or what happened before it was settled with it.
  private var closed: CivilDate? { standing?.history.last { $0.isMoving && $0.step.to.isClosed }?.step.date }

  private func isSinceClosed(_ date: CivilDate?) -> Bool { closed.map { closed in date.map { $0 >= closed } ?? false } ?? true }

  private var emergencies: [Emergency] {
    register.rows(of: FactList.emergency, about: household).compactMap { Emergency($0, in: register) }
  }

  /// One that had happened by then, was not over, and came after the case was last closed.
  private func isPresent(_ emergency: Emergency) -> Bool {
    guard let taken = step.date else { return true }
    let isOver = emergency.closed.map { $0 < taken } ?? false
    return (!isOver || emergency.owesSupplement) && emergency.date.map { $0 <= taken } ?? true && isSinceClosed(emergency.date)
  }

  private mutating func application() {
    guard let track = step.key.track, track.needsApplication else { return }
    let applied = register.rows(of: FactList.application, about: household).contains { row in
      row.codes("schemes").contains(track.rawValue)
        && (step.key.person == nil || row.value("person") == nil || row.value("person") == step.key.person)
        && isSinceClosed(row.value("date").flatMap { CivilDate($0) })
    }
    if !applied { refusals.append(.needsApplication(track)) }
  }

  private mutating func votes() {
    guard let votes = step.votes else {
      let isVoted = step.key.track.map { clocks.votedTracks.contains($0) } ?? false
      // After an objection every track is: looked into again, which the reason tells, or voted on.
      if isVoted { refusals.append(.needsVotes) }
      return
    }
    guard votes.isPossible else {
      refusals.append(.votesImpossible(votes))
      return
    }
    if let needed = clocks.quorumPresent {
      if !needed.isReached(by: votes.present, of: votes.entitled) {
        refusals.append(.quorumMissed(votes, needed: needed, isPresence: true))
      }
    } else {
      unjudged.append(.assemblyPresent)
    }
    if let needed = clocks.quorumAgree {
      if !needed.isReached(by: votes.agreeing, of: votes.present) {
        refusals.append(.quorumMissed(votes, needed: needed, isPresence: false))
      }
    } else {
      unjudged.append(.assemblyAgree)
    }
  }

  /// Calendar days, and the first one does not count. A 公示 that was put up for longer runs for longer.
  private mutating func publicityOver() {
    let clock = step.key.track?.publicityClock ?? .publicityDaysOther
    let publicity = standing?.publicity
    let end = rules.deadline(clock, from: publicity?.from).due
    if clocks[clock] == nil { unjudged.append(.clock(clock)) }
    guard let last = [end, publicity?.to].compactMap({ $0 }).max() else {
      refusals.append(.publicityEndUnknown(clock))
      return
    }
    if let date = step.date, date <= last { refusals.append(.publicityRunning(until: last)) }
    switch step.objection ?? publicity?.objection {
    case nil: refusals.append(.needsObjectionAnswer)
    case "none": break
    case let words?: refusals.append(.objection(words))
    }
  }

  // MARK: 清零

  private mutating func clearable() {
    let open = register.openMatters(of: household, on: step.date)
    if !open.risks.isEmpty { refusals.append(.openRisks(open.risks)) }
    if !open.referrals.isEmpty { refusals.append(.openReferrals(open.referrals)) }
    if !open.supplements.isEmpty { refusals.append(.openSupplements(open.supplements)) }
    if step.key.track?.isMonitoring == true { cleared() }
  }

  /// T-FP-2, for 监测对象.
  private mutating func cleared() {
    if let needed = clocks[.clearMonths] {
      let stable = step.stableSince ?? standing?.history.last { $0.step.stableSince != nil }?.step.stableSince
      let months = stable.flatMap { since in step.date.flatMap { since.completedMonths(until: $0) } }
      if (months ?? -1) < needed { refusals.append(.notStable(months: months, needed: needed)) }
    } else {
      refusals.append(.unset(.clearMonths))
    }
    var failing: [String] = []
    var unknown: [String] = []
    for question in ["education_secured", "medical_secured", "housing_secured", "water_secured"] {
      switch register.lastAnswer(question, at: household) {
      case "yes": break
      // 没有学龄儿童: nothing is missing.
      case "not_applicable" where question == "education_secured": break
      case "no": failing.append(question)
      default: unknown.append(question)
      }
    }
    if !failing.isEmpty { refusals.append(.notSecured(failing)) }
    if !unknown.isEmpty { refusals.append(.securedUnknown(unknown)) }
    switch register.hasNoLabour(household) {
    case true?: refusals.append(.noLabour)
    case nil: refusals.append(.labourUnknown)
    case false?: break
    }
  }
}
