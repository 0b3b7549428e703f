// The sentences of a list that was withdrawn.

internal import County
internal import Relief
internal import Tables

extension Words {
  static func withdrawal(_ report: WithdrawalReport) -> [String] {
    let name = "\(report.profile)  \(ShownText.line(report.file))（\(report.asOf)）"
    var lines = [
      (report.isAgain ? "\(name)以前撤回过了；这次又撤回" : "已撤回 \(name)：一起撤回的有")
        + "预警 \(report.warnings) 户，另有 \(report.lessened) 户的预警少了几条，记下的帮扶 \(report.assistance) 件。"
    ]
    if report.assistanceKept > 0 { lines.append("\(report.assistanceKept) 件帮扶别人也写过，没有撤回；请到一户一页核对。") }
    if !report.kept.isEmpty {
      lines.append("下面 \(report.kept.count) 户的预警已经有人办理，没有撤回；请到工作台上写明情况，或结案、忽略：")
      lines += report.kept.map { "    \($0.village.isEmpty ? $0.division : $0.village)  \($0.head)  \($0.state.term)  \($0.household)" }
    }
    return lines
  }

  /// The other lists of the profile, and of other profiles those that had something to say now.
  static func again(_ lists: [ComparedAgain], after report: WithdrawalReport) -> [String] {
    lists.filter { $0.profile == report.profile || $0.report.raised + $0.report.joined > 0 }.flatMap { one in
      ["\(one.profile)  \(ShownText.line(one.file))（\(one.asOf)）  \(one.batch)", "  " + comparison(one.report)]
    }
  }
}
