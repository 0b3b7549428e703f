// What waits, and for how long (R29, R44, R48, R53): every deadline of the relief work that runs in a division.

public enum AgeingKind: String, CaseIterable, Sendable {
  /// 拟纳入: from 受理 or 研判 to the decision.
  case inclusion
  /// 研判: a clue that somebody went to, or a visit that found something, until a step says what it is (R29).
  case clue
  /// The village's visit after a clue, or after a 工单.
  case check
  /// 受理 → the survey of the household (57号): somebody went there.
  case survey
  /// 特困: the township's own term, before the county's.
  case town
  /// 不予确认 → told in writing.
  case notify
  /// 公示: may be closed from the day after.
  case publicity
  /// The county's 审核确认.
  case confirm
  /// 先行救助 → 补充说明
  case supplement
  /// 转办 → answer
  case referral
  /// 定期核查
  case recheck
  /// 渐退期 ends.
  case taper
  /// 识别 → first 帮扶
  case measure
  /// 清零后回访
  case revisit
  /// Cleared, and something of the household is open all the same: it came late from another laptop, or its end was taken back.
  case unsettled
}

public struct AgeingRow: Equatable, Sendable {
  public var kind: AgeingKind
  /// Nil for an emergency of somebody who is not registered here.
  public var household: String?
  public var person: String?
  public var track: CaseTrack?
  /// The case's head record, the emergency, the referral.
  public var subject: String
  public var deadline: Deadline
  /// Where it waits, of an emergency or a slip: of somebody who is not registered here nothing else says it.
  public var place: Division?
}

extension AgeingRow {
  static func isBefore(_ left: AgeingRow, _ right: AgeingRow) -> Bool {
    let one = (left.deadline.due?.dayNumber ?? .max, left.kind.rawValue, left.household ?? "", left.subject)
    return one < (right.deadline.due?.dayNumber ?? .max, right.kind.rawValue, right.household ?? "", right.subject)
  }
}

extension Emergency {
  /// The 补充说明 that is owed.
  func waiting(_ rules: CaseRules) -> AgeingRow? {
    guard owesSupplement else { return nil }
    return AgeingRow(kind: .supplement, household: household, subject: id, deadline: supplementDeadline(rules), place: division)
  }
}

extension Referral {
  /// The answer that is waited for.
  func waiting(_ rules: CaseRules) -> AgeingRow? {
    guard isOpen else { return nil }
    return AgeingRow(kind: .referral, household: household, subject: id, deadline: deadline(rules), place: division)
  }
}

extension Register {
  /// Everything that waits in a division, the most overdue first; what has no day (未设定, 起点不明) last.
  /// - Parameter book: the cases of the division or of a wider one, where they are folded already.
  public func ageing(
    on day: CivilDate, in division: Division, _ rules: CaseRules, kinds: Set<AgeingKind> = Set(AgeingKind.allCases),
    cases book: CaseBook? = nil
  ) -> [AgeingRow] {
    var rows: [AgeingRow] = []
    for entry in (book ?? caseBook(in: division)).entries(in: division) {
      for one in entry.cases { rows += deadlines(of: one, rules) }
    }
    for household in householdsWithClues(in: division) { rows += waitingClue(at: household, rules).map { [$0] } ?? [] }
    if kinds.contains(.supplement) { rows += emergencies(in: division).compactMap { $0.waiting(rules) } }
    if kinds.contains(.referral) { rows += referrals(in: division).compactMap { $0.waiting(rules) } }
    return rows.filter { kinds.contains($0.kind) }.sorted(by: AgeingRow.isBefore)
  }

  /// The deadlines that run for one case where it stands.
  public func deadlines(of one: Case, _ rules: CaseRules) -> [AgeingRow] {
    guard let state = one.state, let subject = one.heads.first else { return [] }
    var found: [AgeingRow] = []
    func add(_ kind: AgeingKind, _ deadline: Deadline) {
      found.append(
        AgeingRow(
          kind: kind, household: one.key.household, person: one.key.person, track: one.key.track, subject: subject,
          deadline: deadline))
    }
    switch state {
    case .found: add(.check, rules.deadline(.selfReportVisitWorkdays, from: one.since))
    case .toCheck:
      // Nobody said that it was urgent: the routine clock (蓝).
      add(.check, rules.deadline(CaseClock.check(urgency(of: one)) ?? .checkDaysBlue, from: one.since))
    case .excluded:
      // Told within three workdays, if somebody had applied; `notified` on the application says that it was done.
      if let application = application(for: one), application.value("notified") == nil {
        add(.notify, rules.deadline(.notifyWorkdays, from: one.since))
      }
    case .monitored, .publicity, .confirming:
      if one.position?.isLeaving == false {
        if let clock = one.key.track?.wholeClock { add(.inclusion, rules.deadline(clock, from: start(of: one))) }
        if state != .confirming, one.key.track == .destitute {
          add(.town, rules.deadline(.townWorkdaysDestitute, from: start(of: one)))
        }
        if state == .monitored, one.key.track == .lowIncome, let application = application(for: one),
          let survey = survey(of: application, at: one.key.household, rules)
        {
          add(.survey, survey)
        }
        if state == .confirming, let clock = one.key.track?.confirmClock {
          add(.confirm, rules.deadline(clock, from: one.since))
        }
      }
      if state == .publicity { add(.publicity, publicityDeadline(of: one, rules)) }
    case .helped:
      add(.recheck, recheck(of: one, rules))
      if one.key.track?.isMonitoring == true, !isHelped(one) {
        add(.measure, rules.deadline(.measureMonths, from: one.entry(into: .helped)?.step.date))
      }
    case .tapering: add(.taper, rules.deadline(.taperMonths, from: one.since))
    case .cleared:
      add(.revisit, rules.deadline(.revisitMonths, from: lastLook(at: one)))
      if isUnsettled(one.key.household) { add(.unsettled, rules.deadline(.inclusionDueDays, from: one.since)) }
    // 先行救助 waits for its 补充说明, which is the emergency's own row.
    case .firstAid, .clearing, .left: break
    }
    return found
  }

