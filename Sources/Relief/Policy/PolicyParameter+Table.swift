// What every parameter is: shape, unit, meaning, clause of the policy reference, and the figure that ships where the seed or a
// national rule prints one. `S:name` is a key of the reference's list of sources. A test compares docs/policy-parameters.md.

extension PolicyParameter {
  static let table: [PolicyParameter: Definition] = Dictionary(
    uniqueKeysWithValues: Theme.allCases.flatMap { theme in
      rows(of: theme).map { row in
        let (parameter, kind, unit, meaning, clause, defaults) = row
        let definition = Definition(
          parameter: parameter, theme: theme, kind: kind, unit: unit, meaning: meaning, clause: clause, defaults: defaults)
        return (parameter, definition)
      }
    })

  /// Never reached: a test sees that the table has every name.
  static func undefined(_ parameter: PolicyParameter) -> Definition {
    Definition(
      parameter: parameter, theme: .data, kind: .text, unit: "", meaning: parameter.rawValue, clause: "", defaults: [])
  }

  private typealias Row = (PolicyParameter, PolicyValueKind, String, String, String, [Default])

  private static func rows(of theme: Theme) -> [Row] {
    switch theme {
    case .household: householdRows
    case .income: incomeRows
    case .deductions: deductionsRows
    case .property: propertyRows
    case .lb: lbRows
    case .by: byRows
    case .tk: tkRows
    case .temporary: temporaryRows
    case .monitoring: monitoringRows
    case .spending: spendingRows
    case .clocks: clocksRows
    case .warnings: warningsRows
    case .data: dataRows
    }
  }

  /// A figure with where it is printed; from memory (待核实) unless it says otherwise.
  private static func printed(
    _ value: String, in source: String, _ certainty: Certainty = .recalled, from: String? = nil, through: String? = nil
  ) -> [Default] {
    [
      Default(
        value: value, from: from.flatMap { CivilDate($0) }, through: through.flatMap { CivilDate($0) }, source: source,
        certainty: certainty)
    ]
  }

  private static let householdRows: [Row] = [
    (.excludedStatusesLocal, .codes, "", "另行不计入家庭成员的身份，如 conscript", "2.1 T-HH-1", []),
    (.coresidenceMonths, .count, "月", "长期共同居住至少几个月", "2.1 T-HH-1", []),
  ]

  private static let incomeRows: [Row] = [
    (.lbStandardRural, .standard, "元/人·月", "农村低保标准", "2.4 T-LB-1; U1", []),
    (.lbStandardUrban, .standard, "元/人·月", "城镇低保标准", "2.4 T-LB-1; U1", []),
    (.disposableIncomeRural, .money, "元/人·年", "当地上年农村居民人均可支配收入", "2.6 T-TK-3; 2.7", []),
    (.disposableIncomeUrban, .money, "元/人·年", "当地上年城镇居民人均可支配收入", "2.6 T-TK-3; 2.7", []),
    (.incomeWindowMonths, .count, "月", "低保收入核算期（申请前几个月）", "2.0", []),
    (.incomeExcludedLocal, .codes, "", "市级以上另行规定不计入的收入，如 old_age disabled_subsidy", "2.2 第4项", []),
    (.basePensionExcluded, .flag, "", "基础养老金不计入收入", "2.2 第3项; U6",
      printed("yes", in: "民发〔2021〕57号 第13条: “十四五”期间", from: "2021-01-01", through: "2025-12-31")),
    (.tkIncomeExcluded, .codes, "", "特困认定另行不计入的收入", "2.2",
      printed("base_pension medical_insurance veteran_benefit old_age", in: "民发〔2021〕43号; S:guizhou-tk", .stated)),
    (.wageEstimate, .text, "", "推算收入的办法（不自动推算）", "2.2", []),
  ]

  private static let deductionsRows: [Row] = [
    (.rigidSpending, .spending, "", "刚性支出扣减：类别和上限", "2.2 T-INC-2; U5", []),
    (.employmentCost, .cost, "", "必要就业成本扣减：办法和上限", "2.2 T-INC-2; U5", []),
  ]

