// The supervisor's evening (日清单, policy §7.4): the visits of a day in a division, red first, each with what the program
// noticed, and which of them are clean.

public struct EveningRow: Equatable, Sendable {
  /// 1, 2, 3… as it stands on the list.
  public var number: Int
  public var visit: Visit
  /// Nil for a household nothing else is known of.
  public var household: Household?
  public var flags: [VisitFlag]
  /// Set for a red one.
  public var red: RedMatter?
  /// The returned review this visit answers: it is an amendment of what came back.
  public var answers: Review?

  public var isRed: Bool { red != nil }
  public var isReviewed: Bool { visit.review != nil }
  /// It may be passed with others: nothing noticed, not red, not the answer to a return, nobody has spoken on it.
  public var isClean: Bool { flags.isEmpty && !isRed && !isReviewed && answers == nil }
  /// Nobody acknowledged it in time: the county has it.
  public var isWithCounty: Bool { red?.isCounty ?? false }
  public var isAcknowledged: Bool { if case .acknowledged = red?.stage { true } else { false } }
  /// When it was finished: as the form says, else as the clock did.
  public var finished: String { visit.value("ended") ?? visit.wall }
}

public struct Evening: Sendable {
  public var day: CivilDate
  public var division: Division
  public var rows: [EveningRow]

  /// The list of a day.
  ///
  /// On it stand the visits of that day, those of other days that were typed or answered on it, those of the days before on which nobody
  /// has spoken (a laptop without a network brings them later), and every older visit of the division that is red and not acknowledged.
  /// - Parameters:
  ///   - reader: whose evening it is: nobody judges their own visits, so those of earlier days do not wait here. Nil: anybody's.
  ///   - memory: what an earlier showing found out; what it does not know is found out and kept in it.
  public init(
    on day: CivilDate, in division: Division, of register: Register, reader: String? = nil, now: Instant, rules: CaseRules = CaseRules(),
    limits: EveningRules = EveningRules(), memory: inout EveningMemory
  ) {
    memory.begin(register)
    self.init(
      on: day, in: division, of: register, reader: reader, now: now, rules: rules, limits: limits, memory: &memory
    ) { visit, memory in
      memory.doubts(about: visit, in: register)
    }
  }

  /// The same without a memory.
  /// - Parameter quality: codes of the data checks of a visit (policy §4.5), from where they are computed.
  public init(
    on day: CivilDate, in division: Division, of register: Register, now: Instant, rules: CaseRules = CaseRules(),
    limits: EveningRules = EveningRules(), quality: (Visit) -> [String] = { _ in [] }
  ) {
    var memory = EveningMemory()
    self.init(
      on: day, in: division, of: register, reader: nil, now: now, rules: rules, limits: limits, memory: &memory
    ) { visit, _ in quality(visit) }
  }

