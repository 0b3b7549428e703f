// 转办台账, 临时救助备用金台账, 先行救助待补清单, 宣传培训台账.

internal import Relief
internal import Tables

extension Paper {
  /// Slips of the days, and older ones that were open at their end.
  static let referrals = Paper("referrals", "转办台账") { context in
    let slips = context.register.referrals(in: context.division).filter { slip in
      guard let date = slip.date else { return slip.isOpen }
      let answered = context.day(slip.entity, "answered")
      return context.days.contains(date)
        || (date < context.days.from && (slip.isOpen || answered.map { context.days.from <= $0 } ?? false))
    }.sorted { ($0.date?.dayNumber ?? .min, $0.id) < ($1.date?.dayNumber ?? .min, $1.id) }
    let rows = slips.map { slip -> [TableValue] in
      let home = context.home(slip.household)
      let deadline = slip.deadline(context.rules)
      let late = slip.isOpen ? deadline.overdueDays(on: context.asOf) : 0
      let subject = context.subject(person: slip.entity.value("person"), household: slip.household)
      return [
        .of(slip.number), context.townshipName(home.village ?? slip.division), context.villageName(home.village), .of(home.head),
        subject.name,
        context.label(slip.need, "need"), context.label(slip.department, "department"), .of(slip.date), .of(slip.received),
        deadline.due.map { .of($0) } ?? .text("未设定"), context.label(slip.entity.value("outcome"), "outcome"),
        .of(slip.entity.value("outcome_reason")),
        .of(fen: slip.entity.value("amount_fen")), .of(slip.entity.value("thing")), .of(context.day(slip.entity, "answered")),
        late > 0 ? .of(late) : .empty,
      ]
    }
    return [
      context.sheet(
        "转办台账",
        [
          TableColumn("单号", width: 16), .township, .village, .head, .person, TableColumn("需求", width: 12), TableColumn("接收单位", width: 12),
          .day("转出日期"),
          .day("接收日期"), .day("限期"), TableColumn("结果", width: 10), .text("理由"), TableColumn("金额（元）"), .text("实物或服务"), .day("反馈日期"),
          TableColumn("逾期天数"),
        ], rows: rows)
    ]
  }

  /// By township: what was left before the days, each line of the days, what is left.
  static let reserve = Paper("reserve", "临时救助备用金台账") { context in
    let register = context.register
    let filed =
      (register.entities(of: FactList.fund).compactMap { register.value("division", of: FactList.fund, $0) }
      + register.divisions(in: context.division).map(\.code.code)).compactMap { Division(String($0.prefix(9))) }
    let townships = Set(filed).filter { $0.level == .township && (context.division.contains($0) || $0.contains(context.division)) }
    let rows = townships.sorted { $0.code < $1.code }.flatMap { township -> [[TableValue]] in
      let ledger = register.reserve(of: township)
      let known = ledger.lines.filter { ($0.date?.dayNumber ?? .min) <= context.days.to.dayNumber }
      guard !known.isEmpty || !ledger.unreadable.isEmpty else { return [] }
      let before = known.last { ($0.date?.dayNumber ?? .min) < context.days.from.dayNumber }?.balanceFen ?? 0
      let name = context.townshipName(township)
      let lines = known.filter { context.days.contains($0.date) }.map { line -> [TableValue] in
        let emergency = line.emergency.flatMap { register.emergency($0) }
        let person = register.entity(FactList.assistance, line.entity)?.value("person")
        let payee = context.helped(person: person, household: line.household ?? emergency?.household, in: emergency)
        let isPayout = line.kind == .payout
        return [
          name, .of(line.date), .text(isPayout ? "支出" : line.kind == .takenBack ? "收回" : "拨入"),
          isPayout ? payee.name : .empty,
          line.changeFen > 0 ? .amountFen(line.changeFen) : .empty, line.changeFen < 0 ? .amountFen(-line.changeFen) : .empty,
          .amountFen(line.balanceFen), .text(line.isOverdrawn ? "超支" : ""),
        ]
      }
      let end = known.last?.balanceFen ?? 0
      let unread = ledger.unreadable.isEmpty ? "" : "另有 \(ledger.unreadable.count) 笔金额不明，未计入"
      return [[name, .empty, .text("上期结余"), .empty, .empty, .empty, .amountFen(before)]] + lines
        + [[name, .empty, .text("本期结余"), .empty, .empty, .empty, .amountFen(end), .text(unread)]]
    }
    return [
      context.plainSheet(
        "临时救助备用金台账",
        [
          .township, .day("日期"), TableColumn("摘要", width: 12), TableColumn("受助人", width: 10), TableColumn("收入（元）", width: 14),
          TableColumn("支出（元）", width: 14),
          TableColumn("结余（元）", width: 14), .text("备注"),
        ], rows: rows)
    ]
  }