  private static let propertyRows: [Row] = [
    (.propertyLimitsLb, .text, "", "低保家庭财产条件", "2.3; U4", []),
    (.propertyLimitsBy, .text, "", "低保边缘家庭财产条件", "2.3; U4", []),
    (.propertyLimitsTk, .text, "", "特困人员财产条件", "2.3; U4", []),
    (.propertyLimitsZcx, .text, "", "支出型困难家庭财产条件", "2.9; U4", []),
    (.propertyExemptions, .text, "", "财产豁免的种类", "2.3", []),
  ]

  private static let lbRows: [Row] = [
    (.lbLocalConditions, .text, "", "本地附加条件（不设就没有）", "2.4 T-LB-2", []),
    (.surveyWorkdays, .count, "工作日", "受理后几日内开始调查", "2.4", printed("3", in: "民发〔2021〕57号")),
    (.lbInformationCheckWorkdays, .count, "工作日", "县级启动信息核对", "2.4", printed("3", in: "民发〔2021〕57号")),
    (.lbSurveyPeopleMin, .count, "人", "每组调查人员至少几人", "2.4", printed("2", in: "民发〔2021〕57号")),
    (.publicityDaysLb, .count, "天", "初审意见公示", "2.4; U9",
      printed("7", in: "S:zhengzhou, S:xuancheng", .stated)),
    (.confirmWorkdaysLb, .count, "工作日", "县级提出审核确认意见", "2.4", printed("10", in: "民发〔2021〕57号")),
    (.notifyWorkdays, .count, "工作日", "不予确认（不符合）的书面告知", "2.4", printed("3", in: "S:zhengzhou", .stated)),
    (.wholeWorkdaysLb, .count, "工作日", "自受理起全程", "2.4; U8", printed("30", in: "民发〔2021〕57号")),
    (.wholeWorkdaysLbExtended, .count, "工作日", "自受理起全程（特殊情况）", "2.4; U8",
      printed("45", in: "民发〔2021〕57号")),
    (.assemblyPresentShare, .fraction, "", "民主评议到会比例", "2.4", []),
    (.assemblyAgreeShare, .fraction, "", "民主评议同意比例", "2.4", []),
    (.assemblyTracks, .codes, "", "公示前要民主评议的类别（有异议的都要）", "2.4; 2.8",
      printed("tpbw byyz tfyz", in: "S:qinan", .stated)),
    (.delegatedTracks, .codes, "", "审核确认权下放到乡镇的类别", "U8", []),
    (.recheckMonthsStable, .count, "月", "经济状况变化不大的复核间隔", "2.4 T-LB-3",
      printed("12", in: "S:guangyuan, S:xj-dynamic", .stated)),
    (.recheckMonthsUnstable, .count, "月", "收入不固定或有劳动能力的复核间隔", "2.4 T-LB-3",
      printed("6", in: "S:guangyuan, S:xj-dynamic", .stated)),
    (.taperMonths, .count, "月", "渐退期", "2.4; U7", []),
    (.jobRefusalsMax, .count, "次", "连续无正当理由拒绝工作几次后减停", "2.4", printed("3", in: "民发〔2021〕57号")),
  ]

  private static let byRows: [Row] = [
    (.byMultiplier, .multiplier, "倍", "边缘家庭收入低于低保标准的几倍", "2.5 T-BY-1; U3",
      printed("1.5", in: "隆民〔2022〕1号 二（三）", .stated)),
    (.drbGrade3Kinds, .codes, "残疾类别", "三级也算重残的残疾类别", "2.5 T-DRB-1; U21",
      printed("5 6", in: "民发〔2021〕57号 第8条")),
    (.majorDiseases, .codes, "", "重特大疾病名录", "2.5 T-DRB-1; U12", []),
    (.publicityDaysBy, .count, "天", "低保边缘家庭公示", "2.5; U9", []),
    (.wholeWorkdaysBy, .count, "工作日", "自受理起全程", "2.5", []),
    (.byMeasures, .text, "", "低保边缘家庭的救助政策", "1.2 R67", []),
  ]

