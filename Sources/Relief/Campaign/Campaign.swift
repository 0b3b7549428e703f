// Campaign (专项排查, R21, R22): a sweep that somebody planned: which days, which kinds of households, which villages, who goes where, and
// when it comes again. Its lists are sweep lists like any other; what makes a row its own is the campaign's name on it, so that a list the
// county imported under that name counts as well. docs/campaigns.md.

public struct Campaign: Equatable, Sendable {
  public var id: String
  /// 走访批次: what stands on the rows of its lists.
  public var name: String
  /// Where it was planned: the narrowest division that holds all its villages.
  public var division: Division
  /// The days of the first round, both included.
  public var from: CivilDate
  public var to: CivilDate
  /// What it lists for, in the order of the list.
  public var kinds: [SweepReason]
  /// Villages, or whole townships or the county: then all of theirs.
  public var places: [Division]
  /// It comes again every so many months; nil: once.
  public var everyMonths: Int?
  public var planner: Author
  /// The last day it was wanted, with the reason; nil: still.
  public var ended: CivilDate?
  public var endReason: String?
  /// By village code: whose the village's list is.
  public var cadres: [String: CampaignCadre] = [:]
  /// Lists that were made, of the rounds.
  public var made: Set<MadeList> = []
  /// Properties of which two people wrote different things, neither knowing of the other; the later record's word is shown.
  public var contested: [String] = []
  /// Records that a change of the plan must name as superseded.
  public var heads: [String] = []

  /// Whether a village is one of its own.
  public func covers(_ village: Division) -> Bool { places.contains { $0.contains(village) } }
}

/// Somebody whose the list of a village is.
public struct CampaignCadre: Equatable, Sendable {
  /// As sweep rows name them.
  public var person: String
  public var name: String
  /// Records that say so; who gives the list to somebody else supersedes them.
  public var heads: [String] = []

  public init(person: String, name: String, heads: [String] = []) {
    self.person = person
    self.name = name
    self.heads = heads
  }
}

/// The list of a village in a round.
public struct MadeList: Hashable, Sendable {
  public var village: String
  /// First day of the round.
  public var from: CivilDate
}

/// The days of a campaign that comes again.
public struct CampaignRound: Equatable, Sendable {
  /// 1 is the first.
  public var number: Int
  /// Both included.
  public var from: CivilDate
  public var to: CivilDate

  public func contains(_ day: CivilDate) -> Bool { from <= day && day <= to }
  /// Days that are left with this one; 0 once it is over, all before it begins.
  public func daysLeft(on day: CivilDate) -> Int { max(0, to.dayNumber - max(day, from).dayNumber + 1) }
}

/// How far a campaign is on a day.
public enum CampaignState: Equatable, Sendable {
  /// 未开始
  case planned
  /// 进行中
  case running
  /// 等下一轮
  case between
  /// 已到期: the only round is over.
  case over
  /// 已结束, with its reason
  case ended
  /// 已撤销: ended before it had begun.
  case withdrawn
}

// MARK: Rounds

extension Campaign {
  /// Rounds that have begun by a day, the first one first: derived from the plan and the calendar, so that one comes due by itself. None
  /// begins after the campaign was ended.
  public func rounds(on day: CivilDate) -> [CampaignRound] {
    let last = ended.map { min($0, day) } ?? day
    var found: [CampaignRound] = []
    while found.count < Self.roundsMax, let next = round(found.count + 1), next.from <= last { found.append(next) }
    return found
  }

  /// Not to be reached by any schedule that is in use: a hundred years of months.
  static let roundsMax = 1_200

  /// The days of a round; nil where there is none. Months are counted from the first round, so a 31st that a February cut is a 31st again
  /// in March; a round that ends with its month always does. Two rounds have no day in common.
  public func round(_ number: Int) -> CampaignRound? {
    guard number >= 1, number == 1 || everyMonths != nil else { return nil }
    let months = (number - 1) * (everyMonths ?? 0)
    guard let first = from.adding(months: months), var last = to.adding(months: months) else { return nil }
    if let month = to.month, to.day == CivilDate.days(inMonth: month, of: to.year), let lastMonth = last.month {
      last = CivilDate(year: last.year, month: lastMonth, day: CivilDate.days(inMonth: lastMonth, of: last.year)) ?? last
    }
    if let everyMonths, let next = from.adding(months: months + everyMonths), next <= last { last = next.adding(days: -1) ?? last }
    return CampaignRound(number: number, from: first, to: max(first, last))
  }

  /// The round of a day: the one that runs, else the last one that began.
  public func round(on day: CivilDate) -> CampaignRound? { rounds(on: day).last }

  /// The next one to begin; nil where none will.
  public func next(after day: CivilDate) -> CampaignRound? {
    guard ended == nil else { return nil }
    return round(rounds(on: day).count + 1)
  }

  public func state(on day: CivilDate) -> CampaignState {
    if let ended { return ended < from ? .withdrawn : .ended }
    guard let round = round(on: day) else { return .planned }
    if round.contains(day) { return .running }
    return everyMonths == nil ? .over : .between
  }
}
