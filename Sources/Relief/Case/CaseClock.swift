// The clocks of the relief work. Each is a policy parameter: the raw value is its name, the suffix its unit. A figure that a
// national rule prints ships as a default (policy decision 3); a figure that only a county can know ships unset, and
// then the deadline says 未设定 instead of a guess.

public enum CaseClock: String, CaseIterable, Sendable {
  /// 村干部自报/群众申报 → 入户.
  case selfReportVisitWorkdays = "self_report_visit_workdays"
  /// 工单 → 入户核查, by urgency.
  case checkDaysRed = "check_days_red"
  case checkDaysOrange = "check_days_orange"
  case checkDaysYellow = "check_days_yellow"
  case checkDaysBlue = "check_days_blue"
  /// 发现 → 研判 and 纳入 (R29).
  case inclusionDueDays = "inclusion_due_days"
  /// 受理 → 启动家庭经济状况调查.
  case surveyWorkdays = "survey_workdays"
  /// 不予确认 → 书面告知.
  case notifyWorkdays = "notify_workdays"
  /// 防返贫 identification as a whole, calendar days.
  case identifyDays = "identify_days"
  case publicityDaysMonitoring = "publicity_days_monitoring"
  case publicityDaysLowIncome = "publicity_days_lb"
  case publicityDaysDestitute = "publicity_days_tk"
  case publicityDaysEdge = "publicity_days_by"
  case publicityDaysSpending = "publicity_days_zcx"
  case publicityDaysTemporary = "publicity_days_temporary"
  case publicityDaysOther = "publicity_days_other"
  /// The county's 审核确认.
  case confirmWorkdays = "confirm_workdays_lb"
  case townWorkdaysDestitute = "town_workdays_tk"
  case confirmWorkdaysDestitute = "confirm_workdays_tk"
  /// 受理 → decision, as a whole.
  case wholeWorkdays = "whole_workdays_lb"
  case wholeWorkdaysExtended = "whole_workdays_lb_extended"
  case wholeWorkdaysEdge = "whole_workdays_by"
  case wholeWorkdaysSpending = "whole_workdays_zcx"
  case wholeWorkdaysTemporary = "whole_workdays_temporary"
  /// 定期核查: little changes, or income is unsteady or somebody can work (T-LB-3).
  case recheckMonthsStable = "recheck_months_stable"
  case recheckMonthsUnstable = "recheck_months_unstable"
  /// 渐退期
  case taperMonths = "taper_months"
  /// 清零: so long above the line (T-FP-2).
  case clearMonths = "clear_months"
  /// 清零后回访
  case revisitMonths = "revisit_months"
  /// 识别 → first 帮扶 (T-FP-4).
  case measureMonths = "measure_months"
  /// 先行救助 → 补充说明
  case supplementWorkdays = "first_aid_supplement_workdays"
  /// 转办 → answer, where the slip itself names no day.
  case referralWorkdays = "referral_workdays"
  /// A red row waits so long for its supervisor, then it is the county's.
  case redHours = "red_hours"
  /// 预警 (policy §7.2): raised → 派发 → 接收 → 核查 → 反馈 → 结案.
  case warningDispatchWorkdays = "warning_dispatch_workdays"
  case warningReceiveWorkdays = "warning_receive_workdays"
  case warningCheckWorkdays = "warning_check_workdays"
  case warningAnswerWorkdays = "warning_answer_workdays"
  case warningCloseWorkdays = "warning_close_workdays"

  public enum Unit: Sendable { case workdays, days, months, hours }

  public var unit: Unit {
    if rawValue.contains("workdays") { return .workdays }
    if rawValue.contains("months") { return .months }
    return rawValue.contains("hours") ? .hours : .days
  }

  /// What ships, each with its source, stands in the table of parameters. Everything else is the county's to set.
  public static let shipped: [CaseClock: Int] = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { clock in
      guard case .count(let amount)? = clock.parameter.flatMap({ PolicyParameters().undated($0) }) else { return nil }
      return (clock, amount)
    })

  static func check(_ urgency: String?) -> CaseClock? {
    switch urgency {
    case "red": .checkDaysRed
    case "orange": .checkDaysOrange
    case "yellow": .checkDaysYellow
    case "blue": .checkDaysBlue
    default: nil
    }
  }
}

/// The figures in force on the day a question is asked, as the policy parameters give them. Nil everywhere means 未设定.
public struct CaseClocks: Equatable, Sendable {
  /// A part of a whole, compared without dividing.
  public struct Share: Hashable, Sendable {
    public var numerator: Int
    public var denominator: Int

    public init(_ numerator: Int, of denominator: Int) {
      self.numerator = numerator
      self.denominator = denominator
    }

    /// The counts are what somebody typed: their products may be beyond 64 bits.
    public func isReached(by count: Int, of whole: Int) -> Bool {
      Int128(count) * Int128(denominator) >= Int128(whole) * Int128(numerator)
    }
  }

  public var amounts: [CaseClock: Int]
  /// 先行救助: the township's ceiling for one payment, in 分.
  public var firstAidCeilingFen: Int64?
  /// 备用金: the ceiling for one payout, in 分.
  public var reserveCeilingFen: Int64?
  /// 定期排查: whoever was met within so many months is on no new list for one of the four kinds (R22).
  public var sweepPeriodMonths: Int?
  /// How often a department's list is to come that names no period itself, `import_period_months`.
  public var importPeriodMonths: Int?
  /// 民主评议: who must be present, and who of those must agree.
  public var quorumPresent: Share?
  public var quorumAgree: Share?
  /// Tracks that need 民主评议 before 公示. Default: the 监测 kinds (§2.8); after an objection every track does.
  public var votedTracks: Set<CaseTrack>
  /// Tracks whose 审核确认 the county has given to its townships.
  public var delegatedTracks: Set<CaseTrack>

  public init(
    amounts: [CaseClock: Int] = CaseClock.shipped, firstAidCeilingFen: Int64? = nil, quorumPresent: Share? = nil,
    quorumAgree: Share? = nil, votedTracks: Set<CaseTrack> = [.unstable, .atRisk, .sudden],
    delegatedTracks: Set<CaseTrack> = []
  ) {
    self.amounts = amounts
    self.firstAidCeilingFen = firstAidCeilingFen
    self.quorumPresent = quorumPresent
    self.quorumAgree = quorumAgree
    self.votedTracks = votedTracks
    self.delegatedTracks = delegatedTracks
  }

  public subscript(_ clock: CaseClock) -> Int? {
    get { amounts[clock] }
    set { amounts[clock] = newValue }
  }
}