  private init(
    on day: CivilDate, in division: Division, of register: Register, reader: String?, now: Instant, rules: CaseRules, limits: EveningRules,
    memory: inout EveningMemory, quality: (Visit, inout EveningMemory) -> [String]
  ) {
    self.day = day
    self.division = division
    func whole(_ visit: Visit) -> Visit? { register.visit(visit.record) }
    let first = day.adding(days: -limits.copyDays) ?? day
    var used: Set<String> = []
    func judged(_ record: String) -> EveningMemory.Judged? {
      used.insert(record)
      return memory.judged(record, in: register) { visit, memory in
        let history = register.visitsAlone(of: visit.household)
        let earlier = history.drop { $0.record != visit.record }.dropFirst()
        let checks = VisitChecks(visit: visit, rules: limits).flags(earlier: Array(earlier)) { memory.content(of: $0, whole) }
        return EveningMemory.Judged(
          visit: visit, household: register.household(visit.household), checks: checks, doubts: quality(visit, &memory))
      }
    }
    let nearby = memory.visits(register.visitRecords(from: first, to: day, in: division), in: register)
    var visits = nearby.filter { $0.date == day || CivilDate(startOf: $0.wall) == day }.compactMap { judged($0.record) }
    let unspoken = register.visitsWithoutReview(from: day.adding(days: -limits.waitingDays) ?? day, before: day, in: division)
    let listedToday = Set(visits.map(\.visit.record))
    visits += unspoken.filter { !listedToday.contains($0) }.compactMap { judged($0) }.filter { $0.visit.author.person != reader }
    let listed = Set(visits.map(\.visit.record))
    // What is red and older waits here until somebody has acknowledged it.
    let waiting = register.redRecords(in: division).filter { !listed.contains($0.id) && register.acknowledgement(of: $0) == nil }
    // A day that no clock shows yet: what says that it is of a later one was written by a clock that ran ahead.
    let future = CivilDate(dayNumber: now.seconds / 86_400 + 2)
    visits += waiting.compactMap { judged($0.id) }.filter { one in
      // Older by its day or, where that was mistyped, by the clock.
      let first = [one.visit.date, CivilDate(startOf: one.visit.wall)].compactMap { $0 }.min()
      return first.map { first in first < day || future.map { first >= $0 } ?? false } ?? true
    }
    // What came late is looked at beside what its author did around its own day.
    let days = Self.days(around: visits.map(\.visit), before: first, limits)
    let around = memory.visits(register.visitRecords(of: days, in: division), in: register)
    let compared = nearby + around
    let likeness = Likeness(of: compared, by: Set(visits.map(\.visit.author.person)), limits) { memory.content(of: $0, whole) }
    rows = []
    for one in visits {
      let visit = one.visit
      var flags = one.checks + likeness.flags(of: visit)
      if let red = register.unseenRed(before: visit) { flags.append(.noLongerRed(record: red)) }
      flags += one.doubts.map { .quality($0) }
      rows.append(
        EveningRow(
          number: 0, visit: visit, household: one.household, flags: flags,
          red: register.redMatter(visit.record, now: now, rules.clocks), answers: register.answered(by: visit)))
    }
    memory.keep(used, nearby: Set(compared.map(\.record)))
    rows.sort { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
    for place in rows.indices { rows[place].number = place + 1 }
  }

  /// By person, the day numbers before `first` on which a visit may have been made that one of these is like.
  private static func days(around visits: [Visit], before first: CivilDate, _ limits: EveningRules) -> [String: Set<Int>] {
    var days: [String: Set<Int>] = [:]
    for visit in visits {
      guard let day = visit.dayNumber, day - limits.copyDays < first.dayNumber else { continue }
      let last = min(day + limits.copyDays, first.dayNumber - 1)
      days[visit.author.person, default: []].formUnion((day - limits.copyDays)...last)
    }
    return days
  }

  /// Red that waits, then answers to returns, then what was noticed, then the rest, then what is done; inside by village and
  /// time.
  private static func key(_ row: EveningRow) -> [String] {
    let rank =
      if row.isRed && !(row.isAcknowledged && row.isReviewed) {
        "0"
      } else if row.isReviewed {
        "4"
      } else if row.answers != nil {
        "1"
      } else {
        row.flags.isEmpty ? "3" : "2"
      }
    let urgency = ["orange": "0", "yellow": "1", "blue": "2"][row.visit.urgency ?? ""] ?? "3"
    return [rank, rank == "0" ? "" : urgency, row.visit.division, row.finished, row.visit.record]
  }

  /// Rows that one key may pass.
  public var clean: [EveningRow] { rows.filter(\.isClean) }
}

/// What is alike among visits of one person within some days.
struct Likeness {
  private struct Known {
    var visit: Visit
    var content: VisitContent
    var span: (start: Instant, end: Instant)?
  }

  private var byAuthor: [String: [Known]] = [:]
  private let limits: EveningRules

  /// - Parameters:
  ///   - visits: each with what it says of itself.
  ///   - content: what one of them says in all.
  init(of visits: [Visit], by authors: Set<String>, _ limits: EveningRules, content: (Visit) -> VisitContent?) {
    self.limits = limits
    for visit in visits where authors.contains(visit.author.person) && visit.isMet {
      guard let content = content(visit) else { continue }
      byAuthor[visit.author.person, default: []].append(
        // An amendment keeps the start of the visit it corrects: what lies between is not one visit.
        Known(
          visit: visit, content: content,
          span: visit.amends.isEmpty ? VisitChecks(visit: visit, rules: limits).span : nil))
    }
    for author in byAuthor.keys { byAuthor[author]?.sort { $0.visit.record < $1.visit.record } }
  }

  func flags(of visit: Visit) -> [VisitFlag] {
    let known = byAuthor[visit.author.person] ?? []
    guard let own = known.first(where: { $0.visit.record == visit.record }) else { return [] }
    var found: [VisitFlag] = []
    let others = known.lazy.filter { $0.visit.household != visit.household }
    func isNear(_ other: Known) -> Bool {
      guard let day = visit.dayNumber, let days = other.visit.dayNumber.map({ abs($0 - day) }) else { return false }
      return days <= limits.copyDays
    }
    if own.content.isTelling, let twin = others.first(where: { isNear($0) && $0.content.isSame(as: own.content) }) {
      found.append(.copied(record: twin.visit.record, household: twin.visit.household, isWhole: true))
    } else if let words = own.content.texts["visit.words"], words.count >= limits.wordsMin,
      let twin = others.first(where: { isNear($0) && $0.content.texts["visit.words"] == words })
    {
      found.append(.copied(record: twin.visit.record, household: twin.visit.household, isWhole: false))
    }
    if let span = own.span, span.end > span.start,
      let other = others.first(where: { other in
        other.span.map { $0.start < span.end && span.start < $0.end && $0.end > $0.start } ?? false
      })
    {
      found.append(.overlaps(record: other.visit.record))
    }
    return found
  }
}

extension Visit {
  /// Of its day or, where it states none, of the clock.
  fileprivate var dayNumber: Int? { (date ?? CivilDate(startOf: wall))?.dayNumber }
}

extension Register {
  /// The return that an amendment answers.
  func answered(by visit: Visit) -> Review? {
    visit.amends.compactMap { review(of: $0) }.first { $0.verdict == .returned }
  }
}
