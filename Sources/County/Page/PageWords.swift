// The words of the page: Chinese, short, ending with what to do.

internal import Relief

enum PageWords {
  static let title = "走访督促看板"
  static let wrong = "编号或密码不对。忘了密码，请县里管理员重发一次性密码。"
  static let stale = "这一页放得太久了，或浏览器不收 Cookie。请刷新后再填一次。"
  static let notYours = "这个地方不在您的范围内。请回到首页。"
  static let badDays = "日期不对：写成 2026-11-01，起始不晚于截止，最多三年。请改好再查。"
  static let badPlace = "区划代码不对：县 6 位、乡镇 9 位、村 12 位数字。请回到首页再选。"
  static func noPlace(_ code: String) -> String { "区划表里没有 \(code)。请回到首页，从表里点乡镇和村。" }

  static let notYet = "正在第一次汇总台账，可能要几分钟。请稍后刷新。"
  static let busy = "服务端正忙。请过一分钟再试。"
  static let fault = "出错了，没有显示。请稍后刷新；还不行请告诉县里管理员。"
  static let mustChange = "这是一次性密码。请先换成自己的密码。"
  static let passwordRule = "新密码至少 \(CountyLimits.pagePasswordCharacters) 个字，不含人员编号，与原密码不同。"
  static let unlike = "两次新密码不一样。请再填一次。"
  static let wrongOld = "原密码不对。请再填一次。"

  static func locked(_ seconds: Int) -> String {
    "密码连错 \(CountyLimits.pageTries) 次，已锁定。请 \((seconds + 59) / 60) 分钟后再试，或请县里管理员重发密码。"
  }

  static func slowDown(_ seconds: Int) -> String { "试得太勤了。请 \(seconds) 秒后再试。" }

  static let campaignFigures = ["应走访", "已走访", "未遇", "未访", "发现"]

  static func campaign(_ campaign: PageCampaign) -> String { "专项排查：\(campaign.name)（\(campaign.round.from) 至 \(campaign.round.to)）" }

  static func listsDue(_ count: Int, late: Int) -> String {
    "部门数据应更新 \(count) 份" + (late > 0 ? "，其中逾期 \(late) 份" : "") + "。请向部门要新名单，用 zoufangd import list 导入。"
  }

  static func name(_ list: DepartmentList) -> String {
    list.departmentTitle.isEmpty ? list.title : "\(list.departmentTitle)：\(list.title)"
  }

  static func role(_ role: Role) -> String {
    switch role {
    case .county: "县民政局"
    case .auditor: "审计"
    default: role.rawValue
    }
  }

  static func age(_ age: PageAge) -> String {
    switch age {
    case .days3: "3 天内"
    case .days7: "4–7 天"
    case .days15: "8–15 天"
    case .days30: "16–30 天"
    case .days90: "31–90 天"
    case .longer: "90 天以上"
    case .unknown: "日期不明"
    }
  }

  static func median(_ median: DayMedian) -> [String] {
    [median.days.map { "\($0) 天" } ?? "—", "\(median.count) 件"]
  }

  /// Heads of the table of progress, and its figures in that order.
  static let figures = ["应走访", "已走访", "未遇", "发现", "建议纳入", "纳入", "急难", "转办", "清零", "逾期"]

  static func cells(_ figures: SupervisionFigures) -> [String] { figures.pageCounts.map(String.init) }
}
