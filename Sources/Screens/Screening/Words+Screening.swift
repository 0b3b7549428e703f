// Words+Screening: how a screening is said: 疑似符合 and 建议, never 符合. One table a vocabulary; a name that is missing here is shown as the
// rule calls it, and a test says that none is.

import Relief

extension Words {
  enum Screening {
    static let title = "政策初筛"
    static let noVisit = "还没有见到人的走访：请先走访"
    static let nothing = "没有可以建议的"
    static let also = "还可能："
    static let today = "按今天的标准："
    static let rules = "逐条依据："

    static func heading(_ date: String) -> String { "按 \(date) 走访初步判断（只是建议，由乡镇和县里认定）：" }

    static func suggestion(_ one: Suggestion, _ name: String) -> String {
      let who = name.isEmpty ? "" : name + "："
      let strength = one.kind == .none || one.kind == .attention ? "" : one.strength == .likely ? "待核对财产，" : "疑似符合，"
      let when = one.revisitOn.map { "，\($0) 前再走访" } ?? ""
      return who + strength + kind(one.kind) + when
    }

    static func kind(_ kind: Suggestion.Kind) -> String {
      switch kind {
      case .firstAid: "建议急难型临时救助，先行救助"
      case .tk: "建议申请特困人员救助供养"
      case .lb: "建议申请低保"
      case .singlePerson: "建议按单人保申请低保，家庭按低保边缘"
      case .by: "建议申请低保边缘家庭"
      case .tpbw: "建议上报脱贫不稳定户"
      case .byyz: "建议上报边缘易致贫户"
      case .tfyz: "建议提请乡村振兴部门认定突发严重困难户"
      case .zcx: "建议作为支出型困难，待县里定标准"
      case .attention: "列入重点关注"
      case .none: "未发现困难"
      }
    }

    /// What is still to be asked before one kind of help can be judged: the people it may be for and the questions, each once.
    static func toCheck(_ kind: Suggestion.Kind, _ rows: [OpenRow], _ names: ScreeningNames) -> String {
      let who = rows.map { names.of($0.subject) }.filter { !$0.isEmpty }
      var fields: [String] = []
      for one in rows.flatMap(\.missing) where !fields.contains(field(one.field)) { fields.append(field(one.field)) }
      let people = who.isEmpty ? "" : "（\(who.joined(separator: "、"))）"
      let asked = fields.prefix(4).joined(separator: "、") + (fields.count > 4 ? "等 \(fields.count) 项" : "")
      return "待核：\(short(kind))\(people)，还要问清\(asked)"
    }

    /// The county has not set what these are judged by: one line, because a cadre can do nothing about it.
    static func notSet(_ kinds: [Suggestion.Kind]) -> String {
      "县里还没有定标准，暂不能判断：" + kinds.map(short).joined(separator: "、")
    }

    private static func short(_ kind: Suggestion.Kind) -> String {
      switch kind {
      case .firstAid: "急难"
      case .tk: "特困"
      case .lb: "低保"
      case .singlePerson: "单人保"
      case .by: "低保边缘"
      case .tpbw: "脱贫不稳定"
      case .byyz: "边缘易致贫"
      case .tfyz: "突发严重困难"
      case .zcx: "支出型"
      case .attention: "重点关注"
      case .none: "未发现困难"
      }
    }

    static func outcome(_ outcome: Outcome) -> String {
      switch outcome {
      case .met: "疑似符合"
      case .notMet: "不符合"
      case .toCheck: "待核"
      case .unset: "未设定"
      }
    }

    static func rule(_ result: ScreeningResult, _ name: String) -> String {
      let who = name.isEmpty ? "" : name + " "
      let doubt = result.rule.basis.certainty == .recalled ? "，待核实" : ""
      return "\(who)\(ruleName(result.rule))：\(outcome(result.outcome))  （\(result.rule.rawValue)，\(result.rule.basis.text)\(doubt)）"
    }

    static func missing(_ missing: [MissingInput], _ names: ScreeningNames) -> String {
      let parts = missing.prefix(4).map { one in
        let name = names.of(one.member)
        let what = field(one.field)
        // 周海涛是否共同居住, but 周海涛的在校情况.
        return name + (name.isEmpty || what.hasPrefix("是否") || what.hasPrefix("能否") ? "" : "的") + what
      }
      return "还要问清：" + parts.joined(separator: "、") + (missing.count > 4 ? "等 \(missing.count) 项" : "")
    }

    static func unset(_ parameters: [PolicyParameter]) -> String {
      "县里没有设定：" + parameters.prefix(3).map(\.definition.meaning).joined(separator: "、") + (parameters.count > 3 ? "等" : "")
    }

    static func part(_ part: ScreeningResult.Part, _ names: ScreeningNames) -> String {
      var text = partName(part.name)
      if let comparison = part.comparison {
        text += "：\(figure(comparison.left, names)) \(order(comparison.order)) \(figure(comparison.right, names))"
      }
      return text + "  " + outcome(part.outcome)
    }

    static func step(_ step: ScreeningResult.Step, _ names: ScreeningNames) -> String {
      let operands = step.operands.map { figure($0, names) }
      let right: String
      switch step.operation {
      case .sum: right = operands.joined(separator: " + ")
      case .product: right = operands.joined(separator: " x ")
      case .lessened: right = operands.joined(separator: " - ") + "（不低于 0）"
      case .smallest: right = "取小：" + operands.joined(separator: "、")
      case .count: right = "共 \(operands.count)"
      case .excluded: right = "不计入"
      case .perhaps: right = "是否计入待核"
      }
      return "\(figure(step.result, names)) = \(right)"
    }

    static func order(_ order: Span.Order) -> String {
      switch order {
      case .below: "低于"
      case .within: "不超过"
      case .reaches: "不低于"
      case .above: "超过"
      }
    }

    /// A figure with its name: `可计收入 35860 元`; one that is open as far as it is known.
    static func figure(_ figure: Figure, _ names: ScreeningNames) -> String {
      let owner = names.of(figure.member)
      let detail = figure.detail.map { "（\(incomeKind($0))）" } ?? ""
      let name = (owner.isEmpty ? "" : owner) + figureName(figure.name) + detail
      let value: String
      if let exact = figure.value.exact {
        value = amount(exact, figure.unit)
      } else if let high = figure.value.high {
        value = "\(amount(figure.value.low, figure.unit))至\(amount(high, figure.unit))"
      } else {
        value = figure.value.low == 0 ? "不清楚" : "至少 \(amount(figure.value.low, figure.unit))"
      }
      return name + " " + value
    }

    private static func amount(_ tenThousandths: Int128, _ unit: Figure.Unit) -> String {
      switch unit {
      case .fen:
        let (fen, rest) = tenThousandths.quotientAndRemainder(dividingBy: Span.scale)
        if rest == 0, let whole = Int64(exactly: fen) { return Money(fen: whole).yuan + " 元" }
        return Decimal4.text(tenThousandths) + " 分"
      case .people: return Decimal4.text(tenThousandths) + " 人"
      case .times: return Decimal4.text(tenThousandths) + " 倍"
      case .years: return Decimal4.text(tenThousandths) + " 岁"
      case .months: return Decimal4.text(tenThousandths) + " 个月"
      case .days: return Decimal4.text(tenThousandths) + " 天"
      case .items: return Decimal4.text(tenThousandths) + " 项"
      case .share: return Decimal4.text(tenThousandths * 100) + "%"
      }
    }
  }
}
