// 临时救助新增汇总表, and 近亲属备案汇总.

internal import Relief
internal import Tables

extension Paper {
  /// Help given in the month that is 临时救助, answers an emergency, or was paid out of the township's fund.
  static let temporaryRelief = Paper("temporary", "临时救助新增汇总表") { context in
    let register = context.register
    var fen = Money(fen: 0) as Money?
    let rows = context.entities(FactList.assistance).compactMap { help -> (key: (String, String), row: [TableValue])? in
      guard context.days.contains(context.day(help, "date")),
        help.value("kind") == "temporary" || help.value("emergency") != nil || help.value("funding") == "reserve"
      else { return nil }
      let emergency = help.value("emergency").flatMap { register.emergency($0) }
      let household = register.household(of: FactList.assistance, help.id) ?? emergency?.household
      let home = context.home(household)
      // Of somebody who is not registered here: where it happened (R52).
      let place = home.village ?? emergency?.division
      guard place.map({ context.division.contains($0) }) ?? context.holds(household) else { return nil }
      let amount = help.value("amount_fen").flatMap { Money(fen: $0) }
      if let amount { fen = fen?.adding(amount) }
      let subject = context.helped(person: help.value("person"), household: household, in: emergency)
      let row: [TableValue] = [
        context.townshipName(place), context.villageName(place), subject.name, subject.number,
        .of(home.members == 0 ? nil : String(home.members)),
        .text(emergency?.isNonLocal == true ? "非本县户籍" : "本县"), context.label(emergency?.kind, "emergency_kind"),
        .text(emergency?.isFirstAid == true ? "先行救助" : "一般程序"), context.label(help.value("form"), "form"),
        .of(fen: help.value("amount_fen")),
        .of(help.value("thing")), context.label(help.value("funding"), "funding"), .of(context.day(help, "date")),
      ]
      return ((place?.code ?? "~", help.id), row)
    }.sorted { $0.key < $1.key }
    return [
      context.sheet(
        "临时救助新增汇总表",
        [
          .township, .village, .person, .number, .size, TableColumn("户籍"), .text("困难原因"), TableColumn("程序"), TableColumn("救助方式"),
          TableColumn("金额（元）"),
          .text("实物或服务"), TableColumn("资金来源", width: 14), .day("救助日期"),
        ], rows: rows.map(\.row),
        total: [
          .empty, .empty, .of("\(rows.count) 人次"), .empty, .empty, .empty, .empty, .empty, .empty,
          fen.map { .amountFen($0.fen) } ?? .empty,
        ])
    ]
  }

  /// Applications of the month whose applicant is a near relative of somebody who handles them, or whose answer is not 否.
  static let nearRelatives = Paper("near-relatives", "近亲属备案汇总") { context in
    let rows = context.entities(FactList.application).compactMap { application -> (key: (String, String), row: [TableValue])? in
      guard context.days.contains(context.day(application, "date")), let answer = application.value("near_relative"), answer != "no",
        let household = context.register.household(of: FactList.application, application.id), context.holds(household)
      else { return nil }
      let home = context.home(household)
      let subject = context.subject(person: application.value("person"), household: household)
      let row: [TableValue] = [
        context.townshipName(home.village), context.villageName(home.village), .of(home.head), subject.name, subject.number,
        .of(context.labels.labels(application.codes("schemes"), in: "temp")), .of(context.day(application, "date")),
        .of(application.value("receiver")),
        context.label(answer, "yes_no_unknown"),
      ]
      return (home.key(household), row)
    }.sorted { $0.key < $1.key }
    return [
      context.sheet(
        "近亲属备案汇总",
        [.township, .village, .head, .person, .number, .text("申请事项"), .day("申请日期"), TableColumn("受理人", width: 10), TableColumn("是否近亲属")],
        rows: rows.map(\.row))
    ]
  }
}
