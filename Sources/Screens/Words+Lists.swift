// Words+Lists: the lists: 今日走访, 查找, 日清单, one visit for reading, and the receipt.

import Relief
import XForm

extension Words {
  enum Today {
    static let title = "今日走访"
    static let columns = (number: "序号", state: "状态", head: "户主", village: "村组", reason: "原因", last: "上次", wait: "待传")
    static let unvisited = "未访"
    static let draft = "草稿"
    static let visited = "已访"
    static let notMet = "未遇"
    static let returned = "退回"
    static let never = "无"
    static let waits = "待传"
    static let unknownHead = "未登记"

    static func state(_ state: SweepState) -> String {
      switch state {
      case .unvisited: unvisited
      case .draft: draft
      case .visited: visited
      case .notMet: notMet
      case .returned: returned
      }
    }

    static func selected(_ head: String, _ reason: String) -> String { reason.isEmpty ? head : head + "：" + reason }
    static func summary(_ done: Int, _ all: Int) -> String { "已访 \(done)/\(all)" }
    static func waiting(_ count: Int) -> String { count == 0 ? "无待传" : "待传 \(count)" }
    static func returnedBecause(_ reason: String) -> String { "退回：" + reason }

    /// 预警 first: it waits for an answer; why the last one was sent back is what somebody goes for.
    static func reasons(_ row: SweepRow) -> String {
      guard let warning = row.warning else { return row.reasons.joined(separator: "、") }
      let word = Sweep.reason(.warning)
      let others = row.reasons.flatMap { $0.split(separator: "、").map(String.init) }.filter { $0 != word }
      let back = warning.state == .returned ? warning.last(into: .returned)?.step.reason : nil
      return ([back.map { word + returnedBecause($0) } ?? word] + others).joined(separator: "、")
    }
  }

  enum Find {
    static let title = "查找住户"
    static let prompt = "姓名、拼音首字母或证号后四位："
    static let addByHand = "新增一户（名册上没有的）"
    static let columns = (head: "户主", village: "村组", member: "成员", number: "证号")
  }

  enum Household {
    static let title = "这一户"
    static let read = "看上次走访"
    static let visitAgain = "再走访一次"
    static let visit = "开始走访"
    static let amend = "更正上次走访"
    /// Of one that came back, where somebody was there since.
    static let amendReturned = "更正退回的走访"
    static func resume(_ kind: String) -> String { "继续草稿：" + kind }
    static func discard(_ count: Int) -> String {
      count > Limits.householdDraftsMax ? "丢弃草稿（共 \(count) 份，都在名单上）" : "丢弃草稿"
    }
    static let forms = "为这一户办事"
    static let cases = "办理进度和下一步"
    static let screening = "政策初筛"
    static let list = "列入今天的名单"
    static let back = "返回"
    static let reason = "更正的理由："
    static let reasonTitle = "更正"
  }

  enum Discard {
    static let title = "丢弃草稿"
    static let which = "丢弃哪一份："
    static let gone = "丢弃后找不回来。"
    static let keep = "1 不丢弃"
    static let discard = "2 丢弃"

    /// What a draft is of: household, and what was being typed.
    static func name(_ draft: DraftSummary, _ workspace: Workspace?) -> String {
      let head = workspace?.register.household(draft.beginning.household)?.headName
      return [head, kind(draft, workspace)].compactMap(\.self).joined(separator: "  ")
    }

    static func kind(_ draft: DraftSummary, _ workspace: Workspace?) -> String {
      switch draft.beginning.purpose {
      case .visit: "走访"
      case .amendment(_, let reason): "更正：" + reason
      case .verification: Words.Verify.title
      case .record: workspace?.form(draft.beginning.form)?.definition.title ?? draft.beginning.form.id
      }
    }
  }

  enum Forms {
    static let title = "办事"
    static let columns = (number: "序号", name: "办什么")
    static let empty = "没有可填的表：请先同步"
  }

  enum DayList {
    static let title = "日清单"
    static let columns = (
      number: "序号", village: "村", head: "户主", marks: "残劳病急", result: "结论", urgency: "紧急", visitor: "走访人", time: "完成",
      review: "审核"
    )
    static let empty = "今天还没有走访"

    static let notMet = "未遇"

    static func result(_ code: String?) -> String {
      switch code {
      case "none": "无困难"
      case "suspected": "疑似"
      case "emergency": "急难"
      case "recheck": "复核"
      case nil: "未定"
      case let other?: other
      }
    }

    static func urgency(_ code: String?) -> String {
      switch code {
      case "red": "红"
      case "orange": "橙"
      case "yellow": "黄"
      case "blue": "蓝"
      case nil: ""
      case let other?: other
      }
    }

    static func mark(_ mark: Relief.Visit.Mark) -> String {
      switch mark {
      case .disability: "残"
      case .labour: "劳"
      case .illness: "病"
      case .emergency: "急"
      }
    }

    static let noMark = "--"
    static func review(_ verdict: Review.Verdict) -> String {
      switch verdict {
      case .passed: "通过"
      case .returned: "退回"
      case .revisit: "复访"
      case .escalated: "上报"
      case .county: "交县"
      }
    }
  }

  enum Read {
    static let title = "走访记录"
    static let amended = "（已更正）"
    static let contested = "（两份更正不一致，请核对）"
    static let unmasked = "号码已显示"
    static let askPurpose = "看全号的用途：1 身份 2 联系 3 填报 4 其他 5 打印签字"
    static let paperColumns = ["序号", "项目", "填写"]
    /// What the printer's queue shows: no name.
    static let paperTitle = "签字表"
    static func paperAbout(_ who: String, _ wall: String) -> String { "填表：\(who)　时间：\(wall)" }
    static let minor = "（未满14周岁）"
    static func forced(_ check: String, _ reason: String) -> String {
      (reason.isEmpty ? "存疑未说明：" : "强制通过：") + check + (reason.isEmpty ? "" : "。理由：" + reason)
    }
  }

  enum Receipt {
    static let title = "走访已完成"
    static let recordTitle = "已完成"
    static let number = "回执号"
    static let copyIt = "请把回执号抄在纸质表上。"
    static let kept = "记录已保存在本机，同步时上传。"
    static let red = "红色的事：马上同步，并打电话给乡镇"
    static let warning = "这一户的预警还没有反馈：按 3"
    static let next = "1 或 Enter 回名单"
    static let back = "1 或 Enter 返回"
    static let nextOrWhy = "1 回名单   2 看逐条依据"
  }
}
