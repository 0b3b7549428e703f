// 新增救助明细 ×4 and 停保汇总表 ×4: rows of `category` that begin, or end, in the month.

internal import Relief
internal import Tables

/// Categories that have monthly tables of their own, as the tables call them.
enum MonthlyKind: String, CaseIterable {
  case lb, by, tk, zcx

  var title: String {
    switch self {
    case .lb: "低保"
    case .by: "低保边缘家庭"
    case .tk: "特困人员"
    case .zcx: "刚性支出困难家庭"
    }
  }
}

/// One granted row with its household.
struct GrantedRow {
  var entity: Entity
  var household: String
  var home: Home

  var person: String? { entity.value("person") }
}

extension PaperContext {
  /// Granted rows of a division of which `isMeant`, by village and household.
  func granted(_ kind: MonthlyKind?, where isMeant: (Entity) -> Bool) -> [GrantedRow] {
    entities(FactList.category).compactMap { row -> GrantedRow? in
      guard kind == nil || row.value("kind") == kind?.rawValue, isMeant(row),
        let household = register.household(of: FactList.category, row.id),
        holds(household)
      else { return nil }
      return GrantedRow(entity: row, household: household, home: home(household))
    }.sorted { ($0.home.village?.code ?? "~", $0.household, $0.entity.id) < ($1.home.village?.code ?? "~", $1.household, $1.entity.id) }
  }

  /// People that a row is for: one, or everybody of the household.
  func size(_ row: GrantedRow) -> Int { row.person == nil ? row.home.members : 1 }

  /// People and money of rows, as a last line wants them. What is paid by the year and what by the month are no one sum.
  func sum(_ rows: [GrantedRow]) -> (people: Int, fen: TableValue) {
    let periods = Set(rows.map { $0.entity.value("period") })
    let amounts = rows.map { $0.entity.value("amount_fen").flatMap { Money(fen: $0) } }
    let total = amounts.reduce(Money(fen: 0) as Money?) { sum, next in sum.flatMap { sum in next.flatMap { sum.adding($0) } } }
    return (rows.map { size($0) }.reduce(0, +), periods.count > 1 ? .empty : total.map { .amountFen($0.fen) } ?? .empty)
  }

  func period(_ row: GrantedRow) -> TableValue {
    switch row.entity.value("period") {
    case "month": .text("月")
    case "year": .text("年")
    case let other: .of(other)
    }
  }
}

enum GrantedPaper {
  static let all: [Paper] = MonthlyKind.allCases.map { kind in
    Paper("new-\(kind.rawValue)", "新增救助明细（\(kind.title)）") { context in [sheet(kind, context)] }
  }

  private static func sheet(_ kind: MonthlyKind, _ context: PaperContext) -> Sheet {
    let granted = context.granted(kind) { context.days.contains(context.day($0, "from")) }
    let rows = granted.map { row -> [TableValue] in
      let subject = context.subject(person: row.person, household: row.household)
      return [
        context.townshipName(row.home.village), context.villageName(row.home.village), .of(row.home.head), subject.name, subject.number,
        .text(row.person == nil ? "户" : "个人"), .of(context.size(row)),
        context.label(row.entity.value("hukou") ?? context.register.value("hukou", of: FactList.household, row.household), "hukou"),
        context.label(row.entity.value("subtype"), "subtype"), .of(context.day(row.entity, "from")),
        .of(fen: row.entity.value("amount_fen")),
        context.period(row),
      ]
    }
    let sum = context.sum(granted)
    return context.sheet(
      "新增救助明细（\(kind.title)）",
      [
        .township, .village, .head, .person, .number, TableColumn("保障单位"), TableColumn("保障人数"), TableColumn("城乡"), TableColumn("特困类别"),
        .day("开始日期"), TableColumn("保障金额（元）"), TableColumn("计发周期"),
      ], rows: rows,
      total: [
        .empty, .empty, .of(granted.isEmpty ? nil : "\(Set(granted.map(\.household)).count) 户"), .empty, .empty, .empty, .of(sum.people),
        .empty,
        .empty, .empty, sum.fen, .empty,
      ])
  }
}

enum StoppedPaper {
  static let all: [Paper] = MonthlyKind.allCases.map { kind in
    Paper("stopped-\(kind.rawValue)", "停保汇总表（\(kind.title)）") { context in [sheet(kind, context)] }
  }

  private static func sheet(_ kind: MonthlyKind, _ context: PaperContext) -> Sheet {
    let stopped = context.granted(kind) { context.days.contains(context.day($0, "to")) }
    let rows = stopped.map { row -> [TableValue] in
      let subject = context.subject(person: row.person, household: row.household)
      return [
        context.townshipName(row.home.village), context.villageName(row.home.village), .of(row.home.head), subject.name, subject.number,
        .of(context.size(row)), context.label(row.entity.value("end_reason"), "end_reason"), .of(context.day(row.entity, "from")),
        .of(context.day(row.entity, "to")), .of(fen: row.entity.value("amount_fen")), context.period(row),
      ]
    }
    let sum = context.sum(stopped)
    return context.sheet(
      "停保汇总表（\(kind.title)）",
      [
        .township, .village, .head, .person, .number, TableColumn("停保人数"), .text("停保原因"), .day("开始日期"), .day("停止日期"),
        TableColumn("原保障金额（元）"), TableColumn("计发周期"),
      ], rows: rows,
      total: [
        .empty, .empty, .of(stopped.isEmpty ? nil : "\(Set(stopped.map(\.household)).count) 户"), .empty, .empty, .of(sum.people), .empty,
        .empty,
        .empty, sum.fen, .empty,
      ])
  }
}
