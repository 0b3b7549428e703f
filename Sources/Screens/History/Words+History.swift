// Words+History: the page of one household.

import Relief

extension Words {
  enum History {
    static let title = "一户一页"
    static let columns = ["日期", "事项", "登记人"]
    static let byDepartment = "各部门帮扶"
    static let way = "来龙去脉（新的在前）"
    static let nobodySaid = "未写部门"

    static func written(_ day: CivilDate) -> String { "\(day)记" }

    static func plan(_ measures: String?, responsible: String?, review: String?) -> String {
      let parts: [String?] = [measures, responsible.map { "责任人 " + $0 }, review.map { $0 + " 回看" }]
      return "一户一策：" + parts.compactMap { $0 }.joined(separator: "，")
    }

    static func given(_ department: String, times: Int, yuan: String?, things: [String]) -> String {
      let parts: [String?] = ["\(times) 次", yuan.map { $0 + " 元" }, things.isEmpty ? nil : things.joined(separator: "、")]
      return "\(department)：" + parts.compactMap { $0 }.joined(separator: "，")
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
