// Every policy parameter there is: the closed table of names. What each means, its shape, unit and clause stand in
// PolicyParameter+Table; docs/policy-parameters.md is the same table for people. A parameter is dated data with its source,
// never a number in the code: one that is not set makes the rules that need it answer 未设定.

/// Name of a policy parameter (政策参数).
public enum PolicyParameter: String, CaseIterable, Sendable {
  // 家庭成员
  case excludedStatusesLocal = "excluded_statuses_local"
  case coresidenceMonths = "coresidence_months"

  // 收入
  case lbStandardRural = "lb_standard_rural"
  case lbStandardUrban = "lb_standard_urban"
  case disposableIncomeRural = "disposable_income_rural"
  case disposableIncomeUrban = "disposable_income_urban"
  case incomeWindowMonths = "income_window_months"
  case incomeExcludedLocal = "income_excluded_local"
  case basePensionExcluded = "base_pension_excluded"
  case tkIncomeExcluded = "tk_income_excluded"
  case wageEstimate = "wage_estimate"

  // 扣减
  case rigidSpending = "rigid_spending"
  case employmentCost = "employment_cost"

  // 财产
  case propertyLimitsLb = "property_limits_lb"
  case propertyLimitsBy = "property_limits_by"
  case propertyLimitsTk = "property_limits_tk"
  case propertyLimitsZcx = "property_limits_zcx"
  case propertyExemptions = "property_exemptions"

  // 低保办理
  case lbLocalConditions = "lb_local_conditions"
  case surveyWorkdays = "survey_workdays"
  case lbInformationCheckWorkdays = "lb_information_check_workdays"
  case lbSurveyPeopleMin = "lb_survey_people_min"
  case publicityDaysLb = "publicity_days_lb"
  case confirmWorkdaysLb = "confirm_workdays_lb"
  case notifyWorkdays = "notify_workdays"
  case wholeWorkdaysLb = "whole_workdays_lb"
  case wholeWorkdaysLbExtended = "whole_workdays_lb_extended"
  case assemblyPresentShare = "assembly_present_share"
  case assemblyAgreeShare = "assembly_agree_share"
  case assemblyTracks = "assembly_tracks"
  case delegatedTracks = "delegated_tracks"
  case recheckMonthsStable = "recheck_months_stable"
  case recheckMonthsUnstable = "recheck_months_unstable"
  case taperMonths = "taper_months"
  case jobRefusalsMax = "job_refusals_max"

  // 低保边缘和单人保
  case byMultiplier = "by_multiplier"
  case drbGrade3Kinds = "drb_grade3_kinds"
  case majorDiseases = "major_diseases"
  case publicityDaysBy = "publicity_days_by"
  case wholeWorkdaysBy = "whole_workdays_by"
  case byMeasures = "by_measures"

  // 特困
  case tkOldAge = "tk_old_age"
  case tkMinorAge = "tk_minor_age"
  case tkKeepAge = "tk_keep_age"
  case tkNoLabourOther = "tk_no_labour_other"
  case obligorOther = "obligor_other"
  case townWorkdaysTk = "town_workdays_tk"
  case publicityDaysTk = "publicity_days_tk"
  case confirmWorkdaysTk = "confirm_workdays_tk"
  case tkSpotCheckPercent = "tk_spot_check_percent"
  case selfCareReassessWorkdays = "self_care_reassess_workdays"

  // 临时救助
  case firstAidCeiling = "first_aid_ceiling"
  case firstAidSupplementWorkdays = "first_aid_supplement_workdays"
  case reserveCeiling = "reserve_ceiling"
  case reserveSize = "reserve_size"
  case temporaryCeilingCounty = "temporary_ceiling_county"
  case temporaryAcceptWorkdays = "temporary_accept_workdays"
  case temporaryReviewWorkdays = "temporary_review_workdays"
  case temporaryApproveWorkdays = "temporary_approve_workdays"
  case publicityDaysTemporary = "publicity_days_temporary"
  case wholeWorkdaysTemporary = "whole_workdays_temporary"
  case temporaryAmounts = "temporary_amounts"

