// The words of the desk (工作台) and of 督促调度.

import Relief

extension Words {
  enum Desk {
    static let title = "工作台"
    static let columns = ["事项", "件数", "逾期"]
    static let supervision = "督促调度"
    static let place = "单位"
    static let progress = "走访进度"
    static let neverCame = "从未收到"

    static func form(isNow: Bool, isToCome: Bool) -> String { isNow ? "在用" : isToCome ? "将启用" : "已换新" }
    static func until(_ day: CivilDate) -> String { " 到 \(day)" }

    /// The short name where there is one, for a column of eight.
    static func department(_ list: DepartmentList) -> String {
      let short = Cases.department(list.department)
      return short == list.department && !list.departmentTitle.isEmpty ? list.departmentTitle : short
    }

    /// What the figures alone do not tell: what was begun and not finished, and that nothing has been fetched yet.
    static func hint(drafts: Int, isEmpty: Bool) -> String? {
      if isEmpty { return "还没有资料：按 F9 同步" }
      return drafts > 0 ? "有 \(drafts) 份没填完：按 F7 到名单上接着填" : nil
    }

    static func row(_ opens: DeskRow.Opens) -> String {
      switch opens {
      case .ledger(let ledger): Cases.ledger(ledger)
      case .supervision: supervision
      case .campaigns: Campaigns.title
      }
    }

    static func uncovered(_ reason: UncoveredHousehold.Reason) -> String {
      switch reason {
      case .categoryWithoutEntry(let code): "\(Cases.track(CaseTrack(rawValue: code)))未纳入监测"
      case .riskWithoutEntry(let count): "\(count) 个风险点无人跟进"
      }
    }

    static func standing(_ standing: ParameterState.Standing) -> String {
      switch standing {
      case .set: ""
      case .unset: "未设定"
      case .contested: "同日两个值"
      case .malformed: "写法不对"
      }
    }

    static let figures = [
      "应走访", "已走访", "未遇", "拒访", "发现", "建议纳入", "急难", "转办", "监测", "预警", "预警了结", "纳入", "帮扶", "清零", "逾期",
    ]

    static func cells(_ figures: SupervisionFigures) -> [String] {
      let sweep = figures.sweep
      return [
        sweep.planned, sweep.visited, sweep.notMet, sweep.refused, sweep.found, sweep.suspected, sweep.emergencies, sweep.referred,
        figures.monitored, figures.warnings, figures.warningsOver, figures.included, figures.assisted, sweep.cleared, figures.overdue,
      ].map { String($0) }
    }

    /// What the screen has room for.
    static let shortFigures = ["应访", "已访", "发现", "急难", "监测", "纳入", "转办", "清零", "逾期"]

    static func shortCells(_ figures: SupervisionFigures) -> [Int] {
      let sweep = figures.sweep
      return [
        sweep.planned, sweep.visited, sweep.found, sweep.emergencies, figures.monitored, figures.included, sweep.referred, sweep.cleared,
        figures.overdue,
      ]
    }

    static func summary(_ report: SupervisionReport) -> [String] {
      let (all, sweep) = (report.all, report.all.sweep)
      return [
        "合计 应走访 \(sweep.planned) 已走访 \(sweep.visited) 发现 \(sweep.found) 建议纳入 \(sweep.suspected) 急难 \(sweep.emergencies)",
        "监测 \(all.monitored) 预警 \(all.warnings)（了结 \(all.warningsOver)） 纳入 \(all.included) 帮扶 \(all.assisted)"
          + " 转办 \(sweep.referred) 清零 \(sweep.cleared) 逾期 \(all.overdue)",
      ] + remarks(report)
    }

    /// By which channel it was found (R17), and how long it took (R40).
    static func remarks(_ report: SupervisionReport) -> [String] {
      let sweep = report.all.sweep
      return [
        "发现渠道 个人申请 \(sweep.foundByApplication) 主动发现 \(sweep.foundActively) 监测预警 \(sweep.foundByWarning)",
        "发现到调查 \(median(report.foundToChecked))；发现到施救 \(median(report.foundToHelped))",
      ]
    }

    private static func median(_ median: DayMedian) -> String {
      median.days.map { "中位 \($0) 天（\(median.count) 件）" } ?? "还没有"
    }
  }
}
