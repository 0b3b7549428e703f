// 排查汇总表 by township and village, and 督促调度表: the figures of `Register.supervision`, the same as on the screen.

internal import Relief
internal import Tables

extension PaperContext {
  /// Townships, each with its villages below it, then all of it.
  fileprivate func byDivision(_ report: SupervisionReport, _ cells: (SupervisionFigures) -> [Int]) -> [[TableValue]] {
    func row(_ division: Division, _ figures: SupervisionFigures, isTownship: Bool) -> [TableValue] {
      [townshipName(division), isTownship ? .text("小计") : villageName(division)] + cells(figures).map { .of($0) }
    }
    let rows = report.townships.flatMap { town in
      town.villages.map { row($0.division, $0.figures, isTownship: false) } + [row(town.division, town.figures, isTownship: true)]
    }
    return rows + [[.text("合计"), .empty] + cells(report.all).map { .of($0) }]
  }

  fileprivate var report: SupervisionReport { register.supervision(from: days.from, to: days.to, today: asOf, in: division, rules) }
}

private let sweepTitles = ["应走访", "已走访", "未遇", "拒访", "发现", "个人申请", "主动发现", "监测预警", "建议纳入", "急难", "转办", "清零"]

private func sweepCells(_ totals: DayTotals) -> [Int] {
  [
    totals.planned, totals.visited, totals.notMet, totals.refused, totals.found, totals.foundByApplication, totals.foundActively,
    totals.foundByWarning, totals.suspected, totals.emergencies, totals.referred, totals.cleared,
  ]
}

extension Paper {
  static let sweepTotals = Paper("sweep", "排查汇总表") { context in
    let report = context.report
    return [
      context.plainSheet(
        "排查汇总表", [.township, .village] + sweepTitles.map { TableColumn($0) },
        rows: context.byDivision(report) { sweepCells($0.sweep) }, summaryRows: report.townships.count + 1)
    ]
  }

  /// The three phases side by side (R65), and how long it took (R40).
  static let supervision = Paper("supervision", "督促调度表") { context in
    let report = context.report
    let titles = sweepTitles + ["新进监测", "预警", "预警已了", "纳入救助", "帮扶", "逾期"]
    let rows = context.byDivision(report) {
      sweepCells($0.sweep) + [$0.monitored, $0.warnings, $0.warningsOver, $0.included, $0.assisted, $0.overdue]
    }
    func median(_ title: String, _ median: DayMedian) -> [TableValue] {
      [.text(title), .text(median.days.map { "\($0) 天（\(median.count) 件）" } ?? "无")]
    }
    return [
      context.plainSheet(
        "督促调度表", [.township, .village] + titles.map { TableColumn($0) },
        rows: rows + [median("发现到调查中位数", report.foundToChecked), median("发现到施救中位数", report.foundToHelped)],
        summaryRows: report.townships.count + 3)
    ]
  }
}
