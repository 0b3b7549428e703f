// The programme's own words for a warning (policy §7.2): what a state, a level and a model are called on every screen, paper and page.

extension WarningState {
  public var term: String {
    switch self {
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
}

extension WarningLevel {
  public var term: String {
    switch self {
    case .red: "红"
    case .orange: "橙"
    case .yellow: "黄"
    case .blue: "蓝"
    }
  }

  /// 未分级: nobody has set the levels.
  public static func term(_ level: WarningLevel?) -> String { level?.term ?? "未分级" }
}

extension WarningModels {
  /// A model that this program does not name keeps its code.
  public static func term(_ code: String) -> String { terms[code] ?? code }

  private static let terms: [String: String] = [
    "medical_cost": "自付医疗费高", "serious_illness": "新增大病或慢特病", "uninsured": "未参保", "disability_new": "持残疾证未享政策",
    "unemployed": "失业", "dropout": "失学辍学", "freshman": "新考入高校", "housing_danger": "住房危险", "disaster": "受灾",
    "death": "登记死亡", "moved_out": "户籍迁出", "mental_illness": "严重精神障碍", "scheme": "部门在册、本册未登", "not_delivered": "应享未享",
    "imprisoned": "服刑", "missing": "宣告失踪", "appeal": "来电来访求助", "property_found": "名下有车、房", "double_scheme": "重复享受",
    "deceased_paid": "已故仍在发放", "stopped": "民政已停发", "name_differs": "证号同、姓名不同",
  ]
}
