// 低收入人口数据库台账 by the six groups (R35), and 监测户帮扶/风险消除台账.

internal import Relief
internal import Tables

extension ReliefGroup {
  /// As 三（三）二 calls it.
  var title: String {
    switch self {
    case .lowIncome: "低保对象"
    case .destitute: "特困人员"
    case .edge: "低保边缘人口"
    case .monitored: "易返贫致贫人口"
    case .spending: "支出型困难人口"
    case .other: "其他低收入人口"
    }
  }
}

extension Paper {
  static let lowIncomeRegister = Paper("register", "低收入人口数据库台账") { context in
    let register = context.register
    typealias Line = (group: Int, key: (String, String), kind: String, row: [TableValue])
    var lines: [Line] = []
    for (household, grants) in register.grants(in: context.division, on: context.days.to) {
      let home = context.home(household)
      let visited = register.visits(of: household).first { $0.value("method") != "not_met" }?.date
      let entries = register.provincialEntries(of: household, on: context.days.to)
      func said(_ name: String) -> String? { register.value(name, of: FactList.household, household).flatMap { $0.isEmpty ? nil : $0 } }
      for grant in grants {
        guard let group = ReliefGroup(kind: grant.kind), let order = ReliefGroup.allCases.firstIndex(of: group) else { continue }
        let subject = context.subject(person: grant.person, household: household)
        let row: [TableValue] = [
          .text(group.title), context.label(grant.kind, "category"), context.townshipName(home.village),
          context.villageName(home.village),
          .of(home.head), subject.name, subject.number, .text(grant.person == nil ? "户" : "个人"),
          .of(grant.person == nil ? home.members : 1),
          context.label(said("hukou"), "hukou"),
          .of(context.labels.labels((said("hardship_kinds") ?? "").split(separator: " ").map(String.init), in: "hardship")),
          context.label(said("hardship_level"), "urgency"), .of(visited), .text(entries.covers(grant) ? "是" : "否"),
          .of(entries.covers(grant) ? entries.lastDate : nil),
        ]
        lines.append((order, home.key(household), grant.kind + (grant.person ?? ""), row))
      }
    }
    lines.sort { ($0.group, $0.key.0, $0.key.1, $0.kind) < ($1.group, $1.key.0, $1.key.1, $1.kind) }
    return [
      context.sheet(
        "低收入人口数据库台账",
        [
          TableColumn("组别", width: 16), .text("类别"), .township, .village, .head, .person, .number, TableColumn("单位"), TableColumn("人数"),
          TableColumn("城乡"),
          .text("困难类型"), .text("困难程度"), .day("最近走访"), TableColumn("已录入省系统"), .day("录入日期"),
        ], rows: lines.map(\.row))
    ]
  }

  /// Households under watch: when they came in, what was found, what was done, when the risk was gone.
  static let monitored = Paper("monitored", "监测户帮扶和风险消除台账") { context in
    let register = context.register
    let rows = register.householdsWithCases(in: context.division).flatMap { household -> [(key: (String, String), row: [TableValue])] in
      let home = context.home(household)
      return register.cases(of: household).filter { $0.key.track?.isMonitoring == true && $0.state != nil }.map { one in
        let risks = register.entities(of: FactList.risk, household: household)
        let help = register.entities(of: FactList.assistance, household: household).filter { help in
          context.day(help, "date").map { $0 <= context.days.to } ?? true
        }
        let fen = help.compactMap { $0.value("amount_fen").flatMap { Money(fen: $0) } }.reduce(Money(fen: 0)) { $0.adding($1) ?? $0 }
        let cleared = risks.compactMap { context.day($0, "cleared") }
        let row: [TableValue] = [
          context.townshipName(home.village), context.villageName(home.village), .of(home.head), .of(home.members),
          context.label(one.key.track?.rawValue, "category"), .of(one.entry(into: .monitored)?.step.date),
          .of(context.labels.labels(Set(risks.compactMap { $0.value("kind") }).sorted(), in: "risk_kind")), .of(risks.count),
          .of(context.labels.labels(Set(help.compactMap { $0.value("department") }).sorted(), in: "department")), .of(help.count),
          .amountFen(fen.fen),
          .of(cleared.count), .of(risks.isEmpty || cleared.count < risks.count ? nil : cleared.max()),
          context.label(one.state?.rawValue, "state"), .of(one.lastStep(into: .cleared)?.step.date),
        ]
        return (home.key(household), row)
      }
    }.sorted { $0.key < $1.key }
    return [
      context.sheet(
        "监测户帮扶和风险消除台账",
        [
          .township, .village, .head, .size, .text("监测类别"), .day("识别日期"), .text("风险类型"), TableColumn("风险点"), .text("帮扶单位"),
          TableColumn("帮扶次数"),
          TableColumn("帮扶金额（元）"), TableColumn("已消除"), .day("风险消除日期"), TableColumn("状态"), .day("清零日期"),
        ], rows: rows.map(\.row))
    ]
  }
}
