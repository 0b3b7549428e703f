// Words+Sweep: making the list: its reasons, marks and columns.

import Relief

extension Words {
  enum Sweep {
    static let title = "排名单"
    static let campaign = "日常排查"
    static let byHand = "手工列入"
    static let reason = "列入的原因："
    static let listed = "已列"
    static let chosen = "列入"
    static let left = "不列"
    static let columns = ["序号", "列入", "户主", "村组", "原因"]
    static let villageColumns = ["序号", "村", "该走访", "已列入"]
    static let paperColumns = ["序", "户主", "村组", "原因", "上次", "走访情况"]

    static func summary(_ chosen: Int, of all: Int) -> String { "列入 \(chosen)，共 \(all) 户" }

    static func days(_ from: CivilDate, _ to: CivilDate, _ count: Int?) -> String {
      let span = from == to ? from.description : "\(from) 至 \(to)"
      return count.map { span + "，\($0) 天" } ?? span
    }

    static func reasons(_ reasons: [SweepReason]) -> String { reasons.map(reason).joined(separator: "、") }

    static func reason(_ reason: SweepReason) -> String {
      switch reason {
      case .returned: "退回待改"
      case .emergency: "急难或意外"
      case .check: "待核查"
      case .warning: "预警"
      case .revisit: "复访"
      case .added: "手工列入"
      case .promised: "约定回访"
      case .recheck: "定期核查到期"
      case .care: "照料到期"
      case .carried: "上次没有走到"
      case .disability: "残疾人家庭"
      case .illness: "重病或慢性病"
      case .labour: "缺劳动力"
      }
    }
  }
}
