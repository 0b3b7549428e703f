// Words+History: the page of one household.

import Relief

extension Words {
  enum History {
    static let title = "一户一页"
    static let columns = ["日期", "事项", "登记人"]
    static func byDepartment(_ count: Int) -> String { "各部门办理和帮扶（\(count) 个部门）" }
    static let coordination = "县级协调"
    static let way = "来龙去脉（新的在前）"
    static let nobodySaid = "未写部门"

    static func written(_ day: CivilDate) -> String { "\(day)记" }

    static func plan(_ measures: String?, responsible: String?, review: String?) -> String {
      let parts: [String?] = [measures, responsible.map { "责任人 " + $0 }, review.map { $0 + " 回看" }]
      return "一户一策：" + parts.compactMap { $0 }.joined(separator: "，")
    }

    static func given(times: Int, yuan: String?, things: [String]) -> String {
      let parts: [String?] = ["帮扶 \(times) 次", yuan.map { $0 + " 元" }, things.isEmpty ? nil : things.joined(separator: "、")]
      return parts.compactMap { $0 }.joined(separator: "，")
    }

    static func slips(_ count: Int, open: Int, sentBack: Int, overdue: Int) -> String {
      let late = overdue > 0 ? "（逾期 \(overdue) 天）" : ""
      let parts: [String?] = [
        "转办 \(count) 张", open == 0 ? "都已答复" : "\(open) 张未了" + late, sentBack > 0 ? "其中退回 \(sentBack) 张" : nil,
      ]
      return parts.compactMap { $0 }.joined(separator: "，")
    }

    static func warnings(_ count: Int) -> String { "涉及预警 \(count) 件" }

    static func warning(_ models: String, _ state: String, _ raised: CivilDate?) -> String {
      "  预警：\(models)，\(state)" + (raised.map { "（\($0) 提出）" } ?? "")
    }

    /// One slip from its sending to its answer.
    static func slip(
      _ slip: Referral, need: String?, outcome: String?, deadline: Deadline, overdue: Int, isContested: Bool
    ) -> String {
      var parts = ["  转办单" + (slip.number.map { " " + $0 } ?? "") + (need.map { "（\($0)）" } ?? "")]
      if let date = slip.date { parts.append("\(date) 送") }
      if let received = slip.received {
        parts.append("\(received) " + (slip.entity.value("received_by").map { $0 + " " } ?? "") + "接收")
      } else if slip.stage == .sent {
        parts.append(Cases.noReceipt)
      }
      if isContested { parts.append("两处答复不一致，请核对") }
      switch slip.stage {
      case .answered, .sentBack:
        let answered = slip.entity.value("answered").map { $0 + " " } ?? ""
        parts.append("\(answered)答复：" + (outcome ?? (slip.stage == .sentBack ? "退回" : "")))
        if let reason = slip.entity.value("outcome_reason") { parts.append(reason) }
        if let money = slip.entity.value("amount_fen").flatMap({ Money(fen: $0) }), money.fen > 0 { parts.append("给 \(money.yuan) 元") }
        if let thing = slip.entity.value("thing") { parts.append("给 \(thing)") }
      case .sent, .received: break
      }
      if slip.isOpen { parts.append(deadline.due.map { "限 \($0)" } ?? Cases.missing(deadline)) }
      if overdue > 0 { parts.append(Cases.overdue(overdue)) }
      return parts.joined(separator: "，")
    }

    static func coordinated(_ kind: String?, _ emergency: Emergency) -> String {
      var parts = ["  急难：" + [kind, emergency.date?.description].compactMap { $0 }.joined(separator: " ") + " 提请县级协调"]
      if let reason = emergency.entity.value("escalated_reason") { parts.append(reason) }
      if let outcome = emergency.countyOutcome {
        parts.append((emergency.entity.value("county_outcome_date").map { $0 + " " } ?? "") + "结果：" + outcome)
      } else {
        parts.append("还没有结果")
      }
      return parts.joined(separator: "，")
    }

