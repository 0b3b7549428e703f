// What the papers call what no code list names: what came of a warning, and what waits.

internal import Relief

enum PaperWords {
  static func result(_ result: WarningResult) -> String {
    switch result {
    case .included: "纳入"
    case .referred: "转办"
    case .temporary: "临时救助"
    case .covered: "已有保障"
    case .stopped: "停发核减"
    case .unfounded: "不属实"
    }
  }

  static func waiting(_ kind: AgeingKind) -> String {
    switch kind {
    case .inclusion: "拟纳入"
    case .clue: "待研判"
    case .check: "待核查"
    case .survey: "待入户调查"
    case .town: "乡镇审核"
    case .notify: "书面告知"
    case .publicity: "公示"
    case .confirm: "审核确认"
    case .supplement: "补充说明"
    case .referral: "转办答复"
    case .recheck: "定期核查"
    case .taper: "渐退期"
    case .measure: "首次帮扶"
    case .revisit: "清零回访"
    case .unsettled: "清零后未了结"
    }
  }
}