  private static let tkRows: [Row] = [
    (.tkOldAge, .count, "周岁", "老年人", "2.6 T-TK-1", printed("60", in: "民发〔2021〕43号; S:changde", .stated)),
    (.tkMinorAge, .count, "周岁", "未满几周岁为未成年人", "2.6 T-TK-1; U13",
      printed("16", in: "民发〔2021〕43号; S:changde", .stated)),
    (.tkKeepAge, .count, "周岁", "特困未成年人保留到几周岁", "2.6 T-TK-5", printed("18", in: "民发〔2021〕43号")),
    (.tkNoLabourOther, .codes, "", "省里规定的其他无劳动能力情形", "2.6 T-TK-1; U13", []),
    (.obligorOther, .codes, "", "省里规定的其他义务人无能力情形", "2.6 T-TK-3", []),
    (.townWorkdaysTk, .count, "工作日", "乡镇调查和初审", "2.6", printed("15", in: "民发〔2021〕43号")),
    (.publicityDaysTk, .count, "天", "初审意见公示", "2.6; U9", printed("7", in: "民发〔2021〕43号")),
    (.confirmWorkdaysTk, .count, "工作日", "县级确认", "2.6", printed("15", in: "民发〔2021〕43号")),
    (.tkSpotCheckPercent, .percent, "", "县级抽查比例", "2.6", printed("30%", in: "民发〔2021〕43号")),
    (.selfCareReassessWorkdays, .count, "工作日", "自理能力变化后重新评估", "2.6", printed("10", in: "民发〔2021〕43号")),
  ]

  private static let temporaryRows: [Row] = [
    (.firstAidCeiling, .money, "元", "先行救助单次上限", "2.7 T-LS-2; U10", []),
    (.firstAidSupplementWorkdays, .count, "工作日", "先行救助后补齐手续", "2.7 T-LS-2; U10", []),
    (.reserveCeiling, .money, "元", "乡镇备用金单次上限", "2.7; U10", []),
    (.reserveSize, .money, "元", "乡镇备用金规模", "2.7; U10", []),
    (.temporaryCeilingCounty, .limit, "", "县级临时救助上限", "2.7", []),
    (.temporaryAcceptWorkdays, .count, "工作日", "非急难型受理", "2.7", []),
    (.temporaryReviewWorkdays, .count, "工作日", "非急难型审核", "2.7", []),
    (.temporaryApproveWorkdays, .count, "工作日", "非急难型审批", "2.7", []),
    (.publicityDaysTemporary, .count, "天", "临时救助公示", "2.7; U9", printed("5", in: "S:haining")),
    (.wholeWorkdaysTemporary, .count, "工作日", "自受理起全程", "2.7", []),
    (.temporaryAmounts, .text, "", "临时救助金额的算法", "2.7", []),
  ]

  private static let monitoringRows: [Row] = [
    (.fpLine, .money, "元/人·年", "监测范围（年人均纯收入）", "2.8 T-FP-1; U2",
      printed("6000", in: "中农组发〔2021〕7号; S:cqwx", .stated, from: "2021-01-01", through: "2021-12-31")),
    (.fpComparator, .comparator, "", "低于还是以内", "2.8 T-FP-1; 2.11 第9项; U2",
      printed("below", in: "中农组发〔2021〕7号: “低于”; S:cqwx", .stated)),
    (.fpIncomeWindowMonths, .count, "月", "监测对象收入核算期", "2.0", printed("12", in: "S:dingnan", .stated)),
    (.clearMonths, .count, "月", "消除前收入稳定几个月", "2.8 T-FP-2",
      printed("6", in: "S:zongyang, S:zhongshan", .stated)),
    (.identifyDays, .count, "天", "识别全程", "2.8 T-FP-6", printed("15", in: "S:qinan", .stated)),
    (.publicityDaysMonitoring, .count, "天", "评议公示", "2.8 T-FP-6; U9",
      printed("5", in: "S:qinan", .stated)),
    (.measureMonths, .count, "月", "识别后几个月内要有帮扶措施", "2.8 T-FP-4", printed("1", in: "S:dq-gz")),
    (.developmentMonths, .count, "月", "有劳动力的几个月内要有开发式帮扶", "2.8 T-FP-4; 2.11 第11项",
      printed("6", in: "S:dq-gz")),
    (.selfReportVisitWorkdays, .count, "工作日", "自主申报后几日内入户", "2.8; 7.1", []),
    (.categoryNames, .text, "", "低收入人口类别的现行名称", "2.8; U11", []),
  ]

