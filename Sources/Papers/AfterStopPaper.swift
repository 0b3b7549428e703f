// 退出对象兜底情况纠治表: who left in the month, what holds them now, and what of theirs is still open.

internal import Relief
internal import Tables

extension Paper {
  static let afterStop = Paper("after-stop", "退出对象兜底情况纠治表") { context in
    let stopped = context.granted(nil) { context.days.contains(context.day($0, "to")) }
    let rows = stopped.map { row -> [TableValue] in
      let now = context.register.grants(of: row.household, on: context.days.to).filter { $0.person == nil || $0.person == row.person }
      let open = context.register.openMatters(of: row.household, on: context.days.to)
      let subject = context.subject(person: row.person, household: row.household)
      let kinds = Set(now.map(\.kind)).sorted()
      let hasDied = row.entity.value("end_reason") == "dead" && row.person != nil
      // Nothing holds them, and something is open: that is what this table is looked through for.
      let isExposed = kinds.isEmpty && !hasDied && !open.risks.isEmpty
      return [
        context.townshipName(row.home.village), context.villageName(row.home.village), .of(row.home.head), subject.name, subject.number,
        context.label(row.entity.value("kind"), "category"), .of(context.day(row.entity, "to")),
        context.label(row.entity.value("end_reason"), "end_reason"), .of(context.labels.labels(kinds, in: "category") ?? "无"),
        .of(open.risks.count), .of(open.referrals.count), .text(isExposed ? "须纠治" : ""),
      ]
    }
    return [
      context.sheet(
        "退出对象兜底情况纠治表",
        [
          .township, .village, .head, .person, .number, .text("原类别"), .day("停止日期"), .text("停保原因"), .text("现享受类别"), TableColumn("未消除风险"),
          TableColumn("未办结转办"), TableColumn("纠治"),
        ], rows: rows)
    ]
  }
}