  /// Something is open, and no case and no clue of the household has it in hand.
  private func isUnsettled(_ household: String) -> Bool {
    !openMatters(of: household).isEmpty && openClues(about: household).isEmpty && !hasOpenCase(household)
  }

  /// T-LB-3: the next 定期核查. Half a year where income is unsteady or somebody can work, a year else; labour unknown takes
  /// the shorter one (decision 12), and so does income of a 低保 household that nobody asked about. It counts from the last step
  /// into 救助, which a 核查 is too.
  public func recheck(of one: Case, _ rules: CaseRules) -> Deadline {
    let isSteady = one.key.track != .lowIncome || lastAnswer("unstable_income", at: one.key.household) == "no"
    let isUnstable = hasNoLabour(one.key.household) != true || !isSteady
    return rules.deadline(
      isUnstable ? .recheckMonthsUnstable : .recheckMonthsStable, from: one.lastStep(into: .helped)?.step.date)
  }

  private func publicityDeadline(of one: Case, _ rules: CaseRules) -> Deadline {
    var deadline = rules.deadline(one.key.track?.publicityClock ?? .publicityDaysOther, from: one.publicity?.from)
    if let stated = one.publicity?.to, deadline.due.map({ stated > $0 }) ?? true {
      deadline.due = stated
      deadline.missing = nil
    }
    return deadline
  }

  // MARK: Clues

  /// The oldest clue of a household that no step has taken up. Where nobody has been since it is the visit that waits; where somebody
  /// has, or the clue is a visit itself, it is the 研判.
  func waitingClue(at household: String, _ rules: CaseRules) -> AgeingRow? {
    guard let oldest = oldestOpenClue(about: household) else { return nil }
    let day = clueDay(oldest)
    var (kind, deadline) = (AgeingKind.clue, rules.deadline(.inclusionDueDays, from: visited(household, since: day)))
    if !store.rows[oldest].marks.contains(.isVisit), visited(household, since: day) == nil {
      (kind, deadline) = (.check, rules.deadline(.selfReportVisitWorkdays, from: day))
      for fact in store.facts(of: oldest).map({ store.fact(at: $0) }) where fact.list == FactList.application {
        guard let application = entity(fact.list, fact.entity), application.codes("schemes").contains(CaseTrack.lowIncome.rawValue),
          let survey = survey(of: application, at: household, rules)
        else { continue }
        (kind, deadline) = (.survey, survey)
      }
    }
    return AgeingRow(kind: kind, household: household, subject: store.texts.text(store.rows[oldest].id), deadline: deadline)
  }

  /// The first day since then on which somebody of the household was met.
  private func visited(_ household: String, since day: CivilDate?) -> CivilDate? {
    metDays(of: household).filter { date in day.map { date >= $0 } ?? true }.min()
  }

  /// Nil where somebody has been there since the papers were complete.
  private func survey(of application: Entity, at household: String, _ rules: CaseRules) -> Deadline? {
    let start = (application.value("complete") ?? application.value("date")).flatMap { CivilDate($0) }
    return visited(household, since: start) == nil ? rules.deadline(.surveyWorkdays, from: start) : nil
  }

  /// 受理 where somebody applied (the day the papers were complete), else 研判.
  private func start(of one: Case) -> CivilDate? {
    if one.key.track?.needsApplication == true, let application = application(for: one) {
      return (application.value("complete") ?? application.value("date")).flatMap { CivilDate($0) }
    }
    return one.entry(into: .monitored)?.step.date ?? one.since
  }

  /// The last application for the case's track.
  func application(for one: Case) -> Entity? {
    guard let track = one.key.track else { return nil }
    return rows(of: FactList.application, about: one.key.household)
      .filter { $0.codes("schemes").contains(track.rawValue) }
      .max { ($0.value("date") ?? "", $0.id) < ($1.value("date") ?? "", $1.id) }
  }

  private func urgency(of one: Case) -> String? {
    lastAnswer("urgency", at: one.key.household)
  }

  private func isHelped(_ one: Case) -> Bool {
    let since = one.entry(into: .helped)?.step.date
    return rows(of: FactList.assistance, about: one.key.household).contains { row in
      guard let since, let date = row.value("date").flatMap({ CivilDate($0) }) else { return true }
      return date >= since
    }
  }

  /// The last visit since the case was closed, else the day it was.
  private func lastLook(at one: Case) -> CivilDate? {
    let since = one.since
    let terms = VisitTerms(store.texts)
    let visit = visitNumbers(of: one.key.household).lazy.filter { self.isMet(visit: $0, terms) }.compactMap { self.day(ofVisit: $0) }.first
    return [since, visit].compactMap { $0 }.max()
  }
}