  /// 先行救助 whose 补充说明 is owed on the last day.
  static let supplements = Paper("supplements", "先行救助待补清单") { context in
    let owed = context.register.emergencies(in: context.division).filter { one in
      one.owesSupplement && (one.firstAidDate ?? one.date).map { $0 <= context.days.to } ?? true
    }.sorted { ($0.firstAidDate?.dayNumber ?? .min, $0.id) < ($1.firstAidDate?.dayNumber ?? .min, $1.id) }
    let rows = owed.map { one -> [TableValue] in
      let home = context.home(one.household)
      let subject = context.helped(person: one.entity.value("person"), household: one.household, in: one)
      let deadline = one.supplementDeadline(context.rules)
      let late = deadline.overdueDays(on: context.asOf)
      return [
        context.townshipName(one.division), context.villageName(one.division ?? home.village),
        subject.name, context.label(one.kind, "emergency_kind"), .of(one.date),
        one.firstAid.map { .amountFen($0.fen) } ?? .empty, .of(one.firstAidDate), deadline.due.map { .of($0) } ?? .text("未设定"),
        late > 0 ? .of(late) : .empty,
      ]
    }
    return [
      context.sheet(
        "先行救助待补清单",
        [
          .township, .village, .person, .text("急难"), .day("发生日期"), TableColumn("救助金额（元）"), .day("救助日期"), .day("补充说明限期"),
          TableColumn("逾期天数"),
        ], rows: rows)
    ]
  }

  /// R68, R69.
  static let publicity = Paper("publicity", "宣传培训台账") { context in
    func lines(_ list: String, _ cells: (Entity) -> [TableValue]) -> [(key: (Int, String), row: [TableValue])] {
      context.entities(list).compactMap { one in
        guard let date = context.day(one, "date"), context.days.contains(date) else { return nil }
        let place = one.value("division").flatMap { Division($0) }
        guard place.map({ context.division.contains($0) }) ?? (context.division.level <= .county) else { return nil }
        return ((date.dayNumber, one.id), [context.townshipName(place), context.villageName(place), .of(date)] + cells(one))
      }
    }
    let publicity = lines(FactList.publicity) { one in
      [
        .text("宣传"), context.label(one.value("channel"), "publicity_channel"), .of(one.value("topic")), .empty, .of(one.value("count")),
        .empty,
      ]
    }
    let training = lines(FactList.training) { one in
      [.text("培训"), .empty, .of(one.value("topic")), .of(one.value("teacher")), .of(one.value("attendees")), .of(one.value("hours"))]
    }
    return [
      context.sheet(
        "宣传培训台账",
        [
          .township, .village, .day("日期"), TableColumn("种类"), TableColumn("渠道", width: 14), .text("内容"), TableColumn("授课人", width: 10),
          TableColumn("份数或人数"),
          TableColumn("学时"),
        ], rows: (publicity + training).sorted { $0.key < $1.key }.map(\.row))
    ]
  }
}