    /// In place of a sum that no program can count: an amount of it was mistyped.
    static let beyondCounting = "大得算不出的"

    private static func who(_ name: String?) -> String { name ?? "（没有姓名）" }
    private static func why(_ reason: String?) -> String { reason.map { "（\($0)）" } ?? "" }

    static func joined(_ name: String?, _ reason: String?) -> String { "成员 " + who(name) + (reason.map { "加入（\($0)）" } ?? "登记") }
    static func left(_ name: String?, _ reason: String?) -> String { "成员 \(who(name)) 离开" + why(reason) }
    static func died(_ name: String?) -> String { "成员 \(who(name)) 去世" }
    static func moved(_ name: String?, _ heads: [String]) -> String { "成员 \(who(name)) 转到 \(heads.joined(separator: "、")) 户" }
    static func several(_ name: String?, _ heads: [String]) -> String {
      "\(who(name)) 同时登记在 \(heads.joined(separator: "、")) 户：请核对"
    }
    static func sameNumber(_ name: String?, _ other: String?, _ head: String) -> String {
      "\(who(name)) 与 \(head) 户的 \(who(other)) 证件号相同：请核对"
    }
    static func formed(_ head: String, _ reason: String?) -> String { "从 \(head) 户分出" + why(reason) }
    static func splitOff(_ head: String) -> String { "\(head) 户从本户分出" }
    static func merged(_ head: String) -> String { "并入 \(head) 户" }
    static func tookIn(_ head: String) -> String { "\(head) 户并入本户" }

    static func granted(_ what: String) -> String { "认定 \(what)" }
    static func ended(_ what: String, _ reason: String?) -> String { "终止 \(what)" + why(reason) }
    static func stated(_ what: String) -> String { "登记为 \(what)" }
    static func scheme(_ what: String, _ name: String?, _ state: String?) -> String {
      "政策：" + [what, name, state].compactMap { $0 }.joined(separator: " ")
    }
    static func found(_ what: String?, _ name: String?) -> String { "发现风险：" + [what, name].compactMap { $0 }.joined(separator: " ") }
    static func helped(_ what: String?) -> String { "风险得到帮扶：" + (what ?? "") }
    static func cleared(_ what: String?) -> String { "风险消除：" + (what ?? "") }
    static func assistance(_ parts: [String]) -> String { "帮扶：" + parts.joined(separator: " ") }
    static func visit(_ method: String?, _ result: String?) -> String { "走访：" + [method, result].compactMap { $0 }.joined(separator: "，") }
    static func application(_ schemes: String?, _ channel: String?) -> String {
      "申请 " + (schemes ?? "") + why(channel)
    }
    static func emergency(_ what: String?) -> String { "急难：" + (what ?? "") }
    static func referred(_ department: String?) -> String { "转办给 " + (department ?? "") }
    static func answered(_ outcome: String?) -> String { "转办答复：" + (outcome ?? "") }
    static func planned(_ measures: String?) -> String { "一户一策：" + (measures ?? "") }
    static func careVisit(_ name: String?, services: String?, note: String?, supporters: String?, next: String?) -> String {
      let parts: [String?] = [
        [name, services].compactMap { $0 }.joined(separator: " "), note, supporters.map { "能帮忙 " + $0 }, next.map { $0 + " 再来" },
      ]
      return "访视：" + parts.compactMap { $0 }.joined(separator: "，")
    }
    static func match(_ parts: [String]) -> String { "慈善对接：" + parts.joined(separator: " ") }
    static func conflict(_ name: String?, _ property: String, _ values: [String]) -> String {
      let what = [name, property].compactMap { $0 }.joined(separator: " ")
      return "两处不一致：\(what) " + values.map { $0.isEmpty ? Words.Evening.nothing : $0 }.joined(separator: " / ")
    }
  }
}