  // 防止返贫监测
  case fpLine = "fp_line"
  case fpComparator = "fp_comparator"
  case fpIncomeWindowMonths = "fp_income_window_months"
  case clearMonths = "clear_months"
  case identifyDays = "identify_days"
  case publicityDaysMonitoring = "publicity_days_monitoring"
  case measureMonths = "measure_months"
  case developmentMonths = "development_months"
  case selfReportVisitWorkdays = "self_report_visit_workdays"
  case categoryNames = "category_names"

  // 支出型困难
  case zcxIncomeLimit = "zcx_income_limit"
  case zcxRatio = "zcx_ratio"
  case publicityDaysZcx = "publicity_days_zcx"
  case wholeWorkdaysZcx = "whole_workdays_zcx"
  case zcxMeasures = "zcx_measures"

  // 走访和办理时限
  case attentionRevisitDays = "attention_revisit_days"
  case checkDaysRed = "check_days_red"
  case checkDaysOrange = "check_days_orange"
  case checkDaysYellow = "check_days_yellow"
  case checkDaysBlue = "check_days_blue"
  case urgencyHoursRed = "urgency_hours_red"
  case urgencyDaysOrange = "urgency_days_orange"
  case urgencyDaysYellow = "urgency_days_yellow"
  case urgencyDaysBlue = "urgency_days_blue"
  case redHours = "red_hours"
  case publicityDaysOther = "publicity_days_other"
  case referralWorkdays = "referral_workdays"
  case inclusionDueDays = "inclusion_due_days"
  case revisitMonths = "revisit_months"
  case sweepPeriodMonths = "sweep_period_months"
  case importPeriodMonths = "import_period_months"
  case policyBasis = "policy_basis"
  case holidays

  // 预警
  case warningDispatchWorkdays = "warning_dispatch_workdays"
  case warningReceiveWorkdays = "warning_receive_workdays"
  case warningCheckWorkdays = "warning_check_workdays"
  case warningAnswerWorkdays = "warning_answer_workdays"
  case warningCloseWorkdays = "warning_close_workdays"
  case warningMedical = "warning_medical"
  case warningLevels = "warning_levels"
  case chronicDiseases = "chronic_diseases"

  // 资料和设备
  case disabilityCertificateShape = "disability_certificate_shape"
  case exportFormat = "export_format"
  case idleLockMinutes = "idle_lock_minutes"
  case laptopRetentionDays = "laptop_retention_days"
  case auditMonthsLaptop = "audit_months_laptop"
  case auditMonthsCounty = "audit_months_county"
  case archiveYears = "archive_years"
  case cipherSuite = "cipher_suite"

  /// What belongs together: one file of seeds/policy, one part of the page.
  public enum Theme: String, CaseIterable, Sendable {
    /// 家庭成员
    case household
    /// 收入
    case income
    /// 扣减
    case deductions
    /// 财产
    case property
    /// 低保办理
    case lb
    /// 低保边缘和单人保
    case by
    /// 特困
    case tk
    /// 临时救助
    case temporary
    /// 防止返贫监测
    case monitoring
    /// 支出型困难
    case spending
    /// 走访和办理时限
    case clocks
    /// 预警
    case warnings
    /// 资料和设备
    case data
  }

  /// What the table says of it.
  public struct Definition: Sendable {
    public var parameter: PolicyParameter
    public var theme: Theme
    public var kind: PolicyValueKind
    /// What one of it is, in Chinese; empty where the shape says it.
    public var unit: String
    /// 含义
    public var meaning: String
    /// Section of the policy reference, and the number in its list of uncertainties.
    public var clause: String
    /// What holds while the county says nothing: only figures that the seed or a national rule prints (2.11 decision 3).
    public var defaults: [Default]

    /// What is stated holds to the end of the year in which it begins, and no longer.
    public var isYearly: Bool { kind == .holidays }
  }

  /// A figure that ships with the program, with where it is printed.
  public struct Default: Sendable {
    public var value: String
    /// Nil: it has always held.
    public var from: CivilDate?
    /// Last day it holds; nil: still.
    public var through: CivilDate?
    public var source: String
    public var certainty: Certainty
  }

  public var definition: Definition { Self.table[self] ?? Self.undefined(self) }
}

/// How sure a value is.
public enum Certainty: String, CaseIterable, Sendable {
  /// Read in its source.
  case stated
  /// 待核实: from memory, or from another place's text.
  case recalled
  /// 本地设定
  case local
}
