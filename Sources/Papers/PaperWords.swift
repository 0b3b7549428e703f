// What the papers call what no code list names: states, levels and models of warnings.

internal import Relief

enum PaperWords {
  static func state(_ state: WarningState) -> String {
    switch state {
    case .new: "新建"
    case .dispatched: "已派发"
    case .received: "已接收"
    case .checking: "核查中"
    case .answered: "已反馈"
    case .closed: "已结案"
    case .returned: "已退回"
    case .ignored: "已忽略"
    }
  }

  static func level(_ level: WarningLevel?) -> String {
    switch level {
    case .red: "红"
    case .orange: "橙"
    case .yellow: "黄"
    case .blue: "蓝"
    case nil: "未分级"
    }
  }

  static func result(_ result: WarningResult) -> String {
    switch result {
    case .included: "纳入"
    case .referred: "转办"
    case .temporary: "临时救助"
    case .covered: "已有保障"
    case .stopped: "停发核减"
    case .unfounded: "不属实"
    }
  }

  /// A model that this program does not name keeps its code.
  static func model(_ code: String) -> String { models[code] ?? code }

  private static let models: [String: String] = [
    "medical_cost": "自付医疗费高", "serious_illness": "新增大病或慢特病", "uninsured": "未参保", "disability_new": "持残疾证未享政策",
    "unemployed": "失业", "dropout": "失学辍学", "freshman": "新考入高校", "housing_danger": "住房危险", "disaster": "受灾",
    "death": "登记死亡", "moved_out": "户籍迁出", "mental_illness": "严重精神障碍", "monitored": "已列为监测对象", "scheme": "部门在册、本册未登",
    "not_delivered": "应享未享", "imprisoned": "服刑", "missing": "宣告失踪", "appeal": "来电来访求助", "property_found": "名下有车、房",
    "double_scheme": "重复享受", "deceased_paid": "已故仍在发放", "stopped": "民政已停发", "name_differs": "证号同、姓名不同",
  ]

  static func waiting(_ kind: AgeingKind) -> String {
    switch kind {
    case .inclusion: "拟纳入"
    case .clue: "待研判"
    case .check: "待核查"
    case .survey: "待入户调查"
    case .town: "乡镇审核"
    case .notify: "书面告知"
    case .publicity: "公示"
    case .confirm: "审核确认"
    case .supplement: "补充说明"
    case .referral: "转办答复"
    case .recheck: "定期核查"
    case .taper: "渐退期"
    case .measure: "首次帮扶"
    case .revisit: "清零回访"
    case .unsettled: "清零后未了结"
    }
  }
}
