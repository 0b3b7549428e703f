// 预警处置台账: warnings of the days, and older ones that were not over at their beginning.

internal import Relief
internal import Tables

extension Paper {
  static let warnings = Paper("warnings", "预警处置台账") { context in
    let day = context.days.to
    let warnings = context.register.allWarnings(in: context.division).filter { one in
      guard let raised = one.raised, raised <= day else { return one.raised == nil }
      return context.days.from <= raised || !one.state.isOver || one.since.map { context.days.from <= $0 } ?? true
    }.sorted { ($0.raised?.dayNumber ?? .min, $0.id) < ($1.raised?.dayNumber ?? .min, $1.id) }
    let rows = warnings.map { one -> [TableValue] in
      let home = context.home(one.household)
      let answer = one.answer
      let over = one.state == .ignored ? one.last(into: .ignored) : one.state == .closed ? one.last(into: .closed) : nil
      let reasons = [answer?.reason, over?.step.reason].compactMap { $0 }.filter { !$0.isEmpty }
      return [
        context.townshipName(home.village), context.villageName(home.village), .of(home.head),
        .text(WarningLevel.term(one.level(on: context.asOf, context.rules))),
        .of(Set(one.findings.map { WarningModels.term($0.model) }).sorted().joined(separator: "、")),
        .of(context.labels.labels(Set(one.findings.map(\.department)).sorted(), in: "department")),
        .text(one.findings.contains { !$0.isSimilar } ? "命中" : "疑似"), .of(one.raised), .of(one.first(into: .dispatched)?.step.date),
        .of(one.first(into: .received)?.step.date), .of(one.last(into: .answered)?.step.date),
        .of(answer?.result.map { PaperWords.result($0) }),
        .text(one.state.term), .of(over?.step.date), .of(reasons.joined(separator: "；")),
        .text(one.isOverdue(on: context.asOf, context.rules) ? "逾期" : ""),
      ]
    }
    return [
      context.sheet(
        "预警处置台账",
        [
          .township, .village, .head, TableColumn("级别"), .text("预警"), .text("来源部门"), TableColumn("比对"), .day("预警日期"), .day("派发日期"),
          .day("接收日期"), .day("反馈日期"),
          TableColumn("处置", width: 12), TableColumn("状态"), .day("了结日期"), .text("理由"), TableColumn("逾期"),
        ], rows: rows)
    ]
  }
}