  private static let spendingRows: [Row] = [
    (.zcxIncomeLimit, .limit, "元/人·年", "支出型困难家庭收入上限", "2.9 T-ZCX-1", []),
    (.zcxRatio, .percent, "", "刚性支出占收入至少多少", "2.9 T-ZCX-1", []),
    (.publicityDaysZcx, .count, "天", "支出型困难家庭公示", "2.9; U9", []),
    (.wholeWorkdaysZcx, .count, "工作日", "自受理起全程", "2.9", []),
    (.zcxMeasures, .text, "", "支出型困难家庭的救助政策", "1.2 R67", []),
  ]

  private static let clocksRows: [Row] = [
    (.attentionRevisitDays, .count, "天", "重点关注户下次走访", "2.10 第10行", []),
    (.checkDaysRed, .count, "天", "待核查：红", "7.1; U14", []),
    (.checkDaysOrange, .count, "天", "待核查：橙", "7.1; U14", []),
    (.checkDaysYellow, .count, "天", "待核查：黄", "7.1; U14", []),
    (.checkDaysBlue, .count, "天", "待核查：蓝", "7.1; U14", []),
    (.urgencyHoursRed, .count, "小时", "紧急程度红多久内处理", "3.3; U14", []),
    (.urgencyDaysOrange, .count, "天", "紧急程度橙", "3.3; U14", []),
    (.urgencyDaysYellow, .count, "天", "紧急程度黄", "3.3; U14", []),
    (.urgencyDaysBlue, .count, "天", "紧急程度蓝", "3.3; U14", []),
    (.redHours, .count, "小时", "红色事项多久无人认领就交县里", "3.3; U14", []),
    (.publicityDaysOther, .count, "天", "其他公示", "7.1", []),
    (.referralWorkdays, .count, "工作日", "转办单没写期限的答复期限", "7.1; 7.3", []),
    (.inclusionDueDays, .count, "天", "发现后几日内纳入", "1.2 R29; 7.1", []),
    (.revisitMonths, .count, "月", "清零后回访间隔", "7.1", []),
    (.sweepPeriodMonths, .count, "月", "定期排查的周期", "1.2 R22; U19", []),
    (.importPeriodMonths, .count, "月", "部门数据比对的周期", "1.2 R36", []),
    (.policyBasis, .text, "", "表上印的政策依据", "1.1",
      printed("隆民〔2022〕1号", in: "隆民〔2022〕1号", .stated, from: "2022-01-06")),
    (.holidays, .holidays, "", "当年的放假调休日（工作日历），从当年1月1日起写", "2.4 T-LB-4", []),
  ]

  private static let warningsRows: [Row] = [
    (.warningDispatchWorkdays, .count, "工作日", "研判和派发", "7.2; U14", []),
    (.warningReceiveWorkdays, .count, "工作日", "村里接收", "7.2; U14", []),
    (.warningCheckWorkdays, .count, "工作日", "入户核查", "7.2; U14", []),
    (.warningAnswerWorkdays, .count, "工作日", "处置和反馈", "7.2; U14", []),
    (.warningCloseWorkdays, .count, "工作日", "县级结案", "7.2; U14", []),
    (.warningMedical, .money, "元", "12个月自付医疗费预警线", "7.2; U14", []),
    (.warningLevels, .levels, "", "预警分级和颜色", "7.2; U14", []),
    (.chronicDiseases, .codes, "", "慢特病名录", "3.3; U12", []),
  ]

  private static let dataRows: [Row] = [
    (.disabilityCertificateShape, .text, "", "残疾证号的样式", "4.2; U17", []),
    (.exportFormat, .text, "", "省系统导入格式", "8 U16", []),
    (.idleLockMinutes, .count, "分钟", "多久不动就锁屏", "6 P4", []),
    (.laptopRetentionDays, .count, "天", "本机资料同步后保留", "6 P4; U20", []),
    (.auditMonthsLaptop, .count, "月", "本机审计记录保留", "6 P5", []),
    (.auditMonthsCounty, .count, "月", "县里审计记录保留", "6 P5; U20", []),
    (.archiveYears, .count, "年", "档案保留", "6 P12; U20", []),
    (.cipherSuite, .text, "", "县里要求的密码算法", "8 U20", []),
  ]
}
