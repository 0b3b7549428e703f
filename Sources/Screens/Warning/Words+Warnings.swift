// The words of warnings (预警): states, levels, models, results, and why a step is refused.

import Relief
import Terminal

extension Words {
  enum Warnings {
    static let title = "预警"
    static let noStep = "现在没有您可办的一步"

    static func state(_ warning: RiskWarning) -> String {
      guard warning.contested.isEmpty else { return "说法不一：" + warning.contested.map(state).joined(separator: "、") }
      return state(warning.state)
    }

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

    /// What a choice does, from where.
    static func step(_ from: WarningState, to: WarningState) -> String {
      switch (from, to) {
      case (.dispatched, .dispatched): "重新派发"
      case (.ignored, .dispatched): "改为派发"
      case (_, .dispatched): "派发到村核查"
      case (_, .received): "接收"
      case (_, .checking): "开始核查"
      case (.answered, .answered): "改正反馈"
      case (_, .answered): "反馈核查结果"
      case (_, .closed): "结案"
      case (.closed, .returned): "重新核查"
      case (_, .returned): "退回重查"
      case (_, .ignored): "忽略"
      case (_, .new): ""
      }
    }

    static func result(_ result: WarningResult) -> String {
      switch result {
      case .included: "纳入救助或监测"
      case .referred: "转办"
      case .temporary: "临时救助"
      case .covered: "已有保障"
      case .stopped: "停发、核减或退出"
      case .unfounded: "不属实"
      }
    }

    static func reason(_ to: WarningState) -> String {
      switch to {
      case .answered: "没有走访，怎样核实的："
      case .ignored: "为什么忽略："
      case .returned: "为什么退回："
      default: "原因："
      }
    }

    static func model(_ code: String) -> String { models[code] ?? code }

    private static let models = [
      "medical_cost": "自付医疗费高", "serious_illness": "新增大病或慢特病", "uninsured": "未参保", "disability_new": "持残疾证未享政策",
      "unemployed": "失业", "dropout": "失学辍学", "freshman": "新考入高校", "housing_danger": "住房危险", "disaster": "受灾",
      "death": "登记死亡", "moved_out": "户籍迁出", "mental_illness": "严重精神障碍", "monitored": "已列为监测对象", "scheme": "部门在册、本册未登",
      "not_delivered": "应享未享", "imprisoned": "服刑", "missing": "宣告失踪", "appeal": "来电来访求助", "property_found": "名下有车、房",
      "double_scheme": "重复享受", "deceased_paid": "已故仍在发放", "stopped": "民政已停发", "name_differs": "证号同、姓名不同",
    ]

    /// The models of a warning, the first of several.
    static func models(_ warning: RiskWarning) -> String {
      var seen: [String] = []
      for finding in warning.findings where !seen.contains(finding.model) { seen.append(finding.model) }
      return (seen.first.map(model) ?? "") + (seen.count > 1 ? " 等 \(seen.count) 项" : "")
    }

    static func finding(_ finding: Finding) -> String {
      let match = finding.isSimilar ? "（疑似同一人，先核对身份）" : ""
      let said = finding.evidence.isEmpty ? "" : "：" + finding.evidence
      return "\(Cases.department(finding.department)) \(model(finding.model))\(said)\(match)"
    }

    /// What the page of a warning says, from top to bottom.
    static func lines(_ warning: RiskWarning, _ today: CivilDate?, _ workspace: Workspace) -> [(text: String, style: Style)] {
      var lines: [(text: String, style: Style)] = warning.findings.map { one in
        let person = one.person.flatMap { workspace.register.value("name", of: FactList.person, $0) }
        return ((person.map { Chrome.masked(name: $0) + " " } ?? "") + finding(one), .value)
      }
      if let deadline = warning.deadline(workspace.rules) {
        let late = today.map { deadline.overdueDays(on: $0) } ?? 0
        let due = deadline.due.map { "限 \($0) 前" } ?? Cases.missing(deadline)
        lines.append((due + (late > 0 ? "，逾期 \(late) 天，升一级" : ""), late > 0 ? .warning : .plain))
      }
      lines.append(("\(warning.raised?.description ?? "") 比对产生", .muted))
      lines += warning.history.map { (event($0), .muted) }
      return lines
    }

    private static func event(_ event: WarningEvent) -> String {
      let step = event.step
      let parts = [
        step.date?.description, state(step.to), event.author.name, step.result.map(result), step.reason, step.detail,
        step.visit == nil ? nil : "已走访", event.refusals.first.map { "（不算：\(refusal($0))）" },
      ]
      return parts.compactMap { $0 }.joined(separator: " ")
    }

    static func refusal(_ refusal: WarningRefusal) -> String {
      switch refusal {
      case .notFrom(_, let standing): "预警现在是\(standing.map(state).joined(separator: "、"))：请重新打开"
      case .noSuchStep(let from, let to): "\(state(from))不能到\(state(to))：请看可办的步骤"
      case .roleMayNot(let role, _): "\(Cases.role(role))不能办这一步：请交有权的人"
      case .needsReason: "缺原因：请写明"
      case .needsCheck: "没有走访也没有说明：请先走访"
      case .visitDoesNotServe: "这次走访不能作依据：请重新走访"
      case .needsResult: "缺处置结果：请选择"
      case .needsDate: "日期不全：请改日期"
      case .dateBefore(let day): "早于上一步 \(day)：请改日期"
      }
    }
  }
}
