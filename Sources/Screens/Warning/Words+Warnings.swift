// The words of warnings (预警): states, levels, models, results, and why a step is refused.

import Relief
import Terminal

extension Words {
  enum Warnings {
    static let title = "预警"

    static func state(_ warning: RiskWarning) -> String {
      guard warning.contested.isEmpty else { return "说法不一：" + warning.contested.map(\.term).joined(separator: "、") }
      return warning.state.term
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

    /// The last line below the steps.
    static let household = "看这一户：成员、电话、一户一页"

    /// Above what it may have come to (处置).
    static let whatCameOfIt = "核查结果是："

    static func reason(_ to: WarningState) -> String {
      switch to {
      case .answered: "没有走访，怎样核实的："
      case .ignored: "为什么忽略："
      case .returned: "为什么退回："
      default: "原因："
      }
    }

    /// The models of a warning, the first of several.
    static func models(_ warning: RiskWarning) -> String {
      var seen: [String] = []
      for finding in warning.findings where !seen.contains(finding.model) { seen.append(finding.model) }
      return (seen.first.map(WarningModels.term) ?? "") + (seen.count > 1 ? " 等 \(seen.count) 项" : "")
    }

    static func finding(_ finding: Finding) -> String {
      let match = finding.isSimilar ? "（疑似同一人，先核对身份）" : ""
      let said = finding.evidence.isEmpty ? "" : "：" + finding.evidence
      return "\(Cases.department(finding.department)) \(WarningModels.term(finding.model))\(said)\(match)"
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
        step.date?.description, step.to.term, event.author.name, step.result.map(result), step.reason, step.detail,
        step.visit == nil ? nil : "已走访", event.refusals.first.map { "（不算：\(refusal($0))）" },
      ]
      return parts.compactMap { $0 }.joined(separator: " ")
    }

    static func refusal(_ refusal: WarningRefusal) -> String {
      switch refusal {
      case .notFrom(_, let standing): "预警现在是\(standing.map(\.term).joined(separator: "、"))：请重新打开"
      case .noSuchStep(let from, let to): "\(from.term)不能到\(to.term)：请看可办的步骤"
      case .roleMayNot(let role, _): "\(Cases.role(role))不能办这一步：请交有权的人"
      case .needsReason: "缺原因：请写明"
      case .needsCheck: "没有走访也没有说明：请先走访"
      case .visitDoesNotServe: "这次走访不能作依据：请到场核查"
      case .needsResult: "缺处置结果：请选择"
      case .needsDate: "日期不全：请改日期"
      case .dateBefore(let day): "早于上一步 \(day)：请改日期"
      }
    }
  }
}
